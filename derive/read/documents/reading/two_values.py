"""Quantities that are one of two: ``$y G = 1$ when the example is classified correctly and $-1$ otherwise``."""

from __future__ import annotations

import re
from fractions import Fraction

from derive.language.claims import Equal
from derive.language.terms import Num, Op, Term
from derive.read import syntax as s
from derive.read.declarations import declare
from derive.read.documents.definitions.defining import is_free, primitive
from derive.read.documents.reading import quantified
from derive.read.documents.reading.state import Entry, Reading
from derive.read.documents.text.macros import Expanded
from derive.read.documents.text.scanner import Found
from derive.read.documents.text.sentences import sentence_of
from derive.read.documents.text.statements import one_line
from derive.read.documents.words.unheeded import Unheeded
from derive.read.errors import DeclarationError, ReadError
from derive.read.latex import node_readings
from derive.read.parser import parse

_BY_WORDS = re.compile(
    r"(?i)\s*,?\s*(?P<words>(?:when(?:ever)?|if|for|on|where)\s+[^⟨⟩.;]+?)\s*,?\s*(?:and|but)\s+(?:it\s+is\s+|is\s+)?"
    r"⟨(?P<other>\d+)⟩\s*,?\s*(?:otherwise|else|if\s+(?:it\s+is\s+)?not)\b"
)
"""Words behind a formula by which it holds in one case, and has another value in all others."""
ZERO = Num(Fraction(0))


_SUPPOSES = re.compile(r"(?i)\b(?:if|when(?:ever)?|unless|for|whether|that|suppos\w+|assum\w+|case)\b")


def claim(reading: Reading, found: Found, math: Expanded, *, asserted: bool) -> bool:
    """Whether words give a quantity that is made of others two values, one for cases that no formula says: then it is
    claimed to be one of the two. Numbers do not refute it, as the words may say more of when they are meant. A number
    of which nothing is known takes these values from there on."""
    _, _, after = sentence_of(reading.document.pieces, reading.number).text.partition(f"⟨{reading.number}⟩")
    said = _BY_WORDS.match(after)
    other = reading.document.pieces[int(said["other"])].math if said is not None else None
    node = quantified.relation_of(reading, math)
    if said is None or other is None or node is None or [op for op, _ in node.rest] != ["="]:
        return False
    name = primitive(node.first, reading.context)
    if name is not None and (_SUPPOSES.search(reading.words.sentence) or not is_free(name, reading.context)):
        return False
    if name is not None:
        return _restrict(reading, found, node, one_line(other.text).strip(" .,;"))
    if not asserted:
        return False
    try:
        whole = _only(reading, node.first)
        gaps = [
            _less(whole, _only(reading, each)) for each in (node.rest[0][1], parse(one_line(other.text).strip(" .,;")))
        ]
    except ReadError:
        return False
    at = math.place(node.rest[0][1].start)
    place, words = found.source.place(at), " ".join(said["words"].split())
    within = (found.place, found.source.place(found.stop))
    reading.document.passed_over.append(Unheeded(found.place, f"“{words}”", (math.text,), within=within))
    reading.chains += 1
    reading.sides += 2
    what = (Equal(Op("mul", (gaps[0], gaps[1])), ZERO),)
    part = "one of the two values"
    reading.entries.append(
        Entry((reading.number, at), place, what, reading.context, one_line(math.text), chain=reading.chains, part=part)
    )
    return True


def _restrict(reading: Reading, found: Found, node: s.Relation, other: str) -> bool:
    """``$x_i = 1$ for spam and $0$ otherwise`` of a number of which nothing else is said: it takes these values."""
    values = ", ".join(sorted((s.key(node.rest[0][1]), other)))
    text = f"{s.key(node.first)} \\in \\{{{values}\\}}"
    try:
        reading.context = declare(text, reading.context)
    except DeclarationError:
        return False
    reading.note(found.place, text)
    return True


def _only(reading: Reading, node: s.Node) -> Term:
    """A number in its only reading."""
    found = node_readings(node, reading.context)
    if len(found) != 1 or found[0].shape:
        raise ReadError("expected a number", node.span)
    return found[0].term


def _less(term: Term, value: Term) -> Term:
    return Op("add", (term, Op("neg", (value,))))


__all__ = ["claim"]
