r"""What a text holds fixed (``\gamma_{nk}`` in the M-step): computed from the values that its parameters had before."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

from derive.language.context import Context, Definition, Fact
from derive.language.dependencies import depends_on
from derive.language.terms import Apply, Sym, Term, bound_names, rebuild, subterms
from derive.read.dependencies import opened_down_to
from derive.read.errors import ReadError

BEFORE = "°"
"""What marks the value that a parameter had before."""


def held(context: Context, fixed: tuple[str, ...], variables: frozenset[str]) -> Context:
    """The context in which the ``fixed`` quantities do not move with the ``variables``: they are made of other ones,
    of which the same is known. Where that cannot be written, nothing is known of a fixed quantity."""
    old = {name: f"{name}{BEFORE}" for name in sorted(variables) if name in context.symbols}
    symbols = dict(context.symbols)
    for name in fixed:
        decl = context.symbols.get(name)
        if decl is None or decl.definition is None or not any(depends_on(context, name, each) for each in old):
            continue
        body = _at_old_values(context, decl.definition.body, old)
        symbols[name] = replace(decl, definition=None if body is None else Definition(decl.definition.params, body))
    for name, other in old.items():
        symbols[other] = replace(context.symbols[name], name=other)
    facts = tuple(
        Fact(_renamed(fact.statement, old), fact.source)
        for fact in context.facts
        if any(isinstance(part, Sym) and part.name in old for part in subterms(fact.statement))
    )
    return replace(context, symbols=MappingProxyType(symbols), facts=(*context.facts, *facts))


def _at_old_values(context: Context, body: Term, old: dict[str, str]) -> Term | None:
    """A definition written out as far as it mentions the variables, with their old values in their place."""
    if any(context.symbols[name].definition is not None for name in old):
        return None
    try:
        whole = opened_down_to(context, body, tuple(old))
    except ReadError:
        return None
    for part in subterms(whole):
        if isinstance(part, Apply):
            decl = context.functions.get(part.name)
            inside = [] if decl is None or decl.body is None else list(subterms(decl.body))
            if any(isinstance(each, Sym) and depends_on(context, each.name, name) for each in inside for name in old):
                return None
        if any(name in old for name in bound_names(part)):
            return None
    return _renamed(whole, old)


def _renamed(term: Term, names: dict[str, str]) -> Term:
    if isinstance(term, Sym) and term.name in names:
        return replace(term, name=names[term.name])
    return rebuild(term, lambda part: _renamed(part, names))
