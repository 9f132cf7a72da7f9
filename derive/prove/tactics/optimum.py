"""Optima: feasible, stationary with multipliers that are solved for, and curvature of one sign."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from derive.language.claims import Optimum, SameOptimum
from derive.language.context import SymbolDecl
from derive.language.shapes import shape_of
from derive.language.terms import Big, Index, Num, Op, Rel, Sym, Term, subterms
from derive.prove import signs
from derive.prove.algebra import Algebra, OutOfTime, TooHard
from derive.prove.atoms import ZERO, Atom, Ix, Mono, Poly, add, exponent, mono, of_atom, scale
from derive.prove.definedness import Condition, conditions_of
from derive.prove.differentiate import Target, differentiate
from derive.prove.evidence import Evidence, Proportional, Stationary
from derive.prove.lower import Bound, Lowering
from derive.prove.positivity import nonnegative
from derive.prove.raising import NotShown, raised
from derive.prove.tactics import domains
from derive.prove.workbench import Workbench, _is_zero
from derive.prove.zero import clear, is_zero

CURVATURES = ("concave", "reciprocal", "boundary", "logarithm")


@dataclass
class Problem:
    """An optimum claim read into one algebra, in which the variables are not bound by their constraints.

    The last fields keep what was once computed.
    """

    reader: Lowering
    plain: Lowering
    declared: Algebra
    written: Term
    objective: Poly
    constraints: tuple[Poly, ...]
    variables: tuple[Sym, ...]
    point: tuple[Term, ...]
    is_feasible: bool | None = None
    multipliers: list[Term | str] | None = None
    multipliers_known: bool = False


def search(bench: Workbench, claim: Optimum) -> Evidence | None:
    """Evidence that the point is the optimum, or None."""
    problem = bench.once(("optimum", claim), lambda: read(bench, claim))
    multipliers = stationary(problem)
    wanted = ("none",) if claim.kind == "stationary" else CURVATURES
    for curvature in wanted:
        if curvature != "boundary" and multipliers is None:
            continue
        evidence = Stationary(tuple(multipliers or ()), curvature)
        if check(bench, claim, evidence):
            return evidence
    return None


def check(bench: Workbench, claim: Optimum, evidence: Evidence) -> bool:
    """Whether the point is feasible and the evidence makes it an optimum."""
    if not isinstance(evidence, Stationary):
        return False
    if evidence.curvature == "logarithm":
        return _by_logarithm(bench, claim)
    problem = bench.once(("optimum", claim), lambda: read(bench, claim))
    if not feasible(problem) or not domains.may_contain_point(bench, claim):
        return False
    if not _defined_at_point(problem):
        return False
    if not _smooth(problem, problem.reader, problem.objective, problem.variables):
        return False
    if evidence.curvature == "none":
        return claim.kind == "stationary" and stationary(problem) is not None
    if claim.kind not in ("max", "min"):
        return False
    if not all(domains.is_convex(bench.context.symbols[v.name]) for v in claim.variables):
        return False
    sign = -1 if claim.kind == "max" else 1
    if evidence.curvature == "boundary":
        return _monotone_to_end(problem, sign)
    if stationary(problem) is None or not all(_affine(problem, g) for g in problem.constraints):
        return False
    if evidence.curvature == "concave":
        return bench.once(
            ("concave", claim), lambda: _curved(problem.reader, problem.objective, problem.variables, sign)
        )
    if evidence.curvature != "reciprocal" or problem.constraints:
        return False
    return bench.once(("reciprocal", claim), lambda: _curved_reciprocally(bench, problem, sign))


def _by_logarithm(bench: Workbench, claim: Optimum) -> bool:
    """Whether the objective is positive throughout, and its logarithm has this optimum: there it has one as well."""
    if claim.kind not in ("max", "min") or (isinstance(claim.objective, Op) and claim.objective.name == "log"):
        return False
    problem = bench.once(("optimum", claim), lambda: read(bench, claim))
    if signs.sign(problem.declared, problem.objective) != "+" or not domains.may_contain_point(bench, claim):
        return False
    if not all(domains.is_convex(bench.context.symbols[v.name]) for v in claim.variables) or not feasible(problem):
        return False
    if is_zero(problem.plain.algebra, at_point(problem, problem.objective)):
        return False
    other = replace(claim, objective=Op("log", (claim.objective,)))
    problem = bench.once(("optimum", other), lambda: read(bench, other))
    multipliers = stationary(problem)
    return multipliers is not None and any(
        check(bench, other, Stationary(tuple(multipliers), curvature)) for curvature in ("concave", "reciprocal")
    )


def read(bench: Workbench, claim: Optimum) -> Problem:
    """The claim's terms as normal forms."""
    names = tuple(v.name for v in claim.variables)
    if domains.constrained_otherwise(bench, names):
        raise TooHard("an inequality about a variable among the facts")
    inner = bench.unconditioned(*names)
    reader = Lowering(inner.reader().algebra, frozenset(names))
    gaps = []
    for relation in (*claim.constraints, *_own_constraints(bench, names)):
        if relation.op != "=":
            raise TooHard(f"a constraint with {relation.op}")
        if shape_of(relation.left, bench.context):
            raise TooHard("a constraint between vectors")
        one = reader.lower(relation.left, (), {})
        two = ZERO if _is_zero(relation.right) else reader.lower(relation.right, (), {})
        gap = clear(reader.algebra, add(one, scale(two, -1)))
        if gap not in gaps:
            gaps.append(gap)
    objective = reader.lower(claim.objective, (), {})
    declared = Workbench(inner.context, bench.deadline, bench.names).reader().algebra
    return Problem(
        reader, bench.reader(), declared, claim.objective, objective, tuple(gaps), claim.variables, claim.point
    )


def _own_constraints(bench: Workbench, names: tuple[str, ...]) -> list[Rel]:
    """What declarations already demand of the variables: a simplex adds up to one."""
    found = [
        fact.statement
        for fact in bench.context.facts
        if isinstance(fact.statement, Rel)
        and fact.statement.op == "="
        and any(isinstance(part, Sym) and part.name in names for part in subterms(fact.statement))
    ]
    for name in names:
        decl = bench.context.symbols.get(name)
        if decl is None or "simplex" not in decl.properties:
            continue
        one = Num(Fraction(1))
        if decl.shape:
            member = Sym(name, tuple(Index(n) for n in decl.family_names))
            found.append(Rel("=", Op("total", (member,)), one))
        elif decl.family:
            last = decl.family_names[-1]
            body = Sym(name, tuple(Index(n) for n in decl.family_names))
            found.append(Rel("=", Big("sum", last, decl.family[-1], body), one))
    return found


def at_point(problem: Problem, p: Poly) -> Poly:
    """p with every variable replaced by the claimed point."""
    values = {v.name: (v, term) for v, term in zip(problem.variables, problem.point, strict=True)}
    reader = problem.plain

    def change(atom: Atom) -> Poly | None:
        if atom.kind != "ent" or atom.head not in values:
            return None
        variable, term = values[atom.head]
        count = len(variable.indices)
        env = {}
        decl = reader.context.symbols[atom.head]
        for index, ix, r in zip(variable.indices, atom.ix[:count], decl.family, strict=True):
            if not isinstance(index, Index):
                if reader.ix(index, {}) is not ix:
                    return None
                continue
            env[index.name] = Bound("ix", ix=ix, scope=r)
        return reader.lower(term, atom.ix[count:], env)

    return reader.algebra.replace(p, change)


def feasible(problem: Problem) -> bool:
    """Whether the point satisfies every constraint."""
    if problem.is_feasible is None:
        problem.is_feasible = _feasible(problem)
    return problem.is_feasible


def _feasible(problem: Problem) -> bool:
    return all(is_zero(problem.plain.algebra, at_point(problem, gap)) for gap in problem.constraints)


def targets(problem: Problem) -> list[Target]:
    """A generic entry of each variable."""
    found = []
    for variable in problem.variables:
        decl = problem.reader.context.symbols[variable.name]
        family = []
        for index, r in zip(variable.indices, decl.family, strict=True):
            generic = isinstance(index, Index)
            ix = problem.reader.ix(index, {})
            if generic and ix.base not in problem.reader.algebra.range_of:
                problem.reader.algebra.range_of[ix.base] = problem.reader.algebra.range_key(r)
            family.append(ix)
        slots = [Ix(problem.reader.slot_range(e)) for e in decl.shape]
        found.append(Target("ent", variable.name, (*family, *slots)))
    return found


def stationary(problem: Problem) -> list[Term | str] | None:
    """The multipliers, as text, if the gradient at the point is a combination of the constraints' gradients."""
    if not problem.multipliers_known:
        problem.multipliers = _stationary(problem)
        problem.multipliers_known = True
    return problem.multipliers


def _stationary(problem: Problem) -> list[Term | str] | None:
    """One multiplier for each constraint that is needed, the same for every variable that the constraint binds."""
    algebra = problem.plain.algebra
    rows: list[tuple[Target, Poly, list[Poly]]] = []
    for target in targets(problem):
        reader = problem.reader._with(problem.reader.cuts, target.name)
        objective = problem.objective if reader is problem.reader else reader.lower(problem.written, (), {})
        gradient = at_point(problem, differentiate(reader.algebra, objective, target))
        normals = [at_point(problem, differentiate(problem.reader.algebra, gap, target)) for gap in problem.constraints]
        rows.append((target, gradient, normals))
    found: dict[int, Poly] = {}
    for target, gradient, normals in rows:
        open_ = [n for n, normal in enumerate(normals) if n not in found and not is_zero(algebra, normal)]
        if len(open_) != 1:
            continue
        rest = _unexplained(problem, gradient, normals, found)
        value = algebra.reduced(algebra.mul(rest, algebra.power(normals[open_[0]], -1)))
        own = {ix.base for ix in target.ix if ix.base} - problem.constraints[open_[0]].free
        if not own.isdisjoint(value.free):
            return None
        found[open_[0]] = value
    if all(is_zero(algebra, _unexplained(problem, gradient, normals, found)) for _, gradient, normals in rows):
        return [_shown(problem, found[n]) for n in sorted(found)]
    return None


def _shown(problem: Problem, value: Poly) -> Term | str:
    """A multiplier as a term; as the text of its normal form where there is none."""
    try:
        return raised(problem.plain.algebra, value)
    except NotShown:
        return str(value)


def _unexplained(problem: Problem, gradient: Poly, normals: list[Poly], found: dict[int, Poly]) -> Poly:
    """The gradient less the constraints' gradients times their multipliers."""
    algebra = problem.plain.algebra
    return add(gradient, *(scale(algebra.mul(value, normals[n]), -1) for n, value in found.items()))


def _defined_at_point(problem: Problem) -> bool:
    """Whether nothing that the objective divides by or takes a logarithm of is surely wrong at the point."""
    algebra = problem.plain.algebra
    for condition in conditions_of(problem.written, problem.reader.context):
        relation = condition.relation
        if condition.scope or shape_of(relation.left, problem.reader.context):
            continue
        value = at_point(problem, problem.reader.lower(relation.left, (), {}))
        known = "0" if is_zero(algebra, value) else signs.sign(algebra, value)
        if known in {"!=": ("0",), ">": ("0", "-", "0-"), ">=": ("-",)}[relation.op]:
            return False
    return True


def _smooth(problem: Problem, reader: Lowering, p: Poly, variables: tuple[Sym, ...]) -> bool:
    """Whether p has no kinks or poles in the variables on their domain."""

    def affine(q: Poly) -> bool:
        return _second(reader, q, variables)[1].is_zero

    names = frozenset(v.name for v in variables)
    return domains.is_smooth(reader.algebra, problem.declared, p, names, affine)


def _affine(problem: Problem, gap: Poly) -> bool:
    return _second(problem.reader, gap, problem.variables)[1].is_zero


def _directions(reader: Lowering, variables: tuple[Sym, ...]) -> list[SymbolDecl]:
    found = []
    for n, variable in enumerate(variables):
        decl = reader.context.symbols[variable.name]
        symmetric = decl.properties & {"symmetric", "posdef", "psd", "diagonal"}
        found.append(
            SymbolDecl(
                f"v^{{{n}}}",
                decl.family,
                decl.family_names,
                decl.shape,
                frozenset({"symmetric"}) if symmetric else frozenset(),
            )
        )
    return found


def _second(reader: Lowering, p: Poly, variables: tuple[Sym, ...]) -> tuple[Algebra, Poly]:
    """The second derivative of p along an arbitrary direction of all the variables, in an algebra that knows
    directions."""
    context = reader.context
    directions = _directions(reader, variables)
    for decl in directions:
        context = context.with_symbol(decl)
    algebra = Algebra(context, deadline=reader.algebra.deadline, names=reader.algebra.names)
    algebra.positive |= reader.algebra.positive
    algebra.positive_for_all = reader.algebra.positive_for_all
    algebra.nonzero |= reader.algebra.nonzero
    algebra.positive_names |= reader.algebra.positive_names
    algebra.sum_rules = reader.algebra.sum_rules
    wide = Lowering(algebra, reader.cuts)
    for _ in range(2):
        p = _along(wide, p, variables, directions)
    return algebra, p


def _along(wide: Lowering, p: Poly, variables: tuple[Sym, ...], directions: list[SymbolDecl]) -> Poly:
    total = ZERO
    for variable, direction in zip(variables, directions, strict=True):
        decl = wide.context.symbols[variable.name]
        pairs: list[tuple[str, str]] = []
        ixs: list[Ix] = []
        for index, r in zip(variable.indices, decl.family, strict=True):
            if isinstance(index, Index):
                key = wide.algebra.range_key(r)
                name = wide.algebra.fresh(key)
                pairs.append((name, key))
                ixs.append(Ix(name))
            else:
                ixs.append(wide.ix(index, {}))
        for e in decl.shape:
            name = wide.slot_range(e)
            pairs.append((name, wide.key(e)))
            ixs.append(Ix(name))
        reader = wide._with(wide.cuts, variable.name)
        inner = differentiate(reader.algebra, p, Target("ent", variable.name, tuple(ixs)))
        if reader is not wide:
            inner = wide.algebra.replace(inner, lambda atom: None)
        moved = wide.algebra.mul(inner, wide.algebra.entry(direction.name, tuple(ixs)))
        for name, key in pairs:
            moved = wide.algebra.sum_over(moved, name, key)
        total = add(total, moved)
    return total


def _curved(reader: Lowering, p: Poly, variables: tuple[Sym, ...], sign: int) -> bool:
    """Whether sign × (second derivative along any direction) is never negative."""
    algebra, second = _second(reader, p, variables)
    return nonnegative(algebra, scale(second, sign))


def _curved_reciprocally(bench: Workbench, problem: Problem, sign: int) -> bool:
    """The same after each positive variable (or posdef matrix) is replaced by its inverse."""
    context = problem.reader.context
    new: list[Sym] = []
    names: dict[str, str] = {}
    for n, variable in enumerate(problem.variables):
        decl = context.symbols[variable.name]
        if not decl.properties & {"positive", "posdef"}:
            return False
        name = f"P^{{{n}}}"
        names[variable.name] = name
        context = context.with_symbol(SymbolDecl(name, decl.family, decl.family_names, decl.shape, decl.properties))
        new.append(Sym(name, variable.indices))
    inner = Workbench(context, bench.deadline, bench.names, bench.assumed)
    reader = Lowering(inner.reader().algebra, problem.reader.cuts | frozenset(names.values()))
    algebra = reader.algebra
    algebra.positive |= problem.reader.algebra.positive
    algebra.positive_for_all = problem.reader.algebra.positive_for_all

    def change(atom: Atom) -> Poly | None:
        if atom.kind == "ent" and atom.head in names:
            decl = context.symbols[atom.head]
            if decl.shape:
                raise TooHard("a matrix variable that does not only occur inverted")
            return of_atom(Atom("ent", names[atom.head], atom.ix), -1)
        if atom.kind in ("inv", "det"):
            single = atom.args[0].single
            inside = single[0].factors[0][0] if single is not None and len(single[0].factors) == 1 else None
            if inside is not None and inside.kind == "ent" and inside.head in names:
                family = inside.ix[:-2]
                if atom.kind == "inv":
                    return algebra.entry(names[inside.head], (*family, *atom.ix))
                first, second = algebra.fresh(atom.head), algebra.fresh(atom.head)
                body = algebra.entry(names[inside.head], (*family, Ix(first), Ix(second)))
                return algebra.power(algebra.matrix_atom("det", atom.head, body, first, second), -1)
        return None

    try:
        moved = algebra.replace(problem.objective, change)
    except TooHard:
        return False
    problem.declared = Workbench(context, bench.deadline, bench.names).reader().algebra
    return _smooth(problem, reader, moved, tuple(new)) and _curved(reader, moved, tuple(new), sign)


def _monotone_to_end(problem: Problem, sign: int) -> bool:
    """One scalar variable on an interval: the point is an end of it, and the derivative has one sign up to there."""
    if len(problem.variables) != 1 or problem.constraints:
        return False
    variable = problem.variables[0]
    decl = problem.reader.context.symbols[variable.name]
    if decl.shape or decl.family or not isinstance(problem.point[0], Term):
        return False
    algebra = problem.reader.algebra
    gradient = differentiate(algebra, problem.objective, Target("ent", variable.name, ()))
    point = problem.plain.lower(problem.point[0], (), {})
    for end, closed, direction in ((decl.low, not decl.low_open, 1), (decl.high, not decl.high_open, -1)):
        if end is None or not closed or point != problem.plain.lower(end, (), {}):
            continue
        if nonnegative(algebra, scale(gradient, sign * direction)):
            return True
    return False


def search_same(bench: Workbench, claim: SameOptimum) -> Evidence | None:
    """Evidence that two objectives have the same optimum, or None."""
    return Proportional() if shows_same(bench, claim) else None


def shows_same(bench: Workbench, claim: SameOptimum) -> bool:
    """Whether left = c right + b with c > 0 and both free of the variables; or so for a logarithm (or the square) of
    what is positive (or never negative), which is greatest and least where that is.

    Few sides are multiples of each other, so that is asked first: what signs they have takes longer to find out.
    """
    forms: dict[Term, Poly] = {}

    def form(side: Term) -> Poly:
        if side not in forms:
            forms[side] = bench.reader().lower(side, (), {})
        return forms[side]

    for left, above in _alike(claim.left):
        for right, below in _alike(claim.right):
            asked = [condition for condition in (above, below) if condition is not None]
            try:
                found = _is_multiple(bench, claim, form(left), form(right))
            except OutOfTime:
                raise
            except (TooHard, ZeroDivisionError, RecursionError):
                if all(bench.known(condition) for condition in asked):
                    raise
                continue
            if found and all(bench.known(condition) for condition in asked):
                return True
    return False


def _alike(side: Term) -> list[tuple[Term, Condition | None]]:
    """A side, and increasing functions of it, each with what must hold for it to be one."""
    zero = Num(Fraction(0))
    return [
        (side, None),
        (Op("log", (side,)), Condition(Rel(">", side, zero))),
        (Op("pow", (side, Num(Fraction(2)))), Condition(Rel(">=", side, zero))),
    ]


def _is_multiple(bench: Workbench, claim: SameOptimum, left: Poly, right: Poly) -> bool:
    """Whether left = c right + b, with c > 0 and both free of the variables."""
    algebra = bench.reader().algebra
    names = {v.name for v in claim.variables}
    moving_left, moving_right = _moving(left, names), _moving(right, names)
    if moving_left.is_zero or moving_right.is_zero:
        return False
    for ratio in _ratios(algebra, moving_left, moving_right, names):
        if signs.sign(algebra, ratio) != "+":
            continue
        rest = add(left, scale(algebra.mul(ratio, right), -1))
        if _moving(clear(algebra, rest), names).is_zero or is_zero(algebra, _moving(rest, names)):
            return True
    return False


def _ratios(algebra: Algebra, left: Poly, right: Poly, names: set[str]) -> Iterator[Poly]:
    """How many times the right side the left one may be: what one is made of in the variables, as often as it stands
    in each; then term by term."""
    shares = _by_what_moves(left, names)
    for what, share in _by_what_moves(right, names).items():
        if what in shares:
            yield algebra.mul(shares[what], algebra.power(share, -1))
            break
    term, c = right.sorted()[0]
    for m, k in left.sorted():
        factors = dict(m.factors)
        for atom, e in term.factors:
            factors[atom] = exponent(factors.get(atom, 0) - e)
        ratio = algebra.collect(k / c, factors)
        if _moving(ratio, names).is_zero:
            yield ratio


def _by_what_moves(p: Poly, names: set[str]) -> dict[Mono, Poly]:
    """The factors in the variables of each term, and all that stands before them."""
    found: dict[Mono, Poly] = {}
    for m, c in p.sorted():
        moves = {atom for atom, _ in m.factors if _moving(of_atom(atom), names).terms}
        what = mono((atom, e) for atom, e in m.factors if atom in moves)
        share = mono((atom, e) for atom, e in m.factors if atom not in moves)
        found[what] = add(found.get(what, ZERO), Poly({share: c}))
    return found


def _moving(p: Poly, names: set[str]) -> Poly:
    """The terms that mention a variable."""

    def mentions(q: Poly) -> bool:
        for m in q.terms:
            for atom, _ in m.factors:
                if atom.kind == "ent" and atom.head in names:
                    return True
                if any(mentions(arg) for arg in atom.args):
                    return True
                if any(ix.atom is not None and ix.atom.head in names for ix in atom.ix):
                    return True
        return False

    return Poly({m: c for m, c in p.terms.items() if mentions(Poly({m: c}))})
