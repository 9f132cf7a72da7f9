"""Integrals over a line of polynomials times exponentials.

Over x ≥ 0, ∫ x^k e^{-a x} dx = k! / a^{k+1}; over all x, ∫ e^{-a x² + b x} dx = √(π/a) e^{b²/4a}, and the moments are
those of a normal variable of mean b/2a and variance 1/2a; a > 0 in both.
"""

from __future__ import annotations

from fractions import Fraction
from math import factorial

from flint import fmpq

from derive.language.terms import Const, Num, Term
from derive.prove import positivity
from derive.prove.algebra import Algebra, TooHard
from derive.prove.atoms import ONE, ZERO, Atom, Exponent, Mono, Poly, add, mono, of_atom, scale


def is_half_line(low: Term | None, high: Term | None) -> bool:
    """Whether the limits are 0 and infinity."""
    return isinstance(low, Num) and low.value == 0 and isinstance(high, Const) and high.name == "inf"


def integrate(algebra: Algebra, p: Poly, name: str) -> Poly:
    """∫ p over x ≥ 0 in the variable ``name``; each term must decay, by what is known of its signs."""
    total = ZERO
    for m, c in p.sorted():
        rest, power, slope, square = _taken_apart(algebra, m, name)
        rate = scale(slope, -1)
        if square.terms or not positivity.nonnegative(algebra, rate, strict=True):
            raise TooHard("an integral over a half-line whose rate is not known to be positive")
        value = scale(algebra.power(rate, -(power + 1)), factorial(power))
        total = add(total, algebra.mul(Poly({rest: c}), value))
    return total


def integrate_line(algebra: Algebra, p: Poly, name: str) -> Poly:
    """∫ p over all x in the variable ``name``: every term a polynomial times the exponential of a square that falls."""
    total = ZERO
    for m, c in p.sorted():
        rest, power, slope, square = _taken_apart(algebra, m, name)
        rate = scale(square, -1)
        if not square.terms or not positivity.nonnegative(algebra, rate, strict=True):
            raise TooHard("an integral over a line of something that is not known to fall off")
        variance = algebra.power(scale(rate, 2), -1)
        mean = algebra.mul(slope, variance)
        width = algebra.power(algebra.mul(of_atom(Atom("const", "pi")), scale(variance, 2)), Fraction(1, 2))
        height = algebra.exp(scale(algebra.mul(slope, mean), fmpq(1, 2)))
        value = algebra.mul(algebra.mul(width, height), _moment(algebra, power, mean, variance))
        total = add(total, algebra.mul(Poly({rest: c}), value))
    return total


def _moment(algebra: Algebra, power: int, mean: Poly, variance: Poly) -> Poly:
    """E[x^k] of a normal variable: m E[x^{k-1}] + (k-1) v E[x^{k-2}]."""
    before, here = ZERO, ONE
    for k in range(1, power + 1):
        before, here = here, add(algebra.mul(mean, here), scale(algebra.mul(variance, before), k - 1))
    return here


def _taken_apart(algebra: Algebra, m: Mono, name: str) -> tuple[Mono, int, Poly, Poly]:
    """A term as what does not depend on x, the power of x, and b and c of e^{b x + c x²}."""
    rest: dict[Atom, Exponent] = {}
    power, slope, square = 0, ZERO, ZERO
    for atom, e in m.factors:
        if name not in atom.free:
            rest[atom] = e
        elif atom.kind == "var" and isinstance(e, int) and e > 0:
            power += e
        elif atom.kind == "exp":
            degree, factor = _factor_of(atom.args[0], name)
            part = scale(factor, fmpq(*_ratio(e)))
            slope, square = (add(slope, part), square) if degree == 1 else (slope, add(square, part))
        else:
            raise TooHard("an integral over a line of more than polynomials times exponentials")
    return mono(rest), power, slope, square


def _factor_of(argument: Poly, name: str) -> tuple[int, Poly]:
    """The power of x in an exponent of one term, 1 or 2, and what it is multiplied by."""
    single = argument.single
    if single is None:
        raise TooHard("an integral over a line with an exponent of several terms")
    factors = dict(single[0].factors)
    variables = [atom for atom in factors if name in atom.free]
    degree = factors.pop(variables[0]) if len(variables) == 1 and variables[0].kind == "var" else 0
    if degree not in (1, 2):
        raise TooHard("an integral over a line with an exponent that is not quadratic")
    return int(degree), Poly({mono(factors): single[1]}) if factors else scale(ONE, single[1])


def _ratio(e: Exponent) -> tuple[int, int]:
    return (e, 1) if isinstance(e, int) else (int(e.numerator), int(e.denominator))
