"""What a quantity varies with because a fact says so: ``m_t = b m_{t-1} + g_t`` ties m to g, nothing defines m."""

from __future__ import annotations

from collections.abc import Iterable

from derive.language.context import Context
from derive.language.dependencies import direct, mentioned
from derive.language.terms import Entry, Rel, Sym, Term, bound_names, subterms


def reached(term: Term, targets: Iterable[str], context: Context) -> list[str]:
    """The ``targets`` that a term is made of, by what defines its quantities or by what is assumed of them."""
    ties = [tie for fact in context.facts for tie in _ties(fact.statement)]
    seen: dict[str, None] = {}
    stack = [*mentioned(context, term)]
    while stack:
        name = stack.pop()
        if name in seen:
            continue
        seen[name] = None
        stack += direct(context, name)
        decl = context.symbols.get(name)
        if decl is None or decl.definition is None:
            stack += [other for tied, value in ties if tied == name for other in _free(value, context)]
    return [name for name in targets if name in seen]


def tied_to(name: str, term: Term, context: Context) -> str:
    """A quantity in a term that an equation, assumed of both, ties to another one; nothing if none is."""
    here = {*mentioned(context, term)}
    here |= {each for other in here for each in direct(context, other)}
    for fact in context.facts:
        relation = fact.statement
        if not isinstance(relation, Rel) or relation.op != "=":
            continue
        free = _free(relation, context)
        found = next((other for other in free if other != name and other in here), "")
        if found and name in free:
            return found
    return ""


def _ties(relation: Term) -> list[tuple[str, Term]]:
    """The quantities that an equation gives a value, and the value."""
    if not isinstance(relation, Rel) or relation.op != "=":
        return []
    pairs = ((relation.left, relation.right), (relation.right, relation.left))
    return [(name.name, value) for side, value in pairs if (name := _quantity(side)) is not None]


def _quantity(side: Term) -> Sym | None:
    while isinstance(side, Entry):
        side = side.base
    return side if isinstance(side, Sym) else None


def _free(value: Term, context: Context) -> list[str]:
    """The quantities in a value, but for what an expectation in it binds."""
    bound = {name for part in subterms(value) for name in bound_names(part)}
    return [name for name in mentioned(context, value) if name not in bound]


__all__ = ["reached", "tied_to"]
