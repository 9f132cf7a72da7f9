r"""``h_i = h(x_i)`` of declared numbers h_i: how the members of a family are also written, as values of a function."""

from __future__ import annotations

from derive.language.context import Context
from derive.read import syntax as s
from derive.read.declarations import declare
from derive.read.documents.definitions.defining import Defined
from derive.read.errors import DeclarationError
from derive.read.names import items_of, option, parts_of


def named_member(node: s.Node, context: Context) -> Defined | None:
    """The context in which the call stands for the member, where nothing else says what the function is."""
    match node:
        case s.Relation(first=first, rest=(("=" | ":=", second),)):
            pass
        case _:
            return None
    for member, call in ((first, second), (second, first)):
        match call:
            case s.Juxt(parts=(s.Name(text=head), s.Group(bracket="(") as group)):
                pass
            case _:
                continue
        parts = parts_of(member) if isinstance(member, s.Script) else None
        decl = context.symbols.get(head)
        if parts is None or parts[0] != head or decl is None or not decl.family or decl.definition is not None:
            continue
        letters = {s.key(item) for item in (*items_of(parts[1]), *items_of(parts[2]))}
        inside = {part.text for part in s.walk(group) if isinstance(part, s.Name)}
        known = head in context.functions or head in option(context, "called") or head in option(context, "signatures")
        if known or not letters or not letters <= inside & context.indices.keys():
            continue
        text = f"let {s.key(call)} := {s.key(member)}"
        try:
            return Defined(declare(text, context), text)
        except DeclarationError:
            return None
    return None
