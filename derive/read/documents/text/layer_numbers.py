r"""Layers by number: ``\mathbf{z}^1 = \mathbf{W}^1 \mathbf{x} + \mathbf{b}^1`` has names with numbers above."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from derive.read.documents.text.raised import NAME, SUB, bracketed, raised, spelled
from derive.read.documents.text.scanner import Found

_NUMBER = r"\s*\^\s*(?:\{\s*(?P<braced>\d)\s*\}|(?P<bare>\d))"
_MET = re.compile(rf"{NAME}(?P<raised>{SUB}{_NUMBER})?")
_HEAD = re.compile(
    rf"(?:\A|\\\\|\n|,|\\quad|\\text\s*\{{[^{{}}]*\}})[\s&$]*{NAME}{SUB}{_NUMBER}[\s&]*(?::?=|\\in(?![A-Za-z])|:)"
)
_GIVEN = (
    re.compile(rf"=[\s&]*{NAME}{SUB}{_NUMBER}\s*(?:[.,;]|\\in(?![A-Za-z])|\\\\|\Z)"),
    re.compile(rf"\\partial\s*{NAME}{SUB}{_NUMBER}\s*\}}"),
)
_SQUARED = frozenset(("\\sigma", "\\tau", "\\rho", "\\epsilon", "s", "r"))
"""What is squared where it stands alone."""


def with_layer_numbers(pieces: Sequence[Found]) -> tuple[list[Found], list[str]]:
    """The pieces with a number above such a name in brackets, and what is told of it. Such a name stands by itself
    before ``=`` or ``\\in`` with a 1 or a 0 above it, which no power does."""
    formulas = [piece.math.text for piece in pieces if piece.math is not None]
    heads = [(spelled(found), _digit(found)) for text in formulas for found in _HEAD.finditer(text)]
    met = {(spelled(found), _digit(found)) for text in formulas for found in raised(_MET, text)}
    names = {name for name, _ in heads if {(name, "0"), (name, "1")} & met}
    if not any(digit in "01" and name in names for name, digit in heads):
        return [*pieces], []
    names |= _beside([p.math.text for p in pieces if p.math is not None and p.kind != "declaration"], names)
    changed = [
        piece if piece.math is None else replace(piece, math=bracketed(piece.math, _MET, names)) for piece in pieces
    ]
    return changed, [f"a number above {name} tells which one it is" for name in sorted(names)]


def _beside(formulas: Sequence[str], names: set[str]) -> set[str]:
    """Other names that never stand without a number above, and are given or differentiated in: ``= \\delta^2``."""
    above = Counter(spelled(found) for text in formulas for found in raised(_MET, text))
    met = Counter(spelled(found) for text in formulas for found in _MET.finditer(text))
    given = {spelled(found) for text in formulas for each in _GIVEN for found in each.finditer(text)}
    return {name for name in given - names if met[name] == above[name] and name not in _SQUARED}


def _digit(found: re.Match[str]) -> str:
    return str(found["braced"] or found["bare"])


__all__ = ["with_layer_numbers"]
