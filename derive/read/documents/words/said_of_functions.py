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


def said_of_functions(pieces: Sequence[Found]) -> Iterator[Unheeded]:
    """Every such word with the formulas that it is said of: ``$f$ and $g$ are convex``, ``a convex function $f$``."""
    for number, piece in enumerate(pieces):
        if piece.kind != "prose":
            continue
        for found in KIND.finditer(piece.text):
            if _DENIED.search(SENTENCE.split(piece.text[: found.start()])[-1]):
                continue
            place = piece.source.place(piece.at(found.start()))
            words = f"“{found.group().strip(' -')}”"
            constant = _constant(pieces, number, found.start())
            if constant:
                yield Unheeded(place, words, (constant,), of_constant=True, by_inequalities=True)
            about = tuple(_formulas(pieces, number, found.start(), found.end()))
            if about:
                by_inequalities = not _EQUATION.search(found.group())
                yield Unheeded(place, words, about, of_functions=True, by_inequalities=by_inequalities)


def _constant(pieces: Sequence[Found], number: int, start: int) -> str:
    """The L of ``$L$-smooth``: a bound on how a function varies, also on that of one that is known."""
    before = pieces[number - 1].math if not start and number and pieces[number].text.startswith("-") else None
    return before.text if before is not None else ""


_SAID_OF = re.compile(r"(?i)\s*,?\s*(?:is|are|be|being|was|were|which|that|has|have)\b[^.;]{0,60}\Z")
_JOINED = re.compile(r"(?i)\s*,?\s*(?:and|or|,)\s*\Z")
_CALLED = re.compile(
    r"(?i)[\sa-z,-]{0,30}?\b(?:functions?|loss(?:es)?|objectives?|risks?|penalt(?:y|ies)|regulari[sz]ers?|maps?|gradient\s+of)\s*\Z|\s*\Z"
)


def _formulas(pieces: Sequence[Found], number: int, start: int, stop: int) -> Iterator[str]:
    before, after = pieces[number].text[:start], pieces[number].text[stop:]
    at = number - 1
    if not before and pieces[number].text.startswith("-"):  # L-smooth: said of what stands before the L
        at, before = number - 3, pieces[number - 2].text if number > 1 else ""
    linked = _SAID_OF.match(before)
    while linked and at >= 0 and pieces[at].kind == "inline":
        math = pieces[at].math
        if math is not None:
            yield math.text
        linked = _JOINED.match(pieces[at - 1].text) if at > 1 and pieces[at - 1].kind == "prose" else None
        at -= 2
    following = pieces[number + 1] if number + 1 < len(pieces) else None
    if following is not None and following.kind == "inline" and following.math is not None and _CALLED.match(after):
        yield following.math.text
