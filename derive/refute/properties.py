"""Where values may lie: declared bounds and properties, and whether given values have them."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from flint import fmpq

from derive.language.context import SymbolDecl
from derive.language.terms import Const, Num, Op, Term
from derive.refute import arithmetic as ar
from derive.refute.arithmetic import ONE, ZERO, CannotEvaluate, Number
from derive.refute.arrays import Arr, Dims, Worth, determinant, entries
from derive.refute.draws import MATRIX_PROPERTIES, NoPoint, is_matrix
from derive.refute.evaluate import Program
from derive.refute.operations import number
from derive.refute.state import Place, Point, State

DISCRETE = frozenset({"onehot", "binary", "label"})
"""Properties of quantities that cannot change by a little."""


def bounds(program: Program, decl: SymbolDecl, point: Point) -> tuple[fmpq | None, fmpq | None]:
    """The finite declared bounds."""
    low = None if _infinite(decl.low) else bound(program, decl.low, point, decl.name)
    high = None if _infinite(decl.high) else bound(program, decl.high, point, decl.name)
    return low, high


def bound(program: Program, term: Term | None, point: Point, name: str) -> fmpq:
    """The value of a declared bound."""
    if term is None:
        raise CannotEvaluate(f"{name} has no such bound")
    number_written = written(term)
    if number_written is not None:
        return number_written
    value = ar.primal(number(program.compile(term)[1](dict(point.sizes), State(program, point))))
    if not isinstance(value, fmpq):
        raise NoPoint(f"a bound of {name} is not rational")
    return value


def written(term: Term | None) -> fmpq | None:
    """The value of a number as it stands, with or without a minus; ``None`` for all other terms."""
    match term:
        case Num(value=value):
            return ar.rational(value)
        case Op("neg", (Num(value=value),)):
            return ar.rational(-value)
    return None


def has_fixed_bounds(decl: SymbolDecl) -> bool:
    """Whether the declared bounds are the same at every point."""
    return all(_infinite(limit) or written(limit) is not None for limit in (decl.low, decl.high))


def values_of(program: Program, decl: SymbolDecl, point: Point) -> list[Worth]:
    """Every value of a quantity that takes finitely many."""
    if decl.values:
        return [bound(program, value, point, decl.name) for value in decl.values]
    if decl.label_range is not None:
        low, high = decl.label_range.low.value(point.sizes), decl.label_range.high.value(point.sizes)
        return [fmpq(at) for at in range(low, high + 1)]
    return [ZERO, ONE]


def _infinite(limit: Term | None) -> bool:
    bare = limit.args[0] if isinstance(limit, Op) and limit.name == "neg" else limit
    return bare is None or (isinstance(bare, Const) and bare.name == "inf")


def has_properties(program: Program, decl: SymbolDecl, members: dict[Place, Worth], point: Point) -> bool:
    """Whether these values have the declared properties."""
    properties = decl.properties
    allowed = values_of(program, decl, point) if decl.values or decl.label_range is not None else None
    for value in members.values():
        dims = value.dims if isinstance(value, Arr) else ()
        for at, entry in enumerate(entries(value)):
            if not fits(entry, entrywise(decl, at, dims)) or not _within(program, decl, entry, point):
                return False
            if allowed is not None and entry not in allowed:
                return False
        if isinstance(value, Arr) and len(value.dims) == 2 and not is_matrix(value, properties):
            return False
    return all(_is_row(row, properties) for row in groups_of(decl, members))


def admissible(program: Program, decl: SymbolDecl, members: dict[Place, Worth], point: Point) -> bool:
    """Whether repaired values may stand: exact, with the declared properties."""
    exact = all(isinstance(entry, fmpq) for value in members.values() for entry in entries(value))
    return exact and has_properties(program, decl, members, point)


def is_outside(program: Program, decl: SymbolDecl, value: Worth, point: Point) -> bool | None:
    """Whether a value is certainly outside the closure of its domain; ``None`` on its border or if unknown."""
    border = False
    low, high = bounds(program, decl, point)
    for entry in entries(value):
        entry = ar.primal(entry)
        tests = (
            (decl.properties & {"positive", "nonnegative", "open_unit", "unit", "simplex"}, entry),
            (decl.properties & {"negative"}, -entry),
            (decl.properties & {"open_unit", "unit"}, ONE - entry),
            (low is not None, entry - (low or ZERO)),
            (high is not None, (high or ZERO) - entry),
        )
        for asked, room in tests:
            if asked and room < 0:
                return True
            border = border or bool(asked and not room > 0)
    if isinstance(value, Arr) and len(value.dims) == 2 and decl.properties & {"posdef"}:
        n = value.dims[0]
        minors = [Arr((k, k), [value.data[i * n + j] for i in range(k) for j in range(k)]) for k in range(1, n + 1)]
        border = border or not all(ar.primal(determinant(minor)) > 0 for minor in minors)
    if decl.properties & MATRIX_PROPERTIES - {"symmetric", "posdef"}:
        return None
    return None if border else False


def fits(value: Number, properties: frozenset[str]) -> bool:
    """Whether a number has the properties that are said of numbers."""
    value = ar.primal(value)
    return all(test(value) for test in _tests_of(properties))


_TESTS: dict[str, Callable[[fmpq], bool]] = {
    "positive": lambda v: v > 0,
    "nonnegative": lambda v: v >= 0,
    "negative": lambda v: v < 0,
    "nonzero": lambda v: v != 0,
    "open_unit": lambda v: 0 < v < 1,
    "unit": lambda v: 0 <= v <= 1,
    "integer": lambda v: isinstance(v, fmpq) and v.q == 1,
    "binary": lambda v: v in (0, 1),
}


@cache
def _tests_of(properties: frozenset[str]) -> tuple[Callable[[fmpq], bool], ...]:
    return tuple(test for name, test in _TESTS.items() if name in properties)


def entrywise(decl: SymbolDecl, at: int, dims: Dims) -> frozenset[str]:
    """The properties an entry must have: beside the diagonal of a diagonal matrix there are zeros."""
    if "diagonal" in decl.properties and len(dims) == 2 and at % (dims[1] + 1):
        return frozenset()
    return decl.properties


def _within(program: Program, decl: SymbolDecl, entry: Number, point: Point) -> bool:
    low, high = bounds(program, decl, point)
    if low is not None and (not entry >= low or (decl.low_open and not entry > low)):
        return False
    return high is None or bool(entry <= high and (not decl.high_open or entry < high))


def groups_of(decl: SymbolDecl, members: dict[Place, Worth]) -> list[list[Number]]:
    """The groups of entries that a simplex or one-hot property is about."""
    if decl.shape:
        found: list[list[Number]] = []
        for value in members.values():
            data = entries(value)
            length = value.dims[-1] if isinstance(value, Arr) else 1
            found.extend(data[start : start + length] for start in range(0, len(data), length))
        return found
    groups: dict[Place, list[Number]] = {}
    for place, value in members.items():
        groups.setdefault(place[:-1], []).extend(entries(value))
    return list(groups.values())


def _is_row(row: list[Number], properties: frozenset[str]) -> bool:
    if "onehot" in properties:
        return sorted(row) == [ZERO] * (len(row) - 1) + [ONE]
    if "simplex" in properties:
        return all(entry >= 0 for entry in row) and sum(row, ZERO) == 1
    return True
