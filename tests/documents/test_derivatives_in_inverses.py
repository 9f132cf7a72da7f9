"""Derivatives in the inverse of a matrix, as of a likelihood in its precision."""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged

DECLARED = (
    "<!--: index n = 1..N ; index k = 1..K ; x_n, m \\in \\mathbb{R}^d ; r_{nk} > 0 -->\n"
    "<!--: S, A, S_k \\in \\mathbb{R}^{d \\times d} symmetric posdef ; B, C \\in \\mathbb{R}^{d \\times d} invertible -->\n"
)


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        (r"\frac{\partial}{\partial S^{-1}} \log\det S^{-1} = S", "proved"),
        (r"\frac{\partial}{\partial S^{-1}} \log\det S = -S", "proved"),
        (r"\frac{\partial}{\partial S^{-1}} \log\det S = S", "refuted"),
        (r"\frac{\partial}{\partial B^{-1}} \operatorname{tr}(B^{-1} C) = C^\top", "proved"),
        (r"\frac{\partial}{\partial B^{-1}} \operatorname{tr}(B^{-1} C) = C", "refuted"),
        (r"\frac{\partial}{\partial B^{-1}} \operatorname{tr}(B C) = -B^\top C^\top B^\top", "proved"),
        (r"\frac{\partial}{\partial B^{-1}} \operatorname{tr}(B C) = -B C B", "refuted"),
        (
            r"\frac{\partial}{\partial S^{-1}} \sum_{n=1}^N \log \mathcal{N}(x_n | m, S) "
            r"= \frac{N}{2} S - \frac12 \sum_{n=1}^N (x_n - m) (x_n - m)^\top",
            "proved",
        ),
        (
            r"\frac{\partial}{\partial S^{-1}} \sum_{n=1}^N \log \mathcal{N}(x_n | m, S) "
            r"= N S - \frac12 \sum_{n=1}^N (x_n - m) (x_n - m)^\top",
            "refuted",
        ),
        (
            r"\frac{\partial}{\partial S_k^{-1}} \sum_{n=1}^N \sum_{k=1}^K r_{nk} \log \mathcal{N}(x_n | m, S_k) "
            r"= \frac12 \sum_{n=1}^N r_{nk} (S_k - (x_n - m) (x_n - m)^\top)",
            "proved",
        ),
    ],
)
def test_in_an_inverse(claim: str, verdict: str, words: Judged) -> None:
    assert words(f"{DECLARED}$${claim}$$")[-1] == verdict
