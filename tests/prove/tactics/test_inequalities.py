"""Inequalities and semidefinite matrices: shown, and not shown."""

from __future__ import annotations

import pytest

from derive.authoring import Derivation
from tests.prove.normal import claimed, compared

GIVEN = r"""
index i, n = 1..N
x, y \in \mathbb{R} ; p, q > 0 ; h \in (0,1) ; a_i \in \mathbb{R} ; w_i > 0 ; t \in \{0,1\}
S, P \in \mathbb{R}^{d \times d} symmetric posdef ; A \in \mathbb{R}^{d \times d} ; X \in \mathbb{R}^{N \times d}
u \in \mathbb{R}^d ; z_n \in \mathbb{R}^d
"""

HOLD = [
    ("x^2 + y^2", ">=", "2 x y"),
    ("2 x y", "<=", "x^2 + y^2"),
    ("p", ">", "0"),
    ("-p", "<", "0"),
    ("p + 1", "!=", "0"),
    ("h", "<", "1"),
    ("e^x", ">", "0"),
    (r"\sum_i w_i a_i^2", ">=", "0"),
    ("u^T S u", ">=", "0"),
    ("t", "<=", "1"),
    ("x^2 + p", ">", "0"),
]
DO_NOT = [
    ("x^2 + y^2", ">=", "3 x y"),
    ("x^2", ">", "0"),
    ("x", ">=", "0"),
    ("p", ">", "q"),
    ("p", ">=", "1"),
    ("x", "!=", "0"),
    (r"\sum_i w_i a_i", ">=", "0"),
    ("u^T A u", ">=", "0"),
    ("e^x", ">=", "1"),
    ("h", "<", r"\frac{1}{2}"),
]
PSD = ["S", "X^T X", "A S A^T", "S + P", "S^{-1}", "u u^T", r"\sum_n w_n z_n z_n^T", "A^T A", "x^2 I + S"]
NOT_PSD = ["A", "-S", "S - P", "A S A", "x S", "u u^T - S", r"\sum_n a_n z_n z_n^T", "A + A^T", "A A"]


@pytest.mark.parametrize(("left", "op", "right"), HOLD)
def test_holds(left: str, op: str, right: str) -> None:
    assert compared(GIVEN, left, op, right)


@pytest.mark.parametrize(("left", "op", "right"), DO_NOT)
def test_is_not_shown(left: str, op: str, right: str) -> None:
    assert not compared(GIVEN, left, op, right)


@pytest.mark.parametrize("matrix", [*PSD, *NOT_PSD])
def test_semidefinite(matrix: str) -> None:
    d = Derivation("tests/prove", title="", context=GIVEN)
    d.psd("claim", matrix)
    assert claimed(d.build().claims[0]) == (matrix in PSD)
