"""Claims about every value of an index that begins below 1: each of those values by itself, and all from 1 on."""

from __future__ import annotations

from derive.language.claims import Compare, Equal
from derive.language.context import Context
from derive.language.extents import Extent, Range
from derive.language.instances import at_index, free_indices
from derive.language.operators import ShapeError
from derive.language.terms import Rel
from derive.prove.restricted import excesses, restrictions

MOST = 3
"""How many values below 1 are looked at one by one."""


def begins_below_one(statement: Equal | Compare, context: Context) -> str:
    """The first free index of a statement whose range begins below 1, or nothing.

    Nothing either where the statement is silent at some values of it, or a fact or another range is about it: then its
    values are not free to be looked at one by one.
    """
    relation = _relation(statement)
    free = free_indices(relation)
    if excesses(context, relation):
        return ""
    for name in sorted(free):
        own = context.indices.get(name)
        low = own.low.constant if own is not None else None
        if own is None or low is None or not 1 - MOST <= low < 1 or own.high.constant is not None:
            continue
        if name in own.high.names or name in context.symbols or any(name in about for about in restrictions(context)):
            continue
        if not any(index in context.indices and name in context.indices[index].names for index in free):
            return name
    return ""


def parts(statement: Equal | Compare, index: str, context: Context) -> list[tuple[Equal | Compare, Context]]:
    """The statement at each value of the index below 1, and for all from 1 on; nothing where a value cannot be put
    in."""
    own = context.indices[index]
    found: list[tuple[Equal | Compare, Context]] = []
    try:
        for value in range(own.low.constant or 0, 1):
            found.append((_at(statement, index, value), context))
    except ShapeError:
        return []
    return [*found, (statement, context.with_index(index, Range(Extent.of(1), own.high)))]


def _at(statement: Equal | Compare, index: str, value: int) -> Equal | Compare:
    left, right = at_index(statement.left, index, value), at_index(statement.right, index, value)
    return Equal(left, right) if isinstance(statement, Equal) else Compare(statement.op, left, right)


def _relation(statement: Equal | Compare) -> Rel:
    return Rel("=" if isinstance(statement, Equal) else statement.op, statement.left, statement.right)


__all__ = ["begins_below_one", "parts"]
