r"""A normal density that is written out shows its matrix to be symmetric and positive definite."""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged, notes

SPACES = r"<!--: x, m, n \in \mathbb{R}^d -->" + "\n"
QUADRATIC = r"\exp\left(-\frac12 (x - m)^\top S^{-1} (x - m)\right)"


@pytest.mark.parametrize(
    "factor",
    [
        r"\frac{1}{(2\pi)^{d/2} |S|^{1/2}}",
        r"\frac{1}{\sqrt{(2\pi)^d |S|}}",
        r"(2\pi)^{-d/2} \det(S)^{-1/2}",
        r"\frac{1}{\sqrt{(2 \pi)^d \det S}}",
    ],
)
def test_it_is_a_covariance(words: Judged, factor: str) -> None:
    text = rf"{SPACES}Let $p(x) = {factor} {QUADRATIC}$. Then "
    assert words(text + r"$$\nabla_x \log p(x) = -S^{-1} (x - m)$$")[-1] == "proved"
    assert words(text + r"$$\nabla_x \log p(x) = S^{-1} (x - m)$$")[-1] == "refuted"
    assert "S symmetric posdef" in notes(text)


@pytest.mark.parametrize(
    "text",
    [
        r"Let $f(x) = \exp(-\frac12 (x - m)^\top S^{-1} (x - m))$.",
        r"Let $f(x) = \frac{1}{|S|^{1/2}} + x^\top S^{-1} x$.",
        r"Let $f(x) = (2\pi)^{-d/2} \exp(-\frac12 (x - m)^\top S^{-1} (x - m))$.",
        r"Let $f(x) = (2\pi)^{-d/2} |S|^{-1/2} \exp(-\frac12 (x - m)^\top S (x - m))$.",
    ],
)
def test_nothing_else_shows_it(text: str) -> None:
    assert "S symmetric posdef" not in notes(SPACES + text)


def test_of_a_class(words: Judged) -> None:
    text = (
        SPACES + r"<!--: index k = 1..K --> $$p(x \mid z = k) = \frac{1}{\sqrt{(2\pi)^d |S_k|}} "
        r"\exp\left(-\frac12 (x - \mu_k)^T S_k^{-1} (x - \mu_k)\right)$$ Then "
    )
    claim = r"$$\frac{\partial}{\partial \mu_k} \log p(x \mid z = k) = "
    assert words(text + claim + r"S_k^{-1} (x - \mu_k)$$")[-1] == "proved"
    assert words(text + claim + r"S_k^{-1} (\mu_k - x)$$")[-1] == "refuted"
