"""Which indices of an assumed relation do not stand for every value of their range.

``j ≠ k`` or ``j < k``, assumed by itself, restricts what is assumed of j and k together: these indices stay the ones
they are, and what is assumed of them holds for no other reference.

``x_{k+1} = a x_k`` with k = 1..K says nothing of k = K, where there is no x_{K+1}. It can be used only for what speaks
of x_{k+1} too.
"""

from __future__ import annotations

from derive.language.context import Context
from derive.language.extents import Extent, Range
from derive.language.operators import ShapeError
from derive.language.shapes import extent_of
from derive.language.terms import Apply, Entry, Index, Rel, Sym, Term, subterms


def restrictions(context: Context) -> tuple[frozenset[str], ...]:
    """The names of each fact that is about indices alone."""
    found = []
    for fact in context.facts:
        parts = list(subterms(fact.statement))
        names = _names(fact.statement)
        if isinstance(fact.statement, Rel) and names and not any(isinstance(p, Sym | Apply | Entry) for p in parts):
            found.append(names)
    return tuple(found)


def fixed_names(context: Context, restricted: tuple[frozenset[str], ...], relation: Term) -> frozenset[str]:
    """The indices of a relation that stand for themselves only."""
    names = _names(relation)
    return frozenset(name for about in restricted if about <= names for name in about)


Excess = tuple[str, str]
"""An index, and by how much a subscript with it can lie beyond an end of its range."""


def excesses(context: Context, relation: Term) -> frozenset[Excess]:
    """How the subscripts of a relation leave their ranges for some values of its indices: it is silent there."""
    found: set[Excess] = set()
    for part in subterms(relation):
        for reference, within in _references(part, context):
            if not isinstance(reference, Index):
                for name in _names(reference):
                    found |= {(name, gap) for gap in _gaps(reference, name, within, context)}
    return frozenset(found)


def _names(term: Term) -> frozenset[str]:
    return frozenset(part.name for part in subterms(term) if isinstance(part, Index))


def _references(part: Term, context: Context) -> list[tuple[Term, Range]]:
    """The subscripts of a quantity with the ranges that they have to lie in."""
    if isinstance(part, Sym) and part.name in context.symbols:
        return list(zip(part.indices, context.symbols[part.name].family, strict=False))
    if isinstance(part, Entry) and isinstance(part.base, Sym) and part.base.name in context.symbols:
        shape = context.symbols[part.base.name].shape
        return [(ix, Range.upto(e)) for ix, e in zip(part.indices, shape, strict=False)]
    return []


def _gaps(reference: Term, name: str, within: Range, context: Context) -> list[str]:
    """The ends of a range that a subscript such as k + 1 does not surely stay within."""
    own = context.indices.get(name)
    try:
        shift = (extent_of(reference) - name).constant
    except ShapeError:
        shift = None
    if own is None or shift is None:
        return [repr(reference)]
    gaps = {"low": own.low + shift - within.low, "high": within.high - (own.high + shift)}
    return [
        f"{end} {gap}" for end, gap in gaps.items() if (_least(gap, context) or 0) < 0 or _least(gap, context) is None
    ]


def _least(extent: Extent, context: Context) -> int | None:
    """A lower bound of a length, if there is one that is plain."""
    total = 0
    for names, factor in extent.terms:
        if names and (factor < 0 or any(name not in context.sizes for name in names)):
            return None
        bound = factor
        for name in names:
            bound *= context.sizes[name]
        total += bound
    return total


__all__ = ["excesses", "fixed_names", "restrictions"]
