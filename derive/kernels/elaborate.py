"""Proved terms, entry by entry: products of matrices become sums, functions and densities are written out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from derive.kernels.program import (
    HALF,
    ONE,
    TWO,
    ZERO,
    KernelError,
    Let,
    Names,
    negated,
    power,
    product,
    quotient,
    sum_over,
    total,
)
from derive.language.context import Context
from derive.language.extents import Extent, Range, Shape
from derive.language.shapes import shape_of
from derive.language.terms import (
    Apply,
    Array,
    Big,
    Cases,
    Const,
    Entry,
    Expect,
    Index,
    Matrix,
    Num,
    Op,
    Rel,
    Size,
    Sym,
    Term,
)
from derive.render.latex import to_latex

ENTRYWISE = frozenset("sqrt exp log logistic softplus tanh sin cos relu abs floor".split())
PI = Const("pi")


@dataclass(frozen=True)
class Closure:
    """What a parameter of a function stands for: a term, in the scope it was written in."""

    term: Term
    scope: Scope


Scope = Mapping[str, "Term | Closure"]
"""Index names to index terms, parameters of functions to what they were called with."""


class Elaborator:
    """Writes the terms of one context entry by entry; definitions it meets become lets."""

    def __init__(self, context: Context, known: frozenset[str], lets: dict[str, Let], names: Names) -> None:
        """``known`` are the quantities that are given: arguments, and what is bound elsewhere."""
        self.context = context
        self.known = known
        self.lets = lets
        self.names = names
        self.calls: dict[Term, str] = {}

    def entry(self, term: Term, at: tuple[Term, ...], scope: Scope) -> Term:
        """The entry of ``term`` at the index terms ``at``, one for each axis of its shape."""
        if term in self.calls:
            return Sym(self.calls[term])
        match term:
            case Num() | Const() | Size():
                return term
            case Index(name):
                found = scope.get(name, term)
                return found if isinstance(found, Term) else term
            case Sym():
                return self._symbol(term, at, scope)
            case Entry(base, indices):
                return self.entry(base, (*(self.entry(i, (), scope) for i in indices), *at), scope)
            case Op():
                return self._operation(term, at, scope)
            case Apply():
                return self._call(term, at, scope)
            case Big():
                return self._big(term, at, scope)
            case Expect(var, Range() as domain, density, body):
                own = self.names.fresh(var, domain)
                inner = {**scope, var: Index(own)}
                return sum_over(own, domain, product(self.entry(density, (), inner), self.entry(body, at, inner)))
            case Array(pairs, body):
                return self.entry(body, (), {**scope, **{n: v for (n, _), v in zip(pairs, at, strict=True)}})
            case Cases(branches):
                return Cases(
                    tuple(
                        (self.entry(value, at, scope), None if when is None else self.condition(when, at, scope))
                        for value, when in branches
                    )
                )
            case Matrix(((only,),)):
                return self.entry(only, (), scope)
        raise KernelError(
            f"no kernel for {to_latex(term)} ({type(term).__name__}); "
            "name a claim whose side states the result without it"
        )

    def shape(self, term: Term, scope: Scope) -> Shape:
        """The shape of a term, parameters of functions included."""
        shapes: dict[str, Range | Shape] = {}
        for name, value in scope.items():
            if isinstance(value, Closure):
                shapes[name] = self.shape(value.term, value.scope)
            elif name in self.names.ranges or isinstance(value, Index):
                shapes[name] = Range.upto(1)
        return shape_of(term, self.context, shapes)

    # -- names -----------------------------------------------------------------------------------------------------
    def _symbol(self, term: Sym, at: tuple[Term, ...], scope: Scope) -> Term:
        found = scope.get(term.name)
        if isinstance(found, Closure) and not term.indices:
            return self.entry(found.term, at, found.scope)
        if isinstance(found, Term):
            return found
        indices = tuple(self.entry(index, (), scope) for index in term.indices)
        decl = self.context.symbols.get(term.name)
        if term.name not in self.known:
            if decl is None or decl.definition is None:
                raise KernelError(f"{term.name} is free in the claim; name it in `takes` or in `where`")
            self.define(term.name)
        flat = Sym(term.name, indices)
        return Entry(flat, at) if at else flat

    def define(self, name: str) -> None:
        """The let of a defined quantity, made when it is first met."""
        if name in self.lets:
            return
        decl = self.context.symbols[name]
        if decl.definition is None:
            raise KernelError(f"{name} has no definition; name it in `takes` or in `where`")
        family = tuple(self.names.fresh(n, r) for n, r in zip(decl.definition.params, decl.family, strict=True))
        slots = tuple(self.names.fresh("i", Range.upto(extent)) for extent in decl.shape)
        scope: Scope = {p: Index(own) for p, own in zip(decl.definition.params, family, strict=True)}
        self.lets[name] = Let(name, (*family, *slots), ZERO)
        body = self.entry(decl.definition.body, tuple(map(Index, slots)), scope)
        self.lets[name] = Let(name, (*family, *slots), body)

    def _call(self, term: Apply, at: tuple[Term, ...], scope: Scope) -> Term:
        function = self.context.functions[term.name]
        if function.builtin is not None:
            return self.entry(Op(function.builtin, term.args), at, scope)
        if function.body is None:
            raise KernelError(f"{term.name} is an unknown function; name its value in `takes`")
        inner: dict[str, Term | Closure] = {}
        for name, value in zip(function.family_names, term.indices, strict=True):
            inner[name] = self.entry(value, (), scope)
        for name, shape, value in zip(function.params, function.param_shapes, term.args, strict=True):
            if not shape and isinstance(value, Index | Num | Size):
                inner[name] = self.entry(value, (), scope)
            else:
                inner[name] = Closure(value, scope)
        return self.entry(function.body, at, inner)

    # -- binders ---------------------------------------------------------------------------------------------------
    def _big(self, term: Big, at: tuple[Term, ...], scope: Scope) -> Term:
        own = self.names.fresh(term.var, term.range)
        inner = {**scope, term.var: Index(own)}
        body = self.entry(term.body, at, inner)
        if term.where is not None:
            selected = Op("indicator", (self.condition(term.where, (), inner),))
            if term.kind not in ("sum", "prod"):
                raise KernelError(f"no kernel for a {term.kind} under a condition")
            body = product(selected, body) if term.kind == "sum" else power(body, selected)
        return sum_over(own, term.range, body) if term.kind == "sum" else Big(term.kind, own, term.range, body)

    def condition(self, term: Term, at: tuple[Term, ...], scope: Scope) -> Term:
        """A relation, or and/or/not of some, entry by entry."""
        match term:
            case Rel(op, left, right):
                sides = [self.entry(s, at if self.shape(s, scope) else (), scope) for s in (left, right)]
                return Rel(op, *sides)
            case Op("and" | "or" | "not" as name, args):
                return Op(name, tuple(self.condition(arg, at, scope) for arg in args))
        raise KernelError(f"expected a condition, found {term}")

    # -- operators -------------------------------------------------------------------------------------------------
    def _operation(self, term: Op, at: tuple[Term, ...], scope: Scope) -> Term:
        name, args = term.name, term.args
        if name in ENTRYWISE:
            return Op(name, (self.entry(args[0], at, scope),))
        match name, args:
            case (("add" | "broadcast_add"), _):
                return total(*(self._stretched(arg, at, scope) for arg in args))
            case "neg", (arg,):
                return negated(self.entry(arg, at, scope))
            case "mul", _:
                return self._matrix_product(args, at, scope)
            case (("div" | "hadamard_div"), (top, bottom)):
                return quotient(self._stretched(top, at, scope), self._stretched(bottom, at, scope))
            case "hadamard", _:
                return product(*(self._stretched(arg, at, scope) for arg in args))
            case "pow", (base, exponent):
                return self._power(base, exponent, at, scope)
            case "transpose", (arg,):
                return self._matrix_entry(arg, at, scope, swapped=True)
            case "inverse", (arg,):
                return (
                    Entry(Op("inverse", (self._whole(arg, scope),)), at)
                    if at
                    else quotient(ONE, self.entry(arg, (), scope))
                )
            case "det", (arg,):
                return Op("det", (self._whole(arg, scope),))
            case (("ones" | "zeros"), _):
                return ONE if name == "ones" else ZERO
            case "identity", _:
                return Op("delta", at)
            case "delta", _:
                return Op("delta", tuple(self.entry(arg, (), scope) for arg in args))
            case "indicator", (arg,):
                return Op("indicator", (self.condition(arg, at, scope),))
            case "gaussian", (x, mean, spread):
                return self._gaussian(x, mean, spread, scope)
            case "gaussian_diag", (x, mean, spread):
                return self._gaussian_diagonal(x, mean, spread, scope)
        return self._of_arrays(name, args, at, scope)

    def _of_arrays(self, name: str, args: tuple[Term, ...], at: tuple[Term, ...], scope: Scope) -> Term:
        match name, args:
            case "trace", (arg,):
                own = self._bound(self.shape(arg, scope)[0])
                return self._summed((own,), self.entry(arg, (Index(own), Index(own)), scope))
            case "diag", (arg,):
                shape = self.shape(arg, scope)
                if len(shape) == 2 and Extent.of(1) not in shape:
                    return self.entry(arg, (at[0], at[0]), scope)
                return product(Op("delta", at), self._matrix_entry(arg, (at[0],), scope))
            case "outer", (a, b):
                return product(self.entry(a, at[:1], scope), self.entry(b, at[1:], scope))
            case (("inner" | "norm2" | "norm" | "total"), _):
                own_names = tuple(self._bound(extent) for extent in self.shape(args[0], scope))
                slots = tuple(map(Index, own_names))
                parts = [self.entry(arg, slots, scope) for arg in args]
                if name in ("norm2", "norm"):
                    parts = [power(parts[0], TWO)]
                found = self._summed(own_names, product(*parts))
                return Op("sqrt", (found,)) if name == "norm" else found
            case "softmax", (arg,):
                (own,) = (self._bound(extent) for extent in self.shape(arg, scope))
                below = sum_over(own, self.names.ranges[own], Op("exp", (self.entry(arg, (Index(own),), scope),)))
                return quotient(Op("exp", (self.entry(arg, at, scope),)), below)
            case "logsumexp", (arg,):
                (own,) = (self._bound(extent) for extent in self.shape(arg, scope))
                inside = Op("exp", (self.entry(arg, (Index(own),), scope),))
                return Op("log", (sum_over(own, self.names.ranges[own], inside),))
        raise KernelError(f"no kernel for the operator {name}; name a claim whose side states the result without it")

    def _stretched(self, term: Term, at: tuple[Term, ...], scope: Scope) -> Term:
        return self.entry(term, at if self.shape(term, scope) else (), scope)

    def _bound(self, extent: Extent) -> str:
        return self.names.fresh("i", Range.upto(extent))

    def _summed(self, indices: tuple[str, ...], body: Term) -> Term:
        for index in reversed(indices):
            body = sum_over(index, self.names.ranges[index], body)
        return body

    def _whole(self, term: Term, scope: Scope) -> Term:
        """A matrix left whole: a quantity as it is, anything else as an array of its entries."""
        rows, columns = (self._bound(extent) for extent in self.shape(term, scope))
        body = self.entry(term, (Index(rows), Index(columns)), scope)
        if isinstance(body, Entry) and body.indices == (Index(rows), Index(columns)):
            return body.base
        return Array(tuple((n, self.names.ranges[n]) for n in (rows, columns)), body)

    def _power(self, base: Term, exponent: Term, at: tuple[Term, ...], scope: Scope) -> Term:
        if len(at) == 2 and Extent.of(1) not in self.shape(base, scope):
            match exponent:
                case Num(value=value) if value.denominator == 1 and value > 0:
                    return self._matrix_product((base,) * value.numerator, at, scope)
            raise KernelError("a power of a matrix needs a whole positive exponent; write its inverse as an inverse")
        return power(self.entry(base, at, scope), self.entry(exponent, (), scope))

    def _matrix_entry(self, term: Term, at: tuple[Term, ...], scope: Scope, swapped: bool = False) -> Term:
        """An entry by row and column, where a vector is one column and ``at`` has an index for each long axis."""
        shape = self.shape(term, scope)
        if swapped:
            if len(shape) == 1:  # a column becomes a row: (1, d), entry (1, j)
                return self.entry(term, at[-1:], scope)
            if len(shape) == 2 and Extent.of(1) in shape[:1]:
                return self.entry(term, (ONE, at[0]), scope)
            return self.entry(term, (at[1], at[0]), scope) if len(shape) == 2 else self.entry(term, (), scope)
        if len(shape) == 2 and shape[0] == Extent.of(1) and len(at) == 1:
            return self.entry(term, (ONE, at[0]), scope)
        return self.entry(term, at, scope)

    def _matrix_product(self, args: tuple[Term, ...], at: tuple[Term, ...], scope: Scope) -> Term:
        """Scalars scale; everything else contracts from the left as matrices do."""
        scale: list[Term] = []
        chain: list[tuple[Term, Shape]] = []
        for arg in args:
            shape = self.shape(arg, scope)
            if not shape:
                scale.append(self.entry(arg, (), scope))
                continue
            chain.append((arg, shape))
            rows, columns = _rows_columns(chain[0][1])[0], _rows_columns(shape)[1]
            if len(chain) > 1 and rows == columns == Extent.of(1):
                scale.append(self._chain(chain, None, None, scope))
                chain = []
        if chain:
            rows, columns = _rows_columns(chain[0][1])[0], _rows_columns(chain[-1][1])[1]
            row = at[0] if rows != Extent.of(1) or len(at) == 2 else None
            column = at[-1] if columns != Extent.of(1) else None
            scale.append(self._chain(chain, row, column, scope))
        return product(*scale)

    def _chain(self, chain: list[tuple[Term, Shape]], row: Term | None, column: Term | None, scope: Scope) -> Term:
        bound: list[str] = []
        parts: list[Term] = []
        left = row
        for number, (arg, shape) in enumerate(chain):
            inner = _rows_columns(shape)[1]
            right: Term | None
            if number == len(chain) - 1:
                right = column
            elif inner == Extent.of(1):
                right = None
            else:
                bound.append(self._bound(inner))
                right = Index(bound[-1])
            parts.append(self.entry(arg, _slots(shape, left, right), scope))
            left = right
        return self._summed(tuple(bound), product(*parts))

    # -- densities -------------------------------------------------------------------------------------------------
    def _gaussian(self, x: Term, mean: Term, spread: Term, scope: Scope) -> Term:
        shape, wide = self.shape(x, scope), self.shape(spread, scope)
        minus_half = Num(Fraction(-1, 2))

        def off(*at: Term) -> Term:
            return total(self.entry(x, at, scope), negated(self.entry(mean, at, scope)))

        if not shape:
            variance = self.entry(spread, (), scope)
            exponent = product(minus_half, quotient(power(off(), TWO), variance))
            return quotient(Op("exp", (exponent,)), Op("sqrt", (product(TWO, PI, variance),)))
        one, two = self._bound(shape[0]), self._bound(shape[0])
        size = extent_term(shape[0])
        if not wide:
            variance = self.entry(spread, (), scope)
            squares = sum_over(one, self.names.ranges[one], power(off(Index(one)), TWO))
            exponent = product(minus_half, quotient(squares, variance))
            return product(power(product(TWO, PI, variance), negated(product(HALF, size))), Op("exp", (exponent,)))
        inverse = Entry(Op("inverse", (self._whole(spread, scope),)), (Index(one), Index(two)))
        form = self._summed((one, two), product(off(Index(one)), inverse, off(Index(two))))
        below = Op("sqrt", (product(power(product(TWO, PI), size), Op("det", (self._whole(spread, scope),))),))
        return quotient(Op("exp", (product(minus_half, form),)), below)

    def _gaussian_diagonal(self, x: Term, mean: Term, spread: Term, scope: Scope) -> Term:
        (extent,) = self.shape(x, scope)
        own = self._bound(extent)
        at = (Index(own),)
        variance = self.entry(spread, at, scope)
        off = total(self.entry(x, at, scope), negated(self.entry(mean, at, scope)))
        exponent = product(Num(Fraction(-1, 2)), quotient(power(off, TWO), variance))
        one = quotient(Op("exp", (exponent,)), Op("sqrt", (product(TWO, PI, variance),)))
        return Big("prod", own, self.names.ranges[own], one)


def extent_term(extent: Extent) -> Term:
    """A length as a term."""
    parts = [product(Num(Fraction(factor)), *map(Size, names)) for names, factor in extent.terms]
    return total(*parts)


def _rows_columns(shape: Shape) -> tuple[Extent, Extent]:
    padded = (*shape, Extent.of(1), Extent.of(1))
    return padded[0], padded[1]


def _slots(shape: Shape, row: Term | None, column: Term | None) -> tuple[Term, ...]:
    """The entry of a factor at a row and a column, None where there is one only."""
    if len(shape) == 1:
        return (row if row is not None else ONE,)
    return (row if row is not None else ONE, column if column is not None else ONE)
