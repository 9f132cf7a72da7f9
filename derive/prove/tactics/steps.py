"""Equation steps: every solution of the first satisfies the second (and back, for ⇔)."""

from __future__ import annotations

from derive.language.claims import Step
from derive.language.terms import Rel
from derive.prove.algebra import TooHard
from derive.prove.evidence import PLAIN, Chain, Elimination, Evidence, Options
from derive.prove.tactics import elimination
from derive.prove.tactics.equality import facts_of
from derive.prove.workbench import Workbench

READINGS = (PLAIN, Options(without_facts=True))


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
        isinstance(part, Elimination) and elimination.check(bench, hypotheses, goal, part.moves, part.options)
        for part, (hypotheses, goal) in zip(evidence.parts, wanted, strict=True)
    )


def goals(bench: Workbench, step: Step) -> list[tuple[tuple[Rel, ...], Rel]]:
    """What has to be shown, from what."""
    facts = facts_of(bench)
    there = [((*step.hypotheses, *facts), goal) for goal in step.conclusions]
    back = [((*step.conclusions, *facts), goal) for goal in step.hypotheses] if step.both else []
    return there + back


def _one(bench: Workbench, hypotheses: tuple[Rel, ...], goal: Rel) -> Evidence | None:
    problem: TooHard | None = None
    for depth in (1, 2, 3):
        for options in READINGS:
            try:
                moves = elimination.search(bench, hypotheses, goal, options, depth)
            except TooHard as found:
                problem = found
                continue
            if moves is not None:
                return Elimination(moves, options)
    if problem is not None:
        raise problem
    return None
