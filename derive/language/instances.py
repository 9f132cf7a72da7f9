"""A term at one value of an index: ``t`` replaced by ``t - 1``, or by a number."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from derive.language.extents import Extent, Range
from derive.language.found import once
from derive.language.operators import ShapeError
from derive.language.terms import (
    Array,
    Big,
    Expect,
    Index,
    Integral,
    Num,
    Op,
    Size,
    Term,
    bound_names,
    children,
    rebuild,
)


def at_index(term: Term, name: str, value: int, *, after: str | None = None) -> Term:
    """The term with the free index ``name`` set to a number, or to the index ``after`` plus that number.

    ``ShapeError`` where something in the term binds that other index: it would be caught.

    >>> at_index(Index("t"), "t", -1, after="t") == Op("add", (Index("t"), Num(Fraction(-1))))
    True
    >>> at_index(Index("t"), "t", 1)
    Num(value=Fraction(1, 1), text='')
    """
    extent = Extent.of(value) if after is None else Extent.of(after) + value
    number = Num(Fraction(value))
    put = number if after is None else Op("add", (Index(after), number)) if value else Index(after)

    def visit(part: Term) -> Term:
        if isinstance(part, Index):
            return put if part.name == name else part
        if name in bound_names(part):
            return _ends(part, name, extent)  # its ends stand outside of it
        if after is not None and after in bound_names(part) and name in free_indices(part):
            raise ShapeError(f"the index {after} is bound where {name} stands")
        return rebuild(_ends(part, name, extent), visit)

    return visit(term)


def at_size(term: Term, size: str, index: str) -> Term:
    """The term with a size replaced by an index, wherever it stands as a number or as the end of a range.

    ``ShapeError`` where something in the term binds that index.
    """
    extent = Extent.of(index)

    def visit(part: Term) -> Term:
        if isinstance(part, Size):
            return Index(index) if part.name == size else part
        if index in bound_names(part):
            raise ShapeError(f"the index {index} is bound")
        return rebuild(_ends(part, size, extent), visit)

    return visit(term)


def _ends(part: Term, name: str, extent: Extent) -> Term:
    """A binder with the index replaced in the ends of its range, or in the lengths of its variable."""

    def moved(r: Range) -> Range:
        return Range(r.low.renamed({name: extent}), r.high.renamed({name: extent}))

    match part:
        case Big(range=r):
            return replace(part, range=moved(r))
        case Expect(domain=Range() as r):
            return replace(part, domain=moved(r))
        case Expect(domain=tuple() as shape):
            return replace(part, domain=tuple(e.renamed({name: extent}) for e in shape))
        case Integral(shape=shape):
            return replace(part, shape=tuple(e.renamed({name: extent}) for e in shape))
        case Array(vars=pairs):
            return replace(part, vars=tuple((var, moved(r)) for var, r in pairs))
    return part


def free_indices(term: Term) -> frozenset[str]:
    """The indices that a term mentions outside of what binds them, also in the ends of ranges."""
    return once(term, _free_indices)


def _free_indices(term: Term) -> frozenset[str]:
    if isinstance(term, Index):
        return frozenset((term.name,))
    found: frozenset[str] = frozenset()
    for part in children(term):
        found |= free_indices(part)
    found -= frozenset(bound_names(term))
    if isinstance(term, Big):
        found |= term.range.names
    return found


__all__ = ["at_index", "at_size", "free_indices"]
