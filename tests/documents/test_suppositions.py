"""What sentences suppose of quantities that are declared or defined, and what they only state."""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged

HEAD = "<!--: r > 0 ; c > 0 ; index j = 1..m ; v_j > 0 ; u, h > 0 ; T > 0 -->\n"


@pytest.mark.parametrize(
    ("text", "verdicts"),
    [
        ("Take steps with $r > 3$. The rate is $r^2 \\ge 9$.", ["proved"]),
        ("Take steps with $r > 3$. The rate is $r^2 \\ge 50$.", ["refuted"]),
        ("The family has scales $v_j$ with $v_j > 2$. So $v_j^2 \\ge 4$.", ["proved"]),
        ("For a positive number $c$ with $c \\le 2$ we have $c^2 \\le 4$. And $c \\le 2$.", ["proved", "refuted"]),
        ("A proposal with $r^2 > 2$ is wide. We see $r \\ge 3$.", ["refuted"]),
        ("Thus $r > 3$.", ["refuted"]),  # stated
    ],
)
def test_bounds_behind_with(words: Judged, text: str, verdicts: list[str]) -> None:
    assert words(HEAD + text) == verdicts


EQUAL = "Let $S = \\frac{(\\sum_j v_j)^2}{\\sum_j v_j^2}$. "


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("If all scales are equal, $v_j = c$, then $S = m$.", "proved"),
        ("If all scales are equal, $v_j = c$, then $S = 1$.", "refuted"),
        ("If the scales differ, then $v_j = c$.", "refuted"),  # stated
        ("If the scales are positive we have $v_j = c$, then more.", "refuted"),
    ],
)
def test_a_condition_in_words_and_as_a_formula(words: Judged, text: str, verdict: str) -> None:
    assert words(HEAD + EQUAL + text)[-1] == verdict


ODDS = "With $\\operatorname{odds}(u,h) = \\frac{u}{h}$ we have $\\operatorname{odds}(u,h) \\operatorname{odds}(h,u) = 1$. "


@pytest.mark.parametrize(
    ("text", "verdicts"),
    [
        ("Suppose both are as likely, with $\\operatorname{odds}(u,h) = 1$. Then $u = h$.", ["proved"]),
        ("Suppose both are as likely, with $\\operatorname{odds}(u,h) = 1$. Then $u = 2 h$.", ["refuted"]),
        ("This is symmetric, with $\\operatorname{odds}(u,h) = 1$.", ["refuted"]),  # nothing is supposed
    ],
)
def test_what_is_supposed_of_something_defined(words: Judged, text: str, verdicts: list[str]) -> None:
    assert words(HEAD + ODDS + text)[2:] == verdicts


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        (r"\log \frac{v_i(T)}{v_j(T)} = \frac{b_i - b_j}{T}", "proved"),
        (r"\log \frac{v_i(T)}{v_j(T)} = \frac{b_j - b_i}{T}", "refuted"),
        (r"v_i T = 1", "refuted"),  # the numbers v_j are what they were
    ],
)
def test_a_function_of_a_declared_number(words: Judged, claim: str, verdict: str) -> None:
    text = "<!--: index i = 1..m ; b_j \\in \\mathbb{R} -->\n"
    text += "At temperature $T$, $v_i(T) = \\frac{e^{b_i/T}}{\\sum_{j=1}^m e^{b_j/T}}$. Then "
    assert words(HEAD + text + f"${claim}$.") == ["proved", verdict]


def test_a_product_stays_a_product(words: Judged) -> None:
    assert words(HEAD + "We have $r(c) = c r$. Also $r(c) = 2 c r$.") == ["proved", "refuted"]
    assert words(HEAD + "Assume $r c = 1$. Then $r(c) = T$.")[-1] == "refuted"  # something relates r and c


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("If in addition $u = h$ holds, then for any $c$ $$ c u = c h . $$", "proved"),
        ("If in addition $u = h$ holds, then for any $c$ $$ c u = 2 c h . $$", "refuted"),
        ("In addition, for any $c$ $$ c u = c h . $$", "refuted"),
    ],
)
def test_supposed_in_addition(words: Judged, text: str, verdict: str) -> None:
    assert words(HEAD + text)[-1] == verdict


def test_words_for_matrices_are_not_about_numbers(words: Judged) -> None:
    assert words(HEAD + "Near a minimum with diagonal Hessian $v_j$ the slope is $$ u h = 2 . $$") == ["refuted"]
