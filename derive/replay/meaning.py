"""What terms are, entry by entry: one row for each operator; definitions stay folded until a step unfolds them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction
from functools import partial

from derive.language.context import Context, SymbolDecl
from derive.language.extents import Range
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
from derive.replay.algebra import Algebra
from derive.replay.data import Refused
from derive.replay.polynomials import ONE, ZERO, Atom, Poly, add, minus, number, of, scale
from derive.replay.slopes import Target, slope

Slots = tuple[Poly, ...]
HALF = Fraction(1, 2)


@dataclass(frozen=True)
class Value:
    """Something with a shape, by its entries; ``term`` and ``names`` are what it was written as, where known."""

    shape: Slots
    at: Callable[[Slots], Poly]
    term: Term | None = None
    names: Mapping[str, Value] | None = None

    @property
    def scalar(self) -> Poly:
        """Its number."""
        if self.shape:
            raise Refused("a number was expected, found a vector or a matrix")
        return self.at(())

    def grid(self) -> tuple[Poly, Poly]:
        """Rows and columns."""
        if len(self.shape) > 2:
            raise Refused("a vector or a matrix was expected")
        return (*self.shape, ONE, ONE)[0], (*self.shape, ONE, ONE)[1]

    def cell(self, row: Poly, column: Poly) -> Poly:
        """The entry at a row and a column."""
        return self.at((row, column)[: len(self.shape)])


Names = Mapping[str, Value]


def plain(p: Poly) -> Value:
    """A number."""
    return Value((), lambda _: p)


def laid_out(rows: Poly, columns: Poly, cell: Callable[[Poly, Poly], Poly]) -> Value:
    """A matrix by its entries; with one column a vector, with one entry a number."""
    if columns != ONE:
        return Value((rows, columns), lambda s: cell(*s))
    return Value((), lambda _: cell(ONE, ONE)) if rows == ONE else Value((rows,), lambda s: cell(s[0], ONE))


def each(f: Callable[[Algebra, Poly], Poly]) -> Callable[[Algebra, Value], Value]:
    """A function applied entry by entry."""
    return lambda a, v: Value(v.shape, lambda s: f(a, v.at(s)))


def together(f: Callable[[Algebra, list[Poly]], Poly], stretch: bool) -> Callable[..., Value]:
    """An operation on the entries at one place; numbers stretch where that is meant."""

    def row(a: Algebra, *values: Value) -> Value:
        shapes = {v.shape for v in values if v.shape or not stretch} or {()}
        if len(shapes) > 1:
            raise Refused("shapes that do not fit")
        return Value(shapes.pop(), lambda s: f(a, [v.at(s if v.shape else ()) for v in values]))

    return row


def total(a: Algebra, v: Value, f: Callable[[Poly], Poly] = lambda p: p) -> Poly:
    """Σ of f over all entries."""
    names = [a.fresh(ONE, n) for n in v.shape]
    slots = tuple(ONE if n == ONE else a.var(x) for x, n in zip(names, v.shape, strict=True))
    binders = [(x, ONE, n) for x, n in zip(names, v.shape, strict=True) if n != ONE]
    return a.sum(f(v.at(slots)), binders)


def product(a: Algebra, *values: Value) -> Value:
    """Factors side by side: numbers scale, everything else contracts as matrices do."""
    first, *rest = values
    for v in rest:
        first = _product(a, first, v)
    return first


def _product(a: Algebra, left: Value, right: Value) -> Value:
    if not left.shape or not right.shape:
        shape = left.shape or right.shape
        return Value(shape, lambda s: a.mul(left.at(s if left.shape else ()), right.at(s if right.shape else ())))
    (rows, inner), (again, columns) = left.grid(), right.grid()
    if inner != again:
        raise Refused("matrices that cannot be multiplied")

    def cell(i: Poly, j: Poly) -> Poly:
        if inner == ONE:
            return a.mul(left.cell(i, ONE), right.cell(ONE, j))
        v = a.fresh(ONE, inner)
        return a.sum(a.mul(left.cell(i, a.var(v)), right.cell(a.var(v), j)), [(v, ONE, inner)])

    return laid_out(rows, columns, cell)


def transposed(a: Algebra, v: Value) -> Value:
    """Rows for columns."""
    rows, columns = v.grid()
    return laid_out(columns, rows, lambda i, j: v.cell(j, i))


def square(a: Algebra, v: Value, kind: str, slots: Slots = ()) -> Poly:
    """The determinant, or an entry of the inverse."""
    rows, columns = v.grid()
    if rows != columns or rows == ONE:
        raise Refused("a square matrix was expected")
    i, j = a.fresh(ONE, rows), a.fresh(ONE, rows)
    return a.matrix(kind, rows, v.cell(a.var(i), a.var(j)), i, j, slots)


def inverse(a: Algebra, v: Value) -> Value:
    """The inverse of a matrix or a number."""
    return Value(v.shape, lambda s: square(a, v, "inv", s) if v.shape else a.power(v.scalar, -1))


def determinant(a: Algebra, v: Value) -> Value:
    """The determinant of a matrix or a number."""
    return Value((), lambda _: square(a, v, "det") if v.shape else v.scalar)


def power(a: Algebra, base: Value, e: Value) -> Value:
    """A power, entry by entry; of a square matrix, of the matrix."""
    if len(base.shape) == 2 and ONE not in base.shape:
        n = e.scalar.constant
        if n is None or n.denominator != 1 or abs(n) > 9:
            raise Refused("a matrix to a power that is not a small whole number")
        one = base if n > 0 else inverse(a, base)
        return product(a, *[one] * abs(int(n))) if n else identity(a, base.shape[0])
    return Value(base.shape, lambda s: a.raised(base.at(s), e.scalar))


def identity(a: Algebra, n: Poly) -> Value:
    """The identity."""
    return laid_out(n, n, lambda i, j: a.delta(minus(i, j)))


def diagonal(a: Algebra, v: Value) -> Value:
    """A vector as a diagonal matrix, or the diagonal of a matrix."""
    rows, columns = v.grid()
    if ONE not in (rows, columns):
        return Value((rows,), lambda s: v.at((s[0], s[0])))
    n = columns if rows == ONE else rows
    return laid_out(n, n, lambda i, j: a.mul(a.delta(minus(i, j)), v.cell(ONE, i) if rows == ONE else v.cell(i, ONE)))


def gaussian(a: Algebra, x: Value, mean: Value, spread: Value) -> Value:
    """(2π)^{-d/2} det(S)^{-1/2} exp(-(x - m)' S^-1 (x - m) / 2); S a matrix, or a number times the identity."""
    gap = OPERATORS["add"](a, x, OPERATORS["neg"](a, mean))
    wide = spread if spread.shape or not x.shape else product(a, spread, identity(a, x.shape[0]))

    def density(_: Slots) -> Poly:
        form = product(a, transposed(a, gap), inverse(a, wide), gap).scalar
        d = x.shape[0] if x.shape else ONE
        root = a.raised(scale(of(a.atom("const", "pi")), 2), scale(d, -HALF))
        return a.mul(root, a.power(determinant(a, wide).scalar, -HALF), a.exp(scale(form, -HALF)))

    return Value((), density)


def softmax(a: Algebra, v: Value) -> Value:
    """e^{a_i} / Σ_j e^{a_j}."""
    return Value(v.shape, lambda s: a.mul(a.exp(v.at(s)), a.power(total(a, v, a.exp), -1)))


def trace(a: Algebra, v: Value) -> Value:
    """The sum of the diagonal."""
    return Value((), lambda _: total(a, diagonal(a, v)) if len(v.shape) == 2 else v.scalar)


def _function(name: str, a: Algebra, u: Poly) -> Poly:
    return a.fn(name, u)


OPERATORS: dict[str, Callable[..., Value]] = {
    "add": together(lambda a, ps: add(*ps), False),
    "broadcast_add": together(lambda a, ps: add(*ps), True),
    "hadamard": together(lambda a, ps: a.mul(*ps), True),
    "div": together(lambda a, ps: a.mul(ps[0], a.power(ps[1], -1)), True),
    "hadamard_div": together(lambda a, ps: a.mul(ps[0], a.power(ps[1], -1)), True),
    "neg": each(lambda a, u: scale(u, -1)),
    "sqrt": each(lambda a, u: a.power(u, HALF)),
    "exp": each(lambda a, u: a.exp(u)),
    "softplus": each(lambda a, u: a.log(add(ONE, a.exp(u)))),
    "relu": each(lambda a, u: a.mul(u, a.indicator(">", u))),
    **{name: each(partial(_function, name)) for name in "log logistic tanh sin cos abs factorial floor".split()},
    "mul": product,
    "pow": power,
    "transpose": transposed,
    "inverse": inverse,
    "det": determinant,
    "trace": trace,
    "diag": diagonal,
    "outer": lambda a, x, y: product(a, x, transposed(a, y)),
    "inner": lambda a, x, y: Value((), lambda _: total(a, OPERATORS["hadamard"](a, x, y))),
    "total": lambda a, v: Value((), lambda _: total(a, v)),
    "norm2": lambda a, v: Value((), lambda _: total(a, v, lambda p: a.power(p, 2))),
    "norm": lambda a, v: Value((), lambda _: a.power(total(a, v, lambda p: a.power(p, 2)), HALF)),
    "logsumexp": lambda a, v: Value((), lambda _: a.log(total(a, v, a.exp))),
    "softmax": softmax,
    "gaussian": gaussian,
    "gaussian_diag": lambda a, x, m, s: gaussian(a, x, m, diagonal(a, s)),
}
"""What each operator is."""


class Reader:
    """Terms of one context as polynomials. What is defined stands for itself; derivatives go through definitions."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.a = Algebra(context)
        self.a.definition = self.definition
        self.cuts: frozenset[str] = frozenset()
        self._known: dict[object, Poly] = {}
        self._deep = 0
        if any(name[:1] in ("", "#", "?", "@") for name in (*context.sizes, *context.indices)):
            raise Refused("a size or an index is called as only the replay calls one")

    def entries(self, term: Term, names: Names | None = None) -> Value:
        """A term by its entries."""
        names = names or {}
        a = self.a
        match term:
            case Num(value):
                return plain(number(value))
            case Const("pi"):
                return plain(of(a.atom("const", "pi")))
            case Const("e"):
                return plain(a.exp(ONE))
            case Size(name) | Index(name):
                return names[name] if name in names else plain(self._whole(name))
            case Sym(name, ()) if name in names:
                return names[name]
            case Sym():
                return self._symbol(term, names)
            case Entry(base, indices):
                inner, slots = self.entries(base, names), self._numbers(indices, names)
                if len(slots) > len(inner.shape):
                    raise Refused("more subscripts than there are axes")
                return Value(inner.shape[len(slots) :], lambda s: inner.at((*slots, *s)))
            case Op("identity" | "ones" | "zeros" as name, args):
                sizes = self._numbers(args, names)
                if name == "identity":
                    return identity(a, sizes[0])
                filled = ONE if name == "ones" else ZERO
                return laid_out(sizes[0], sizes[1] if len(sizes) > 1 else ONE, lambda i, j: filled)
            case Op("delta", (left, right)):
                return plain(self._condition(Rel("=", left, right), names).scalar)
            case Op("indicator" | "and" | "or" | "not") | Rel():
                return self._condition(
                    term.args[0] if isinstance(term, Op) and term.name == "indicator" else term, names
                )
            case Op("pow", (Const("e"), e)):
                return plain(a.exp(self.entries(e, names).scalar))
            case Op(name, args) if name in OPERATORS:
                return OPERATORS[name](a, *(self.entries(arg, names) for arg in args))
            case Apply():
                return self._call(term, names)
            case Big("sum" | "prod"):
                return self._big(term, names)
            case Integral(var, body, shape, None, None):
                return self._integral(var, tuple(a.extent(e) for e in shape), body, names)
            case Expect(var, Range() as domain, density, body):
                return self._big(Big("sum", var, domain, Op("mul", (density, body))), names)
            case Expect(var, domain, density, body):
                return self._integral(var, tuple(a.extent(e) for e in domain), Op("mul", (density, body)), names)  # type: ignore[union-attr]
            case Deriv():
                return self._derivative(term, names)
            case At():
                return self._at(term, names)
            case Array(pairs, body):
                return self._array(pairs, body, names)
            case Matrix(rows):
                return self._matrix(rows, names)
            case Cases(branches):
                return self._cases(branches, names)
        raise Refused(f"{getattr(term, 'name', type(term).__name__)} has no row in the table")

    def _whole(self, name: str) -> Poly:
        if name not in self.context.sizes and name not in self.context.indices:
            raise Refused(f"{name} is not declared")
        return self.a.size(name)

    def _numbers(self, terms: tuple[Term, ...], names: Names) -> Slots:
        return tuple(self.entries(t, names).scalar for t in terms)

    def _range(self, r: Range, names: Names) -> tuple[Poly, Poly]:
        known = {n: names[n].scalar for n in r.names if n in names}
        return self.a.extent(r.low, known), self.a.extent(r.high, known)

    # -- quantities --------------------------------------------------------------------------------------------------
    def _symbol(self, term: Sym, names: Names) -> Value:
        decl = self.context.symbols.get(term.name)
        if decl is None or len(decl.family) != len(term.indices):
            raise Refused(f"{term.name} is not declared with these subscripts")
        own = self._numbers(term.indices, names)
        shape = tuple(self.a.extent(e) for e in decl.shape)
        if decl.depends is not None and decl.name not in self.cuts:
            return Value(shape, lambda s: self._opaque(decl, (*own, *s)), term, names)
        return Value(shape, lambda s: self.a.entry(term.name, (*own, *s)), term, names)

    def definition(self, name: str, slots: Slots) -> Poly | None:
        """An entry of what is defined, by its definition."""
        decl = self.context.symbols.get(name)
        if decl is None or decl.definition is None or name in self.cuts:
            return None
        key = (name, slots, self.cuts, self.a.freed)
        if key not in self._known:
            count = len(decl.family)
            inner = {p: plain(s) for p, s in zip(decl.definition.params, slots[:count], strict=True)}
            self._deep += 1
            if self._deep > 40:
                raise Refused("definitions that do not end")
            self._known[key] = self.entries(decl.definition.body, inner).at(slots[count:])
            self._deep -= 1
        return self._known[key]

    def _opaque(self, decl: SymbolDecl, slots: Slots) -> Poly:
        values = []
        for part in decl.depends or ():
            inner = self.context.symbols.get(part.name) if isinstance(part, Sym) else None
            if inner is None or not isinstance(part, Sym):
                raise Refused(f"{decl.name} depends on what is no quantity")
            own = dict(zip(decl.family_names, slots, strict=False))
            fixed = [own.get(i.name) if isinstance(i, Index) else None for i in part.indices]
            free = [r for r, f in zip(inner.family, fixed, strict=True) if f is None]
            shape = (*(self._range(r, {})[1] for r in free), *(self.a.extent(e) for e in inner.shape))
            values.append(Value(shape, lambda s, n=part.name, f=fixed: self._entry(n, f, s)))  # type: ignore[misc]
        return self._unknown(decl.name, slots, values)

    def _entry(self, name: str, fixed: list[Poly | None], slots: Slots) -> Poly:
        rest = iter(slots)
        return self.a.entry(name, (*(next(rest) if f is None else f for f in fixed), *rest))

    def _call(self, term: Apply, names: Names) -> Value:
        decl = self.context.functions.get(term.name)
        if decl is None:
            raise Refused(f"the function {term.name} is not declared")
        if decl.builtin is not None:
            return self.entries(Op(decl.builtin, term.args), names)
        own = self._numbers(term.indices, names)
        values = [self.entries(arg, names) for arg in term.args]
        shapes = [tuple(self.a.extent(e) for e in shape) for shape in decl.param_shapes]
        if decl.params and (
            len(decl.params) != len(values) or any(s != v.shape for s, v in zip(shapes, values, strict=False))
        ):
            raise Refused(f"{term.name} is called with arguments that do not fit")
        if decl.body is None:
            shape = tuple(self.a.extent(e) for e in decl.shape)
            return Value(shape, lambda s: self._unknown(decl.name, (*own, *s), values))
        inner = {n: plain(i) for n, i in zip(decl.family_names, own, strict=True)}
        return self.entries(decl.body, {**inner, **dict(zip(decl.params, values, strict=True))})

    def _unknown(self, name: str, slots: Slots, values: list[Value]) -> Poly:
        ranks = [len(v.shape) for v in values]
        fresh = [self.a.fresh() for _ in range(max(ranks, default=0))]
        parts: list[Poly] = []
        for v in values:
            parts += [*v.shape, v.at(tuple(self.a.var(x) for x in fresh[: len(v.shape)]))]
        head = f"{name};;{len(slots)};{','.join(map(str, ranks))}"
        return self.a.application(head, (*slots, *parts), fresh)

    # -- binders -----------------------------------------------------------------------------------------------------
    def _big(self, term: Big, names: Names) -> Value:
        a = self.a
        low, high = self._range(term.range, names)
        v = a.fresh(low, high)
        inner = {**names, term.var: plain(a.var(v))}
        where = ONE if term.where is None else self._condition(term.where, inner).scalar
        body = self.entries(term.body, inner)

        def at(s: Slots) -> Poly:
            with self.guard(term.where is not None):
                p = body.at(s)
            if term.kind == "sum":
                return a.sum(a.mul(where, p), [(v, low, high)])
            return a.times_over(p if where == ONE else a.raised(p, where), v, low, high)

        return Value(body.shape, at)

    @contextmanager
    def guard(self, wanted: bool = True) -> Iterator[None]:
        """Here a denominator must be known to differ from zero: the term asks for it at some points only."""
        before, self.a.guarded = self.a.guarded, self.a.guarded or wanted
        try:
            yield
        finally:
            self.a.guarded = before

    @contextmanager
    def silence(self) -> Iterator[None]:
        """What is asked for here is not noted: it is asked for at another point."""
        before, self.a.listening = self.a.listening, False
        try:
            yield
        finally:
            self.a.listening = before

    def _integral(self, var: str, shape: Slots, body: Term, names: Names) -> Value:
        v = self.a.fresh()
        inner = self.entries(body, {**names, var: Value(shape, lambda s: self.a.var(v, s), Sym(var), None)})
        kind = ",".join(e.key for e in shape)
        return Value(inner.shape, lambda s: self.a.integral(inner.at(s), v, kind))

    def _array(self, pairs: tuple[tuple[str, Range], ...], body: Term, names: Names) -> Value:
        ends = [self._range(r, names) for _, r in pairs]
        if any(low != ONE for low, _ in ends) or (len(ends) == 2 and ends[1][1] == ONE):
            raise Refused("an array that does not begin at 1")
        own = [n for n, _ in pairs]

        def at(s: Slots) -> Poly:
            return self.entries(body, {**names, **{n: plain(i) for n, i in zip(own, s, strict=True)}}).scalar

        return Value(tuple(high for _, high in ends), at)

    def _matrix(self, rows: tuple[tuple[Term, ...], ...], names: Names) -> Value:
        a = self.a

        def cell(i: Poly, j: Poly) -> Poly:
            parts = []
            for n, row in enumerate(rows, 1):
                for m, c in enumerate(row, 1):
                    here = a.mul(a.delta(minus(i, number(n))), a.delta(minus(j, number(m))))
                    parts.append(a.mul(here, self.entries(c, names).scalar))
            return add(*parts)

        return laid_out(number(len(rows)), number(len(rows[0])), cell)

    def _cases(self, branches: tuple[tuple[Term, Term | None], ...], names: Names) -> Value:
        values = [self.entries(value, names) for value, _ in branches]

        def at(s: Slots) -> Poly:
            total, left = ZERO, ONE
            with self.guard():
                for v, (_, condition) in zip(values, branches, strict=True):
                    here = ONE if condition is None else self._condition(condition, names).scalar
                    total = add(total, self.a.mul(left, here, v.at(s)))
                    left = self.a.mul(left, minus(ONE, here))
            return total

        return Value(values[0].shape, at)

    def _condition(self, term: Term, names: Names) -> Value:
        a = self.a
        match term:
            case Op("and", args):
                return together(lambda a, ps: a.mul(*ps), True)(a, *(self._condition(t, names) for t in args))
            case Op("or", args):
                none = together(lambda a, ps: a.mul(*(minus(ONE, p) for p in ps)), True)
                return each(lambda a, p: minus(ONE, p))(a, none(a, *(self._condition(t, names) for t in args)))
            case Op("not", (arg,)):
                return each(lambda a, p: minus(ONE, p))(a, self._condition(arg, names))
            case Rel(op, left, right):
                return together(lambda a, ps: self._relation(op, *ps), True)(
                    a, self.entries(left, names), self.entries(right, names)
                )
        return self.entries(term, names)

    def _relation(self, op: str, x: Poly, y: Poly) -> Poly:
        a = self.a
        if op in ("=", "!="):
            whole = all(
                c.denominator == 1 and all(e > 0 and e.denominator == 1 and self._counts(t) for t, e in m)
                for p in (x, y)
                for m, c in p.terms.items()
            )
            same = a.delta(minus(x, y)) if whole else a.indicator("=", minus(x, y))
            return same if op == "=" else minus(ONE, same)
        if op in (">", "<"):
            return a.indicator(">", minus(x, y) if op == ">" else minus(y, x))
        return minus(ONE, a.indicator(">", minus(y, x) if op == ">=" else minus(x, y)))

    def _counts(self, atom: Atom) -> bool:
        """Whether an atom is a whole number."""
        return atom.kind == "size" or self.a.ends(atom) is not None or self.a._binary(atom)

    # -- derivatives -------------------------------------------------------------------------------------------------
    def _derivative(self, term: Deriv, names: Names) -> Value:
        body, wrt = self.entries(term.body, names), self.entries(term.wrt, names)
        rank = len(body.shape)
        base, own = (
            (term.wrt.base, self._numbers(term.wrt.indices, names)) if isinstance(term.wrt, Entry) else (term.wrt, ())
        )
        if not isinstance(base, Sym):
            raise Refused("a derivative in what is no quantity")
        value = self.entries(base, names)
        while isinstance(value.term, Sym) and not value.term.indices and value.names and value.term.name in value.names:
            value = value.names[value.term.name]
        whole = value.term

        def at(s: Slots) -> Poly:
            if isinstance(whole, Sym) and value.names is not None:
                target = Target("ent", whole.name, (*self._numbers(whole.indices, value.names), *own, *s[rank:]))
                return self._settled(term, body, s[:rank], target, names)
            probe = value.at(tuple(self.a.var(self.a.fresh()) for _ in value.shape)).single
            if isinstance(whole, Sym) and value.names is None and probe is not None:
                target = Target("var", probe[0][0][0].head, (*own, *s[rank:]))
                return slope(self.a, self._through, body.at(s[:rank]), target)
            return self._in_parameter(term.body, base.name, value, (*own, *s[rank:]), s[:rank], names)

        return Value((*body.shape, *wrt.shape), at)

    def _in_parameter(self, body: Term, name: str, value: Value, own: Slots, s: Slots, names: Names) -> Poly:
        v = self.a.fresh()
        p = self.entries(body, {**names, name: Value(value.shape, lambda t: self.a.var(v, t), Sym(name), None)}).at(s)
        done = slope(self.a, self._through, p, Target("var", v, own))

        def change(atom: Atom) -> Poly | None:
            return value.at(atom.args) if atom.kind == "var" and atom.head == v else None

        return self.a.rebuilt(done, change, lambda atom: v in atom.free)

    def _settled(self, term: Deriv, body: Value, s: Slots, target: Target, names: Names) -> Poly:
        """A derivative, with the quantity's entries free and it held fixed on the way; then what ties them is back."""
        symbols = self.context.symbols
        before, freed = self.cuts, self.a.freed
        self.a.freed = freed | {target.name}
        self.cuts = before | {target.name}
        try:
            if term.local:
                self.cuts |= {
                    n for n, decl in symbols.items() if decl.definition is not None or decl.depends is not None
                }
                p = self._one_edge(body.at(s), target)
            else:
                p = body.at(s)
            done = slope(self.a, self._through, p, target)
        finally:
            self.cuts, self.a.freed = before, freed
        settled = self.a.rebuilt(done, lambda atom: None, lambda atom: target.name in atom.names)
        lost = [n for n in settled.names if n in symbols and symbols[n].depends is not None and n not in before]
        if lost:
            settled = self.a.rebuilt(
                settled,
                lambda t: self._opaque(symbols[t.head], t.args) if t.kind == "ent" and t.head in lost else None,
                lambda t: not t.names.isdisjoint(lost),
            )
        return settled

    def _one_edge(self, p: Poly, target: Target) -> Poly:
        single = p.single
        atom = single[0][0][0] if single and len(single[0]) == 1 else None
        decl = self.context.symbols.get(atom.head) if atom is not None and atom.kind == "ent" else None
        if atom is None or decl is None or decl.name == target.name:
            return p
        if decl.depends is not None:
            return self._opaque(decl, atom.args)
        before, self.cuts = self.cuts, self.cuts - {decl.name}
        found = self.definition(decl.name, atom.args)
        self.cuts = before
        return p if found is None else found

    def _through(self, atom: Atom, target: Target) -> Poly:
        found = self.definition(atom.head, atom.args)
        return ZERO if found is None else slope(self.a, self._through, found, target)

    def _at(self, term: At, names: Names) -> Value:
        decl = self.context.symbols.get(term.var.name)
        if (
            decl is None
            or term.var.name in names
            or decl.definition is not None
            or decl.properties - {"real"}
            or decl.low
            or decl.high
        ):
            raise Refused("a value for what is no free quantity")
        body, value = self.entries(term.body, names), self.entries(term.value, names)
        own = self._numbers(term.var.indices, names)

        def change(atom: Atom) -> Poly | None:
            if atom.kind != "ent" or atom.head != decl.name:
                return None
            if atom.args[: len(own)] != own:
                raise Refused("another member beside the one that is set")
            return value.at(atom.args[len(own) :])

        def at(s: Slots) -> Poly:
            with self.silence():
                p = body.at(s)
                while defined := [
                    n
                    for n in p.names
                    if (d := self.context.symbols.get(n)) is not None
                    and d.definition is not None
                    and n not in self.cuts
                ]:
                    p = self.unfolded(p, frozenset(defined))
                return self.a.rebuilt(p, change, lambda atom: decl.name in atom.names)

        return Value(body.shape, at)

    def unfolded(self, p: Poly, names: frozenset[str]) -> Poly:
        """p with these definitions in place of what they define."""

        def change(atom: Atom) -> Poly | None:
            return self.definition(atom.head, atom.args) if atom.kind == "ent" and atom.head in names else None

        return self.a.rebuilt(p, change, lambda atom: not atom.names.isdisjoint(names))
