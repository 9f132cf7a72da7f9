"""Where a printed value is certainly wrong in one of its digits."""

from __future__ import annotations

import re
from fractions import Fraction

from flint import fmpq

from derive.language.claims import (
    Value,
)
from derive.language.extents import Shape
from derive.refute import arithmetic as ar
from derive.refute.arithmetic import CannotEvaluate, Imprecise, Number, Undefined
from derive.refute.arrays import Arr, Worth, entries
from derive.refute.names import free_indices
from derive.refute.relations import Arena, Check, frames, shown_indices
from derive.refute.state import Point
from derive.refute.witness import Failure, shown_number

_DECIMAL = re.compile(r"^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$")


def printed_interval(text: str) -> tuple[Fraction, Fraction]:
    """The numbers that round to a printed decimal: half a unit of its last digit to either side.

    >>> printed_interval("1.10")
    (Fraction(219, 200), Fraction(221, 200))
    """
    plain = text.strip().replace("−", "-").replace(" ", "").replace("{,}", "")
    if "/" in plain:
        top, _, bottom = plain.partition("/")
        if not (top.lstrip("+-").isdigit() and bottom.isdigit() and int(bottom)):
            raise CannotEvaluate(f"expected a decimal number or a fraction, found {text!r}")
        return Fraction(int(top), int(bottom)), Fraction(int(top), int(bottom))
    match = _DECIMAL.match(plain)
    if match is None or not (match[2] or match[3]):
        raise CannotEvaluate(f"expected a decimal number, found {text!r}")
    digits, power = match[3] or "", int(match[4] or 0)
    if abs(power) > 400:
        raise CannotEvaluate(f"the exponent of {text!r} is out of reach")
    unit = Fraction(10) ** (power - len(digits))
    middle = int((match[2] or "") + digits) * unit * (-1 if match[1] == "-" else 1)
    return middle - unit / 2, middle + unit / 2


def value_check(claim: Value, arena: Arena) -> Check:
    """Fails where an entry is certainly not what is printed."""
    free = free_indices(claim.term, arena.context)
    scope = {name: arena.context.indices[name] for name in free if name in arena.context.indices}
    shape, code = arena.program.compile(claim.term, scope)
    table = printed_table(shape, claim.printed)
    intervals = [[printed_interval(text) for text in row] for row in table]

    def check(point: Point) -> Failure | None:
        state = point.state(arena.program)
        for frame in frames(point, free, arena):
            value = code(frame, state)
            rows = as_printed(value, table)
            for j in range(len(rows[0])):
                column = [row[j] for row in rows]
                wanted = [row[j] for row in intervals]
                if _column_fails(column, wanted, claim.up_to_sign):
                    i = next((i for i in range(len(column)) if _entry_fails(column[i], wanted[i])), 0)
                    where = f"row {i + 1}, column {j + 1}" if len(rows) * len(rows[0]) > 1 else ""
                    digits = max(12, len(table[i][j]) + 2)
                    return Failure(shown_number(column[i], digits), table[i][j], where, shown_indices(frame, free))
        return None

    return check


def printed_table(shape: Shape, printed: tuple[tuple[str, ...], ...]) -> tuple[tuple[str, ...], ...]:
    """The printed table by rows; a vector is one column, however it was printed (a sign belongs to a whole column)."""
    if len(shape) == 1 and len(printed) == 1:
        return tuple((text,) for text in printed[0])
    return printed


def as_printed(value: Worth, printed: tuple[tuple[str, ...], ...]) -> list[list[Number]]:
    """The entries of the value by the rows of the table."""
    data = entries(value)
    widths = {len(row) for row in printed}
    if len(widths) != 1 or len(data) != len(printed) * len(printed[0]):
        raise CannotEvaluate(f"the printed table has {sum(map(len, printed))} entries, the term {len(data)}")
    width = len(printed[0])
    if isinstance(value, Arr) and len(value.dims) == 2 and value.dims != (len(printed), width):
        raise CannotEvaluate(
            f"the printed table is {len(printed)} × {width}, the term {value.dims[0]} × {value.dims[1]}"
        )
    return [data[i * width : (i + 1) * width] for i in range(len(printed))]


def _entry_fails(value: Number, interval: tuple[Fraction, Fraction]) -> bool:
    """Whether the value is certainly outside; ``Imprecise`` if its ball straddles an end."""
    value = ar.primal(value)
    low, high = ar.rational(interval[0]), ar.rational(interval[1])
    if isinstance(value, fmpq):
        return bool(value < low or value > high)
    if not value.is_finite():
        raise Undefined("the value is not finite")
    if value < low or value > high:
        return True
    if value >= low and value <= high:
        return False
    if value.rad() > (high - low) * fmpq(1, 10**6):
        raise Imprecise
    return False


def _column_fails(column: list[Number], wanted: list[tuple[Fraction, Fraction]], up_to_sign: bool) -> bool:
    fails = any(_entry_fails(value, interval) for value, interval in zip(column, wanted, strict=True))
    if not fails or not up_to_sign:
        return fails
    return any(_entry_fails(-value, interval) for value, interval in zip(column, wanted, strict=True))
