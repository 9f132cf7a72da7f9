"""A side in its author's own words: what was read, where it stands, and how it looks after a change."""

from __future__ import annotations

import re
from collections.abc import Sequence

from derive.language.claims import Written
from derive.language.terms import Span
from derive.read.documents.text.macros import Expanded
from derive.read.documents.text.source import Source
from derive.read.tokens import ROW_BREAK

_LAYOUT = re.compile(
    r"\\begin\s*\{(?P<begin>\w+)\*?\}|\\end\s*\{\w+\*?\}|(?P<row>" + ROW_BREAK + r")|(?P<mark>&)|"
    r"(?P<note>%[^\n]*)|(?P<only>\\(?:quad|qquad|nonumber|notag|displaystyle|hfill)(?![A-Za-z])|\\(?:label|tag\*?)\s*\{[^{}]*\})|\\[\s\S]"
)


def written(math: Expanded, span: Span, source: Source, before: str) -> Written:
    """The side of a formula that stands at ``span`` of its expanded text; ``before`` is what it is compared with."""
    text = blanked(math.text[span.start : span.stop])
    runs = [number for number, start in enumerate(math.starts) if start < span.stop]
    runs = [number for number in runs if number + 1 == len(math.starts) or math.starts[number + 1] > span.start]
    if not any(math.macros[number] for number in runs):
        return Written(text, before)
    first = math.place(span.start)
    starts = [max(0, math.starts[number] - span.start) for number in runs]
    places = [math.place(span.start + start) - first for start in starts]
    last = runs[-1]
    if math.macros[last]:
        stop = math.places[last + 1] if last + 1 < len(math.starts) else -1
    else:
        stop = math.place(span.stop - 1) + 1
    whole = tuple(bool(math.macros[number]) for number in runs)
    if stop < first or math.macro(span.start) or places != sorted(places):
        return Written(text, before)
    return Written(text, before, blanked(source.text[first:stop]), tuple(zip(starts, places, whole, strict=True)))


def blanked(text: str) -> str:
    """The text with row breaks, alignment marks (outside tables), comments and layout as blanks: nothing moves."""
    depth = 0
    out: list[str] = []
    at = 0
    for match in _LAYOUT.finditer(text):
        out.append(text[at : match.start()])
        at, bit = match.end(), match.group()
        if bit.startswith("\\begin"):
            depth += 1
        elif bit.startswith("\\end"):
            depth -= 1
        dropped = match["note"] or match["only"] or (depth <= 0 and (match["row"] or match["mark"]))
        out.append(" " * len(bit) if dropped else bit)
    return "".join([*out, text[at:]])


def shown(side: Written, changes: Sequence[tuple[int, int, str]], applied: str) -> tuple[str, str]:
    """The side as its author wrote it and after the changes, each on one line; with the macros written out where a
    change is inside of one. ``applied`` is what was read, after the changes."""
    moved = [_moved(side, change) for change in changes] if side.runs else []
    if not side.runs or any(change is None for change in moved):
        return _line(side.text), _line(applied)
    text = side.source
    for start, stop, new in sorted((change for change in moved if change is not None), reverse=True):
        text = text[:start] + new + text[stop:]
    return _line(side.source), _line(text)


def _moved(side: Written, change: tuple[int, int, str]) -> tuple[int, int, str] | None:
    """The same change in the author's text; None inside of what a macro stands for."""
    start, stop, new = change
    first = _place(side, start)
    last = _place(side, stop)
    if first is None or last is None or last < first:
        return None
    return first, last, new


def _place(side: Written, at: int) -> int | None:
    """Where a place between two characters is in the author's text."""
    for number, (start, place, from_macro) in reversed(tuple(enumerate(side.runs))):
        if start <= at:
            same = number and side.runs[number - 1][1] == place
            if not from_macro:
                return place + at - start
            if at == start and not same:
                return place
            return len(side.source) if at == len(side.text) else None
    return None


def _line(text: str) -> str:
    return re.sub(r"\s+(?=[.,;]\Z)", "", " ".join(text.split())).rstrip(" .,;")
