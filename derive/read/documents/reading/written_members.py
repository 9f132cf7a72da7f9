"""``s_2`` of a family over t = 1..T: what is said of it is said where there is such a member, so T is at least 2; and
it is what a recurrence makes of the members before it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from derive.language.claims import Compare, Equal, Statement, Step
from derive.language.context import Context
from derive.language.extents import Extent, Range
from derive.language.terms import Array, At, Big, Cases, Entry, Expect, Integral, Num, Sym, Term, children
from derive.read.documents.reading.state import Reading
from derive.read.unrolled import by_number

_ONLY_MAYBE = Array | At | Big | Cases | Expect | Integral
"""What stands in these need not be there: a sum may be empty."""


def take_by_number(reading: Reading) -> None:
    """At the end of a document: claims about members by number are about as many members at least, and about what
    recurrences make of these."""
    for place, entry in enumerate(reading.entries):
        if isinstance(entry.what, str):
            continue
        sizes, context = _least(entry.what, entry.context), entry.context
        what = tuple(_written_out(each, context) for each in entry.what)
        if not sizes and what == entry.what:
            continue
        for name, least in sizes.items():
            context = context.with_size(name, least)
        reading.entries[place] = replace(entry, context=context, what=what)
        if not sizes:
            continue
        said = ", ".join(f"{name} >= {least}" for name, least in sizes.items())
        reading.note(entry.place, f"{said}, as a member with this number is written")


def _written_out(statement: Statement, context: Context) -> Statement:
    """An equation between members by number, with these as the recurrences of the text make them."""
    match statement:
        case Equal(left, right):
            return Equal(by_number(left, context), by_number(right, context))
        case Compare(op, left, right):
            return Compare(op, by_number(left, context), by_number(right, context))
    return statement


def _least(statements: Iterable[Statement], context: Context) -> dict[str, int]:
    """The sizes that have to be larger than is known, in every reading of a line, and what they are at least."""
    needed = [_needed(_said(each), context) for each in statements]
    shared = set.intersection(*({*each} for each in needed)) if needed else set()
    return {name: min(each[name] for each in needed) for name in sorted(shared)}


def _said(statement: Statement) -> tuple[Term, ...]:
    """What is claimed, and not what is only given."""
    match statement:
        case Equal(left, right) | Compare(_, left, right):
            return (left, right)
        case Step(conclusions=conclusions):
            return conclusions
    return ()


def _needed(terms: Iterable[Term], context: Context) -> dict[str, int]:
    found: dict[str, int] = {}
    for term in terms:
        for name, number in _numbers(term, context):
            if number > max(context.sizes.get(name, number), found.get(name, 1)):
                found[name] = number
    return found


def _numbers(term: Term, context: Context) -> Iterator[tuple[str, int]]:
    """The numbers of members that a term surely has, each with the size that is the last of them."""
    if isinstance(term, _ONLY_MAYBE):
        return
    decl = context.symbols.get(term.name) if isinstance(term, Sym) else None
    if decl is not None and isinstance(term, Sym):
        yield from _beyond(zip(term.indices, decl.family, strict=False))
    if isinstance(term, Entry) and isinstance(term.base, Sym) and (whole := context.symbols.get(term.base.name)):
        yield from _beyond(zip(term.indices, map(Range.upto, whole.shape), strict=False))
    for part in children(term):
        yield from _numbers(part, context)


def _beyond(places: Iterable[tuple[Term, Range]]) -> Iterator[tuple[str, int]]:
    for at, range_ in places:
        names = [*range_.high.names]
        if isinstance(at, Num) and at.value.denominator == 1 and names and range_.high == Extent.of(names[0]):
            yield names[0], int(at.value)


__all__ = ["take_by_number"]
