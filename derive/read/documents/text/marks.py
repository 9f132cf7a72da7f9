"""Marks among the declarations: ``skip`` and ``expect refuted``; and the declarations that stand inside a display."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

Key = tuple[int, int]
"""The number of a piece in its document, and an offset in its source: the order of the text."""

_STATEMENT = re.compile(
    r"(?:^|\n|\s;(?=\s))[ \t]*(?:%:|<!--:)?[ \t]*(?P<word>skip|expect[ \t]+refuted)\b[ \t]*(?P<rest>[^;\n]*)"
)
_INSIDE = re.compile(r"(?m)^[^\n%]*%:(?P<text>[^\n]*)$")


@dataclass(frozen=True)
class Mark:
    """``expect refuted`` at a place, with the reason if one is given."""

    key: Key
    reason: str = ""


def marks_in(text: str) -> Iterator[tuple[str, int, str]]:
    """Each ``skip`` or ``expect`` in a block of declarations: the word, its place, what follows.

    >>> list(marks_in("x > 0 ; expect refuted: the sign is wrong"))
    [('expect', 8, 'the sign is wrong')]
    """
    for match in _STATEMENT.finditer(text):
        word = match["word"].split()[0]
        yield word, match.start("word"), match["rest"].strip(" \t\r:,-–—").removesuffix("-->").strip()


def inside(text: str) -> Iterator[tuple[str, int]]:
    """The ``%:`` comments inside a piece of mathematics, each with its place."""
    for match in _INSIDE.finditer(text):
        yield match["text"], match.start("text")
