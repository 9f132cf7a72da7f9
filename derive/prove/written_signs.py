"""Signs that can be read off a term as it is written: squares, norms, and sums, products and quotients of such.

A normal form multiplies squares out, and then it takes work to see them again.
"""

from __future__ import annotations

from collections.abc import Callable

from derive.language.shapes import Scope
from derive.language.terms import Big, Num, Op, Term

Ask = Callable[[Term, Scope], bool]


def is_nonnegative(term: Term, scope: Scope, is_scalar: Ask, leaf: Ask) -> bool:
    """Whether a term is ≥ 0 wherever it is defined; ``leaf`` is asked whether that is known of what this does not look
    into.

    Only scalars are looked into: the square of a matrix has entries of any sign.
    """
    if not is_scalar(term, scope):
        return False
    match term:
        case Num(value):
            return value >= 0
        case Op("norm2" | "norm" | "abs" | "exp" | "logistic" | "sqrt"):
            return True
        case Op("pow", (_, Num(value))) if value.denominator == 1 and value.numerator % 2 == 0:
            return True
        case Op("add" | "mul" | "div", args):
            if all(is_nonnegative(arg, scope, is_scalar, leaf) for arg in args):
                return True
        case Big("sum", var, range_, body):
            if is_nonnegative(body, {**scope, var: range_}, is_scalar, leaf):
                return True
    return leaf(term, scope)
