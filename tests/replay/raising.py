"""Polynomials of the replay as terms again, so that the refuter can say what they are worth."""

from __future__ import annotations

from fractions import Fraction

from derive.language.context import Context
from derive.language.extents import Extent, Range
from derive.language.terms import Apply, Array, Big, Const, Entry, Index, Integral, Num, Op, Rel, Size, Sym, Term
from derive.replay import terms as t
from derive.replay.terms import ONE, Atom, Exponent, Poly, name


class NotShown(ValueError):
    """There is no term for it."""


class Raising:
    """Terms that are worth what polynomials are."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.count = 0
        self.variables: dict[str, bool] = {}

    def poly(self, p: Poly) -> Term:
        """A sum of products."""
        parts: list[Term] = []
        for m, c in sorted(p, key=lambda f: t.text(t.made({f[0]: f[1]}))):
            factors = [self.power(a, e) for a, e in sorted(m, key=lambda f: t.text(t.of(f[0])))]
            if c != 1 or not factors:
                factors.insert(0, Num(Fraction(c)))
            parts.append(factors[0] if len(factors) == 1 else Op("mul", tuple(factors)))
        if not parts:
            return Num(Fraction(0))
        return parts[0] if len(parts) == 1 else Op("add", tuple(parts))

    def power(self, a: Atom, e: Exponent) -> Term:
        """An atom to a power."""
        base = self.poly(a[1]) if a[0] == "group" else self.atom(a)
        return base if e == 1 else Op("pow", (base, Num(Fraction(e))))

    def atom(self, a: Atom) -> Term:
        """One atom."""
        match a:
            case ("name", str() as n):
                return Size(n) if n in self.context.sizes else Index(n)
            case ("pi",):
                return Const("pi")
            case ("entry", str() as n, *slots):
                decl, own = self.context.symbols[n], [self.poly(x) for x in slots]
                member = Sym(n, tuple(own[: len(decl.family)]))
                return Entry(member, tuple(own[len(decl.family) :])) if decl.shape else member
            case ("at", v, *slots):
                (variable,) = t.free(v)
                return Entry(Sym(variable), tuple(map(self.poly, slots))) if slots else Sym(variable)
            case ("delta", x):
                return Op("delta", (self.poly(x), Num(Fraction(0))))
            case ("above", x):
                return Op("indicator", (Rel(">", self.poly(x), Num(Fraction(0))),))
            case ("raised", x, z):
                return Op("pow", (self.poly(x), self.poly(z)))
            case ("sum" | "prod" as kind, low, high, body):
                v = self.fresh()
                inner = self.poly(t.opened(body, [name(v)]))
                return Big(kind, v, Range(self.extent(low), self.extent(high)), inner)
            case ("int", rows, columns, body):
                v = self.fresh()
                shape = tuple(self.extent(x) for x in (rows, columns) if x != ONE)
                return Integral(v, self.poly(t.opened(body, [name(v)])), shape)
            case ("det", n, body):
                return Op("det", (self.array([n, n], body),))
            case ("inv", n, body, i, j):
                return Entry(Op("inverse", (self.array([n, n], body),)), (self.poly(i), self.poly(j)))
            case ("call", str() as spec, *parts):
                return self.call(spec, parts)
            case (str() as head, x):
                return Op(head, (self.poly(x),))
        raise NotShown(f"an atom {a[0]}")

    def fresh(self) -> str:
        """A name that nothing has."""
        self.count += 1
        return f"v{self.count}"

    def array(self, lengths: list[Poly], body: Poly) -> Term:
        """A vector or a matrix by its entries."""
        names = [self.fresh() for _ in lengths]
        inner = self.poly(t.opened(body, list(map(name, names))))
        pairs = tuple((x, Range.upto(self.extent(n))) for x, n in zip(names, lengths, strict=True))
        return Array(pairs, inner) if pairs else inner

    def extent(self, p: Poly) -> Extent:
        """A number as the end of a range."""
        total = Extent.of(0)
        for m, c in p:
            part = Extent.of(int(c))
            for a, e in m:
                for _ in range(int(e)):
                    part = part * a[1]
            total = total + part
        return total

    def call(self, spec: str, parts: list[Poly]) -> Term:
        """An unknown function of numbers or vectors, not differentiated."""
        called, orders, count, ranks = t.called(spec)
        if orders or called not in self.context.functions:
            raise NotShown("a derivative of an unknown function")
        slots, place, values = parts[:count], count, []
        for rank in ranks:
            values.append(self.array(parts[place : place + rank], parts[place + rank]))
            place += rank + 1
        family = len(self.context.functions[called].family)
        whole = Apply(called, tuple(values), tuple(map(self.poly, slots[:family])))
        return Entry(whole, tuple(map(self.poly, slots[family:]))) if slots[family:] else whole
