"""What is computed in two independent ways agrees: normal forms with their terms, derivatives with derivatives."""

from __future__ import annotations

import time
from fractions import Fraction
from itertools import product

import pytest
from flint import arb
from hypothesis import HealthCheck, given, settings, target

from derive.language.claims import Equal
from derive.language.extents import Range
from derive.language.operators import ShapeError
from derive.language.terms import Big, Deriv, Index, Num, Op, Sym, Term
from derive.prove.algebra import Algebra, TooHard
from derive.prove.atoms import Ix
from derive.prove.differentiate import DERIVATIVE
from derive.prove.workbench import Workbench
from derive.refute import arithmetic as ar
from derive.refute.arithmetic import CannotEvaluate, Imprecise, Undefined
from derive.refute.arrays import entries
from derive.refute.draws import NoPoint
from derive.refute.evaluate import Program
from derive.refute.relations import Arena
from derive.refute.state import Point, State
from tests.soundness.evaluate_normal import Evaluator, NoValue
from tests.strategies import CONTEXT, derivatives, literal_matrices, matrices, scalars, vectors

FREE = ("n", "m", "i", "j")
SIZES = ({"N": 2, "d": 2}, {"N": 3, "d": 1}, {"N": 1, "d": 2})
QUICK = settings(
    max_examples=150,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
)
PROGRAM = Program(CONTEXT)


def points(term: Term) -> list[Point]:
    """A point for each choice of sizes."""
    arena = Arena(PROGRAM, Equal(term, Num(Fraction(0))))
    found = []
    for seed, sizes in enumerate(SIZES):
        try:
            with ar.precision(ar.START_BITS):
                found.append(arena.sampler.point({**CONTEXT.sizes, **sizes}, seed))
        except NoPoint:
            continue
    return found


def agrees(term: Term) -> int:
    """Compares a term's value with that of its normal form, entry by entry; how many entries were compared."""
    bench = Workbench(CONTEXT, time.monotonic() + 0.4)
    reader = bench.reader()
    scope = {name: CONTEXT.indices[name] for name in FREE}
    try:
        shape, code = PROGRAM.compile(term, scope)
        slots = tuple(Ix(f"'s{n}") for n in range(len(shape)))
        for slot, extent in zip(slots, shape, strict=True):
            reader.algebra.range_of[slot.base] = reader.key(extent)
        normal = reader.lower(term, slots, {})
    except (TooHard, CannotEvaluate, ShapeError, ZeroDivisionError, RecursionError):
        return 0
    compared = 0
    for point in points(term):
        evaluator = Evaluator(reader.algebra, point)
        free = [range(1, CONTEXT.indices[name].high.value(point.sizes) + 1) for name in FREE]
        everywhere = list(product(*free))
        for row in everywhere[:: -(-len(everywhere) // 4)] + everywhere[-1:]:
            frame = {**point.sizes, **dict(zip(FREE, row, strict=True))}
            try:
                with ar.precision(4 * ar.START_BITS):
                    value = code(frame, State(PROGRAM, point))
            except (Undefined, CannotEvaluate, Imprecise):
                continue
            dims = [extent.value(point.sizes) for extent in shape]
            for place, entry in zip(product(*(range(1, k + 1) for k in dims)), entries(value), strict=True):
                at = {**dict(zip(FREE, row, strict=True)), **{s.base: k for s, k in zip(slots, place, strict=True)}}
                try:
                    mine = evaluator.value(normal, at)
                except NoValue:
                    continue
                other = arb(ar.primal(entry))
                assert not (mine - other) > 0, (normal, point.sizes, at, mine, other)
                assert not (mine - other) < 0, (normal, point.sizes, at, mine, other)
                compared += mine.is_finite() and mine.rad() < arb("1e-6")
    return compared


@QUICK
@given(scalars())
def test_lowering_keeps_the_value_of_scalars(term: Term) -> None:
    target(float(agrees(term)))


@QUICK
@given(vectors())
def test_lowering_keeps_the_value_of_vectors(term: Term) -> None:
    target(float(agrees(term)))


@QUICK
@given(matrices())
def test_lowering_keeps_the_value_of_matrices(term: Term) -> None:
    target(float(agrees(term)))


@QUICK
@given(literal_matrices())
def test_lowering_keeps_the_value_of_matrices_written_out(term: Term) -> None:
    agrees(term)


@QUICK
@given(derivatives())
def test_first_derivatives_agree(term: Term) -> None:
    target(float(agrees(term)))


@QUICK
@given(derivatives(2))
def test_second_derivatives_agree(term: Term) -> None:
    target(float(agrees(term)))


WRONG_ROWS = {
    "tanh": lambda algebra, u: algebra.fn("tanh", u),
    "sin": lambda algebra, u: algebra.fn("sin", u),
    "log": lambda algebra, u: algebra.power(u, -2),
    "logistic": lambda algebra, u: algebra.fn("logistic", u),
}


@pytest.mark.parametrize("name", WRONG_ROWS)
def test_a_wrong_row_of_the_table_of_derivatives_is_found(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The comparison of derivatives can fail."""
    monkeypatch.setitem(DERIVATIVE, name, WRONG_ROWS[name])
    with pytest.raises(AssertionError):
        agrees(Deriv(Op(name, (Op("mul", (Sym("a"), Sym("p"))),)), Sym("p")))


def test_a_wrong_rule_for_sums_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """The comparison of values can fail: a delta is summed away without a look at its range."""
    monkeypatch.setattr(Algebra, "inside", lambda *_: True)
    over_other_range = Big("sum", "k", Range.upto("d"), Op("delta", (Index("k"), Index("n"))))
    with pytest.raises(AssertionError):
        agrees(over_other_range)
