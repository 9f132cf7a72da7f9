"""What stands behind an arrow or a supposition: a consequence of what stands before it; for ⇔ the way back too."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import islice, product

from derive.language.claims import Compare, Equal, Statement, Step
from derive.language.terms import Rel
from derive.read.documents.steps.chains import Told, Whole, relations_of
from derive.read.documents.steps.consequences import MOST_READINGS

Judged = tuple[tuple[Statement, ...], Statement | None]
"""What a link states, in all its readings, and the line against the start of its chain."""


def under(whole: Whole, place: int, told: Told | None, known: tuple[Rel, ...], judged: Judged) -> Judged:
    """A link under what is supposed or stands before its arrow: every relation is then a step, inequalities too.

    The last link behind ⇔ closes the way back. Behind an equation that is being solved, the way back is stated where
    nothing else than that equation is known.
    """
    statements, start = judged
    if not known:
        known = _the_root(told, statements) if whole.segment.arrow == "<=>" else ()
        if not known:
            return judged
    elif told is None or not told.relations:  # only supposed: an equation is a step already
        return tuple(_stepped(each, known) for each in statements), None if start is None else _stepped(start, known)
    before: tuple[Rel, ...] = ()
    both = whole.segment.arrow == "<=>" and place == len(whole.links) - 1
    if both:
        before = tuple(relation for link in whole.links[:place] for relation in relations_of(link))
    return tuple(_stepped(each, known, both, before) for each in statements), None


def _the_root(told: Told | None, statements: tuple[Statement, ...]) -> tuple[Rel, ...]:
    """The equation that stands before the arrow, if what follows rests on nothing else."""
    if told is None or told.root is None:
        return ()
    alone = all(isinstance(each, Step) and each.hypotheses == (told.root,) for each in statements)
    return (told.root,) if statements and alone else ()


def _stepped(
    statement: Statement, known: tuple[Rel, ...], both: bool = False, before: tuple[Rel, ...] = ()
) -> Statement:
    """A relation as the conclusion of a step; what is no relation, and what holds of derivatives, as it stands."""
    match statement:
        case Compare(op, left, right):
            return Step(known, (*before, Rel(op, left, right)), both)
        case Step(conclusions=conclusions) if both:
            return Step(known, (*before, *conclusions), both)
        case Equal(left, right) if both:
            return Step(known, (*before, Rel("=", left, right)), both)
    return statement


def under_every_reading(
    statements: tuple[Statement, ...], other: Mapping[Rel, tuple[Rel, ...]]
) -> tuple[Statement, ...]:
    """The steps among some statements under every reading of what they rest on, not the first alone."""
    found: dict[Statement, None] = {}
    for each in statements:
        if not isinstance(each, Step):
            found[each] = None
            continue
        ways = product(*((known, *other.get(known, ())) for known in each.hypotheses))
        for hypotheses in islice(ways, MOST_READINGS):
            found[replace(each, hypotheses=hypotheses)] = None
    return tuple(found)


__all__ = ["under", "under_every_reading"]
