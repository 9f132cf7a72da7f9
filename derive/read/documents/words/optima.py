r"""Optima claimed in words: "$y = f(x)$ achieves its maximum in $[0, 1]$ at", "the optimal $D(x)$ is"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

from derive.language.claims import Optimum
from derive.language.context import Context, SymbolDecl
from derive.language.dependencies import depends_on, mentioned
from derive.language.terms import Apply, Integral, Rel, Sym, Term, rebuild, subterms
from derive.read import syntax as s
from derive.read.declarations import declare
from derive.read.documents.definitions.defining import is_undeclared, unmarked
from derive.read.documents.definitions.forgetting import without_names
from derive.read.errors import ReadError
from derive.read.latex import node_readings
from derive.read.names import parts_of
from derive.read.parser import parse

_KIND = (
    r"(?P<kind>maxim\w+|minim\w+|smallest|least|largest|greatest)\b"
    r"(?!\s+(?:likelihood|a\s+posteriori|entropy|margin|norm|mean))"
)
_HAS = (
    r"(?:achieves|attains|reaches|has|takes|assumes|is)\s+"
    r"(?:(?:its|a|an|the|unique|global|only|then|thus|therefore|clearly)\s+)*"
)
_WHERE = (
    r"(?:\s*(?:in|on|over|within|for)\s+(?:the\s+(?:interval|set)\s+)?⟨(?P<domain>\d+)⟩)?\s*,?"
    r"\s*(?:precisely\s+|exactly\s+|only\s+)?(?:at|when|by|for)\s*"
    r"(?:(?:the\s+(?:point|choice|value)|choosing|taking|setting)\s*)?:?\s*\Z"
)
_UNDER = (
    r"(?:[\s,]*(?:with|for|and|where|over(?:\s+all)?)\s+⟨\d+⟩)*"
    r"(?:[\s,]*(?:under|subject\s+to|given|with|such\s+that)\s+(?:the\s+)?(?:constraint\s+)?(?:that\s+)?⟨(?P<under>\d+)⟩)?"
)
_BEFORE = re.compile(
    rf"(?i)\b(?:which|it|this|that|the\s+(?:[a-z-]+\s+)?(?:objective|loss|likelihood|cost|criterion|risk|bound|function))"
    rf"{_UNDER}[\s,]*{_HAS}{_KIND}(?:\s+value)?{_WHERE}"
)
"""What is said of the function that stands before the sentence, or before its last words."""
_OF_DISPLAY = re.compile(rf"(?i)\A[\s,]*(?:(?:which|and|and\s+(?:this|it))\s+)?{_HAS}{_KIND}(?:\s+value)?{_WHERE}")
"""What a sentence goes on to say of the display in it: ``The bound [display] is minimised by``."""
_SAYS = (
    re.compile(
        rf"(?<!under )(?<!subject to )⟨(?P<objective>\d+)⟩{_UNDER}[\s,]*(?:which\s+|that\s+)?"
        rf"{_HAS}{_KIND}(?:\s+value)?{_WHERE}"
    ),
    re.compile(
        rf"(?:the\s+)?(?:unique\s+|global\s+)*{_KIND}\s+(?:value\s+)?of\s+(?:the\s+function\s+)?⟨(?P<objective>\d+)⟩"
        r"(?:\s*(?:in|on|over|within|for)\s+(?:the\s+(?:interval|set)\s+)?⟨(?P<before>\d+)⟩)?"
        rf"\s*(?:is\s+)?(?:attained|achieved|reached|taken|located|found|lies)?{_WHERE}"
    ),
    re.compile(
        r"(?:the\s+)?(?:unique\s+|global\s+)*(?P<kind>maximi[sz]er|minimi[sz]er)\s+of\s+(?:the\s+function\s+)?"
        r"⟨(?P<objective>\d+)⟩(?:\s*(?:in|on|over|within)\s+(?:the\s+(?:interval|set)\s+)?⟨(?P<domain>\d+)⟩)?"
        r"\s*(?:is|equals|lies\s+at)(?:\s+(?:then|thus|therefore|given\s+by|attained\s+at))*\s*:?\s*\Z"
    ),
)
_OBJECTIVE_FOLLOWS = re.compile(rf"[\s,]*(?:which\s+|that\s+)?{_HAS}{_KIND}")
_OBJECTIVE_BEFORE = re.compile(rf"{_KIND}\s+(?:value\s+)?of\s+(?:the\s+function\s+)?\Z")
_OPTIMAL = re.compile(
    r"\boptimal\s+(?:value\s+of\s+|choice\s+of\s+)?⟨(?P<name>\d+)⟩\s*(?:is|becomes|equals)(?:\s+given\s+by)?\s*:?\s*\Z"
)
_IS = (
    r"\s*(?:is|are|equals|becomes|lies\s+at)"
    r"(?:\s+(?:then|thus|therefore|hence|simply|now|given\s+by|attained\s+at))*\s*:?\s*\Z"
)
_ESTIMATES = (
    re.compile(rf"⟨(?P<objective>\d+)⟩[\s,]*(?:and\s+)?whose\s+(?:unique\s+)?(?P<kind>maximi[sz]er|minimi[sz]er){_IS}"),
    re.compile(
        r"(?i)\b(?P<kind>maximi[sz]|minimi[sz])(?:ing|ation\s+of)\s+(?:the\s+[a-z-]+\s+)?⟨(?P<objective>\d+)⟩"
        r"(?:\s*(?:over|in|with\s+respect\s+to|w\.r\.t\.)\s+⟨\d+⟩)?\s*,?\s*"
        r"(?:gives|yields|leads\s+to|results\s+in|we\s+(?:get|obtain|find))(?:\s+(?:the\s+)?(?:estimate|solution))?\s*:?\s*\Z"
    ),
    re.compile(
        r"(?i)\b(?:the|our|its)\s+(?:(?:corresponding|resulting|usual)\s+)?(?P<likely>MLE|"
        rf"(?:maximum[- ]likelihood|ML)\s+estimat(?:e|or))(?:\s+(?:of|for)\s+(?:the\s+[a-z]+\s+)?⟨\d+⟩)?{_IS}"
    ),
    re.compile(
        r"(?i)\b(?:the|its|whose)\s+(?:(?:unique|global|exact|corresponding|population)\s+)*(?P<kind>maximi[sz]er|minimi[sz]er)"
        rf"(?:\s+of\s+(?:it|(?:this|the)\s+(?:function|objective|loss|risk|cost|criterion|sum)))?(?:\s+(?:satisfies|obeys)\s*:?\s*\Z|{_IS})"
    ),
    re.compile(
        r"(?i)\b(?:the|its|whose)\s+(?:(?:unique|global)\s+)*(?P<kind>maximum|minimum)(?:\s+is)?(?:\s+(?:then|thus))?\s+"
        r"(?:attained|achieved|reached|taken|lies|occurs)\s+(?:at|for|by)\s*:?\s*\Z"
    ),
    re.compile(
        r"(?i)\b(?:the|its|whose)\s+(?:(?:unique|global|exact|corresponding|population)\s+)*(?P<best>optimum|"
        r"(?:optimal|best)\s+(?!value\b|risk\b|loss\b|cost\b|score\b)[a-z-]+)"
        rf"(?:\s+⟨\d+⟩)?(?:\s+(?:satisfies|obeys)\s*:?\s*\Z|{_IS})"
    ),
)
"""Words before a name that is new, and what it is: ``whose maximiser is``, ``Maximising ⟨1⟩ gives``, ``the MLE is``."""
_EXTREME = re.compile(r"(?i)\b(maxim|minim)")
_BOUNDS = frozenset({"positive", "nonnegative", "negative", "unit", "open_unit", "nonzero"})


@dataclass(frozen=True)
class Claimed:
    """What the words before a formula claim it to be: an optimum of formula number ``objective`` over formula number
    ``domain``, and ``under`` a constraint; or the best value of the function in formula ``name``; or an optimum of what
    stands before the sentence."""

    kind: str
    objective: int | None = None
    domain: int | None = None
    name: int | None = None
    under: int | None = None
    estimate: bool = False
    """Whether the words name a new quantity, the estimate of what a function of one quantity is optimised in."""


def claimed(sentence: str, section: str) -> Claimed | None:
    """What a sentence so far, with its formulas numbered, says of the formula that comes next.

    >>> claimed("the function ⟨3⟩ achieves its maximum in ⟨5⟩ at ", "")
    Claimed(kind='max', objective=3, domain=5, name=None, under=None, estimate=False)
    >>> claimed(" is smallest for ", "")
    Claimed(kind='min', objective=None, domain=None, name=None, under=None, estimate=False)
    """
    for pattern in _SAYS:
        found = pattern.search(sentence)
        if found is not None:
            domain, under = found["domain"] or found.groupdict().get("before"), found.groupdict().get("under")
            return Claimed(
                _kind(found["kind"]),
                int(found["objective"]),
                int(domain) if domain else None,
                under=int(under) if under else None,
            )
    found = _BEFORE.search(sentence) or _OF_DISPLAY.match(sentence)
    if found is not None:
        places = (found.groupdict().get(name) for name in ("domain", "under"))
        domain, under = (int(place) if place else None for place in places)
        return Claimed(_kind(found["kind"]), domain=domain, under=under)
    for pattern in _ESTIMATES:
        found = pattern.search(sentence)
        if found is not None and found.groupdict().get("likely") and not _of_likelihood(section):
            continue  # not of a posterior, say, that was optimised last
        if found is not None:
            said, number = found.groupdict().get("kind"), found.groupdict().get("objective")
            sought = _EXTREME.findall(section) if found.groupdict().get("best") else []
            said = said or (sought[-1] if sought else None)
            kind = said[:3].lower() if said else "stationary"
            return Claimed(kind, int(number) if number else None, estimate=True)
    found = _OPTIMAL.search(sentence)
    if found is None:
        return None
    said = _EXTREME.findall(section)
    return Claimed(said[-1][:3].lower() if said else "stationary", name=int(found["name"]))


def _kind(word: str) -> str:
    """``min`` or ``max``, of ``minimal``, ``smallest``, ``maximised``, …"""
    word = word.lower()
    return {"sma": "min", "lea": "min", "lar": "max", "gre": "max"}.get(word[:3], word[:3])


def _of_likelihood(section: str) -> bool:
    """Whether a section speaks of a likelihood, and of nothing else that has an optimum."""
    return re.search(r"(?i)likelihood", section) is not None and not re.search(
        r"(?i)\b(?:prior|posterior|a\s+posteriori|MAP|penal|regulari|ridge|lasso|smooth|pseudo)", section
    )


def is_objective(before: str, after: str) -> bool:
    """Whether a formula between these words is only what an optimum is claimed of."""
    return bool(_OBJECTIVE_FOLLOWS.match(after) or _OBJECTIVE_BEFORE.search(before))


def optimum_of(
    claim: Claimed, point: str, nodes: tuple[s.Node, ...], formulas: Mapping[int, str], before: str, context: Context
) -> tuple[Optimum, Context]:
    """``x = point`` as the optimum of a formula, or of what stands ``before``, and the context in which x ranges over
    the claimed set."""
    name, value = nodes
    objective = parse(before if claim.objective is None else formulas[claim.objective])
    if isinstance(objective, s.Relation):
        if any(op not in ("=", ":=") for op, _ in objective.rest):
            raise ReadError("expected the function that has this optimum, found a relation")
        objective = objective.rest[-1][1]
    if claim.domain is not None:
        context = _within(point, name, formulas[claim.domain], context)
    elif is_undeclared(name, context) and _variable(name, context) is None:
        context = declare(f"{point} \\in \\mathbb{{R}}", context)
    body, variable = _single(objective, context), _variable(name, context)
    if variable is None or not any(depends_on(context, part, variable.name) for part in mentioned(context, body)):
        raise ReadError(f"expected the optimum of a function of {point}")
    constraints = () if claim.under is None else _constraints(formulas[claim.under], context)
    return Optimum(claim.kind, body, (variable,), (_single(value, context),), constraints), context


def with_variable(optimum: Optimum, node: s.Relation, context: Context) -> tuple[Sym, Term]:
    """One more variable of an optimum and its best value, ``y = b``; :class:`ReadError` if it is none."""
    variable, value = _variable(node.first, context), _single(node.rest[0][1], context)
    depends = variable is not None and any(
        depends_on(context, part, variable.name) for part in mentioned(context, optimum.objective)
    )
    if variable is None or not depends or variable.name in {each.name for each in optimum.variables}:
        raise ReadError(f"expected another variable than {s.key(node.first)}")
    return variable, value


def _variable(node: s.Node, context: Context) -> Sym | None:
    """What ``\\hat\\theta_v`` is the best value of: the θ_v that is declared."""
    for each in (node, *map(parse, unmarked(s.key(node)))):
        if not is_undeclared(each, context):
            term = _single(each, context)
            return term if isinstance(term, Sym) else None
    return None


def _constraints(text: str, context: Context) -> tuple[Rel, ...]:
    """What the optimum is subject to: each relation of a chain."""
    node = parse(text)
    if not isinstance(node, s.Relation) or any(op not in ("=", "<=", ">=", "<", ">") for op, _ in node.rest):
        raise ReadError(f"expected a constraint, found {text}")
    sides = [_single(each, context) for each in (node.first, *(side for _, side in node.rest))]
    return tuple(Rel(op, left, right) for (op, _), (left, right) in zip(node.rest, pairwise(sides), strict=True))


def _within(text: str, name: s.Node, domain: str, context: Context) -> Context:
    """The context in which a variable ranges over ``[0, 1]``, or as ``x \\in [0, 1]`` says."""
    parts = parts_of(name)
    if parts is None:
        raise ReadError(f"expected a variable, found {text}")
    relation = parse(domain) if "\\in" in domain else None
    said = (
        domain if isinstance(relation, s.Relation) and s.key(relation.first) == s.key(name) else f"{text} \\in {domain}"
    )
    try:
        return declare(said, without_names(context, frozenset({parts[0], s.key(name)})))
    except ValueError as problem:
        raise ReadError(str(problem)) from problem


def _single(node: s.Node, context: Context) -> Term:
    terms = [typed.term for typed in node_readings(node, context)]
    if len(terms) != 1:
        raise ReadError("expected one reading of this optimum")
    return terms[0]


# -- optimal functions -------------------------------------------------------------------------------------------------
def pointwise(
    claim: Claimed, call: Term, value: Term, objective: Term, context: Context
) -> tuple[Optimum, Context] | None:
    """``D(x) = value`` as the optimum of an integral over x in the function D: of its integrand, at each x."""
    if not isinstance(call, Apply) or len(call.args) != 1 or call.indices:
        return None
    decl = context.functions.get(call.name)
    variable = call.args[0]
    if decl is None or decl.body is not None or decl.builtin or decl.shape or not isinstance(variable, Sym):
        return None
    if not isinstance(objective, Integral) or objective.low is not None or objective.high is not None:
        return None
    bound = Sym(objective.var)
    calls = [part for part in subterms(objective.body) if isinstance(part, Apply) and part.name == call.name]
    if not calls or any(len(part.args) != 1 or _bare(part.args[0]) != bound for part in calls):
        return None
    if any(isinstance(part, Apply) and part.name == call.name for part in subterms(value)):
        return None
    context = _with_point(objective, context)
    free = Sym(f"{call.name}({objective.var})")
    context = context.with_symbol(SymbolDecl(free.name, properties=frozenset({"real"}) | (decl.properties & _BOUNDS)))
    integrand = _replaced(objective.body, call.name, free)
    return Optimum(claim.kind, integrand, (free,), (_renamed(value, variable.name, objective.var),)), context


def _with_point(objective: Integral, context: Context) -> Context:
    """The context in which the variable of integration is any point."""
    old = context.symbols.get(objective.var, SymbolDecl(objective.var))
    return context.with_symbol(replace(old, shape=objective.shape, definition=None, depends=None))


def _bare(term: Term) -> Term:
    return Sym(term.name) if isinstance(term, Sym) and not term.indices else term


def _replaced(term: Term, function: str, by: Sym) -> Term:
    if isinstance(term, Apply) and term.name == function:
        return by
    return rebuild(term, lambda part: _replaced(part, function, by))


def _renamed(term: Term, old: str, new: str) -> Term:
    if isinstance(term, Sym) and term.name == old and not term.indices:
        return Sym(new, span=term.span)
    return rebuild(term, lambda part: _renamed(part, old, new))
