r"""Spaces in words: ``$z \sim \mathcal{N}(0, I)$ in $\mathbb{R}^d$``, ``a $d$-dimensional vector $x$``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from derive.read.documents.text.scanner import Found

_NAME = r"(?:\\?[A-Za-z]+|\\(?:mathbf|boldsymbol|bm|vec|tilde|hat|bar)\s*(?:\{\s*\\?[A-Za-z]+\s*\}|\\?[A-Za-z]+))"
_DRAWN = re.compile(rf"(?P<name>{_NAME})\s*\\sim(?![A-Za-z]).*", re.DOTALL)
_SPACE = re.compile(r"\\mathbb\s*(?:\{\s*R\s*\}|R)\s*\^\s*(?:\{\s*)?(?P<size>[A-Za-z])(?:\s*\})?\s*[.,;]?")
_IN = re.compile(r"\s*(?:in|on|over)\s*")
_THINGS = (
    r"(?:(?:random|real|standard|normal|gaussian|input|feature|noise|latent|column|data)\s+)*"
    r"(?:vectors?|inputs?|embeddings?|points?|features?|representations?|noise|variables?|samples?)"
)
_OF_DIMENSION = re.compile(rf"(?i)-?\s*dimensional\s+{_THINGS}\b")
_BEFORE_NAME = re.compile(rf"(?i)-?\s*dimensional\s+{_THINGS}\s*")
_BE = re.compile(r"(?i)\s*,?\s*(?:be|is)\s+an?\s+|\s*,\s*an?\s+")
_LETTER = re.compile(r"[a-zA-Z]")


def dimensions_said(pieces: Sequence[Found]) -> Iterator[tuple[str, str]]:
    """Names, each with the length of the vector that words right beside it say it is."""
    for number, each in enumerate(pieces):
        text = _text(pieces, number)
        if each.kind != "inline" or not text:
            continue
        behind = _text(pieces, number + 2)
        drawn = _DRAWN.fullmatch(text)
        name = drawn["name"] if drawn is not None else text if re.fullmatch(_NAME, text) else ""
        space = _SPACE.fullmatch(behind)
        if drawn is not None and space is not None and _IN.fullmatch(_prose(pieces, number + 1)):
            yield name, space["size"]
        is_one = _BE.fullmatch(_prose(pieces, number + 1)) and _OF_DIMENSION.match(_prose(pieces, number + 3))
        if name and is_one and _LETTER.fullmatch(behind):
            yield name, behind
        if _LETTER.fullmatch(text) and _BEFORE_NAME.fullmatch(_prose(pieces, number + 1)):
            drawn = _DRAWN.fullmatch(behind)
            named = drawn["name"] if drawn is not None else behind
            if re.fullmatch(_NAME, named) and named != text:
                yield named, text


def _text(pieces: Sequence[Found], number: int) -> str:
    piece = pieces[number] if number < len(pieces) else None
    return "" if piece is None or piece.math is None or piece.kind != "inline" else piece.math.text.strip(" .,;")


def _prose(pieces: Sequence[Found], number: int) -> str:
    return pieces[number].text if number < len(pieces) and pieces[number].kind == "prose" else ""


__all__ = ["dimensions_said"]
