"""Goals under hypotheses that are inequalities: what is assumed, weighed by something of known sign, is taken off."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from derive.language.operators import ShapeError
from derive.language.shapes import shape_of
from derive.language.terms import Index, Num, Op, Rel, subterms
from derive.prove import restricted, signs
from derive.prove.algebra import Algebra
from derive.prove.atoms import ONE, Poly, add, exponent, number, scale
from derive.prove.definedness import Condition
from derive.prove.evidence import Evidence, NonNegative, Options, Weighed
from derive.prove.nonzero import as_norm
from derive.prove.positivity import nonnegative
from derive.prove.tactics import inequalities
from derive.prove.workbench import Workbench

MOST_WEIGHTS = 24
"""How many weights are tried for one hypothesis."""
DEPTH = 2
"""How many hypotheses are taken off one after the other."""
ZERO_TERM = Num(Fraction(0))
_UPWARDS = frozenset({">", ">="})
_ORDER = frozenset({"<", "<=", ">", ">="})


def assuming(bench: Workbench, hypotheses: Sequence[Rel]) -> Workbench:
    """The workbench in which the strict inequalities among some hypotheses (those without free indices) hold."""
    plain = (as_norm(bench.context, relation) or relation for relation in hypotheses)
    found = tuple(
        Condition(_above_zero(relation))
        for relation in plain
        if relation.op in ("<", ">", "!=") and _is_plain(bench, relation)
    )
    if not found:
        return bench
    return bench.once(
        ("assuming", found), lambda: Workbench(bench.context, bench.deadline, bench.names, (*bench.assumed, *found))
    )


def _above_zero(relation: Rel) -> Rel:
    """``a < b`` as ``b - a > 0``; ``a ≠ b`` as ``a - b ≠ 0``."""
    small, large = (relation.left, relation.right) if relation.op == "<" else (relation.right, relation.left)
    gap = large if small == ZERO_TERM else Op("add", (large, Op("neg", (small,))))
    return Rel("!=" if relation.op == "!=" else ">", gap, ZERO_TERM)


def _is_plain(bench: Workbench, relation: Rel) -> bool:
    """Whether a relation is one between numbers, not one for each value of an index."""
    try:
        if shape_of(relation.left, bench.context) or shape_of(relation.right, bench.context):
            return False
    except ShapeError:
        return False
    return not any(isinstance(part, Index) and part.name in bench.context.indices for part in subterms(relation))


def search(bench: Workbench, hypotheses: Sequence[Rel], goal: Rel) -> Evidence | None:
    """Evidence for an inequality that follows from other relations."""
    plain = inequalities.search(bench, goal.op, goal.left, goal.right)
    if plain is not None:
        return plain
    for options in inequalities.READINGS:
        if _shows(bench, hypotheses, goal, options):
            return Weighed(options)
    return None


def check(bench: Workbench, hypotheses: Sequence[Rel], goal: Rel, evidence: Evidence) -> bool:
    """Whether the evidence shows the goal."""
    match evidence:
        case NonNegative():
            return inequalities.check(bench, goal.op, goal.left, goal.right, evidence)
        case Weighed(options):
            return _shows(bench, hypotheses, goal, options)
    return False


def _shows(bench: Workbench, hypotheses: Sequence[Rel], goal: Rel, options: Options) -> bool:
    """Whether the goal's difference is a sum of hypotheses, each times a weight of the right sign, and of what is
    never negative."""
    if goal.op not in _ORDER:
        return False
    inner = goal
    while (lower := _under(inner)) is not None:
        if _by_weights(bench, hypotheses, lower, options):
            return True
        inner = lower
    return _by_weights(bench, hypotheses, goal, options)


def _under(goal: Rel) -> Rel | None:
    """``u ≤ v`` of ``exp u ≤ exp v``: an increasing function of both sides changes nothing where it is defined."""
    match goal:
        case Rel(op, Op(one, (left,)), Op(other, (right,))) if one == other and one in ("exp", "log"):
            return Rel(op, left, right)
        case Rel(op, Num(value=1), Op("exp", (right,))):
            return Rel(op, ZERO_TERM, right)
        case Rel(op, Op("exp", (left,)), Num(value=1)):
            return Rel(op, left, ZERO_TERM)
    return None


def _by_weights(bench: Workbench, hypotheses: Sequence[Rel], goal: Rel, options: Options) -> bool:
    algebra, wanted = _upwards(bench, goal, options)
    known = [(relation.op, _upwards(bench, relation, options)[1]) for relation in _alike(bench, hypotheses, goal)]
    return _taken_off(algebra, wanted, known, goal.op in ("<", ">"), DEPTH)


def _alike(bench: Workbench, hypotheses: Sequence[Rel], goal: Rel) -> Iterator[Rel]:
    """The hypotheses between sides of the goal's shape, and those between numbers."""
    shape = bench.shape(goal.left, goal.right)
    for relation in hypotheses:
        if relation.op not in (*_ORDER, "=") or restricted.may_say_nothing(bench.context, relation, goal):
            continue
        try:
            if bench.shape(relation.left, relation.right) in (shape, ()):
                yield relation
        except ShapeError:
            continue


def _upwards(bench: Workbench, relation: Rel, options: Options) -> tuple[Algebra, Poly]:
    """The difference that a relation says is not negative (or is zero)."""
    reader, gap = bench.difference(relation.left, relation.right, options)
    return reader.algebra, gap if relation.op in _UPWARDS or relation.op == "=" else scale(gap, -1)


def _taken_off(algebra: Algebra, wanted: Poly, known: list[tuple[str, Poly]], strict: bool, depth: int) -> bool:
    for place, (op, gap) in enumerate(known):
        for weight in _weights(algebra, wanted, gap):
            sign = signs.sign(algebra, weight)
            if not _is_defined(algebra, weight) or (op != "=" and sign not in ("+", "0+")):
                continue
            rest = add(wanted, scale(algebra.mul(weight, gap), -1))
            still = strict and not (op in ("<", ">") and sign == "+")
            if nonnegative(algebra, rest, strict=still):
                return True
            if depth > 1 and _taken_off(algebra, rest, known[place + 1 :], still, depth - 1):
                return True
    return False


def _is_defined(algebra: Algebra, weight: Poly) -> bool:
    """Whether a weight divides by nothing that could be zero, and has roots only of what is positive."""
    for m in weight.terms:
        for atom, e in m.factors:
            known = signs.atom_sign(algebra, atom)
            if (e < 0 or not isinstance(e, int)) and known != "+" and not (isinstance(e, int) and known == "-"):
                return False
    return True


def _weights(algebra: Algebra, wanted: Poly, gap: Poly) -> Iterator[Poly]:
    """What a hypothesis may be weighed by: one, two, and what makes one of its terms one of the goal's."""
    found: dict[Poly, None] = {ONE: None, number(2): None}
    for m, c in wanted.sorted():
        for first, k in gap.sorted():
            factors = dict(m.factors)
            for atom, e in first.factors:
                factors[atom] = exponent(factors.get(atom, 0) - e)
            found.setdefault(algebra.collect(c / k, factors))
            found.setdefault(algebra.collect(2 * c / k, factors))
    yield from list(found)[:MOST_WEIGHTS]


__all__ = ["assuming", "check", "search"]
