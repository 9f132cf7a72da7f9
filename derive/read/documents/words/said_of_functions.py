"""Words for what an unknown function is like, of which nothing is made: ``Suppose that $f$ is $L$-smooth``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from derive.read.documents.text.prose import SENTENCE
from derive.read.documents.text.scanner import Found
from derive.read.documents.words.unheeded import Unheeded

KIND = re.compile(
    r"(?i)(?:\A-(?:strongly\s+convex|smooth|Lipschitz|[A-Za-z-]+\s+continuous)|"
    r"\b(?:(?:strongly|strictly|non-?)[\s-]*)?(?:convex|concave|smooth|Lipschitz(?:[\s-]+continuous)?|monotone|monotonic|"
    r"increasing|decreasing|coercive|homogeneous|sub-?additive|sub-?linear|periodic|"
    r"(?:even|odd|bounded|linear|affine|quadratic)(?=\s+(?:functions?|and|,|\.|;|on|in|from|below|above)|\s*\Z)))\b"
)
_EQUATION = re.compile(r"(?i)homogeneous|sub-?linear|sub-?additive|periodic|even|odd|linear|affine|quadratic")
"""Words for what an equation says: few functions are like that."""
_DENIED = re.compile(r"(?i)\b(?:not|no|non|nothing|neither|never|need)\b[^.;]*\Z")
MOST_BACK = 6
"""How many pieces before a word its function may stand."""


def said_of_functions(pieces: Sequence[Found]) -> Iterator[Unheeded]:
    """Every such word with the formulas of its sentence up to it, and the one right behind it. Without a formula in
    its sentence it may be about those of the sentence before."""
    for number, piece in enumerate(pieces):
        if piece.kind != "prose":
            continue
        for found in KIND.finditer(piece.text):
            if _DENIED.search(SENTENCE.split(piece.text[: found.start()])[-1]):
                continue
            about = tuple(_formulas(pieces, number, found.start(), found.end()))
            if about:
                place = piece.source.place(piece.start + found.start())
                yield Unheeded(
                    place,
                    f"“{found.group().strip(' -')}”",
                    about,
                    of_functions=True,
                    by_inequalities=not _EQUATION.search(found.group()),
                )


def _formulas(pieces: Sequence[Found], number: int, start: int, stop: int) -> Iterator[str]:
    text = pieces[number].text
    ended = SENTENCE.search(text[:start]) is not None
    for back in range(number - 1, max(-1, number - MOST_BACK), -1):
        if ended:
            break
        piece = pieces[back]
        if piece.kind == "prose":
            ended = SENTENCE.search(piece.text) is not None
        elif piece.math is not None and piece.kind == "inline":
            yield piece.math.text
    following = pieces[number + 1] if number + 1 < len(pieces) else None
    if following is not None and following.math is not None and SENTENCE.search(text[stop:]) is None:
        yield following.math.text
