"""Polynomials of the replay as terms again, for the multipliers that a certificate names."""

from __future__ import annotations

from fractions import Fraction

from derive.language.context import Context
from derive.language.extents import Extent, Range
from derive.language.terms import Apply, Array, Big, Const, Entry, Index, Num, Op, Rel, Size, Sym, Term
from derive.replay.algebra import Algebra
from derive.replay.polynomials import Atom, Exponent, Poly, add, number, of


class NotShown(ValueError):
    """There is no term for it."""


class Raising:
    """Terms that are worth what polynomials are."""

    def __init__(self, algebra: Algebra, context: Context) -> None:
        self.a, self.context = algebra, context
        self.count = 0

    def poly(self, p: Poly) -> Term:
        """A sum of products."""
        parts: list[Term] = []
        for m, c in sorted(p.terms.items(), key=lambda pair: Poly({pair[0]: pair[1]}).key):
            factors = [self.power(atom, e) for atom, e in m]
            if c != 1 or not factors:
                factors.insert(0, Num(c))
            parts.append(factors[0] if len(factors) == 1 else Op("mul", tuple(factors)))
        if not parts:
            return Num(Fraction(0))
        return parts[0] if len(parts) == 1 else Op("add", tuple(parts))

    def power(self, atom: Atom, e: Exponent) -> Term:
        """An atom to a power."""
        if atom.kind == "exp":
            return Op("exp", (self.poly(Poly({m: e * c for m, c in atom.args[0].terms.items()})),))
        if atom.kind == "powr":
            times = self.poly(Poly({m: e * c for m, c in atom.args[1].terms.items()}))
            return Op("pow", (self.poly(atom.args[0]), times))
        base = self.atom(atom)
        return base if e == 1 else Op("pow", (base, Num(Fraction(e))))

    def atom(self, atom: Atom) -> Term:
        """One atom."""
        args = atom.args
        match atom.kind:
            case "var" if not args:
                return Index(atom.head)
            case "size":
                return Size(atom.head)
            case "const":
                return Const(atom.head)
            case "num":
                return Num(Fraction(atom.head))
            case "ent":
                return self.entry(atom)
            case "delta":
                return Op("delta", (self.poly(args[0]), Num(Fraction(0))))
            case "ind":
                return Op("indicator", (Rel(atom.head, self.poly(args[0]), Num(Fraction(0))),))
            case "fn":
                return Op(atom.head, tuple(map(self.poly, args)))
            case "pp":
                return self.poly(args[0])
            case "sum" | "prod":
                return self.binder(atom)
            case "det" | "inv":
                return self.matrix(atom)
            case "app":
                return self.call(atom)
        raise NotShown(f"an atom of kind {atom.kind}")

    def entry(self, atom: Atom) -> Term:
        """An entry of a quantity."""
        decl = self.context.symbols[atom.head]
        count = len(decl.family)
        own = [self.poly(p) for p in atom.args]
        member = Sym(decl.name, tuple(own[:count]))
        return Entry(member, tuple(own[count:])) if own[count:] else member

    def fresh(self) -> str:
        """A name that nothing has."""
        self.count += 1
        return f"v{self.count}"

    def binder(self, atom: Atom) -> Term:
        """A sum or product over its ranges."""
        binders, (body,) = self.a.open(atom)
        names = [self.fresh() for _ in binders]
        given = {b[0]: of(self.a.atom("var", n)) for b, n in zip(binders, names, strict=True)}
        done = self.poly(self.a.put(body, given))
        for (_, low, high), name in zip(binders, names, strict=True):
            done = Big(atom.kind, name, Range(self.extent(low), self.extent(high)), done)
        return done

    def extent(self, p: Poly) -> Extent:
        """A number as the end of a range."""
        total = Extent.of(0)
        for m, c in p.terms.items():
            part = Extent.of(int(c))
            for atom, e in m:
                for _ in range(int(e)):
                    part = part * atom.head
            total = total + part
        return total

    def matrix(self, atom: Atom) -> Term:
        """A determinant, or an entry of an inverse."""
        binders, (n, *slots, body) = self.a.open(atom)
        names = [self.fresh() for _ in binders]
        given = {b[0]: of(self.a.atom("var", x)) for b, x in zip(binders, names, strict=True)}
        pairs = tuple((x, Range.upto(self.extent(n))) for x in names)
        whole = Array(pairs, self.poly(self.a.put(body, given)))
        if atom.kind == "det":
            return Op("det", (whole,))
        return Entry(Op("inverse", (whole,)), tuple(self.poly(s) for s in slots))

    def call(self, atom: Atom) -> Term:
        """An unknown function of numbers or vectors, not differentiated."""
        name, done, count, ranks = atom.head.rsplit(";", 3)
        if done or name not in self.context.functions:
            raise NotShown("a derivative of an unknown function")
        binders, args = self.a.open(atom)
        slots, position, values = args[: int(count)], int(count), []
        for rank in (int(x) for x in ranks.split(",")) if ranks else ():
            lengths, body = args[position : position + rank], args[position + rank]
            position += rank + 1
            names = [self.fresh() for _ in range(rank)]
            given = {b[0]: of(self.a.atom("var", x)) for b, x in zip(binders, names, strict=False)}
            inner = self.poly(self.a.put(body, given))
            pairs = tuple((x, Range.upto(self.extent(n))) for x, n in zip(names, lengths, strict=True))
            values.append(Array(pairs, inner) if rank else inner)
        decl = self.context.functions[name]
        family = len(decl.family)
        called = Apply(name, tuple(values), tuple(self.poly(s) for s in slots[:family]))
        return Entry(called, tuple(self.poly(s) for s in slots[family:])) if slots[family:] else called


__all__ = ["NotShown", "Raising", "add", "number"]
