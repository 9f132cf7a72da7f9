"""Quotients under integrals divided through, so that ∫ p can close where p (p + q) / (p + q) stands.

t m S⁻ᵏ = (t S¹⁻ᵏ - t (S - c m) S⁻ᵏ) / c        for a term c m of S, where S is not zero
"""

from __future__ import annotations

from flint import fmpq

from derive.prove.algebra import INTEGRAL, Algebra
from derive.prove.atoms import ZERO, Atom, Exponent, Mono, Poly, add, exponent, mono, scale

MOST_STEPS = 24


def divided(algebra: Algebra, p: Poly) -> Poly | None:
    """p with the quotients under its integrals divided through, or None if there is nothing to divide."""
    total, changed = ZERO, False
    for m, c in p.sorted():
        atom = next((a for a, e in m.factors if e == 1 and _is_integral(a)), None)
        parts = None if atom is None else _through(algebra, atom)
        if atom is None or parts is None:
            total = add(total, Poly({m: c}))
            continue
        rest = mono({a: e for a, e in m.factors if a is not atom})
        total, changed = add(total, algebra.mul(Poly({rest: c}), parts)), True
    return total if changed else None


def _is_integral(atom: Atom) -> bool:
    return atom.kind == "sum" and len(atom.ranges) == 1 and atom.ranges[0].startswith(INTEGRAL)


def _through(algebra: Algebra, atom: Atom) -> Poly | None:
    """An integral whose integrand has been divided through; None if nothing in it can be."""
    body, ((name, key),) = algebra.open(atom)
    left = body
    for _ in range(MOST_STEPS):
        step = _step(algebra, left, name)
        if step is None:
            break
        left = step
    return None if left == body else algebra.sum_over(left, name, key)


def _step(algebra: Algebra, p: Poly, name: str) -> Poly | None:
    """p with one of its terms divided; None if none has the leading term of what it is divided by."""
    for m, c in p.sorted():
        for atom, e in m.factors:
            if atom.kind != "pp" or e >= 0 or not isinstance(e, int) or name not in atom.free:
                continue
            lead, weight = max(atom.args[0].sorted(), key=lambda each: each[0].key)
            others = _quotient(m, lead)
            if others is None or name not in lead.free:
                continue
            return add(p, scale(Poly({m: c}), -1), _divided(algebra, others, c / weight, atom, (lead, weight)))
    return None


def _quotient(m: Mono, lead: Mono) -> dict[Atom, Exponent] | None:
    """The factors of m without those of ``lead``; None if it has not enough of them."""
    factors = dict(m.factors)
    for atom, e in lead.factors:
        have = factors.get(atom, 0)
        if have < e or e < 0:
            return None
        factors[atom] = exponent(have - e)
    return {atom: e for atom, e in factors.items() if e != 0}


def _divided(algebra: Algebra, others: dict[Atom, Exponent], c: fmpq, atom: Atom, leading: tuple[Mono, fmpq]) -> Poly:
    """t S¹⁻ᵏ - t (S - lead) S⁻ᵏ, where ``others`` is t S⁻ᵏ."""
    less = dict(others)
    less[atom] = exponent(less[atom] + 1)
    if less[atom] == 0:
        del less[atom]
    lead, weight = leading
    rest = add(atom.args[0], scale(Poly({lead: weight}), -1))
    return add(Poly({mono(less): c}), scale(algebra.mul(Poly({mono(others): c}), rest), -1))


__all__ = ["divided"]
