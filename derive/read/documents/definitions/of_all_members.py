"""``b = X^\\top y`` of numbers ``b_j`` that are declared one by one: what all of them are, as a vector."""

from __future__ import annotations

from derive.language.context import Context, SymbolDecl
from derive.language.extents import Range
from derive.language.terms import Index, Sym
from derive.read import syntax as s
from derive.read.declarations import declare
from derive.read.documents.definitions.defining import Defined
from derive.read.errors import DeclarationError, ReadError
from derive.read.latex import node_readings
from derive.read.names import option


def member_of(node: s.Node, body: s.Node, context: Context) -> Sym | None:
    """The number ``b_j`` where a side is b alone, nothing defines it, and ``body`` is a vector of as many entries."""
    decl = context.symbols.get(node.text) if isinstance(node, s.Name) else None
    if decl is None or not _is_plain_family(decl, context):
        return None
    try:
        shapes = {typed.shape for typed in node_readings(body, context)}
    except ReadError:
        return None
    fits = all(len(shape) == 1 and Range.upto(shape[0]) == decl.family[0] for shape in shapes)
    return Sym(decl.name, (Index(decl.family_names[0]),)) if fits else None


def _is_plain_family(decl: SymbolDecl, context: Context) -> bool:
    """Whether these are numbers with one index, of which the bare letter names all and nothing else."""
    taken = decl.name in option(context, "variants") or decl.name in option(context, "component")
    size = decl.name in context.sizes or decl.name in context.indices
    known = decl.definition is not None or decl.depends is not None
    return len(decl.family) == 1 and not decl.shape and not taken and not size and not known


def defined(member: Sym, text: str, context: Context) -> Defined | None:
    """The context in which each of them is the entry of what ``text`` says."""
    index = context.symbols[member.name].family_names[0]
    let = f"let {member.name}_{{{index}}} := \\left({text}\\right)_{{{index}}}"
    try:
        return Defined(declare(let, context), let)
    except DeclarationError:
        return None
