"""Matrices and vectors that nothing declares, in identities: ``(A + u v^\\top)^{-1}`` shows what A, u and v are."""

from __future__ import annotations

import re

from derive.language.context import Context
from derive.language.extents import Extent
from derive.read import syntax as s
from derive.read.declarations import declare
from derive.read.documents.undeclared.numbers import nodes_in
from derive.read.errors import DeclarationError, ReadError, Undeclared
from derive.read.latex import node_readings
from derive.read.names import TRANSPOSE_MARKS, parts_of

MOST_TOGETHER = 3
"""How many names one formula may tell together."""


def inverted(name: str, node: s.Node | None, context: Context) -> str:
    """The declaration of a capital letter whose inverse is written, in a formula with a transpose, where nothing else
    in the formula has a shape yet: a square matrix of a new size."""
    if node is None or not re.fullmatch(r"[A-Z]|\\(?:mathbf|boldsymbol)\{[A-Z]\}", name):
        return ""
    if not any(_is_raised(part, name, {"-1"}) for part in nodes_in(node)) or not _transposes(node):
        return ""
    if any(decl.shape for decl in context.symbols.values() if decl.name in _letters(node)):
        return ""
    taken = (context.sizes, context.symbols, context.functions, context.indices, _letters(node))
    size = next((each for each in "nmdpq" if not any(each in names for names in taken)), "")
    return f"{name} \\in \\mathbb{{R}}^{{{size} \\times {size}}}" if size else ""


def vectors(name: str, node: s.Node | None, context: Context) -> str:
    """The declaration of small letters as the vectors of the only size with which the whole formula can be read; one of
    them has to be transposed in it."""
    if not isinstance(node, s.Relation) or not re.fullmatch(r"[a-z]", name):
        return ""
    shapes = [decl.shape for each, decl in context.symbols.items() if each in _letters(node)]
    sizes = list(dict.fromkeys(extent for shape in shapes for extent in shape))
    if not sizes or not any(_is_raised(part, "", TRANSPOSE_MARKS) for part in nodes_in(node)):
        return ""
    found = [text for size in sizes[:MOST_TOGETHER] if (text := _all_vectors(name, node, size, context))]
    return found[0] if len(found) == 1 else ""


def _all_vectors(name: str, node: s.Relation, size: Extent, context: Context) -> str:
    """The names, this one first, that have to be vectors of this size for the formula to be read; nothing if that does
    not do."""
    names = [name]
    while len(names) <= MOST_TOGETHER:
        text = f"{', '.join(names)} \\in \\mathbb{{R}}^{{{size}}}"
        try:
            with_them = declare(text, context)
            shapes = [
                node_readings(side, with_them)[0].shape for side in (node.first, *(side for _, side in node.rest))
            ]
        except Undeclared as problem:
            if not re.fullmatch(r"[a-z]", problem.name) or problem.name in names:
                return ""
            names.append(problem.name)
        except (ReadError, DeclarationError):
            return ""
        else:
            marked = any(_is_raised(part, each, TRANSPOSE_MARKS) for part in nodes_in(node) for each in names)
            return text if marked and all(shape == shapes[0] for shape in shapes) else ""
    return ""


def _is_raised(node: s.Node, name: str, marks: set[str] | frozenset[str]) -> bool:
    """Whether this is a name (any, if none is given) with one of these superscripts."""
    if not isinstance(node, s.Script) or node.sup is None or s.key(node.sup) not in marks:
        return False
    parts = parts_of(node.base)
    return parts is not None and name in ("", parts[0])


def _transposes(node: s.Node) -> bool:
    return any(_is_raised(part, "", TRANSPOSE_MARKS) for part in nodes_in(node))


def _letters(node: s.Node) -> frozenset[str]:
    return frozenset(part.text for part in nodes_in(node) if isinstance(part, s.Name))
