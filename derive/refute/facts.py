"""Assumptions made ready to be tested at a point, and the values of the indices they speak about."""

from __future__ import annotations

import operator
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, islice

from derive.language.context import Context
from derive.language.extents import Range
from derive.language.terms import Apply, Entry, Index, Num, Op, Rel, Size, Sym, Term, subterms
from derive.refute import arithmetic as ar
from derive.refute.arithmetic import ZERO, CannotEvaluate, Imprecise, Number
from derive.refute.arrays import entries, zipped
from derive.refute.evaluate import Program
from derive.refute.names import free_indices, mentioned
from derive.refute.state import Code, Frame, State

MOST_KEPT = 64
"""How many combinations of values of its indices an assumption keeps."""


def choices(sizes: dict[str, int], names: tuple[str, ...], context: Context) -> Iterator[Frame]:
    """Every combination of values of these index names (their ranges may mention each other, in the order given)."""
    yield from _choices(dict(sizes), names, context)


def _choices(frame: Frame, names: tuple[str, ...], context: Context) -> Iterator[Frame]:
    if not names:
        yield dict(frame)
        return
    range_ = context.indices.get(names[0])
    if range_ is None:
        raise CannotEvaluate(f"the index {names[0]} has no range")
    low, high = range_.low.value(frame), range_.high.value(frame)  # type: ignore[arg-type]
    for at in range(low, high + 1):
        yield from _choices({**frame, names[0]: at}, names[1:], context)


def unknown_in(statement: Term, program: Program) -> str:
    """A function without a definition (or an opaque quantity) in the statement, which may be meant everywhere."""
    context = program.context
    for part in subterms(statement):
        if not isinstance(part, Sym | Apply):
            continue
        for name in sorted(program.reach(part.name if isinstance(part, Sym) else f"{part.name}()")):
            function = context.functions.get(name[:-2]) if name.endswith("()") else None
            if function is not None and function.body is None and function.builtin is None:
                return function.name
            decl = context.symbols.get(name)
            if decl is not None and decl.depends is not None:
                return name
    return ""


def says_what_is(statement: Term, program: Program) -> bool:
    """Whether an assumption only says what a member of a sequence is, as ``h_{t+1} = f(h_t)`` and ``h_1 = f(0)`` do:
    that can be met by choosing the member, whatever the unknown function is, and says nothing of the function."""
    member = _member(statement, program.context) if isinstance(statement, Rel) else None
    decl = program.context.symbols.get(member.name) if member is not None else None
    return decl is not None and decl.definition is None and decl.depends is None


def conjuncts(statement: Term) -> tuple[Term, ...]:
    """The relations an assumption is made of."""
    if isinstance(statement, Op) and statement.name == "and":
        return tuple(part for arg in statement.args for part in conjuncts(arg))
    return (statement,)


def _names_in(term: Term) -> set[str]:
    return {part.name for part in subterms(term) if isinstance(part, Index)}


def whole(term: Term, frame: Frame) -> int | None:
    """The value of a subscript such as k + 1, or None if it is no sum of indices, sizes and whole numbers."""
    match term:
        case Num(value=value) if value.denominator == 1:
            return int(value)
        case Index(name=name) | Size(name=name):
            found = frame.get(name)
            return found if isinstance(found, int) else None
        case Op(name="neg", args=(inner,)):
            below = whole(inner, frame)
            return None if below is None else -below
        case Op(name="add", args=args):
            parts = [whole(part, frame) for part in args]
            known = [part for part in parts if part is not None]
            return sum(known) if len(known) == len(parts) else None
    return None


def _assignments(statement: Rel, program: Program) -> tuple[tuple[str, tuple[str, ...], bool], ...]:
    """What the equation says outright: a quantity stands alone on one side (the left one, if the last part is true),
    with different indices as subscripts, and the other side is not made of it."""
    if statement.op != "=":
        return ()
    found = []
    for one, other in ((statement.left, statement.right), (statement.right, statement.left)):
        if not isinstance(one, Sym) or one.name not in program.context.symbols:
            continue
        subscripts = tuple(index.name for index in one.indices if isinstance(index, Index))
        if len(set(subscripts)) != len(one.indices):
            continue
        made_of: set[str] = set()
        for part in subterms(other):
            if isinstance(part, Sym | Apply):
                made_of |= program.reach(part.name if isinstance(part, Sym) else f"{part.name}()")
        if one.name not in made_of:
            found.append((one.name, subscripts, one is statement.left))
    return tuple(found)


@dataclass(frozen=True)
class Member:
    """A member of a family, or an entry or a row of one: its places in the family, and in the member."""

    name: str
    place: tuple[Term, ...]
    entry: tuple[Term, ...] = ()


def _member(statement: Rel, context: Context) -> Member | None:
    """The member of a family, or the part of one, that an equation says stands on its left, where that is no plain one
    (``gives`` is for those) or the right side has other members of it."""
    left, entry = (
        (statement.left.base, statement.left.indices) if isinstance(statement.left, Entry) else (statement.left, ())
    )
    if statement.op != "=" or not isinstance(left, Sym) or left.name not in context.symbols:
        return None
    at = (*left.indices, *entry)
    recurs = any(isinstance(part, Sym) and part.name == left.name for part in subterms(statement.right))
    plain = all(isinstance(index, Index) for index in at)
    return Member(left.name, left.indices, entry) if at and (recurs or not plain) else None


def _shifted(statement: Rel, context: Context, free: tuple[str, ...]) -> Iterator[tuple[Term, Range]]:
    """Subscripts such as k + 1 in its own indices, of members and of entries, and the ranges of these."""
    for part in subterms(statement):
        match part:
            case Sym(name=name, indices=indices) if name in context.symbols:
                ranges = context.symbols[name].family
            case Entry(base=Sym(name=name), indices=indices) if name in context.symbols:
                ranges = tuple(Range.upto(length) for length in context.symbols[name].shape)
            case _:
                continue
        for index, range_ in zip(indices, ranges, strict=False):
            if not isinstance(index, Index | Num) and _names_in(index) <= {*free}:
                yield index, range_


class FactRow:
    """One assumed relation, ready to be tested."""

    def __init__(
        self, program: Program, statement: Term, text: str = "", quantities: Iterable[str] | None = None
    ) -> None:
        """``quantities`` are those that have values at a point: what is bound, or a parameter of a function, has
        none."""
        if not isinstance(statement, Rel):
            raise CannotEvaluate(f"an assumption must be a relation, found {type(statement).__name__}")
        context = program.context
        self.statement = statement
        self.op = statement.op
        self.said = f"the assumption {text}" if text else "an equation that is given"
        self.free = free_indices(statement, context)
        self._framed: tuple[dict[str, int], list[Frame]] | None = None
        scope = {name: context.indices[name] for name in self.free if name in context.indices}
        self.left: Code = program.compile(statement.left, scope)[1]
        self.right: Code = program.compile(statement.right, scope)[1]
        heads = [part.name for part in subterms(statement) if isinstance(part, Sym) and part.name in context.symbols]
        calls = any(isinstance(part, Apply) for part in subterms(statement))
        self.about_sizes = not heads and not calls and not self.free
        self.about_indices = not heads and not calls and bool(self.free)
        names: dict[str, None] = dict.fromkeys(heads)
        for name in heads:
            names.update(dict.fromkeys(sorted(program.reach(name))))
        self.made_of = frozenset().union(*(program.reach(name) for name in mentioned(statement)))
        """Every quantity (and function, as ``f()``) that it has its worth from, also those inside of functions."""
        drawn = names if quantities is None else frozenset(quantities)
        self.names = tuple(name for name in names if name in drawn)
        self.context = context
        self.gives = _assignments(statement, program)
        self.member = _member(statement, context)
        own = [part for part in subterms(statement.right) if isinstance(part, Sym)]
        self.recurs = self.member is not None and any(part.name == self.member.name for part in own)
        self.shifted = [*_shifted(statement, context, self.free)]

    def frames(self, sizes: dict[str, int]) -> Iterator[Frame]:
        """The values of the indices for which the assumption speaks: ``x_{k+1} = …`` is not about the last k."""
        if self._framed is None or self._framed[0] != sizes:  # the same sizes are asked about many times on end
            frames = (frame for frame in choices(sizes, self.free, self.context) if self._is_of(frame))
            first = list(islice(frames, MOST_KEPT + 1))
            if len(first) > MOST_KEPT:
                return chain(first, frames)
            self._framed = dict(sizes), first
        return map(dict, self._framed[1])

    def _is_of(self, frame: Frame) -> bool:
        """Whether every member, and every entry, that is mentioned with a shifted index is there."""
        values = [(whole(index, frame), range_) for index, range_ in self.shifted]
        return all(
            value is None or range_.low.value(frame) <= value <= range_.high.value(frame)  # type: ignore[arg-type]
            for value, range_ in values
        )

    def differences(self, state: State, frame: Frame) -> list[Number]:
        """left - right, entry by entry."""
        return entries(zipped(operator.sub, self.left(frame, state), self.right(frame, state)))

    def gives_again(self, state: State, frame: Frame) -> bool:
        """Whether its right side comes out as exactly what its left side is worth, be it an enclosure: so it does where
        that was worked out by it."""
        pairs = zip(entries(self.left(frame, state)), entries(self.right(frame, state)), strict=True)
        return all(ar.is_same(one, other) for one, other in pairs)

    def holds(self, state: State, frame: Frame) -> bool:
        """Whether it certainly holds."""
        try:
            return all(ar.compare(self.op, entry, ZERO) for entry in self.differences(state, frame))
        except Imprecise:
            return False
