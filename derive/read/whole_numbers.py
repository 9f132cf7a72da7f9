r"""Sets of whole numbers from a bound on: ``\mathbb{N}_0``, ``\mathbb{Z}_{>0}``, ``\{1, 2, \dots\}``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from derive.language.context import SymbolDecl
from derive.language.terms import Num
from derive.read import syntax as s

_BOUNDED = re.compile(
    r"\\mathbb\s*\{?\s*(?P<set>[NZ])\s*\}?\s*(?P<mark>_\s*(?:0|\+|\{\s*(?:0|\+|>\s*0|(?:\\geq?|\\geqslant|≥)\s*[01])\s*\})|"
    r"\^\s*(?:\+|\{\s*\+\s*\}))"
)
_LEAST = {"N": {"0": 0, "+": 1, ">0": 1}, "Z": {"+": 0, ">0": 1}}
"""The least number of each set; ``\\mathbb{Z}_+`` has 0 for some authors, and not less for any."""


def bounded_set(text: str) -> tuple[str, frozenset[str]]:
    r"""A declaration whose set of whole numbers has a bound as its mark, as one that says the bound in words.

    >>> bounded_set(r"k \in \mathbb{N}_0"), bounded_set(r"k \in \mathbb{Z}_{\ge 0}^d")[0]
    (('k \\in \\mathbb{Z}', frozenset({'nonnegative'})), 'k \\in \\mathbb{Z}^d')
    """
    found = _BOUNDED.search(text)
    if found is None:
        return text, frozenset()
    mark = re.sub(r"[\s_^{}]", "", found["mark"]).replace("\\geqslant", "≥").replace("\\geq", "≥").replace("\\ge", "≥")
    least = int(mark[1:]) if mark.startswith("≥") else _LEAST[found["set"]].get(mark)
    if least is None:
        return text, frozenset()
    word = "positive" if least else "nonnegative"
    return f"{text[: found.start()]}\\mathbb{{Z}}{text[found.end() :]}", frozenset({word})


def enumerated(decl: SymbolDecl, items: Sequence[s.Node]) -> SymbolDecl | None:
    r"""The quantity in ``\{a, a+1, \dots\}``, or in ``\{\dots, -1, 0, 1, \dots\}``; None for any other set."""
    if not items or not isinstance(items[-1], s.Dots):
        return None
    endless = isinstance(items[0], s.Dots)
    numbers = [_whole(item) for item in (items[1:-1] if endless else items[:-1])]
    if len(numbers) < 2 or any(number is None for number in numbers):
        return None
    given = [number for number in numbers if number is not None]
    if given != list(range(given[0], given[0] + len(given))):
        return None
    decl = replace(decl, properties=decl.properties | {"integer"})
    if endless:
        return decl
    word = {0: "nonnegative", 1: "positive"}.get(given[0])
    if word is not None:
        return replace(decl, properties=decl.properties | {word})
    return replace(decl, low=Num(Fraction(given[0])), low_open=False)


def _whole(node: s.Node) -> int | None:
    match node:
        case s.Number(text=text) if text.isdigit():
            return int(text)
        case s.Sum(terms=(("-", s.Number(text=text)),)) if text.isdigit():
            return -int(text)
    return None


__all__ = ["bounded_set", "enumerated"]
