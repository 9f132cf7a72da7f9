"""Names that the author declares right behind the formula which uses them first."""

from __future__ import annotations

import re
from collections.abc import Sequence

from derive.read.documents.text.scanner import Found
from derive.read.documents.text.spelling import spaced
from derive.read.errors import NotASize, ReadError, Undeclared, UnknownSet, WrongIndices

_WORD = re.compile(r"(?<![\\{A-Za-z])[A-Za-z]{2,}(?![A-Za-z}])")


def are_declared_next(problems: Sequence[ReadError], pieces: Sequence[Found], number: int) -> bool:
    """Whether the declarations at ``pieces[number]``, or right behind it, speak of a name that a formula waits for."""
    names = {name for problem in problems for name in _names(problem)}
    if not names:
        return False
    text = " ; ".join(spaced(line) for line in _declared(pieces, number))
    return any(re.search(rf"(?<!\S){re.escape(name)}(?!\S)", text) for name in names)


_GOES_ON = re.compile(
    r"(?i)\s*,?\s*(?:(?:and|with|such\s+that|satisfying|which\s+satisfy|subject\s+to)"
    r"(?:\s+(?:all|also|the\s+constraint|their\s+sum|the\s+sum))?|\()?\s*\Z"
)
_RELATED = re.compile(r"=|[<>]|\\(?:[lg]eq?(?:slant)?|neq?)(?![A-Za-z])")


def more_is_said(pieces: Sequence[Found], number: int) -> bool:
    """Whether the sentence that declares names in a formula goes on with what holds of them, as ``where $r_i > 0$ with
    $\\sum_i r_i = 1$``: what waits for a name waits for that too."""
    if number + 2 >= len(pieces):
        return False
    here, words, following = pieces[number : number + 3]
    if here.math is None or words.kind != "prose" or following.kind != "inline" or following.math is None:
        return False
    if not _GOES_ON.match(words.text) or not _RELATED.search(following.math.text):
        return False
    names = {*re.findall(r"\\?[A-Za-z]+", here.math.text)} - _NO_NAMES
    return not names.isdisjoint(re.findall(r"\\?[A-Za-z]+", following.math.text))


_NO_NAMES = {"\\in", "\\mathbb", "\\mathbf", "\\boldsymbol", "\\geq", "\\leq", "\\ge", "\\le", "\\ldots", "\\dots", "R"}


def _names(problem: ReadError) -> tuple[str, ...]:
    """The spelling of what is missing: the name, and its head where that carries indices."""
    if isinstance(problem, UnknownSet):
        name = spaced(problem.members)
    elif isinstance(problem, Undeclared | NotASize | WrongIndices):
        name = spaced(problem.name)
    else:
        return ()
    head = name.partition(" _ ")[0]
    return tuple(each for each in {name, head} if each)


def _declared(pieces: Sequence[Found], number: int) -> list[str]:
    """The statements of the declarations that follow with nothing but space before them."""
    found: list[str] = []
    for place, piece in enumerate(pieces[number:]):
        if piece.kind == "declaration" and piece.math is not None:
            found += re.split(r"\n|;", _WORD.sub(" ", re.sub(r"(?m)^\s*%:", "", piece.math.text)))
        elif piece.kind == "prose" and not piece.text.strip():
            continue
        elif place:
            break
    return found
