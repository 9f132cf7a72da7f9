"""Integrals over x ≥ 0 of polynomials times exponentials: ∫ x^k e^{-a x} dx = k! / a^{k+1} where a > 0."""

from __future__ import annotations

from math import factorial

from flint import fmpq

from derive.language.terms import Const, Num, Term
from derive.prove import positivity
from derive.prove.algebra import Algebra, TooHard
from derive.prove.atoms import ONE, ZERO, Atom, Exponent, Mono, Poly, add, mono, scale, subtract


def is_half_line(low: Term | None, high: Term | None) -> bool:
    """Whether the limits are 0 and infinity."""
    return isinstance(low, Num) and low.value == 0 and isinstance(high, Const) and high.name == "inf"


def integrate(algebra: Algebra, p: Poly, name: str) -> Poly:
    """∫ p over x ≥ 0 in the variable ``name``; each term must decay, by what is known of its signs."""
    total = ZERO
    for m, c in p.sorted():
        rest, power, rate = _taken_apart(algebra, m, name)
        if not positivity.nonnegative(algebra, rate, strict=True):
            raise TooHard("an integral over a half-line whose rate is not known to be positive")
        value = scale(algebra.power(rate, -(power + 1)), factorial(power))
        total = add(total, algebra.mul(Poly({rest: c}), value))
    return total


def _taken_apart(algebra: Algebra, m: Mono, name: str) -> tuple[Mono, int, Poly]:
    """A term as what does not depend on x, the power of x, and the rate a of e^{-a x}."""
    rest: dict[Atom, Exponent] = {}
    power, rate = 0, ZERO
    for atom, e in m.factors:
        if name not in atom.free:
            rest[atom] = e
        elif atom.kind == "var" and isinstance(e, int) and e > 0:
            power += e
        elif atom.kind == "exp":
            rate = subtract(rate, scale(_slope(atom.args[0], name), fmpq(*_ratio(e))))
        else:
            raise TooHard("an integral over a half-line of more than polynomials times exponentials")
    return mono(rest), power, rate


def _slope(argument: Poly, name: str) -> Poly:
    """What x is multiplied by in an exponent that is linear in it."""
    single = argument.single
    if single is None:
        raise TooHard("an integral over a half-line with an exponent of several terms")
    factors = dict(single[0].factors)
    variables = [atom for atom in factors if name in atom.free]
    if len(variables) != 1 or variables[0].kind != "var" or factors.pop(variables[0]) != 1:
        raise TooHard("an integral over a half-line with an exponent that is not linear")
    return Poly({mono(factors): single[1]}) if factors else scale(ONE, single[1])


def _ratio(e: Exponent) -> tuple[int, int]:
    return (e, 1) if isinstance(e, int) else (int(e.numerator), int(e.denominator))
