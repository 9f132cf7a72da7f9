"""Optima of which no derivative is written: in what nothing ties, it is zero there."""

from __future__ import annotations

import re

from derive.language.dependencies import names_in
from derive.read import syntax as s
from derive.read.documents.definitions.defining import is_undeclared, unmarked
from derive.read.documents.reading import solving, zeroing
from derive.read.documents.reading.state import Reading
from derive.read.documents.text.macros import Expanded
from derive.read.documents.text.prose import CONDITION, EXTREMUM_IS, last_sentence
from derive.read.documents.text.scanner import Found
from derive.read.documents.text.spelling import spaced
from derive.read.documents.text.statements import chains_of
from derive.read.documents.words import likelihoods, setting
from derive.read.documents.words.optima import claimed
from derive.read.documents.words.sampled_from import samples


def set_there(reading: Reading, found: Found, math: Expanded) -> bool:
    """``Maximising $\\ell$ over $\\mu$ gives $\\hat\\mu = …$``: its derivative is zero there."""
    sentence, numbered = reading.words.sentence, reading.words.numbered
    said = _likeliest(reading, found, math)
    if said is None and setting.said_of(sentence, numbered) is not None:
        return False  # the derivative is spoken of
    said = said or setting.optimum_said(sentence, numbered) or _optimum_named(reading, math)
    said = said or _best_value(reading, math)
    if said is None or "=" not in math.text or setting.writes_a_derivative(math.text):
        return False
    names = [setting.variable_name(variable, reading.context) for variable in said.variables]
    if not names or any(not name or (_is_tied(reading, name) and not said.itself) for name in names):
        return False
    roots = solving.roots_said(reading, said)
    for root, text in roots:
        reading.passage = solving.passage_with(reading, root)
        reading.note(found.place, text)
    return bool(roots)


_CONDITIONAL = re.compile(r"(?i)\b(?:if|whenever|unless|suppos\w+|assum\w+|not|never|does|iff)\b[^.;]*\Z")
_OPERATOR = r"\\nabla|\\partial|\\frac|'|\\prime"


def marked_at_zero(reading: Reading, math: Expanded) -> tuple[s.Node, str] | None:
    """The derivative that ``At the optimum $\\nabla f(w^*) = 0$`` sets to zero, and at which name with a mark, of which
    nothing else is said; None if it is no such formula."""
    node = next((chain.node for chain in chains_of(math.text, reading.context)), None)
    if not isinstance(node, s.Relation) or len(node.rest) != 1 or node.rest[0][0] != "=":
        return None
    zero = s.key(node.rest[0][1]) in ("0", "\\mathbf{0}", "\\mathbf0", "\\boldsymbol{0}")
    if not zero or not re.search(_OPERATOR, math.text) or _CONDITIONAL.search(reading.words.sentence):
        return None
    for each in s.walk(node.first):
        at = each.items[0] if isinstance(each, s.Group) and len(each.items) == 1 else None
        new = at is not None and (is_undeclared(at, reading.context) or solving.is_only_met(reading, at))
        if at is not None and new and unmarked(s.key(at)):
            return node.first, s.key(at)
    return None


def zero_there(reading: Reading, found: Found, derivative: s.Node, name: str) -> bool:
    """The derivative is zero where what the name is a value of is best, whatever that is called there."""
    written = s.key(derivative).replace(name, "{}")
    for other in unmarked(name):
        root = setting.root_of_text(written.replace("{}", other), reading.context)
        if root is not None and setting.variable_name(other, reading.context):
            reading.passage = solving.passage_with(reading, root)
            reading.note(found.place, f"solving {s.key(derivative)} = 0 for {name}")
            return True
    return False


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


_SEEKS = re.compile(
    r"(?i)\b(?:maximi[sz]|minimi[sz]|optimi[sz]|optim(?:al|um|a)\b|stationar|first[- ]order|critical\s+point|best\b|"
    r"vanish|Fermat|estimat|(?:least|greatest)\b|solv(?:e|es|ed|ing)\b|normal\s+equations?)|"
    r"\\(?:arg\s*)?m(?:in|ax)(?![a-zA-Z])"
)
"""Words of a section that looks for where something is greatest or least."""
_SETS = re.compile(r"(?i)\b(?:set(?:ting)?|equat\w+|put(?:ting)?)\b[^.;]*\b(?:zero|0)\b|\bto\s+zero\b")


def solves_here(reading: Reading) -> bool:
    """Whether the sentence before a display says that something is solved or optimised."""
    sentence = last_sentence(reading.words.sentence)
    return _SETS.search(sentence) is not None or _SEEKS.search(sentence) is not None


_LAYS_DOWN = re.compile(
    r"(?i)\b(?:let|define[sd]?|denotes?|write|put|set|given|true|unknown|initiali[sz]\w*|updates?|iterat\w+|steps?|where|with|starting)\b"
)


def _best_value(reading: Reading, math: Expanded) -> setting.Said | None:
    """``Let $w^*$ be the minimiser. Then $w^* = …$``: a name that nothing defines, which is that of a variable of the
    last objective with a mark, is no new quantity where the section looks for the best value of that."""
    sentence = last_sentence(reading.words.sentence)
    node = next((chain.node for chain in chains_of(math.text, reading.context)), None)
    if reading.section.gradients or reading.passage or _LAYS_DOWN.search(sentence):
        return None
    if not isinstance(node, s.Relation) or len(node.rest) != 1 or node.rest[0][0] != "=":
        return None
    if not (is_undeclared(node.first, reading.context) or solving.is_only_met(reading, node.first)):
        return None
    name = s.key(node.first)
    if _is_announced(reading, name) or "\\arg" in math.text:
        return None  # what it is where is judged by itself
    variable = next((each for each in unmarked(name) if setting.variable_name(each, reading.context)), "")
    last = setting.the_objective(reading.section.objectives, (variable,), reading.context) if variable else None
    said = f"{_since(reading, last)} {reading.words.sentence}" if last is not None else ""
    if not _SEEKS.search(said) or _TIES.search(said):
        return None
    return setting.Said(len(reading.words.sentence), (variable,))


def _is_announced(reading: Reading, name: str) -> bool:
    """Whether ``w^* = \\arg\\min_w f`` has been written of this name."""
    pieces = reading.document.pieces[reading.section.extent[0] : reading.number]
    texts = (spaced(piece.math.text) for piece in pieces if piece.math is not None)
    begins = re.compile(rf"{re.escape(spaced(name))} [&: ]*=[& ]*\\(?:arg|operatorname|underset|mathop)")
    return any(begins.search(text) for text in texts)


_LIKELY = re.compile(r"(?i)\b(?:MLEs?|(?:maximum|log|the)[- ]likelihood|ML\s+(?:estimat|solution)\w*|likelihood)\b")
_PENALISED = re.compile(
    r"(?i)\b(?:MAP|posteriori?|prior|penal\w*|regulari\w*|marginal|complete|conditional|negative|ratio|EM)\b"
)


def _likeliest(reading: Reading, found: Found, math: Expanded) -> setting.Said | None:
    """``The maximum likelihood estimate is $\\hat\\mu = …$`` of a parameter of what the section says its samples are
    drawn from, where no likelihood is written."""
    words = reading.words
    if not _LIKELY.search(words.sentence) or _PENALISED.search(words.sentence) or _TIES.search(words.sentence):
        return None
    node = next((chain.node for chain in chains_of(math.text, reading.context)), None)
    if not isinstance(node, s.Relation) or len(node.rest) != 1 or node.rest[0][0] != "=":
        return None
    if reading.section.gradients or reading.passage:
        return None
    first = reading.section.extent[0]
    for sample in samples(reading.document.pieces, first, reading.number, reading.context):
        variable = next((each for each in unmarked(s.key(node.first)) if each in sample.letters()), "")
        if variable and setting.the_objective(reading.section.objectives, (variable,), reading.context) is not None:
            return None  # a likelihood is written
        done = likelihoods.likelihood(sample, reading.context, logarithm=True) if variable else None
        if done is not None:
            reading.context = done.context
            reading.note(found.place, done.text)
            return setting.Said(
                len(words.sentence), (variable,), itself=f"\\frac{{\\partial}}{{\\partial {variable}}} {done.value}"
            )
    return None


def _since(reading: Reading, objective: setting.Objective) -> str:
    """What the section says from where an objective was written, its formulas among the words."""
    pieces = reading.document.pieces[reading.section.extent[0] : reading.number]
    text = spaced(objective.text)
    begins = (at for at, piece in enumerate(pieces) if piece.math and spaced(piece.math.text).startswith(text))
    return " ".join(piece.text for piece in pieces[next(begins, 0) :])


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


__all__ = ["marked_at_zero", "set_there", "solves_here", "zero_there"]
