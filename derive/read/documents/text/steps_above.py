r"""Steps above names: beside a declared ``x^t`` with an index t, ``h^{t-1}`` that nothing declares is no power."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from derive.read.documents.text.raised import NAME, SUB, bracketed, raised, spelled
from derive.read.documents.text.scanner import Found

_INDEX = re.compile(r"(?<![A-Za-z])index\s+(?P<letters>[^;\n]*)")
_LETTER = re.compile(r"(?<![A-Za-z\\.])([a-z])\s*(?=[,=])")
_WORD = re.compile(r"(?<![\\{A-Za-z])[A-Za-z]{2,}(?![A-Za-z}])")
_ANY = re.compile(NAME)


def with_steps_above(pieces: Sequence[Found]) -> tuple[list[Found], list[str]]:
    """The pieces with such a step in brackets, and what is told of it. The names never stand without a step, and
    somewhere at the one before or after: what is defined at each step alone can be read as it is."""
    declared = [_WORD.sub(" ", p.math.text) for p in pieces if p.kind == "declaration" and p.math is not None]
    said = [p.math.text for p in pieces if p.kind == "declaration" and p.math is not None]
    letters = {
        letter for text in said for found in _INDEX.finditer(text) for letter in _LETTER.findall(found["letters"])
    }
    if not letters:
        return [*pieces], []
    step = re.compile(
        rf"{NAME}(?P<raised>{SUB}\s*\^\s*(?:\{{\s*(?P<braced>[{''.join(letters)}](?:\s*[+-]\s*\d)?)\s*\}}|"
        rf"(?P<bare>[{''.join(letters)}])))?"
    )
    known = {spelled(found) for text in declared for found in _ANY.finditer(text)}
    if not any(raised(step, text) for text in declared):
        return [*pieces], []
    formulas = [p.math.text for p in pieces if p.math is not None and p.kind != "declaration"]
    above = Counter(spelled(found) for text in formulas for found in raised(step, text))
    met = Counter(spelled(found) for text in formulas for found in _ANY.finditer(text))
    shifted = {spelled(f) for text in formulas for f in raised(step, text) if re.search(r"[+-]", f["braced"] or "")}
    names = {name for name in shifted if name not in known and met[name] == above[name]}
    changed = [
        piece if piece.math is None or not names else replace(piece, math=bracketed(piece.math, step, names))
        for piece in pieces
    ]
    return changed, [f"what stands above {name} tells which step it is" for name in sorted(names)]


__all__ = ["with_steps_above"]
