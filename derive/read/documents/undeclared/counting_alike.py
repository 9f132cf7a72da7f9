"""``\\sum_j e^{r_j}`` beside ``r_k`` with k = 1..K: a letter without a range counts what is below the same names."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from derive.language.extents import Range

_BIG = re.compile(r"\\(?:sum|prod|max|min) _ (?:(?P<alone>[a-z])|\{ (?P<braced>[a-z]) \})(?! \^)(?!\S)")
_BELOW = re.compile(
    r"(?<!\S)(?P<name>[A-Za-z]|\\[A-Za-z]+(?: \{? ?\\?[A-Za-z]+ ?\}?)?) _ "
    r"(?:(?P<alone>[a-z])|\{ (?P<braced>[a-z]) \})(?!\S)"
)
_OPERATORS = frozenset({r"\sum", r"\prod", r"\max", r"\min", r"\int", r"\bigcup", r"\nabla", r"\log", r"\lim"})


def counting_alike(texts: Sequence[str], known: Mapping[str, Range], taken: Sequence[str]) -> dict[str, Range]:
    """What the letters below big operators count that are given no range anywhere: ``texts`` are the formulas of a
    section (tokens with spaces between them).

    >>> from derive.language.extents import Extent
    >>> found = counting_alike([r"r _ k", r"\\sum _ j e ^ { r _ j }"], {"k": Range.upto(Extent.of("K"))}, [])
    >>> {letter: str(range_) for letter, range_ in found.items()}
    {'j': '1..K'}
    """
    letters = {match["alone"] or match["braced"] for text in texts for match in _BIG.finditer(text)}
    below: dict[str, dict[str, None]] = {}
    for text in texts:
        for match in _BELOW.finditer(text):
            if match["name"] not in _OPERATORS:
                below.setdefault(match["name"], {})[match["alone"] or match["braced"]] = None
    found: dict[str, Range] = {}
    for letter in sorted(letters - known.keys() - {*taken}):
        ranges = {known[other] for others in below.values() if letter in others for other in others if other in known}
        if len(ranges) == 1:
            found[letter] = ranges.pop()
    return found


__all__ = ["counting_alike"]
