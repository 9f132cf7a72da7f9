r"""What braces of a display name or say: ``\underbrace{a + b}_{c}``, ``\underbrace{a - a}_{= 0}``."""

from __future__ import annotations

from dataclasses import replace

from derive.read import syntax as s
from derive.read.documents.definitions.defining import is_undeclared
from derive.read.documents.reading import waiting
from derive.read.documents.reading.state import Reading
from derive.read.documents.steps.braces import labelled
from derive.read.documents.text.macros import Expanded
from derive.read.documents.text.prose import Cue
from derive.read.documents.text.scanner import Found
from derive.read.documents.text.spelling import spaced
from derive.read.documents.text.statements import chains_of
from derive.read.errors import ReadError
from derive.read.latex import node_readings


def take_labels(reading: Reading, found: Found, math: Expanded) -> None:
    """A new name below a brace, which later formulas use, is defined; what is said with ``=`` there is claimed, as far
    as it can be read by itself: an index of a sum around the brace is nothing outside of it."""
    kept, prose = reading.tail, reading.words.prose
    reading.words.prose = ""  # what the words before a display say of it, they say of nothing below its braces
    for label, said in labelled(math.text):
        chain = next(iter(chains_of(said, reading.context)), None)
        node = chain.node if chain is not None else None
        if chain is None or not isinstance(node, s.Relation) or len(node.rest) != 1:
            continue
        (op, right) = node.rest[0]
        claims = op == "=" and _is_read(reading, node.first) and _is_read(reading, right)
        names = op == "=:" and is_undeclared(right, reading.context) and _is_used_later(reading, label)
        if claims or (names and _is_read(reading, node.first)):
            cue = Cue.assertion if claims else Cue.assumption
            waiting.state(reading, found, replace(math, text=said), chain, cue)
    reading.tail, reading.words.prose = kept, prose


def _is_read(reading: Reading, side: s.Node) -> bool:
    try:
        return bool(node_readings(side, reading.context))
    except ReadError:
        return False


def _is_used_later(reading: Reading, label: str) -> bool:
    wanted = f" {spaced(label)} "
    following = reading.document.pieces[reading.number + 1 :]
    return any(piece.math is not None and wanted in f" {spaced(piece.math.text)} " for piece in following)


__all__ = ["take_labels"]
