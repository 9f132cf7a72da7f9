r"""Which random quantities a text calls independent of each other: ``$v$ is noise independent of $x$``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from derive.read import syntax as s
from derive.read.documents.definitions.randomness import said_of
from derive.read.documents.text.prose import SENTENCE
from derive.read.documents.text.scanner import Found
from derive.read.errors import ReadError
from derive.read.names import parts_of
from derive.read.targets import items_at

_WORD = r"(?<![A-Za-z])(?<!linearly )(?<!conditionally )(?<!affinely )independent(?:ly)?(?![A-Za-z])"
_FORMULAS = r"⟦\d+⟧(?:(?:\s*,\s*(?:and\s+)?|\s+and\s+)⟦\d+⟧)*"
_OF = re.compile(
    rf"{_WORD}\s+(?:of|from)\s+(?:(?:the|both|an?|any|all)\s+)?(?:[a-z-]+\s+){{0,3}}(?P<after>{_FORMULAS})"
)
_TOGETHER = re.compile(
    rf"(?P<before>{_FORMULAS})\s+(?:are|be|were)\s+(?:(?:[a-z-]+,?\s+)(?!of\b)){{0,4}}?{_WORD}(?!\s+(?:of|from)\s+⟦)"
)
_WITH = re.compile(
    rf"\b(?:with|for|where|and|,)\s+(?P<before>{_FORMULAS})\s+(?:(?:mutually|statistically|all|both)\s+)?"
    rf"{_WORD}(?!\s+(?:of|from|random|variables?|with|in|given)\b)"
)
"""``with $\\epsilon$ and $z$ independent``."""
_CALLED = re.compile(
    rf"{_WORD}(?!\s+(?:of|from)\b)(?:,?\s+(?!and\b|or\b|with\b|of\b)[a-z-]+){{0,5}}\s+(?P<after>{_FORMULAS})"
)
_NOT = re.compile(
    r"(?i)(?:\b(?:not|never|nor|neither|without|unless|if|whether|when|cannot|wrong|false|untrue|mistakes?|tempting|nobody|hardly|"
    r"rarely|might|hope|would|contradiction|instead\s+of|rather\s+than|no\s+longer|others|regardless)\b|n[’']t\b)[^.;]*\Z"
)
_DENIED = re.compile(
    r"(?i)\A[^.;,]*?\b(?:is\s+(?:false|wrong|untrue|dropped|violated)|fails?|violated|dropped|approximately|or|given|conditional(?:ly)?)\b"
)
"""Words behind that take it back, or give it in a condition."""


def said_independent(pieces: Sequence[Found]) -> tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]:
    """Every pair of lists that some words call independent: one of the first of something in the second, or (where the
    first is empty) all in the second of each other. What is nearest to the words stands first."""
    found: list[tuple[tuple[str, ...], tuple[str, ...]]] = []
    for text, formulas in _sentences(pieces):
        for pattern in (_OF, _TOGETHER, _WITH, _CALLED):
            for match in pattern.finditer(text):
                if _NOT.search(text[: match.end()]) or _DENIED.search(text[match.end() :]):
                    continue
                place = "before" if pattern in (_TOGETHER, _WITH) else "after"
                listed = tuple(name for number in _numbers(match[place]) for name in _names(formulas[number]))
                before = [name for number in _numbers(text[: match.start()]) for name in _names(formulas[number])]
                found.append((tuple(reversed(before)) if pattern is _OF else (), listed))
    return tuple(each for each in found if each[1])


def _numbers(text: str) -> list[int]:
    return [int(number) for number in re.findall(r"⟦(\d+)⟧", text)]


def _sentences(pieces: Sequence[Found]) -> Iterator[tuple[str, list[str]]]:
    """Each sentence, with a number in the place of each formula, and the formulas."""
    text, formulas = "", list[str]()
    for piece in pieces:
        if piece.kind == "inline" and piece.math is not None:
            text += f"⟦{len(formulas)}⟧"
            formulas.append(piece.math.text)
        elif piece.kind == "prose":
            *whole, text = SENTENCE.split(text + piece.text)
            for sentence in whole:
                yield sentence, formulas
        else:
            yield text, formulas
            text = ""
    yield text, formulas


def _names(formula: str) -> tuple[str, ...]:
    """The quantities that a formula names, or says something of."""
    try:
        items = items_at(formula.strip(" .,;"), 0)
    except ReadError:
        return ()
    heads = [said_of(item) or s.key(item.first) if isinstance(item, s.Relation) else item for item in items]
    return tuple(
        head if isinstance(head, str) else s.key(head)
        for head in heads
        if isinstance(head, str) or parts_of(head) is not None
    )


__all__ = ["said_independent"]
