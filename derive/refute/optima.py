"""Where a stated optimum certainly is none: infeasible, not stationary, or beaten by another feasible point."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import product as all_of

from flint import fmpq

from derive.language.claims import (
    Optimum,
    SameOptimum,
)
from derive.language.context import SymbolDecl
from derive.language.operators import ShapeError
from derive.language.terms import Deriv, Rel, Sym
from derive.refute import arithmetic as ar
from derive.refute import quadratics
from derive.refute.arithmetic import ONE, ZERO, CannotEvaluate, Dual, Number, Undefined
from derive.refute.arrays import Arr, Worth, entries, zipped
from derive.refute.convexity import kind_of
from derive.refute.evaluate import Program
from derive.refute.facts import FactRow, choices
from derive.refute.names import free_indices
from derive.refute.points import Sampler, family_places, sampler_of
from derive.refute.properties import groups_of, is_outside, values_of
from derive.refute.relations import FAILS, Arena, Check, any_fails, frames, shown_indices
from derive.refute.state import Code, Frame, Place, Point, State
from derive.refute.witness import Failure, shown, shown_number

PLACES = tuple(fmpq(n, 4) for n in (-32, -16, -8, -6, -4, -3, -2, -1, 0, 1, 2, 3, 4, 6, 8, 16, 32))
"""Where the slopes of two functions of one number are compared, in order."""


class _Variables:
    """The variables of an optimum, all members of each family, and what a candidate sets them to."""

    def __init__(self, optimum: Optimum, arena: Arena) -> None:
        self.arena = arena
        self.decls: list[SymbolDecl] = []
        self.codes: list[tuple[tuple[str, ...], Code]] = []
        context = arena.context
        for variable, point in zip(optimum.variables, optimum.point, strict=True):
            decl = context.symbols.get(variable.name)
            if decl is None or arena.program.derived(variable.name):
                raise CannotEvaluate(f"{variable.name} is not a free quantity, so it has no optimum")
            names = tuple(part.name for part in variable.indices if hasattr(part, "name"))
            if len(names) != len(variable.indices):
                raise CannotEvaluate(f"the variable {variable.name} is given at particular subscripts")
            scope = dict(zip(names, decl.family, strict=True))
            self.decls.append(decl)
            self.codes.append((names, arena.program.compile(point, scope)[1]))

    def candidate(self, point: Point, state: State) -> dict[str, dict[Place, Worth]]:
        """What the candidate gives every variable at this point."""
        found: dict[str, dict[Place, Worth]] = {}
        for decl, (names, code) in zip(self.decls, self.codes, strict=True):
            members: dict[Place, Worth] = {}
            for place, _ in family_places(decl, point.sizes, False):
                frame: Frame = {**point.sizes, **dict(zip(names, place, strict=True))}
                members[place] = code(frame, state)
            found[decl.name] = members
        return found

    def own(self, point: Point) -> dict[str, dict[Place, Worth]]:
        """The values the variables have at the point itself."""
        return {decl.name: point.values[decl.name] for decl in self.decls}


def optimum_checks(optimum: Optimum, arena: Arena) -> list[tuple[Check, Sampler]]:
    """The ways to refute an optimum."""
    variables = _Variables(optimum, arena)
    free = free_indices(optimum.objective, arena.context)
    scope = {name: arena.context.indices[name] for name in free if name in arena.context.indices}
    shape, objective = arena.program.compile(optimum.objective, scope)
    if shape:
        raise ShapeError("an objective must be a scalar")
    names = {variable.name for variable in optimum.variables}
    inside = [rel for rel in arena.subject.facts if isinstance(rel, Rel) and _about(rel, names, arena)]
    constraints = [FactRow(arena.program, rel) for rel in _unlike((*optimum.constraints, *inside))]
    prefer = tuple(variable.name for variable in optimum.variables)
    sampler = sampler_of(arena.program, arena.subject, optimum.constraints, prefer)

    def check(point: Point) -> Failure | None:
        here = point.state(arena.program)
        best = variables.candidate(point, here)
        state = State(arena.program, point, here, best)
        failure = _infeasible(variables, constraints, best, state, point)
        if failure is not None:
            return failure
        for frame in frames(point, free, arena):
            failure = _not_stationary(optimum.kind, variables, constraints, best, objective, frame, point, arena)
            if failure is None and optimum.kind in ("max", "min"):
                failure = _beaten(optimum.kind, variables, constraints, best, objective, frame, point, arena)
            if failure is not None:
                return failure
        return None

    return [(check, sampler)]


def _unlike(relations: tuple[Rel, ...]) -> list[Rel]:
    """The relations, each once (a constraint is often an assumption of the context too)."""
    found: list[Rel] = []
    for relation in relations:
        if relation not in found:
            found.append(relation)
    return found


def _about(relation: Rel, names: set[str], arena: Arena) -> bool:
    row = FactRow(arena.program, relation)
    return any(name in names for name in row.names)


def _infeasible(
    variables: _Variables,
    constraints: list[FactRow],
    best: dict[str, dict[Place, Worth]],
    state: State,
    point: Point,
) -> Failure | None:
    for decl in variables.decls:
        for value in best[decl.name].values():
            if is_outside(variables.arena.program, decl, value, point):
                return Failure(shown(value), "-", f"the stated {decl.name} is outside its domain")
        if "simplex" in decl.properties:
            for group in groups_of(decl, best[decl.name]):
                if any_fails(FAILS["="], sum(group, ZERO), ONE):
                    return Failure(shown_number(sum(group, ZERO)), "1", f"the stated {decl.name} does not sum to one")
    for row in constraints:
        for frame in choices(point.sizes, row.free, variables.arena.context):
            left, right = row.left(frame, state), row.right(frame, state)
            if any_fails(FAILS[row.op], left, right):
                return Failure(shown(left), shown(right), "the stated point breaks a constraint")
    return None


def _not_stationary(
    kind: str,
    variables: _Variables,
    constraints: list[FactRow],
    best: dict[str, dict[Place, Worth]],
    objective: Code,
    frame: Frame,
    point: Point,
    arena: Arena,
) -> Failure | None:
    """The gradient of the objective is not a combination of those of the constraints."""
    for decl in variables.decls:
        inside = all(is_outside(arena.program, decl, value, point) is False for value in best[decl.name].values())
        if not inside or decl.properties & _CURVED:
            return None
    tag = ar.new_tag()
    directions = 0
    changed: dict[str, dict[Place, Worth]] = {}
    ties: list[list[int]] = []
    for decl in variables.decls:
        changed[decl.name] = {}
        for place, value in best[decl.name].items():
            data = [Dual(tag, entry, {directions + i: ONE}) for i, entry in enumerate(entries(value))]
            ties.extend(_symmetric_ties(decl, value, directions))
            directions += len(data)
            changed[decl.name][place] = Arr(value.dims, list(data)) if isinstance(value, Arr) else data[0]
    state = State(arena.program, point, point.state(arena.program), changed)
    rows: list[list[Number]] = []
    for decl in variables.decls:
        if "simplex" in decl.properties:
            for group in groups_of(decl, changed[decl.name]):
                total = sum(group, ZERO)
                rows.append([ar.part_of(total, tag, i) for i in range(directions)])
    for row in constraints:
        if row.op != "=":
            return None
        for here in choices(point.sizes, row.free, arena.context):
            for gap in row.differences(state, here):
                rows.append([ar.part_of(gap, tag, i) for i in range(directions)])
    value = objective(frame, state)
    gradient = [ar.part_of(entries(value)[0], tag, i) for i in range(directions)]
    for tie in ties:
        rows = [_tied(row, tie) for row in rows]
        gradient = _tied(gradient, tie)
    left_over = reduced(gradient, rows, kind == "stationary")
    if left_over is None or not any_fails(FAILS["="], Arr((len(left_over),), left_over), ZERO):
        return None
    shape = [shown_number(entry) for entry in gradient]
    note = "the gradient of the objective at the stated point is not a combination of the gradients of the constraints"
    return Failure("[" + ", ".join(shape) + "]", "0", note if rows else "the gradient at the stated point is not zero")


_CURVED = frozenset({"orthogonal", "psd", "integer", "binary", "onehot", "label", "connected", "diagonal"})


def _symmetric_ties(decl: SymbolDecl, value: Worth, start: int) -> list[list[int]]:
    if not decl.properties & {"symmetric", "posdef"} or not isinstance(value, Arr):
        return []
    n = value.dims[0]
    return [[start + i * n + j, start + j * n + i] for i in range(n) for j in range(i)]


def _tied(row: list[Number], tie: list[int]) -> list[Number]:
    """The derivative where two entries move together."""
    new = list(row)
    new[tie[0]] = row[tie[0]] + row[tie[1]]
    new[tie[1]] = ZERO
    return new


def reduced(vector: list[Number], rows: list[list[Number]], degenerate: bool) -> list[Number] | None:
    """The vector less its combination of the rows, by elimination.

    ``None`` unless the rows are surely independent (where ``degenerate`` is allowed, rows may vanish): multipliers
    need not exist where the gradients of the constraints depend on each other.
    """
    rows = [list(row) for row in rows]
    vector = list(vector)
    for done in range(len(rows)):
        pivot = _certain_pivot(rows[done])
        if pivot is None:
            if degenerate and all(ar.is_exact_zero(ar.primal(entry)) for entry in rows[done]):
                continue
            return None
        scale = ar.reciprocal(rows[done][pivot])
        for other in (*rows[done + 1 :], vector):
            _eliminate(other, rows[done], pivot, scale)
    return vector


def _certain_pivot(row: list[Number]) -> int | None:
    for i, entry in enumerate(row):
        value = ar.primal(entry)
        if (value != 0) if isinstance(value, fmpq) else (value.is_finite() and not value.contains(0)):
            return i
    return None


def _eliminate(row: list[Number], by: list[Number], pivot: int, scale: Number) -> None:
    factor = row[pivot] * scale
    for i, entry in enumerate(by):
        row[i] = ZERO if i == pivot else row[i] - factor * entry


def _beaten(
    kind: str,
    variables: _Variables,
    constraints: list[FactRow],
    best: dict[str, dict[Place, Worth]],
    objective: Code,
    frame: Frame,
    point: Point,
    arena: Arena,
) -> Failure | None:
    """Another feasible point is better: the point's own values, or one on the way to them."""
    here = point.state(arena.program)
    own = variables.own(point)
    reached = entries(objective(frame, State(arena.program, point, here, best)))[0]
    for step in (ONE, fmpq(1, 2), fmpq(1, 16)):
        moved = {
            name: {place: _on_the_way(value, own[name][place], step) for place, value in members.items()}
            for name, members in best.items()
        }
        if not all(_inside(decl, moved[decl.name], point, arena) for decl in variables.decls):
            continue
        state = State(arena.program, point, here, moved)
        if not all(
            row.holds(state, inner) for row in constraints for inner in choices(point.sizes, row.free, arena.context)
        ):
            continue
        try:
            other = entries(objective(frame, state))[0]
        except Undefined:
            continue
        if any_fails(FAILS[">=" if kind == "max" else "<="], reached, other):
            text = "; ".join(f"{name} = {_flat_members(members)}" for name, members in moved.items())
            return Failure(shown_number(reached), shown_number(other), f"better than the stated point: {text}")
    return None


def _on_the_way(start: Worth, end: Worth, step: Number) -> Worth:
    return zipped(lambda a, b: a + step * (b - a), start, end)


def _inside(decl: SymbolDecl, members: dict[Place, Worth], point: Point, arena: Arena) -> bool:
    if decl.properties & {"integer", "binary", "onehot", "label", "orthogonal"}:
        return False
    if "simplex" in decl.properties and any(sum(group, ZERO) != 1 for group in groups_of(decl, members)):
        return False
    return all(is_outside(arena.program, decl, value, point) is False for value in members.values())


def _flat_members(members: dict[Place, Worth]) -> str:
    return ", ".join(shown(value) for value in members.values())


def same_optimum(claim: SameOptimum, arena: Arena) -> Check:
    """Where the variables take finitely many values: the best ones differ."""
    context, program = arena.context, arena.program
    free = tuple(dict.fromkeys((*free_indices(claim.left, context), *free_indices(claim.right, context))))
    scope = {name: context.indices[name] for name in free if name in context.indices}
    left, right = program.side(claim.left, scope)[1], program.side(claim.right, scope)[1]
    decls = [context.symbols[variable.name] for variable in claim.variables if variable.name in context.symbols]
    if len(decls) == len(claim.variables) == 1 and not free and quadratics.is_free_vector(decls[0].name, context):
        return _on_a_line_or_exactly(claim, arena, decls[0])
    if len(decls) != len(claim.variables) or not all(_finite(decl) for decl in decls):
        raise CannotEvaluate(
            "the best points of two objectives are compared only where the variables take finitely many values"
        )

    def check(point: Point) -> Failure | None:
        for frame in frames(point, free, arena):
            candidates = list(_assignments(decls, point, arena))
            if len(candidates) > 300:
                raise Undefined("too many candidates")
            first = _best(claim.kind, left, candidates, frame, point, program)
            other = _best(claim.kind, right, candidates, frame, point, program)
            if first != other:
                one, two = _choice_text(candidates, first), _choice_text(candidates, other)
                return Failure(one, two, f"the arg{claim.kind} of the two sides", shown_indices(frame, free))
        return None

    return check


def _on_a_line_or_exactly(claim: SameOptimum, arena: Arena, decl: SymbolDecl) -> Check:
    """Of numbers by their slopes along the line, else at the exact best point of one side."""
    try:
        if not decl.shape:
            return _along_a_line(claim, arena)
    except CannotEvaluate:
        pass  # one of the two may be bent the right way
    return quadratics.at_the_best_point(claim, arena)


def _along_a_line(claim: SameOptimum, arena: Arena) -> Check:
    """Two convex functions of one number (two concave ones, for a maximum): at some place one rises and the other
    falls, so their best points, if there are any, lie on different sides of it."""
    program, name = arena.program, claim.variables[0].name
    bent = "convex" if claim.kind == "min" else "concave"
    if any(kind_of(side, name, arena.context) != bent for side in (claim.left, claim.right)):
        raise CannotEvaluate(f"the best points of two objectives in a number are compared where both are {bent}")
    slopes = [program.compile(Deriv(side, Sym(name)), {})[1] for side in (claim.left, claim.right)]
    turn = 1 if claim.kind == "min" else -1

    def check(point: Point) -> Failure | None:
        here, frame = point.state(program), next(iter(frames(point, (), arena)))

        def along(slope: Code) -> list[int]:
            moved = (State(program, point, here, {name: {(): place}}) for place in PLACES)
            return [turn * ar.sign(entries(slope(frame, state))[0]) for state in moved]

        # one of the two sides is the same in all that is tried of a line; a closure is of one term, and of no other
        found = [here.once((slope, "along", name, turn), partial(along, slope)) for slope in slopes]
        rises = list(zip(*found, strict=True))
        for number, (left, right) in enumerate(rises):
            if left * right >= 0:
                continue
            before, after = rises[:number], rises[number + 1 :]
            low, high = (0, 1) if left > 0 else (1, 0)
            if any(each[low] < 0 for each in before) or any(each[high] > 0 for each in after):
                sides = [f"{name} < {PLACES[number]}", f"{name} > {PLACES[number]}"]
                return Failure(sides[low], sides[high], f"the arg{claim.kind} of the two sides")
        return None

    return check


def _finite(decl: SymbolDecl) -> bool:
    return not decl.shape and (bool(decl.values) or decl.label_range is not None or "binary" in decl.properties)


def _assignments(decls: list[SymbolDecl], point: Point, arena: Arena) -> Iterator[dict[str, dict[Place, Worth]]]:
    places: list[tuple[str, Place]] = []
    spans: list[list[Worth]] = []
    total = 1
    for decl in decls:
        span = values_of(arena.program, decl, point)
        for place, _ in family_places(decl, point.sizes, False):
            places.append((decl.name, place))
            spans.append(list(span))
            total *= len(span)
    if total > 300:
        raise Undefined("too many candidates")
    for row in all_of(*spans):
        found: dict[str, dict[Place, Worth]] = {}
        for (name, place), value in zip(places, row, strict=True):
            found.setdefault(name, {})[place] = value
        yield found


def _best(
    kind: str,
    objective: Code,
    candidates: list[dict[str, dict[Place, Worth]]],
    frame: Frame,
    point: Point,
    program: Program,
) -> list[int]:
    """Which candidates are best; worked out once for an objective, which stands on both sides of a chain's lines."""
    key = (objective, kind, tuple(frame.items()), tuple(name for each in candidates[:1] for name in each))
    return point.state(program).once(key, lambda: _the_best(kind, objective, candidates, frame, point, program))


def _the_best(
    kind: str,
    objective: Code,
    candidates: list[dict[str, dict[Place, Worth]]],
    frame: Frame,
    point: Point,
    program: Program,
) -> list[int]:
    here = point.state(program)
    values = [entries(objective(frame, State(program, point, here, candidate)))[0] for candidate in candidates]
    best = [0]
    for i, value in enumerate(values[1:], start=1):
        side = ar.sign(value - values[best[0]]) * (1 if kind == "max" else -1)
        if side > 0:
            best = [i]
        elif side == 0:
            best.append(i)
    return best


def _choice_text(candidates: list[dict[str, dict[Place, Worth]]], found: list[int]) -> str:
    return " or ".join(
        ", ".join(f"{name} = {_flat_members(members)}" for name, members in candidates[i].items()) for i in found[:3]
    )
