"""Inequalities between logarithms, both sides raised; each has a false neighbour that is not proved."""

from __future__ import annotations

import pytest

from tests.identities.rows import Bound, claim_of
from tests.soundness.alone import proof

NUMBERS = r"x, y \in \mathbb{R} ; a, b > 0 ; v \in \mathbb{R}"

ROWS: tuple[Bound, ...] = (
    Bound("above its argument", NUMBERS, r"\log(1 + e^x)", ">=", "x", r"x + \frac12"),
    Bound("strictly", NUMBERS, r"\log(3 + e^x)", ">", "x", "x + 1"),
    Bound("above its kink", NUMBERS, r"\log(1 + e^x)", ">=", r"\max(0, x)", r"\max(1, x)"),
    Bound("above its tangent", NUMBERS, r"\log(1 + e^x)", ">=", r"\log 2 + \frac{x}{2}", r"\log 2 + \frac{2 x}{3}"),
    Bound("two logarithms", NUMBERS, r"2 \log(1 + e^x)", ">=", r"\log(1 + e^{2 x})", r"\log(2 + e^{2 x})"),
    Bound("of a sum", NUMBERS, r"\log(a + b)", ">=", r"\frac{\log a + \log b}{2} + \log 2", r"\log a + \log b"),
    Bound(
        "of exponentials", NUMBERS, r"\log(e^x + e^y)", ">=", r"\log 2 + \frac{x + y}{2}", r"\log 3 + \frac{x + y}{2}"
    ),
    Bound(
        "term by term",
        r"index i, j = 1..n ; u_{ij} \in \mathbb{R}",
        r"\frac1n \sum_i \left( \log \sum_j e^{u_{ij}} - u_{ii} \right)",
        ">=",
        "0",
        r"\frac12",
    ),
    Bound(
        "shares of their sum",
        r"index i, j = 1..n ; b_{ij} > 0",
        r"-\sum_i \log \frac{b_{ii}}{\sum_j b_{ij}}",
        ">=",
        "0",
        r"\sum_i \log b_{ii}",
    ),
    Bound("from above", NUMBERS, "x", "<=", r"\log(e^x + e^y)", r"\log(e^x + e^y) - 1"),
)


SECONDS = 20


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_bounds(row: Bound) -> None:
    """The row is proved, its twin is not."""
    assert proof(claim_of(row), SECONDS) is not None
    assert proof(claim_of(row, damaged=True), SECONDS) is None


@pytest.mark.parametrize(
    ("left", "op", "right"),
    [
        (r"\log(1 + e^x)", ">", r"\log 2 + \frac{x}{2}"),
        (r"\log(1 + v^2)", ">", r"0"),
        (r"\log(a)", ">=", r"1 - a"),
        (r"\log(1 + e^x)", ">=", r"\frac{x}{2} + 1"),
        (r"\log(3)", ">=", r"v"),
    ],
)
def test_what_is_false_somewhere_is_not_proved(left: str, op: str, right: str) -> None:
    """Where both sides are equal nothing is strict, and a logarithm need not be positive."""
    assert proof(claim_of(Bound("", NUMBERS, left, op, right, "")), SECONDS) is None
