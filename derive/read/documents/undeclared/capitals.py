r"""``\mathbf{X}`` beside vectors ``\mathbf{x}_n``, declared nowhere: the matrix of these, as rows or columns."""

from __future__ import annotations

from dataclasses import replace

from derive.language.context import Context
from derive.read import syntax as s
from derive.read.documents.definitions.defining import Defined
from derive.read.documents.definitions.matrices import lines_of_capital, stacked
from derive.read.documents.undeclared.evidence import Evidence, declared
from derive.read.errors import ReadError, ShapeRefusal
from derive.read.latex import readings, relation_terms
from derive.read.parser import parse


def matrix_of_vectors(name: str, context: Context, evidence: Evidence) -> Defined | None:
    """The matrix with these rows, or with these columns, if the formulas of the section fit one of the two only."""
    lines = lines_of_capital(name, context)
    if lines is None or lines.definition is not None or lines.depends is not None:
        return None
    (letter,), (count,), (length,) = lines.family_names, lines.family, lines.shape
    if count.high == length or context.indices.get(letter) != count:
        return None
    links = [link for node in evidence.section if isinstance(node, s.Relation) for link in _links(node)]
    about = [link for link in links if any(s.key(part) == name for part in s.walk(link))]
    found: list[Defined] = []
    for side, shape in (("row", (count.high, length)), ("column", (length, count.high))):
        text = f"{name} \\in \\mathbb{{R}}^{{{shape[0]} \\times {shape[1]}}}"
        first = declared(text, context)
        whole = None if first is None else stacked(parse(f"{lines.name}_{letter}"), name, side, first.context)
        if first is None or whole is None:
            return None
        fits = [_fits(node, first.context) for node in about]
        if False not in fits and True in fits:
            found.append(Defined(whole.context, f"{text} ; {whole.text}"))
    return found[0] if len(found) == 1 else None


def _links(node: s.Relation) -> list[s.Relation]:
    """Each two sides of a chain."""
    sides = (node.first, *(side for _, side in node.rest))
    return [replace(node, first=one, rest=(rest,)) for one, rest in zip(sides, node.rest, strict=False)]


def _fits(node: s.Relation, context: Context) -> bool | None:
    """Whether the shapes of an equation fit; None where that cannot be told."""
    try:
        return bool(readings(context, lambda resolver: relation_terms(resolver, node)))
    except ShapeRefusal:
        return False
    except ReadError:
        return None


__all__ = ["matrix_of_vectors"]
