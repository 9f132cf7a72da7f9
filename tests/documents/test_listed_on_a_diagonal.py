"""Numbers that are listed on a diagonal and declared nowhere, and claims about what is defined by what waits for them."""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged


@pytest.mark.parametrize(
    "given",
    [
        r"Let $X \in \mathbb{R}^{n \times d}$ have singular value decomposition $X = U S V^\top$ with "
        r"$S = \operatorname{diag}(s_1, \dots, s_d)$, $U^\top U = I$, $V^\top V = V V^\top = I$. ",
        r"Let $X = U S V^\top$ with $U \in \mathbb{R}^{n \times d}$, $U^\top U = I_d$, $V \in \mathbb{R}^{d \times d}$ "
        r"orthogonal and $S = \operatorname{diag}(s_1, \dots, s_d)$. ",
    ],
)
def test_singular_values(words: Judged, given: str) -> None:
    assert words(given + r"$$\|X\|_F^2 = \sum_{j=1}^d s_j^2$$")[-1] == "proved"
    assert words(given + r"$$\|X\|_F^2 = \sum_{j=1}^d s_j$$")[-1] == "refuted"


def test_eigenvalues(words: Judged) -> None:
    given = (
        r"Let $A = U \Lambda U^T$ with $U \in \mathbb{R}^{n \times n}$ orthogonal and "
        r"$\Lambda = \mathrm{diag}(\lambda_1, \ldots, \lambda_n)$. "
    )
    assert words(given + r"$$\operatorname{tr}(A^2) = \sum_{i=1}^n \lambda_i^2$$")[-1] == "proved"
    assert words(given + r"$$\operatorname{tr}(A^2) = \sum_{i=1}^n \lambda_i$$")[-1] == "refuted"


def test_what_is_declared_is_what_it_is(words: Judged) -> None:
    text = r"<!--: s_1, s_2 \in \mathbb{R} --> Let $S = \operatorname{diag}(s_1, s_2)$. $$\operatorname{tr}(S) = %s$$"
    assert words(text % "s_1 + s_2")[-1] == "proved"
    assert words(text % "s_1 - s_2")[-1] == "refuted"


@pytest.mark.parametrize(
    "given",
    [
        r"Let $A = Q \Lambda Q^\top$ be the eigendecomposition of the symmetric matrix $A \in \mathbb{R}^{n \times n}$ with "
        r"$\Lambda = \operatorname{diag}(\lambda_1, \dots, \lambda_n)$. ",
        r"Let $A \in \mathbb{R}^{n \times n}$ be symmetric. By the spectral theorem $A = Q \Lambda Q^\top$ with "
        r"$Q^\top Q = I$ and $\Lambda = \operatorname{diag}(\lambda_1, \dots, \lambda_n)$. ",
    ],
)
def test_eigendecompositions(words: Judged, given: str) -> None:
    assert words(given + r"$$\operatorname{tr}(A^2) = \sum_{i=1}^n \lambda_i^2$$")[-1] == "proved"
    assert words(given + r"$$\operatorname{tr}(A^2) = \sum_{i=1}^n \lambda_i$$")[-1] == "refuted"


def test_a_product_that_is_no_eigendecomposition(words: Judged) -> None:
    given = (
        r"Let $A = Q \Lambda Q^\top$ with $Q \in \mathbb{R}^{n \times n}$ and "
        r"$\Lambda = \operatorname{diag}(\lambda_1, \dots, \lambda_n)$. "
    )
    assert words(given + r"$$\operatorname{tr}(A) = \sum_{i=1}^n \lambda_i$$")[-1] == "refuted"
