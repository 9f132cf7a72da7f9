"""Names that are like a declared one: decorated, starred, a copy in a sample, one more of its family."""

from __future__ import annotations

import itertools
import re

from derive.language.context import Context, SymbolDecl
from derive.read import syntax as s
from derive.read.documents.definitions.defining import Defined, unmarked
from derive.read.documents.definitions.forgetting import without_names
from derive.read.documents.definitions.sampling import SAMPLE, entries
from derive.read.documents.undeclared.evidence import Evidence, declared, misfits, parts_of_name, shape_of, space_of
from derive.read.documents.undeclared.scripted_names import shape_of_siblings
from derive.read.errors import ReadError
from derive.read.names import BELOW_MARKS, option, parts_of
from derive.read.parser import parse


def any_point(name: str, context: Context, evidence: Evidence) -> Defined | None:
    """``x`` beside ``x^{(i)} \\in \\mathbb{R}^d``: another point of that space."""
    decl = context.symbols.get(name)
    if decl is None or not decl.shape or not decl.family or decl.definition is not None:
        return None
    done = declared(f"{name} \\in {space_of(decl.shape)}", context)
    return done if done is not None and not misfits(evidence.node, done.context) else None


def two_classes(name: str, context: Context, evidence: Evidence) -> Defined | None:
    """``\\phi_{j0}`` of a family over the classes 1..K, where the words now say that there are two: over 0 and 1."""
    if not re.search(r"(?i)\btwo\s+classes\b|\bbinary\b", evidence.words):
        return None
    base, _, member = name.rpartition("_")
    decl = context.symbols.get(base)
    if member != "0" or decl is None or not decl.family or decl.definition is not None or decl.shape:
        return None
    taken = (*context.indices, *context.sizes, *context.symbols)
    letter = next((each for each in "cabuvrsjklmpq" if each not in taken), "")
    if not letter:
        return None
    family = ",".join((*decl.family_names[:-1], letter))
    bounds = "\\in (0,1)" if decl.low is not None or "open_unit" in decl.properties else "\\in \\mathbb{R}"
    text = f"index {letter} = 0..1 ; {base}_{{{family}}} {bounds}"
    return declared(text.replace(" ; ", "\n"), without_names(context, frozenset({base})))


def not_an_entry(name: str, context: Context, evidence: Evidence) -> Defined | None:
    """``w_0`` beside a vector w whose entries count from 1: the true w, or a number, whichever all formulas fit."""
    base, _, member = name.rpartition("_")
    decl = context.symbols.get(base)
    if member != "0" or decl is None or len(decl.shape) != 1 or decl.family:
        return None
    nodes = [node for node in evidence.section if any(s.key(part) == name for part in s.walk(node))]
    fits = [
        done
        for space in (space_of(decl.shape), space_of(()))
        if (done := declared(f"{name} \\in {space}", context)) is not None
        and not any(misfits(node, done.context) for node in nodes)
    ]
    behind = any(_behind_matrix(part, name, context) for node in nodes for part in s.walk(node))
    return fits[0] if len(fits) == 1 or (fits and behind) else None


def _behind_matrix(node: s.Node, name: str, context: Context) -> bool:
    """``X w_0``: a number would stand before the matrix."""
    parts = node.parts if isinstance(node, s.Juxt) else ()
    pairs = itertools.pairwise(parts)
    return any(s.key(last) == name and len(shape_of(first, context) or ()) == 2 for first, last in pairs)


def decorated(name: str, context: Context, evidence: Evidence) -> Defined | None:
    """``\\hat{x}^-`` where x is declared: something of the same space."""
    for other in _undecorated(name):
        decl = _decl_of(other, context)
        if decl is not None and not isinstance(decl.label_range, tuple) and decl.label_range is None:
            mark = "" if re.fullmatch(r"[^^]*(?:\^(?:[-+*]|\\star|\{[-+*]\}))?", name) else "name "
            return declared(f"{mark}{name} \\in {space_of(decl.shape)}", context)
    return None


def _undecorated(name: str) -> list[str]:
    """What is left of a name without one or all of its accents and marks."""
    found: list[str] = []
    todo = [name]
    while todo:
        here = todo.pop(0)
        plain = re.sub(r"\^\s*\{?\s*[-+]\s*\}?", "", here)
        more = [each.strip() for each in (plain, *unmarked(here)) if each.strip() != here]
        found += [each for each in more if each not in found]
        todo += [each for each in more if each not in todo]
    return found


def _decl_of(name: str, context: Context) -> SymbolDecl | None:
    """What is declared under a name: a quantity, or the family that it is a member of without its index."""
    try:
        node = parse(name)
    except ReadError:
        return None
    parts = parts_of(node)
    key = s.key(node)
    if key in context.symbols:
        return context.symbols[key]
    return None if parts is None else context.symbols.get(parts[0])


def sibling(name: str, context: Context, evidence: Evidence) -> Defined | None:
    """``x_{t-1}`` where ``x_t`` is declared: something of the same space."""
    parts = parts_of_name(name)
    if parts is None or parts[1] is None or parts[2] is not None:
        return None
    shape = shape_of_siblings(parts[0], context)
    return None if shape is None else declared(f"{name} \\in {space_of(shape)}", context)


def starred(name: str, context: Context, evidence: Evidence) -> Defined | None:
    """``x_*`` beside the members ``x_i``: one more of their space."""
    parts = parts_of_name(name)
    if parts is None or parts[1] is None or s.key(parts[1]) not in BELOW_MARKS or parts[2] is not None:
        return None
    decl = context.symbols.get(parts[0])
    if decl is None or len(decl.family) != 1 or decl.definition is not None or decl.label_range is not None:
        return None
    return declared(f"{name} \\in {space_of(decl.shape)}", context)


def copy_in_sample(name: str, context: Context, evidence: Evidence) -> Defined | None:
    """``X_i`` of a sample, where the distribution of the number X is stated: independent, and distributed like it."""
    parts = parts_of_name(name)
    density = None if parts is None else option(context, "distributed").get(parts[0])
    if parts is None or parts[1] is None or not isinstance(density, s.Node) or not SAMPLE.search(evidence.words):
        return None
    decl, range_ = context.symbols.get(parts[0]), context.indices.get(s.key(parts[1]))
    if decl is None or decl.shape or decl.family or range_ is None or range_.low.constant != 1:
        return None
    return entries(parts[0], range_, density, context)


__all__ = [
    "any_point",
    "copy_in_sample",
    "decorated",
    "not_an_entry",
    "sibling",
    "starred",
    "two_classes",
]
