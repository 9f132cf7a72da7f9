r"""``$W = (w_{ij})$``: the author's way to say that the ``w_{ij}`` are the entries of W. They are written ``W_{ij}``
from then on. No character moves."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from derive.read.documents.text.scanner import Found

_PAIR = r"_\s*\{\s*[a-z]\s*,?\s*[a-z]\s*\}"
_SAID = re.compile(
    rf"(?<![A-Za-z\\])(?P<matrix>[A-Z])\s*(?P<said>:?=\s*(?:\\left\s*)?[(\[]\s*(?P<entry>[a-z])\s*{_PAIR}\s*(?:\\right\s*)?[)\]]"
    r"(?:\s*_\s*(?:\{[^{}]*\}|\w))?)(?P<after>\s*(?:\Z|[.,;]|\\in(?![A-Za-z])|\\quad|\\qquad))"
)


def with_entries(pieces: Sequence[Found]) -> tuple[list[Found], list[str]]:
    """The pieces with the entries of such a matrix by its own letter, and what is told of it; not where the author
    declares what the entries are."""
    said = [found for piece in pieces if piece.math is not None for found in _SAID.finditer(piece.math.text)]
    names = {found["entry"]: found["matrix"] for found in said if found["entry"].upper() == found["matrix"]}
    declared = " ".join(piece.math.text for piece in pieces if piece.kind == "declaration" and piece.math is not None)
    names = {entry: matrix for entry, matrix in names.items() if not re.search(rf"component\s+{entry}\s*_", declared)}
    if not names:
        return [*pieces], []
    notes = [f"{entry}_{{ij}} is the entry {matrix}_{{ij}}" for entry, matrix in sorted(names.items())]
    return [_written(piece, names) for piece in pieces], notes


def _written(piece: Found, names: dict[str, str]) -> Found:
    if piece.math is None:
        return piece
    text = _SAID.sub(lambda found: _unsaid(found, names), piece.math.text)
    for entry, matrix in names.items():
        text = re.sub(rf"(?<![A-Za-z\\]){entry}(?=\s*_\s*\{{\s*[a-z0-9]'?\s*,?\s*[a-z0-9]'?\s*\}})", matrix, text)
    return replace(piece, math=replace(piece.math, text=text))


def _unsaid(found: re.Match[str], names: dict[str, str]) -> str:
    if names.get(found["entry"]) != found["matrix"]:
        return found.group()
    return found.group().replace(found["said"], " " * len(found["said"]))


__all__ = ["with_entries"]
