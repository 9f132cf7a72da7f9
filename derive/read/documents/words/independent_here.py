"""Where a section calls random variables independent: ``Let $X$ and $Y$ be independent``, ``If $X$ and $Y$ are …``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from derive.read import syntax as s
from derive.read.documents.text.prose import SENTENCE
from derive.read.documents.text.scanner import Found

WORD = re.compile(r"(?i)(?<![A-Za-z])(?:(?:mutually|statistically|pairwise)\s+)?independen(?:t|ce|tly)(?![A-Za-z])")
_ARE = re.compile(
    r"(?i)\s*(?:are|be|were)\s+(?:both\s+|two\s+)?(?:(?:mutually|statistically)\s+)?independent\b(?!\s+(?:of|given|from)\b)"
)
_CALLED = re.compile(r"(?i)\bindependent(?:\s+(?:real|scalar|real-valued))*(?:\s+(?:random\s+)?variables?)?\s*\Z")
_IS_OF = re.compile(r"(?i)\s*(?:is|be)\s+(?:statistically\s+)?independent\s+of\s*")
_AND = re.compile(r"\s*(?:,|and|,\s*and)\s*")
_IF = re.compile(r"(?i)\b(?:if|when(?:ever)?|provided|in\s+(?:the\s+)?case|for)\b[^.;]*\Z")
_NOT = re.compile(
    r"(?i)\b(?:not|no|never|nor|neither|without|unless|whether|cannot|wrong|false|untrue|mistakes?|tempting|nobody|hardly|rarely|"
    r"might|may|hope|would|contradiction|instead|rather|others|authors|papers|people|regardless|even)\b|n[’']t\b"
)
_TAKEN_BACK = re.compile(
    r"(?i)\A[^.;,]*\b(?:independent|variables?)\b[^.;,]*\b(?:or|false|wrong|untrue|fails?|violated|dropped|approximately|nearly|"
    r"in\s+the\s+(?:first|second|limit|other)|on\s+average)\b"
)
"""Words behind that take it back, or say it of one case."""
_ARE_NOT = re.compile(
    r"(?i)\b(?:they|these|both|variables)\s+(?:are|were)\s+(?:now\s+)?(?:not(?:\s+independent)?\s*[.,]|dependent\b|correlated\b)|"
    r"\bno\s+longer\s+independent\b"
)
"""A case of a section in which they are not."""


@dataclass(frozen=True)
class Independent:
    """Names that are called independent, up to the piece with this number; ``supposed`` in one sentence only."""

    number: int
    names: frozenset[str]
    supposed: bool


def independent_here(pieces: Sequence[Found], start: int, stop: int) -> tuple[Independent, ...]:
    """Each place of a section where two names, or a list of them, are called independent; none at all where the word is
    met in any other way."""
    found = tuple(_found(pieces, start, stop))
    met = sum(len(WORD.findall(piece.text)) for piece in pieces[start:stop] if piece.kind == "prose")
    denied = any(piece.kind == "prose" and _ARE_NOT.search(piece.text) for piece in pieces[start:stop])
    return (*found, *_signs(pieces, start, stop)) if len(found) == met and not denied else ()


_LETTER = r"[A-Za-z]|\\[A-Za-z]+"
_SIGN = re.compile(
    rf"\s*(?P<one>{_LETTER})\s*(?:\\(?:perp|Perp|bot|indep(?:endent)?)(?![A-Za-z])\s*(?:\\!\s*)*)+(?P<two>{_LETTER})[\s.,;]*"
)


def _signs(pieces: Sequence[Found], start: int, stop: int) -> Iterator[Independent]:
    """``X \\perp Y`` in running text."""
    for number in range(start, stop):
        math = pieces[number].math if pieces[number].kind == "inline" else None
        found = _SIGN.fullmatch(math.text) if math is not None else None
        sentence = SENTENCE.split(_prose(pieces, number - 1, start))[-1]
        if found is not None and not _NOT.search(sentence):
            yield Independent(number, frozenset((found["one"], found["two"])), _IF.search(sentence) is not None)


def _found(pieces: Sequence[Found], start: int, stop: int) -> Iterator[Independent]:
    for number in range(start, stop):
        names, first = _listed(pieces, number, start)
        if not names:
            continue
        before = _prose(pieces, first - 1, start)
        after = _prose(pieces, number + 1, start)
        if len(names) == 1:
            other = _formula(pieces, number + 2)
            if _IS_OF.fullmatch(after) is None or len(other) != 1:
                continue
            names, last, said = names + other, number + 2, before
        elif _ARE.match(after) or _CALLED.search(before):
            last, said = number, before
        else:
            continue
        sentence = SENTENCE.split(said)[-1]
        if _NOT.search(sentence) or _TAKEN_BACK.match(after):
            return
        yield Independent(last, frozenset(names), _IF.search(sentence) is not None)


def _listed(pieces: Sequence[Found], number: int, start: int) -> tuple[tuple[str, ...], int]:
    """The names of a list that ends with this formula, and where it begins."""
    names, first = _formula(pieces, number), number
    while names and first - 2 >= start and _AND.fullmatch(_prose(pieces, first - 1, start)):
        more = _formula(pieces, first - 2)
        if not more:
            break
        names, first = more + names, first - 2
    return names, first


def _prose(pieces: Sequence[Found], number: int, start: int) -> str:
    return pieces[number].text if start <= number < len(pieces) and pieces[number].kind == "prose" else ""


def _formula(pieces: Sequence[Found], number: int) -> tuple[str, ...]:
    """The names that a formula of running text lists, if it does nothing else."""
    piece = pieces[number] if number < len(pieces) else None
    if piece is None or piece.kind != "inline" or piece.math is None:
        return ()
    names = [name.strip() for name in piece.math.text.strip(" .;").split(",")]
    return tuple(names) if all(re.fullmatch(r"[A-Za-z]|\\[A-Za-z]+", name) for name in names) else ()


def is_no_covariance(node: s.Node) -> bool:
    """``\\operatorname{Cov}(X, Y) = 0``: of variables that are independent, a conclusion."""
    match node:
        case s.Relation(
            first=s.Juxt(parts=(s.Word(text="Cov"), s.Group(items=items))), rest=(("=", s.Number(text="0")),)
        ):
            return len({s.key(item) for item in items}) == 2
    return False


__all__ = ["WORD", "Independent", "independent_here", "is_no_covariance"]
