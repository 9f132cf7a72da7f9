"""Expectations of polynomials under a Gaussian, by Isserlis' theorem: E[x_a r] = m_a E[r] + Σ_b S_ab E[r without b]."""

from __future__ import annotations

from collections.abc import Callable

from flint import fmpq

from derive.prove.algebra import Algebra, TooHard
from derive.prove.atoms import ONE, ZERO, Atom, Ix, Poly, add, mono

Mean = Callable[[Ix], Poly]
Covariance = Callable[[Ix, Ix], Poly]
_SCALAR = Ix("", 1)


def gaussian_moments(algebra: Algebra, p: Poly, var: str, mean: Mean, covariance: Covariance) -> Poly:
    """E[p] where the variable ``var`` is normal with this mean and covariance; p must be a polynomial in it."""
    total = ZERO
    for m, c in p.sorted():
        outside = {a: e for a, e in m.factors if var not in a.free}
        inside = [(a, e) for a, e in m.factors if var in a.free]
        value, slots, binders = ONE, [], []
        for atom, e in inside:
            if not isinstance(e, int) or e < 1 or atom.kind not in ("var", "sum"):
                raise TooHard("a Gaussian expectation of something that is not a polynomial")
            for _ in range(e):
                body, more = (ONE, []) if atom.kind == "var" else algebra.open(atom)
                binders.extend(more)
                if atom.kind == "var":
                    slots.append(_slot(atom))
                    continue
                value, found = _pull(algebra, algebra.mul(value, body), var)
                slots.extend(found)
        expected = algebra.mul(value, _isserlis(algebra, tuple(slots), mean, covariance))
        for name, key in binders:
            expected = algebra.sum_over(expected, name, key)
        total = add(total, algebra.mul(Poly({mono(outside): c}), expected))
    return total


def _slot(atom: Atom) -> Ix:
    return atom.ix[1] if len(atom.ix) > 1 else _SCALAR


def _pull(algebra: Algebra, p: Poly, var: str) -> tuple[Poly, list[Ix]]:
    single = p.single
    if single is None:
        raise TooHard("a Gaussian expectation over a sum that does not open to one term")
    slots: list[Ix] = []
    rest = {}
    for atom, e in single[0].factors:
        if var not in atom.free:
            rest[atom] = e
        elif atom.kind == "var" and isinstance(e, int) and e > 0:
            slots.extend([_slot(atom)] * e)
        else:
            raise TooHard("a Gaussian expectation of something that is not a polynomial")
    return Poly({mono(rest): fmpq(single[1])}), slots


def _isserlis(algebra: Algebra, slots: tuple[Ix, ...], mean: Mean, covariance: Covariance) -> Poly:
    if not slots:
        return ONE
    first, rest = slots[0], slots[1:]
    total = algebra.mul(mean(first), _isserlis(algebra, rest, mean, covariance))
    for i, other in enumerate(rest):
        without = rest[:i] + rest[i + 1 :]
        total = add(total, algebra.mul(covariance(first, other), _isserlis(algebra, without, mean, covariance)))
    return total
