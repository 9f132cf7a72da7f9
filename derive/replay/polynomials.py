"""The data of the small normal form: atoms, and polynomials in them with rational coefficients and exponents."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import cached_property

Exponent = int | Fraction
Mono = tuple[tuple["Atom", Exponent], ...]
NONE: Mapping[str, str] = {}


class Atom:
    """What is not split further. ``kind`` says what ``head`` and ``args`` mean:

    var     a variable (with slots: an entry of a variable of integration)
    ent     an entry of a quantity: its slots
    size, const, num    a size; pi; a prime, for roots
    delta   1 where its argument is 0, else 0; ind: 1 where its argument is > 0 (or = 0)
    fn      a function of a number; exp: of one monomial without its coefficient
    powr    a base to a monomial; pp: a sum to a power that is no whole number above 0
    sum     the ends of each range, one monomial; prod: the ends, the body; int: the body
    inv     (and det) of the matrix with these entries: its rows, the slots, the entry
    app     an unknown function: its slots, and for each argument its lengths and its entry

    ``bound`` are the names it binds. Each says how high the atom is, and what is inside is less high, so nothing can
    be captured.
    """

    def __init__(self, kind: str, head: str, args: tuple[Poly, ...], bound: tuple[str, ...]) -> None:
        self.kind, self.head, self.args, self.bound = kind, head, args, bound
        own = frozenset((head,)) if kind == "var" else frozenset()
        self.free = own.union(*(p.free for p in args)) - frozenset(bound)
        self.names = frozenset((head,) if kind in ("ent", "fn") else ()).union(*(p.names for p in args))
        own_height = int(bound[0][1:].partition(".")[0]) if bound else 0
        self.height = max([own_height, *(p.height for p in args)])
        self.key = self.text(NONE)

    def text(self, names: Mapping[str, str]) -> str:
        """What tells it from other atoms, with variables called as ``names`` say."""
        if names and self.free.isdisjoint(names):
            return self.key
        head = names.get(self.head, self.head) if self.kind == "var" else self.head
        inside = ", ".join([p.text(names) for p in self.args])
        return f"{self.kind} {head!r}({inside})"


class Poly:
    """A sum of monomials."""

    def __init__(self, terms: Mapping[Mono, Fraction]) -> None:
        self.terms = {m: c for m, c in terms.items() if c}

    @cached_property
    def free(self) -> frozenset[str]:
        """Its variables."""
        return frozenset().union(*(a.free for m in self.terms for a, _ in m))

    @cached_property
    def names(self) -> frozenset[str]:
        """The quantities and functions in it."""
        return frozenset().union(*(a.names for m in self.terms for a, _ in m))

    @cached_property
    def height(self) -> int:
        """How deep binders are nested in it."""
        return max((a.height for m in self.terms for a, _ in m), default=0)

    @cached_property
    def key(self) -> str:
        """What tells it from others."""
        return self.text(NONE, True)

    def text(self, names: Mapping[str, str], make: bool = False) -> str:
        """The same with variables called as ``names`` say."""
        if not make and (not names or self.free.isdisjoint(names)):
            return self.key
        found = []
        for m, c in self.terms.items():
            factors = sorted(a.text(names) + (f"^{e}" if e != 1 else "") for a, e in m)
            found.append(" ".join([str(c), *factors] if c != 1 or not m else factors))
        return " + ".join(sorted(found)) or "0"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Poly) and self.terms == other.terms

    def __hash__(self) -> int:
        return hash(self.key)

    @property
    def constant(self) -> Fraction | None:
        """Its value, if it is a number."""
        return self.terms.get((), Fraction(0)) if not any(self.terms) else None

    @property
    def single(self) -> tuple[Mono, Fraction] | None:
        """Its monomial and coefficient, if it has one term."""
        return next(iter(self.terms.items())) if len(self.terms) == 1 else None


def number(value: int | Fraction) -> Poly:
    """A rational number."""
    return Poly({(): Fraction(value)})


ZERO, ONE = number(0), number(1)


def add(*polys: Poly) -> Poly:
    """Their sum."""
    total: dict[Mono, Fraction] = {}
    for p in polys:
        for m, c in p.terms.items():
            total[m] = total.get(m, Fraction(0)) + c
    return Poly(total)


def scale(p: Poly, c: int | Fraction) -> Poly:
    """A multiple."""
    return Poly({m: c * x for m, x in p.terms.items()})


def minus(p: Poly, q: Poly) -> Poly:
    """Their difference."""
    return add(p, scale(q, -1))


def of(atom: Atom, e: int | Fraction = 1) -> Poly:
    """One atom to a power."""
    return Poly({((atom, tidied(e)),): Fraction(1)})


def tidied(e: Exponent) -> Exponent:
    """An exponent as an int where it is one."""
    return e.numerator if e.denominator == 1 else e
