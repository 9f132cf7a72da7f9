r"""``For $\sigma_1 = \sigma_2$ this is $f$``: the value that was displayed last, in a case, as a chain that goes on."""

from __future__ import annotations

import re
from dataclasses import replace

from derive.language.terms import Rel, Span
from derive.read import syntax as s
from derive.read.documents.reading import assuming, parts, quantified
from derive.read.documents.reading.state import Reading, Waiting
from derive.read.documents.steps.chains import Tail, has_shape
from derive.read.documents.text.prose import JOINING
from derive.read.documents.text.statements import Chain
from derive.read.errors import ReadError
from derive.read.latex import node_readings

_IS = re.compile(
    r"(?i)\b(?:this|it|which|the\s+(?:above|last|right)[- ]?(?:hand\s+side|expression)?)\s+(?:is|equals)[\s:]*\Z"
)
_BECOMES = re.compile(
    r"(?i)\b(?:this|it|which|that)\s+(?:becomes|reads|reduces?\s+to|simplif\w+\s+to|equals|"
    r"(?:can|may)\s+(?:also\s+)?be\s+(?:re)?written\s+as)(?:\s+(?:just|simply))?[\s:]*\Z"
)
_ABBREVIATES = re.compile(r"(?i)\b(?:with|writing|using|abbreviating|where)(?:\s+(?:the|now|again|\w+ion))*\s*\Z")
_THIS = re.compile(r"(?i)[\s,]*(?:then\s+)?(?:this|that|it|the\s+(?:above|last\s+expression))\s+[a-z\s]+:?\s*\Z")
_OVER = re.compile(r"\s*(?:[.,;:)]|\Z|and\b|which\b|as\b|because\b|since\b)")


_EQUATION = re.compile(
    r"(?i)\b(?:this|the(?:\s+(?:above|last|previous|same|quadratic|whole))?)\s+(?:equation|condition|relation)\s+(?:then\s+|now\s+)?"
    r"(?:becomes|reads|reduces\s+to|simplifies\s+to)\s*:?\s*\Z"
)


def _equation_before(reading: Reading, words: str) -> tuple[Rel, ...]:
    """``For $a = 1$ the equation becomes``: the equation that was displayed last, from which what follows is
    concluded."""
    if _EQUATION.search(words) is None:
        return ()
    pieces = reading.document.pieces
    for number in range(reading.number - 1, reading.section.extent[0] - 1, -1):
        math = pieces[number].math if pieces[number].kind == "display" else None
        node = quantified.relation_of(reading, math) if math is not None else None
        if node is not None and [op for op, _ in node.rest] == ["="]:
            return assuming.suppose(reading, node)
        if node is not None:
            return ()
    return ()


def go_on_from_equation(reading: Reading, each: Waiting, words: str) -> None:
    """What words say that an equation becomes is concluded from that."""
    known = _equation_before(reading, words)
    each.supposed, each.becomes = (*each.supposed, *known), bool(known)


def suppose_it(reading: Reading, chain: Chain, words: str) -> None:
    """What the equation becomes holds in the rest of the sentence."""
    if isinstance(chain.node, s.Relation) and _equation_before(reading, words):
        reading.supposed, reading.hypothesis = (*reading.supposed, *assuming.suppose(reading, chain.node)), True


def note_abbreviation(reading: Reading, words: str, before: Tail | None, defines: bool) -> None:
    """``With $b = …$ this equals $f$``: "this" is what was displayed before the abbreviation, not the abbreviation."""
    joins = reading.words.resumes is not None and JOINING.match(words) is not None
    kept = reading.words.resumes if joins else before
    reading.words.resumes = kept if defines and (joins or _ABBREVIATES.search(words)) else None


def goes_on(reading: Reading, chain: Chain, words: str) -> Chain | None:
    """The chain ``= f`` that a formula without a relation goes on with, where the words say so; ``is`` says so only
    after something that is supposed."""
    resumed = reading.words.resumes if _THIS.fullmatch(words) else None
    node, tail = chain.node, resumed or reading.tail
    if node is None or isinstance(node, s.Relation) or chain.problem is not None or tail is None:
        return None
    part = parts.part_said(words, tail)
    tail = part or tail
    said = part or _BECOMES.search(words) or (_IS.search(words) and (reading.supposed or reading.pending or resumed))
    if not said or _OVER.match(reading.words.after) is None or not tail.last:
        return None
    try:
        terms = [typed.term for typed in node_readings(node, reading.context)]
    except ReadError:
        return None
    if not any(has_shape(Rel("=", last, term), reading.context) for last in tail.last for term in terms):
        return None
    reading.tail = tail
    nothing = s.Group(node.start, node.start, "{", ())
    relation = s.Relation(node.start, node.stop, nothing, (("=", node),))
    start = Span(chain.span.start, chain.span.start)
    return replace(chain, node=relation, begins=True, sides=(start, chain.span))


__all__ = ["go_on_from_equation", "goes_on", "note_abbreviation", "suppose_it"]
