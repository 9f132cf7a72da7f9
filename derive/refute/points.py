"""Admissible points: readable small rationals for every free quantity, every property and assumed fact kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from random import Random

from flint import arb, fmpq

from derive.language.context import SymbolDecl
from derive.language.terms import Const, Op, Rel, Sym, Term
from derive.refute import arithmetic as ar
from derive.refute.arithmetic import ONE, ZERO, CannotEvaluate, Dual, Imprecise, Number, Undefined
from derive.refute.arrays import (
    Arr,
    Dims,
    Worth,
    determinant,
    entries,
    size_of,
    solve_linear,
)
from derive.refute.draws import (
    MATRIX_PROPERTIES,
    POSITIVES,
    REALS,
    UNITS,
    NoPoint,
    is_matrix,
    matrix,
    one_hot,
    pool,
    simplex,
)
from derive.refute.enclose import enclosure
from derive.refute.evaluate import Program
from derive.refute.facts import FactRow, choices, conjuncts, unknown_in
from derive.refute.operations import number
from derive.refute.relevance import Subject
from derive.refute.state import Frame, Place, Point, State

Exact = fmpq


TRIES = 40


FAILURES = 8
"""How many equations one claim may leave unsolved before no more points are sought."""


ENCLOSURES = 8
"""How many Newton searches one claim may start (a success counts three times: few such points are enough)."""


class Sampler:
    """Makes points of one context. The same sizes and number give the same point in every run."""

    def __init__(
        self, program: Program, subject: Subject, extra: tuple[Rel, ...] = (), prefer: tuple[str, ...] = ()
    ) -> None:
        """``extra`` are further assumptions (the hypotheses of a step); ``prefer`` is what to solve them for first."""
        self.program = program
        self.context = program.context
        self.prefer = prefer
        self.names = subject.symbols
        self.integrable = subject.integrals
        statements = (*subject.facts, *extra)
        for statement in subject.facts:
            unknown = unknown_in(statement, program)
            if unknown:
                raise CannotEvaluate(
                    f"an assumption about the unknown function {unknown} cannot be met by choosing values"
                )
        words = {id(fact.statement): fact.source for fact in self.context.facts}
        self.facts = [
            FactRow(program, part, words.get(id(statement), ""))
            for statement in statements
            for part in conjuncts(statement)
        ]
        self.orthonormal = frozenset(name for statement in statements for name in _orthonormal_columns(statement))
        self.deadline: float | None = None
        self.refresh()

    def refresh(self) -> None:
        """Allow as much work again as for a new claim."""
        self.enclosures = ENCLOSURES if self.facts else 0
        self.only_balls = False
        self.failures = 0

    def point(self, sizes: dict[str, int], seed: int) -> Point:
        """An admissible point, or ``NoPoint``."""
        self._check_sizes(sizes)
        reason = "no further admissible point was sought" if self.failures else "no admissible point was found"
        for attempt in range(TRIES if self.facts else 4):
            if self.failures >= FAILURES or (self.only_balls and self.enclosures <= 0):
                break
            random = Random(f"{sorted(sizes.items())}|{seed}|{attempt}")  # noqa: S311 - values to try, not secrets
            point = Point(dict(sizes), {}, f"{seed}|{attempt}", self.deadline, self.integrable)
            point.check_time()
            try:
                self._fill(point, random)
                self._meet_facts(point, random, mix=seed % 2 == 1)
            except NoPoint as problem:
                reason = str(problem)
                continue
            except Undefined as problem:
                reason = f"an assumption is undefined: {problem}"
                continue
            return point
        raise NoPoint(reason)

    def _check_sizes(self, sizes: dict[str, int]) -> None:
        for name in self.names:
            decl = self.context.symbols[name]
            for extent in decl.shape:
                if extent.names <= sizes.keys() and extent.value(sizes) < 1:
                    raise NoPoint(f"{decl.name} would have length {extent.value(sizes)}")
        for row in self.facts:
            if row.about_sizes and not row.holds(State(self.program, Point(dict(sizes), {})), dict(sizes)):
                raise NoPoint(f"the sizes break the assumption {row.text}")

    def allows(self, frame: Frame, names: tuple[str, ...], point: Point) -> bool:
        """Whether facts about index names alone (``j ≠ k``) allow these values."""
        for row in self.facts:
            about_these = row.about_indices and all(name in names for name in row.free)
            if about_these and not row.holds(State(self.program, point), frame):
                return False
        return True

    # -- values ---------------------------------------------------------------------------------------------------
    def _fill(self, point: Point, random: Random) -> None:
        for name in self.names:
            decl = self.context.symbols[name]
            if not self.program.derived(name):
                point.values[decl.name] = self._family(decl, point, random)

    def _family(self, decl: SymbolDecl, point: Point, random: Random) -> dict[Place, Worth]:
        members: dict[Place, Worth] = {}
        grouped = decl.properties & {"simplex", "onehot"} and not decl.shape and decl.family
        for place, last in family_places(decl, point.sizes, bool(grouped)):
            if last is None:
                members[place] = self._member(decl, point, random, place)
            else:
                values = one_hot(len(last), random) if "onehot" in decl.properties else simplex(len(last), random)
                for at, value in zip(last, values, strict=True):
                    members[(*place, at)] = value
        return members

    def _member(self, decl: SymbolDecl, point: Point, random: Random, place: Place) -> Worth:
        dims = tuple(extent.value(point.sizes) for extent in decl.shape)
        if not dims:
            return self._scalar(decl, point, random)
        known = decl.properties | ({"orthogonal"} if decl.name in self.orthonormal else frozenset())
        if len(dims) == 2 and known & MATRIX_PROPERTIES:
            for _ in range(20):
                found = matrix(dims, known, lambda: self._scalar(decl, point, random), random)
                if all(_fits(entry, _entrywise(decl, at, dims)) for at, entry in enumerate(found.data)):
                    return found
            raise NoPoint(f"no value for {decl.name} with {', '.join(sorted(known))}")
        data: list[Number] = []
        if decl.properties & {"simplex", "onehot"}:
            make = one_hot if "onehot" in decl.properties else simplex
            for _ in range(size_of(dims[:-1])):
                data.extend(make(dims[-1], random))
        else:
            data = [self._scalar(decl, point, random) for _ in range(size_of(dims))]
        return Arr(dims, data)

    def _scalar(self, decl: SymbolDecl, point: Point, random: Random) -> fmpq:
        frame: Frame = dict(point.sizes)
        if decl.values:
            return self.bound(random.choice(decl.values), point, decl.name)
        if decl.label_range is not None:
            low, high = decl.label_range.low.value(frame), decl.label_range.high.value(frame)  # type: ignore[arg-type]
            if high < low:
                raise NoPoint(f"{decl.name} has no label to take")
            return fmpq(random.randint(low, high))
        properties = decl.properties
        if "binary" in properties:
            return fmpq(random.randint(0, 1))
        pool = self._bounded_pool(decl, point)
        if "integer" in properties or "label" in properties:
            whole = [value for value in pool if value.q == 1]
            pool = tuple(whole) or pool
        wanted = [value for value in pool if _fits(value, properties)]
        if not wanted:
            raise NoPoint(f"no value for {decl.name} with {', '.join(sorted(properties))}")
        return random.choice(wanted)

    def _bounded_pool(self, decl: SymbolDecl, point: Point) -> tuple[fmpq, ...]:
        low, high = self.bounds(decl, point)
        if low is not None and high is not None:
            inside = [low + (high - low) * t for t in UNITS]
            ends = ([] if decl.low_open else [low]) + ([] if decl.high_open else [high])
            steps = [low + step for step in range(1, 6) if low + step < high] if "integer" in decl.properties else []
            return tuple(inside + ends + steps)
        if low is not None:
            return tuple(([] if decl.low_open else [low]) + [low + step for step in POSITIVES])
        if high is not None:
            return tuple(([] if decl.high_open else [high]) + [high - step for step in POSITIVES])
        properties = decl.properties
        if properties & {"open_unit", "unit"}:
            return UNITS + (pool("0 1") if "unit" in properties and "open_unit" not in properties else ())
        if "positive" in properties:
            return POSITIVES
        if "nonnegative" in properties:
            return (*POSITIVES, ZERO)
        if "negative" in properties:
            return tuple(-value for value in POSITIVES)
        return REALS

    def bounds(self, decl: SymbolDecl, point: Point) -> tuple[fmpq | None, fmpq | None]:
        """The finite declared bounds."""
        low = None if _infinite(decl.low) else self.bound(decl.low, point, decl.name)
        high = None if _infinite(decl.high) else self.bound(decl.high, point, decl.name)
        return low, high

    def bound(self, term: Term | None, point: Point, name: str) -> fmpq:
        """The value of a declared bound."""
        if term is None:
            raise CannotEvaluate(f"{name} has no such bound")
        value = ar.primal(number(self.program.compile(term)[1](dict(point.sizes), State(self.program, point))))
        if not isinstance(value, fmpq):
            raise NoPoint(f"a bound of {name} is not rational")
        return value

    def values_of(self, decl: SymbolDecl, point: Point) -> list[Worth]:
        """Every value of a quantity that takes finitely many."""
        if decl.values:
            return [self.bound(value, point, decl.name) for value in decl.values]
        if decl.label_range is not None:
            low, high = decl.label_range.low.value(point.sizes), decl.label_range.high.value(point.sizes)
            return [fmpq(at) for at in range(low, high + 1)]
        return [ZERO, ONE]

    def is_admissible(self, point: Point) -> bool:
        """Whether a stored point has every declared property and meets every assumption."""
        for name in self.names:
            decl = self.context.symbols[name]
            if not self.program.derived(name) and not has_properties(decl, point.values[decl.name], point, self):
                return False
        balls = any(
            isinstance(entry, arb)
            for row in point.values.values()
            for value in row.values()
            for entry in entries(value)
        )
        if balls:
            rows = [row for row in self.facts if not row.about_sizes and not row.about_indices]
            return self._enclosed(rows, point, again=True) and not self._broken(
                [row for row in self.facts if row.op != "=" and not row.about_indices], point
            )
        return not self._broken([row for row in self.facts if not row.about_indices], point)

    # -- facts ----------------------------------------------------------------------------------------------------
    def _meet_facts(self, point: Point, random: Random, mix: bool) -> None:
        rows = [row for row in self.facts if not row.about_sizes and not row.about_indices]
        for _ in range(len(rows) + 2):
            broken = self._broken(rows, point)
            if not broken:
                return
            equations = [row for row in broken if row.op == "="]
            if not equations:
                raise NoPoint(f"the assumption {broken[0].text} was not met")
            if self.only_balls or not self._repaired(equations, rows, point, random, mix):
                self.failures += 1
                if self.enclosures > 0:
                    self.enclosures -= 1
                    if self._enclosed(rows, point):
                        self.enclosures -= 2
                        self.only_balls = True
                        return
                raise NoPoint(f"the assumption {equations[0].text} was not met")
        if self._broken(rows, point):
            raise NoPoint("the assumptions were not met together")

    def _enclosed(self, rows: list[FactRow], point: Point, again: bool = False) -> bool:
        """Move the unknowns to a certified solution of all the equations; ``again`` only tests the present one."""
        equations = [row for row in rows if row.op == "="]
        names = list(dict.fromkeys((*self.prefer, *(name for row in equations for name in row.names))))
        names = [name for name in (self.prefer or names) if self._continuous(name)]
        slots = [
            (name, place, at)
            for name in names
            for place, value in point.values[name].items()
            for at in range(len(entries(value)))
        ]
        start = [entries(point.values[name][place])[at] for name, place, at in slots]

        def system(unknowns: list[Number]) -> list[Number]:
            changed: dict[str, dict[Place, Worth]] = {}
            for (name, place, at), value in zip(slots, unknowns, strict=True):
                members = changed.setdefault(name, dict(point.values[name]))
                changed[name] = _with(members, {(place, at): value})
            state = State(self.program, point, State(self.program, point), changed)
            return [
                gap
                for row in equations
                for frame in choices(point.sizes, row.free, self.context)
                if self.allows(frame, row.free, point)
                for gap in row.differences(state, frame)
            ]

        moved = [i for i, value in enumerate(start) if isinstance(value, arb)] if again else None
        try:
            found = enclosure(system, [arb(value) for value in start], moved)
        except (Undefined, Imprecise):
            return False
        if found is None:
            return False
        if again:
            return all(start[i].overlaps(found[1][i]) for i in found[0])
        for i in found[0]:
            name, place, at = slots[i]
            point.values[name] = _with(point.values[name], {(place, at): found[1][i]})
        touched = dict.fromkeys(slots[i][0] for i in found[0])
        if not all(has_properties(self.context.symbols[name], point.values[name], point, self) for name in touched):
            return False
        return not self._broken([row for row in rows if row.op != "="], point)

    def _continuous(self, name: str) -> bool:
        decl = self.context.symbols.get(name)
        if decl is None or self.program.derived(name) or decl.values or decl.label_range is not None:
            return False
        return not decl.properties & (_DISCRETE | MATRIX_PROPERTIES | {"integer", "simplex"})

    def _repaired(self, equations: list[FactRow], rows: list[FactRow], point: Point, random: Random, mix: bool) -> bool:
        """Repair one equation, by the change that leaves the fewest others broken."""
        before = len(self._broken(rows, point))
        equations = [row for row in equations if self._rational(row, point)]
        for row in equations:
            best: tuple[int, str, dict[Place, Worth]] | None = None
            for name, members in self._repairs(row, equations, point, random, mix):
                kept = point.values[name]
                point.values[name] = members
                left = len(self._broken(rows, point)) if not self._broken([row], point) else before + len(rows)
                point.values[name] = kept
                if left < before + len(rows) and (best is None or left < best[0]):
                    best = (left, name, members)
                if left == 0:
                    break
            if best is not None:
                point.values[best[1]] = best[2]
                return True
        return False

    def _rational(self, row: FactRow, point: Point) -> bool:
        """Whether both sides are exact here; if not, no exact change can be found."""
        state = State(self.program, point)
        for frame in choices(point.sizes, row.free, self.context):
            if not all(isinstance(gap, fmpq) for gap in row.differences(state, frame)):
                return False
        return True

    def _repairs(
        self, row: FactRow, equations: list[FactRow], point: Point, random: Random, mix: bool
    ) -> Iterator[tuple[str, dict[Place, Worth]]]:
        """Changed values of one quantity that may make the equation hold: scaled, or solved from a linear system."""
        names = [name for name in self.prefer if name in row.names]
        names += [name for name in row.names if name not in names]
        if mix:
            random.shuffle(names)
        for name in names:
            decl = self.context.symbols.get(name)
            if decl is None or self.program.derived(name) or decl.properties & _DISCRETE or decl.values:
                continue
            for method, group in ((self._scaled, [row]), (self._solved, [row]), (self._solved, equations)):
                if group is equations and len(equations) == 1:
                    continue
                found = method(name, group, point)
                if found is not None and admissible(decl, found, point, self):
                    yield name, found
            if mix:
                yield from ((name, found) for found in self._guessed(name, row, point, random))

    def _guessed(self, name: str, row: FactRow, point: Point, random: Random) -> Iterator[dict[Place, Worth]]:
        """Other small values of one entry (a second root, say) that meet the equation."""
        decl, members = self.context.symbols[name], point.values[name]
        seeds = [(place, at) for place, value in members.items() for at in range(len(entries(value)))]
        if len(seeds) > 3:
            return
        pool = list(self._bounded_pool(decl, point))
        random.shuffle(pool)
        for seed in seeds:
            for value in pool:
                found = _with(members, {seed: value})
                point.values[name] = found
                good = not self._broken([row], point) and admissible(decl, found, point, self)
                point.values[name] = members
                if good:
                    yield found

    def _broken(self, rows: list[FactRow], point: Point) -> list[FactRow]:
        state = State(self.program, point)
        return [
            row
            for row in rows
            if not all(
                row.holds(state, frame)
                for frame in choices(point.sizes, row.free, self.context)
                if self.allows(frame, row.free, point)
            )
        ]

    def _residuals(
        self, name: str, rows: list[FactRow], point: Point
    ) -> tuple[list[Number], int, list[tuple[Place, int]]]:
        """The differences of the two sides, with a seed for every entry of the quantity."""
        tag = ar.new_tag()
        seeds: list[tuple[Place, int]] = []
        changed: dict[Place, Worth] = {}
        for place, value in point.values[name].items():
            data: list[Number] = []
            for offset, entry in enumerate(entries(value)):
                data.append(Dual(tag, entry, {len(seeds): ONE}))
                seeds.append((place, offset))
            changed[place] = Arr(value.dims, data) if isinstance(value, Arr) else data[0]
        state = State(self.program, point, State(self.program, point), {name: changed})
        found: list[Number] = []
        for row in rows:
            for frame in choices(point.sizes, row.free, self.context):
                if self.allows(frame, row.free, point):
                    found.extend(row.differences(state, frame))
        return found, tag, seeds

    def _scaled(self, name: str, rows: list[FactRow], point: Point) -> dict[Place, Worth] | None:
        decl = self.context.symbols[name]
        residuals, tag, seeds = self._residuals(name, rows, point)
        flat = [entry for value in point.values[name].values() for entry in entries(value)]
        factors: dict[int, fmpq] = {}
        for residual in residuals:
            slopes = {s: ar.primal(ar.part_of(residual, tag, s)) for s in range(len(seeds))}
            live = [s for s, slope in slopes.items() if not (isinstance(slope, fmpq) and slope == 0)]
            moving = sum((slopes[s] * flat[s] for s in live), ZERO)
            rest = ar.primal(residual) - moving
            if not live:
                continue
            if not isinstance(moving, fmpq) or not isinstance(rest, fmpq) or moving == 0 or rest == 0:
                return None
            factor = -rest / moving
            if factor <= 0 or any(factors.setdefault(s, factor) != factor for s in live):
                return None
        if decl.properties & {"orthogonal", "simplex", "integer"}:
            return None
        return _with(point.values[name], {seeds[s]: flat[s] * factor for s, factor in factors.items()})

    def _solved(self, name: str, rows: list[FactRow], point: Point) -> dict[Place, Worth] | None:
        residuals, tag, seeds = self._residuals(name, rows, point)
        table: list[list[fmpq]] = []
        right: list[fmpq] = []
        for residual in residuals:
            value = ar.primal(residual)
            line = [ar.primal(ar.part_of(residual, tag, s)) for s in range(len(seeds))]
            if not isinstance(value, fmpq) or not all(isinstance(entry, fmpq) for entry in line):
                return None
            table.append(line)
            right.append(-value)
        moves = solve_linear(table, right)
        if moves is None:
            return None
        flat = [entry for value in point.values[name].values() for entry in entries(value)]
        changed = {seeds[s]: flat[s] + move for s, move in enumerate(moves) if move != 0}
        return _with(point.values[name], changed)


_DISCRETE = frozenset({"onehot", "binary", "label"})


def _with(members: dict[Place, Worth], changed: dict[tuple[Place, int], Number]) -> dict[Place, Worth]:
    new = dict(members)
    for (place, offset), value in changed.items():
        here = new[place]
        if isinstance(here, Arr):
            data = list(here.data)
            data[offset] = value
            new[place] = Arr(here.dims, data)
        else:
            new[place] = value
    return new


def _orthonormal_columns(statement: Term) -> tuple[str, ...]:
    """The matrix W of an assumption ``W^T W = I``."""
    match statement:
        case Rel("=", Op("mul", (Op("transpose", (Sym(name=name) as one,)), other)), Op("identity")) if one == other:
            return (name,)
    return ()


def family_places(decl: SymbolDecl, sizes: dict[str, int], grouped: bool) -> list[tuple[Place, list[int] | None]]:
    """The subscripts of a family; ``grouped`` keeps the last one apart, as the list of its values."""
    found: list[tuple[Place, list[int] | None]] = []
    names = decl.family_names or tuple(f"#{i}" for i in range(len(decl.family)))

    def walk(frame: dict[str, int], place: Place) -> None:
        depth = len(place)
        if depth == len(decl.family):
            found.append((place, None))
            return
        range_ = decl.family[depth]
        span = list(range(range_.low.value(frame), range_.high.value(frame) + 1))
        if grouped and depth == len(decl.family) - 1:
            found.append((place, span))
            return
        for at in span:
            walk({**frame, names[depth]: at}, (*place, at))

    walk(dict(sizes), ())
    return found


def _entrywise(decl: SymbolDecl, at: int, dims: Dims) -> frozenset[str]:
    """The properties an entry must have: beside the diagonal of a diagonal matrix there are zeros."""
    if "diagonal" in decl.properties and len(dims) == 2 and at % (dims[1] + 1):
        return frozenset()
    return decl.properties


def _fits(value: Number, properties: frozenset[str]) -> bool:
    value = ar.primal(value)
    tests: tuple[tuple[str, Callable[[fmpq], bool]], ...] = (
        ("positive", lambda v: v > 0),
        ("nonnegative", lambda v: v >= 0),
        ("negative", lambda v: v < 0),
        ("nonzero", lambda v: v != 0),
        ("open_unit", lambda v: 0 < v < 1),
        ("unit", lambda v: 0 <= v <= 1),
        ("integer", lambda v: isinstance(v, fmpq) and v.q == 1),
        ("binary", lambda v: v in (0, 1)),
    )
    return all(test(value) for name, test in tests if name in properties)


def admissible(decl: SymbolDecl, members: dict[Place, Worth], point: Point, sampler: Sampler) -> bool:
    """Whether repaired values may stand: exact, with the declared properties."""
    exact = all(isinstance(entry, fmpq) for value in members.values() for entry in entries(value))
    return exact and has_properties(decl, members, point, sampler)


def has_properties(decl: SymbolDecl, members: dict[Place, Worth], point: Point, sampler: Sampler) -> bool:
    """Whether these values have the declared properties."""
    properties = decl.properties
    allowed = sampler.values_of(decl, point) if decl.values or decl.label_range is not None else None
    for value in members.values():
        dims = value.dims if isinstance(value, Arr) else ()
        for at, entry in enumerate(entries(value)):
            if not _fits(entry, _entrywise(decl, at, dims)) or not _within(decl, entry, point, sampler):
                return False
            if allowed is not None and entry not in allowed:
                return False
        if isinstance(value, Arr) and len(value.dims) == 2 and not is_matrix(value, properties):
            return False
    return all(_is_row(row, properties) for row in groups_of(decl, members))


def groups_of(decl: SymbolDecl, members: dict[Place, Worth]) -> list[list[Number]]:
    """The groups of entries that a simplex or one-hot property is about."""
    if decl.shape:
        found: list[list[Number]] = []
        for value in members.values():
            data = entries(value)
            length = value.dims[-1] if isinstance(value, Arr) else 1
            found.extend(data[start : start + length] for start in range(0, len(data), length))
        return found
    groups: dict[Place, list[Number]] = {}
    for place, value in members.items():
        groups.setdefault(place[:-1], []).extend(entries(value))
    return list(groups.values())


def _is_row(row: list[Number], properties: frozenset[str]) -> bool:
    if "onehot" in properties:
        return sorted(row) == [ZERO] * (len(row) - 1) + [ONE]
    if "simplex" in properties:
        return all(entry >= 0 for entry in row) and sum(row, ZERO) == 1
    return True


def is_outside(decl: SymbolDecl, value: Worth, point: Point, sampler: Sampler) -> bool | None:
    """Whether a value is certainly outside the closure of its domain; ``None`` on its border or if unknown."""
    border = False
    low, high = sampler.bounds(decl, point)
    for entry in entries(value):
        entry = ar.primal(entry)
        tests = (
            (decl.properties & {"positive", "nonnegative", "open_unit", "unit", "simplex"}, entry),
            (decl.properties & {"negative"}, -entry),
            (decl.properties & {"open_unit", "unit"}, ONE - entry),
            (low is not None, entry - (low or ZERO)),
            (high is not None, (high or ZERO) - entry),
        )
        for asked, room in tests:
            if asked and room < 0:
                return True
            border = border or bool(asked and not room > 0)
    if isinstance(value, Arr) and len(value.dims) == 2 and decl.properties & {"posdef"}:
        n = value.dims[0]
        minors = [Arr((k, k), [value.data[i * n + j] for i in range(k) for j in range(k)]) for k in range(1, n + 1)]
        border = border or not all(ar.primal(determinant(minor)) > 0 for minor in minors)
    if decl.properties & MATRIX_PROPERTIES - {"symmetric", "posdef"}:
        return None
    return None if border else False


def _infinite(limit: Term | None) -> bool:
    bare = limit.args[0] if isinstance(limit, Op) and limit.name == "neg" else limit
    return bare is None or (isinstance(bare, Const) and bare.name == "inf")


def _within(decl: SymbolDecl, entry: Number, point: Point, sampler: Sampler) -> bool:
    low, high = sampler.bounds(decl, point)
    if low is not None and (not entry >= low or (decl.low_open and not entry > low)):
        return False
    return high is None or bool(entry <= high and (not decl.high_open or entry < high))
