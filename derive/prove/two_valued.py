"""Quantities with two values, 0 and 1 or -1 and 1: a function of one is a line through its two values.

f(y) = f(a) + (y - a) (f(b) - f(a)) / (b - a)                                 for y in {a, b}
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from flint import fmpq

from derive.prove.atoms import Atom, Exponent, Poly, add, number_of, of_atom, scale
from derive.prove.limits import number_power
from derive.prove.signs import bound_of

if TYPE_CHECKING:
    from derive.prove.algebra import Algebra

ZERO_ONE = (fmpq(0), fmpq(1))


def values(algebra: Algebra, atom: Atom) -> tuple[fmpq, fmpq] | None:
    """The two numbers that an atom can be, if it is one of two; the smaller first."""
    if atom.kind in ("ind", "delta") or algebra.is_binary(atom):
        return ZERO_ONE
    decl = algebra.declared(atom.head) if atom.kind == "ent" and atom.head not in algebra.freed_names else None
    if decl is None or len(decl.values) != 2:
        return None
    one, two = (bound_of(value) for value in decl.values)
    if one is None or two is None or one == two:
        return None
    return (one, two) if one < two else (two, one)


def find(algebra: Algebra, p: Poly) -> Atom | None:
    """The first quantity with two values at the surface of p."""
    return next((atom for atom in p.atoms() if values(algebra, atom) is not None), None)


def split(algebra: Algebra, p: Poly, f: Callable[[Poly], Poly]) -> Poly | None:
    """f(p) by the two values of such a quantity in p, if there is one."""
    atom = find(algebra, p)
    both = None if atom is None else values(algebra, atom)
    if atom is None or both is None:
        return None
    low, high = (f(algebra.substitute_atom(p, atom, number_of(value))) for value in both)
    return _line(algebra, atom, both, low, high)


def _line(algebra: Algebra, atom: Atom, both: tuple[fmpq, fmpq], low: Poly, high: Poly) -> Poly:
    place = scale(add(of_atom(atom), number_of(-both[0])), 1 / (both[1] - both[0]))
    return add(low, algebra.mul(place, add(high, scale(low, -1))))


def is_power_of_one(algebra: Algebra, atom: Atom, e: Exponent) -> bool:
    """Whether a factor is such a quantity (other than 0 or 1) to a whole power that is a line in it."""
    if atom.kind != "ent" or not isinstance(e, int) or e in (0, 1):
        return False
    both = values(algebra, atom)
    return both is not None and both != ZERO_ONE and (e > 0 or both[0] * both[1] != 0)


def power(algebra: Algebra, atom: Atom, e: int) -> Poly:
    """That power as a line."""
    both = values(algebra, atom) or ZERO_ONE
    low, high = (number_of(number_power(value, e)) for value in both)
    return _line(algebra, atom, both, low, high)


__all__ = ["find", "is_power_of_one", "power", "split", "values"]
