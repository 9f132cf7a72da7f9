"""Lists as vectors: ``(x_1, \\dots, x_n)`` is the vector whose entry i is x_i. A list is a column; so is
one that is written as a row, ``(a, b)^T``, where it stands by itself."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TYPE_CHECKING, TypeVar

from derive.language.context import Context
from derive.language.extents import Extent, Range, show_shape
from derive.language.terms import Array, Matrix
from derive.read import syntax as s
from derive.read.errors import ReadError
from derive.read.fitting import Typed
from derive.read.notation import is_transpose, place_of

if TYPE_CHECKING:
    from derive.read.resolver import Resolver

HOLE = "\\cdot"
"""The name that stands, in the pattern of a list, where its members differ."""
T = TypeVar("T")


def listed(r: Resolver, group: s.Group) -> Typed:
    """The vector that a list with dots spells out: first members, dots, the last one."""
    dots = [place for place, item in enumerate(group.items) if isinstance(item, s.Dots)]
    if len(dots) != 1 or dots[0] != len(group.items) - 2 or dots[0] == 0 or set(group.seps) != {","}:
        raise ReadError("expected a list such as x_1, …, x_n", place_of(group))
    first, last = group.items[0], group.items[-1]
    ends: list[tuple[s.Node, s.Node]] = []
    pattern = _pattern(first, last, ends)
    if not ends or any(s.key(low) != "1" or s.key(high) != s.key(ends[0][1]) for low, high in ends):
        raise ReadError(
            "cannot tell what runs from 1 to the end in this list", place_of(group), "write the sum or the entries out"
        )
    for number, item in enumerate(group.items[: dots[0]], start=1):
        if s.key(s.put(pattern, HOLE, s.Number(item.start, item.stop, str(number)))) != s.key(item):
            raise ReadError("this member of the list does not fit its ends", place_of(item))
    return _vector(r, pattern, Range(Extent.of(1), r.extent(ends[0][1])), group)


def written(r: Resolver, group: s.Group) -> Typed:
    """The vector that a list of numbers without dots spells out: ``(x_1^2, x_1 x_2, x_2^2)``."""
    entries = [r.expression(item) for item in group.items]
    if any(r.fitting.settle(entry.shape) for entry in entries) or all(isinstance(i, s.Number) for i in group.items):
        raise ReadError("expected one value in brackets, found a list", place_of(group))
    rows = tuple((entry.term,) for entry in entries)
    return Typed(Matrix(rows, span=place_of(group)), (Extent.of(len(rows)),))


def is_list(node: s.Node) -> bool:
    """Whether several values stand in one pair of brackets, with commas between them."""
    return isinstance(node, s.Group) and node.bracket in ("(", "[") and len(node.items) > 1 and {*node.seps} == {","}


def is_transposed(node: s.Script, context: Context) -> bool:
    """``(a, b)^T``: by itself a column that has been written as a row."""
    return is_list(node.base) and node.sub is None and node.sup is not None and is_transpose(node.sup, context)


def _vector(r: Resolver, pattern: s.Node, range_: Range, group: s.Group) -> Typed:
    name = f"i_{r.fitting.fresh()}"
    with r.binding({name: range_}):
        typed = r.expression(s.put(pattern, HOLE, s.Name(group.start, group.stop, name)))
    if r.fitting.settle(typed.shape):
        found = show_shape(r.fitting.settle(typed.shape))
        raise ReadError(f"expected numbers in a list, found {found}", place_of(group), "say what the rows are")
    return Typed(Array(((name, range_),), typed.term, span=place_of(group)), (range_.length,))


def _pattern(first: T, last: T, ends: list[tuple[s.Node, s.Node]]) -> T:
    """What two members of a list have in common, with holes where one has a number and the other something else."""
    if isinstance(first, s.Number) and isinstance(last, s.Node) and s.key(first) != s.key(last):
        ends.append((first, last))
        return s.Name(first.start, first.stop, HOLE)  # type: ignore[return-value]
    if isinstance(first, tuple) and isinstance(last, tuple) and len(first) == len(last):
        return tuple(_pattern(a, b, ends) for a, b in zip(first, last, strict=True))  # type: ignore[return-value]
    if isinstance(first, s.Node) and type(first) is type(last):
        return replace(
            first,
            **{
                item.name: _pattern(getattr(first, item.name), getattr(last, item.name), ends)
                for item in fields(first)
                if item.name not in ("start", "stop")
            },
        )
    if first != last:
        raise ReadError("the ends of this list do not fit each other")
    return first
