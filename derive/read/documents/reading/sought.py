"""Whether ``∂f/∂x = 0`` that no words introduce is an equation to solve: its section optimises, or goes on to solve."""

from __future__ import annotations

import re
from collections.abc import Sequence

from derive.language.terms import Deriv, Expect, Integral, subterms
from derive.read.documents.reading.state import Reading, Waiting
from derive.read.documents.steps import to_solve
from derive.read.documents.steps.passages import Root, is_zero, names_of
from derive.read.documents.text.prose import Cue, cue_of, last_sentence
from derive.read.documents.text.scanner import Found

_SOUGHT = re.compile(
    r"(?i)lagrang|multiplier|\bKKT\b|\b(?:minim|maxim|optim|station|extrem|critical|equat|solv|setting|set\b|"
    r"first[- ]order|vanish|estimat|update|M-step|constrain|zeros?\b|roots?\b|condition)|"
    r"\\(?:arg)?(?:min|max)(?![a-zA-Z])"
)
_FOR_ALL = re.compile(
    r"(?i)\b(?:identically|everywhere|always|constant|for\s+(?:all|any|every|each)|does\s+not\s+depend|independent\s+of)\b"
)
"""Words that say of a derivative that it is zero whatever the variable is."""
_LEADS_ON = re.compile(r"\\(?:Long)?(?:left)?(?:rightarrow|Rightarrow|implies|iff|Leftrightarrow)(?![a-zA-Z])|[⇒⇔]")


def is_sought(reading: Reading, each: Waiting, root: Root) -> bool:
    """Whether what is around says that a derivative is to become zero: else that it is zero is a claim."""
    if _FOR_ALL.search(each.sentence or last_sentence(each.prose)):
        return False
    start, stop = reading.section.extent
    pieces = reading.document.pieces[start:stop]
    if any(_SOUGHT.search(piece.text) for piece in pieces) or _LEADS_ON.search(each.math.text):
        return True
    if _is_worked_out(root) or _goes_on(pieces[max(each.number - start, 0) + 1 :]):
        return True
    prose, cue = "", None
    for piece in pieces[max(each.number - start, 0) :]:
        if piece.math is None:
            prose += piece.text
            continue
        prose, cue = "", cue_of(prose, cue)
        if cue is not Cue.condition and to_solve.gives_value(piece.math.text, root.variables, reading.context):
            return True
    return False


def _is_worked_out(root: Root) -> bool:
    r"""``\partial Z / \partial a = r e^a - (1-r) e^{-a} = 0``: what has been worked out is made of the variable, and
    nobody claims of such that it is zero for every value."""
    if root.written is None or root.written == root.equation or not root.variables:
        return False
    side = root.written.left if is_zero(root.written.right) else root.written.right
    if any(isinstance(part, Deriv | Integral | Expect) for part in subterms(side)):
        return False
    return all(names_of(variable) <= names_of(side) for variable in root.variables)


def _goes_on(pieces: Sequence[Found]) -> bool:
    """Whether the next formula follows from this one by an arrow at its beginning."""
    for piece in pieces:
        if piece.math is not None:
            return _LEADS_ON.match(piece.math.text.lstrip(" \t\n&")) is not None
        if piece.text.strip():
            return False
    return False
