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
