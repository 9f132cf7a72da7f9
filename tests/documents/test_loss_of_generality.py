"""``WLOG``: any other case is like this one, so it is supposed; what a section supposes ends with it."""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged

DECLARED = "<!--: m, t, w \\in \\mathbb{R} ; a > 0 -->\n# One\n\nWe have $|a| = a$. "
FIRST, SECOND = "$$|m - t| = m - t.$$\n", "$$|w| = w.$$\n"


@pytest.mark.parametrize(
    "said",
    [
        "WLOG $m > t$ and $w > 0$. Then ",
        "W.l.o.g. $m > t$, $w > 0$. Then ",
        "Without loss of generality $m > t$ and $w > 0$. Then ",
        "Suppose $m > t$ and $w > 0$. Then ",
    ],
)
def test_it_supposes_to_the_end_of_the_section(words: Judged, said: str) -> None:
    text = f"{DECLARED}{said}{FIRST}{SECOND}"
    assert words(text)[-2:] == ["proved", "proved"]
    assert words(f"{text}# Two\n\nWe have {FIRST}{SECOND}")[-2:] == ["refuted", "refuted"]


def test_nothing_without_it(words: Judged) -> None:
    assert words(f"{DECLARED}Then {FIRST}{SECOND}")[-2:] == ["refuted", "refuted"]


def test_what_follows_a_claim_is_claimed(words: Judged) -> None:
    assert words(f"{DECLARED}Suppose $m > t$. Then {FIRST} and $w > 0$.")[-1] == "refuted"
    assert words(f"{DECLARED}Suppose $m > 1$. For $t$ and $w > 3$ we have $w > 3$.")[-1] != "refuted"


def test_a_bound_on_one_of_such_things_ends_with_its_sentence(words: Judged) -> None:
    declared = "<!--: index n = 1..N ; a_n \\ge 0 ; m \\ge 0 -->\n"
    assert (
        words(f"{declared}For a support vector ($a_n > 0$) we have $a_n \\ge 0$. Always\n$$a_n > 0.$$")[-1] == "refuted"
    )
    assert words(f"{declared}For a large sample ($m > 0$) we have $m > 0$. Always\n$$m > 0.$$")[-1] == "refuted"


SLACK = (
    "<!--: index n = 1..N ; a_n > 0 ; y_n \\in \\{-1, 1\\} ; f_n, b \\in \\mathbb{R} -->\n"
    "By complementary slackness, $a_n (y_n (f_n + b) - 1) = 0$. Hence\n$$b = SIDE.$$\n"
)


def test_complementary_slackness_is_given(words: Judged) -> None:
    assert words(SLACK.replace("SIDE", "y_n - f_n"))[-1] == "proved"
    assert words(SLACK.replace("SIDE", "y_n + f_n"))[-1] == "refuted"
    assert (
        words(SLACK.replace("By complementary slackness", "By the above").replace("SIDE", "y_n - f_n"))[0] == "refuted"
    )


SUPPORT = """<!--: index n = 1..N ; x_n, w \\in \\mathbb{R}^d ; a_n \\ge 0 ; y_n \\in \\{-1, 1\\} ; b \\in \\mathbb{R} -->
$$L = \\frac{1}{2} \\|w\\|^2 - \\sum_{n=1}^N a_n \\left[ y_n (w^T x_n + b) - 1 \\right]$$
The gradient is $$\\nabla_w L = w - \\sum_{n=1}^N a_n y_n x_n.$$
"""


@pytest.mark.parametrize(
    "said", ["By the KKT conditions,", "From the stationarity condition we get", "By stationarity"]
)
def test_what_the_conditions_yield_is_claimed(words: Judged, said: str) -> None:
    assert words(f"{SUPPORT}{said} $w = \\sum_{{n=1}}^N a_n y_n x_n$.")[-1] == "proved"
    assert words(f"{SUPPORT}{said} $w = -\\sum_{{n=1}}^N a_n y_n x_n$.")[-1] == "refuted"


def test_slackness_beside_what_is_solved(words: Judged) -> None:
    solved = "Setting this to zero gives $$w = \\sum_{n=1}^N a_n y_n x_n.$$\n"
    slack = "By complementary slackness, $a_n \\left[ y_n (w^T x_n + b) - 1 \\right] = 0$."
    assert "refuted" not in words(SUPPORT + solved + slack)
    assert words(SUPPORT + solved + slack.replace("By complementary slackness", "Hence"))[-1] == "refuted"
