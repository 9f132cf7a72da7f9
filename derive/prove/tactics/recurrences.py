"""Recurrences put into each other: x_t = a x_{t-1} + g_t twice gives x_t = a² x_{t-2} + a g_{t-1} + g_t."""

from __future__ import annotations

from derive.language.context import Context
from derive.language.instances import at_index, free_indices
from derive.language.operators import ShapeError
from derive.language.terms import Entry, Index, Rel, Sym, subterms
from derive.prove.algebra import OutOfTime, TooHard
from derive.prove.evidence import PLAIN, Unrolled
from derive.prove.restricted import Excess, covered, excesses, restrictions, sure_excesses
from derive.prove.tactics import elimination
from derive.prove.workbench import Workbench

SHIFTS = (-1, 1, -2, 2)
DEPTH = 3


def search(bench: Workbench, hypotheses: tuple[Rel, ...], goal: Rel) -> Unrolled | None:
    """Evidence by recurrences, each also used some places further on or back."""
    if goal.op != "=" or not any(shifted_indices(h) for h in hypotheses):
        return None
    more = extended(bench.context, hypotheses, goal)
    try:
        moves = elimination.search(bench, more, goal, PLAIN, DEPTH, frozenset())
    except OutOfTime:
        raise
    except (TooHard, ShapeError, ZeroDivisionError):
        return None
    return None if moves is None else Unrolled(moves)


def check(bench: Workbench, hypotheses: tuple[Rel, ...], goal: Rel, evidence: Unrolled) -> bool:
    """Whether the recurrences bring the goal to zero."""
    more = extended(bench.context, hypotheses, goal)
    return goal.op == "=" and elimination.check(bench, more, goal, evidence.moves, PLAIN, frozenset())


def extended(context: Context, hypotheses: tuple[Rel, ...], goal: Rel) -> tuple[Rel, ...]:
    """The hypotheses, and the recurrences among them at other places: at those only where they say something for every
    value of the index that the goal is about."""
    known = sure_excesses(context, goal)
    found = dict.fromkeys(h for h in hypotheses if h.op == "=")
    for hypothesis in tuple(found):
        for name in sorted(shifted_indices(hypothesis)):
            for shift in SHIFTS:
                moved = _moved(context, hypothesis, name, shift, known)
                if moved is not None:
                    found[moved] = None
    return tuple(found)


def _moved(context: Context, hypothesis: Rel, name: str, shift: int, known: frozenset[Excess]) -> Rel | None:
    if any(name in about for about in restrictions(context)) or name not in context.indices:
        return None
    try:
        moved = at_index(hypothesis, name, shift, after=name)
    except ShapeError:
        return None
    outside = Excess(name, "high" if shift > 0 else "low", abs(shift))
    silent = excesses(context, moved) | {outside}
    return moved if isinstance(moved, Rel) and not covered(silent, known) else None


def shifted_indices(relation: Rel) -> frozenset[str]:
    """The indices that stand in a subscript plus or minus something: it may be a recurrence in them."""
    return frozenset(
        name
        for part in subterms(relation)
        if isinstance(part, Sym | Entry)
        for index in part.indices
        if not isinstance(index, Index)
        for name in free_indices(index)
    ) & free_indices(relation)


__all__ = ["check", "extended", "search", "shifted_indices"]
