r"""Transposes written with a prime, ``f' L f`` and ``X'X``, in texts where ``'`` can mean nothing else."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from derive.read.documents.text.between_functions import inserted
from derive.read.documents.text.macros import Expanded
from derive.read.documents.text.raised import NAME, SUB, spelled
from derive.read.documents.text.scanner import Found

_ONE = r"\\(?:mathbf|boldsymbol|mathbb)\s*\{?\s*1\s*\}?"
_PRIMED = re.compile(rf"{NAME.replace('(?P<name>', f'(?P<name>{_ONE}|', 1)}(?P<sub>{SUB})(?P<raised>\s*'(?!\s*'))?")
_SPACE = re.compile(
    r"(?P<names>(?:[^;=<>\n]|\n(?!\n))*?)\\in\s*\\mathbb\s*\{?\s*R\s*\}?\s*\^\s*(?P<power>\{[^{}]*\}|\w)", re.DOTALL
)
_CALLED = re.compile(r"\s*(?:\\left|\\[bB]igg?l?)?\s*\(")
_FACTOR = re.compile(
    r"\s*(?:\\[,;!: ]\s*)*(?:\\left\s*\(|\(|"
    r"(?!\\(?:in|to|sim|mid|leq?|geq?|neq|cdot|quad|qquad|text|end|right|approx|equiv)(?![A-Za-z]))\\?[A-Za-z])"
)
_STOPS = re.compile(r"[=<>&,;]|\\\\|\\(?:leq?|geq?|quad|qquad|text)(?![A-Za-z])")
_GROUP = re.compile(r"(?P<close>\)|\\right\s*\))\s*(?P<mark>')(?!')")
_ONES = frozenset({"\\mathbf1", "\\boldsymbol1", "\\mathbb1"})


def with_transposes(pieces: Sequence[Found]) -> tuple[list[Found], list[str]]:
    """The pieces with ``f^{\\top}`` for ``f'``, and what is told of it: where ``f'`` stands before a product that ends
    in f, of an f that is declared a vector or a matrix, and no name with a prime is called, listed or declared."""
    texts = [piece.math.text for piece in pieces if piece.math is not None]
    arrays = _arrays(texts) | _ONES
    primed = {spelled(found) for text in texts for found in _all(text)}
    called = {spelled(found) for text in texts for found in _all(text) if _CALLED.match(text, found.end())}
    if (
        not primed
        or (called - arrays)
        or not any(_is_form(text, found, arrays) for text in texts for found in _all(text))
    ):
        return [*pieces], []
    apart = {spelled(found) for text in texts for found in _all(text) if _is_apart(text, found)}
    forms = {spelled(found) for text in texts for found in _all(text) if _is_form(text, found, primed)}
    names = (primed & (arrays | forms)) - apart
    if not names & arrays or apart:
        return [*pieces], []
    changed = [piece if piece.math is None else replace(piece, math=_written(piece.math, names)) for piece in pieces]
    return changed, [f"{name}' is the transpose of {name}" for name in sorted(names)]


def _all(text: str) -> list[re.Match[str]]:
    return [found for found in _PRIMED.finditer(text) if found["raised"] is not None]


def _arrays(texts: Sequence[str]) -> set[str]:
    """The names that are said to be vectors or matrices."""
    found: set[str] = set()
    for text in texts:
        for each in _SPACE.finditer(text):
            listed = re.sub(r"\\(?:quad|qquad|text\w*)(?![A-Za-z])|\([^()]*\)", " ", each["names"])
            found |= {spelled(name) for name in _PRIMED.finditer(listed)}
    return found


def _is_form(text: str, found: re.Match[str], names: set[str]) -> bool:
    """Whether ``f'`` stands before factors of which the last is f."""
    name = spelled(found)
    if name not in names or not _FACTOR.match(text, found.end()):
        return name in names and re.match(r"\s*\\mathbf", text[found.end() :]) is not None
    stop = _STOPS.search(text, found.end())
    rest = text[found.end() : stop.start() if stop else len(text)]
    depth = 0
    for place, letter in enumerate(rest):
        depth += (letter == "(") - (letter == ")")
        if depth < 0 or (depth == 0 and letter in "+-"):
            rest = rest[:place]
            break
    return any(spelled(each) == name and each["raised"] is None for each in _PRIMED.finditer(rest))


def _is_apart(text: str, found: re.Match[str]) -> bool:
    """Whether ``x'`` may be another x: it is listed, has a subscript behind the prime, or is said to be in a space."""
    before = text[: found.start()].rstrip(" {")
    listed = before.endswith((",", "(", "|", "\\mid", "\\sim")) and not _FACTOR.match(text, found.end())
    behind = re.match(r"\s*(?:_|\\in(?![A-Za-z])|\\sim(?![A-Za-z]))", text[found.end() :]) is not None
    return listed or behind


def _written(math: Expanded, names: set[str]) -> Expanded:
    marks = [found.end() - 1 for found in _all(math.text) if spelled(found) in names]
    marks += [found.start("mark") for found in _GROUP.finditer(math.text)]
    for at in sorted(marks, reverse=True):
        math = replace(math, text=f"{math.text[:at]} {math.text[at + 1 :]}")
        math = inserted(math, at, "^{\\top}", before=True, macro="'")
    return math


__all__ = ["with_transposes"]
