"""Inequalities between logarithms: Σ c log A + r ≥ 0 where Π A^c ≥ e^(-r), as the exponential is increasing."""

from __future__ import annotations

from flint import fmpq

from derive.prove import signs
from derive.prove.algebra import Algebra, OutOfTime, TooHard
from derive.prove.atoms import ONE, ZERO, Poly, add, scale
from derive.prove.positivity import nonnegative

MOST_LOGARITHMS = 4
MOST_TERMS = 6
"""How many terms without a logarithm there may be."""
MOST_TIMES = 4
"""How often one logarithm may be counted."""


def shows(algebra: Algebra, gap: Poly, *, strict: bool = False) -> bool:
    """Whether logarithms of what is surely positive, some of it no number, add up with the rest to what is ≥ 0 (> 0
    with ``strict``): both sides are raised, what is taken away on the smaller one."""
    logs, rest = _split(algebra, gap)
    if not 1 <= len(logs) <= MOST_LOGARITHMS or len(rest.terms) > MOST_TERMS:
        return False
    if all(inside.constant is not None for inside, _ in logs):
        return False
    whole = fmpq(1)  # all halves and thirds away: no roots are left
    for c in (*(c for _, c in logs), *rest.terms.values()):
        whole *= (c * whole).q
    if any(abs(c * whole) > MOST_TIMES for _, c in logs):
        return False
    try:
        above, below = ONE, algebra.exp(scale(rest, -whole))
        for inside, c in logs:
            times = int((c * whole).p)
            if times > 0:
                above = algebra.mul(above, algebra.power(inside, times))
            else:
                below = algebra.mul(below, algebra.power(inside, -times))
        return nonnegative(algebra, add(above, scale(below, -1)), strict=strict)
    except OutOfTime:
        raise
    except TooHard:
        return False


def _split(algebra: Algebra, gap: Poly) -> tuple[list[tuple[Poly, fmpq]], Poly]:
    """What logarithms are taken of, each with its factor, where it is surely positive; and all other terms."""
    logs: list[tuple[Poly, fmpq]] = []
    rest = ZERO
    for m, c in gap.sorted():
        atom, e = m.factors[0] if len(m.factors) == 1 else (None, 0)
        if atom is not None and e == 1 and atom.kind == "fn" and atom.head == "log":
            inside = atom.args[0]
            if signs.sign(algebra, inside) == "+":
                logs.append((inside, c))
                continue
        rest = add(rest, Poly({m: c}))
    return logs, rest


__all__ = ["shows"]
