"""One record of a batch: a line of JSON with a document in it, and the line that answers it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from derive.checker import Limits, checked, report_of
from derive.read.documents.text.files import Input
from derive.read.documents.text.source import Source, UnusableDocument, decoded
from derive.render.record import Report, record
from derive.workers import Died, Exhausted, Lost, Pieces, Stopped

LONGEST_ID = 1000
FILE = "text"
FORMATS = {"tex": True, "md": False}
"""The formats of a document, and whether each is LaTeX."""
FIELDS = ("id", "text", "format")


class BadRecord(ValueError):
    """A line that holds no document; the message says what was expected. ``id`` is the record's, if it has one."""

    def __init__(self, message: str, id: str | int | None = None) -> None:
        super().__init__(message)
        self.id = id


@dataclass(frozen=True)
class Record:
    """A document to check, and what its answer is called."""

    id: str | int
    text: str
    latex: bool


def answer(line: bytes, pieces: Pieces, limits: Limits) -> bytes:
    """The answer to a line, whatever is in it."""
    try:
        given = record_of(line)
    except BadRecord as problem:
        return error_line(problem.id, str(problem))
    pieces.name(json.dumps(given.id))
    document = Input(Source(FILE, given.text), given.latex, FILE)
    report = report_of(checked([document], replace(limits, pieces=pieces)), ())
    if report.failures:
        return error_line(given.id, report.failures[0])
    return _line(answer_to(given.id, report))


def answer_to(id: str | int, report: Report) -> dict[str, Any]:
    """The results of a document, as in the JSON of ``derive check`` but for the time that each took: the same document
    has the same answer."""
    rows = [record(result) for result in report.results]
    results = [{name: value for name, value in row.items() if name != "seconds"} for row in rows]
    notes = {"notes": list(report.notes)} if report.notes else {}
    return {"id": id, "results": results, "summary": report.summary(), **notes}


def lost_line(lost: Lost, limits: Limits) -> bytes:
    """The answer to a record whose worker ended outside of any claim."""
    id = json.loads(lost.named) if lost.named else None
    match lost.outcome:
        case Stopped():
            return error_line(id, "expected a document that is read within a minute; split it")
        case Exhausted():
            most = (limits.memory or 0) // 2**20
            return error_line(id, f"expected a document that is read within {most} MB of memory; split it")
        case Died(code):
            ended = f"signal {-code}" if code < 0 else f"exit status {code}"
            return error_line(id, f"the process that read it ended with {ended}, twice; this is a bug of derive")
    raise ValueError(f"expected a worker that ended, found {lost.outcome!r}")


def error_line(id: str | int | None, message: str) -> bytes:
    """The answer to what has no results."""
    return _line({"id": id, "error": message})


def _line(data: Mapping[str, Any]) -> bytes:
    """One line of ASCII, the same under every locale."""
    return json.dumps(data).encode("ascii")


# -- reading a line ----------------------------------------------------------------------------------------------------
def record_of(line: bytes) -> Record:
    """The record on a line; :class:`BadRecord` for anything else.

    >>> record_of(b'{"id": 1, "text": "$x = x$", "format": "md"}')
    Record(id=1, text='$x = x$', latex=False)
    >>> record_of(b'{"id": 1, "text": "$x = x$"}')
    Traceback (most recent call last):
    derive.batch.records.BadRecord: expected the fields "id", "text" and "format", found no "format"
    """
    data = _object(line)
    id = _id(data)
    missing = [name for name in FIELDS if name not in data]
    if missing:
        wanted = '"id", "text" and "format"'
        raise BadRecord(f"expected the fields {wanted}, found no {' and no '.join(map(json.dumps, missing))}", id)
    if not isinstance(data["text"], str):
        raise BadRecord(f'expected a text in "text", found {_kind(data["text"])}', id)
    latex = FORMATS.get(data["format"]) if isinstance(data["format"], str) else None
    if latex is None:
        raise BadRecord(f'expected "tex" or "md" in "format", found {_short(data["format"])}', id)
    if id is None:
        raise BadRecord(f'expected a text or a whole number in "id", found {_kind(data["id"])}')
    return Record(id, _text(data["text"], id), latex)


def _object(line: bytes) -> dict[str, Any]:
    try:
        data = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError as problem:
        found = line[problem.start]
        raise BadRecord(f"expected UTF-8, found the byte 0x{found:02x} at {problem.start}") from problem
    except json.JSONDecodeError as problem:
        raise BadRecord(f"expected one JSON object, found {problem.msg} at column {problem.colno}") from problem
    except ValueError as problem:  # a number of thousands of digits
        raise BadRecord(f"expected a JSON object, found a value that cannot be read: {problem}") from problem
    except RecursionError as problem:
        raise BadRecord("expected a JSON object, found brackets nested too deep") from problem
    if not isinstance(data, dict):
        raise BadRecord(f"expected a JSON object, found {_kind(data)}")
    return data


def _id(data: Mapping[str, Any]) -> str | int | None:
    """What a record is called, if it says so in a way that can be repeated."""
    id = data.get("id")
    if isinstance(id, bool) or not isinstance(id, str | int):
        return None
    if isinstance(id, str) and len(id) > LONGEST_ID:
        raise BadRecord(f'expected at most {LONGEST_ID} characters in "id", found {len(id)}')
    return id


def _text(text: str, id: str | int) -> str:
    """A document's text, under the rules for a file's."""
    try:
        return decoded(text.encode(), FILE)
    except UnicodeEncodeError as problem:
        raise BadRecord(
            f"expected Unicode text, found half of a surrogate pair at character {problem.start}", id
        ) from (problem)
    except UnusableDocument as problem:
        raise BadRecord(str(problem), id) from problem


def _kind(value: object) -> str:
    names = {dict: "an object", list: "an array", str: "a text", bool: "true or false", type(None): "null"}
    return names.get(type(value), "a number")


def _short(value: object) -> str:
    return json.dumps(value)[:40] if isinstance(value, str) else _kind(value)
