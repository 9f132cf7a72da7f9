r"""``The last sum is $n (m - c)^2$``: a part of what was displayed last, by its place."""

from __future__ import annotations

import re
from dataclasses import replace

from derive.language.terms import Big, Op, Term
from derive.read.documents.steps.chains import Tail

_PART = re.compile(
    r"(?i)\bthe\s+(?P<place>first|second|third|middle|last)\s+(?P<kind>sum|term|summand)\s+(?:is|equals|becomes|"
    r"(?:is\s+)?(?:just|simply)|simplifies\s+to|is\s+equal\s+to)[\s:]*\Z"
)
_PLACES = {"first": 0, "second": 1, "third": 2, "last": -1}


def part_said(words: str, tail: Tail) -> Tail | None:
    """The part of the last side of a chain that the words speak of, in each way they may be meant; None if they speak
    of none, or it is not clear which."""
    found = _PART.search(words)
    if found is None:
        return None
    terms: dict[Term, None] = {}
    for side in tail.last:
        for term in _parts(side, found["place"].lower(), found["kind"].lower() == "sum"):
            terms[term] = None
    readings = tuple(terms)
    return replace(tail, first=readings, last=readings, ops=(), text=found.group().strip()) if readings else None


def _parts(side: Term, place: str, sums: bool) -> list[Term]:
    """The term at a place of a sum; where that is a number times a sum, and a ``sum`` is meant, both."""
    added = list(side.args) if isinstance(side, Op) and side.name == "add" else []
    if sums:
        added = [term for term in added if any(isinstance(part, Big) for part in _factors(term))]
    if len(added) < 2 or (place == "middle" and len(added) != 3):
        return []
    at = 1 if place == "middle" else _PLACES[place]
    if at >= len(added):
        return []
    term = added[at]
    if isinstance(term, Op) and term.name == "neg":
        return []  # with its sign or without it
    inside = [part for part in _factors(term) if isinstance(part, Big)] if sums else []
    return [term, *(inside if len(inside) == 1 and inside[0] != term else [])]


def _factors(term: Term) -> tuple[Term, ...]:
    return term.args if isinstance(term, Op) and term.name == "mul" else (term,)


__all__ = ["part_said"]
