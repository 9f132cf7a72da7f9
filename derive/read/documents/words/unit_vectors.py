"""Vectors that words call unit vectors: ``a unit vector $u$``, ``where $u$ has unit norm``."""

from __future__ import annotations

import re

from derive.language.context import Context
from derive.read import syntax as s
from derive.read.declarations import declare
from derive.read.documents.definitions.defining import Defined, mentions
from derive.read.errors import DeclarationError, ReadError
from derive.read.names import parts_of
from derive.read.parser import parse

_THING = (
    r"(?:vector|direction|embedding|feature|representation|point|key|quer(?:y|ie)|code|column|row|encoding|prototype|"
    r"descriptor|output|input|anchor|projection)s?"
)
_UNIT = rf"unit(?:[-\s](?:norm|length))?\s+(?:[a-z]+\s+)?{_THING}"
_BEFORE = re.compile(rf"(?i)\b{_UNIT}(?:\s+along)?\s*\Z")
_AFTER = re.compile(
    rf"(?i)\s*,?\s*(?:which\s+|that\s+)?(?:(?:(?:is|are|be)\s+|\ba\s+)(?:an?\s+|two\s+|all\s+|both\s+)?{_UNIT}|"
    rf"(?:(?:are|is|be)\s+(?:an?\s+|two\s+|the\s+)?(?:[a-z]+\s+)?{_THING}\s+)?(?:(?:all|both)\s+)?(?:has|have|having|with|of)\s+(?:an?\s+)?(?:\w+\s+)?"
    r"unit\s+(?:norm|length)|"
    r"(?:(?:is|are|be|has\s+been|have\s+been)\s+)?(?:all\s+|both\s+)?(?:re-?)?(?:normali[sz]ed|scaled)\s+to\s+"
    r"(?:have\s+)?(?:an?\s+)?unit\s+(?:norm|length)|"
    r"(?:lie|lies|lying|live|lives|living|is|are)\s+(?:all\s+|both\s+)?on\s+the\s+unit\s+(?:hyper-?)?sphere)\b"
)
_FOR = re.compile(r"(?i)\bfor\s+(?:(?:an?|any|all|every|each|two)\s+)*unit\b[^.;]*\Z")
_SPACE = re.compile(r"\s*\\in\s*\\mathbb\s*(?:\{\s*R\s*\}|R)\s*(?:\^\s*(?:\{[^{}]*\}|\w))?\s*\Z")
_DOUBTED = re.compile(r"(?i)\b(?:not|no|never|if|whether|unless|when(?:ever)?)\b[^.;]*\Z")


def unit_vector(text: str, words: str, after: str, context: Context, new: bool = False) -> Defined | None:
    """``u^\\top u = 1`` of each vector which nothing defines, in a formula that only names them or lays them down,
    where the words beside it call them unit vectors, without *not* or *if*; not ``for a unit vector $u$``, unless that
    is all that is known of it (``new``)."""
    if not new and _FOR.search(words):
        return None
    said = [f"assume {each}" for each in equations(text, words, after, context)]
    try:
        return Defined(declare(" ; ".join(said), context), " ; ".join(said)) if said else None
    except DeclarationError:
        return None


def for_unit_vectors(text: str, words: str, context: Context) -> tuple[str, ...]:
    """The same of what a formula lays down, where it holds in its sentence alone: ``for a unit vector $u \\in V$``."""
    return equations(text, words, "", context) if _FOR.search(words) and _SPACE.search(text.strip(" .,;")) else ()


def equations(text: str, words: str, after: str, context: Context) -> tuple[str, ...]:
    """What the words beside a formula say of the vectors in it; nothing if one is none, or something is known of it."""
    if _DOUBTED.search(words) or not (_BEFORE.search(words) or _AFTER.match(after)):
        return ()
    text = _SPACE.sub("", text.strip(" .,;"))
    member = _member(text, context)
    names = [member] if member else [_vector(each, context) for each in text.split(",")]
    return tuple(f"{name}^\\top {name} = 1" for name in names if name) if all(names) else ()


_LIST = re.compile(
    r"\s*(?P<base>\\?[A-Za-z]+)_1\s*,(?:\s*(?P=base)_2\s*,)?\s*\\[lc]?dots[bc]?\s*,\s*(?P=base)_\{?\w+\}?\s*"
)


def _member(text: str, context: Context) -> str | None:
    """Any one of the vectors that ``x_1, \\dots, x_N`` lists, of which nothing else is known."""
    found = _LIST.fullmatch(text)
    decl = context.symbols.get(found["base"]) if found is not None else None
    if decl is None or len(decl.shape) != 1 or len(decl.family) != 1 or decl.definition is not None or decl.depends:
        return None
    index = next((letter for letter, range_ in context.indices.items() if range_ == decl.family[0]), None)
    known = any(mentions(fact.statement, decl.name) for fact in context.facts)
    return f"{decl.name}_{index}" if index is not None and not known else None


def _vector(text: str, context: Context) -> str | None:
    """The vector of which nothing is known yet that a text names."""
    try:
        node = parse(text)
    except ReadError:
        return None
    decl = context.symbols.get(s.key(node)) if parts_of(node) is not None else None
    if decl is None or len(decl.shape) != 1 or decl.family or decl.definition is not None or decl.depends:
        return None
    return None if any(mentions(fact.statement, decl.name) for fact in context.facts) else decl.name


__all__ = ["for_unit_vectors", "unit_vector"]
