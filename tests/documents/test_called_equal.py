"""What words call equal, and checks that words announce: ``the sum $a + b$ equals $c$``."""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged

HEAD = (
    "<!--: index i = 1..n ; x_i, m, c \\in \\mathbb{R} ; s > 0 ; w, u \\in \\mathbb{R}^d ; function f(c) := c^2 -->\n"
    "<!--: k \\in \\{1, 2\\} ; p \\in (0, 1) -->\n"
)


@pytest.mark.parametrize(
    ("said", "right", "wrong"),
    [
        ("The sum $\\sum_i (x_i + m)$ equals $RIGHT$.", "\\sum_i x_i + n m", "\\sum_i x_i + m"),
        ("Then the sum $\\sum_i (x_i + m)$ is therefore equal to $RIGHT$, as claimed.", "n m + \\sum_i x_i", "n m"),
        ("The sum $\\sum_{i=1}^n (x_i + m)$ equals $RIGHT$.", "\\sum_{i=1}^n x_i + n m", "\\sum_{i=1}^n x_i"),
        ("Hence $f(c) - f(m)$ coincides with $RIGHT$.", "(c - m)(c + m)", "(c - m)^2"),
        ("Check of the mean: $\\sum_i (x_i - m) = RIGHT$.", "\\sum_i x_i - n m", "0"),
        ("All is smooth, with derivative $f'(c) = RIGHT$.", "2 c", "c"),
        ("It is convex, with Hessian $f''(c) = RIGHT$.", "2", "1"),
        ("Sanity check: $f(2 c) = RIGHT$.", "4 f(c)", "2 f(c)"),
    ],
)
def test_it_is_judged(words: Judged, said: str, right: str, wrong: str) -> None:
    assert words(HEAD + said.replace("RIGHT", right))[-1] == "proved"
    assert words(HEAD + said.replace("RIGHT", wrong))[-1] == "refuted"


@pytest.mark.parametrize(
    "said",
    [
        "The probability that $k$ equals $1$ is $p$.",
        "The derivative at $c = 2$ equals $4$.",
        "The gradient in $w$ equals $2 w$.",
        "The variance of $x_i$ equals $s$.",
        "The variance of the sum $\\sum_i x_i$ equals $n s$ times a constant.",
        "If the sum $\\sum_i x_i$ equals $n m$, all is well.",
        "Suppose the sum $\\sum_i x_i$ equals $m$.",
        "The number of steps $k$ equals $2$.",
        "The loss for $f(c)$ equals $1$.",
        "Where $c + m$ equals $0$ it vanishes.",
        "The error $e = c - m$ equals $s$.",
        "One minus $c^2$ equals $m$ squared.",
    ],
)
def test_nothing_is_claimed_of_a_part_of_what_is_said(words: Judged, said: str) -> None:
    assert "refuted" not in words(HEAD + said)
