"""Eigenvalues that words name, and eigendecompositions, of symmetric matrices; nothing is made of others."""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged, notes

SAID = [
    "Let $S \\in \\mathbb{R}^{D \\times D}$ be symmetric with eigenvalues $\\lambda_1, \\dots, \\lambda_D$. Then",
    "Let $S$ be a symmetric $D \\times D$ matrix with eigenvalues $\\lambda_1, \\dots, \\lambda_D$. Then",
    "Let $S$ be symmetric with eigenvalues $\\lambda_1, \\dots, \\lambda_D$. Then",
    "The eigenvalues of the symmetric matrix $S \\in \\mathbb{R}^{D \\times D}$ are $\\lambda_1, \\dots, \\lambda_D$. Then",
    "Let $\\lambda_1 \\ge \\dots \\ge \\lambda_D$ be the eigenvalues of the symmetric matrix $S \\in \\mathbb{R}^{D \\times D}$. Then",
    "Let $S = \\frac1N \\sum_{n=1}^N x_n x_n^\\top$ with $x_n \\in \\mathbb{R}^D$. The eigenvalues of $S$ are "
    "$\\lambda_1, \\dots, \\lambda_D$. Then",
    "Let $S \\in \\mathbb{R}^{D \\times D}$ be symmetric. Let $S = U \\Lambda U^\\top$ with $U$ orthogonal and "
    "$\\Lambda = \\operatorname{diag}(\\lambda_1, \\dots, \\lambda_D)$. Then",
    "Let $S = \\frac1N \\sum_{n=1}^N x_n x_n^\\top$ with $x_n \\in \\mathbb{R}^D$ have the eigendecomposition "
    "$S = Q \\Lambda Q^T$, where $\\Lambda = \\operatorname{diag}(\\lambda_1, \\dots, \\lambda_D)$. Then",
]


@pytest.mark.parametrize("said", SAID)
def test_sums_and_products_of_eigenvalues(words: Judged, said: str) -> None:
    text = "$$\\operatorname{tr}(S) = \\sum_{i=1}^D \\lambda_i$$ $$\\det S = \\prod_{i=1}^D \\lambda_i$$"
    text += " $$\\operatorname{tr}(S^2) = \\sum_{i=1}^D \\lambda_i$$"
    assert words(f"{said} {text}")[-3:] == ["proved", "proved", "refuted"]


CLAIM = " $$\\operatorname{tr}(A) = \\sum_{i=1}^n \\lambda_i$$"


@pytest.mark.parametrize(
    "said",
    [
        "Let $A \\in \\mathbb{R}^{n \\times n}$ have eigenvalues $\\lambda_1, \\dots, \\lambda_n$. Then",
        "Let $B \\in \\mathbb{R}^{n \\times n}$ be symmetric and let $A \\in \\mathbb{R}^{n \\times n}$ be a matrix with "
        "eigenvalues $\\lambda_1, \\dots, \\lambda_n$. Then",
    ],
)
def test_of_a_matrix_that_may_not_be_symmetric(words: Judged, said: str) -> None:
    assert words(said + CLAIM)[-1] == "undecided"
    assert "A symmetric" not in notes(said + CLAIM)


def test_not_the_eigenvalues(words: Judged) -> None:
    head = "Let $A \\in \\mathbb{R}^{n \\times n}$ be symmetric. "
    assert (
        words(head + "These are not the eigenvalues of $A$: $\\lambda_1, \\dots, \\lambda_n$." + CLAIM)[-1] != "proved"
    )
    assert words(head + "Let $\\lambda_1, \\dots, \\lambda_n \\in \\mathbb{R}$." + CLAIM)[-1] == "refuted"


def test_the_order_is_the_one_that_is_said(words: Judged) -> None:
    head = "Let $A \\in \\mathbb{R}^{n \\times n}$ be symmetric. The eigenvalues of $A$ are "
    claim = " $$x^\\top A x \\le \\lambda_1 \\|x\\|^2$$"
    assert (
        words(head + "$\\lambda_1 \\le \\dots \\le \\lambda_n$. For $n > 1$ and $x \\in \\mathbb{R}^n$," + claim)[-1]
        != "proved"
    )
    assert (
        words(head + "$\\lambda_1 \\ge \\dots \\ge \\lambda_n$. For $x \\in \\mathbb{R}^n$," + claim)[-1] != "refuted"
    )
    assert words(head + "$\\lambda_1, \\dots, \\lambda_n$. For $x \\in \\mathbb{R}^n$," + claim)[-1] in (
        "undecided",
        "unread",
    )
    assert words(head + "$\\lambda_1, \\dots, \\lambda_n$. So" + claim.replace("\\le", "\\ge"))[-1] != "proved"


def test_eigenvectors(words: Judged) -> None:
    head = "Let $A \\in \\mathbb{R}^{n \\times n}$ be symmetric. We write $A = Q D Q^\\top$ with $Q$ orthogonal, $D$ diagonal. "
    assert words(head + "$$A Q = Q D$$ $$A^2 = Q D^2 Q^\\top$$ $$Q A = D Q$$")[-3:] == ["proved", "proved", "refuted"]
    plain = "Let $A \\in \\mathbb{R}^{n \\times n}$. We show that $A = Q D Q^\\top$ with $Q$ orthogonal."
    assert "eigenvectors" not in notes(plain)


def test_the_sign_of_eigenvalues_is_that_of_the_matrix(words: Judged) -> None:
    head = "Let $A \\in \\mathbb{R}^{n \\times n}$ be symmetric. The eigenvalues of $A$ are "
    claim = " $$\\log \\det A = \\sum_{i=1}^n \\log \\lambda_i$$"
    assert words(head + "$\\lambda_1 \\ge \\dots \\ge \\lambda_n > 0$." + claim)[-1] == "proved"
    assert (
        words("<!--: index i = 1..n ; \\lambda_i > 0 -->" + head + "$\\lambda_1, \\dots, \\lambda_n$." + claim)[-1]
        == "proved"
    )
    double = claim.replace("= \\sum", "= 2 \\sum")
    assert words(head + "$\\lambda_1 \\ge \\dots \\ge \\lambda_n > 0$." + double)[-1] == "refuted"
