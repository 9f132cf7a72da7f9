"""Documents written in a test, as words: the verdict on each line, and what was inferred."""

from __future__ import annotations

from collections.abc import Callable

from derive.documents import read_document
from derive.read.documents.text.source import Source

Judged = Callable[[str], list[str]]
"""A text, and the verdicts on its lines as ``derive check`` gives them (the fixture ``words``)."""

Answers = Callable[[str], list[tuple[str, str]]]
"""A text, and the verdict and the kind of each of its lines (the fixture ``answers``)."""


def notes(text: str) -> str:
    """What is inferred from a text, a line each."""
    return "\n".join(read_document(Source("f.md", text)).notes)
