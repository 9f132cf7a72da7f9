"""Lines whose right side has no shape: what can still be said of them, and whether the shapes were the author's own."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import fields

from derive.language.claims import Misshapen
from derive.language.context import Context
from derive.language.dependencies import depends_on, mentioned
from derive.language.extents import show_shape
from derive.language.operators import ShapeError
from derive.language.shapes import shape_of
from derive.language.terms import Array, Index, Sym, Term, subterms
from derive.read import syntax as s
from derive.read.documents.steps.passages import is_zero
from derive.read.errors import ReadError, ShapeRefusal
from derive.read.latex import Link, node_readings
from derive.read.names import parts_of


def misshapen(
    link: Link, first: tuple[Term, ...], right: s.Node, problem: ReadError, context: Context, guessed: Iterable[str]
) -> Misshapen | None:
    """A link whose right side has no shape, against the ``first`` side of its chain; None if that side is not clear, or
    if a shape in it was only ``guessed``: then nobody can tell who is wrong."""
    if not isinstance(problem, ShapeRefusal) or link.op != "=" or link.right or len(first) != 1:
        return None
    left = first[0]
    try:
        shape_of(left, context)
    except ShapeError:
        return None
    known = {*mentioned(context, left)}
    for name in _symbols(right, context):
        for guess in guessed:
            if _rests_on(name, guess, context) and not any(_rests_on(each, guess, context) for each in known):
                return None
    return None if is_zero(left) else Misshapen(left, problem.message)


def misfit_of_a_guess(link: Link, context: Context, guessed: Iterable[str], used: Iterable[str]) -> str:
    """That the sides of an equation have different shapes, where one of them rests on a shape that only this line has
    told: then nobody can tell who is wrong."""
    if link.op != "=" or len(link.left) != 1 or len(link.right) != 1 or is_zero(link.right[0]) or is_zero(link.left[0]):
        return ""
    new = {*guessed} - {*used}
    try:
        shapes = [shape_of(term, context) for term in (link.left[0], link.right[0])]
    except ShapeError:
        return ""
    bare = "" if () not in shapes else _bare_letter(link.left[0] if shapes[0] else link.right[0], context)
    if bare and shapes[0] != shapes[1]:
        return f"{bare} is all of its members here, and the other side is a number (write an index, or declare {bare})"
    names = {part.name for term in (link.left[0], link.right[0]) for part in subterms(term) if isinstance(part, Sym)}
    if shapes[0] == shapes[1] or not names & new:
        return ""
    left, right = (show_shape(shape) for shape in shapes)
    return f"the sides have different shapes: {left} and {right} (declare {min(names & new)})"


def _bare_letter(term: Term, context: Context) -> str:
    """A family of numbers that a term has as the vector of its members."""
    for part in subterms(term):
        match part:
            case Array(body=Sym(name=name, indices=(Index(name=own),)), vars=((variable, _),)) if own == variable:
                decl = context.symbols.get(name)
                if decl is not None and not decl.shape:
                    return name
    return ""


def _rests_on(name: str, guess: str, context: Context) -> bool:
    return name == guess or depends_on(context, name, guess)


def _symbols(node: object, context: Context) -> list[str]:
    """The quantities that a tree mentions; all that are spelled alike, where a name cannot be read alone."""
    if isinstance(node, tuple):
        return [name for item in node for name in _symbols(item, context)]
    if not isinstance(node, s.Node):
        return []
    parts = parts_of(node)
    if parts is None:
        return [name for item in fields(node) for name in _symbols(getattr(node, item.name), context)]
    try:
        terms = [typed.term for typed in node_readings(node, context)]
    except ReadError:
        return [name for name in context.symbols if _stem(name) == _stem(parts[0])]
    return [part.name for term in terms for part in subterms(term) if isinstance(part, Sym)]


def _stem(name: str) -> str:
    return re.split(r"[_^{]", name)[0]


__all__ = ["misfit_of_a_guess", "misshapen"]
