"""What every rule that closes a sum does last: the closed form takes the place of the factors that moved with it."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from flint import fmpq

from derive.prove.atoms import Atom, Poly, mono

if TYPE_CHECKING:
    from derive.prove.algebra import Algebra, Binder, Factors


def closed(
    algebra: Algebra,
    value: Poly,
    coefficient: fmpq,
    factors: Factors,
    touched: Collection[Atom],
    binders: list[Binder],
    name: str,
) -> Poly:
    """Σ over the binders of ``coefficient`` times the factors, where the sum over ``name`` of the ``touched`` ones is
    ``value``: the others multiply it, and the other sums go over all of it."""
    rest = Poly({mono({atom: e for atom, e in factors.items() if atom not in touched}): coefficient})
    total = algebra.mul(value, rest)
    for other, key in binders:
        if other != name:
            total = algebra.sum_over(total, other, key)
    return total
