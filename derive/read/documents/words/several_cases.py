"""Letters that a text gives one value after the other: ``for $M = n$`` and ``for $M = n + 1$`` are cases."""

from __future__ import annotations

import re
from collections.abc import Sequence

from derive.read.documents.text.scanner import Found
from derive.read.documents.words.other_languages import is_other

_VALUE = re.compile(
    r"\s*(?P<name>[A-Za-z]|\\(?:[a-z]+))\s*(?P<sign>=|\\neq?(?![A-Za-z]))\s*"
    r"(?P<value>-?\d+(?:\.\d+)?|(?P<letter>[A-Za-z])\s*(?P<more>[+-]\s*\d+)?)\s*[.,:;]?\s*"
)
"""``M = n + 1``, ``k \\ne j``, ``\\lambda = 0``: a letter, and a number or another letter."""


def one_of_several(pieces: Sequence[Found]) -> frozenset[int]:
    """The formulas, by number, that give a letter one of several values, so that they define nothing: the text has the
    step of an induction (``M = n`` and ``M = n + 1``), or the two cases of a pair of indices (``k = j`` and
    ``k \\ne j``). Where the words are in a language that is not read, any letter may be given a value for one case."""
    found: dict[int, re.Match[str]] = {}
    for number, piece in enumerate(pieces):
        value = _VALUE.fullmatch(piece.math.text) if piece.math is not None and piece.kind == "inline" else None
        if value is not None:
            found[number] = value
    given = {number: value for number, value in found.items() if value["sign"] == "="}
    if is_other(pieces):
        return frozenset(given)
    steps = {more: {_pair(each) for each in given.values() if bool(each["more"]) is more} for more in (False, True)}
    induction = steps[False] & steps[True]
    apart = {frozenset(_pair(each)) for each in found.values() if each["sign"] != "=" and not each["more"]}
    return frozenset(
        number
        for number, each in given.items()
        if each["letter"] is not None
        and (_pair(each) in induction or (not each["more"] and frozenset(_pair(each)) in apart))
    )


def _pair(value: re.Match[str]) -> tuple[str, str]:
    """The letter that is given a value, and the one in it."""
    return value["name"], value["letter"] or ""


__all__ = ["one_of_several"]
