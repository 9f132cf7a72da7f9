"""Statements and the arrays they make: blocks, names, what is known already, the order of axes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from keyword import iskeyword

from derive.kernels.code import (
    ATOM,
    ROOM,
    SMALL,
    Block,
    Value,
    extent_code,
    identifier,
    is_name,
    size_name,
)
from derive.kernels.program import (
    KernelError,
    Program,
    free,
    key,
)
from derive.language.terms import (
    Index,
    Num,
    Sym,
    Term,
)


class Statements:
    """Statements under way: blocks, names, what is known, and how arrays are turned and picked from."""

    def __init__(self, program: Program, anywhere: bool) -> None:
        self.program = program
        self.anywhere = anywhere
        self.taken = {argument.name for argument in program.arguments} | {"np", "xp", "math", "dtype", "len", "range"}
        self.taken |= {size_name(s) for e in program.ranges.values() for s in e.names}
        self.blocks = [Block({})]
        self.stored: dict[str, Value] = {}
        self.uses: dict[str, int] = {}
        self.helpers: dict[str, None] = {}
        self.imports: dict[str, None] = {}
        self.shapes: dict[str, tuple[str, ...]] = {}
        self.arrays: dict[str, tuple[str, ...]] = {}
        self.divisors: dict[str, None] = {}
        self.scratch: list[str] = []
        self.arguments = {argument.symbol: argument for argument in program.arguments}
        self.limit = ROOM * max(self._sizes(), default=1)
        self.long: frozenset[str] = frozenset()
        self.shared: set[str] = set()
        self.kept: dict[str, tuple[str, tuple[str, ...]]] = {}
        self.rows = ""

    def _sizes(self) -> Iterable[int]:
        for argument in self.program.arguments:
            total = 1
            for extent in argument.axes:
                total *= self.program.length(extent)
            yield total
        for result in self.program.results:
            yield self.program.volume(result.indices)

    def value(self, term: Term) -> Value:
        """The expression of a term."""
        raise NotImplementedError

    def made(self, term: Term) -> Value:
        """The expression of a term, made anew."""
        raise NotImplementedError

    def _key(self, term: Term) -> str:
        return key(term, self.program.ranges)[0]

    def fresh(self, like: str) -> str:
        """A Python name that is not taken."""
        stem = identifier(like)
        name, number = stem, 1
        while name in self.taken or iskeyword(name):
            number += 1
            name = f"{stem}_{number}"
        self.taken.add(name)
        return name

    def _named(self, code: str, like: str, block: Block | None = None, annotation: str = "") -> str:
        name = self.fresh(like)
        (block or self.blocks[-1]).lines.append(f"{name}{annotation} = {code}")
        return name

    def _place(self, term: Term) -> Block:
        """The outermost block in which a term can stand."""
        names = free(term)
        for number in range(len(self.blocks) - 1, 0, -1):
            if (self.blocks[number].held.keys() - self.blocks[number - 1].held.keys()) & names:
                return self.blocks[number]
        return self.blocks[0]

    def fixed(self, index: str) -> str | None:
        """The loop variable of an index, if a loop runs over it here."""
        return self.blocks[-1].fixed.get(index)

    def length(self, index: str) -> str:
        """The length of an index's axis as code."""
        rows = self.blocks[-1].sliced.get(index)
        if rows is not None:
            return f"{rows}.stop - {rows}.start"
        return extent_code(self.program.ranges[index].length)

    def helper(self, name: str) -> str:
        """The name of a helper, on record as needed."""
        self.helpers[name] = None
        return name

    def _here(self, term: Term) -> tuple[str, tuple[str, ...]]:
        """The key of a term with the loop variables in it told apart, and its free indices in order."""
        text, order = key(term, self.program.ranges)
        loops = self.blocks[-1].held
        held = [f"{place}={loops[index]}" for place, index in enumerate(order) if index in loops]
        return f"{text} {held}", order

    def _recalled(self, block: Block, text: str, order: tuple[str, ...]) -> Value:
        name, places = block.known[text]
        return self._subscripted(name, tuple(Index(order[int(place)]) for place in places), block)

    def _own(self, name: str, value: Value) -> None:
        """Take note of an array, and if it is large and made here, no view of another, that it may be written to."""
        self.shapes[name] = tuple(map(self.length, value.axes))
        if self.program.volume(value.axes) * SMALL < self.limit:
            return
        if re.search(r"[-+*/(]", value.code) and not value.code.startswith(("np.reshape", "np.permute", "np.broad")):
            self.arrays[name] = tuple(map(self.length, value.axes))

    def _apart(self, value: Value, block: Block) -> Value:
        """A large array that a function is applied to, as a statement of its own, so that it can be made in place."""
        if is_name(value.code) or self.program.volume(value.axes) * SMALL < self.limit:
            return value
        name = self._named(value.code, "t", block)
        self._own(name, value)
        return Value(name, value.axes)

    def _scratch(self, function: str, parts: tuple[str, str], axes: tuple[str, ...]) -> Value | None:
        """A large intermediate in a loop, in an array that every round uses again."""
        if self.anywhere or len(self.blocks) == 1 or self.blocks[-1].fixed == self.blocks[-2].fixed:
            return None
        if self.program.volume(axes) * SMALL < self.limit:
            return None
        lengths = ", ".join(self.length(axis) for axis in axes)
        name = self._named(f"np.empty(({lengths}{',' if len(axes) == 1 else ''}), dtype)", "t", self.blocks[-2])
        if not self.blocks[-1].sliced:
            self.scratch.append(name)
        self.blocks[-1].lines.append(f"np.{function}({parts[0]}, {parts[1]}, out={name})")
        return Value(name, axes)

    def _order(self, values: Sequence[Value]) -> tuple[str, ...]:
        """The order of axes of an elementwise result: that of an operand that has all of them, else short first."""
        names = dict.fromkeys(axis for value in values for axis in value.axes)
        for value in values:
            if len(value.axes) == len(names):
                return value.axes
        return tuple(sorted(names, key=lambda axis: self.program.size(axis)))

    def _moved(self, value: Value, order: tuple[str, ...]) -> Value:
        """The same array with its axes in another order."""
        if value.axes == order:
            return value
        if len(order) == 2:
            return Value(f"{value.within(ATOM)}.T", order)
        places = ", ".join(str(value.axes.index(axis)) for axis in order)
        return Value(f"np.permute_dims({value.code}, ({places}))", order)

    def _aligned(self, value: Value, order: tuple[str, ...], binds: int) -> str:
        """The expression, with its axes where they belong among those of ``order``."""
        own = tuple(axis for axis in order if axis in value.axes)
        moved = self._moved(value, own)
        if own == order[len(order) - len(own) :]:
            return moved.within(binds)
        first = next(n for n, axis in enumerate(order) if axis in own)
        places = ", ".join(":" if axis in own else "None" for axis in order[first:])
        return f"{moved.within(ATOM)}[{places}]"

    def _materialised(self, value: Value, wanted: tuple[str, ...], only_missing: bool = False) -> Value:
        """A value that really has the axes wanted, for a reduction over them."""
        missing = tuple(axis for axis in wanted if axis not in value.axes)
        if not missing:
            return value
        order = tuple(sorted((*missing, *value.axes), key=lambda axis: self.program.size(axis)))
        lengths = ", ".join(self.length(axis) for axis in order)
        code = f"np.broadcast_to({self._aligned(value, order, 0)}, ({lengths}{',' if len(order) == 1 else ''}))"
        return Value(code, order)

    def _subscripted(self, code: str, indices: Sequence[Term], block: Block | None = None) -> Value:
        """An array at some index terms: free ones stay axes, loop variables and numbers pick, labels gather.

        What was made in ``block`` is no longer than its slices.
        """
        cut = self.blocks[-1].sliced if block is None or not block.sliced else {}
        axes: list[str] = []
        picks: list[str] = []
        for at in indices:
            match at:
                case Index(name):
                    variable = self.fixed(name)
                    if variable is None and name in axes:
                        return self._diagonal(code, indices)
                    if variable is None:
                        axes.append(name)
                    picks.append(variable or cut.get(name, ":"))
                case Num(value=value):
                    picks.append(str(int(value) - 1))
                case _:
                    return self._gathered(code, indices)
        while picks and picks[-1] == ":":
            picks.pop()
        return Value(f"{code}[{', '.join(picks)}]" if picks else code, tuple(axes))

    def _diagonal(self, code: str, indices: Sequence[Term]) -> Value:
        names = [at.name for at in indices if isinstance(at, Index)]
        plain = not self.blocks[-1].sliced.keys() & set(names)
        if plain and len(names) == len(indices) >= 2 and names[-1] == names[-2] and len(set(names)) == len(names) - 1:
            inner = self._subscripted(code, indices[:-2])
            return Value(f"np.linalg.diagonal({inner.code})", (*inner.axes, names[-1]))
        raise KernelError(f"no array code for {code} with an index that is repeated")

    def _gathered(self, code: str, indices: Sequence[Term]) -> Value:
        """a_{i, label_i}."""
        match indices:
            case (Index(name), Sym(_, (Index(other),)) as label) if name == other and self.fixed(name) is None:
                rows = self.blocks[-1].sliced.get(name)
                picked = self.value(label).code
                return Value(f"{self.helper('_taken')}({code}{f'[{rows}]' if rows else ''}, {picked})", (name,))
        raise KernelError(f"no array code for {code} at {indices}")
