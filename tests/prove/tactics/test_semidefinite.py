"""Semidefinite matrices by the parts they are written in, and projections; each has a false neighbour."""

from __future__ import annotations

import pytest

from tests.identities.rows import Semidefinite, claim_of
from tests.soundness.alone import proof

POINTS = r"""
index n, m = 1..N ; i, j = 1..d
x_n, y_n, u, z \in \mathbb{R}^d ; c_n, s \in \mathbb{R} ; w_n > 0 ; t \geq 0
A \in \mathbb{R}^{k \times d} ; B \in \mathbb{R}^{k \times k}
P \in \mathbb{R}^{d \times d} symmetric posdef ; Q_n \in \mathbb{R}^{d \times d} psd
R_n \in \mathbb{R}^{d \times d} symmetric
"""
PROJECTION = (
    r"H \in \mathbb{R}^{n \times n} symmetric ; assume H H = H ; W \in \mathbb{R}^{n \times r} ; assume W^T W = I"
)
OBLIQUE = r"H \in \mathbb{R}^{n \times n} ; assume H H = H ; M \in \mathbb{R}^{n \times n}"

ROWS: tuple[Semidefinite, ...] = (
    Semidefinite("weighted outer products", POINTS, r"\sum_{n=1}^N w_n x_n x_n^T", r"\sum_{n=1}^N c_n x_n x_n^T"),
    Semidefinite(
        "outer products of two",
        POINTS,
        r"\sum_{n=1}^N (x_n - y_n)(x_n - y_n)^T",
        r"\sum_{n=1}^N (x_n - y_n)(x_n + y_n)^T",
    ),
    Semidefinite(
        "squared weights",
        POINTS,
        r"\sum_{n=1}^N c_n^2 (x_n - z)(x_n - z)^T",
        r"\sum_{n=1}^N (c_n^2 - 1) (x_n - z)(x_n - z)^T",
    ),
    Semidefinite(
        "a sum of semidefinite matrices", POINTS, r"\sum_{n=1}^N w_n Q_n + t I", r"\sum_{n=1}^N w_n R_n + t I"
    ),
    Semidefinite("a sum over others", POINTS, r"\sum_{n \neq m} w_n Q_n", r"\sum_{n \neq m} c_n Q_n"),
    Semidefinite("between a matrix and its transpose", POINTS, "A P A^T", "A P^{-1} A^T - I"),
    Semidefinite("something unknown between", POINTS, "A P A^T + t B B^T", "B A P A^T"),
    Semidefinite("a quotient", POINTS, r"\frac{A^T A}{1 + t}", r"\frac{A^T A}{s}"),
    Semidefinite("orthogonal projection", PROJECTION, "H", "-H"),
    Semidefinite("rest of a projection", PROJECTION, "I - W W^T", "W W^T - I"),
    Semidefinite("oblique projection", OBLIQUE, "H^T H", "H"),
)
SECONDS = 20.0


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_semidefinite(row: Semidefinite) -> None:
    """The row is proved, its twin is not."""
    assert proof(claim_of(row), SECONDS) is not None
    assert proof(claim_of(row, damaged=True), SECONDS) is None
