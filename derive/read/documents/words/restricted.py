"""Words right behind a formula that say where it holds, of which nothing is made: ``$y h = 1$ for correct predictions``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from derive.read.documents.text.scanner import Found
from derive.read.documents.words.unheeded import Unheeded

_RELATES = re.compile(r"(?<![:\\])=|<|>|\\(?:leq?|geq?|neq?|equiv)(?![A-Za-z])")
_FOR = re.compile(
    r"(?i)\A,?\s+(?P<said>(?:only\s+)?(?:for|on)\s+(?!(?:all|every|each|any|an?|the|some|many|example|instance|which|this|that|"
    r"these|those|both|our|its|their|simplicity|convenience|short|brevity|later|now|free|sure|good|fixed|given|general|"
    r"arbitrary|as|average|real|positive|non-?negative|negative|integers?|suitable|now)\b)[a-z][a-z-]+)\b"
)
"""``for correct and $-1$ for wrong predictions``; not ``for all``, nor ``for the weights``."""
_IF = re.compile(
    r"(?i)\A,?\s+(?P<said>(?:only\s+)?(?:if|when(?:ever)?|unless|except|provided(?:\s+that)?|as\s+long\s+as)\s+[a-z][^.;,]{2,80}?)"
    r"(?=[.;,](?:\s|\Z))"
)
"""``if the prediction is right,``: a condition without a formula."""
MOST_WORDS = 40


def restrictions(pieces: Sequence[Found]) -> Iterator[Unheeded]:
    """Every relation with such words behind it, and the words."""
    for number, piece in enumerate(pieces[:-1]):
        after = pieces[number + 1]
        if piece.kind not in ("inline", "display") or piece.math is None or after.kind != "prose":
            continue
        if not _RELATES.search(piece.math.text):
            continue
        said = _FOR.match(after.text) or _IF.match(after.text)
        if said is not None:
            words = " ".join(said["said"].split())[:MOST_WORDS]
            within = (piece.place, piece.source.place(piece.stop))
            yield Unheeded(piece.place, f"“{words}”", (piece.math.text,), within=within)


__all__ = ["restrictions"]
