"""Equal sums term by term: Σ_i f(i) = Σ_i g(i), as f(i) = g(i) for every i of their range.

A sum is defined where each of its terms is, so that of one term more is known than of the sum: ``log p_i`` says that
p_i > 0, for this i.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from derive.language.claims import Equal
from derive.language.context import Context, Fact
from derive.language.instances import at_index
from derive.language.operators import ShapeError
from derive.language.terms import Big, Index, Op, Rel, Size, Sym, Term, subterms

MARK = "°"
"""What makes the name of an index new."""


@dataclass(frozen=True)
class Summand:
    """The equation between the terms of two sums, for an index of its own."""

    statement: Equal
    context: Context


def summand(statement: Equal, context: Context) -> Summand | None:
    """The equation between the terms, if both sides are made of sums over one range, added and taken off."""
    left, right = (list(_sums(side, context)) for side in (statement.left, statement.right))
    first = next((big for _, big in left if big is not None), None)
    if first is None or not right or not set(first.range.names) <= context.sizes.keys():
        return None
    fresh = first.var + MARK
    while fresh in context.indices:
        fresh += MARK
    where = None if first.where is None else _renamed(first.where, first.var, fresh)
    sides: list[Term] = []
    for addends in (left, right):
        parts: list[Term] = []
        for sign, big in addends:
            body = None if big is None or big.range != first.range else _renamed(big.body, big.var, fresh)
            own = None if big is None or big.where is None else _renamed(big.where, big.var, fresh)
            if body is None or own != where:
                return None
            parts.append(body if sign > 0 else Op("neg", (body,)))
        sides.append(parts[0] if len(parts) == 1 else Op("add", tuple(parts)))
    if first.where is not None:
        if not isinstance(where, Rel) or where.op != "!=" or not _is_between_indices(where):
            return None
        context = context.with_fact(Fact(where))
    return Summand(Equal(*sides), context.with_index(fresh, first.range))


def _sums(side: Term, context: Context, sign: int = 1) -> Iterator[tuple[int, Big | None]]:
    """What a side is made of, with its sign; a number with a definition is what it is defined to be. None is anything
    but a sum."""
    match side:
        case Op("add", args):
            for arg in args:
                yield from _sums(arg, context, sign)
        case Op("neg", (arg,)):
            yield from _sums(arg, context, -sign)
        case Big("sum"):
            yield sign, side
        case Sym(name, ()) if (body := _body(name, context)) is not None:
            yield from _sums(body, context, sign)
        case _:
            yield sign, None


def _body(name: str, context: Context) -> Term | None:
    decl = context.symbols.get(name)
    if decl is None or decl.definition is None or decl.definition.params or decl.shape:
        return None
    return decl.definition.body


def _renamed(term: Term, old: str, new: str) -> Term | None:
    """A term with another name for an index; None where that cannot be."""
    if any(isinstance(part, Size) and part.name == old for part in subterms(term)):
        return None
    try:
        return at_index(term, old, 0, after=new)
    except ShapeError:
        return None


def _is_between_indices(relation: Rel) -> bool:
    return isinstance(relation.left, Index) and isinstance(relation.right, Index)


__all__ = ["Summand", "summand"]
