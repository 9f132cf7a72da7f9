"""How each kind of claim can fail at a point. A check raises ``Undefined`` where the claim says nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import product as all_of

from flint import arb, fmpq

from derive.language.claims import (
    Compare,
    Equal,
    HasShape,
    Optimum,
    PositiveSemidefinite,
    SameOptimum,
    Statement,
    Step,
    Value,
    WellDefined,
    terms_of,
)
from derive.language.context import SymbolDecl
from derive.language.extents import Range, Shape, show_shape
from derive.language.operators import ShapeError
from derive.language.shapes import shape_of
from derive.language.terms import Rel, Term
from derive.refute import arithmetic as ar
from derive.refute.arithmetic import ONE, ZERO, CannotEvaluate, Dual, Imprecise, Number, Undefined
from derive.refute.arrays import Arr, Worth, entries, rows_columns, zipped
from derive.refute.evaluate import Code, Frame, Place, Point, Program, State, free_indices
from derive.refute.points import FactRow, Sampler, choices, family_places, groups_of, is_outside
from derive.refute.relevance import subject_of
from derive.refute.witness import Failure, shown, shown_number

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
        self.sampler = Sampler(program, self.subject)


def checks_for(statement: Statement, arena: Arena) -> list[tuple[Check, Sampler]]:
    """The ways to refute a statement, each with the sampler of the points it speaks about."""
    match statement:
        case Equal(left, right):
            return [(equal_check(left, right, arena), arena.sampler)]
        case Compare(op, left, right):
            return _compare_checks(op, left, right, arena)
        case Step():
            return _step_checks(statement, arena)
        case Optimum():
            return _optimum_checks(statement, arena)
        case SameOptimum():
            return [(_same_optimum(statement, arena), arena.sampler)]
        case HasShape(term, shape):
            return [(_shape_check(term, shape, arena), arena.sampler)]
        case PositiveSemidefinite(term):
            return [(_semidefinite(term, arena), arena.sampler)]
        case Value():
            return [(_value(statement, arena), arena.sampler)]
        case WellDefined(term):
            return [(_well_defined(term, arena), arena.sampler)]
    raise CannotEvaluate(f"claims of kind {type(statement).__name__} are not attacked")


# -- equality and comparison --------------------------------------------------------------------------------------
def equal_check(left: Term, right: Term, arena: Arena) -> Check:
    """Fails where an entry of the two sides certainly differs."""
    return relation_check(Rel("=", left, right), arena)


def relation_check(relation: Rel, arena: Arena) -> Check:
    """Fails where the relation certainly does not hold, for some value of its free indices."""
    context, program = arena.context, arena.program
    free = free_indices(relation, context)
    scope = {name: context.indices[name] for name in free if name in context.indices}
    (a_shape, a), (b_shape, b) = program.compile(relation.left, scope), program.compile(relation.right, scope)
    if a_shape and b_shape and a_shape != b_shape:
        raise ShapeError(f"the two sides have different shapes: {show_shape(a_shape)} and {show_shape(b_shape)}")
    fails = _FAILS[relation.op]

    def check(point: Point) -> Failure | None:
        state = State(program, point)
        for frame in frames(point, free, arena):
            one, other = a(frame, state), b(frame, state)
            if any_fails(fails, one, other):
                return Failure(shown(one), shown(other), frame=_indices(frame, free))
        return None

    return check


_FAILS: dict[str, Callable[[int], bool]] = {
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
    for gap in entries(zipped(lambda a, b: a - b, left, right)):
        gap = ar.primal(gap)
        if isinstance(gap, fmpq) or (gap.is_finite() and not gap.contains(0)):
            if fails(ar.sign(gap)):
                return True
        elif not gap.is_finite() or gap.rad() > TOLERANCE:
            wide = True
    if wide:
        raise Imprecise
    return False


def _indices(frame: Frame, free: tuple[str, ...]) -> tuple[tuple[str, int], ...]:
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


def _compare_checks(op: str, left: Term, right: Term, arena: Arena) -> list[tuple[Check, Sampler]]:
    check = relation_check(Rel(op, left, right), arena)
    rows = [(check, arena.sampler)]
    if op in ("<", ">", "!="):
        rows.append((check, Sampler(arena.program, arena.subject, (Rel("=", left, right),))))
    return rows


# -- steps --------------------------------------------------------------------------------------------------------
def _step_checks(step: Step, arena: Arena) -> list[tuple[Check, Sampler]]:
    prefer = tuple(unknown.name for unknown in step.unknowns)
    rows = [(_conclusions(step.conclusions, arena), Sampler(arena.program, arena.subject, step.hypotheses, prefer))]
    if step.both:
        rows.append(
            (_conclusions(step.hypotheses, arena), Sampler(arena.program, arena.subject, step.conclusions, prefer))
        )
    return rows


def _conclusions(conclusions: tuple[Rel, ...], arena: Arena) -> Check:
    checks = [relation_check(conclusion, arena) for conclusion in conclusions]

    def check(point: Point) -> Failure | None:
        for each in checks:
            failure = each(point)
            if failure is not None:
                note = "the assumptions of the step hold here, its conclusion does not"
                return Failure(failure.left, failure.right, note, failure.frame)
        return None

    return check


# -- optima -------------------------------------------------------------------------------------------------------
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


def _optimum_checks(optimum: Optimum, arena: Arena) -> list[tuple[Check, Sampler]]:
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
    sampler = Sampler(arena.program, arena.subject, optimum.constraints, prefer)

    def check(point: Point) -> Failure | None:
        here = State(arena.program, point)
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
            if is_outside(decl, value, point, variables.arena.sampler):
                return Failure(shown(value), "-", f"the stated {decl.name} is outside its domain")
        if "simplex" in decl.properties:
            for group in groups_of(decl, best[decl.name]):
                if any_fails(_FAILS["="], sum(group, ZERO), ONE):
                    return Failure(shown_number(sum(group, ZERO)), "1", f"the stated {decl.name} does not sum to one")
    for row in constraints:
        for frame in choices(point.sizes, row.free, variables.arena.context):
            left, right = row.left(frame, state), row.right(frame, state)
            if any_fails(_FAILS[row.op], left, right):
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
        inside = all(is_outside(decl, value, point, arena.sampler) is False for value in best[decl.name].values())
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
    state = State(arena.program, point, State(arena.program, point), changed)
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
    if left_over is None or not any_fails(_FAILS["="], Arr((len(left_over),), left_over), ZERO):
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
    here = State(arena.program, point)
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
        if any_fails(_FAILS[">=" if kind == "max" else "<="], reached, other):
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
    return all(is_outside(decl, value, point, arena.sampler) is False for value in members.values())


def _flat_members(members: dict[Place, Worth]) -> str:
    return ", ".join(shown(value) for value in members.values())


def _same_optimum(claim: SameOptimum, arena: Arena) -> Check:
    """Where the variables take finitely many values: the best ones differ."""
    context, program = arena.context, arena.program
    free = tuple(dict.fromkeys((*free_indices(claim.left, context), *free_indices(claim.right, context))))
    scope = {name: context.indices[name] for name in free if name in context.indices}
    left, right = program.compile(claim.left, scope)[1], program.compile(claim.right, scope)[1]
    decls = [context.symbols[variable.name] for variable in claim.variables if variable.name in context.symbols]
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
                return Failure(one, two, f"the arg{claim.kind} of the two sides", _indices(frame, free))
        return None

    return check


def _finite(decl: SymbolDecl) -> bool:
    return not decl.shape and (bool(decl.values) or decl.label_range is not None or "binary" in decl.properties)


def _assignments(decls: list[SymbolDecl], point: Point, arena: Arena) -> Iterator[dict[str, dict[Place, Worth]]]:
    places: list[tuple[str, Place]] = []
    spans: list[list[Worth]] = []
    total = 1
    for decl in decls:
        span = arena.sampler.values_of(decl, point)
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
    here = State(program, point)
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


# -- shapes, quadratic forms, printed values ----------------------------------------------------------------------
def _shape_check(term: Term, shape: Shape, arena: Arena) -> Check:
    free = free_indices(term, arena.context)
    scope: dict[str, Range | Shape] = {name: arena.context.indices[name] for name in free}
    found = shape_of(term, arena.context, scope)

    def check(point: Point) -> Failure | None:
        if found == shape:
            return None
        for frame in frames(point, free, arena):
            sizes = {name: int(str(value)) for name, value in frame.items()}
            left = [extent.value(sizes) for extent in found]
            right = [extent.value(sizes) for extent in shape]
            if left != right:
                return Failure(show_shape(found), show_shape(shape), "the shapes differ", _indices(frame, free))
        return None

    return check


def _semidefinite(term: Term, arena: Arena) -> Check:
    free = free_indices(term, arena.context)
    scope = {name: arena.context.indices[name] for name in free if name in arena.context.indices}
    shape, code = arena.program.compile(term, scope)
    if shape and (len(shape) != 2 or shape[0] != shape[1]):
        raise ShapeError(f"expected a square matrix, found {show_shape(shape)}")

    def check(point: Point) -> Failure | None:
        state = State(arena.program, point)
        for frame in frames(point, free, arena):
            value = code(frame, state)
            for x in _directions(value):
                form = quadratic_form(value, x)
                if ar.sign(form) < 0 if isinstance(form, fmpq) else form < 0:
                    note = f"x^T M x with x = [{', '.join(map(str, x))}] and M = {shown(value)}"
                    return Failure(shown_number(form), "0", note, _indices(frame, free))
        return None

    return check


def quadratic_form(value: Worth, x: tuple[fmpq, ...]) -> Number:
    """x^T M x."""
    n = rows_columns(value)[0]
    data = entries(value)
    total: Number = ZERO
    for i in range(n):
        for j in range(n):
            total = total + data[i * n + j] * (x[i] * x[j])
    return total


def _directions(value: Worth) -> Iterator[tuple[fmpq, ...]]:
    """Vectors of -1, 0, 1, then the directions in which elimination meets a negative pivot."""
    n = rows_columns(value)[0]
    if n <= 4:
        for row in all_of((1, 0, -1), repeat=n):
            if any(row):
                yield tuple(fmpq(entry) for entry in row)
    yield from _pivot_directions([_nearby(entry) for entry in entries(value)], n)


def _nearby(entry: Number) -> fmpq:
    value = ar.primal(entry)
    if isinstance(value, fmpq):
        return value
    return fmpq(round(Fraction(float(value.mid())) * 10**6), 10**6)


def _pivot_directions(data: list[fmpq], n: int) -> Iterator[tuple[fmpq, ...]]:
    """Columns of L^{-T} in M = L D L^T: the form takes the value D_i there."""
    rows = [[(data[i * n + j] + data[j * n + i]) / 2 for j in range(n)] for i in range(n)]
    basis = [[ONE if i == j else ZERO for j in range(n)] for i in range(n)]
    for done in range(n):
        pivot = rows[done][done]
        yield tuple(basis[done])
        if pivot == 0:
            return
        for i in range(done + 1, n):
            factor = rows[i][done] / pivot
            rows[i] = [a - factor * b for a, b in zip(rows[i], rows[done], strict=True)]
            basis[i] = [a - factor * b for a, b in zip(basis[i], basis[done], strict=True)]


_DECIMAL = re.compile(r"^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$")


def printed_interval(text: str) -> tuple[Fraction, Fraction]:
    """The numbers that round to a printed decimal: half a unit of its last digit to either side.

    >>> printed_interval("1.10")
    (Fraction(219, 200), Fraction(221, 200))
    """
    plain = text.strip().replace("−", "-").replace(" ", "").replace("{,}", "")
    if "/" in plain:
        top, _, bottom = plain.partition("/")
        if not (top.lstrip("+-").isdigit() and bottom.isdigit() and int(bottom)):
            raise CannotEvaluate(f"expected a decimal number or a fraction, found {text!r}")
        return Fraction(int(top), int(bottom)), Fraction(int(top), int(bottom))
    match = _DECIMAL.match(plain)
    if match is None or not (match[2] or match[3]):
        raise CannotEvaluate(f"expected a decimal number, found {text!r}")
    digits, power = match[3] or "", int(match[4] or 0)
    if abs(power) > 400:
        raise CannotEvaluate(f"the exponent of {text!r} is out of reach")
    unit = Fraction(10) ** (power - len(digits))
    middle = int((match[2] or "") + digits) * unit * (-1 if match[1] == "-" else 1)
    return middle - unit / 2, middle + unit / 2


def _value(claim: Value, arena: Arena) -> Check:
    free = free_indices(claim.term, arena.context)
    scope = {name: arena.context.indices[name] for name in free if name in arena.context.indices}
    shape, code = arena.program.compile(claim.term, scope)
    table = printed_table(shape, claim.printed)
    intervals = [[printed_interval(text) for text in row] for row in table]

    def check(point: Point) -> Failure | None:
        state = State(arena.program, point)
        for frame in frames(point, free, arena):
            value = code(frame, state)
            rows = as_printed(value, table)
            for j in range(len(rows[0])):
                column = [row[j] for row in rows]
                wanted = [row[j] for row in intervals]
                if _column_fails(column, wanted, claim.up_to_sign):
                    i = next((i for i in range(len(column)) if _entry_fails(column[i], wanted[i])), 0)
                    where = f"row {i + 1}, column {j + 1}" if len(rows) * len(rows[0]) > 1 else ""
                    return Failure(shown_number(column[i]), table[i][j], where, _indices(frame, free))
        return None

    return check


def printed_table(shape: Shape, printed: tuple[tuple[str, ...], ...]) -> tuple[tuple[str, ...], ...]:
    """The printed table by rows; a vector is one column, however it was printed (a sign belongs to a whole column)."""
    if len(shape) == 1 and len(printed) == 1:
        return tuple((text,) for text in printed[0])
    return printed


def as_printed(value: Worth, printed: tuple[tuple[str, ...], ...]) -> list[list[Number]]:
    """The entries of the value by the rows of the table."""
    data = entries(value)
    widths = {len(row) for row in printed}
    if len(widths) != 1 or len(data) != len(printed) * len(printed[0]):
        raise CannotEvaluate(f"the printed table has {sum(map(len, printed))} entries, the term {len(data)}")
    width = len(printed[0])
    if isinstance(value, Arr) and len(value.dims) == 2 and value.dims != (len(printed), width):
        raise CannotEvaluate(
            f"the printed table is {len(printed)} × {width}, the term {value.dims[0]} × {value.dims[1]}"
        )
    return [data[i * width : (i + 1) * width] for i in range(len(printed))]


def _entry_fails(value: Number, interval: tuple[Fraction, Fraction]) -> bool:
    """Whether the value is certainly outside; ``Imprecise`` if its ball straddles an end."""
    value = ar.primal(value)
    low, high = ar.rational(interval[0]), ar.rational(interval[1])
    if isinstance(value, fmpq):
        return bool(value < low or value > high)
    if not value.is_finite():
        raise Undefined("the value is not finite")
    if value < low or value > high:
        return True
    if value >= low and value <= high:
        return False
    if value.rad() > TOLERANCE:
        raise Imprecise
    return False


def _column_fails(column: list[Number], wanted: list[tuple[Fraction, Fraction]], up_to_sign: bool) -> bool:
    fails = any(_entry_fails(value, interval) for value, interval in zip(column, wanted, strict=True))
    if not fails or not up_to_sign:
        return fails
    return any(_entry_fails(-value, interval) for value, interval in zip(column, wanted, strict=True))


def _well_defined(term: Term, arena: Arena) -> Check:
    """Never fails at a point; it only counts where the term has a value."""
    free = free_indices(term, arena.context)
    scope = {name: arena.context.indices[name] for name in free if name in arena.context.indices}
    code = arena.program.compile(term, scope)[1]

    def check(point: Point) -> Failure | None:
        state = State(arena.program, point)
        for frame in frames(point, free, arena):
            code(frame, state)
        return None

    return check
