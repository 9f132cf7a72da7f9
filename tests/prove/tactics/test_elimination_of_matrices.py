"""Equation steps: definite sums of matrices, factors that are never zero, sums inside of sums, facts about matrices."""

from __future__ import annotations

import pytest

from tests.identities.rows import Follows, Identity, Row, claim_of
from tests.soundness.alone import proof

RIDGE = r"""
X \in \mathbb{R}^{N \times d} ; y \in \mathbb{R}^N ; w \in \mathbb{R}^d ; t > 0 ; s \in \mathbb{R} ; z \geq 0
"""
EIGEN = r"""
A, B \in \mathbb{R}^{n \times n} ; S \in \mathbb{R}^{n \times n} symmetric
x, y \in \mathbb{R}^n ; \lambda, \mu, \nu, \rho \in \mathbb{R}
assume \lambda > \mu ; assume \nu \geq \rho
"""
BASIS = r"""
index i, j = 1..n ; a, b = 1..r
W \in \mathbb{R}^{n \times r} ; assume W^T W = I ; u, v \in \mathbb{R}^r ; x \in \mathbb{R}^n
"""

ROWS: tuple[Row, ...] = (
    Follows("ridge", RIDGE, ("X^T (X w - y) + t w = 0",), "w = (X^T X + t I)^{-1} X^T y", "w = (X^T X)^{-1} X^T y"),
    Follows("a factor above another", EIGEN, (r"\lambda x = \mu x",), "x = 0", "x = y"),
    Follows("orthogonal vectors", EIGEN, (r"S x = \lambda x", r"S y = \mu y"), "x^T y = 0", "x^T x = 0"),
    Follows("square", EIGEN, (r"A x = \lambda x",), r"A A x = \lambda^2 x", r"A^T A x = \lambda^2 x"),
    Follows("cube", EIGEN, (r"A x = \lambda x",), r"A A A x = \lambda^3 x", r"A A A x = \lambda^2 x"),
    Identity("orthonormal columns", BASIS, r"\|W u\|^2", r"\|u\|^2", r"\|v\|^2"),
    Identity("inner products", BASIS, r"(W u)^T (W v)", "u^T v", "u^T u"),
    Identity("an entry", BASIS, r"\sum_{i=1}^n W_{ia} W_{ib}", r"\delta_{ab}", "1"),
    Identity("a column", BASIS, r"\sum_{i=1}^n W_{ia}^2", "1", "r"),
)
REFUSED: tuple[Follows | Identity, ...] = (
    Follows("a matrix that may be singular", RIDGE, ("X^T (X w - y) = 0",), "w = 0", "w = y"),
    Follows("a weight of unknown sign", RIDGE, ("X^T (X w - y) + s w = X^T y",), "w = 2 X^T y", "w = 0"),
    Follows("a weight that may be zero", RIDGE, (r"X^T X w + z w = 0",), "w = 0", "w = 0"),
    Follows("a negative weight", RIDGE, (r"X^T X w - t w = 0",), "w = 0", "w = 0"),
    Follows("a factor that may be zero", EIGEN, (r"\nu x = \rho x",), "x = 0", "x = 0"),
    Follows("vectors of two matrices", EIGEN, (r"A x = \lambda x", r"A y = \mu y"), "x^T y = 0", "x^T y = 0"),
    Follows(
        "two matrices", EIGEN, (r"A x = \lambda x", r"B y = \mu y"), r"A B x = \lambda \mu x", r"B A y = \lambda \mu y"
    ),
    Identity("columns are no rows", BASIS, "W W^T x", "x", "x"),
    Identity("rows", BASIS, r"\sum_{a=1}^r W_{ia} W_{ja}", r"\delta_{ij}", "1"),
    Identity("columns of the square", BASIS, r"\sum_{i=1}^n W_{ia}^2 u_a", "u_b", "1"),
)
SECONDS = 20.0


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_accepted(row: Row) -> None:
    """The row is proved, its twin is not."""
    assert proof(claim_of(row), SECONDS) is not None
    assert proof(claim_of(row, damaged=True), SECONDS) is None


@pytest.mark.parametrize("row", REFUSED, ids=lambda row: row.name)
def test_refused(row: Row) -> None:
    """Neither is proved."""
    assert proof(claim_of(row), SECONDS) is None
    assert proof(claim_of(row, damaged=True), SECONDS) is None
