"""Equations that hold where something no longer changes, ``In the steady state, $\\sigma_0^2 = P$, hence …``, or in
another problem."""

from __future__ import annotations

import re

from derive.language.dependencies import depends_on, mentioned
from derive.language.terms import Entry, Num, Op, Rel, Sym, Term
from derive.read.documents.reading import assuming, quantified
from derive.read.documents.reading.state import Reading
from derive.read.documents.steps import plain_facts
from derive.read.documents.text.macros import Expanded
from derive.read.documents.text.scanner import Found
from derive.read.documents.text.statements import one_line

_AT_REST = re.compile(
    r"(?i)(?<![a-z])(?:in|at|under|for|once|when)\s+(?:the\s+|an?\s+)?(?:[a-z]+\s+){0,2}?"
    r"(?:steady[-\s]+states?|equilibri(?:um|a)|fixed[-\s]+points?|stationary\s+(?:case|states?|regime|limit)|stationarity)"
    r"(?:\s+(?:of|for|with|under)\s+[a-z⟨⟩\d\s-]+?)?\s*,?\s*(?:(?:we\s+(?:(?:must\s+)?have|need|require)|it\s+holds(?:\s+that)?|one\s+has)\s*:?\s*)?\Z"
)
"""The end of a sentence so far that puts what follows where nothing changes."""
_CONCLUDES = re.compile(
    r"(?i)\s*,?\s*(?:and\s+)?(?:hence|so|thus|therefore|then|whence|which\s+(?:gives|yields|means|implies)|giving|"
    r"we\s+(?:get|obtain|find))\b"
)
"""Words behind a formula from which something is concluded."""
_OF_ANOTHER = re.compile(
    r"(?i)\A[^⟨⟩.;:]*?\b(?:for|with|under|using)\s+(?:the|an?|another)\s+(?:[a-z-]+\s+){0,3}?"
    r"(?:penalty|loss|prior|regulari[sz]er|kernel|model|objective|formulation|version|variant|problem)\b[^.;:]*"
    r"\b(?:conditions?|constraints?|equations?|requirements?)\s+(?:(?:then|now|instead)\s+)*"
    r"(?:becomes?|changes?\s+to|turns?\s+into|is\s+replaced\s+by|are\s+replaced\s+by)\s*\Z"
)
"""The end of a sentence so far that gives a condition of another problem than has been told."""


def suppose_there(reading: Reading, found: Found, math: Expanded) -> bool:
    """Whether a formula is supposed of a place where nothing changes: an equation that its sentence goes on from, or
    one for a number that its other side is made of. ``In the steady state, $P = 2 q$.`` claims what P is there. So is a
    condition of another problem: ``For the squared penalty the last condition becomes $C s = a$``."""
    another = _OF_ANOTHER.search(reading.words.sentence) is not None
    if not another and not _AT_REST.search(reading.words.sentence):
        return False
    node = quantified.relation_of(reading, math)
    if node is None or [op for op, _ in node.rest] != ["="]:
        return False
    relations = assuming.suppose(reading, node)
    if len(relations) != 1:
        return False
    if another:
        taken = plain_facts.only_primitive(relations[0], reading.context)
    else:
        taken = _CONCLUDES.match(reading.words.after) is not None or _is_fixed_point(reading, relations[0])
    if not taken:
        return False
    reading.supposed, reading.hypothesis = (*reading.supposed, *relations), True
    reading.note(found.place, f"supposed in this sentence: {one_line(math.text).strip(' .,;')}")
    return True


def _is_fixed_point(reading: Reading, relation: Rel) -> bool:
    """Whether one side is a number that nothing defines, or a power of it, and the other is made of that."""
    for one, other in ((relation.left, relation.right), (relation.right, relation.left)):
        name = _raised(one)
        decl = reading.context.symbols.get(name)
        if decl is None or decl.definition is not None or decl.depends:
            continue
        if any(depends_on(reading.context, each, name) for each in mentioned(reading.context, other)):
            return True
    return False


def _raised(term: Term) -> str:
    """The quantity of which a side is a power, or a member, or which it is."""
    if isinstance(term, Op) and term.name == "pow" and isinstance(term.args[1], Num):
        term = term.args[0]
    while isinstance(term, Entry):
        term = term.base
    return term.name if isinstance(term, Sym) else ""


__all__ = ["suppose_there"]
