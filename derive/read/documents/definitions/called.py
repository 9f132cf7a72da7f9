"""What a noun beside a name says that it is: ``$N$ points``, ``the rewards are $r_1, …, r_K$``, ``entries $v_k$``."""

from __future__ import annotations

import re

from derive.language.context import Context
from derive.read import syntax as s
from derive.read.declarations import declare
from derive.read.documents.definitions.defining import Defined
from derive.read.errors import DeclarationError, ReadError
from derive.read.latex import lacks_a_name
from derive.read.names import parts_of
from derive.read.parser import parse

_COUNTED = re.compile(
    r"(?i)^\s+(?:(?!(?:for|of|from|in|and|or|to|as|is|are|be|on|at|by|with)\s)[a-z-]+\s+){0,2}?(?:points|samples|examples|observations|classes|clusters|documents|words|steps|trials|times|faces|sides|states|"
    r"tosses|coins|features|dimensions|units|neurons|tokens|particles|users|items|images|tasks|arms|actions|workers|"
    r"patients|students|bins|rows|columns)\b"
)
_OF = re.compile(
    r"(?i)(?<![A-Za-z])(?:for|of|with|from|and|have|has|are|given|on|over|all|the|observe|into|among|between|draw|thrown|tossed|repeated|rolled|a\s+total\s+of)"
    r"\s*\Z"
)
_WITH_ENTRIES = re.compile(
    r"(?i)\b(?:with|whose|has|having)\s+(?:the\s+)?(?:entries|components|coordinates|elements)(?:\s+are)?\s*\Z"
)
NUMBERS = re.compile(
    r"(?i)\b(?:rewards?|returns?|logits?|scores?|costs?|ratings?|coefficients?|prices?|payoffs?|energies)"
    r"(?:\s+(?:are|is|be|given\s+by|called))*\s*\Z"
)
"""Words right before a list of names that make each of them a number."""


_LETS = re.compile(r"(?i)(?<![a-z])(?:let|suppose|assume|given|take|fix|for|where|and|,)(?:\s+(?:that|now|also))*\s*\Z")
_SIGNED = re.compile(
    r"(?i)\s*(?:(?:be|is|denotes?)\s+)?(?:(?:an?|the|some|any|given|fixed|strictly|arbitrary|real)\s+)*"
    r"(?P<sign>positive|non-?negative)(?:\s+(?:(?:real|fixed|given)\s+)*(?:numbers?|constants?|scalars?|parameters?|reals?))?"
    r"(?=\s*(?:[.,;:)]|and\b|with\b|\Z))"
)
"""``$a$ be a positive number``; not of a matrix, which is positive otherwise."""


def called(text: str, before: str, after: str, context: Context) -> Defined | None:
    """What the words around a name that nothing declares say of it."""
    try:
        node = parse(text)
    except ReadError:
        return None
    signed = _SIGNED.match(after) if _LETS.search(before) and lacks_a_name(node, context) else None
    if signed is not None and parts_of(node) is not None and re.fullmatch(r"[a-z]|\\[a-z]+", text):
        said = f"{text} {'> 0' if signed['sign'].lower() == 'positive' else '>= 0'}"
        return Defined(declare(said, context), said)
    if re.fullmatch(r"[A-Za-z]", text) and text not in context.indices and text not in context.sizes:
        counted = _OF.search(before) and _COUNTED.match(after) and lacks_a_name(node, context)
        return Defined(context.with_size(text), f"size {text}") if counted else None
    parts = parts_of(node)
    if parts is None or parts[1] is None or parts[2] is not None or not _WITH_ENTRIES.search(before):
        return None
    range_ = context.indices.get(s.key(parts[1]))
    if range_ is None or range_.low.constant != 1 or not lacks_a_name(parse(parts[0]), context):
        return None
    declaration = f"{parts[0]} \\in \\mathbb{{R}}^{{{range_.high}}}"
    try:
        return Defined(declare(declaration, context), declaration)
    except DeclarationError:
        return None


__all__ = ["NUMBERS", "called"]
