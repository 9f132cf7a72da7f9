r"""Steps above names: beside a declared ``x^t`` with an index t, ``h^{t-1}`` that nothing declares is no power."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from derive.read.documents.text.between_functions import inserted
from derive.read.documents.text.layer_numbers import NAME, SUB, spelled
from derive.read.documents.text.macros import Expanded
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
    known = {spelled(found["name"]) for text in declared for found in _ANY.finditer(text)}
    if not any(_raised(step, text) for text in declared):
        return [*pieces], []
    formulas = [p.math.text for p in pieces if p.math is not None and p.kind != "declaration"]
    raised = Counter(spelled(found["name"]) for text in formulas for found in _raised(step, text))
    met = Counter(spelled(found["name"]) for text in formulas for found in _ANY.finditer(text))
    shifted = {
        spelled(f["name"]) for text in formulas for f in _raised(step, text) if re.search(r"[+-]", f["braced"] or "")
    }
    names = {name for name in shifted if name not in known and met[name] == raised[name]}
    changed = [
        piece if piece.math is None or not names else replace(piece, math=_bracketed(piece.math, step, names))
        for piece in pieces
    ]
    return changed, [f"what stands above {name} tells which step it is" for name in sorted(names)]


def _raised(step: re.Pattern[str], text: str) -> list[re.Match[str]]:
    return [found for found in step.finditer(text) if found["raised"] is not None]


def _bracketed(math: Expanded, step: re.Pattern[str], names: set[str]) -> Expanded:
    for found in reversed(_raised(step, math.text)):
        if spelled(found["name"]) not in names:
            continue
        group = "braced" if found["braced"] is not None else "bare"
        start, stop = found.span(group)
        opened, closed = ("(", ")") if group == "braced" else ("{(", ")}")
        math = inserted(inserted(math, stop, closed), start, opened)
    return math


__all__ = ["with_steps_above"]
