"""Displays that go on in one case, and then in the other: ``If $i = j$, = …`` and ``if $i \\ne j$, = …``."""

from __future__ import annotations

from derive.language.terms import Rel, Term
from derive.read import syntax as s
from derive.read.documents.reading.state import Reading
from derive.read.documents.steps.chains import Tail
from derive.read.documents.text.statements import Chain


def where_it_begins(reading: Reading, chain: Chain) -> Tail | None:
    """Where a display that begins with a relation goes on from: in the other case of the same two things, from where
    the first case did."""
    if not chain.begins or not isinstance(chain.node, s.Relation) or reading.case is None or reading.tail is None:
        return reading.tail
    begun = reading.section.case_begun
    if begun is not None and _are_opposite(begun[0], reading.case):
        return begun[1]
    reading.section.case_begun = (reading.case, reading.tail)
    return reading.tail


def _are_opposite(one: Term, other: Term) -> bool:
    match one, other:
        case Rel(op="=", left=a, right=b), Rel(op="!=", left=c, right=d):
            return {a, b} == {c, d}
        case Rel(op="!="), Rel(op="="):
            return _are_opposite(other, one)
    return False


__all__ = ["where_it_begins"]
