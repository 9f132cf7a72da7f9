"""``m_0 = 0`` declared of numbers ``m_k``, k = 1..n: the member before the first one, which is a quantity by itself
until a section writes ``m_{k-1}``."""

from __future__ import annotations

from dataclasses import replace

from derive.language.context import Context
from derive.read import syntax as s
from derive.read.names import parts_of


def with_member(node: s.Node, context: Context) -> Context:
    """The context in which such a member at the head of an equation is known."""
    head = node.first if isinstance(node, s.Relation) and node.rest[0][0] == "=" else None
    parts = parts_of(head) if isinstance(head, s.Script) else None
    decl = context.symbols.get(parts[0]) if parts is not None else None
    if parts is None or decl is None or head is None or parts[2] is not None or len(decl.family) != 1:
        return context
    low, number, name = decl.family[0].low.constant, parts[1], s.key(head)
    if decl.definition is not None or decl.depends is not None or decl.label_range is not None or low is None:
        return context
    if not isinstance(number, s.Number) or number.text != str(low - 1) or name in context.symbols:
        return context
    return context.with_symbol(replace(decl, name=name, family=(), family_names=()))


__all__ = ["with_member"]
