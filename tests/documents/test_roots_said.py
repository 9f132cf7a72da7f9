"""``The product of the two roots is $-q r$``: claimed of the last equation before it."""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged

EQUATION = """<!--: q, r, s > 0 ; z \\in \\mathbb{R} -->
Let $z$ satisfy

$$r z^2 - q z - s = 0,$$

whose positive root is

$$z = \\frac{q + \\sqrt{q^2 + 4 r s}}{2 r}.$$

"""


@pytest.mark.parametrize(
    ("said", "word"),
    [
        ("The product of the two roots is $-\\frac{s}{r}$.", "proved"),
        ("The product of the roots is $\\frac{s}{r}$.", "refuted"),
        ("The sum of its roots equals $\\frac{q}{r}$.", "proved"),
        ("The sum of the two solutions is $q$.", "refuted"),
        ("The product of the two roots is $s$, as we know.", "refuted"),
    ],
)
def test_it_is_judged(words: Judged, said: str, word: str) -> None:
    assert words(EQUATION + said)[-1] == word


@pytest.mark.parametrize("said", ["The product of the two roots is $q$.", "The sum of the roots is $q$."])
def test_without_an_equation_it_is_unread(words: Judged, said: str) -> None:
    assert words("<!--: q, r, x > 0 -->\nLet $r = q + 1$. " + said)[-1] == "unread"
    assert words("<!--: q, r, x > 0 -->\nNow $e^x - q = 0$. " + said)[-1] == "unread"
    assert words("<!--: q, r, x, y > 0 -->\nNow $x^2 - y^2 = 0$. " + said)[-1] == "unread"


@pytest.mark.parametrize(
    "said", ["The product of the two roots is $q$ times $r$.", "The product is $q$.", "Half of it is $q$."]
)
def test_other_words_claim_nothing(words: Judged, said: str) -> None:
    before = words(EQUATION)
    assert words(EQUATION + said) == before
