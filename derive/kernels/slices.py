"""What is as long as the data is gone through in slices, so that little but arguments and results has its length.

A sum over the samples, or an array with an entry for each of them, is computed a slice of the samples at a time where
it would need other arrays of that length on the way. If two such computations need the same thing, it is computed in
both if it is cheap, else kept whole (in a step of EM, the responsibilities).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from derive.kernels.code import SMALL, Block, Value, extent_code, is_name, position
from derive.kernels.inplace import in_place, into
from derive.kernels.invariants import hoisted
from derive.kernels.program import Program, free, reference
from derive.kernels.rewriting import inlined
from derive.kernels.sums import Sums
from derive.language.terms import Big, Const, Entry, Index, Num, Op, Size, Term, children

LONG_AXIS = 1000
"""An axis is gone through in slices if it is taken to be at least this long."""
SHORT_SUM = 16
"""A sum of fewer terms is computed twice rather than kept."""
CHEAP = frozenset({"add", "mul", "neg", "div", "pow", "sqrt", "relu", "delta", "indicator", "and", "or", "not"})


def long_indices(program: Program) -> frozenset[str]:
    """The indices that run along the data."""
    ranges = program.ranges
    return frozenset(i for i in ranges if ranges[i].length.name is not None and program.size(i) >= LONG_AXIS)


def without_long_lets(program: Program) -> Program:
    """The program with every definition that has an entry for each sample written out where it is used."""
    long = long_indices(program)
    return inlined(program, lambda let: not long.isdisjoint(let.indices)) if long else program


UNDER_WAY = frozenset(
    "taken blocks stored helpers imports arrays shapes divisors scratch kept loops lines known sliced own made".split()
)
"""What the emitter, its blocks and its loops hold that changes while code is emitted."""


@dataclass
class Loop:
    """A loop over slices under way: its head, the line that holds its place, its body, and what it makes.

    ``own`` are the lengths of the arrays of its body, ``made`` the names that are complete when it has ended.
    """

    head: str
    mark: str
    inner: Block
    own: dict[str, tuple[str, ...]] = field(default_factory=dict)
    made: list[str] = field(default_factory=list)


class Slices(Sums):
    """Sums and arrays over long axes, slice by slice."""

    def __init__(self, program: Program, anywhere: bool) -> None:
        super().__init__(program, anywhere)
        self.loops: list[Loop] = []

    def plan(self) -> None:
        """Settle what is kept whole: the largest first, so that its parts are needed only to make it."""
        self.long = long_indices(self.program)
        self.rows = self.fresh("rows") if self.long else ""
        while self.long:
            users: dict[str, set[str]] = {}
            seen: set[tuple[str, str]] = set()
            for let in (*self.program.lets.values(), *self.program.results):
                self._visit(let.body, f"let {let.name}", users, seen)
            more = [part for part, by in users.items() if len(by) > 1 and part not in self.shared]
            if not more:
                return
            self.shared.add(max(more, key=lambda part: (len(part), part)))

    def _visit(self, term: Term, user: str, users: dict[str, set[str]], seen: set[tuple[str, str]]) -> None:
        """Note for each thing that is not cheap the computations that need it."""
        if reference(term) is not None or isinstance(term, Num | Const | Size | Index):
            return
        text = self._key(term)
        if (text, user) in seen:
            return
        seen.add((text, user))
        if isinstance(term, Big) and term.var in self.long:
            user = text
        elif not self.long.isdisjoint(free(term)) and self._costly(term):
            users.setdefault(text, set()).add(user)
            user = text if text in self.shared else user
        for child in children(term):
            self._visit(child, user, users, seen)

    def _costly(self, term: Term) -> bool:
        """Whether the last step to a term is more than a little arithmetic for each sample."""
        match term:
            case Big(kind, var):
                return kind != "sum" or self.program.size(var) >= SHORT_SUM
            case Op(name) | Entry(Op(name)):
                return name not in CHEAP
        return False

    # -- code ------------------------------------------------------------------------------------------------------
    def whole(self, term: Term) -> Value:
        """A term that is kept, computed before any loop the first time it is met."""
        text, order = self._key(term), self._here(term)[1]
        if text not in self.kept:
            inner = self.blocks[1:]
            del self.blocks[1:]
            made = self.by_slices(term) or self.made(term)
            name = made.code if is_name(made.code) else self._named(made.code, "t")
            self._own(name, made)
            self.kept[text] = (name, tuple(position(order, axis) for axis in made.axes))
            self.blocks += inner
        name, places = self.kept[text]
        return self._subscripted(name, tuple(Index(order[int(place)]) for place in places))

    def by_slices(self, term: Term) -> Value | None:
        """A sum or an array over a long axis, if it is better made slice by slice."""
        index = None if self.blocks[-1].sliced else self._long_axis(term)
        if index is None or not any(self._needs_room(part) for part in self._operands(term)):
            return None
        head = f"for {self.rows} in {self.helper('_slices')}({', '.join([self.length(index), *self._widths(index)])}):"
        if len(self.blocks) == 1:
            for loop in [loop for loop in self.loops[::-1] if loop.head == head]:
                found = self._joining(loop, term, index)
                if found is not None:
                    return found
        loop = Loop(head, self.fresh("loop"), Block(dict(self.blocks[-1].fixed)))
        found = self._gone_through(loop, term, index)
        if len(self.blocks) > 1:
            self.blocks[-1].lines += self._expanded(loop)
        else:
            self.loops.append(loop)
            self.blocks[-1].lines.append(loop.mark)
        return found

    def _gone_through(self, loop: Loop, term: Term, index: str) -> Value:
        """A sum or an array as one more thing that a loop makes."""
        total, before = index not in free(term), set(self.arrays)
        loop.inner.sliced[index] = self.rows
        self.blocks.append(loop.inner)
        value = self.made(term)
        if not total:
            value = self._materialised(value, (index,))
        lengths = tuple(map(self.length, value.axes))
        self.blocks.pop()
        loop.own |= {name: self.arrays[name] for name in self.arrays if name not in before}
        name = self._started(value, total)
        loop.made.append(name)
        if total:
            loop.inner.lines.append(f"{name} += {value.code}")
        else:
            picks = [self.rows if axis == index else ":" for axis in value.axes]
            target = f"{name}[{', '.join(picks[: picks.index(self.rows) + 1])}]"
            known = {**self.shapes, **self._given(), **loop.own}
            part = self.fresh("part")
            into(loop.inner.lines, value.code, (target, part), lengths, known)
            loop.own[part] = lengths
            loop.own.pop(value.code, None)
        self._own(name, Value("()", value.axes))
        return Value(name, value.axes)

    def _joining(self, loop: Loop, term: Term, index: str) -> Value | None:
        """The same in a loop that is there already, if it needs nothing that is only known after that loop."""
        if loop.mark not in self.blocks[0].lines:
            return None
        undo = self._undo()
        lines = self.blocks[0].lines
        place, start = lines.index(loop.mark), len(loop.inner.lines)
        after, unknown = lines[place:], set(loop.made)
        del lines[place:]
        found = self._gone_through(loop, term, index)
        unknown |= {line.partition(" ")[0].rstrip(":") for line in after}
        unknown |= {name for other in self.loops if other.mark in after for name in other.made}
        new = " ".join([*lines[place:], *loop.inner.lines[start:]])
        unknown -= {found.code}
        if unknown.isdisjoint(re.findall(r"\w+", new)):
            lines += after
            return found
        undo()
        return None

    def _undo(self) -> Callable[[], None]:
        """What takes back everything that is emitted from now on."""
        blocks = list({id(block): block for block in (*self.blocks, *(loop.inner for loop in self.loops))}.values())
        holders = [self, *blocks, *self.loops]
        kept = [
            (value, value.copy()) for holder in holders for name, value in vars(holder).items() if name in UNDER_WAY
        ]

        def undo() -> None:
            for value, before in kept:
                value.clear()
                (value.extend if isinstance(value, list) else value.update)(before)

        return undo

    def _expanded(self, loop: Loop) -> list[str]:
        """The statements of a loop."""
        lines = in_place(loop.inner.lines, [], loop.own, {**self.shapes, **self._given()})
        before, lines = hoisted(lines, self.rows, lambda: self.fresh("t"))
        return [*before, loop.head, *(f"    {line}" for line in lines)]

    def expanded(self, lines: Sequence[str]) -> list[str]:
        """Statements with every loop over slices in its place."""
        loops = {loop.mark: self._expanded(loop) for loop in self.loops}
        return [part for line in lines for part in loops.get(line, [line])]

    def _given(self) -> dict[str, tuple[str, ...]]:
        """The lengths of the arguments, and of their slices."""
        found: dict[str, tuple[str, ...]] = {}
        for argument in self.program.arguments:
            axes = tuple(map(extent_code, argument.axes))
            found[argument.name] = axes
            found[f"{argument.name}[{self.rows}]"] = (f"{self.rows}.stop - {self.rows}.start", *axes[1:])
        return found

    def _started(self, value: Value, total: bool) -> str:
        """The array that the slices are written to, or added to."""
        lengths = ", ".join(self.length(axis) for axis in value.axes)
        shape = f"({lengths}{',' if len(value.axes) == 1 else ''})"
        if not value.axes:
            return self._named("dtype.type(0)", "t")
        return self._named(f"np.{'zeros' if total else 'empty'}({shape}, dtype)", "t")

    def _widths(self, index: str) -> list[str]:
        """The lengths of the other axes, by which it is settled how many samples are in a slice."""
        own = self.program.ranges[index].length
        found: dict[str, None] = {}
        for argument in self.program.arguments:
            for extent in argument.axes:
                if extent != own or argument.axes.count(own) > 1:
                    found[extent_code(extent)] = None
        return list(found)

    def _long_axis(self, term: Term) -> str | None:
        """The axis to slice: that of the sum, or else one of the array's."""
        part = term
        while isinstance(part, Big) and part.kind == "sum":
            if part.var in self.long:
                return part.var
            part = part.body
        return next((index for index in self._here(term)[1] if index in self.long), None)

    def _operands(self, term: Term) -> list[Term]:
        """What is computed before a term can be: of a sum of products, the factors."""
        part = term
        while isinstance(part, Big) and part.kind == "sum":
            part = part.body
        if part is not term and not (isinstance(part, Op) and part.name == "mul" and len(part.args) == 2):
            return [part]
        return list(children(part))

    def _needs_room(self, term: Term) -> bool:
        """Whether an array as long as the data is made on the way to a term, itself included."""
        if (
            reference(term) is not None
            or isinstance(term, Num | Const | Size | Index)
            or self._key(term) in self.shared
        ):
            return False
        names = free(term)
        if not self.long.isdisjoint(names) and self.program.volume(names) * SMALL >= self.limit:
            return True
        if isinstance(term, Big) and term.var in self.long:
            return False
        return any(map(self._needs_room, self._operands(term)))
