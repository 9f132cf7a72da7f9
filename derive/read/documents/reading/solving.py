"""Equations to solve: what is set to zero, and the name that a solution gets."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from derive.language.context import Context
from derive.language.dependencies import all_parts, depends_on, mentioned, names_in
from derive.language.terms import Apply, Deriv, Num, Rel, Span, Sym, Term, named_parts, subterms
from derive.read import syntax as s
from derive.read.declarations import declare
from derive.read.documents.definitions.defining import is_free, is_undeclared, primitive, unmarked
from derive.read.documents.reading import constraining, multipliers, redefining, solved_anew, zeroing
from derive.read.documents.reading.state import NEAR, Reading, Waiting
from derive.read.documents.steps import chains, passages, to_solve
from derive.read.documents.steps.chains import Segment, Tail, Told, Whole
from derive.read.documents.steps.passages import Passage, Root, is_zero
from derive.read.documents.text.macros import Expanded
from derive.read.documents.text.prose import (
    CONCLUDES,
    ESTIMATE,
    EXTREMUM_IS,
    FOLLOWS,
    MULTIPLIERS,
    SAME_WAY,
    STATES_ZERO,
    TO_ZERO,
    VANISHES,
)
from derive.read.documents.text.scanner import Found
from derive.read.documents.text.sentences import ends_sentence
from derive.read.documents.text.spelling import spaced
from derive.read.documents.text.statements import Chain, chains_of, source_of
from derive.read.documents.undeclared import conventions
from derive.read.documents.words import setting
from derive.read.documents.words.setting import Objective, Said
from derive.read.errors import DeclarationError, ReadError
from derive.read.latex import Link, node_readings
from derive.read.names import parts_of
from derive.read.parser import parse


def passage_with(reading: Reading, root: Root) -> Passage:
    """One more equation to solve, beside the constraints that the words put on what is solved for."""
    for node in reading.section.restricted:  # constraints in names that were declared after them
        readings = conventions.supposed(node, reading.context)
        found = readings[0] if readings else ()
        reading.section.constrained += found
        if found:
            reading.section.restricted = tuple(each for each in reading.section.restricted if each is not node)
    passage = reading.passage.with_root(root)
    for constraint in constraining.constraints(reading) or multipliers.constraints(reading, root):
        if constraint not in passage.equations:  # set again, it would stand apart from what is solved with it
            passage = passage.with_root(Root(constraint))
    return passage


def set_to_zero(reading: Reading, found: Found, math: Expanded) -> bool:
    """After "setting this to zero", what was worked out last is an equation to solve; else the derivative, which nobody
    has written, of the last objective in the variable that is named, or that is solved for next. Whether the words
    claim that this formula says where a derivative vanishes."""
    reading.words.unclear = ""
    if zeroing.at_stationary_point(reading, math):
        for tail in zeroing.alike(reading):
            root = to_solve.gradient_set_to_zero(tail, reading.context)
            reading.passage = reading.passage if root is None else passage_with(reading, root)
            reading.note(found.place, f"solving {tail.text} = 0")
        reading.section.gradients, reading.words.zeroed = [], reading.words.sentence
        return True
    if _set_written(reading, math):
        return False
    extremum = _extremum(reading, found, math)
    if not extremum:
        _set_unwritten(reading, found, math)
    return extremum


def _extremum(reading: Reading, found: Found, math: Expanded) -> bool:
    """``and the minimiser is $w = …$`` where the derivative in w has been written: there it is zero."""
    if EXTREMUM_IS.search(reading.words.prose) is None:
        return False
    for number, tail in reversed(reading.section.gradients):
        root = to_solve.gradient_set_to_zero(tail, reading.context)
        if root is None or zeroing.is_past(reading, number, tail):
            continue
        if to_solve.has_solution(math.text, [tail], reading.context):
            _set_all(reading, found, tail, root)
            return True
    return False


def _set_all(reading: Reading, found: Found, tail: Tail, root: Root) -> None:
    """Where something is greatest or least, all derivatives of it that have been worked out are zero."""
    roots = [(each, to_solve.gradient_set_to_zero(each, reading.context)) for each in zeroing.alike(reading, tail)]
    for each, other in [(tail, root), *(pair for pair in roots if pair[0] is not tail)]:
        if other is not None:
            reading.passage = passage_with(reading, other)
            reading.note(found.place, f"solving {each.text} = 0")


def declare_unknown(reading: Reading, found: Found) -> None:
    """``Solving $2 e^{-n} = \\delta$ for $n$``: n is a number of which nothing else is known yet."""
    pieces, at = reading.document.pieces, reading.number
    if at + 2 >= len(pieces) or _FOR.fullmatch(pieces[at + 1].text) is None or pieces[at + 2].kind != "inline":
        return
    math = pieces[at + 2].math
    name = math.text.strip() if math is not None else ""
    if not _LETTER.fullmatch(name) or any(name in each for each in (reading.context.indices, reading.context.sizes)):
        return
    if is_undeclared(parse(name), reading.context):
        text = f"{name} \\in \\mathbb{{R}}"
        reading.context = declare(text, reading.context)
        reading.used[name] = None
        reading.note(found.place, text)


_FOR = re.compile(r"\s*,?\s*for\s+(?:the\s+\w+\s+)?")
_LETTER = re.compile(r"[A-Za-z]|\\[A-Za-z]+")


def is_about_solved(reading: Reading, node: s.Node) -> bool:
    """Whether a side is about something that the last derivative was set to zero in."""
    if not reading.passage or isinstance(node, s.Name | s.Script):
        return False
    try:
        terms = [typed.term for typed in node_readings(node, reading.context)]
    except ReadError:
        return False
    solved = reading.passage.blocks[-1].variables
    return any(passages.names_of(term) & solved for term in terms)


def _set_written(reading: Reading, math: Expanded) -> bool:
    """Whether the text sets to zero what has been worked out."""
    if (
        not reading.section.gradients
        or _is_of_another(reading)
        or zeroing.turns_to_another(reading.words.prose)
        or not (
            TO_ZERO.search(reading.words.prose) or _concludes_from(reading, math) or zeroing.works_on(reading, math)
        )
    ):
        return False
    tails = _solved_by(reading, math) or zeroing.meant(reading)
    if tails and _is_of_others(reading, math, tails):
        return False
    reading.words.unclear = "" if tails else "set"
    text = re.sub(r"\\\{.*?\\\}", "", math.text)  # the 0 of 1{y = 0} is nothing that is set
    if (
        _NAMES_ZERO.search(text)
        and setting.writes_a_derivative(text)
        and not to_solve.has_solution(math.text, tails, reading.context)
    ):
        return True
    for tail in tails:
        root = to_solve.gradient_set_to_zero(tail, reading.context)
        if root is not None:
            reading.passage = passage_with(reading, root)
            reading.words.zeroed = reading.words.sentence  # this sentence has set to zero what it speaks of
    reading.section.gradients = []
    return True


def _is_of_others(reading: Reading, math: Expanded, tails: Sequence[Tail]) -> bool:
    """``Setting the derivative of the integrand to zero, $p / D - q / (1 - D) = 0$``: an equation that has nothing in
    common with the derivatives worked out before."""
    nodes = [chain.node for chain in chains_of(math.text, reading.context)]
    node = nodes[0] if len(nodes) == 1 else None
    if not isinstance(node, s.Relation) or len(node.rest) != 1 or not _NAMES_ZERO.search(math.text):
        return False
    if _SETS_IT.search(reading.words.prose):
        return False
    try:
        terms = [typed.term for side in (node.first, node.rest[0][1]) for typed in node_readings(side, reading.context)]
    except ReadError:
        return False
    made_of = _made_of([term for tail in tails for term in (*tail.first, *tail.last)], reading.context)
    return not any(part.name in made_of for term in terms for part in named_parts(term))


_SETS_IT = re.compile(
    r"(?i)\b(?:set|setting|equat\w+)\s+(?:this|it|that|them|these|the\s+(?:derivative|gradient)s?(?!\s+(?:of|in|with)))\b"
)
"""``Setting this to zero``: what has been worked out, and no equation beside it."""


def _made_of(terms: Sequence[Term], context: Context) -> set[str]:
    """The quantities and functions in terms, and in all that these are made of."""
    parts = (part for term in terms for part in all_parts(context, term))
    return {part.name for part in parts if isinstance(part, Sym | Apply)}


def _is_of_another(reading: Reading) -> bool:
    """Whether "the derivative" is that of an objective that has been written since the last one was worked out."""
    number, tail = reading.section.gradients[-1]
    said = setting.said_of(reading.words.sentence, reading.words.numbered)
    unnamed = said is not None and not (said.objective or said.itself or said.several)
    return unnamed and zeroing.is_past(reading, number, tail)


def _solved_by(reading: Reading, math: Expanded) -> list[Tail]:
    """The derivatives of the last display in the quantities that a display of several statements gives, if it gives
    more than one: ``so $m = …, \\quad s = …$``."""
    last = reading.section.gradients[-1][0]
    nodes = [chain.node for chain in chains_of(math.text, reading.context)]
    given = [_unknown(node.first, reading.context) for node in nodes if isinstance(node, s.Relation)]
    variables = [each for each in given if each is not None]
    tails = [_derivative_in(reading, each) for each in variables]
    own = [
        tail
        for each, tail in zip(variables, tails, strict=True)
        if len(tail.first) == 1 and passages.variables_of(tail.first[0]) == (each,)
    ]
    at_once = all(any(tail is other for number, other in reading.section.gradients if number == last) for tail in own)
    return own if len(own) > 1 and at_once else []


def _concludes_from(reading: Reading, math: Expanded) -> bool:
    """``∇L = 2 S u - 2 θ u, so $S u = θ u$``: of what is optimised, right behind a derivative and in its sentence, only
    that this is zero says so. So it is of what gives the variable itself, ``dJ/db = N / b - c, hence b = N / c``."""
    number, tail = reading.section.gradients[-1]
    before = reading.document.pieces[number].math
    if number != reading.number - 2 or before is None or ends_sentence(before.text):
        return False
    if not _SO.fullmatch(reading.words.prose) or "=" not in math.text or setting.writes_a_derivative(math.text):
        return False
    if _OPTIMISES.search(reading.words.section_words[-NEAR:]) is not None:
        return True
    said = _IS_SAID.match(reading.words.after) is not None  # so w = … is a minimiser: that is the claim
    return not said and to_solve.has_solution(math.text, [tail], reading.context)


_IS_SAID = re.compile(r"(?i)[\s,]*(?:which\s+|that\s+)?(?:is|are)\b")


_SO = re.compile(r"(?i)\s*,?\s*(?:and\s+)?(?:so|hence|thus|therefore)(?:\s+that|,)?\s*")
_NAMES_ZERO = re.compile(r"=\s*(?:0|\\(?:mathbf|boldsymbol|bm)\s*\{?0\}?)(?![\d.])")


def _set_unwritten(reading: Reading, found: Found, math: Expanded) -> None:
    """A derivative that is set to zero and that this formula does not write is an equation to solve."""
    sentence = reading.words.sentence
    said = setting.said_of(sentence, reading.words.numbered)
    if STATES_ZERO.search(reading.words.prose):
        return
    if said is None or "=" not in math.text or setting.writes_a_derivative(math.text):
        return
    if reading.words.zeroed and sentence.startswith(reading.words.zeroed):
        return
    roots = _in_the_constrained(reading, said, math) or roots_said(reading, said)
    reading.words.zeroed = sentence[: said.upto]
    reading.words.unclear = "" if roots else "set" if TO_ZERO.search(sentence) else "condition"
    for root, text in roots:
        reading.passage = passage_with(reading, root)
        reading.note(found.place, text)


def _in_the_constrained(reading: Reading, said: Said, math: Expanded) -> list[tuple[Root, str]]:
    """The derivative of a Lagrangian in what its constraint is about, where no words say in what, and the formula has
    this and the multiplier: ``Setting the derivative to zero, $S u = \\lambda u$``."""
    objective = setting.the_objective(_objectives(reading, said), (), reading.context)
    if objective is None or said.variables or said.itself or said.several or objective.variables:
        return []
    found = multipliers.constrained(objective.term, reading.context)
    names = [] if found is None else [found[0], found[1].partition("_{")[0]]
    if found is None or not all(re.search(rf"{re.escape(name)}(?![A-Za-z])", math.text) for name in names):
        return []
    root = setting.root_in(objective, found[1], reading.context)
    return [] if root is None else [(root, f"solving \\partial {objective.text} / \\partial {found[1]} = 0")]


def roots_said(reading: Reading, said: Said) -> list[tuple[Root, str]]:
    """The derivatives that a sentence sets to zero, and how that is told; none if it is not clear which."""
    context = reading.context
    if said.itself:
        root = setting.root_of_text(said.itself, context)
        if root is not None:
            return [(root, f"solving {said.itself} = 0")]
    written = _written_in(reading, said)
    if written:
        return written
    objectives = _objectives(reading, said)
    variables = said.variables or (_primal if said.several else _variables)(reading, objectives)
    objective = setting.the_objective(objectives, variables, context) if variables else None
    if objective is None:
        return []
    roots = [setting.root_in(objective, variable, context) for variable in variables]
    if any(root is None for root in roots):
        return []
    told = [f"solving \\partial {objective.text} / \\partial {variable} = 0" for variable in variables]
    return [(root, text) for root, text in zip(roots, told, strict=True) if root is not None]


def _written_in(reading: Reading, said: Said) -> list[tuple[Root, str]]:
    """The derivatives worked out above that are the ones in the variables named, of the objective that is named."""
    names = [setting.variable_name(variable, reading.context) for variable in said.variables]
    wanted = setting.term_of(said.objective, reading.context) if said.objective else None
    found: list[tuple[Root, str]] = []
    for number, tail in reversed(reading.section.gradients):
        root = to_solve.gradient_set_to_zero(tail, reading.context)
        if root is None or not any(
            name and name in passages.names_of(each) for name in names for each in root.variables
        ):
            continue
        if wanted is None and zeroing.is_past(reading, number, tail):
            continue
        left = root.equation.left
        if wanted is not None and isinstance(left, Deriv) and left.body != wanted:
            continue
        if all(old.variables != root.variables for old, _ in found):
            found.append((root, f"solving {tail.text} = 0"))
    return found if names and len(found) == len(names) else []


def _is_name(text: str) -> bool:
    return isinstance(parse(text), s.Name | s.Script)


def _objectives(reading: Reading, said: Said) -> list[Objective]:
    """The objectives of a section, or the one that the sentence names; where it has none of its own, and nothing in it
    is unread, those of the parts of this problem before it."""
    own = reading.section.objectives
    if not own and not any(entry.is_unread for entry in reading.entries[reading.section.entries :]):
        own = reading.section.objectives_before
    named = [each for each in own if said.objective and each.text.startswith(said.objective)]
    if said.objective and not named:
        term = setting.term_of(said.objective, reading.context)
        named = [Objective(said.objective, term)] if term is not None and not _is_name(said.objective) else []
    return named or own


_MULTIPLIERS = frozenset({"\\lambda", "\\mu", "\\nu", "\\alpha", "\\beta", "\\gamma", "\\eta"})
"""What the last argument of a Lagrangian is usually called."""


def _variables(reading: Reading, objectives: list[Objective]) -> tuple[str, ...]:
    """What an objective is a function of, where that is one thing; else what is solved for next."""
    if not objectives:
        return ()
    last = setting.the_objective(objectives, (), reading.context)
    own = (last.variables or setting.arguments(last)) if last is not None else ()
    own = own or (setting.parameters(last, reading.words.section_words) if last is not None else ())
    if len(own) == 1:
        return own
    if MULTIPLIERS.search(reading.words.section_words):
        alone = tuple(each for each in own if each not in _MULTIPLIERS)
        if len(alone) == 1:
            return alone  # the derivative in a multiplier only says again what the constraint is
    following = setting.solved_next(reading.document.pieces, reading.number, reading.context)
    known = [text for text in following if setting.the_objective(objectives, (text,), reading.context) is not None]
    return tuple(known[:1])


def _primal(reading: Reading, objectives: list[Objective]) -> tuple[str, ...]:
    """Where several derivatives are set to zero: all that the text optimises over, or that an objective is written as
    a function of."""
    over = next((each.variables for each in reversed(reading.section.objectives) if each.variables), ())
    last = setting.the_objective(objectives, (), reading.context)
    if over or last is None:
        return over
    return setting.primal(last, reading.words.story, reading.words.numbered, reading.context)


def note_expression(reading: Reading, math: Expanded, chain: Chain) -> ReadError | None:
    """``\\min_w f``, or f alone, as what may be differentiated later; why it cannot be read, if it cannot."""
    node = chain.node
    if node is None or isinstance(node, s.Relation):
        return None
    start, over = chain.span.start, tuple[str, ...]()
    head = node.terms[0][1] if isinstance(node, s.Sum) else node
    if isinstance(head, s.BigOp) and head.kind.endswith(("min", "max")):
        start, over = head.body.start, setting.listed(head.sub)
    if isinstance(node, s.Name | s.Script | s.Number | s.Word):
        return None
    return note_objective(reading, source_of(Span(start, chain.span.stop), math.text), over)


def note_objective(reading: Reading, text: str, over: tuple[str, ...] = ()) -> ReadError | None:
    """A number that the author defines, as what may be differentiated later; why it cannot be read, if it cannot."""
    try:
        readings = node_readings(parse(text), reading.context)
    except ReadError as problem:
        return problem
    if len(readings) == 1 and not readings[0].shape:
        kept = [each for each in reading.section.objectives if each.text != text]
        reading.section.point = () if kept == reading.section.objectives else reading.section.point
        reading.section.objectives = [*kept, Objective(text, readings[0].term, over)]
    return None


def solved_segment(
    reading: Reading, each: Waiting, segment: Segment, texts: list[str], told: Told | None
) -> Segment | None:
    """``\\hat\\mu = …`` in a passage that solves for μ: the same segment about μ itself."""
    if segment.missing or not segment.ops or segment.ops[0] not in ("=", ":="):
        return None
    if not (is_undeclared(segment.nodes[0], reading.context) or is_only_met(reading, segment.nodes[0])):
        _optimised(reading, each, segment)
        return None
    if (each.otherwise and told is None) or _LETS.search(each.prose):
        return None  # the solution of another problem, or any point that the author gives a name
    if told is None:
        _estimate(reading, each, segment, texts)
    relations = (*reading.passage.known, *(told.relations if told else ()))
    if _CHOOSES.search(each.prose):
        return None
    node = to_solve.marked_unknown(texts[0], relations, reading.context) or _called_solution(reading, each, segment)
    if node is None or _plugs_in(reading, node, texts[1]) or not _is_solved_for(reading, node):
        return None
    if _is_something_else(reading, each, texts[0]) or _is_objective(reading, node):
        return None
    return replace(segment, nodes=(node, *segment.nodes[1:]))


def is_only_met(reading: Reading, node: s.Node) -> bool:
    """Whether a name with a mark has been met, but nothing is said of it: ``w^*`` after ``\\nabla f(w^*) = 0``."""
    name = s.key(node)
    decl = reading.context.symbols.get(name)
    return decl is not None and decl.definition is None and name in reading.guessed and bool(unmarked(name))


_LETS = re.compile(r"(?i)\b(?:let|define|we\s+(?:define|write|put))\s*\Z")
_SOLUTION_IS = re.compile(
    r"(?i)\b(?:the|its|our)\s+(?:[a-z-]+\s+){0,2}?(?:modes?|minimi[sz]ers?|maximi[sz]ers?|solution|estimat(?:e|or)|posterior\s+mode)\s+"
    r"(?:is|are|equals?|becomes)\s*(?:then\s+)?(?:given\s+by\s*)?[\s,:]*\Z"
)

_GIVES_IT = re.compile(
    r"(?i)\b(?:gives?|yields?|leads?\s+to|results?\s+in|we\s+(?:get|obtain|find|have)|obtain(?:ing)?)\s+(?:for\s+)?"
    r"(?:(?:the|its|our|an?)\s+(?:[a-z-]+\s+){0,2}?(?:means?|modes?|cent(?:er|re)s?|minimi[sz]ers?|maximi[sz]ers?|solution|"
    r"estimat(?:e|or)|(?:optimal|best)\s+(?!values?\b|loss\b|risk\b|cost\b|objective\b)[a-z]+|optimum)\s*)?[\s,:]*\Z"
)
"""``Setting $f'(y) = 0$ gives the posterior mean $\\tilde\\mu = …$``."""


_AT = re.compile(r"(?i)\bat\s+\S?\Z")
"""``the value at the solution is``: that of something else."""


def _called_solution(reading: Reading, each: Waiting, segment: Segment) -> s.Node | None:
    """``so the mode is $m = …$`` where nothing but w is solved for, or ``setting this to zero gives $m = …$``, not made
    of w: m is a new name for that w."""
    solved = {name for block in reading.passage.blocks for name in block.variables}
    said = _SOLUTION_IS.search(each.prose[-120:])
    if said is None and _has_set_to_zero(reading, each):
        said = _GIVES_IT.search(each.prose[-120:])
    if len(solved) != 1 or said is None or _AT.search(each.prose[-120:][: said.start() + 1]):
        return None
    (name,) = solved
    decl = reading.context.symbols.get(name)
    if decl is None or decl.family:
        return None
    try:
        node = parse(name)
    except ReadError:
        return None
    try:
        (typed,) = node_readings(segment.nodes[1], reading.context)
    except (ReadError, ValueError):
        return node  # what it is made of is told behind it
    return node if typed.shape == decl.shape and name not in names_in(typed.term) else None


_SETS = re.compile(r"(?i)\b(?:set(?:s|ting)?|equat\w+|solv\w+)\b[^⟨⟩]*⟨(?P<number>\d+)⟩")


def _has_set_to_zero(reading: Reading, each: Waiting) -> bool:
    """Whether the sentence of a formula sets something to zero, in words or by a formula."""
    formulas = (reading.words.numbered.get(int(said["number"]), "") for said in _SETS.finditer(each.sentence))
    return TO_ZERO.search(each.sentence) is not None or any(map(_NAMES_ZERO.search, formulas))


def _is_objective(reading: Reading, node: s.Node) -> bool:
    """``Q_{MAP} = …`` after Q was maximised: another objective, and no value of that one."""
    name = spaced(s.key(node))
    return any(spaced(each.text) == name for each in reading.section.objectives)


_BARRED = re.compile(r"\\(?:bar|overline|tilde|widetilde)(?![A-Za-z])")


def _is_something_else(reading: Reading, each: Waiting, name: str) -> bool:
    """``the predictive probability is $\\bar\\theta_k = …$`` after ``\\hat\\theta_k = …`` was found: with another
    mark, and no words for an estimate, it is no second solution."""
    if not _BARRED.search(name) or ESTIMATE.search(each.prose) or FOLLOWS.search(each.prose):
        return False
    unknown = {spaced(text) for text in unmarked(name)}
    known = (other for other, decl in reading.context.symbols.items() if decl.definition is not None)
    return any(
        _head(text) in {_head(each) for each in unknown} for other in known for text in map(spaced, unmarked(other))
    )


def _head(text: str) -> str:
    """A name, as tokens with spaces, without its subscripts."""
    return text.partition(" _ ")[0]


def _is_solved_for(reading: Reading, node: s.Node) -> bool:
    """Whether the derivatives that are zero are those in this quantity, or in what it is made of; or nothing says in
    what they are."""
    solved = {name for block in reading.passage.blocks for name in block.variables}
    names = {name for typed in node_readings(node, reading.context) for name in names_in(typed.term)}
    return not solved or any(
        depends_on(reading.context, name, each) or depends_on(reading.context, each, name)
        for name in names
        for each in solved
    )


def in_the_same_way(reading: Reading, each: Waiting, segment: Segment) -> bool:
    """``in the same way μ_1 = …`` after the derivative in μ_0 was set to zero: that in μ_1 is zero as well. Whether it
    is not known what is zero of a quantity that has not been solved for."""
    named = _ALSO_FOR.search(each.sentence) if reading.passage and not segment.missing else None
    if named is not None:
        _set_alike(reading, each, segment, reading.words.numbered.get(int(named[1]), ""))
        return False
    if not SAME_WAY.search(each.prose) or segment.missing or segment.ops[:1] != ("=",) or not reading.passage:
        return False
    found = primitive(segment.nodes[0], reading.context)
    roots = reading.passage.blocks[-1].roots
    root = roots[-1]
    if found is None or len(root.variables) != 1 or any(not each.variables for each in roots):
        return False  # beside constraints, all that is needed may be set to zero already
    old, symbols = root.variables[0], reading.context.symbols
    solved = {name for block in reading.passage.blocks for name in block.variables}
    if found.name in solved or not isinstance(old, Sym):
        return False
    if not isinstance(root.equation.left, Deriv) or root.equation.left.wrt != old:
        return not redefining.occurs(reading, found.name, segment.nodes[1:])
    alike = symbols[found.name].shape == symbols[old.name].shape and len(found.indices) == len(old.indices)
    made_of = mentioned(reading.context, root.equation.left.body)
    if not alike and not any(depends_on(reading.context, name, found.name) for name in made_of):
        return not redefining.occurs(reading, found.name, segment.nodes[1:])
    reading.passage = reading.passage.with_root(Root(_alike(root.equation, root.equation.left, found), (found,)))
    reading.section.fixed.pop(found.name, None)  # with the roles exchanged
    return False


def _alike(equation: Rel, derivative: Deriv, variable: Sym) -> Rel:
    """The same said of the derivative in another variable, of whichever shape."""
    right = Num(Fraction(0)) if is_zero(equation.right) else equation.right
    return replace(equation, left=replace(derivative, wrt=variable), right=right)


_ALSO_FOR = re.compile(r"(?i)\b(?:similarly|analogously|likewise|the\s+same\s+way),?\s+for\s+⟨(\d+)⟩[\s,:]*\Z")


def _set_alike(reading: Reading, each: Waiting, segment: Segment, name: str) -> None:
    """``Similarly for $\\mu$, $$…$$`` after the derivative in π was set to zero: so is that in the member of μ that
    stands here."""
    roots = [root for block in reading.passage.blocks for root in block.roots if isinstance(root.equation.left, Deriv)]
    old = roots[-1].equation.left if roots else None
    try:
        sides = [typed.term for node in segment.nodes for typed in node_readings(node, reading.context)]
    except ReadError:
        return
    members = dict.fromkeys(
        part for side in sides for part in subterms(side) if isinstance(part, Sym) and part.name == name
    )
    solved = {each for block in reading.passage.blocks for each in block.variables}
    if len(members) != 1 or not isinstance(old, Deriv) or name in solved:
        return
    (member,) = members
    alike = Root(_alike(roots[-1].equation, old, member), (member,))
    reading.passage = passage_with(reading, alike)
    reading.note(each.found.place, f"solving in {name} as well")


def _estimate(reading: Reading, each: Waiting, segment: Segment, texts: list[str]) -> None:
    """``\\hat\\lambda = …`` after the derivative in λ was worked out last, where it is said to follow or is called an
    estimate: there that derivative is zero, also where no words set it to zero."""
    said = ESTIMATE.search(texts[0]) or ESTIMATE.search(each.prose) or FOLLOWS.search(each.prose)
    if not said or not reading.section.gradients:
        return
    tail = reading.section.gradients[-1][1]
    root = to_solve.gradient_set_to_zero(tail, reading.context)
    if root is None or len(root.variables) != 1:
        return
    node = to_solve.marked_unknown(texts[0], [Rel("=", root.variables[0], root.variables[0])], reading.context)
    name = None if node is None else parts_of(node)
    if name is None or redefining.occurs(reading, name[0], segment.nodes[1:]):
        return
    solved = reading.passage.blocks[-1].roots if reading.passage else ()
    if any(old.equation == root.equation and old.variables == root.variables for old in solved):
        return  # it is what the lines before this one solve: they lead here
    reading.passage = passage_with(reading, root)


_CHOOSES = re.compile(
    r"(?i)(?:\A|[.:;}]|\n\s*\n)[\s*]*(?:(?:now|next|then|in\s+particular|here|finally)[\s,]+)*(?:for|with|taking|choosing|at)\s*\Z"
)
"""A sentence that begins with a value of which it goes on to speak: ``For $w^* = …$ the objective is``."""
_OPTIMISES = re.compile(r"(?i)\b(?:minimi[sz]|maximi[sz]|optimi[sz])(?:e|es|ing|ation)\b[^.;]*\Z")


def _optimised(reading: Reading, each: Waiting, segment: Segment) -> None:
    """``Minimising G over b gives $\\partial G / \\partial b = …, \\quad b = …$``: there that derivative is zero; and
    where an estimate is sought, in ``so $b = …$`` after the derivative in b, or in what is made of b, as well."""
    gradients = reading.section.gradients
    found = _unknown(segment.nodes[0], reading.context)
    if found is None or not gradients or redefining.occurs(reading, found.name, segment.nodes[1:]):
        return
    tail = _derivative_in(reading, found)
    root = to_solve.gradient_set_to_zero(tail, reading.context)
    variable = root.variables[0] if root is not None and len(root.variables) == 1 else None
    if root is None or not isinstance(variable, Sym):
        return
    beside = gradients[-1][0] == each.number and _OPTIMISES.search(reading.words.sentence) is not None
    inside = names_in(root.written.left) if root.written is not None else {}
    if beside and variable == found:
        reading.passage = passage_with(reading, root)
    elif _is_estimate(reading, each, found, variable, inside):
        beside_it = [to_solve.gradient_set_to_zero(other, reading.context) for other in _solved_by(reading, each.math)]
        for other in [one for one in beside_it if one is not None] or [root]:
            reading.passage = passage_with(reading, other)
        each.goes_on = True


_CONCLUDES_WHERE = re.compile(
    r"(?i)\b(?:so|hence|thus|therefore|consequently|then)\s*,?\s*(?:if|for|when(?:ever)?|provided(?:\s+that)?|as\s+long\s+as|"
    r"assuming(?:\s+that)?)\s+(?:all\s+|any\s+|every\s+)?⟨\d+⟩(?:\s+(?:holds|is\s+given))?[\s,]*(?:we\s+(?:have|get|obtain|find)|it\s+follows\s+that)?[\s,:]*\Z"
)
"""``and therefore, if ⟨3⟩, we get``: what is concluded, under a condition."""


def _unknown(node: s.Node, context: Context) -> Sym | None:
    """The quantity that a side is, or of which it is a power: the σ of ``\\sigma^2 = …``."""
    found = primitive(node, context)
    if found is None and isinstance(node, s.Script) and isinstance(node.sup, s.Number):
        found = primitive(replace(node, sup=None) if node.sub is not None else node.base, context)
    return found


def _derivative_in(reading: Reading, found: Sym) -> Tail:
    """The derivative in a quantity, where the display that worked out derivatives last has it; else the last one."""
    last = reading.section.gradients[-1]
    for number, tail in reversed(reading.section.gradients):
        if number == last[0] and len(tail.first) == 1 and passages.variables_of(tail.first[0]) == (found,):
            return tail
    return last[1]


_STATIONARY = re.compile(r"(?i)\b(?:stationary|critical)\s+point\b")
_METHOD = re.compile(
    r"(?i)\bmaximum\s+(?:likelihood|a\s+posteriori)\b|\bleast[- ]squares\b|(?<![a-z])M-?step|\bmaximi[sz]ation\s+step\b"
)


def _is_estimate(
    reading: Reading, each: Waiting, found: Sym, variable: Sym, inside: Mapping[str, None] | None = None
) -> bool:
    """Whether what follows from a derivative that nobody has set to zero can only be where it is zero: the section
    seeks an estimate, and solves for nothing else; or the words call it the stationary point. A multiplier that stands
    ``inside`` the derivative is found from it too."""
    solved = {name for block in reading.passage.blocks for name in block.variables}
    concludes = CONCLUDES.search(each.prose) or _CONCLUDES_WHERE.search(each.sentence)
    said = EXTREMUM_IS.search(each.prose)
    stationary = said is not None and (VANISHES.search(said.group()) or _STATIONARY.search(said.group())) is not None
    if solved & {found.name, variable.name} or not (stationary or concludes):
        return False
    if not gradient_is_above(reading, each):
        return False
    if variable == found and not found.indices and is_free(found, reading.context):
        return True  # of a quantity of which nothing is known, nothing else can be concluded
    sought = any(words.search(reading.words.section_words) for words in (ESTIMATE, _OPTIMISES, _METHOD))
    multiplier = found.name in reading.guessed and found.name in (inside or {})
    made_of = not found.indices and depends_on(reading.context, variable.name, found.name)
    return (stationary and variable == found) or (sought and (variable == found or multiplier or made_of))


def gradient_is_above(reading: Reading, each: Waiting) -> bool:
    """Whether the derivative worked out last stands in the last display before a formula."""
    displays = [at for at, piece in enumerate(reading.document.pieces[: each.number]) if piece.kind == "display"]
    return bool(displays) and reading.section.gradients[-1][0] == displays[-1]


def _plugs_in(reading: Reading, unknown: s.Node, text: str) -> bool:
    """``\\hat{y} = X \\hat{w}`` where what is solved is not said to be solved for y: fitted values."""
    variables = {name for block in reading.passage.blocks for name in block.variables}
    name = parts_of(unknown)
    if variables and (name is None or name[0] in variables or s.key(unknown) in variables):
        return False
    context = reading.context
    if name is not None and any(
        depends_on(context, one, other)
        for variable in variables
        for one, other in ((name[0], variable), (variable, name[0]))
        if one in context.symbols and other in context.symbols
    ):
        return False  # \hat\Sigma where it is solved for Λ, the inverse of Σ
    return re.search(r"\\(?:hat|widehat)(?![A-Za-z])", text) is not None


def name_solution(reading: Reading, each: Waiting, texts: list[str], segment: Segment) -> None:
    """The name of a solution joins the context as what it was found to be."""
    value = texts[2] if chains.is_argument(segment.nodes[1]) and len(texts) > 2 else texts[1]
    before = reading.context.symbols
    called = isinstance(segment.nodes[0], s.Juxt) and to_solve.is_plain_call(texts[0], reading.context)
    keyword = "function" if called else "let"
    try:
        reading.context = declare(f"{keyword} {texts[0]} := {value}", reading.context)
    except DeclarationError:
        return
    solved = reading.passage.blocks[-1].variables if reading.passage else frozenset()
    new = [name for name in reading.context.symbols if name not in before]
    for name in new:
        solved_anew.note(reading, name)
    reading.section.solutions.update({name: solved for name in new if len(solved) == 1})
    place = each.found.source.place(each.math.place(segment.sides[0].start))
    reading.note(place, f"{keyword} {texts[0]} := {value}, solving for {s.key(segment.nodes[0])}")


def at_solutions(reading: Reading, link: Link) -> Passage:
    """The equations that are solved, where a link has the name of what solved another one, ``\\sigma^2_{ML} = \\frac1N
    \\sum_n (x_n - \\mu_{ML})^2``: it is also what that was solved for."""
    passage = reading.passage
    here = {name for side in (*link.left, *link.right) for name in names_in(side)}
    open_ = {name for equation in passage.equations for name in names_in(equation)} if passage else set()
    for name, solved in reading.section.solutions.items():
        (variable,) = solved if len(solved) == 1 else ("",)
        decl = reading.context.symbols.get(variable)
        if name not in here or variable in here or variable not in open_ or decl is None or decl.family:
            continue
        if variable not in passage.blocks[-1].variables:  # it is not what is being solved for now
            passage = passage.with_root(Root(Rel("=", Sym(variable), Sym(name))))
    return passage


def note_restated(reading: Reading, first: Sequence[Term], text: str) -> None:
    """A chain that begins with a number defined before: it is what the text is about."""
    match first:
        case [Sym(name=name)]:
            decl = reading.context.symbols.get(name)
            defined = decl is not None and decl.definition is not None
        case [Apply(name=name, args=args)]:
            function = reading.context.functions.get(name)
            plain = all(isinstance(arg, Sym) for arg in args)  # J(c w) is a value of what the text is about
            defined = function is not None and function.body is not None and plain
        case _:
            defined = False
    if defined:
        note_objective(reading, text)


def follows(reading: Reading, each: Waiting, root: Root) -> bool:
    """Whether an equation to solve only restates, in other words, what is being solved already."""
    if not reading.passage or root.variables or each.unclear:
        return False
    if _SETS_IT.search(each.prose[-NEAR:]):
        return True
    solved = {name for block in reading.passage.blocks for name in block.variables}
    if solved and _SETS_NEXT.search(each.prose) and solved.isdisjoint(part.name for part in named_parts(root.equation)):
        return False  # it has nothing of what has been solved for, and solves for something else
    known = _made_of(reading.passage.known, reading.context)
    return any(part.name in known for part in named_parts(root.equation))


_SETS_NEXT = re.compile(r"(?i)\b(?:set|setting|equating)\s*\Z")
"""``Setting $N / p - a = 0$``: the equation itself is what is set."""


def of_derivative(reading: Reading, each: Waiting, root: Root) -> Root:
    """``Setting $2 w b - 2 c = 0$`` where a derivative has been found to be that: it is this derivative that is
    zero."""
    if root.variables or root.written is None or _SETS_NEXT.search(each.prose) is None:
        return root
    for pair in reversed(reading.section.gradients):
        found = to_solve.gradient_set_to_zero(pair[1], reading.context)
        if found is not None and found.written == root.written:
            reading.section.gradients = [other for other in reading.section.gradients if other is not pair]
            return found
    return root


_SAID = re.compile(
    r"(?i)\s*(?:\Z|[.;]|(?:,\s*)?(?:and|while|whereas|but|for)\b)"
    r"(?!\s*(?:so|hence|thus|therefore|then|solv\w+|this|which|that|it|gives|yields|we)\b)"
)
"""What stands behind a claim, not behind an equation that is about to be solved."""


def is_said_of_a_part(each: Waiting, root: Root) -> bool:
    """``for $m > 1$, $f'(m) = 0$.``: on that part of the line the derivative is zero."""
    bounded = {bound.name for bound in each.bounds}
    variables = {name for variable in root.variables for name in passages.names_of(variable)}
    return bool(bounded & variables) and not each.solves and _SAID.match(each.after) is not None


def has_new_multiplier(reading: Reading, each: Waiting, link: Link) -> bool:
    """``For the emissions with multipliers $\\rho_k$ we get in the same way $… = \\rho_k$``: an equation with a
    multiplier that nothing but this sentence speaks of is one to solve."""
    if link.op != "=" or len(link.left) != 1 or len(link.right) != 1:
        return False
    said = f"{reading.words.sentence} {each.prose}"
    if not SAME_WAY.search(said) or _WITH_MULTIPLIER.search(said) is None:
        return False
    names = {name for side in (*link.left, *link.right) for name in names_in(side)}
    known = {*reading.document.authored, *reading.used}
    return any(name not in known and _is_undefined(reading, name) for name in names)


def _is_undefined(reading: Reading, name: str) -> bool:
    decl = reading.context.symbols.get(name)
    return decl is not None and decl.definition is None


_WITH_MULTIPLIER = re.compile(r"(?i)\bmultipliers?\b")


def is_unclear(each: Waiting, whole: Whole, link: Link, told: Told | None) -> bool:
    """Whether a line is said to come of a derivative that is set to zero, and it is not clear of which."""
    alone = len(whole.links) == 1 and not whole.segment.missing and not (told and (told.relations or told.root))
    readable = bool(link.op == "=" and link.left and link.right and not link.right_argument and not link.left_argument)
    return each.unclear == "set" and alone and readable


def is_solution(each: Waiting, link: Link) -> bool:
    """Whether such a line gives what solves an equation that nobody has written: ``$w = …$``, and not ``… = 0``."""
    left, right = link.left[0], link.right[0]
    concludes = FOLLOWS.search(each.prose) is not None
    return concludes and isinstance(left, Sym) and not passages.is_zero(right)
