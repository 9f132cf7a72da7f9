"""Declarations that speak of what a document names further on: they are kept, and hold from there."""

from __future__ import annotations

from derive.read.declarations import declare
from derive.read.documents.definitions import making_room
from derive.read.documents.reading.standing import author_declares
from derive.read.documents.reading.state import Ahead, Entry, Reading
from derive.read.errors import DeclarationError, Undeclared


def is_ahead(problem: DeclarationError) -> bool:
    """Whether a declaration only wants a name that may come."""
    return isinstance(problem.__cause__, Undeclared)


def take_up(reading: Reading) -> None:
    """Declare what can be declared by now."""
    for each in list(reading.ahead):
        if each.tried is reading.context:
            continue
        each.tried = reading.context
        try:
            context = declare(each.statement, making_room.with_room(each.statement, reading.context))
        except DeclarationError as problem:
            each.problem = problem.message
            if not is_ahead(problem):
                reading.ahead.remove(each)
                _report(reading, each)
        else:
            reading.ahead.remove(each)
            before, reading.context = reading.context, making_room.settled(reading.context, context)
            author_declares(reading, before)


def give_up(reading: Reading) -> None:
    """At the end of a document: what never came is reported where it was declared."""
    take_up(reading)
    for each in reading.ahead:
        _report(reading, each)
    reading.ahead = []


def _report(reading: Reading, each: Ahead) -> None:
    reading.entries.append(Entry(each.key, each.place, each.problem, reading.context, each.statement))
