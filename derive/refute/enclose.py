"""Certified solutions of equations that are not linear: Newton's method, then Krawczyk's test in balls.

Krawczyk's test proves that exactly one solution lies in a box; the box then stands for that solution.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from flint import arb, arb_mat

from derive.refute import arithmetic as ar
from derive.refute.arithmetic import ONE, Dual, Imprecise, Number, Undefined

System = Callable[[list[Number]], list[Number]]
"""What must vanish, as a function of the unknowns."""

ROUNDS = 12

DOUBLINGS = 3
"""After how many steps on end that are each about twice as long as the one before the search is given up: so it goes
towards a solution at infinity (1 / u = 0)."""


def enclosure(
    system: System, start: Sequence[Number], chosen: list[int] | None = None
) -> tuple[list[int], list[arb]] | None:
    """Which unknowns were moved, and balls that hold a solution (the others stay as they are); ``None`` if none was
    found. Where all equations at once have no such solution, or none near by, those that hold exactly are kept, and
    only what they do not depend on is moved.

    >>> found = enclosure(lambda u: [u[0] * u[0] - arb(2)], [arb(1)])
    >>> found is not None and bool(found[1][0].contains(arb(2).sqrt()))
    True
    """
    if chosen is not None:
        return _newton(system, [*start], chosen)
    values, slopes = _linearised(system, [*start])
    if not values:
        return None
    ways = (_columns(slopes, len(values)), _beside_those_that_hold(values, slopes))
    for moved in dict.fromkeys(tuple(way) for way in ways if way):
        here = [_middle(value) if i in moved else value for i, value in enumerate(start)]
        found = _found(system, here, [*moved])
        if found is not None:
            return found
    return None


def _found(system: System, here: list[Number], chosen: list[int]) -> tuple[list[int], list[arb]] | None:
    """A solution, unless the search for it leaves where the equations have a meaning."""
    try:
        return _newton(system, here, chosen)
    except (Undefined, Imprecise):
        return None


def _newton(system: System, here: list[Number], chosen: list[int]) -> tuple[list[int], list[arb]] | None:
    doublings, before = 0, arb(0)
    for _ in range(ROUNDS):
        values, slopes = _linearised(system, here, chosen)
        if not values:
            return None
        step = _solve([[row[c] for c in chosen] for row in slopes], values) if values else None
        if step is None:
            return None
        largest = arb(0)
        for c, move in zip(chosen, step, strict=True):
            here[c] = _middle(arb(here[c]) - move)
            largest = largest.max(abs(_middle(move)))
        if not largest.is_finite():
            return None
        if largest < arb(2) ** -48:
            return _verified(system, here, chosen)
        doublings = doublings + 1 if 19 * before < 10 * largest < 21 * before else 0
        if doublings == DOUBLINGS:
            return None
        before = largest
    return None


def _middle(value: Number) -> arb:
    return arb(arb(value).mid())


def _beside_those_that_hold(values: list[arb], slopes: list[list[arb]]) -> list[int] | None:
    """Unknowns in which the equations that do not hold exactly are independent, and of which the others are not
    made."""
    held = [row for value, row in zip(values, slopes, strict=True) if value.is_zero()]
    others = [row for value, row in zip(values, slopes, strict=True) if not value.is_zero()]
    free = [c for c in range(len(slopes[0])) if all(row[c].is_zero() for row in held)]
    if not held or not others or not free:
        return None
    chosen = _columns([[row[c] for c in free] for row in others], len(others))
    return None if chosen is None else [free[c] for c in chosen]


def _linearised(
    system: System, here: Sequence[Number], chosen: list[int] | None = None
) -> tuple[list[arb], list[list[arb]]]:
    """The values of the equations and their slopes in every unknown, or in those that are ``chosen`` to be moved (then
    the others have none); equations that say 0 = 0 are left out."""
    tag = ar.new_tag()
    moved = chosen or range(len(here))
    residuals = system([Dual(tag, value, {i: ONE}) if i in moved else value for i, value in enumerate(here)])
    values: list[arb] = []
    slopes: list[list[arb]] = []
    for residual in residuals:
        value = ar.primal(residual)
        row = [arb(ar.primal(ar.part_of(residual, tag, i))) for i in range(len(here))]
        if value == 0 and all(slope.is_zero() for slope in row):
            continue
        values.append(arb(value))
        slopes.append(row)
    return values, slopes


def _columns(slopes: list[list[arb]], wanted: int) -> list[int] | None:
    """Unknowns in which the equations are independent, the first ones preferred."""
    rows = [list(row) for row in slopes]
    chosen: list[int] = []
    free = list(range(len(rows)))
    for column in range(len(rows[0])):
        if len(chosen) == wanted:
            break
        pivot = max(free, key=lambda i: float(abs(rows[i][column]).mid()))
        lead = rows[pivot][column]
        if not abs(lead) > arb(2) ** -20:
            continue
        free.remove(pivot)
        chosen.append(column)
        for i in free:
            factor = rows[i][column] / lead
            rows[i] = [a - factor * b for a, b in zip(rows[i], rows[pivot], strict=True)]
    return chosen if len(chosen) == wanted else None


def _solve(matrix: list[list[arb]], right: list[arb]) -> list[arb] | None:
    if len(matrix) != len(matrix[0]) or len(matrix) != len(right):
        return None
    try:
        found = arb_mat(matrix).solve(arb_mat([[value] for value in right]))
    except ZeroDivisionError:
        return None
    return [found[i, 0] for i in range(len(right))]


def _verified(system: System, centre: list[Number], chosen: list[int]) -> tuple[list[int], list[arb]] | None:
    """Krawczyk: c - Y f(c) + (1 - Y f'(X)) (X - c) inside X proves one solution in X."""
    n = len(chosen)
    values, slopes = _linearised(system, centre, chosen)
    if len(values) != n:
        return None
    try:
        near = arb_mat([[arb(row[c].mid()) for c in chosen] for row in slopes]).inv()
    except ZeroDivisionError:
        return None
    inverse = arb_mat([[arb(near[i, j].mid()) for j in range(n)] for i in range(n)])
    radius = arb(2) ** -40
    box = list(centre)
    for c in chosen:
        box[c] = arb(centre[c]) + arb(0, radius)
    try:
        wide = _linearised(system, box, chosen)[1]
    except (Undefined, Imprecise):
        return None
    if len(wide) != n:
        return None
    spread = arb_mat([[row[c] for c in chosen] for row in wide])
    one = arb_mat([[arb(int(i == j)) for j in range(n)] for i in range(n)])
    shift = inverse * arb_mat([[value] for value in values])
    room = (one - inverse * spread) * arb_mat([[arb(0, radius)] for _ in chosen])
    found = [arb(value) for value in centre]
    for i, c in enumerate(chosen):
        image = found[c] - shift[i, 0] + room[i, 0]
        if not arb(box[c]).contains_interior(image):
            return None
        found[c] = image
    return chosen, found
