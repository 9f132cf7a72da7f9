"""Integrals of a number's powers and exponentials: over all numbers, over a half-line, and between two limits.

∫ xⁿ exp(-a x² + b x) dx over ℝ = (π / a)^½ exp(b² / 4a) E[Xⁿ],  X normal of mean b / 2a and variance 1 / 2a,   a > 0
∫ xⁿ exp(r x) dx = exp(r x) Σ_j (-1)^j n! / (n - j)! x^(n-j) / r^(j+1)                                          r ≠ 0
∫ xⁿ dx = xⁿ⁺¹ / (n + 1), or log x for n = -1
those of powers with symbolic exponents from 0 to infinity, or to 1, are in factorials.py
∫ x²ᵐ⁺¹ exp(-a x²) dx = ½ ∫ uᵐ exp(-a u) du at u = x², and half of the first for n = 2 m, b = 0 over a half-line from 0
"""

from __future__ import annotations

from dataclasses import dataclass

from flint import fmpq

from derive.prove import factorials, signs
from derive.prove.algebra import Algebra, TooHard
from derive.prove.atoms import ONE, ZERO, Atom, Exponent, Ix, Mono, Poly, add, exponent, mono, of_atom, scale

MOST_POWERS = 12
"""A higher power of the variable is left alone."""


@dataclass(frozen=True)
class Limit:
    """An end of an interval: a value, or plus or minus infinity (where ``value`` is None)."""

    value: Poly | None = None
    infinity: int = 1


def over_all(algebra: Algebra, p: Poly, name: str) -> Poly | None:
    """∫ p dx over all numbers, or None if a term is none of those above."""
    total = ZERO
    for m, c in p.sorted():
        parts = _parts(algebra, m, c, name)
        if parts is None:
            return None
        n, (constant, linear, quadratic) = parts.n, parts.rates
        a = scale(quadratic, -1)
        if not isinstance(n, int) or not 0 <= n <= MOST_POWERS or a.is_zero or signs.sign(algebra, a) != "+":
            return None
        half = algebra.power(scale(a, 2), -1)
        mean = algebra.mul(linear, half)
        peak = algebra.exp(add(constant, scale(algebra.mul(linear, mean), fmpq(1, 2))))
        width = algebra.power(algebra.mul(of_atom(Atom("const", "pi")), algebra.power(a, -1)), exponent(fmpq(1, 2)))
        total = add(total, algebra.mul(parts.rest, width, peak, _moment(algebra, n, mean, half)))
    return total


def between(algebra: Algebra, p: Poly, name: str, low: Limit, high: Limit) -> Poly:
    """∫ p dx from ``low`` to ``high``; ``TooHard`` if a term is none of those above or may have no finite integral."""
    total = ZERO
    for m, c in p.sorted():
        parts = _parts(algebra, m, c, name)
        if parts is None:
            total = add(total, _with_factorials(algebra, m, c, name, low, high))
            continue
        if not parts.rates[2].is_zero:
            total = add(total, algebra.mul(parts.rest, _of_square(algebra, parts, low, high)))
            continue
        upper, lower = _antiderivative(algebra, parts, high, low), _antiderivative(algebra, parts, low, high)
        total = add(total, algebra.mul(parts.rest, add(upper, scale(lower, -1))))
    return total


def _with_factorials(algebra: Algebra, m: Mono, c: fmpq, name: str, low: Limit, high: Limit) -> Poly:
    """One term with symbolic powers of the variable, from 0 to infinity or to 1."""
    found = None
    if low.value is not None and low.value.is_zero and high == Limit(None, 1):
        found = factorials.over_half_line(algebra, m, c, name)
    elif low.value is not None and low.value.is_zero and high.value == ONE:
        found = factorials.over_unit(algebra, m, c, name)
    if found is None:
        raise TooHard("an integral with limits")
    return found


def _of_square(algebra: Algebra, parts: _Parts, low: Limit, high: Limit) -> Poly:
    """xⁿ exp(c - a x²) from ``low`` to ``high``: odd powers between any limits, even ones over a half-line from 0."""
    (constant, linear, quadratic), n = parts.rates, parts.n
    if not linear.is_zero or not isinstance(n, int) or not 0 <= n <= MOST_POWERS:
        raise TooHard("an integral between limits of the exponential of a square")
    if n % 2:
        of_u = _Parts(ONE, n // 2, (constant, quadratic, ZERO))
        ends = (Limit(None if end.value is None else algebra.mul(end.value, end.value)) for end in (low, high))
        lower, upper = (_antiderivative(algebra, of_u, end, end) for end in ends)
        return scale(add(upper, scale(lower, -1)), fmpq(1, 2))
    zero = [end for end in (low, high) if end.value is not None and end.value.is_zero]
    if len(zero) != 1 or (low.value is not None and high.value is not None):
        raise TooHard("an integral between limits of the exponential of a square")
    a = scale(quadratic, -1)
    if signs.sign(algebra, a) != "+":
        raise TooHard("an exponential that does not fall towards an infinite limit")
    width = algebra.power(algebra.mul(of_atom(Atom("const", "pi")), algebra.power(a, -1)), exponent(fmpq(1, 2)))
    moment = _moment(algebra, n, ZERO, algebra.power(scale(a, 2), -1))
    half = scale(algebra.mul(width, algebra.exp(constant), moment), fmpq(1, 2))
    falls = (low.value is None and low.infinity > 0) or (high.value is None and high.infinity < 0)
    return scale(half, -1) if falls else half


@dataclass(frozen=True)
class _Parts:
    """``rest`` xⁿ exp(c + r x + q x²), with ``rates`` (c, r, q)."""

    rest: Poly
    n: Exponent
    rates: tuple[Poly, Poly, Poly]


def _parts(algebra: Algebra, m: Mono, c: fmpq, name: str) -> _Parts | None:
    """One term taken apart; None if something else than powers and exponentials moves with the variable."""
    rest: dict[Atom, Exponent] = {}
    n: Exponent = 0
    total = ZERO
    for atom, e in m.factors:
        if name not in atom.free:
            rest[atom] = e
        elif _is_variable(atom, name):
            n = exponent(n + e)
        elif atom.kind == "exp":
            total = add(total, scale(atom.args[0], fmpq(exponent(e).numerator, exponent(e).denominator)))
        else:
            return None
    rates = _rates(total, name)
    return None if rates is None else _Parts(Poly({mono(rest): c}), n, rates)


def _is_variable(atom: Atom, name: str) -> bool:
    return atom.kind == "var" and atom.ix == (Ix(name),)


def _rates(p: Poly, name: str) -> tuple[Poly, Poly, Poly] | None:
    """The coefficients of a polynomial of degree two in the variable."""
    found = [ZERO, ZERO, ZERO]
    for m, c in p.sorted():
        degree: Exponent = 0
        outside: dict[Atom, Exponent] = {}
        for atom, e in m.factors:
            if _is_variable(atom, name):
                degree = e
            elif name in atom.free:
                return None
            else:
                outside[atom] = e
        if degree not in (0, 1, 2):
            return None
        found[int(degree)] = add(found[int(degree)], Poly({mono(outside): c}))
    return found[0], found[1], found[2]


def _moment(algebra: Algebra, n: int, mean: Poly, variance: Poly) -> Poly:
    """E[Xⁿ] of a normal variable: E[Xⁿ] = m E[Xⁿ⁻¹] + (n - 1) s E[Xⁿ⁻²]."""
    before, here = ZERO, ONE
    for k in range(1, n + 1):
        before, here = here, add(algebra.mul(mean, here), scale(algebra.mul(variance, before), k - 1))
    return here


def _antiderivative(algebra: Algebra, parts: _Parts, at: Limit, other: Limit) -> Poly:
    """xⁿ exp(c + r x) integrated, at one end of an interval whose other end is ``other``."""
    constant, rate, _ = parts.rates
    n = parts.n
    if rate.is_zero:
        return algebra.mul(algebra.exp(constant), _power_at(algebra, n, at, other))
    sign = signs.sign(algebra, rate)
    if not isinstance(n, int) or not 0 <= n <= MOST_POWERS or sign not in ("+", "-"):
        raise TooHard("an integral of an exponential whose rate may be zero, or of another power beside it")
    if at.value is None:
        if sign != ("-" if at.infinity > 0 else "+"):
            raise TooHard("an exponential that does not fall towards an infinite limit")
        return ZERO
    total, factor, below = ZERO, fmpq(1), ONE
    for j in range(n + 1):
        below = algebra.mul(below, algebra.power(rate, -1))
        here = algebra.power(at.value, n - j) if n > j else ONE
        total = add(total, scale(algebra.mul(here, below), factor))
        factor *= -(n - j)
    return algebra.mul(algebra.exp(add(constant, algebra.mul(rate, at.value))), total)


def _power_at(algebra: Algebra, n: Exponent, at: Limit, other: Limit) -> Poly:
    """xⁿ integrated, at one end; where it is not continuous everywhere, the interval must lie above zero."""
    more = exponent(n + 1)
    if at.value is None:
        if more < 0 and at.infinity > 0 and other.value is not None and signs.sign(algebra, other.value) == "+":
            return ZERO
        raise TooHard("a power that does not fall towards an infinite limit")
    if not (isinstance(n, int) and n >= 0):
        for end in (at, other):
            positive = end.value is None or signs.sign(algebra, end.value) == "+"
            if not positive and not (end.value is not None and end.value.is_zero and more > 0):
                raise TooHard("a power that is not defined on all of an interval")
    if more == 0:
        return algebra.log(at.value)
    return scale(algebra.power(at.value, more), 1 / fmpq(more.numerator, more.denominator))


__all__ = ["Limit", "between", "over_all"]
