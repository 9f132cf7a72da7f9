"""Attack a claim: look for an admissible point where it certainly fails."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import chain, combinations
from itertools import product as all_of

from derive.language.claims import Claim, Compare, PositiveSemidefinite, Step, terms_of
from derive.language.context import Context
from derive.language.domains import asked_beyond_sums
from derive.language.effort import METER, SECOND, is_over
from derive.language.operators import ShapeError
from derive.language.verdicts import Witness
from derive.refute import arithmetic as ar
from derive.refute.arithmetic import CannotEvaluate, Imprecise, Undefined
from derive.refute.checks import checks_for
from derive.refute.draws import NoPoint
from derive.refute.evaluate import Program
from derive.refute.moments import as_normal
from derive.refute.points import Sampler, sampler_of
from derive.refute.relations import Arena, Check, relation_check
from derive.refute.relevance import Subject
from derive.refute.state import Point
from derive.refute.witness import Failure, witness_of

LOST = 0.5 * SECOND
"""How much work may be lost on points that are not found, once a claim has held at one."""

MOST_LINES = 3
"""How many lines a step may rest on before points are sought for the equations alone."""


@dataclass(frozen=True)
class Attack:
    """What an attack found: a certified counterexample (and its exact point), or at how many points the claim held.

    ``note`` says why, where the claim could not be tried.
    """

    witness: Witness | None
    points: int
    agreed: int
    note: str = ""
    point: Point | None = None


_PROGRAMS: list[Program] = []


def program_of(context: Context) -> Program:
    """The closures of a context; those of the last few contexts are kept, also for others that say the same."""
    for program in _PROGRAMS:
        if program.context.says_the_same_as(context):
            return program
    program = Program(context)
    _PROGRAMS.append(program)
    del _PROGRAMS[:-8]
    return program


def forget_programs() -> None:
    """Keep nothing of what was made ready."""
    _PROGRAMS.clear()


@contextmanager
def without_programs() -> Iterator[None]:
    """Nothing is taken inside the block from what was made ready before it, nor afterwards from what was made in it."""
    kept, _PROGRAMS[:] = _PROGRAMS[:], []
    try:
        yield
    finally:
        _PROGRAMS[:] = kept


MANY = 8
"""From which effort on points are also sought at corners."""


def attack(claim: Claim, *, deadline: float | None = None, effort: int = 1, any_size: bool = False) -> Attack:
    """Look for a certified counterexample, smallest sizes first; ``deadline`` is a ``time.monotonic()`` time. With
    ``any_size`` the first one that is found will do, where nobody is shown it."""
    try:
        return _attack(claim, deadline, effort, any_size)
    except RecursionError:
        return Attack(None, 0, 0, "the claim is too deeply nested to evaluate")


def _attack(claim: Claim, deadline: float | None, effort: int, any_size: bool) -> Attack:
    claim = as_normal(claim)
    try:
        arena = Arena(program_of(claim.context), claim.statement)
        ways = checks_for(claim.statement, arena)
    except (CannotEvaluate, ShapeError) as problem:
        return Attack(None, 0, 0, str(problem))
    asked = list(_asked(claim, arena))
    if isinstance(claim.statement, Compare | PositiveSemidefinite):
        effort *= 2
    points = agreed = 0
    notes: list[str] = []
    tried: list[tuple[Check, Sampler | Rooted]] = [*_from_roots(claim, arena, ways), *ways]
    for check, sampler in tried:
        found = _Search(arena, check, sampler, deadline, asked, any_size).run(effort)
        if found.witness is not None or (isinstance(sampler, Rooted) and found.agreed):
            return found
        points += found.points
        agreed += found.agreed
        if found.note:
            notes.append(found.note)
    if not agreed and arena.subject.integrals and arena.subject.functions:
        found = _in_steps(arena, ways, deadline, effort)
        if found.witness is not None or found.agreed:
            return found
    if not agreed and arena.subject.integrals:
        found = _in_whole_numbers(arena, ways, deadline, effort)
        if found.witness is not None or found.agreed:
            return found
    if effort >= MANY and agreed:
        found = _at_corners(arena, ways, deadline, asked)
        if found.witness is not None:
            return found
    return Attack(None, points, agreed, "; ".join(dict.fromkeys(notes)))


def _at_corners(arena: Arena, ways: list[tuple[Check, Sampler]], deadline: float | None, asked: list[Check]) -> Attack:
    """Once more where quantities are 0, or the same: a claim may fail there alone."""
    check, sampler = ways[0]
    sampler.corners = True
    try:
        return _Search(arena, check, sampler, deadline, asked).run(1)
    finally:
        sampler.corners = False


def _in_steps(arena: Arena, ways: list[tuple[Check, Sampler]], deadline: float | None, effort: int) -> Attack:
    """Once more with unknown densities in steps, where those in closed form gave the claim no value."""
    check, sampler = ways[0]
    sampler.stepped = True
    try:
        return _Search(arena, check, sampler, deadline).run(effort)
    finally:
        sampler.stepped = False


def _in_whole_numbers(arena: Arena, ways: list[tuple[Check, Sampler]], deadline: float | None, effort: int) -> Attack:
    """Once more with whole numbers, where others gave the claim no value: as exponents they leave powers below an
    integral that have one in closed form."""
    check, sampler = ways[0]
    sampler.whole = True
    try:
        return _Search(arena, check, sampler, deadline).run(effort)
    finally:
        sampler.whole = False


def _asked(claim: Claim, arena: Arena) -> Iterator[Check]:
    """What sums that may be empty ask for, although nothing in them is evaluated then: 1 / S in Σ_{j ≠ i} f_j / S."""
    relations = (each for side in terms_of(claim.statement) for each in asked_beyond_sums(side, claim.context))
    for relation in dict.fromkeys(relations):
        with suppress(CannotEvaluate, ShapeError):
            yield relation_check(relation, arena)


def _from_roots(claim: Claim, arena: Arena, ways: list[tuple[Check, Sampler]]) -> list[tuple[Check, Rooted]]:
    """The first way, at points where the equations that are solved are met by choice, and the lines concluded from them
    hold by themselves."""
    start, step = claim.start, claim.statement
    if not isinstance(step, Step) or not isinstance(start, Step) or step.both:
        return []
    if len(step.hypotheses) - len(start.hypotheses) < MOST_LINES or not set(start.hypotheses) < set(step.hypotheses):
        return []
    check, everything = ways[0]
    return [(check, Rooted(sampler_of(arena.program, arena.subject, start.hypotheses), everything))]


def recheck(claim: Claim, found: Attack) -> bool:
    """Whether the counterexample stands when everything is made again from the claim and the stored exact point."""
    if found.point is None:
        return False
    claim = as_normal(claim)
    arena = Arena(Program(claim.context), claim.statement)
    for check, sampler in checks_for(claim.statement, arena):
        stored = found.point
        point = Point(dict(stored.sizes), stored.values, stored.seed, None, stored.integrable, stored.stepped)
        with ar.precision(2 * ar.START_BITS):
            if not sampler.is_admissible(point):
                continue
        try:
            if decided(check, point, 2 * ar.START_BITS) is not None:
                return True
        except (Undefined, CannotEvaluate):
            continue
    return False


class Rooted:
    """Points that meet some equations, and more assumptions without being moved for them."""

    def __init__(self, roots: Sampler, everything: Sampler) -> None:
        self.roots = roots
        self.everything = everything
        self.unit = roots.unit
        self.deadline: float | None = None

    def point(self, sizes: dict[str, int], seed: int) -> Point:
        """A point of the roots that is admissible, or ``NoPoint``."""
        self.roots.deadline = self.deadline
        found = self.roots.point(sizes, seed)
        if not self.everything.assumptions.met(found):
            raise NoPoint("a line concluded before does not hold where the equations do")
        return found

    def refresh(self) -> None:
        """Allow as much work again as for a new claim."""
        self.roots.refresh()


class _Search:
    """One way to refute a claim, tried at one point after another."""

    def __init__(
        self,
        arena: Arena,
        check: Check,
        sampler: Sampler | Rooted,
        deadline: float | None,
        asked: Sequence[Check] = (),
        any_size: bool = False,
    ) -> None:
        self.arena = arena
        self.asked = asked
        self.any_size = any_size
        self.check = check
        self.sampler = sampler
        self.deadline = deadline
        sampler.deadline = deadline
        self.points = 0
        self.agreed = 0
        self.beyond = False
        self.note = ""

    def late(self) -> bool:
        """Whether the time is up, or the work allowed is done."""
        return is_over(self.deadline)

    def run(self, effort: int) -> Attack:
        """Points of the schedule until one fails."""
        missed = lost = 0
        try:
            small = bool(self.sampler.unit)
            for sizes, seed in schedule(self.arena.context, self.arena.subject, effort, small):
                if self.late():
                    self.note = "out of time"
                    break
                if missed >= (5 if small else 3) and not self.points:
                    break
                if self.agreed and lost > LOST * effort:
                    break
                before, work = self.points, METER.done
                found = self.try_point(sizes, seed)
                if self.points == before:
                    missed += 1
                    lost += METER.done - work
                if found is not None:
                    return self.certified(*found) if self.any_size else self.smallest(sizes, *found)
            found = None if self.points or self.late() else self.at_least_sizes()
            if found is None and missed and self.points and not self.beyond and not self.late():
                found = self.at_thin_sizes()
            if found is not None:
                return self.certified(*found)
        except CannotEvaluate as problem:
            return Attack(None, self.points, self.agreed, str(problem))
        if self.points and not self.agreed and not self.note:
            self.note = "undefined at every point tried"
        return Attack(None, self.points, self.agreed, self.note if not self.agreed else "")

    def at_least_sizes(self) -> tuple[Point, Failure] | None:
        """Where no admissible point was found: once more at the least sizes, where there is least to meet."""
        self.sampler.refresh()
        for seed in range(3):
            found = self.try_point(dict(self.arena.context.sizes), seed)
            if found is not None:
                return found
        return None

    def at_thin_sizes(self) -> tuple[Point, Failure] | None:
        """Where assumptions were met at the least sizes only, where they may leave nothing to see (one point has no
        variance): each size in turn is the only one that is larger, then each two of them are, as long as little work
        is lost or none has been met there."""
        least = dict(self.arena.context.sizes)
        names = self.arena.subject.sizes[:4]
        start = METER.done
        for larger in chain(combinations(names, 1), combinations(names, 2)):
            if self.beyond and METER.done - start > LOST:
                break
            self.sampler.refresh()
            for seed in range(2):
                found = self.try_point({**least, **{name: max(2, least[name]) for name in larger}}, seed)
                if found is not None:
                    return found
        return None

    def try_point(self, sizes: dict[str, int], seed: int) -> tuple[Point, Failure] | None:
        """One point: a failure, or ``None`` (it holds, has no meaning there, or there is no such point)."""
        try:
            with ar.precision(ar.START_BITS):
                point = self.sampler.point(sizes, seed)
        except NoPoint as problem:
            self.note = str(problem)
            return None
        self.points += 1
        self.beyond = self.beyond or sizes != dict(self.arena.context.sizes)
        try:
            if any(decided(each, point) is not None for each in self.asked):
                raise Undefined("a divisor is zero, or a logarithm not of something positive")
            failure = decided(self.check, point)
        except Undefined as problem:
            self.note = f"undefined at every point tried: {problem}"
            return None
        if failure is None:
            self.agreed += 1
            return None
        return point, failure

    def smallest(self, sizes: dict[str, int], point: Point, failure: Failure) -> Attack:
        """The same failure at smaller sizes, if there is one."""
        self.sampler.refresh()
        names = list(sizes)
        spans = [range(self.arena.context.sizes[name], sizes[name] + 1) for name in names]
        smaller = sorted(all_of(*spans), key=lambda row: (sum(row), row))
        for row in smaller[:24]:
            if sum(row) >= sum(sizes.values()) or self.late():
                break
            for seed in range(3):
                found = self.try_point(dict(zip(names, row, strict=True)), seed)
                if found is not None:
                    return self.certified(*found)
        return self.certified(point, failure)

    def certified(self, point: Point, failure: Failure) -> Attack:
        """The answer."""
        return Attack(witness_of(point, failure, self.arena.subject.sizes), self.points, self.agreed, "", point)


def decided(check: Check, point: Point, bits: int = ar.START_BITS) -> Failure | None:
    """The check at growing precision, until the balls decide."""
    while True:
        try:
            with ar.precision(bits):
                return check(point)
        except Imprecise:
            bits *= 2
            if bits > ar.LIMIT_BITS:
                raise Undefined("a comparison could not be decided") from None


def schedule(
    context: Context, subject: Subject, effort: int, small: bool = False
) -> Iterator[tuple[dict[str, int], int]]:
    """Sizes to try, with a seed each: different from one another so that no two are mixed up, all least, one large; or
    ``small`` ones first, one of them least (unit vectors are eigenvectors of any matrix of one row).

    Sizes that do not matter keep their least value; a claim about numbers alone needs one look.
    """
    names = subject.sizes
    if not (names or subject.symbols or subject.functions):
        yield dict(context.sizes), 0
        return
    least = [context.sizes[name] for name in names]
    rows: list[tuple[int, ...]] = [tuple(max(low, 2 + i % 2) for i, low in enumerate(least)), tuple(least)]
    for turn in range(min(len(names), 4)):
        rows.append(tuple(max(low, 3 if i % 4 == turn else 2) for i, low in enumerate(least)))
    rows = rows[: 4 if subject.integrals else 6] if names else []
    if small and len(names) > 1:
        thin = [tuple(low if i == at else max(low, 2) for i, low in enumerate(least)) for at in range(len(names))]
        rows = [*thin[:4], *rows]
    few = 4 if subject.integrals else 6 if names and not _discrete(context, subject) else 10
    while len(rows) < few * effort:
        rows.append(rows[len(rows) % min(len(rows), len(names) + 2)] if rows else ())
    for seed, row in enumerate(rows):
        yield {**context.sizes, **dict(zip(names, row, strict=True))}, seed


def _discrete(context: Context, subject: Subject) -> bool:
    """Whether a quantity takes few values, so that a single mistake may hide at several points."""
    decls = [context.symbols[name] for name in subject.symbols]
    return any(decl.values or decl.label_range or decl.properties & {"binary", "onehot", "label"} for decl in decls)
