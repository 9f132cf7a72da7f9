"""The index engine: arithmetic on normal forms in one context, with sums over symbolic ranges.

Every constructor returns a polynomial in normal form. Nothing here guesses: a rule that does not apply leaves the atom
alone.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from flint import fmpq

from derive.language.context import Context, SymbolDecl
from derive.language.effort import METER
from derive.language.extents import Extent, Range
from derive.language.terms import Term
from derive.prove import (
    binding,
    collecting,
    facts,
    functions,
    inverses,
    powers,
    products,
    references,
    renaming,
    restricted,
    signs,
    spectra,
    sums,
    two_valued,
)
from derive.prove.atoms import (
    INTEGRAL,
    ONE,
    ZERO,
    Atom,
    Binder,
    Exponent,
    Factors,
    Ix,
    Mono,
    Poly,
    accumulate,
    add,
    exponent,
    mono,
    number,
    number_of,
    of_atom,
    scale,
)
from derive.prove.exchanged import exchanged_by_facts
from derive.prove.limits import MAX_TERMS, OutOfTime, TooHard, number_power

STEPS = 4
"""As how much work one product of monomials counts."""

Found = TypeVar("Found")


class Names:
    """The variables of a family of algebras and what they range over, shared so that a fresh name is new to all of
    them."""

    def __init__(self) -> None:
        self.range_of: dict[str, str] = {}
        self.lengths: dict[str, Extent] = {}
        self.counter = 0
        self.powers = False
        """Whether some matrix has been taken to a symbolic power."""


class Algebra:
    """Normal forms in a context.

    ``freed_names`` are quantities that are differentiated in: their entries are free, so nothing that ties them
    together is used (symmetry, a simplex or one-hot vector's sum, facts about them). ``split_binary`` turns b-th powers
    and functions of a binary b into f(0) + b (f(1) - f(0)).
    """

    def __init__(
        self,
        context: Context,
        *,
        freed_names: frozenset[str] = frozenset(),
        split_binary: bool = False,
        deadline: float | None = None,
        names: Names | None = None,
    ) -> None:
        self.context = context
        self.writes_entries = False
        self.names = Names() if names is None else names
        self.range_of, self.lengths = self.names.range_of, self.names.lengths
        self.freed_names = freed_names
        self.split_binary = split_binary
        self.deadline = deadline
        for name, r in context.indices.items():
            if _from_one(r):
                self.range_of[name] = self.range_key(r)
        self.exchanged = exchanged_by_facts(context)
        self.positive: set[Poly] = set()
        self.positive_for_all: tuple[tuple[Poly, frozenset[str]], ...] = ()  # with the indices that run
        self.nonzero: set[Poly] = set()
        self.positive_names: set[str] = set()
        self.simple_spectra: set[Poly] = set()
        self.distinct: set[frozenset[str]] = set()
        self.sum_rules: tuple[facts.SumRule, ...] = ()
        self._restrictions: tuple[frozenset[str], ...] | None = None
        self.entry_rules: dict[str, object] = {}
        self._renamed: dict[tuple[Mono, tuple[tuple[str, Ix], ...]], Poly] = {}
        self.definition: Callable[[str], Poly | None] | None = None
        self._plain: dict[str, bool] = {}
        self._known_signs: dict[str, tuple[str | None, str | None]] = {}
        self.half_known = 0
        """How many definitions it is just working out the signs of."""
        self._symmetric: dict[Poly, bool] = {}
        self._freed: dict[str, Algebra] = {}
        self._kept: dict[object, Any] = {}
        self._work = 0
        facts.install(self)

    # -- limits ----------------------------------------------------------------------------------------------------
    def tick(self, terms: int = 1) -> None:
        """Stop when the deadline has passed, the work allowed is done, or a result has grown past all use."""
        if terms > MAX_TERMS:
            raise TooHard(f"the normal form has more than {MAX_TERMS} terms")
        METER.done += STEPS
        if METER.done > METER.end:
            raise OutOfTime("the work allowed was done in the normal form")
        self._work += 1
        if self._work % 16 == 0 and self.deadline is not None and time.monotonic() > self.deadline:
            raise OutOfTime("the time limit was reached in the normal form")

    def once(self, key: object, make: Callable[[], Found]) -> Found:
        """What ``make`` computes from this algebra and nothing else but the key, computed once."""
        if key not in self._kept:
            self._kept[key] = make()
        return self._kept[key]  # type: ignore[no-any-return]

    def until(self, deadline: float | None) -> None:
        """Set the time by which work must end."""
        self.deadline = deadline
        for other in self._freed.values():
            other.until(deadline)

    # -- names and ranges ------------------------------------------------------------------------------------------
    def range_key(self, r: Range) -> str:
        """The name under which ``1..high`` is known; other starts are handled by ``sum_range``."""
        key = str(r.high)
        self.lengths[key] = r.high
        return key

    def fresh(self, range_key: str) -> str:
        """A new variable over a range."""
        self.names.counter += 1
        name = f"?{self.names.counter}"
        self.range_of[name] = range_key
        return name

    def extent(self, e: Extent) -> Poly:
        """An extent as a number."""
        total = ZERO
        for names, factor in e.terms:
            part = number(factor)
            for name in names:
                part = self.mul(part, self.size_or_index(name))
            total = add(total, part)
        return total

    def size_or_index(self, name: str) -> Poly:
        """A size, or an index variable, as a number."""
        if name in self.range_of or name in self.context.indices or name.startswith(("?", "#")):
            return self.index_value(Ix(name))
        return of_atom(Atom("size", name))

    def length(self, range_key: str) -> Poly:
        """How long a range is."""
        return self.extent(self.lengths[range_key])

    def least(self, name: str) -> int:
        """The least value a size may take."""
        return self.context.sizes.get(name, 1)

    def least_extent(self, e: Extent) -> int | None:
        """A lower bound of an extent with non-negative factors, or ``None``."""
        total = 0
        for names, factor in e.terms:
            if not names:
                total += factor
                continue
            if factor < 0 or any(name not in self.context.sizes for name in names):
                return None
            bound = factor
            for name in names:
                bound *= self.least(name)
            total += bound
        return total

    def inside(self, ix: Ix, range_key: str) -> bool:
        """Whether an index reference surely lies in ``1..range``."""
        return references.inside(self, ix, range_key)

    def fits(self, name: str, ix: Ix) -> bool:
        """Whether what holds for every value of the index ``name`` holds for this reference."""
        return references.fits(self, name, ix)

    def signs_of_definition(self, name: str) -> tuple[str | None, str | None]:
        """The sign of a defined quantity, and whether it lies between 0 and 1, from its definition."""
        if self.definition is None or name in self.freed_names:
            return None, None
        known = self._known_signs.get(name)
        if known is None:
            self._known_signs[name] = None, None  # for a definition that leads back to itself
            self.half_known += 1
            try:
                p = self.definition(name)
                known = (None, None) if p is None else (signs.sign(self, p), signs.poly_in_unit(self, p))
            except OutOfTime:
                del self._known_signs[name]
                raise
            finally:
                self.half_known -= 1
            self._known_signs[name] = known
        return known

    @property
    def assumed_so_far(self) -> tuple[int, ...]:
        """How much is assumed of signs; nothing that is assumed is ever taken back."""
        return (
            len(self.positive),
            len(self.nonzero),
            len(self.positive_names),
            len(self.positive_for_all),
            len(self.simple_spectra),
            len(self.sum_rules),
        )

    def note_positive(self, p: Poly) -> None:
        """p is positive for all values of its variables, wherever it is defined; for the claim's own indices only as
        they are, of which more may be assumed."""
        for each in sorted(signs.with_positive(self, p), key=lambda q: q.key):
            names = frozenset(each.free) & self.range_of.keys() - self.context.indices.keys()
            if not names:
                self.positive.add(each)
            elif signs.sign(self, each) != "+":
                self.positive_for_all = (*self.positive_for_all, (each, names))

    def least_index(self, name: str) -> int | None:
        """The least value of an index, if it is known."""
        return references.least_index(self, name)

    def declared(self, name: str) -> SymbolDecl | None:
        """The declaration of a quantity, if there is one."""
        return self.context.symbols.get(name)

    def fixed(self, relation: Term) -> frozenset[str]:
        """The indices of an assumed relation that do not stand for every value of their range."""
        if self._restrictions is None:
            self._restrictions = restricted.restrictions(self.context)
        return restricted.fixed_names(self.context, self._restrictions, relation)

    # -- arithmetic ------------------------------------------------------------------------------------------------
    def mul(self, *polys: Poly) -> Poly:
        """The product of polynomials."""
        total = ONE
        for p in polys:
            total = self._mul2(total, p)
        return total

    def _mul2(self, p: Poly, q: Poly) -> Poly:
        if p is ONE:
            return q
        if q is ONE:
            return p
        if not p.terms or not q.terms:
            return ZERO
        constant = p.constant
        if constant is not None:
            return scale(q, constant)
        constant = q.constant
        if constant is not None:
            return scale(p, constant)
        total: dict[Mono, fmpq] = {}
        hard: list[Poly] = []
        for left, a in p.terms.items():
            for right, b in q.terms.items():
                self.tick(len(total))
                factors: Factors = dict(left.factors)
                for atom, e in right.factors:
                    factors[atom] = exponent(factors[atom] + e) if atom in factors else e
                if self.has_rules(factors):
                    hard.append(self.collect(a * b, factors))
                else:
                    accumulate(total, mono(factors), a * b)
        easy = Poly(total)
        return add(easy, *hard) if hard else easy

    def has_rules(self, factors: Factors) -> bool:
        """Whether some factor has a rule of its own."""
        return collecting.has_rules(self, factors)

    def collect(self, coefficient: fmpq, factors: Factors) -> Poly:
        """A product of atoms, with the rules that atoms have among each other."""
        return collecting.collect(self, coefficient, factors)

    def power(self, p: Poly, e: Exponent) -> Poly:
        """p to a rational power."""
        return powers.power(self, p, e)

    def content(self, p: Poly, *, whole: bool = True) -> tuple[Poly, Poly]:
        """Split off what all terms share: a number and the least power of each atom (so no negative powers stay
        inside)."""
        return powers.content(self, p, whole=whole)

    # -- atoms -----------------------------------------------------------------------------------------------------
    def entry(self, name: str, ix: tuple[Ix, ...]) -> Poly:
        """An entry of a declared quantity."""
        return references.entry(self, name, ix)

    def has_plain_entries(self, name: str) -> bool:
        """Whether an entry of a quantity is itself in any slots: it is no symmetric (so no diagonal) matrix."""
        known = self._plain.get(name)
        if known is None:
            decl = self.declared(name)
            matrix = decl is not None and (len(decl.shape) == 2 or name in self.exchanged)
            known = self._plain[name] = not matrix or not self.is_symmetric(name)
        return known

    def is_symmetric(self, name: str) -> bool:
        """Whether the last two slots of a quantity may change places."""
        decl = self.declared(name)
        known = decl is not None and bool(decl.properties & {"symmetric", "posdef", "psd", "diagonal"})
        known = known or name in self.exchanged
        return known and name not in self.freed_names

    def is_tied(self, name: str) -> bool:
        """Whether something ties the entries of a quantity together."""
        decl = self.declared(name)
        if decl is not None and name not in self.freed_names and (decl.properties & facts.TIES or decl.values):
            return True
        return any(facts.mentions(rule, name) for rule in self.sum_rules)

    def is_binary(self, atom: Atom) -> bool:
        """Whether an atom is declared 0 or 1."""
        if atom.kind != "ent" or atom.head in self.freed_names:
            return False
        decl = self.declared(atom.head)
        return decl is not None and bool(decl.properties & {"binary", "onehot"})

    def delta(self, a: Ix, b: Ix) -> Poly:
        """1 where two references agree, else 0."""
        return references.delta(self, a, b)

    def outside(self, ix: Ix, value: int) -> bool:
        """Whether a reference can never be the number ``value``."""
        return references.outside(self, ix, value)

    def index_value(self, ix: Ix) -> Poly:
        """An index as a number."""
        return references.index_value(self, ix)

    def indicator(self, relation: str, p: Poly) -> Poly:
        """1 where ``p relation 0`` (``>`` or ``=``), else 0."""
        return references.indicator(self, relation, p)

    def absolute(self, p: Poly) -> Poly:
        """The absolute value."""
        return functions.absolute(self, p)

    def fn(self, name: str, *args: Poly) -> Poly:
        """A function of the table, with what it is worth at zero and its parity."""
        return functions.fn(self, name, *args)

    def reduced(self, p: Poly) -> Poly:
        """p with a denominator cancelled where it divides what stands above it: (K - 1) x / (K - 1) is x."""
        return functions.reduced(self, p)

    def exp(self, p: Poly) -> Poly:
        """e^p, one factor for each term of p."""
        return functions.exp(self, p)

    def log(self, p: Poly) -> Poly:
        """The natural logarithm, split over a product of positive things, or of things that are not negative: where it
        has a value, none of them is zero."""
        return functions.log(self, p)

    def power_poly(self, base: Poly, e: Poly) -> Poly:
        """base ^ e with a symbolic exponent: one factor for each term of e, and for each factor of the base."""
        return powers.power_poly(self, base, e)

    def _split(self, p: Poly, f: Callable[[Poly], Poly]) -> Poly | None:
        """f(p) by the two values of a quantity in p, if asked to and if there is one."""
        if not self.split_binary:
            return None
        return two_valued.split(self, p, f)

    def substitute_atom(self, p: Poly, atom: Atom, value: Poly) -> Poly:
        """p with an atom at its surface replaced."""
        total = ZERO
        for m, c in p.terms.items():
            e = dict(m.factors).get(atom)
            if e is None:
                total = add(total, Poly({m: c}))
            elif value.terms:
                rest = mono({a: x for a, x in m.factors if a is not atom})
                total = add(total, self.mul(Poly({rest: c}), self.power(value, e)))
        return total

    # -- binders ---------------------------------------------------------------------------------------------------
    def open(self, atom: Atom) -> tuple[Poly, list[Binder]]:
        """The body of a binding atom, with its bound names replaced by fresh variables."""
        return binding.opened(self, atom)

    def sum_range(self, p: Poly, var: str, r: Range) -> Poly:
        """Σ of p over ``var`` in a symbolic range that starts at 1 or above."""
        return sums.sum_range(self, p, var, r)

    def sum_over(self, p: Poly, var: str, range_key: str) -> Poly:
        """Σ of p over a variable in ``1..range`` (or an integral over a variable)."""
        total = [self.sum_mono(c, dict(m.factors), [(var, range_key)]) for m, c in p.sorted()]
        return add(*total) if total else ZERO

    def sum_mono(self, coefficient: fmpq, factors: Factors, binders: list[Binder]) -> Poly:
        """Σ of one monomial over several variables."""
        return sums.sum_mono(self, coefficient, factors, binders)

    def product_over(self, p: Poly, var: str, range_key: str) -> Poly:
        """Π of p over a variable in ``1..range``."""
        return products.product_over(self, p, var, range_key)

    def matrix_atom(
        self, kind: str, range_key: str, body: Poly, row: str, column: str, ix: tuple[Ix, ...] = ()
    ) -> Poly:
        """An entry of the inverse, or the determinant, of the matrix with entries ``body`` at (row, column)."""
        return inverses.matrix_atom(self, kind, range_key, body, row, column, ix)

    def spectral_atom(self, kind: str, range_key: str, body: Poly, row: str, column: str, ix: tuple[Ix, ...]) -> Poly:
        """An eigenvalue, or an entry of an eigenvector, of the matrix with entries ``body`` at (row, column)."""
        return spectra.spectral_atom(self, kind, range_key, body, row, column, ix)

    def application(self, head: str, ix: tuple[Ix, ...], args: tuple[Poly, ...], names: list[str]) -> Poly:
        """An unknown function of arguments; ``names`` stand for a generic entry of the vector arguments."""
        return binding.application(self, head, ix, args, names)

    # -- renaming --------------------------------------------------------------------------------------------------
    def rename(self, p: Poly, names: Mapping[str, Ix]) -> Poly:
        """p with free variables replaced by references."""
        return renaming.rename(self, p, names)

    def rename_atom(self, atom: Atom, names: Mapping[str, Ix]) -> Poly:
        """An atom with free variables replaced."""
        return renaming.rename_atom(self, atom, names)

    def rename_ix(self, ix: Ix, names: Mapping[str, Ix]) -> Ix:
        """A reference with its variable replaced."""
        return renaming.rename_ix(self, ix, names)

    def label(self, p: Poly, shift: int = 0) -> Ix:
        """A label-valued polynomial (one entry, or a whole number) as a reference."""
        return renaming.label(self, p, shift)

    def about(self, decl: SymbolDecl) -> Algebra:
        """An algebra with another declaration of a quantity, and without facts about it or signs that were assumed."""
        context = self.context.with_symbol(decl)
        other = Algebra(context, split_binary=self.split_binary, deadline=self.deadline, names=self.names)
        other.sum_rules = tuple(rule for rule in self.sum_rules if not facts.mentions(rule, decl.name))
        return other

    def knowing(self, rules: tuple[facts.SumRule, ...]) -> Algebra:
        """The same algebra with more sums known; what it finds does not reach this one."""
        return self._like(self.freed_names, (*self.sum_rules, *rules))

    def freed(self, name: str) -> Algebra:
        """The same algebra with the entries of one quantity free."""
        known = self._freed.get(name)
        if known is None:
            rules = tuple(rule for rule in self.sum_rules if not facts.mentions(rule, name))
            known = self._freed[name] = self._like(self.freed_names | {name}, rules)
        return known

    def _like(self, freed_names: frozenset[str], rules: tuple[facts.SumRule, ...]) -> Algebra:
        """An algebra that shares the signs that are known here, with other free quantities and other sums known."""
        other = Algebra(
            self.context,
            freed_names=freed_names,
            split_binary=self.split_binary,
            deadline=self.deadline,
            names=self.names,
        )
        other.positive, other.nonzero, other.positive_names = self.positive, self.nonzero, self.positive_names
        other.positive_for_all, other.simple_spectra = self.positive_for_all, self.simple_spectra
        other.definition, other.distinct = self.definition, self.distinct
        other.sum_rules = rules
        return other

    def replace(
        self,
        p: Poly,
        change: Callable[[Atom], Poly | None],
        *,
        within: frozenset[str] | None = None,
        done: dict[Poly, Poly] | None = None,
    ) -> Poly:
        """p with every atom that ``change`` has a value for replaced, at any depth."""
        return renaming.replace(self, p, change, within=within, done=done)

    def map_atom(
        self, atom: Atom, on_poly: Callable[[Poly], Poly], on_ix: Callable[[Ix], Ix], *, keep: bool = False
    ) -> Poly:
        """An atom rebuilt with its parts changed; bound names are opened first, so nothing can be captured."""
        return renaming.map_atom(self, atom, on_poly, on_ix, keep=keep)


def _from_one(r: Range) -> bool:
    return r.low.constant == 1


__all__ = [
    "INTEGRAL",
    "Algebra",
    "Binder",
    "Factors",
    "Names",
    "OutOfTime",
    "TooHard",
    "number_of",
    "number_power",
]
