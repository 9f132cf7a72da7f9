"""Letters with a bar or a hat of which the text does not say what they are: nothing said of them is refuted."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from derive.read.documents.text.scanner import Found
from derive.read.documents.words.unheeded import Unheeded

_NOTE = re.compile(
    r"(?P<file>.*):(?P<line>\d+): "
    r"(?P<name>\\(?:(?:bar|overline)\{[^{}]*\}(?:_\{?\w+\}?)?|(?:hat|widehat)\{[^{}]*\}(?:_\{?[a-z]\}?)?)) "
    r"(?:\\in \\mathbb\{R\}|[<>])"
)


def undefined_means(pieces: Sequence[Found], notes: Sequence[str]) -> Iterator[Unheeded]:
    """Every letter with a bar, or with a hat and an index, that was taken to be any quantity of its kind, as nothing
    says what it is."""
    names = dict.fromkeys(found["name"] for note in notes if (found := _NOTE.match(note)) is not None)
    for name in names:
        letter = re.search(r"\{\s*(.*?)\s*\}", name)
        member = (
            re.compile(rf"(?i)(?<![A-Za-z\\]){re.escape(letter[1])}\s*(?:_|\^\s*\{{?\()")
            if letter is not None
            else None
        )
        if member is not None and letter is not None and "hat" in name and "_" not in name:
            if any(_is_introduced(name, piece) for piece in pieces):
                continue
            member = re.compile(rf"(?<![A-Za-z\\{{]){re.escape(letter[1])}(?![A-Za-z])")
        if member is None or not any(piece.math is not None and member.search(piece.math.text) for piece in pieces):
            continue  # nothing that it could average
        if "hat" in name and any(_is_varied(letter[1], piece) for piece in pieces if letter is not None):
            continue  # it is a variable
        spelled = name.replace("\\overline", "\\bar")
        for piece in pieces:
            if piece.math is not None and piece.kind in ("inline", "display") and _has(piece.math.text, spelled):
                words = "the bar (if it is a mean, declare which: “let … := …”)"
                if "hat" in name:
                    words = "the hat (declare what it stands for: “let … := …”)"
                yield Unheeded(piece.place, words, (name,))
                break


def _is_introduced(name: str, piece: Found) -> bool:
    """Whether a formula in running text only names a letter with a hat, or says of which space it is: of it the words
    speak."""
    if piece.kind == "declaration":
        return piece.math is not None and _has(piece.math.text, name)
    text = piece.math.text.strip(" .,;") if piece.kind == "inline" and piece.math is not None else ""
    return bool(text) and _has(text, name) and re.search(r"=|<|>|\\(?:leq?|geq?)(?![A-Za-z])", text) is None


def _is_varied(letter: str, piece: Found) -> bool:
    """Whether a formula differentiates in a letter with a hat."""
    text = piece.math.text if piece.math is not None else ""
    hat = rf"\\(?:wide)?hat\s*\{{?\s*{re.escape(letter)}\s*\}}?"
    return (
        re.search(rf"\}}\s*\{{\s*(?:\\partial|d)\s*{hat}|\\nabla_\s*\{{?\s*{hat}|/\s*\\partial\s*{hat}", text)
        is not None
    )


def _has(text: str, name: str) -> bool:
    plain = re.sub(r"\\(?:bar|overline)\s*\{?\s*(\\[a-z]+|[A-Za-z])\s*\}?", r"\\bar{\1}", text)
    plain = re.sub(r"\\(?:wide)?hat\s*\{?\s*(\\[a-z]+|[A-Za-z])\s*\}?", r"\\hat{\1}", plain)
    return name.replace("\\widehat", "\\hat") in plain.replace("_{i}", "_i")


__all__ = ["undefined_means"]
