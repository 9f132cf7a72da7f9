"""A sentence as one text: ⟨n⟩ stands for the formula that is piece n of a document."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from derive.read.documents.text.prose import SENTENCE
from derive.read.documents.text.scanner import Found

NUMBERED = re.compile(r"⟨(\d+)⟩")
MOST = 24
"""How many pieces of a sentence are looked at before and behind one of its formulas."""


@dataclass(frozen=True)
class Sentence:
    """Its text, and the ``last`` formula in it."""

    text: str
    last: int


def sentence_of(pieces: Sequence[Found], number: int) -> Sentence:
    """The sentence that has the formula ``pieces[number]``."""
    before = ""
    for place in range(number - 1, max(number - MOST, 0) - 1, -1):
        piece = pieces[place]
        if piece.kind not in ("prose", "inline", "display"):
            break
        if piece.math is not None:
            before = f"⟨{place}⟩{before}"
            if piece.kind == "display" and ends_sentence(piece.math.text):
                before = before.partition("⟩")[2]
                break
            continue
        ends = [match.end() for match in SENTENCE.finditer(piece.text)]
        before = piece.text[ends[-1] if ends else 0 :] + before
        if ends:
            break
    behind, last = "", number
    if _closes(pieces, number):
        return Sentence(f"{before}⟨{number}⟩", last)
    for place in range(number + 1, min(number + MOST, len(pieces))):
        piece = pieces[place]
        if piece.kind not in ("prose", "inline", "display"):
            break
        if piece.math is not None:
            behind, last = f"{behind}⟨{place}⟩", place
            if _closes(pieces, place):
                break
            continue
        ended = next((match for match in SENTENCE.finditer(piece.text) if match.group().strip() != ":"), None)
        behind += piece.text if ended is None else piece.text[: ended.start()]
        if ended is not None:
            break
    return Sentence(f"{before}⟨{number}⟩{behind}", last)


def ends_sentence(formula: str, stops: str = ".;") -> bool:
    """Whether a formula ends with a full stop, be there a comment of its author behind that.

    >>> ends_sentence("a = b. % see above"), ends_sentence("a = b;", "."), ends_sentence(r"a = 5 \\%.")
    (True, False, True)
    """
    return _COMMENTS.sub("", formula).rstrip().endswith(tuple(stops))


_COMMENTS = re.compile(r"(?<!\\)%[^\n]*")


def _closes(pieces: Sequence[Found], number: int) -> bool:
    """Whether a display ends its sentence: with a full stop, and the words behind it begin a new one."""
    piece = pieces[number]
    if piece.kind != "display" or piece.math is None or not ends_sentence(piece.math.text, "."):
        return False
    return number + 1 < len(pieces) and _CAPITAL.match(pieces[number + 1].text) is not None


_CAPITAL = re.compile(r"\s*[A-Z]")

__all__ = ["NUMBERED", "Sentence", "ends_sentence", "sentence_of"]
