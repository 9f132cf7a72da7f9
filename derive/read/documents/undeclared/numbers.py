"""Names that nothing declares and that can only be numbers: summands of an exponent, arguments of a scalar function."""

from __future__ import annotations

import re
from collections.abc import Iterator

from derive.language.context import Context, SymbolDecl
from derive.language.operators import OPERATORS
from derive.read import syntax as s
from derive.read.documents.text.spelling import faceless, spaced
from derive.read.names import items_of, parts_of
from derive.read.notation import BUILTIN_WORDS


def in_exponent(name: str, node: s.Node | None, formulas: tuple[str, ...], context: Context) -> str:
    """The declaration of ``z_i`` in ``e^{z_i + c}``, and of c: only numbers are added up in an exponent of e. An index
    that has no range yet takes that of another one with which the name is met (``\\sum_{j=1}^K e^{z_j}``)."""
    summands = list(_summands(node, context))
    if faceless(name) != name or not any(name == s.key(term) for term in summands):
        return ""
    parts = next((parts_of(term) for term in summands if s.key(term) == name), None)
    if parts is None or parts[1] is None:
        return f"{name} \\in \\mathbb{{R}}"
    letters = [s.key(item) for item in items_of(parts[1])]
    if all(letter in context.indices for letter in letters):
        return f"{name} \\in \\mathbb{{R}}"
    if len(letters) != 1 or not re.fullmatch(r"[a-z]", letters[0]):
        return ""
    wanted = re.compile(rf"(?<!\S){re.escape(spaced(parts[0]))} _ ([a-z])(?!\S)")
    known = {letter for text in formulas for letter in wanted.findall(text) if letter in context.indices}
    ranges = {str(context.indices[letter]) for letter in known}
    return f"{parts[0]}_{min(known)} \\in \\mathbb{{R}}" if len(ranges) == 1 else ""


def as_argument(name: str, node: s.Node | None, context: Context) -> str:
    """The declaration of ``a`` in ``\\sigma'(a) = \\sigma(a) (1 - \\sigma(a))``: met only as the argument of functions
    of one number, it is any number."""
    if node is None or not re.fullmatch(r"[a-z]|\\[a-z]+", name):
        return ""
    inside = sum(1 for head, group in _calls(node) if s.key(group.items[0]) == name and _is_scalar(head, context))
    everywhere = sum(1 for part in nodes_in(node) if isinstance(part, s.Name) and part.text == name)
    return f"{name} \\in \\mathbb{{R}}" if inside and inside == everywhere else ""


def dummy_of(node: s.Node | None, context: Context) -> tuple[str, ...]:
    """``a`` in ``\\tanh'(a) = 1 - \\tanh^2(a)`` where only the numbers a_t are declared: all that this speaks of are
    functions."""
    if not isinstance(node, s.Relation):
        return ()
    found = {part.text for part in nodes_in(node) if isinstance(part, s.Name) and part.text in context.symbols}
    if len(found) != 1 or not all(context.symbols[name].family for name in found):
        return ()
    return tuple(name for name in found if as_argument(name, node, context))


def _is_scalar(head: s.Node, context: Context) -> bool:
    """Whether a function takes one number, which is no choice of ours."""
    base = head.base if isinstance(head, s.Script) and head.sub is None else head
    row = OPERATORS.get(BUILTIN_WORDS.get(base.text, "")) if isinstance(base, s.Word) else None
    if row is not None and row.elementwise:
        return True
    parts = parts_of(head)
    decl = None if parts is None else context.functions.get(parts[0].rstrip("'"))
    if decl is None or decl.family:
        return False
    row = OPERATORS.get(decl.builtin) if decl.builtin is not None else None
    return row.elementwise if row is not None else decl.param_shapes == ((),)


def _calls(node: s.Node) -> Iterator[tuple[s.Node, s.Group]]:
    """Every ``f(x)`` with one argument."""
    for part in nodes_in(node):
        if isinstance(part, s.Juxt):
            for head, group in zip(part.parts, part.parts[1:], strict=False):
                if isinstance(group, s.Group) and group.bracket == "(" and len(group.items) == 1:
                    yield head, group


def _summands(node: s.Node | None, context: Context) -> Iterator[s.Node]:
    """What is added up in an exponent of e, or beside a number in one of something positive: ``\\theta^{a - 1}``."""
    for part in nodes_in(node):
        if not isinstance(part, s.Script) or part.sup is None or part.sub is not None:
            continue
        sup = part.sup.items[0] if isinstance(part.sup, s.Group) and len(part.sup.items) == 1 else part.sup
        terms = [term for _, term in sup.terms] if isinstance(sup, s.Sum) else []
        if s.key(part.base) == "e":
            yield from terms or (sup,)
        elif any(isinstance(term, s.Number) for term in terms) and _is_positive(part.base, context):
            yield from terms


def _is_positive(base: s.Node, context: Context) -> bool:
    """Whether only a number can stand here below an exponent: a declared positive one, or 1 less such a one."""
    match base:
        case s.Name(text=text):
            decl = context.symbols.get(text)
            return decl is not None and not decl.shape and not decl.family and _bounded(decl)
        case s.Group(bracket="(", items=(s.Sum(terms=(("" | "+", s.Number(text="1")), ("-", s.Name() as other))),)):
            return _is_positive(other, context)
    return False


def _bounded(decl: SymbolDecl) -> bool:
    return bool(decl.properties & {"positive", "nonnegative", "unit", "open_unit"}) or decl.low is not None


def nodes_in(value: object) -> Iterator[s.Node]:
    """Every node of a tree."""
    if isinstance(value, tuple):
        for item in value:
            yield from nodes_in(item)
    elif isinstance(value, s.Node):
        yield from s.walk(value)
