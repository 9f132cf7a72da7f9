"""Terms read into normal forms: each notation means the same entry by entry, and not something near to it."""

from __future__ import annotations

import pytest

from tests.prove.normal import equal, same

GIVEN = r"""
index i, j, k = 1..n ; t = 1..m
x, y \in \mathbb{R}^n ; A, B \in \mathbb{R}^{n \times n} ; U \in \mathbb{R}^{n \times m}
c \in \mathbb{R} ; w_i \in \mathbb{R}
let q := A x
let r_i := x_i + c
function f(x) ; function g(u) := u^2 + c
"""

ROWS = [
    ("(A x)_i", r"\sum_j A_{ij} x_j", r"\sum_j A_{ji} x_j"),
    ("(A^T x)_i", r"\sum_j A_{ji} x_j", r"\sum_j A_{ij} x_j"),
    ("x^T y", r"\sum_i x_i y_i", r"\sum_i x_i x_i"),
    ("(x y^T)_{ij}", "x_i y_j", "x_j y_i"),
    ("(A B)_{ij}", r"\sum_k A_{ik} B_{kj}", r"\sum_k A_{ik} B_{jk}"),
    (r"\operatorname{tr}(A B)", r"\sum_i \sum_j A_{ij} B_{ji}", r"\sum_i \sum_j A_{ij} B_{ij}"),
    (r"\operatorname{diag}(x)_{ij}", r"\delta_{ij} x_i", "x_i"),
    (r"(x \odot y)_i", "x_i y_i", "x_i + y_i"),
    (r"\|x\|^2", r"\sum_i x_i^2", r"(\sum_i x_i)^2"),
    (r"\|U\|_F^2", r"\sum_i \sum_t U_{it}^2", r"\sum_i U_{i1}^2"),
    (r"(x^T \mathbf{1}) c", r"c \sum_i x_i", "c n"),
    (r"I_{ij}", r"\delta_{ij}", "1"),
    (r"\operatorname{softmax}(x)_i", r"\frac{e^{x_i}}{\sum_j e^{x_j}}", "e^{x_i}"),
    (r"\operatorname{logsumexp}(x)", r"\log \sum_j e^{x_j}", r"\sum_j x_j"),
    (r"\operatorname{sigmoid}(c)", r"\operatorname{logistic}(c)", "c"),
    (r"\operatorname{softplus}(c)", r"\log(1 + e^c)", r"\log(1 - e^c)"),
    ("q_i", r"\sum_j A_{ij} x_j", "x_i"),
    (r"\sum_i r_i", r"\sum_i x_i + n c", r"\sum_i x_i + c"),
    ("g(x_i)", "x_i^2 + c", "x_i^2"),
    (r"\sum_{j \neq i} x_j", r"\sum_j x_j - x_i", r"\sum_j x_j"),
    (r"\sum_i \mathbf{1}\{i = j\} x_i", "x_j", "x_i"),
    (r"\prod_i c", "c^n", "n c"),
    (r"\begin{bmatrix} c & 1 \\ 0 & c \end{bmatrix}_{1,2}", "1", "c"),
]


@pytest.mark.parametrize(("left", "right", "wrong"), ROWS, ids=[row[0] for row in ROWS])
def test_read(left: str, right: str, wrong: str) -> None:
    assert same(GIVEN, left, right)
    assert not same(GIVEN, left, wrong)


def test_a_definition_hides_no_index() -> None:
    """The bound name of a definition is not the one it is used under."""
    given = (
        r"index i, j = 1..n ; A_{ij} \in \mathbb{R} ; x_i \in \mathbb{R}" + "\n" + r"let s_i := \sum_{j=1}^n A_{ij} x_j"
    )
    assert same(given, r"\sum_j s_j", r"\sum_i \sum_j A_{ij} x_j")
    assert same(given, "s_j", r"\sum_i A_{ji} x_i")
    assert not same(given, "s_j", r"\sum_j A_{jj} x_j")


def test_a_definition_that_comes_to_one_has_no_slope() -> None:
    given = "x \\in \\mathbb{R}\nlet y := x - x + 1\nlet z := y x"
    assert equal(given, r"\frac{\partial z}{\partial x}", r"y + x \frac{\partial y}{\partial x}")
    assert not equal(given, r"\frac{\partial z}{\partial x}", r"y + x")
