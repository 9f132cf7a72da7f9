"""Quantities by their entries: what they are declared, defined and known to be, and their derivatives."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from derive.language.context import Context, SymbolDecl
from derive.language.extents import Extent, Range, Shape
from derive.language.terms import Index, Sym, Term
from derive.replay import terms as t
from derive.replay.data import Refused
from derive.replay.table import SLOPES
from derive.replay.terms import (
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

    def entry(self, slots: list[Poly]) -> Poly:
        """The entry at as many subscripts as it takes."""
        i, j, *_ = *slots, ONE, ONE
        return self.at(i, j)


def shaped(lengths: list[Poly], at: Callable[[list[Poly]], Poly]) -> Value:
    """Something of one length for each subscript."""
    if len(lengths) > 2:
        raise Refused("more than rows and columns")
    rows, columns, *_ = *lengths, ONE, ONE
    return Value(rows, columns, lambda i, j: at([i, j][: len(lengths)]))


def plain(p: Poly) -> Value:
    """A number."""
    return Value(ONE, ONE, lambda i, j: p)


def lines(table: str) -> list[list[str]]:
    """The lines of a table, in their parts."""
    return [[part.strip() for part in line.split("|")] for line in table.strip().splitlines()]


SLOPE = {n: syntax(said) for n, said in lines(SLOPES)}
TOTAL = "call at group entry name bound det pi delta above exp logistic tanh sin cos abs sum prod".split()
Names = Mapping[str, Value]


class Quantities:
    """The quantities of one context. What is defined stands for itself, but in derivatives, which go through
    definitions."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.count = 0
        self.bodies: dict[str, Poly] = {}
        self.reach: dict[str, frozenset[str]] = {}
        self.totals: dict[Any, bool] = {}
        self.positive: Callable[[Poly], bool] = lambda p: False
        self.places: Callable[[Atom], Any] = lambda a: ()
        self.supposed: Collection[str] = ()
        self.inverted: frozenset[tuple[Poly, Poly]] = frozenset()
        self.rewritten: Callable[[Term, Poly], Poly] = lambda term, p: p
        if any(n[:1] in ("", "'", "?", "@") for n in (*context.sizes, *context.indices, *context.symbols)):
            raise Refused("something is called as only the replay calls it")
        if any(n[:1] in ("", "=") for n in context.functions):
            raise Refused("a function is called as only the replay calls one")

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

    def ends(self, n: str) -> list[tuple[Poly, Poly]]:
        """The range of each subscript of a quantity."""
        decl = self.context.symbols[n]
        return [
            *(self.range(r, {}) for r in decl.family),
            *((ONE, self.extent(e, {})) for e in decl.shape),
        ]

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

    def read(self, term: Term, names: Names) -> Value:
        """A term by its entries."""
        raise NotImplementedError

    # -- definitions -------------------------------------------------------------------------------------------------
    def defined(self, n: str) -> SymbolDecl | None:
        """What is defined by this name, or depends on other things."""
        decl = self.context.symbols.get(n)
        return decl if decl is not None and (decl.definition is not None or decl.depends is not None) else None

    def unfolded(self, p: Poly, wanted: frozenset[str]) -> Poly:
        """p with these definitions in place of what they define."""

        def value(n: str, slots: list[Poly]) -> Poly | None:
            decl = self.defined(n) if n in wanted else None
            return None if decl is None else t.opened(self.body(decl, len(slots)), slots)

        return self.instead(p, "entry", wanted, value)

    def instead(
        self, p: Poly, head: str, names: frozenset[str], value: Callable[[Any, list[Poly]], Poly | None]
    ) -> Poly:
        """p with other values for atoms of a head that speak of some names; they know of what is bound around them."""

        def change(a: Atom, depth: int) -> Poly | None:
            if a[0] != head:
                return None
            over = [self.fresh() for _ in range(t.loose(a))]
            found = value(a[1], [t.opened(s, list(map(name, over))) for s in a[2:]])
            return None if found is None else t.closed(found, over)

        return t.mapped(p, change, lambda a, depth: not t.names(a).isdisjoint(names))

    def settled(self, p: Poly, but: Collection[str] = ()) -> Poly:
        """p with every definition in its place, but some."""
        found = self.unfolded(p, frozenset(n for n in t.free(p) if self.defined(n) is not None and n not in but))
        return p if found == p else self.settled(found, but)

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
                p = value.entry(slots)
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

        def at(slots: list[Poly]) -> Poly:
            rest = iter(slots)
            return of(("entry", part.name, *(next(rest) if f is None else f for f in fixed), *rest))

        return shaped(lengths, at)

    def unknown(self, called: str, slots: list[Poly], values: list[Value]) -> Poly:
        """What an unknown function is worth for some arguments."""
        parts = list(slots)
        for v in values:
            over = [self.fresh() for _ in range(v.rank)]
            parts += [*(v.rows, v.columns)[: v.rank], t.closed(v.entry(list(map(name, over))), over)]
        return of(("call", f"{called};;{len(slots)};{','.join(str(v.rank) for v in values)}", *parts))

    # -- derivatives -------------------------------------------------------------------------------------------------
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
        def moves(names: frozenset[str]) -> bool:
            return any(n == x or (through and n in self.reached(x)) for x in names)

        if not moves(t.names(a)):
            return ZERO
        fixed = [x for k, x in enumerate(a[1:]) if isinstance(x, frozenset) and not t.binds(a, k)]
        if (a[0] in t.BINDS or a[:2] == ("entry", n)) and any(moves(t.free(x)) for x in fixed):
            raise Refused("a derivative in what a range or a subscript is made of")

        def within(body: Poly, count: int) -> tuple[Poly, list[str]]:
            over = [self.fresh() for _ in range(count)]
            return self.d(t.opened(body, list(map(name, over))), n, slots, through), over

        match a:
            case ("entry", str() as own, *there) if own == n and len(there) == len(slots):
                return mul(ONE, *(atom("delta", minus(x, y)) for x, y in zip(there, slots, strict=True)))
            case ("entry", str() as own, *_) if through and own != n and self.defined(own) is not None:
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
            case ("prod", low, high, body) if self.positive(t.opened(body, [name(self.fresh())])):
                inner, over = within(body, 1)
                each = mul(inner, power(t.opened(body, list(map(name, over))), -1))
                return mul(of(a), atom("sum", low, high, t.closed(each, over)))
            case ("inv", size, body, i, j):
                (inner, (r, c)) = within(body, 2)
                left, right = of(("inv", size, body, i, name(r))), of(("inv", size, body, name(c), j))
                return scale(self.summed(size, mul(left, inner, right), [r, c]), -1)
            case ("det", size, body):
                (inner, (r, c)) = within(body, 2)
                return mul(of(a), self.summed(size, mul(inner, of(("inv", size, body, name(c), name(r)))), [r, c]))
            case ("above", _):
                return ZERO
        raise Refused(f"the derivative of {a[0]}")

    def chain(self, spec: str, parts: list[Poly], n: str, slots: list[Poly], through: bool) -> Poly:
        """The chain rule: an unknown function's derivative in each entry of each argument, times that entry's."""
        called, orders, count, ranks = t.called(spec)
        cut = count + sum(ranks[k] for k in orders)
        if any(n in t.free(x) for x in parts[:cut]):
            raise Refused("a derivative in what a subscript is made of")
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

    # -- what is defined everywhere ----------------------------------------------------------------------------------
    def total(self, p: Poly, depth: int = 20) -> bool:
        """Whether p is surely defined everywhere, and so is what is defined by it."""
        return all(
            self._total(a, depth) and ((e > 0 and e.denominator == 1) or self.positive(of(a)))
            for m, _ in p
            for a, e in m
        )

    def _total(self, a: Atom, depth: int) -> bool:
        key = a, depth, self.places(a)
        if key not in self.totals:
            self.totals[key] = depth > 0 and self._so(a, depth - 1)
        return self.totals[key]

    def _so(self, a: Atom, depth: int) -> bool:
        if a[0] == "entry" and self.defined(a[1]) is not None and a[1] not in self.supposed:
            return self.total(self.unfolded(of(a), frozenset({a[1]})), depth)
        known = (
            a[0] in TOTAL
            or (a[0] in ("log", "raised") and self.positive(a[1]))
            or (a[0] == "factorial" and self.positive(add(a[1], ONE)))
            or (a[0] == "inv" and (a[1:3] in self.inverted or self.positive(of(("det", *a[1:3])))))
        )
        parts = [
            (x, [name(f"'{depth}.{k}") for k in range(t.binds(a, n))])
            for n, x in enumerate(a[1:])
            if isinstance(x, frozenset)
        ]
        return known and all(self.total(t.opened(x, over), depth) for x, over in parts)

    def summed(self, size: Poly, p: Poly, over: list[str]) -> Poly:
        """A sum over names from 1 to a length."""
        for n in over:
            p = atom("sum", ONE, size, t.closed(p, [n]))
        return p
