"""Many statements in one context, each tried at the same few points: a quick way to tell which are worth a proof."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from derive.language.claims import Claim, Equal, SameOptimum, Statement, Step, terms_of
from derive.language.context import Context
from derive.language.effort import METER, SECOND, is_over
from derive.language.operators import ShapeError
from derive.language.terms import Op, Rel, named_parts
from derive.refute.arithmetic import CannotEvaluate, OutOfTime, Undefined
from derive.refute.attack import attack, decided, program_of, schedule
from derive.refute.checks import checks_for
from derive.refute.draws import NoPoint
from derive.refute.points import Sampler
from derive.refute.relations import Arena, Check, relation_check
from derive.refute.state import Point

POINTS = 3
"""At how many points a statement is tried."""

DRAWS = 8
"""How many points are drawn at most to find these."""

STEPS = 0.4 * SECOND
"""How much work one statement may take."""


@dataclass
class _Ground:
    """Statements about the same quantities, under the same hypotheses: an arena and points for all of them."""

    arena: Arena
    sampler: Sampler
    names: frozenset[str]
    hypotheses: tuple[Rel, ...]
    points: list[Point] = field(default_factory=list)
    drawn: bool = False

    def draw(self, deadline: float) -> list[Point]:
        """The points, drawn when they are asked for first."""
        if self.drawn:
            return self.points
        self.drawn = True
        self.sampler.deadline = deadline
        self.sampler.stepped = any(point.stepped for point in self.points)
        try:
            self._draw(deadline)
        finally:
            self.sampler.stepped = False
        return self.points

    def each(self, deadline: float) -> Iterator[Point]:
        """The points one by one, each with the time that is left for it."""
        for point in self.draw(deadline):
            point.deadline = deadline
            point.check_time()
            yield point

    def _draw(self, deadline: float) -> None:
        for number, (sizes, seed) in enumerate(schedule(self.arena.context, self.arena.subject, 1)):
            if len(self.points) >= POINTS or number == DRAWS or is_over(deadline):
                break
            try:
                self.points.append(self.sampler.point(sizes, seed))
            except NoPoint:
                continue
            except OutOfTime:
                break


class Trials:
    """The points drawn so far; statements about the same quantities share them."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.grounds: list[_Ground] = []

    def learn(self, claim: Claim, deadline: float) -> None:
        """Where this claim fails is a point to try others at: drawing one may be hard."""
        struck = attack(claim, deadline=deadline)
        if struck.point is not None:
            self._ground(claim.statement).points.insert(0, struck.point)

    def survives(self, statement: Statement, deadline: float) -> bool:
        """Whether a statement has a value at some point and fails at none (which proves nothing)."""
        try:
            ground = self._drawn(statement, deadline)
            with METER.at_most(STEPS):
                return self._survives(statement, ground, deadline)
        except (CannotEvaluate, ShapeError, RecursionError):
            return False

    def _drawn(self, statement: Statement, deadline: float) -> _Ground:
        """What a statement is tried on, with its points: these are drawn once, and what that takes is not taken from
        the statement."""
        with METER.at_most(STEPS):
            ground = self._ground(statement)
            ground.draw(deadline)
        return ground

    def outlives(self, statement: Equal | SameOptimum, other: Equal | SameOptimum, deadline: float) -> bool:
        """Whether a statement fails at no point, and holds at one at which another fails: where both hold, that may be
        for the sizes of the point alone."""
        sums = [Op("add", sides) for sides in ((statement.left, other.left), (statement.right, other.right))]
        both = replace(statement, left=sums[0], right=sums[1])
        try:
            ground = self._drawn(both, deadline)
            with METER.at_most(STEPS):
                checks = [self._check(each, ground) for each in (statement, other)]
                return self._holds_where_fails(checks[0], checks[1], ground, deadline)
        except (CannotEvaluate, ShapeError, RecursionError):
            return False

    def _holds_where_fails(self, check: Check, other: Check, ground: _Ground, deadline: float) -> bool:
        told = False
        for point in ground.each(deadline):
            try:
                if decided(check, point) is not None:
                    return False
                told = told or decided(other, point) is not None
            except Undefined:
                continue
        return told

    def _survives(self, statement: Statement, ground: _Ground, deadline: float) -> bool:
        check = self._check(statement, ground)
        agreed = 0
        for point in ground.each(deadline):
            try:
                if decided(check, point) is not None:
                    return False
            except Undefined:
                continue
            agreed += 1
        return agreed > 0

    def _ground(self, statement: Statement) -> _Ground:
        """What a statement is tried on: that of statements about at least the same quantities, if there is one."""
        hypotheses = statement.hypotheses if isinstance(statement, Step) else ()
        names = frozenset(part.name for term in terms_of(statement) for part in named_parts(term))
        for ground in self.grounds:
            if names <= ground.names and hypotheses == ground.hypotheses:
                return ground
        arena = Arena(program_of(self.context), statement)
        known = names | frozenset(arena.subject.symbols) | frozenset(arena.subject.functions)
        made = _Ground(arena, checks_for(statement, arena)[0][1], known, hypotheses)
        self.grounds.append(made)
        return made

    def _check(self, statement: Statement, ground: _Ground) -> Check:
        match statement:
            case Equal(left, right):
                return relation_check(Rel("=", left, right), ground.arena)
            case Step(conclusions=(conclusion,), both=False):
                return relation_check(conclusion, ground.arena)
        return checks_for(statement, ground.arena)[0][0]
