"""The data of the normal form: index references, atoms, monomials, polynomials. Interned: equal means identical.

A polynomial is a rational linear combination of monomials. A monomial is a commutative product of atoms with
exponents. A sum over an index is itself an atom, ``Σ_i body``, where body is one connected monomial: a product of two
sums needs no renaming, and a power of a sum (a denominator) is a power of an atom. Bound names are ``#h.i:range``:
``h`` is greater than every height inside the body, so an inner binder can never capture an outer one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from fractions import Fraction
from typing import ClassVar

from flint import fmpq

Exponent = int | Fraction
EMPTY: frozenset[str] = frozenset()
OF_A_MATRIX = frozenset({"inv", "det", "eigval", "eigvec", "mpow"})
"""Atoms whose first argument is a matrix, by its entries."""
INTEGRAL = "∫"
"""How the range of a variable of integration begins."""


def exponent(value: Exponent | fmpq) -> Exponent:
    """An exponent as an int where it is one."""
    if isinstance(value, int):
        return value
    if isinstance(value, fmpq):
        return int(value.p) if value.q == 1 else Fraction(int(value.p), int(value.q))
    return value.numerator if value.denominator == 1 else value


def _short(key: str) -> str:
    """A sort key that does not grow with depth."""
    return key if len(key) < 160 else key[:32] + "~" + hashlib.blake2b(key.encode(), digest_size=16).hexdigest()


class Ix:
    """What stands in a slot: a variable plus a whole number, a whole number, or a label-valued atom (an example's
    class)."""

    __slots__ = ("atom", "base", "free", "key", "shift")
    _known: ClassVar[dict[tuple[str, int, Atom | None], Ix]] = {}

    base: str
    shift: int
    atom: Atom | None
    key: str
    free: frozenset[str]

    def __new__(cls, base: str, shift: int = 0, atom: Atom | None = None) -> Ix:
        found = cls._known.get((base, shift, atom))
        if found is not None:
            return found
        self = object.__new__(cls)
        self.base, self.shift, self.atom = base, shift, atom
        name = f"<{atom.key}>" if atom is not None else base
        self.key = name if not shift and name else (f"{name}{shift:+d}" if name else f"={shift}")
        self.free = atom.free if atom is not None else (frozenset((base,)) if base else EMPTY)
        cls._known[base, shift, atom] = self
        return self

    @property
    def is_number(self) -> bool:
        """Whether it is a plain whole number."""
        return not self.base and self.atom is None

    def moved(self, by: int) -> Ix:
        """The reference ``by`` further on."""
        return Ix(self.base, self.shift + by, self.atom) if by else self

    def __repr__(self) -> str:
        return self.key


ONE_IX = Ix("", 1)


class Atom:
    """One factor that is not split further.

    Each kind, and what its ``head``, ``ix`` and ``args`` hold:
    ent     an entry of a tensor: its name, its slots
    size    a size: its name
    ixv     an index as a number: one slot
    const   pi or e: its name
    prime   a prime number, for roots
    delta   Kronecker's delta: two slots
    ind     an indicator: the relation with zero, the polynomial
    fn      a known function: its name, its arguments
    exp     an exponential: its monic exponent
    pow     a power with a symbolic exponent: base, monic exponent
    pp      a polynomial of several terms
    sum     a sum: its ranges, joined by ``;``, the body
    prod    a product: its range, the body
    inv     (and det) of the matrix whose entries are the argument, its row and column bound
    eigval  an eigenvalue (slot: which one, least first) of the symmetric matrix whose entries are the argument, its row
            and column bound; and eigvec: an entry of its unit eigenvector (slots: entry, which one)
    mpow    an entry of a matrix (as for inv) to the power of the second argument
    app     an unknown function: ``name;arguments it is differentiated in;ranges of each argument``, its slots, its
            arguments (a vector by its generic entry, bound)
    var     an integration variable: the variable, then its slots

    ``bound`` holds the names it binds in its arguments; ``shifted`` says whether a slot in it holds a variable plus a
    number.
    """

    __slots__ = ("_heads", "_poly", "args", "bound", "free", "head", "height", "ix", "key", "kind", "shifted")
    _known: ClassVar[dict[tuple[object, ...], Atom]] = {}

    kind: str
    head: str
    ix: tuple[Ix, ...]
    args: tuple[Poly, ...]
    key: str
    free: frozenset[str]
    height: int
    bound: tuple[str, ...]
    shifted: bool
    _heads: frozenset[str] | None
    _poly: Poly | None

    def __new__(cls, kind: str, head: str = "", ix: tuple[Ix, ...] = (), args: tuple[Poly, ...] = ()) -> Atom:
        signature = (kind, head, ix, args)
        found = cls._known.get(signature)
        if found is not None:
            return found
        self = object.__new__(cls)
        self.kind, self.head, self.ix, self.args = kind, head, ix, args
        free: frozenset[str] = EMPTY
        height = 0
        shifted = False
        for slot in ix:
            free |= slot.free
            shifted = shifted or (slot.shift != 0 and slot.base != "")
            if slot.atom is not None:
                height = max(height, slot.atom.height)
        for arg in args:
            free |= arg.free
            shifted = shifted or any(a.shifted for m in arg.terms for a, _ in m.factors)
            height = max(height, arg.height)
        if kind == "mpow":
            shifted = shifted or UNIT in args[1].terms
        bound = bound_of(kind, head, height)
        if bound:
            free -= frozenset(bound)
            height += 1
        self.free, self.height, self.bound, self.shifted = free, height, bound, shifted
        self._heads = None
        self._poly = None
        inside = ",".join(slot.key for slot in ix)
        below = "|".join(arg.key for arg in args)
        self.key = _short(f"{kind}:{head}[{inside}]({below})")
        cls._known[signature] = self
        return self

    @property
    def heads(self) -> frozenset[str]:
        """The names of the quantities in it at any depth, and of the functions, as ``tanh()``."""
        if self._heads is None:
            own = self.head if self.kind == "ent" else f"{self.head}()" if self.kind == "fn" else None
            found = EMPTY if own is None else frozenset((own,))
            for slot in self.ix:
                if slot.atom is not None:
                    found |= slot.atom.heads
            for arg in self.args:
                for m in arg.terms:
                    found |= m.heads
            self._heads = found
        return self._heads

    @property
    def ranges(self) -> tuple[str, ...]:
        """For a sum or product: the range of each bound name."""
        return tuple(self.head.split(";"))

    def __repr__(self) -> str:
        return self.key


def bound_of(kind: str, head: str, inner_height: int) -> tuple[str, ...]:
    """The canonical bound names of a binding atom whose arguments have ``inner_height``."""
    height = inner_height + 1
    if kind == "sum":
        return tuple([bound_name(height, i, key) for i, key in enumerate(head.split(";"))])
    if kind == "prod":
        return (bound_name(height, 0, head),)
    if kind in OF_A_MATRIX:
        return (bound_name(height, 0, head), bound_name(height, 1, head))
    if kind == "app":
        ranks = [len(arg.split(",")) for arg in head.split(";", 2)[2].split("/") if arg]
        return tuple(bound_name(height, i) for i in range(max(ranks, default=0)))
    return ()


def bound_name(height: int, number: int, range_key: str = "") -> str:
    """The canonical name of a bound variable; it says what the variable ranges over, so that it means one thing."""
    return f"#{height}.{number}:{range_key}"


class Mono:
    """A product of atoms with non-zero exponents, in one order."""

    __slots__ = ("_heads", "_key", "factors", "free", "height")
    _known: ClassVar[dict[tuple[tuple[Atom, Exponent], ...], Mono]] = {}

    _key: str | None
    _heads: frozenset[str] | None
    factors: tuple[tuple[Atom, Exponent], ...]
    free: frozenset[str]
    height: int

    def __new__(cls, factors: tuple[tuple[Atom, Exponent], ...]) -> Mono:
        """From factors already in order of their atoms' keys."""
        found = cls._known.get(factors)
        if found is not None:
            return found
        self = object.__new__(cls)
        self.factors = factors
        self._key = None
        self._heads = None
        free, height = EMPTY, 0
        for atom, _ in factors:
            if atom.free:
                free = free | atom.free if free else atom.free
            if atom.height > height:
                height = atom.height
        self.free, self.height = free, height
        cls._known[factors] = self
        return self

    @property
    def key(self) -> str:
        """A text that tells monomials apart and puts them in order."""
        if self._key is None:
            self._key = _short("*".join(atom.key if e == 1 else f"{atom.key}^{e}" for atom, e in self.factors))
        return self._key

    @property
    def heads(self) -> frozenset[str]:
        """The names of the quantities and functions in it, as in ``Atom.heads``."""
        if self._heads is None:
            found = EMPTY
            for atom, _ in self.factors:
                found = found | atom.heads if found else atom.heads
            self._heads = found
        return self._heads

    def __repr__(self) -> str:
        return self.key or "1"


UNIT = Mono(())


def mono(factors: dict[Atom, Exponent] | dict[Atom, int] | Iterable[tuple[Atom, Exponent]]) -> Mono:
    """A monomial from factors in any order, each atom once."""
    items: Iterable[tuple[Atom, Exponent]] = factors.items() if isinstance(factors, dict) else factors
    kept = [pair for pair in items if pair[1]]
    if len(kept) == 2:
        if kept[1][0].key < kept[0][0].key:
            kept.reverse()
    elif len(kept) > 2:
        kept.sort(key=_atom_key)
    return Mono(tuple(kept))


def _atom_key(pair: tuple[Atom, Exponent]) -> str:
    return pair[0].key


class Poly:
    """A rational linear combination of monomials. Equal when the terms are; not interned: making one is cheap."""

    __slots__ = ("_free", "_hash", "_height", "_key", "terms")

    def __init__(self, terms: dict[Mono, fmpq]) -> None:
        """From terms without zero coefficients."""
        self.terms = terms
        self._hash: int | None = None
        self._key: str | None = None
        self._free: frozenset[str] | None = None
        self._height: int | None = None

    def __eq__(self, other: object) -> bool:
        return self is other or (isinstance(other, Poly) and self.terms == other.terms)

    def __hash__(self) -> int:
        if self._hash is None:
            self._hash = hash(frozenset(self.terms))
        return self._hash

    @property
    def key(self) -> str:
        """A text that tells polynomials apart and puts them in order."""
        if self._key is None:
            parts = sorted((m.key, str(c)) for m, c in self.terms.items())
            self._key = _short("+".join(f"{c}*{k}" for k, c in parts))
        return self._key

    @property
    def free(self) -> frozenset[str]:
        """The index and integration variables free in it."""
        if self._free is None:
            self._free = EMPTY.union(*[m.free for m in self.terms]) if self.terms else EMPTY
        return self._free

    @property
    def height(self) -> int:
        """How deep its binders nest."""
        if self._height is None:
            self._height = max((m.height for m in self.terms), default=0)
        return self._height

    @property
    def is_zero(self) -> bool:
        """Whether it has no terms."""
        return not self.terms

    @property
    def constant(self) -> fmpq | None:
        """Its value if it is a plain number."""
        if not self.terms:
            return fmpq(0)
        if len(self.terms) == 1 and UNIT in self.terms:
            return self.terms[UNIT]
        return None

    @property
    def single(self) -> tuple[Mono, fmpq] | None:
        """Its only term, if it has just one."""
        if len(self.terms) == 1:
            return next(iter(self.terms.items()))
        return None

    def sorted(self) -> list[tuple[Mono, fmpq]]:
        """Its terms in a fixed order."""
        return sorted(self.terms.items(), key=lambda item: item[0].key)

    def atoms(self) -> list[Atom]:
        """The atoms at its surface, in a fixed order."""
        seen: dict[Atom, None] = {}
        for m in self.terms:
            for atom, _ in m.factors:
                seen[atom] = None
        return sorted(seen, key=lambda a: a.key)

    def __repr__(self) -> str:
        return " + ".join(f"{c}*{m!r}" for m, c in self.sorted()) or "0"


Factors = dict[Atom, Exponent]
Binder = tuple[str, str]
"""A bound name and its range."""

ZERO = Poly({})
ONE = Poly({UNIT: fmpq(1)})


def number(value: int | Fraction | fmpq) -> Poly:
    """A constant polynomial."""
    q = fmpq(value.numerator, value.denominator) if isinstance(value, Fraction) else fmpq(value)
    return Poly({UNIT: q}) if q else ZERO


def of_atom(atom: Atom, e: Exponent = 1) -> Poly:
    """The polynomial that is one atom to a power."""
    if e != 1:
        return Poly({Mono(((atom, e),)): fmpq(1)})
    if atom._poly is None:
        atom._poly = Poly({Mono(((atom, 1),)): fmpq(1)})
    return atom._poly


def add(*polys: Poly) -> Poly:
    """The sum of polynomials."""
    total: dict[Mono, fmpq] = {}
    for p in polys:
        for m, c in p.terms.items():
            old = total.get(m)
            if old is None:
                total[m] = c
            else:
                new = old + c
                if new:
                    total[m] = new
                else:
                    del total[m]
    return Poly(total)


def scale(p: Poly, factor: int | fmpq) -> Poly:
    """A polynomial times a number."""
    q = fmpq(factor)
    if not q:
        return ZERO
    return p if q == 1 else Poly({m: c * q for m, c in p.terms.items()})


def subtract(p: Poly, q: Poly) -> Poly:
    """p - q."""
    return add(p, scale(q, -1))


def accumulate(total: dict[Mono, fmpq], m: Mono, c: fmpq) -> None:
    """Add a term."""
    old = total.get(m)
    if old is None:
        total[m] = c
        return
    new = old + c
    if new:
        total[m] = new
    else:
        del total[m]


def number_of(c: fmpq) -> Poly:
    """A constant polynomial from a flint rational."""
    return Poly({UNIT: c}) if c else ZERO


def top_and_bottom(e: Exponent) -> tuple[int, int]:
    """The two parts of an exponent."""
    return (e, 1) if isinstance(e, int) else (e.numerator, e.denominator)


def heads(p: Poly) -> set[str]:
    """The names of all quantities in a normal form, at any depth."""
    found: set[str] = set()
    seen: set[Atom] = set()
    stack = [p]
    while stack:
        for m in stack.pop().terms:
            for atom, _ in m.factors:
                if atom in seen:
                    continue
                seen.add(atom)
                if atom.kind == "ent":
                    found.add(atom.head)
                stack.extend(atom.args)
    return found


def forget() -> None:
    """Empty the tables of interned values (for a process that judges without end)."""
    for table in (Ix._known, Atom._known, Mono._known):
        table.clear()
    Mono._known[UNIT.factors] = UNIT
    Ix._known["", 1, None] = ONE_IX
