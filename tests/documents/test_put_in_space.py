"""Spaces in words: ``for any $u$, $b$ in $\\mathbb{R}^p$``."""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged, notes


@pytest.mark.parametrize(
    "said",
    [
        "For any $u$, $b$ in $\\mathbb{R}^p$",
        "For all $u$ and $b$ in $\\mathbb{R}^p$",
        "Given vectors $u$, $b$ in $\\mathbb{R}^p$",
        "For every $u$ in $\\mathbb{R}^p$ and every $b$ in $\\mathbb{R}^p$",
    ],
)
def test_they_are_in_it(words: Judged, said: str) -> None:
    head = "<!--: A \\in \\mathbb{R}^{p \\times p} symmetric -->\n"
    assert words(f"{head}{said} we have $$ b^T A u = u^T A b. $$") == ["proved"]
    assert words(f"{head}{said} we have $$ b^T A u = u^T b. $$") == ["refuted"]


@pytest.mark.parametrize(
    "said",
    [
        "Minimise $f$ in $\\mathbb{R}^p$.",
        "The gradient of $f$ in $\\mathbb{R}^p$ is long.",
        "For any choice of $f$ in $\\mathbb{R}^p$ we are done.",
    ],
)
def test_a_function_of_what_is_in_it_is_not(said: str) -> None:
    assert "f \\in" not in notes(f"{said} Let $x \\in \\mathbb{{R}}^p$.")
