r"""Where an objective is best, stated without its derivative: ``Using a Lagrange multiplier we find $\pi_k = …$`` of
weights that a declaration ties, ``The update of the rates is $\lambda_k = …$`` in an M-step."""

from __future__ import annotations

import re

from derive.language.claims import Optimum
from derive.language.context import SymbolDecl
from derive.language.dependencies import depends_on, mentioned, names_in
from derive.language.terms import Rel, Term
from derive.read import syntax as s
from derive.read.documents.definitions.defining import primitive
from derive.read.documents.definitions.holding import held
from derive.read.documents.reading import judging, multipliers, naming, stated_points
from derive.read.documents.reading.state import Entry, Reading, Waiting
from derive.read.documents.steps.chains import Segment, Told
from derive.read.documents.steps.passages import names_of, variables_of
from derive.read.documents.text.prose import Cue
from derive.read.documents.text.statements import chains_of
from derive.read.documents.undeclared import conventions
from derive.read.documents.words import setting
from derive.read.errors import ReadError
from derive.read.latex import node_readings

_WORDS = re.compile(
    r"(?i)(?P<max>\bmaximi[sz](?:e|es|ed|ing)\b|(?<![a-z])M[-\u2010-\u2013\s]?steps?(?![a-z]))|(?P<min>\bminimi[sz](?:e|es|ed|ing)\b)"
)
"""Words of a section that optimise something."""
_STATES = re.compile(
    r"(?i)(?:\b(?:we\s+(?:then\s+|now\s+|thus\s+)?(?:get|obtain|find|arrive\s+at)|gives?|yields?|leads?\s+to|results?\s+in|"
    r"(?:is|are)(?:\s+(?:then|thus|simply|now|given\s+by|updated\s+(?:by|as|to)))*|becomes?|reads?|so\s+that|hence|thus|therefore|so)"
    r"(?:\s+(?:that|the\s+(?:update|estimate|solution)s?))?)[\s,:]*\Z"
)
"""The end of a sentence so far that states a result."""
_ELSE = re.compile(
    r"(?i)\b(?:if|when|unless|suppose|assum\w+|let|for\s+(?:instance|example)|initiali[sz]\w*|start\w*|would|were|not|true|"
    r"prior|posterior|penal\w*|regulari\w*|MAP|gradient|descent|step\s+size|learning\s+rate|approximat\w*|special|case)\b"
)
_DENIED = re.compile(
    r"(?i)(?:\b(?:not|never|nor|without|rather\s+than|instead\s+of|cannot|before)\b|n[\u2019']t\b)[^.;]*\Z"
)
_SUBJECT = re.compile(r"(?i)\b(?:subject\s+to|s\.\s?t\.|constrain\w*|under|such\s+that|multipliers?)(?![a-z])")
_ORDERS = frozenset({"<", ">", "<=", ">=", "in", "!="})
_BOUNDED = frozenset(
    {"integer", "binary", "onehot", "orthogonal", "unit", "connected", "psd", "posdef", "symmetric", "diagonal"}
)


def claim(reading: Reading, each: Waiting, segment: Segment) -> Told | None:
    """Such a statement as a claim about the last objective that depends on the quantity, which nothing defines, and
    that nothing is solved for; nothing where it may be said of something else."""
    if segment.missing or segment.ops != ("=",) or each.assume or each.supposed or each.case is not None:
        return None
    kind = _kind(reading, each)
    first, second = _turned(segment.nodes[0], segment.nodes[1])
    variable = primitive(first, reading.context)
    if not kind or variable is None or each.cue is Cue.condition:
        return None
    decl = reading.context.symbols[variable.name]
    constraints = _constraints(reading, variable.name)
    value = _value(reading, second, variable.name)
    if value is None or constraints is None or _is_bounded(decl) or _is_sought(reading, variable.name):
        return None
    if _restricts(reading, each, variable.name, constraints):
        return None
    text = s.key(first)
    objective = setting.the_objective(reading.section.objectives, (text,), reading.context)
    if objective is None or multipliers.constrained(objective.term, reading.context) is not None:
        return None
    statement = Optimum(kind, objective.term, (variable,), (value,), constraints)
    fixed = tuple(name for name in (*reading.section.fixed, *reading.document.expected) if name != variable.name)
    context = held(reading.context, fixed, frozenset({variable.name})) if fixed else reading.context
    at = judging.place_of(reading, each, segment, 1)
    place = each.found.source.place(at)
    written = each.math.text[each.chain.span.start : each.chain.span.stop].strip(" .,;\n")
    reading.entries.append(Entry((reading.number, at), place, (statement,), context, written, chain=reading.chains))
    reading.sides += 2
    reading.note(place, f"{kind} of {objective.text} over {text}, as the words say")
    stated_points.note(reading, statement)
    reading.tail = None
    return Told((), False)


def _turned(first: s.Node, second: s.Node) -> tuple[s.Node, s.Node]:
    """``\\frac{1}{\\beta} = v`` as what it says of β."""
    match first:
        case s.Frac(top=s.Number(text="1") as one, bottom=s.Name() | s.Script() as below):
            return below, s.Frac(second.start, second.stop, one, second)
    return first, second


def _kind(reading: Reading, each: Waiting) -> str:
    """``max`` or ``min`` where the section optimises, and this sentence states a result."""
    sentence = each.sentence or each.prose
    if not _STATES.search(sentence) or _ELSE.search(sentence) or _ELSE.search(reading.words.after[:40]):
        return ""
    words = f"{reading.words.section_words} {sentence}"
    said = [found for found in _WORDS.finditer(words) if not _DENIED.search(words[: found.start()])]
    return "" if not said else "max" if said[-1]["max"] else "min"


def _restricts(reading: Reading, each: Waiting, name: str, constraints: tuple[Rel, ...]) -> bool:
    """Whether the text restricts a quantity in a way that these constraints do not say."""
    sentence = _since_result(reading, each.sentence or each.prose, name)
    subject = _SUBJECT.search(sentence)
    tied = constraints or (subject is None and any(_is_equation(term) for term in _given(reading)))
    if _SUBJECT.search(f"{reading.words.section_words} {sentence}") and not tied:
        return True
    own = [node for node in _formulas(reading, sentence) if _mentions(node, name)]
    for node in (*own, *naming.section_nodes(reading)):
        if isinstance(node, s.Relation) and _mentions(node, name) and any(op in _ORDERS for op, _ in node.rest):
            return True
    own += [] if subject is None else _formulas(reading, sentence[subject.end() :])
    said = [conventions.supposed(node, reading.context) for node in own if isinstance(node, s.Relation)]
    return any(not found or not {*found[0]} <= {*constraints} for found in said)


def _since_result(reading: Reading, sentence: str, name: str) -> str:
    """The sentence behind the last result for another quantity in it."""
    for found in reversed([*re.finditer(r"⟨\d+⟩", sentence)]):
        for node in _formulas(reading, found.group()):
            match node:
                case s.Relation(first=s.Name() | s.Script(), rest=(("=", _), *_)) if not _mentions(node, name):
                    return sentence[found.end() :]
    return sentence


def _mentions(node: s.Node, name: str) -> bool:
    return any(s.key(part) == name for part in s.walk(node))


def _given(reading: Reading) -> tuple[Term, ...]:
    """What is assumed of quantities here."""
    facts = (fact.statement for fact in reading.context.facts)
    return (*facts, *reading.section.constrained, *reading.section.given)


def _is_equation(statement: Term) -> bool:
    return isinstance(statement, Rel) and statement.op == "="


def _formulas(reading: Reading, sentence: str) -> list[s.Node]:
    """The formulas of this sentence so far."""
    texts = (reading.words.numbered.get(int(number), "") for number in re.findall(r"⟨(\d+)⟩", sentence))
    return [chain.node for text in texts for chain in chains_of(text, reading.context) if chain.node is not None]


def _constraints(reading: Reading, name: str) -> tuple[Rel, ...] | None:
    """The equations that tie a quantity, and nothing else, to what is fixed; None where it is tied to others too."""
    found: dict[Rel, None] = {}
    for statement in _given(reading):
        names = names_in(statement)
        if name not in names:
            continue
        if not isinstance(statement, Rel) or statement.op != "=" or {*names} & {*reading.context.symbols} != {name}:
            return None
        found[statement] = None
    return tuple(found)


def _value(reading: Reading, node: s.Node, name: str) -> Term | None:
    """The value that is stated, made of other quantities."""
    try:
        terms = [typed.term for typed in node_readings(node, reading.context)]
    except ReadError:
        return None
    fixed = {*reading.section.fixed, *reading.document.expected}
    free = [
        part
        for term in terms
        for part in mentioned(reading.context, term)
        if part == name
        or (part not in fixed and depends_on(reading.context, part, name) and not _is_made_of(reading, part, fixed))
    ]
    return terms[0] if len(terms) == 1 and not free else None


def _is_made_of(reading: Reading, part: str, fixed: set[str]) -> bool:
    return any(depends_on(reading.context, part, each) for each in fixed)


def _is_bounded(decl: SymbolDecl) -> bool:
    return bool(decl.values or decl.properties & _BOUNDED)


def _is_sought(reading: Reading, name: str) -> bool:
    """Whether the text solves for a quantity, or has written a derivative in it."""
    solved = {each for block in reading.passage.blocks for each in block.variables}
    solved |= {each for relation in reading.passage.known for each in names_of(relation)}
    sides = (term for _, tail in reading.section.gradients for term in tail.first)
    moved = {each for side in sides for wrt in variables_of(side) for each in names_of(wrt)}
    return name in solved | moved


__all__ = ["claim"]
