r"""Members of a recurrence that are written as calls, ``\alpha_{t+1}(j) = b_j \sum_i \alpha_t(i) A_{ij}``, as members
with two indices: ``\alpha_{t+1,j}``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from derive.read.documents.text.between_functions import inserted
from derive.read.documents.text.macros import Expanded
from derive.read.documents.text.scanner import Found
from derive.read.errors import ReadError
from derive.read.tokens import Token, tokenize

_INDEX = re.compile(r"[i-nrs]")


@dataclass(frozen=True)
class _Call:
    """Where a member is called: its letter, its subscript as written, and the brackets of the call."""

    letter: str
    sub: str
    below: int
    braced: bool
    opens: int
    closes: int


def subscripted(pieces: Sequence[Found]) -> tuple[list[Found], tuple[str, ...]]:
    """The pieces with such calls as members, and the letters that are written so: everywhere with a step below and an
    index in brackets, and somewhere one step further."""
    found = [_calls(piece) for piece in pieces]
    written: dict[str, set[str]] = {}
    for calls in found:
        for call in calls:
            written.setdefault(call.letter, set()).add(call.sub)
    letters = {letter for letter, subs in written.items() if _steps(subs) and not _is_elsewhere(letter, pieces, found)}
    if not letters:
        return [*pieces], ()
    made = [
        replace(piece, math=_as_members(piece.math, [call for call in calls if call.letter in letters]))
        if piece.math is not None and calls
        else piece
        for piece, calls in zip(pieces, found, strict=True)
    ]
    return made, tuple(sorted(letters))


def _steps(subs: set[str]) -> bool:
    return any(f"{sub}{step}" in subs for sub in subs for step in ("+1", "-1"))


def _is_elsewhere(letter: str, pieces: Sequence[Found], found: Sequence[list[_Call]]) -> bool:
    """Whether a letter is written in any other way, too."""
    calls = sum(call.letter == letter for row in found for call in row)
    met = sum(token.text == letter for piece in pieces for token in _tokens(piece))
    return met != calls


def _calls(piece: Found) -> list[_Call]:
    tokens = _tokens(piece)
    return [call for place in range(len(tokens)) for call in _call_at(tokens, place)]


def _tokens(piece: Found) -> list[Token]:
    if piece.math is None or piece.kind not in ("inline", "display"):
        return []
    try:
        return tokenize(piece.math.text)[:-1]
    except ReadError:
        return []


def _call_at(tokens: Sequence[Token], place: int) -> Iterator[_Call]:
    head, rest = tokens[place], tokens[place + 1 :]
    if head.kind != "name" or len(rest) < 5 or rest[0].text != "_":
        return
    braced = rest[1].text == "{"
    end = next((n for n, token in enumerate(rest[:8]) if token.text == "}"), 0) if braced else 2
    below = rest[2:end] if braced else rest[1:2]
    call = rest[end + braced : end + braced + 3]
    if not below or len(call) != 3 or (call[0].text, call[2].text) != ("(", ")"):
        return
    if not _INDEX.fullmatch(call[1].text) or any(token.text in (",", "(") for token in below):
        return
    sub = "".join(token.text for token in below)
    at = rest[end].start if braced else rest[1].start
    yield _Call(head.text, sub, at, braced, call[0].start, call[2].start)


def _as_members(math: Expanded, calls: Sequence[_Call]) -> Expanded:
    for call in reversed(calls):
        text = [*math.text]
        text[call.closes] = "}"
        text[call.opens] = " " if call.braced else ","
        if call.braced:
            text[call.below] = ","
        math = replace(math, text="".join(text))
        if not call.braced:
            math = inserted(math, call.below, "{")
    return math


__all__ = ["subscripted"]
