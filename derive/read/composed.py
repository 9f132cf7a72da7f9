r"""Functions that are written with others: ``\cosh``, ``\sinh`` and ``\tan`` of a number, the sign of one, and
logarithms to other bases."""

from __future__ import annotations

from fractions import Fraction

from derive.language.extents import SCALAR, show_shape
from derive.language.terms import Num, Rel, Span
from derive.read.errors import ShapeRefusal
from derive.read.fitting import Fitting, Typed, typed_op

SIGNS = frozenset({"sgn", "sign"})
COMPOSED_WORDS = frozenset({"cosh", "sinh", "tan"}) | SIGNS


def composed(fitting: Fitting, word: str, body: Typed, span: Span) -> Typed:
    """The value of such a function."""
    shape = fitting.settle(body.shape)
    if word in SIGNS:
        return _sign(fitting, body, span)
    if shape:
        raise ShapeRefusal(f"expected a scalar after {word}, found {show_shape(shape)}", span)

    def op(name: str, *args: Typed) -> Typed:
        return typed_op(fitting, name, list(args), span)

    if word == "tan":
        return op("div", op("sin", body), op("cos", body))
    fall = op("exp", op("neg", body))
    whole = op("add", op("exp", body), fall if word == "cosh" else op("neg", fall))
    return op("div", whole, Typed(Num(Fraction(2), span=span), SCALAR))


def _sign(fitting: Fitting, body: Typed, span: Span) -> Typed:
    """1 where a number, or an entry, is positive, -1 where it is negative, 0 where it is 0."""
    shape = fitting.settle(body.shape)

    def where(op: str) -> Typed:
        zero = Num(Fraction(0), span=span)
        return typed_op(fitting, "indicator", [Typed(Rel(op, body.term, zero, span=span), shape)], span)

    return typed_op(fitting, "add", [where(">"), typed_op(fitting, "neg", [where("<")], span)], span)


def to_base(fitting: Fitting, logarithm: Typed, base: Typed, span: Span) -> Typed:
    r"""``\log_b x``, from ``\log x``."""
    if fitting.settle(base.shape):
        raise ShapeRefusal("expected a number as the base of a logarithm", span)
    return typed_op(fitting, "div", [logarithm, typed_op(fitting, "log", [base], span)], span)


__all__ = ["COMPOSED_WORDS", "composed", "to_base"]
