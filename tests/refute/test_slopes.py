"""What is kept of equations at a point is forgotten where a quantity that they are made of is moved."""

from __future__ import annotations

from flint import fmpq

from derive.language.context import Context
from derive.read.declarations import declare
from derive.read.latex import read_relation
from derive.refute.assumptions import Slopes
from derive.refute.evaluate import Program
from derive.refute.facts import FactRow
from derive.refute.points import Sampler
from derive.refute.relevance import subject_of

CONTEXT = declare(r"w, x, v \in \mathbb{R} ; let h := v^2 ; function f(u) := w u", Context())
EQUATION = read_relation(r"f(x) + h = 6", CONTEXT)


def at_a_point(**values: int) -> tuple[Slopes, FactRow]:
    """The equation where w x + v² is what these values make it."""
    program = Program(CONTEXT)
    sampler = Sampler(program, subject_of((EQUATION,), (), CONTEXT), (EQUATION,))
    slopes = Slopes(sampler.assumptions, sampler.point({}, 0))
    slopes.put({name: {(): fmpq(value)} for name, value in values.items()})
    (row,) = sampler.assumptions.rows
    return slopes, row


def test_a_quantity_inside_a_function_or_a_definition_counts() -> None:
    slopes, row = at_a_point(w=2, x=3, v=0)
    assert slopes.holds(row)
    slopes.put({"w": {(): fmpq(1)}})
    assert not slopes.holds(row)
    slopes.put({"v": {(): fmpq(1)}, "x": {(): fmpq(5)}})
    assert slopes.holds(row)


def test_slopes_are_those_of_the_point_as_it_is() -> None:
    slopes, row = at_a_point(w=2, x=4, v=0)
    assert slopes.of("x", [row]) == [(2, [2])]
    slopes.put({"w": {(): fmpq(5)}})
    assert slopes.of("x", [row]) == [(14, [5])]
    slopes.put({"v": {(): fmpq(1)}})
    assert slopes.of("x", [row]) == [(15, [5])]
    assert slopes.of("v", [row]) == [(15, [2])]


def test_what_would_hold_is_asked_again_at_another_point() -> None:
    slopes, row = at_a_point(w=2, x=4, v=0)
    three = fmpq(3)
    assert slopes.would_hold(row, "x", ((), 0), three, {(): three})
    slopes.put({"w": {(): fmpq(1)}})
    assert not slopes.would_hold(row, "x", ((), 0), three, {(): three})


def test_an_equation_without_a_slope_has_one_elsewhere() -> None:
    context = declare(r"x, y \in \mathbb{R}", Context())
    equation = read_relation(r"\frac{y}{x} = 1", context)
    sampler = Sampler(Program(context), subject_of((equation,), (), context), (equation,))
    slopes = Slopes(sampler.assumptions, sampler.point({}, 0))
    (row,) = sampler.assumptions.rows
    slopes.put({"x": {(): fmpq(0)}, "y": {(): fmpq(1)}})
    for _ in range(2):  # the second time from what is kept
        assert sampler.assumptions._tried(sampler.assumptions._solved, "y", [row], slopes, ()) is None
    slopes.put({"x": {(): fmpq(2)}})
    assert sampler.assumptions._tried(sampler.assumptions._solved, "y", [row], slopes, ()) == {(): fmpq(2)}
