"""Looks for the rewrites from a claim to zero, with the steps of the small replay. What it finds is checked there."""

from __future__ import annotations

from math import ceil
from typing import Any

from derive.certify.bounds import bounded
from derive.certify.consequences import followed
from derive.certify.graphs import level
from derive.certify.integrals import changes
from derive.certify.normal import Normal
from derive.certify.printed import hints
from derive.certify.reach import depends, reduced
from derive.certify.solving import solved
from derive.certify.stars import solving
from derive.certify.writing import Step, said, written
from derive.language.claims import Claim, Value
from derive.language.context import Context
from derive.replay import terms as t
from derive.replay.certificates import FORMAT, replay
from derive.replay.check import Proof, Steps
from derive.replay.data import Refused
from derive.replay.goals import Goal, at_most_outside, goals, ground, setting, strictly
from derive.replay.terms import ONE, ZERO, Poly, add, number, ordered, scale

DEEPEST = 4
MOST_CASES = 4


def certificate(claim: Claim) -> dict[str, Any] | None:
    """A certificate of rewrites of a claim, or None. The replay has gone through it."""
    t.begin()
    context = reduced(claim)
    try:
        if isinstance(claim.statement, Value):
            return checked(claim, context, hints(claim.statement, context))
        base = ground(claim.statement, context)
        found = goals(claim.statement, base)
        proofs = [_found(setting(claim.statement, goal, base), goal) for goal in found]
        if any(steps is None for steps in proofs):
            return None
        return checked(claim, context, proofs)
    except (Refused, RecursionError, ZeroDivisionError):
        return None


def _found(context: Context, goal: Goal) -> Steps | dict[str, Any] | None:
    """The steps that show a goal, or that it is a condition."""
    if goal.kind == "same":
        from derive.certify.objectives import related

        return related(context, goal)
    from derive.certify.derivatives import rewritten

    found = rewritten(context, goal)
    if found is not None:
        return found
    if goal.relation.op == ">" and goal.given and not goal.at:
        two = _both(context, goal)
        if two is not None:
            return two
    for how, other in (("", None), ("if", at_most_outside)):
        try:
            wanted = goal if other is None else other(goal, context)
            steps = Search(context, wanted).found()
        except Refused:
            if other is None:
                raise
            continue
        if steps is not None:
            return {how: steps} if how else steps
    return None


def _both(context: Context, goal: Goal) -> dict[str, Any] | None:
    """The steps that show that it is not less, and those that it is not the same."""
    try:
        least, other = (Search(context, each).found() for each in strictly(goal, context))
    except Refused:
        return None
    return None if least is None or other is None else {"strict": other, "least": least}


def checked(claim: Claim, context: Context, proofs: list[Any]) -> dict[str, Any]:
    """A certificate; the replay has gone through it."""
    found = {
        "format": FORMAT,
        "id": claim.id,
        "text": claim.text,
        "statement": written(claim.statement),
        "context": written(context),
        "proofs": proofs,
    }
    replay(found)
    return found


class Search:
    """One goal, and the ways to zero."""

    def __init__(self, context: Any, goal: Goal) -> None:
        self.context = context
        self.proof = Proof(context, goal)
        self.normal = Normal(self.proof)

    def found(self) -> Steps | None:
        """The steps, definitions unfolded from the top as what is left demands."""
        if self.proof.goal.relation.op != "=":
            return bounded(self, self.proof.start())
        return self.settled(self.proof.start(), True)

    def settled(self, p: Poly, consequences: bool) -> Steps | None:
        """The steps from p to zero, also those that use what is assumed."""
        steps: Steps = []
        while True:
            defined = self.defined(p)
            tail = self.zero(p, DEEPEST if defined else 0)
            if tail is None and self.proof.supposed:
                tail = self.solving(p)
            if tail is None and consequences and self.proof.goal.given:
                tail = solved(self, p) or level(self, p)
            if tail is None and consequences and self.proof.given and (self.proof.goal.given or not defined):
                tail = followed(self, p)
            if tail is not None:
                return steps + tail
            top = [n for n in defined if not any(m != n and depends(self.context, m, n) for m in defined)]
            if not top:
                return None
            steps.append({"define": top})
            p = self.proof.run(p, steps[-1:])

    def solving(self, p: Poly) -> Steps | None:
        """The steps from p to zero by the equations that a best point solves."""
        p, begun = self.normal.simple(p)
        p, steps = solving(self, p)
        tail = self.zero(p, DEEPEST) if steps else None
        return None if tail is None else [*begun, *steps, *tail]

    def defined(self, p: Poly) -> list[str]:
        """The defined quantities in p."""
        known = (self.context.symbols.get(n) for n in _quantities(p))
        return sorted(d.name for d in known if d is not None and d.definition is not None)

    def zero(self, p: Poly, depth: int) -> Steps | None:
        """The steps from p to zero."""
        ranges = dict(self.proof.ranges)
        raw = p
        p, steps = self.cleared(p)
        if p == ZERO:
            return steps
        if depth == 0:
            for also, first, before in (("values", p, steps), ("exponentials", p, steps), ("values", raw, [])):
                q, more = Normal(self.proof, also).simple(first)
                rest = self.zero(q, 1) if q != first else None
                if rest is not None:
                    return [*before, *more, *rest]
        if depth >= DEEPEST:
            return None
        for way in self.ways(p, depth):
            self.proof.ranges.clear()
            self.proof.ranges.update(ranges)
            try:
                q = self.proof.run(p, way)
            except Refused:
                continue
            rest = self.zero(q, depth + 1)
            if rest is not None:
                return [*steps, *way, *rest]
        cases = self.cases(p) if depth == 0 else None
        return None if cases is None else [*steps, *cases]

    def cases(self, p: Poly) -> Steps | None:
        """The steps from p to zero at each value of an index that has a few."""
        for n in sorted(t.free(p) & self.proof.ranges.keys()):
            low, high = self.proof.ranges[n]
            ends = [dict(end).get(frozenset(), 0) for end in (low, high)]
            if [number(end) for end in ends] != [low, high] or not 0 < ends[1] - ends[0] < MOST_CASES:
                continue
            values = range(int(ends[0]), int(ends[1]) + 1)
            proofs = [self.zero(t.opened(t.closed(p, [n]), [number(value)]), 1) for value in values]
            if all(steps is not None for steps in proofs):
                return [{"cases": n, "proofs": proofs}]
        return None

    def cleared(self, p: Poly, kinds: tuple[str, ...] = ("group",)) -> tuple[Poly, Steps]:
        """p in its normal form, times its denominators."""
        p, steps = self.normal.simple(p)
        for _ in range(14):
            worst: dict[Any, int] = {}
            for m, _ in p:
                for a, e in m:
                    if a[0] in kinds and e < 0:
                        worst[a] = min(worst.get(a, 0), -ceil(-e))
            if not worst:
                break
            a = min(worst, key=lambda a: (len(said(t.of(a))), said(t.of(a))))
            step: Step = {"times": ordered(p).index(a), "power": -worst[a]}
            p = self.proof.run(p, [step])
            p, more = self.normal.simple(p)
            steps += [step, *more]
        return p, steps

    def ways(self, p: Poly, depth: int) -> list[Steps]:
        """What may be tried next."""
        found: list[Steps] = []
        for low, high in sorted(
            {(a[1], a[2]) for m, _ in p for a, _ in m if a[0] == "sum"}, key=lambda ends: said(ends[1])
        ):
            for carrying in (True, False):
                way = self.summand(p, low, high, carrying)
                if way is not None and way not in found:
                    found.append(way)
        return found + list(changes(self, p))

    def summand(self, p: Poly, low: Poly, high: Poly, carrying: bool) -> Steps | None:
        """Take one sum off every term: where a denominator holds its index, first of all there."""
        atoms, at, some = ordered(p), [], False
        length = add(high, scale(low, -1), ONE)
        for m, _ in p:
            sums = [a for a, e in m if a[0] == "sum" and a[1:3] == (low, high) and e >= 1]
            best = sorted((a for a in sums if _carries(a)), key=lambda a: said(t.of(a)))
            some = some or bool(best)
            chosen = best or ([] if carrying else sorted(sums, key=lambda a: said(t.of(a))))
            if chosen:
                at.append(atoms.index(chosen[0]))
            elif len(length) != 1 or not all(dict(m).get(a, 0) >= e for a, e in next(iter(length))[0]):
                return None
        if carrying and not some:
            return None
        return [{"summand": [said(low), said(high)], "as": self.normal.fresh(), "at": sorted(set(at))}]


def _carries(a: Any) -> bool:
    """Whether the bound name of a sum stands in a denominator."""
    return any(b[0] == "group" and e < 0 and t.loose(b) for m, _ in a[3] for b, e in m)


def _quantities(p: Poly) -> set[str]:
    """The quantities in p: an index or a size may have the name of one."""
    found: set[str] = set()
    for a in {a for m, _ in p for a, _ in m}:
        found.update(a[1:2] if a[0] == "entry" else ())
        found.update(*(_quantities(x) for x in a[1:] if isinstance(x, frozenset)))
    return found
