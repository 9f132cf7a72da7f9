"""Equation steps: every solution of the first satisfies the second (and back, for ⇔)."""

from __future__ import annotations

from fractions import Fraction

from derive.language.claims import Step
from derive.language.effort import METER, SECOND
from derive.language.instances import free_indices
from derive.language.shapes import shape_of
from derive.language.terms import Num, Op, Rel, Sym, Term, subterms
from derive.prove.algebra import OutOfTime, TooHard
from derive.prove.evidence import (
    PLAIN,
    Chain,
    Elimination,
    Evidence,
    Induction,
    MatrixAlgebra,
    Move,
    NonNegative,
    Options,
    Positive,
    Reduction,
    SquareRoot,
    Unrolled,
    Weighed,
)
from derive.prove.inverted import without_function
from derive.prove.positivity import nonnegative
from derive.prove.squared import without_root
from derive.prove.tactics import bounds, elimination, equality, induction, recurrences, square_roots
from derive.prove.tactics.hypotheses import facts_of, readings
from derive.prove.workbench import Workbench


def search(bench: Workbench, step: Step) -> Evidence | None:
    """Evidence for each conclusion (and for each hypothesis from the conclusions, if both ways are claimed)."""
    parts: list[Evidence] = []
    for hypotheses, goal in goals(bench, step):
        found = _one(bench, hypotheses, goal)
        if found is None:
            return None
        parts.append(found)
    return Chain(tuple(parts))


def check(bench: Workbench, step: Step, evidence: Evidence) -> bool:
    """Whether the evidence shows every conclusion."""
    wanted = goals(bench, step)
    if not isinstance(evidence, Chain) or len(evidence.parts) != len(wanted):
        return False
    return all(
        _check_one(bench, hypotheses, goal, part)
        for part, (hypotheses, goal) in zip(evidence.parts, wanted, strict=True)
    )


def _check_one(bench: Workbench, hypotheses: tuple[Rel, ...], goal: Rel, evidence: Evidence) -> bool:
    bench = bounds.assuming(bench, hypotheses)
    if isinstance(evidence, NonNegative | Weighed):
        return goal.op != "=" and bounds.check(bench, hypotheses, goal, evidence)
    given = hypotheses
    hypotheses = _equations(bench, hypotheses)
    match evidence:
        case Elimination(moves, options, used) if goal.op == "=":
            wanted = hypotheses if used is None else _those(hypotheses, used)
            return elimination.check(bench, wanted, goal, moves, options)
        case Induction() if goal.op == "=":
            return induction.check(bench, hypotheses, goal, evidence)
        case Unrolled() if goal.op == "=":
            return recurrences.check(bench, hypotheses, goal, evidence)
        case SquareRoot() if goal.op == "=":
            return check_root(bench, given, goal, evidence)
        case Reduction() if goal.op == "=":
            return equality.check(bench, goal.left, goal.right, evidence)
        case MatrixAlgebra() if goal.op == "=":
            return equality.check_matrices(bench, goal, evidence, hypotheses)
        case Positive(moves, refutation, options) if goal.op in (">", ">=", "<", "<="):
            return _shows_positive(bench, hypotheses, goal, moves, refutation, options)
    return False


def _shows_positive(
    bench: Workbench,
    hypotheses: tuple[Rel, ...],
    goal: Rel,
    moves: tuple[Move, ...],
    refutation: tuple[Move, ...],
    options: Options,
) -> bool:
    """The goal's difference becomes something that is never negative; and zero it cannot be, for then 1 = 0."""
    gap = elimination.goal_after(bench, hypotheses, _gap(goal), moves, options)
    if gap is None or not nonnegative(bench.reader(options).algebra, gap):
        return False
    if goal.op in (">=", "<="):
        return True
    if _is_wide(bench, goal):
        return False
    zero = (*hypotheses, Rel("=", goal.left, goal.right))
    return elimination.check(bench, zero, ABSURD, refutation, options, _one_value(goal))


def _one_value(goal: Rel) -> frozenset[str]:
    """The indices that are one value where a goal is supposed not to hold: it fails for some, not for all."""
    return free_indices(goal)


def _is_wide(bench: Workbench, goal: Rel) -> bool:
    """Whether a goal is about entries, of which some may fail and others not."""
    return bool(shape_of(goal.left, bench.context) or shape_of(goal.right, bench.context))


def _equations(bench: Workbench, hypotheses: tuple[Rel, ...]) -> tuple[Rel, ...]:
    """The equations among some relations, those between roots also squared, those that say what a logistic function
    is also solved for what it is taken of, and what absolute values are of what is not negative, or not positive: what
    follows from them follows from all."""
    found = tuple(relation for relation in hypotheses if relation.op == "=")
    numbers = (each for each in found if not _is_wide(bench, each))
    inside = (solved for relation in numbers if (solved := without_function(relation)) is not None)
    sizes = (size for each in hypotheses if not _is_wide(bench, each) and (size := _size(each)) is not None)
    squares = (squared for relation in found if (squared := without_root(relation)) is not None)
    return (*found, *squares, *inside, *sizes)


def _size(relation: Rel) -> Rel | None:
    """``|a| = a`` where ``a > 0`` or ``a >= 0``, and ``|a| = -a`` where it is not positive."""
    if relation.op not in (">", ">=", "<", "<=") or relation.right != Num(Fraction(0)):
        return None
    value = relation.left if relation.op in (">", ">=") else Op("neg", (relation.left,))
    return Rel("=", Op("abs", (relation.left,)), value)


def _gap(goal: Rel) -> Rel:
    """The relation whose difference must not be negative."""
    small, large = (goal.right, goal.left) if goal.op in (">", ">=") else (goal.left, goal.right)
    return Rel("=", large, small)


MATRIX_STEPS = 2.0 * SECOND
MATRIX_SHARE = 0.3
"""How long the free algebra of matrices may look for a step, in steps and as a share of what is left."""
ABSURD = Rel("=", Num(Fraction(1)), Num(Fraction(0)))


def goals(bench: Workbench, step: Step) -> list[tuple[tuple[Rel, ...], Rel]]:
    """What has to be shown, from what."""
    facts = facts_of(bench)
    there = _in_turn((*step.hypotheses, *facts), step.conclusions)
    return there + (_in_turn((*step.conclusions, *facts), step.hypotheses) if step.both else [])


def _in_turn(known: tuple[Rel, ...], wanted: tuple[Rel, ...]) -> list[tuple[tuple[Rel, ...], Rel]]:
    """Each goal from what is known and the equations shown before it."""
    found = []
    for goal in wanted:
        found.append((known, goal))
        if goal.op == "=":
            known = (*known, goal)
    return found


def _one(bench: Workbench, hypotheses: tuple[Rel, ...], goal: Rel) -> Evidence | None:
    bench = bounds.assuming(bench, hypotheses)
    if goal.op != "=":
        found = bounds.search(bench, hypotheses, goal)
        return found if found is not None or goal.op == "!=" else _positive(bench, _equations(bench, hypotheses), goal)
    given, hypotheses = hypotheses, _equations(bench, hypotheses)
    found = _without_elimination(bench, hypotheses, goal)
    if found is not None:
        return found
    problems: list[TooHard] = []
    for depth, used in _attempts(hypotheses, goal):
        for options in readings(bench):
            try:
                moves = elimination.search(bench, _those(hypotheses, used), goal, options, depth)
            except OutOfTime:
                raise
            except TooHard as limit:
                problems = [limit.with_traceback(None)]
                continue
            if moves is not None:
                return Elimination(moves, options, used)
    moves = elimination.saturate(bench, hypotheses, goal)
    if moves is not None:
        return Elimination(moves)
    again: Evidence | None = recurrences.search(bench, hypotheses, goal) or induction.search(bench, hypotheses, goal)
    again = again or by_root(bench, given, goal)
    if again is not None:
        return again
    if problems:
        raise problems.pop()  # what is raised is held by no frame that it holds
    return None


def by_root(bench: Workbench, hypotheses: tuple[Rel, ...], goal: Rel) -> Evidence | None:
    """Evidence for an equation with a square root, from one without it."""
    for number, alone in enumerate(square_roots.isolated(bench, goal)):
        line = alone.is_linear
        linear = equality.identity(square_roots.with_root(bench), line.left, line.right)
        if linear is None:
            continue
        for upwards in (True, False):
            parts: list[Evidence] = []
            for part in alone.goals(upwards=upwards):
                found = _one(bench, hypotheses, part)
                if found is None:
                    break
                parts.append(found)
            else:
                return SquareRoot(number, upwards, linear, tuple(parts))
    return None


def check_root(bench: Workbench, hypotheses: tuple[Rel, ...], goal: Rel, evidence: SquareRoot) -> bool:
    """Whether the goal is linear in its root, and signs and squares are as they should be."""
    ways = square_roots.isolated(bench, goal)
    if not 0 <= evidence.number < len(ways):
        return False
    alone = ways[evidence.number]
    line, wanted = alone.is_linear, alone.goals(upwards=evidence.upwards)
    return (
        equality.check(square_roots.with_root(bench), line.left, line.right, evidence.linear)
        and len(evidence.parts) == len(wanted)
        and all(_check_one(bench, hypotheses, part, shown) for part, shown in zip(wanted, evidence.parts, strict=True))
    )


def _those(hypotheses: tuple[Rel, ...], used: tuple[int, ...]) -> tuple[Rel, ...]:
    return tuple(hypotheses[n] for n in used if 0 <= n < len(hypotheses))


def _attempts(hypotheses: tuple[Rel, ...], goal: Rel) -> list[tuple[int, tuple[int, ...]]]:
    """How deep to look, and at which hypotheses: first at those about what the goal is about, then at all of them."""
    about = _names(goal.left) or _names(goal)
    near = tuple(n for n, hypothesis in enumerate(hypotheses) if _names(hypothesis) & about)
    everything = tuple(range(len(hypotheses)))
    tries = [(depth, everything) for depth in (1, 2, 3)]
    return tries if near in ((), everything) else [(1, near), (2, near), *tries]


def _names(term: Term) -> frozenset[str]:
    return frozenset(part.name for part in subterms(term) if isinstance(part, Sym))


def _without_elimination(bench: Workbench, hypotheses: tuple[Rel, ...], goal: Rel) -> Evidence | None:
    """A goal that holds whatever is assumed, or that follows in the free algebra of matrices."""
    found = equality.identity(bench, goal.left, goal.right)
    if found is not None:
        return found
    try:
        if bench.equal(goal.left, goal.right, PLAIN):
            return Reduction(PLAIN)
    except TooHard:
        pass  # the other ways have not been tried
    with METER.at_most(MATRIX_STEPS, MATRIX_SHARE):
        return equality.by_matrices(bench, goal, hypotheses, bench.deadline)


def _positive(bench: Workbench, hypotheses: tuple[Rel, ...], goal: Rel) -> Evidence | None:
    """Evidence for an inequality among the conclusions."""
    refutation: tuple[Move, ...] | None = ()
    if goal.op in (">", "<"):
        zero = (*hypotheses, Rel("=", goal.left, goal.right))
        refutation = elimination.saturate(bench, zero, ABSURD, fixed=_one_value(goal))
    if refutation is None:
        return None
    for moves in elimination.ways(bench, hypotheses, _gap(goal)):
        evidence = Positive(moves, refutation)
        if _check_one(bench, hypotheses, goal, evidence):
            return evidence
    return None
