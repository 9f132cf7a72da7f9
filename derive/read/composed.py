r"""Functions that are written with others: ``\cosh``, ``\sinh`` and ``\tan`` of a number."""

from __future__ import annotations

from fractions import Fraction

from derive.language.extents import SCALAR, show_shape
from derive.language.terms import Num, Span
from derive.read.errors import ShapeRefusal
from derive.read.fitting import Fitting, Typed, typed_op

COMPOSED_WORDS = frozenset({"cosh", "sinh", "tan"})


def composed(fitting: Fitting, word: str, body: Typed, span: Span) -> Typed:
    """The value of such a function."""
    shape = fitting.settle(body.shape)
    if shape:
        raise ShapeRefusal(f"expected a scalar after {word}, found {show_shape(shape)}", span)

    def op(name: str, *args: Typed) -> Typed:
        return typed_op(fitting, name, list(args), span)

    if word == "tan":
        return op("div", op("sin", body), op("cos", body))
    fall = op("exp", op("neg", body))
    whole = op("add", op("exp", body), fall if word == "cosh" else op("neg", fall))
    return op("div", whole, Typed(Num(Fraction(2), span=span), SCALAR))


__all__ = ["COMPOSED_WORDS", "composed"]
