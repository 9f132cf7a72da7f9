"""Where a relation certainly fails: for some value of its free indices, in some entry."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator

from flint import arb, fmpq

from derive.language.claims import (
    HasShape,
    Statement,
    terms_of,
)
from derive.language.extents import show_shape
from derive.language.operators import ShapeError
from derive.language.terms import Rel
from derive.refute import arithmetic as ar
from derive.refute.arithmetic import Imprecise, Undefined
from derive.refute.arrays import Worth, entries, zipped
from derive.refute.evaluate import Program
from derive.refute.facts import choices
from derive.refute.names import free_indices
from derive.refute.points import sampler_of
from derive.refute.relevance import subject_of
from derive.refute.state import Frame, Point
from derive.refute.witness import Failure, shown

CHOICES = 12
"""How many combinations of free indices are tried at one point."""


Check = Callable[[Point], Failure | None]
"""Whether the claim fails at a point; ``Undefined`` where it has no meaning."""


TOLERANCE = arb(fmpq(1, 10**9))


class Arena:
    """A claim made ready: the closures of its context, what it is about, and a sampler of admissible points."""

    def __init__(self, program: Program, statement: Statement) -> None:
        self.context = program.context
        self.program = program
        shapes = (statement.shape,) if isinstance(statement, HasShape) else ()
        self.subject = subject_of(terms_of(statement), shapes, self.context)
        self.sampler = sampler_of(program, self.subject)


def relation_check(relation: Rel, arena: Arena) -> Check:
    """Fails where the relation certainly does not hold, for some value of its free indices."""
    context, program = arena.context, arena.program
    free = free_indices(relation, context)
    scope = {name: context.indices[name] for name in free if name in context.indices}
    (a_shape, a), (b_shape, b) = program.side(relation.left, scope), program.side(relation.right, scope)
    if a_shape and b_shape and a_shape != b_shape:
        raise ShapeError(f"the two sides have different shapes: {show_shape(a_shape)} and {show_shape(b_shape)}")
    fails = FAILS[relation.op]

    def check(point: Point) -> Failure | None:
        state = point.state(program)
        undefined: list[Undefined] = []
        defined = False
        for frame in frames(point, free, arena):
            try:
                one, other = a(frame, state), b(frame, state)
            except Undefined as problem:  # log 0 for some index says nothing of the others
                undefined = [problem.with_traceback(None)]
                continue
            defined = True
            if any_fails(fails, one, other):
                return Failure(shown(one), shown(other), frame=shown_indices(frame, free))
        if undefined and not defined:
            raise undefined.pop()  # what is raised is held by no frame that it holds
        return None

    return check


FAILS: dict[str, Callable[[int], bool]] = {
    "=": lambda side: side != 0,
    "!=": lambda side: side == 0,
    "<": lambda side: side >= 0,
    "<=": lambda side: side > 0,
    ">": lambda side: side <= 0,
    ">=": lambda side: side < 0,
}


def any_fails(fails: Callable[[int], bool], left: Worth, right: Worth) -> bool:
    """Whether the relation certainly fails in an entry; ``Imprecise`` if none does and a ball is too wide to tell."""
    wide = False
    for gap in entries(zipped(operator.sub, left, right)):
        gap = ar.primal(gap)
        if isinstance(gap, fmpq) or (gap.is_finite() and not gap.contains(0)):
            if fails(ar.sign(gap)):
                return True
        elif not gap.is_finite() or gap.rad() > TOLERANCE:
            wide = True
    if wide:
        raise Imprecise
    return False


def shown_indices(frame: Frame, free: tuple[str, ...]) -> tuple[tuple[str, int], ...]:
    """The free indices and their values, for a reader."""
    return tuple((name, int(str(frame[name]))) for name in free)


def frames(point: Point, free: tuple[str, ...], arena: Arena) -> Iterator[Frame]:
    """Values of the free indices, at most ``CHOICES`` of them, none that the facts forbid."""
    count = 0
    for frame in choices(point.sizes, free, arena.context):
        if arena.sampler.allows(frame, free, point):
            count += 1
            if count > CHOICES:
                return
            yield frame
    if not count:
        raise Undefined("no admissible value of the free indices")
