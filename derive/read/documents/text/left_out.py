r"""What is worked out without the i-th observation: ``\hat w_{-i}``, ``\hat w^{(-i)}`` or ``\hat w_{\setminus i}``
is no entry and no power of ``\hat w``, but a quantity of its own for each i."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from derive.read.documents.text.between_functions import inserted
from derive.read.documents.text.macros import Expanded
from derive.read.documents.text.raised import NAME, raised, spelled
from derive.read.documents.text.scanner import Found

_WITHOUT = r"(?:-|\\setminus(?![A-Za-z])|\\smallsetminus(?![A-Za-z])|\\backslash(?![A-Za-z]))"
_SCRIPT = (
    rf"(?P<raised>\s*(?P<place>[_^])\s*\{{(?P<sign>\s*[(\[]?\s*{_WITHOUT}\s*)(?P<letter>[a-z])(?P<end>\s*[)\]]?\s*)\}})"
)
_ANY = re.compile(rf"{NAME}(?:{_SCRIPT})?")
_HEAD = re.compile(rf"(?:\A|\\\\|\n|,|\\quad|\\text\s*\{{[^{{}}]*\}})[\s&$]*{NAME}{_SCRIPT}[\s&]*:?=")
_SAID = re.compile(
    r"(?i)\b(?:leav\w+|left)[\s-]+(?:one[\s-]+)?out\b|\bjackknife|\b(?:without|omit\w*|exclud\w*|remov\w*|delet\w*|drop\w*|except)\b|"
    r"\ball\s+but\b|\bheld[\s-]+out\b|\bcross[\s-]+validation\b"
)
_NAMED = "without"


def with_left_out(pieces: Sequence[Found]) -> tuple[list[Found], list[str]]:
    """The pieces with such names as ``\\hat w^{\\text{without}}_i``, and what is told of it: those for which the text
    gives an equation, where its words leave something out."""
    formulas = [piece.math.text for piece in pieces if piece.math is not None and piece.kind != "declaration"]
    names = {spelled(found) for text in formulas for found in _HEAD.finditer(text)}
    if not names or not any(piece.kind == "prose" and _SAID.search(piece.text) for piece in pieces):
        return [*pieces], []
    changed = [piece if piece.math is None else replace(piece, math=_written(piece.math, names)) for piece in pieces]
    return changed, [
        f"{name} with a minus before an index is another quantity: without that one" for name in sorted(names)
    ]


def _written(math: Expanded, names: set[str]) -> Expanded:
    for found in reversed(raised(_ANY, math.text)):
        if spelled(found) not in names:
            continue
        text = [*math.text]
        text[found.start("place")] = "^"
        for start, stop in (found.span("sign"), found.span("end")):
            text[start:stop] = " " * (stop - start)
        math = replace(math, text="".join(text))
        math = inserted(math, found.start("letter"), f"\\text{{{_NAMED}}}}}_{{", before=True)
    return math


__all__ = ["with_left_out"]
