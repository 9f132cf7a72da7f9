"""Which indices of an assumed relation do not stand for every value of their range.

``j ≠ k`` or ``j < k``, assumed by itself, restricts what is assumed of j and k together: these indices stay the ones
they are, and what is assumed of them holds for no other reference.

``x_{k+1} = a x_k`` with k = 1..K says nothing of k = K, where there is no x_{K+1}. It can be used only for what speaks
of x_{k+1} too.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from derive.language.context import Context
from derive.language.extents import Extent, Range
from derive.language.found import once
from derive.language.instances import free_indices
from derive.language.operators import ShapeError
from derive.language.shapes import extent_of
from derive.language.terms import (
    Apply,
    Array,
    At,
    Big,
    Cases,
    Entry,
    Expect,
    Index,
    Integral,
    Num,
    Rel,
    Size,
    Sym,
    Term,
    bound_names,
    children,
    subterms,
)


def restrictions(context: Context) -> tuple[frozenset[str], ...]:
    """The names of each fact that is about indices alone."""
    found = (once(fact.statement, _about_indices) for fact in context.facts)
    return tuple(names for names in found if names)


def _about_indices(statement: Term) -> frozenset[str]:
    """The indices in a statement that is a relation between them alone; of another one, none."""
    if not isinstance(statement, Rel) or any(isinstance(part, Sym | Apply | Entry) for part in subterms(statement)):
        return frozenset()
    return _names(statement)


def fixed_names(context: Context, restricted: tuple[frozenset[str], ...], relation: Term) -> frozenset[str]:
    """The indices of a relation that stand for themselves only."""
    names = _names(relation)
    return frozenset(name for about in restricted if about <= names for name in about)


@dataclass(frozen=True, order=True)
class Excess:
    """An index with which a subscript can lie beyond an end of its range, and by how much (``None`` if that is not
    known; then ``how`` tells such subscripts apart)."""

    index: str
    end: str
    by: int | None
    how: str = ""


def excesses(context: Context, relation: Term) -> frozenset[Excess]:
    """How the subscripts of a relation leave their ranges for some values of its indices: it is silent there."""
    found = _own_excesses(context, relation)
    for part in children(relation):
        found |= excesses(context, part)
    bound = bound_names(relation)
    return frozenset(one for one in found if one.index not in bound)


DEEPEST = 3
"""How many definitions, one inside the other, are looked into."""


def sure_excesses(context: Context, goal: Term, depth: int = DEEPEST) -> frozenset[Excess]:
    """How the subscripts that a goal surely takes leave their ranges: it is not about such values. What stands under a
    sum that may be empty, or in a case that need not hold, is not surely taken."""
    if isinstance(goal, Big):
        inside = sure_excesses(context, goal.body, depth) if _has_members(goal, context) else frozenset()
        return frozenset(one for one in inside if one.index != goal.var)
    if isinstance(goal, Cases | Expect | Integral | Array | At):
        return frozenset()
    found = _own_excesses(context, goal)
    if isinstance(goal, Sym):
        found |= _excesses_of_definition(context, goal, depth)
    for part in children(goal):
        found |= sure_excesses(context, part, depth)
    return found


def _excesses_of_definition(context: Context, name: Sym, depth: int) -> frozenset[Excess]:
    """How the subscripts in what a quantity is defined as leave their ranges, where it is written with its own
    indices."""
    decl = context.symbols.get(name.name)
    if decl is None or decl.definition is None or not decl.definition.params or not depth:
        return frozenset()
    own = tuple(Index(each) for each in decl.definition.params)
    given = [index.name for index in name.indices if isinstance(index, Index)]
    if len(given) != len(own) or len(given) != len(name.indices):
        return frozenset()
    renamed = {each.name: mine for each, mine in zip(own, given, strict=True)}
    ranges = [context.indices.get(one) for pair in renamed.items() for one in pair]
    if None in ranges or any(context.indices[one] != context.indices[two] for one, two in renamed.items()):
        return frozenset()
    inside = sure_excesses(context, decl.definition.body, depth - 1)
    return frozenset(replace(one, index=renamed[one.index]) for one in inside if one.index in renamed and not one.how)


def _has_members(sum_: Big, context: Context) -> bool:
    """Whether a sum runs over one member at least, whatever the sizes are."""
    if sum_.where is not None:
        return False
    least = least_length(sum_.range.high - sum_.range.low, context)
    return least is not None and least >= 0


def _own_excesses(context: Context, part: Term) -> frozenset[Excess]:
    found: set[Excess] = set()
    for reference, within in _references(part, context):
        if not isinstance(reference, Index):
            for name in _names(reference):
                found |= _beyond(reference, name, within, context)
    return frozenset(found)


def covered(silent: frozenset[Excess], known: frozenset[Excess]) -> frozenset[str]:
    """The indices for some of whose values what is used may be silent where the goal, which is so at ``known``, is
    not."""
    return frozenset(one.index for one in silent if not any(_covers(other, one) for other in known))


def _covers(known: Excess, one: Excess) -> bool:
    if (known.index, known.end) != (one.index, one.end):
        return False
    return known == one if known.by is None or one.by is None else known.by >= one.by


def without_members(context: Context) -> frozenset[str]:
    """The indices of a context that there may be none of: m = 2..N, where N may be 1."""
    found = []
    for name, own in context.indices.items():
        least = least_length(own.high - own.low, context)
        if least is None or least < 0:
            found.append(name)
    return frozenset(found)


def may_say_nothing(context: Context, relation: Term, goal: Term | None = None) -> bool:
    """Whether a relation holds for all values of indices that there may be none of, and that the goal is not about.

    ``q_m c = 0`` for m = 2..N says nothing of c where N is 1. What speaks of nothing but members of families at that
    index, ``x_m = y_m``, can only be used where there is one.
    """
    spoken = free_indices(goal) if goal is not None else frozenset()
    names = free_indices(relation)
    apart = (about for about in restrictions(context) if about <= names)  # there may be no two that differ
    own = (names & without_members(context)).union(*apart) - spoken
    return any(not _about(part, name) for name in own for part in _basic(relation))


def _basic(term: Term) -> Iterator[Term]:
    """The quantities, calls, sizes and numbers that a relation is made of, but a side that is zero."""
    if isinstance(term, Sym | Entry | Apply | Size | Index | Num) or not children(term):
        if term != Num(Fraction(0)):
            yield term
        return
    for part in children(term):
        yield from _basic(part)


def _about(part: Term, name: str) -> bool:
    return not isinstance(part, Index) and name in free_indices(part)


def _names(term: Term) -> frozenset[str]:
    """The indices that a term mentions."""
    return once(term, _indices)


def _indices(term: Term) -> frozenset[str]:
    return frozenset(part.name for part in subterms(term) if isinstance(part, Index))


def _references(part: Term, context: Context) -> list[tuple[Term, Range]]:
    """The subscripts of a quantity with the ranges that they have to lie in."""
    if isinstance(part, Sym) and part.name in context.symbols:
        return list(zip(part.indices, context.symbols[part.name].family, strict=False))
    if isinstance(part, Entry) and isinstance(part.base, Sym) and part.base.name in context.symbols:
        shape = context.symbols[part.base.name].shape
        return [(ix, Range.upto(e)) for ix, e in zip(part.indices, shape, strict=False)]
    return []


def _beyond(reference: Term, name: str, within: Range, context: Context) -> set[Excess]:
    """The ends of a range that a subscript such as k + 1 does not surely stay within."""
    own = context.indices.get(name)
    try:
        shift = (extent_of(reference) - name).constant
    except ShapeError:
        shift = None
    if own is None or shift is None:
        return {Excess(name, "low", None, repr(reference)), Excess(name, "high", None, repr(reference))}
    gaps = {"low": own.low + shift - within.low, "high": within.high - (own.high + shift)}
    found = set()
    for end, gap in gaps.items():
        least = least_length(gap, context)
        if least is None or least < 0:
            by = gap.constant
            found.add(Excess(name, end, None if by is None else -by, "" if by is not None else str(gap)))
    return found


def least_length(extent: Extent, context: Context) -> int | None:
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


__all__ = [
    "Excess",
    "covered",
    "excesses",
    "fixed_names",
    "least_length",
    "may_say_nothing",
    "restrictions",
    "sure_excesses",
    "without_members",
]
