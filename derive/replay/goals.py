"""What shows a statement: relations to be reached from others; of a best point, that it is one and none is better."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import partial
from typing import Any

from derive.language.claims import (
    Compare,
    Equal,
    HasShape,
    Optimum,
    PositiveSemidefinite,
    SameOptimum,
    Statement,
    Step,
    WellDefined,
)
from derive.language.context import Context, Definition, SymbolDecl
from derive.language.extents import Extent
from derive.language.terms import (
    Apply,
    Big,
    Deriv,
    Entry,
    Index,
    Num,
    Op,
    Rel,
    Sym,
    Term,
    bound_names,
    rebuild,
    subterms,
)
from derive.replay import terms as t
from derive.replay.data import Refused
from derive.replay.reading import Reader

TURNED = {"<": ">", "<=": ">="}
DOMAINS = frozenset("real positive nonnegative negative open_unit unit simplex symmetric posdef".split())
ANY = "any*"
ZERO, ONE = Num(Fraction(0)), Num(Fraction(1))


@dataclass(frozen=True)
class Goal:
    """What follows from some relations: ``relation``, at each of its entries. ``at`` has the variables of a best point
    where the relation is to hold there; ``kind`` says that its left side is to be greatest (or least) there.
    ``domain``: it lies in that of its variable. ``times`` and ``rest``: the left is so often the right, and that more.
    ``inside``: what is differentiated there is rewritten before it is.
    """

    given: tuple[Rel, ...]
    relation: Rel
    at: tuple[str, ...] = ()
    kind: str = ""
    domain: bool = False
    times: str = ""
    rest: str = ""
    inside: tuple[tuple[Deriv, Any], ...] = ()


def goals(statement: Statement, context: Context) -> list[Goal]:
    """What shows a statement."""
    match statement:
        case Equal(left, right):
            return [Goal((), Rel("=", left, right))]
        case Compare(op, left, right):
            return [Goal((), turned(Rel(op, left, right)))]
        case HasShape() | WellDefined():
            return []
        case Step(known, wanted, both):
            ways = [(known, wanted), (wanted, known)] if both else [(known, wanted)]
            return [Goal((*a, *b[:n]), turned(goal)) for a, b in ways for n, goal in enumerate(b)]
        case Optimum("max" | "min" | "stationary"):
            return best(statement, context)
        case SameOptimum(_, variables, left, right):
            return [Goal((), Rel("=", left, right), tuple(v.name for v in variables), "same")]
        case PositiveSemidefinite(term):
            v = Sym(ANY)
            return [Goal((), Rel(">=", Op("mul", (Op("transpose", (v,)), term, v)), ZERO))]
    raise Refused(f"no certificate shows this {type(statement).__name__}")


def turned(r: Rel) -> Rel:
    """What is to be more on the left."""
    return Rel(TURNED[r.op], r.right, r.left) if r.op in TURNED else r


def under(goal: Goal, context: Context, steps: list[Any]) -> Goal:
    """What is differentiated is rewritten first: where the variable is free in its space and nothing is assumed, what
    is equal has equal derivatives."""
    if goal.given or goal.at or context.facts or goal.relation.op != "=":
        raise Refused("what is differentiated is known to be equal only where something else holds")
    return replace(goal, inside=tuple(zip(differentiated(goal, context), steps, strict=True)))


def differentiated(goal: Goal, context: Context) -> list[Deriv]:
    """The sides that are derivatives in one free quantity, if they are not turned."""
    found = []
    for side in (goal.relation.left, goal.relation.right):
        while isinstance(side, Op) and side.name == "transpose":
            side = side.args[0]
        match side:
            case Deriv(_, Sym(n, ()), False) if n in context.symbols:
                d = context.symbols[n]
                bare = not (d.properties - {"real", "positive"} or d.family or d.definition or d.depends)
                if bare and (d.low, d.high, d.values, d.label_range) == (None, None, (), None):
                    found.append(side)
    return found


def strictly(goal: Goal, context: Context) -> list[Goal]:
    """One number is more than another if it is not less, and if 1 = 0 where they are equal."""
    r, reader = goal.relation, Reader(context)
    ranks = [reader.read(side, {}).rank for side in (r.left, r.right)]
    if r.op != ">" or goal.at or any(ranks) or any(isinstance(x, Index) for x in subterms(r)):
        raise Refused("what is not of one number that it is more")
    same = Goal((*goal.given, replace(r, op="=")), Rel("=", ONE, ZERO))
    return [replace(goal, relation=replace(r, op=">=")), same]


def at_most_outside(goal: Goal, context: Context) -> Goal:
    """Where the edge is no part of its domain, a best point that is never beyond it is in it if it is not there."""
    if not goal.domain or goal.relation.op not in (">", "posdef"):
        raise Refused("what is no condition")
    if goal.relation.op == "posdef":
        v, whole = Sym(ANY), goal.relation.left
        return replace(goal, relation=Rel(">=", Op("mul", (Op("transpose", (v,)), whole, v)), ZERO), kind="edge")
    return replace(goal, relation=replace(goal.relation, op=">="), kind="edge")


def best(claim: Optimum, context: Context) -> list[Goal]:
    """A point lies in its domain, it satisfies what is asked of it, and none is better."""
    names = tuple(v.name for v in claim.variables)
    asked = [*claim.constraints, *_own(names, context)]
    if any(r.op != "=" for r in asked):
        raise Refused("a constraint that is no equation")
    there = [Goal((), r, names) for r in asked]
    ends = [Goal(claim.constraints, Rel(">=", claim.objective, ZERO), names, claim.kind)]
    if claim.kind == "stationary":
        if asked:
            raise Refused("a stationary point under a constraint")
        ends = [Goal((), Rel("=", Deriv(claim.objective, v), ZERO), names, claim.kind) for v in claim.variables]
    moved = [(point, elsewhere(point, names)) for point in claim.point]
    return [
        *_bounds(claim, context),
        *(Goal((), Rel("=", point, other)) for point, other in moved if other != point),
        *there,
        *ends,
    ]


def elsewhere(point: Term, names: Collection[str]) -> Term:
    """A point that speaks of the variables, with others in their places: it is shown to be the same for all of them."""
    if any(not set(names).isdisjoint(bound_names(x)) for x in subterms(point)):
        raise Refused("a variable that is bound in a point")
    if isinstance(point, Sym) and point.name in names:
        point = replace(point, name=f"{point.name}**")
    return rebuild(point, partial(elsewhere, names=names))


def _bounds(claim: Optimum, context: Context) -> list[Goal]:
    """What holds where a point lies in the domain of its variable."""
    found: list[Goal] = []
    for variable, point in zip(claim.variables, claim.point, strict=True):
        decl = context.symbols[variable.name]
        if decl.properties - DOMAINS or decl.values or decl.label_range or decl.definition or decl.depends is not None:
            raise Refused("a best point of something that is no free number")
        less, own = Op("neg", (point,)), decl.properties
        rest = Op("broadcast_add", (ONE, less))
        wanted = [
            (">", point, own & {"positive", "open_unit"}),
            (">=", point, own & {"nonnegative", "unit", "simplex"}),
            (">", less, own & {"negative"}),
            (">", rest, own & {"open_unit"}),
            (">=", rest, own & {"unit"}),
            ("posdef", point, own & {"posdef"}),
        ]
        if own & {"symmetric", "posdef"}:
            found.append(Goal((), Rel("=", point, Op("transpose", (point,)))))
        found += [Goal((), Rel(op, gap, ZERO), domain=True) for op, gap, asked in wanted if asked]
        if decl.low is not None:
            above = Op("broadcast_add", (point, Op("neg", (decl.low,))))
            found.append(Goal((), Rel(">" if decl.low_open else ">=", above, ZERO), domain=True))
        if decl.high is not None:
            below = Op("broadcast_add", (decl.high, less))
            found.append(Goal((), Rel(">" if decl.high_open else ">=", below, ZERO), domain=True))
    return found


def is_bare(fact: Term) -> bool:
    """Whether an assumption speaks of indices alone (``j != k``): it tells where the others hold."""
    return not any(isinstance(x, Sym | Apply | Entry) for x in subterms(fact))


def _own(names: tuple[str, ...], context: Context) -> list[Rel]:
    """What is assumed of the variables: of them themselves, or of what is defined by them."""
    reader, found = Reader(context), []
    for fact in context.facts:
        if not isinstance(fact.statement, Rel):
            raise Refused("something assumed that is no relation")
        sides = [reader.read(side, {}) for side in (fact.statement.left, fact.statement.right)]  # all is declared there
        about = frozenset().union(*(t.free(side.at(t.name("'r"), t.name("'c"))) for side in sides))
        if any(not reader.reached(n).isdisjoint(names) for n in about):
            found.append(fact.statement)
    for n in names:
        decl = context.symbols[n]
        if "simplex" in decl.properties:
            if len(decl.shape) > 1:
                raise Refused("a matrix of weights: which of them add up to 1 is not said")
            member = Sym(n, tuple(Index(i) for i in decl.family_names))
            whole = Op("total", (member,)) if decl.shape else Big("sum", decl.family_names[-1], decl.family[-1], member)
            found.append(Rel("=", whole, ONE))
    return found


def ground(claim: Statement, context: Context) -> Context:
    """The context in which a claim is shown: with a vector, or where a domain may be open."""
    if ANY in context.symbols:
        raise Refused("something is called as only the replay calls it")
    if isinstance(claim, PositiveSemidefinite):
        rows = Reader(context).read(claim.term, {}).rows
        n = next(iter(t.free(rows)), "")
        if rows != t.name(n):
            raise Refused("a matrix that has not as many rows as some size says")
        return context.with_symbol(SymbolDecl(ANY, shape=(Extent.of(n),)))
    if not isinstance(claim, Optimum):
        return context
    for n in {v.name for v in claim.variables} & {
        x.name for p in claim.point for x in subterms(p) if isinstance(x, Sym)
    }:
        if f"{n}**" in context.symbols:
            raise Refused("something is called as only the replay calls it")
        context = context.with_symbol(replace(context.symbols[n], name=f"{n}**"))
    definite = [d for v in claim.variables if "posdef" in (d := context.symbols[v.name]).properties]
    if definite:
        context = context.with_symbol(SymbolDecl(ANY, shape=definite[0].shape[:1]))
    return narrowed(claim, context)


def narrowed(claim: Optimum, context: Context) -> Context:
    """The objective is defined where what it takes logarithms of is positive: numbers from 0 to 1 are between them."""
    names = [v.name for v in claim.variables if not v.indices and "unit" in context.symbols[v.name].properties]
    reader = Reader(context)
    for n in names:
        objective, decl = reader.settled(reader.read(claim.objective, {}).number), context.symbols[n]
        logs = {a[1] for m, _ in objective for a, _ in m if a[0] == "log"}
        if {t.of(("entry", n)), t.minus(t.ONE, t.of(("entry", n)))} <= logs:
            context = context.with_symbol(replace(decl, properties=decl.properties - {"unit"} | {"open_unit"}))
    return context


def setting(claim: Statement, goal: Goal, context: Context) -> Context:
    """In which context a goal is shown: with the best point, where it is about that."""
    return starred(claim, context, bool(goal.kind)) if isinstance(claim, Optimum) and goal.at else context


def starred(claim: Optimum, context: Context, whole: bool = True) -> Context:
    """The context and the best point: a quantity of its own for each variable, with the properties of that, for it is
    shown that the point lies in the domain; that its entries add up to one is known where that is not to be shown."""
    for variable, point in zip(claim.variables, claim.point, strict=True):
        decl = context.symbols[variable.name]
        params = tuple(i.name for i in variable.indices if isinstance(i, Index))
        ranges = tuple(context.indices.get(n) for n in params)
        if len(set(params)) < len(variable.indices) or ranges != decl.family or star(decl.name) in context.symbols:
            raise Refused("a variable that does not stand for its whole family")
        less = frozenset({"nonnegative"}) if "simplex" in decl.properties else frozenset()
        own = decl.properties if whole else decl.properties - {"simplex"} | less
        there = Definition(params, elsewhere(point, [v.name for v in claim.variables]))
        context = context.with_symbol(
            replace(decl, name=star(decl.name), properties=own, definition=there, family_names=params)
        )
    names = {v.name for v in claim.variables}
    reader = Reader(context)
    if len(names) < len(claim.variables) or any(not reader.reached(star(n)).isdisjoint(names) for n in names):
        raise Refused("a point that depends on the variables")
    return context


def star(n: str) -> str:
    """The name of a best point."""
    return f"{n}*"
