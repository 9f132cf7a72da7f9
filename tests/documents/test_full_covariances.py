"""The M-step of a mixture with a covariance for each component, from derivatives set to zero, one line after the other."""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged

MODEL = r"""
<!--:
index n = 1..N ; index k = 1..K
x_n, \mu_k \in \mathbb{R}^d ; \Sigma_k \in \mathbb{R}^{d\times d} symmetric posdef ; \pi_k > 0 ; \gamma_{nk} > 0
assume \sum_{k=1}^K \pi_k = 1 ; assume \sum_{k=1}^K \gamma_{nk} = 1
-->

The expected log-likelihood is
$$ Q(\pi, \mu, \Sigma) = \sum_{n=1}^N \sum_{k=1}^K \gamma_{nk} \left[ \log \pi_k - \frac12 \log|\Sigma_k| - \frac12 (x_n - \mu_k)^T \Sigma_k^{-1} (x_n - \mu_k) \right] $$
Let $N_k = \sum_{n=1}^N \gamma_{nk}$.

"""
MEANS = r"""
$\frac{\partial Q}{\partial \mu_k} = \sum_{n=1}^N \gamma_{nk} \Sigma_k^{-1}(x_n - \mu_k) = 0$, hence
$$ \mu_k = ? $$
"""
SPREADS = r"""
Write $S_k = \sum_{n=1}^N \gamma_{nk}(x_n - \mu_k)(x_n - \mu_k)^T$. Then
$$ \frac{\partial Q}{\partial \Sigma_k} = -\frac12 N_k \Sigma_k^{-1} + \frac12 \Sigma_k^{-1} S_k \Sigma_k^{-1} = 0, $$
and multiplying by $\Sigma_k$ from both sides, $\Sigma_k = ?$.
"""


@pytest.mark.parametrize(
    ("value", "verdict"),
    [
        (r"\frac{1}{N_k}\sum_{n=1}^N \gamma_{nk} x_n", "proved"),
        (r"\frac{1}{N}\sum_{n=1}^N \gamma_{nk} x_n", "refuted"),
        (r"\frac{1}{N_k}\sum_{n=1}^N \gamma_{nk} \Sigma_k^{-1} x_n", "refuted"),
        (r"\frac{1}{N_k}\sum_{n=1}^N x_n", "refuted"),
    ],
)
def test_means(words: Judged, value: str, verdict: str) -> None:
    assert words(MODEL + MEANS.replace("?", value))[-1] == verdict


@pytest.mark.parametrize(("value", "verdict"), [("S_k / N_k", "proved"), ("N_k S_k^{-1}", "refuted")])
def test_covariances(words: Judged, value: str, verdict: str) -> None:
    assert words(MODEL + SPREADS.replace("?", value))[-1] == verdict


def test_one_divisor_for_all_covariances(words: Judged) -> None:
    """Points with several components that meet the equation are hard to find; with one, N_1 is N."""
    assert words(MODEL + SPREADS.replace("?", "S_k / N"))[-1] in ("refuted", "undecided")


@pytest.mark.parametrize("words_before", ["Similarly we obtain", "In the same way"])
@pytest.mark.parametrize(
    ("value", "verdict"),
    [
        (r"\frac{1}{N_k} \sum_n \gamma_{nk} (x_n - \mu_k)(x_n - \mu_k)^T", "proved"),
        (r"\frac{1}{N} \sum_n \gamma_{nk} (x_n - \mu_k)(x_n - \mu_k)^T", "refuted"),
        (r"\frac{1}{N_k} \sum_n (x_n - \mu_k)(x_n - \mu_k)^T", "refuted"),
    ],
)
def test_what_has_another_shape_is_found_in_the_same_way(
    words: Judged, words_before: str, value: str, verdict: str
) -> None:
    means = MEANS.replace("?", r"\frac{1}{N_k}\sum_{n=1}^N \gamma_{nk} x_n")
    assert words(f"{MODEL}{means}\n{words_before} $$\\Sigma_k = {value}.$$")[-1] == verdict
