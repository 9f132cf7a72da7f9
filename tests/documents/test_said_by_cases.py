r"""``$y = 1$ if $x > 0$ and $y = 0$ otherwise`` is one formula by cases."""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged

DECLARED = "<!--: x, y \\in \\mathbb{R} -->\n"
GIVES = " Then $s(2) + s(-3) = %s$."


@pytest.mark.parametrize(
    "said",
    [
        "Let $s(x) = 1$ if $x > 0$ and $s(x) = 5$ otherwise.",
        "Let $s(x) = 1$ if $x > 0$, and $5$ otherwise.",
        "Define $s(x) = 1$ for $x > 0$, and $s(x) = 5$ in all other cases.",
        "Let $s(x) = 1$ when $x > 0$, otherwise $s(x) = 5$.",
        "Let $s(x) = 1$ if $x > 0$ and $s(x) = 5$ if $x \\le 0$.",
        "Let $s(x) = 5$ if $x \\leq 0$, but $s(x) = 1$ for $x > 0$.",
    ],
)
def test_two_cases_define(said: str, words: Judged) -> None:
    assert words(DECLARED + said + GIVES % "6")[-1] == "proved"
    assert words(DECLARED + said + GIVES % "2")[-1] == "refuted"


@pytest.mark.parametrize(
    "said",
    [
        "Let $s(x) = 1$ if $x > 0$ and $s(x) = 5$ if $x < -1$.",
        "Let $s(x) = 1$ if $x > 0$ and $s(x) = 5$ if $y \\le 0$.",
        "Let $s(x) = 1$ if $x > 0$, and $t(x) = 5$ otherwise.",
        "Let $s(x) = 1$ if $x > 0$ and $x < 9$, and $s(x) = 5$ otherwise.",
        "Let $s(x) = 1$ if $x > 0$ or $s(x) = 5$ otherwise.",
    ],
)
def test_others_define_nothing(said: str, words: Judged) -> None:
    assert words(DECLARED + said + GIVES % "6")[-1] != "proved"
    assert words(DECLARED + said + " Then $s(2) = 1$.")[-1] != "proved"


def test_two_cases_are_claimed_of_what_is_known(words: Judged) -> None:
    said = "Let $r(x) = \\max(x, 0)$. Then $r(x) = %s$ if $x > 0$ and $r(x) = %s$ otherwise."
    assert words(DECLARED + said % ("x", "0"))[-1] == "proved"
    assert words(DECLARED + said % ("x", "x"))[-1] == "refuted"


def test_entries_by_cases_are_the_entries(words: Judged) -> None:
    given = "<!--: index i = 1..n ; k = 1..K ; c_i \\in \\{1, \\dots, K\\} ; size K >= 2 -->\n"
    said = "Code labels as $Y_i \\in \\mathbb{R}^K$ with $Y_{ik} = 1$ if $c_i = k$ and $Y_{ik} = -\\frac{1}{K-1}$ otherwise. "
    assert words(given + said + "Then $$\\sum_{k=1}^K Y_{ik} = 0.$$")[-1] == "proved"
    assert words(given + said + "Then $$\\sum_{k=1}^K Y_{ik} = 1.$$")[-1] == "refuted"


def test_a_mistake_stands_at_its_place(words: Judged) -> None:
    said = "It is not true that $x^2 = x$ if $x > 1$ and $x^2 = 1$ otherwise."
    assert "proved" not in words(DECLARED + said)
