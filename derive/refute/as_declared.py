"""What is declared of a quantity that the text defines: a point at which that does not hold is none that is meant."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from flint import fmpq

from derive.language.context import SymbolDecl
from derive.refute import arithmetic as ar
from derive.refute.arithmetic import ONE, ZERO, Imprecise, Number, Undefined
from derive.refute.arrays import Arr, Worth, determinant, entries, product, transposed
from derive.refute.draws import MATRIX_PROPERTIES, is_matrix
from derive.refute.evaluate import Program
from derive.refute.properties import bounds, entrywise, groups_of, values_of
from derive.refute.state import Place, Point


def lacks(program: Program, decl: SymbolDecl, point: Point, places: Iterable[Place]) -> bool:
    """Whether a defined quantity certainly lacks something that is declared of it; what has no value lacks nothing, and
    a ball that only may lie outside does not."""
    members: dict[Place, Worth] = {}
    state = point.state(program)
    for place in places:
        try:
            members[place] = state.symbol(decl.name, place)
        except (Undefined, Imprecise):
            continue
    return any(_member_lacks(program, decl, value, point) for value in members.values()) or any(
        _is_no_row(row, decl.properties) for row in groups_of(decl, members)
    )


def _member_lacks(program: Program, decl: SymbolDecl, value: Worth, point: Point) -> bool:
    dims = value.dims if isinstance(value, Arr) else ()
    for at, entry in enumerate(map(ar.primal, entries(value))):
        if _is_outside(entry, entrywise(decl, at, dims)) or _is_beyond(program, decl, entry, point):
            return True
    return isinstance(value, Arr) and len(dims) == 2 and _is_no_matrix(value, decl.properties)


def _apart(one: Number, other: Number) -> bool:
    """Whether two numbers certainly differ."""
    return bool(one < other or one > other)


_OUTSIDE: dict[str, Callable[[Number], bool]] = {
    "positive": lambda v: bool(v <= 0),
    "nonnegative": lambda v: bool(v < 0),
    "negative": lambda v: bool(v >= 0),
    "nonzero": lambda v: isinstance(v, fmpq) and v == 0,
    "open_unit": lambda v: bool(v <= 0 or v >= 1),
    "unit": lambda v: bool(v < 0 or v > 1),
    "integer": lambda v: isinstance(v, fmpq) and v.q != 1,
    "binary": lambda v: _apart(v, ZERO) and _apart(v, ONE),
    "onehot": lambda v: _apart(v, ZERO) and _apart(v, ONE),
    "simplex": lambda v: bool(v < 0),
}


def _is_outside(value: Number, properties: frozenset[str]) -> bool:
    return any(_OUTSIDE[name](value) for name in sorted(properties) if name in _OUTSIDE)


def _is_beyond(program: Program, decl: SymbolDecl, value: Number, point: Point) -> bool:
    low, high = bounds(program, decl, point)
    if low is not None and (value < low or (decl.low_open and value <= low)):
        return True
    if high is not None and (value > high or (decl.high_open and value >= high)):
        return True
    if not decl.values and decl.label_range is None:
        return False
    return all(_apart(value, allowed) for each in values_of(program, decl, point) for allowed in entries(each))


def _is_no_matrix(value: Arr, properties: frozenset[str]) -> bool:
    n, m = value.dims
    asked = properties & MATRIX_PROPERTIES
    if not asked:
        return False
    if all(isinstance(entry, fmpq) for entry in value.data):
        return not is_matrix(value, properties)
    if "orthogonal" in asked:
        square = entries(product(transposed(value, 2), value, 2))
        return any(_apart(entry, ONE if i % (m + 1) == 0 else ZERO) for i, entry in enumerate(square))
    if n != m:
        return True
    pairs = [(i, j) for i in range(n) for j in range(i)]
    if asked & {"symmetric", "posdef", "psd"} and any(
        _apart(value.data[i * n + j], value.data[j * n + i]) for i, j in pairs
    ):
        return True
    if "diagonal" in asked and any(_apart(value.data[i * n + j], ZERO) for i in range(n) for j in range(n) if i != j):
        return True
    if asked & {"posdef", "psd"}:
        minors = [Arr((k, k), [value.data[i * n + j] for i in range(k) for j in range(k)]) for k in range(1, n + 1)]
        return any(determinant(minor) < 0 for minor in minors)
    return False


def _is_no_row(row: list[Number], properties: frozenset[str]) -> bool:
    return bool(properties & {"simplex", "onehot"}) and _apart(sum(map(ar.primal, row), ZERO), ONE)


__all__ = ["lacks"]
