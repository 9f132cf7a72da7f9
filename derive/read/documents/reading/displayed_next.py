r"""Names that the next displays define: ``L = -\sum_i y_i \log p_i``, below it ``p_i = e^{o_i} / \sum_j e^{o_j}``."""

from __future__ import annotations

import re
from collections.abc import Sequence

from derive.language.context import Context
from derive.read import syntax as s
from derive.read.documents.text.scanner import Found
from derive.read.documents.text.statements import chains_of
from derive.read.errors import ReadError, Undeclared
from derive.read.names import parts_of
from derive.read.parser import parse

MOST_DISPLAYS = 3
"""In how many displays behind a formula its names are looked for."""
_SOLVES = re.compile(
    r"(?i)maximi[sz]|minimi[sz]|optimi[sz]|optim(?:al|um)|lagrang|stationar|\bsolv|\bsolution|subject\s+to|constrain|estimat|"
    r"set(?:s|ting)?\b[^.;]*\b(?:zero|0)\b|vanish|\bunknowns?\b"
)
_SOUGHT = re.compile(r"\\arg|\\(?:max|min)(?![A-Za-z])|=\s*0\s*(?:[.,;]|\\\\|\Z)")
_CONCLUDES = re.compile(
    r"(?i)\b(?:get|gets|got|obtain\w*|find|found|gives?|giving|yields?|hence|thus|therefore|so|then|follows?|conclud\w*|becomes?|"
    r"deriv\w+|differentiat\w+|prov\w+|show\w*|see|impl(?:y|ies)|must|now|finally|check|claim\w*|that)\b"
)


def looks_for_something(pieces: Sequence[Found]) -> bool:
    """Whether a section optimises or solves: what stands behind a formula may then be what it is solved for."""
    return any(
        (piece.kind == "prose" and _SOLVES.search(piece.text) is not None)
        or (piece.math is not None and piece.kind != "declaration" and _SOUGHT.search(piece.math.text) is not None)
        for piece in pieces
    )


def is_displayed_next(problems: Sequence[ReadError], pieces: Sequence[Found], context: Context) -> bool:
    """Whether one of the next displays begins with ``X = …``, X being the name that a formula waits for."""
    names = _awaited(problems)
    if not names:
        return False
    displays = 0
    for piece in pieces:
        if piece.kind == "prose" and _CONCLUDES.search(piece.text):
            return False
        displays += piece.kind == "display"
        if displays > MOST_DISPLAYS:
            return False
        if piece.kind != "display":
            continue
        for chain in chains_of(piece.math.text, context) if piece.math is not None else ():
            if _defines(chain.node, names):
                return True
    return False


def is_defined_by(problems: Sequence[ReadError], nodes: Sequence[s.Node | None]) -> bool:
    """Whether one of these formulas begins with ``X = …``, X being the name that a formula waits for."""
    names = _awaited(problems)
    return any(_defines(node, names) for node in nodes)


def _awaited(problems: Sequence[ReadError]) -> set[tuple[str, int]]:
    return {head for problem in problems if isinstance(problem, Undeclared) for head in _heads(problem.name)}


def _defines(node: s.Node | None, names: set[tuple[str, int]]) -> bool:
    if not isinstance(node, s.Relation) or node.rest[0][0] not in ("=", ":="):
        return False
    return _head(node.first) in names and not _has(node.rest[0][1], names)


def _heads(name: str) -> list[tuple[str, int]]:
    """The name, and the vector or matrix that its entries may be of."""
    try:
        head = _head(parse(name))
    except ReadError:
        return []
    return [head, (head[0], 0)] if head is not None else []


def _head(node: s.Node) -> tuple[str, int] | None:
    """A name and how many indices it has below; of a number below, the whole is the name."""
    if not isinstance(node, s.Name | s.Script) or (
        isinstance(node, s.Script) and (node.sup is not None or node.primes)
    ):
        return None
    parts = parts_of(node)
    if parts is None:
        return None
    sub = node.sub if isinstance(node, s.Script) else None
    if sub is None or any(isinstance(part, s.Number) for part in s.walk(sub)):
        return s.key(node), 0
    return parts[0], sum(isinstance(part, s.Name) for part in s.walk(sub))


def _has(node: s.Node, names: set[tuple[str, int]]) -> bool:
    """Whether a side is made of one of the names itself: a recurrence, which says nothing of where it begins."""
    return any(_head(part) in names for part in s.walk(node))


__all__ = ["is_defined_by", "is_displayed_next", "looks_for_something"]
