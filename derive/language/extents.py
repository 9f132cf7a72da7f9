"""Lengths and range bounds: integer polynomials over named sizes and indices, such as ``N``, ``K - 1`` or ``2 n m``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

Monomial = tuple[str, ...]


@dataclass(frozen=True)
class Extent:
    """An integer polynomial over names, kept in one canonical order.

    >>> N = Extent.of("N")
    >>> str(2 * N - 1), (N + 1) - N == Extent.of(1)
    ('2 N - 1', True)
    >>> (N * N).value({"N": 4})
    16
    """

    terms: tuple[tuple[Monomial, int], ...]

    @staticmethod
    def of(value: str | int | Extent) -> Extent:
        """The extent that is one name, or one whole number."""
        return value if isinstance(value, Extent) else _plain(value)

    @staticmethod
    def _from(pairs: Iterable[tuple[Monomial, int]]) -> Extent:
        total: dict[Monomial, int] = {}
        for names, factor in pairs:
            total[names] = total.get(names, 0) + factor
        kept = [(names, factor) for names, factor in total.items() if factor]
        return Extent(tuple(sorted(kept, key=lambda pair: (-len(pair[0]), pair[0]))))

    def __add__(self, other: str | int | Extent) -> Extent:
        return Extent._from((*self.terms, *Extent.of(other).terms))

    def __radd__(self, other: str | int) -> Extent:
        return self + other

    def __neg__(self) -> Extent:
        return Extent(tuple((names, -factor) for names, factor in self.terms))

    def __sub__(self, other: str | int | Extent) -> Extent:
        return self + (-Extent.of(other))

    def __rsub__(self, other: str | int) -> Extent:
        return Extent.of(other) - self

    def __mul__(self, other: str | int | Extent) -> Extent:
        other = Extent.of(other)
        return Extent._from((tuple(sorted(left + right)), a * b) for left, a in self.terms for right, b in other.terms)

    def __rmul__(self, other: str | int) -> Extent:
        return self * other

    @cached_property
    def names(self) -> frozenset[str]:
        """The sizes and indices it mentions."""
        return frozenset(name for names, _ in self.terms for name in names)

    @cached_property
    def constant(self) -> int | None:
        """Its value if it is a plain number, else ``None``."""
        if not self.terms:
            return 0
        if len(self.terms) == 1 and not self.terms[0][0]:
            return self.terms[0][1]
        return None

    @cached_property
    def name(self) -> str | None:
        """Its name if it is exactly one name, else ``None``."""
        if len(self.terms) == 1 and len(self.terms[0][0]) == 1 and self.terms[0][1] == 1:
            return self.terms[0][0][0]
        return None

    def value(self, sizes: Mapping[str, int]) -> int:
        """Its number once every name has one; ``KeyError`` names the one that is missing."""
        total = 0
        for names, factor in self.terms:
            for name in names:
                factor *= sizes[name]
            total += factor
        return total

    def renamed(self, names: Mapping[str, Extent]) -> Extent:
        """The same polynomial with some names replaced by extents."""
        total = Extent.of(0)
        for monomial, factor in self.terms:
            product = Extent.of(factor)
            for name in monomial:
                product = product * names.get(name, Extent.of(name))
            total = total + product
        return total

    def __str__(self) -> str:
        if not self.terms:
            return "0"
        parts: list[str] = []
        for names, factor in self.terms:
            body = " ".join(names)
            size = abs(factor)
            text = body if names and size == 1 else f"{size} {body}".strip()
            sign = "-" if factor < 0 else "+"
            parts.append(f" {sign} {text}" if parts else ("-" + text if factor < 0 else text))
        return "".join(parts)


@lru_cache(maxsize=1024)
def _plain(value: str | int) -> Extent:
    """One name or number as an extent: a few of them are asked for all the time."""
    if isinstance(value, int):
        return Extent((((), value),) if value else ())
    return Extent((((value,), 1),))


@dataclass(frozen=True)
class Range:
    """The whole numbers ``low .. high``, both ends included.

    >>> str(Range.upto("N")), Range.upto("N").length == Extent.of("N")
    ('1..N', True)
    """

    low: Extent
    high: Extent

    @staticmethod
    def upto(high: str | int | Extent) -> Range:
        """``1 .. high``."""
        return Range(Extent.of(1), Extent.of(high))

    @property
    def length(self) -> Extent:
        """How many numbers it holds (if it holds any)."""
        return self.high - self.low + 1

    @property
    def names(self) -> frozenset[str]:
        """The sizes and indices its ends mention."""
        return self.low.names | self.high.names

    def __str__(self) -> str:
        return f"{self.low}..{self.high}"


Shape = tuple[Extent, ...]

SCALAR: Shape = ()


def matrix_shape(rows: Extent, columns: Extent) -> Shape:
    """The shape of ``rows × columns``; one column is a vector, one by one a scalar.

    A row vector keeps both lengths, so that a transpose is never lost.

    >>> matrix_shape(Extent.of(3), Extent.of(1)) == (Extent.of(3),)
    True
    """
    one = Extent.of(1)
    if columns == one:
        return () if rows == one else (rows,)
    return (rows, columns)


def show_shape(shape: Shape) -> str:
    """A shape in words a reader knows: ``scalar``, ``(d)``, ``(n × m)``."""
    return "scalar" if not shape else "(" + " × ".join(map(str, shape)) + ")"
