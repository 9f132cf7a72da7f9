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

_BEFORE = re.compile(r"(?i)\bunit(?:[- ](?:norm|length))?\s+(?:vector|direction)(?:\s+along)?\s*\Z")
_AFTER = re.compile(
    r"(?i)\s*,?\s*(?:which\s+|that\s+)?(?:(?:is|be)\s+(?:an?\s+)?unit\s+(?:vector|direction)|"
    r"(?:has|have|having|with|of)\s+unit\s+(?:norm|length))\b"
)
_DOUBTED = re.compile(r"(?i)\b(?:not|no|never|if|whether|unless|when(?:ever)?)\b[^.;]*\Z")


def unit_vector(text: str, words: str, after: str, context: Context) -> Defined | None:
    """``u^\\top u = 1`` of a formula that is nothing but the name of a vector which nothing defines, where the words
    beside it call it a unit vector, without *not* or *if*."""
    if _DOUBTED.search(words) or not (_BEFORE.search(words) or _AFTER.match(after)):
        return None
    try:
        node = parse(text.strip(" .,;"))
    except ReadError:
        return None
    decl = context.symbols.get(s.key(node)) if parts_of(node) is not None else None
    if decl is None or len(decl.shape) != 1 or decl.family or decl.definition is not None or decl.depends:
        return None
    if any(mentions(fact.statement, decl.name) for fact in context.facts):
        return None
    said = f"assume {decl.name}^\\top {decl.name} = 1"
    try:
        return Defined(declare(said, context), said)
    except DeclarationError:
        return None


__all__ = ["unit_vector"]
