"""What a sentence supposes holds behind an arrow too, and says what absolute values are."""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged

HEAD = r"""<!--: w, z \in \mathbb{R}^d ; \lambda > 0 ; index j = 1..d ; a, b \in \mathbb{R} -->
"""


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        (r"For $w_j > 0$, $|w_j| = w_j$.", "proved"),
        (r"For $w_j < 0$, $|w_j| = -w_j$.", "proved"),
        (r"For $w_j < 0$, $|w_j| = w_j$.", "refuted"),
        (r"For $w_j > 0$, $|w_j| = w_j + 1$.", "refuted"),
        (r"For $w_j \ge 0$, $\lambda |w_j| = \lambda w_j$.", "proved"),
    ],
)
def test_absolute_values_under_a_sign(words: Judged, claim: str, verdict: str) -> None:
    assert words(HEAD + claim)[-1] == verdict


@pytest.mark.parametrize(
    ("case", "value", "verdict"), [(">", "b - 1", "proved"), ("<", "b - 1", "refuted"), ("<", "1 - b", "proved")]
)
def test_behind_an_arrow(words: Judged, case: str, value: str, verdict: str) -> None:
    text = rf"For $a^3 {case} 0$, $$a |a| - b + 1 = 0 \quad\Rightarrow\quad a^2 = {value}.$$"
    assert words(HEAD + text)[-1] == verdict


def test_soft_thresholding(words: Judged) -> None:
    text = (
        HEAD
        + r"""Let $f(w) = \sum_{j=1}^d \left( \frac12 w_j^2 - z_j w_j + \lambda|w_j| \right)$. For $w_j > 0$,
$$\frac{\partial f}{\partial w_j} = w_j - z_j + \lambda = 0 \quad\Rightarrow\quad w_j = VALUE.$$"""
    )
    assert words(text.replace("VALUE", r"z_j - \lambda"))[-1] in ("proved", "undecided")
    assert words(text.replace("VALUE", r"z_j + \lambda"))[-1] == "refuted"
