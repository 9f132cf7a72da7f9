"""What is demanded for a purpose is no claim, but what the sentence goes on from; and roots of what is supposed.

The expectations are written by hand from the mathematics.
"""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged

GIVEN = "<!--: size n, k ; s > 0 ; c > 0 ; a, r \\in \\mathbb{R} -->\n"
NEED = GIVEN + "To keep the variance we need $n s^2 = 1$, "


@pytest.mark.parametrize("claim", ["s^2 = \\frac1n", "s = \\frac{1}{\\sqrt n}", "s = \\sqrt{1/n}"])
def test_it_is_supposed(words: Judged, claim: str) -> None:
    assert words(NEED + f"which gives $${claim}$$") == ["proved"]


@pytest.mark.parametrize(
    "claim", ["s^2 = \\frac{1}{n^2}", "s = \\frac1n", "s = \\frac{2}{\\sqrt n}", "s = -1 / \\sqrt n"]
)
def test_what_does_not_follow_is_refuted(words: Judged, claim: str) -> None:
    assert words(NEED + f"so that $${claim}$$") == ["refuted"]


def test_nothing_is_defined_by_it(words: Judged) -> None:
    text = GIVEN + "In order to keep the scale we require $n a = 1$, which gives $$a = %s$$"
    assert words(text % "1/n") == ["proved"]
    assert words(text % "2/n") == ["refuted"]


def test_of_a_defined_quantity_it_is_judged(words: Judged) -> None:
    """Nobody can demand that v is 1 where v = 2 has been said."""
    assert words(GIVEN + "Let $v = 2$. To go on we need $v = 1$, so $c v = c$.")[1:] != ["proved"]
    assert words(GIVEN + "To see this we need $c = 1$.") == ["undecided"]


@pytest.mark.parametrize(
    ("given", "claim", "verdict"),
    [
        ("n s^2 = 2", "s = \\sqrt{2/n}", "proved"),
        ("n s^2 / 3 = 2 / (n + k)", "s = \\sqrt{6} / \\sqrt{n (n + k)}", "proved"),
        ("n s^2 = 1", "s = 3 / (3 \\sqrt n)", "proved"),
        ("n s^2 = 1", "s = -1 / \\sqrt n", "refuted"),
        ("n s^2 = 1", "s = 1 / \\sqrt{2 n}", "refuted"),
        ("n r^2 = 1", "r = 1 / \\sqrt n", "refuted"),
    ],
)
def test_roots_of_what_is_supposed(words: Judged, given: str, claim: str, verdict: str) -> None:
    assert words(GIVEN + f"Suppose ${given}$. Then ${claim}$.") == [verdict]
