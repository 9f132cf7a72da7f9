"""What a letter may be by the way it is written: a number, a vector, a matrix."""

from __future__ import annotations

import re
from enum import Enum

from derive.read.documents.text.spelling import faceless

LOSSES = frozenset({"L", "E", "J"})
"""Capitals that are rather what is minimised than a matrix."""

WEIGHTS = re.compile(r"W(?![A-Za-z])")
"""What weights are called, which are a matrix where they stand before a small letter."""

_BOLD = re.compile(r"\\(?:mathbf|boldsymbol|bm|vec|mathsf)(?![a-z])")
_GREEK_CAPITAL = re.compile(r"\\(?:Gamma|Delta|Theta|Lambda|Xi|Pi|Sigma|Upsilon|Phi|Psi|Omega)(?![a-z])")


class Kind(Enum):
    """What a name is."""

    NUMBER = 0
    VECTOR = 1
    MATRIX = 2


def kinds_of(name: str) -> tuple[Kind, ...]:
    """What a letter may be, by the way it is written; matrices first."""
    bare = faceless(name)
    letter = re.search(r"\\[A-Za-z]+|[A-Za-z]", re.sub(r"\\(?:hat|tilde|bar|widehat|overline|check|dot)\b", "", bare))
    if letter is None or "\\mathcal" in name or bare.partition("_")[0] == "\\ell":
        return (Kind.NUMBER,)
    capital = letter.group()[0].isupper() or _GREEK_CAPITAL.match(letter.group()) is not None
    if _BOLD.search(name):
        return (Kind.MATRIX,) if capital else (Kind.VECTOR,)
    return (Kind.MATRIX, Kind.NUMBER) if capital else (Kind.VECTOR, Kind.NUMBER)


__all__ = ["LOSSES", "WEIGHTS", "Kind", "kinds_of"]
