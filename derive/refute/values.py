"""Printed values confirmed: a ball around the exact value that lies within the printed digits."""

from __future__ import annotations

from fractions import Fraction

from flint import fmpq

from derive.language.claims import Value
from derive.language.context import Context
from derive.language.operators import ShapeError
from derive.refute import arithmetic as ar
from derive.refute.arithmetic import CannotEvaluate, Imprecise, Number, Undefined
from derive.refute.attack import program_of
from derive.refute.printed import as_printed, printed_interval, printed_table
from derive.refute.relations import Arena
from derive.refute.state import Point, State


def confirms(claim: Value, context: Context) -> bool:
    """Whether every printed digit is certainly right. Only for a term that holds nothing left open.

    >>> from derive.language.terms import Const, Num, Op
    >>> confirms(Value(Op("exp", (Num(Fraction(1)),)), (("2.718",),)), Context())
    True
    >>> confirms(Value(Op("exp", (Num(Fraction(1)),)), (("2.719",),)), Context())
    False
    """
    try:
        arena = Arena(program_of(context), claim)
        shape, code = arena.program.compile(claim.term, {})  # a value has no free indices
    except (CannotEvaluate, ShapeError):
        return False
    subject = arena.subject
    if subject.sizes or any(context.symbols[name].definition is None for name in subject.symbols):
        return False
    if any(context.functions[n].body is None and context.functions[n].builtin is None for n in subject.functions):
        return False
    table = printed_table(shape, claim.printed)
    bits = ar.START_BITS
    while bits <= ar.LIMIT_BITS:
        with ar.precision(bits):
            try:
                value = code({}, State(arena.program, Point({}, {})))
                return _within(as_printed(value, table), table, claim.up_to_sign)
            except Imprecise:
                bits *= 2
            except (Undefined, CannotEvaluate):
                return False
    return False


def _within(rows: list[list[Number]], table: tuple[tuple[str, ...], ...], up_to_sign: bool) -> bool:
    intervals = [[printed_interval(text) for text in row] for row in table]
    for j in range(len(rows[0])):
        pairs = [(row[j], wanted[j]) for row, wanted in zip(rows, intervals, strict=True)]
        if all(_entry_within(value, wanted) for value, wanted in pairs):
            continue
        if not up_to_sign or not all(_entry_within(-value, wanted) for value, wanted in pairs):
            return False
    return True


def _entry_within(value: Number, interval: tuple[Fraction, Fraction]) -> bool:
    value = ar.primal(value)
    low, high = ar.rational(interval[0]), ar.rational(interval[1])
    if isinstance(value, fmpq):
        return bool(low <= value <= high)
    if value >= low and value <= high:
        return True
    if value < low or value > high:
        return False
    raise Imprecise
