"""What each built-in operator is worth: one row per name of ``derive.language.operators``.

A row takes the values of the arguments, their shapes and the shape of the result (which tells a vector of length one
from a number), and computes with + - × ÷ and the functions of one number only; derivatives follow from dual numbers.
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from functools import reduce

from derive.language.extents import Extent, Shape
from derive.language.operators import product_shape
from derive.refute import arithmetic as ar
from derive.refute import eigen
from derive.refute.arithmetic import HALF, ONE, ZERO, CannotEvaluate, Number, Undefined
from derive.refute.arrays import (
    Arr,
    Worth,
    add,
    determinant,
    dot,
    entries,
    identity,
    inverse,
    mapped,
    packed,
    product,
    rows_columns,
    trace,
    transposed,
    zipped,
)

Shapes = tuple[Shape, ...]
Row = Callable[[list[Worth], Shapes, Shape], Worth]


def number(value: Worth) -> Number:
    """The value, which must be one number."""
    if isinstance(value, Arr):
        if len(value.data) != 1:
            raise CannotEvaluate(f"expected a number, found an array of lengths {value.dims}")
        return value.data[0]
    return value


def _add(values: list[Worth], shapes: Shapes, out: Shape) -> Worth:
    total = values[0]
    for value in values[1:]:
        total = add(total, value)
    return total


def _mul(values: list[Worth], shapes: Shapes, out: Shape) -> Worth:
    total, shape = values[0], shapes[0]
    for value, other in zip(values[1:], shapes[1:], strict=True):
        if not shape or not other:
            total = zipped(operator.mul, total, value)
            shape = shape or other
        else:
            shape = product_shape(shape, other)
            total = product(total, value, len(shape))
    return total


def _div(values: list[Worth], shapes: Shapes, out: Shape) -> Worth:
    return zipped(ar.divide, values[0], values[1])


def _pow(values: list[Worth], shapes: Shapes, out: Shape) -> Worth:
    base, exponent = values[0], number(values[1])
    shape = shapes[0]
    if len(shape) == 2 and Extent.of(1) not in shape:
        if shape[0] != shape[1]:
            raise CannotEvaluate("a power of a matrix that is not square")
        times = ar.whole(exponent)
        if times < 0:
            base, times = inverse(base), -times
        result: Worth = identity(rows_columns(base)[0])
        for _ in range(times):
            result = product(result, base, 2)
        return result
    return mapped(lambda a: ar.power(a, exponent), base)


def _softmax(values: list[Worth], shapes: Shapes, out: Shape) -> Worth:
    powers = [ar.exp(entry) for entry in entries(values[0])]
    scale = ar.reciprocal(reduce(lambda a, b: a + b, powers))
    data = [entry * scale for entry in powers]
    return Arr(values[0].dims, data) if isinstance(values[0], Arr) else data[0]


def _total(values: list[Worth], shapes: Shapes, out: Shape) -> Worth:
    return sum(entries(values[0]), ZERO)


def _logsumexp(values: list[Worth], shapes: Shapes, out: Shape) -> Worth:
    return ar.log(reduce(lambda a, b: a + b, (ar.exp(entry) for entry in entries(values[0]))))


def _diag(values: list[Worth], shapes: Shapes, out: Shape) -> Worth:
    data = entries(values[0])
    n, m = rows_columns(values[0])
    if len(shapes[0]) == 2 and Extent.of(1) not in shapes[0]:
        return Arr((n,), [data[i * m + i] for i in range(n)])
    n = len(data)
    return packed([data[i] if i == j else ZERO for i in range(n) for j in range(n)], n, n, len(out))


def _outer(values: list[Worth], shapes: Shapes, out: Shape) -> Worth:
    a, b = entries(values[0]), entries(values[1])
    return packed([x * y for x in a for y in b], len(a), len(b), len(out))


def _inner(values: list[Worth], shapes: Shapes, out: Shape) -> Worth:
    return dot(entries(values[0]), entries(values[1]))


def _hadamard(values: list[Worth], shapes: Shapes, out: Shape) -> Worth:
    return reduce(lambda a, b: zipped(operator.mul, a, b), values)


def _kron(values: list[Worth], shapes: Shapes, out: Shape) -> Worth:
    (n, m), (p, q) = rows_columns(values[0]), rows_columns(values[1])
    a, b = entries(values[0]), entries(values[1])
    data = [a[i * m + j] * b[k * q + r] for i in range(n) for k in range(p) for j in range(m) for r in range(q)]
    return packed(data, n * p, m * q, len(out))


def _eigenvalues(values: list[Worth], shapes: Shapes, out: Shape) -> Worth:
    found = eigen.eigenvalues(values[0])
    return Arr((len(found),), found) if out else found[0]


def _eigenvectors(values: list[Worth], shapes: Shapes, out: Shape) -> Worth:
    columns = eigen.eigenvectors(values[0])
    n = len(columns)
    return packed([columns[j][i] for i in range(n) for j in range(n)], n, n, len(out))


def _norm2(values: list[Worth], shapes: Shapes, out: Shape) -> Worth:
    data = entries(values[0])
    return dot(data, data)


def _indicator(values: list[Worth], shapes: Shapes, out: Shape) -> Worth:
    return mapped(lambda holds: ONE if holds else ZERO, values[0])


def _delta(values: list[Worth], shapes: Shapes, out: Shape) -> Worth:
    return ONE if ar.compare("=", number(values[0]), number(values[1])) else ZERO


def _gaussian(values: list[Worth], shapes: Shapes, out: Shape) -> Worth:
    difference = [a - b for a, b in zip(entries(values[0]), entries(values[1]), strict=True)]
    d = len(difference)
    spread = values[2]
    if shapes[2]:
        det = determinant(spread)
        if any(ar.sign(pivot) <= 0 for pivot in _leading_minors(spread)):
            raise Undefined("a Gaussian whose covariance is not positive definite")
        rows = entries(inverse(spread))
        solved = [dot(rows[i * d : (i + 1) * d], difference) for i in range(d)]
        form = dot(difference, solved)
    else:
        variance = number(spread)
        if ar.sign(variance) <= 0:
            raise Undefined("a Gaussian whose variance is not positive")
        det = ar.power(variance, ar.rational(d))
        form = dot(difference, difference) * ar.reciprocal(variance)
    return ar.exp(-(HALF * form)) * ar.reciprocal(ar.sqrt(det) * ar.sqrt((ar.pi() * 2) ** d))


def _leading_minors(value: Worth) -> list[Number]:
    n = rows_columns(value)[0]
    data = entries(value)
    return [
        determinant(Arr((k, k), [ar.primal(data[i * n + j]) for i in range(k) for j in range(k)]))
        for k in range(1, n + 1)
    ]


def _gaussian_diag(values: list[Worth], shapes: Shapes, out: Shape) -> Worth:
    density: Number = ONE
    for x, mean, variance in zip(*(entries(value) for value in values), strict=True):
        density = density * number(_gaussian([x, mean, variance], ((), (), ()), ()))
    return density


def _elementwise(function: Callable[[Number], Number]) -> Row:
    return lambda values, shapes, out: mapped(function, values[0])


ROWS: dict[str, Row] = {
    **{name: _elementwise(function) for name, function in ar.ELEMENTWISE.items()},
    "add": _add,
    "neg": lambda values, shapes, out: mapped(lambda a: -a, values[0]),
    "mul": _mul,
    "div": _div,
    "pow": _pow,
    "softmax": _softmax,
    "logsumexp": _logsumexp,
    "total": _total,
    "transpose": lambda values, shapes, out: transposed(values[0], len(out)),
    "inverse": lambda values, shapes, out: inverse(values[0]),
    "det": lambda values, shapes, out: determinant(values[0]),
    "trace": lambda values, shapes, out: trace(values[0]),
    "diag": _diag,
    "outer": _outer,
    "inner": _inner,
    "hadamard": _hadamard,
    "hadamard_div": _div,
    "broadcast_add": _add,
    "kron": _kron,
    "eigenvalues": _eigenvalues,
    "eigenvectors": _eigenvectors,
    "norm2": _norm2,
    "norm": lambda values, shapes, out: ar.sqrt(number(_norm2(values, shapes, out))),
    "delta": _delta,
    "indicator": _indicator,
    "and": lambda values, shapes, out: reduce(lambda a, b: zipped(lambda x, y: x and y, a, b), values),
    "or": lambda values, shapes, out: reduce(lambda a, b: zipped(lambda x, y: x or y, a, b), values),
    "not": lambda values, shapes, out: mapped(lambda a: not a, values[0]),
    "gaussian": _gaussian,
    "gaussian_diag": _gaussian_diag,
}
