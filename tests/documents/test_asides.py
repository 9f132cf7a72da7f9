"""Bounds that stand beside what they are about, between commas or behind ``with``: given, unless words conclude them."""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged

HEAD = "<!--: w \\in \\mathbb{R}^d ; s, r \\in \\mathbb{R} ; t \\in \\mathbb{R}^n -->\n"


@pytest.mark.parametrize(
    ("text", "verdicts"),
    [
        ("The distance to the plane, $w \\ne 0$, is found so: $\\frac{w^\\top w}{w^\\top w} = 1$.", ["proved"]),
        ("The step size ($s > 0$) is small: $s \\log s^2 = 2 s \\log s$.", ["proved"]),
        ("The step size ($s > 0$) is small: $s \\log s^2 = \\log s$.", ["refuted"]),
        ("Hence, $s > 0$, and so on.", ["refuted"]),  # concluded
        ("Therefore the slope, $s > 0$, is small.", ["refuted"]),
        ("The step size is such that $s > 0$, $r > 0$. It is $s > 0$, that is all.", ["proved"]),
        ("The slope is fine. So $w \\ne 0$.", ["refuted"]),
    ],
)
def test_an_aside_is_given(words: Judged, text: str, verdicts: list[str]) -> None:
    assert words(HEAD + text) == verdicts


@pytest.mark.parametrize(
    ("text", "verdicts"),
    [
        ("Let $t \\in \\mathbb{R}^n$ with $\\sum_j t_j = 1$ and $t_j \\ge 0$. Then $\\sum_j 2 t_j = 2$.", ["proved"]),
        ("For weights $t$ with $\\sum_j t_j = 1$, $t_j \\ge 0$, we have\n$$\\sum_j 2 t_j = 2$$", ["proved"]),
        ("For weights $t$ with $\\sum_j t_j = 1$, $t_j \\ge 0$, we have\n$$\\sum_j 2 t_j = 1$$", ["refuted"]),
        ("Let $t \\in \\mathbb{R}^n$. Then $\\sum_j t_j = 1$ and $t_j \\ge 0$.", ["refuted", "refuted"]),
    ],
)
def test_entries_that_are_given(words: Judged, text: str, verdicts: list[str]) -> None:
    assert words(HEAD + text) == verdicts


def test_let_not_zero_after_it_was_solved_for(words: Judged) -> None:
    text = (
        "$$L(w) = \\frac12 \\|w\\|^2 - w^\\top t$$ $$\\frac{\\partial L}{\\partial w} = w - t = 0 \\Rightarrow w = t$$\n"
        "## Norms\nLet $w \\ne 0$. Then $\\frac{w^\\top w}{\\|w\\|^2} = 1$."
    )
    head = "<!--: t, w \\in \\mathbb{R}^d -->\n"
    assert words(head + text)[-1] == "proved"
    assert "refuted" not in words(head + text)


FUNCTIONS = "<!--: function p(x) density positive ; function q(x) density positive ; 0 < g < 1 ; r > 0 -->\n"


def test_what_the_next_sentence_supposes_is_no_condition_of_a_display_without_a_full_stop(words: Judged) -> None:
    odds = "Let $D(x) = \\frac{p(x)}{p(x) + q(x)}$. Then\n\n$$\\log D(x) = - \\log 2$$\n\n"
    assert words(f"{FUNCTIONS}{odds}If $p = q$, then $D(x) = \\frac12$.")[1:] == ["refuted", "proved"]
    assert words(f"{FUNCTIONS}We have\n$$r \\ge 2$$\nFor $r > 3$ we have $r^2 \\ge 9$.") == ["refuted", "proved"]
    assert words(f"{FUNCTIONS}We have $r \\ge 2$ for all $r > 3$.") == ["proved"]


@pytest.mark.parametrize("said", ["For a finite horizon, ", "In this setting, ", "Under the usual model, "])
def test_a_claim_behind_something_named_in_words(words: Judged, said: str) -> None:
    assert words(f"{FUNCTIONS}{said}$\\sum_{{k=0}}^T g^k = \\frac{{1 - g^{{T+1}}}}{{1 - g}}$.") == ["proved"]
    assert words(f"{FUNCTIONS}{said}$\\sum_{{k=0}}^T g^k = \\frac{{1 - g^T}}{{1 - g}}$.") == ["refuted"]
    assert "refuted" not in words(f"{FUNCTIONS}{said}$g = \\frac12$.")  # what it is there


NUMBERS = "<!--: index j = 1..d ; h_j \\in \\mathbb{R} -->\n"


@pytest.mark.parametrize(
    ("text", "verdicts"),
    [
        ("Let $v = \\sum_{j=1}^d h_j > 0$. Then $\\frac{v}{v} = 1$.", ["proved", "proved", "proved"]),
        (
            "Consider them with variance $v = \\sum_{j=1}^d h_j^2 > 0$. Then $\\frac{v}{v} = 2$.",
            ["proved", "proved", "refuted"],
        ),
        ("Hence $v = \\sum_{j=1}^d h_j > 0$.", ["proved", "refuted"]),
        ("With these we have $v = \\sum_{j=1}^d h_j > 0$.", ["proved", "refuted"]),
    ],
)
def test_what_is_defined_is_said_to_be_positive(words: Judged, text: str, verdicts: list[str]) -> None:
    assert words(NUMBERS + text) == verdicts
