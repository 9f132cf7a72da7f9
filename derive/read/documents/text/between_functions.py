r"""Equations between functions: ``\\tanh' = 1 - \\tanh^2`` says that both sides agree at every number."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from derive.language.operators import OPERATORS
from derive.read.documents.text.macros import Expanded
from derive.read.documents.text.scanner import Found
from derive.read.errors import ReadError
from derive.read.notation import BUILTIN_WORDS
from derive.read.tokens import Token, tokenize

_LETTERS = ("u", "v", "s", "r", "q", "\\xi", "\\zeta")
_MARKS = frozenset("+ - = & ( ) { } ^ / ' \\frac \\cdot".split())


def at_a_number(pieces: Sequence[Found], called: Iterable[str], spelled: frozenset[str]) -> list[Found]:
    """The pieces, with each equation that gives the derivative of a function in terms of functions, none of which has
    an argument, at a number that has a letter of its own. ``called`` are the names that the text calls functions of a
    number, ``spelled`` all that it uses."""
    letter = next((each for each in _LETTERS if each not in spelled), None)
    if letter is None:
        return [*pieces]
    names = frozenset(called) | _always_called(pieces)
    return [
        replace(each, math=_with_argument(each.math, letter, names))
        if each.kind in ("inline", "display") and each.math is not None and "'" in each.math.text
        else each
        for each in pieces
    ]


def _always_called(pieces: Sequence[Found]) -> frozenset[str]:
    """The letters that no other formula than such an equation has without an argument in round brackets."""
    called: set[str] = set()
    bare: set[str] = set()
    for piece in pieces:
        if piece.math is None or piece.kind not in ("inline", "display"):
            continue
        try:
            tokens = tokenize(piece.math.text)[:-1]
        except ReadError:
            continue
        texts = [token.text for token in tokens]
        if texts[1:3] == ["'", "="] or texts[1:4] == ["'", "&", "="]:
            continue
        for number, token in enumerate(tokens):
            if token.kind == "name":
                (called if texts[number + 1 : number + 2] == ["("] else bare).add(token.text)
    return frozenset(called - bare)


def _with_argument(math: Expanded, letter: str, called: frozenset[str]) -> Expanded:
    try:
        tokens = tokenize(math.text)[:-1]
    except ReadError:
        return math
    while tokens and tokens[-1].text in (".", ",", ";"):
        tokens = tokens[:-1]
    places = _places(tokens, lambda token: _is_function(token, called))
    for place in reversed(places):
        math = inserted(math, place, f"({letter})")
    return math


def _is_function(token: Token, called: frozenset[str]) -> bool:
    """Whether a token is the name of a function of one number."""
    if token.kind == "name":
        return token.text in called
    row = OPERATORS.get(BUILTIN_WORDS.get(token.text.removeprefix("\\"), ""))
    return token.kind in ("cmd", "word") and row is not None and row.elementwise


def _places(tokens: Sequence[Token], is_function: Callable[[Token], bool]) -> list[int]:
    """Where arguments are missing, in an equation for a derivative all of whose names are those of functions without
    one; none in any other formula."""
    texts = [token.text for token in tokens]
    heads = texts[1:3] == ["'", "="] or texts[1:4] == ["'", "&", "="]
    if not heads or texts.count("=") != 1 or not is_function(tokens[0]):
        return []
    if any(not (token.kind == "num" or token.text in _MARKS or is_function(token)) for token in tokens):
        return []
    found: list[int] = []
    for number, token in enumerate(tokens):
        if not is_function(token):
            continue
        stop = number + 1
        while stop < len(tokens) and texts[stop] == "'":
            stop += 1
        if stop < len(tokens) and texts[stop] == "^":
            stop = _group_end(texts, stop + 1)
        if stop < len(tokens) and (tokens[stop].kind == "num" or texts[stop] == "{"):
            return []
        if stop < len(tokens) and texts[stop] == "(":
            end = _group_end(texts, stop)
            if not any(is_function(part) for part in tokens[stop:end]):
                return []  # a value of it at one number
        found.append(tokens[stop - 1].stop)
    return found


def _group_end(texts: Sequence[str], at: int) -> int:
    """Behind the group, or the single token, that begins there."""
    depth = 0
    for place in range(at, len(texts)):
        depth += (texts[place] in "({") - (texts[place] in ")}")
        if depth <= 0:
            return place + 1
    return len(texts)


def inserted(math: Expanded, at: int, text: str, *, before: bool = False, macro: str = "") -> Expanded:
    """A formula with something put in, which stands where it is put in the source: where the character ends that it is
    put behind, or where that begins which it is put ``before``. ``macro`` is what it is said to come out of, if not
    itself."""
    run = max(0, bisect_right(math.starts, at - 1) - 1)
    here = math.place(at) if before else math.place(at - 1)
    rest = math.places[run] if math.macros[run] else math.places[run] + at - math.starts[run]
    later = [start + len(text) for start in math.starts[run + 1 :]]
    return Expanded(
        math.text[:at] + text + math.text[at:],
        (*math.starts[: run + 1], at, at + len(text), *later),
        (*math.places[: run + 1], here, rest, *math.places[run + 1 :]),
        (*math.macros[: run + 1], macro or text, math.macros[run], *math.macros[run + 1 :]),
    )


__all__ = ["at_a_number", "inserted"]
