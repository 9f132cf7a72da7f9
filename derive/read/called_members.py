r"""Numbers that are written as calls: ``h_t(x_i) \in \{-1, 1\}``, one for each i; ``D_t(i) > 0``."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from derive.language.context import Context
from derive.read import syntax as s
from derive.read.definitions import function_name
from derive.read.errors import ReadError
from derive.read.names import Form, option, parts_of
from derive.read.targets import parse_at, put, ranges_of

_BOUND = re.compile(r"(?P<call>[^=<>]*\))\s*(?:>\s*0|(?:>=|\\geq?(?:slant)?)\s*0|\\in(?![A-Za-z]).*)\s*", re.DOTALL)
_FINITE = re.compile(r".*\\in\s*\\\{[^{}]*\\\}\s*", re.DOTALL)


@dataclass(frozen=True)
class Members:
    """The name of such numbers, how they are written, and the indices that they have."""

    name: str
    base: str
    group: s.Group
    names: tuple[str, ...]
    inside: tuple[str, ...]
    relation: s.Relation


def members(context: Context, text: str, offset: int) -> Members | None:
    """``h_t(x_i)`` of a finite set, where no bare name is an argument; None if a text says anything else."""
    if not _FINITE.fullmatch(text):
        return None
    node = _of_members(parse_at(text, offset), context)
    match node:
        case s.Relation(first=s.Juxt(parts=(head, s.Group(bracket="(") as group)), rest=(("in", _),)):
            inside = tuple(dict.fromkeys(name for item in group.items for name in _indices(item, context)))
        case _:
            return None
    if not inside or not all(_indices(item, context) for item in group.items):
        return None
    base, names, _ = function_name(context, head)
    return Members(s.key(node.first), base, group, names, inside, node)


def _of_members(node: s.Node, context: Context) -> s.Node:
    """``h(x) \\in \\{-1, 1\\}`` beside data x_i: what h is at each of them."""
    match node:
        case s.Relation(first=s.Juxt(parts=(head, s.Group(bracket="(") as group)) as call):
            items = tuple(_member(item, context) for item in group.items)
            return replace(node, first=replace(call, parts=(head, replace(group, items=items))))
    return node


def _member(item: s.Node, context: Context) -> s.Node:
    decl = context.symbols.get(item.text) if isinstance(item, s.Name) else None
    if decl is None or not decl.family or decl.definition is not None:
        return item
    below = tuple(s.Name(item.start, item.stop, name) for name in decl.family_names)
    sub = below[0] if len(below) == 1 else s.Group(item.start, item.stop, "{", below, (",",) * (len(below) - 1))
    return s.Script(item.start, item.stop, item, sub)


def _indices(item: s.Node, context: Context) -> list[str]:
    """The indices that an argument is, or has below it."""
    written = [part.text for part in s.walk(item) if isinstance(part, s.Name)]
    return [name for name in written if name in context.indices]


def written_so(context: Context, found: Members) -> Context:
    """The context in which these numbers, which it declares as one, are a family that is written as calls."""
    decl = context.symbols[found.name]
    indices = (*found.names, *found.inside)
    context = context.with_symbol(replace(decl, family=ranges_of(context, indices), family_names=indices))
    old = option(context, "called").get(found.base)
    kept = tuple(form for form in old if form.name != found.name) if isinstance(old, tuple) else ()
    return put(context, "called", found.base, (*kept, Form(found.name, found.group, found.inside)))


def is_bound_of_calls(text: str, name: str, context: Context) -> bool:
    """Whether a statement bounds ``D_t(i)``, with nothing but indices in its brackets, of a ``name`` that nothing
    declares: the numbers of a family."""
    found = _BOUND.fullmatch(text)
    if found is None:
        return False
    try:
        node = parse_at(found["call"], 0)
    except ReadError:
        return False
    match node:
        case s.Juxt(parts=(head, s.Group(bracket="(", items=items))):
            parts = parts_of(head)
            called = parts is not None and name in (parts[0], s.key(head))
            return called and all(s.key(item) in context.indices for item in items)
    return False


__all__ = ["Members", "is_bound_of_calls", "members", "written_so"]
