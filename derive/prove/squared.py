"""Equations that say what a root is, squared: ``‖u‖ = 1`` says that ``uᵀu = 1``."""

from __future__ import annotations

from fractions import Fraction

from derive.language.terms import Num, Op, Rel, Term

TWO = Num(Fraction(2))


def without_root(relation: Rel) -> Rel | None:
    """What follows where the sides of an equation are squared, if one of them is a norm or a square root; None if
    neither is.

    >>> from derive.language.terms import Sym
    >>> without_root(Rel("=", Op("norm", (Sym("u"),)), Num(Fraction(3)))).right.value
    Fraction(9, 1)
    >>> without_root(Rel("=", Sym("u"), Num(Fraction(1)))) is None
    True
    """
    if relation.op != "=":
        return None
    names = {side.name if isinstance(side, Op) else "" for side in (relation.left, relation.right)}
    numbers = any(isinstance(side, Num) for side in (relation.left, relation.right))
    if not (names & {"norm"} or ("sqrt" in names and (numbers or names == {"sqrt"}))):
        return None  # of a matrix, the root is taken entry by entry, and a power is a product of matrices
    return Rel("=", _square(relation.left), _square(relation.right))


def _square(term: Term) -> Term:
    match term:
        case Op(name="norm", args=(inside,)):
            return Op("norm2", (inside,))
        case Op(name="sqrt", args=(inside,)):
            return inside
        case Num(value=value):
            return Num(value * value)
    return Op("pow", (term, TWO))
