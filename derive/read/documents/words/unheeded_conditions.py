"""Conditions in words of which nothing is made: ``When $A$ and $B$ are similar, …``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from derive.read.documents.text.scanner import Found
from derive.read.documents.text.sentences import NUMBERED, Sentence, sentence_of
from derive.read.documents.text.statements import one_line
from derive.read.documents.words.unheeded import Unheeded, noted

_CLAUSE = re.compile(
    r"(?i)(?<![a-z])(?:if|when(?:ever)?|provided(?:\s+that)?|as\s+long\s+as|unless|except\s+(?:if|when|for))(?![a-z])"
    r"(?P<clause>(?:(?!\b(?:then|so\s+that|(?:we|one)\s+(?:have|get|obtain|find|see)|it\s+(?:holds|follows)|"
    r"there\s+(?:is|are))\b)[^.;:,]|,\s+(?=and\b|⟨))*)"
)
"""A condition up to what it is a condition of."""
_KIND = re.compile(
    r"(?i)(?<![a-z])(?:for|with|at)\s+(?:(?:all|any|every|each|an?|the)\s+)?"
    r"(?P<words>(?:(?:sufficiently|very|moderately|infinitesimally)\s+)?(?:small|large|big|tiny|high|low|even|odd|generic|"
    r"suitable|typical|square|stochastic|cent(?:red|ered)|normali[sz]ed|similar|low-rank|sparse|nilpotent|circulant)"
    r"(?:\s+(?:enough|matri(?:x|ces)|vectors?|values\s+of))*)\s+⟨(?P<number>\d+)⟩"
)
"""``For small $h$``: a kind of which nothing is made."""
_SAID = re.compile(r"⟨(?P<number>\d+)⟩(?P<words>\s+[a-z][^⟨⟩]*)")
"""A formula, and what words say of it."""
_EQUAL_TO = re.compile(
    r"(?i)(?P<words>\b(?:all|the|both|each|every)\s+[^⟨⟩,.;:]*?\b(?:equals?|equal\s+to|identical\s+to|the\s+same\s+as)\s+)"
    r"(?:(?:the|a|some|one|same|common|fixed|constant|value|vector|number)\s+)*⟨(?P<number>\d+)⟩"
)
"""``all gradients are equal to $g$``: what words say of other things, by a formula that is a name."""
_EMPTY = re.compile(
    r"(?i)\s*(?:and|or|of|in|on|at|by|for|from|to|with|the|an?|its|is|are|be|where|that|which|we|set|let|there|all|any|"
    r"each|every|some|both|given|as|vectors?|matri(?:x|ces)|numbers?|functions?|class(?:es)?|samples?|weights?|\s)*\Z"
)
"""Words that only join formulas."""
_NAMES = re.compile(
    r"(?i)\s*(?:is|are|denotes?)\s+the\s+(?:(?:upstream|incoming|backpropagated)\s+)?(?:gradients?|derivatives?)\s+of\s+(?:the|some|a)\s+"
    r"(?:(?:total|final|scalar)\s+)?(?:loss|objective|cost)(?:\s+functions?)?(?:\s+(?:with\s+respect\s+to|w\.r\.t\.|in|at))?\W*\Z"
)
"""What only gives a name to something of a loss of which nothing is said."""
_DENIES = re.compile(r"(?i)\s*(?:is|are)\s+not\s+(?:symmetric|orthogonal|diagonal|invertible|positive\s+definite)\W*\Z")
"""What most matrices are not: numbers that show a line to be false show it of such."""
_RELATES = re.compile(r"[<>=]|\\(?:leq?|geq?|neq?|leqslant|geqslant|l[et]|g[et]|in|to|sim|approx|gg|ll)(?![A-Za-z])")


@dataclass(frozen=True)
class _Said:
    number: int
    words: str
    of_others: bool = False
    """Whether the words are about other things, of which a note on this name tells nothing."""


def conditions(pieces: Sequence[Found], notes: Sequence[str]) -> Iterator[Unheeded]:
    """What conditions say in words of names, with the sentence that they are said in, unless a note tells what was made
    of it."""
    seen = -1
    for number, piece in enumerate(pieces):
        if piece.kind != "inline" or number <= seen:
            continue
        sentence = sentence_of(pieces, number)
        seen = sentence.last
        for said in _said_in(sentence):
            subject = pieces[said.number]
            if subject.math is None or _RELATES.search(subject.math.text):
                continue
            name = one_line(subject.math.text).strip(" .,;")
            within = (subject.place, pieces[sentence.last].source.place(pieces[sentence.last].stop))
            if not said.of_others and noted(notes, name, *within):
                continue
            yield Unheeded(
                subject.place, f"“{said.words.strip(' ,')}”", (name,), within=within, of_names=not said.of_others
            )


def _said_in(sentence: Sentence) -> Iterator[_Said]:
    for clause in _CLAUSE.finditer(sentence.text):
        for said in _SAID.finditer(clause["clause"]):
            words = " ".join(NUMBERED.sub("", said["words"]).split())
            if not any(each.match(words) for each in (_EMPTY, _DENIES, _NAMES)):
                yield _Said(int(said["number"]), words)
        for said in _EQUAL_TO.finditer(clause["clause"]):
            yield _Said(int(said["number"]), f"{' '.join(said['words'].split())} …", of_others=True)
    for kind in _KIND.finditer(sentence.text):
        yield _Said(int(kind["number"]), " ".join(kind["words"].split()))


__all__ = ["conditions"]
