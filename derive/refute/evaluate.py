"""What a term is worth at a point: terms become closures once, and run at many points.

Scope is lexical: a binder's variable lives in the frame of the term it binds, and the body of a definition sees its own
parameters only. Derivatives and ``f|_{α=0}`` change what a *symbol* is worth, everywhere below: they open a new
``State``.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from typing import TYPE_CHECKING, cast

from flint import fmpq

from derive.language.context import Context, FunctionDecl, SymbolDecl
from derive.language.extents import Extent, Range, Shape, matrix_shape
from derive.language.operators import LITERAL_OPERATORS, OPERATORS
from derive.language.shapes import block_sizes, literal_shape
from derive.language.terms import (
    Apply,
    Array,
    At,
    Big,
    Cases,
    Const,
    Deriv,
    Entry,
    Expect,
    Index,
    Integral,
    Matrix,
    Num,
    Op,
    Rel,
    Size,
    Sym,
    Term,
)
from derive.refute import arithmetic as ar
from derive.refute import binders, derivatives
from derive.refute.arithmetic import ONE, ZERO, CannotEvaluate, Number, Undefined
from derive.refute.arrays import Arr, Worth, entries, picked, size_of, zipped
from derive.refute.names import free_indices, looked_up, mentioned
from derive.refute.operations import ROWS, number
from derive.refute.shares import shares_in
from derive.refute.state import EMPTY, Code, Frame, LengthCode, Place, PlaceCode, ScalarCode, Scope, State, WholeCode

if TYPE_CHECKING:
    from derive.refute.points import Sampler
    from derive.refute.relevance import Subject

_KEYS = count()
MOST_DERIVATIVES = 8
MOST_OPERATIONS = 4096
"""How many closures of operations are kept; then they are made anew."""


class Program:
    """The closures of one context."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self._definitions: dict[str, tuple[list[tuple[str, LengthCode, LengthCode]], Shape, Code]] = {}
        self._functions: dict[tuple[str, tuple[Shape, ...]], tuple[Shape, Code]] = {}
        self._reach: dict[str, frozenset[str]] = {}
        self._derived: dict[str, bool] = {}
        self.shares = shares_in(context)
        self._compiling: list[str] = []
        self._sides: dict[tuple[Term, tuple[tuple[str, Range | Shape], ...]], tuple[Shape, Code]] = {}
        self.samplers: dict[tuple[Subject, tuple[Rel, ...], tuple[str, ...]], Sampler] = {}
        self._operations: dict[tuple[Term, tuple[tuple[str, Range | Shape], ...]], tuple[Shape, Code]] = {}
        self._depth = 0

    @contextmanager
    def deeper(self) -> Iterator[None]:
        """Inside one more derivative; each doubles the work, so there is an end to it."""
        if self._depth == MOST_DERIVATIVES:
            raise CannotEvaluate(f"more than {MOST_DERIVATIVES} derivatives inside each other are too many to compute")
        self._depth += 1
        try:
            yield
        finally:
            self._depth -= 1

    # -- declarations ---------------------------------------------------------------------------------------------
    def derived(self, name: str) -> bool:
        """Whether the quantity is computed from others rather than chosen."""
        known = self._derived.get(name)
        if known is None:
            decl = self.context.symbols[name]
            known = self._derived[name] = decl.definition is not None or decl.depends is not None
        return known

    def reach(self, name: str) -> frozenset[str]:
        """The quantities (and functions, as ``f()``) this one is computed from, itself included."""
        known = self._reach.get(name)
        if known is None:
            found: dict[str, None] = {}
            stack = [name]
            while stack:
                here = stack.pop()
                if here in found:
                    continue
                found[here] = None
                for body in self.bodies(here):
                    stack.extend(mentioned(body))
            known = self._reach[name] = frozenset(found)
        return known

    def bodies(self, name: str) -> tuple[Term, ...]:
        if name.endswith("()"):
            function = self.context.functions.get(name[:-2])
            return (function.body,) if function is not None and function.body is not None else ()
        decl = self.context.symbols.get(name)
        if decl is None:
            return ()
        if decl.definition is not None:
            return (decl.definition.body,)
        return decl.depends or ()

    def unfold(self, name: str, place: Place, state: State) -> Worth:
        """What a defined or opaque quantity is worth, from what it is made of."""
        decl = self.context.symbols[name]
        frame: Frame = dict(state.point.sizes)
        known = self._definitions.get(name)
        if known is None:
            if name in self._compiling:
                raise CannotEvaluate(f"the definition of {name} needs itself")
            known = self._definitions[name] = self._compile_definition(decl)
        params, shape, code = known
        for (param, low, high), at in zip(params, place, strict=True):
            if not low(frame) <= at <= high(frame):
                raise Undefined(f"{name} at {at} is outside its range")
            frame[param] = at
        if decl.definition is not None:
            value = code(frame, state)
            ar.check_length(value)
            return value
        inputs = entries(code(frame, state))
        dims = tuple(extent.value(frame) for extent in shape) if shape else None  # type: ignore[arg-type]
        value = state.point.unknowns.value(name, place, inputs, dims, decl.properties)
        axis = self.shares.get(name)
        if axis is None or isinstance(value, Arr):
            return value
        _, low, high = params[axis]
        return value * ar.reciprocal(
            state.point.unknowns.total(name, place, axis, range(low(frame), high(frame) + 1), inputs, decl.properties)
        )

    def _compile_definition(self, decl: SymbolDecl) -> tuple[list[tuple[str, LengthCode, LengthCode]], Shape, Code]:
        """The names of its subscripts with the ends of their ranges, the shape of one member, and its closure."""
        names = decl.definition.params if decl.definition is not None else decl.family_names
        if not names and decl.definition is None:
            names = tuple(f"#{at}" for at in range(len(decl.family)))
        if len(names) != len(decl.family):
            raise CannotEvaluate(f"{decl.name} has {len(decl.family)} subscripts and {len(names)} names for them")
        scope = dict(zip(names, decl.family, strict=True))
        params = [(name, *self.bounds(range_, scope)) for name, range_ in scope.items()]
        if decl.definition is not None:
            shape, code = self.compile(decl.definition.body, scope)
            return params, shape, code
        return params, decl.shape, self._gathered(decl.depends or (), scope)

    def _gathered(self, parts: tuple[Term, ...], scope: Scope) -> Code:
        """All entries of these terms, each free index running over its range."""
        runs: list[Code] = []
        for part in parts:
            free = [name for name in free_indices(part, self.context) if name not in scope]
            wide = {**scope, **{name: self.context.indices[name] for name in free}}
            code = self.compile(part, wide)[1]
            bounds = [(name, *self.bounds(self.context.indices[name], wide)) for name in free]
            runs.append(binders.looped(code, bounds))

        def run(frame: Frame, state: State) -> Worth:
            data: list[Number] = []
            for each in runs:
                data.extend(entries(each(frame, state)))
            return Arr((len(data),), data)

        return run

    # -- terms ----------------------------------------------------------------------------------------------------
    def compile(self, term: Term, scope: Scope = EMPTY) -> tuple[Shape, Code]:
        """The shape of a term and its closure."""
        match term:
            case Num(value=value):
                constant = ar.rational(value)
                return (), lambda frame, state: constant
            case Const(name):
                return (), self._constant(name)
            case Size(name) | Index(name):
                return (), self._named(name, scope)
            case Sym():
                return self._symbol(term, scope)
            case Entry(base, indices):
                return self._entry(base, indices, scope)
            case Op(name, args) if name in LITERAL_OPERATORS:
                return self._literal(name, args, scope)
            case Op():
                return self._operation(term, scope)
            case Apply() | Big() | Deriv() | Array():
                return self.side(term, scope)
            case Expect(var, domain, density, body) if isinstance(domain, Range):
                return self.compile(Big("sum", var, domain, Op("mul", (density, body))), scope)
            case Expect(var, domain, density, body) if not isinstance(domain, Range):
                return self.compile(Integral(var, Op("mul", (density, body)), domain), scope)
            case Integral():
                return binders.integral(self, term, scope)
            case At():
                return derivatives.substitution(self, term, scope)
            case Matrix(rows):
                return self._matrix(rows, scope)
            case Cases(branches):
                return self._cases(branches, scope)
            case Rel(op, left, right):
                return self._relation(op, left, right, scope)
        raise CannotEvaluate(f"no number for {type(term).__name__}")

    def side(self, term: Term, scope: Scope) -> tuple[Shape, Code]:
        """The shape of a side of a relation, or of a part that is dear, and its closure, made once: the links of a
        chain share their sides, and what corrects a line shares all but one of its parts."""
        key = (term, tuple(scope.items()))
        known = self._sides.get(key)
        if known is None:
            known = self._sides[key] = self._remembered(term, scope, *self._made(term, scope))
        return known

    def _made(self, term: Term, scope: Scope) -> tuple[Shape, Code]:
        match term:
            case Apply():
                return self._apply(term, scope)
            case Big():
                return binders.big(self, term, scope)
            case Deriv():
                return derivatives.derivative(self, term, scope)
            case Array():
                return binders.array(self, term, scope)
        return self.compile(term, scope)

    def _remembered(self, term: Term, scope: Scope, shape: Shape, code: Code) -> tuple[Shape, Code]:
        """The closure, run once for the same values of the bound names it mentions.

        It is run in the outermost state that gives what it is made of the same worth, so that what a derivative does
        not touch is not computed again.
        """
        names = looked_up(term)
        used = tuple(name for name in scope if name in names)
        made_of: frozenset[str] = frozenset().union(*[self.reach(name) for name in mentioned(term)])
        key = f"#{next(_KEYS)}"

        def run(frame: Frame, state: State) -> Worth:
            place = tuple(map(frame.get, used))
            for at in place:
                if type(at) is not int:
                    return code(frame, state)
            parent = state.parent
            while parent is not None and made_of.isdisjoint(state.names):
                state, parent = parent, parent.parent
            found = state.memo.get((key, place))  # type: ignore[arg-type]
            if found is None:
                found = state.memo[(key, place)] = code(frame, state)  # type: ignore[index]
            return found

        return shape, run

    def _constant(self, name: str) -> Code:
        if name == "pi":
            return lambda frame, state: ar.pi()
        if name == "e":
            return lambda frame, state: ar.euler()
        raise CannotEvaluate(f"no number for the constant {name}")

    def _known(self, name: str, scope: Scope) -> None:
        if name not in scope and name not in self.context.sizes:
            raise CannotEvaluate(f"{name} is neither a size nor bound here")

    def _named(self, name: str, scope: Scope) -> Code:
        self._known(name, scope)

        def run(frame: Frame, state: State) -> Worth:
            found = frame[name]
            return fmpq(found) if type(found) is int else found

        return run

    def whole(self, term: Term, scope: Scope) -> WholeCode:
        """A closure for a subscript."""
        match term:
            case Num(value=value) if value.denominator == 1:
                constant = int(value)
                return lambda frame, state: constant
            case Index(name) | Size(name) if isinstance(scope.get(name), Range) or name in self.context.sizes:
                return lambda frame, state: frame[name]  # type: ignore[return-value]
        code = self.compile(term, scope)[1]
        return lambda frame, state: ar.whole(number(code(frame, state)))

    def extent(self, extent: Extent, scope: Scope) -> LengthCode:
        """A closure for a length or a bound of a range."""
        if extent.constant is not None:
            constant = extent.constant
            return lambda frame: constant
        for name in sorted(extent.names):
            self._known(name, scope)
        if extent.name is not None:
            key = extent.name
            return lambda frame: frame[key]  # type: ignore[return-value]
        return lambda frame: extent.value(frame)  # type: ignore[arg-type]

    def bounds(self, range_: Range, scope: Scope) -> tuple[LengthCode, LengthCode]:
        return self.extent(range_.low, scope), self.extent(range_.high, scope)

    def places_of(self, indices: tuple[Term, ...], scope: Scope) -> PlaceCode:
        codes = [self.whole(index, scope) for index in indices]
        if not codes:
            return lambda frame, state: ()
        if len(codes) == 1:
            first = codes[0]
            return lambda frame, state: (first(frame, state),)
        if len(codes) == 2:
            one, two = codes
            return lambda frame, state: (one(frame, state), two(frame, state))
        return lambda frame, state: tuple(code(frame, state) for code in codes)

    def _symbol(self, term: Sym, scope: Scope) -> tuple[Shape, Code]:
        name = term.name
        if not term.indices and name in scope:
            found = scope[name]
            return (() if isinstance(found, Range) else found), self._named(name, scope)
        decl = self.context.symbols.get(name)
        if decl is None:
            raise CannotEvaluate(f"{name} is not declared")
        if len(term.indices) != len(decl.family):
            raise CannotEvaluate(f"{name} takes {len(decl.family)} subscripts, found {len(term.indices)}")
        places = self.places_of(term.indices, scope)
        return decl.shape, lambda frame, state: state.symbol(name, places(frame, state))

    def _entry(self, base: Term, indices: tuple[Term, ...], scope: Scope) -> tuple[Shape, Code]:
        shape, code = self.compile(base, scope)
        if len(indices) > len(shape):
            raise CannotEvaluate(f"{len(indices)} subscripts on something with {len(shape)} axes")
        if len(indices) == len(shape) == 1:
            return (), _entry_of_vector(code, self.whole(indices[0], scope))
        places = self.places_of(indices, scope)
        return shape[len(indices) :], lambda frame, state: picked(code(frame, state), places(frame, state))

    def _literal(self, name: str, args: tuple[Term, ...], scope: Scope) -> tuple[Shape, Code]:
        shape = literal_shape(args, square=name == "identity")
        lengths = [self.extent(extent, scope) for extent in shape]
        fill = ZERO if name == "zeros" else ONE

        def run(frame: Frame, state: State) -> Worth:
            dims = tuple(length(frame) for length in lengths)
            if not dims:
                return fill
            data: list[Number] = [fill] * size_of(dims)
            if name == "identity":
                n = dims[0]
                data = [ONE if i == j else ZERO for i in range(n) for j in range(n)]
            return Arr(dims, data)

        return shape, run

    def _operation(self, term: Op, scope: Scope) -> tuple[Shape, Code]:
        """The shape of an operation and its closure, made once: a closure is of the term and the names in scope alone,
        and what corrects a line has all but one of its parts."""
        key = (term, tuple(scope.items()))
        known = self._operations.get(key)
        if known is None:
            if len(self._operations) >= MOST_OPERATIONS:
                self._operations.clear()
            known = self._operations[key] = self._operator(term.name, term.args, scope)
        return known

    def _operator(self, name: str, args: tuple[Term, ...], scope: Scope) -> tuple[Shape, Code]:
        if name not in OPERATORS or name not in ROWS:
            raise CannotEvaluate(f"no number for the operator {name}")
        compiled = [self.compile(arg, scope) for arg in args]
        shapes = tuple(shape for shape, _ in compiled)
        codes = [code for _, code in compiled]
        out = OPERATORS[name].shape(shapes)
        if not any(shapes):
            times = _whole_exponent(args[1]) if name == "pow" else None
            scalars = cast(list[ScalarCode], codes)
            quick = _scalar_code(name, scalars) if times is None else _to_the(scalars[0], times)
            if quick is not None:
                return out, quick
        row = ROWS[name]
        return out, lambda frame, state: row([code(frame, state) for code in codes], shapes, out)

    def _apply(self, term: Apply, scope: Scope) -> tuple[Shape, Code]:
        function = self.context.functions.get(term.name)
        if function is None:
            raise CannotEvaluate(f"the function {term.name} is not declared")
        if function.builtin is not None:
            return self.compile(Op(function.builtin, term.args), scope)
        if len(term.indices) != len(function.family):
            raise CannotEvaluate(f"{term.name} takes {len(function.family)} subscripts, found {len(term.indices)}")
        if function.body is not None and len(function.family_names) != len(function.family):
            raise CannotEvaluate(f"the subscripts of the function {term.name} have no names")
        compiled = [self.compile(arg, scope) for arg in term.args]
        places = self.places_of(term.indices, scope)
        codes = [code for _, code in compiled]
        if function.body is None:
            return function.shape, self._unknown_call(function, codes, places, scope)
        shapes = tuple(shape for shape, _ in compiled)
        shape, body = self._function(function, shapes)

        def run(frame: Frame, state: State) -> Worth:
            values = [code(frame, state) for code in codes]
            place = places(frame, state)
            if state.functions:
                held = state.function_value(function.name, place, [e for value in values for e in entries(value)])
                if held is not None:
                    return held
            inner: Frame = dict(state.point.sizes)
            inner.update(zip(function.family_names, place, strict=True))
            inner.update(zip(function.params, values, strict=True))
            return body(inner, state)

        return shape, run

    def _function(self, function: FunctionDecl, shapes: tuple[Shape, ...]) -> tuple[Shape, Code]:
        key = (function.name, shapes)
        if key not in self._functions:
            if len(shapes) != len(function.params) or function.body is None:
                raise CannotEvaluate(f"{function.name} takes {len(function.params)} arguments, found {len(shapes)}")
            if function.name in self._compiling:
                raise CannotEvaluate(f"the function {function.name} needs itself")
            scope: dict[str, Range | Shape] = dict(zip(function.family_names, function.family, strict=True))
            scope.update(zip(function.params, shapes, strict=True))
            self._compiling.append(function.name)
            try:
                self._functions[key] = self.compile(function.body, scope)
            finally:
                self._compiling.pop()
        return self._functions[key]

    def _unknown_call(self, function: FunctionDecl, codes: list[Code], places: PlaceCode, scope: Scope) -> Code:
        lengths = [self.extent(extent, EMPTY) for extent in function.shape]
        inverse = function.inverse

        def run(frame: Frame, state: State) -> Worth:
            arguments = [entries(code(frame, state)) for code in codes]
            inputs = [entry for argument in arguments for entry in argument]
            place = places(frame, state)
            if state.functions:
                held = state.function_value(function.name, place, inputs)
                if held is not None:
                    return held
            dims = tuple(length(frame) for length in lengths) if lengths else None
            first = len(arguments[0]) if arguments else 0
            return state.point.unknowns.value(function.name, place, inputs, dims, function.properties, first, inverse)

        return run

    def reshaped(self, shape: Shape, gather: Code, scope: Scope) -> Code:
        lengths = [self.extent(extent, scope) for extent in shape]

        def run(frame: Frame, state: State) -> Worth:
            data = entries(gather(frame, state))
            return Arr(tuple(length(frame) for length in lengths), data) if lengths else data[0]

        return run

    def _matrix(self, rows: tuple[tuple[Term, ...], ...], scope: Scope) -> tuple[Shape, Code]:
        """A matrix of numbers, or of blocks."""
        compiled = [[self.compile(cell, scope) for cell in row] for row in rows]
        shapes = tuple(tuple(shape for shape, _ in row) for row in compiled)
        heights, widths = block_sizes(shapes)
        shape = matrix_shape(sum(heights, Extent.of(0)), sum(widths, Extent.of(0)))
        if not any(cell for row in shapes for cell in row):
            return shape, self._filled(shape, [code for row in compiled for _, code in row], scope)
        tall = [self.extent(height, scope) for height in heights]

        def gather(frame: Frame, state: State) -> Worth:
            data: list[Number] = []
            for height, row in zip(tall, compiled, strict=True):
                blocks = [entries(code(frame, state)) for _, code in row]
                lines = height(frame)
                for line in range(lines):
                    for block in blocks:
                        width = len(block) // lines
                        data += block[line * width : (line + 1) * width]
            return Arr((len(data),), data)

        return shape, self.reshaped(shape, gather, scope)

    def _filled(self, shape: Shape, cells: list[Code], scope: Scope) -> Code:
        def gather(frame: Frame, state: State) -> Worth:
            return Arr((len(cells),), [number(cell(frame, state)) for cell in cells])

        return self.reshaped(shape, gather, scope)

    def _cases(self, branches: tuple[tuple[Term, Term | None], ...], scope: Scope) -> tuple[Shape, Code]:
        compiled = [self.compile(value, scope) for value, _ in branches]
        tests = [self.test(test, scope) if test is not None else None for _, test in branches]
        rows = [(test, code) for test, (_, code) in zip(tests, compiled, strict=True)]

        def run(frame: Frame, state: State) -> Worth:
            for test, code in rows:
                if test is None or test(frame, state):
                    return code(frame, state)
            raise Undefined("no case holds")

        return compiled[0][0], run

    def test(self, condition: Term, scope: Scope) -> Code:
        """A condition that holds or does not, as a whole."""
        shape, code = self.compile(condition, scope)
        if shape:
            raise CannotEvaluate("a condition between vectors or matrices is neither true nor false as a whole")
        return code

    def _relation(self, op: str, left: Term, right: Term, scope: Scope) -> tuple[Shape, Code]:
        (a_shape, a), (b_shape, b) = self.compile(left, scope), self.compile(right, scope)

        def run(frame: Frame, state: State) -> Worth:
            return zipped(lambda x, y: ar.compare(op, x, y), a(frame, state), b(frame, state))

        return a_shape or b_shape, run


def _entry_of_vector(code: Code, place: WholeCode) -> Code:
    """One entry; subscripts count from one."""

    def run(frame: Frame, state: State) -> Worth:
        value, at = code(frame, state), place(frame, state)
        if isinstance(value, Arr) and 1 <= at <= len(value.data) == value.dims[0]:
            return value.data[at - 1]
        return picked(value, (at,))

    return run


def _whole_exponent(term: Term) -> int | None:
    """The whole number that an exponent is as it stands."""
    return int(term.value) if isinstance(term, Num) and term.value.denominator == 1 else None


def _to_the(code: ScalarCode, times: int) -> Code:
    return lambda frame, state: ar.whole_power(code(frame, state), times)


def _scalar_code(name: str, codes: list[ScalarCode]) -> Code | None:
    """Straight-line closures for arithmetic on numbers."""
    if name == "neg":
        (only,) = codes
        return lambda frame, state: -only(frame, state)
    if name in ("add", "broadcast_add"):
        return _summed(codes)
    if name in ("mul", "hadamard"):
        return _multiplied(codes)
    if name == "div":
        a, b = codes
        return lambda frame, state: ar.divide(a(frame, state), b(frame, state))
    if name == "pow":
        a, b = codes
        return lambda frame, state: ar.power(a(frame, state), b(frame, state))
    if name in ar.ELEMENTWISE:
        (only,) = codes
        function = ar.ELEMENTWISE[name]
        return lambda frame, state: function(only(frame, state))
    return None


def _summed(codes: list[ScalarCode]) -> Code:
    """The sum of numbers, from the left."""
    first, *rest = codes
    if len(rest) == 1:
        (second,) = rest
        return lambda frame, state: first(frame, state) + second(frame, state)

    def run(frame: Frame, state: State) -> Worth:
        total = first(frame, state)
        for code in rest:
            total = total + code(frame, state)
        return total

    return run


def _multiplied(codes: list[ScalarCode]) -> Code:
    """The product of numbers, from the left."""
    first, *rest = codes
    if len(rest) == 1:
        (second,) = rest
        return lambda frame, state: first(frame, state) * second(frame, state)

    def run(frame: Frame, state: State) -> Worth:
        total = first(frame, state)
        for code in rest:
            total = total * code(frame, state)
        return total

    return run
