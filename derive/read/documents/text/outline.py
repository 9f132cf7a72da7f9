"""The pieces of a document around a formula: its section, the words after it."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set

from derive.read.documents.text.prose import HEADING
from derive.read.documents.text.scanner import Found

MOST_DISPLAYS = 8
"""Pieces after a display among which the words that explain its names are sought."""


def sections(pieces: Sequence[Found], heads: Set[int] = frozenset()) -> dict[int, int]:
    """Where each section begins, and where it ends; ``heads`` are places that begin one without looking like it."""
    starts = [0]
    for number, piece in enumerate(pieces):
        if number and (number in heads or (piece.kind == "prose" and HEADING.search(piece.text))):
            starts.append(number)
    return dict(zip(starts, [*starts[1:], len(pieces)], strict=True))


def case_follows(pieces: Sequence[Found], number: int) -> bool:
    """Whether the words after a formula say that it holds in a case only."""
    after = pieces[number + 1] if number + 1 < len(pieces) else None
    return (
        after is not None
        and after.kind == "prose"
        and bool(re.match(r"\s*,?\s*(?:only\s+)?(?:when|if|iff|whenever|provided|unless|in\s+case)\b", after.text))
    )


def words_after(pieces: Sequence[Found], number: int) -> str:
    """The words right after a formula."""
    after = pieces[number + 1] if number + 1 < len(pieces) else None
    return after.text if after is not None and after.kind == "prose" else ""


def where_follows(pieces: Sequence[Found], number: int) -> bool:
    """Whether the words after a display, or after those that follow it without words, say what its names mean."""
    for piece in pieces[number + 1 : number + 1 + MOST_DISPLAYS]:
        if piece.kind == "prose" and piece.text.strip():
            return bool(
                re.match(
                    r"[\s.,;]*(?:and\s+)?(?:that|where|with|here|in which|such that|in terms of|Here|Where|Let|let)\b",
                    piece.text,
                )
            )
        if piece.kind == "display" and re.match(r"\s*(?:&\s*)?\\text\w*\s*\{\s*(?:where|with|and)\b", piece.text):
            return True
        if piece.kind not in ("prose", "display"):
            return False
    return False
