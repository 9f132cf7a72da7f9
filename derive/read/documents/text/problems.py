"""Where one problem of a document ends and the next begins: numbered problems, top headings, rules, theorems."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from derive.read.documents.text.distributions_in_turn import turns
from derive.read.documents.text.scanner import Found

_WORD = r"(?:Problem|Exercise|Question|Task)(?!\s+(?:[Ss]heet|[Ss]et|[Ss]eries|[Ss]ession|[Ll]ist|[Cc]lass))"
_NUMBER = r"(?:\\?#|No\.?|Nr\.?)?\s*(?P<number>\d+(?:\.\d+)*|[IVX]+\b|[A-H]\b)"
_STATED = re.compile(
    r"(?m)(?P<mark>^\s{0,3}#{1,6}\s*(?:\*\*)?|\\(?:sub)*section\*?\s*\{\s*|\\(?:paragraph|textbf)\*?\s*\{\s*|^\s*\*\*)"
    rf"\s*{_WORD}\b\s*(?:{_NUMBER})?"
    rf"|^\s*{_WORD}\s+(?P<line>\d+(?:\.\d+)*)\s*(?:[.:(]|--|—|$)"
    r"|(?:^\s{0,3}#{1,6}\s*|^\s*\*\*|\\(?:paragraph|textbf)\*?\s*\{)\s*Q\.?\s*(?P<question>\d+)\b"
    r"|\\begin\s*\{(?:problem|exercise|question)\*?\}|\\(?:question|problem|exercise)\b(?!\s*=)"
)
"""A heading that calls what follows a problem; sentences that only speak of one (``By Problem 1, …``) are none."""
_HEADING = re.compile(r"(?m)^\s{0,3}(?P<marks>#{1,6})\s|\\(?P<sub>(?:sub)*)section\b")
_RULE = re.compile(
    r"(?m)^[ \t]{0,3}(?:-[ \t]*){3,}$|^[ \t]{0,3}(?:\*[ \t]*){3,}$|^[ \t]{0,3}(?:_[ \t]*){3,}$|\\hrule\b|\\hrulefill\b"
)
_NUMBERED = re.compile(r"(?m)^\s*(?:\*\*|\\textbf\s*\{)\s*\(?\d+\s*[.):]")
_THEOREM = re.compile(r"\\begin\s*\{(?:theorem|lemma|proposition|corollary|claim|example|remark|definition)\*?\}")


@dataclass(frozen=True)
class Problem:
    """What begins here: up to which piece it goes; ``stated`` is whether a heading calls it a problem of its own,
    ``heads`` whether it begins under a heading (and not at a rule or a theorem), ``turns`` whether it is about another
    distribution than what stands before it."""

    stop: int
    stated: bool
    heads: bool
    turns: bool = False


def problems(pieces: Sequence[Found]) -> dict[int, Problem]:
    """The pieces in which a problem begins. Parts of one, under deeper headings or with its number, are no problems."""
    starts: dict[int, tuple[bool, bool]] = {}
    top, number = _top_level(pieces), ""
    in_turn = turns(pieces)
    for place, piece in enumerate(pieces):
        if piece.kind != "prose":
            continue
        stated = list(_STATED.finditer(piece.text))
        numbers = [_number(match) for match in stated]
        if stated and (not numbers[-1] or f"{numbers[-1]}.".removeprefix(f"{number or 0}.") == f"{numbers[-1]}."):
            number = numbers[-1]
            starts[place] = (True, True)
        elif any(level == top or (level < top and starts) for level in _levels(piece.text)):
            starts[place] = (False, True)
        elif any(mark.search(piece.text) for mark in (_NUMBERED, _RULE, _THEOREM)):
            starts[place] = (False, False)
        if place in in_turn and not starts.get(place, (False, False))[0]:
            starts[place] = (False, True)
    return {
        start: Problem(stop, *starts[start], turns=start in in_turn) for start, stop in pairwise([*starts, len(pieces)])
    }


def stated_at(piece: Found) -> int:
    """Where in its source the last heading of a problem in a piece begins; where the piece does, if it has none."""
    found = list(_STATED.finditer(piece.text))
    return piece.at(found[-1].start()) if found else piece.start


def _number(match: re.Match[str]) -> str:
    """The number that a problem has; nothing if it has none."""
    return match["number"] or match["line"] or match["question"] or ""


def _levels(text: str) -> Iterator[int]:
    """How deep the headings of a text are: 1 for ``#`` and ``\\section``."""
    for match in _HEADING.finditer(text):
        yield len(match["marks"]) if match["marks"] else 1 + len(match["sub"] or "") // 3


def _top_level(pieces: Sequence[Found]) -> int:
    """The level of headings between which a document changes its subject: that of its numbered problems, or else the
    highest that it has more than one of."""
    stated = [
        level
        for piece in pieces
        if piece.kind == "prose"
        for match in _STATED.finditer(piece.text)
        for level in _levels(piece.text[match.start() :].split("\n", 1)[0])
    ]
    if stated:
        return min(stated)
    levels = [level for piece in pieces if piece.kind == "prose" for level in _levels(piece.text)]
    return min((level for level in set(levels) if levels.count(level) > 1), default=0)
