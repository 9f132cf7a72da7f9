"""The index engine: arithmetic on normal forms in one context, with sums over symbolic ranges.

Every constructor returns a polynomial in normal form. Nothing here guesses: a rule that does not apply leaves the atom
alone.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from math import floor
from typing import Any, TypeVar

from flint import fmpq

from derive.language.context import Context, SymbolDecl
from derive.language.extents import Extent, Range
from derive.language.terms import Term
from derive.prove import (
    binding,
    facts,
    inverses,
    powers,
    products,
    renaming,
    restricted,
    series,
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
    top_and_bottom,
)
from derive.prove.limits import MAX_TERMS, OutOfTime, TooHard, number_power

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
        self.positive: set[Poly] = set()
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
            elif isinstance(e, int) and two_valued.is_power_of_one(self, atom, e):
                del factors[atom]
                extra.append(two_valued.power(self, atom, e))
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
            elif atom.kind == "det":
                factors[atom] = exponent(e - 2 * (e // 2))
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
        return powers.power(self, p, e)

    def content(self, p: Poly, *, whole: bool = True) -> tuple[Poly, Poly]:
        """Split off what all terms share: a number and the least power of each atom (so no negative powers stay
        inside)."""
        return powers.content(self, p, whole=whole)

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
        if p.is_zero:
            return ZERO if relation == ">" else ONE
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
        ordered = series.order_of_indices(self, p) if relation == ">" else None
        if ordered is not None:
            return ordered
        switch = two_valued.find(self, p)
        alone = switch is not None and not p.free - of_atom(switch).free and p.atoms() == of_atom(switch).atoms()
        if switch is not None and (alone or (self.split_binary and switch.kind == "ent")):
            split = two_valued.split(self, p, lambda q: self.indicator(relation, q))
            if split is not None:
                return split
        factor = abs(p.sorted()[0][1]) if relation == ">" else p.sorted()[0][1]
        return of_atom(Atom("ind", relation, args=(scale(p, 1 / factor),)))

    def absolute(self, p: Poly) -> Poly:
        """The absolute value."""
        known = signs.sign(self, p)
        if known in ("+", "0+", "0"):
            return p
        if known in ("-", "0-"):
            return scale(p, -1)
        split = self._split(p, self.absolute)
        if split is not None:
            return split
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
        if two_valued.values(self, atom) == (-1, 1):
            return ONE
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
                total = add(total, scale(self._log_atom(atom), fmpq(*top_and_bottom(e))))
            else:
                whole[atom] = e
        if not whole and c > 0:
            return total
        if c > 0 and len(whole) > 1 and all(signs.atom_sign(self, atom) == "0+" for atom in whole):
            for atom, e in sorted(whole.items(), key=lambda pair: pair[0].key):
                one = of_atom(Atom("fn", "log", args=(of_atom(atom),)))
                total = add(total, scale(one, fmpq(*top_and_bottom(e))))
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
        other = Algebra(
            self.context,
            freed_names=self.freed_names,
            split_binary=self.split_binary,
            deadline=self.deadline,
            names=self.names,
        )
        other.positive, other.nonzero, other.positive_names = self.positive, self.nonzero, self.positive_names
        other.simple_spectra = self.simple_spectra
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
            known.simple_spectra = self.simple_spectra
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
        """p with every atom that ``change`` has a value for replaced, at any depth."""
        return renaming.replace(self, p, change, within=within, done=done)

    def map_atom(
        self, atom: Atom, on_poly: Callable[[Poly], Poly], on_ix: Callable[[Ix], Ix], *, keep: bool = False
    ) -> Poly:
        """An atom rebuilt with its parts changed; bound names are opened first, so nothing can be captured."""
        return renaming.map_atom(self, atom, on_poly, on_ix, keep=keep)


_WITH_RULES = frozenset({"ent", "pp", "delta", "ind", "prime", "fn", "det"})


def _special(algebra: Algebra, atom: Atom, e: Exponent) -> bool:
    """Whether an atom with this exponent has a rule of its own."""
    kind = atom.kind
    if kind == "ent":
        if e == 1 or not isinstance(e, int):
            return False
        return (e > 0 and algebra.is_binary(atom)) or two_valued.is_power_of_one(algebra, atom, e)
    if kind == "pp":
        return e >= 1
    if kind == "delta":
        return True
    if kind == "ind":
        return e > 1
    if kind == "prime":
        return e < 0 or e >= 1
    if kind == "det":
        return isinstance(e, int) and e not in (0, 1) and facts.is_orthogonal(algebra, atom)
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


def _from_one(r: Range) -> bool:
    return r.low.constant == 1


def _has_log(p: Poly) -> bool:
    return any(a.kind == "fn" and a.head == "log" and e == 1 for m in p.terms for a, e in m.factors)


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
