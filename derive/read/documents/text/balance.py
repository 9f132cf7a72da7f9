"""Brackets that do not close, in a piece of mathematics: where, and what was expected."""

from __future__ import annotations

import re

from derive.language.terms import Span
from derive.read.errors import ReadError

_MARK = re.compile(
    r"\\(?P<side>left|right)(?![A-Za-z])\s*(?P<bar>\\[A-Za-z]+|\\[\s\S]|[^\\\s])?"
    r"|\\(?P<which>begin|end)\s*\{(?P<environment>[^{}]*)\}|%[^\n]*|\\[\s\S]|(?P<brace>[{}])"
)


def imbalance(text: str, start: int, stop: int) -> ReadError | None:
    """The first of ``{ }``, ``\\left \\right``, ``\\begin \\end`` in ``text[start:stop]`` without its partner.

    >>> imbalance(r"\\left( x", 0, 8).message
    'expected “\\\\right” to close “\\\\left(”'
    >>> imbalance(r"{x}", 0, 3) is None
    True
    """
    open_: list[tuple[str, int, str]] = []
    for match in _MARK.finditer(text, start, stop):
        place = Span(match.start(), match.end())
        if match["side"]:
            written = match.group()
            if match["side"] == "left":
                open_.append(("\\right", match.start(), written))
                continue
            wanted = "\\right"
        elif match["which"]:
            wanted, written = f"\\end{{{match['environment']}}}", match.group()
            if match["which"] == "begin":
                open_.append((wanted, match.start(), written))
                continue
        elif match["brace"]:
            wanted = written = match["brace"]
            if written == "{":
                open_.append(("}", match.start(), "{"))
                continue
        else:
            continue
        if not open_:
            return ReadError(f"expected something open before “{written}”, found nothing", place)
        if open_[-1][0] != wanted:
            closing, at, opened = open_[-1]
            return ReadError(f"expected “{closing}” to close “{opened}”, found “{written}”", Span(at, at + len(opened)))
        open_.pop()
    if open_:
        closing, at, opened = open_[-1]
        return ReadError(f"expected “{closing}” to close “{opened}”", Span(at, at + len(opened)))
    return None
