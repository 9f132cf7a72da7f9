r"""At an optimum all derivatives that have been worked out are zero, not only the one that is solved first."""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged

TEXT = r"""<!--: index i = 1..N ; x_i, y_i \in \mathbb{R} ; w, b \in \mathbb{R} -->
Let $\bar x = \frac1N \sum_i x_i$ and $\bar y = \frac1N \sum_i y_i$. We minimize
$$ J(w, b) = \frac{1}{2N} \sum_{i=1}^N (w x_i + b - y_i)^2. $$
The partial derivatives are
$$ \frac{\partial J}{\partial w} = \frac1N \sum_{i=1}^N (w x_i + b - y_i) x_i, \qquad
\frac{\partial J}{\partial b} = \frac1N \sum_{i=1}^N (w x_i + b - y_i) = w \bar x + b - \bar y. $$
From the second equation, at the optimum,
$$ b = \bar y - w \bar x. $$
Plugging this into the first one we get
$$ \sum_{i=1}^N \left( w (x_i - \bar x) - (y_i - \bar y) \right) x_i = 0, $$
that is
$$ w = \frac{\sum_{i=1}^N (x_i - \bar x)(y_i - \bar y)}{\sum_{i=1}^N (x_i - \bar x)^2}. $$
"""


def test_two_unknowns(words: Judged) -> None:
    assert {*words(TEXT)} == {"proved"}


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        (r"b = \bar y - w \bar x", r"b = \bar y + w \bar x"),
        (r"- (y_i - \bar y) \right) x_i = 0", r"+ (y_i - \bar y) \right) x_i = 0"),
        (r"{\sum_{i=1}^N (x_i - \bar x)^2}", r"{\sum_{i=1}^N x_i^2}"),
    ],
)
def test_a_mistake(words: Judged, right: str, wrong: str) -> None:
    assert "refuted" in words(TEXT.replace(right, wrong))
