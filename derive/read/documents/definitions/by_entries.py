r"""``y_k = e^{a_k} / \sum_j e^{a_j}`` of a vector y of which only its space is declared."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

from derive.language.context import Context, Definition
from derive.language.dependencies import depends_on
from derive.language.extents import Range
from derive.language.terms import Array, Entry, Index, Sym
from derive.read import syntax as s
from derive.read.declarations import declare
from derive.read.documents.definitions.defining import Defined
from derive.read.errors import DeclarationError, ReadError
from derive.read.latex import node_readings


def vector_of(node: s.Node, context: Context) -> str:
    """The vector or the matrix, declared and no more, of which a side is any entry; nothing if it is not one."""
    try:
        readings = node_readings(node, context)
    except ReadError:
        return ""
    match [typed.term for typed in readings]:
        case [Entry(Sym(name, ()), indices)]:
            decl = context.symbols.get(name)
        case _:
            return ""
    if decl is None or decl.definition is not None or decl.depends or len(indices) != len(decl.shape):
        return ""
    letters = [index.name for index in indices if isinstance(index, Index)]
    ranges = [context.indices.get(letter) for letter in letters]
    whole = ranges == [Range.upto(extent) for extent in decl.shape]
    free = not any(other != name and depends_on(context, other, name) for other in context.symbols)
    return name if whole and free else ""


def defined(name: str, left: str, right: str, context: Context) -> Defined | None:
    """The context in which the entries of a vector are what is written of them, and what is declared of it is still
    assumed; None if that cannot be told."""
    symbols = {other: decl for other, decl in context.symbols.items() if other != name}
    text = f"let {left} := {right}"
    try:
        done = declare(text, replace(context, symbols=MappingProxyType(symbols)))
    except DeclarationError:
        return None
    old, new = context.symbols[name], done.symbols.get(name)
    if new is None or new.definition is None or new.shape or len(new.family) != len(old.shape):
        return None
    entries = Array(tuple(zip(new.definition.params, new.family, strict=True)), new.definition.body)
    return Defined(context.with_symbol(replace(old, definition=Definition((), entries))), text)


__all__ = ["defined", "vector_of"]
