"""What a normal form is worth in numbers: for the tests alone, so that lowering and deriving can be compared."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import product

from flint import arb, arb_mat, ctx, fmpq

from derive.prove.algebra import Algebra
from derive.prove.atoms import Atom, Exponent, Ix, Poly
from derive.refute.arrays import Arr
from derive.refute.state import Point

BITS = 160
FUNCTIONS: dict[str, Callable[[arb], arb]] = {
    "abs": arb.__abs__,
    "tanh": arb.tanh,
    "sin": arb.sin,
    "cos": arb.cos,
    "logistic": lambda u: 1 / (1 + (-u).exp()),
}
"""The functions a normal form may hold, by name (logarithms apart)."""


class NoValue(Exception):
    """The normal form has no value here (a division by zero, the logarithm of nothing), or none that is known."""


class Evaluator:
    """Values of normal forms of one algebra at one point; ``at`` gives the free indices their values."""

    def __init__(self, algebra: Algebra, point: Point) -> None:
        self.algebra = algebra
        self.point = point

    def value(self, p: Poly, at: Mapping[str, int]) -> arb:
        """A polynomial as a ball."""
        old, ctx.prec = ctx.prec, BITS
        try:
            return self._poly(p, dict(at))
        finally:
            ctx.prec = old

    def _poly(self, p: Poly, at: dict[str, int]) -> arb:
        total = arb(0)
        for m, c in p.terms.items():
            term = arb(c)
            for atom, e in m.factors:
                term = term * self._power(self._atom(atom, at), e)
            total = total + term
        return total

    def _power(self, base: arb, e: Exponent) -> arb:
        if e == 1:
            return base
        if e < 0 and base.contains(0):
            raise NoValue("a division by zero")
        if isinstance(e, int):
            return base**e
        if base == 0:
            return arb(0)
        if not base > 0:
            raise NoValue("a root of something that is not positive")
        return (base.log() * arb(fmpq(e.numerator, e.denominator))).exp()

    def _slot(self, ix: Ix, at: dict[str, int]) -> int:
        if ix.atom is not None:
            whole = self._atom(ix.atom, at).unique_fmpz()
            if whole is None:
                raise NoValue("a subscript that is not a whole number")
            return int(whole) + ix.shift
        if not ix.base:
            return ix.shift
        if ix.base in at:
            return at[ix.base] + ix.shift
        return self.point.sizes[ix.base] + ix.shift

    def _entry(self, name: str, slots: tuple[int, ...]) -> arb:
        members = self.point.values[name]
        for cut in range(len(slots), -1, -1):
            value = members.get(slots[:cut])
            if value is None:
                continue
            if not isinstance(value, Arr):
                return arb(value)
            rest = [i - 1 for i in slots[cut:]]
            place = 0
            for i, length in zip(rest, value.dims, strict=True):
                if not 0 <= i < length:
                    raise NoValue(f"{name} at {slots} is outside its range")
                place = place * length + i
            return arb(value.data[place])
        raise NoValue(f"{name} at {slots} is outside its range")

    def _length(self, key: str) -> int:
        return self.algebra.lengths[key].value(self.point.sizes)

    def _atom(self, atom: Atom, at: dict[str, int]) -> arb:
        match atom.kind:
            case "ent":
                return self._entry(atom.head, tuple(self._slot(ix, at) for ix in atom.ix))
            case "size":
                return arb(self.point.sizes[atom.head] if atom.head in self.point.sizes else at[atom.head])
            case "ixv":
                return arb(self._slot(atom.ix[0], at))
            case "const":
                return arb.pi()
            case "prime":
                return arb(int(atom.head))
            case "delta":
                one, two = (self._slot(ix, at) for ix in atom.ix)
                return arb(int(one == two))
            case "ind":
                return self._indicator(atom.head, self._poly(atom.args[0], at))
            case "fn":
                return self._function(atom.head, self._poly(atom.args[0], at))
            case "exp":
                return self._poly(atom.args[0], at).exp()
            case "pp":
                return self._poly(atom.args[0], at)
            case "pow":
                return self._symbolic(self._poly(atom.args[0], at), self._poly(atom.args[1], at))
            case "sum" | "prod":
                return self._binder(atom, at)
            case "inv" | "det":
                return self._matrix(atom, at)
        raise NoValue(f"no number for {atom.kind}")

    def _indicator(self, relation: str, value: arb) -> arb:
        if relation == "=":
            if value == 0:
                return arb(1)
            if not value.contains(0):
                return arb(0)
        elif value > 0:
            return arb(1)
        elif value <= 0:
            return arb(0)
        raise NoValue("a comparison that cannot be decided")

    def _function(self, name: str, value: arb) -> arb:
        if name == "log":
            if not value > 0:
                raise NoValue("the logarithm of something that is not positive")
            return value.log()
        return FUNCTIONS[name](value)

    def _symbolic(self, base: arb, e: arb) -> arb:
        whole = e.unique_fmpz() if e.is_exact() else None
        if whole is not None:
            return self._power(base, int(whole)) if whole else arb(1)
        if base == 0 and e > 0:
            return arb(0)
        if not base > 0:
            raise NoValue("a power of something that is not positive")
        return (base.log() * e).exp()

    def _binder(self, atom: Atom, at: dict[str, int]) -> arb:
        spans = [range(1, self._length(key) + 1) for key in atom.ranges]
        total = arb(0 if atom.kind == "sum" else 1)
        for row in product(*spans):
            value = self._poly(atom.args[0], {**at, **dict(zip(atom.bound, row, strict=True))})
            total = total + value if atom.kind == "sum" else total * value
        return total

    def _matrix(self, atom: Atom, at: dict[str, int]) -> arb:
        n = self._length(atom.head)
        row, column = atom.bound
        cells = [
            [self._poly(atom.args[0], {**at, row: i, column: j}) for j in range(1, n + 1)] for i in range(1, n + 1)
        ]
        matrix = arb_mat(cells)
        if atom.kind == "det":
            return matrix.det()
        try:
            inverse = matrix.inv()
        except ZeroDivisionError as problem:
            raise NoValue("a singular matrix") from problem
        one, two = (self._slot(ix, at) for ix in atom.ix)
        return inverse[one - 1, two - 1]
