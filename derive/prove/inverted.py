"""Equations that say what a logistic function or a hyperbolic tangent is, solved for what these are taken of."""

from __future__ import annotations

from fractions import Fraction

from derive.language.terms import Num, Op, Rel, Term

ONE, HALF = Num(Fraction(1)), Num(Fraction(1, 2))


def without_function(relation: Rel) -> Rel | None:
    """σ(u) = v as u = log v - log (1 - v), and tanh u = v as u = (log (1 + v) - log (1 - v)) / 2, of numbers u and v;
    None if neither side is such a value. The logarithms have a value, as v lies in (0, 1), or in (-1, 1).

    >>> from derive.language.terms import Sym
    >>> without_function(Rel("=", Op("logistic", (Sym("u"),)), Sym("v"))).left.name
    'u'
    >>> without_function(Rel("=", Sym("u"), Sym("v"))) is None
    True
    """
    if relation.op != "=":
        return None
    for side, value in ((relation.left, relation.right), (relation.right, relation.left)):
        below = Op("log", (Op("add", (ONE, Op("neg", (value,)))),))
        match side:
            case Op(name="logistic", args=(inside,)):
                return Rel("=", inside, _difference(Op("log", (value,)), below))
            case Op(name="tanh", args=(inside,)):
                above = Op("log", (Op("add", (ONE, value)),))
                return Rel("=", inside, Op("mul", (HALF, _difference(above, below))))
    return None


def _difference(one: Term, other: Term) -> Term:
    return Op("add", (one, Op("neg", (other,))))
