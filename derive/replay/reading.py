"""What a claim says, entry by entry: its terms as polynomials, by the table of operators and that of slopes."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from functools import partial, reduce
from typing import Any

from derive.language.extents import Range, Shape
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
from derive.replay import terms as t
from derive.replay.data import Refused
from derive.replay.quantities import Names, Quantities, Value, lines, plain, shaped
from derive.replay.table import OPERATORS
from derive.replay.terms import (
    ONE,
    ZERO,
    Poly,
    add,
    atom,
    minus,
    mul,
    name,
    number,
    of,
    parsed,
    power,
    syntax,
)

ROWS = [(n, [d.split() for d in dims.split(",")], to.split(), syntax(entry)) for n, dims, to, entry in lines(OPERATORS)]
PI = of(("pi",))


class Reader(Quantities):
    """The terms of one context."""

    def read(self, term: Term, names: Names) -> Value:
        """A term by its entries."""
        match term:
            case Num(value):
                return plain(number(value))
            case Const("pi"):
                return plain(PI)
            case Const("e"):
                return plain(atom("exp", ONE))
            case Size(n) | Index(n) | Sym(n, ()) if n in names:
                return names[n]
            case Size(n) | Index(n):
                return plain(self.whole(n))
            case Sym(n, indices):
                decl = self.context.symbols.get(n)
                if decl is None or len(decl.family) != len(indices):
                    raise Refused(f"{n} is not declared with these subscripts")
                own = [self.read(i, names).number for i in indices]
                return Value(*self.grid(decl.shape), lambda i, j: of(("entry", n, *own, *(i, j)[: len(decl.shape)])))
            case Entry(Deriv() as inner, indices):
                lengths, at = self.slope(inner, names)
                own = [self.read(i, names).number for i in indices]
                return plain(at(own)) if len(own) == len(lengths) else self.entry(self.read(inner, names), own)
            case Entry(base, indices):
                return self.entry(self.read(base, names), [self.read(i, names).number for i in indices])
            case Op("identity" | "ones" | "zeros" as n, args):
                return self.filled(n, [self.read(a, names).number for a in args])
            case Op("delta", (left, right)):
                return self.holds(Rel("=", left, right), names)
            case Op("indicator", (condition,)):
                return self.holds(condition, names)
            case Op("pow", (Const("e"), exponent)):
                return plain(atom("exp", self.read(exponent, names).number))
            case Op("pow", (base, exponent)):
                return self.power(self.read(base, names), self.read(exponent, names).number)
            case Op(n, args):
                values = [self.read(arg, names) for arg in args]
                if n not in ("add", "broadcast_add", "mul", "hadamard"):
                    return self.applied(n, *values)
                return reduce(lambda left, right: self.applied(n, left, right), values)
            case Apply():
                return self.call(term, names)
            case Big("sum" | "prod" as kind, var, domain, body, where):
                return self.big(kind, var, domain, body, where, names)
            case Expect(var, Range() as domain, density, body):
                return self.big("sum", var, domain, Op("mul", (density, body)), None, names)
            case Expect(var, tuple() as shape, density, body):
                return self.integral(var, shape, Op("mul", (density, body)), names)
            case Integral(var, body, shape, None, None):
                return self.integral(var, shape, body, names)
            case At(body, var, value):
                return self.set(body, var, value, names)
            case Matrix(rows):
                return self.written(rows, names)
            case Array(pairs, body):
                return self.array(pairs, body, names)
            case Cases(branches):
                return self.cases(branches, names)
            case Deriv():
                return self.derivative(term, names)
        raise Refused(f"{getattr(term, 'name', type(term).__name__)} has no line in the table")

    def entry(self, base: Value, own: list[Poly]) -> Value:
        """Some of the subscripts of something."""
        if len(own) > base.rank:
            raise Refused("more subscripts than there are axes")
        if len(own) == base.rank:
            return plain(base.entry(own))
        return Value(base.columns, ONE, lambda i, j: base.at(own[0], i)) if own else base

    def filled(self, n: str, sizes: list[Poly]) -> Value:
        """The identity, ones, zeros."""
        if n == "identity":
            return Value(sizes[0], sizes[0], lambda i, j: atom("delta", minus(i, j)))
        return Value(sizes[0], [*sizes, ONE][1], lambda i, j: ONE if n == "ones" else ZERO)

    def power(self, base: Value, e: Poly) -> Value:
        """A power, entry by entry; of a matrix a product."""
        if ONE not in (base.rows, base.columns):
            n = t.constant(e)
            if n.denominator != 1 or not 0 < abs(n) < 10:
                raise Refused("a matrix to a power that is not a small whole number")
            one = base if n > 0 else self.applied("inverse", base)
            return reduce(partial(self.applied, "mul"), [one] * abs(int(n)))
        rational = not any(m for m, _ in e)
        return Value(
            base.rows,
            base.columns,
            lambda i, j: power(base.at(i, j), t.constant(e)) if rational else atom("raised", base.at(i, j), e),
        )

    def applied(self, n: str, *values: Value) -> Value:
        """An operator, by the first line that fits."""
        given = [each for v in values for each in (v.rows, v.columns)]
        for dims, to, entry in (row[1:] for row in ROWS if row[0] == n):
            known: dict[str, Poly] = {"1": ONE}
            wanted = [d for pair in dims for d in pair]
            if len(given) == len(wanted) and all(
                known.setdefault(*each) == each[1] for each in zip(wanted, given, strict=True)
            ):
                return self.made(known, to, entry, values)
        raise Refused(f"{n} has no line for arguments of this shape")

    def made(self, known: Mapping[str, Any], to: list[str], entry: ast.expr, values: tuple[Value, ...]) -> Value:
        """A result of so many rows and columns, by what a line says of its entries."""
        fixed = {**known, **{letter: v.at for letter, v in zip("ABC", values, strict=False)}, "pi": PI}
        return Value(known[to[0]], known[to[1]], lambda i, j: parsed(entry, {**fixed, "i": i, "j": j}))

    def call(self, term: Apply, names: Names) -> Value:
        """A declared function, by its definition."""
        decl = self.context.functions.get(term.name)
        if decl is not None and decl.builtin is not None:
            return self.read(Op(decl.builtin, term.args), names)
        if decl is None or (decl.params and len(decl.params) != len(term.args)):
            raise Refused(f"{term.name} is not declared with these arguments")
        values = [self.read(arg, names) for arg in term.args]
        if any(self.grid(s) != (v.rows, v.columns) for s, v in zip(decl.param_shapes, values, strict=False)):
            raise Refused(f"{term.name} is called with arguments that do not fit")
        own = {n: self.read(i, names) for n, i in zip(decl.family_names, term.indices, strict=True)}
        if decl.body is None:
            slots = [v.number for v in own.values()]
            shape = self.grid(decl.shape)
            return Value(*shape, lambda i, j: self.unknown(term.name, [*slots, *(i, j)[: len(decl.shape)]], values))
        return self.read(decl.body, {**own, **dict(zip(decl.params, values, strict=True))})

    def variable(self, rows: Poly, columns: Poly) -> tuple[str, Value]:
        """A new variable, of a shape."""
        v = self.fresh()
        lengths = [rows, columns] if columns != ONE else [rows] if rows != ONE else []
        return v, shaped(lengths, lambda slots: of(("at", name(v), *slots)))

    def integral(self, var: str, shape: Shape, body: Term, names: Names) -> Value:
        """An integral over all values of a variable."""
        rows, columns = self.grid(shape)
        v, value = self.variable(rows, columns)
        inner = self.read(body, {**names, var: value})
        return Value(inner.rows, inner.columns, lambda i, j: atom("int", rows, columns, t.closed(inner.at(i, j), [v])))

    def written(self, rows: tuple[tuple[Term, ...], ...], names: Names) -> Value:
        """A matrix written out."""
        cells = {(n, m): self.read(c, names).number for n, row in enumerate(rows, 1) for m, c in enumerate(row, 1)}

        def at(i: Poly, j: Poly) -> Poly:
            rows_of = {n: atom("delta", minus(i, number(n))) for n, _ in cells}
            columns_of = {m: atom("delta", minus(j, number(m))) for _, m in cells}
            return add(*(mul(rows_of[n], columns_of[m], p) for (n, m), p in cells.items()))

        return Value(number(len(rows)), number(len(rows[0])), at)

    def big(self, kind: str, var: str, domain: Range, body: Term, where: Term | None, names: Names) -> Value:
        """A sum or a product over an index; under a condition only of what is defined whether this holds or not."""
        low, high = self.range(domain, names)
        over = self.fresh()
        inner = {**names, var: plain(name(over))}
        value = self.read(body, inner)

        def at(i: Poly, j: Poly) -> Poly:
            p = value.at(i, j)
            if where is not None:
                here = self.holds(where, inner).number
                alone = self.positive(minus(high, low)) and self.leaves_out_one(here, over)
                if not all(self.total(of(a, e)) for m, _ in p for a, e in m if over in t.names(a) or not alone):
                    raise Refused("under a condition, something that may be undefined where it does not hold")
                chosen = atom("raised", p, here) if self.positive(p) else add(mul(here, p), minus(ONE, here))
                p = mul(here, p) if kind == "sum" else chosen
            return atom(kind, low, high, t.closed(p, [over]))

        return Value(value.rows, value.columns, at)

    def leaves_out_one(self, here: Poly, over: str) -> bool:
        """Whether a condition leaves out one number and no more: what depends on none is asked by the others, if there
        are any."""
        d = next((a[1] for m, _ in here for a, _ in m if a[0] == "delta"), ZERO)
        return here == minus(ONE, atom("delta", d)) and any(
            over not in t.free(op(name(over), d)) for op in (add, minus)
        )

    def array(self, pairs: tuple[tuple[str, Range], ...], body: Term, names: Names) -> Value:
        """A vector or a matrix by its entries."""
        ends = [self.range(r, names) for _, r in pairs]
        if any(low != ONE for low, _ in ends) or len(ends) > 2:
            raise Refused("an array that does not begin at 1")
        own = [n for n, _ in pairs]

        def at(i: Poly, j: Poly) -> Poly:
            return self.read(body, {**names, **dict(zip(own, map(plain, (i, j)), strict=False))}).number

        return Value(ends[0][1], [*(high for _, high in ends), ONE][1], at)

    def cases(self, branches: tuple[tuple[Term, Term | None], ...], names: Names) -> Value:
        """The first value whose condition holds, of some that are all defined."""
        values = [self.read(value, names) for value, _ in branches]

        def at(i: Poly, j: Poly) -> Poly:
            p, left = ZERO, ONE
            settled = True
            for value, (_, condition) in zip(values, branches, strict=True):
                here = ONE if condition is None else self.holds(condition, names).number
                settled = settled and condition is not None and _is_of_numbers(here)
                if not self.total(value.at(i, j)):
                    raise Refused("under a condition, something that may be undefined where it does not hold")
                p, left = add(p, mul(left, here, value.at(i, j))), mul(left, minus(ONE, here))
            if settled:
                raise Refused("cases at a number, of which perhaps none holds")
            return p

        return Value(values[0].rows, values[0].columns, at)

    def holds(self, condition: Term, names: Names) -> Value:
        """1 where a condition holds, else 0; of vectors entry by entry."""
        match condition:
            case Op("and", args):
                return reduce(partial(self.applied, "hadamard"), [self.holds(arg, names) for arg in args])
            case Op("not", (arg,)):
                return self.without(self.holds(arg, names))
            case Op("or", args):
                none = [self.without(self.holds(arg, names)) for arg in args]
                return self.without(reduce(partial(self.applied, "hadamard"), none))
            case Rel(op, left, right):
                less = self.applied("neg", self.read(right, names))
                gap = self.applied("broadcast_add", self.read(left, names), less)
                value = gap if op in (">", "<=", "=", "!=") else self.applied("neg", gap)
                kind = "delta" if op in ("=", "!=") else "above"
                found = Value(value.rows, value.columns, lambda i, j: self.compared(kind, value.at(i, j)))
                return found if op in (">", "<", "=") else self.without(found)
        raise Refused("a condition that has no row in the table")

    def without(self, v: Value) -> Value:
        """1 less what is 0 or 1."""
        return Value(v.rows, v.columns, lambda i, j: minus(ONE, v.at(i, j)))

    def compared(self, kind: str, gap: Poly) -> Poly:
        """Whether a number is zero, or above it."""
        if kind == "delta" and not self.whole_number(gap):
            raise Refused("equality of what are no whole numbers")
        return atom(kind, gap)

    def set(self, body: Term, var: Sym, value: Term, names: Names) -> Value:
        """A term with every definition in its place, and a free quantity at a value."""
        decl, inner, there = self.context.symbols.get(var.name), self.read(body, names), self.read(value, names)
        if (
            decl is None
            or var.name in names
            or self.defined(var.name)
            or decl.properties - {"real"}
            or (decl.low, decl.high, decl.values, decl.label_range) != (None, None, (), None)
            or self.grid(decl.shape) != (there.rows, there.columns)
        ):
            raise Refused("a value for what is no free quantity")
        own = [self.read(i, names).number for i in var.indices]

        def change(n: str, slots: list[Poly]) -> Poly | None:
            if n == var.name and slots[: len(own)] != own:
                raise Refused("another member beside the one that is set")
            return there.entry(slots[len(own) :]) if n == var.name else None

        def at(i: Poly, j: Poly) -> Poly:
            return self.instead(self.settled(inner.at(i, j)), "entry", frozenset({var.name}), change)

        return Value(inner.rows, inner.columns, at)

    def derivative(self, term: Deriv, names: Names) -> Value:
        """A derivative, if it has no more than rows and columns."""
        lengths, at = self.slope(term, names)
        return shaped(lengths, at)

    def slope(self, term: Deriv, names: Names) -> tuple[list[Poly], Callable[[list[Poly]], Poly]]:
        """The lengths of a derivative, and its entries: in a quantity, with every other definition in its place, or
        in a parameter or a variable, at its value."""
        wrt = term.wrt
        base, indices = (wrt.base, wrt.indices) if isinstance(wrt, Entry) else (wrt, ())
        if not isinstance(base, Sym):
            raise Refused("a derivative in what is no quantity")
        own = [self.read(i, names).number for i in (*base.indices, *indices)]
        value, whole = self.read(wrt, names), self.read(base, names)
        v, fresh = self.variable(whole.rows, whole.columns)
        bound = base.name in names and not base.indices
        if not bound and base.name not in self.context.symbols:
            raise Refused("a derivative in what is no quantity")
        body = self.read(term.body, {**names, base.name: fresh} if bound else names)

        def back(n: Poly, slots: list[Poly]) -> Poly | None:
            return whole.entry(slots) if n == name(v) else None

        def at(slots: list[Poly]) -> Poly:
            p = self.rewritten(term, body.entry(slots[: body.rank]))
            target = [*own, *slots[body.rank :]]
            if bound:
                done = self.d(p, v, target)
                return self.instead(done, "at", frozenset({v}), back)
            if not term.local:
                return self.d(p, base.name, target)
            ((m, _),) = p if len(p) == 1 else ((frozenset(), 0),)
            edge = [a[1] for a, _ in m if p == of(a) and a[0] == "entry" and a[1] != base.name]
            return self.d(self.unfolded(p, frozenset(edge)), base.name, target, False)

        return [*(body.rows, body.columns)[: body.rank], *(value.rows, value.columns)[: value.rank]], at


def _is_of_numbers(condition: Poly) -> bool:
    """Whether a condition compares numbers: nobody has said yet whether it holds."""
    return all(
        atom[0] == "above" and all(not m for m, _ in atom[1]) for monomial, _ in condition for atom, _ in monomial
    )
