r"""Kernel functions of which only values are named: ``K_{ij} = k(x_i, x_j)`` says how entries of K are also written."""

from __future__ import annotations

import re
from dataclasses import replace

from derive.language.context import Context, Definition, SymbolDecl
from derive.language.extents import Range
from derive.language.terms import Entry, Index, Sym, Term
from derive.read import syntax as s
from derive.read.declarations import declare
from derive.read.documents.definitions.defining import Defined, is_undeclared
from derive.read.errors import DeclarationError, ReadError
from derive.read.latex import is_readable, node_readings
from derive.read.names import Form, items_of, option, parts_of
from derive.read.targets import put


def named_value(node: s.Node, context: Context) -> Defined | None:
    """The context in which a call of an unknown function of two points is what an equation says: an entry of a matrix
    (``K_{ij} = k(x_i, x_j)``, for all i and j), or a new name (``k_{**} = k(x_*, x_*)``)."""
    match node:
        case s.Relation(first=left, rest=((("=" | ":="), s.Juxt(parts=(head, s.Group(bracket="(") as group))),)):
            pass
        case _:
            return None
    if len(group.items) != 2 or parts_of(head) is None or not all(_is_point(item) for item in group.items):
        return None
    name = s.key(head)
    if name in context.functions or name in context.symbols or is_readable(node.rest[0][1], context):
        return None
    context = _with_letters(left, context)
    letters = [letter for item in group.items for letter in _letters(item, context)]
    if letters:
        return _of_entries(left, name, group, letters, context)
    if option(context, "called").get(name) is None or not is_undeclared(left, context):
        return None
    try:
        context = declare(f"{s.key(left)} \\in \\mathbb{{R}}", context)
    except DeclarationError:
        return None
    whole = next(reversed(tuple(context.symbols)))
    return Defined(_written(context, name, Form(whole, group)), f"{name}{s.key(group)} is {s.key(left)}")


def _of_entries(left: s.Node, name: str, group: s.Group, letters: list[str], context: Context) -> Defined | None:
    if len(letters) != 2 or len(set(letters)) != 2:
        return None
    try:
        (typed,) = node_readings(left, context)
    except (ReadError, ValueError):
        return None
    if typed.shape or not isinstance(typed.term, Entry | Sym):
        return None
    return _as_family(typed.term, name, group, tuple(letters), context, s.key(left))


def _as_family(
    term: Term, name: str, group: s.Group, letters: tuple[str, ...], context: Context, shown: str
) -> Defined | None:
    """The values of a function at the members of families as numbers with these indices."""
    if any(letter not in context.indices for letter in letters):
        return None
    own = f"{name}{{{'' if not option(context, 'called').get(name) else shown}}}"
    ranges = tuple(context.indices[letter] for letter in letters)
    decl = SymbolDecl(own, ranges, letters, (), definition=Definition(letters, term))
    return Defined(
        _written(context.with_symbol(decl), name, Form(own, group, letters)), f"{name}{s.key(group)} is {shown}"
    )


def _written(context: Context, name: str, form: Form) -> Context:
    """The more special form is tried first."""
    old = option(context, "called").get(name)
    return put(context, "called", name, (form, *(old if isinstance(old, tuple) else ())))


def at_marked_point(context: Context) -> Defined | None:
    """``k_* \\in \\mathbb{R}^n`` beside ``K_{ij} = k(x_i, x_j)``: its entries are ``k(x_i, x_*)``."""
    for name, forms in option(context, "called").items():
        for form in forms if isinstance(forms, tuple) else ():
            if not isinstance(form, Form) or len(form.indices) != 2 or len(form.group.items) != 2:
                continue
            for vector in list(context.symbols.values()):
                mark = re.fullmatch(re.escape(name) + r"_(\*|\\star)", vector.name)
                made = _column(name, form, vector, context) if mark else None
                if made is not None:
                    return made
    return None


def _column(name: str, form: Form, vector: SymbolDecl, context: Context) -> Defined | None:
    first, second = form.group.items
    index = form.indices[0]
    free = not (vector.family or vector.definition or vector.depends)
    if (
        not free
        or vector.shape != (context.indices[index].high,)
        or context.indices[index] != Range.upto(vector.shape[0])
    ):
        return None
    mark = vector.name.rpartition("_")[2]
    point = _marked(second, mark)
    group = replace(form.group, items=(first, point))
    known = option(context, "called").get(name)
    if any(s.key(each.group) == s.key(group) for each in (known if isinstance(known, tuple) else ())):
        return None
    entry = Entry(Sym(vector.name), (Index(index),))
    return _as_family(entry, name, group, (index,), context, f"{{{vector.name}}}_{index}")


def _marked(node: s.Node, mark: str) -> s.Node:
    """``x_*`` for ``x_j``."""
    if isinstance(node, s.Script):
        return replace(node, sub=s.Name(node.start, node.stop, mark))
    return node


def at_a_member(text: str, context: Context) -> str:
    r"""``f(\cdot) = \sum_i a_i k(x_i, \cdot)`` at the points that k is known at, if their name is no longer than the
    dot; else the text as it is."""
    if not re.search(r"\(\s*\\cdot\s*\)\s*(?::?=)", text):
        return text
    for name, forms in option(context, "called").items():
        for form in forms if isinstance(forms, tuple) else ():
            point = s.key(form.group.items[-1]) if isinstance(form, Form) and len(form.indices) == 2 else ""
            if point and len(point) <= len(r"\cdot") and re.search(re.escape(name) + r"\s*\([^()]*\\cdot", text):
                padded = point.ljust(len(r"\cdot")).replace("\\", r"\\")
                return re.sub(r"(?<=[(,])(\s*)\\cdot(?=\s*\))", rf"\g<1>{padded}", text)
    return text


def _with_letters(left: s.Node, context: Context) -> Context:
    """The context in which the letters below a matrix are indices of what they count there."""
    parts = parts_of(left)
    decl = context.symbols.get(parts[0]) if parts is not None else None
    if parts is None or decl is None or decl.family or len(items_of(parts[1])) != len(decl.shape):
        return context
    for item, extent in zip(items_of(parts[1]), decl.shape, strict=True):
        places = (context.indices, context.sizes, context.symbols, context.functions)
        if re.fullmatch("[a-z]", s.key(item)) and not any(s.key(item) in place for place in places):
            context = context.with_index(s.key(item), Range.upto(extent))
    return context


def _is_point(node: s.Node) -> bool:
    return isinstance(node, s.Name | s.Script) and parts_of(node) is not None


def _letters(node: s.Node, context: Context) -> list[str]:
    """The indices below a point."""
    parts = parts_of(node)
    return [s.key(item) for item in items_of(parts[1]) if s.key(item) in context.indices] if parts is not None else []


def is_other_norm(node: s.Node) -> bool:
    r"""``\|f\|_{\mathcal H}^2 = …``: what the norm of a space is, which only the text can say."""
    if not isinstance(node, s.Relation) or node.rest[0][0] not in ("=", ":="):
        return False
    match node.first:
        case s.Script(base=s.Group(bracket="||"), sub=s.Node() as space):
            return s.key(space).startswith(("\\mathcal{", "\\mathscr{"))
    return False


__all__ = ["at_a_member", "at_marked_point", "is_other_norm", "named_value"]
