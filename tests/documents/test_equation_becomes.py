"""``For $a = 1$ the equation becomes …``: it follows from the equation that was displayed last, in that case."""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged

EQUATION = """<!--: a, q, r, p > 0 -->
Let $v = \\frac{p r}{p + r}$. At equilibrium we have $p = a^2 v + q$, so that

$$p^2 + (r - a^2 r - q) p - q r = 0.$$

"""
RIGHT = "$p^2 - q p - q r = 0$"
WRONG = "$p^2 - q p + q r = 0$"
ROOT = "\n\n$$p = \\frac{q + \\sqrt{q^2 + 4 q r}}{2}.$$\n"


@pytest.mark.parametrize("said", ["For $a=1$ the equation becomes", "If $a = 1$, then this equation reduces to"])
def test_it_follows_from_the_equation(words: Judged, said: str) -> None:
    before = words(EQUATION)
    assert words(f"{EQUATION}{said} {RIGHT}.") == [*before, "proved"]
    assert words(f"{EQUATION}{said} {WRONG}.") == [*before, "refuted"]
    assert words(f"{EQUATION}{said} {RIGHT}, with positive root{ROOT}") == [*before, "proved", "proved"]
    assert words(f"{EQUATION}{said} {RIGHT}, with positive root{ROOT.replace('+ 4', '- 4')}")[-1] == "refuted"


def test_in_a_display(words: Judged) -> None:
    said = "For $a = 1$ the equation becomes\n\n$$p^2 - q p - q r = 0.$$\n"
    assert words(EQUATION + said)[-1] == "proved"


@pytest.mark.parametrize("said", ["We have", "In general,", "For $a=2$ the equation becomes", "For $a=1$ we have"])
def test_nothing_else_does(words: Judged, said: str) -> None:
    assert words(f"{EQUATION}{said} {RIGHT}.")[-1] != "proved"


def test_what_it_becomes_holds_in_its_sentence(words: Judged) -> None:
    said = f"For $a=1$ the equation becomes {RIGHT}. In general, we have"
    assert words(f"{EQUATION}{said}{ROOT}")[-1] != "proved"
