"""Claims with a bound before or behind them in their sentence: ``for $x > 0$, $…$``, ``$…$ whenever $x > 0$``."""

from __future__ import annotations

import re

from derive.language.dependencies import depends_on, names_in
from derive.language.terms import Rel, Sym, Term
from derive.read import syntax as s
from derive.read.documents.definitions.defining import Defined, primitive
from derive.read.documents.reading import assuming, special
from derive.read.documents.reading.state import Kept, Reading, Waiting
from derive.read.documents.steps import plain_facts
from derive.read.documents.text.macros import Expanded
from derive.read.documents.text.prose import JOINING, Cue
from derive.read.documents.text.scanner import Found
from derive.read.documents.text.source import Place
from derive.read.documents.text.statements import chains_of, one_line
from derive.read.documents.undeclared import conventions
from derive.read.documents.words import narrowing
from derive.read.documents.words.narrowing import CLOSES, OPENS, SUPPOSES, Bound
from derive.read.documents.words.predicates import UNDER
from derive.read.documents.words.redeclaring import among
from derive.read.documents.words.unheeded import Unheeded
from derive.read.errors import DeclarationError, ReadError, Undeclared
from derive.read.latex import node_readings

_QUANTIFIER = re.compile(
    r"(?i)(?<![A-Za-z])(?:for|over|when|whenever|if|as\s+long\s+as|(?:provided|assuming|supposing)(?:\s+that)?)(?![A-Za-z])[^.;,:]*\Z"
)
RELATES = re.compile(r"[<>=]|\\(?:leq?|geq?|neq?|leqslant|geqslant|l[et]|g[et])(?![A-Za-z])")
"""A formula that may be a bound or an equation."""
_BEGINS = re.compile(r"(?i)\s*(?:for|over|whenever|if)\s+(?:all|any|every|each|an?\b|⟨)")
_EACH = re.compile(
    r"(?i)\s*(?:(?:then|thus|hence|so|and|also|moreover|again),?\s+)?for\s+(?:each|every|all|any)\s+[a-z][a-z\s-]*,\s*"
)
"""A sentence up to what it claims of each of the things that it names in words."""
_IN_WORDS = re.compile(
    r"(?i)\s*(?:(?:then|thus|hence|so|and|also|moreover|again),?\s+)?(?:for|in|under|on|at)\s+(?:an?|the|this|that|these|such|our)\s+"
    r"(?!(?:case|event|special|limit|example|example|choice)\b)[a-z][a-z\s-]*,\s*"
)
"""A sentence up to what it claims of something that it names in words only: ``For a finite horizon,``."""
_AT_A = re.compile(
    r"(?i)\s*(?:(?:\\(?:textbf|emph|paragraph)\s*\{[^{}]*\}|\*\*[^*]*\*\*|\(\w+\)|\\item)\s*)*(?:[a-z]+,?\s+)?"
    r"(?:at|under|in|for|with)\s+(?:(?:an?|the|any|every|each)\s+)?[a-z -]*⟨\d+⟩\s*,\s*"
)
"""A sentence up to what it claims where a quantity has any value: ``At temperature $T$,``."""
_AT = re.compile(r"(?i)\bat\s+⟨\d+⟩\s*,\s*and\s*\Z")
_DERIVATIVE = re.compile(r"\s*(?:\\?[A-Za-z]+\s*'+\s*\(|\\[dt]?frac\s*\{\s*(?:\\partial|d)\b)[^=]*=(?!\s*[-\d.]+\s*\Z)")
_GOES_ON = re.compile(
    r"(?i)\s*,\s*(?:then\s+)?(?:(?:we|one)\s+(?:have|has|get|obtain|find)|it\s+(?:holds|follows)|then)\b"
)
_PREPARES = re.compile(
    r"(?i)\b(?:settings?|set-?up|notation|preliminar\w*|assumptions?|conventions?|models?|data|background|definitions?)\b"
)
"""Headings of what all the others rest on."""


def note_bound(reading: Reading, found: Found, math: Expanded, words: str) -> bool:
    """Whether a formula only says what its sentence, or the rest of its problem, supposes of a number."""
    if reading.number in reading.words.conditions:
        reading.words.cue = Cue.assertion
        return True
    next_to_it = reading.number - reading.words.bound_at <= 2  # no claim stands between: "for x > 2, x > 1 and x < 9"
    goes_on = bool(reading.bounds) and next_to_it and JOINING.match(words) is not None
    opens = OPENS.search(words)
    if opens or goes_on:
        bounds = narrowing.bounds_said(opens, math.text, reading.context, new=True)
        if bounds:
            return _in_sentence(reading, found, bounds)
        return _is_called_number(reading, found, math, opens) or _supposed(reading, found, math)
    again = reading.words.supposes = reading.words.supposes and JOINING.match(words) is not None
    if SUPPOSES.search(words) or again:
        bounds = narrowing.bounds_in(math.text, reading.context, new=False)
        reading.words.supposes = reading.words.supposes or bool(bounds)
        return bool(bounds) and _in_problem(reading, found, bounds)
    return False


def restrict(reading: Reading, found: Found, math: Expanded) -> bool:
    """``with $s > 2$`` of a number that is declared: for the sentence, if that has supposed something of it, or for the
    rest of the problem."""
    bounds = narrowing.bounds_in(math.text, reading.context, new=False)
    said = {bound.name for bound in reading.bounds}
    if bounds and said & {bound.name for bound in bounds}:
        return take(reading, found.place, (*reading.bounds, *bounds)) if _claims_follow(reading, new=False) else False
    return bool(bounds) and _in_problem(reading, found, bounds)


def suppose_here(reading: Reading, found: Found, math: Expanded) -> bool:
    """Whether a bound, or an inequality, is supposed in its sentence."""
    text = one_line(math.text).strip(" .,;")
    bounds = narrowing.bounds_in(text, reading.context, new=False)
    if bounds and take(reading, found.place, bounds):
        reading.words.bound_at = reading.number
        return True
    return _supposed(reading, found, math)


def suppose_equation(reading: Reading, found: Found, math: Expanded) -> bool:
    """Whether an equation between what is known is supposed in its sentence, where claims follow."""
    return _suppose(reading, found, math, _equation(reading, math))


def _supposed(reading: Reading, found: Found, math: Expanded) -> bool:
    """``for $a > b$, …``: an inequality between quantities as what the sentence supposes."""
    return _suppose(reading, found, math, _relations(reading, math))


def _suppose(reading: Reading, found: Found, math: Expanded, relations: tuple[Rel, ...]) -> bool:
    if not relations or not _claims_follow(reading, new=False):
        return False
    reading.supposed, reading.hypothesis = (*reading.supposed, *relations), True
    reading.words.bound_at = reading.number
    reading.note(found.place, f"supposed in this sentence: {one_line(math.text)}")
    return True


def is_said_of_claim(reading: Reading, words: str) -> bool:
    """``For $s = t$ we have $…$``: what the sentence claims is claimed under that."""
    return OPENS.search(words) is not None and _claims_follow(reading, new=True)


_SPECIALISES = re.compile(r"(?i)\b(?:with|(?:substitut|insert|putt|tak|choos|sett)ing|plugging(?:\s+in)?|letting)\s*\Z")
"""Words before the value that a sentence gives to something that has been used without it."""


_NAMED_SO = r"(?:an?\s+|the\s+)?(?!(?:this|that|these|those|which|some|any|all|each|every)\b)[a-z-]+(?:\s+[a-z-]+){0,2}"
_WITH_WORDS = re.compile(
    rf"\A\W*(?:\\textbf\{{\([a-z]+\)\}}\s*)?(?:With|Under|Using|For)\s+(?:{_NAMED_SO}\s+⟨\d+⟩\s+and\s+)?{_NAMED_SO}\s*,?\s*\Z"
)
"""The beginning of a sentence up to the value of what it names in words: ``With shrinkage, ``, ``With step size ``."""


def is_special(reading: Reading, node: s.Relation, words: str) -> bool:
    """``With $\\lambda = 0$, …`` of a number that has been used without having this value: a special case, for the
    sentence."""
    found = primitive(node.first, reading.context)
    value = node.rest[0][1] if len(node.rest) == 1 and node.rest[0][0] == "=" else None
    beside = (
        _WITH_WORDS.search(reading.words.sentence) is not None and re.match(r"\s*,", reading.words.after) is not None
    )
    if found is None or (found.indices and not beside) or value is None or not (beside or _SPECIALISES.search(words)):
        return False
    plain = beside or isinstance(value, s.Number) or primitive(value, reading.context) is not None
    return plain and found.name in reading.used and _claims_follow(reading, new=False)


def is_an_instance(reading: Reading, node: s.Relation, words: str) -> bool:
    """``a constant reward $r = c \\mathbf{1}$ gives $…$``: one of the values that a quantity may have, for the
    sentence."""
    if _ONE_OF.search(words) is None or _THEN_GIVES.match(reading.words.after) is None:
        return False
    found = primitive(node.first, reading.context)
    return found is not None and not found.indices and [op for op, _ in node.rest] == ["="]


_ONE_OF = re.compile(r"(?i)\b(?:an?|any|every)\s+(?:[a-z-]+\s+){1,4}\Z")
_THEN_GIVES = re.compile(
    r"(?i)\s*,?\s*(?:then\s+|thus\s+)?(?:gives|yields|leads\s+to|results\s+in|implies|means|makes|has|entails)\b"
)


def writes_otherwise(reading: Reading, node: s.Relation) -> bool:
    """``With $\\epsilon = \\frac12 - \\gamma$`` of an ε that is defined, and of a γ that has no part in it: for the
    sentence, γ is what makes it so."""
    if len(node.rest) != 1 or node.rest[0][0] != "=" or not _WITH.fullmatch(reading.words.sentence):
        return False
    symbols = reading.context.symbols
    try:
        (typed,) = node_readings(node.first, reading.context)
    except (ReadError, ValueError):
        return False
    left = typed.term.name if isinstance(typed.term, Sym) else ""
    if left not in symbols or symbols[left].definition is None:
        return False
    try:
        right = [name for each in node_readings(node.rest[0][1], reading.context) for name in names_in(each.term)]
    except Undeclared as problem:
        _as_number(reading, problem.name, left)
        return True
    except ReadError:
        return False
    return any(
        name in symbols and symbols[name].definition is None and not depends_on(reading.context, left, name)
        for name in right
    )


def _as_number(reading: Reading, name: str, like: str) -> None:
    """A letter that nothing declares, in what a number is written as, is a number."""
    if re.fullmatch(r"[a-z]|\\[a-z]+", name) and not reading.context.symbols[like].shape:
        try:
            reading.context = narrowing.as_number(name, reading.context)
        except DeclarationError:
            return
        reading.notes.append(f"{name} \\in \\mathbb{{R}}")


_WITH = re.compile(r"(?i)\s*(?:\([a-z]\)\s*)?(?:with|for|writing|setting|putting|taking)\s*")


def _claims_follow(reading: Reading, new: bool) -> bool:
    return narrowing.claims_follow(reading.document.pieces, reading.number, new, reading.context)


def _is_called_number(reading: Reading, found: Found, math: Expanded, words: re.Match[str] | None) -> bool:
    """``for all real $x$`` of a name that nothing declares."""
    name = one_line(math.text).strip(" .,;")
    if words is None or not re.search(r"(?i)\b(?:real|numbers?|scalars?)\b", words["kind"]):
        return False
    if not narrowing.bounds_in(f"{name} > 0", reading.context, new=True) or name in reading.context.symbols:
        return False
    reading.context = narrowing.as_number(name, reading.context)
    reading.note(found.place, f"{name} \\in \\mathbb{{R}}")
    return True


def _in_sentence(reading: Reading, found: Found, bounds: tuple[Bound, ...]) -> bool:
    new = any(bound.name not in reading.context.symbols for bound in bounds)
    if not _claims_follow(reading, new):
        return False
    return take(reading, found.place, bounds)


def take(reading: Reading, place: Place, bounds: tuple[Bound, ...]) -> bool:
    """Whether these bounds can be supposed; then they are, and names that are new are numbers."""
    if narrowing.narrowed(bounds, reading.context) is None:
        return False
    for bound in bounds:
        if bound.counts is None and bound.name not in reading.context.symbols:
            reading.context = narrowing.as_number(bound.name, reading.context)
            reading.note(place, f"{bound.name} \\in \\mathbb{{R}}")
        reading.note(place, f"supposed in this sentence: {bound.text}")
    if not reading.bounds:
        reading.words.unbounded = reading.passage
    names, reading.words.bound_at = {bound.name for bound in bounds}, reading.number
    reading.bounds = (*(bound for bound in reading.bounds if bound.name not in names), *bounds)
    return True


def end_sentence(reading: Reading) -> None:
    """A sentence is over: its bounds hold no longer, nor what was set to zero under them."""
    if reading.bounds and reading.words.unbounded is not None:
        reading.passage = reading.words.unbounded
    reading.bounds, reading.words.unbounded = (), None


def bound_here(reading: Reading, found: Found, text: str) -> bool:
    """Whether a text bounds numbers; then that is supposed from here on."""
    bounds = narrowing.bounds_in(text.rstrip(" .,;"), reading.context, new=False)
    return bool(bounds) and _in_problem(reading, found, bounds)


def _in_problem(reading: Reading, found: Found, bounds: tuple[Bound, ...]) -> bool:
    context = narrowing.narrowed(bounds, reading.context)
    if context is None or any(bound.counts is not None for bound in bounds):
        return False
    for bound in bounds:
        held = reading.section.narrowed.get(bound.name)
        decl = reading.context.symbols[bound.name]
        reading.section.narrowed[bound.name] = (held[0] if held else decl, context.symbols[bound.name])
        reading.note(found.place, f"supposed from here on: {bound.text}")
    reading.context = context
    return True


def narrow(reading: Reading, place: Place, again: Defined) -> bool:
    """Whether a declaration only says of quantities that they take some of their values, ``r_{nk} \\in \\{0, 1\\}`` of
    an r_{nk} ≥ 0: that holds from here to the end of the problem, and what is defined in terms of them still is."""
    before, after = reading.context.symbols, again.context.symbols
    pairs = {name: (old, after[name]) for name, old in before.items() if name in after and after[name] is not old}
    if not again.text or not pairs or not all(among(old, new) for old, new in pairs.values()):
        return False
    for name, (old, new) in pairs.items():
        held = reading.section.narrowed.get(name)
        reading.section.narrowed[name] = (held[0] if held else old, new)
        reading.context = reading.context.with_symbol(new)
    reading.note(place, f"supposed from here on: {again.text}")
    return True


def end_section(reading: Reading, heading: str) -> None:
    """What a section has supposed does not hold in the next one, unless it only prepared for it."""
    states_nothing = len(reading.entries) == reading.section.entries
    if reading.section.prepares or states_nothing:
        reading.section.narrowed = {}
    reading.context = narrowing.lifted(reading.context, reading.section.narrowed)
    reading.section.narrowed = {}
    first_line = heading.strip().split("\n", 1)[0]
    reading.section.prepares = _PREPARES.search(first_line) is not None
    reading.section.entries = len(reading.entries)


def note_behind(reading: Reading, each: Waiting, after: str = "") -> None:
    """``$…$ for all $x > 0$``: what the claim is supposed under; ``after`` is what its display goes on with."""
    remarked = narrowing.remarked(after, reading.context)
    each.bounds = (*(bound for bound in reading.bounds if bound.name not in {b.name for b in remarked}), *remarked)
    case = special.behind(reading, narrowing.conditions_remarked(after))
    if case is not None:
        each.only = each.only.and_also(case)
    elif not remarked:
        each.supposed = (*each.supposed, *_remarked_relations(reading, after))
    found = narrowing.behind(reading.document.pieces, reading.number)
    if found is None or found.math is None:
        return
    if narrowing.is_one_of_several(reading.document.pieces, reading.number):
        said, within = one_line(found.math.text), (each.found.place, found.source.place(found.stop))
        more = Unheeded(found.place, f"“{said}” and more", (said,), within=within, of_names=True)
        reading.document.passed_over.append(more)
        return
    case = special.behind(reading, [one_line(found.math.text).strip(" .,;")])
    if case is not None:
        each.only = each.only.and_also(case)
        reading.words.conditions |= {reading.number + 2}
        reading.note(found.place, f"a special case: {', '.join(case.said)}")
        return
    of_indices = _case_of_indices(reading, found.math) if each.case is None else None
    if of_indices is not None:
        each.case = of_indices
        reading.words.conditions |= {reading.number + 2}
        return
    number, words = reading.number + 2, CLOSES.match(reading.document.pieces[reading.number + 1].text)
    while found is not None and found.math is not None:
        bounds, relations = _behind(reading, found.math, words)
        if not bounds and not relations:
            _wait_for_value(reading, each, found, number)
            return
        names = {bound.name for bound in bounds}
        each.bounds = (*(bound for bound in each.bounds if bound.name not in names), *bounds)
        each.supposed = (*each.supposed, *relations)
        reading.words.conditions |= {number}
        reading.note(found.place, f"supposed in this sentence: {one_line(found.math.text)}")
        found, number, words = narrowing.further_behind(reading.document.pieces, number), number + 2, None
        if found is None or found.math is None or not _fixes(reading, relation_of(reading, found.math)):
            return  # $…$ for $v = 0$ and $q = a$: another claim, unless it gives a quantity a value


def _wait_for_value(reading: Reading, each: Waiting, found: Found, number: int) -> None:
    """``… for $a = \\sqrt{6 / m}$`` of an m that nothing declares yet: the claim is read when that can be."""
    node = relation_of(reading, found.math) if found.math is not None else None
    if node is None or [op for op, _ in node.rest] != ["="] or any(isinstance(part, s.Dots) for part in s.walk(node)):
        return
    found_name = primitive(node.first, reading.context)
    if found_name is None or s.key(node.first) in reading.context.indices or each.solves:
        return
    try:
        node_readings(node.rest[0][1], reading.context)
    except Undeclared:
        each.pending = (*each.pending, node)
        reading.words.conditions |= {number}
        reading.note(found.place, f"supposed in this sentence: {one_line(found.math.text) if found.math else ''}")
    except ReadError:
        return


def _case_of_indices(reading: Reading, math: Expanded) -> Term | None:
    """``for $i \\ne j$`` behind a claim: which members it is about; not an enumeration of all of them."""
    node = relation_of(reading, math)
    if node is None or re.search(r"dots|\.\.|…|,", math.text):
        return None
    sides = (node.first, *(side for _, side in node.rest))
    indices = len(sides) == 2 and all(s.key(side) in reading.context.indices for side in sides)
    return conventions.case(node, reading.context) if indices else None


def _remarked_relations(reading: Reading, after: str) -> tuple[Rel, ...]:
    """``\\quad \\text{for } \\|u\\| = 1`` behind a statement of a display: what that is supposed under. A remark about
    indices says which members are meant."""
    found: list[Rel] = []
    for text in narrowing.conditions_remarked(after):
        chain = next(iter(chains_of(text, reading.context)), None)
        node = chain.node if chain is not None else None
        if not isinstance(node, s.Relation) or any(op != "=" and op not in narrowing.ORDER for op, _ in node.rest):
            return ()
        if assuming.is_case(reading, node) or any(isinstance(part, s.Dots) for part in s.walk(node)):
            return ()
        found += assuming.suppose(reading, node)
    return tuple(found)


def enter(reading: Reading, each: Waiting) -> None:
    """A claim is judged where what it is supposed under holds."""
    context = narrowing.narrowed(each.bounds, reading.context) if each.bounds else None
    reading.context = reading.context if context is None else context


def leave(reading: Reading, each: Waiting, before: Kept) -> None:
    """What a claim was supposed under does not hold of what follows, and nothing that was concluded from it is used."""
    context = narrowing.narrowed(each.bounds, before.context) if each.bounds else None
    if context is not None:
        numbers = [bound.name for bound in each.bounds if bound.counts is None]
        pairs = {name: (before.context.symbols[name], context.symbols[name]) for name in numbers}
        reading.context = narrowing.lifted(reading.context, pairs)
        counted = [bound.name for bound in each.bounds if bound.counts is not None]
        reading.context = narrowing.counting_again(counted, before.context, context, reading.context)
    if context is not None or each.supposed or each.case is not None or each.only.said:
        reading.passage = reading.passage.without_new_lines(before.passage)


def is_conditional(reading: Reading) -> bool:
    """Whether what is supposed of the formula that is being read stands right behind it, and can be used."""
    found = narrowing.behind(reading.document.pieces, reading.number)
    if found is None or found.math is None or narrowing.is_one_of_several(reading.document.pieces, reading.number):
        return False
    words = CLOSES.match(reading.document.pieces[reading.number + 1].text)
    if special.behind(reading, [one_line(found.math.text).strip(" .,;")]) is not None:
        return True
    return _case_of_indices(reading, found.math) is not None or any(_behind(reading, found.math, words))


def _behind(reading: Reading, math: Expanded, words: re.Match[str] | None) -> tuple[tuple[Bound, ...], tuple[Rel, ...]]:
    """The bounds that a formula behind a claim puts on numbers that are declared, or else what it supposes of
    quantities that nothing defines."""
    bounds = narrowing.bounds_said(words, math.text, reading.context, new=False)
    if bounds and narrowing.narrowed(bounds, reading.context) is not None:
        return bounds, ()
    return (), _relations(reading, math) or _equation(reading, math)


def _relations(reading: Reading, math: Expanded) -> tuple[Rel, ...]:
    """What a formula supposes of quantities that nothing defines, if it is an inequality between them."""
    node = relation_of(reading, math)
    if node is None or any(op not in narrowing.ORDER for op, _ in node.rest) or assuming.is_case(reading, node):
        return ()
    relations = assuming.suppose(reading, node)
    return relations if all(plain_facts.only_primitive(each, reading.context) for each in relations) else ()


def _equation(reading: Reading, math: Expanded) -> tuple[Rel, ...]:
    """What ``$…$ for $c = 0$`` supposes of a quantity that is known; nothing of an index, which says what is meant."""
    node = relation_of(reading, math)
    if node is None or [op for op, _ in node.rest] != ["="] or assuming.is_case(reading, node):
        return ()
    enumerates = any(isinstance(part, s.Dots) for part in s.walk(node)) or "," in math.text
    return () if enumerates else assuming.suppose(reading, node)


_BOUNDS = re.compile(r"(?i)\bat\s+(?:most|least)\s*\Z")
"""Words before a bound: of ``at most $K = 3$ clusters`` K is what is spoken of, no claim is made about it."""


def _names_alone(reading: Reading, math: Expanded) -> bool:
    """Whether a formula begins with a name alone, ``K = 3``."""
    node = relation_of(reading, math)
    return node is not None and isinstance(node.first, s.Name | s.Script)


def cue_here(reading: Reading, math: Expanded, cue: Cue) -> Cue:
    """How a formula is meant that may stand behind a quantifier: ``for all $x$, $…$`` claims what stands last."""
    words, before = reading.words.prose, reading.words.cue
    joined = before is not None and JOINING.match(words) is not None
    if not joined:
        begins = _BEGINS.match(reading.words.sentence) is not None
        reading.words.quantified = begins or (cue is not Cue.assertion and _QUANTIFIER.search(words) is not None)
        if RELATES.search(math.text) and UNDER.search(reading.words.sentence):
            reading.words.quantified, cue = True, Cue.condition
    if cue is Cue.assertion and _BOUNDS.search(words) and _names_alone(reading, math):
        return Cue.condition
    if cue is Cue.assumption and not joined and _BY_WORDS.match(words) and _is_said_last(reading, math):
        return Cue.assertion
    if cue is Cue.condition and (_says_more(reading, math, joined) or _is_said_last(reading, math)):
        return Cue.assertion
    if cue is Cue.assertion or not joined or not reading.words.quantified or not words.strip(" \n").startswith(","):
        return cue
    if re.search(r"(?i)[a-z]", words) or not _claims(reading, math):
        return cue
    return Cue.assertion


_BY_A_FORMULA = re.compile(r"(?i)\s*,?\s*(?:only\s+)?(?:when|if|iff|whenever|provided|unless|in\s+case)(?:\s+that)?\s*")


def cue_under_words(reading: Reading, found: Found, math: Expanded) -> Cue:
    """How a formula is meant with a condition behind it of which nothing is made, ``$…$ when the noise vanishes``,
    ``$…$ if $A \\succ 0$``: as a claim that may hold there alone; but one of what nothing defines may say what that is
    there."""
    node = relation_of(reading, math)
    if node is None or _is_open(reading, node.first) or any(_is_open(reading, side) for _, side in node.rest):
        return Cue.condition
    words = " ".join(reading.words.after.split(".")[0].split()).strip(" ,;:")
    behind = reading.document.pieces[reading.number + 2 : reading.number + 3]
    if _BY_A_FORMULA.fullmatch(reading.words.after) and behind and behind[0].math is not None:
        words = f"{words} {one_line(behind[0].math.text)}"
    within = (found.place, found.source.place(found.stop))
    reading.document.passed_over.append(Unheeded(found.place, f"“{words}”", (math.text,), within=within))
    return Cue.assertion


def _is_open(reading: Reading, side: s.Node) -> bool:
    """Whether a side is the name of something that nothing defines, or is not known at all."""
    if primitive(side, reading.context) is not None:
        return True
    try:
        node_readings(side, reading.context)
    except ReadError:
        return True
    return False


def _says_more(reading: Reading, math: Expanded, joined: bool) -> bool:
    """``For each unit, $…$`` claims something of each, and ``which is zero at $x = a$, and $f''(x) = …$`` something
    else of what is zero there: neither is supposed."""
    if joined and _AT_A.fullmatch(reading.words.sentence) and _names_only(reading):
        return _claims(reading, math)
    if joined:
        more = _DERIVATIVE.match(one_line(math.text)) is not None or _bounds_what_is_defined(reading, math)
        return _AT.search(reading.words.sentence) is not None and more
    if _IN_WORDS.fullmatch(reading.words.sentence) and not _fixes(reading, relation_of(reading, math)):
        return _claims(reading, math)
    return _EACH.fullmatch(reading.words.sentence) is not None and _claims(reading, math)


_SETTING = re.compile(r"(?i)(?<![a-z])(?:in|for|from|under|on|with|given|writing)\s+[a-z][^⟨⟩,.;:]*,\s*\Z")
_BY_WORDS = re.compile(r"(?i)(?:.*[.;:]\s)?\s*(?:with|given|writing)\s", re.DOTALL)
"""``With a little algebra, $…$.``: nothing is supposed."""
_ENDS = re.compile(r"\s*(?:[.;]|\Z|\n[ \t\r]*\n)")


def _is_said_last(reading: Reading, math: Expanded) -> bool:
    """``In the original problem, $x + y = 2 y$.``: nothing follows that it could be a condition of."""
    if _ENDS.match(reading.words.after) is None or _SETTING.search(reading.words.sentence) is None:
        return False
    return _claims(reading, math) and not _fixes(reading, relation_of(reading, math))


def _names_only(reading: Reading) -> bool:
    """Whether the formula before this one is a name: ``At temperature $T$, $…$`` supposes nothing of it."""
    before = reading.document.pieces[reading.number - 2].math if reading.number > 1 else None
    if before is None:
        return False
    chain = next(iter(chains_of(before.text, reading.context)), None)
    return chain is not None and isinstance(chain.node, s.Name | s.Script)


def _bounds_what_is_defined(reading: Reading, math: Expanded) -> bool:
    """Whether a formula compares what is defined: ``it is least at $x = a$, and $f(x) \\ge 2$``."""
    node = relation_of(reading, math)
    if node is None or any(op not in narrowing.ORDER for op, _ in node.rest) or _GOES_ON.match(reading.words.after):
        return False
    relations = assuming.suppose(reading, node)
    return bool(relations) and not any(plain_facts.only_primitive(each, reading.context) for each in relations)


def _claims(reading: Reading, math: Expanded) -> bool:
    """Whether a formula behind a quantifier and a comma is no further condition: ``for $a = 1$, $b = 2$, we get …``."""
    node = relation_of(reading, math)
    if node is None or all(op in ("in", "~") for op, _ in node.rest):
        return False
    if narrowing.bounds_in(math.text, reading.context, new=True) or assuming.is_case(reading, node):
        return False
    if all(op in narrowing.ORDER for op, _ in node.rest) and _claims_follow(reading, new=False):
        return False  # for $g \\in \\mathbb{R}^d$, $g \\ne 0$, …
    if assuming.is_plain_bound(reading, node) and reading.words.after.lstrip()[:1] == ",":
        return False  # for weights with $\\sum_j t_j = 1$, $t_j \\ge 0$, …
    if _GOES_ON.match(reading.words.after):
        return False
    before = reading.document.pieces[reading.number - 2].math if reading.number > 1 else None
    return not (_fixes(reading, node) and before is not None and _fixes(reading, relation_of(reading, before)))


def relation_of(reading: Reading, math: Expanded) -> s.Relation | None:
    """The first statement of a formula, if it is a relation."""
    chain = next(iter(chains_of(math.text, reading.context)), None)
    return chain.node if chain is not None and isinstance(chain.node, s.Relation) else None


def _fixes(reading: Reading, node: s.Relation | None) -> bool:
    """Whether an equation gives a quantity that nothing defines a value: ``for $u = 2$, $v = 3$``."""
    if node is None or node.rest[0][0] != "=" or assuming.is_case(reading, node):
        return False
    return primitive(node.first, reading.context) is not None


def ends_sentence(math: Expanded) -> bool:
    """Whether a display ends its sentence."""
    return re.search(r"[.;]\s*\Z", one_line(math.text)) is not None


__all__ = [
    "cue_here",
    "end_section",
    "end_sentence",
    "ends_sentence",
    "enter",
    "is_conditional",
    "leave",
    "note_behind",
    "note_bound",
    "relation_of",
    "take",
]
