"""What the claims of a kernel are worth at a point, to 50 digits and more, by the refuter's own arithmetic.

The terms are those of the proof modules as they were read: nothing the compiler does to them has any part in this.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any

import numpy as np
from flint import arb, fmpq

from derive.kernels.assemble import Assembled, Stated
from derive.language.context import Context, Definition
from derive.language.shapes import shape_of
from derive.refute import arithmetic as ar
from derive.refute.arrays import Arr
from derive.refute.evaluate import Program
from derive.refute.state import Point, State

BITS = 300

Arguments = Mapping[str, Any]


def exact(assembled: Assembled, arguments: Arguments) -> list[np.ndarray]:
    """Each result of the function, rounded once, from exact arguments."""
    sizes = _sizes(assembled, arguments)
    stated = {each.claim.id: each for each in assembled.stated}
    found = []
    for name, reference in assembled.function.gives:
        each = stated[reference.partition(":")[0]]
        if assembled.calls:
            found.append(_of_program(assembled, name, arguments, sizes))
        else:
            context = _context(assembled, each, stated)
            shape = tuple(extent.value(sizes) for extent in shape_of(each.term, context))
            code = Program(context)
            indices = {index: context.indices[index] for index in each.indices}
            found.append(_table(code, each.term, indices, shape, _point(assembled, arguments, sizes)))
    return found


def _context(assembled: Assembled, each: Stated, stated: Mapping[str, Stated]) -> Context:
    """The context of a claim with the arguments free and what is bound on the way defined by the claims it names."""
    context = each.claim.context
    for names in dict(assembled.function.takes).values():
        for name in names:
            if name in context.symbols:
                decl = context.symbols[name]
                context = context.with_symbol(replace(decl, definition=None, depends=None))
    for other in stated.values():
        for missing in other.claim.context.symbols.values():
            if missing.name not in context.symbols:
                context = context.with_symbol(missing)
    for name, reference in assembled.function.where:
        other = stated[reference.partition(":")[0]]
        if name in context.symbols:
            decl = replace(context.symbols[name], definition=Definition(other.indices, other.term), depends=None)
            context = context.with_symbol(decl)
    return context


def _sizes(assembled: Assembled, arguments: Arguments) -> dict[str, int]:
    sizes: dict[str, int] = {}
    for argument in assembled.program.arguments:
        for extent, length in zip(argument.axes, np.shape(arguments[argument.name]), strict=False):
            if extent.name is not None:
                sizes[extent.name] = length
        if argument.name in assembled.program.scalars:
            sizes[argument.symbol] = arguments[argument.name]
    return sizes


def _point(assembled: Assembled, arguments: Arguments, sizes: dict[str, int]) -> Point:
    values: dict[str, dict[tuple[int, ...], Any]] = {}
    takes = dict(assembled.function.takes)
    for argument in assembled.program.arguments:
        if argument.name in assembled.program.scalars:
            continue
        decl = assembled.program.context.symbols[argument.symbol]
        table = np.asarray(arguments[argument.name])
        cut = len(decl.family)
        members: dict[tuple[int, ...], Any] = {}
        for place in itertools.product(*(range(length) for length in table.shape[:cut])):
            member = table[place]
            entries = [_number(entry) for entry in np.ravel(member)]
            members[tuple(at + 1 for at in place)] = Arr(np.shape(member), entries) if decl.shape else entries[0]
        for name in takes[argument.name]:
            values[argument.symbol if name not in assembled.program.context.symbols else name] = members
            values[name] = members
    return Point(dict(sizes), values)


def _number(value: Any) -> fmpq:
    exactly = Fraction(float(value))
    return fmpq(exactly.numerator, exactly.denominator)


def _table(program: Program, term: Any, indices: Mapping[str, Any], shape: tuple[int, ...], point: Point) -> np.ndarray:
    names = list(indices)
    code = program.compile(term, indices)[1]
    lengths = [indices[name].length.value(point.sizes) for name in names]
    result = np.empty((*lengths, *shape))
    with ar.precision(BITS):
        state = State(program, point)
        for place in itertools.product(*(range(length) for length in lengths)):
            frame: dict[str, object] = dict(point.sizes)
            frame.update({name: at + 1 for name, at in zip(names, place, strict=True)})
            worth = code(frame, state)
            entries = worth.data if isinstance(worth, Arr) else [worth]
            result[place] = np.reshape([_rounded(entry) for entry in entries], shape)
    return result


def _of_program(assembled: Assembled, name: str, arguments: Arguments, sizes: dict[str, int]) -> np.ndarray:
    """A result in values of unknown functions, which only the program has names for."""
    program = assembled.program
    (let,) = (result for result in program.results if result.name == name)
    point = Point(dict(sizes), {key: {(): _number(value)} for key, value in arguments.items()})
    return _table(Program(program.context), let.body, {}, (), point)


def _rounded(value: Any) -> float:
    if isinstance(value, fmpq):
        return float(Fraction(int(value.p), int(value.q)))
    ball = value if isinstance(value, arb) else arb(value)
    return float(ball.mid())
