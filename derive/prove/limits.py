"""What ends a computation: its time, the size of its result, a name that would be caught."""

from __future__ import annotations

from flint import fmpq

MAX_TERMS = 40_000


class TooHard(Exception):
    """The work did not fit in its time or size limit; the reason says which."""


class OutOfTime(TooHard):
    """The deadline has passed, or the work allowed is done. Nothing may be concluded from it, and nothing kept."""


MOST_BITS = 1 << 16
"""The longest number a power may become; 10^(10^10) would fill the memory before a limit of time is looked at."""


def number_power(base: fmpq, exponent: int) -> fmpq:
    """base ^ exponent, or ``TooHard`` before a number of more than ``MOST_BITS`` binary digits is begun.

    >>> number_power(fmpq(2, 3), -3)
    27/8
    """
    if abs(exponent) * (base.p.bit_length() + base.q.bit_length() - 2) > MOST_BITS:
        raise TooHard(f"a power with the exponent {exponent}")
    return base**exponent


class Capture(TooHard):
    """A bound name would catch a free one; the caller opens the binder under fresh names instead."""

    def __init__(self) -> None:
        super().__init__("a bound name would catch a free one")
