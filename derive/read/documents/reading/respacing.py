"""A space given anew: ``With $u \\in \\mathbb{R}^k$`` of a u that has been in another space is about another u."""

from __future__ import annotations

import re

from derive.language.context import Context
from derive.language.extents import Range, Shape
from derive.read import syntax as s
from derive.read.documents.reading.state import Reading
from derive.read.errors import ReadError
from derive.read.spaces import is_space, read_space
from derive.read.targets import items_at

_KINDS = (
    r"(?:\s+(?:an?|any|some|another|the|(?:real|positive|new|arbitrary|random|square|constant|fixed)|vectors?|numbers?|"
    r"scalars?|matri(?:x|ces)|data|samples?|points?|(?:row|column)\s+vectors?))*"
)
_WITH = r"(?:with|given|for|now|here)\b,?" + _KINDS
_BEGINS = re.compile(rf"(?i)\A\s*(?:(?:now|here),?\s+)?{_WITH}\s*(?:⟨\d+⟩\s*(?:,|and|,\s*and){_KINDS}\s*)*\Z")
"""A sentence up to a formula in a list that it begins with: With $A \\in …$ and the vector"""
_INSIDE = re.compile(rf"(?i)(?<![A-Za-z])(?:with|where|given|for|here){_KINDS}\s*\Z")


def gives_another_space(reading: Reading, text: str, words: str) -> bool:
    """Whether words that introduce, right at the beginning of a sentence, give names another space than they have. In
    the middle of one they do so of names of earlier sections which this one has not written yet."""
    try:
        items = items_at(text, 0)
    except ReadError:
        return False
    given = [item for item in items if isinstance(item, s.Relation) and _gives_space(item)]
    if not given or len(given) != len(items) or not any(_differs(item, reading.context) for item in given):
        return False
    if _BEGINS.search(reading.words.sentence) is not None:
        return True
    before = reading.document.pieces[reading.section.extent[0] : reading.number]
    written = " ".join(piece.math.text for piece in before if piece.math is not None)
    names = [s.key(item.first) for item in given]
    old = all(name in reading.section.earlier and not _stands_in(name, written) for name in names)
    return old and _INSIDE.search(words) is not None


def _stands_in(name: str, text: str) -> bool:
    return re.search(rf"(?<![A-Za-z\\]){re.escape(name)}(?![A-Za-z])", text) is not None


def _gives_space(item: s.Relation) -> bool:
    """Whether this is a name said to be in a space of numbers."""
    belongs = len(item.rest) == 1 and item.rest[0][0] == "in"
    return belongs and isinstance(item.first, s.Name) and is_space(item.rest[0][1])


def _differs(item: s.Relation, context: Context) -> bool:
    """Whether the name has a shape, and this space another one: not that of a family's members, nor of all of them."""
    decl = context.symbols.get(s.key(item.first))
    try:
        shape: Shape = read_space(item.rest[0][1], context)
    except ReadError:
        return False
    if decl is None or decl.shape == shape:
        return False
    members = tuple(range_.high for range_ in decl.family if range_ == Range.upto(range_.high))
    return (*members, *decl.shape) != shape
