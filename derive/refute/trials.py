"""Many statements in one context, each tried at the same few points: a quick way to tell which are worth a proof."""

from __future__ import annotations

import time

from derive.language.claims import Claim, Statement, Step
from derive.language.context import Context
from derive.language.operators import ShapeError
from derive.language.terms import Rel
from derive.refute.arithmetic import CannotEvaluate, OutOfTime, Undefined
from derive.refute.attack import attack, decided, program_of, schedule
from derive.refute.checks import checks_for
from derive.refute.draws import NoPoint
from derive.refute.points import Sampler
from derive.refute.relations import Arena
from derive.refute.relevance import Subject
from derive.refute.state import Point

POINTS = 3
"""At how many points a statement is tried."""

DRAWS = 8
"""How many points are drawn at most to find these."""

TIME = 0.2
"""Seconds that one statement may take."""

_Key = tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...], tuple[Rel, ...]]


class Trials:
    """The points drawn so far, by what a statement is about; statements about the same share them."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.points: dict[_Key, list[Point]] = {}
        self.found: dict[_Key, Point] = {}

    def learn(self, claim: Claim, deadline: float) -> None:
        """Where this claim fails is a point to try others at: drawing one may be hard."""
        struck = attack(claim, deadline=deadline)
        if struck.point is not None:
            subject = Arena(program_of(self.context), claim.statement).subject
            self.found[_key(subject, _hypotheses(claim.statement))] = struck.point

    def survives(self, statement: Statement, deadline: float) -> bool:
        """Whether a statement has a value at some point and fails at none (which proves nothing)."""
        limit = min(deadline, time.monotonic() + TIME)
        try:
            arena = Arena(program_of(self.context), statement)
            check, sampler = checks_for(statement, arena)[0]
            agreed = 0
            for point in self._points(arena.subject, sampler, _hypotheses(statement), limit):
                point.deadline = limit
                try:
                    if decided(check, point) is not None:
                        return False
                except Undefined:
                    continue
                agreed += 1
        except (CannotEvaluate, ShapeError, RecursionError):
            return False
        return agreed > 0

    def _points(self, subject: Subject, sampler: Sampler, hypotheses: tuple[Rel, ...], limit: float) -> list[Point]:
        key = _key(subject, hypotheses)
        known = self.points.get(key)
        if known is not None:
            return known
        sampler.deadline = limit
        found = [self.found[key]] if key in self.found else []
        for number, (sizes, seed) in enumerate(schedule(self.context, subject, 1)):
            if len(found) == POINTS or number == DRAWS or time.monotonic() > limit:
                break
            try:
                found.append(sampler.point(sizes, seed))
            except NoPoint:
                continue
            except OutOfTime:
                break
        self.points[key] = found
        return found


def _hypotheses(statement: Statement) -> tuple[Rel, ...]:
    return statement.hypotheses if isinstance(statement, Step) else ()


def _key(subject: Subject, hypotheses: tuple[Rel, ...]) -> _Key:
    return (subject.symbols, subject.sizes, subject.functions, hypotheses)
