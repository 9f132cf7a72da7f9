"""From normal forms back to terms, for showing what the machine found: multipliers, solutions."""

from __future__ import annotations

from fractions import Fraction
from itertools import chain

from flint import fmpq

from derive.language.extents import Range
from derive.language.terms import Apply, Big, Const, Entry, Index, Num, Op, Rel, Size, Sym, Term
from derive.prove.algebra import Algebra
from derive.prove.atoms import Atom, Exponent, Ix, Poly, exponent
from derive.prove.signs import declared_matrix

LETTERS = "ijklmnpqrst"


class NotShown(ValueError):
    """A normal form that has no term of its own (an entry of the inverse of a matrix that has no name)."""


def raised(algebra: Algebra, p: Poly) -> Term:
    """A term that is worth the same; ``NotShown`` where there is none."""
    return _Raising(algebra, sorted(p.free)).poly(p)


class _Raising:
    """One normal form on its way back, with the names its indices were given."""

    def __init__(self, algebra: Algebra, free: list[str]) -> None:
        self.algebra = algebra
        self.names: dict[str, str] = {name: name for name in free if name in algebra.context.indices}
        for name in free:
            if name not in self.names:
                self.names[name] = self.fresh(algebra.range_of.get(name, ""))

    def fresh(self, range_key: str) -> str:
        """A letter for an index: one the author uses for this range, if it is free."""
        declared = self.algebra.context.indices
        used = set(self.names.values())
        own = (name for name, r in declared.items() if str(r.high) == range_key and r.low.constant == 1)
        for name in chain(own, (letter for letter in LETTERS if letter not in declared)):
            if name not in used:
                return name
        raise NotShown("more indices than letters")

    def ix(self, ix: Ix) -> Term:
        """A reference as a subscript."""
        if ix.atom is not None:
            base = self.atom(ix.atom)
        elif not ix.base:
            return Num(Fraction(ix.shift))
        elif ix.base in self.names:
            base = Index(self.names[ix.base])
        else:
            base = Size(ix.base)
        if not ix.shift:
            return base
        step = Num(Fraction(abs(ix.shift)))
        return Op("add", (base, step if ix.shift > 0 else Op("neg", (step,))))

    def poly(self, p: Poly) -> Term:
        """A sum of terms."""
        if p.is_zero:
            return Num(Fraction(0))
        parts: list[Term] = []
        for m, c in p.sorted():
            size = self.product(dict(m.factors), abs(c))
            parts.append(Op("neg", (size,)) if c < 0 else size)
        parts.sort(key=lambda part: isinstance(part, Op) and part.name == "neg")
        return parts[0] if len(parts) == 1 else Op("add", tuple(parts))

    def product(self, factors: dict[Atom, Exponent], c: fmpq) -> Term:
        """A product as one fraction."""
        above: list[Term] = []
        below: list[Term] = []
        growth: list[Term] = []
        for atom, e in sorted(factors.items(), key=lambda pair: (pair[0].kind == "sum", pair[0].key)):
            if atom.kind == "exp":
                growth.append(self.poly(Poly({m: k * _rational(e) for m, k in atom.args[0].terms.items()})))
            elif e > 0:
                above.append(self.power(atom, e))
            else:
                below.append(self.power(atom, exponent(-e)))
        if growth:
            above.append(Op("exp", (growth[0] if len(growth) == 1 else Op("add", tuple(growth)),)))
        if c.p != 1 or not above:
            above.insert(0, Num(Fraction(int(c.p))))
        if c.q != 1:
            below.insert(0, Num(Fraction(int(c.q))))
        top = above[0] if len(above) == 1 else Op("mul", tuple(above))
        if not below:
            return top
        return Op("div", (top, below[0] if len(below) == 1 else Op("mul", tuple(below))))

    def power(self, atom: Atom, e: Exponent) -> Term:
        """An atom to a positive power."""
        if atom.kind == "pow":
            times = self.poly(Poly({m: k * _rational(e) for m, k in atom.args[1].terms.items()}))
            return Op("pow", (self.poly(atom.args[0]), times))
        base = self.atom(atom)
        if e == 1:
            return base
        return Op("sqrt", (base,)) if e == Fraction(1, 2) else Op("pow", (base, Num(Fraction(e))))

    def atom(self, atom: Atom) -> Term:
        """One atom."""
        match atom.kind:
            case "ent":
                return self.entry(Sym(atom.head), atom.head, atom.ix)
            case "size":
                return Size(atom.head)
            case "ixv":
                return self.ix(atom.ix[0])
            case "const":
                return Const(atom.head)
            case "prime":
                return Num(Fraction(int(atom.head)))
            case "delta":
                return Op("delta", tuple(map(self.ix, atom.ix)))
            case "ind":
                return Op("indicator", (Rel(atom.head, self.poly(atom.args[0]), Num(Fraction(0))),))
            case "fn":
                return Op(atom.head, tuple(map(self.poly, atom.args)))
            case "pp":
                return self.poly(atom.args[0])
            case "sum" | "prod":
                return self.binder(atom)
            case "det" | "inv":
                return self.matrix(atom)
            case "app" if atom.head.startswith("!"):
                return Op(atom.head[1:].split(";")[0], tuple(map(self.poly, atom.args)))
            case "app" if not atom.bound and not atom.head.split(";")[1]:
                return Apply(atom.head.split(";")[0], tuple(map(self.poly, atom.args)), tuple(map(self.ix, atom.ix)))
        raise NotShown(f"an atom of kind {atom.kind}")

    def entry(self, base: Term, name: str, ix: tuple[Ix, ...]) -> Term:
        """An entry of a declared quantity."""
        decl = self.algebra.declared(name)
        if decl is None:
            raise NotShown(f"{name} is not declared")
        count = len(decl.family)
        member = Sym(name, tuple(map(self.ix, ix[:count])))
        return Entry(member, tuple(map(self.ix, ix[count:]))) if ix[count:] else member

    def binder(self, atom: Atom) -> Term:
        """A sum or product over its ranges."""
        lengths = self.algebra.lengths
        if any(r not in lengths for r in atom.ranges):
            raise NotShown("an integral")
        given: list[tuple[str, str]] = []
        for bound, range_key in zip(atom.bound, atom.ranges, strict=True):
            self.names[bound] = self.fresh(range_key)
            given.append((bound, range_key))
        body = self.poly(atom.args[0])
        for bound, range_key in reversed(given):
            body = Big(atom.kind, self.names.pop(bound), Range.upto(lengths[range_key]), body)
        return body

    def matrix(self, atom: Atom) -> Term:
        """A determinant, or an entry of an inverse, of a matrix that has a name."""
        decl = declared_matrix(self.algebra, atom)
        if decl is None:
            raise NotShown("a matrix without a name")
        inner = atom.args[0].sorted()[0][0].factors[0][0]
        member = Sym(decl.name, tuple(map(self.ix, inner.ix[:-2])))
        if atom.kind == "det":
            return Op("det", (member,))
        return Entry(Op("inverse", (member,)), tuple(map(self.ix, atom.ix)))


def _rational(e: Exponent) -> fmpq:
    return fmpq(e.numerator, e.denominator)
