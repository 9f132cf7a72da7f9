"""Words that put a solution back: ``Substituting these into ⟨3⟩ gives``, ``Hence the minimum value is``."""

from __future__ import annotations

import re
from collections.abc import Mapping

_PUTS = (
    r"(?i)(?:(?:re)?substitut(?:e|es|ed|ing|ion)|plug(?:s|ged|ging)?|insert(?:s|ed|ing)?|put(?:s|ting)?|"
    r"eliminat(?:e|es|ed|ing)|replac(?:e|es|ed|ing))\b"
)
_GIVES = r"(?:gives?|yields?|get|obtain|leads?\s+to|results?\s+in|find|arrive\s+at|becomes|have|is|reads)\b[^.;⟨⟩]*\Z"
_INTO = re.compile(
    rf"{_PUTS}[^.;]*?\b(?:into|in|from)\s+(?:(?:the|our)\s+(?:[a-z-]+\s+){{0,3}})?"
    rf"(?:⟨(?P<name>\d+)⟩|the\s+(?:lagrangian|objective|loss|cost|likelihood|energy|error))[^.;⟨⟩]*\b{_GIVES}"
)

_WORTH = re.compile(
    r"(?i)\bthe\s+(?:(?:corresponding|resulting)\s+)?(?:(?:minim(?:um|al)|maxim(?:um|al)|optim(?:um|al))\s+"
    r"(?:(?:objective|function)\s+)?(?:value|loss|cost|objective|energy)|value\s+at\s+the\s+(?:minimum|maximum|optimum|solution))"
    r"(?:\s+of\s+(?:⟨(?P<name>\d+)⟩|(?:the|our|this)\s+(?:[a-z]+\s+){0,2}?(?:objective|loss|cost|function|bound|likelihood|"
    r"criterion|problem|energy|risk|ELBO|Lagrangian|functional)))?"
    r"\s+(?:is|equals|becomes)(?:\s+(?:then|therefore|thus|hence|now))?[\s,:]*\Z"
)
"""The value that something has at the solution."""


def put_into(sentence: str, formulas: Mapping[int, str]) -> str:
    """What a sentence that ends in words such as ``gives`` puts a solution into: the name as it is written, ``*`` for
    one that is called the objective or so; nothing if it does no such thing.

    >>> put_into("Substituting these back into ⟨3⟩ we obtain the dual ", {3: "L"})
    'L'
    >>> put_into("Plugging this into the Lagrangian gives the dual function", {})
    '*'
    >>> put_into("Substituting ⟨1⟩ for ⟨2⟩ gives", {1: "a", 2: "b"}), put_into("We put ⟨1⟩ into words: ", {1: "a"})
    ('', '')
    >>> put_into("Hence the minimum value is ", {}), put_into("and the optimal cost of ⟨1⟩ is therefore ", {1: "J"})
    ('*', 'J')
    """
    found = _INTO.search(sentence) or _WORTH.search(sentence)
    if found is None:
        return ""
    return "*" if found["name"] is None else formulas.get(int(found["name"]), "").strip()


__all__ = ["put_into"]
