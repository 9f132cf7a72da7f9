"""Families written whole in what a sentence supposes: ``If $p = q$`` of numbers p_i and q_i."""

from __future__ import annotations

from derive.language.context import Context, SymbolDecl
from derive.read import syntax as s
from derive.read.documents.text.macros import Expanded
from derive.read.documents.text.statements import one_line
from derive.read.errors import ReadError
from derive.read.latex import node_readings
from derive.read.parser import parse


def member_by_member(math: Expanded, context: Context) -> Expanded:
    """``p_i = q_i`` for ``p = q`` between declared families over the same ranges, where the letters mean nothing else;
    any other formula as it is."""
    said = one_line(math.text).strip(" .,;")
    try:
        node = parse(said)
    except ReadError:
        return math
    if not isinstance(node, s.Relation) or any(op != "=" for op, _ in node.rest):
        return math
    sides = (node.first, *(side for _, side in node.rest))
    decls = [_family(side, context) for side in sides]
    first = decls[0]
    if first is None or any(each is None or not _alike(each, first) for each in decls):
        return math
    members = [f"{s.key(side)}_{{{','.join(first.family_names)}}}" for side in sides]
    try:
        for each in members:
            node_readings(parse(each), context)
    except ReadError:
        return math
    return Expanded(" = ".join(members), (0,), (math.place(0),), (said,))


def _family(side: s.Node, context: Context) -> SymbolDecl | None:
    """The family that a bare name is the letter of."""
    decl = context.symbols.get(side.text) if isinstance(side, s.Name) else None
    if decl is None or not decl.family or any(name not in context.indices for name in decl.family_names):
        return None
    return decl


def _alike(one: SymbolDecl, other: SymbolDecl) -> bool:
    return (one.family, one.shape) == (other.family, other.shape)


__all__ = ["member_by_member"]
