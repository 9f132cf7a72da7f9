"""A name that nothing declares and that stands before a vector as its factor: only a number can stand there."""

from __future__ import annotations

import re

from derive.language.context import Context
from derive.language.extents import Shape
from derive.read import syntax as s
from derive.read.documents.text.spelling import spaced
from derive.read.documents.undeclared.numbers import nodes_in
from derive.read.errors import ReadError
from derive.read.latex import node_readings

_LETTER = re.compile(r"[a-z]|\\(?:alpha|beta|gamma|delta|epsilon|varepsilon|eta|kappa|lambda|mu|nu|rho|tau|xi|zeta)")
_RATES = frozenset({"\\eta", "\\lambda", "\\alpha", "\\beta", "\\gamma", "\\epsilon", "\\varepsilon"})
"""Letters that before a bracket are a factor and no function."""


def coefficient(name: str, node: s.Node | None, formulas: tuple[str, ...], context: Context) -> str:
    """The declaration of η in ``w - \\eta (g + w)`` and of a in ``a w``, where w is a vector: two columns side by side
    have no product. Nothing where some formula transposes the name, takes its norm, calls it, or writes an index.

    >>> from derive.read.declarations import declare
    >>> from derive.read.parser import parse
    >>> vectors = declare("w, g \\\\in \\\\mathbb{R}^d")
    >>> coefficient("\\\\eta", parse("w - \\\\eta (g + w)"), (), vectors)
    '\\\\eta \\\\in \\\\mathbb{R}'
    >>> coefficient("f", parse("f(g + w)"), (), vectors)
    ''
    """
    if not _LETTER.fullmatch(name) or context.options.get("elementwise"):
        return ""
    spelled = rf"(?<!\S){re.escape(spaced(name))}"
    other = re.compile(rf"{spelled} (?:\^ (?:T|\\top|\{{ (?:T|\\top) \}})|_|')(?!\S)|\\\| {spelled}(?!\S)")
    called = re.compile(rf"{spelled} \(")
    if any(other.search(text) or (name not in _RATES and called.search(text)) for text in formulas):
        return ""
    found = [
        _factor(part.parts, place)
        for part in nodes_in(node)
        if isinstance(part, s.Juxt)
        for place, before in enumerate(part.parts[:-1], 1)
        if isinstance(before, s.Name) and before.text == name
    ]
    if not any(_is_vector(after, name, context) for after in found):
        return ""
    return f"{name} \\in \\mathbb{{R}}"


def _factor(parts: tuple[s.Node, ...], place: int) -> s.Node:
    """The factor that begins here: a nabla with what it is of, ``\\nabla_w L``."""
    here = parts[place]
    is_nabla = isinstance(here, s.Script) and s.key(here.base) == "\\nabla" and here.sub is not None
    if not is_nabla or place + 1 >= len(parts):
        return here
    return s.Juxt(here.start, parts[place + 1].stop, parts[place : place + 2])


def _is_vector(node: s.Node, name: str, context: Context) -> bool:
    """Whether a factor is a vector, and cannot be the argument of a function of this name."""
    if isinstance(node, s.Group) and not (name in _RATES and len(node.items) == 1 and isinstance(node.items[0], s.Sum)):
        return False
    try:
        return all(len(typed.shape) == 1 for typed in node_readings(node, context))
    except ReadError:
        return _ends_in_vector(node, context)


def _ends_in_vector(node: s.Node, context: Context) -> bool:
    """Whether some term of a sum, with names that nothing declares, is a multiple of a vector: ``u + \\lambda w``."""
    match node:
        case s.Group(items=(s.Sum(terms=terms),)):
            return any(multiple(term, context) for _, term in terms)
    return False


def multiple(node: s.Node, context: Context) -> Shape:
    """The shape of ``\\lambda w``, a multiple of a vector by names not all of which are declared; else ()."""
    match node:
        case s.Juxt(parts=(*factors, last)) if all(isinstance(factor, s.Name | s.Number) for factor in factors):
            try:
                shapes = {typed.shape for typed in node_readings(last, context)}
            except ReadError:
                return ()
            found = shapes.pop()
            return found if not shapes and len(found) == 1 else ()
    return ()


__all__ = ["coefficient", "multiple"]
