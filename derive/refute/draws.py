"""Readable values with a property: small fractions, rows that sum to one, matrices; and the test of such a matrix."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from random import Random

from flint import fmpq

from derive.language.context import SymbolDecl
from derive.refute import arithmetic as ar
from derive.refute.arithmetic import ONE, ZERO, Number
from derive.refute.arrays import Arr, Dims, determinant, entries, inverse, product, transposed


def pool(text: str) -> tuple[fmpq, ...]:
    """Fractions written one after another."""
    return tuple(ar.rational(Fraction(part)) for part in text.split())


REALS = pool("1 -1 2 -2 3 1/2 -1/2 3/2 -3/2 1/3 -3 5/2 -1/3 2/3")
POSITIVES = pool("1 2 3 1/2 3/2 1/3 2/3 5/2 1/4 4")
UNITS = pool("1/2 1/3 2/3 1/4 3/4 1/5 2/5 3/5 4/5")
WEIGHTS = (1, 2, 3, 4, 5)


class NoPoint(Exception):
    """No admissible point was found at these sizes; the message says what could not be met."""


MATRIX_PROPERTIES = frozenset({"symmetric", "posdef", "psd", "orthogonal", "diagonal", "invertible", "connected"})


def simplex(length: int, random: Random) -> list[Number]:
    """Positive fractions that sum to one."""
    weights = [random.choice(WEIGHTS) for _ in range(length)]
    return [fmpq(weight, sum(weights)) for weight in weights]


def one_hot(length: int, random: Random) -> list[Number]:
    """One 1 among zeros."""
    at = random.randrange(length)
    return [ONE if i == at else ZERO for i in range(length)]


def matrix(dims: Dims, properties: frozenset[str], scalar: Callable[[], fmpq], random: Random) -> Arr:
    """A matrix with these properties; all but orthogonal columns ask for a square one."""
    n, m = dims
    if "orthogonal" in properties and m <= n:
        square = _orthogonal(n, random).data
        return Arr(dims, [square[i * n + j] for i in range(n) for j in range(m)])
    if n != m:
        raise NoPoint(f"a matrix of {n} × {m} cannot be {', '.join(sorted(properties & MATRIX_PROPERTIES))}")
    if "diagonal" in properties:
        positive = properties & {"posdef", "psd", "positive", "invertible"}
        data: list[Number] = [ZERO] * (n * n)
        for i in range(n):
            data[i * n + i] = random.choice(POSITIVES) if positive else scalar()
        return Arr((n, n), data)
    if "connected" in properties:
        return _weights(n, "symmetric" in properties, "positive" in properties, random)
    if properties & {"posdef", "psd"}:
        return _posdef(n, random)
    for _ in range(20):
        data = [scalar() for _ in range(n * n)]
        if "symmetric" in properties:
            data = [data[max(i, j) * n + min(i, j)] for i in range(n) for j in range(n)]
        value = Arr((n, n), data)
        if "invertible" not in properties or ar.sign(determinant(value)) != 0:
            return value
    raise NoPoint("no invertible matrix was found")


def _posdef(n: int, random: Random) -> Arr:
    """L D Lᵀ with a unit lower triangle of small whole numbers."""
    lower = [
        [ONE if i == j else fmpq(random.choice((-1, 0, 1, 1))) if j < i else ZERO for j in range(n)] for i in range(n)
    ]
    spread = [random.choice(pool("1 2 3 1/2")) for _ in range(n)]
    data: list[Number] = [
        sum((lower[i][k] * spread[k] * lower[j][k] for k in range(n)), ZERO) for i in range(n) for j in range(n)
    ]
    return Arr((n, n), data)


def _orthogonal(n: int, random: Random) -> Arr:
    """The Cayley transform of a small skew matrix, with the sign of a column drawn."""
    skew: list[Number] = [ZERO] * (n * n)
    for i in range(n):
        for j in range(i):
            entry = random.choice(pool("1 -1 1/2 2 1/3"))
            skew[i * n + j], skew[j * n + i] = entry, -entry
    plus = Arr((n, n), [(ONE if i % (n + 1) == 0 else ZERO) + entry for i, entry in enumerate(skew)])
    minus = transposed(plus, 2)
    found = product(minus, inverse(plus), 2)
    flip = random.choice((ONE, -ONE))
    data = [entry * flip if i % n == 0 else entry for i, entry in enumerate(entries(found))]
    return Arr((n, n), data)


def _weights(n: int, symmetric: bool, full: bool, random: Random) -> Arr:
    """Weights of a connected graph: a path, and some further edges (all of them, where every entry is positive)."""
    rows: list[list[Number]] = [[random.choice(POSITIVES) if full else ZERO for _ in range(n)] for _ in range(n)]
    for i in range(n):
        for j in range(i):
            if full or j == i - 1 or random.random() < 0.5:
                rows[i][j] = random.choice(POSITIVES)
                rows[j][i] = rows[i][j] if symmetric else random.choice(POSITIVES)
    return Arr((n, n), [entry for row in rows for entry in row])


def is_matrix(value: Arr, properties: frozenset[str]) -> bool:
    """Whether a matrix has those of the properties that are about matrices."""
    n, m = value.dims
    if not properties & MATRIX_PROPERTIES:
        return True
    if "orthogonal" in properties:
        square = entries(product(transposed(value, 2), value, 2))
        return all(entry == (1 if i % (m + 1) == 0 else 0) for i, entry in enumerate(square))
    if n != m:
        return False
    rows = [value.data[i * n : (i + 1) * n] for i in range(n)]
    symmetric = all(rows[i][j] == rows[j][i] for i in range(n) for j in range(i))
    if properties & {"symmetric", "posdef", "psd"} and not symmetric:
        return False
    if "diagonal" in properties and any(rows[i][j] != 0 for i in range(n) for j in range(n) if i != j):
        return False
    if "invertible" in properties and ar.sign(determinant(value)) == 0:
        return False
    if "posdef" in properties:
        minors = [Arr((k, k), [rows[i][j] for i in range(k) for j in range(k)]) for k in range(1, n + 1)]
        return all(ar.sign(determinant(minor)) > 0 for minor in minors)
    if "psd" in properties:
        return all(ar.sign(determinant(minor)) >= 0 for minor in _principal(rows))
    return "connected" not in properties or _is_connected(rows)


def _principal(rows: list[list[Number]]) -> list[Arr]:
    """All principal submatrices."""
    n = len(rows)
    found: list[Arr] = []
    for mask in range(1, 2**n):
        keep = [i for i in range(n) if mask >> i & 1]
        found.append(Arr((len(keep), len(keep)), [rows[i][j] for i in keep for j in keep]))
    return found


def _is_connected(rows: list[list[Number]]) -> bool:
    n = len(rows)
    reached, todo = {0}, [0]
    while todo:
        here = todo.pop()
        for there in range(n):
            if there not in reached and (rows[here][there] != 0 or rows[there][here] != 0):
                reached.add(there)
                todo.append(there)
    return len(reached) == n and all(entry >= 0 for row in rows for entry in row)


def pool_of(decl: SymbolDecl, low: fmpq | None, high: fmpq | None) -> tuple[fmpq, ...]:
    """Values to draw a quantity from, between its bounds."""
    if low is not None and high is not None:
        inside = [low + (high - low) * t for t in UNITS]
        ends = ([] if decl.low_open else [low]) + ([] if decl.high_open else [high])
        steps = [low + step for step in range(1, 6) if low + step < high] if "integer" in decl.properties else []
        return tuple(inside + ends + steps)
    if low is not None:
        return tuple(([] if decl.low_open else [low]) + [low + step for step in POSITIVES])
    if high is not None:
        return tuple(([] if decl.high_open else [high]) + [high - step for step in POSITIVES])
    properties = decl.properties
    if properties & {"open_unit", "unit"}:
        return UNITS + (pool("0 1") if "unit" in properties and "open_unit" not in properties else ())
    if "positive" in properties:
        return POSITIVES
    if "nonnegative" in properties:
        return (*POSITIVES, ZERO)
    if "negative" in properties:
        return tuple(-value for value in POSITIVES)
    return REALS
