"""The index engine: arithmetic on normal forms in one context, with sums over symbolic ranges.

Every constructor returns a polynomial in normal form. Nothing here guesses: a rule that does not apply leaves the atom
alone.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterable, Mapping
from fractions import Fraction
from itertools import permutations, product
from math import floor
from typing import Any, TypeVar

from flint import fmpq

from derive.language.context import Context, SymbolDecl
from derive.language.extents import Extent, Range
from derive.prove import facts, integrals, shifts, signs, substitution
from derive.prove.atoms import (
    ONE,
    UNIT,
    ZERO,
    Atom,
    Exponent,
    Ix,
    Mono,
    Poly,
    add,
    bound_name,
    exponent,
    mono,
    number,
    of_atom,
    scale,
)

Found = TypeVar("Found")
Factors = dict[Atom, Exponent]
Binder = tuple[str, str]
INTEGRAL = "∫"
MAX_TERMS = 40_000


class TooHard(Exception):
    """The work did not fit in its time or size limit; the reason says which."""


class OutOfTime(TooHard):
    """The deadline has passed. Nothing may be concluded from it, and nothing kept."""


MOST_BITS = 1 << 16
"""The longest number a power may become; 10^(10^10) would fill the memory before a limit of time is looked at."""


def number_power(base: fmpq, exponent: int) -> fmpq:
    """base ^ exponent, or ``TooHard`` before a number of more than ``MOST_BITS`` binary digits is begun.

    >>> number_power(fmpq(2, 3), -3)
    27/8
    """
    if abs(exponent) * (base.p.bit_length() + base.q.bit_length() - 2) > MOST_BITS:
        raise TooHard(f"a power with the exponent {exponent}")
    return base**exponent


class Names:
    """The variables of a family of algebras and what they range over, shared so that a fresh name is new to all of
    them."""

    def __init__(self) -> None:
        self.range_of: dict[str, str] = {}
        self.lengths: dict[str, Extent] = {}
        self.counter = 0


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
        self.names = Names() if names is None else names
        self.range_of, self.lengths = self.names.range_of, self.names.lengths
        self.freed_names = freed_names
        self.split_binary = split_binary
        self.deadline = deadline
        for name, r in context.indices.items():
            if _from_one(r):
                self.range_of[name] = self.range_key(r)
        self.positive: set[Poly] = set()
        self.nonzero: set[Poly] = set()
        self.positive_names: set[str] = set()
        self.distinct: set[frozenset[str]] = set()
        self.sum_rules: tuple[facts.SumRule, ...] = ()
        self.entry_rules: dict[str, object] = {}
        self._renamed: dict[tuple[Mono, tuple[tuple[str, Ix], ...]], Poly] = {}
        self.definition: Callable[[str], Poly | None] | None = None
        self._plain: dict[str, bool] = {}
        self._known_signs: dict[str, tuple[str | None, str | None]] = {}
        self._symmetric: dict[Poly, bool] = {}
        self._freed: dict[str, Algebra] = {}
        self._kept: dict[object, Any] = {}
        self._work = 0
        facts.install(self)

    # -- limits ----------------------------------------------------------------------------------------------------
    def tick(self, terms: int = 1) -> None:
        """Stop when the deadline has passed or a result has grown past all use."""
        if terms > MAX_TERMS:
            raise TooHard(f"the normal form has more than {MAX_TERMS} terms")
        self._work += 1
        if self._work % 128 == 0 and self.deadline is not None and time.monotonic() > self.deadline:
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
        high = self.lengths.get(range_key)
        if high is None:
            return False
        if ix.is_number:
            low = self.least_extent(high)
            return ix.shift >= 1 and low is not None and ix.shift <= low
        if ix.atom is not None:
            decl = self.context.symbols.get(ix.atom.head)
            if decl is None or decl.label_range is None or ix.shift:
                return False
            start, stop = decl.label_range.low.constant, self.least_extent(high - decl.label_range.high)
            return start is not None and start >= 1 and stop is not None and stop >= 0
        known = self.range_of.get(ix.base)
        if known is None:
            return ix.base in self.context.sizes and ix.shift == 0 and high == Extent.of(ix.base)
        if known.startswith(INTEGRAL) or known not in self.lengths:
            return False
        gap = self.least_extent(high - (self.lengths[known] + ix.shift))
        return ix.shift >= 0 and gap is not None and gap >= 0

    def fits(self, name: str, ix: Ix) -> bool:
        """Whether what holds for every value of the index ``name`` holds for this reference."""
        if ix.base == name and not ix.shift:
            return True
        return name in self.range_of and self.inside(ix, self.range_of[name])

    def signs_of_definition(self, name: str) -> tuple[str | None, str | None]:
        """The sign of a defined quantity, and whether it lies between 0 and 1, from its definition."""
        if self.definition is None or name in self.freed_names:
            return None, None
        known = self._known_signs.get(name)
        if known is None:
            self._known_signs[name] = None, None  # for a definition that leads back to itself
            try:
                p = self.definition(name)
                known = (None, None) if p is None else (signs.sign(self, p), signs.poly_in_unit(self, p))
            except OutOfTime:
                del self._known_signs[name]
                raise
            self._known_signs[name] = known
        return known

    def least_index(self, name: str) -> int | None:
        """The least value of an index, if it is known."""
        if name in self.range_of:
            return None if self.range_of[name].startswith(INTEGRAL) else 1
        declared = self.context.indices.get(name)
        return None if declared is None else declared.low.constant

    def declared(self, name: str) -> SymbolDecl | None:
        """The declaration of a quantity, if there is one."""
        return self.context.symbols.get(name)

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
                if self._has_rules(factors):
                    hard.append(self.collect(a * b, factors))
                else:
                    _accumulate(total, mono(factors), a * b)
        easy = Poly(total)
        return add(easy, *hard) if hard else easy

    def _has_rules(self, factors: Factors) -> bool:
        """Whether some factor has a rule of its own."""
        return any(atom.kind in _WITH_RULES and _special(self, atom, e) for atom, e in factors.items())

    def collect(self, coefficient: fmpq, factors: Factors) -> Poly:
        """A product of atoms, with the rules that atoms have among each other."""
        factors = {atom: exponent(e) for atom, e in factors.items() if e}
        extra: list[Poly] = []
        for atom, e in sorted(factors.items(), key=lambda pair: pair[0].key):
            if not _special(self, atom, e):
                continue
            if atom.kind == "pp" and e >= 1:
                whole = floor(e)
                factors[atom] = exponent(e - whole)
                extra.extend([atom.args[0]] * whole)
            elif atom.kind == "prime":
                whole = floor(e)
                coefficient *= number_power(fmpq(int(atom.head)), whole)
                factors[atom] = exponent(e - whole)
            elif atom.kind in ("delta", "ind") or self.is_binary(atom):
                factors[atom] = 1
            elif atom.kind == "fn" and atom.head == "abs":
                half = e // 2 if e > 0 else -((-e) // 2)
                factors[atom] = exponent(e - 2 * half)
                extra.append(self.power(atom.args[0], exponent(2 * half)))
            elif atom.kind == "fn" and atom.head == "cos":
                factors[atom] = exponent(e - 2)
                sine = self.power(self.fn("sin", atom.args[0]), 2)
                extra.append(add(ONE, scale(sine, -1)))
        factors = {atom: e for atom, e in factors.items() if e}
        done = self._deltas(coefficient, factors)
        for p in extra:
            done = self._mul2(done, p)
        return done

    def _deltas(self, coefficient: fmpq, factors: Factors) -> Poly:
        """Use each delta on the other factors: in their presence the greater name is the smaller one."""
        for atom in sorted((a for a in factors if a.kind == "delta"), key=lambda a: a.key):
            old, new = _delta_substitution(atom)
            if not old:
                done = self._label_number(atom, coefficient, factors)
                if done is not None:
                    return done
                continue
            touched = {a: e for a, e in factors.items() if a is not atom and old in a.free}
            if not touched:
                continue
            rest = {a: e for a, e in factors.items() if a not in touched}
            done = Poly({mono(rest): coefficient})
            for a, e in sorted(touched.items(), key=lambda pair: pair[0].key):
                done = self._mul2(done, self.power(self.rename_atom(a, {old: new}), e))
            return done
        return Poly({mono(factors): coefficient}) if coefficient else ZERO

    def _label_number(self, delta: Atom, coefficient: fmpq, factors: Factors) -> Poly | None:
        """Beside [y_i = 0] the label y_i is 0 in all other factors."""
        one, other = delta.ix
        label, value = (one, other) if other.is_number else (other, one)
        if label.atom is None or label.shift or not value.is_number:
            return None
        touched = {a: e for a, e in factors.items() if a is not delta and any(ix.atom is label.atom for ix in a.ix)}
        if not touched:
            return None
        done = Poly({mono({a: e for a, e in factors.items() if a not in touched}): coefficient})
        for a, e in sorted(touched.items(), key=lambda pair: pair[0].key):
            put = tuple(Ix("", value.shift + ix.shift) if ix.atom is label.atom else ix for ix in a.ix)
            renewed = self.map_atom(Atom(a.kind, a.head, put, a.args), lambda p: p, lambda ix: ix)
            done = self._mul2(done, self.power(renewed, e))
        return done

    def power(self, p: Poly, e: Exponent) -> Poly:
        """p to a rational power."""
        e = exponent(e)
        if e == 0:
            return ONE
        if e == 1:
            return p
        if p.is_zero:
            if e > 0:
                return ZERO
            raise ZeroDivisionError("a quotient by zero")
        single = p.single
        if single is not None:
            return self._power_mono(*single, e)
        if isinstance(e, int) and e > 0:
            if e > 12:
                raise TooHard(f"a power {e} of a sum")
            half = self.power(p, e // 2)
            return self.mul(half, half, p) if e % 2 else self.mul(half, half)
        content, rest = self.content(p, whole=isinstance(e, int))
        if rest.single is not None:
            return self.mul(self.power(content, e), self.power(rest, e))
        parts = signs.factor(self, rest) if isinstance(e, int) else None
        if parts is not None and (len(parts) > 1 or parts[0][1] != 1):
            total = self.power(content, e)
            for part, times in parts:
                total = self.mul(total, self.power(part, exponent(e * times)))
            return total
        binary = self._split(rest, lambda q: self.power(q, e))
        if binary is not None:
            return self.mul(self.power(content, e), binary)
        outside = ONE if content is ONE else self.power(content, e)
        return self.mul(outside, self._pp(rest, e))

    def _pp(self, p: Poly, e: Exponent) -> Poly:
        atom = Atom("pp", args=(p,))
        if e >= 1:
            return self.collect(fmpq(1), {atom: e})
        return of_atom(atom, e)

    def _power_mono(self, m: Mono, c: fmpq, e: Exponent) -> Poly:
        if isinstance(e, int):
            raised = {atom: exponent(x * e) for atom, x in m.factors}
            return self.collect(number_power(c, e), raised)
        outside = self._power_number(abs(c), e)
        kept: Factors = {}
        whole: Factors = {}
        for atom, x in m.factors:
            if signs.atom_sign(self, atom) in ("+", "0+"):
                kept[atom] = exponent(x * e)
            elif isinstance(x, int) and x % 2 == 0:
                absolute = self.absolute(of_atom(atom))
                outside = self.mul(outside, self.power(absolute, exponent(x * e)))
            else:
                whole[atom] = x
        outside = self.mul(outside, self.collect(fmpq(1), kept))
        if not whole and c > 0:
            return outside
        inside = Poly({mono(whole): fmpq(1 if c > 0 else -1)})
        return self.mul(outside, of_atom(Atom("pp", args=(inside,)), e))

    def _power_number(self, c: fmpq, e: Exponent) -> Poly:
        total = ONE
        for value, sign in ((int(c.p), 1), (int(c.q), -1)):
            for prime, times in signs.factor_number(value):
                total = self.mul(total, self.collect(fmpq(1), {Atom("prime", str(prime)): exponent(e * times * sign)}))
        return total

    def content(self, p: Poly, *, whole: bool = True) -> tuple[Poly, Poly]:
        """Split off what all terms share: a number and the least power of each atom (so no negative powers stay
        inside).

        With ``whole`` false (roots) only positive things are taken out.
        """
        terms = p.sorted()
        least: Factors = {}
        for atom in p.atoms():
            e = min(dict(m.factors).get(atom, 0) for m, _ in terms)
            if e and (whole or signs.atom_sign(self, atom) == "+"):
                least[atom] = exponent(e)
        top = 0
        bottom = 1
        for _, c in terms:
            top = _gcd(top, abs(int(c.p)))
            bottom = bottom * int(c.q) // _gcd(bottom, int(c.q))
        factor = fmpq(top, bottom)
        if whole and terms[0][1] < 0:
            factor = -factor
        if not least and factor == 1:
            return ONE, p
        inverse = {atom: exponent(-e) for atom, e in least.items()}
        rest = self.mul(Poly({mono(inverse): 1 / factor}), p) if inverse else scale(p, 1 / factor)
        return Poly({mono(least): factor}), rest

    # -- atoms -----------------------------------------------------------------------------------------------------
    def entry(self, name: str, ix: tuple[Ix, ...]) -> Poly:
        """An entry of a declared quantity."""
        if self.has_plain_entries(name):
            return of_atom(Atom("ent", name, ix))
        a, b = ix[-2:]
        if b.key < a.key:
            ix = (*ix[:-2], b, a)
        if "diagonal" in self.context.symbols[name].properties and a is not b:
            same = self.delta(a, b)
            if len(same.terms) == 1 and same.constant is None:
                return self.mul(same, of_atom(Atom("ent", name, (*ix[:-2], ix[-2], ix[-2]))))
            return self.mul(same, of_atom(Atom("ent", name, ix))) if same.terms else ZERO
        return of_atom(Atom("ent", name, ix))

    def has_plain_entries(self, name: str) -> bool:
        """Whether an entry of a quantity is itself in any slots: it is no symmetric (so no diagonal) matrix."""
        known = self._plain.get(name)
        if known is None:
            decl = self.declared(name)
            known = self._plain[name] = decl is None or len(decl.shape) != 2 or not self.is_symmetric(name)
        return known

    def is_symmetric(self, name: str) -> bool:
        """Whether the last two slots of a quantity may change places."""
        decl = self.declared(name)
        known = decl is not None and bool(decl.properties & {"symmetric", "posdef", "psd", "diagonal"})
        return known and name not in self.freed_names

    def is_tied(self, name: str) -> bool:
        """Whether something ties the entries of a quantity together."""
        decl = self.declared(name)
        if decl is not None and name not in self.freed_names and decl.properties & facts.TIES:
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
        if a is b:
            return ONE
        if a.atom is b.atom and a.base == b.base:
            return ONE if a.shift == b.shift else ZERO
        if frozenset((a.base, b.base)) in self.distinct and a.shift == b.shift:
            return ZERO
        if b.key < a.key:
            a, b = b, a
        if a.shift and not a.is_number and not b.is_number:
            a, b = a.moved(-a.shift), b.moved(-a.shift)
        elif a.is_number and b.shift:
            a, b = a.moved(-b.shift), b.moved(-b.shift)
        elif b.is_number and a.shift:
            a, b = a.moved(-a.shift), b.moved(-a.shift)
        if b.key < a.key:
            a, b = b, a
        for one, other in ((a, b), (b, a)):
            if one.is_number and self.outside(other, one.shift):
                return ZERO
        return of_atom(Atom("delta", ix=(a, b)))

    def outside(self, ix: Ix, value: int) -> bool:
        """Whether a reference can never be the number ``value``."""
        if ix.atom is not None:
            decl = self.declared(ix.atom.head)
            low = decl.label_range.low.constant if decl is not None and decl.label_range is not None else None
            return low is not None and value < low + ix.shift
        known = self.range_of.get(ix.base)
        return known is not None and known in self.lengths and value < 1 + ix.shift

    def index_value(self, ix: Ix) -> Poly:
        """An index as a number."""
        if ix.atom is not None:
            return add(of_atom(ix.atom), number(ix.shift))
        if not ix.base:
            return number(ix.shift)
        if ix.base not in self.range_of and ix.base in self.context.sizes:
            return add(of_atom(Atom("size", ix.base)), number(ix.shift))
        return add(of_atom(Atom("ixv", ix=(Ix(ix.base),))), number(ix.shift))

    def indicator(self, relation: str, p: Poly) -> Poly:
        """1 where ``p relation 0`` (``>`` or ``=``), else 0."""
        known = signs.sign(self, p)
        if relation == ">":
            if known == "+":
                return ONE
            if known in ("-", "0-", "0"):
                return ZERO
        elif known in ("+", "-"):
            return ZERO
        elif known == "0":
            return ONE
        switch = self.find_binary(p)
        if switch is not None and not p.free - of_atom(switch).free and p.atoms() == of_atom(switch).atoms():
            low, high = (self.indicator(relation, self.substitute_atom(p, switch, value)) for value in (ZERO, ONE))
            return add(low, self.mul(of_atom(switch), add(high, scale(low, -1))))
        factor = abs(p.sorted()[0][1]) if relation == ">" else p.sorted()[0][1]
        return of_atom(Atom("ind", relation, args=(scale(p, 1 / factor),)))

    def absolute(self, p: Poly) -> Poly:
        """The absolute value."""
        known = signs.sign(self, p)
        if known in ("+", "0+", "0"):
            return p
        if known in ("-", "0-"):
            return scale(p, -1)
        content, rest = self.content(p)
        outside = ONE
        for atom, e in next(iter(content.terms)).factors:
            outside = self.mul(outside, self._abs_atom(atom, e))
        size = scale(outside, abs(content.terms[next(iter(content.terms))]))
        single = rest.single
        if single is not None:
            for atom, e in single[0].factors:
                size = self.mul(size, self._abs_atom(atom, e))
            return scale(size, abs(single[1]))
        return self.mul(size, of_atom(Atom("fn", "abs", args=(rest,))))

    def _abs_atom(self, atom: Atom, e: Exponent) -> Poly:
        if signs.atom_sign(self, atom) in ("+", "0+") or (isinstance(e, int) and e % 2 == 0):
            return self.collect(fmpq(1), {atom: e})
        return of_atom(Atom("fn", "abs", args=(of_atom(atom),)), e)

    def fn(self, name: str, *args: Poly) -> Poly:
        """A function of the table, with what it is worth at zero and its parity."""
        p = self.reduced(args[0])
        if name == "log":
            return self.log(p)
        if name == "abs":
            return self.absolute(p)
        if p.is_zero:
            return {"tanh": ZERO, "sin": ZERO, "cos": ONE, "logistic": scale(ONE, fmpq(1, 2))}[name]
        binary = self._split(p, lambda q: self.fn(name, q))
        if binary is not None:
            return binary
        if p.sorted()[0][1] < 0:
            inner = of_atom(Atom("fn", name, args=(scale(p, -1),)))
            if name == "logistic":
                return add(ONE, scale(inner, -1))
            return inner if name == "cos" else scale(inner, -1)
        return of_atom(Atom("fn", name, args=(p,)))

    def reduced(self, p: Poly) -> Poly:
        """p with a denominator cancelled where it divides what stands above it: (K - 1) x / (K - 1) is x."""
        if not any(a.kind == "pp" and e < 0 for m in p.terms for a, e in m.factors) or len(p.terms) < 2:
            return p
        content, rest = self.content(p)
        divided = False
        for atom, e in content.sorted()[0][0].factors:
            while atom.kind == "pp" and isinstance(e, int) and e < 0:
                quotient = signs.divide(rest, atom.args[0])
                if quotient is None:
                    break
                rest, e, divided = quotient, e + 1, True
                content = self.mul(content, of_atom(atom))
        return self.mul(content, rest) if divided else p

    def exp(self, p: Poly) -> Poly:
        """e^p, one factor for each term of p."""
        p = self.reduced(p)
        binary = self._split(p, self.exp)
        if binary is not None:
            return binary
        total = ONE
        for m, c in p.sorted():
            total = self.mul(total, self._exp_term(m, c))
        return total

    def _exp_term(self, m: Mono, c: fmpq) -> Poly:
        logs = [atom for atom, e in m.factors if atom.kind == "fn" and atom.head == "log" and e == 1]
        if len(logs) == 1:
            rest = mono({atom: e for atom, e in m.factors if atom is not logs[0]})
            return self.power_poly(logs[0].args[0], Poly({rest: c}))
        if len(m.factors) == 1 and m.factors[0][1] == 1 and m.factors[0][0].kind == "sum":
            atom = m.factors[0][0]
            if len(atom.bound) == 1 and not atom.head.startswith(INTEGRAL) and _has_log(atom.args[0]):
                body, binders = self.open(atom)
                return self.product_over(self.exp(scale(body, c)), *binders[0])
        return of_atom(Atom("exp", args=(Poly({m: fmpq(1)}),)), exponent(c))

    def log(self, p: Poly) -> Poly:
        """The natural logarithm, split over a product of positive things, or of things that are not negative: where it
        has a value, none of them is zero."""
        if p.is_zero:
            raise ZeroDivisionError("the logarithm of zero")
        binary = self._split(p, self.log)
        if binary is not None:
            return binary
        if p.single is None:
            content, rest = self.content(p, whole=False)
            if rest.single is not None:
                return add(self.log(content), self.log(rest))
            parts = signs.factor(self, rest) if signs.sign(self, rest) == "+" else None
            if parts is not None and (len(parts) > 1 or parts[0][1] != 1):
                sizes = [(scale(p, -1) if signs.sign(self, p) == "-" else p, times) for p, times in parts]
                if all(signs.sign(self, part) == "+" for part, _ in sizes):
                    logs = [scale(self.log(part), times) for part, times in sizes]
                    return add(self.log(content), *logs)
            inner = of_atom(Atom("fn", "log", args=(rest,)))
            return inner if content is ONE else add(self.log(content), inner)
        m, c = p.single
        total = self._log_number(abs(c))
        whole: Factors = {}
        for atom, e in m.factors:
            if signs.atom_sign(self, atom) == "+":
                total = add(total, scale(self._log_atom(atom), fmpq(*_pair(e))))
            else:
                whole[atom] = e
        if not whole and c > 0:
            return total
        if c > 0 and len(whole) > 1 and all(signs.atom_sign(self, atom) == "0+" for atom in whole):
            for atom, e in sorted(whole.items(), key=lambda pair: pair[0].key):
                one = of_atom(Atom("fn", "log", args=(of_atom(atom),)))
                total = add(total, scale(one, fmpq(*_pair(e))))
            return total
        return add(total, of_atom(Atom("fn", "log", args=(Poly({mono(whole): fmpq(1 if c > 0 else -1)}),))))

    def _log_number(self, c: fmpq) -> Poly:
        total = ZERO
        for value, sign in ((int(c.p), 1), (int(c.q), -1)):
            for prime, times in signs.factor_number(value):
                total = add(total, scale(of_atom(Atom("fn", "log", args=(number(prime),))), times * sign))
        return total

    def _log_atom(self, atom: Atom) -> Poly:
        if atom.kind == "exp":
            return atom.args[0]
        if atom.kind == "pow":
            return self.mul(atom.args[1], self.log(atom.args[0]))
        if atom.kind == "prime":
            return self._log_number(fmpq(int(atom.head)))
        if atom.kind == "pp":
            return self.log(atom.args[0])
        if atom.kind == "const" and atom.head == "e":
            return ONE
        if atom.kind == "prod":
            body, binders = self.open(atom)
            return self.sum_over(self.log(body), *binders[0])
        return of_atom(Atom("fn", "log", args=(of_atom(atom),)))

    def power_poly(self, base: Poly, e: Poly) -> Poly:
        """base ^ e with a symbolic exponent: one factor for each term of e, and for each factor of the base."""
        e = self.reduced(e)
        constant = e.constant
        if constant is not None:
            return self.power(base, exponent(constant))
        if base == ONE:
            return ONE
        if self.split_binary:
            binary = self._split(e, lambda q: self.power_poly(base, q))
            if binary is not None:
                return binary
        total = ONE
        for m, c in e.sorted():
            if m is UNIT:
                total = self.mul(total, self.power(base, exponent(c)))
            else:
                total = self.mul(total, self._power_symbolic(base, Poly({m: fmpq(1)}), exponent(c)))
        return total

    def _power_symbolic(self, base: Poly, e: Poly, times: Exponent) -> Poly:
        if base.single is None:
            content, rest = self.content(base, whole=False)
            if content is not ONE or rest.single is not None:
                inside = self._power_symbolic(content, e, times)
                return self.mul(inside, self._power_symbolic(rest, e, times))
            return of_atom(Atom("pow", args=(base, e)), times)
        m, c = base.single
        whole_exponent = signs.is_integer(self, e)
        total = ONE
        for value, sign in ((abs(int(c.p)), 1), (int(c.q), -1)):
            for prime, n in signs.factor_number(value):
                total = self.mul(total, of_atom(Atom("pow", args=(number(prime), e)), exponent(times * n * sign)))
        left: Factors = {}
        for atom, x in m.factors:
            if not (whole_exponent or signs.atom_sign(self, atom) in ("+", "0+")):
                left[atom] = x
            elif atom.kind == "exp":
                total = self.mul(
                    total, self.exp(scale(self.mul(atom.args[0], e), fmpq(*_pair(x)) * fmpq(*_pair(times))))
                )
            elif atom.kind == "pow":
                both = scale(self.mul(atom.args[1], e), fmpq(*_pair(x)) * fmpq(*_pair(times)))
                total = self.mul(total, self.power_poly(atom.args[0], both))
            else:
                inner = atom.args[0] if atom.kind == "pp" else of_atom(atom)
                total = self.mul(total, of_atom(Atom("pow", args=(inner, e)), exponent(times * x)))
        if left or c < 0:
            inner = Poly({mono(left): fmpq(1 if c > 0 else -1)})
            total = self.mul(total, of_atom(Atom("pow", args=(inner, e)), times))
        return total

    def _split(self, p: Poly, f: Callable[[Poly], Poly]) -> Poly | None:
        """f(p) as f at 0 and 1 of a binary quantity in p, if asked to and if there is one."""
        if not self.split_binary:
            return None
        atom = self.find_binary(p)
        if atom is None:
            return None
        low = f(self.substitute_atom(p, atom, ZERO))
        high = f(self.substitute_atom(p, atom, ONE))
        return add(low, self.mul(of_atom(atom), add(high, scale(low, -1))))

    def find_binary(self, p: Poly) -> Atom | None:
        """The first binary quantity at the surface of p."""
        for atom in p.atoms():
            if self.is_binary(atom) or atom.kind in ("ind", "delta"):
                return atom
        return None

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
        names = atom.bound
        if atom.kind in ("inv", "det"):
            fresh = [self.fresh(atom.head) for _ in names]
            body = self.rename(atom.args[0], {n: Ix(f) for n, f in zip(names, fresh, strict=True)})
            return body, [(f, atom.head) for f in fresh]
        binders = [(self.fresh(r), r) for r in atom.ranges]
        body = self.rename(atom.args[0], {n: Ix(f) for n, (f, _) in zip(names, binders, strict=True)})
        return body, binders

    def _parts(self, atom: Atom, keep: bool) -> tuple[Poly, list[Binder]]:
        """The body and binders of an atom, opened or under the names they have."""
        if not keep:
            return self.open(atom)
        return atom.args[0], list(zip(atom.bound, _ranges(atom), strict=True))

    def sum_range(self, p: Poly, var: str, r: Range) -> Poly:
        """Σ of p over ``var`` in a symbolic range that starts at 1 or above."""
        low = r.low.constant
        if low is None or low < 1:
            raise TooHard(f"a sum over {r}: it does not start at 1 or above")
        moved = ZERO
        stop = r.high
        name, shift = _name_and_shift(stop)
        if name is not None and shift:
            least = self.least(name) if name in self.context.sizes else None
            if least is None or least + shift < low - 1:
                raise TooHard(f"a sum over {r}: it may be empty in a way that its bounds do not tell")
            for i in range(1, abs(shift) + 1):
                value = self.rename(p, {var: Ix(name, i) if shift > 0 else Ix(name, shift + i)})
                moved = add(moved, value if shift > 0 else scale(value, -1))
            stop = Extent.of(name)
        bound = self.least_extent(stop)
        if low > 1 and (bound is None or bound < low - 1):
            raise TooHard(f"a sum over {r}: it may be empty in a way that its bounds do not tell")
        for i in range(1, low):
            moved = add(moved, scale(self.rename(p, {var: Ix("", i)}), -1))
        key = self.range_key(Range.upto(stop))
        self.range_of[var] = key
        return add(self.sum_over(p, var, key), moved)

    def sum_over(self, p: Poly, var: str, range_key: str) -> Poly:
        """Σ of p over a variable in ``1..range`` (or an integral over a variable)."""
        total = [self.sum_mono(c, dict(m.factors), [(var, range_key)]) for m, c in p.sorted()]
        return add(*total) if total else ZERO

    def sum_mono(self, coefficient: fmpq, factors: Factors, binders: list[Binder]) -> Poly:
        """Σ of one monomial over several variables."""
        self.tick()
        names = {name for name, _ in binders}
        outside = {a: e for a, e in factors.items() if a.free.isdisjoint(names)}
        if outside:
            rest = {a: e for a, e in factors.items() if a not in outside}
            return self.mul(Poly({mono(outside): coefficient}), self.sum_mono(fmpq(1), rest, binders))
        flat = self._flatten(coefficient, factors, binders)
        if flat is not None:
            return flat
        done = self._eliminate_delta(coefficient, factors, binders)
        for rule in (
            shifts.centred,
            shifts.power_sum,
            facts.contract,
            facts.use_rules,
            integrals.integrate,
            substitution.substitute,
        ):
            if done is None:
                done = rule(self, coefficient, factors, binders)
        if done is not None:
            return done
        return self._components(coefficient, factors, binders)

    def _flatten(self, coefficient: fmpq, factors: Factors, binders: list[Binder]) -> Poly | None:
        """A positive power of a sum inside a sum joins it."""
        for atom, e in sorted(factors.items(), key=lambda pair: pair[0].key):
            if atom.kind != "sum" or not isinstance(e, int) or e < 1:
                continue
            rest = {a: x for a, x in factors.items() if a is not atom}
            total = Poly({mono(rest): coefficient})
            more = list(binders)
            for _ in range(e):
                body, opened = self.open(atom)
                more.extend(opened)
                total = self.mul(total, body)
            return add(*(self.sum_mono(c, dict(m.factors), more) for m, c in total.sorted())) if total.terms else ZERO
        return None

    def _eliminate_delta(self, coefficient: fmpq, factors: Factors, binders: list[Binder]) -> Poly | None:
        ranges = dict(binders)
        for atom in sorted((a for a in factors if a.kind == "delta"), key=lambda a: a.key):
            for one, other in (atom.ix, atom.ix[::-1]):
                if one.base not in ranges or one.base in other.free or ranges[one.base].startswith(INTEGRAL):
                    continue
                target = other.moved(-one.shift)
                guard = self._guard(target, ranges[one.base])
                if guard is None:
                    continue
                rest = Poly({mono({a: e for a, e in factors.items() if a is not atom}): coefficient})
                body = self.mul(self.rename(rest, {one.base: target}), guard)
                left = [pair for pair in binders if pair[0] != one.base]
                if not left:
                    return body
                return add(*(self.sum_mono(c, dict(m.factors), left) for m, c in body.sorted())) if body.terms else ZERO
        return None

    def _guard(self, ix: Ix, range_key: str) -> Poly | None:
        """1 if a reference lies in a range, or the condition that it does (labels only), or None if that cannot be
        said."""
        if self.inside(ix, range_key):
            return ONE
        if ix.is_number and ix.shift < 1:
            return ZERO
        decl = self.declared(ix.atom.head) if ix.atom is not None else None
        if decl is None or decl.label_range is None or ix.shift:
            return None
        start = decl.label_range.low.constant
        if start is None or self.least_extent(self.lengths[range_key] - decl.label_range.high) is None:
            return None
        if (self.least_extent(self.lengths[range_key] - decl.label_range.high) or 0) < 0:
            return None
        return add(ONE, *(scale(self.delta(ix, Ix("", i)), -1) for i in range(start, 1)))

    def _components(self, coefficient: fmpq, factors: Factors, binders: list[Binder]) -> Poly:
        """Sums that share no variable are separate factors."""
        groups: list[tuple[set[str], Factors]] = []
        used: set[str] = set()
        names = [name for name, _ in binders]
        for atom, e in sorted(factors.items(), key=lambda pair: pair[0].key):
            touched = {name for name in names if name in atom.free}
            used |= touched
            merged: tuple[set[str], Factors] = (touched, {atom: e})
            rest = []
            for group in groups:
                if group[0] & touched:
                    merged = (merged[0] | group[0], {**group[1], **merged[1]})
                else:
                    rest.append(group)
            groups = [*rest, merged]
        total = number(1) if coefficient == 1 else Poly({UNIT: coefficient})
        for name, range_key in binders:
            if name not in used:
                if range_key.startswith(INTEGRAL):
                    raise TooHard("the integral of a constant over all of the line")
                total = self.mul(total, self.length(range_key))
        if len(groups) == 1 and not used.symmetric_difference(names):
            return self.mul(total, self._sum_atom(groups[0][1], binders))
        for touched, part in groups:
            inner = [pair for pair in binders if pair[0] in touched]
            total = self.mul(total, self.sum_mono(fmpq(1), part, inner))
        return total

    def _sum_atom(self, factors: Factors, binders: list[Binder]) -> Poly:
        """One connected sum, its bound names made canonical, after the facts about sums had their turn."""
        body = mono(factors)
        height = body.height + 1
        best: tuple[str, Poly, list[Binder]] | None = None
        whole = Poly({body: fmpq(1)})
        opened = {name for name, _ in binders}
        for order in self._orders(factors, binders):
            closed = [bound_name(height, i, key) for i, (_, key) in enumerate(order)]
            _check_capture(whole, closed, opened)
            self.range_of.update(zip(closed, (key for _, key in order), strict=True))
            renamed = self.rename(
                whole, {name: Ix(new) for (name, _), new in zip(order, closed, strict=True) if name != new}
            )
            if best is None or renamed.key < best[0]:
                best = (renamed.key, renamed, order)
        if best is None:
            raise TooHard("a sum without an order of its variables")
        _, renamed, order = best
        single = renamed.single
        if single is None or single[0].height + 1 != height:
            raise TooHard("a sum whose body changed when its variables were named")
        atom = Atom("sum", ";".join(r for _, r in order), args=(Poly({single[0]: fmpq(1)}),))
        done = facts.rewrite_sum(self, atom)
        return scale(of_atom(atom) if done is None else done, single[1])

    def _orders(self, factors: Factors, binders: list[Binder]) -> list[list[Binder]]:
        """Candidate orders of bound variables: sorted by what each occurs in, permuted only within ties."""
        if len(binders) == 1:
            return [list(binders)]
        colour = {name: r + "{" + _occurrences(factors, name) + "}" for name, r in binders}
        classes = _classes(binders, colour)
        if _arrangements(classes) > 6:
            colour = self._refined(factors, binders, colour)
            classes = _classes(binders, colour)
        if _arrangements(classes) > 720:
            return [[pair for group in classes for pair in group]]
        return [[pair for group in combo for pair in group] for combo in product(*(permutations(g) for g in classes))]

    def _refined(self, factors: Factors, binders: list[Binder], colour: dict[str, str]) -> dict[str, str]:
        """Colours that also tell apart what the neighbours of a variable are."""
        for _ in range(2):
            ranks = sorted(set(colour.values()))
            new: dict[str, str] = {}
            for name, _ in binders:
                masks = {o: Ix("!" if o == name else f"~{ranks.index(colour[o])}") for o, _ in binders}
                for mask in masks.values():
                    self.range_of.setdefault(mask.base, "")
                seen = [f"{self.rename_atom(a, masks).key}^{e}" for a, e in factors.items() if name in a.free]
                new[name] = colour[name].split("|")[0] + "|" + ";".join(sorted(seen))
            colour = new
        return colour

    def product_over(self, p: Poly, var: str, range_key: str) -> Poly:
        """Π of p over a variable in ``1..range``."""
        size = self.length(range_key)
        if var not in p.free:
            return self.power_poly(p, size)
        single = p.single
        if single is None:
            content, rest = self.content(p, whole=True)
            if signs.sign(self, rest) in ("-", "0-"):
                content, rest = scale(content, -1), scale(rest, -1)
            if content != ONE:
                return self.mul(self.product_over(content, var, range_key), self.product_over(rest, var, range_key))
            return of_atom(self._prod_atom(p, var, range_key))
        m, c = single
        total = self.power_poly(number_of(c), size)
        for atom, e in m.factors:
            if var not in atom.free:
                total = self.mul(total, self.power_poly(of_atom(atom, e), size))
            elif atom.kind == "exp":
                inner = self.sum_over(scale(atom.args[0], fmpq(*_pair(e))), var, range_key)
                total = self.mul(total, self.exp(inner))
            elif atom.kind == "pow" and var not in atom.args[0].free and signs.sign(self, atom.args[0]) == "+":
                raised = self.sum_over(scale(atom.args[1], fmpq(*_pair(e))), var, range_key)
                total = self.mul(total, self.power_poly(atom.args[0], raised))
            elif atom.kind == "pow" and (picked := self._picked(atom, var, range_key)) is not None:
                total = self.mul(total, self.power(picked, e))
            elif isinstance(e, int) or signs.atom_sign(self, atom) == "+":
                body = atom.args[0] if atom.kind == "pp" else of_atom(atom)
                total = self.mul(total, of_atom(self._prod_atom(body, var, range_key), e))
            else:
                total = self.mul(total, of_atom(self._prod_atom(of_atom(atom, e), var, range_key)))
        return total

    def _picked(self, atom: Atom, var: str, range_key: str) -> Poly | None:
        """Π_k f_k^(e [k = c]) = f_c^e: all other factors are 1."""
        base, exponents = atom.args
        single = exponents.single
        if single is None:
            return None
        for delta, _ in single[0].factors:
            if delta.kind != "delta":
                continue
            for one, other in (delta.ix, delta.ix[::-1]):
                if one.base != var or one.atom is not None or var in other.free:
                    continue
                target = other.moved(-one.shift)
                if self._guard(target, range_key) != ONE:
                    continue
                rest = Poly({mono({a: x for a, x in single[0].factors if a is not delta}): single[1]})
                return self.power_poly(self.rename(base, {var: target}), self.rename(rest, {var: target}))
        return None

    def _prod_atom(self, body: Poly, var: str, range_key: str) -> Atom:
        closed = bound_name(body.height + 1, 0, range_key)
        _check_capture(body, (closed,), (var,))
        self.range_of[closed] = range_key
        return Atom("prod", range_key, args=(self.rename(body, {var: Ix(closed)}),))

    def matrix_atom(
        self, kind: str, range_key: str, body: Poly, row: str, column: str, ix: tuple[Ix, ...] = ()
    ) -> Poly:
        """An entry of the inverse, or the determinant, of the matrix with entries ``body`` at (row, column)."""
        if body.is_zero:
            if kind == "inv":
                raise ZeroDivisionError("the inverse of a zero matrix")
            return ZERO
        if body == self.delta(Ix(row), Ix(column)):
            return self.delta(*ix) if kind == "inv" else ONE
        diagonal = self._diagonal(body, row, column)
        if diagonal is not None:
            if kind == "det":
                return self.product_over(diagonal, row, range_key)
            entry = self.power(self.rename(diagonal, {row: ix[0]}), -1)
            return self.mul(self.delta(*ix), entry)
        flipped_jacobian = (
            substitution.jacobian_of_inverse(self, range_key, body, row, column) if kind == "det" else None
        )
        if flipped_jacobian is not None:
            return flipped_jacobian
        shared = {a: e for a, e in self.content(body)[0].sorted()[0][0].factors if a.free.isdisjoint((row, column))}
        number_part = abs(self.content(body)[0].sorted()[0][1])
        if kind == "inv" and body.terms and body.sorted()[0][1] < 0:
            number_part = -number_part
        if body.terms and (shared or number_part != 1):
            outside = Poly({mono(shared): number_part})
            rest = self.mul(body, self.power(outside, -1))
            times = self.power(outside, -1) if kind == "inv" else self.power_poly(outside, self.length(range_key))
            return self.mul(times, self.matrix_atom(kind, range_key, rest, row, column, ix))
        height = body.height + 1
        first, second = bound_name(height, 0, range_key), bound_name(height, 1, range_key)
        for name in (row, column):
            self.range_of.setdefault(name, "")
        for name in (first, second):
            self.range_of[name] = range_key
        _check_capture(body, (first, second), (row, column))
        matrix = self.rename(body, {row: Ix(first), column: Ix(second)})
        flipped = self.rename(body, {row: Ix(second), column: Ix(first)})
        if kind == "det":
            return of_atom(Atom("det", range_key, args=(min(matrix, flipped, key=lambda p: p.key),)))
        a, b = ix
        if flipped.key < matrix.key:
            return self._inverse_entry(range_key, flipped, matrix, (b, a))
        return self._inverse_entry(range_key, matrix, flipped, (a, b))

    def _diagonal(self, body: Poly, row: str, column: str) -> Poly | None:
        """The diagonal, as a polynomial in ``row``, of a matrix whose every term has the factor δ(row, column)."""
        same = self.delta(Ix(row), Ix(column))
        single = same.single
        delta = single[0].factors[0][0] if single is not None and single[0].factors else None
        if delta is None or not body.terms or any(delta not in dict(m.factors) for m in body.terms):
            return None
        total = ZERO
        for m, c in body.sorted():
            total = add(total, Poly({mono({a: e for a, e in m.factors if a is not delta}): c}))
        return self.rename(total, {column: Ix(row)})

    def _inverse_entry(self, range_key: str, matrix: Poly, flipped: Poly, ix: tuple[Ix, ...]) -> Poly:
        """An entry of an inverse in its final orientation; slots are sorted if the matrix is symmetric."""
        symmetric = matrix == flipped
        self._symmetric[matrix] = symmetric
        if symmetric:
            ix = tuple(sorted(ix, key=lambda i: i.key))
        return of_atom(_slotted("inv", range_key, ix, (matrix,)))

    def _moved_inverse(self, atom: Atom, ix: tuple[Ix, ...]) -> Poly:
        """An entry of the same inverse at other slots."""
        if self._symmetric.get(atom.args[0], False):
            ix = tuple(sorted(ix, key=lambda i: i.key))
        return of_atom(_slotted("inv", atom.head, ix, atom.args))

    def application(self, head: str, ix: tuple[Ix, ...], args: tuple[Poly, ...], names: list[str]) -> Poly:
        """An unknown function of arguments; ``names`` stand for a generic entry of the vector arguments."""
        known = substitution.undone(self, head, ix, args, names)
        if known is not None:
            return known
        height = max((p.height for p in args), default=0) + 1
        closed = {n: Ix(bound_name(height, i)) for i, n in enumerate(names)}
        for p in args:
            _check_capture(p, [ix.base for ix in closed.values()], names)
        return of_atom(_slotted("app", head, ix, tuple(self.rename(p, closed) for p in args)))

    # -- renaming --------------------------------------------------------------------------------------------------
    def rename(self, p: Poly, names: Mapping[str, Ix]) -> Poly:
        """p with free variables replaced by references."""
        if p.free.isdisjoint(names):
            return p
        pairs = tuple(names.items())
        total: dict[Mono, fmpq] = {}
        for m, c in p.terms.items():
            if m.free.isdisjoint(names):
                _accumulate(total, m, c)
                continue
            key = (m, pairs if len(pairs) == 1 else tuple(pair for pair in pairs if pair[0] in m.free))
            done = self._renamed.get(key)
            if done is None:
                self.tick()
                done = self._renamed[key] = self._rename_mono(m, names)
            for n, k in done.terms.items():
                _accumulate(total, n, c * k)
        return Poly(total)

    def _rename_mono(self, m: Mono, names: Mapping[str, Ix]) -> Poly:
        """A monomial with free variables replaced; most atoms stay single atoms, and are put together at once."""
        factors: Factors = {}
        others: list[Poly] = []
        for atom, e in m.factors:
            if atom.kind == "ent" and self.has_plain_entries(atom.head):
                atom = Atom("ent", atom.head, tuple([self.rename_ix(ix, names) for ix in atom.ix]))
            elif not atom.free.isdisjoint(names):
                renamed = self.rename_atom(atom, names)
                single = renamed.single
                if single is None or single[1] != 1 or len(single[0].factors) != 1 or single[0].factors[0][1] != 1:
                    others.append(self.power(renamed, e))
                    continue
                atom = single[0].factors[0][0]
            factors[atom] = exponent(factors[atom] + e) if atom in factors else e
        if self._has_rules(factors):
            others.append(self.collect(fmpq(1), factors))
        else:
            others.append(Poly({mono(factors): fmpq(1)}))
        return self.mul(*others)

    def rename_atom(self, atom: Atom, names: Mapping[str, Ix]) -> Poly:
        """An atom with free variables replaced."""
        if atom.free.isdisjoint(names):
            return atom.args[0] if atom.kind == "pp" else of_atom(atom)
        kind = atom.kind
        if kind == "ent":
            return self.entry(atom.head, tuple(self.rename_ix(ix, names) for ix in atom.ix))
        if kind == "inv" and atom.args[0].free.isdisjoint(names):
            return self._moved_inverse(atom, tuple(self.rename_ix(ix, names) for ix in atom.ix))
        bound = atom.bound
        if not names.keys().isdisjoint(bound):  # inside they mean something else
            names = {n: ix for n, ix in names.items() if n in atom.free}
        keep = bound and all(ix.free.isdisjoint(bound) for n, ix in names.items() if n in atom.free)
        on_poly, on_ix = (lambda p: self.rename(p, names)), (lambda ix: self.rename_ix(ix, names))
        if keep:
            try:
                return self.map_atom(atom, on_poly, on_ix, keep=True)
            except _Capture:
                pass
        return self.map_atom(atom, on_poly, on_ix)

    def rename_ix(self, ix: Ix, names: Mapping[str, Ix]) -> Ix:
        """A reference with its variable replaced."""
        if ix.free.isdisjoint(names):
            return ix
        if ix.atom is not None:
            return self.label(self.rename_atom(ix.atom, names), ix.shift)
        return names[ix.base].moved(ix.shift)

    def label(self, p: Poly, shift: int = 0) -> Ix:
        """A label-valued polynomial (one entry, or a whole number) as a reference."""
        constant = p.constant
        if constant is not None and constant.q == 1:
            return Ix("", int(constant.p) + shift)
        single = p.single
        if single is not None and single[1] == 1 and len(single[0].factors) == 1 and single[0].factors[0][1] == 1:
            atom = single[0].factors[0][0]
            return Ix(atom.ix[0].base, shift) if atom.kind == "ixv" else Ix("", shift, atom)
        raise TooHard("a subscript that is neither an index nor a label")

    def about(self, decl: SymbolDecl) -> Algebra:
        """An algebra with another declaration of a quantity, and without facts about it or signs that were assumed."""
        context = self.context.with_symbol(decl)
        other = Algebra(context, split_binary=self.split_binary, deadline=self.deadline, names=self.names)
        other.sum_rules = tuple(rule for rule in self.sum_rules if not facts.mentions(rule, decl.name))
        return other

    def knowing(self, rules: tuple[facts.SumRule, ...]) -> Algebra:
        """The same algebra with more sums known; what it finds does not reach this one."""
        other = Algebra(
            self.context,
            freed_names=self.freed_names,
            split_binary=self.split_binary,
            deadline=self.deadline,
            names=self.names,
        )
        other.positive, other.nonzero, other.positive_names = self.positive, self.nonzero, self.positive_names
        other.definition, other.distinct = self.definition, self.distinct
        other.sum_rules = (*self.sum_rules, *rules)
        return other

    def freed(self, name: str) -> Algebra:
        """The same algebra with the entries of one quantity free."""
        known = self._freed.get(name)
        if known is None:
            known = Algebra(
                self.context,
                freed_names=self.freed_names | {name},
                split_binary=self.split_binary,
                deadline=self.deadline,
                names=self.names,
            )
            known.positive, known.nonzero, known.positive_names = self.positive, self.nonzero, self.positive_names
            known.sum_rules = tuple(rule for rule in self.sum_rules if not facts.mentions(rule, name))
            known.definition, known.distinct = self.definition, self.distinct
            self._freed[name] = known
        return known

    def replace(
        self,
        p: Poly,
        change: Callable[[Atom], Poly | None],
        *,
        within: frozenset[str] | None = None,
        done: dict[Poly, Poly] | None = None,
    ) -> Poly:
        """p with every atom that ``change`` has a value for replaced, at any depth.

        What holds none of the names ``within`` (of quantities, or of functions as ``tanh()``) stays as it is; with
        ``None`` everything is renewed. ``done`` keeps results for the next call with the same change.
        """
        done = {} if done is None else done

        def visit(q: Poly) -> Poly:
            known = done.get(q)
            if known is None:
                known = done[q] = add(*(factor(m, c) for m, c in q.sorted())) if q.terms else ZERO
            return known

        def factor(m: Mono, c: fmpq) -> Poly:
            self.tick()
            if within is None:
                kept, changed = [], m.factors
            elif m.heads.isdisjoint(within):
                return Poly({m: c})
            else:
                kept = [pair for pair in m.factors if pair[0].heads.isdisjoint(within)]
                changed = tuple(pair for pair in m.factors if not pair[0].heads.isdisjoint(within))
            value = Poly({mono(kept): c})
            for atom, e in changed:
                value = self.mul(value, self.power(inner(atom), e))
            return value

        def inner(atom: Atom) -> Poly:
            new = change(atom)
            if new is not None:
                return new
            if atom.bound:
                try:
                    return self.map_atom(atom, visit, on_ix, keep=True)
                except _Capture:
                    pass
            return self.map_atom(atom, visit, on_ix)

        def on_ix(ix: Ix) -> Ix:
            return ix if ix.atom is None else self.label(inner(ix.atom), ix.shift)

        return visit(p)

    def map_atom(
        self, atom: Atom, on_poly: Callable[[Poly], Poly], on_ix: Callable[[Ix], Ix], *, keep: bool = False
    ) -> Poly:
        """An atom rebuilt with its parts changed; bound names are opened first, so nothing can be captured.

        With ``keep`` the bound names stay as they are while the parts change: the caller has seen to it that nothing
        new has these names, and ``_Capture`` is raised where a rebuilt binder would take one of them.
        """
        f, g = on_poly, on_ix
        if keep and atom.kind != "app":
            self.range_of.update((name, key) for name, key in zip(atom.bound, _ranges(atom), strict=True))
        match atom.kind:
            case "ent":
                return self.entry(atom.head, tuple(g(ix) for ix in atom.ix))
            case "delta":
                return self.delta(*(g(ix) for ix in atom.ix))
            case "ixv":
                return self.index_value(g(atom.ix[0]))
            case "ind":
                return self.indicator(atom.head, f(atom.args[0]))
            case "fn":
                return self.fn(atom.head, *(f(p) for p in atom.args))
            case "exp":
                return self.exp(f(atom.args[0]))
            case "pow":
                return self.power_poly(f(atom.args[0]), f(atom.args[1]))
            case "pp":
                return f(atom.args[0])
            case "sum":
                body, binders = self._parts(atom, keep)
                changed = f(body)
                return (
                    add(*(self.sum_mono(c, dict(m.factors), binders) for m, c in changed.sorted()))
                    if changed.terms
                    else ZERO
                )
            case "prod":
                body, binders = self._parts(atom, keep)
                return self.product_over(f(body), *binders[0])
            case "inv" | "det":
                body, binders = self._parts(atom, keep)
                ix = tuple(g(i) for i in atom.ix)
                return self.matrix_atom(atom.kind, atom.head, f(body), binders[0][0], binders[1][0], ix)
            case "app":
                names = list(atom.bound) if keep else [self.fresh("") for _ in atom.bound]
                opened = {b: Ix(n) for b, n in zip(atom.bound, names, strict=True) if b != n}
                changed_args = tuple(f(self.rename(p, opened)) for p in atom.args)
                return self.application(atom.head, tuple(g(i) for i in atom.ix), changed_args, names)
            case "var":
                return of_atom(Atom("var", atom.head, tuple(g(i) for i in atom.ix)))
        return of_atom(atom)


def _ranges(atom: Atom) -> tuple[str, ...]:
    """What the bound names of a sum, product, inverse or determinant range over."""
    return atom.ranges if atom.kind == "sum" else (atom.head,) * len(atom.bound)


def _occurrences(factors: Factors, name: str) -> str:
    """Where a variable occurs, without the names of others: a cheap invariant."""
    seen = []
    for atom, e in factors.items():
        if name in atom.free:
            places = ",".join(str(i) for i, ix in enumerate(atom.ix) if ix.base == name)
            sorted_slots = atom.kind in ("delta", "inv") or len(atom.ix) >= 2
            seen.append(f"{atom.kind}{atom.head}{e}" + ("" if sorted_slots else places))
    return ";".join(sorted(seen))


def _classes(binders: list[Binder], colour: dict[str, str]) -> list[list[Binder]]:
    groups: dict[str, list[Binder]] = {}
    for pair in sorted(binders, key=lambda pair: colour[pair[0]]):
        groups.setdefault(colour[pair[0]], []).append(pair)
    return list(groups.values())


def _arrangements(classes: list[list[Binder]]) -> int:
    count = 1
    for group in classes:
        for i in range(2, len(group) + 1):
            count *= i
    return count


def _check_capture(body: Poly, closed: Iterable[str], opened: Collection[str]) -> None:
    """Refuse bound names that the body already uses for something else."""
    if any(name in body.free and name not in opened for name in closed):
        raise _Capture


def _slotted(kind: str, head: str, ix: tuple[Ix, ...], args: tuple[Poly, ...]) -> Atom:
    """A binding atom with slots of its own, which must not have the names that it binds in its arguments."""
    atom = Atom(kind, head, ix, args)
    if any(not slot.free.isdisjoint(atom.bound) for slot in ix):
        raise _Capture
    return atom


def _accumulate(total: dict[Mono, fmpq], m: Mono, c: fmpq) -> None:
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


_WITH_RULES = frozenset({"ent", "pp", "delta", "ind", "prime", "fn"})


class _Capture(TooHard):
    """A bound name would catch a free one; the caller opens the binder under fresh names instead."""


def _special(algebra: Algebra, atom: Atom, e: Exponent) -> bool:
    """Whether an atom with this exponent has a rule of its own."""
    kind = atom.kind
    if kind == "ent":
        return e != 1 and isinstance(e, int) and e > 0 and algebra.is_binary(atom)
    if kind == "pp":
        return e >= 1
    if kind == "delta":
        return True
    if kind == "ind":
        return e > 1
    if kind == "prime":
        return e < 0 or e >= 1
    if kind == "fn":
        return (atom.head == "abs" and (e >= 2 or e <= -2)) or (atom.head == "cos" and isinstance(e, int) and e >= 2)
    return False


def _delta_substitution(atom: Atom) -> tuple[str, Ix]:
    """Which variable a delta replaces by what; no variable if neither side is one."""
    a, b = atom.ix
    for old, new in ((b, a), (a, b)):
        if old.base and old.base not in new.free and not (old.base.startswith(("#", "~", "!"))):
            return old.base, new.moved(-old.shift)
    return "", a


def _name_and_shift(e: Extent) -> tuple[str | None, int]:
    """``N - 1`` as a name and a shift."""
    if e.name is not None:
        return e.name, 0
    names = [(m, c) for m, c in e.terms if m]
    if len(names) == 1 and len(names[0][0]) == 1 and names[0][1] == 1:
        name = names[0][0][0]
        return name, (e - name).constant or 0
    return None, 0


def _from_one(r: Range) -> bool:
    return r.low.constant == 1


def _gcd(a: int, b: int) -> int:
    while b:
        a, b = b, a % b
    return a


def _pair(e: Exponent) -> tuple[int, int]:
    return (e, 1) if isinstance(e, int) else (e.numerator, e.denominator)


def _has_log(p: Poly) -> bool:
    return any(a.kind == "fn" and a.head == "log" and e == 1 for m in p.terms for a, e in m.factors)


__all__ = ["INTEGRAL", "Algebra", "Fraction", "TooHard", "number_of"]
