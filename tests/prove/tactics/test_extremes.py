"""What is taken out of an extreme, and which bounds are not made definitions."""

from __future__ import annotations

from contextlib import suppress
from fractions import Fraction

import pytest

from derive.language.claims import Compare, Equal
from derive.language.extents import Range
from derive.language.terms import Big, Index, Num, Op, Sym
from derive.prove import prover
from derive.prove.limits import TooHard
from derive.prove.tactics.slacks import without_bounds
from derive.prove.workbench import Workbench
from derive.read.declarations import declare

CONTEXT = r"index j, k = 1..K ; x_k, y_k, m \in \mathbb{R}"
X = Sym("x", (Index("k"),))
GREATEST = Big("max", "k", Range.upto("K"), X)


@pytest.mark.parametrize(("number", "holds"), [(2, True), (-2, False)])
def test_only_a_positive_number_is_taken_out(number: int, holds: bool) -> None:
    factor = Num(Fraction(number))
    claim = Equal(
        Big("max", "k", Range.upto("K"), Op("mul", (factor, X))),
        Op("mul", (factor, GREATEST)),
    )
    found = None
    with suppress(TooHard):
        found = prover.search(Workbench(declare(CONTEXT)), claim)
    assert (found is not None) is holds


@pytest.mark.parametrize(
    ("fact", "used"),
    [
        (r"x_k \le m", True),
        (r"x_k \le y_k", True),
        (r"x_k \le y_j", False),  # for each j: no one of them says what x_k is
        (r"x_k \le m + x_j", False),
        (r"x_1 \le m", False),
    ],
)
def test_which_bound_says_what_is_bounded(fact: str, used: bool) -> None:
    context = declare(f"{CONTEXT} ; assume {fact}")
    changed = without_bounds(context, Compare("<=", Sym("x", (Index("j"),)), Sym("m")))
    defined = changed is not None and changed.symbols["x"].definition is not None
    assert defined is used
