"""Declarations that leave a number no value: ``x > 0`` and ``x < -1``."""

from __future__ import annotations

from fractions import Fraction

from derive.language.context import Context, SymbolDecl
from derive.language.terms import Num, Op, Term

_LEAST = {"positive": True, "open_unit": True, "nonnegative": False, "unit": False}
"""Properties of what is at least 0, and whether 0 is left out."""
_GREATEST = {"negative": (0, True), "open_unit": (1, True), "unit": (1, False)}
"""Properties of what is at most a number, and whether that is left out."""


def leave_no_value(context: Context) -> bool:
    """Whether the bounds of some quantity exclude each other: then everything is true of it."""
    return any(_has_none(decl) for decl in context.symbols.values())


def _has_none(decl: SymbolDecl) -> bool:
    low, high = _number(decl.low), _number(decl.high)
    lows = [(low, decl.low_open)] if low is not None else []
    highs = [(high, decl.high_open)] if high is not None else []
    lows += [(Fraction(0), strict) for word, strict in _LEAST.items() if word in decl.properties]
    highs += [(Fraction(end), strict) for word, (end, strict) in _GREATEST.items() if word in decl.properties]
    return any(a > b or (a == b and (x or y)) for a, x in lows for b, y in highs)


def _number(term: Term | None) -> Fraction | None:
    match term:
        case Num(value):
            return value
        case Op("neg", (Num(value),)):
            return -value
    return None


__all__ = ["leave_no_value"]
