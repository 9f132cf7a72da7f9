"""Printed values: what holds no unknown lies between two multiples of 2**-320, and these within the printed digits.

Eigenvalues are near numbers that a certificate names. For a symmetric S and a vector v of length one, an eigenvalue is
within r = |S v - t v| of t: v is a combination of orthonormal eigenvectors, each stretched by its eigenvalue less t.
Where n such balls are apart, each holds one of the n eigenvalues. Then v is within 2 r / g of an eigenvector of length
one, if the other eigenvalues are g or more away from t: what stands across it in v, of length sin, is stretched by g or
more, so sin <= r / g, and the gap is the root of 2 - 2 cos <= 2 sin**2.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from itertools import pairwise
from math import isqrt
from typing import Any

from derive.language.claims import Value
from derive.language.context import Context
from derive.language.extents import Range
from derive.language.terms import (
    Apply,
    Array,
    Big,
    Const,
    Entry,
    Index,
    Matrix,
    Num,
    Op,
    Rel,
    Size,
    Sym,
    Term,
    children,
)
from derive.replay import terms as t
from derive.replay.data import Refused
from derive.replay.quantities import Names, plain
from derive.replay.quantities import Value as Reading
from derive.replay.reading import Reader
from derive.replay.terms import ONE, ZERO, Atom, Exponent, Poly, add, mul, number, of

KNOWN = (Num, Const, Size, Index, Sym, Entry, Op, Apply, Big, Matrix, Array, Rel)
BITS = 320
UNIT = 1 << BITS
Interval = tuple[int, int]
"""Whole multiples of 2**-BITS, and what lies between them."""
Pairs = tuple[list[Interval], list[list[Interval]]]
"""Eigenvalues, least first, and their eigenvectors."""


def decimal(text: str) -> Fraction:
    """A decimal number that is written out."""
    if not re.fullmatch(r"-?[0-9]{1,400}(\.[0-9]{1,400})?", text):
        raise Refused("a decimal number was expected")
    return Fraction(text)


def exactly(c: Fraction | int) -> Interval:
    """A rational number."""
    return c.numerator * UNIT // c.denominator, -(-c.numerator * UNIT // c.denominator)


def plus(*each: Interval) -> Interval:
    """A sum."""
    return sum(x[0] for x in each), sum(x[1] for x in each)


def less(x: Interval) -> Interval:
    """The negative."""
    return -x[1], -x[0]


def times(x: Interval, y: Interval) -> Interval:
    """A product."""
    found = [a * b for a in x for b in y]
    return min(found) >> BITS, -(-max(found) >> BITS)


def inverse(x: Interval) -> Interval:
    """One over it."""
    if x[0] <= 0 <= x[1]:
        raise Refused("one over what may be zero")
    return UNIT * UNIT // x[1], -(-UNIT * UNIT // x[0])


def root(x: Interval) -> Interval:
    """The square root."""
    if x[0] < 0:
        raise Refused("the root of what may be negative")
    return isqrt(x[0] << BITS), isqrt(x[1] << BITS) + 1


def power(x: Interval, e: Fraction) -> Interval:
    """A power with a whole or half exponent."""
    if e.denominator > 2 or not 0 < abs(e.numerator) < 100:
        raise Refused("a power that is not enclosed")
    base = root(x) if e.denominator == 2 else x
    found = base
    for _ in range(abs(e.numerator) - 1):
        found = times(found, base)
    return found if e > 0 else inverse(found)


def exp(x: Interval) -> Interval:
    """The series at x / 2**k, which is at most 1/2, so that what is left out is less than the last term; then
    squares."""
    k = max(0, max(map(abs, x)).bit_length() - BITS + 1)
    if k > 20:
        raise Refused("an exponential too large to enclose")
    small = x[0] >> k, -(-x[1] >> k)
    total = term = exactly(1)
    for n in range(1, 80):
        low, high = times(term, small)
        term = low // n, -(-high // n)
        total = plus(total, term)
    rest = max(map(abs, term))
    total = plus(total, (-rest, rest))
    for _ in range(k):
        total = times(total, total)
    return max(total[0], 0), total[1]


def whole(p: Poly) -> int:
    """A whole number."""
    c = t.constant(p)
    if c.denominator != 1:
        raise Refused("a whole number was expected")
    return int(c)


def between(low: Poly, high: Poly) -> range:
    """The whole numbers from one to another."""
    found = range(whole(low), whole(high) + 1)
    if not 0 < len(found) < 1000:
        raise Refused("a range that is empty, or too long")
    return found


class Enclosures(Reader):
    """The terms of one context, all of whose quantities are defined: each entry is a number, or a ball around one, as
    soon as it is read, and everything below it is surely defined."""

    def __init__(self, context: Context, hints: Sequence[Mapping[str, Any]]) -> None:
        super().__init__(context)
        self.hints = hints
        self.members: dict[tuple[str, tuple[Poly, ...]], Reading] = {}
        self.matrices: dict[Any, Pairs] = {}
        t.listen(self.defined_there)

    def defined_there(self, what: str, p: Poly, e: Exponent) -> None:
        """Whether what is divided by, or under a root, is fit for it."""
        if what != "power":
            raise Refused(f"{what} is not enclosed")
        power(self.interval(p), Fraction(e))

    def read(self, term: Term, names: Names) -> Reading:
        """A term by its entries, all of them."""
        if not all(isinstance(each, KNOWN) for each in (term, *children(term))):
            raise Refused(f"{type(term).__name__} is not enclosed")
        value = super().read(term, names)
        slots = [[number(k) for k in between(ONE, n)] for n in (value.rows, value.columns)]
        cells = {(i, j): self.ball(value.at(i, j)) for i in slots[0] for j in slots[1]}

        def at(i: Poly, j: Poly) -> Poly:
            if (i, j) not in cells:
                raise Refused("an entry that there is not")
            return cells[i, j]

        return Reading(value.rows, value.columns, at)

    def big(self, kind: str, var: str, domain: Range, body: Term, where: Term | None, names: Names) -> Reading:
        """A sum or a product over an index, term by term."""
        if where is not None:
            raise Refused("a sum under a condition is not enclosed")
        low, high = self.range(domain, names)
        each = [self.read(body, {**names, var: plain(number(k))}) for k in between(low, high)]
        join = add if kind == "sum" else mul
        start = ZERO if kind == "sum" else ONE
        return Reading(each[0].rows, each[0].columns, lambda i, j: join(start, *(v.at(i, j) for v in each)))

    def made(self, known: Mapping[str, Any], to: list[str], entry: ast.expr, values: tuple[Reading, ...]) -> Reading:
        """The same for sums in the table; eigenvalues are looked up."""
        own: dict[str, Any] = {
            "sum": lambda low, high, f: add(ZERO, *(f(number(k)) for k in between(low, high))),
            "prod": lambda low, high, f: mul(ONE, *(f(number(k)) for k in between(low, high))),
            "eigenvalue": lambda n, f, i: self.eigen(n, f)[0][whole(i) - 1],
            "eigenvector": lambda n, f, i, j: self.eigen(n, f)[1][whole(j) - 1][whole(i) - 1],
        }
        return super().made({**known, **own}, to, entry, values)

    def interval(self, p: Poly) -> Interval:
        """Where a polynomial lies."""
        total = 0, 0
        for m, c in p:
            product = exactly(c)
            for a, e in m:
                product = times(product, power(self.atom(a), Fraction(e)))
            total = plus(total, product)
        return total

    def ball(self, p: Poly) -> Poly:
        """A rational number as it is, and a ball around any other."""
        return of(("ball", *self.interval(p))) if any(m for m, _ in p) else p

    def atom(self, a: Atom) -> Interval:
        """Where an atom lies."""
        match a:
            case ("ball", low, high):
                return low, high
            case ("group", p):
                return self.interval(p)
            case ("delta" | "above" as kind, p):
                return self.told(kind, self.interval(p))
            case ("exp", p):
                return exp(self.interval(p))
            case ("logistic", p):
                return inverse(plus(exactly(1), exp(less(self.interval(p)))))
            case ("entry", n, *slots):
                return self.interval(self.member(n, slots))
        raise Refused(f"{a[0]} is not enclosed")

    def told(self, kind: str, x: Interval) -> Interval:
        """1 where x is zero (or above it), else 0."""
        if x[0] > 0 or x[1] < 0 or x == (0, 0) or (kind == "above" and x[1] == 0):
            return exactly(x == (0, 0) if kind == "delta" else x[0] > 0)
        raise Refused("a case that is not known")

    def member(self, n: str, slots: list[Poly]) -> Poly:
        """An entry of what is defined."""
        decl = self.context.symbols[n]
        if decl.definition is None or len(slots) != len(decl.family) + len(decl.shape):
            raise Refused(f"{n} is not defined")
        if not all(whole(i) in between(*ends) for i, ends in zip(slots, self.ends(n), strict=True)):
            raise Refused(f"{n} has no such entry")
        own = tuple(slots[: len(decl.family)])
        if (n, own) not in self.members:
            names = dict(zip(decl.definition.params, map(plain, own), strict=True))
            self.members[n, own] = self.read(decl.definition.body, names)
        value = self.members[n, own]
        if (value.rows, value.columns) != self.grid(decl.shape):
            raise Refused(f"{n} is not of the shape of its definition")
        return value.entry(slots[len(own) :])

    # -- eigenvalues -------------------------------------------------------------------------------------------------
    def eigen(self, n: Poly, f: Callable[[Poly, Poly], Poly]) -> tuple[list[Poly], list[list[Poly]]]:
        """The eigenvalues and eigenvectors of the symmetric part of a matrix, near those that the certificate names."""
        size = [number(k) for k in between(ONE, n)]
        half = number(Fraction(1, 2))
        matrix = tuple(tuple(self.interval(mul(half, add(f(r, c), f(c, r)))) for c in size) for r in size)
        if matrix not in self.matrices:
            self.matrices[matrix] = self.pairs(matrix)
        values, vectors = self.matrices[matrix]
        return [of(("ball", *x)) for x in values], [[of(("ball", *x)) for x in v] for v in vectors]

    def pairs(self, matrix: tuple[tuple[Interval, ...], ...]) -> Pairs:
        """The same of a symmetric matrix, by the first of the named numbers that are near."""
        for hint in self.hints:
            values = [point(text) for text in hint["values"]]
            vectors = [[point(text) for text in vector] for vector in hint["vectors"]]
            if {len(matrix)} == {len(values), len(vectors), *map(len, vectors)}:
                found = near(matrix, values, vectors)
                if found is not None:
                    return found
        raise Refused("eigenvalues of which nothing near is named")


def point(text: str) -> Interval:
    """A number near to a decimal one."""
    low, _ = exactly(decimal(text))
    return low, low


def norm(vector: list[Interval]) -> Interval:
    """The length of a vector."""
    low, high = plus(*(times(x, x) for x in vector))
    return root((max(low, 0), high))


def near(matrix: Sequence[Sequence[Interval]], values: list[Interval], vectors: list[list[Interval]]) -> Pairs | None:
    """Balls around numbers that hold all eigenvalues, and around the eigenvectors; None where they are not apart."""
    units = [[times(x, inverse(norm(v))) for x in v] for v in vectors]
    balls = []
    for value, v in zip(values, units, strict=True):
        gaps = [plus(*map(times, row, v), less(times(value, x))) for row, x in zip(matrix, v, strict=True)]
        balls.append((value[0] - norm(gaps)[1], value[1] + norm(gaps)[1]))
    if any(one[1] >= two[0] for one, two in pairwise(balls)):
        return None
    found = []
    for k, (value, v) in enumerate(zip(values, units, strict=True)):
        others = [value[0] - ball[1] for ball in balls[:k]] + [ball[0] - value[1] for ball in balls[k + 1 :]]
        apart, radius = min(others, default=UNIT), 2 * (balls[k][1] - value[1])
        away = times((radius, radius), inverse((apart, apart)))[1]
        vector = [(x[0] - away, x[1] + away) for x in v]
        (low, high), either = vector[0], [(min(x[0], -x[1]), max(x[1], -x[0])) for x in vector]
        found.append(vector if low > 0 else list(map(less, vector)) if high < 0 else either)
    return balls, found


# -- printed digits --------------------------------------------------------------------------------------------------
def shown(claim: Value, context: Context, hints: Sequence[Mapping[str, Any]]) -> None:
    """Whether every digit is right: ``Refused`` where that is not certain."""
    reader = Enclosures(context, hints)
    value = reader.read(claim.term, {})
    rows, columns, printed = whole(value.rows), whole(value.columns), claim.printed
    if columns == 1 and len(printed) == 1:
        printed = tuple((text,) for text in printed[0])
    if {len(row) for row in printed} != {columns} or len(printed) != rows:
        raise Refused("a table of another shape")
    for j in range(columns):
        column = [reader.interval(value.at(number(i + 1), number(j + 1))) for i in range(rows)]
        ways = (column, list(map(less, column))) if claim.up_to_sign else (column,)
        if not any(all(within(x, row[j]) for x, row in zip(way, printed, strict=True)) for way in ways):
            raise Refused("a digit that is not certain")
    t.hush()


def within(x: Interval, printed: str) -> bool:
    """Whether it is surely within half a unit of the last printed digit."""
    half = Fraction(1, 2 * 10 ** len(printed.partition(".")[2]))
    return decimal(printed) - half <= Fraction(x[0], UNIT) and Fraction(x[1], UNIT) <= decimal(printed) + half
