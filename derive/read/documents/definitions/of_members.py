r"""Functions of one of many numbers: ``p(x; \beta) = \sum_j e^{-x / \beta_j}``, called as ``p(x_i; \beta)``.

The bare x is one number more, not the vector of all x_i; and the β, whose members the body has, are what p is made of.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from derive.language.context import Context
from derive.read import syntax as s
from derive.read.declarations import declare
from derive.read.documents.definitions.defining import Defined
from derive.read.documents.definitions.own_parameters import one_more
from derive.read.errors import DeclarationError, ReadError
from derive.read.latex import node_readings
from derive.read.names import Signature, Slot, option, parts_of
from derive.read.targets import put


def defined(head: s.Node, body: s.Node, text: str, section: Sequence[s.Node], context: Context) -> Defined | None:
    """The context with the function that ``head`` calls, whose body is written ``text``."""
    match head:
        case s.Juxt(parts=(s.Name() | s.Script() as called, s.Group(bracket="(", items=items, seps=seps))):
            pass
        case _:
            return None
    names = [item.text for item in items if isinstance(item, s.Name)]
    if len(names) != len(items) or not all(_is_family(name, context) for name in names):
        return None
    base = s.key(called)
    inside = _with_scripts(body)
    whole = [name for name in names if name in inside]
    own = [name for place, name in enumerate(names) if _takes_member(base, place, name, section)]
    if not whole or not own or {*whole} & {*own} or len(whole) + len(own) != len(names) or base in context.functions:
        return None
    numbers = context
    for name in own:
        more = one_more(name, "> 0" if "positive" in context.symbols[name].properties else "\\in \\mathbb{R}", numbers)
        if more is None:
            return None
        numbers = more
    said = f"function {base}({', '.join(own)}) := {text}"
    try:
        done = declare(said, numbers)
        readings = node_readings(body, numbers)
    except (DeclarationError, ReadError):
        return None
    known = option(done, "signatures").get(base)
    if any(typed.shape for typed in readings) or not isinstance(known, tuple) or len(known) != 1:
        return None
    signature = known[0]
    if not isinstance(signature, Signature):
        return None
    slots = tuple(Slot(param=name) if name in own else Slot(decoration=name) for name in names)
    return Defined(put(done, "signatures", base, (replace(signature, slots=slots, seps=seps),)), said)


def _is_family(name: str, context: Context) -> bool:
    decl = context.symbols.get(name)
    return decl is not None and bool(decl.family) and not decl.shape and decl.definition is None


def _with_scripts(body: s.Node) -> set[str]:
    """The names that stand in a formula with a subscript, or with something in brackets above them."""
    found = (parts_of(part) for part in s.walk(body) if isinstance(part, s.Script))
    return {parts[0] for parts in found if parts and (parts[1] is not None or isinstance(parts[2], s.Group))}


def _takes_member(base: str, place: int, family: str, section: Sequence[s.Node]) -> bool:
    """Whether the section calls a function with a member of a family in this place."""
    for node in section:
        for part in s.walk(node):
            pairs = zip(part.parts, part.parts[1:], strict=False) if isinstance(part, s.Juxt) else ()
            for name, group in pairs:
                items = group.items if isinstance(group, s.Group) and group.bracket == "(" else ()
                found = parts_of(items[place]) if s.key(name) == base and len(items) > place else None
                if found is not None and found[0] == family and found[1:] != (None, None):
                    return True
    return False
