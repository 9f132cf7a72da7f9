"""Array code for a program: one statement for each thing computed more than once, expressions for the rest.

Every array has an order of axes. Results of matrix products and broadcasts lie with their short axes first, so that
a reduction over components runs along the samples. An intermediate that would be larger than twice anything that has
to exist is made piece by piece, in a loop over one short axis of the result; nothing loops over the long ones.
"""

from __future__ import annotations

import re

from derive.kernels.code import (
    ATOM,
    LONG,
    PRODUCT,
    SMALL,
    SUM,
    Block,
    Code,
    Value,
    extent_code,
    is_name,
    number,
    position,
    size_name,
)
from derive.kernels.inplace import in_place
from derive.kernels.program import (
    KernelError,
    Let,
    Program,
    factors,
    reference,
    summands,
)
from derive.kernels.rewriting import in_order
from derive.kernels.slices import Slices, without_long_lets
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
)


def emit(program: Program, anywhere: bool = False) -> Code:
    """The statements of a program, for NumPy, or (``anywhere``) for the namespace ``xp`` of any array library."""
    return _Emitter(program if anywhere else without_long_lets(program), anywhere).run()


class _Emitter(Slices):
    """The whole of a program."""

    def run(self) -> Code:
        """Everything, in the order it is needed."""
        if not self.anywhere:
            self.plan()
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
        lines = tuple(in_place(self.expanded(self.blocks[0].lines), returned, self.arrays, given))
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
        if is_name(moved.code.removesuffix(".T")) or (len(self.program.results) > 1 and moved.binds == ATOM):
            self._annotate(moved.code.removesuffix(".T"), kind)
            return moved.code
        named = self._named(moved.code, name, annotation=f": {kind}")
        self._own(named, moved)
        return named

    def _annotate(self, name: str, kind: str) -> None:
        """Say the type of a name that is returned, where it is made."""
        lines = self.blocks[0].lines
        for place, line in enumerate(lines):
            if line.startswith(f"{name} = "):
                lines[place] = f"{name}: {kind} = {line.partition(' = ')[2]}"

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
        if self._key(term) in self.shared:
            return self.whole(term)
        uses = self.uses.get(self._key(term), 0)
        text, order = self._here(term)
        for block in self.blocks:
            if text in block.known:
                return self._recalled(block, text, order)
        block = self._place(term)
        if block is not self.blocks[-1]:
            return self._outside(block, term, text, order)
        made = self.by_slices(term) or self.made(term)
        long = len(made.code) > LONG and self.program.volume(made.axes) * SMALL < self.limit
        if not made.number and (uses > 1 or long or is_name(made.code)):
            name = made.code if is_name(made.code) else self._named(made.code, "t", block)
            self._own(name, made)
            block.known[text] = (name, tuple(position(order, axis) for axis in made.axes))
            return Value(name, made.axes)
        return made

    def _outside(self, block: Block, term: Term, text: str, order: tuple[str, ...]) -> Value:
        """A term that does not change in the loop, computed before it."""
        inner = self.blocks[self.blocks.index(block) + 1 :]
        del self.blocks[self.blocks.index(block) + 1 :]
        made = self.value(term)
        if not made.number and not is_name(made.code) and made.axes:
            name = self._named(made.code, "t", block)
            self.shapes[name] = tuple(map(self.length, made.axes))
            block.known[text] = (name, tuple(position(order, axis) for axis in made.axes))
            made = Value(name, made.axes)
        self.blocks += inner
        return made

    def made(self, term: Term) -> Value:
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
        if not is_name(value.code):
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
            block.known[text] = (name, tuple("@" if a == index else position(order, a) for a in inner.axes))
            self.blocks += inner_blocks
        name, places = block.known[text]
        return self._subscripted(name, tuple(at if p == "@" else Index(order[int(p)]) for p in places), block)

    def _inverse(self, matrix: Term, at: tuple[Term, ...]) -> Value:
        """An inverse as a whole, where nothing is solved with it."""
        whole, rows, columns = self._whole_matrix(matrix)
        batch = tuple(axis for axis in whole.axes if axis not in (rows, columns))
        moved = self._moved(whole, (*batch, rows, columns))
        name = self._named(f"{self.helper('_inverse')}({moved.code})", "inverse")
        return self._subscripted(name, (*map(Index, batch), *at))
