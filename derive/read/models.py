"""How observations come about: ``y = X w + \\epsilon``, which holds under an expectation and is no definition of y.

A derivative of a likelihood takes the observations as they are; their mean is that of what they are made of.
"""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

from derive.language.context import Context, Definition, SymbolDecl
from derive.language.dependencies import mentioned
from derive.language.terms import Array, Entry, Index, Sym, Term
from derive.read.names import option
from derive.read.targets import put

OPTION = "models"


def with_model(context: Context, sides: tuple[Term, Term]) -> Context | None:
    """The context in which the first side, declared and not defined, comes about as the second says."""
    left, right = sides
    if isinstance(left, Array) and isinstance(left.body, Sym):  # y written whole, of the numbers y_i
        pairs = tuple(Index(name) for name, _ in left.vars)
        if left.body.indices != pairs:
            return None
        left, right = left.body, Entry(right, pairs)
    if not isinstance(left, Sym):
        return None
    decl = context.symbols.get(left.name)
    names = tuple(index.name for index in left.indices if isinstance(index, Index))
    if decl is None or decl.definition is not None or decl.depends or len(set(names)) != len(decl.family):
        return None
    if left.name in mentioned(context, right):
        return None
    return put(context, OPTION, left.name, Definition(names, right))


def modelled(context: Context) -> Context:
    """The context in which every observation is what its model says."""
    symbols: dict[str, SymbolDecl] = {}
    for name, made in option(context, OPTION).items():
        decl = context.symbols.get(name)
        if decl is not None and decl.definition is None and isinstance(made, Definition):
            symbols[name] = replace(decl, definition=made)
    if not symbols:
        return context
    return replace(context, symbols=MappingProxyType({**context.symbols, **symbols}))
