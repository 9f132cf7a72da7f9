"""Signs that declarations give, and signs they do not give."""

from __future__ import annotations

import pytest

from derive.prove import signs
from derive.prove.atoms import ONE, add, scale
from tests.prove.normal import gap

GIVEN = r"""
index i = 1..N ; k = 1..K
size K >= 2
x, y \in \mathbb{R} ; p, q > 0 ; u \geq 0 ; m < 0 ; h \in (0,1) ; g \in [0,1] ; t \in \{0,1\} ; r \in \{2, 3\} ; c > 1
b < 1 ; l \leq 2 ; k_1 \in (2, 5)
a_i \in \mathbb{R} ; w_i > 0 ; d_i \in (0,1) ; s_k \in \mathbb{R} simplex ; n_1 \in \{1,...,K\}
S \in \mathbb{R}^{d \times d} symmetric posdef
function \sigma = logistic ; function f(x) positive ; function e(x)
"""

KNOWN = [
    ("1", "+"), ("p q", "+"), ("-p", "-"), ("m", "-"), ("m p", "-"), ("m^2", "+"), ("u", "0+"), ("u + p", "+"),
    ("x^2", "0+"),
    ("x^2 + p", "+"), ("-u", "0-"), ("N", "+"), ("K - 1", "+"), ("K - 2", "0+"), ("h", "+"), ("1 - h", "+"), ("1 - g",
    "0+"),
    ("t", "0+"), ("r", "+"), ("e^x", "+"), (r"\sqrt{u}", "0+"), ("|x|", "0+"), (r"\log(1 + p)", "+"),
    (r"\log h", "-"), (r"\sum_{i=1}^N w_i", "+"), (r"\sum_{i=1}^N w_i a_i^2", "0+"), (r"\prod_{i=1}^N w_i", "+"),
    ("S_{11}", "+"), (r"\det S", "+"), ("s_k", "0+"), (r"1 - s_k", "0+"), ("p^{x}", "+"), (r"\frac{1}{p + q}", "+"),
    ("c - 1", "+"), ("1 - b", "+"), ("3 - 2 b", "+"), ("2 - l", "0+"), ("c + p - b", "+"), ("b - 1", "-"),
    ("5 - k_1", "+"), ("k_1 - 2", "+"), ("b l - 2 b - l + 2", "0+"),
    (r"\delta_{i1}", "0+"), (r"\sigma(x)", "+"), ("1 - \\sigma(x)", "+"), ("f(x)", "+"), (r"\frac{p}{m}", "-"), ("0",
    "0"), ("h - h^2", "+"), ("h^2 - h", "-"), ("g - g^3", "0+"), ("p h - p h^4", "+"),
    (r"\sigma(x) - \sigma(x)^2", "+"), ("1 - h^3", "+"),
    (r"1 - \prod_{i=1}^N d_i", "+"), (r"1 - \prod_{k=1}^K s_k", "0+"), (r"p - p \prod_{i=1}^N (1 - d_i)", "+"),
    (r"1 - h \prod_{i=1}^N d_i^2", "+"),
]  # fmt: skip
UNKNOWN = [
    "x", "x y", "p - q", "u - p", "m + p", "x + 1", "K - 3", "h - g", "1 - x", "a_i", "1 - w_i", r"\sum_{i=1}^N a_i",
    "S_{12}",
    r"\log p", "2 - b^2", "1 - b l", "l - b", "4 - k_1", "2 - b c",
    r"\log(1 + x)", r"\tanh(x)", "e(x)", "c - 2", r"\prod_{i=1}^N a_i",
    "h - 2 h^2", "p - p^2", "h^2 - g", "x h - x h^2", "h - h^2 - g", "h^2 - g^3",
    r"1 - \prod_{i=1}^N w_i", r"1 - \prod_{i=1}^N (1 + d_i)", r"1 - \prod_{i=1}^N a_i",
    r"d_i - \prod_{k=1}^K s_k",
]  # fmt: skip


@pytest.mark.parametrize(("text", "wanted"), KNOWN)
def test_known(text: str, wanted: str) -> None:
    assert signs.sign(*gap(GIVEN, text, "0")) == wanted


@pytest.mark.parametrize("text", UNKNOWN)
def test_unknown(text: str) -> None:
    assert signs.sign(*gap(GIVEN, text, "0")) is None


@pytest.mark.parametrize(("a", "b", "product", "total"), [
    ("+", "+", "+", "+"), ("+", "-", "-", None), ("0+", "+", "0+", "+"), ("0+", "0+", "0+", "0+"), ("0-", "0+", "0-",
    None),
    ("0", "-", "0", "-"), (None, "+", None, None), ("-", "-", "+", "-"),
])  # fmt: skip
def test_tables(a: str | None, b: str | None, product: str | None, total: str | None) -> None:
    assert signs.times(a, b) == signs.times(b, a) == product
    assert signs.plus(a, b) == signs.plus(b, a) == total


def test_factors_multiply_to_the_whole() -> None:
    algebra, p = gap(GIVEN, "3 x^2 - 3 y^2", "0")
    parts = signs.factor(algebra, p)
    assert parts is not None
    assert len(parts) >= 2
    total = ONE
    for part, e in parts:
        total = algebra.mul(total, algebra.power(part, e))
    assert total == p
    assert signs.factor(*gap(GIVEN, "x^2 + y^2", "0")) is None


def test_division() -> None:
    _, p = gap(GIVEN, "x^2 - y^2", "0")
    algebra, q = gap(GIVEN, "x - y", "0")
    found = signs.divide(p, q)
    assert found is not None
    assert algebra.mul(found, q) == p
    assert signs.divide(add(p, ONE), q) is None


@pytest.mark.parametrize(("value", "parts"), [(1, ()), (12, ((2, 2), (3, 1))), (97, ((97, 1),))])
def test_whole_numbers(value: int, parts: tuple[tuple[int, int], ...]) -> None:
    assert signs.factor_number(value) == parts


@pytest.mark.parametrize(
    ("text", "whole"), [("N + 2 t", True), ("n_1 r", True), ("N/2", False), ("x", False), ("h", False)]
)
def test_whole_valued(text: str, whole: bool) -> None:
    assert signs.is_integer(*gap(GIVEN, text, "0")) == whole


def test_a_minus_sign_turns_a_sign() -> None:
    algebra, p = gap(GIVEN, "p + x^2", "0")
    assert signs.sign(algebra, scale(p, -1)) == "-"


def test_what_is_assumed_later_counts() -> None:
    algebra, p = gap(r"x, y \in \mathbb{R}", "x + y", "0")
    assert signs.sign(algebra, p) is None
    algebra.positive.add(p)
    assert signs.sign(algebra, p) == "+"
