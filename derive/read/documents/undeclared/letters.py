"""What a letter counts where it stands below names and in brackets: ``F_{bc}`` with ``\\theta_c`` and ``\\pi(c)``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields

from derive.language.context import Context
from derive.language.extents import Range
from derive.read import syntax as s
from derive.read.declarations import declare
from derive.read.documents.definitions.defining import Defined
from derive.read.documents.definitions.forgetting import without_names
from derive.read.documents.definitions.matrices import capital_of
from derive.read.errors import DeclarationError
from derive.read.names import Component, Form, conditional, fits_form, items_of, option, parts_of, split_superscript


def counted_by(node: object, name: str, context: Context) -> Iterator[Range | None]:
    """What a letter counts at each place where it stands; None where it is no subscript of something declared."""
    if isinstance(node, tuple):
        for item in node:
            yield from counted_by(item, name, context)
    if not isinstance(node, s.Node):
        return
    if isinstance(node, s.Name) and node.text == name:
        yield None
        return
    parts = parts_of(node) if isinstance(node, s.Script) else None
    if parts is not None:
        known = (*context.symbols, *option(context, "component"))
        ways = [(f"{parts[0]}_{{{given}}}", inside) for given, inside in conditional(parts[1])]
        base, inside = next((way for way in ways if way[0] in known), (*ways, (parts[0], items_of(parts[1])))[0])
        items = (*split_superscript(parts[2]).items, *inside)
        ranges = _ranges(base, len(items), context)
        paired = _paired(items, name, context) if base == "\\delta" and base not in known else None
        yield from (paired,) if paired is not None else ()
        for item, range_ in zip(items, ranges, strict=True):
            if s.key(item) != name:
                yield from counted_by(item, name, context)
            elif base in known or range_ is not None:
                yield range_
        yield from counted_by(split_superscript(parts[2]).rest, name, context)
        return
    if isinstance(node, s.Juxt):
        yield from _in_product(node.parts, name, context)
        return
    if isinstance(node, s.Group) and _is_compared(node, name, context):
        paired = _paired(_sides(node), name, context)
        yield from (paired,) if paired is not None else ()
        return
    if isinstance(node, s.BigOp) and (_binds(node.sub, name) or _left_out(node.sub, name)):
        yield from counted_by((node.sup, node.body), name, context)
        return
    for each in fields(node):
        yield from counted_by(getattr(node, each.name), name, context)


def _binds(binder: s.Node | None, name: str) -> bool:
    """Whether a sum is over a letter, with no word of what that runs over: ``\\sum_k``, ``\\sum_{k \\ne j}``."""
    match binder:
        case s.Name(text=text) | s.Relation(first=s.Name(text=text), rest=(("!=", s.Name()),)):
            return text == name
    return False


def _left_out(binder: s.Node | None, name: str) -> bool:
    """Whether a sum leaves out a letter: it counts what the letter of the sum does, whatever that is."""
    match binder:
        case s.Relation(first=s.Name(), rest=(("!=", s.Name(text=text)),)):
            return text == name
    return False


def _sides(group: s.Group) -> tuple[s.Node, ...]:
    """Both sides of a condition in brackets: ``[a = c]``, ``\\{a \\ne c\\}``."""
    match group:
        case s.Group(items=(s.Relation(first=first, rest=(("=" | "!=", second),)),)):
            return first, second
    return ()


def _is_compared(group: s.Group, name: str, context: Context) -> bool:
    """Whether a letter is compared with an index in brackets: an indicator."""
    keys = [s.key(side) for side in _sides(group)]
    return name in keys and any(key in context.indices for key in keys if key != name)


def _paired(sides: Sequence[s.Node], name: str, context: Context) -> Range | None:
    """What the index beside a letter counts, in ``[a = c]`` and in ``\\delta_{ac}``."""
    keys = [s.key(side) for side in sides]
    if len(keys) != 2 or name not in keys:
        return None
    return context.indices.get(keys[1 - keys.index(name)])


def _in_product(parts: Sequence[s.Node], name: str, context: Context) -> Iterator[Range | None]:
    """The same of factors: ``p(b) x_b`` with a p that has been defined as ``p(a)`` for every a."""
    before: s.Node | None = None
    for part in parts:
        range_ = _of_argument(before, part, name, context) if isinstance(part, s.Group) and before is not None else None
        yield from (range_,) if range_ is not None else counted_by(part, name, context)
        before = part


def _of_argument(head: s.Node | None, group: s.Group, name: str, context: Context) -> Range | None:
    """What a letter counts that is itself an argument of a family written with arguments."""
    forms = option(context, "called").get(s.key(head)) if head is not None else None
    for form in forms if isinstance(forms, tuple) else ():
        decl, given = context.symbols.get(form.name), dict[str, s.Node]()
        if not isinstance(form, Form) or decl is None or not fits_form(form.group, group, form.indices, given):
            continue
        ranges = dict(zip(decl.family_names, decl.family, strict=True))
        found = {ranges.get(index) for index, node in given.items() if s.key(node) == name}
        if len(found) == 1:
            return found.pop()
    return None


def _ranges(base: str, count: int, context: Context) -> tuple[Range | None, ...]:
    """What each of ``count`` subscripts of a name runs over."""
    component = option(context, "component").get(base)
    decl = context.symbols.get(component.whole if isinstance(component, Component) else base)
    more = option(context, "variants").get(base)  # numbers a_i beside a number a
    if isinstance(more, tuple) and (decl is None or count > len(decl.family) + len(decl.shape)):
        others = [context.symbols[name] for name in more if name in context.symbols]
        fitting = [each for each in others if count <= len(each.family) + len(each.shape)]
        decl = fitting[0] if len(fitting) == 1 else decl
    if decl is None and count == 2:
        decl = capital_of(base, context)
    if decl is None or count > len(decl.family) + len(decl.shape):
        return (None,) * count
    return (*decl.family, *(Range.upto(extent) for extent in decl.shape))[:count]


def bound_letter(letter: str, nodes: Sequence[s.Node], context: Context) -> Defined | None:
    """``\\sum_{k \\ne i} e_{ki}`` of the declared numbers e_{ij}: k runs over what it counts in all that is summed."""
    taken = (context.symbols, context.sizes, context.indices, context.functions)
    if not re.fullmatch(r"[a-z]", letter) or any(letter in names for names in taken):
        return None
    places: list[Range | None] = []
    for each in (part for node in nodes for part in s.walk(node)):
        binder = each.sub if isinstance(each, s.BigOp) else None
        bound = () if binder is None else [part.text for part in s.walk(binder) if isinstance(part, s.Name)]
        if len(bound) > 1 and not {*bound} - {letter} <= {*context.indices}:
            return None  # \\sum_{k \\ne l}, where l may be bound as well
        if isinstance(each, s.BigOp) and letter in bound:
            places += counted_by(each.body, letter, context)
    if not places or places[0] is None or any(range_ != places[0] for range_ in places):
        return None
    text = f"index {letter} = {places[0]}"
    try:
        return Defined(declare(text, context), text)
    except DeclarationError:
        return None


def counting_here(name: str, section: Sequence[s.Node], context: Context, earlier: frozenset[str]) -> Defined | None:
    """``\\theta_c`` where c was any number in an earlier section, and counts the same thing everywhere in this one."""
    letter = name.rpartition("_")[2].strip("{}")
    decl = context.symbols.get(letter)
    if len(letter) != 1 or letter not in earlier or decl is None or decl.definition is not None or decl.family:
        return None
    if decl.shape or letter in context.indices or letter in context.sizes:
        return None
    places = list(counted_by(tuple(section), letter, context))
    if not places or places[0] is None or any(range_ != places[0] for range_ in places):
        return None
    text = f"index {letter} = {places[0]}"
    try:
        return Defined(declare(text, without_names(context, frozenset({letter}))), text)
    except DeclarationError:
        return None


def counted_in(name: str, section: Sequence[s.Node], context: Context) -> Defined | None:
    """``\\sum_k y_k`` where k counts the same thing wherever else this section has it below something declared."""
    places = [range_ for node in section for range_ in counted_by(node, name, context)]
    if not re.fullmatch(r"[a-z]", name) or not places or places[0] is None:
        return None
    if any(range_ != places[0] for range_ in places):
        return None
    text = f"index {name} = {places[0]}"
    try:
        return Defined(declare(text, context), text)
    except DeclarationError:
        return None


def counting_otherwise(
    letter: str, section: Sequence[s.Node], context: Context, before: Mapping[str, Range]
) -> Defined | None:
    """``u_j``, j = 1..m, where ``before``, in another section, j counted something else: it does so no more, if in this
    one it counts the same thing everywhere."""
    if letter not in before or context.indices.get(letter) != before[letter]:
        return None
    places = list(counted_by(tuple(section), letter, context))
    if not places or places[0] in (None, before[letter]) or any(range_ != places[0] for range_ in places):
        return None
    text = f"index {letter} = {places[0]}"
    try:
        return Defined(declare(text, context), text)
    except DeclarationError:
        return None
