"""Terms that bind names: big operators, integrals, arrays."""

from __future__ import annotations

import operator
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from flint import fmpq

from derive.language.extents import Shape, matrix_shape
from derive.language.terms import Array, Big, Const, Integral, Op, Term
from derive.refute import arithmetic as ar
from derive.refute import integrate, stepped
from derive.refute.arithmetic import ONE, ZERO, CannotEvaluate, Number, Undefined
from derive.refute.arrays import Arr, Dims, Worth, add, entries, mapped, size_of, zipped
from derive.refute.operations import number
from derive.refute.state import Code, Frame, LengthCode, Scope, State

if TYPE_CHECKING:
    from derive.refute.evaluate import Program

OFTEN = 8
"""At every so many values of an index the time is looked at."""


def big(program: Program, term: Big, scope: Scope) -> tuple[Shape, Code]:
    """A sum, product, greatest or least value, or where it is taken, over the values of an index."""
    inner = {**scope, term.var: term.range}
    shape, body = program.compile(term.body, inner)
    where = program.test(term.where, inner) if term.where is not None else None
    low, high = program.bounds(term.range, scope)
    var = term.var

    def values(frame: Frame, state: State) -> list[tuple[int, Worth]]:
        missing = var not in frame
        before = frame.get(var)
        found: list[tuple[int, Worth]] = []
        for i in range(low(frame), high(frame) + 1):
            if not i % OFTEN:
                state.point.check_time()
            frame[var] = i
            if where is None or where(frame, state):
                found.append((i, body(frame, state)))
        _restore(frame, var, missing, before)
        return found

    if term.kind in ("sum", "prod"):
        empty = _zero(program, shape, scope, ZERO if term.kind == "sum" else ONE)
        join = _join(term.kind, bool(shape))

        def folded(frame: Frame, state: State) -> Worth:
            missing = var not in frame
            before = frame.get(var)
            total: Worth | None = None
            for i in range(low(frame), high(frame) + 1):
                if not i % OFTEN:
                    state.point.check_time()
                frame[var] = i
                if where is None or where(frame, state):
                    value = body(frame, state)
                    total = value if total is None else join(total, value)
            _restore(frame, var, missing, before)
            return empty(frame, state) if total is None else total

        return shape, folded
    if shape:
        raise CannotEvaluate(f"a {term.kind} of arrays")
    if term.kind in ("max", "min", "argmax", "argmin"):
        return (), _extreme(values, term.kind)
    raise CannotEvaluate(f"no number for the big operator {term.kind}")


def _restore(frame: Frame, name: str, missing: bool, before: object) -> None:
    if missing:
        frame.pop(name, None)
    else:
        frame[name] = before


def _join(kind: str, arrays: bool) -> Callable[[Worth, Worth], Worth]:
    """How a sum or product goes on."""
    if arrays:
        return add if kind == "sum" else lambda one, two: zipped(operator.mul, one, two)
    return operator.add if kind == "sum" else operator.mul


def _extreme(values: Callable[[Frame, State], list[tuple[int, Worth]]], kind: str) -> Code:
    better = ">" if kind.endswith("max") else "<"
    place = kind.startswith("arg")

    def run(frame: Frame, state: State) -> Worth:
        found = values(frame, state)
        if not found:
            raise Undefined(f"the {kind} of nothing")
        best_at, best = found[0][0], number(found[0][1])
        tied = False
        for at, value in found[1:]:
            here = number(value)
            if ar.compare(better, here, best):
                best_at, best, tied = at, here, False
            elif place and not ar.compare("!=", here, best):
                tied = True
        if tied:
            raise Undefined(f"the {kind} is a tie")
        return fmpq(best_at) if place else best

    return run


def _zero(program: Program, shape: Shape, scope: Scope, fill: Number) -> Code:
    lengths = [program.extent(extent, scope) for extent in shape]

    def run(frame: Frame, state: State) -> Worth:
        dims = tuple(length(frame) for length in lengths)
        return Arr(dims, [fill] * size_of(dims)) if dims else fill

    return run


def integral(program: Program, term: Integral, scope: Scope) -> tuple[Shape, Code]:
    """An integral in closed form: the integration variables are carried through the body, then integrated out."""
    shape, body = program.compile(term.body, {**scope, term.var: term.shape})
    lengths = [program.extent(extent, scope) for extent in term.shape]
    limits = [_limit(program, limit, scope) for limit in (term.low, term.high)]
    if lengths and limits != [None, None]:
        raise CannotEvaluate("an integral over a part of a space of several dimensions")
    if Const("inf") == term.low or _is_negative_infinity(term.high):
        raise CannotEvaluate("an integral from plus, or to minus infinity")
    name = term.var

    def run(frame: Frame, state: State) -> Worth:
        dims = tuple(length(frame) for length in lengths)
        if state.point.stepped:
            return _over_steps(body, frame, state, name, dims, limits)
        tags = [ar.new_tag() for _ in range(size_of(dims))]
        variables = [integrate.variable(tag) for tag in tags]
        value = body({**frame, name: Arr(dims, variables) if dims else variables[0]}, state)
        low, high = limits
        if low is not None or high is not None:
            ends = [None if limit is None else number(limit(frame, state)) for limit in limits]
            return mapped(lambda entry: integrate.between(entry, tags[0], *ends), value)
        for tag in reversed(tags):
            value = mapped(partial(integrate.integral, tag=tag), value)
        return value

    return shape, run


def _over_steps(body: Code, frame: Frame, state: State, name: str, dims: Dims, limits: Sequence[Code | None]) -> Worth:
    """The integral where unknown densities are in steps: the whole variable is one place."""
    if limits != [None, None]:
        raise CannotEvaluate("an integral over a part of a space, of densities in steps")
    tag = ar.new_tag()
    place = stepped.Place(tag)
    value = body({**frame, name: Arr(dims, [place] * size_of(dims)) if dims else place}, state)
    return mapped(partial(stepped.integral, tag=tag), value)


def _is_negative_infinity(limit: Term | None) -> bool:
    return isinstance(limit, Op) and limit.name == "neg" and limit.args == (Const("inf"),)


def _limit(program: Program, limit: Term | None, scope: Scope) -> Code | None:
    """A finite limit; ``None`` for an infinite one."""
    bare = limit.args[0] if isinstance(limit, Op) and limit.name == "neg" else limit
    if limit is None or (isinstance(bare, Const) and bare.name == "inf"):
        return None
    return program.compile(limit, scope)[1]


def array(program: Program, term: Array, scope: Scope) -> tuple[Shape, Code]:
    """The vector or matrix of the body's values."""
    inner = {**scope, **dict(term.vars)}
    code = program.compile(term.body, inner)[1]
    lengths = tuple(range_.length for _, range_ in term.vars)
    shape = matrix_shape(*lengths) if len(lengths) == 2 else lengths
    bounds = [(name, *program.bounds(range_, scope)) for name, range_ in term.vars]
    gather = looped(code, bounds)
    return shape, program.reshaped(shape, gather, scope)


Bound = tuple[str, LengthCode, LengthCode]
"""A variable with the ends of its range."""


def looped(code: Code, bounds: Sequence[Bound]) -> Code:
    """All entries of a term while its variables run over their ranges, the last fastest."""

    def run(frame: Frame, state: State) -> Worth:
        data: list[Number] = []
        _gather(data, code, bounds, 0, frame, state)
        return Arr((len(data),), data)

    return run


def _gather(data: list[Number], code: Code, bounds: Sequence[Bound], depth: int, frame: Frame, state: State) -> None:
    """Add to the data the entries of a term while its variables from this depth on run over their ranges."""
    if depth == len(bounds):
        data.extend(entries(code(frame, state)))
        return
    name, low, high = bounds[depth]
    for i in range(low(frame), high(frame) + 1):
        if not i % OFTEN:
            state.point.check_time()
        _gather(data, code, bounds, depth + 1, {**frame, name: i}, state)
