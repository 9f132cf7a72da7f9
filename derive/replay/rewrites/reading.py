"""What a claim says, entry by entry: its terms as polynomials, by the table of operators and that of slopes."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import reduce

from derive.language.context import Context, SymbolDecl
from derive.language.extents import Extent, Range, Shape
from derive.language.terms import (
    Apply,
    Array,
    Big,
    Cases,
    Const,
    Deriv,
    Entry,
    Expect,
    Index,
    Num,
    Op,
    Rel,
    Size,
    Sym,
    Term,
)
from derive.replay.data import Refused
from derive.replay.rewrites import terms as t
from derive.replay.rewrites.table import OPERATORS, SLOPES
from derive.replay.rewrites.terms import (
    ONE,
    ZERO,
    Atom,
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
    scale,
    syntax,
)

Cell = Callable[[Poly, Poly], Poly]


@dataclass(frozen=True)
class Value:
    """Something of so many rows and columns (a vector has one column), by its entries."""

    rows: Poly
    columns: Poly
    at: Cell

    @property
    def rank(self) -> int:
        """How many subscripts it takes."""
        return 2 if self.columns != ONE else int(self.rows != ONE)

    @property
    def number(self) -> Poly:
        """Its one entry."""
        if self.rank:
            raise Refused("a number was expected, found a vector or a matrix")
        return self.at(ONE, ONE)


def plain(p: Poly) -> Value:
    """A number."""
    return Value(ONE, ONE, lambda i, j: p)


def lines(table: str) -> list[list[str]]:
    """The lines of a table, in their parts."""
    return [[part.strip() for part in line.split("|")] for line in table.strip().splitlines()]


ROWS = [(n, [d.split() for d in dims.split(",")], to.split(), syntax(entry)) for n, dims, to, entry in lines(OPERATORS)]
SLOPE = {n: syntax(said) for n, said in lines(SLOPES)}
PI = of(("pi",))
TOTAL = "group entry name bound det pi delta above exp logistic tanh sin cos abs sum prod".split()
Names = Mapping[str, Value]


class Reader:
    """The terms of one context. What is defined stands for itself, but in derivatives, which go through definitions."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.count = 0
        self.bodies: dict[str, Poly] = {}
        self.totals: dict[tuple[Atom, int], bool] = {}
        self.positive: Callable[[Poly], bool] = lambda p: False
        if any(n[:1] in ("", "'", "?", "@") for n in (*context.sizes, *context.indices)):
            raise Refused("a size or an index is called as only the replay calls one")

    def fresh(self) -> str:
        """A new name for what is bound."""
        self.count += 1
        return f"'{self.count}."

    def extent(self, e: Extent, names: Names) -> Poly:
        """A length, or the end of a range."""
        parts = [mul(number(c), *(names[n].number if n in names else self.whole(n) for n in ns)) for ns, c in e.terms]
        return add(ZERO, *parts)

    def range(self, r: Range, names: Names) -> tuple[Poly, Poly]:
        """The ends of a range."""
        return self.extent(r.low, names), self.extent(r.high, names)

    def whole(self, n: str) -> Poly:
        """A size, or a free index of the context."""
        if n not in self.context.sizes and n not in self.context.indices:
            raise Refused(f"{n} is not declared")
        return name(n)

    def grid(self, shape: Shape) -> tuple[Poly, Poly]:
        """Rows and columns."""
        if len(shape) > 2:
            raise Refused("more than rows and columns")
        lengths = [self.extent(e, {}) for e in shape]
        return (*lengths, ONE, ONE)[0], (*lengths, ONE, ONE)[1]

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
            case Entry(base, indices):
                return self.entry(self.read(base, names), [self.read(i, names).number for i in indices])
            case Op("identity" | "ones" | "zeros" as n, args):
                return self.filled(n, [self.read(a, names).number for a in args])
            case Op("delta", (left, right)):
                return plain(self.holds(Rel("=", left, right), names))
            case Op("indicator", (condition,)):
                return plain(self.holds(condition, names))
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
            case Array(pairs, body):
                return self.array(pairs, body, names)
            case Cases(branches):
                return self.cases(branches, names)
            case Deriv(body, wrt, False):
                return self.slope(self.read(body, names), wrt, names)
        raise Refused(f"{getattr(term, 'name', type(term).__name__)} has no line in the table")

    def entry(self, base: Value, own: list[Poly]) -> Value:
        """Some of the subscripts of something."""
        if len(own) > base.rank:
            raise Refused("more subscripts than there are axes")
        if len(own) == base.rank:
            return plain(base.at(*[*own, ONE, ONE][:2]))
        return Value(base.columns, ONE, lambda i, j: base.at(own[0], i)) if own else base

    def filled(self, n: str, sizes: list[Poly]) -> Value:
        """The identity, ones, zeros."""
        if n == "identity":
            return Value(sizes[0], sizes[0], lambda i, j: atom("delta", minus(i, j)))
        return Value(sizes[0], [*sizes, ONE][1], lambda i, j: ONE if n == "ones" else ZERO)

    def power(self, base: Value, e: Poly) -> Value:
        """A power, entry by entry; a matrix has none here."""
        if ONE not in (base.rows, base.columns):
            raise Refused("a power of a matrix")
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

    def made(self, known: Mapping[str, Poly], to: list[str], entry: ast.expr, values: tuple[Value, ...]) -> Value:
        """A result of so many rows and columns, by what a line says of its entries."""
        fixed = {**known, **{letter: v.at for letter, v in zip("ABC", values, strict=False)}, "pi": PI}
        return Value(known[to[0]], known[to[1]], lambda i, j: parsed(entry, {**fixed, "i": i, "j": j}))

    def call(self, term: Apply, names: Names) -> Value:
        """A declared function, by its definition."""
        decl = self.context.functions.get(term.name)
        if decl is not None and decl.builtin is not None:
            return self.read(Op(decl.builtin, term.args), names)
        if decl is None or decl.body is None or len(decl.params) != len(term.args):
            raise Refused(f"nothing is known of the function {term.name}")
        values = [self.read(arg, names) for arg in term.args]
        if any(self.grid(s) != (v.rows, v.columns) for s, v in zip(decl.param_shapes, values, strict=False)):
            raise Refused(f"{term.name} is called with arguments that do not fit")
        own = {n: self.read(i, names) for n, i in zip(decl.family_names, term.indices, strict=True)}
        return self.read(decl.body, {**own, **dict(zip(decl.params, values, strict=True))})

    def big(self, kind: str, var: str, domain: Range, body: Term, where: Term | None, names: Names) -> Value:
        """A sum or a product over an index; under a condition only of what is defined whether this holds or not."""
        low, high = self.range(domain, names)
        over = self.fresh()
        inner = {**names, var: plain(name(over))}
        value = self.read(body, inner)

        def at(i: Poly, j: Poly) -> Poly:
            p = value.at(i, j)
            if where is not None:
                here = self.holds(where, inner)
                if not self.total(p):
                    raise Refused("under a condition, something that may be undefined where it does not hold")
                p = mul(here, p) if kind == "sum" else add(mul(here, p), minus(ONE, here))
            return atom(kind, low, high, t.closed(p, [over]))

        return Value(value.rows, value.columns, at)

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
            for value, (_, condition) in zip(values, branches, strict=True):
                here = ONE if condition is None else self.holds(condition, names)
                if not self.total(value.at(i, j)):
                    raise Refused("under a condition, something that may be undefined where it does not hold")
                p, left = add(p, mul(left, here, value.at(i, j))), mul(left, minus(ONE, here))
            return p

        return Value(values[0].rows, values[0].columns, at)

    def holds(self, condition: Term, names: Names) -> Poly:
        """1 where a condition holds, else 0."""
        match condition:
            case Op("and", args):
                return mul(*(self.holds(arg, names) for arg in args))
            case Op("not", (arg,)):
                return minus(ONE, self.holds(arg, names))
            case Rel(op, left, right):
                gap = minus(self.read(left, names).number, self.read(right, names).number)
                if op in ("=", "!="):
                    if not self.integral(gap):
                        raise Refused("equality of what are no whole numbers")
                    return atom("delta", gap) if op == "=" else minus(ONE, atom("delta", gap))
                above = atom("above", gap if op in (">", "<=") else scale(gap, -1))
                return above if op in (">", "<") else minus(ONE, above)
        raise Refused("a condition that has no row in the table")

    def integral(self, p: Poly) -> bool:
        """Whether p is surely a whole number."""
        return all(
            c.denominator == 1 and all(e > 0 and e.denominator == 1 and self._counts(a) for a, e in m) for m, c in p
        )

    def _counts(self, a: Atom) -> bool:
        decl = self.context.symbols.get(a[1]) if a[0] == "entry" else None
        return a[0] in ("name", "bound", "delta") or (
            decl is not None
            and (decl.label_range is not None or bool(decl.properties & {"binary", "onehot", "integer"}))
        )

    # -- definitions and derivatives -----------------------------------------------------------------------------------
    def defined(self, n: str) -> SymbolDecl | None:
        """What is defined by this name."""
        decl = self.context.symbols.get(n)
        return decl if decl is not None and decl.definition is not None else None

    def unfolded(self, p: Poly, wanted: frozenset[str]) -> Poly:
        """p with these definitions in place of what they define."""

        def change(a: Atom, depth: int) -> Poly | None:
            decl = self.defined(a[1]) if a[0] == "entry" and a[1] in wanted else None
            if decl is None or decl.definition is None:
                return None
            over = [self.fresh() for _ in range(t.loose(a))]  # the names bound around it, for as long as this takes
            slots = [t.opened(s, list(map(name, over))) for s in a[2:]]
            return t.closed(t.opened(self.body(decl, len(slots)), slots), over)

        return t.mapped(p, change, lambda a, depth: not t.names(a).isdisjoint(wanted))

    def body(self, decl: SymbolDecl, count: int) -> Poly:
        """What a definition says, as a function of so many subscripts; read once."""
        if decl.name not in self.bodies and decl.definition is not None:
            over, cut = [self.fresh() for _ in range(count)], len(decl.family)
            inner = dict(zip(decl.definition.params, (plain(name(n)) for n in over[:cut]), strict=True))
            value = self.read(decl.definition.body, inner)
            if count != cut + len(decl.shape) or (value.rows, value.columns) != self.grid(decl.shape):
                raise Refused(f"{decl.name} is not of the shape of its definition")
            self.bodies[decl.name] = t.closed(value.at(*[*map(name, over[cut:]), ONE, ONE][:2]), over)
        return self.bodies[decl.name]

    def slope(self, body: Value, wrt: Term, names: Names) -> Value:
        """The derivative in a quantity, with every other definition in its place."""
        base, own = (
            (wrt.base, [self.read(i, names).number for i in wrt.indices]) if isinstance(wrt, Entry) else (wrt, [])
        )
        if not isinstance(base, Sym) or base.name in names or base.name not in self.context.symbols:
            raise Refused("a derivative in what is no quantity")
        own = [*(self.read(i, names).number for i in base.indices), *own]
        value = self.read(wrt, names)
        if body.rank + value.rank > 2 or (body.rank and body.columns != ONE) or (body.rank and value.columns != ONE):
            raise Refused("a derivative with more than rows and columns")

        def at(i: Poly, j: Poly) -> Poly:
            here = (i, j) if not body.rank else (j,)
            p = body.at(i, ONE) if body.rank else body.number
            while known := frozenset(n for n in t.free(p) if n != base.name and self.defined(n) is not None):
                p = self.unfolded(p, known)
            if any((decl := self.context.symbols.get(n)) is not None and decl.depends is not None for n in t.free(p)):
                raise Refused("a derivative of what depends on other things")
            return self.d(p, base.name, [*own, *here[: value.rank]])

        if body.rank:
            return Value(body.rows, value.rows, at)
        return Value(value.rows, value.columns, at)

    def d(self, p: Poly, n: str, slots: list[Poly]) -> Poly:
        """The derivative in one entry: the product rule, and the chain rule with the table of slopes."""
        parts = [ZERO]
        for m, c in p:
            for a, e in m:
                inner = self._d(a, n, slots) if n in t.names(a) else ZERO
                if inner != ZERO:
                    rest = t.made({frozenset((b, x) for b, x in m if b != a): c * e})
                    parts.append(mul(rest, power(of(a), e - 1) if a[0] != "group" or e != 1 else ONE, inner))
        return add(*parts)

    def _d(self, a: Atom, n: str, slots: list[Poly]) -> Poly:
        def within(body: Poly, count: int) -> tuple[Poly, list[str]]:
            over = [self.fresh() for _ in range(count)]
            return self.d(t.opened(body, list(map(name, over))), n, slots), over

        match a:
            case ("entry", str() as own, *there) if own == n and len(there) == len(slots):
                return mul(ONE, *(atom("delta", minus(x, y)) for x, y in zip(there, slots, strict=True)))
            case ("group", body):
                return self.d(body, n, slots)
            case (str() as head, u) if head in SLOPE:
                return mul(parsed(SLOPE[head], {"u": u, "f": of(a)}), self.d(u, n, slots))
            case ("raised", x, y):
                dx, dy = self.d(x, n, slots), self.d(y, n, slots)
                through = mul(y, of(("raised", x, minus(y, ONE))), dx)
                return add(through, mul(of(a), atom("log", x), dy)) if dy != ZERO else through
            case ("sum", low, high, body):
                inner, over = within(body, 1)
                return atom("sum", low, high, t.closed(inner, over))
            case ("inv", size, body, i, j):
                (inner, (r, c)) = within(body, 2)
                left, right = of(("inv", size, body, i, name(r))), of(("inv", size, body, name(c), j))
                return scale(self._over(size, mul(left, inner, right), [r, c]), -1)
            case ("det", size, body):
                (inner, (r, c)) = within(body, 2)
                return mul(of(a), self._over(size, mul(inner, of(("inv", size, body, name(c), name(r)))), [r, c]))
            case ("above", _):
                return ZERO
        raise Refused(f"the derivative of {a[0]}")

    def total(self, p: Poly, depth: int = 20) -> bool:
        """Whether p is surely defined everywhere, and so is what is defined by it."""
        return all(
            self._total(a, depth) and ((e > 0 and e.denominator == 1) or self.positive(of(a)))
            for m, _ in p
            for a, e in m
        )

    def _total(self, a: Atom, depth: int) -> bool:
        if (a, depth) not in self.totals:
            self.totals[a, depth] = depth > 0 and self._so(a, depth - 1)
        return self.totals[a, depth]

    def _so(self, a: Atom, depth: int) -> bool:
        if a[0] == "entry" and self.defined(a[1]) is not None:
            return self.total(self.unfolded(of(a), frozenset({a[1]})), depth)
        known = (
            a[0] in TOTAL
            or (a[0] in ("log", "raised") and self.positive(a[1]))
            or (a[0] == "inv" and self.positive(of(("det", *a[1:3]))))
        )
        parts = [
            (x, [name(f"'{depth}.{k}") for k in range(t.binds(a, n))])
            for n, x in enumerate(a[1:])
            if isinstance(x, frozenset)
        ]
        return known and all(self.total(t.opened(x, over), depth) for x, over in parts)

    def _over(self, size: Poly, p: Poly, over: list[str]) -> Poly:
        for n in over:
            p = atom("sum", ONE, size, t.closed(p, [n]))
        return p
