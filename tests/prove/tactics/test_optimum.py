"""Optima: stationary with one multiplier a constraint, feasible, and curved the right way; otherwise not."""

from __future__ import annotations

import pytest

from derive.authoring import Derivation
from tests.prove.normal import claimed

Row = tuple[str, str, str, tuple[str, ...], tuple[str, ...], tuple[str, ...]]
PLAIN = (
    r"x, y, z, c \in \mathbb{R} ; p, q > 0 ; u \in \mathbb{R}^d ; S \in \mathbb{R}^{d \times d} symmetric "
    r"posdef ; h \in [0,2]"
)
FAMILY = r"index k, j = 1..K ; q_k \in \mathbb{R} simplex positive ; w_k > 0 ; x_k, y_k \in \mathbb{R}"

OPTIMA: list[Row] = [
    (PLAIN, "min", "(x - c)^2", ("x",), ("c",), ()),
    (PLAIN, "max", "c - (x - c)^2", ("x",), ("c",), ()),
    (PLAIN, "min", "p - q \\log p", ("p",), ("q",), ()),
    (PLAIN, "min", "e^x - x", ("x",), ("0",), ()),
    (PLAIN, "max", "-u^T S u", ("u",), (r"\mathbf{0}_d",), ()),
    (PLAIN, "min", "x^2 + y^2", ("x", "y"), (r"\frac{1}{2}", r"\frac{1}{2}"), ("x + y = 1",)),
    (PLAIN, "min", "x^2 + y^2 + z^2", ("x", "y", "z"), (r"\frac{4}{3}", r"\frac{2}{3}", r"-\frac{2}{3}"),
    ("x + y = 2", "x - z = 2")),
    (PLAIN, "max", "2 h - 1", ("h",), ("2",), ()),
    (FAMILY, "max", r"\sum_k w_k \log q_k", ("q_k",), (r"\frac{w_k}{\sum_j w_j}",), ()),
    (FAMILY, "min", r"\sum_k (x_k - y_k)^2", ("x_k",), ("y_k",), ()),
    (FAMILY, "stationary", r"\sum_k w_k x_k^2", ("x_k",), ("0",), ()),
]  # fmt: skip
NOT_OPTIMA: list[tuple[str, Row]] = [
    ("not stationary", (PLAIN, "min", "(x - c)^2", ("x",), ("c + 1",), ())),
    ("the other kind", (PLAIN, "max", "(x - c)^2", ("x",), ("c",), ())),
    ("a saddle", (PLAIN, "min", "x^2 - y^2", ("x", "y"), ("0", "0"), ())),
    ("not convex", (PLAIN, "min", "x^4 - x^2", ("x",), ("0",), ())),
    ("only stationary", (PLAIN, "min", "x^3", ("x",), ("0",), ())),
    ("not feasible", (PLAIN, "min", "x^2 + y^2", ("x", "y"), ("0", "0"), ("x + y = 1",))),
    ("feasible, not stationary", (PLAIN, "min", "x^2 + y^2", ("x", "y"), ("1", "0"), ("x + y = 1",))),
    ("two multipliers for one constraint", (PLAIN, "min", "x^2 + 2 y^2", ("x", "y"), (r"\frac{1}{2}", r"\frac{1}{2}"),
    ("x + y = 1",))),
    ("multipliers that do not fit together", (PLAIN, "min", "x^2 + y^2 + z^2", ("x", "y", "z"), ("1", "1", "-1"),
    ("x + y = 2", "x - z = 2"))),
    ("the wrong end", (PLAIN, "max", "2 h - 1", ("h",), ("0",), ())),
    ("equal shares of unequal weights", (FAMILY, "max", r"\sum_k w_k \log q_k", ("q_k",), (r"\frac{1}{K}",), ())),
    ("a bent constraint", (PLAIN, "min", "x", ("x", "y"), ("1", "0"), ("x^2 + y^2 = 1",))),
    ("a sign", (PLAIN, "max", "u^T S u", ("u",), (r"\mathbf{0}_d",), ())),
]  # fmt: skip


def stated(row: Row) -> bool:
    """Whether the prover shows an optimum."""
    given, kind, objective, over, at, constraints = row
    d = Derivation("tests/prove", title="", context=given)
    d.optimum("claim", kind, objective=objective, over=over, at=at, subject_to=constraints)
    return claimed(d.build().claims[0])


@pytest.mark.parametrize("row", OPTIMA, ids=lambda row: f"{row[1]} {row[2]}")
def test_an_optimum(row: Row) -> None:
    assert stated(row)


@pytest.mark.parametrize(("name", "row"), NOT_OPTIMA, ids=[name for name, _ in NOT_OPTIMA])
def test_no_optimum(name: str, row: Row) -> None:
    assert not stated(row)


@pytest.mark.parametrize(("left", "right", "holds"), [
    ("(x - c)^2", "p (x - c)^2 + q", True),
    ("(x - c)^2", "3 (x - c)^2 - c", True),
    ("(x - c)^2", "-(x - c)^2", False),
    ("(x - c)^2", "y (x - c)^2", False),
    ("(x - c)^2", "(x - c)^2 + x", False),
    ("c", "p c", False),
])  # fmt: skip
def test_the_same_optimum(left: str, right: str, holds: bool) -> None:
    d = Derivation("tests/prove", title="", context=PLAIN)
    d.same_optimum("claim", "min", over=("x",), left=left, right=right)
    assert claimed(d.build().claims[0]) == holds
