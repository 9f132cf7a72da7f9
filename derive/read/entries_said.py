"""What was said of numbers ``y_{ik}`` before a declaration makes them the entries of vectors ``\\mathbf{y}_i``."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

from derive.language.context import Context, SymbolDecl
from derive.language.terms import Entry, Sym, Term, rebuild

_BOUNDS = ("low", "high", "low_open", "high_open", "values")


def said_of_entries(context: Context, family: SymbolDecl, vector: SymbolDecl, split: int) -> Context:
    """The context in which what is declared, assumed and made of a family is so of the entries of ``vector``; the first
    ``split`` indices of the family are those of the vector."""
    bounds = {name: value for name in _BOUNDS if (value := getattr(family, name))}
    context = context.with_symbol(replace(vector, properties=vector.properties | family.properties, **bounds))

    def as_entry(term: Term) -> Term:
        if isinstance(term, Sym) and term.name == family.name and len(term.indices) == len(family.family):
            indices = tuple(as_entry(index) for index in term.indices)
            return Entry(Sym(vector.name, indices[:split]), indices[split:])
        return rebuild(term, as_entry)

    symbols = {
        name: replace(decl, definition=replace(decl.definition, body=as_entry(decl.definition.body)))
        if decl.definition is not None
        else decl
        for name, decl in context.symbols.items()
    }
    functions = {
        name: replace(decl, body=as_entry(decl.body)) if decl.body is not None else decl
        for name, decl in context.functions.items()
    }
    facts = tuple(replace(fact, statement=as_entry(fact.statement)) for fact in context.facts)
    return replace(context, symbols=MappingProxyType(symbols), functions=MappingProxyType(functions), facts=facts)
