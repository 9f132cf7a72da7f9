"""Inequalities between roots and absolute values: both sides squared, where the larger one is surely not negative."""

from __future__ import annotations

from derive.prove import signs
from derive.prove.algebra import Algebra
from derive.prove.atoms import ZERO, Poly, add, scale
from derive.prove.positivity import nonnegative

DEPTH = 2
"""How often both sides are squared."""
MOST_TERMS = 12
"""How many terms a difference may have to be squared."""


def shows(algebra: Algebra, gap: Poly, depth: int = DEPTH, *, strict: bool = False) -> bool:
    """Whether P - L is never negative (or always positive), P being its terms that surely are not: because P² - L² is
    so.

    Where P ≥ 0 and P² ≥ L², P ≥ |L| ≥ L; and where P² > L², P > |L|. Only tried where some term has a root or an
    absolute value.
    """
    if depth == 0 or not 2 <= len(gap.terms) <= MOST_TERMS or not _has_roots(gap):
        return False
    for rooted in (False, True):
        above, below = _split(algebra, gap, rooted)
        if above.is_zero or below.is_zero:
            continue
        squared = add(algebra.mul(above, above), scale(algebra.mul(below, below), -1))
        if nonnegative(algebra, squared, strict=strict) or shows(algebra, squared, depth - 1, strict=strict):
            return True
    return False


def _split(algebra: Algebra, gap: Poly, rooted: bool) -> tuple[Poly, Poly]:
    """P and L of a difference P - L: in P the terms that surely are not negative (those with roots, if ``rooted``)."""
    above, below = ZERO, ZERO
    for m, c in gap.sorted():
        part = Poly({m: c})
        if signs.mono_sign(algebra, m, c) in signs.NOT_NEGATIVE and (not rooted or _has_roots(part)):
            above = add(above, part)
        else:
            below = add(below, scale(part, -1))
    return above, below


def _has_roots(gap: Poly) -> bool:
    return any(
        not isinstance(e, int) or (atom.kind == "fn" and atom.head == "abs") for m in gap.terms for atom, e in m.factors
    )
