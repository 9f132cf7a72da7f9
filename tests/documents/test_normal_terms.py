"""What is normal, written out as terms: posteriors and marginal densities of linear models, for matrices of any size."""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged

MODEL = r"""<!--: K \in \mathbb{R}^{n \times n} symmetric posdef ; A \in \mathbb{R}^{m \times n}
R \in \mathbb{R}^{m \times m} symmetric posdef ; b, y \in \mathbb{R}^m ; f, \mu, w \in \mathbb{R}^n -->
Let $f \sim \mathcal{N}(\mu, K)$ and $y \mid f \sim \mathcal{N}(A f + b, R)$. Then """

G = r"(A K A^\top + R)"


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        (rf"\mathbb{{E}}[f \mid y] = \mu + K A^\top {G}^{{-1}} (y - A \mu - b)", "proved"),
        (rf"\mathbb{{E}}[f \mid y] = \mu + K A^\top {G}^{{-1}} (y - b)", "refuted"),
        (rf"\mathbb{{E}}[f \mid y] = K A^\top {G}^{{-1}} (y - A \mu - b)", "refuted"),
        (rf"\operatorname{{Cov}}[f \mid y] = K - K A^\top {G}^{{-1}} A K", "proved"),
        (rf"\operatorname{{Cov}}[f \mid y] = K + K A^\top {G}^{{-1}} A K", "refuted"),
        (rf"\operatorname{{Cov}}[f \mid y] = K - K A^\top {G}^{{-1}} A", "refuted"),
        (rf"\operatorname{{Var}}[w^\top f \mid y] = w^\top K w - w^\top K A^\top {G}^{{-1}} A K w", "proved"),
        (rf"\operatorname{{Var}}[w^\top f \mid y] = w^\top K w + w^\top K A^\top {G}^{{-1}} A K w", "refuted"),
        (
            rf"\log p(y) = -\frac12 (y - A \mu - b)^\top {G}^{{-1}} (y - A \mu - b) - \frac12 \log |{G}|"
            r" - \frac m2 \log 2\pi",
            "proved",
        ),
        (
            rf"\log p(y) = -\frac12 (y - A \mu - b)^\top {G}^{{-1}} (y - A \mu - b) - \frac12 \log |{G}|"
            r" - \frac n2 \log 2\pi",
            "refuted",
        ),
    ],
)
def test_linear_models(words: Judged, claim: str, verdict: str) -> None:
    assert words(f"{MODEL}$${claim}$$")[-1] == verdict


PROCESS = r"""Let $f \sim \mathcal{N}(0, K)$ with $K \in \mathbb{R}^{n \times n}$ and $y = f + \epsilon$, where
$\epsilon \sim \mathcal{N}(0, \sigma^2 I)$ is independent of $f$, $f, y \in \mathbb{R}^n$. Then """


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        (r"\operatorname{Cov}(y) = K + \sigma^2 I", "proved"),  # K is a covariance: the text draws f with it
        (r"\operatorname{Cov}(y) = K + \sigma I", "refuted"),
        (r"\operatorname{Cov}(f, y) = K^\top", "proved"),
        (r"\operatorname{Cov}(f, y) = K + \sigma^2 I", "refuted"),
        (r"\mathbb{E}[f \mid y] = K (K + \sigma^2 I)^{-1} y", "proved"),
        (r"\mathbb{E}[f \mid y] = K (K - \sigma^2 I)^{-1} y", "refuted"),
        (r"\operatorname{Cov}[f \mid y] = \sigma^2 K (K + \sigma^2 I)^{-1}", "proved"),
        (r"\operatorname{Cov}[f \mid y] = K (K + \sigma^2 I)^{-1}", "refuted"),
    ],
)
def test_processes(words: Judged, claim: str, verdict: str) -> None:
    assert words(f"{PROCESS}$${claim}.$$")[-1] == verdict


@pytest.mark.parametrize("space", ["", "<!--: K \\in \\mathbb{R}^{n \\times n} -->\n"])
def test_a_declared_matrix_that_something_is_drawn_with_is_a_covariance(words: Judged, space: str) -> None:
    text = space + "Let $K \\in \\mathbb{R}^{n \\times n}$ and $f \\sim \\mathcal{N}(0, K)$. Then "
    assert words(text + r"$$\operatorname{Cov}(f) = K.$$") == ["proved"]
    assert words(text + r"$$\operatorname{Cov}(f) = K^2.$$") == ["refuted"]
