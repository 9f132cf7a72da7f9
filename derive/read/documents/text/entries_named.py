r"""``$W = (w_{ij})$``: the author's way to say that the ``w_{ij}`` are the entries of W. They are written ``W_{ij}``
from then on. No character moves."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from derive.read.documents.text.scanner import Found
from derive.read.documents.text.sentences import NUMBERED, sentence_of

_PAIR = r"_\s*\{\s*[a-z]\s*,?\s*[a-z]\s*\}"
_SAID = re.compile(
    rf"(?<![A-Za-z\\])(?P<matrix>[A-Z])\s*(?P<said>:?=\s*(?:\\left\s*)?[(\[]\s*(?P<entry>[a-z])\s*{_PAIR}\s*(?:\\right\s*)?[)\]]"
    r"(?:\s*[_^]\s*(?:\{[^{}]*\}|\w)){0,2})(?P<after>\s*(?:\Z|[.,;]|\\in(?![A-Za-z])|\\quad|\\qquad))"
)


def with_entries(pieces: Sequence[Found]) -> tuple[list[Found], list[str]]:
    """The pieces with the entries of such a matrix by its own letter, and what is told of it; not where the author
    declares what the entries are."""
    said = [found for piece in pieces if piece.math is not None for found in _SAID.finditer(piece.math.text)]
    names = {found["entry"]: found["matrix"] for found in said if found["entry"].upper() == found["matrix"]}
    names |= _in_words(pieces)
    declared = " ".join(piece.math.text for piece in pieces if piece.kind == "declaration" and piece.math is not None)
    names = {entry: matrix for entry, matrix in names.items() if not re.search(rf"component\s+{entry}\s*_", declared)}
    if not names:
        return [*pieces], []
    notes = [f"{entry}_{{ij}} is the entry {matrix}_{{ij}}" for entry, matrix in sorted(names.items())]
    return [_written(piece, names) for piece in pieces], notes


_MATRIX = re.compile(r"\s*(?P<matrix>[A-Z])\s*(?:\\in\s*(?:\\mathbb\s*\{?R\}?|\[)[^=]*)?\Z")
_ENTRIES = re.compile(
    rf"\s*(?P<entry>[a-z])\s*{_PAIR}\s*(?:(?:=\s*(?P=entry)\s*{_PAIR}\s*)?(?:>|\\geq?(?![A-Za-z])|\\in(?![A-Za-z])).*|=\s*(?P=entry)\s*{_PAIR}\s*)?\Z"
)
_BARE = re.compile(rf"\s*[a-z]\s*{_PAIR}[\s.,;]*\Z")
_BETWEEN = re.compile(
    r"(?i)\b(?:entr(?:y|ies)|elements?|coefficients?|weights?|matrix|collect(?:ed)?|stored?|gather(?:ed)?|form)\b"
)
_SPEAKS_OF = re.compile(r"(?i)\bmatrix\b|\b(?:entr(?:y|ies)|elements?)\b")
_OTHERWISE = re.compile(r"(?i)\b(?:not|no|if|whether|row|column|inverse|normali[sz]ed|cent[er]+ed)\b|=")


def _in_words(pieces: Sequence[Found]) -> dict[str, str]:
    """The same in words, ``a matrix $W$ with entries $w_{ij} \\ge 0$``, where nothing writes ``W_{ij}``."""
    formulas = " ".join(piece.math.text for piece in pieces if piece.math is not None)
    found: dict[str, str] = {}
    for number, piece in enumerate(pieces):
        entry = (
            _ENTRIES.match(piece.math.text.strip(" .,;")) if piece.kind == "inline" and piece.math is not None else None
        )
        matrix = entry["entry"].upper() if entry is not None else ""
        if (
            not matrix
            or entry is None
            or matrix in found.values()
            or re.search(rf"(?<![A-Za-z\\]){matrix}\s*{_PAIR}", formulas)
        ):
            continue
        sentence = sentence_of(pieces, number).text
        for other in map(int, NUMBERED.findall(sentence)):
            math = pieces[other].math
            named = _MATRIX.match(math.text.strip(" .,;")) if math is not None else None
            if named is None or named["matrix"] != matrix or not _SPEAKS_OF.search(sentence):
                continue
            if math is not None and "\\in" in math.text and _BARE.match(piece.math.text if piece.math else ""):
                continue  # its letters get their ranges from the space of the matrix
            first, last = sorted((sentence.index(f"⟨{number}⟩"), sentence.index(f"⟨{other}⟩")))
            between = sentence[first:last]
            speaks = _BETWEEN.search(between) or re.search(r"(?i)\bmatrix\b[^⟨]*\Z", sentence[:first])
            if speaks and not _OTHERWISE.search(between):
                found[entry["entry"]] = matrix
    return found


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
