"""Optima of which no derivative is written: in what nothing ties, it is zero there."""

from __future__ import annotations

import re

from derive.language.dependencies import names_in
from derive.read import syntax as s
from derive.read.documents.definitions.defining import unmarked
from derive.read.documents.reading import solving, zeroing
from derive.read.documents.reading.state import Reading
from derive.read.documents.text.macros import Expanded
from derive.read.documents.text.prose import CONDITION, EXTREMUM_IS
from derive.read.documents.text.scanner import Found
from derive.read.documents.text.statements import chains_of
from derive.read.documents.words import setting
from derive.read.documents.words.optima import claimed


def set_there(reading: Reading, found: Found, math: Expanded) -> bool:
    """``Maximising $\\ell$ over $\\mu$ gives $\\hat\\mu = …$``: its derivative is zero there."""
    sentence, numbered = reading.words.sentence, reading.words.numbered
    if setting.said_of(sentence, numbered) is not None:
        return False  # the derivative is spoken of
    said = setting.optimum_said(sentence, numbered) or _optimum_named(reading, math)
    if said is None or "=" not in math.text or setting.writes_a_derivative(math.text):
        return False
    names = [setting.variable_name(variable, reading.context) for variable in said.variables]
    if not names or any(not name or _is_tied(reading, name) for name in names):
        return False
    roots = solving.roots_said(reading, said)
    for root, text in roots:
        reading.passage = solving.passage_with(reading, root)
        reading.note(found.place, text)
    return bool(roots)


_ESTIMATE_IS = re.compile(
    r"(?i)\b(?P<likely>MLE|(?:maximum[- ]likelihood|ML)\s+(?:estimat(?:e|or)|solution))"
    r"(?:\s+(?:of|for)\s+(?:the\s+[a-z]+\s+)?⟨\d+⟩)?\s+(?:is|equals|becomes|reads)(?:\s+(?:then|thus|therefore|hence|simply|given\s+by|just))*(?:\s+the\s+[a-z]+\s+(?:mean|average))?"
    r"[\s,:]*\Z"
)
_TIES = re.compile(
    r"(?i)\b(?:under|subject\s+to|constrain\w*|among|such\s+that|prior|posterior|penal\w*|regulari\w*|MAP|another|other|"
    r"different|would|(?:optimal|best|maximum|minimum|maximal|minimal)\s+value)\b"
)
_OF_POSTERIOR = re.compile(r"(?i)\b(?:posterior\s+(?:mode|maximum)|(?:mode|maximum)\s+of\s+the\s+posterior|MAP)\b")
_GIVEN = re.compile(r"\s*(?:-?\s*\\(?:log|ln)\s*)?(?:p|P|\\pi)\s*\([^()|]*(?:\||\\mid(?![A-Za-z])|\\vert(?![A-Za-z]))")


def _optimum_named(reading: Reading, math: Expanded) -> setting.Said | None:
    """``The minimiser is $\\hat w = …$``, ``the MLE of $\\mu$ is``, where no derivative has been written."""
    likely = _ESTIMATE_IS.search(reading.words.sentence)
    plain = CONDITION.sub(" ", reading.words.sentence)
    if likely is None and not any(EXTREMUM_IS.search(words) for words in (reading.words.prose, plain)):
        return None
    node = next((chain.node for chain in chains_of(math.text, reading.context)), None)
    if not isinstance(node, s.Relation) or len(node.rest) != 1 or node.rest[0][0] != "=":
        return None
    text = s.key(node.first)
    known = (each for each in (text, *unmarked(text)) if setting.variable_name(each, reading.context))
    variable = next(known, "")
    said = f"{reading.words.section_words if likely is not None else ''} {reading.words.sentence}"
    last = setting.the_objective(reading.section.objectives, (variable,), reading.context) if variable else None
    if last is not None and _GIVEN.match(last.text):
        said = _OF_POSTERIOR.sub("", said)  # that is what was written last
    gradients = reading.section.gradients
    past = bool(gradients) and all(zeroing.is_past(reading, number, tail) for number, tail in gradients)
    if not variable or _TIES.search(said) or not (past or not (gradients or reading.passage)):
        return None
    other = claimed(reading.words.sentence, reading.words.section_words)
    if other is not None and not other.estimate:
        return None
    return setting.Said(len(reading.words.sentence), (variable,))


def _is_tied(reading: Reading, name: str) -> bool:
    """Whether an equation or a set restricts the values of a variable: its optimum may be no stationary point."""
    decl = reading.context.symbols.get(name)
    if decl is None or decl.definition is not None or decl.values or decl.properties & _RESTRICTED:
        return True
    given = (*(fact.statement for fact in reading.context.facts), *reading.section.constrained, *reading.section.given)
    return bool(reading.section.restricted) or any(name in names_in(each) for each in given)


_RESTRICTED = frozenset(
    {"integer", "binary", "onehot", "simplex", "orthogonal", "diagonal", "unit", "nonnegative", "psd", "connected"}
)


__all__ = ["set_there"]
