"""Assumed facts: drawn points are moved until they meet the equations among them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from random import Random

from flint import arb, fmpq

from derive.refute import arithmetic as ar
from derive.refute import sequences
from derive.refute.arithmetic import ONE, ZERO, Dual, Imprecise, Number, Undefined
from derive.refute.arrays import Arr, Worth, entries, solve_linear
from derive.refute.draws import MATRIX_PROPERTIES, NoPoint, pool_of
from derive.refute.enclose import enclosure
from derive.refute.evaluate import Program
from derive.refute.facts import FactRow
from derive.refute.properties import DISCRETE, admissible, bounds, has_properties
from derive.refute.state import Frame, Place, Point, State
from derive.refute.ties import SYMMETRIC, together

FAILURES = 16
"""How many equations one claim may leave unsolved before no more points are sought."""

ENCLOSURES = 16
"""How many Newton searches one claim may start (a success counts three times: few such points are enough)."""

MOST_TOGETHER = 24
"""How many entries are moved at once."""

Allowance = tuple[int, bool, int]
"""Newton searches left, whether only they are tried, and how many equations were left unsolved."""


class Assumptions:
    """The facts of one context, and the work still allowed to meet them."""

    def __init__(self, program: Program, rows: Sequence[FactRow], prefer: Sequence[str]) -> None:
        """``prefer`` is what to solve the equations for first."""
        self.program = program
        self.context = program.context
        self.rows = list(rows)
        self.about_indices = [row for row in rows if row.about_indices]
        self.prefer = tuple(prefer)
        self.refresh()

    def refresh(self) -> None:
        """Allow as much work again as for a new claim."""
        self.enclosures = ENCLOSURES if self.rows else 0
        self.only_balls = False
        self.failures = 0

    @property
    def allowance(self) -> Allowance:
        """How much work is still allowed."""
        return self.enclosures, self.only_balls, self.failures

    @allowance.setter
    def allowance(self, left: Allowance) -> None:
        self.enclosures, self.only_balls, self.failures = left

    @property
    def given_up(self) -> bool:
        """Whether enough was tried."""
        return self.failures >= FAILURES or (self.only_balls and self.enclosures <= 0)

    def check_sizes(self, sizes: dict[str, int]) -> None:
        """``NoPoint`` if a fact about sizes alone is broken."""
        for row in self.rows:
            if row.about_sizes and not row.holds(State(self.program, Point(dict(sizes), {})), dict(sizes)):
                raise NoPoint(f"the sizes break {row.said}")

    def allows(self, frame: Frame, names: tuple[str, ...], point: Point) -> bool:
        """Whether facts about index names alone (``j ≠ k``) allow these values."""
        for row in self.about_indices:
            if all(name in names for name in row.free) and not row.holds(point.state(self.program), frame):
                return False
        return True

    def meet(self, point: Point, random: Random, mix: bool) -> None:
        """Move the point until all facts hold, or ``NoPoint``; with ``mix`` quantities are tried in any order."""
        rows = [row for row in self.rows if not row.about_sizes and not row.about_indices]
        self._assign(rows, point)
        drawn = {name: dict(members) for name, members in point.values.items()}
        slopes = Slopes(self, point)
        been: list[_Content] = []
        for _ in range(len(rows) + 2):
            broken = [row for row in rows if not slopes.holds(row)]
            if not broken:
                return
            equations = [row for row in broken if row.op == "="]
            if not equations:
                raise NoPoint(f"{broken[0].said} was not met")
            here = _content(point)
            if here in been and not mix:
                break  # the same moves would follow
            been.append(here)
            if self.only_balls or not self._repaired(broken, rows, slopes, random, mix):
                self.failures += 1
                if self.enclosures > 0:
                    self.enclosures -= 1
                    if self._enclosed(rows, point) or self._enclosed_from(drawn, rows, point):
                        self.enclosures -= 2
                        self.only_balls = True
                        return
                raise NoPoint(f"{equations[0].said} was not met")
        if self._broken(rows, point):
            self.failures += 1
            raise NoPoint("the assumptions were not met together")

    def _assign(self, rows: list[FactRow], point: Point) -> None:
        """Give each quantity the value that an equation states outright (``w = …``), the first one that can stand."""
        given: set[str] = set()
        for row in rows:
            for name, subscripts, left in row.gives:
                if name in given or not self._movable(name):
                    continue
                members = self._assigned(row, name, subscripts, left, point)
                if members is not None and admissible(self.program, self.context.symbols[name], members, point):
                    point.put(name, members)
                    given.add(name)
                    break
        sequences.assign(
            rows,
            self.program,
            point,
            self.allows,
            lambda name: name not in given and self._movable(name),
            lambda name, members: has_properties(self.program, self.context.symbols[name], members, point),
        )

    def _assigned(
        self, row: FactRow, name: str, subscripts: tuple[str, ...], left: bool, point: Point
    ) -> dict[Place, Worth] | None:
        members, state = dict(point.values[name]), point.state(self.program)
        code = row.right if left else row.left
        if set(row.free) - set(subscripts):
            return None
        try:
            for frame in row.frames(point.sizes):
                place = tuple(int(str(frame[index])) for index in subscripts)
                if place in members and self.allows(frame, row.free, point):
                    members[place] = code(frame, state)
        except (Undefined, Imprecise):
            return None
        return members

    def met(self, point: Point) -> bool:
        """Whether a stored point meets every assumption; one that is undefined there is not met."""
        try:
            return self._met(point)
        except Undefined:
            return False

    def _met(self, point: Point) -> bool:
        balls = any(
            isinstance(entry, arb)
            for row in point.values.values()
            for value in row.values()
            for entry in entries(value)
        )
        if balls and self._broken([row for row in self.rows if not row.about_indices], point):
            rows = [row for row in self.rows if not row.about_sizes and not row.about_indices]
            return self._enclosed(rows, point, again=True) and not self._broken(
                [row for row in self.rows if row.op != "=" and not row.about_indices], point
            )
        return not self._broken([row for row in self.rows if not row.about_indices], point)

    def _enclosed(self, rows: list[FactRow], point: Point, again: bool = False) -> bool:
        """Move the unknowns to a certified solution of all the equations; ``again`` only tests the present one."""
        equations = [row for row in rows if row.op == "="]
        names = list(dict.fromkeys((*self.prefer, *[name for row in equations for name in row.names])))
        names = [name for name in (self.prefer or names) if self._continuous(name, point)]
        names.sort(key=self._is_bounded)  # what may have any value is moved first
        slots = [
            (name, place, at)
            for name in names
            for place, value in point.values[name].items()
            for at in range(len(entries(value)))
        ]
        start = [entries(point.values[name][place])[at] for name, place, at in slots]

        def system(unknowns: list[Number]) -> list[Number]:
            moved: dict[str, dict[tuple[Place, int], Number]] = {}
            for (name, place, at), value, before in zip(slots, unknowns, start, strict=True):
                if value is not before:  # what is made of nothing that is moved is known at the point
                    moved.setdefault(name, {})[place, at] = value
            changed = {name: _with(point.values[name], entries) for name, entries in moved.items()}
            state = State(self.program, point, point.state(self.program), changed)
            return [
                gap
                for row in equations
                for frame in row.frames(point.sizes)
                if self.allows(frame, row.free, point)
                for gap in row.differences(state, frame)
            ]

        moved = [i for i, value in enumerate(start) if isinstance(value, arb)] if again else None
        try:
            found = enclosure(system, start, moved)
        except (Undefined, Imprecise):
            return False
        if found is None:
            return False
        if again:
            return all(arb(start[i]).overlaps(found[1][i]) for i in found[0])
        for i in found[0]:
            name, place, at = slots[i]
            point.put(name, _with(point.values[name], {(place, at): found[1][i]}))
        touched = dict.fromkeys([slots[i][0] for i in found[0]])
        if not all(
            has_properties(self.program, self.context.symbols[name], point.values[name], point) for name in touched
        ):
            return False
        return not self._broken([row for row in rows if row.op != "="], point)

    def _enclosed_from(self, drawn: dict[str, dict[Place, Worth]], rows: list[FactRow], point: Point) -> bool:
        """The same from where the point was drawn: what was moved since may be at a place with no way on (S u = λ u is
        met by u = 0)."""
        moved = [name for name, members in drawn.items() if point.values[name] != members]
        for name in moved:
            point.put(name, drawn[name])
        return bool(moved) and self._enclosed(rows, point)

    def _is_bounded(self, name: str) -> bool:
        decl = self.context.symbols[name]
        return bool(decl.properties - {"real"}) or decl.low is not None or decl.high is not None

    def _continuous(self, name: str, point: Point) -> bool:
        decl = self.context.symbols.get(name)
        if decl is None or self.program.derived(name) or decl.values or decl.label_range is not None:
            return False
        single = all(len(entries(value)) == 1 for value in point.values[name].values())
        tied = MATRIX_PROPERTIES - SYMMETRIC if single else MATRIX_PROPERTIES  # one entry alone is tied to no other
        return not decl.properties & (DISCRETE | tied | {"integer", "simplex"})

    def _repaired(self, wrong: list[FactRow], rows: list[FactRow], slopes: Slopes, random: Random, mix: bool) -> bool:
        """Repair one equation of those that are ``wrong``, by the change that leaves the fewest others broken."""
        point = slopes.point
        broken = frozenset(id(row) for row in wrong)
        equations = [row for row in wrong if row.op == "=" and self._rational(row, point)]
        for row in equations:
            best: tuple[int, str, dict[Place, Worth]] | None = None
            for name, members in self._repairs(row, equations, slopes, random, mix):
                fewer = len(broken) + len(rows) if best is None else best[0]
                left = self._left(row, rows, broken, fewer, point, {name: members})
                if left is not None:
                    best = (left, name, members)
                if left == 0:
                    break
            if best is not None and (best[0] == 0 or not self._jointly(rows, slopes)):
                slopes.put({best[1]: best[2]})
            if best is not None:
                return True
        return self._jointly(rows, slopes)

    def _jointly(self, rows: list[FactRow], slopes: Slopes) -> bool:
        """Move several quantities at once to a solution of all equations, as if these were linear in them; whether all
        rows hold then."""
        try:
            return self._moved_together(rows, slopes)
        except (Undefined, Imprecise):
            return False

    def _moved_together(self, rows: list[FactRow], slopes: Slopes) -> bool:
        point = slopes.point
        equations = [row for row in rows if row.op == "="]
        names = [
            name for name in dict.fromkeys([name for row in equations for name in row.names]) if self._movable(name)
        ]
        names = [name for name in names if self._continuous(name, point)]
        seeds = [(name, seed) for name in names for seed in slopes.seeds(name)]
        if len(equations) < 2 or len(names) < 2 or len(seeds) > MOST_TOGETHER:
            return False
        table: list[list[fmpq]] = []
        right: list[fmpq] = []
        for row in equations:
            parts = [slopes.of(name, [row], names[at + 1 :]) for at, name in enumerate(names)]
            for lines in zip(*parts, strict=True):
                line = [entry for _, slope in lines for entry in slope]
                if not isinstance(lines[0][0], fmpq) or not all(isinstance(entry, fmpq) for entry in line):
                    return False
                table.append(line)
                right.append(-lines[0][0])
        moves = solve_linear(table, right)
        if moves is None:
            return False
        moved: dict[str, dict[tuple[Place, int], Number]] = {}
        for (name, (place, at)), move in zip(seeds, moves, strict=True):
            moved.setdefault(name, {})[place, at] = entries(point.values[name][place])[at] + move
        changed = {name: _with(point.values[name], places) for name, places in moved.items()}
        state = State(self.program, point, point.state(self.program), changed)
        fits = all(admissible(self.program, self.context.symbols[name], put, point) for name, put in changed.items())
        if not fits or not all(self._holds(row, state) for row in rows):
            return False
        slopes.put(changed)
        return True

    def _left(
        self,
        row: FactRow,
        rows: list[FactRow],
        broken: frozenset[int],
        fewer: int,
        point: Point,
        changed: dict[str, dict[Place, Worth]],
    ) -> int | None:
        """How many rows are broken with these quantities changed, ``None`` if this one is, or not ``fewer`` are, or one
        has no meaning then; what is not made of what is changed stays as ``broken`` says."""
        state = State(self.program, point, point.state(self.program), changed)
        try:
            if not self._holds(row, state):
                return None
            touched = [each for each in rows if not changed.keys().isdisjoint(each.names)]
            left = len(broken) - sum(id(each) in broken for each in touched)
            for each in sorted(touched, key=lambda each: len(each.names)):  # what is made of little is soon computed
                left += each is not row and not self._holds(each, state)
                if left >= fewer:
                    return None
        except Undefined:
            return None
        return left

    def _rational(self, row: FactRow, point: Point) -> bool:
        """Whether both sides are exact here; if not, no exact change can be found."""
        state = point.state(self.program)
        try:
            return all(
                isinstance(gap, fmpq) for frame in row.frames(point.sizes) for gap in row.differences(state, frame)
            )
        except Imprecise:
            return False

    def _repairs(
        self, row: FactRow, equations: list[FactRow], slopes: Slopes, random: Random, mix: bool
    ) -> Iterator[tuple[str, dict[Place, Worth]]]:
        """Changed values of one quantity that may make the equation hold: scaled, or solved from a linear system."""
        point = slopes.point
        names = [name for name in self.prefer if name in row.names]
        names += [name for name in row.names if name not in names]
        if mix:
            random.shuffle(names)
        names = [name for name in names if self._movable(name)]
        for number, name in enumerate(names):
            decl = self.context.symbols[name]
            others = names[number + 1 :] if number else ()
            for method, group in ((self._scaled, [row]), (self._solved, [row]), (self._solved, equations)):
                if group is equations and len(equations) == 1:
                    continue
                found = self._tried(method, name, group, slopes, others)
                if found is not None and admissible(self.program, decl, found, point):
                    yield name, found
            if mix:
                for found in self._guessed(name, row, slopes, random):
                    yield name, found

    @staticmethod
    def _tried(
        method: _Method, name: str, rows: list[FactRow], slopes: Slopes, others: Sequence[str]
    ) -> dict[Place, Worth] | None:
        """What a way to move a quantity comes to; nothing where it takes a slope that is not there (a factorial's)."""
        key = (method.__name__, name, tuple(map(id, rows)))  # rows live as long as these slopes
        if key not in slopes.moves:
            try:
                slopes.moves[key] = method(name, rows, slopes, others)
            except (Undefined, Imprecise):
                slopes.moves[key] = None
        return slopes.moves[key]

    def _guessed(self, name: str, row: FactRow, slopes: Slopes, random: Random) -> Iterator[dict[Place, Worth]]:
        """Other small values of one entry (a second root, say) that meet the equation."""
        point = slopes.point
        decl, members = self.context.symbols[name], point.values[name]
        seeds = slopes.seeds(name)
        if len(seeds) > 3:
            return
        pool = list(pool_of(decl, *bounds(self.program, decl, point)))
        random.shuffle(pool)
        for seed in seeds:
            for value in pool:
                found = _with(members, {seed: value})
                if not slopes.would_hold(row, name, seed, value, found):
                    continue
                point.put(name, found)
                good = admissible(self.program, decl, found, point)
                point.put(name, members)
                if good:
                    yield found

    def _meets(self, row: FactRow, point: Point, changed: dict[str, dict[Place, Worth]]) -> bool:
        """Whether a fact has a meaning and holds with these quantities changed."""
        try:
            return self._holds(row, State(self.program, point, point.state(self.program), changed))
        except Undefined:
            return False

    def _movable(self, name: str) -> bool:
        """Whether a quantity may take other values to meet an equation."""
        decl = self.context.symbols.get(name)
        return not (decl is None or self.program.derived(name) or decl.properties & DISCRETE or decl.values)

    def _broken(self, rows: list[FactRow], point: Point) -> list[FactRow]:
        """The rows that do not hold."""
        state = point.state(self.program)
        return [row for row in rows if not self._holds(row, state)]

    def _holds(self, row: FactRow, state: State) -> bool:
        """Whether a fact holds for all values of its indices."""
        point = state.point
        if point.given and not state.names & row.made_of and sequences.is_worked_out(row, point):
            return True
        return all(row.holds(state, frame) for frame in row.frames(point.sizes) if self.allows(frame, row.free, point))

    def _scaled(
        self, name: str, rows: list[FactRow], slopes: Slopes, others: Sequence[str]
    ) -> dict[Place, Worth] | None:
        """The quantity with groups of its entries scaled, if that meets the equations and changes something."""
        decl, point = self.context.symbols[name], slopes.point
        seeds, lines = slopes.seeds(name), slopes.of(name, rows, others)
        flat = [entry for value in point.values[name].values() for entry in entries(value)]
        factors: dict[int, fmpq] = {}
        for value, line in lines:
            live = [s for s, slope in enumerate(line) if not ar.is_exact_zero(slope)]
            moving = sum((line[s] * flat[s] for s in live), ZERO)
            rest = value - moving
            if not live:
                continue
            if not isinstance(moving, fmpq) or not isinstance(rest, fmpq) or not moving or not rest:
                return None
            factor = -rest / moving
            if factor <= 0 or any(factors.setdefault(s, factor) != factor for s in live):
                return None
        if not factors or decl.properties & {"orthogonal", "simplex", "integer"}:
            return None
        return _with(point.values[name], {seeds[s]: flat[s] * factor for s, factor in factors.items()})

    def _solved(
        self, name: str, rows: list[FactRow], slopes: Slopes, others: Sequence[str]
    ) -> dict[Place, Worth] | None:
        """The quantity moved to a solution of the equations, as if they were linear in it."""
        point = slopes.point
        seeds, lines = slopes.seeds(name), slopes.of(name, rows, others)
        groups = together(self.context.symbols[name], point.values[name])
        table: list[list[fmpq]] = []
        right: list[fmpq] = []
        for value, line in lines:
            if not isinstance(value, fmpq) or not all(isinstance(entry, fmpq) for entry in line):
                return None
            table.append([sum((line[s] for s in group), ZERO) for group in groups])
            right.append(-value)
        moves = solve_linear(table, right)
        if moves is None:
            return None
        flat = [entry for value in point.values[name].values() for entry in entries(value)]
        changed = {seeds[s]: flat[s] + move for group, move in zip(groups, moves, strict=True) if move for s in group}
        return _with(point.values[name], changed) if changed else None


_Method = Callable[[str, list[FactRow], "Slopes", Sequence[str]], dict[Place, Worth] | None]
"""A way to move a quantity so that equations hold; the last argument names what is likely to be moved next."""

Line = tuple[Number, list[Number]]
"""What one equation is worth, and how fast that changes with each entry of a quantity."""


class Slopes:
    """What equations are worth at a point, with their slopes in the entries of quantities; computed once.

    Where a quantity is moved, what is made of it is forgotten, and the rest is kept. That is of one point, so where a
    search ends does not depend on what was asked before it.
    """

    def __init__(self, assumptions: Assumptions, point: Point) -> None:
        self.assumptions = assumptions
        self.point = point
        self._known: dict[tuple[str, int], tuple[FactRow, list[Line] | None]] = {}  # the row is held for its id
        self._held: dict[int, tuple[FactRow, bool]] = {}
        self._would: dict[tuple[str, int], tuple[FactRow, dict[tuple[tuple[Place, int], fmpq], bool]]] = {}
        self.moves: dict[tuple[str, str, tuple[int, ...]], dict[Place, Worth] | None] = {}
        """What ways to move one quantity come to while no quantity is moved: for each way, quantity and equations."""

    def put(self, changed: dict[str, dict[Place, Worth]]) -> None:
        """Give quantities other values."""
        for name, members in changed.items():
            self.point.put(name, members)
        self.moves.clear()
        self._known = {key: kept for key, kept in self._known.items() if kept[0].made_of.isdisjoint(changed)}
        self._held = {key: kept for key, kept in self._held.items() if kept[0].made_of.isdisjoint(changed)}
        self._would = {key: kept for key, kept in self._would.items() if kept[0].made_of.isdisjoint(changed)}

    def holds(self, row: FactRow) -> bool:
        """Whether a fact holds here, for all values of its indices."""
        kept = self._held.get(id(row))
        if kept is None:
            found = self.assumptions._holds(row, self.point.state(self.assumptions.program))
            kept = self._held[id(row)] = (row, found)
        return kept[1]

    def would_hold(
        self, row: FactRow, name: str, seed: tuple[Place, int], value: fmpq, members: dict[Place, Worth]
    ) -> bool:
        """Whether a fact has a meaning and holds with another value of one entry (then these are all ``members``)."""
        known = self._would.setdefault((name, id(row)), (row, {}))[1]
        if (seed, value) not in known:
            known[seed, value] = self.assumptions._meets(row, self.point, {name: members})
        return known[seed, value]

    def seeds(self, name: str) -> list[tuple[Place, int]]:
        """The entries of a quantity."""
        members = self.point.values[name].items()
        return [(place, offset) for place, value in members for offset in range(len(entries(value)))]

    def of(self, name: str, rows: list[FactRow], others: Sequence[str] = ()) -> list[Line]:
        """For each equation its residual with the slope in every entry; ``others`` are likely to be asked for next."""
        lines: list[Line] = []
        for row in rows:
            if (name, id(row)) not in self._known:
                self._add((name, *[other for other in others if (other, id(row)) not in self._known]), row)
            found = self._known[name, id(row)][1]
            if found is None:
                raise Undefined("an equation has no slope in this quantity here")
            lines += found
        return lines

    def _add(self, names: tuple[str, ...], row: FactRow) -> None:
        """Make known the lines of one equation for several quantities, or where that has no meaning for the first."""
        try:
            found = self._lines(names, row)
        except (Undefined, Imprecise):
            if len(names) == 1:
                self._known[names[0], id(row)] = row, None
                return
            self._add(names[:1], row)
            return
        start = 0
        for name in names:
            stop = start + len(self.seeds(name))
            self._known[name, id(row)] = (row, [(value, line[start:stop]) for value, line in found])
            start = stop

    def _lines(self, names: tuple[str, ...], row: FactRow) -> list[Line]:
        """Residuals and slopes of one equation, from one run with a seed for every entry of the quantities."""
        rules, point = self.assumptions, self.point
        tag = ar.new_tag()
        count = 0
        changed: dict[str, dict[Place, Worth]] = {}
        for name in names:
            members = changed[name] = dict(point.values[name])
            for place, value in members.items():
                data = [Dual(tag, entry, {count + at: ONE}) for at, entry in enumerate(entries(value))]
                count += len(data)
                members[place] = Arr(value.dims, data) if isinstance(value, Arr) else data[0]
        state = State(rules.program, point, point.state(rules.program), changed)
        residuals = [
            residual
            for frame in row.frames(point.sizes)
            if rules.allows(frame, row.free, point)
            for residual in row.differences(state, frame)
        ]
        return [
            (ar.primal(residual), [ar.primal(ar.part_of(residual, tag, s)) for s in range(count)])
            for residual in residuals
        ]


_Content = dict[str, list[Number]]
"""All entries of each quantity, in order."""


def _content(point: Point) -> _Content:
    """Where a point is."""
    values = point.values.items()
    return {name: [entry for value in members.values() for entry in entries(value)] for name, members in values}


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
