"""Quantities without one observation, and the leave-one-out shortcut about them."""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged

TEXT = r"""<!--: index i = 1..n ; X \in \mathbb{R}^{n \times d} ; rows x_i of X ; y \in \mathbb{R}^n ; w \in \mathbb{R}^d ; \lambda > 0 -->
We write $A = X^\top X + \lambda I$ and $\hat w = A^{-1} X^\top y$. With $h_i = x_i^\top A^{-1} x_i$, leaving out the $i$-th example gives
"""


@pytest.mark.parametrize(
    "name", [r"\hat w_{-i}", r"\hat w^{(-i)}", r"\hat w_{\setminus i}", r"\hat w^{-i}", "w_{[-i]}"]
)
def test_without_one(words: Judged, name: str) -> None:
    text = rf"""{TEXT}
$${name} = (A - x_i x_i^\top)^{{-1}} (X^\top y - x_i y_i) .$$
$${name} = \hat w - \frac{{A^{{-1}} x_i (y_i - x_i^\top \hat w)}}{{1 - h_i}}$$
$${name} = \hat w - \frac{{A^{{-1}} x_i (y_i - x_i^\top \hat w)}}{{1 + h_i}}$$
$$y_i - x_i^\top {name} = \frac{{y_i - x_i^\top \hat w}}{{1 - h_i}}$$
$$y_i - x_i^\top {name} = \frac{{y_i - x_i^\top \hat w}}{{1 - h_i^2}}$$
"""
    assert words(text)[3:] == ["proved", "proved", "refuted", "proved", "refuted"]


def test_powers_stay_powers(words: Judged) -> None:
    """Of what the text gives no equation, and where nothing is left out, a minus above is one of an exponent."""
    text = r"<!--: index t = 1..T ; c > 0 --> Leaving out the first step, "
    assert words(text + r"$$c^{-t} c^t = 1$$ $$c^{-t} c^t = c$$") == ["proved", "refuted"]
    text = r"<!--: index t = 1..T ; c > 0 --> We have $$c^{-t} = e^{-t \log c}$$ $$c^{-t} = e^{t \log c}$$"
    assert words(text) == ["proved", "refuted"]


def test_sums_without_one(words: Judged) -> None:
    text = r"""<!--: index i, j = 1..n ; x_i \in \mathbb{R} ; size n >= 2 -->
Let $\bar x = \frac1n \sum_i x_i$. The mean of all but the $i$-th observation is
$$\bar x_{-i} = \frac{1}{n - 1} \sum_{j \ne i} x_j$$
$$\bar x - \bar x_{-i} = \frac{x_i - \bar x}{n - 1}$$
$$\bar x - \bar x_{-i} = \frac{x_i - \bar x}{n}$$
"""
    assert words(text)[1:] == ["proved", "proved", "refuted"]
