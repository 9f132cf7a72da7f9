"""Formulas that a sentence denies, asks about, or has as one of several cases: neither claimed nor supposed."""

from __future__ import annotations

import re

from derive.read.documents.definitions.defining import is_free, is_undeclared, primitive
from derive.read.documents.reading import quantified
from derive.read.documents.reading.state import Reading
from derive.read.documents.text.macros import Expanded
from derive.read.documents.text.prose import Cue
from derive.read.documents.text.scanner import Found
from derive.read.documents.text.sentences import sentence_of
from derive.read.documents.text.statements import chains_of, one_line
from derive.read.documents.words.doubted import doubt, is_by_cases, is_hypothetical
from derive.read.documents.words.unheeded import Unheeded

_STATED = frozenset({"=", "!=", "<", "<=", ">", ">=", "~=", "propto", "equiv"})
_FROM_HERE = re.compile(r"(?i)(?<![a-z])(?:let|suppose|assume|supposing|assuming)(?![a-z])")


def leave(reading: Reading, found: Found, math: Expanded) -> bool:
    """Whether the words around a formula say that it is neither claimed nor supposed; then that is noted. Where it is
    only a name, what they say of it is not taken up."""
    sentence = sentence_of(reading.document.pieces, reading.number)
    said = doubt(reading.document.pieces, sentence, reading.number)
    said = "" if said == "a question" and found.kind == "display" else said  # is it so? it is judged
    reading.words.doubted = bool(said)
    if not said:
        by_cases = is_by_cases(sentence, reading.number)
        by_cases = by_cases or reading.number in reading.document.several
        return _leave_case(reading, found, math, by_cases)
    _speak_against(reading, found, math, said, sentence.last)
    node = quantified.relation_of(reading, math)
    if node is None or node.rest[0][0] not in _STATED or len([*chains_of(math.text, reading.context)]) > 1:
        return False
    reading.note(found.place, f"neither claimed nor supposed (“{said}”): {one_line(math.text)}")
    return True


def _leave_case(reading: Reading, found: Found, math: Expanded, by_cases: bool) -> bool:
    """Of a new name that words define by cases, no case is its definition."""
    node = quantified.relation_of(reading, math) if by_cases else None
    if node is None or node.rest[0][0] not in ("=", ":=") or not is_undeclared(node.first, reading.context):
        return False
    reading.note(found.place, f"one case of several, not taken as a definition: {one_line(math.text)}")
    return True


def _speak_against(reading: Reading, found: Found, math: Expanded, said: str, last: int) -> None:
    """What may hold in spite of these words speaks against a counterexample: in the sentence, or from here on."""
    pieces = reading.document.pieces
    stop = pieces[last]
    if _FROM_HERE.search(reading.words.sentence):
        end = reading.section.extent[1]
        stop = pieces[min(end, len(pieces)) - 1] if end > reading.number else stop
    within = (found.place, stop.source.place(stop.stop))
    words = f"“{one_line(math.text)}” beside “{said}”"
    reading.document.passed_over.append(Unheeded(found.place, words, (math.text,), within=within, of_names=True))


_IF = re.compile(
    r"(?i)(?:(?:\A|[.;:]\s|\}[ \t]*\n|\n[ \t\r]*\n)\s*(?:(?:and|but|now|so)\s+)?"
    r"(?:if|when(?:ever)?|unless)|"
    r"\bconsider\s+(?:now\s+)?the\s+case)\s*\Z"
)


_CHOOSES = re.compile(
    r"(?i)(?:\A|[.;:]\s|\}[ \t]*\n|\n[ \t\r]*\n)\s*(?:choosing|picking|(?:with|for)\s+the\s+choice)\s*\Z"
)
"""Words before a value of what has been spoken of; of what has not, it is the definition."""


def is_case(reading: Reading, math: Expanded) -> bool:
    """``If $$a = b,$$ then``, ``Choosing $$a = b$$ gives``: a display that is one equation between declared quantities,
    and a condition."""
    node = quantified.relation_of(reading, math)
    if node is None or node.rest[0][0] not in ("=", "<", "<=", ">", ">=", "!="):
        return False
    found = primitive(node.first, reading.context)
    if found is None or len([*chains_of(math.text, reading.context)]) != 1:
        return False
    known = found.name in reading.used or not is_free(found, reading.context)
    chosen = known and _CHOOSES.search(reading.words.sentence) is not None
    return chosen or _IF.search(reading.words.sentence) is not None


def as_case(reading: Reading, math: Expanded, cue: Cue) -> Cue:
    """``With $b = 0$ we would get $…$``: a case, and nothing that is given."""
    reading.words.hypothetical = False
    node = quantified.relation_of(reading, math)
    if node is None or node.rest[0][0] not in ("=", "<", "<=", ">", ">="):
        return cue
    reading.words.hypothetical = is_hypothetical(sentence_of(reading.document.pieces, reading.number), reading.number)
    return Cue.condition if reading.words.hypothetical else cue


__all__ = ["as_case", "is_case", "leave"]
