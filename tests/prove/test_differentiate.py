"""Derivatives of normal forms: every function of the table, every kind of atom, and what must not come out."""

from __future__ import annotations

import pytest

from derive.prove.differentiate import DERIVATIVE
from tests.prove.normal import equal

GIVEN = r"""
index i, j, k = 1..N
x, y \in \mathbb{R} ; p > 0 ; a_i, b_i \in \mathbb{R} ; c_i > 0 ; z, v \in \mathbb{R}^d
X, M \in \mathbb{R}^{d \times d} invertible ; S \in \mathbb{R}^{d \times d} symmetric posdef
function \sigma = logistic ; function f ; function g(x, y) ; function h(z)
"""

FUNCTIONS = {
    "log": (r"\frac{d}{dp} \log p", r"\frac{1}{p}", "p"),
    "tanh": (r"\frac{d}{dx} \tanh(x)", r"1 - \tanh(x)^2", r"1 + \tanh(x)^2"),
    "logistic": (r"\frac{d}{dx} \sigma(x)", r"\sigma(x) (1 - \sigma(x))", r"\sigma(x)"),
    "sin": (r"\frac{d}{dx} \sin(x)", r"\cos(x)", r"-\cos(x)"),
    "cos": (r"\frac{d}{dx} \cos(x)", r"-\sin(x)", r"\sin(x)"),
    "abs": (r"\frac{d}{dx} |x|", r"\frac{x}{|x|}", "1"),
}

ATOMS = [
    ("an entry", r"\frac{\partial a_i}{\partial a_j}", r"\delta_{ij}", "1"),
    ("another entry", r"\frac{\partial a_i}{\partial b_j}", "0", r"\delta_{ij}"),
    ("an exponential", r"\frac{d}{dx} e^{x y}", "y e^{x y}", "x e^{x y}"),
    ("a power", r"\frac{d}{dp} p^{y}", "y p^{y-1}", "y p^{y}"),
    ("an exponent", r"\frac{d}{dy} p^{y}", r"p^{y} \log p", "y p^{y-1}"),
    ("a reciprocal of a sum", r"\frac{d}{dx} \frac{1}{1 + x^2}", r"-\frac{2 x}{(1 + x^2)^2}",
    r"-\frac{1}{(1 + x^2)^2}"),
    ("a root of a sum", r"\frac{d}{dx} \sqrt{1 + x^2}", r"\frac{x}{\sqrt{1 + x^2}}", r"\frac{1}{2 \sqrt{1 + x^2}}"),
    ("a sum", r"\frac{\partial}{\partial a_j} \sum_{i=1}^N a_i^2 b_i", "2 a_j b_j", r"2 \sum_{i=1}^N a_i b_i"),
    ("a square of a sum", r"\frac{\partial}{\partial a_j} (\sum_{i=1}^N a_i b_i)^2", r"2 b_j \sum_{i=1}^N a_i b_i",
    "2 b_j^2 a_j"),
    ("a product", r"\frac{\partial}{\partial c_j} \prod_{i=1}^N c_i", r"\frac{1}{c_j} \prod_{i=1}^N c_i",
    r"\prod_{i=1}^N c_i"),
    ("an inverse", r"\nabla_X (z^T X^{-1} v)", "-(X^{-1})^T z v^T (X^{-1})^T", "-X^{-1} z v^T X^{-1}"),
    ("a determinant", r"\nabla_X \det X", r"(\det X) (X^{-1})^T", "(X^{-1})^T"),
    ("an unknown function", r"\frac{d}{dx} f(x)^2", "2 f(x) f'(x)", "2 f'(x)"),
    ("the second slot", r"\frac{\partial g(x, y)}{\partial y} - \frac{\partial g(x, y)}{\partial x}",
     r"-(\frac{\partial g(x, y)}{\partial x} - \frac{\partial g(x, y)}{\partial y})", "0"),
    ("mixed derivatives", r"\frac{\partial^2 g(x, y)}{\partial x \partial y}",
    r"\frac{\partial^2 g(x, y)}{\partial y \partial x}",
     r"\frac{\partial^2 g(x, y)}{\partial x^2}"),
    ("a constant", r"\frac{d}{dx} (y^2 + e^y)", "0", "1"),
    ("a vector", r"\nabla_z (z^T S z)", "2 S z", "S z"),
    ("a symmetric matrix, free entries", r"\nabla_S (z^T S v)", "z v^T", "v z^T"),
    ("a second derivative", r"\nabla_z^2 (z^T M z)", "M + M^T", "2 M"),
]  # fmt: skip


def test_every_function_of_the_table_is_here() -> None:
    assert set(FUNCTIONS) >= set(DERIVATIVE)


@pytest.mark.parametrize("name", sorted(FUNCTIONS))
def test_a_function(name: str) -> None:
    derivative, right, wrong = FUNCTIONS[name]
    assert equal(GIVEN, derivative, right)
    assert not equal(GIVEN, derivative, wrong)


@pytest.mark.parametrize(("name", "derivative", "right", "wrong"), ATOMS, ids=[row[0] for row in ATOMS])
def test_an_atom(name: str, derivative: str, right: str, wrong: str) -> None:
    assert equal(GIVEN, derivative, right)
    assert not equal(GIVEN, derivative, wrong)
