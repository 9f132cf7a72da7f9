"""Induction over an index: what holds at its first value, and at the next one if at this one, holds at all of them.

The step is shown for one value of the index: what is assumed of it (the statement there, recurrences there and at the
next value) is used for that value and no other.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from derive.language.context import Context
from derive.language.dependencies import direct
from derive.language.effort import METER, SECOND
from derive.language.extents import Extent, Range
from derive.language.instances import at_index, at_size, free_indices
from derive.language.operators import ShapeError
from derive.language.terms import Rel, Size, Sym, subterms
from derive.prove.algebra import TooHard
from derive.prove.evidence import PLAIN, Elimination, Evidence, Induction, Options, Reduction
from derive.prove.restricted import excesses, least_length, restrictions
from derive.prove.tactics import elimination
from derive.prove.tactics.recurrences import shifted_indices
from derive.prove.workbench import Workbench

DEPTH = 3
STEPS = 3.0 * SECOND
"""How much work induction may take to find its two parts."""


@dataclass(frozen=True)
class Part:
    """One of the two things to show: in a context, from hypotheses, with an index that is one value."""

    bench: Workbench
    hypotheses: tuple[Rel, ...]
    goal: Rel
    fixed: frozenset[str]


def search(bench: Workbench, hypotheses: tuple[Rel, ...], goal: Rel) -> Induction | None:
    """Evidence by induction over one of the goal's indices, if there is a recurrence to use."""
    hypotheses = tuple(h for h in hypotheses if h.op == "=")
    if goal.op != "=" or not any(shifted_indices(h) for h in hypotheses):
        return None
    with METER.at_most(STEPS):
        return _search(bench, hypotheses, goal)


def _search(bench: Workbench, hypotheses: tuple[Rel, ...], goal: Rel) -> Induction | None:
    for name in sorted(free_indices(goal)):
        found = _over(bench, hypotheses, goal, name)
        if found is not None:
            return found
    for size in sorted({part.name for part in subterms(goal) if isinstance(part, Size)}):
        for name in sorted(bench.context.indices):
            general = _generalised(bench.context, goal, size, name)
            found = None if general is None else _over(bench, hypotheses, general, name)
            if found is not None:
                return replace(found, size=size)
    return None


def _generalised(context: Context, goal: Rel, size: str, name: str) -> Rel | None:
    """The statement about T as one about every t up to T."""
    own = context.indices[name]
    least = least_length(own.high - own.low, context)
    if own.high != Extent.of(size) or name in free_indices(goal) or least is None or least < 0:
        return None
    try:
        general = at_size(goal, size, name)
    except ShapeError:
        return None
    return general if isinstance(general, Rel) else None


def _over(bench: Workbench, hypotheses: tuple[Rel, ...], goal: Rel, name: str) -> Induction | None:
    shown: list[Evidence] = []
    for part in parts(bench, hypotheses, goal, name):
        part.bench.until(bench.deadline)
        evidence = _closed(part)
        if evidence is None:
            return None
        shown.append(evidence)
    return Induction(name, shown[0], shown[1]) if len(shown) == 2 else None


def check(bench: Workbench, hypotheses: tuple[Rel, ...], goal: Rel, evidence: Induction) -> bool:
    """Whether both parts are shown."""
    hypotheses = tuple(h for h in hypotheses if h.op == "=")
    general = _generalised(bench.context, goal, evidence.size, evidence.index) if evidence.size else goal
    if general is None or general.op != "=":
        return False
    wanted = parts(bench, hypotheses, general, evidence.index)
    given = (evidence.first, evidence.following)
    return len(wanted) == 2 and all(_shows(part, shown) for part, shown in zip(wanted, given, strict=True))


def parts(bench: Workbench, hypotheses: tuple[Rel, ...], goal: Rel, name: str) -> list[Part]:
    """The statement at the first value of the index, and the step to the next value; nothing where it is not that
    plain."""
    context = bench.context
    own = context.indices.get(name)
    if own is None or own.low.constant not in (0, 1) or name in own.high.names or own.high.constant is not None:
        return []
    if excesses(context, goal) or not _always_defined(bench, goal, name):
        return []
    if any(name in about for about in restrictions(context)) or name in context.symbols:
        return []
    free = {index for relation in (goal, *hypotheses) for index in free_indices(relation)}
    if any(index in context.indices and name in context.indices[index].names for index in free):
        return []
    low = own.low.constant
    hypotheses = _relevant(context, hypotheses, goal)
    first = _moved(goal, name, low)
    if first is None:
        return []
    near = (*hypotheses, *_instances(context, hypotheses, own, name, (low,), number=True))
    begin = Part(bench, near, first, frozenset())
    step = _step(bench, hypotheses, goal, name, own)
    return [] if step is None else [begin, step]


def _step(bench: Workbench, hypotheses: tuple[Rel, ...], goal: Rel, name: str, own: Range) -> Part | None:
    """From t to t + 1 for t = 1..T-1, or from t - 1 to t for t = 1..T where the index begins at 0."""
    forward = own.low.constant == 1
    span = Range.upto(own.high - 1) if forward else Range.upto(own.high)
    context = bench.context.with_index(name, span)
    here, there = (0, 1) if forward else (-1, 0)
    known, wanted = (_moved(goal, name, shift, after=name) for shift in (here, there))
    if known is None or wanted is None or excesses(context, known) or excesses(context, wanted):
        return None
    plain = [h for h in hypotheses if not excesses(context, h)]
    near = (known, *plain, *_instances(bench.context, hypotheses, span, name, (here, there), number=False))
    inner = Workbench(context, bench.deadline, bench.names).for_terms((wanted.left, wanted.right))
    return Part(inner, tuple(dict.fromkeys(near)), wanted, frozenset((name,)))


def _moved(relation: Rel, name: str, value: int, *, after: str | None = None) -> Rel | None:
    try:
        moved = at_index(relation, name, value, after=after)
    except ShapeError:
        return None
    return moved if isinstance(moved, Rel) else None


def _instances(
    context: Context, hypotheses: tuple[Rel, ...], span: Range, name: str, shifts: tuple[int, ...], *, number: bool
) -> Iterator[Rel]:
    """The hypotheses with this index, or the one of a recurrence, at a number or at the index plus a number: where that
    lies in the range that they are about, and they say something there."""
    limited = frozenset(index for about in restrictions(context) for index in about)
    for hypothesis in hypotheses:
        for index in sorted(free_indices(hypothesis) - limited):
            own = context.indices.get(index)
            if own is None or (index != name and index not in shifted_indices(hypothesis)):
                continue
            for shift in shifts:
                low, high = (Extent.of(shift),) * 2 if number else (span.low + shift, span.high + shift)
                ends = [least_length(gap, context) for gap in (low - own.low, own.high - high)]
                there = context.with_index(index, Range(low, high))
                silent = any(one.index == index for one in excesses(there, hypothesis))
                moved = _moved(hypothesis, index, shift, after=None if number else name)
                if moved is not None and not silent and all(end is not None and end >= 0 for end in ends):
                    yield moved


def _always_defined(bench: Workbench, goal: Rel, name: str) -> bool:
    """Whether what the statement needs to have a meaning does not depend on the index, or is known."""
    return all(
        bench.known(condition) or name not in free_indices(condition.relation)
        for side in (goal.left, goal.right)
        for condition in bench.conditions(side)
    )


def _relevant(context: Context, hypotheses: tuple[Rel, ...], goal: Rel) -> tuple[Rel, ...]:
    """The hypotheses about the families and arrays that the goal is about, or that these lead to."""
    names = _families(context, goal)
    kept: list[Rel] = []
    waiting = list(hypotheses)
    while True:
        found = [h for h in waiting if _families(context, h) & names]
        if not found:
            return tuple(h for h in hypotheses if h in kept)
        kept += found
        waiting = [h for h in waiting if h not in found]
        names |= frozenset(name for h in found for name in _families(context, h))


def _families(context: Context, relation: Rel) -> frozenset[str]:
    """The families in a relation, also through definitions; where there are none, all quantities."""
    waiting = [part.name for part in subterms(relation) if isinstance(part, Sym)]
    found: dict[str, None] = {}
    while waiting:
        name = waiting.pop()
        if name not in found:
            found[name] = None
            waiting.extend(direct(context, name))
    families = frozenset(n for n in found if n in context.symbols and context.symbols[n].family)
    return families or frozenset(found)


def _closed(part: Part) -> Evidence | None:
    """Evidence for one part."""
    try:
        if part.bench.equal(part.goal.left, part.goal.right, PLAIN):
            return Reduction(PLAIN)
        for options in (PLAIN, Options(without_facts=True)):
            moves = elimination.search(part.bench, part.hypotheses, part.goal, options, DEPTH, part.fixed)
            if moves is not None:
                return Elimination(moves, options)
    except (TooHard, ShapeError, ZeroDivisionError, RecursionError):
        return None
    return None


def _shows(part: Part, evidence: Evidence) -> bool:
    match evidence:
        case Reduction(options, ()):
            return part.bench.equal(part.goal.left, part.goal.right, options)
        case Elimination(moves, options, None):
            return elimination.check(part.bench, part.hypotheses, part.goal, moves, options, part.fixed)
    return False


__all__ = ["check", "search"]
