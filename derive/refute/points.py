"""Admissible points: readable small rationals for every free quantity, every property and assumed fact kept."""

from __future__ import annotations

from random import Random

from flint import fmpq

from derive.language.context import SymbolDecl
from derive.language.declared_of_defined import is_bound
from derive.language.terms import Index, Num, Op, Rel, Sym, Term
from derive.refute.arithmetic import CannotEvaluate, Imprecise, Number, Undefined
from derive.refute.arrays import Arr, Worth, size_of
from derive.refute.as_declared import lacks
from derive.refute.assumptions import Allowance, Assumptions
from derive.refute.draws import MATRIX_PROPERTIES, NoPoint, matrix, one_hot, pool_of, simplex
from derive.refute.evaluate import Program
from derive.refute.facts import FactRow, conjuncts, says_what_is, unknown_in
from derive.refute.properties import bound, bounds, entrywise, fits, has_fixed_bounds, has_properties
from derive.refute.relevance import Subject
from derive.refute.shares import shared
from derive.refute.state import Frame, Place, Point

TRIES = 40
"""How many points are drawn, where facts must be met, before another size is tried."""


FAILURES_HERE = 4
"""How many equations may be left unsolved at one choice of sizes: others may be easier."""


class Sampler:
    """Makes points of one context. The same sizes and number give the same point in every run."""

    def __init__(
        self, program: Program, subject: Subject, extra: tuple[Rel, ...] = (), prefer: tuple[str, ...] = ()
    ) -> None:
        """``extra`` are further assumptions (the hypotheses of a step); ``prefer`` is what to solve them for first."""
        self.program = program
        self.context = program.context
        self.names = subject.symbols
        self.integrable = subject.integrals
        self.functions = bool(subject.functions) or any(
            self.context.symbols[name].depends is not None for name in subject.symbols
        )
        told = tuple(each for each in subject.facts if not self._is_share(each))
        statements = (*told, *extra)
        for statement in told:
            unknown = unknown_in(statement, program)
            if unknown and not says_what_is(statement, program):
                raise CannotEvaluate(
                    f"an assumption about the unknown function {unknown} cannot be met by choosing values"
                )
        words = {id(fact.statement): fact.source for fact in self.context.facts}
        rows = [
            FactRow(program, part, words.get(id(statement), ""), self.names)
            for statement in statements
            for part in conjuncts(statement)
        ]
        self.assumptions = Assumptions(program, rows, prefer)
        self.orthonormal = frozenset(name for statement in statements for name in _orthonormal_columns(statement))
        self.unit = frozenset(name for statement in statements for name in _unit_vectors(statement))
        self.orthonormal_families = frozenset(name for each in statements for name in _orthonormal_members(each))
        self.bound = tuple(name for name in self.names if is_bound(self.context.symbols[name]))
        self.deadline: float | None = None
        self.stepped = False
        self.corners = False
        self.whole = False
        self._pools: dict[str, list[fmpq]] = {}
        self._kept: dict[tuple[object, ...], tuple[Point | str, Allowance]] = {}

    def _is_share(self, statement: Term) -> bool:
        """Whether an assumption is met by how the stand-ins of an unknown quantity are made."""
        found = shared(statement, self.context)
        return found is not None and found[0] in self.program.shares

    def refresh(self) -> None:
        """Allow as much work again as for a new claim."""
        self.assumptions.refresh()

    def allows(self, frame: Frame, names: tuple[str, ...], point: Point) -> bool:
        """Whether facts about index names alone (``j ≠ k``) allow these values."""
        return self.assumptions.allows(frame, names, point)

    def point(self, sizes: dict[str, int], seed: int) -> Point:
        """An admissible point, or ``NoPoint``; sought once for all claims about the same quantities."""
        key = (*sizes.items(), seed, self.stepped, self.corners, self.whole, self.assumptions.allowance)
        kept = self._kept.get(key)
        if kept is None:
            try:
                found: Point | str = self._sought(sizes, seed)
            except NoPoint as problem:
                found = str(problem)
            kept = self._kept[key] = (found, self.assumptions.allowance)
        found, self.assumptions.allowance = kept
        if isinstance(found, str):
            raise NoPoint(found)
        return self._again(found)

    def _again(self, found: Point) -> Point:
        """A kept point for another claim: made anew if it tells of functions that stand in for unknown ones."""
        if self.functions:
            used = found.unknowns.used
            found = Point(dict(found.sizes), found.values, found.seed, None, found.integrable, found.stepped)
            found.unknowns.used.update(used)
        found.deadline = self.deadline
        return found

    def _sought(self, sizes: dict[str, int], seed: int) -> Point:
        self._check_sizes(sizes)
        reason = "no admissible point was found"
        if self.assumptions.failures:
            reason = "no further admissible point was sought"
        failures = self.assumptions.failures
        for attempt in range(TRIES if self.assumptions.rows or self.bound else 4):
            if self.assumptions.given_up or self.assumptions.failures - failures >= FAILURES_HERE:
                break
            random = Random(f"{sorted(sizes.items())}|{seed}|{attempt}{'|corner' * self.corners}")  # noqa: S311 - values to try, not secrets
            point = Point(dict(sizes), {}, f"{seed}|{attempt}", self.deadline, self.integrable, self.stepped)
            point.check_time()
            try:
                self._fill(point, random)
                self.assumptions.meet(point, random, mix=seed % 2 == 1)
                self._check_defined(point)
            except NoPoint as problem:
                reason = str(problem)
            except Undefined as problem:
                reason = f"an assumption is undefined: {problem}"
            except Imprecise:
                reason = "an assumption could not be decided at the precision used"
            else:
                return point
            point.forget()
        raise NoPoint(reason)

    def _check_sizes(self, sizes: dict[str, int]) -> None:
        for name in self.names:
            decl = self.context.symbols[name]
            for extent in decl.shape:
                if extent.names <= sizes.keys() and extent.value(sizes) < 1:
                    raise NoPoint(f"{decl.name} would have length {extent.value(sizes)}")
        self.assumptions.check_sizes(sizes)

    def _check_defined(self, point: Point) -> None:
        """``NoPoint`` where what the text defines is not as it was declared."""
        for name in self.bound:
            decl = self.context.symbols[name]
            places = (place for place, _ in family_places(decl, point.sizes, grouped=False))
            if lacks(self.program, decl, point, places):
                raise NoPoint(f"{name}, as it is defined, was not as it is declared")

    # -- values ---------------------------------------------------------------------------------------------------
    def _fill(self, point: Point, random: Random) -> None:
        for name in self.names:
            decl = self.context.symbols[name]
            if not self.program.derived(name):
                point.values[decl.name] = self._family(decl, point, random)

    def _family(self, decl: SymbolDecl, point: Point, random: Random) -> dict[Place, Worth]:
        members: dict[Place, Worth] = {}
        if decl.name in self.orthonormal_families and len(decl.family) == len(decl.shape) == 1:
            return self._orthonormal(decl, point, random)
        grouped = decl.properties & {"simplex", "onehot"} and not decl.shape and decl.family
        for place, last in family_places(decl, point.sizes, bool(grouped)):
            if last is None:
                members[place] = self._member(decl, point, random, place)
            else:
                values = one_hot(len(last), random) if "onehot" in decl.properties else simplex(len(last), random)
                for at, value in zip(last, values, strict=True):
                    members[(*place, at)] = value
        return members

    def _orthonormal(self, decl: SymbolDecl, point: Point, random: Random) -> dict[Place, Worth]:
        """The columns of a matrix with orthonormal ones, as the members of a family of vectors."""
        places = [place for place, _ in family_places(decl, point.sizes, grouped=False)]
        long = decl.shape[0].value(point.sizes)
        if len(places) > long:
            raise NoPoint(f"{len(places)} vectors of {long} entries are not orthonormal")
        drawn = matrix(
            (long, len(places)), frozenset({"orthogonal"}), lambda: self._scalar(decl, point, random), random
        )
        return {place: Arr((long,), drawn.data[at :: len(places)]) for at, place in enumerate(places)}

    def _member(self, decl: SymbolDecl, point: Point, random: Random, place: Place) -> Worth:
        dims = tuple(extent.value(point.sizes) for extent in decl.shape)
        if not dims:
            return self._scalar(decl, point, random)
        known = decl.properties | ({"orthogonal"} if decl.name in self.orthonormal else frozenset())
        if len(dims) == 2 and known & MATRIX_PROPERTIES:
            for _ in range(20):
                found = matrix(dims, known, lambda: self._scalar(decl, point, random), random)
                if all(fits(entry, entrywise(decl, at, dims)) for at, entry in enumerate(found.data)):
                    return found
            raise NoPoint(f"no value for {decl.name} with {', '.join(sorted(known))}")
        if len(dims) == 1 and decl.name in self.unit and not decl.properties - {"real"}:
            return Arr(
                dims,
                matrix((dims[0], 1), frozenset({"orthogonal"}), lambda: self._scalar(decl, point, random), random).data,
            )
        data: list[Number] = []
        if decl.properties & {"simplex", "onehot"}:
            make = one_hot if "onehot" in decl.properties else simplex
            for _ in range(size_of(dims[:-1])):
                data.extend(make(dims[-1], random))
        else:
            data = [self._scalar(decl, point, random) for _ in range(size_of(dims))]
        return Arr(dims, data)

    def _scalar(self, decl: SymbolDecl, point: Point, random: Random) -> fmpq:
        if decl.values:
            return bound(self.program, random.choice(decl.values), point, decl.name)
        if decl.label_range is not None:
            low, high = decl.label_range.low.value(point.sizes), decl.label_range.high.value(point.sizes)
            if high < low:
                raise NoPoint(f"{decl.name} has no label to take")
            return fmpq(random.randint(low, high))
        if "binary" in decl.properties:
            return fmpq(random.randint(0, 1))
        wanted = self._wanted(decl, point)
        if self.corners:
            few = _of_corners(decl, wanted)
            return few[0] if point.seed.startswith("0|") else random.choice(few if random.randrange(3) else wanted)
        return random.choice(wanted)

    def _wanted(self, decl: SymbolDecl, point: Point) -> list[fmpq]:
        """The values to draw a number from; made once, unless its bounds depend on the point."""
        known = None if self.whole else self._pools.get(decl.name)
        if known is not None:
            return known
        properties = decl.properties
        pool = pool_of(decl, *bounds(self.program, decl, point))
        if self.whole or "integer" in properties or "label" in properties:
            whole = [value for value in pool if value.q == 1]
            pool = tuple(whole) or pool
        wanted = [value for value in pool if fits(value, properties)]
        if not wanted:
            raise NoPoint(f"no value for {decl.name} with {', '.join(sorted(properties))}")
        if has_fixed_bounds(decl) and not self.whole:
            self._pools[decl.name] = wanted
        return wanted

    def is_admissible(self, point: Point) -> bool:
        """Whether a stored point has every declared property and meets every assumption."""
        for name in self.names:
            decl = self.context.symbols[name]
            if self.program.derived(name):
                continue
            if not has_properties(self.program, decl, point.values[decl.name], point):
                return False
        try:
            self._check_defined(point)
        except NoPoint:
            return False
        return self.assumptions.met(point)


def _of_corners(decl: SymbolDecl, wanted: list[fmpq]) -> list[fmpq]:
    """Few values, so that two quantities are often the same: 0, where sides may have a kink, and two more."""
    zero = fmpq(0)
    few = [value for value in wanted if value != zero][:2]
    free = decl.low is None and decl.high is None and fits(zero, decl.properties)
    return [zero, *few] if free or zero in wanted else few


def sampler_of(
    program: Program, subject: Subject, extra: tuple[Rel, ...] = (), prefer: tuple[str, ...] = ()
) -> Sampler:
    """The sampler of the points that a claim speaks about, ready for a new claim; see ``Sampler`` for the arguments."""
    key = (subject, extra, prefer)
    known = program.samplers.get(key)
    if known is None:
        known = program.samplers[key] = Sampler(program, subject, extra, prefer)
    known.refresh()
    return known


def _orthonormal_columns(statement: Term) -> tuple[str, ...]:
    """The matrix W of an assumption ``W^T W = I``."""
    match statement:
        case Rel("=", Op("mul", (Op("transpose", (Sym(name=name) as one,)), other)), Op("identity")) if one == other:
            return (name,)
    return ()


def _orthonormal_members(statement: Term) -> tuple[str, ...]:
    """The vectors v_a of an assumption ``v_a^T v_b = \\delta_{ab}``."""
    match statement:
        case Rel(
            "=",
            Op(
                "mul",
                (Op("transpose", (Sym(name=name, indices=(Index() as a,)),)), Sym(name=other, indices=(Index() as b,))),
            ),
            Op("delta", deltas),
        ) if name == other and a != b and {*deltas} == {a, b}:
            return (name,)
    return ()


def _unit_vectors(statement: Term) -> tuple[str, ...]:
    """The vector u of an assumption ``u^T u = 1`` or ``\\|u\\| = 1``."""
    match statement:
        case Rel("=", Op("mul", (Op("transpose", (Sym(name=name) as one,)), other)), Num(value=1)) if one == other:
            return (name,)
        case Rel("=", Op("norm" | "norm2", (Sym(name=name),)), Num(value=1)):
            return (name,)
    return ()


def family_places(decl: SymbolDecl, sizes: dict[str, int], grouped: bool) -> list[tuple[Place, list[int] | None]]:
    """The subscripts of a family; ``grouped`` keeps the last one apart, as the list of its values."""
    names = decl.family_names or tuple(f"#{i}" for i in range(len(decl.family)))
    places: list[tuple[Place, list[int] | None]] = [((), None)]
    for depth, range_ in enumerate(decl.family):
        longer: list[tuple[Place, list[int] | None]] = []
        for place, _ in places:
            frame = {**sizes, **dict(zip(names, place, strict=False))}
            span = list(range(range_.low.value(frame), range_.high.value(frame) + 1))
            if grouped and depth == len(decl.family) - 1:
                longer.append((place, span))
            else:
                longer += [((*place, at), None) for at in span]
        places = longer
    return places
