r"""``\[ \sum_i 2 q_i = 2, \]`` "where $\sum_i q_i = 1$": what weights add up to, said behind what uses it."""

from __future__ import annotations

import re

from derive.language.terms import Span
from derive.read import syntax as s
from derive.read.documents.reading import assuming
from derive.read.documents.reading.state import Reading
from derive.read.documents.steps import plain_facts
from derive.read.documents.text.macros import Expanded
from derive.read.documents.text.sentences import ends_sentence
from derive.read.documents.text.statements import chains_of, source_of
from derive.read.errors import ReadError
from derive.read.latex import Link, node_readings

_BEHIND = re.compile(r"[\s,(]*(?:where|with|since|because|as|using|provided)(?:\s+that|\s+we\s+have)?\s*")


def take_up(reading: Reading, math: Expanded) -> None:
    """Take the sum that stands behind a display, in its sentence, as a fact that it may use; only if it would be taken
    as one before it."""
    pieces, number = reading.document.pieces, reading.number
    if ends_sentence(math.text) or number + 2 >= len(pieces):
        return
    words, formula = pieces[number + 1 : number + 3]
    if words.kind != "prose" or formula.kind != "inline" or formula.math is None or not _BEHIND.fullmatch(words.text):
        return
    for chain in chains_of(formula.math.text, reading.context):
        match chain.node:
            case s.Relation(first=first, rest=(("=", right),)):
                link = _link(reading, first, right)
                if link is not None and assuming.is_normalised(reading, link):
                    text = source_of(chain.span, formula.math.text)
                    reading.context = plain_facts.with_fact(link, reading.context, text)
                    reading.note(formula.place, f"assume {text}")


def _link(reading: Reading, left: s.Node, right: s.Node) -> Link | None:
    try:
        sides = [node_readings(side, reading.context) for side in (left, right)]
    except ReadError:
        return None
    if any(len(readings) != 1 for readings in sides):
        return None
    return Link("=", (sides[0][0].term,), (sides[1][0].term,), Span(left.start, right.stop))


__all__ = ["take_up"]
