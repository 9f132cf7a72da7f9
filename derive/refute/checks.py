"""How each kind of claim can fail at a point. A check raises ``Undefined`` where the claim says nothing."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import product as all_of

from flint import fmpq

from derive.language.claims import (
    Compare,
    Equal,
    HasShape,
    Optimum,
    PositiveSemidefinite,
    SameOptimum,
    Statement,
    Step,
    Value,
    WellDefined,
)
from derive.language.extents import Range, Shape, show_shape
from derive.language.operators import ShapeError
from derive.language.shapes import shape_of
from derive.language.terms import Rel, Term
from derive.refute import arithmetic as ar
from derive.refute.arithmetic import ONE, ZERO, CannotEvaluate, Number
from derive.refute.arrays import Worth, entries, rows_columns
from derive.refute.names import free_indices
from derive.refute.optima import optimum_checks, same_optimum
from derive.refute.points import Sampler, sampler_of
from derive.refute.printed import value_check
from derive.refute.relations import Arena, Check, frames, relation_check, shown_indices
from derive.refute.state import Point
from derive.refute.witness import Failure, shown, shown_number


def checks_for(statement: Statement, arena: Arena) -> list[tuple[Check, Sampler]]:
    """The ways to refute a statement, each with the sampler of the points it speaks about."""
    match statement:
        case Equal(left, right):
            return [(relation_check(Rel("=", left, right), arena), arena.sampler)]
        case Compare(op, left, right):
            return _compare_checks(op, left, right, arena)
        case Step():
            return _step_checks(statement, arena)
        case Optimum():
            return optimum_checks(statement, arena)
        case SameOptimum():
            return [(same_optimum(statement, arena), arena.sampler)]
        case HasShape(term, shape):
            return [(_shape_check(term, shape, arena), arena.sampler)]
        case PositiveSemidefinite(term):
            return [(_semidefinite(term, arena), arena.sampler)]
        case Value():
            return [(value_check(statement, arena), arena.sampler)]
        case WellDefined(term):
            return [(_well_defined(term, arena), arena.sampler)]
    raise CannotEvaluate(f"claims of kind {type(statement).__name__} are not attacked")


def _compare_checks(op: str, left: Term, right: Term, arena: Arena) -> list[tuple[Check, Sampler]]:
    check = relation_check(Rel(op, left, right), arena)
    rows = [(check, arena.sampler)]
    if op in ("<", ">", "!="):
        rows.append((check, sampler_of(arena.program, arena.subject, (Rel("=", left, right),))))
    return rows


def _step_checks(step: Step, arena: Arena) -> list[tuple[Check, Sampler]]:
    rows = _direction(step.hypotheses, step.conclusions, step, arena, LOST if step.both else FAILED)
    return rows + (_direction(step.conclusions, step.hypotheses, step, arena, GAINED) if step.both else [])


FAILED = "the assumptions of the step hold here, its conclusion does not"
LOST = "what stands before the ⇔ holds here, what stands behind it does not: it is lost"
GAINED = "what stands behind the ⇔ holds here, what stands before it does not: it is gained"


def _direction(
    hypotheses: tuple[Rel, ...], conclusions: tuple[Rel, ...], step: Step, arena: Arena, note: str
) -> list[tuple[Check, Sampler]]:
    """Where some relations hold and others do not; a strict conclusion is tried at its edge too."""
    prefer = tuple(unknown.name for unknown in step.unknowns)
    check = _conclusions(conclusions, arena, note)
    rows = [(check, sampler_of(arena.program, arena.subject, hypotheses, prefer))]
    for each in conclusions:
        if each.op in ("<", ">", "!=") and any(known.op != "=" for known in hypotheses):
            edge = (*hypotheses, Rel("=", each.left, each.right))
            rows.append((check, sampler_of(arena.program, arena.subject, edge, prefer)))
    return rows


def _conclusions(conclusions: tuple[Rel, ...], arena: Arena, note: str) -> Check:
    checks = [relation_check(conclusion, arena) for conclusion in conclusions]

    def check(point: Point) -> Failure | None:
        for each in checks:
            failure = each(point)
            if failure is not None:
                return Failure(failure.left, failure.right, note, failure.frame)
        return None

    return check


def _shape_check(term: Term, shape: Shape, arena: Arena) -> Check:
    free = free_indices(term, arena.context)
    scope: dict[str, Range | Shape] = {name: arena.context.indices[name] for name in free}
    found = shape_of(term, arena.context, scope)
    named = {name for extent in (*found, *shape) for names, _ in extent.terms for name in names}
    strange = sorted(named - arena.context.sizes.keys() - arena.context.indices.keys())
    if strange:
        raise CannotEvaluate(f"{' and '.join(strange)} of a shape is not declared as a size")

    def check(point: Point) -> Failure | None:
        if found == shape:
            return None
        for frame in frames(point, free, arena):
            sizes = {name: int(str(value)) for name, value in frame.items()}
            missing = sorted({name for extent in (*found, *shape) for name in extent.names} - sizes.keys())
            if missing:
                raise CannotEvaluate(f"the size {missing[0]} is not declared")
            left = [extent.value(sizes) for extent in found]
            right = [extent.value(sizes) for extent in shape]
            if left != right:
                return Failure(show_shape(found), show_shape(shape), "the shapes differ", shown_indices(frame, free))
        return None

    return check


def _semidefinite(term: Term, arena: Arena) -> Check:
    free = free_indices(term, arena.context)
    scope = {name: arena.context.indices[name] for name in free if name in arena.context.indices}
    shape, code = arena.program.compile(term, scope)
    if shape and (len(shape) != 2 or shape[0] != shape[1]):
        raise ShapeError(f"expected a square matrix, found {show_shape(shape)}")

    def check(point: Point) -> Failure | None:
        state = point.state(arena.program)
        for frame in frames(point, free, arena):
            value = code(frame, state)
            for x in _directions(value):
                form = quadratic_form(value, x)
                if ar.sign(form) < 0 if isinstance(form, fmpq) else form < 0:
                    note = f"x^T M x with x = [{', '.join(map(str, x))}] and M = {shown(value)}"
                    return Failure(shown_number(form), "0", note, shown_indices(frame, free))
        return None

    return check


def quadratic_form(value: Worth, x: tuple[fmpq, ...]) -> Number:
    """x^T M x."""
    n = rows_columns(value)[0]
    data = entries(value)
    total: Number = ZERO
    for i in range(n):
        for j in range(n):
            total = total + data[i * n + j] * (x[i] * x[j])
    return total


def _directions(value: Worth) -> Iterator[tuple[fmpq, ...]]:
    """Vectors of -1, 0, 1, then the directions in which elimination meets a negative pivot."""
    n = rows_columns(value)[0]
    if n <= 4:
        for row in all_of((1, 0, -1), repeat=n):
            if any(row):
                yield tuple(fmpq(entry) for entry in row)
    yield from _pivot_directions([_nearby(entry) for entry in entries(value)], n)


def _nearby(entry: Number) -> fmpq:
    value = ar.primal(entry)
    if isinstance(value, fmpq):
        return value
    return fmpq(round(Fraction(float(value.mid())) * 10**6), 10**6)


def _pivot_directions(data: list[fmpq], n: int) -> Iterator[tuple[fmpq, ...]]:
    """Columns of L^{-T} in M = L D L^T: the form takes the value D_i there."""
    rows = [[(data[i * n + j] + data[j * n + i]) / 2 for j in range(n)] for i in range(n)]
    basis = [[ONE if i == j else ZERO for j in range(n)] for i in range(n)]
    for done in range(n):
        pivot = rows[done][done]
        yield tuple(basis[done])
        if pivot == 0:
            return
        for i in range(done + 1, n):
            factor = rows[i][done] / pivot
            rows[i] = [a - factor * b for a, b in zip(rows[i], rows[done], strict=True)]
            basis[i] = [a - factor * b for a, b in zip(basis[i], basis[done], strict=True)]


def _well_defined(term: Term, arena: Arena) -> Check:
    """Never fails at a point; it only counts where the term has a value."""
    free = free_indices(term, arena.context)
    scope = {name: arena.context.indices[name] for name in free if name in arena.context.indices}
    code = arena.program.compile(term, scope)[1]

    def check(point: Point) -> Failure | None:
        state = point.state(arena.program)
        for frame in frames(point, free, arena):
            code(frame, state)
        return None

    return check
