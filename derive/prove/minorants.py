"""What is never negative and may be taken off: p ≥ 0 if p - q ≥ 0 for some q ≥ 0.

(Σ f)(Σ g) - (Σ t)² ≥ 0                         f g = t², f ≥ 0, g ≥ 0            Cauchy and Schwarz
Σ_j f_j - f_k ≥ 0                               f ≥ 0                             one term of a sum
a (x + b / 2a)² ≥ 0                             a > 0                             a completed square
(x + P⁻¹ b / 2)ᵀ P (x + P⁻¹ b / 2) ≥ 0          P positive definite               a completed square, of vectors
(bᵀ P⁻¹ b) (xᵀ P x) - (bᵀ x)² ≥ 0               P positive definite             (``weighted_forms``)
λ_n Σ f² - Σ_ij B_ij f_i f_j ≥ 0                λ_n the greatest eigenvalue of B   (``extreme_eigenvalues``)
a log(x / y) - a (1 - y / x) ≥ 0                a ≥ 0, x > 0, y ≥ 0               a logarithm lies below its tangent
a e^x - a (1 + x) ≥ 0                           a ≥ 0                             an exponential lies above its tangent
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice, permutations

from flint import fmpq

from derive.prove import extreme_eigenvalues, signs, weighted_forms
from derive.prove.algebra import INTEGRAL, Algebra, TooHard
from derive.prove.atoms import (
    ONE,
    UNIT,
    Atom,
    Exponent,
    Ix,
    Mono,
    Poly,
    add,
    exponent,
    mono,
    number,
    of_atom,
    scale,
)
from derive.prove.completed_squares import MOST_TERMS, completed_forms
from derive.prove.functions import cancelled
from derive.prove.signs import NOT_NEGATIVE
from derive.prove.tangents import logarithms

MOST_TRIES = 24
"""How many things are taken off in turn, each by itself."""


def remainders(algebra: Algebra, p: Poly) -> Iterator[Poly]:
    """What is left of p after each single thing that is never negative is taken off."""
    if len(p.terms) > MOST_TERMS or p.is_zero:
        return
    yield from islice(_after_each(algebra, p), MOST_TRIES)


def _after_each(algebra: Algebra, p: Poly) -> Iterator[Poly]:
    """Remainders with fewer terms that may be negative (a bound of logarithms may leave as many)."""
    left = _doubtful(algebra, p)
    for rule in (
        _one_of_a_sum,
        _cauchy_schwarz,
        logarithms,
        _exponentials,
        completed_forms,
        weighted_forms.bounds,
        extreme_eigenvalues.bounds,
    ):
        for found in rule(algebra, p):
            rest = cancelled(algebra, found)
            count = _doubtful(algebra, rest)
            if rest != p and (count < left or (count == left and rule in (logarithms, _exponentials))):
                yield rest


def _doubtful(algebra: Algebra, p: Poly) -> int:
    """How many terms may be negative."""
    return sum(signs.mono_sign(algebra, m, c) not in NOT_NEGATIVE for m, c in p.terms.items())


def _negative_terms(p: Poly) -> list[tuple[Mono, fmpq]]:
    return [(m, c) for m, c in p.sorted() if c < 0]


def _sums(p: Poly) -> list[Atom]:
    """The sums at the surface of p."""
    return [atom for atom in p.atoms() if atom.kind == "sum"]


def _quotient(algebra: Algebra, m: Mono, c: fmpq, by: Mono) -> Poly | None:
    """c m / by, where nothing that may be zero is divided by."""
    factors: dict[Atom, Exponent] = dict(m.factors)
    for atom, e in by.factors:
        factors[atom] = exponent(factors.get(atom, 0) - e)
        if factors[atom] < 0 and signs.atom_sign(algebra, atom) not in ("+", "-"):
            return None
    return algebra.collect(c, factors)


# -- exponentials ------------------------------------------------------------------------------------------------------
def _exponentials(algebra: Algebra, p: Poly) -> Iterator[Poly]:
    """p - R (e^q - 1 - q) for a term R e^q of p."""
    for m, c in p.sorted():
        for atom, e in m.factors:
            if atom.kind != "exp":
                continue
            weight = algebra.collect(c, {a: x for a, x in m.factors if a is not atom})
            if signs.sign(algebra, weight) in NOT_NEGATIVE:
                tangent = add(ONE, algebra.mul(number(e), atom.args[0]))
                yield add(p, Poly({m: -c}), algebra.mul(weight, tangent))


# -- one of a sum ------------------------------------------------------------------------------------------------------
def _one_of_a_sum(algebra: Algebra, p: Poly) -> Iterator[Poly]:
    """p - R (Σ_j f_j - f_k) for a term -R f_k of p."""
    known = [(of_atom(atom), atom) for atom in _sums(p)]
    known += [(rule.value, rule.pattern) for rule in algebra.sum_rules if rule.pattern.free.isdisjoint(rule.variables)]
    for whole, atom in known:
        if len(atom.ranges) != 1 or atom.ranges[0].startswith(INTEGRAL):
            continue
        body, ((name, range_key),) = algebra.open(atom)
        single = body.single
        if single is None or signs.sign(algebra, body) not in NOT_NEGATIVE:
            continue
        for m, c in _negative_terms(p):
            for ix in _references(algebra, m, range_key):
                one = algebra.rename(body, {name: ix})
                if (
                    one.single is None
                    or one.single[0] is UNIT
                    or not {a for a, _ in one.single[0].factors} <= {a for a, _ in m.factors}
                ):
                    continue
                weight = _quotient(algebra, m, -c / one.single[1], one.single[0])
                if weight is None or signs.sign(algebra, weight) not in NOT_NEGATIVE:
                    continue
                yield add(p, scale(algebra.mul(weight, add(whole, scale(one, -1))), -1))


def _references(algebra: Algebra, m: Mono, range_key: str) -> list[Ix]:
    """The references in the slots of a term that surely lie in a range."""
    found: dict[Ix, None] = {}
    stack = [atom for atom, _ in m.factors]
    while stack:
        atom = stack.pop()
        for ix in atom.ix:
            if not ix.base.startswith("#") and algebra.inside(ix, range_key):
                found[ix] = None
        stack.extend(inner for arg in atom.args for n in arg.terms for inner, _ in n.factors)
    return sorted(found, key=lambda ix: ix.key)


# -- Cauchy and Schwarz ------------------------------------------------------------------------------------------------
def _cauchy_schwarz(algebra: Algebra, p: Poly) -> Iterator[Poly]:
    """p - R ((Σ f)(Σ t²/f) - (Σ t)²) for a term -R (Σ t)² of p and a sum Σ f of terms that are not negative."""
    sums = _sums(p)
    for m, c in _negative_terms(p):
        for root, rest in _squares(algebra, m, sums):
            weight = scale(rest, -c)
            if signs.sign(algebra, weight) not in NOT_NEGATIVE:
                continue
            for atom in sums:
                for other in _partners(algebra, atom, root):
                    gap = add(algebra.mul(of_atom(atom), other), scale(algebra.power(root[0], 2), -1))
                    yield add(p, scale(algebra.mul(weight, gap), -1))


Root = tuple[Poly, Atom | None]
"""What a sum is worth, and the sum; without one it is the sum of ones over a range that is still open."""


def _squares(algebra: Algebra, m: Mono, sums: list[Atom]) -> Iterator[tuple[Root, Poly]]:
    """Ways to read a monomial as R S² with a sum S: one at the surface, one that a fact knows, or a sum of ones."""
    for atom, e in m.factors:
        if atom.kind == "sum" and isinstance(e, int) and e >= 2:
            yield (of_atom(atom), atom), Poly({mono({**dict(m.factors), atom: e - 2}): fmpq(1)})
    ranges = {atom.head for atom in sums}
    for rule in algebra.sum_rules:
        for names in _instances(algebra, rule.variables, m, rule.pattern.head in ranges):
            value = algebra.rename(rule.value, names)
            pattern = algebra.rename(of_atom(rule.pattern), names) if names else of_atom(rule.pattern)
            single = value.single
            known = rule.pattern if not names else _only_sum(algebra, rule.pattern, names)
            if single is None or known is None or pattern.is_zero or signs.sign(algebra, value) not in ("+", "-"):
                continue
            rest = _quotient(algebra, m, 1 / single[1] ** 2, mono({a: exponent(2 * e) for a, e in single[0].factors}))
            if rest is not None:
                yield (value, known), rest
    for head in sorted(ranges):
        if ";" in head or head.startswith(INTEGRAL):
            continue
        length = algebra.length(head)
        single = length.single
        rest = (
            None
            if single is None
            else _quotient(algebra, m, 1 / single[1] ** 2, mono({a: exponent(2 * e) for a, e in single[0].factors}))
        )
        if rest is not None:
            yield (length, None), rest


def _instances(algebra: Algebra, variables: frozenset[str], m: Mono, fits: bool) -> Iterator[dict[str, Ix]]:
    """References for the free indices of a rule: none to find, or one that stands in the term."""
    if not fits or len(variables) > 1:
        return
    if not variables:
        yield {}
        return
    (variable,) = variables
    key = algebra.range_of.get(variable)
    if key is not None:
        for ix in _references(algebra, m, key):
            yield {variable: ix}


def _only_sum(algebra: Algebra, pattern: Atom, names: dict[str, Ix]) -> Atom | None:
    """The pattern with references in place of its variables, before any rule says what it is worth."""
    body = algebra.rename(pattern.args[0], names)
    same = all(ix.free.isdisjoint(pattern.bound) for ix in names.values())
    return Atom("sum", pattern.head, args=(body,)) if same and body.height == pattern.args[0].height else None


def _partners(algebra: Algebra, atom: Atom, root: Root) -> Iterator[Poly]:
    """Σ t²/f for the sum Σ f and the root Σ t, where f and t²/f are not negative."""
    body, binders = algebra.open(atom)
    single = body.single
    if single is None or signs.sign(algebra, body) not in NOT_NEGATIVE:
        return
    for term in _aligned(algebra, root[1], binders):
        one = term.single
        if one is None or one[0] is single[0]:
            continue
        square = mono({a: exponent(2 * e) for a, e in one[0].factors})
        other = _quotient(algebra, square, one[1] ** 2 / single[1], single[0])
        if other is None or signs.sign(algebra, other) not in NOT_NEGATIVE:
            continue
        try:
            for name, range_key in binders:
                other = algebra.sum_over(other, name, range_key)
        except TooHard:
            continue
        yield other


def _aligned(algebra: Algebra, atom: Atom | None, binders: list[tuple[str, str]]) -> Iterator[Poly]:
    """The summand of a sum at these variables, in every order that fits their ranges."""
    if atom is None:
        yield ONE
        return
    if sorted(atom.ranges) != sorted(key for _, key in binders) or len(binders) > 3:
        return
    body, own = algebra.open(atom)
    for order in permutations(binders):
        if [key for _, key in order] == [key for _, key in own]:
            yield algebra.rename(body, {old: Ix(new) for (old, _), (new, _) in zip(own, order, strict=True)})
