"""Derivatives that the text sets to zero without writing them: of which objective, and in which variables."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from derive.language.context import Context
from derive.language.dependencies import depends_on, mentioned
from derive.language.terms import Apply, Array, Entry, Num, Rel, Sym, Term, subterms
from derive.read import syntax as s
from derive.read.documents.definitions.defining import unmarked
from derive.read.documents.steps.chains import Tail
from derive.read.documents.steps.passages import Root, variables_of
from derive.read.documents.steps.to_solve import gradient_set_to_zero, of_each_member
from derive.read.documents.text.prose import SEVERAL
from derive.read.documents.text.scanner import Found
from derive.read.documents.text.statements import chains_of, source_of
from derive.read.errors import ReadError
from derive.read.latex import node_readings
from derive.read.parser import parse

AHEAD = 8
"""Pieces after a formula among which the quantity that is solved for next is looked for."""
_DERIVATIVE = (
    r"(?:derivatives?|gradients?|partials?|differentiat\w+|score|slopes?|stationar\w+|first[- ]order|optimality)"
)
_ZEROED = re.compile(
    r"(?i)\b(?:set(?:s|ting)?|equat(?:e|es|ing))\b[^.]*?(?:\bzero\b|(?<![\w.])0(?![\w.]))|"
    rf"\b{_DERIVATIVE}\b[^.]*?\b(?:vanish\w*|(?:be|is|are|equals?)\s+(?:equal\s+to\s+)?zero)\b|"
    r"\bfirst[- ]order\s+(?:optimality\s+|necessary\s+|stationarity\s+)?conditions?\b|\bstationarity\s+conditions?\b|"
    r"\bstationarity\b[^.;]*\b(?:means|gives|yields|implies|requires|reads|is|becomes|leads\s+to)\b"
)
_LIST = r"(?:\s*(?:,|and|,\s*and)\s*(?:to\s+|in\s+)?⟨\d+⟩)*"
_VARIABLES = re.compile(
    rf"(?i)\b(?:with\s+respect\s+to|w\.\s?r\.\s?t\.?|wrt|solv\w+\s+(?:it\s+)?for|differentiat\w+\s+in|"
    rf"(?:derivatives?|gradients?)\s+in|(?:stationarity|optimality)\s+(?:of\s+⟨\d+⟩\s+)?(?:in|for))\s+(?:the\s+[\w-]+\s+|both\s+|each\s+|every\s+)*(?P<list>⟨\d+⟩{_LIST})"
)
_OF = re.compile(rf"(?i)\b{_DERIVATIVE}\s+(?:of|for)\s+(?:the\s+[\w\s-]{{1,30}}?)?⟨(?P<number>\d+)⟩")
_ITSELF = re.compile(
    r"(?i)\b(?:set(?:s|ting)?|equat(?:e|es|ing))\s+(?:the\s+[\w\s-]{1,30}?)?⟨(?P<number>\d+)⟩\s+(?:equal\s+)?to\b"
)
_SETTING = re.compile(rf"(?i)\b(?:set(?:s|ting)?|equat(?:e|es|ing))(?:\s+(?:the|its|this|[\w-]*{_DERIVATIVE}))*\s*\Z")
_TO_ZERO = re.compile(r"(?i)\s*,?\s*(?:equal\s+)?to\s+(?:zero\b|0(?![\w.])|\Z)")
_MULTIPLIER = re.compile(rf"(?i)\bmultipliers?\s+(?P<list>⟨\d+⟩{_LIST})")
_WRITES_ONE = re.compile(r"\\partial(?![A-Za-z])|\\nabla(?![A-Za-z])|\\frac\s*\{\s*(?:d|\\mathrm\s*\{?\s*d)\b")


@dataclass(frozen=True)
class Objective:
    """A number that is a function of others: as the author writes it, and as it is read; ``variables`` are those that
    it is optimised over, where that is written."""

    text: str
    term: Term
    variables: tuple[str, ...] = ()


@dataclass(frozen=True)
class Said:
    """What a sentence says of a derivative that is set to zero: ``upto`` where it has said so, the ``variables`` and
    the ``objective`` that it names, or the derivative ``itself``; ``several`` is whether it speaks of more than
    one."""

    upto: int
    variables: tuple[str, ...] = ()
    objective: str = ""
    itself: str = ""
    several: bool = False


def said_of(sentence: str, formulas: Mapping[int, str]) -> Said | None:
    """What a sentence so far, with its formulas numbered, says of a derivative set to zero.

    >>> said_of("Setting the derivative of ⟨2⟩ with respect to ⟨4⟩ to zero gives", {2: "L", 4: "w"})
    Said(upto=57, variables=('w',), objective='L', itself='', several=False)
    """
    plain = re.sub(r"⟨(\d+)⟩", lambda match: _blank(match, formulas), sentence)
    zeroed = _ZEROED.search(plain)
    if zeroed is None:
        return None
    wanted = _VARIABLES.search(sentence)
    numbers = [int(number) for number in re.findall(r"\d+", wanted["list"])] if wanted else []
    of, itself = _OF.search(sentence), _ITSELF.search(sentence)
    return Said(
        zeroed.end(),
        tuple(name for number in numbers for name in _names(formulas.get(number, ""))),
        formulas.get(int(of["number"]), "") if of else "",
        formulas.get(int(itself["number"]), "") if itself else "",
        SEVERAL.search(sentence) is not None,
    )


OPTIMISES = re.compile(
    r"(?i)\b(?:maximi[sz]|minimi[sz]|optimi[sz])(?:e|ing|ation(?:\s+of)?)"
    r"(?:\s+(?:this|it|that|these|both|(?:the\s+[a-z][a-z\s-]{1,40}?)?⟨(?P<objective>\d+)⟩|(?:the|this|our|its)\s+[a-z][a-z\s-]{1,40}?))?"
    r"\s*,?\s+(?:with\s+respect\s+to|w\.\s?r\.\s?t\.?|wrt|over|in)\s+(?:the\s+[a-z-]+\s+|both\s+|each\s+)*"
    rf"(?P<list>⟨\d+⟩{_LIST})\s*,?\s*"
    r"(?:(?:then\s+|now\s+|thus\s+|therefore\s+)?(?:gives?|yields?|leads?\s+to|results?\s+in|produces?)|"
    r"(?:we|one)\s+(?:then\s+|now\s+|thus\s+|therefore\s+)?(?:gets?|obtains?|finds?|arrives?\s+at|ha(?:s|ve)))\b"
    r"(?:\s+(?:that|the|a|an|as|familiar|usual|well-known|[a-z]+\s+(?:mean|variance|estimate|estimator|solution|update|value|average|"
    r"proportion|frequency)|mean|solution|estimate|estimator|update|value))*[\s,:]*\Z"
)
"""Up to what an objective is greatest or least at: ``Maximising ⟨2⟩ with respect to ⟨4⟩ gives the sample mean``."""


def optimum_said(sentence: str, formulas: Mapping[int, str]) -> Said | None:
    """What a sentence so far says of an optimum that comes next: there the derivatives in its variables are zero.

    >>> optimum_said("Maximising ⟨2⟩ with respect to ⟨4⟩ gives ", {2: "L", 4: "w"})
    Said(upto=41, variables=('w',), objective='L', itself='', several=False)
    >>> optimum_said("Maximising ⟨2⟩ over ⟨4⟩ subject to ⟨6⟩ gives ", {2: "L", 4: "w", 6: "w = 1"})
    """
    found = OPTIMISES.search(sentence)
    if found is None:
        return None
    numbers = re.findall(r"\d+", found["list"])
    variables = tuple(name for number in numbers for name in _names(formulas.get(int(number), "")))
    objective = formulas.get(int(found["objective"]), "") if found["objective"] else ""
    return Said(found.end(), variables, objective)


def optimised_in(sentence: str, formulas: Mapping[int, str]) -> Said:
    """In what a sentence optimises something: ``we maximise it with respect to ⟨2⟩``."""
    wanted = _VARIABLES.search(sentence)
    numbers = [int(number) for number in re.findall(r"\d+", wanted["list"])] if wanted else []
    return Said(len(sentence), tuple(name for number in numbers for name in _names(formulas.get(number, ""))))


def works_out(before: str, text: str, after: str) -> bool:
    """Whether a formula works out the derivative that its sentence sets to zero: ``Setting $f' = 2x - 1$ to zero``."""
    return bool(_SETTING.search(before) and "=" in text and writes_a_derivative(text) and _TO_ZERO.match(after))


def _blank(match: re.Match[str], formulas: Mapping[int, str]) -> str:
    """A formula among the words: ``$0$`` as zero, any other as a letter of the same length."""
    zero = formulas.get(int(match.group(1)), "") in ("0", r"\mathbf{0}", r"\mathbf 0", r"\boldsymbol{0}")
    return "0".center(len(match.group())) if zero else "x" * len(match.group())


def _names(text: str) -> tuple[str, ...]:
    """``w`` and ``b`` of ``$w, b$``."""
    depth, names, start = 0, list[str](), 0
    for at, character in enumerate(text):
        depth += (character in "{([") - (character in "})]")
        if character == "," and not depth:
            names.append(text[start:at])
            start = at + 1
    return tuple(name.strip() for name in (*names, text[start:]) if name.strip())


def writes_a_derivative(text: str) -> bool:
    """Whether a formula writes the derivative itself: then it says what is set to zero."""
    return _WRITES_ONE.search(text) is not None


def the_objective(objectives: Sequence[Objective], variables: Sequence[str], context: Context) -> Objective | None:
    """The last of the objectives that depend on every variable and that none of the others is made of: one number, if
    there is one, and not each of several."""
    if not variables:
        return _last(list(objectives), context)
    names = [name for name in (variable_name(member(text, context), context) for text in variables) if name]
    if len(names) < len(variables):
        return None
    return _last([each for each in objectives if all(_reaches(context, each.term, name) for name in names)], context)


def _last(moved: list[Objective], context: Context) -> Objective | None:
    whole = [each for each in reversed(moved) if not any(_is_part(each, other, context) for other in moved)]
    one = [each for each in whole if not (isinstance(each.term, Sym) and each.term.indices)]
    return next(iter(one or whole), None)


def _is_part(one: Objective, other: Objective, context: Context) -> bool:
    """Whether an objective is written in terms of this one."""
    if one == other:
        return False
    calls = _called(other.term, context)
    return one.term.name in calls if isinstance(one.term, Sym | Apply) else False


def _called(term: Term, context: Context) -> set[str]:
    """The defined quantities and functions that a term is made of, itself aside."""
    found: set[str] = set()
    stack = [term]
    while stack:
        for part in subterms(stack.pop()):
            if isinstance(part, Sym | Apply) and part.name not in found:
                found.add(part.name)
                body = _body(part, context)
                stack += [] if body is None else [body]
    return found - ({term.name} if isinstance(term, Sym | Apply) else set())


def _body(part: Sym | Apply, context: Context) -> Term | None:
    if isinstance(part, Apply):
        function = context.functions.get(part.name)
        return None if function is None else function.body
    decl = context.symbols.get(part.name)
    return None if decl is None or decl.definition is None else decl.definition.body


def _reaches(context: Context, term: Term, name: str) -> bool:
    return any(depends_on(context, part, name) for part in mentioned(context, term))


def term_of(text: str, context: Context) -> Term | None:
    """What a text stands for, in its only reading."""
    try:
        terms = [typed.term for typed in node_readings(parse(text), context)]
    except ReadError:
        return None
    return terms[0] if len(terms) == 1 else None


def variable_name(text: str, context: Context) -> str:
    """The name of the quantity that a text stands for, if it is one that nothing defines."""
    try:
        terms = [typed.term for typed in node_readings(parse(text), context)]
    except ReadError:
        return ""
    term = terms[0] if len(terms) == 1 else None
    while isinstance(term, Array | Entry):
        term = term.body if isinstance(term, Array) else term.base
    names = {part.name for part in subterms(term) if isinstance(part, Sym)} if term is not None else set()
    name = names.pop() if len(names) == 1 else ""
    decl = context.symbols.get(name)
    return name if decl is not None and decl.definition is None else ""


def member(text: str, context: Context) -> str:
    """``\\theta_k`` for a family that is named without its index."""
    decl = context.symbols.get(text)
    if decl is None or not decl.family or decl.definition is not None:
        return text
    return f"{text}_{{{','.join(decl.family_names)}}}"


def arguments(objective: Objective) -> tuple[str, ...]:
    """What an objective is written as a function of: ``w`` of ``J(w)``."""
    try:
        node = parse(objective.text)
    except ReadError:
        return ()
    match node:
        case s.Juxt(parts=(s.Name() | s.Script() | s.Word(), s.Group(bracket="(", items=items, seps=seps))):
            stop = next((place for place, sep in enumerate(seps) if sep in ("|", ";")), len(items) - 1)
            return tuple(s.key(item) for item in items[: stop + 1])
    return ()


_POSTERIOR, _LIKELIHOOD = re.compile(r"(?i)\bposterior\b|\bMAP\b"), re.compile(r"(?i)\blikelihood\b|\bMLE?\b")


def parameters(objective: Objective, words: str) -> tuple[str, ...]:
    """What ``\\log p(w | y)`` is a function of, where words call it a posterior, or a likelihood, and not both.

    >>> posterior = Objective(r"\\log p(w | y)", Num(Fraction(0)))
    >>> parameters(posterior, "The log posterior is"), parameters(posterior, "The log likelihood of the data is")
    (('w',), ('y',))
    >>> parameters(posterior, "The posterior is the likelihood times the prior")
    ()
    """
    try:
        node = parse(objective.text)
    except ReadError:
        return ()
    posterior, likelihood = (kind.search(words) is not None for kind in (_POSTERIOR, _LIKELIHOOD))
    match node:
        case s.Juxt(parts=(s.Word(text="log"), _, s.Group(bracket="(", items=items, seps=seps))) if "|" in seps:
            stop = seps.index("|") + 1
            called = items[:stop] if posterior else items[stop:]
            return tuple(s.key(item) for item in called) if posterior != likelihood else ()
    return ()


def listed(sub: s.Node | None) -> tuple[str, ...]:
    """``w, b`` below ``\\min_{w, b}``."""
    match sub:
        case None:
            return ()
        case s.Group(items=items):
            return tuple(s.key(item) for item in items)
        case s.Relation(first=first):  # \min_{w \in \mathbb{R}^d}
            return listed(first)
    return (s.key(sub),)


def primal(objective: Objective, words: str, formulas: Mapping[int, str], context: Context) -> tuple[str, ...]:
    """What an objective is written as a function of, without what the words call multipliers; nothing if that is not
    clear: the derivative in the multiplier of an inequality, which cannot be negative, is not zero."""
    own = arguments(objective)
    multipliers = [
        name
        for found in _MULTIPLIER.finditer(words)
        for number in re.findall(r"\d+", found["list"])
        for name in _names(formulas.get(int(number), ""))
    ]
    called = {variable_name(text, context) for text in multipliers} - {""}
    kept: list[str] = []
    for text in own:
        name = variable_name(member(text, context), context)
        decl = context.symbols.get(name)
        if decl is None or (not called and "nonnegative" in decl.properties):
            return ()
        if name not in called:
            kept.append(text)
    return tuple(kept)


_SUPPOSES = re.compile(r"(?i)\b(?:for|if|when|with|in\s+the\s+case|assum\w+|suppos\w+|let|tak\w+|choos\w+)\s*\Z")
_FURTHER = re.compile(r"(?i)\s*,?\s*(?:and)?\s*")


def solved_next(pieces: Sequence[Found], number: int, context: Context) -> tuple[str, ...]:
    """The quantities of the formulas from here on that one is solved for: ``\\mu = …``, ``\\hat\\mu = …``; not those
    that get a value in a case, ``For $a = 1$ and $b = 0$``."""
    found: list[str] = []
    supposed = False
    for piece in pieces[number : number + AHEAD]:
        if piece.kind == "prose" and not _FURTHER.fullmatch(piece.text):
            supposed = _SUPPOSES.search(piece.text) is not None
        if supposed or piece.math is None or piece.kind not in ("display", "inline"):
            continue
        for chain in chains_of(piece.math.text, context):
            if not isinstance(chain.node, s.Relation) or chain.begins or chain.node.rest[0][0] not in ("=", ":="):
                continue
            text = source_of(chain.sides[0], piece.math.text)
            found += [each for each in (text, *unmarked(text)) if variable_name(each, context)][:1]
    return tuple(dict.fromkeys(found))


def root_in(objective: Objective, variable: str, context: Context) -> Root | None:
    """The derivative of an objective in a variable, set to zero; None if it cannot be read in just one way."""
    called, variable = isinstance(objective.term, Sym | Apply), member(variable, context)
    text = (
        f"\\frac{{\\partial {objective.text}}}{{\\partial {variable}}}"
        if called
        else f"\\frac{{\\partial}}{{\\partial {variable}}} \\left( {objective.text} \\right)"
    )
    return root_of_text(text, context)


def root_of_text(text: str, context: Context) -> Root | None:
    """A derivative as it is written, set to zero."""
    try:
        terms = [typed.term for typed in node_readings(parse(text), context)]
    except ReadError:
        return None
    if len(terms) != 1 or not variables_of(terms[0]):
        return None
    member = of_each_member(terms[0], context)
    if member is not None:
        return Root(Rel("=", member, Num(Fraction(0))), variables_of(member))
    return gradient_set_to_zero(Tail((terms[0],), (terms[0],), (), ""), context)


__all__ = ["Objective", "Said", "arguments", "root_in", "root_of_text", "said_of", "solved_next", "the_objective"]
