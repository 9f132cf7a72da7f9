"""Formulas of running text, and comments, that belong together: what goes on behind a relation, ``A if and only
if B``, ``A equals B``, names and the space that words put them in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from derive.read.documents.text import derivatives_said
from derive.read.documents.text.macros import Expanded
from derive.read.documents.text.scanner import Found

_DANGLING = re.compile(r"(?:=|\\approx|\\le|\\ge|\\leq|\\geq)\s*(?:\\\\\s*)?\Z")
_RELATION = re.compile(r"=|<|>|\\(?:le|ge|leq|geq|ne|neq)(?![A-Za-z])")
_ARROWS = (
    (
        re.compile(r"(?i)\s*,?\s*(?:if\s+and\s+only\s+if|iff|(?:which\s+)?is\s+equivalent\s+to)\s*\Z"),
        r"\Leftrightarrow",
    ),
    (re.compile(r"(?i)\s*,?\s*(?:(?:which\s+)?implies(?:\s+that)?)\s*\Z"), r"\Rightarrow"),
)

_NAMES = re.compile(r"\s*\\?[A-Za-z]+(?:[_^](?:\w|\{[^{}]*\})|\{\\?[A-Za-z]+\})*\s*(?:,[^=<>]*)?\Z")
_LISTED = re.compile(r"\s*(?:,|,?\s*and)\s*\Z")
_IN = re.compile(r"\s+(?:both\s+|all\s+)?in\s+\Z")
_SPACE = re.compile(r"\s*\\mathbb\s*\{?R")
_INTRODUCES = re.compile(
    r"(?i)\b(?:any|all|every|each|let|given|vectors?|matri(?:x|ces)|points?|numbers?|weights?|parameters?)\s*\Z"
)
"""Words before names that are then said to be in a space: ``for any $u$, $b$ in $\\mathbb{R}^p$``."""


def joined(pieces: Sequence[Found]) -> list[Found]:
    """The pieces, with formulas that end in a relation joined to the formula after them, and those between which words
    stand for an arrow joined by it."""
    out: list[Found] = []
    for number, piece in enumerate(pieces):
        before = next((each for each in reversed(out[-2:]) if each.kind != "prose"), None)
        gap = "".join(each.text for each in out[-1:] if each.kind == "prose")
        between = None if before is None else _between(before, gap, piece)
        if between is None and before is not None and _is_called_equal(out, piece, pieces[number + 1 : number + 2]):
            between = "="
        if before is not None and _is_one_block(before, gap, piece):
            between = ""
        if before is not None and between is not None and before.math is not None and piece.math is not None:
            while out[-1] is not before:
                out.pop()
            out[-1] = replace(before, stop=piece.stop, math=_together(before.math, between, piece.math))
        elif (stated := derivatives_said.said(out, piece, pieces[number + 1 : number + 2])) is not None:
            out = stated
        elif _put_in_space(out, piece):
            continue
        else:
            out.append(piece)
    return out


def _is_one_block(before: Found, gap: str, piece: Found) -> bool:
    """Whether two comments that declare stand right below each other, and the second declares what the first speaks of
    already: within one block the order does not matter."""
    if not before.kind == piece.kind == "declaration" or before.source is not piece.source:
        return False
    if before.math is None or piece.math is None or gap.strip() or before.follows or piece.follows or "\n\n" in gap:
        return False
    names = (name.strip() for heads in _HEADS.findall(piece.math.text) for name in heads.split(","))
    bases = {re.split(r"[_^({]", name)[0] for name in names if name}
    return any(re.search(rf"(?<![A-Za-z\\]){re.escape(base)}(?![A-Za-z])", before.math.text) for base in bases if base)


_HEADS = re.compile(
    r"(?m)(?:\A|;|^)\s*(?:index\s+)?((?:\\?[A-Za-z]+(?:[_^](?:\w|\{[^{}]*\}))*\s*,?\s*)+?)(?:\\in(?![A-Za-z])|=\s*\d|>|<|\\[gl]eq?(?![A-Za-z]))"
)
"""What a declaration puts into a space, bounds, or counts with."""


def _is_called_equal(out: list[Found], piece: Found, after: Sequence[Found]) -> bool:
    """Whether ``the sum $a + b$ equals $c$``: a quantity that the words before it speak of, and not of what it is taken
    at or of, and all that it is said to equal."""
    if len(out) < 3 or out[-1].kind != "prose" or _EQUALS.fullmatch(out[-1].text) is None:
        return False
    before, words = out[-2], out[-3]
    if not all(each.kind == "inline" and each.math is not None for each in (before, piece)) or words.kind != "prose":
        return False
    if before.math is None or piece.math is None or before.source is not piece.source:
        return False
    if _OF_IT.search(words.text) or _PLAIN.fullmatch(before.math.text) or _COMPARED.search(_flat(before.math.text)):
        return False
    ends = not after or after[0].kind != "prose" or _ENDS.match(after[0].text) is not None
    return ends and _RELATION.search(_flat(piece.math.text)) is None


def _flat(text: str) -> str:
    """A formula without what stands in braces: the bounds of sums."""
    for _ in range(4):
        text = re.sub(r"\{[^{}]*\}", "", text)
    return text


_EQUALS = re.compile(
    r"(?i)\s+(?:(?:then|therefore|thus|hence|also)\s+)?(?:equals|is\s+(?:(?:then|therefore|thus|hence|again)\s+)?equal\s+to|coincides\s+with)\s+"
    r"(?:(?:just|simply|exactly)\s+)?"
)
_OF_IT = re.compile(
    r"(?i)(?:\b(?:of|at|in|for|with|to|from|by|on|under|over|between|where|when|if|as|about|w\.\s?r\.\s?t\.|respect|per|"
    r"suppose|assume|let|given|until|unless|while|than|times|plus|minus)|[^\s\w.,;:)}*]|-)\s*\Z|"
    r"(?i:\b(?:probability|event|whether|if|when|suppose|assume|until|unless|number)\b)[^.;:]*\Z"
)
"""Words after which a formula is only a part of what they speak of, or is supposed."""
_PLAIN = re.compile(r"\s*\\?[A-Za-z]+(?:[_^](?:\w|\{[^{}]*\})|\{\\?[A-Za-z]+\})*\s*")
_COMPARED = re.compile(r"=|<|>|\\(?:le|ge|leq|geq|ne|neq|in|sim|to|propto|approx)(?![A-Za-z])")
_ENDS = re.compile(r"\s*(?:[.,;:)]|(?:and|so|which|since|because|as)\b|\Z)")


def _put_in_space(out: list[Found], piece: Found) -> bool:
    """Whether a formula is the space of the names before it; then they are one formula."""
    if piece.math is None or piece.kind != "inline" or _SPACE.match(piece.math.text) is None:
        return False
    if len(out) < 3 or out[-1].kind != "prose" or _IN.fullmatch(out[-1].text) is None:
        return False
    first = len(out) - 2
    while first >= 3 and _is_named(out[first - 2], piece) and _LISTED.fullmatch(out[first - 1].text):
        first -= 2
    if not all(_is_named(out[place], piece) for place in range(first, len(out), 2)):
        return False
    if out[first - 1].kind != "prose" or _INTRODUCES.search(out[first - 1].text) is None:
        return False
    names = [out[place] for place in range(first, len(out), 2)]
    whole = names[0].math
    for each, between in zip((*names[1:], piece), (*(", " for _ in names[1:]), "\\in"), strict=True):
        if whole is not None and each.math is not None:
            whole = _together(whole, between, each.math)
    out[first:] = [replace(names[0], stop=piece.stop, math=whole)]
    return True


def _is_named(found: Found, beside: Found) -> bool:
    named = found.kind == "inline" and found.source is beside.source and found.math is not None
    return named and found.math is not None and _NAMES.match(found.math.text) is not None


def _between(before: Found, gap: str, piece: Found) -> str | None:
    """What joins two formulas of running text; None if nothing does."""
    if piece.kind != "inline" or before.kind != "inline" or before.source is not piece.source:
        return None
    if before.math is None or piece.math is None:
        return None
    if not gap.strip():
        return "" if _DANGLING.search(before.math.text) else None
    if not (_RELATION.search(before.math.text) and _RELATION.search(piece.math.text)):
        return None
    return next((arrow for words, arrow in _ARROWS if words.match(gap)), None)


def _together(first: Expanded, between: str, second: Expanded) -> Expanded:
    """Two formulas as one; what stands ``between`` them has the place of the second."""
    if not between:
        shift = len(first.text) + 1
        return Expanded(
            f"{first.text}\n{second.text}",
            (*first.starts, *(start + shift for start in second.starts)),
            (*first.places, *second.places),
            (*first.macros, *second.macros),
        )
    text = first.text.rstrip(" .,;")
    shift = len(text) + len(between) + 2
    kept = [number for number, start in enumerate(first.starts) if start < len(text) or not number]
    return Expanded(
        f"{text} {between} {second.text}",
        (*(first.starts[number] for number in kept), len(text), *(start + shift for start in second.starts)),
        (*(first.places[number] for number in kept), second.place(0), *second.places),
        (*(first.macros[number] for number in kept), between, *second.macros),
    )


__all__ = ["joined"]
