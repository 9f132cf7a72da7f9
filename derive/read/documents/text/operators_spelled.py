r"""Operators in the spelling of some books: ``\mathrm{cov}[x]`` and ``\mathrm{var}[x]`` (Bishop), ``D_{\mathbb{KL}}``
(Murphy). No character moves."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from derive.read.documents.text.scanner import Found

_SMALL = re.compile(
    r"(?P<font>\\(?:mathrm|operatorname\*?|text|textrm|mathsf|mathop)\s*\{\s*)(?P<first>[cv])(?=(?:ov|ar)\s*\}"
    r"\s*(?:_\s*(?:\{[^{}]*\}|\w)\s*)?(?:\\left|\\[bB]igg?l?|\\!|\s)*\s*[(\[])"
)
_DOUBLE = re.compile(r"\\mathbb(?=\s*\{\s*(?:KL|JS)\s*\})")
_RANDOM = re.compile(r"\\sim(?![A-Za-z])|\\mathbb\s*\{?\s*E\b|\\E(?![A-Za-z])|(?<![A-Za-z\\])E\s*\[|\\mathrm\s*\{E\}")


def with_usual_operators(pieces: Sequence[Found]) -> list[Found]:
    """The pieces with ``\\mathrm{Cov}`` and ``\\mathrm{KL}``; where nothing is random, ``\\mathrm{var}(x)`` may be that
    of some data, and stays a name."""
    random = any(piece.math is not None and _RANDOM.search(piece.math.text) for piece in pieces)
    return [_written(piece, random) for piece in pieces]


def _written(piece: Found, random: bool) -> Found:
    if piece.math is None:
        return piece
    text = _DOUBLE.sub(r"\\mathrm", piece.math.text)
    if random:
        text = _SMALL.sub(lambda found: found["font"] + found["first"].upper(), text)
    return piece if text == piece.math.text else replace(piece, math=replace(piece.math, text=text))


__all__ = ["with_usual_operators"]
