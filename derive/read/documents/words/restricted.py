"""Words beside a formula that say where it holds, of which nothing is made: ``$y h = 1$ for correct predictions``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from derive.read.documents.text.scanner import Found
from derive.read.documents.text.sentences import ends_sentence, sentence_of
from derive.read.documents.words.unheeded import Unheeded

_RELATES = re.compile(r"(?<![:\\])=|<|>|\\(?:leq?|geq?|neq?|equiv)(?![A-Za-z])")
_FOR = re.compile(
    r"\A,?\s+(?P<said>(?:only\s+)?(?:for|on)\s+(?!(?:all|every|each|any|an?|the|some|many|example|instance|which|this|that|"
    r"these|those|both|our|its|their|simplicity|convenience|short|brevity|later|now|free|sure|good|fixed|given|general|"
    r"arbitrary|as|average|real|positive|non-?negative|negative|integers?|suitable|now)\b)[a-z][a-z-]+)\b"
)
"""``for correct and $-1$ for wrong predictions``; not ``for all``, nor ``for the weights``."""
_IF = re.compile(
    r"\A,?\s+(?P<said>(?:only\s+)?(?:if|when(?:ever)?|unless|except|provided(?:\s+that)?|as\s+long\s+as)\s+[a-z][^.;,]{2,80}?)"
    r"(?=[.;,](?:\s|\Z))"
)
"""``if the prediction is right,``: a condition without a formula."""
_AT = re.compile(
    r"\A,?\s+(?P<said>at\s+(?:the|its|a|any|every|this|that)\s+(?:[a-z]+\s+)?"
    r"(?:maxim(?:um|a|i[sz]er)|minim(?:um|a|i[sz]er)|optimum|solution|(?:stationary|fixed|critical)\s+point|equilibrium|"
    r"convergence))\b"
)
"""``at its maximum``: a place."""
_UNIT = re.compile(
    r"(?i)\b(?:of|for|with|along)\s+(?:an?|any|every|each|the)\s+unit\s+(?:vector|direction)s?\b[^.;]*\Z"
)
"""``The error of a unit direction is``: of which vector, nobody says."""
_SUCH = re.compile(
    r"(?i)\b(?P<said>(?:true|correct|right|wrong|incorrect|target)\s+(?:class(?:es)?|labels?|categor(?:y|ies)|outcomes?|"
    r"actions?|words?|tokens?))\s*\Z"
)
"""``for the true class $c$ and a wrong class $k$, …``: which members are meant."""
_WHEN = re.compile(
    r"(?i)(?:\A|[,;:]\s|\b(?:and|but|so|that|now|also|thus)\s)\s*(?P<said>(?:if|when(?:ever)?|unless|once)\s+"
    r"(?!(?:we|one|you|they|it|this|that|there|these)\b)(?:[a-z-]+\s+){1,6}?"
    r"(?:is|are|were|has|have|vanish(?:es)?|coincides?|agrees?|becomes?)\b(?:(?!\bthen\b)[^⟨⟩.;:,]){0,60}?)"
    r"(?P<then>\s*,?\s*then\b[^⟨⟩]*|\s*,\s*(?:so\s+)?(?:we\s+[^⟨⟩]*|[^⟨⟩]*\b(?:is|are|equals?|becomes?|reads|that)\s*|))"
    r"[\s:]*\Z"
)
"""``If all scores are equal, then``: a condition in words before a formula."""
_LET = re.compile(
    r"(?i)\blet\s+⟨(?P<number>\d+)⟩\s+(?:be|denote)\s+(?P<said>(?:its|their|the)\s+(?:[a-z-]+\s+){0,2}[a-z-]+)\s*,\s*so(?:\s+that)?\s*\Z"
)
"""``let $g_k$ be its score, so``: what follows from what words call something."""
_OVER = re.compile(r"[.!?;](?=\s|\Z)|\n[ \t\r]*\n(?=\s*\S)")
_LETTER = re.compile(r"\s*[A-Za-z][\s,]*")
MOST_WORDS = 40
MOST_BEFORE = 8
"""How many pieces before a formula its sentence is looked at for such words."""


def restrictions(pieces: Sequence[Found]) -> Iterator[Unheeded]:
    """Every relation with such words behind it, and the words."""
    for number, piece in enumerate(pieces):
        if piece.kind not in ("inline", "display") or piece.math is None:
            continue
        if not _RELATES.search(piece.math.text):
            continue
        after = "" if ends_sentence(piece.math.text) else _prose(pieces, number + 1)
        said = (
            _FOR.match(after) or _IF.match(after) or _AT.match(after) or _such(pieces, number) or _ahead(pieces, number)
        )
        before = _prose(pieces, number - 1)
        if said is not None or _UNIT.search(before):
            words = " ".join(said["said"].split())[:MOST_WORDS] if said is not None else "unit"
            within = (piece.place, piece.source.place(piece.stop))
            yield Unheeded(piece.place, f"“{words}”", (piece.math.text,), within=within)


def _such(pieces: Sequence[Found], number: int) -> re.Match[str] | None:
    """What the sentence that a formula ends says of a letter in it, as a match of ``_SUCH``."""
    about = pieces[number].math
    for at in range(number - 1, max(number - MOST_BEFORE, 0), -1):
        piece, before = pieces[at], _prose(pieces, at - 1)
        if piece.kind not in ("prose", "inline") or (piece.kind == "prose" and _OVER.search(piece.text.rstrip())):
            return None
        if (
            piece.kind == "inline"
            and piece.math is not None
            and about is not None
            and _LETTER.fullmatch(piece.math.text)
        ):
            letter, said = piece.math.text.strip(" ,\n"), _SUCH.search(before)
            if said is not None and re.search(rf"_\s*(?:\{{[^{{}}]*)?{letter}(?![A-Za-z])", about.text):
                return said
    return None


def _ahead(pieces: Sequence[Found], number: int) -> re.Match[str] | None:
    """What the words of a sentence right before a formula make it depend on."""
    before = sentence_of(pieces, number).text.partition(f"⟨{number}⟩")[0]
    return _WHEN.search(before) or _LET.search(before)


def _prose(pieces: Sequence[Found], number: int) -> str:
    """The words in a place."""
    return pieces[number].text if 0 <= number < len(pieces) and pieces[number].kind == "prose" else ""


__all__ = ["restrictions"]
