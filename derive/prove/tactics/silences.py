"""Claims that are silent at some values of an index: ``g_t = a g_{t+1}`` with t = 1..T, and no g_{T+1}, is about t < T.

There the index counts less; what is assumed for all its values is still assumed, with another letter.
"""

from __future__ import annotations

from dataclasses import replace

from derive.language.claims import Compare, Equal
from derive.language.context import Context, Fact
from derive.language.extents import Range
from derive.language.instances import at_index, free_indices
from derive.language.operators import ShapeError
from derive.language.terms import Rel, Term
from derive.prove.restricted import restrictions, sure_excesses

MOST = 2
"""How many indices may count less."""


def where_it_speaks(statement: Equal | Compare, context: Context) -> Context | None:
    """The context in which the indices of a claim count only what it speaks of; None if that is all they do count."""
    relation = Rel("=" if isinstance(statement, Equal) else statement.op, statement.left, statement.right)
    silent = [each for each in sure_excesses(context, relation) if each.by is not None]
    names = {each.index for each in silent} & free_indices(relation) & context.indices.keys()
    if not names or len(names) > MOST or any(name in about for name in names for about in restrictions(context)):
        return None
    if any(name in (*each.low.names, *each.high.names) for name in names for each in context.indices.values()):
        return None
    for name in sorted(names):
        counted = context.indices[name]
        low = max((each.by or 0 for each in silent if each.index == name and each.end == "low"), default=0)
        high = max((each.by or 0 for each in silent if each.index == name and each.end == "high"), default=0)
        letter = f"{name}'"
        if letter in context.indices:
            return None
        try:
            facts = tuple(_with_letter(fact, name, letter) for fact in context.facts)
        except ShapeError:
            return None
        context = context.with_index(letter, counted).with_index(name, Range(counted.low + low, counted.high - high))
        context = replace(context, facts=facts)
    return context


def _with_letter(fact: Fact, name: str, letter: str) -> Fact:
    statement: Term = fact.statement
    return (
        replace(fact, statement=at_index(statement, name, 0, after=letter)) if name in free_indices(statement) else fact
    )


__all__ = ["where_it_speaks"]
