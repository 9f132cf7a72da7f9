"""The square of a linear form beside a quadratic one: what is never negative, by the inequality of Cauchy and Schwarz.

(bᵀ P⁻¹ b) (xᵀ P x) - (bᵀ x)² ≥ 0                        P positive definite
bᵀ P⁻¹ b - (bᵀ x)² / (xᵀ P x) ≥ 0                        so the greatest value of a quotient with a square above
"""

from __future__ import annotations

from collections.abc import Iterator

from flint import fmpq

from derive.prove import signs
from derive.prove.algebra import Algebra
from derive.prove.atoms import ZERO, Atom, Ix, Poly, add, heads, mono, of_atom, scale
from derive.prove.completed_squares import kernels, places
from derive.prove.differentiate import Target, differentiate


def bounds(algebra: Algebra, p: Poly) -> Iterator[Poly]:
    """What is left of p when such a thing is taken off, for each quadratic form that is a factor or a divisor in it."""
    forms = {atom: None for m in p.terms for atom, e in m.factors if atom.kind == "sum" and e in (1, -1)}
    for form in sorted(forms, key=lambda atom: atom.key):
        for vector, inverse, key in kernels(algebra, form):
            if algebra.is_tied(vector.head):
                continue
            for rest in (
                _below_a_square(algebra, p, form, vector, inverse, key),
                _beside_a_square(algebra, p, form, vector, inverse, key),
            ):
                if rest is not None:
                    yield rest


def _below_a_square(algebra: Algebra, p: Poly, form: Atom, vector: Atom, inverse: Poly, key: str) -> Poly | None:
    """r - bᵀ P⁻¹ b for r - (bᵀ x)² / (xᵀ P x)."""
    above, rest = _times(p, form, -1)
    most = _most(algebra, scale(above, -1), vector, inverse, key)
    return None if most is None else add(rest, scale(most, -1))


def _beside_a_square(algebra: Algebra, p: Poly, form: Atom, vector: Atom, inverse: Poly, key: str) -> Poly | None:
    """(a - bᵀ P⁻¹ b) (xᵀ P x) + r for a (xᵀ P x) - (bᵀ x)² + r, where r is free of x."""
    factor, others = _times(p, form, 1)
    if vector.head in heads(factor):
        return None
    constant = Poly({m: c for m, c in others.terms.items() if vector.head not in heads(Poly({m: c}))})
    most = _most(algebra, scale(add(others, scale(constant, -1)), -1), vector, inverse, key)
    if most is None:
        return None
    return add(constant, algebra.mul(add(factor, scale(most, -1)), of_atom(form)))


def _times(p: Poly, form: Atom, power: int) -> tuple[Poly, Poly]:
    """What a power of a form is multiplied by in p, and the terms without it."""
    by, rest = ZERO, ZERO
    for m, c in p.sorted():
        if dict(m.factors).get(form, 0) == power:
            by = add(by, Poly({mono({a: e for a, e in m.factors if a is not form}): c}))
        else:
            rest = add(rest, Poly({m: c}))
    return by, rest


def _most(algebra: Algebra, square: Poly, vector: Atom, inverse: Poly, key: str) -> Poly | None:
    """bᵀ P⁻¹ b for (bᵀ x)², which is known by its derivatives g and H in x: xᵀ H x is twice the square, and g gᵀ is H
    times that, so H has rank one; its diagonal is not negative."""
    if square.is_zero or vector.head not in heads(square):
        return None
    row, column = places(algebra, key)
    slope = differentiate(algebra, square, Target("ent", vector.head, vector.ix))
    moved = algebra.rename(of_atom(vector), {row: Ix(column)}).single
    if moved is None:
        return None
    other = moved[0].factors[0][0]
    curvature = differentiate(algebra, slope, Target("ent", vector.head, other.ix))
    if vector.head in heads(curvature):
        return None
    whole = algebra.mul(curvature, of_atom(vector), of_atom(other))
    if _over_both(algebra, whole, key) != scale(square, 2):
        return None
    slopes = algebra.mul(slope, algebra.rename(slope, {row: Ix(column)}))
    if slopes != scale(algebra.mul(square, curvature), 2):
        return None
    if not _is_square(algebra, algebra.rename(curvature, {column: Ix(row)})):
        return None
    return scale(_over_both(algebra, algebra.mul(curvature, inverse), key), fmpq(1, 2))


def _over_both(algebra: Algebra, body: Poly, key: str) -> Poly:
    row, column = places(algebra, key)
    return algebra.sum_over(algebra.sum_over(body, row, key), column, key)


def _is_square(algebra: Algebra, p: Poly) -> bool:
    """Whether a product is not negative whatever the signs of its factors that are squared."""
    content, rest = algebra.content(p)
    total = signs.sign(algebra, content)
    for part, times in signs.factor(algebra, rest) or [(rest, 1)]:
        even = isinstance(times, int) and times % 2 == 0
        total = signs.times(total, "0+" if even else signs.sign(algebra, part))
    return total in ("+", "0+")


__all__ = ["bounds"]
