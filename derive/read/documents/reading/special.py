"""Claims about one size only: ``For $K = 2$ this is …``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from derive.language.at_sizes import at_sizes, context_at
from derive.read import syntax as s
from derive.read.documents.reading.state import Entry, Reading
from derive.read.documents.text.scanner import Found
from derive.read.documents.text.statements import one_line

_CASE = re.compile(r"(?i)\b(?:for|when|if|with|in\s+the\s+(?:special\s+)?case(?:\s+of|\s+where)?|where)\s*\Z")
MOST = 9
"""The greatest size that a text speaks of by itself."""


def note_size(reading: Reading, found: Found, node: s.Relation, words: str) -> bool:
    """Whether a formula in running text says which size is meant in this sentence; then that is noted."""
    match node:
        case s.Relation(first=s.Name(text=name), rest=(("=", s.Number(text=number)),)) if (
            name in reading.context.sizes and number.isdigit() and _CASE.search(words)
        ):
            size = int(number)
        case _:
            return False
    if not reading.context.sizes[name] <= size <= MOST:
        return False
    reading.sizes = {**reading.sizes, name: size}
    reading.note(found.place, f"a special case: {one_line(found.math.text if found.math is not None else '')}")
    return True


def at_known_sizes(entry: Entry, sizes: Mapping[str, int]) -> Entry:
    """A claim that is made at these sizes only. No correction of it is sought: that would be one for all sizes."""
    what = entry.what if isinstance(entry.what, str) else at_sizes(entry.what, sizes)
    start = None if entry.start is None else at_sizes(entry.start, sizes)
    return replace(entry, what=what, start=start, context=context_at(entry.context, sizes), written=None)
