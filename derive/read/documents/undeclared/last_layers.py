"""The layers that lie nearest to a loss of which nothing is known, among those in which it is differentiated."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from derive.language.context import Context, Definition
from derive.language.dependencies import depends_on, mentioned, names_in
from derive.language.terms import Index, Rel, Sym, subterms
from derive.read.folding import folded


@dataclass(frozen=True)
class Layers:
    """The ``names`` of the layers that no other one is computed from, in a ``context`` in which each layer that is
    written out in another one is named there."""

    names: tuple[str, ...]
    context: Context


def last_layers(names: Collection[str], context: Context) -> Layers | None:
    """The last ones of these quantities; a loss depends on what they are computed from through them only.

    None where that cannot be told: where only a fact, such as a recurrence, says what one of them is (its members vary
    with each other); and where all that one is made of is in another one, which may be computed from it or not.
    """
    if any(_is_given(each, context) or _is_of_sequence(each, names, context) for each in names):
        return None
    context = _with_named_parts(names, context)
    last = tuple(each for each in names if not _feeds(each, names, context))
    made_of = {each: frozenset(_primitives(each, context)) for each in last}
    hidden = any(made_of[each] <= made_of[other] for each in last for other in last if each != other)
    return None if hidden or not last else Layers(last, context)


def _is_given(name: str, context: Context) -> bool:
    """Whether a fact is an equation for a quantity, or a member of a family, in terms of others."""
    decl = context.symbols[name]
    if decl.definition is not None:
        return False
    for fact in context.facts:
        if isinstance(fact.statement, Rel) and fact.statement.op == "=":
            sides = (fact.statement.left, fact.statement.right)
            for side, other in (sides, sides[::-1]):
                if isinstance(side, Sym) and side.name == name and names_in(other):
                    return True
    return False


def _is_of_sequence(name: str, names: Collection[str], context: Context) -> bool:
    """Whether one of the other quantities is made of another member of a family than its own: ``h_{t-1}``."""
    for other in _reached(names, context):
        made = context.symbols[other].definition
        parts = () if made is None else tuple(subterms(made.body))
        members = (part for part in parts if isinstance(part, Sym) and part.name == name)
        if any(not isinstance(index, Index) for member in members for index in member.indices):
            return True
    return False


def _with_named_parts(names: Collection[str], context: Context) -> Context:
    """The context in which ``z = \\sigma(W x + b)`` is ``\\sigma(a)``, where ``a = W x + b`` is one of these names."""
    for name in names:
        made = context.symbols[name].definition
        if made is None or isinstance(made.body, Sym | Index):
            continue
        for other in _reached(names, context):
            decl = context.symbols[other]
            if other == name or decl.definition is None or depends_on(context, name, other):
                continue
            body = folded(context, decl.definition.body, name)
            if body != decl.definition.body and not isinstance(body, Sym):
                definition = Definition(decl.definition.params, body)
                context = context.with_symbol(replace(decl, definition=definition))
    return context


def _reached(names: Collection[str], context: Context) -> tuple[str, ...]:
    """These names, and what they are computed from."""
    found = dict.fromkeys(names)
    stack = [*names]
    while stack:
        for each in _parts(stack.pop(), context):
            if each not in found:
                found[each] = None
                stack.append(each)
    return tuple(found)


def _parts(name: str, context: Context) -> Iterator[str]:
    definition = context.symbols[name].definition
    if definition is not None:
        yield from (each for each in mentioned(context, definition.body) if each in context.symbols)


def _primitives(name: str, context: Context) -> tuple[str, ...]:
    """What a quantity is made of in the end."""
    return tuple(each for each in _reached((name,), context) if context.symbols[each].definition is None)


def _feeds(name: str, others: Collection[str], context: Context) -> bool:
    return any(other != name and depends_on(context, other, name) for other in others)


__all__ = ["Layers", "last_layers"]
