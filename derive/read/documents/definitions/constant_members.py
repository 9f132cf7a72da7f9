"""``If all gradients are equal, $g_t = g$``: the letter of a family, bare, is the value that its members share."""

from __future__ import annotations

from derive.language.context import Context
from derive.read import syntax as s
from derive.read.declarations import declare
from derive.read.documents.definitions.defining import Defined
from derive.read.errors import DeclarationError
from derive.read.names import items_of, parts_of
from derive.read.parser import parse


def shared_value(node: s.Node | None, context: Context) -> Defined | None:
    """The context in which g in ``g_t = g`` is of the kind of the members of a family g that nothing defines, where t
    runs over all of them; the same context where it is already."""
    match node:
        case s.Relation(first=s.Script() as member, rest=(("=", s.Name() | s.Script() as bare),)):
            pass
        case _:
            return None
    parts = parts_of(member)
    decl = context.symbols.get(parts[0]) if parts is not None else None
    if parts is None or decl is None or s.key(bare) != parts[0] or decl.definition is not None or not decl.family:
        return None
    letters = [s.key(item) for item in items_of(parts[1])]
    ranges = tuple(context.indices.get(letter) for letter in letters)
    if parts[2] is not None or ranges != decl.family or len({*letters}) != len(letters) or decl.label_range is not None:
        return None
    if f"{parts[0]}{{}}" in context.symbols:
        return Defined(context, "")
    space = "^{" + " \\times ".join(map(str, decl.shape)) + "}" if decl.shape else ""
    text = f"{parts[0]} \\in \\mathbb{{R}}{space}"
    try:
        return Defined(declare(text, context), text)
    except DeclarationError:
        return None


def members_of(name: str, context: Context) -> s.Relation | None:
    """``g_t = g`` of a family that is named by its letter."""
    decl = context.symbols.get(name)
    if decl is None or not decl.family or not all(decl.family_names):
        return None
    node = parse(f"{name}_{{{','.join(decl.family_names)}}} = {name}")
    return node if isinstance(node, s.Relation) else None
