"""What a claim says, entry by entry: its terms as polynomials, by the table of operators and that of slopes."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial, reduce
from itertools import islice

from derive.language.context import Context, SymbolDecl
from derive.language.extents import Extent, Range, Shape
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
TOTAL = "call at group entry name bound det pi delta above exp logistic tanh sin cos abs sum prod".split()
Names = Mapping[str, Value]


class Reader:
    """The terms of one context. What is defined stands for itself, but in derivatives, which go through definitions."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.count = 0
        self.bodies: dict[str, Poly] = {}
        self.reach: dict[str, frozenset[str]] = {}
        self.totals: dict[tuple[Atom, int], bool] = {}
        self.positive: Callable[[Poly], bool] = lambda p: False
        if any(n[:1] in ("", "'", "?", "@") for n in (*context.sizes, *context.indices, *context.symbols)):
            raise Refused("something is called as only the replay calls it")

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

    def unknown(self, called: str, slots: list[Poly], values: list[Value]) -> Poly:
        """What an unknown function is worth for some arguments."""
        parts = list(slots)
        for v in values:
            over = [self.fresh() for _ in range(v.rank)]
            parts += [*(v.rows, v.columns)[: v.rank], t.closed(v.at(*[*map(name, over), ONE, ONE][:2]), over)]
        return of(("call", f"{called};;{len(slots)};{','.join(str(v.rank) for v in values)}", *parts))

    def variable(self, rows: Poly, columns: Poly) -> tuple[str, Value]:
        """A new variable, of a shape."""
        v, rank = self.fresh(), 2 if columns != ONE else int(rows != ONE)
        return v, Value(rows, columns, lambda i, j: of(("at", name(v), *(i, j)[:rank])))

    def integral(self, var: str, shape: Shape, body: Term, names: Names) -> Value:
        """An integral over all values of a variable."""
        rows, columns = self.grid(shape)
        v, value = self.variable(rows, columns)
        inner = self.read(body, {**names, var: value})
        return Value(
            inner.rows, inner.columns, lambda i, j: atom("int", rows, columns, t.closed(inner.at(i, j), [v]))
        )

    def written(self, rows: tuple[tuple[Term, ...], ...], names: Names) -> Value:
        """A matrix written out."""
        cells = {(n, m): self.read(c, names).number for n, row in enumerate(rows, 1) for m, c in enumerate(row, 1)}

        def at(i: Poly, j: Poly) -> Poly:
            here = [(atom("delta", minus(i, number(n))), atom("delta", minus(j, number(m))), p) for (n, m), p in cells.items()]
            return add(*(mul(*parts) for parts in here))

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
                if not self.total(p):
                    raise Refused("under a condition, something that may be undefined where it does not hold")
                chosen = atom("raised", p, here) if self.positive(p) else add(mul(here, p), minus(ONE, here))
                p = mul(here, p) if kind == "sum" else chosen
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
                here = ONE if condition is None else self.holds(condition, names).number
                if not self.total(value.at(i, j)):
                    raise Refused("under a condition, something that may be undefined where it does not hold")
                p, left = add(p, mul(left, here, value.at(i, j))), mul(left, minus(ONE, here))
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
                gap = self.applied("broadcast_add", self.read(left, names), self.applied("neg", self.read(right, names)))
                back = self.applied("neg", gap)
                value = gap if op in (">", "<=", "=", "!=") else back
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

    def whole_number(self, p: Poly) -> bool:
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
        """What is defined by this name, or depends on other things."""
        decl = self.context.symbols.get(n)
        return decl if decl is not None and (decl.definition is not None or decl.depends is not None) else None

    def unfolded(self, p: Poly, wanted: frozenset[str]) -> Poly:
        """p with these definitions in place of what they define."""

        def change(a: Atom, depth: int) -> Poly | None:
            decl = self.defined(a[1]) if a[0] == "entry" and a[1] in wanted else None
            if decl is None:
                return None
            over = [self.fresh() for _ in range(t.loose(a))]  # the names bound around it, for as long as this takes
            slots = [t.opened(s, list(map(name, over))) for s in a[2:]]
            return t.closed(t.opened(self.body(decl, len(slots)), slots), over)

        return t.mapped(p, change, lambda a, depth: not t.names(a).isdisjoint(wanted))

    def body(self, decl: SymbolDecl, count: int) -> Poly:
        """What a definition says, as a function of so many subscripts; read once."""
        if decl.name not in self.bodies:
            over, cut = [self.fresh() for _ in range(count)], len(decl.family)
            own, slots = list(map(name, over[:cut])), list(map(name, over[cut:]))
            if count != cut + len(decl.shape):
                raise Refused(f"{decl.name} is not of its shape")
            if decl.definition is None:
                values = [self.dependence(decl, part, own) for part in decl.depends or ()]
                p = self.unknown(f"={decl.name}", [*own, *slots], values)
            else:
                inner = dict(zip(decl.definition.params, map(plain, own), strict=True))
                value = self.read(decl.definition.body, inner)
                if (value.rows, value.columns) != self.grid(decl.shape):
                    raise Refused(f"{decl.name} is not of the shape of its definition")
                p = value.at(*[*slots, ONE, ONE][:2])
            self.bodies[decl.name] = t.closed(p, over)
        return self.bodies[decl.name]

    def dependence(self, decl: SymbolDecl, part: Term, own: list[Poly]) -> Value:
        """What something depends on: a quantity, at subscripts of its own, or at all there are."""
        inner = self.context.symbols.get(part.name) if isinstance(part, Sym) else None
        if inner is None or not isinstance(part, Sym):
            raise Refused(f"{decl.name} depends on what is no quantity")
        known = dict(zip(decl.family_names, own, strict=False))
        fixed = [known.get(i.name) if isinstance(i, Index) else None for i in part.indices]
        ranges = [self.range(r, {}) for r, f in zip(inner.family, fixed, strict=True) if f is None]
        if any(low != ONE for low, _ in ranges):
            raise Refused("a family that does not begin at 1")
        lengths = [*(high for _, high in ranges), *(self.extent(e, {}) for e in inner.shape)]
        if len(lengths) > 2:
            raise Refused("more than rows and columns")

        def at(*slots: Poly) -> Poly:
            rest = iter(slots)
            return of(("entry", inner.name, *(next(rest) if f is None else f for f in fixed), *islice(rest, len(inner.shape))))

        return Value(*[*lengths, ONE, ONE][:2], at)

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

        def change(a: Atom, depth: int) -> Poly | None:
            if a[0] != "entry" or a[1] != var.name:
                return None
            over = [self.fresh() for _ in range(t.loose(a))]
            slots = [t.opened(s, list(map(name, over))) for s in a[2:]]
            if slots[: len(own)] != own:
                raise Refused("another member beside the one that is set")
            return t.closed(there.at(*[*slots[len(own) :], ONE, ONE][:2]), over)

        def at(i: Poly, j: Poly) -> Poly:
            return t.mapped(self.settled(inner.at(i, j)), change, lambda a, depth: var.name in t.names(a))

        return Value(inner.rows, inner.columns, at)

    def settled(self, p: Poly) -> Poly:
        """p with every definition in its place."""
        while known := frozenset(n for n in t.free(p) if self.defined(n) is not None):
            p = self.unfolded(p, known)
        return p

    def derivative(self, term: Deriv, names: Names) -> Value:
        """A derivative, if it has no more than rows and columns."""
        lengths, at = self.slope(term, names)
        if len(lengths) > 2:
            raise Refused("a derivative with more than rows and columns")
        return Value(*[*lengths, ONE, ONE][:2], lambda i, j: at([i, j][: len(lengths)]))

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

        def back(a: Atom, depth: int) -> Poly | None:
            if a[0] != "at" or a[1] != name(v):
                return None
            over = [self.fresh() for _ in range(t.loose(a))]
            slots = [t.opened(s, list(map(name, over))) for s in a[2:]]
            return t.closed(whole.at(*[*slots, ONE, ONE][:2]), over)

        def at(slots: list[Poly]) -> Poly:
            p = body.at(*[*slots[: body.rank], ONE, ONE][:2])
            target = [*own, *slots[body.rank :]]
            if bound:
                done = self.d(p, v, target)
                return t.mapped(done, back, lambda a, depth: v in t.names(a))
            if not term.local:
                return self.d(p, base.name, target)
            ((m, _),) = p if len(p) == 1 else ((frozenset(), 0),)
            edge = [a[1] for a, _ in m if p == of(a) and a[0] == "entry" and a[1] != base.name]
            return self.d(self.unfolded(p, frozenset(edge)), base.name, target, False)

        return [*(body.rows, body.columns)[: body.rank], *(value.rows, value.columns)[: value.rank]], at

    def reached(self, n: str) -> frozenset[str]:
        """The names that a quantity is defined by, and those that these are."""
        if n not in self.reach:
            found, stack = {n}, [n]
            while stack:
                decl = self.defined(stack.pop())
                new = t.free(self.body(decl, len(decl.family) + len(decl.shape))) - found if decl else ()
                found.update(new)
                stack.extend(new)
            self.reach[n] = frozenset(found)
        return self.reach[n]

    def d(self, p: Poly, n: str, slots: list[Poly], through: bool = True) -> Poly:
        """The derivative in one entry: the product rule, and the chain rule with the table of slopes; also ``through``
        what is defined."""
        parts = [ZERO]
        for m, c in p:
            for a, e in m:
                inner = self._d(a, n, slots, through)
                if inner != ZERO:
                    rest = t.made({frozenset((b, x) for b, x in m if b != a): c * e})
                    parts.append(mul(rest, power(of(a), e - 1) if a[0] != "group" or e != 1 else ONE, inner))
        return add(*parts)

    def _d(self, a: Atom, n: str, slots: list[Poly], through: bool) -> Poly:
        if not any(n == x or (through and n in self.reached(x)) for x in t.names(a)):
            return ZERO

        def within(body: Poly, count: int) -> tuple[Poly, list[str]]:
            over = [self.fresh() for _ in range(count)]
            return self.d(t.opened(body, list(map(name, over))), n, slots, through), over

        match a:
            case ("entry", str() as own, *there) if own == n and len(there) == len(slots):
                return mul(ONE, *(atom("delta", minus(x, y)) for x, y in zip(there, slots, strict=True)))
            case ("entry", str() as own, *_) if own != n and self.defined(own) is not None:
                return self.d(self.unfolded(of(a), frozenset({own})), n, slots, through)
            case ("at", v, *there) if v == name(n) and len(there) == len(slots):
                return mul(ONE, *(atom("delta", minus(x, y)) for x, y in zip(there, slots, strict=True)))
            case ("int", rows, columns, body):
                inner, over = within(body, 1)
                return atom("int", rows, columns, t.closed(inner, over))
            case ("call", str() as spec, *parts):
                return self.chain(spec, parts, n, slots, through)
            case ("group", body):
                return self.d(body, n, slots, through)
            case (str() as head, u) if head in SLOPE:
                return mul(parsed(SLOPE[head], {"u": u, "f": of(a)}), self.d(u, n, slots, through))
            case ("raised", x, y):
                dx, dy = self.d(x, n, slots, through), self.d(y, n, slots, through)
                in_base = mul(y, of(("raised", x, minus(y, ONE))), dx)
                return add(in_base, mul(of(a), atom("log", x), dy)) if dy != ZERO else in_base
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

    def chain(self, spec: str, parts: list[Poly], n: str, slots: list[Poly], through: bool) -> Poly:
        """The chain rule: an unknown function's derivative in each entry of each argument, times that entry's."""
        called, orders, count, ranks = t.called(spec)
        cut = count + sum(ranks[k] for k in orders)
        found, place = [ZERO], cut
        for k, rank in enumerate(ranks):
            lengths, body = parts[place : place + rank], parts[place + rank]
            place += rank + 1
            over = [self.fresh() for _ in range(rank)]
            inner = self.d(t.opened(body, list(map(name, over))), n, slots, through)
            if inner != ZERO:
                head = f"{called};{','.join(map(str, [*orders, k]))};{count};{','.join(map(str, ranks))}"
                term = mul(of(("call", head, *parts[:cut], *map(name, over), *parts[cut:])), inner)
                for x, length in zip(reversed(over), reversed(lengths), strict=True):
                    term = atom("sum", ONE, length, t.closed(term, [x]))
                found.append(term)
        return add(*found)

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
