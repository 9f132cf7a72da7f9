"""Which formulas of running text are conclusions: they define nothing of what they are about."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from derive.read.documents.text.prose import AT_A_PLACE, CONCLUDES, JOINING
from derive.read.documents.text.scanner import Found
from derive.read.documents.text.spelling import spaced


def concluded(pieces: Sequence[Found]) -> frozenset[str]:
    """The formulas that the words before them conclude, also behind another one (``gives $a = b$ and $c = d$``), or
    that speak of a place."""
    kept: set[str] = set()
    before = False
    for words, found in pairwise(pieces):
        if found.math is None:
            continue
        goes_on = before and words.kind == "prose" and JOINING.match(words.text) is not None
        says = CONCLUDES.search(words.text) is not None or AT_A_PLACE.search(words.text) is not None
        before = found.kind == "inline" and (says or goes_on)
        if before:
            kept.add(spaced(found.math.text))
    return frozenset(kept)


__all__ = ["concluded"]
