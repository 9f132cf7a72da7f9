"""What a matrix term is worth at random rational matrices of sizes 1 to 3: independent of the engine."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import reduce
from random import Random

from derive.language.context import Context, SymbolDecl
from derive.language.terms import Num, Op, Size, Sym, Term

Table = list[list[Fraction]]


class Singular(ValueError):
    """A matrix that has no inverse; draw again."""


def times(a: Table, b: Table) -> Table:
    """The product; a 1 × 1 side scales."""
    if len(a) == len(a[0]) == 1:
        return [[a[0][0] * value for value in row] for row in b]
    if len(b) == len(b[0]) == 1:
        return [[b[0][0] * value for value in row] for row in a]
    columns = flipped(b)
    return [[sum((p * q for p, q in zip(row, column, strict=True)), Fraction(0)) for column in columns] for row in a]


def plus(a: Table, b: Table) -> Table:
    """The sum."""
    return [[p + q for p, q in zip(r, s, strict=True)] for r, s in zip(a, b, strict=True)]


def flipped(a: Table) -> Table:
    """The transpose."""
    return [list(column) for column in zip(*a, strict=True)]


def eye(size: int) -> Table:
    """The identity."""
    return [[Fraction(i == j) for j in range(size)] for i in range(size)]


def eliminated(a: Table) -> tuple[Table, Fraction]:
    """The inverse and the determinant by elimination."""
    size, det = len(a), Fraction(1)
    work = [row + unit for row, unit in zip(a, eye(size), strict=True)]
    for i in range(size):
        pivot = next((r for r in range(i, size) if work[r][i]), None)
        if pivot is None:
            raise Singular
        if pivot != i:
            work[i], work[pivot], det = work[pivot], work[i], -det
        det *= work[i][i]
        work[i] = [value / work[i][i] for value in work[i]]
        for r in range(size):
            if r != i:
                work[r] = [p - work[r][i] * q for p, q in zip(work[r], work[i], strict=True)]
    return [row[size:] for row in work], det


def determinant(a: Table) -> Fraction:
    """The determinant, 0 where there is no inverse."""
    try:
        return eliminated(a)[1]
    except Singular:
        return Fraction(0)


def power(a: Table, exponent: int) -> Table:
    """A whole-number power."""
    base = eliminated(a)[0] if exponent < 0 else a
    return reduce(times, [base] * abs(exponent), eye(len(a)))


@dataclass
class Point:
    """One draw of sizes and symbols; ``given`` sets some symbols to what other terms are worth."""

    context: Context
    random: Random
    sizes: dict[str, int]
    given: Mapping[str, Term]
    values: dict[str, Table] = field(default_factory=dict)

    def worth(self, term: Term) -> Table:
        """The value of a term."""
        match term:
            case Num(value):
                return [[value]]
            case Size(name):
                return [[Fraction(self.sizes[name])]]
            case Sym(name):
                if name not in self.values:
                    self.values[name] = self.worth(self.given[name]) if name in self.given else self.draw(name)
                return self.values[name]
            case Op("identity", (size,)):
                return eye(self.whole(size))
            case Op("ones", (size,)):
                return [[Fraction(1)] for _ in range(self.whole(size))]
            case Op(name, args):
                return RULES[name](*map(self.worth, args))
        raise NotImplementedError(str(term))

    def whole(self, term: Term) -> int:
        """A size as a number."""
        return int(self.worth(term)[0][0])

    def draw(self, name: str) -> Table:
        """A random value with the declared properties."""
        decl: SymbolDecl = self.context.symbols[name]
        rows, cols = (*(extent.value(self.sizes) for extent in decl.shape), 1, 1)[:2]
        table = [
            [Fraction(self.random.randint(-4, 4), self.random.randint(1, 2)) for _ in range(cols)] for _ in range(rows)
        ]
        if "posdef" in decl.properties:
            return plus(times(flipped(table), table), eye(rows)) if rows > 1 else [[1 + table[0][0] ** 2]]
        if "positive" in decl.properties:
            return [[abs(value) + 1 for value in row] for row in table]
        if "orthogonal" in decl.properties:
            skew = plus(table, [[-value for value in row] for row in flipped(table)])
            below = eliminated(plus(eye(rows), skew))[0]
            return times(plus(eye(rows), [[-value for value in row] for row in skew]), below)
        return table


RULES: dict[str, Callable[..., Table]] = {
    "add": lambda *args: reduce(plus, args),
    "neg": lambda a: [[-value for value in row] for row in a],
    "mul": lambda *args: reduce(times, args),
    "div": lambda a, b: times([[eliminated(b)[1] ** -1]], a) if b[0][0] else eliminated(b)[0],
    "pow": lambda a, b: power(a, int(b[0][0])),
    "transpose": flipped,
    "inverse": lambda a: eliminated(a)[0],
    "det": lambda a: [[determinant(a)]],
    "trace": lambda a: [[sum((a[i][i] for i in range(len(a))), Fraction(0))]],
    "outer": lambda a, b: times(a, flipped(b)),
    "inner": lambda a, b: [
        [sum((p * q for r, s in zip(a, b, strict=True) for p, q in zip(r, s, strict=True)), Fraction(0))]
    ],
    "norm2": lambda a: [[sum((p * p for row in a for p in row), Fraction(0))]],
}


def agree(left: Term, right: Term, context: Context, given: Mapping[str, Term], seed: int) -> bool | None:
    """Are the two sides equal at a random point? None where the draw had no inverse."""
    random = Random(seed)
    n = random.randint(1, 3)
    sizes = {"n": n, "m": random.randint(1, 3), "d": random.randint(1, n)}
    point = Point(context, random, sizes, given)
    try:
        one, other = point.worth(left), point.worth(right)
    except Singular:
        return None
    zero = [[Fraction(0)]]
    if other == zero and len(one) * len(one[0]) > 1:
        return not any(value for row in one for value in row)
    return one == other
