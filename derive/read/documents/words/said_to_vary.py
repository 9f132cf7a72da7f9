"""What the words say depends on a number: ``Let $C$ and $y$ depend on $\\theta$``, ``$C$, a function of $t$``."""

from __future__ import annotations

import re
from collections.abc import Sequence

from derive.read import syntax as s
from derive.read.documents.steps.varying import ALL
from derive.read.documents.text.scanner import Found
from derive.read.documents.text.sentences import NUMBERED, sentence_of
from derive.read.documents.text.statements import one_line
from derive.read.errors import ReadError
from derive.read.names import parts_of
from derive.read.parser import parse

_SAYS = re.compile(r"(?i)\b(?:depend\w*|function|parametri[sz]ed|var(?:y|ies|ying))\b")
_DEPENDS = re.compile(
    r"(?i)\b(?:depend\w*|functions?|parametri[sz]ed|var(?:y|ies|ying))\s+(?:[a-z]+\s+)?(?:on|of|with|by|in)\s+"
    r"(?:[a-z-]+\s+){0,4}⟨(?P<number>\d+)⟩"
)


def said_to_vary(pieces: Sequence[Found], upto: int) -> dict[str, tuple[str, ...]]:
    """For each name what the sentences of these pieces say depends on it; ``ALL`` where they do not name it."""
    told: dict[str, tuple[str, ...]] = {}
    for place, piece in enumerate(pieces[:upto]):
        if piece.kind != "prose" or not _SAYS.search(piece.text) or place + 1 >= len(pieces):
            continue
        if pieces[place + 1].math is None:
            continue
        text = sentence_of(pieces, place + 1).text
        for found in _DEPENDS.finditer(text):
            about = [int(number) for number in NUMBERED.findall(text[: found.start()])]
            names = tuple(name for number in about for name in _names(pieces[number])) or (ALL,)
            for number in _names(pieces[int(found["number"])]):
                told[number] = tuple(dict.fromkeys((*told.get(number, ()), *names)))
    return told


def _names(piece: Found) -> list[str]:
    """The names in a formula, ``C`` of ``$C \\in \\mathbb{R}^{n \\times n}$``."""
    if piece.math is None:
        return []
    try:
        node = parse(one_line(piece.math.text).strip(" .,;"))
    except ReadError:
        return []
    found = (parts_of(part) for part in s.walk(node) if isinstance(part, s.Name | s.Script))
    return [parts[0] for parts in found if parts is not None]


__all__ = ["said_to_vary"]
