"""Which of the derivatives worked out a text sets to zero: the last, the first, these, all of a Lagrangian."""

from __future__ import annotations

import re
from collections.abc import Sequence

from derive.language.context import Context
from derive.language.dependencies import all_parts
from derive.language.terms import Deriv, Sym, Term, subterms
from derive.read import syntax as s
from derive.read.documents.definitions.defining import primitive
from derive.read.documents.reading.state import NEAR, Reading
from derive.read.documents.steps import to_solve
from derive.read.documents.steps.chains import Tail
from derive.read.documents.steps.passages import names_of, variables_of
from derive.read.documents.text.macros import Expanded
from derive.read.documents.text.prose import MULTIPLIERS, SEVERAL
from derive.read.documents.text.spelling import spaced
from derive.read.documents.text.statements import chains_of, source_of
from derive.read.documents.words import setting
from derive.read.errors import ReadError
from derive.read.latex import node_readings

_PLACES = {"first": 0, "second": 1, "third": 2, "fourth": 3}
_ORDINAL = re.compile(
    rf"(?i)\b(?:the\s+(?P<place>{'|'.join(_PLACES)})\s+(?:one\b|gradients?\b|(?:partial\s+)?derivatives?\b|equations?\b|lines?\b|"
    r"conditions?\b|of\s+(?:these|them|the)\b|(?=(?:to|equal)\b)))"
)
_WORKS_ON = re.compile(
    r"(?i)\A\W*(?:(?:now|then|next|thus|hence|we)\s+)*(?:multipl|summing|sum\b|rearrang|solving|solve\b|eliminat|adding|dividing|"
    r"combining)"
)
"""The beginning of a sentence that goes on from equations: ``Multiplying by $\\pi_k$ and summing gives``."""


def meant(reading: Reading) -> list[Tail]:
    """The derivatives that are set to zero, of those worked out since the last ones were; none if it is not clear
    which."""
    gradients, words = reading.section.gradients, reading.words.prose[-NEAR:]
    last, tail = gradients[-1]
    beside = [each for number, each in gradients if number == last]
    ordinal = _ORDINAL.search(reading.words.sentence)
    if MULTIPLIERS.search(reading.words.section_words) is not None:
        alike = [each for _, each in gradients if each is tail or _is_alike(each, tail)]
        return [each for each in alike if each is tail or not _is_of_bound(each, reading.context)]
    if ordinal is not None:
        place = _PLACES[ordinal["place"].lower()]
        if place >= len(beside) or len(beside) == 1:  # of several formulas
            tails = [each for _, each in gradients]
            return tails[place : place + 1] if all(each is tail or _is_alike(each, tail) for each in tails) else []
        return beside[place : place + 1] if len(beside) == _derivatives_in(reading, last) else []
    if SEVERAL.search(words) is not None:
        return [each for number, each in gradients if number == last or _is_alike(each, tail)]
    return [tail]


def is_past(reading: Reading, number: int, tail: Tail) -> bool:
    """Whether another objective in the same variables, of which the derivative is not made, has been written since it
    was worked out in formula ``number``: what is said to be at its best now is that one."""
    made_of = {part for term in (*tail.first, *tail.last) for part in all_parts(reading.context, term)}
    names = {name for term in tail.first for variable in variables_of(term) for name in names_of(variable)}
    written = [spaced(piece.math.text) for piece in reading.document.pieces[number + 1 : reading.number] if piece.math]
    return any(
        objective.term not in made_of
        and any(text.startswith(f"{spaced(objective.text)} =") for text in written)
        and setting.the_objective([objective], sorted(names), reading.context) is not None
        for objective in reading.section.objectives
    )


_BEST = r"(?:an?|any|every|the|this)\s+(?:\w+\s+)?(?:maxim\w+|minim\w+|optim\w+|solution)"
_IS_ZERO = (
    r"(?:(?:is|are|must\s+be|has\s+to\s+be|have\s+to\s+be|equals?)\s+(?:equal\s+to\s+)?zero|(?:must\s+)?vanish(?:es)?)"
)
_STATIONARY = re.compile(
    r"(?i)\b(?:at|in|for)\s+(?:an?|any|every|each|the)\s+(?:stationary|critical)\s+points?\b[^.;]*\Z|"
    r"\b(?:(?:stationary|critical)\s+points?|(?:minimi[sz]|maximi[sz]|optimi[sz])ers?|optimum|optimal\s+(?:solution|value|point|\w+s?))"
    r"(?:\s+(?:of|for|in)\s+(?:[a-z]+|⟨\d+⟩)(?:\s+[a-z]+)?)?\s+(?:(?:must|have\s+to|then|therefore)\s+)*(?:satisf\w+|solves?|obeys?|fulfil\w*)\b[^.;⟨]*\Z|"
    r"\b(?:at|in)\s+(?:an?|any|the)\s+(?:maxim\w+|minim\w+|optim\w+|solution)\b[^.;⟨]*\b(?:gradient|derivative|score)s?\s+"
    r"(?:is|are|must\s+be|has\s+to\s+be|equals?|vanish\w*)\b[^.;⟨]*\Z|"
    r"\b(?:by|from)\s+(?:the\s+)?(?:KKT|Karush-Kuhn-Tucker|stationarity|first[- ]order)"
    r"(?:\s+(?:optimality\s+)?conditions?)?"
    r"(?:\s+(?:we\s+(?:have|get|obtain|find)|it\s+follows\s+that|that))*[\s,:]*\Z|"
    rf"\b(?:at|in)\s+{_BEST}\s*,?\s*(?:this|it|that|these|they)\s+{_IS_ZERO}\b[^.;⟨]*\Z|"
    rf"\A[\s*]*(?:(?:but|now|and)\s+)?(?:this|it|that|these|they)\s+{_IS_ZERO}\s+(?:at|in)\s+{_BEST}\b[^.;⟨]*\Z"
)


_VANISHES = re.compile(
    r"(?i)\s*[,.]?\s*(?:(?:and|so|this|it|which|that|both|these|they|all|the(?:\s+two|\s+partial)?\s+(?:gradient|derivative|score|slope)s?)\s+)*"
    r"(?:vanish(?:es)?|(?:is|are)\s+(?:equal\s+to\s+)?zero|equals?\s+zero)\s+(?:exactly\s+|precisely\s+|only\s+|just\s+)?"
    r"(?:if(?:\s+and\s+only\s+if)?|iff|when|whenever|for|where|as\s+soon\s+as)[\s,:]*"
)
"""All words between a derivative that was worked out and what holds where it is zero."""


def at_stationary_point(reading: Reading, math: Expanded) -> bool:
    """``At a stationary point $P^T P = Q^T Q$``, after the derivatives have been worked out: there they are zero. So
    they are where one that has just been worked out ``vanishes if $e^{2a} = c$``."""
    if not reading.section.gradients:
        return False
    last = reading.section.gradients[-1][0] == reading.number - 2
    vanishes = last and _VANISHES.fullmatch(reading.words.prose) is not None
    several = SEVERAL.search(reading.words.prose) is not None
    if vanishes and not several and to_solve.has_solution(math.text, alike(reading), reading.context):
        return False  # what the variable is there is claimed of the derivative itself
    if not vanishes and _STATIONARY.search(reading.words.sentence) is None:
        return False
    return "=" in math.text and not (setting.writes_a_derivative(math.text) and _may_work_out(reading, math))


def _may_work_out(reading: Reading, math: Expanded) -> bool:
    """Whether a formula that writes derivatives may say what the one is that has been worked out; not where its first
    side is one of something else, ``\\nabla A(\\theta) = \\bar u`` where that of the likelihood is zero."""
    chain = next(iter(chains_of(math.text, reading.context)), None)
    if chain is None or not isinstance(chain.node, s.Relation):
        return True
    try:
        terms = [typed.term for typed in node_readings(chain.node.first, reading.context)]
    except ReadError:
        return True
    worked_out = [each.body for term in reading.section.gradients[-1][1].first for each in _derivatives(term)]
    here = [each.body for term in terms for each in _derivatives(term)]
    return not here or any(each in worked_out for each in here)


def _derivatives(term: Term) -> list[Deriv]:
    return [part for part in subterms(term) if isinstance(part, Deriv)]


def alike(reading: Reading, tail: Tail | None = None) -> list[Tail]:
    """The derivatives worked out of what the last one, or another, is the derivative of."""
    tail = tail or reading.section.gradients[-1][1]
    return [each for _, each in reading.section.gradients if each is tail or _is_alike(each, tail)]


_TURNS = re.compile(
    r"(?i)\b(?:set(?:s|ting)?|equat\w+)\s+(?:the|its|a)\s+(?:derivative|gradient|slope)s?\s+(?:equal\s+)?to\s+(?:zero|0)\s*[.:]\s+"
    r"(?:with|let|define|put|write|denote|consider)\b[^.]*\Z"
)


def turns_to_another(words: str) -> bool:
    """Whether words that set a derivative to zero end, and go on with what it is to be the derivative of: ``The step is
    found by setting the derivative to zero. With $\\phi(t) = …$``.

    >>> turns_to_another("by setting the derivative to zero. With ")
    True
    >>> turns_to_another("Setting the derivative to zero, with ")
    False
    """
    return _TURNS.search(words) is not None


def works_on(reading: Reading, math: Expanded) -> bool:
    """``∂L/∂π_k = …. Multiplying by $\\pi_k$ and summing over $k$ gives $\\lambda = N$``: a value of what is in a
    derivative of a Lagrangian can only follow from it where it is zero."""
    if not reading.section.gradients or MULTIPLIERS.search(reading.words.section_words) is None:
        return False
    number, tail = reading.section.gradients[-1]
    between = reading.document.pieces[number + 1 : reading.number]
    if (
        any(piece.kind not in ("prose", "inline") for piece in between)
        or _WORKS_ON.match(reading.words.sentence) is None
    ):
        return False
    chain = next(iter(chains_of(math.text, reading.context)), None)
    node = chain.node if chain is not None else None
    if not isinstance(node, s.Relation) or node.rest[0][0] != "=" or setting.writes_a_derivative(math.text):
        return False
    found = primitive(node.first, reading.context)
    return found is not None and any(found.name in names_of(side) for side in tail.last)


def _is_alike(one: Tail, other: Tail) -> bool:
    """Whether two lines work out derivatives of the same thing."""
    bodies = [each.first[0].body for each in (one, other) if len(each.first) == 1 and isinstance(each.first[0], Deriv)]
    return len(bodies) == 2 and bodies[0] == bodies[1]


def _is_of_bound(tail: Tail, context: Context) -> bool:
    """Whether a derivative is that in the multiplier of an inequality, which cannot be negative."""
    variables: Sequence[Term] = variables_of(tail.first[0]) if len(tail.first) == 1 else ()
    names = (each.name for each in variables if isinstance(each, Sym))
    return any("nonnegative" in context.symbols[name].properties for name in names if name in context.symbols)


def _derivatives_in(reading: Reading, number: int) -> int:
    """How many lines of a display work out a derivative, readable or not."""
    math = reading.document.pieces[number].math
    if math is None:
        return 0
    firsts = [chain.sides[0] for chain in chains_of(math.text, reading.context) if chain.sides and not chain.begins]
    return sum(setting.writes_a_derivative(source_of(first, math.text)) for first in firsts)


__all__ = ["alike", "at_stationary_point", "meant", "works_on"]
