"""Array code for a program: one statement for each thing computed more than once, expressions for the rest.

Every array has an order of axes. Results of matrix products and broadcasts lie with their short axes first, so that
a reduction over components runs along the samples. An intermediate that would be larger than twice anything that has
to exist is made piece by piece, in a loop over one short axis of the result; nothing loops over the long ones.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from keyword import iskeyword

from derive.kernels.inplace import in_place
from derive.kernels.program import (
    ONE,
    KernelError,
    Let,
    Program,
    factors,
    free,
    key,
    ordered_free,
    reference,
    summands,
)
from derive.kernels.rewriting import in_order
from derive.language.extents import Extent
from derive.language.terms import (
    Array,
    Big,
    Cases,
    Const,
    Entry,
    Index,
    Num,
    Op,
    Rel,
    Size,
    Sym,
    Term,
    children,
    rebuild,
)

SUM, PRODUCT, ATOM = 1, 2, 3
ROOM = 2
"""How many times the largest array that must exist an intermediate may be."""
LONG, SMALL = 48, 16
"""An expression of more characters has a name, if its array is this many times smaller than the largest."""
SCALAR_FUNCTIONS = {"log": "math.log", "exp": "math.exp", "sqrt": "math.sqrt"}
FUNCTIONS = {"exp": "np.exp", "sqrt": "np.sqrt", "tanh": "np.tanh", "abs": "np.abs", "sin": "np.sin", "cos": "np.cos"}
HELPERS = {"logistic": "_logistic", "softplus": "_softplus", "log": "_log", "relu": "_relu"}
UFUNCS = {"+": "add", "-": "subtract", "*": "multiply", "/": "divide"}
RELATIONS = {"=": "==", "!=": "!=", "<": "<", "<=": "<=", ">": ">", ">=": ">="}


@dataclass(frozen=True)
class Value:
    """An expression, the index of each of its axes, and how tightly it binds; ``number`` if it is a Python number."""

    code: str
    axes: tuple[str, ...] = ()
    binds: int = ATOM
    number: bool = False

    def within(self, binds: int) -> str:
        """The expression as a part of one that binds this tightly."""
        return self.code if self.binds >= binds else f"({self.code})"


@dataclass
class Block:
    """Statements of one indentation: those of the function, or of a loop over ``fixed``."""

    fixed: dict[str, str]
    lines: list[str] = field(default_factory=list)
    known: dict[str, tuple[str, tuple[str, ...]]] = field(default_factory=dict)


@dataclass(frozen=True)
class Code:
    """The body of a function, what it returns, the helpers it calls, and the sizes it divides by."""

    lines: tuple[str, ...]
    returned: tuple[str, ...]
    helpers: tuple[str, ...]
    imports: tuple[str, ...]
    divisors: tuple[str, ...]


def emit(program: Program, anywhere: bool = False) -> Code:
    """The statements of a program, for NumPy, or (``anywhere``) for the namespace ``xp`` of any array library."""
    return _Emitter(program, anywhere).run()


class _Emitter:
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
        self.made: dict[str, tuple[str, ...]] = {}
        self.divisors: dict[str, None] = {}
        self.scratch: list[str] = []
        self.arguments = {argument.symbol: argument for argument in program.arguments}
        self.limit = ROOM * max(self._sizes(), default=1)

    def _sizes(self) -> Iterable[int]:
        for argument in self.program.arguments:
            total = 1
            for extent in argument.axes:
                total *= self.program.length(extent)
            yield total
        for result in self.program.results:
            yield self.program.volume(result.indices)

    def run(self) -> Code:
        """Everything, in the order it is needed."""
        for let in self.program.results:
            self._count(let.body)
        for name in in_order(self.program):
            self._store(self.program.lets[name])
        returned = tuple(self._result(let) for let in self.program.results)
        if self.anywhere:
            lines = tuple(re.sub(r"\bnp\.", "xp.", line) for line in self.blocks[0].lines)
            returned = tuple(re.sub(r"\bnp\.", "xp.", code) for code in returned)
            return Code(lines, returned, tuple(self.helpers), tuple(self.imports), tuple(sorted(self.divisors)))
        given = {a.name: tuple(map(extent_code, a.axes)) for a in self.program.arguments}
        lines = tuple(in_place(self.blocks[0].lines, returned, self.made, given))
        return Code(lines, returned, tuple(self.helpers), tuple(self.imports), tuple(sorted(self.divisors)))

    def _result(self, let: Let) -> str:
        value = self.value(let.body)
        order = tuple(let.indices)
        if set(value.axes) != set(order):
            lengths = ", ".join(self.length(i) for i in order)
            shape = f"({lengths}{',' if len(order) == 1 else ''})"
            if all(self.program.ranges[i].length.constant == 1 for i in order if i not in value.axes):
                return f"np.reshape({self._moved(value, tuple(i for i in order if i in value.axes)).code}, {shape})"
            whole = f"np.broadcast_to({self._aligned(value, order, SUM)}, {shape})"
            return whole if self.anywhere else f"np.array({whole})"
        name = let.name
        moved = self._moved(value, order)
        kind = "Floats" if order or not any(a.axes for a in self.program.arguments) else "Number"
        if _is_name(moved.code.removesuffix(".T")) or (len(self.program.results) > 1 and moved.binds == ATOM):
            self._annotate(moved.code.removesuffix(".T"), kind)
            return moved.code
        named = self._named(moved.code, name, annotation=f": {kind}")
        self._own(named, moved)
        return named

    def _annotate(self, name: str, kind: str) -> None:
        """Say the type of a name that is returned, where it is made."""
        lines = self.blocks[0].lines
        for number, line in enumerate(lines):
            if line.startswith(f"{name} = "):
                lines[number] = f"{name}: {kind} = {line.partition(' = ')[2]}"

    def _count(self, term: Term) -> None:
        if reference(term) is not None:
            name = (reference(term) or ("", ()))[0]
            if name in self.program.lets and f"let {name}" not in self.uses:
                self.uses[f"let {name}"] = 1
                self._count(self.program.lets[name].body)
            return
        if isinstance(term, Num | Const | Size | Index):
            return
        text = self._key(term)
        self.uses[text] = self.uses.get(text, 0) + 1
        if self.uses[text] == 1:
            for child in children(term):
                self._count(child)

    # -- names and places ------------------------------------------------------------------------------------------
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
            if (self.blocks[number].fixed.keys() - self.blocks[number - 1].fixed.keys()) & names:
                return self.blocks[number]
        return self.blocks[0]

    def fixed(self, index: str) -> str | None:
        """The loop variable of an index, if a loop runs over it here."""
        return self.blocks[-1].fixed.get(index)

    def length(self, index: str) -> str:
        """The length of an index's axis as code."""
        return extent_code(self.program.ranges[index].length)

    def helper(self, name: str) -> str:
        """The name of a helper, on record as needed."""
        self.helpers[name] = None
        return name

    # -- terms -----------------------------------------------------------------------------------------------------
    def value(self, term: Term) -> Value:
        """The expression of a term; what is used more than once has a name."""
        match term:
            case Num(value=value):
                return number(value)
            case Const("pi"):
                self.imports["math"] = None
                return Value("math.pi", number=True)
            case Const("e"):
                self.imports["math"] = None
                return Value("math.e", number=True)
            case Size(name):
                return Value(size_name(name), number=True)
            case Index(name):
                return self._index(name)
            case Sym() | Entry(Sym()):
                return self._reference(term)
        uses = self.uses.get(self._key(term), 0)
        text, order = self._here(term)
        for block in self.blocks:
            if text in block.known:
                return self._recalled(block, text, order)
        block = self._place(term)
        if block is not self.blocks[-1]:
            return self._outside(block, term, text, order)
        made = self._made(term)
        long = len(made.code) > LONG and self.program.volume(made.axes) * SMALL < self.limit
        if not made.number and (uses > 1 or long or _is_name(made.code)):
            name = made.code if _is_name(made.code) else self._named(made.code, "t", block)
            self._own(name, made)
            block.known[text] = (name, tuple(_position(order, axis) for axis in made.axes))
            return Value(name, made.axes)
        return made

    def _here(self, term: Term) -> tuple[str, tuple[str, ...]]:
        """The key of a term with the loop variables in it told apart, and its free indices in order."""
        text, order = key(term, self.program.ranges)
        held = [f"{place}={self.fixed(index)}" for place, index in enumerate(order) if self.fixed(index)]
        return f"{text} {held}", order

    def _recalled(self, block: Block, text: str, order: tuple[str, ...]) -> Value:
        name, places = block.known[text]
        return self._subscripted(name, tuple(Index(order[int(place)]) for place in places))

    def _outside(self, block: Block, term: Term, text: str, order: tuple[str, ...]) -> Value:
        """A term that does not change in the loop, computed before it."""
        inner = self.blocks[self.blocks.index(block) + 1 :]
        del self.blocks[self.blocks.index(block) + 1 :]
        made = self.value(term)
        if not made.number and not _is_name(made.code) and made.axes:
            name = self._named(made.code, "t", block)
            block.known[text] = (name, tuple(_position(order, axis) for axis in made.axes))
            made = Value(name, made.axes)
        self.blocks += inner
        return made

    def _index(self, name: str) -> Value:
        low = extent_code(self.program.ranges[name].low)
        variable = self.fixed(name)
        if variable is not None:
            return Value(f"{variable} + {low}", (), SUM, number=True)
        high = extent_code(self.program.ranges[name].high + 1)
        return Value(f"np.arange({low}, {high})", (name,))

    def _made(self, term: Term) -> Value:
        match term:
            case Op("add"):
                return self._sum(list(summands(term)))
            case Op("neg", (arg,)):
                inner = self.value(arg)
                return Value(f"-{inner.within(PRODUCT)}", inner.axes, SUM, inner.number)
            case Op("mul"):
                return self._product(list(factors(term)))
            case Op("div", (top, bottom)):
                return self._ratio(self.value(top), self.value(bottom))
            case Op("pow", (base, exponent)):
                return self._power(base, exponent)
            case Op("log", (Op("abs", (Op("det", (Sym(name, indices),)),)),)) if name in self.program.factors:
                return self._log_determinant(name, indices)
            case Op("logsumexp", (Array(((index, _),), body),)):
                inner = self._apart(self._materialised(self.value(body), (index,)), self.blocks[-1])
                axis = inner.axes.index(index)
                code = f"{self.helper('_logsumexp')}({inner.code}, axis={axis})"
                return Value(code, tuple(a for a in inner.axes if a != index))
            case Entry(Op("softmax", (Array(((index, _),), body),)), (at,)):
                return self._softmax(index, body, at)
            case Entry(Op("inverse", (matrix,)), at):
                return self._inverse(matrix, at)
            case Op("delta", (one, two)):
                return self._condition(Rel("=", one, two), as_number=True)
            case Op("indicator", (condition,)):
                return self._condition(condition, as_number=True)
            case Op(name, (arg,)):
                return self._function(name, arg)
            case Big(kind="sum"):
                return self._big_sum(term)
            case Big(kind, index, _, body) if kind in ("max", "min", "prod"):
                inner = self._materialised(self.value(body), (index,))
                axis = inner.axes.index(index)
                return Value(f"np.{kind}({inner.code}, axis={axis})", tuple(a for a in inner.axes if a != index))
            case Cases(branches):
                return self._cases(branches)
        raise KernelError(f"no array code for {term}")

    def _function(self, name: str, arg: Term) -> Value:
        inner = self.value(arg)
        if inner.number and name in SCALAR_FUNCTIONS:
            self.imports["math"] = None
            return Value(f"{SCALAR_FUNCTIONS[name]}({inner.code})", number=True)
        if name in HELPERS:
            return Value(f"{self.helper(HELPERS[name])}({inner.code})", inner.axes)
        if name in FUNCTIONS:
            return Value(f"{FUNCTIONS[name]}({inner.code})", inner.axes)
        raise KernelError(f"no array code for the function {name}")

    def _power(self, base: Term, exponent: Term) -> Value:
        inner = self.value(base)
        match exponent:
            case Num(value=value) if value == 2 and not inner.number:
                return Value(f"np.square({inner.code})", inner.axes)
        above = self.value(exponent)
        axes = self._order([inner, above])
        code = f"{self._aligned(inner, axes, ATOM)} ** {self._aligned(above, axes, ATOM)}"
        return Value(code, axes, PRODUCT, inner.number and above.number)

    # -- references ------------------------------------------------------------------------------------------------
    def _reference(self, term: Term) -> Value:
        found = reference(term)
        if found is None:
            raise KernelError(f"no array code for {term}")
        name, indices = found
        if name in self.program.factors:
            return self._subscripted(self._factor(name).code, indices)
        argument = self.arguments.get(name)
        if argument is not None:
            if argument.integral and not argument.axes:
                return Value(argument.name, number=True)
            return self._subscripted(argument.name, indices)
        if name not in self.stored:
            self._store(self.program.lets[name])
        stored = self.stored[name]
        let = self.program.lets[name]
        places = dict(zip(let.indices, indices, strict=True))
        return self._subscripted(stored.code, tuple(places[axis] for axis in stored.axes))

    def _store(self, let: Let) -> None:
        """Compute a definition, before any loop."""
        inner = self.blocks[1:]
        del self.blocks[1:]
        value = self._materialised(self.value(let.body), let.indices, only_missing=True)
        if not _is_name(value.code):
            name = self._named(value.code, let.name)
            self._own(name, value)
            value = Value(name, value.axes)
        self.stored[let.name] = value
        self.blocks += inner

    def _factor(self, name: str) -> Value:
        if name not in self.stored:
            matrix = self.arguments.get(self.program.factors[name])
            if matrix is None:
                raise KernelError(f"no factor for {self.program.factors[name]}, which is no argument")
            code = f'{self.helper("_whitening")}({matrix.name}, "{matrix.name}")'
            self.stored[name] = Value(self._named(code, "whitening", self.blocks[0]))
        return self.stored[name]

    def _log_determinant(self, name: str, indices: tuple[Term, ...]) -> Value:
        """log |det T| of a triangular T."""
        text = f"log det {name}"
        if text not in self.blocks[0].known:
            code = f"{self.helper('_log_diagonal')}({self._factor(name).code})"
            self.blocks[0].known[text] = (self._named(code, "log_det", self.blocks[0]), ())
        return self._subscripted(self.blocks[0].known[text][0], indices)

    def _subscripted(self, code: str, indices: Sequence[Term]) -> Value:
        """An array at some index terms: free ones stay axes, loop variables and numbers pick, labels gather."""
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
                    picks.append(":" if variable is None else variable)
                case Num(value=value):
                    picks.append(str(int(value) - 1))
                case _:
                    return self._gathered(code, indices)
        while picks and picks[-1] == ":":
            picks.pop()
        return Value(f"{code}[{', '.join(picks)}]" if picks else code, tuple(axes))

    def _diagonal(self, code: str, indices: Sequence[Term]) -> Value:
        names = [at.name for at in indices if isinstance(at, Index)]
        if len(names) == len(indices) >= 2 and names[-1] == names[-2] and len(set(names)) == len(names) - 1:
            inner = self._subscripted(code, indices[:-2])
            return Value(f"np.linalg.diagonal({inner.code})", (*inner.axes, names[-1]))
        raise KernelError(f"no array code for {code} with an index that is repeated")

    def _gathered(self, code: str, indices: Sequence[Term]) -> Value:
        """a_{i, label_i}."""
        match indices:
            case (Index(name), Sym(_, (Index(other),)) as label) if name == other and self.fixed(name) is None:
                picked = self.value(label).code
                return Value(f"{self.helper('_taken')}({code}, {picked})", (name,))
        raise KernelError(f"no array code for {code} at {indices}")

    # -- arithmetic ------------------------------------------------------------------------------------------------
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

    def _joined(self, left: Value, sign: str, right: Value) -> Value:
        order = self._order([left, right])
        binds = SUM if sign in "+-" else PRODUCT
        one = self._aligned(left, order, binds)
        # a * (b @ c) is not (a * b) @ c, unless a is a number: then the smaller factor is scaled
        apart = sign in "-/" or (sign == "*" and " @ " in right.code and not left.number)
        two = self._aligned(right, order, binds + 1 if apart else binds)
        kept = self._scratch(UFUNCS[sign], (self._aligned(left, order, 0), self._aligned(right, order, 0)), order)
        return kept or Value(f"{one} {sign} {two}", order, binds, left.number and right.number)

    def _ratio(self, top: Value, bottom: Value) -> Value:
        """A quotient; 0 / 0 in a small array is an error with words, in a large one NaN."""
        if bottom.number:
            self._divide_by(bottom.code)
            return self._joined(top, "/", bottom)
        order = self._order([top, bottom])
        if not any(argument.axes for argument in self.program.arguments):
            return Value(f"{self.helper('_quotient')}({top.code}, {bottom.code})", order)
        if top.number or self.program.volume(order) * SMALL > self.limit:
            return self._joined(top, "/", bottom)
        parts = ", ".join(self._aligned(each, order, 0) for each in (top, bottom))
        return Value(f"{self.helper('_ratio')}({parts})", order)

    def _own(self, name: str, value: Value) -> None:
        """Take note of a large array that is made here, and is no view of another."""
        if self.program.volume(value.axes) * SMALL < self.limit:
            return
        if re.search(r"[-+*/(]", value.code) and not value.code.startswith(("np.reshape", "np.permute", "np.broad")):
            self.made[name] = tuple(map(self.length, value.axes))

    def _apart(self, value: Value, block: Block) -> Value:
        """A large array that a function is applied to, as a statement of its own, so that it can be made in place."""
        if _is_name(value.code) or self.program.volume(value.axes) * SMALL < self.limit:
            return value
        name = self._named(value.code, "t", block)
        self._own(name, value)
        return Value(name, value.axes)

    def _scratch(self, function: str, parts: tuple[str, str], axes: tuple[str, ...]) -> Value | None:
        """A large intermediate in a loop, in an array that every round uses again."""
        if self.anywhere or len(self.blocks) == 1 or self.program.volume(axes) * SMALL < self.limit:
            return None
        lengths = ", ".join(self.length(axis) for axis in axes)
        name = self._named(f"np.empty(({lengths}{',' if len(axes) == 1 else ''}), dtype)", "t", self.blocks[-2])
        self.scratch.append(name)
        self.blocks[-1].lines.append(f"np.{function}({parts[0]}, {parts[1]}, out={name})")
        return Value(name, axes)

    def _divide_by(self, code: str) -> None:
        """Take note of the sizes that must not be zero."""
        for size in {name for range_ in self.program.ranges.values() for name in range_.names}:
            if size_name(size) == code:
                self.divisors[code] = None

    def _grouped(self, values: Iterable[Value]) -> list[list[Value]]:
        """Operands by their axes, the smallest first, so that little is done at full size."""
        groups: dict[frozenset[str], list[Value]] = {}
        for value in values:
            groups.setdefault(frozenset(value.axes), []).append(value)
        return [groups[axes] for axes in sorted(groups, key=lambda axes: self.program.volume(axes))]

    def _product(self, parts: list[Term]) -> Value:
        scale = Fraction(1)
        above: list[Value] = []
        below: list[Value] = []
        for part in parts:
            match part:
                case Num(value=factor):
                    scale *= factor
                case Op("div", (top, bottom)) if self.uses.get(self._key(part), 0) <= 1 and len(parts) > 1:
                    above += [self.value(top)] if top != ONE else []
                    below.append(self.value(bottom))
                case _:
                    above.append(self.value(part))
        whole: Value | None = None if abs(scale) == 1 else number(abs(scale))
        for group in self._grouped(above):
            for value in group:
                while below and self._ready(whole, below[0], value):
                    whole = self._ratio(whole or number(Fraction(1)), below.pop(0))
                whole = value if whole is None else self._joined(whole, "*", value)
        whole = number(Fraction(1)) if whole is None else whole
        for value in below:
            whole = self._ratio(whole, value)
        return whole if scale > 0 else Value(f"-{whole.within(PRODUCT)}", whole.axes, SUM, whole.number)

    def _ready(self, whole: Value | None, bottom: Value, following: Value) -> bool:
        """Whether to divide before a larger factor comes in."""
        return (whole is not None or bottom.number) and len(bottom.axes) < len(following.axes)

    def _sum(self, parts: list[Term]) -> Value:
        plus: list[Value] = []
        minus: list[Value] = []
        for part in parts:
            match part:
                case Op("neg", (arg,)):
                    minus.append(self.value(arg))
                case _:
                    plus.append(self.value(part))
        whole: Value | None = None
        groups = self._grouped([*plus, *minus])
        negative = {id(value) for value in minus}
        lost = False
        for group in groups:
            ordered = sorted(group, key=lambda value: id(value) in negative)
            for value in ordered:
                sign = "-" if id(value) in negative else "+"
                if whole is None:
                    whole, lost = value, sign == "-"
                elif lost and sign == "+":
                    whole, lost = self._joined(value, "-", whole), False
                elif lost:
                    whole = self._joined(whole, "+", value)
                else:
                    whole = self._joined(whole, sign, value)
        if whole is None:
            return number(Fraction(0))
        return Value(f"-{whole.within(PRODUCT)}", whole.axes, SUM, whole.number) if lost else whole

    # -- conditions ------------------------------------------------------------------------------------------------
    def _condition(self, term: Term, as_number: bool = False) -> Value:
        match term:
            case Rel(op, left, right):
                one, two = self.value(left), self.value(right)
                order = self._order([one, two])
                code = f"{self._aligned(one, order, SUM)} {RELATIONS[op]} {self._aligned(two, order, SUM)}"
                found = Value(code, order, 0)
            case Op("and" | "or" as name, args):
                found = self._condition(args[0])
                for arg in args[1:]:
                    other = self._condition(arg)
                    order = self._order([found, other])
                    sign = "&" if name == "and" else "|"
                    code = f"{self._aligned(found, order, ATOM)} {sign} {self._aligned(other, order, ATOM)}"
                    found = Value(code, order, 0)
            case Op("not", (arg,)):
                inner = self._condition(arg)
                found = Value(f"~{inner.within(ATOM)}", inner.axes, 0)
            case _:
                raise KernelError(f"no array code for the condition {term}")
        if not as_number:
            return found
        return Value(f"np.astype({found.code}, dtype)", found.axes)

    def _cases(self, branches: tuple[tuple[Term, Term | None], ...]) -> Value:
        (value, condition), *rest = branches
        if condition is None:
            return self.value(value)
        one = self.value(value)
        two = self._cases(tuple(rest)) if rest else Value("np.nan", number=True)
        when = self._condition(condition)
        order = self._order([when, one, two])
        typed = "np.asarray({}, dtype=dtype)" if self.anywhere else "dtype.type({})"
        one, two = (Value(typed.format(each.code)) if each.number else each for each in (one, two))
        parts = ", ".join(self._aligned(each, order, 0) for each in (when, one, two))
        return Value(f"np.where({parts})", order)

    # -- functions along an axis -----------------------------------------------------------------------------------
    def _materialised(self, value: Value, wanted: tuple[str, ...], only_missing: bool = False) -> Value:
        """A value that really has the axes wanted, for a reduction over them."""
        missing = tuple(axis for axis in wanted if axis not in value.axes)
        if not missing:
            return value
        order = tuple(sorted((*missing, *value.axes), key=lambda axis: self.program.size(axis)))
        lengths = ", ".join(self.length(axis) for axis in order)
        code = f"np.broadcast_to({self._aligned(value, order, 0)}, ({lengths}{',' if len(order) == 1 else ''}))"
        return Value(code, order)

    def _softmax(self, index: str, body: Term, at: Term) -> Value:
        """The softmax over one axis, computed whole, then taken where it is wanted."""
        whole = Array(((index, self.program.ranges[index]),), body)
        block = self._place(whole)
        text, order = self._here(Op("softmax", (whole,)))
        if text not in block.known:
            inner_blocks = self.blocks[self.blocks.index(block) + 1 :]
            del self.blocks[self.blocks.index(block) + 1 :]
            inner = self._materialised(self.value(body), (index,))
            axis = inner.axes.index(index)
            inner = self._apart(inner, block)
            name = self._named(f"{self.helper('_softmax')}({inner.code}, axis={axis})", "p", block)
            self._own(name, Value("()", inner.axes))
            block.known[text] = (name, tuple("@" if a == index else _position(order, a) for a in inner.axes))
            self.blocks += inner_blocks
        name, places = block.known[text]
        return self._subscripted(name, tuple(at if p == "@" else Index(order[int(p)]) for p in places))

    def _inverse(self, matrix: Term, at: tuple[Term, ...]) -> Value:
        """An inverse as a whole, where nothing is solved with it."""
        whole, rows, columns = self._whole_matrix(matrix)
        batch = tuple(axis for axis in whole.axes if axis not in (rows, columns))
        moved = self._moved(whole, (*batch, rows, columns))
        name = self._named(f"{self.helper('_inverse')}({moved.code})", "inverse")
        return self._subscripted(name, (*map(Index, batch), *at))

    def _whole_matrix(self, matrix: Term) -> tuple[Value, str, str]:
        match matrix:
            case Array(((rows, _), (columns, _)), body):
                return self._materialised(self.value(body), (rows, columns)), rows, columns
        raise KernelError(f"expected a matrix written entry by entry, found {matrix}")

    # -- sums ------------------------------------------------------------------------------------------------------
    def _big_sum(self, term: Term) -> Value:
        over = self._too_large(term)
        if over is not None:
            return self._looped(term, over)
        indices: list[str] = []
        body: Term = term
        while isinstance(body, Big) and body.kind == "sum":
            indices.append(body.var)
            body = body.body
            if self.uses.get(self._key(body), 0) > 1:  # computed anyway
                break
        match body:
            case Op("mul", (one, two)) if not isinstance(one, Num):
                return self._solved(indices, [one, two]) or self._contraction(tuple(indices), one, two)
        inner = self._materialised(self.value(body), tuple(indices))
        return self._summed(inner, tuple(indices))

    def _summed(self, value: Value, indices: tuple[str, ...]) -> Value:
        rest = tuple(axis for axis in value.axes if axis not in indices)
        if not rest:
            return Value(f"np.sum({value.code})")
        places = sorted(value.axes.index(index) for index in indices)
        axis = str(places[0]) if len(places) == 1 else f"({', '.join(map(str, places))})"
        return Value(f"np.sum({value.code}, axis={axis})", rest)

    def _solved(self, indices: list[str], parts: list[Term]) -> Value | None:
        """Σ_b (A⁻¹)_ab v_b as the solution of A u = v."""
        for matrix, other in (parts, parts[::-1]):
            match matrix:
                case Entry(Op("inverse", (inside,)), (Index(row), Index(column))) if indices == [column]:
                    whole, rows, columns = self._whole_matrix(inside)
                    batch = tuple(axis for axis in whole.axes if axis not in (rows, columns))
                    right = self.value(other)
                    more = tuple(axis for axis in right.axes if axis not in (*batch, column))
                    if more or column not in right.axes:
                        return None
                    a = self._moved(whole, (*batch, rows, columns)).code
                    b = self._moved(right, (*(x for x in batch if x in right.axes), column)).code
                    return Value(f"{self.helper('_solve')}({a}, {b})", (*batch, row))
        return None

    def _contraction(self, indices: tuple[str, ...], one: Term, two: Term) -> Value:
        guarded = [isinstance(part, Op) and part.name == "log" for part in (one, two)]
        left = self._operand(one, indices)
        right = left if self._key(one) == self._key(two) and free(one) == free(two) else self._operand(two, indices)
        shared = tuple(axis for axis in left.axes if axis in right.axes and axis not in indices)
        only_left = tuple(axis for axis in left.axes if axis not in right.axes)
        only_right = tuple(axis for axis in right.axes if axis not in left.axes)
        if any(guarded) and not shared and len(indices) == 1:
            return self._of_logarithms(indices, (left, right) if guarded[1] else (right, left))
        if not only_left and not only_right:
            return self._dotted(left, right, indices, shared)
        if not shared:
            return self._matrix_product(left, right, indices, only_left, only_right)
        return self._batched(left, right, indices, (shared, only_left, only_right))

    def _operand(self, term: Term, indices: tuple[str, ...]) -> Value:
        value = self.value(term)
        missing = [index for index in indices if index not in value.axes]
        return self._materialised(value, tuple(missing)) if missing else value

    def _of_logarithms(self, indices: tuple[str, ...], pair: tuple[Value, Value]) -> Value:
        """Σ_w n_dw log p_kw with 0 log 0 = 0."""
        count, logs = pair
        (index,) = indices
        rows = tuple(axis for axis in count.axes if axis != index)
        columns = tuple(axis for axis in logs.axes if axis != index)
        one = self._moved(count, (*rows, index)).code
        two = self._moved(logs, (*columns, index)).code
        return Value(f"{self.helper('_log_power')}({one}, {two})", (*rows, *columns))

    def _dotted(self, left: Value, right: Value, indices: tuple[str, ...], shared: tuple[str, ...]) -> Value:
        """Both have the same axes: a dot product for each of those that stay."""
        other = self._moved(right, left.axes)
        if len(indices) == 1:
            axis = left.axes.index(indices[0])
            where = "" if axis == len(left.axes) - 1 else f", axis={axis}"
            rest = tuple(axis for axis in left.axes if axis not in indices)
            if not rest:
                return Value(f"{left.within(PRODUCT)} @ {other.within(ATOM)}", rest, PRODUCT)
            if where:
                return (
                    Value(f"{self.helper('_column_dot')}({left.code}, {other.code})", rest)
                    if axis == 0 and len(left.axes) == 2
                    else Value(f"np.vecdot({left.code}, {other.code}{where})", rest)
                )
            return Value(f"np.vecdot({left.code}, {other.code})", rest)
        return self._summed(self._joined(left, "*", other), indices)

    def _matrix_product(
        self, left: Value, right: Value, indices: tuple[str, ...], rows: tuple[str, ...], columns: tuple[str, ...]
    ) -> Value:
        if len(indices) == 1 and len(rows) <= 1 and len(columns) <= 1:
            (index,) = indices
            if rows and columns and self.program.size(columns[0]) < self.program.size(rows[0]):
                left, right, rows, columns = right, left, columns, rows
            if columns and not rows:
                left, right, rows, columns = right, left, columns, rows
            one = self._moved(left, (*rows, index)).within(PRODUCT)
            two = self._moved(right, (index, *columns)).within(ATOM)
            kept = self._scratch("matmul", (one, two), (*rows, *columns))
            return kept or Value(f"{one} @ {two}", (*rows, *columns), PRODUCT)
        places = [tuple(value.axes.index(index) for index in indices) for value in (left, right)]
        return Value(f"np.tensordot({left.code}, {right.code}, axes=({places[0]}, {places[1]}))", (*rows, *columns))

    def _batched(
        self,
        left: Value,
        right: Value,
        indices: tuple[str, ...],
        parts: tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]],
    ) -> Value:
        """A matrix product for each of the axes that both have."""
        shared, rows, columns = parts
        if len(indices) != 1 or len(rows) > 1 or len(columns) > 1:
            order = (*shared, *rows, *columns, *indices)
            one = Value(self._aligned(left, order, PRODUCT), order)
            two = Value(self._aligned(right, order, PRODUCT), order)
            return self._summed(Value(f"{one.code} * {two.code}", order, PRODUCT), indices)
        (index,) = indices
        if not rows:
            left, right, rows, columns = right, left, columns, rows
        one = self._moved(left, (*shared, *rows, index))
        if not columns:
            two = self._moved(right, (*shared, index))
            return Value(f"np.matmul({one.code}, {two.within(ATOM)}[..., None])[..., 0]", (*shared, *rows))
        two = self._moved(right, (*shared, index, *columns))
        return Value(f"np.matmul({one.code}, {two.code})", (*shared, *rows, *columns))

    # -- loops -----------------------------------------------------------------------------------------------------
    def _too_large(self, term: Term) -> str | None:
        """The axis to loop over, if something on the way to this sum would be too large."""
        large: list[frozenset[str]] = []
        fixed = set(self.blocks[-1].fixed)
        stack = list(children(term))
        while stack:
            node = stack.pop()
            if reference(node) is not None or isinstance(node, Num | Index | Size | Const):
                continue
            inner = node
            bound: set[str] = set()
            while isinstance(inner, Big) and inner.kind == "sum":
                bound.add(inner.var)
                inner = inner.body
            if isinstance(node, Big) and isinstance(inner, Op) and inner.name == "mul":
                stack.extend(inner.args)
            else:
                stack.extend(children(node))
            if isinstance(node, Op) and node.name == "mul" and node is _body(term):
                continue
            own = free(node) - fixed
            if self.program.volume(own) > self.limit:
                large.append(own)
        if not large:
            return None
        common = frozenset.intersection(*large) & free(term) or max(large, key=self.program.volume) & free(term)
        choices = sorted(common, key=lambda index: (self.program.size(index), index))
        return choices[0] if choices else None

    def _looped(self, term: Term, over: str) -> Value:
        """A sum piece by piece, over one axis of its result."""
        rest = tuple(index for index in ordered_free(term) if index != over and self.fixed(index) is None)
        block = self.blocks[-1]
        variable = self.fresh(over.rstrip("0123456789"))
        inner = Block({**block.fixed, over: variable})
        self.blocks.append(inner)
        value = self._made(term)
        self.blocks.pop()
        self.taken.discard(variable)
        order = tuple(axis for axis in value.axes)
        lengths = ", ".join(self.length(index) for index in (over, *order))
        name = self.fresh("t")
        if self.anywhere:
            block.lines += [f"{name} = []", f"for {variable} in range({self.length(over)}):"]
            block.lines += [*(f"    {line}" for line in inner.lines), f"    {name}.append({value.code})"]
            block.lines.append(f"{name} = np.stack({name}, axis=0)")
            return Value(name, (over, *order))
        block.lines.append(f"{name} = np.empty(({lengths}{',' if not rest else ''}), dtype)")
        block.lines.append(f"for {variable} in range({self.length(over)}):")
        block.lines += [f"    {line}" for line in inner.lines]
        block.lines.append(f"    {name}[{variable}] = {value.code}")
        if self.scratch and len(self.blocks) == 1:
            block.lines.append(f"del {', '.join(self.scratch)}")
            self.scratch.clear()
        found = Value(name, (over, *order))
        self._own(name, replace(found, code="()"))
        return found


def _body(term: Term) -> Term:
    while isinstance(term, Big):
        term = term.body
    return term


def _is_name(code: str) -> bool:
    return code.isidentifier()


def _position(order: tuple[str, ...], axis: str) -> str:
    return str(order.index(axis))


def number(value: Fraction) -> Value:
    """A rational number as code."""
    if value.denominator == 1:
        return Value(str(value.numerator), (), ATOM if value >= 0 else SUM, number=True)
    if value.denominator & (value.denominator - 1) == 0:
        return Value(repr(float(value)), (), ATOM if value >= 0 else SUM, number=True)
    return Value(f"{value.numerator} / {value.denominator}", (), PRODUCT, number=True)


def size_name(name: str) -> str:
    """A size as a Python name."""
    return identifier(name)


def identifier(text: str) -> str:
    """A Python name near to a LaTeX name.

    >>> identifier(r"\\boldsymbol{\\mu}^{(t+1)}")
    'mu_t_1'
    """
    plain = re.sub(r"\\(?:boldsymbol|mathbf|mathrm|text|operatorname|left|right)(?![A-Za-z])", "", text)
    plain = re.sub(r"[^0-9A-Za-z]+", "_", plain).strip("_")
    return plain if plain and not plain[0].isdigit() else f"v_{plain}"


def extent_code(extent: Extent) -> str:
    """A length as code."""
    return re.sub(r"(?<=\w) (?=\w)", " * ", str(extent.renamed({n: Extent.of(size_name(n)) for n in extent.names})))


__all__ = ["Code", "Mapping", "emit", "identifier", "rebuild", "replace", "size_name"]
