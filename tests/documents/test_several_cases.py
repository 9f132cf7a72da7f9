"""A letter that has one value after the other has none: the step of an induction, the two cases of a pair of indices.

The expectations are written by hand from the mathematics.
"""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged


def test_the_step_of_an_induction_defines_nothing(words: Judged) -> None:
    text = "We assume $M = n$ holds. The next case is $M = n + 1$, and then\n$$2 M = 2 n$$"
    assert words(text)[-1] not in ("proved", "refuted")


@pytest.mark.parametrize("unequal", ["k \\ne j", "j \\neq k"])
def test_a_pair_of_indices_defines_nothing(unequal: str, words: Judged) -> None:
    text = f"Let ${unequal}$ first. Else we assume $k = j$ here, and then\n$$3 k = 3 j$$"
    assert words(text)[-1] not in ("proved", "refuted")


def test_one_value_is_a_definition(words: Judged) -> None:
    given = "<!--: n \\in \\mathbb{R} -->\n"
    assert words(given + "Let $M = n$. Then\n$$2 M = 2 n$$")[-1] == "proved"
    assert words(given + "Let $M = n$ and $c = n + 1$. Then\n$$2 M = 2 c - 2$$")[-1] == "proved"
