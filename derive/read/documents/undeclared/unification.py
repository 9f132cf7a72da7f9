"""Lengths that are not known yet, and which of them have to be one: every quantity as rows and columns."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count

from derive.language.extents import Extent

ONE = Extent.of(1)


@dataclass(frozen=True)
class Open:
    """A length that is not known, and is not 1."""

    number: int


Length = Extent | Open
Dims = tuple[Length, Length]
"""Rows and columns: a number is 1 by 1, a vector has one column."""

NUMBER: Dims = (ONE, ONE)


class Contradiction(Exception):
    """Shapes that cannot be what a formula needs."""


@dataclass
class Lengths:
    """Which lengths are one."""

    same: dict[Open, Length] = field(default_factory=dict)
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def open(self) -> Open:
        """A new length."""
        return Open(next(self.numbers))

    def settled(self, length: Length) -> Length:
        """What a length is, as far as that is known."""
        while isinstance(length, Open) and length in self.same:
            length = self.same[length]
        return length

    def settled_dims(self, dims: Dims) -> Dims:
        """Rows and columns, as far as they are known."""
        return self.settled(dims[0]), self.settled(dims[1])

    def unify(self, left: Length, right: Length) -> None:
        """Two lengths are one."""
        a, b = self.settled(left), self.settled(right)
        if a == b:
            return
        if ONE in (a, b):
            raise Contradiction
        if isinstance(a, Open):
            self.same[a] = b
        elif isinstance(b, Open):
            self.same[b] = a
        else:
            raise Contradiction

    def unify_dims(self, left: Dims, right: Dims) -> None:
        """Two shapes are one."""
        self.unify(left[0], right[0])
        self.unify(left[1], right[1])

    def product(self, left: Dims, right: Dims) -> Dims:
        """The shape of two factors side by side: a number scales, everything else is a product of matrices."""
        a, b = self.settled_dims(left), self.settled_dims(right)
        if NUMBER in (a, b):
            return b if a == NUMBER else a
        self.unify(a[1], b[0])
        return a[0], b[1]

    def square(self, dims: Dims) -> Dims:
        """A shape that has to be square."""
        self.unify(dims[0], dims[1])
        return dims

    def copy(self) -> Lengths:
        """The same lengths, to be tried further."""
        return Lengths(dict(self.same), self.numbers)


def any_open(dims: Dims) -> bool:
    """Whether a length of a shape is not known."""
    return any(isinstance(length, Open) for length in dims)


__all__ = ["NUMBER", "ONE", "Contradiction", "Dims", "Length", "Lengths", "Open", "any_open"]
