r"""Quantities differentiated in a number that nothing says they depend on: ``\partial K / \partial\theta``.

It makes K a function of θ, of which no more is known. Else every such derivative would be zero, and what is said of it
empty.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from derive.language.claims import Statement, Step, all_subterms, sides_of
from derive.language.context import Context, Fact
from derive.language.dependencies import depends_on, mentioned
from derive.language.terms import Deriv, Entry, Rel, Sym, Term
from derive.read import syntax as s
from derive.read.documents.steps.passages import is_zero
from derive.read.reached_by_facts import reached

Varying = Mapping[str, tuple[str, ...]]
"""For each number what is a function of it."""


def varying(statements: Iterable[Statement], context: Context, known: Varying) -> dict[str, tuple[str, ...]]:
    """What is a function of which number, with what these statements, the readings of one text, all differentiate:
    ``\\frac{d}{dx} a x^2`` need not differentiate a."""
    each = [_differentiated(statement, context) for statement in statements]
    found = dict(known)
    for number, names in each[0].items() if each else ():
        names = [name for name in names if all(name in other.get(number, ()) for other in each)]
        if names:
            found[number] = tuple(dict.fromkeys((*found.get(number, ()), *names)))
    return found


def _differentiated(statement: Statement, context: Context) -> dict[str, list[str]]:
    """For each number what one statement makes a function of it."""
    found: dict[str, list[str]] = {}
    if any(side is not None and is_zero(side) for side in sides_of(statement)):
        return found  # that it does not depend on it may be what is said
    if isinstance(statement, Step):
        context = replace(context, facts=(*context.facts, *map(Fact, statement.hypotheses)))
    for part in all_subterms(statement):
        if isinstance(part, Deriv):
            _note(part, context, found)
    return found


def _note(part: Deriv, context: Context, found: dict[str, list[str]]) -> None:
    """``\\partial K_y / \\partial \\theta`` of a K_y that θ is no part of: what K_y is made of depends on θ."""
    body, number = _symbol(part.body), part.wrt
    if body is None or not isinstance(number, Sym) or number.indices or number.name not in context.symbols:
        return
    decl = context.symbols[number.name]
    free = not (decl.shape or decl.family or decl.definition or decl.depends)
    if not free or body.name == number.name or depends_on(context, body.name, number.name):
        return
    if reached(part.body, (number.name,), context):
        return  # a recurrence makes it a part of it
    leaves = _leaves(body.name, context)
    wide = [name for name in leaves if context.symbols[name].shape]
    found.setdefault(number.name, []).extend(wide or leaves)


def _symbol(term: Term) -> Sym | None:
    while isinstance(term, Entry):
        term = term.base
    return term if isinstance(term, Sym) else None


def _leaves(name: str, context: Context) -> list[str]:
    """The quantities that nothing defines of which one is made, itself if it is one."""
    decl = context.symbols.get(name)
    if decl is None or decl.depends or (decl.family and _is_given(name, context)):
        return []  # a recurrence says what its members are made of
    if decl.definition is None:
        return [name]
    parts = (each for other in mentioned(context, decl.definition.body) for each in _leaves(other, context))
    return list(dict.fromkeys(each for each in parts if each != name))


def _is_given(name: str, context: Context) -> bool:
    """Whether a fact says what members of a family are."""
    for fact in context.facts:
        match fact.statement:
            case Rel(op="=", left=Sym(name=given)) if given == name:
                return True
    return False


def varied(context: Context, statements: Iterable[Statement], known: Varying) -> Context:
    """The context of statements that differentiate in one of these numbers: what is a function of it is unknown."""
    numbers = {
        part.wrt.name
        for statement in statements
        for part in all_subterms(statement)
        if isinstance(part, Deriv) and isinstance(part.wrt, Sym)
    }
    for number in sorted(numbers & {*known}):
        for name in known[number]:
            decl = context.symbols.get(name)
            if decl is not None and decl.definition is None and name != number and not decl.values:
                context = context.with_symbol(replace(decl, depends=(*(decl.depends or ()), Sym(number))))
    return context


def says_depends(node: s.Node) -> tuple[str, str] | None:
    """``X = X(t)``: X and t."""
    match node:
        case s.Relation(first=first, rest=(("=", s.Juxt(parts=(head, s.Group(bracket="(", items=(item,))))),)):
            if s.key(first) == s.key(head) and isinstance(item, s.Name) and s.key(item) != s.key(head):
                return s.key(head), item.text
    return None


__all__ = ["says_depends", "varied", "varying"]
