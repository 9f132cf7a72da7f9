"""Vectors, matrices and tensors of numbers, and the linear algebra that needs nothing but + - × ÷.

Determinants and inverses come from cofactors, so that a perturbed matrix (of dual numbers) gives their derivatives too.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Sequence
from typing import TypeAlias

from flint import fmpq

from derive.language.effort import METER
from derive.refute.arithmetic import (
    ONE,
    ZERO,
    CannotEvaluate,
    Number,
    Undefined,
    divide,
    is_exact_zero,
    primal,
    reciprocal,
    sign,
)

Dims = tuple[int, ...]
MOST_ENTRIES = 100_000
SMALL = 5
"""Determinants up to this size are expanded (right for perturbed singular matrices too), larger ones eliminated."""


class Arr:
    """An array: its lengths and its entries, last index fastest. Entries are numbers (or truth values)."""

    __slots__ = ("data", "dims")

    def __init__(self, dims: Dims, data: Sequence[Number | bool]) -> None:
        self.dims = dims
        self.data: list[Number] = data  # type: ignore[assignment] # a list, as it comes


Worth: TypeAlias = "Number | Arr"
"""What a term is worth: one number, or an array of them."""


def entries(value: Worth) -> list[Number]:
    """All entries in order; those of a number are itself."""
    return value.data if isinstance(value, Arr) else [value]


def size_of(dims: Dims) -> int:
    """How many entries an array of these lengths has; ``CannotEvaluate`` if that is too many to hold."""
    total = 1
    for length in dims:
        total *= length
    if total > MOST_ENTRIES:
        raise CannotEvaluate(f"an array of {total} entries is too large to compute")
    return total


def mapped(function: Callable[[Number], Number | bool], value: Worth) -> Worth:
    """The function of every entry."""
    if isinstance(value, Arr):
        return Arr(value.dims, [function(entry) for entry in value.data])
    found: Number = function(value)
    return found


def zipped(function: Callable[[Number, Number], Number | bool], left: Worth, right: Worth) -> Worth:
    """The function of entries at the same place; a number stretches."""
    if isinstance(left, Arr):
        if isinstance(right, Arr):
            return Arr(left.dims, [function(a, b) for a, b in zip(left.data, right.data, strict=True)])
        return Arr(left.dims, [function(a, right) for a in left.data])
    if isinstance(right, Arr):
        return Arr(right.dims, [function(left, b) for b in right.data])
    found: Number = function(left, right)
    return found


def add(left: Worth, right: Worth) -> Worth:
    """left + right."""
    if isinstance(left, Arr) or isinstance(right, Arr):
        return zipped(operator.add, left, right)
    return left + right


def packed(data: list[Number], rows: int, columns: int, rank: int) -> Worth:
    """Rows × columns of entries as a number, a vector or a matrix, by its rank."""
    if rank == 0:
        return data[0]
    if rank == 1:
        return Arr((rows * columns,), data)
    return Arr((rows, columns), data)


def rows_columns(value: Worth) -> tuple[int, int]:
    """The lengths of a matrix; a vector is one column."""
    if not isinstance(value, Arr):
        return (1, 1)
    return (value.dims[0], value.dims[1]) if len(value.dims) == 2 else (value.dims[0], 1)


def product(left: Worth, right: Worth, rank: int) -> Worth:
    """The matrix product, given the rank its shape says it has."""
    n, inner = rows_columns(left)
    m = rows_columns(right)[1]
    a, b = entries(left), entries(right)
    data: list[Number] = []
    for i in range(n):
        row = a[i * inner : (i + 1) * inner]
        for j in range(m):
            data.append(dot(row, b[j::m]))
    return packed(data, n, m, rank)


def transposed(value: Worth, rank: int) -> Worth:
    """The transpose, given the rank its shape says it has."""
    n, m = rows_columns(value)
    data = entries(value)
    return packed([data[i * m + j] for j in range(m) for i in range(n)], m, n, rank)


def _without(rows: list[list[Number]], i: int, j: int) -> list[list[Number]]:
    return [row[:j] + row[j + 1 :] for k, row in enumerate(rows) if k != i]


def _rows(value: Worth) -> list[list[Number]]:
    n, m = rows_columns(value)
    data = entries(value)
    return [data[i * m : (i + 1) * m] for i in range(n)]


def _det(rows: list[list[Number]]) -> Number:
    n = len(rows)
    if n == 0:
        return ONE
    if n == 1:
        return rows[0][0]
    if n == 2:
        return rows[0][0] * rows[1][1] - rows[0][1] * rows[1][0]
    if n > SMALL:
        return _eliminated(rows)
    total: Number = ZERO
    for j, entry in enumerate(rows[0]):
        if is_exact_zero(entry):
            continue
        cofactor = entry * _det(_without(rows, 0, j))
        total = total - cofactor if j % 2 else total + cofactor
    return total


def _eliminated(rows: list[list[Number]]) -> Number:
    """The determinant by elimination, with pivots that are certainly not zero."""
    rows = [list(row) for row in rows]
    n = len(rows)
    det: Number = ONE
    for done in range(n):
        found = next((i for i in range(done, n) if _certainly_not_zero(rows[i][done])), None)
        if found is None:
            if all(is_exact_zero(rows[i][done]) for i in range(done, n)):
                return ZERO
            raise Undefined("a determinant without a certain pivot")
        if found != done:
            rows[done], rows[found] = rows[found], rows[done]
            det = -det
        lead = rows[done][done]
        det = det * lead
        scale = reciprocal(lead)
        for i in range(done + 1, n):
            factor = rows[i][done] * scale
            if not is_exact_zero(factor):
                rows[i] = [a - factor * b for a, b in zip(rows[i], rows[done], strict=True)]
    return det


def _certainly_not_zero(value: Number) -> bool:
    value = primal(value)
    return bool(value) if isinstance(value, fmpq) else not value.contains(0)


def determinant(value: Worth) -> Number:
    """The determinant, by expansion (the refuter's matrices are small)."""
    return _det(_rows(value))


def inverse(value: Worth) -> Worth:
    """The inverse: the adjugate over the determinant; ``Undefined`` for a singular matrix."""
    if not isinstance(value, Arr):
        return reciprocal(value)
    rows = _rows(value)
    n = len(rows)
    if n == 1:
        return Arr(value.dims, [reciprocal(rows[0][0])])
    det = _det(rows)
    if sign(det) == 0:
        raise Undefined("the inverse of a singular matrix")
    scale = reciprocal(det)
    data: list[Number] = []
    for i in range(n):
        for j in range(n):
            minor = _det(_without(rows, j, i)) * scale
            data.append(-minor if (i + j) % 2 else minor)
    return Arr(value.dims, data)


def identity(n: int) -> Arr:
    """The n × n identity."""
    return Arr((n, n), [ONE if i == j else ZERO for i in range(n) for j in range(n)])


def trace(value: Worth) -> Number:
    """The sum of the diagonal."""
    n, m = rows_columns(value)
    data = entries(value)
    total: Number = ZERO
    for i in range(n):
        total = total + data[i * m + i]
    return total


def dot(left: Sequence[Number], right: Sequence[Number]) -> Number:
    """The sum of the products."""
    if len(left) != len(right):
        raise CannotEvaluate(f"a product of {len(left)} entries with {len(right)}")
    if not left:
        return ZERO
    total = left[0] * right[0]
    for at in range(1, len(left)):
        total = total + left[at] * right[at]
    return total


def solve_linear(rows: list[list[fmpq]], right: list[fmpq]) -> list[Number] | None:
    """One exact solution of a linear system (free unknowns zero), or ``None`` if there is none."""
    if not rows:
        return []
    width = len(rows[0])
    METER.done += len(rows) * width
    table: list[list[Number]] = [[*row, end] for row, end in zip(rows, right, strict=True)]
    pivots: list[int] = []
    done = 0
    for column in range(width):
        found = next((i for i in range(done, len(table)) if table[i][column]), None)
        if found is None:
            continue
        table[done], table[found] = table[found], table[done]
        lead = table[done][column]
        table[done] = [divide(entry, lead) if entry else entry for entry in table[done]]
        for i in range(len(table)):
            factor = table[i][column]
            if i != done and factor:
                table[i] = [a - factor * b if b else a for a, b in zip(table[i], table[done], strict=True)]
        pivots.append(column)
        done += 1
    if any(row[-1] for row in table[done:]):
        return None
    solution: list[Number] = [ZERO] * width
    for i, column in enumerate(pivots):
        solution[column] = table[i][-1]
    return solution


def picked(value: Worth, place: tuple[int, ...]) -> Worth:
    """One entry of an array, or a row of a matrix; subscripts count from one."""
    if not isinstance(value, Arr):
        raise CannotEvaluate("a subscript on a number")
    offset = 0
    for at, length in zip(place, value.dims, strict=False):
        if not 1 <= at <= length:
            raise Undefined(f"the subscript {at} is outside 1..{length}")
        offset = offset * length + at - 1
    rest = value.dims[len(place) :]
    if not rest:
        return value.data[offset]
    step = size_of(rest)
    return Arr(rest, value.data[offset * step : (offset + 1) * step])


def put(value: Worth, place: tuple[int, ...], part: Worth) -> Worth:
    """The array with another entry, or another row, at a place; with no place, all of it."""
    if not place:
        return part
    if not isinstance(value, Arr):
        raise CannotEvaluate("a subscript on a number")
    old, new = picked(value, place), entries(part)
    offset = 0
    for at, length in zip(place, value.dims, strict=False):
        offset = offset * length + at - 1
    start = offset * len(entries(old))
    return Arr(value.dims, [*value.data[:start], *new, *value.data[start + len(new) :]])
