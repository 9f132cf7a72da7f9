"""Equalities: by normal forms, by cases, by the matrix algebra, through definitions, from facts."""

from __future__ import annotations

import pytest

from derive.prove.evidence import Elimination, MatrixAlgebra, Reduction
from derive.prove.tactics import equality
from tests.prove.normal import sides

GIVEN = r"""
index i, j = 1..N
x, y, z \in \mathbb{R} ; p, q > 0 ; t \in \{0,1\} ; a_i, b_i \in \mathbb{R}
A, B \in \mathbb{R}^{n \times n} invertible ; U \in \mathbb{R}^{n \times m} ; V \in \mathbb{R}^{m \times n}
u, v \in \mathbb{R}^n
let s := x + y
let r := s^2
"""

ROWS = [
    ("(x + y)^2", "x^2 + 2 x y + y^2", Reduction),
    ("s^2", "x^2 + 2 x y + y^2", Reduction),
    ("r", "s s", Reduction),
    ("p^t q^{1 - t}", "t p + (1 - t) q", Reduction),
    ("(A B)^{-1}", "B^{-1} A^{-1}", MatrixAlgebra),
    (r"\operatorname{tr}(U V)", r"\operatorname{tr}(V U)", Reduction),
    (r"\det(I + U V)", r"\det(I + V U)", MatrixAlgebra),
]
FALSE = [
    ("(x + y)^2", "x^2 + y^2"),
    ("s^2", "x^2 + y^2"),
    ("r", "s"),
    ("p^t q^{1 - t}", "t p + q"),
    ("(A B)^{-1}", "A^{-1} B^{-1}"),
    ("A B", "B A"),
    (r"\det(I + U V)", r"\det(I - V U)"),
    ("u v^T", "v u^T"),
]


@pytest.mark.parametrize(("left", "right", "kind"), ROWS, ids=[row[0] for row in ROWS])
def test_found_and_checked(left: str, right: str, kind: type) -> None:
    bench, one, two = sides(GIVEN, left, right)
    evidence = equality.search(bench, one, two)
    assert isinstance(evidence, kind)
    assert equality.check(bench, one, two, evidence)
    assert not equality.check(bench, one, two + two + one, evidence)


@pytest.mark.parametrize(("left", "right"), FALSE)
def test_not_found(left: str, right: str) -> None:
    bench, one, two = sides(GIVEN, left, right)
    assert equality.search(bench, one, two) is None


def test_from_facts() -> None:
    given = GIVEN + r"assume \sum_{i=1}^N a_i b_i = x" + "\n" + "assume y z = 1"
    bench, one, two = sides(given, r"\sum_i a_i (b_i + a_i) - x", r"\sum_i a_i^2")
    found = equality.search(bench, one, two)
    assert isinstance(found, Reduction | Elimination)
    assert equality.check(bench, one, two, found)
    without, one, two = sides(GIVEN, r"\sum_i a_i (b_i + a_i) - x", r"\sum_i a_i^2")
    assert equality.search(without, one, two) is None
    assert not equality.check(without, one, two, found)
