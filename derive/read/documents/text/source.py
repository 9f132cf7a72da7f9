"""The text of a document, and where each character of it stands in its file."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property

MAX_BYTES = 10_000_000
"""The largest file that is read."""


class UnusableDocument(ValueError):
    """A file that cannot be read as a document at all; the message says why and what to do."""


@dataclass(frozen=True, order=True)
class Place:
    """A file, a line and a column, both counted from 1."""

    file: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True)
class Source:
    """One file. ``text`` is what is scanned; where that is not the ``file``'s own text (the cells of a notebook),
    ``moves`` holds pairs of offsets: from the first, in ``text``, on, characters stand at the second in ``raw``."""

    file: str
    text: str
    raw: str = ""
    moves: tuple[tuple[int, int], ...] = ()

    @cached_property
    def _lines(self) -> list[int]:
        return [0, *(match.end() for match in re.finditer(r"\n", self._own))]

    @cached_property
    def _own(self) -> str:
        return self.raw if self.moves else self.text

    @cached_property
    def _starts(self) -> list[int]:
        return [start for start, _ in self.moves]

    def offset(self, at: int) -> int:
        """Where character ``at`` of ``text`` stands in the file."""
        if not self.moves:
            return at
        start, moved = self.moves[max(0, bisect_right(self._starts, at) - 1)]
        return moved + at - start

    def place(self, at: int) -> Place:
        """Line and column of character ``at`` of ``text``.

        >>> Source("a.tex", "x\\ny").place(2)
        Place(file='a.tex', line=2, column=1)
        """
        at = self.offset(at)
        line = bisect_right(self._lines, at)
        return Place(self.file, line, at - self._lines[line - 1] + 1)

    def line(self, number: int) -> str:
        """The text of a line of the file, counted from 1; empty if there is none."""
        if not 1 <= number <= len(self._lines):
            return ""
        start = self._lines[number - 1]
        stop = self._lines[number] if number < len(self._lines) else len(self._own)
        return self._own[start:stop].rstrip("\r\n")


def decoded(data: bytes, file: str) -> str:
    """The text of a file; :class:`UnusableDocument` if it is too long or not UTF-8."""
    if len(data) > MAX_BYTES:
        raise UnusableDocument(f"{file}: expected at most {MAX_BYTES // 1_000_000} MB, found more; split the document")
    if b"\0" in data:
        raise UnusableDocument(f"{file}: expected text, found a zero byte at {data.index(0)}; is it a binary file?")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = data.count(b"\n", 0, problem.start) + 1
        raise UnusableDocument(
            f"{file}:{line}: expected UTF-8 text, found the byte 0x{data[problem.start]:02x}; save the file as UTF-8"
        ) from problem
