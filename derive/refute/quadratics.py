"""Objectives with different best points: the exact best point of a quadratic is none of the other objective."""

from __future__ import annotations

from functools import partial

from flint import fmpq

from derive.language.claims import SameOptimum
from derive.language.context import Context
from derive.language.terms import Deriv, Sym
from derive.refute import arithmetic as ar
from derive.refute.arithmetic import ONE, CannotEvaluate, Undefined
from derive.refute.arrays import Arr, Worth, entries, solve_linear
from derive.refute.convexity import kind_of
from derive.refute.relations import Arena, Check, frames
from derive.refute.state import Code, Frame, Point, State
from derive.refute.witness import Failure, shown

LARGEST = 8
"""How many entries a variable may have."""


def at_the_best_point(claim: SameOptimum, arena: Arena) -> Check:
    """Fails where the best point of one side, convex (or concave, for a maximum) with slopes that are affine, is exact,
    and the other side has a slope there that is not zero, or is better elsewhere: then it is no best point of that."""
    name = claim.variables[0].name
    bent = "convex" if claim.kind == "min" else "concave"
    pairs = [(claim.left, claim.right), (claim.right, claim.left)]
    pairs = [(one, other) for one, other in pairs if kind_of(one, name, arena.context) == bent]
    if not pairs:
        raise CannotEvaluate(f"the best points of two objectives are compared where one of them is {bent}")
    slopes = [tuple(arena.program.compile(Deriv(side, Sym(name)), {})[1] for side in pair) for pair in pairs]
    values = [arena.program.compile(other, {})[1] for _, other in pairs]
    turn = 1 if claim.kind == "min" else -1

    def check(point: Point) -> Failure | None:
        frame = next(iter(frames(point, (), arena)))
        found = False
        for (one, other), worth in zip(slopes, values, strict=True):
            best = point.state(arena.program).once(
                (one, "best", name), partial(_best, one, name, point, frame, arena)
            )  # one side is the same in all that is tried of a line
            if best is None:
                continue
            found = True
            there = State(arena.program, point, point.state(arena.program), {name: {(): best}})
            value = other(frame, there)
            if any(ar.sign(entry) != 0 for entry in entries(value)):
                note = f"the slope of the other side at {name} = {shown(best)}, the arg{claim.kind} of one side"
                return Failure(shown(value), "0", note)
            drawn, at_best = worth(frame, point.state(arena.program)), worth(frame, there)
            if turn * ar.sign(entries(drawn)[0] - entries(at_best)[0]) < 0:
                note = f"the other side here, and at {name} = {shown(best)}, the arg{claim.kind} of one side"
                return Failure(shown(drawn), shown(at_best), note)
        if not found:
            raise Undefined("no exact best point was found")
        return None

    return check


def is_free_vector(name: str, context: Context) -> bool:
    """Whether a variable is any vector, matrix or number."""
    decl = context.symbols[name]
    return not (
        decl.family or decl.values or decl.label_range or decl.definition or decl.depends
        or decl.low is not None or decl.high is not None or decl.properties - {"real"}
    )  # fmt: skip


def _best(slope: Code, name: str, point: Point, frame: Frame, arena: Arena) -> Worth | None:
    """Where an affine slope is zero, by solving for it from the slopes at as many places as there are entries; None
    unless all is exact."""
    start = point.values[name][()]
    count = len(entries(start))
    if count > LARGEST:
        return None

    def at(moves: list[fmpq]) -> list[fmpq] | None:
        place = _moved(start, moves)
        value = slope(frame, State(arena.program, point, point.state(arena.program), {name: {(): place}}))
        found = [entry for entry in entries(value) if isinstance(entry, fmpq)]
        return found if len(found) == count else None

    here = at([fmpq(0)] * count)
    columns = [at([ONE if i == j else fmpq(0) for i in range(count)]) for j in range(count)]
    if here is None or any(column is None for column in columns):
        return None
    table = [[column[i] - here[i] for column in columns if column is not None] for i in range(count)]
    moves = solve_linear(table, [-value for value in here])
    exact = [move for move in moves or () if isinstance(move, fmpq)]
    if len(exact) != count:
        return None
    end = at(exact)
    return _moved(start, exact) if end is not None and all(value == 0 for value in end) else None


def _moved(start: Worth, moves: list[fmpq]) -> Worth:
    data = [entry + move for entry, move in zip(entries(start), moves, strict=True)]
    return Arr(start.dims, data) if isinstance(start, Arr) else data[0]


__all__ = ["at_the_best_point", "is_free_vector"]
