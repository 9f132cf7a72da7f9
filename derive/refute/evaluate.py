"""What a term is worth at a point: terms become closures once, and run at many points.

Scope is lexical: a binder's variable lives in the frame of the term it binds, and the body of a definition sees its own
parameters only. Derivatives and ``f|_{α=0}`` change what a *symbol* is worth, everywhere below:
they open a new ``State``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from itertools import count
from time import monotonic
from types import MappingProxyType
from typing import cast

from flint import fmpq

from derive.language.context import Context, FunctionDecl, SymbolDecl
from derive.language.extents import Extent, Range, Shape, matrix_shape
from derive.language.operators import LITERAL_OPERATORS, OPERATORS
from derive.language.shapes import literal_shape
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
    bound_names,
    children,
    subterms,
)
from derive.refute import arithmetic as ar
from derive.refute.arithmetic import ONE, ZERO, CannotEvaluate, Dual, Number, Undefined
from derive.refute.arrays import Arr, Worth, add, entries, mapped, size_of, zipped
from derive.refute.integrate import between, integral, variable
from derive.refute.operations import ROWS, number
from derive.refute.unknown import Unknowns

Frame = dict[str, object]
Code = Callable[[Frame, "State"], Worth]
ScalarCode = Callable[[Frame, "State"], Number]
WholeCode = Callable[[Frame, "State"], int]
Scope = Mapping[str, Range | Shape]
EMPTY: Scope = MappingProxyType({})
Place = tuple[int, ...]
_KEYS = count()


@dataclass
class Point:
    """A choice of every size and free quantity; ``values[name][subscripts]`` is one member of a family."""

    sizes: dict[str, int]
    values: dict[str, dict[Place, Worth]]
    seed: str = ""
    deadline: float | None = None
    integrable: bool = False
    unknowns: Unknowns = field(init=False)

    def __post_init__(self) -> None:
        self.unknowns = Unknowns(self.seed, self.integrable)

    def check_time(self) -> None:
        """``OutOfTime`` once the deadline has passed."""
        if self.deadline is not None and monotonic() > self.deadline:
            raise ar.OutOfTime("out of time")


class State:
    """What symbols are worth here: the point, and what derivatives and substitutions above have changed."""

    __slots__ = ("changed", "functions", "held", "memo", "names", "parent", "point", "program")

    def __init__(
        self,
        program: Program,
        point: Point,
        parent: State | None = None,
        changed: dict[str, dict[Place, Worth]] | None = None,
        held: frozenset[str] = frozenset(),
        functions: tuple[tuple[str, Place, list[Number], Worth], ...] = (),
    ) -> None:
        self.program = program
        self.point = point
        self.parent = parent
        self.changed = changed or {}
        self.held = held
        self.functions = functions
        self.names = frozenset(self.changed) | frozenset(f"{row[0]}()" for row in functions)
        self.memo: dict[tuple[str, Place], Worth | None] = {}

    def below(self, name: str, place: Place, value: Worth, held: frozenset[str] = frozenset()) -> State:
        """This state with one quantity changed, and the ``held`` ones as they are here."""
        return State(self.program, self.point, self, {name: {place: value}}, held, self.functions)

    def symbol(self, name: str, place: Place) -> Worth:
        """What a declared quantity is worth."""
        members = self.changed.get(name)
        if members is not None and place in members:
            return members[place]
        if self.parent is not None and (name in self.held or not (self.program.reach(name) & self.names)):
            return self.parent.symbol(name, place)
        program = self.program
        if not program.derived(name):
            if self.parent is not None:
                return self.parent.symbol(name, place)
            found = self.point.values.get(name)
            if found is None or place not in found:
                shown = f"{name}_{{{', '.join(map(str, place))}}}" if place else name
                raise Undefined(f"{shown} is outside its range")
            return found[place]
        key = (name, place)
        if key in self.memo:
            known = self.memo[key]
            if known is None:
                raise CannotEvaluate(f"the definition of {name} needs itself")
            return known
        self.memo[key] = None
        try:
            value = program.unfold(name, place, self)
        except (Undefined, ar.Imprecise):
            del self.memo[key]
            raise
        self.memo[key] = value
        return value

    def function_value(self, name: str, place: Place, inputs: list[Number]) -> Worth | None:
        """The value a derivative holds this function at, if these are the arguments."""
        for held, where, at, value in self.functions:
            if held == name and where == place and _same_inputs(at, inputs):
                return value
        return None


def _same_inputs(left: list[Number], right: list[Number]) -> bool:
    if len(left) != len(right):
        return False
    for a, b in zip(left, right, strict=True):
        difference = ar.primal(a) - ar.primal(b)
        if isinstance(difference, fmpq):
            if difference != 0:
                return False
        elif not difference.contains(0):
            return False
    return True


class Program:
    """The closures of one context."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self._definitions: dict[str, tuple[tuple[str, ...], Shape, Code]] = {}
        self._functions: dict[tuple[str, tuple[Shape, ...]], tuple[Shape, Code]] = {}
        self._reach: dict[str, frozenset[str]] = {}
        self._compiling: list[str] = []

    # -- declarations ---------------------------------------------------------------------------------------------
    def derived(self, name: str) -> bool:
        """Whether the quantity is computed from others rather than chosen."""
        decl = self.context.symbols[name]
        return decl.definition is not None or decl.depends is not None

    def reach(self, name: str) -> frozenset[str]:
        """The quantities (and functions, as ``f()``) this one is computed from, itself included."""
        if name not in self._reach:
            found: dict[str, None] = {}
            stack = [name]
            while stack:
                here = stack.pop()
                if here in found:
                    continue
                found[here] = None
                for body in self._bodies(here):
                    stack.extend(_mentioned(body))
            self._reach[name] = frozenset(found)
        return self._reach[name]

    def _bodies(self, name: str) -> tuple[Term, ...]:
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
        if name not in self._definitions:
            if name in self._compiling:
                raise CannotEvaluate(f"the definition of {name} needs itself")
            self._definitions[name] = self._compile_definition(decl)
        params, shape, code = self._definitions[name]
        for param, range_, at in zip(params, decl.family, place, strict=True):
            if not range_.low.value(frame) <= at <= range_.high.value(frame):  # type: ignore[arg-type]
                raise Undefined(f"{name} at {at} is outside its range")
            frame[param] = at
        if decl.definition is not None:
            return code(frame, state)
        inputs = entries(code(frame, state))
        dims = tuple(extent.value(frame) for extent in shape) if shape else None  # type: ignore[arg-type]
        return state.point.unknowns.value(name, place, inputs, dims, decl.properties)

    def _compile_definition(self, decl: SymbolDecl) -> tuple[tuple[str, ...], Shape, Code]:
        names = decl.definition.params if decl.definition is not None else decl.family_names
        if not names and decl.definition is None:
            names = tuple(f"#{at}" for at in range(len(decl.family)))
        if len(names) != len(decl.family):
            raise CannotEvaluate(f"{decl.name} has {len(decl.family)} subscripts and {len(names)} names for them")
        scope = dict(zip(names, decl.family, strict=True))
        if decl.definition is not None:
            shape, code = self.compile(decl.definition.body, scope)
            return names, shape, code
        return names, decl.shape, self._gathered(decl.depends or (), scope)

    def _gathered(self, parts: tuple[Term, ...], scope: Scope) -> Code:
        """All entries of these terms, each free index running over its range."""
        runs: list[Code] = []
        for part in parts:
            free = [name for name in free_indices(part, self.context) if name not in scope]
            wide = {**scope, **{name: self.context.indices[name] for name in free}}
            code = self.compile(part, wide)[1]
            bounds = [(name, *self._bounds(self.context.indices[name], wide)) for name in free]
            runs.append(_looped(code, bounds))

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
            case Op(name, args):
                return self._operator(name, args, scope)
            case Apply():
                return self._apply(term, scope)
            case Big():
                return self._remembered(term, scope, *self._big(term, scope))
            case Expect(var, domain, density, body) if isinstance(domain, Range):
                return self.compile(Big("sum", var, domain, Op("mul", (density, body))), scope)
            case Expect(var, domain, density, body) if not isinstance(domain, Range):
                return self.compile(Integral(var, Op("mul", (density, body)), domain), scope)
            case Integral():
                return self._integral(term, scope)
            case Deriv():
                return self._remembered(term, scope, *self._derivative(term, scope), always=True)
            case At():
                return self._at(term, scope)
            case Array():
                return self._array(term, scope)
            case Matrix(rows):
                cells = [self.compile(cell, scope)[1] for row in rows for cell in row]
                shape = matrix_shape(Extent.of(len(rows)), Extent.of(len(rows[0])))
                return shape, self._filled(shape, cells, scope)
            case Cases(branches):
                return self._cases(branches, scope)
            case Rel(op, left, right):
                return self._relation(op, left, right, scope)
        raise CannotEvaluate(f"no number for {type(term).__name__}")

    def _remembered(
        self, term: Term, scope: Scope, shape: Shape, code: Code, always: bool = False
    ) -> tuple[Shape, Code]:
        """The closure, run once for the same values of the bound names it mentions."""
        names = _names_in(term)
        used = tuple(name for name in scope if name in names)
        if not always and len(used) == len(scope):
            return shape, code
        key = f"#{next(_KEYS)}"

        def run(frame: Frame, state: State) -> Worth:
            place = tuple(frame.get(name) for name in used)
            if not all(type(at) is int for at in place):
                return code(frame, state)
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

    def extent(self, extent: Extent, scope: Scope) -> Callable[[Frame], int]:
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

    def _bounds(self, range_: Range, scope: Scope) -> tuple[Callable[[Frame], int], Callable[[Frame], int]]:
        return self.extent(range_.low, scope), self.extent(range_.high, scope)

    def _places(self, indices: tuple[Term, ...], scope: Scope) -> Callable[[Frame, State], Place]:
        codes = [self.whole(index, scope) for index in indices]
        if not codes:
            return lambda frame, state: ()
        if len(codes) == 1:
            first = codes[0]
            return lambda frame, state: (first(frame, state),)
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
        places = self._places(term.indices, scope)
        if not term.indices:
            return decl.shape, lambda frame, state: state.symbol(name, ())
        return decl.shape, lambda frame, state: state.symbol(name, places(frame, state))

    def _entry(self, base: Term, indices: tuple[Term, ...], scope: Scope) -> tuple[Shape, Code]:
        shape, code = self.compile(base, scope)
        if len(indices) > len(shape):
            raise CannotEvaluate(f"{len(indices)} subscripts on something with {len(shape)} axes")
        places = self._places(indices, scope)

        def run(frame: Frame, state: State) -> Worth:
            value = code(frame, state)
            if not isinstance(value, Arr):
                raise CannotEvaluate("a subscript on a number")
            return picked(value, places(frame, state))

        return shape[len(indices) :], run

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

    def _operator(self, name: str, args: tuple[Term, ...], scope: Scope) -> tuple[Shape, Code]:
        if name not in OPERATORS or name not in ROWS:
            raise CannotEvaluate(f"no number for the operator {name}")
        compiled = [self.compile(arg, scope) for arg in args]
        shapes = tuple(shape for shape, _ in compiled)
        codes = [code for _, code in compiled]
        out = OPERATORS[name].shape(shapes)
        quick = _scalar_code(name, cast(list[ScalarCode], codes)) if not any(shapes) else None
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
        places = self._places(term.indices, scope)
        codes = [code for _, code in compiled]
        if function.body is None:
            return function.shape, self._unknown_call(function, codes, places, scope)
        shapes = tuple(shape for shape, _ in compiled)
        shape = self._function(function, shapes)[0]

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
            return self._function(function, shapes)[1](inner, state)

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

    def _unknown_call(
        self, function: FunctionDecl, codes: list[Code], places: Callable[[Frame, State], Place], scope: Scope
    ) -> Code:
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

    def _zero(self, shape: Shape, scope: Scope, fill: Number) -> Code:
        lengths = [self.extent(extent, scope) for extent in shape]

        def run(frame: Frame, state: State) -> Worth:
            dims = tuple(length(frame) for length in lengths)
            return Arr(dims, [fill] * size_of(dims)) if dims else fill

        return run

    def _big(self, term: Big, scope: Scope) -> tuple[Shape, Code]:
        inner = {**scope, term.var: term.range}
        shape, body = self.compile(term.body, inner)
        where = self._test(term.where, inner) if term.where is not None else None
        low, high = self._bounds(term.range, scope)
        var = term.var

        def values(frame: Frame, state: State) -> list[tuple[int, Worth]]:
            missing = var not in frame
            before = frame.get(var)
            found: list[tuple[int, Worth]] = []
            for i in range(low(frame), high(frame) + 1):
                state.point.check_time()
                frame[var] = i
                if where is None or where(frame, state):
                    found.append((i, body(frame, state)))
                _restore(frame, var, missing, before)
            return found

        if term.kind in ("sum", "prod"):
            empty = self._zero(shape, scope, ZERO if term.kind == "sum" else ONE)
            return shape, _folded(values, empty, term.kind == "sum")
        if shape:
            raise CannotEvaluate(f"a {term.kind} of arrays")
        if term.kind in ("max", "min", "argmax", "argmin"):
            return (), _extreme(values, term.kind)
        raise CannotEvaluate(f"no number for the big operator {term.kind}")

    def _integral(self, term: Integral, scope: Scope) -> tuple[Shape, Code]:
        shape, body = self.compile(term.body, {**scope, term.var: term.shape})
        lengths = [self.extent(extent, scope) for extent in term.shape]
        limits = [self._limit(limit, scope) for limit in (term.low, term.high)]
        if lengths and limits != [None, None]:
            raise CannotEvaluate("an integral over a part of a space of several dimensions")
        if (limits[0] is None) != (limits[1] is None):
            raise CannotEvaluate("an integral over a half-line")
        name = term.var

        def run(frame: Frame, state: State) -> Worth:
            dims = tuple(length(frame) for length in lengths)
            tags = [ar.new_tag() for _ in range(size_of(dims))]
            variables = [variable(tag) for tag in tags]
            value = body({**frame, name: Arr(dims, variables) if dims else variables[0]}, state)
            low, high = limits
            if low is not None and high is not None:
                ends = number(low(frame, state)), number(high(frame, state))
                return mapped(lambda entry: between(entry, tags[0], *ends), value)
            for tag in reversed(tags):
                value = mapped(partial(_integrated, tag), value)
            return value

        return shape, run

    def _limit(self, limit: Term | None, scope: Scope) -> Code | None:
        """A finite limit; ``None`` for an infinite one."""
        bare = limit.args[0] if isinstance(limit, Op) and limit.name == "neg" else limit
        if limit is None or (isinstance(bare, Const) and bare.name == "inf"):
            return None
        return self.compile(limit, scope)[1]

    def _array(self, term: Array, scope: Scope) -> tuple[Shape, Code]:
        inner = {**scope, **dict(term.vars)}
        code = self.compile(term.body, inner)[1]
        lengths = tuple(range_.length for _, range_ in term.vars)
        shape = matrix_shape(*lengths) if len(lengths) == 2 else lengths
        bounds = [(name, *self._bounds(range_, scope)) for name, range_ in term.vars]
        gather = _looped(code, bounds)
        return shape, self._reshaped(shape, gather, scope)

    def _reshaped(self, shape: Shape, gather: Code, scope: Scope) -> Code:
        lengths = [self.extent(extent, scope) for extent in shape]

        def run(frame: Frame, state: State) -> Worth:
            data = entries(gather(frame, state))
            return Arr(tuple(length(frame) for length in lengths), data) if lengths else data[0]

        return run

    def _filled(self, shape: Shape, cells: list[Code], scope: Scope) -> Code:
        def gather(frame: Frame, state: State) -> Worth:
            return Arr((len(cells),), [number(cell(frame, state)) for cell in cells])

        return self._reshaped(shape, gather, scope)

    def _cases(self, branches: tuple[tuple[Term, Term | None], ...], scope: Scope) -> tuple[Shape, Code]:
        compiled = [self.compile(value, scope) for value, _ in branches]
        tests = [self._test(test, scope) if test is not None else None for _, test in branches]
        rows = [(test, code) for test, (_, code) in zip(tests, compiled, strict=True)]

        def run(frame: Frame, state: State) -> Worth:
            for test, code in rows:
                if test is None or test(frame, state):
                    return code(frame, state)
            raise Undefined("no case holds")

        return compiled[0][0], run

    def _test(self, condition: Term, scope: Scope) -> Code:
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

    # -- derivatives and substitution ----------------------------------------------------------------------------
    def _derivative(self, term: Deriv, scope: Scope) -> tuple[Shape, Code]:
        shape, body, held = (
            self._local_body(term, scope) if term.local else (*self.compile(term.body, scope), frozenset())
        )
        wrt, indices = (term.wrt.base, term.wrt.indices) if isinstance(term.wrt, Entry) else (term.wrt, ())
        base_shape, base = self.compile(wrt, scope)
        wrt_shape = base_shape[len(indices) :]
        entry_places = self._places(indices, scope)
        enter = self._entering(wrt, scope, held)
        out = wrt_shape if not shape else shape if not wrt_shape else (*shape, *wrt_shape)

        def run(frame: Frame, state: State) -> Worth:
            tag = ar.new_tag()
            seeded, dims = _seeded(base(frame, state), entry_places(frame, state), tag)
            inner_frame, inner_state = enter(frame, state, seeded)
            value = body(inner_frame, inner_state)
            seeds = range(size_of(dims))
            data = [ar.part_of(entry, tag, seed) for entry in entries(value) for seed in seeds]
            lengths = (value.dims if isinstance(value, Arr) else ()) + dims
            return Arr(lengths, data) if lengths else data[0]

        return out, run

    def _entering(
        self, wrt: Term, scope: Scope, held: frozenset[str]
    ) -> Callable[[Frame, State, Worth], tuple[Frame, State]]:
        """How a variable takes another value in the terms below."""
        match wrt:
            case Sym(name, ()) if name in scope:
                return lambda frame, state, value: ({**frame, name: value}, state)
            case Sym(name, indices):
                places = self._places(indices, scope)
                return lambda frame, state, value: (
                    dict(frame),
                    state.below(name, places(frame, state), value, held - {name} if not indices else held),
                )
            case Apply(name, args, indices):
                function = self.context.functions.get(name)
                if function is None or function.builtin is not None:
                    raise CannotEvaluate(f"a derivative in the value of {name}, which is not a function of its own")
                places = self._places(indices, scope)
                codes = [self.compile(arg, scope)[1] for arg in args]

                def enter(frame: Frame, state: State, value: Worth) -> tuple[Frame, State]:
                    inputs = [entry for code in codes for entry in entries(code(frame, state))]
                    row = (name, places(frame, state), inputs, value)
                    return dict(frame), State(self, state.point, state, {}, held, (*state.functions, row))

                return enter
        raise CannotEvaluate("a derivative in something that is not a variable, an entry of one, or a function value")

    def _local_body(self, term: Deriv, scope: Scope) -> tuple[Shape, Code, frozenset[str]]:
        """The body with its own definition opened, and the defined quantities in that definition, which stay fixed."""
        base = term.body.base if isinstance(term.body, Entry) else term.body
        if isinstance(base, Sym) and not (base.name in scope and not base.indices):
            decl = self.context.symbols.get(base.name)
            if decl is not None and (decl.definition is not None or decl.depends is not None):
                bodies = self._bodies(base.name)
                places = self._places(base.indices, scope)
                name = base.name
                pick = self._places(term.body.indices, scope) if isinstance(term.body, Entry) else None

                def opened(frame: Frame, state: State) -> Worth:
                    value = self.unfold(name, places(frame, state), state)
                    return picked(value, pick(frame, state)) if pick is not None else value

                return self.compile(term.body, scope)[0], opened, self._defined_in(bodies)
        shape, code = self.compile(term.body, scope)
        extra = self._bodies(f"{base.name}()") if isinstance(base, Apply) else ()
        return shape, code, self._defined_in((term.body, *extra))

    def _defined_in(self, bodies: tuple[Term, ...]) -> frozenset[str]:
        names = (name for body in bodies for name in _mentioned(body))
        return frozenset(name for name in names if name in self.context.symbols and self.derived(name))

    def _at(self, term: At, scope: Scope) -> tuple[Shape, Code]:
        shape, body = self.compile(term.body, scope)
        value = self.compile(term.value, scope)[1]
        enter = self._entering(term.var, scope, frozenset())

        def run(frame: Frame, state: State) -> Worth:
            return body(*enter(frame, state, value(frame, state)))

        return shape, run


def _integrated(tag: int, value: Number) -> Number:
    return integral(value, tag)


def _names_in(term: Term) -> frozenset[str]:
    """Every name a term could look up in its frame."""
    names: set[str] = set()
    for part in subterms(term):
        match part:
            case Sym(name) | Index(name) | Size(name):
                names.add(name)
            case Big(range=range_):
                names |= range_.names
            case Array(vars=pairs):
                names.update(*(range_.names for _, range_ in pairs))
            case Expect(domain=Range() as range_):
                names |= range_.names
    return frozenset(names)


def _mentioned(body: Term) -> list[str]:
    """The names a term mentions: symbols, and functions as ``f()``; bound ones too (which only means less sharing)."""
    names: list[str] = []
    for part in subterms(body):
        if isinstance(part, Sym):
            names.append(part.name)
        elif isinstance(part, Apply):
            names.append(f"{part.name}()")
    return names


def free_indices(term: Term, context: Context) -> tuple[str, ...]:
    """The declared index names a term leaves free, in the order written."""
    found: dict[str, None] = {}

    def walk(part: Term, bound: frozenset[str]) -> None:
        if isinstance(part, Index) and part.name not in bound and part.name not in context.sizes:
            found[part.name] = None
        bounds: list[Range] = []
        if isinstance(part, Big):
            bounds = [part.range]
        elif isinstance(part, Array):
            bounds = [range_ for _, range_ in part.vars]
        elif isinstance(part, Expect) and isinstance(part.domain, Range):
            bounds = [part.domain]
        for range_ in bounds:
            for name in sorted(range_.names):
                if name not in bound and name not in context.sizes:
                    found[name] = None
        inner = bound | frozenset(bound_names(part))
        for child in children(part):
            walk(child, inner)

    walk(term, frozenset())
    return _with_ranges(found, context)


def _with_ranges(names: Iterable[str], context: Context) -> tuple[str, ...]:
    """The index names, each after those its range depends on."""
    ordered: dict[str, None] = {}

    def visit(name: str, above: tuple[str, ...]) -> None:
        if name in above:
            raise CannotEvaluate(f"the range of the index {name} depends on itself")
        range_ = context.indices.get(name)
        for other in sorted(range_.names) if range_ is not None else ():
            if other in context.indices:
                visit(other, (*above, name))
        ordered[name] = None

    for name in names:
        visit(name, ())
    return tuple(ordered)


def _restore(frame: Frame, name: str, missing: bool, before: object) -> None:
    if missing:
        frame.pop(name, None)
    else:
        frame[name] = before


def _looped(code: Code, bounds: list[tuple[str, Callable[[Frame], int], Callable[[Frame], int]]]) -> Code:
    """All entries of a term while its variables run over their ranges, the last fastest."""

    def run(frame: Frame, state: State) -> Worth:
        data: list[Number] = []

        def walk(inner: Frame, depth: int) -> None:
            if depth == len(bounds):
                data.extend(entries(code(inner, state)))
                return
            name, low, high = bounds[depth]
            for i in range(low(inner), high(inner) + 1):
                state.point.check_time()
                walk({**inner, name: i}, depth + 1)

        walk(frame, 0)
        return Arr((len(data),), data)

    return run


def _folded(values: Callable[[Frame, State], list[tuple[int, Worth]]], empty: Code, adding: bool) -> Code:
    def run(frame: Frame, state: State) -> Worth:
        found = values(frame, state)
        if not found:
            return empty(frame, state)
        total = found[0][1]
        for _, value in found[1:]:
            total = add(total, value) if adding else zipped(lambda a, b: a * b, total, value)
        return total

    return run


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


def picked(value: Worth, place: Place) -> Worth:
    """One entry of an array, or a row of a matrix; subscripts count from one."""
    if not isinstance(value, Arr):
        raise CannotEvaluate("a subscript on a number")
    offset = 0
    for at, length in zip(place, value.dims, strict=False):
        if not 1 <= at <= length:
            raise Undefined(f"the subscript {at} is outside 1..{length}")
        offset = offset * length + at - 1
    rest = value.dims[len(place) :]
    if not rest:
        return value.data[offset]
    step = size_of(rest)
    return Arr(rest, value.data[offset * step : (offset + 1) * step])


def _seeded(value: Worth, place: Place, tag: int) -> tuple[Worth, tuple[int, ...]]:
    """The value with one seed per entry (of the part at ``place``), and the lengths of that part."""
    if not isinstance(value, Arr):
        return Dual(tag, value, {0: ONE}), ()
    part = picked(value, place) if place else value
    dims = part.dims if isinstance(part, Arr) else ()
    step = size_of(dims)
    start = 0
    for at, length in zip(place, value.dims, strict=False):
        start = start * length + at - 1
    start *= step
    data = list(value.data)
    for seed in range(step):
        data[start + seed] = Dual(tag, data[start + seed], {seed: ONE})
    return Arr(value.dims, data), dims


def _scalar_code(name: str, codes: list[ScalarCode]) -> Code | None:
    """Straight-line closures for arithmetic on numbers."""
    if name == "neg":
        (only,) = codes
        return lambda frame, state: -only(frame, state)
    if name in ("add", "broadcast_add") and len(codes) == 2:
        a, b = codes
        return lambda frame, state: a(frame, state) + b(frame, state)
    if name in ("mul", "hadamard") and len(codes) == 2:
        a, b = codes
        return lambda frame, state: a(frame, state) * b(frame, state)
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
