"""What is declared of a quantity, beside its space, that a text goes on to define: it stays what is assumed of it."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

from derive.language.context import Context, SymbolDecl


def is_bound(decl: SymbolDecl) -> bool:
    """Whether a quantity has a definition, and more is declared of it than its space; a label has its values anyway."""
    said = decl.properties - {"real"} or decl.values or decl.low is not None or decl.high is not None
    return decl.definition is not None and decl.label_range is None and bool(said)


def unbound(context: Context) -> Context:
    """The context in which nothing but its space is declared of what the text defines; itself where that is so."""
    free = {name: _free(decl) for name, decl in context.symbols.items() if is_bound(decl)}
    return replace(context, symbols=MappingProxyType({**context.symbols, **free})) if free else context


def _free(decl: SymbolDecl) -> SymbolDecl:
    bare = replace(decl, properties=frozenset(), values=(), low=None, high=None)
    return replace(bare, low_open=False, high_open=False)


__all__ = ["is_bound", "unbound"]
