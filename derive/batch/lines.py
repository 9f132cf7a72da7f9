"""Lines out of a stream of bytes."""

from __future__ import annotations

from collections.abc import Iterator

MOST_LINE = 64 * 2**20
"""The longest line that is taken: a document of the largest size, every character of it escaped."""
CHUNK = 1 << 18
"""How much is read at once."""


class Lines:
    """Lines out of chunks; one that is too long is thrown away as it comes, and ``None`` stands for it."""

    def __init__(self, most: int = MOST_LINE) -> None:
        self.most = most
        self.parts: list[bytes] = []
        self.size = 0

    def feed(self, chunk: bytes) -> Iterator[bytes | None]:
        """The lines that end in this chunk."""
        *whole, last = chunk.split(b"\n")
        for part in whole:
            self._add(part)
            yield from self.end()
        self._add(last)

    def end(self) -> Iterator[bytes | None]:
        """The line that has been begun, as a whole line; nothing if it is blank."""
        line = None if self.size > self.most else b"".join(self.parts)
        self.parts, self.size = [], 0
        if line is None or line.strip():
            yield line

    def _add(self, part: bytes) -> None:
        self.size += len(part)
        if self.size > self.most:
            self.parts = []
        elif part:
            self.parts.append(part)
