r"""``\sigma`` that nothing declares, where ``1 - \sigma(u)`` or ``\log \sigma(u)`` show what it is."""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged, notes

DECLARED = r"""<!--: index n = 1..N ; x_n, w \in \mathbb{R}^d ; t_n \in \{0, 1\} ; u \in \mathbb{R} ; z \in \mathbb{R}^K ; k = 1..K -->
"""
LOSS = r"$$L(w) = -\sum_{n=1}^N (t_n \log \sigma(w^T x_n) + (1 - t_n) \log (1 - \sigma(w^T x_n)))$$ "


def test_it_is_the_logistic_function(words: Judged) -> None:
    text = DECLARED + LOSS
    assert words(text + r"$$\nabla_w L = \sum_{n=1}^N (\sigma(w^T x_n) - t_n) x_n$$")[-1] == "proved"
    assert words(text + r"$$\nabla_w L = \sum_{n=1}^N (t_n - \sigma(w^T x_n)) x_n$$")[-1] == "refuted"
    assert r"\sigma = logistic" in notes(text)


@pytest.mark.parametrize(
    "text",
    [
        r"Let $\sigma$ be the hyperbolic tangent. Then $\sigma'(u) = \sigma(u) (1 - \sigma(u))$.",
        r"Here $\sigma'(u) = 1 - \sigma(u)^2$.",
        r"The loss is $-\log \sigma(z)_k$ and $\sigma(-u) = 1 - \sigma(u)$.",
        r"Let $\sigma(u) = u$ and $\sigma(-u) = 1 - \sigma(u)$.",
    ],
)
def test_nothing_else_is(words: Judged, text: str) -> None:
    assert r"\sigma = logistic" not in notes(DECLARED + text)
    assert words(DECLARED + text)[-1] != "proved"
