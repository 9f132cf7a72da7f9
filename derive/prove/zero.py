"""Is a normal form zero? Denominators are cleared at the surface; under sums, the index they carry is exposed first."""

from __future__ import annotations

from collections.abc import Iterator
from math import floor

from flint import fmpq

from derive.prove import binding, matrix_powers, series, signs
from derive.prove.algebra import INTEGRAL, Algebra, Factors
from derive.prove.atoms import ONE, ZERO, Atom, Ix, Poly, add, exponent, mono, of_atom, scale
from derive.prove.divided import divided
from derive.prove.logarithms import logarithmic_gap

MAX_DEPTH = 5
CURVES = frozenset(("tanh()", "logistic()"))


def is_zero(algebra: Algebra, p: Poly, depth: int = 0) -> bool:
    """Whether p is surely zero for all sizes and values at which it is defined.

    True is a proof; False only means that these rules did not reduce it.
    """
    written, p = p, clear(algebra, series.oriented(algebra, p))
    if p.is_zero:
        return True
    if depth >= MAX_DEPTH:
        return False
    gap = logarithmic_gap(algebra, written)
    if gap is not None and is_zero(algebra, gap, depth + 1):
        return True
    if any(is_zero(algebra, q, depth + 1) for q in _exposed(algebra, p)):
        return True
    level = matrix_powers.levelled(algebra, p) if algebra.names.powers else p
    if level != p and is_zero(algebra, level, depth + 1):
        return True
    return depth == 0 and _by_exponentials(algebra, p, depth)


def clear(algebra: Algebra, p: Poly) -> Poly:
    """p times its denominators, which are not zero where p is defined."""
    for _ in range(12):
        worst: dict[Atom, int] = {}
        for m in p.terms:
            for atom, e in m.factors:
                if atom.kind == "pp" and e < 0:
                    worst[atom] = min(worst.get(atom, 0), floor(e))
        if not worst:
            return p
        atom = min(worst, key=lambda a: (a.height, a.key))
        p = _times(algebra, p, atom, -worst[atom])
    return p


def without_fractions(algebra: Algebra, p: Poly) -> Poly:
    """What is supposed to be zero, times the quantities without an index that its terms are divided by: zero too."""
    worst: dict[Atom, int] = {}
    for m in p.terms:
        for atom, e in m.factors:
            if e < 0 and not atom.free and atom.kind == "ent":
                worst[atom] = min(worst.get(atom, 0), floor(e))
    for atom in sorted(worst, key=lambda each: each.key):
        p = _times(algebra, p, atom, -worst[atom])
    return p


def _times(algebra: Algebra, p: Poly, atom: Atom, e: int) -> Poly:
    total: list[Poly] = []
    for m, c in p.sorted():
        factors = dict(m.factors)
        factors[atom] = exponent(factors.get(atom, 0) + e)
        total.append(algebra.collect(c, factors))
    return add(*total) if total else ZERO


def _exposed(algebra: Algebra, p: Poly) -> Iterator[Poly]:
    """What makes p vanish if it vanishes: p with the quotients under its integrals divided through; its summand, where
    all terms are gathered under one index that a denominator inside carries."""
    through = divided(algebra, p)
    if through is not None:
        yield through
    ranges = sorted({r for m in p.terms for a, _ in m.factors if a.kind == "sum" for r in a.ranges})
    for range_key in ranges:
        for strict in (True, False):
            gathered = _gather(algebra, p, range_key, strict)
            if gathered is not None:
                yield gathered


def _gather(algebra: Algebra, p: Poly, range_key: str, strict: bool) -> Poly | None:
    """p as one sum over ``range_key``: the summand at a fresh index, or None if a term has no such sum."""
    name = binding.unused(algebra, range_key, p.free)
    total = ZERO
    size = None if range_key.startswith(INTEGRAL) else algebra.length(range_key).single
    found_denominator = False
    for m, c in p.sorted():
        options = [
            (a, i)
            for a, e in m.factors
            if a.kind == "sum" and isinstance(e, int) and e >= 1
            for i, r in enumerate(a.ranges)
            if r == range_key
        ]
        with_denominator = [(a, i) for a, i in options if _carries(algebra, a, i)]
        if with_denominator:
            found_denominator = True
        choice = (with_denominator or ([] if strict and not options else options))[:1]
        if choice:
            total = add(total, _opened(algebra, dict(m.factors), c, *choice[0], name))
            continue
        if size is None:
            return None
        atom = size[0].factors[0][0] if len(size[0].factors) == 1 else None
        factors = dict(m.factors)
        if atom is None or atom not in factors:
            return None
        factors[atom] = exponent(factors[atom] - 1)
        total = add(total, Poly({mono(factors): c / size[1]}))
    return total if found_denominator or not strict else None


def _carries(algebra: Algebra, atom: Atom, i: int) -> bool:
    """Whether a bound name stands inside a denominator (or another power of a sum) of the body."""
    name = atom.bound[i]
    return any(
        name in a.free and (a.kind == "pp" or (e < 0 and a.kind in ("sum", "pp")))
        for m in atom.args[0].terms
        for a, e in m.factors
    )


def _opened(algebra: Algebra, factors: Factors, c: fmpq, atom: Atom, i: int, name: str) -> Poly:
    """One factor's sum over its i-th name taken off, with ``name`` in its place."""
    rest = {a: exponent(e if a is not atom else e - 1) for a, e in factors.items()}
    body = algebra.once(("opened", atom, i, name), lambda: _summand(algebra, atom, i, name))
    return algebra.mul(Poly({mono(rest): c}), body)


def _summand(algebra: Algebra, atom: Atom, i: int, name: str) -> Poly:
    """The body of a sum at ``name``, summed over its other names."""
    body, binders = algebra.open(atom)
    body = algebra.rename(body, {binders[i][0]: Ix(name)})
    for n, (other, key) in enumerate(binders):
        if n != i:
            body = algebra.sum_over(body, other, key)
    return body


def _by_exponentials(algebra: Algebra, p: Poly, depth: int) -> bool:
    """tanh and the logistic function written through exponentials, if what is left holds them."""
    found = [False]

    def change(atom: Atom) -> Poly | None:
        if atom.kind != "fn" or atom.head not in ("tanh", "logistic"):
            return None
        found[0] = True
        inner = algebra.replace(atom.args[0], change, within=CURVES)
        if atom.head == "logistic":
            return algebra.power(add(ONE, algebra.exp(scale(inner, -1))), -1)
        grown = algebra.exp(scale(inner, 2))
        return algebra.mul(add(grown, scale(ONE, -1)), algebra.power(add(grown, ONE), -1))

    if all(m.heads.isdisjoint(CURVES) for m in p.terms):
        return False
    plain = algebra.replace(p, change, within=CURVES)
    return found[0] and is_zero(algebra, plain, depth + 1)


__all__ = ["clear", "is_zero", "of_atom", "signs"]
