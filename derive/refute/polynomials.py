"""Polynomials in a formal variable, as their coefficients: the constant first, no zeros at the end."""

from __future__ import annotations

from derive.refute import arithmetic as ar
from derive.refute.arithmetic import ZERO, Number

Polynomial = tuple[Number, ...]
"""Coefficients, the constant first."""


def trimmed(factors: Polynomial) -> Polynomial:
    """Without the zeros at its end."""
    length = len(factors)
    while length and ar.is_exact_zero(factors[length - 1]):
        length -= 1
    return factors[:length]


def plus(left: Polynomial, right: Polynomial) -> Polynomial:
    """The sum."""
    if len(left) < len(right):
        left, right = right, left
    return (*(a + b for a, b in zip(left, right, strict=False)), *left[len(right) :])


def times(left: Polynomial, right: Polynomial) -> Polynomial:
    """The product."""
    if not left or not right:
        return ()
    found: list[Number] = [ZERO] * (len(left) + len(right) - 1)
    for i, a in enumerate(left):
        for j, b in enumerate(right):
            found[i + j] = found[i + j] + a * b
    return tuple(found)
