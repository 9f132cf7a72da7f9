r"""``\rho' = \rho (1 - \rho)`` between functions: the text calls ρ with an argument, and nowhere has it without one."""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged

DECLARED = r"<!--: x \in \mathbb{R} ; function %s(u) := \frac{1}{1 + e^{-u}} -->" + "\nWe write $y = %s(x)$. "


@pytest.mark.parametrize("name", ["\\rho", "g", "\\sigma"])
def test_what_is_called_with_an_argument_is_a_function(name: str, words: Judged) -> None:
    given = DECLARED % (name, name)
    assert words(given + f"Recall that ${name}' = {name} (1 - {name})$.")[-1] == "proved"
    assert words(given + f"Recall that ${name}' = {name} (1 + {name})$.")[-1] == "refuted"


@pytest.mark.parametrize("name", ["a", "\\rho"])
def test_a_number_is_none(name: str, words: Judged) -> None:
    given = f"<!--: {name}, b \\in \\mathbb{{R}} -->\nLet $b = {name} + 1$. "
    assert words(given + f"Then ${name}' = {name} (1 - {name})$.")[-1] != "refuted"
    assert words(given + f"Let ${name}' = {name} (1 - {name})$. Then ${name}' = {name} - {name}^2$.")[-1] == "proved"
