r"""Diagonal matrices that words give whole: ``$D$ is the diagonal matrix with the degrees on its diagonal``."""

from __future__ import annotations

import re
from collections.abc import Sequence

from derive.language.context import Context
from derive.language.extents import Range
from derive.read import syntax as s
from derive.read.declarations import declare
from derive.read.documents.definitions.defining import Defined, mentions
from derive.read.documents.text.scanner import Found
from derive.read.documents.text.sentences import sentence_of
from derive.read.documents.text.statements import one_line
from derive.read.errors import DeclarationError, ReadError
from derive.read.names import items_of, parts_of
from derive.read.parser import parse

_D = r"⟨(?P<matrix>\d+)⟩"
_B = r"⟨(?P<entries>\d+)⟩"
_ANY = r"(?:\s*⟨\d+⟩)?"
_BE = r"\s*,?\s+(?:is|be|denotes?|stands?\s+for|for|as)\s+(?:a|an|the)" + _ANY
_ADJ = r"(?:\s+(?!not\b)[a-z]+(?:-[a-z]+)?){0,2}"
_DIAGONAL = rf"{_ADJ}\s+diagonal(?:\s+[a-z]+)?\s+matrix"
_ON = r"\s+(?:on|along)\s+(?:its|the)\s+(?:main\s+)?diagonal"
_OF = r"(?:(?:the|its|all)\s+){0,2}(?:(?:diagonal|corresponding|positive|nonnegative|vertex|node)\s+){0,2}"
_NOUN = r"(?P<noun>[a-z]+?)s?"
_HOLDS = r"\s*,?\s+(?:with|of|whose|having|containing|that\s+(?:has|contains)|which\s+(?:has|contains))\s+"
_SAID = tuple(
    re.compile(rf"(?i){each}(?![a-z])")
    for each in (
        rf"{_D}{_BE}{_DIAGONAL}{_HOLDS}{_OF}(?:(?:entries|elements|values)\s+)?(?:[a-z]+\s+)?{_B}",
        rf"{_D}{_BE}{_DIAGONAL}{_HOLDS}{_OF}(?:entries|elements)\s+(?:are|is|equal)\s+(?:the\s+)?(?:[a-z]+\s+)?{_B}",
        rf"{_D}{_BE}{_DIAGONAL}\s+whose\s+{_ANY}(?:-?\s*th)?\s+(?:diagonal\s+)?(?:entry|element)\s+(?:is|equals)\s+{_B}",
        rf"{_D}{_BE}{_DIAGONAL}{_HOLDS}{_OF}{_NOUN}(?:{_ON})?(?=\s*(?:[.,;:]|and\b|\Z))",
        rf"{_D}\s+has\s+(?:the\s+)?{_NOUN}{_ON}\s+and\s+(?:zeros?|nothing)\s+(?:elsewhere|off\s+(?:it|the\s+diagonal))",
        rf"{_D}{_BE}(?:\s+diagonal)?\s+{_NOUN}\s+matrix",
        rf"\b(?:put|collect|gather|store|place)(?:ing|ting)?\s+(?:the\s+)?{_NOUN}(?:\s+{_B})?\s+(?:in|into|on)(?:\s+the\s+diagonal\s+of)?"
        rf"\s+(?:a|the)\s+diagonal\s+matrix\s+{_D}",
    )
)
_DOUBTS = re.compile(
    r"(?i)\b(?:not|no|never|if|whether|unless|when(?:ever)?|suppose|would|then|hence|thus|therefore|show|prove|so)\b"
)
_NAME = re.compile(r"(?P<name>\\?[A-Za-z]+)\s*(?:\\in\b.*)?\Z")
_ENTRY = re.compile(r"\s*(?P<entry>\\?[A-Za-z]+\s*_\s*(?:[a-z]|\{\s*[a-z]\s*\}))\s*(?::?=|,|\Z|>|\\ge)")
_LIST = re.compile(
    r"\\?[A-Za-z]+\s*_\s*\{?1\}?\s*,.*\\(?:[lc]?dots[cb]?)\s*,\s*\\?[A-Za-z]+\s*_\s*(?:\w|\{[^{}]*\})\s*\Z"
)
_OTHERS = frozenset({"eigenvalue", "singular", "value", "identity", "diagonal", "covariance", "weight", "scaling"})
"""Words of which more is said elsewhere, or that say nothing of the entries."""
FURTHEST = 60
"""How many pieces before are searched for what the text calls the entries."""


def said(pieces: Sequence[Found], number: int) -> dict[str, str] | None:
    """The numbers of the formulas, and the noun, by which the sentence of piece ``number`` gives a diagonal matrix, if
    this is the last formula that it takes and the words do not doubt or conclude it."""
    sentence = sentence_of(pieces, number)
    for pattern in _SAID:
        for found in pattern.finditer(sentence.text):
            given = {key: value for key, value in found.groupdict().items() if value is not None}
            last = max(int(given["matrix"]), int(given.get("entries", 0)))
            if last == number and not _DOUBTS.search(sentence.text[: found.end()]):
                return given
    return None


def defined(given: dict[str, str], pieces: Sequence[Found], number: int, context: Context) -> Defined | None:
    """The context with the diagonal matrix that words give; None if more is known of it, or its entries are not."""
    name = _name(pieces[int(given["matrix"])], context)
    entries = _entries(pieces, number, given, context) if name else ""
    return _defined(name, entries, context) if entries else None


def _name(piece: Found, context: Context) -> str:
    """The matrix that a formula names; nothing if it has a meaning."""
    said = _NAME.match(one_line(piece.math.text).strip(" .,;")) if piece.math is not None else None
    if said is None or any(said["name"] in taken for taken in (context.functions, context.sizes, context.indices)):
        return ""
    decl = context.symbols.get(said["name"])
    if decl is None:
        return said["name"] if re.fullmatch(r"[A-Z]|\\[A-Z][a-z]+", said["name"]) else ""
    free = decl.definition is None and not decl.depends and not decl.family and len(decl.shape) == 2
    free = free and decl.shape[0] == decl.shape[1] and not decl.properties - {"real", "diagonal"}
    return decl.name if free and not any(mentions(fact.statement, decl.name) for fact in context.facts) else ""


def _entries(pieces: Sequence[Found], number: int, given: dict[str, str], context: Context) -> str:
    """What stands on the diagonal: numbers with one index, or a list of them; nothing if that is not clear."""
    if "entries" in given:
        math = pieces[int(given["entries"])].math
        text = one_line(math.text).strip(" .,;") if math is not None else ""
        return text if _LIST.match(text) else _member(text, context)
    noun = given["noun"].lower()
    if noun in _OTHERS:
        return ""
    called = re.compile(
        rf"(?i)\b{noun}s?\b(?:\s+(?:of\s+(?:[a-z]+\s+){{0,3}}(?:⟨\d+⟩)?)?)?\s*(?:is|are|by|as|be|:)?\s*⟨(\d+)⟩"
    )
    for place in range(number - 1, max(number - FURTHEST, 0) - 1, -1):
        piece = pieces[place]
        if piece.math is None or piece.kind == "declaration":
            continue
        said = [found for found in called.finditer(sentence_of(pieces, place).text) if int(found[1]) == place]
        member = _member(piece.math.text, context) if said else ""
        if member:
            return member
    return ""


def _member(text: str, context: Context) -> str:
    """The numbers ``d_i`` that a formula begins with, where they are known and i counts them all."""
    found = _ENTRY.match(text)
    if found is None:
        return ""
    try:
        parts = parts_of(parse(found["entry"]))
    except ReadError:
        return ""
    letters = [s.key(item) for item in items_of(parts[1])] if parts is not None else []
    decl = context.symbols.get(parts[0]) if parts is not None else None
    range_ = context.indices.get(letters[0]) if len(letters) == 1 else None
    if decl is None or range_ is None or decl.shape or decl.family != (range_,) or range_ != Range.upto(range_.high):
        return ""
    return found["entry"]


def _defined(name: str, entries: str, context: Context) -> Defined | None:
    text = f"let {name} := \\operatorname{{diag}}({entries})"
    try:
        return Defined(declare(text, context), text)
    except DeclarationError:
        return None


__all__ = ["defined", "said"]
