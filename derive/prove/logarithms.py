"""Two positive products are equal if their logarithms are: exponents are compared as rational functions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flint import fmpq

from derive.prove import signs
from derive.prove.atoms import Poly, add, scale

if TYPE_CHECKING:
    from derive.prove.algebra import Algebra


def logarithmic_gap(algebra: Algebra, p: Poly) -> Poly | None:
    """log x - log y for p = c (x - y) with positive products x and y, where a term holds an exponential; else None."""
    if len(p.terms) != 2 or not any(atom.kind in ("exp", "pow") for m in p.terms for atom, _ in m.factors):
        return None
    p = algebra.content(p)[1]  # what both terms share does not matter
    if len(p.terms) != 2:
        return None
    (one, a), (two, b) = p.sorted()
    if (a > 0) == (b > 0):
        return None
    if signs.mono_sign(algebra, one, fmpq(1)) != "+" or signs.mono_sign(algebra, two, fmpq(1)) != "+":
        return None
    left, right = (algebra.log(Poly({m: abs(c)})) for m, c in ((one, a), (two, b)))
    return add(left, scale(right, -1))
