"""Diagonal matrices that words give whole, and matrices whose entries words name."""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged

DEGREES = r"Let $W \in \mathbb{R}^{n \times n}$ be symmetric. The degrees are $d_i = \sum_{j=1}^n W_{ij}$. "
LAPLACIAN = r" Let $L = D - W$. Then" + "\n"


@pytest.mark.parametrize(
    "said",
    [
        "Let $D$ be the diagonal matrix with the degrees on its diagonal.",
        "$D$ is the diagonal matrix with the degrees on its diagonal.",
        "Let $D$ be the diagonal matrix of the degrees.",
        "Let $D$ be the diagonal degree matrix.",
        "Let $D$ denote the degree matrix.",
        "Let $D$ be the diagonal matrix with entries $d_i$.",
        r"Let $D$ be the diagonal matrix with diagonal entries $d_1, \dots, d_n$.",
        "Let $D$ be a diagonal matrix whose diagonal entries are the degrees $d_i$.",
        "Let $D$ be the diagonal matrix whose $i$th diagonal entry is $d_i$.",
        "The degree matrix $D$ has the degrees on its diagonal and zeros elsewhere.",
        "Collect the degrees in the diagonal matrix $D$.",
    ],
)
def test_the_matrix_of_what_is_on_it(words: Judged, said: str) -> None:
    assert words(DEGREES + said + LAPLACIAN + r"$$L \mathbf{1} = 0$$")[-1] == "proved"
    assert words(DEGREES + said + LAPLACIAN + r"$$L \mathbf{1} = D \mathbf{1}$$")[-1] == "refuted"


@pytest.mark.parametrize(
    "said",
    [
        "Let $D$ be a matrix.",
        r"Let $D \in \mathbb{R}^{n \times n}$ not be the diagonal matrix with entries $d_i$.",
        "It is not said whether $D$ is the diagonal matrix with entries $d_i$.",
        "If $D$ were the diagonal matrix with entries $d_i$, all would be simple.",
        r"Let $D = W + W$. Then $D$ is the diagonal matrix with entries $d_i$.",
        r"Let $D \in \mathbb{R}^{n \times n}$ be the diagonal matrix with the variances on its diagonal.",
        r"Let $D \in \mathbb{R}^{n \times n}$ be the diagonal matrix of the eigenvalues.",
    ],
)
def test_what_is_doubted_or_another(words: Judged, said: str) -> None:
    assert words(DEGREES + said + LAPLACIAN + r"$$L \mathbf{1} = 0$$")[-1] != "proved"


ENTRIES = [
    r"Let $W \in \mathbb{R}^{n \times n}$ be a symmetric weight matrix with entries $w_{ij} \ge 0$.",
    r"Let $w_{ij} \ge 0$ be the weights, collected in a matrix $W \in \mathbb{R}^{n \times n}$.",
    r"The weights $w_{ij} \ge 0$ form a symmetric matrix $W \in \mathbb{R}^{n \times n}$.",
    r"Let $W \in \mathbb{R}^{n \times n}$ be a matrix with positive entries $w_{ij} > 0$.",
    r"Let $W$ be the matrix with entries $w_{ij}$, $i, j = 1, \dots, n$.",
    r"Let $W = [w_{ij}]_{i,j=1}^n$ be the weight matrix.",
]


@pytest.mark.parametrize("said", ENTRIES)
def test_entries_by_their_own_letter(words: Judged, said: str) -> None:
    assert words(said + r" Then $$\sum_{i=1}^n \sum_{j=1}^n w_{ij} = \mathbf{1}^\top W \mathbf{1}$$")[-1] == "proved"
    assert words(said + r" Then $$\sum_{i=1}^n \sum_{j=1}^n w_{ij} = \operatorname{tr}(W)$$")[-1] == "refuted"


def test_entries_of_another(words: Judged) -> None:
    said = r"Let $w_{ij} > 0$ be weights, and let $W \in \mathbb{R}^{n \times n}$ be the matrix with $W_{ij} = w_{ij} / 2$. "
    assert words(said + r"Then $$\sum_{i=1}^n \sum_{j=1}^n w_{ij} = \mathbf{1}^\top W \mathbf{1}$$")[-1] != "proved"
