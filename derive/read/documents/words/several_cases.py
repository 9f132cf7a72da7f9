"""Letters that a text gives one value after the other: ``for $M = n$`` and ``for $M = n + 1$`` are cases."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from derive.read.documents.text.scanner import Found
from derive.read.documents.words.other_languages import is_other

_VALUE = re.compile(
    r"\s*(?P<name>[A-Za-z]|\\(?:[a-z]+))\s*(?P<sign>=|\\neq?(?![A-Za-z]))\s*"
    r"(?P<value>-?\d+(?:\.\d+)?|(?P<letter>[A-Za-z])\s*(?P<more>[+-]\s*\d+)?)\s*[.,:;]?\s*"
)
"""``M = n + 1``, ``k \\ne j``, ``\\lambda = 0``: a letter, and a number or another letter."""


def is_one_of_several(pieces: Sequence[Found], number: int) -> bool:
    """Whether a formula gives a letter one of several values, so that it defines nothing: the text has the step of an
    induction (``M = n`` and ``M = n + 1``), or the two cases of a pair of indices (``k = j`` and ``k \\ne j``). Where
    the words are in a language that is not read, any letter may be given a value for one case alone."""
    math = pieces[number].math
    here = _VALUE.fullmatch(math.text) if math is not None and pieces[number].kind == "inline" else None
    if here is None or here["sign"] != "=":
        return False
    if _are_others(tuple(pieces)):
        return True
    for piece in pieces:
        other = _VALUE.fullmatch(piece.math.text) if piece.math is not None and piece.kind == "inline" else None
        if other is None or here["letter"] is None or other["letter"] is None:
            continue
        same = other["name"] == here["name"] and other["letter"] == here["letter"]
        if same and other["sign"] == "=" and bool(other["more"]) != bool(here["more"]):
            return True
        pair = {here["name"], here["letter"]} == {other["name"], other["letter"]}
        if pair and other["sign"] != "=" and not (other["more"] or here["more"]):
            return True
    return False


@lru_cache(maxsize=8)
def _are_others(pieces: tuple[Found, ...]) -> bool:
    return is_other(pieces)


__all__ = ["is_one_of_several"]
