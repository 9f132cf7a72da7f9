"""Attack a claim: look for an admissible point where it certainly fails."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import product as all_of

from flint import arb, fmpq

from derive.language.claims import Claim, Equal
from derive.language.context import Context
from derive.language.operators import ShapeError
from derive.language.terms import Term
from derive.language.verdicts import Witness
from derive.refute import arithmetic as ar
from derive.refute.arithmetic import CannotEvaluate, Imprecise, Number, Undefined
from derive.refute.arrays import Arr, Worth, entries, zipped
from derive.refute.evaluate import Code, Frame, Point, Program, State, free_indices
from derive.refute.points import NoPoint, Sampler, choices

CHOICES = 12
"""How many combinations of free indices are tried at one point."""


@dataclass(frozen=True)
class Attack:
    """What an attack found: a certified counterexample, or at how many points the claim held."""

    witness: Witness | None
    points: int
    agreed: int
    note: str = ""
    point: Point | None = None


@dataclass(frozen=True)
class Failure:
    """Where and how a claim fails at a point."""

    left: str
    right: str
    note: str = ""
    frame: tuple[tuple[str, int], ...] = ()


Check = Callable[[Point], Failure | None]
"""Whether the claim fails at a point; ``Undefined`` where it has no meaning."""


class Arena:
    """A context made ready: closures and sampler, shared by its claims."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.program = Program(context)
        self.sampler = Sampler(self.program)


_ARENAS: list[Arena] = []


def arena_of(context: Context) -> Arena:
    """The arena of a context; the last few are kept."""
    for arena in _ARENAS:
        if arena.context is context:
            return arena
    arena = Arena(context)
    _ARENAS.append(arena)
    del _ARENAS[:-8]
    return arena


def attack(claim: Claim, *, deadline: float | None = None, effort: int = 1) -> Attack:
    """Look for a certified counterexample, smallest sizes first; ``deadline`` is a ``time.monotonic()`` time."""
    try:
        arena = arena_of(claim.context)
        check = _check_for(claim, arena)
    except (CannotEvaluate, ShapeError) as problem:
        return Attack(None, 0, 0, str(problem))
    search = _Search(arena, check, deadline)
    return search.run(effort)


def _check_for(claim: Claim, arena: Arena) -> Check:
    match claim.statement:
        case Equal(left, right):
            return _equal(left, right, arena)
    raise CannotEvaluate(f"claims of kind {type(claim.statement).__name__} are not attacked")


# -- the search ---------------------------------------------------------------------------------------------------
class _Search:
    def __init__(self, arena: Arena, check: Check, deadline: float | None) -> None:
        self.arena = arena
        self.check = check
        self.deadline = deadline
        self.points = 0
        self.agreed = 0
        self.note = ""

    def late(self) -> bool:
        return self.deadline is not None and time.monotonic() > self.deadline

    def run(self, effort: int) -> Attack:
        try:
            for sizes, seed in schedule(self.arena.context, effort):
                if self.late():
                    self.note = "out of time"
                    break
                found = self.try_point(sizes, seed)
                if found is not None:
                    return self.smallest(sizes, *found)
        except CannotEvaluate as problem:
            return Attack(None, self.points, self.agreed, str(problem))
        if self.points and not self.agreed and not self.note:
            self.note = "undefined at every point tried"
        elif not self.points and not self.note:
            self.note = "no admissible point was found"
        return Attack(None, self.points, self.agreed, self.note)

    def try_point(self, sizes: dict[str, int], seed: int) -> tuple[Point, Failure] | None:
        with ar.precision(ar.START_BITS):
            try:
                point = self.arena.sampler.point(sizes, seed)
            except NoPoint as problem:
                self.note = str(problem)
                return None
        self.points += 1
        try:
            failure = decided(self.check, point)
        except Undefined:
            return None
        if failure is None:
            self.agreed += 1
            return None
        return point, failure

    def smallest(self, sizes: dict[str, int], point: Point, failure: Failure) -> Attack:
        """The same failure at smaller sizes, if there is one."""
        names = list(sizes)
        least = [self.arena.context.sizes[name] for name in names]
        spans = [range(low, sizes[name] + 1) for low, name in zip(least, names, strict=True)]
        smaller = sorted(all_of(*spans), key=lambda row: (sum(row), row))
        for row in smaller[:24]:
            candidate = dict(zip(names, row, strict=True))
            if sum(row) >= sum(sizes.values()) or self.late():
                break
            for seed in range(3):
                found = self.try_point(candidate, seed)
                if found is not None:
                    return self.certified(*found)
        return self.certified(point, failure)

    def certified(self, point: Point, failure: Failure) -> Attack:
        return Attack(witness_of(point, failure, self.arena), self.points, self.agreed, "", point)


def decided(check: Check, point: Point) -> Failure | None:
    """The check at growing precision, until the balls decide."""
    bits = ar.START_BITS
    while True:
        try:
            with ar.precision(bits):
                return check(point)
        except Imprecise:
            bits *= 2
            if bits > ar.LIMIT_BITS:
                raise Undefined("a comparison could not be decided") from None


def schedule(context: Context, effort: int) -> Iterator[tuple[dict[str, int], int]]:
    """Sizes to try, with a seed each: all small, then different from one another, so that no two are mixed up."""
    names = list(context.sizes)
    least = [context.sizes[name] for name in names]
    rows: list[tuple[int, ...]] = [tuple(max(low, 2) for low in least), tuple(least)]
    for turn in range(len(names)):
        rows.append(tuple(max(low, 3 if i == turn else 2) for i, low in enumerate(least)))
    rows.append(tuple(max(low, 3 if i % 2 else 2) for i, low in enumerate(least)))
    seen: dict[tuple[int, ...], int] = {}
    minimum = 8 if not names else 6
    while len(rows) < minimum * effort:
        rows.append(rows[len(rows) % (len(names) + 2)])
    for row in rows:
        seed = seen.get(row, 0)
        seen[row] = seed + 1
        yield dict(zip(names, row, strict=True)), seed


# -- the kinds of claim -------------------------------------------------------------------------------------------
def _equal(left: Term, right: Term, arena: Arena) -> Check:
    context, program = arena.context, arena.program
    free = tuple(dict.fromkeys((*free_indices(left, context), *free_indices(right, context))))
    scope = {name: context.indices[name] for name in free if name in context.indices}
    (a_shape, a), (b_shape, b) = program.compile(left, scope), program.compile(right, scope)
    if a_shape and b_shape and a_shape != b_shape:
        raise ShapeError("the two sides have different shapes")

    def check(point: Point) -> Failure | None:
        state = State(program, point)
        for frame in frames(point, free, arena):
            one, other = a(frame, state), b(frame, state)
            if different(one, other):
                return Failure(shown(one), shown(other), frame=tuple((name, frame[name]) for name in free))
        return None

    return check


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


def different(left: Worth, right: Worth) -> bool:
    """Whether two values certainly differ in an entry; ``Imprecise`` if the balls are too wide to tell."""
    verdict = False
    for gap in entries(zipped(lambda a, b: a - b, left, right)):
        gap = ar.primal(gap)
        if isinstance(gap, fmpq):
            verdict = verdict or gap != 0
            continue
        if not gap.is_finite():
            raise Imprecise
        if not gap.contains(0):
            verdict = True
        elif gap.rad() > _TOLERANCE:
            raise Imprecise
    return verdict


_TOLERANCE = arb(fmpq(1, 10**9))


# -- what a reader sees -------------------------------------------------------------------------------------------
def shown_number(value: Number) -> str:
    """An exact fraction, or a decimal with its certain digits."""
    value = ar.primal(value)
    if isinstance(value, fmpq):
        return str(value)
    return str(value.str(12, radius=False))


def shown(value: Worth) -> str:
    """A number, or an array by rows."""
    nested = nested_text(value)
    return nested if isinstance(nested, str) else _flat(nested)


def _flat(value: object) -> str:
    return value if isinstance(value, str) else "[" + ", ".join(_flat(item) for item in value) + "]"  # type: ignore[attr-defined]


def nested_text(value: Worth) -> object:
    """The value as text, in nested lists."""
    if not isinstance(value, Arr):
        return shown_number(value)
    return _nest([shown_number(entry) for entry in value.data], value.dims)


def _nest(flat: list[object] | list[str], dims: tuple[int, ...]) -> object:
    if len(dims) <= 1:
        return list(flat)
    step = len(flat) // dims[0] if dims[0] else 0
    return [_nest(flat[i * step : (i + 1) * step], dims[1:]) for i in range(dims[0])]


def witness_of(point: Point, failure: Failure, arena: Arena) -> Witness:
    """The point and the failure, in words."""
    values: dict[str, object] = {}
    for name, members in point.values.items():
        if members:
            values[name] = _family_text(members)
    for name, formula in point.unknowns.used.items():
        values[name] = formula
    for name, at in failure.frame:
        values[name] = str(at)
    return Witness(dict(point.sizes), values, failure.left, failure.right, failure.note)


def _family_text(members: dict[tuple[int, ...], Worth]) -> object:
    if () in members:
        return nested_text(members[()])

    def level(rows: list[tuple[tuple[int, ...], Worth]]) -> object:
        if len(rows) == 1 and not rows[0][0]:
            return nested_text(rows[0][1])
        groups: dict[int, list[tuple[tuple[int, ...], Worth]]] = {}
        for place, value in rows:
            groups.setdefault(place[0], []).append((place[1:], value))
        return [level(group) for group in groups.values()]

    return level(list(members.items()))
