"""Integrals in closed form: over the real line sums of polynomial × exp(quadratic), which is what Gaussians leave, and
between limits, or over a half-line, sums of polynomial × exp(linear).

The variable of integration is a formal number. It has a tag among those of the perturbations: the newer of two is the
outer one, so derivatives in and around an integral, and integrals in integrals, keep apart.
"""

from __future__ import annotations

from typing import Any

from derive.refute import arithmetic as ar
from derive.refute.arithmetic import ONE, ZERO, CannotEvaluate, Dual, Number, Undefined
from derive.refute.formal import Formal
from derive.refute.polynomials import Polynomial, plus, times, trimmed

Piece = tuple[Polynomial, Polynomial]
"""P and Q of a summand P(x) exp(Q(x))."""
HIGHEST = 24


def variable(tag: int) -> Number:
    """The variable of integration itself."""
    return Exponential(tag, [((ZERO, ONE), ())])


def integral(value: Number, tag: int) -> Number:
    """∫ value over the whole line in the variable ``tag``; ``Undefined`` if it diverges."""
    if isinstance(value, Exponential) and value.tag == tag:
        return sum((_gaussian_integral(*piece) for piece in value.pieces), ZERO)
    if isinstance(value, Dual | Formal) and value.tag > tag:
        raise CannotEvaluate("an integral around a derivative that is still open")
    if ar.is_exact_zero(value):
        return ZERO
    raise Undefined("an integral that diverges")


def between(value: Number, tag: int, low: Number | None, high: Number | None) -> Number:
    """∫ value from low to high (``None``: to minus, or plus, infinity): polynomials times exponentials."""
    if not (isinstance(value, Exponential) and value.tag == tag):
        if ar.is_exact_zero(value):
            return ZERO
        if low is None or high is None:
            raise Undefined("an integral that diverges")
        return value * (high - low)
    total: Number = ZERO
    for factor, exponent in value.pieces:
        if len(exponent) > 2:
            total = total + _of_square(factor, exponent, low, high)
            continue
        if len(exponent) < 2 and (low is None or high is None):
            raise Undefined("an integral that diverges")
        total = total + _primitive(factor, exponent, high, 1) - _primitive(factor, exponent, low, -1)
    return total


def _of_square(factor: Polynomial, exponent: Polynomial, low: Number | None, high: Number | None) -> Number:
    """∫ P exp(q0 + q2 x²): odd powers between any limits, in u = x²; even ones over the half of the line on one side
    of 0 (each is half of that over the line)."""
    q0, q1, q2 = exponent
    if len(exponent) != 3 or not ar.is_exact_zero(q1):
        raise CannotEvaluate("an integral between limits of the exponential of a square")
    odd, in_u = factor[1::2], (q0, q2)
    ends = [None if end is None else end * end for end in (low, high)]
    total = (_primitive(odd, in_u, ends[1], 1) - _primitive(odd, in_u, ends[0], 1)) * ar.HALF if odd else ZERO
    even = trimmed(tuple(ZERO if power % 2 else coefficient for power, coefficient in enumerate(factor)))
    if not even:
        return total
    half = _gaussian_integral(even, exponent) * ar.HALF
    if high is None and low is not None and ar.is_exact_zero(low):
        return total + half
    if low is None and high is not None and ar.is_exact_zero(high):
        return total + half
    raise CannotEvaluate("an integral between limits of the exponential of a square")


def _primitive(factor: Polynomial, exponent: Polynomial, at: Number | None, infinity: int) -> Number:
    """P exp(q0 + q1 x) integrated, at one end: (P / q1 - P' / q1² + P'' / q1³ - …) exp(q0 + q1 x)."""
    if len(exponent) < 2:
        total: Number = ZERO
        for power, coefficient in enumerate(factor):
            if at is not None:
                total = total + coefficient * ar.power(at, ar.rational(power + 1)) * ar.reciprocal(
                    ar.rational(power + 1)
                )
        return total * ar.exp(exponent[0]) if exponent else total
    start, rate = exponent
    if at is None:
        if ar.sign(rate) * infinity >= 0:
            raise Undefined("an integral that diverges")
        return ZERO
    below, total, part = ar.reciprocal(rate), ZERO, factor
    weight = below
    while part:
        here: Number = ZERO
        for coefficient in reversed(part):
            here = here * at + coefficient
        total = total + here * weight
        part = tuple(coefficient * power for power, coefficient in enumerate(part))[1:]
        weight = -weight * below
    return total * ar.exp(start + rate * at)


def _gaussian_integral(factor: Polynomial, exponent: Polynomial) -> Number:
    """∫ P exp(q0 + q1 x + q2 x²): the moments of a Gaussian of mean -q1/2q2 and variance -1/2q2."""
    if len(exponent) != 3 or ar.sign(exponent[2]) >= 0:
        raise Undefined("an integral that diverges")
    q0, q1, q2 = exponent
    variance = ar.reciprocal(q2 * -2)
    mean = q1 * variance
    scale = ar.exp(q0 + q1 * mean * ar.HALF) * ar.sqrt(ar.pi() * 2 * variance)
    moments: list[Number] = [ONE, mean]
    total: Number = ZERO
    for power, coefficient in enumerate(factor):
        if power >= 2:
            moments.append(mean * moments[-1] + variance * (power - 1) * moments[-2])
        total = total + coefficient * moments[power]
    return total * scale


class Exponential(Formal):
    """Σ P(x) exp(Q(x)) in the formal variable x named by ``tag``; coefficients are numbers that know nothing of x."""

    __slots__ = ("pieces", "tag")

    def __init__(self, tag: int, pieces: list[Piece]) -> None:
        self.tag = tag
        self.pieces = pieces

    def _outer(self, other: Number) -> bool:
        return isinstance(other, Dual | Formal) and other.tag > self.tag

    def _pieces(self, other: Number) -> list[Piece]:
        if isinstance(other, Exponential) and other.tag == self.tag:
            return other.pieces
        return [((other,), ())]

    def __add__(self, other: Any) -> Number:
        if self._outer(other):
            return other.__radd__(self)
        return made(self.tag, [*self.pieces, *self._pieces(other)])

    __radd__ = __add__

    def __neg__(self) -> Number:
        return Exponential(self.tag, [(tuple(-c for c in factor), exponent) for factor, exponent in self.pieces])

    def __sub__(self, other: Any) -> Number:
        return self + (-other)

    def __rsub__(self, other: Any) -> Number:
        return (-self) + other

    def __mul__(self, other: Any) -> Number:
        if self._outer(other):
            return other.__rmul__(self)
        pieces = [
            (times(factor, factor2), plus(exponent, exponent2))
            for factor, exponent in self.pieces
            for factor2, exponent2 in self._pieces(other)
        ]
        return made(self.tag, pieces)

    __rmul__ = __mul__

    def __truediv__(self, other: Any) -> Number:
        return self * ar.reciprocal(other)

    def __rtruediv__(self, other: Any) -> Number:
        return other * self.reciprocal()

    def _single(self, what: str) -> tuple[Number, Polynomial]:
        if len(self.pieces) != 1 or len(self.pieces[0][0]) != 1:
            raise CannotEvaluate(f"{what} under an integral")
        return self.pieces[0][0][0], self.pieces[0][1]

    def reciprocal(self) -> Number:
        """1 / (c exp Q)."""
        factor, exponent = self._single("a quotient")
        return made(self.tag, [((ar.reciprocal(factor),), tuple(-c for c in exponent))])

    def exp(self) -> Number:
        """exp P."""
        if len(self.pieces) != 1 or self.pieces[0][1]:
            raise CannotEvaluate("an exponential of an exponential under an integral")
        return made(self.tag, [((ONE,), self.pieces[0][0])])

    def log(self) -> Number:
        """log (c exp Q)."""
        factor, exponent = self._single("a logarithm")
        return made(self.tag, [(plus((ar.log(factor),), exponent), ())])

    def sqrt(self) -> Number:
        """√(c exp Q)."""
        factor, exponent = self._single("a square root")
        return made(self.tag, [((ar.sqrt(factor),), tuple(c * ar.HALF for c in exponent))])


def made(tag: int, pieces: list[Piece]) -> Number:
    """The sum with equal exponents put together, zeros dropped; a plain number if the variable is not in it."""
    merged: list[Piece] = []
    for factor, exponent in pieces:
        exponent = trimmed(exponent)
        for at, (factor2, exponent2) in enumerate(merged):
            if _same(exponent, exponent2):
                merged[at] = (plus(factor, factor2), exponent)
                break
        else:
            merged.append((factor, exponent))
    kept = [(factor, exponent) for factor, exponent in ((trimmed(f), e) for f, e in merged) if factor]
    if any(len(factor) > HIGHEST for factor, _ in kept):
        raise CannotEvaluate("a polynomial of very high degree under an integral")
    if not kept:
        return ZERO
    if len(kept) == 1 and len(kept[0][0]) == 1 and len(kept[0][1]) <= 1:
        factor, exponent = kept[0]
        return factor[0] * ar.exp(exponent[0]) if exponent else factor[0]
    return Exponential(tag, kept)


def _same(left: Polynomial, right: Polynomial) -> bool:
    return len(left) == len(right) and all(ar.is_exact_zero(a - b) for a, b in zip(left, right, strict=True))
