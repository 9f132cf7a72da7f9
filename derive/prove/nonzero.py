"""x ≠ 0 of a vector or a matrix: ‖x‖² > 0, and then xᵀ P x > 0 for every positive definite P."""

from __future__ import annotations

from fractions import Fraction

from flint import fmpq

from derive.language.context import Context
from derive.language.operators import ShapeError
from derive.language.shapes import shape_of
from derive.language.terms import Num, Op, Rel
from derive.prove import completed_squares, signs
from derive.prove.algebra import Algebra
from derive.prove.atoms import Atom, Ix, Mono, of_atom

ZERO = Num(Fraction(0))


def as_norm(context: Context, relation: Rel) -> Rel | None:
    """``‖x - y‖² > 0`` for x ≠ y between vectors or matrices, which says the same; None of anything else."""
    if relation.op != "!=":
        return None
    try:
        if not shape_of(relation.left, context) and not shape_of(relation.right, context):
            return None
    except ShapeError:
        return None
    gap = relation.left if relation.right == ZERO else Op("add", (relation.left, Op("neg", (relation.right,))))
    return Rel(">", Op("norm2", (gap,)), ZERO)


def is_positive_term(algebra: Algebra, m: Mono, c: fmpq) -> bool:
    """Whether one term is positive, the quadratic forms in it looked into."""
    total: signs.Sign = "+" if c > 0 else "-"
    for atom, e in m.factors:
        known = signs.mono_sign(algebra, Mono(((atom, e),)), fmpq(1))
        if known in (None, "0+") and isinstance(e, int) and e > 0 and _is_positive_form(algebra, atom):
            known = "+"
        total = signs.times(total, known)
    return total == "+"


def _is_positive_form(algebra: Algebra, atom: Atom) -> bool:
    """Whether a sum is xᵀ P x of a positive definite P and an x that is known not to be zero."""
    if atom.kind != "sum":
        return False
    for vector, _, key in completed_squares.kernels(algebra, atom):
        row = completed_squares.places(algebra, key)[0]
        norm = algebra.sum_over(algebra.power(of_atom(vector), 2), row, key)
        if vector.ix[-1] is Ix(row) and signs.sign(algebra, norm) == "+":
            return True
    return False


__all__ = ["as_norm", "is_positive_term"]
