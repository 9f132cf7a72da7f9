"""Names that a sentence gives to what has just been stated: ``Call the last quantity $\\delta_c$``."""

from __future__ import annotations

import re

from derive.language.context import Definition, SymbolDecl
from derive.language.instances import free_indices
from derive.read import syntax as s
from derive.read.documents.definitions.defining import is_undeclared
from derive.read.documents.reading.state import Reading
from derive.read.documents.text.macros import Expanded
from derive.read.documents.text.scanner import Found
from derive.read.documents.text.statements import chains_of, one_line
from derive.read.errors import ReadError
from derive.read.latex import node_readings
from derive.read.parser import parse

_WHAT = (
    r"(?:this|that|it|the\s+(?:last|latter))(?:\s+(?:quantity|expression|(?:error\s+)?signal|derivative|gradient|vector|"
    r"matrix|number|one|term|product|value|side))?"
)
_BEFORE = re.compile(rf"(?i)\b(?:call|denote)\s+{_WHAT}(?:\s+by)?\s*\Z")
_AFTER = re.compile(rf"(?i)^\s*for\s+{_WHAT}\s*[.,;:]")
_WRITES = re.compile(r"(?i)\b(?:write|put)\s*\Z")


def name_stated(reading: Reading, found: Found, math: Expanded, words: str) -> bool:
    """Whether a bare name is the name of the left side of what was stated last; then it is defined so."""
    if not _BEFORE.search(words) and not (_WRITES.search(words) and _AFTER.match(reading.words.after)):
        return False
    try:
        node = parse(one_line(math.text).rstrip(" .,;"))
    except ReadError:
        return False
    side = _stated(reading)
    if side is None or not isinstance(node, s.Name | s.Script) or not is_undeclared(node, reading.context):
        return False
    try:
        values = node_readings(side, reading.context)
    except ReadError:
        return False
    if len(values) != 1 or free_indices(values[0].term):
        return False
    name, (value,) = s.key(node), values
    decl = SymbolDecl(name, shape=value.shape, definition=Definition((), value.term))
    reading.context = reading.context.with_symbol(decl)
    reading.note(found.place, f"{name} is what is stated right before")
    return True


def _stated(reading: Reading) -> s.Node | None:
    """The left side of the last statement of the formula before these words."""
    before = reading.document.pieces[max(0, reading.number - 2) : reading.number]
    math = next((piece.math for piece in reversed(before) if piece.math is not None), None)
    nodes = [chain.node for chain in chains_of(math.text, reading.context)] if math is not None else []
    last = nodes[-1] if nodes else None
    return last.first if isinstance(last, s.Relation) and last.rest[0][0] in ("=", ":=") else None


__all__ = ["name_stated"]
