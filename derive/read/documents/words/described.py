"""Matrices that a sentence describes: ``$X$ is the $n \\times d$ matrix with rows $x_i^T$``."""

from __future__ import annotations

import re
from collections.abc import Sequence

from derive.language.context import Context
from derive.read import syntax as s
from derive.read.declarations import declare
from derive.read.documents.definitions.defining import Defined, is_undeclared
from derive.read.documents.definitions.matrices import ROW_IS, member_of
from derive.read.documents.text.prose import SENTENCE
from derive.read.documents.text.scanner import Found
from derive.read.documents.undeclared.evidence import space_of
from derive.read.errors import DeclarationError, ReadError
from derive.read.parser import parse

FURTHEST = 8
"""Pieces before a formula among which the matrix is sought that the sentence is about."""
_SIZED = re.compile(r"\s*(?P<rows>[A-Za-z]|\d+)\s*\\times\s*(?P<columns>[A-Za-z]|\d+)\s*\Z")
_IS = re.compile(r"(?i)\b(?:is|be|denotes?|as|for|by)\s+(?:the|an?|our|some)\s+(?:[a-z-]+\s+){0,2}\Z")
_MATRIX = re.compile(r"(?i)\s*[- ]?\s*(?:[a-z-]+\s+){0,3}matrix\b")


def described(pieces: Sequence[Found], number: int, context: Context) -> Defined | None:
    """The matrix that the sentence names, if this formula is its size, or what its rows or columns are."""
    here = pieces[number].math
    before = pieces[number - 1] if number else None
    after = pieces[number + 1] if number + 1 < len(pieces) else None
    if here is None or before is None or before.kind != "prose":
        return None
    sized = _SIZED.match(here.text)
    if sized is not None:
        if after is None or after.kind != "prose" or not _IS.search(before.text) or not _MATRIX.match(after.text):
            return None
        name = _named(pieces[max(0, number - 2) : number], context)
        return (
            None if name is None else _declared(f"{name} \\in \\mathbb{{R}}^{{{' × '.join(sized.groups())}}}", context)
        )
    side = ROW_IS.search(before.text)
    if side is None:
        return None
    sentence = _sentence(pieces, number)
    name = _named(sentence, context) if any("matrix" in piece.text for piece in sentence) else None
    return None if name is None else _of_rows(name, here.text, side["side"].lower() == "row", context)


def _sentence(pieces: Sequence[Found], number: int) -> Sequence[Found]:
    """The pieces of the same sentence before a formula."""
    first = number
    while first > max(0, number - FURTHEST) and pieces[first - 1].kind in ("prose", "inline"):
        first -= 1
        if pieces[first].kind == "prose" and SENTENCE.search(pieces[first].text):
            break
    return pieces[first:number]


def _named(pieces: Sequence[Found], context: Context) -> str | None:
    """The only capital letter among these formulas that nothing declares."""
    names: list[str] = []
    for piece in pieces:
        if piece.kind != "inline" or piece.math is None:
            continue
        try:
            node = parse(piece.math.text.strip(" .,;"))
        except ReadError:
            continue
        letter = s.key(node)
        if re.fullmatch(r"(?:\\(?:mathbf|boldsymbol|bm)\s*\{)?[A-Z]\}?|\\(?:Phi|Psi|Lambda|Omega)", letter):
            names.append(letter)
            if not is_undeclared(node, context) or letter in context.sizes or letter in context.indices:
                return None
    return names[0] if len(set(names)) == 1 else None


def _of_rows(name: str, member: str, row: bool, context: Context) -> Defined | None:
    """A matrix of which only the rows (or columns) are known: as many as the members, as long as they are."""
    try:
        found = member_of(parse(member.strip(" .,;")), context)
    except ReadError:
        return None
    decl = context.symbols.get(found[0]) if found is not None else None
    if found is None or decl is None or len(decl.shape) != 1 or decl.family != (found[2],):
        return None
    count = found[2].length
    shape = (count, decl.shape[0]) if row else (decl.shape[0], count)
    return _declared(f"{name} \\in {space_of(shape)}", context)


def _declared(text: str, context: Context) -> Defined | None:
    text = text.replace("×", "\\times")
    try:
        return Defined(declare(text, context), text)
    except DeclarationError:
        return None
