"""Rules that a context brings: sums known to be one, inverses against their matrices, one-hot and orthogonal ones."""

from __future__ import annotations

import pytest

from tests.prove.normal import same

SIMPLEX = r"""
index k, l = 1..K ; n = 1..N
q_k \in \mathbb{R} simplex ; p \in \mathbb{R}^K simplex ; y_{nk} \in \mathbb{R} onehot ; u_k, x \in \mathbb{R}
\mu_{kn} > 0
c_{nk} > 0 ; assume \sum_{k=1}^K c_{nk} = 1
"""
MATRICES = r"""
index i, j, k = 1..n
S, P \in \mathbb{R}^{n \times n} symmetric posdef ; A \in \mathbb{R}^{n \times n} invertible
M \in \mathbb{R}^{n \times n}
Q \in \mathbb{R}^{n \times n} orthogonal ; x, y \in \mathbb{R}^n ; t > 0 ; X \in \mathbb{R}^{m \times n}
"""

SAID = r"""
index k, l = 1..K ; n = 1..N
c_{nk} \geq 0 ; x_n, m_k, b \in \mathbb{R} ; N_k > 0
assume N_k = \sum_{n=1}^N c_{nk} ; assume b = \frac{1}{N} \sum_{n=1}^N x_n
"""
HOLD = [
    (SAID, r"\sum_n c_{nk}", "N_k"),
    (SAID, r"\sum_n c_{nk} (x_n - m_k)", r"\sum_n c_{nk} x_n - N_k m_k"),
    (SAID, r"\sum_k \sum_n c_{nk}", r"\sum_k N_k"),
    (SAID, r"\sum_n (x_n - b)", "0"),
    (SAID, r"\sum_n (x_n - b)^2", r"\sum_n x_n^2 - N b^2"),
    (SIMPLEX, r"\sum_k q_k", "1"),
    (SIMPLEX, r"\sum_k p_k", "1"),
    (SIMPLEX, r"\sum_k x q_k", "x"),
    (SIMPLEX, r"\sum_n \sum_k c_{nk}", "N"),
    (SIMPLEX, r"\sum_k \sum_l q_k q_l", "1"),
    (SIMPLEX, r"\sum_k q_k (u_k - x)", r"\sum_k q_k u_k - x"),
    (SIMPLEX, r"\sum_k y_{nk}", "1"),
    (SIMPLEX, r"\sum_k y_{nk} x", "x"),
    (MATRICES, "S^{-1} S x", "x"),
    (MATRICES, "x^T S S^{-1} y", "x^T y"),
    (MATRICES, r"\sum_j S_{ij} (S^{-1})_{jk}", r"\delta_{ik}"),
    (MATRICES, r"\sum_i S_{ij} (S^{-1})_{ik}", r"\delta_{jk}"),
    (MATRICES, "A^{-1} A x", "x"),
    (MATRICES, "A A^{-1} x", "x"),
    (MATRICES, "(S + P)^{-1} S x", "x - (S + P)^{-1} P x"),
    (MATRICES, "Q^T Q x", "x"),
    (MATRICES, "Q Q^T x", "x"),
    (MATRICES, r"\sum_i Q_{ij} Q_{ik}", r"\delta_{jk}"),
]
DO_NOT_HOLD = [
    (SAID, r"\sum_k c_{nk}", "N_k"),
    (SAID, r"\sum_n c_{nk}", "N_l"),
    (SAID, r"\sum_n c_{nk} x_n", "N_k b"),
    (SAID, r"\sum_n x_n", "b"),
    (SAID, r"\sum_n (x_n - b)^2", r"\sum_n x_n^2"),
    (SIMPLEX, r"\sum_k q_k^2", "1"),
    (SIMPLEX, r"\sum_k u_k", "1"),
    (SIMPLEX, r"\sum_n c_{nk}", "1"),
    (SIMPLEX, r"\sum_k q_k u_k", r"\sum_k u_k"),
    (SIMPLEX, r"\sum_k \mu_{kn}", "1"),
    (SIMPLEX, r"\sum_n y_{nk}", "1"),
    (MATRICES, "S^{-1} P x", "x"),
    (MATRICES, "S^{-1} A S x", "A x"),
    (MATRICES, r"\sum_j A_{ij} (A^{-1})_{kj}", r"\delta_{ik}"),
    (MATRICES, "M^T M x", "x"),
    (MATRICES, "Q Q x", "x"),
    (MATRICES, "(S + P)^{-1} S x", "x"),
    (MATRICES, r"\sum_i \sum_j (S^{-1})_{ij} S_{ij}", "1"),
]


@pytest.mark.parametrize(("given", "left", "right"), HOLD, ids=[row[1] for row in HOLD])
def test_holds(given: str, left: str, right: str) -> None:
    assert same(given, left, right)


@pytest.mark.parametrize(("given", "left", "right"), DO_NOT_HOLD, ids=[row[1] for row in DO_NOT_HOLD])
def test_does_not_hold(given: str, left: str, right: str) -> None:
    assert not same(given, left, right)


def test_a_fact_is_needed() -> None:
    assert not same(SIMPLEX.replace(r"assume \sum_{k=1}^K c_{nk} = 1", ""), r"\sum_n \sum_k c_{nk}", "N")
    assert not same(MATRICES.replace("orthogonal", ""), "Q^T Q x", "x")
    assert not same(SIMPLEX.replace("p \\in \\mathbb{R}^K simplex", "p \\in \\mathbb{R}^K"), r"\sum_k p_k", "1")
