"""Derivatives of what is made of a quantity that only an unread equation gives: nobody knows how it varies."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from derive.language.claims import WellDefined, terms_of
from derive.language.context import Context
from derive.language.dependencies import all_parts, depends_on
from derive.language.terms import Apply, Deriv, Sym, Term
from derive.language.terms import Entry as Part
from derive.read.documents.reading.state import Entry, Reading
from derive.read.documents.text.prose import HEADING
from derive.read.documents.text.spelling import spaced
from derive.read.documents.words.unheeded import reached
from derive.read.errors import ReadError
from derive.read.names import parts_of
from derive.read.parser import parse


@dataclass(frozen=True)
class _Given:
    """What an unread equation gives, where, and the other side as tokens."""

    name: str
    number: int
    line: int
    body: str


def leave_unclear(reading: Reading) -> None:
    """The claims about such derivatives, as what cannot be read."""
    given = [each for entry in reading.entries if (each := _given(entry)) is not None]
    for place, entry in enumerate(reading.entries) if given else ():
        if isinstance(entry.what, str) or all(isinstance(each, WellDefined) for each in entry.what):
            continue
        found = next((each for each in given if _is_of(reading, entry, each, given)), None)
        if found is not None:
            reason = f"expected to know how {found.name} varies: what it is in line {found.line} could not be read"
            reading.entries[place] = replace(
                entry, what=reason, hint="declare what is missing there", start=None, guessed=""
            )


def _given(entry: Entry) -> _Given | None:
    left, equals, right = entry.text.partition("=")
    if not isinstance(entry.what, str) or not equals:
        return None
    try:
        parts = parts_of(parse(left.strip(" &:")))
    except ReadError:
        return None
    return None if parts is None else _Given(parts[0], entry.key[0], entry.place.line, f" {spaced(right)} ")


def _is_of(reading: Reading, entry: Entry, given: _Given, others: list[_Given]) -> bool:
    """Whether a derivative in a claim of the same section takes apart what is given there."""
    decl = entry.context.symbols.get(given.name)
    if isinstance(entry.what, str) or decl is None or decl.definition is not None or decl.depends is not None:
        return False
    terms = [term for each in entry.what for term in terms_of(each)]
    parts = (part for term in terms for part in all_parts(entry.context, term) if isinstance(part, Deriv))
    apart = any(_takes_apart(part, given, others, entry.context) for part in parts)
    return apart and not _is_apart(reading, *sorted((given.number, entry.key[0])))


def _takes_apart(part: Deriv, given: _Given, others: list[_Given], context: Context) -> bool:
    name = _name(part.wrt)
    if not name or name == given.name or given.name not in reached([part.body], context):
        return False
    return _may_vary(given, name, others, context)


def _may_vary(given: _Given, name: str, others: list[_Given], context: Context) -> bool:
    """Whether the unread side has the variable, or anything that is, or may be, made of it."""
    if f" {spaced(name)} " in given.body or any(
        f" {spaced(each.name)} " in given.body for each in others if each != given
    ):
        return True
    return any(f" {spaced(each)} " in given.body and depends_on(context, each, name) for each in _names(context))


def _names(context: Context) -> Iterator[str]:
    return (name for name, decl in context.symbols.items() if decl.definition is not None or decl.depends)


def _name(wrt: Term) -> str:
    while isinstance(wrt, Part):
        wrt = wrt.base
    return wrt.name if isinstance(wrt, Sym | Apply) else ""


def _is_apart(reading: Reading, first: int, second: int) -> bool:
    """Whether a heading stands between two formulas."""
    return any(piece.math is None and HEADING.search(piece.text) for piece in reading.document.pieces[first:second])


__all__ = ["leave_unclear"]
