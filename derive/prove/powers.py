"""Powers of normal forms, with numbers and with symbolic exponents, and what all terms of a sum share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flint import fmpq

from derive.prove import signs
from derive.prove.atoms import (
    ONE,
    UNIT,
    ZERO,
    Atom,
    Exponent,
    Factors,
    Mono,
    Poly,
    exponent,
    mono,
    number,
    of_atom,
    scale,
    top_and_bottom,
)
from derive.prove.limits import TooHard, number_power

if TYPE_CHECKING:
    from derive.prove.algebra import Algebra


def power(algebra: Algebra, p: Poly, e: Exponent) -> Poly:
    """p to a rational power."""
    e = exponent(e)
    if e == 0:
        return ONE
    if e == 1:
        return p
    if p.is_zero:
        if e > 0:
            return ZERO
        raise ZeroDivisionError("a quotient by zero")
    single = p.single
    if single is not None:
        return _power_mono(algebra, *single, e)
    if isinstance(e, int) and e > 0:
        if e > 12:
            raise TooHard(f"a power {e} of a sum")
        half = algebra.power(p, e // 2)
        return algebra.mul(half, half, p) if e % 2 else algebra.mul(half, half)
    content, rest = algebra.content(p, whole=isinstance(e, int))
    if rest.single is not None:
        return algebra.mul(algebra.power(content, e), algebra.power(rest, e))
    parts = signs.factor(algebra, rest) if isinstance(e, int) else None
    if parts is not None and (len(parts) > 1 or parts[0][1] != 1):
        total = algebra.power(content, e)
        for part, times in parts:
            total = algebra.mul(total, algebra.power(part, exponent(e * times)))
        return total
    binary = algebra._split(rest, lambda q: algebra.power(q, e))
    if binary is not None:
        return algebra.mul(algebra.power(content, e), binary)
    outside = ONE if content is ONE else algebra.power(content, e)
    return algebra.mul(outside, _pp(algebra, rest, e))


def _pp(algebra: Algebra, p: Poly, e: Exponent) -> Poly:
    atom = Atom("pp", args=(p,))
    if e >= 1:
        return algebra.collect(fmpq(1), {atom: e})
    return of_atom(atom, e)


def _power_mono(algebra: Algebra, m: Mono, c: fmpq, e: Exponent) -> Poly:
    if isinstance(e, int):
        raised = {atom: exponent(x * e) for atom, x in m.factors}
        return algebra.collect(number_power(c, e), raised)
    outside = _power_number(algebra, abs(c), e)
    kept: Factors = {}
    whole: Factors = {}
    for atom, x in m.factors:
        if signs.atom_sign(algebra, atom) in ("+", "0+"):
            kept[atom] = exponent(x * e)
        elif isinstance(x, int) and x % 2 == 0:
            absolute = algebra.absolute(of_atom(atom))
            outside = algebra.mul(outside, algebra.power(absolute, exponent(x * e)))
        else:
            whole[atom] = x
    outside = algebra.mul(outside, algebra.collect(fmpq(1), kept))
    if not whole and c > 0:
        return outside
    inside = Poly({mono(whole): fmpq(1 if c > 0 else -1)})
    return algebra.mul(outside, of_atom(Atom("pp", args=(inside,)), e))


def _power_number(algebra: Algebra, c: fmpq, e: Exponent) -> Poly:
    total = ONE
    for value, sign in ((int(c.p), 1), (int(c.q), -1)):
        for prime, times in signs.factor_number(value):
            total = algebra.mul(
                total, algebra.collect(fmpq(1), {Atom("prime", str(prime)): exponent(e * times * sign)})
            )
    return total


def content(algebra: Algebra, p: Poly, *, whole: bool = True) -> tuple[Poly, Poly]:
    """Split off what all terms share: a number and the least power of each atom (so no negative powers stay
    inside).

    With ``whole`` false (roots) only positive things are taken out.
    """
    terms = p.sorted()
    least: Factors = {}
    for atom in p.atoms():
        e = min(dict(m.factors).get(atom, 0) for m, _ in terms)
        if e and (whole or signs.atom_sign(algebra, atom) == "+"):
            least[atom] = exponent(e)
    top = 0
    bottom = 1
    for _, c in terms:
        top = _gcd(top, abs(int(c.p)))
        bottom = bottom * int(c.q) // _gcd(bottom, int(c.q))
    factor = fmpq(top, bottom)
    if whole and terms[0][1] < 0:
        factor = -factor
    if not least and factor == 1:
        return ONE, p
    inverse = {atom: exponent(-e) for atom, e in least.items()}
    rest = algebra.mul(Poly({mono(inverse): 1 / factor}), p) if inverse else scale(p, 1 / factor)
    return Poly({mono(least): factor}), rest


def power_poly(algebra: Algebra, base: Poly, e: Poly) -> Poly:
    """base ^ e with a symbolic exponent: one factor for each term of e, and for each factor of the base."""
    e = algebra.reduced(e)
    constant = e.constant
    if constant is not None:
        return algebra.power(base, exponent(constant))
    if base == ONE:
        return ONE
    if algebra.split_binary:
        binary = algebra._split(e, lambda q: algebra.power_poly(base, q))
        if binary is not None:
            return binary
    total = ONE
    for m, c in e.sorted():
        if m is UNIT:
            total = algebra.mul(total, algebra.power(base, exponent(c)))
        else:
            total = algebra.mul(total, _power_symbolic(algebra, base, Poly({m: fmpq(1)}), exponent(c)))
    return total


def _power_symbolic(algebra: Algebra, base: Poly, e: Poly, times: Exponent) -> Poly:
    if base.single is None:
        content, rest = algebra.content(base, whole=False)
        if content is not ONE or rest.single is not None:
            inside = _power_symbolic(algebra, content, e, times)
            return algebra.mul(inside, _power_symbolic(algebra, rest, e, times))
        return of_atom(Atom("pow", args=(base, e)), times)
    m, c = base.single
    whole_exponent = signs.is_integer(algebra, e) and isinstance(times, int)
    total = ONE
    for value, sign in ((abs(int(c.p)), 1), (int(c.q), -1)):
        for prime, n in signs.factor_number(value):
            total = algebra.mul(total, of_atom(Atom("pow", args=(number(prime), e)), exponent(times * n * sign)))
    left: Factors = {}
    for atom, x in m.factors:
        if not (whole_exponent or signs.atom_sign(algebra, atom) in ("+", "0+")):
            left[atom] = x
        elif atom.kind == "exp":
            total = algebra.mul(
                total,
                algebra.exp(
                    scale(algebra.mul(atom.args[0], e), fmpq(*top_and_bottom(x)) * fmpq(*top_and_bottom(times)))
                ),
            )
        elif atom.kind == "pow":
            both = scale(algebra.mul(atom.args[1], e), fmpq(*top_and_bottom(x)) * fmpq(*top_and_bottom(times)))
            total = algebra.mul(total, algebra.power_poly(atom.args[0], both))
        else:
            inner = atom.args[0] if atom.kind == "pp" else of_atom(atom)
            total = algebra.mul(total, of_atom(Atom("pow", args=(inner, e)), exponent(times * x)))
    if left or c < 0:
        inner = Poly({mono(left): fmpq(1 if c > 0 else -1)})
        total = algebra.mul(total, of_atom(Atom("pow", args=(inner, e)), times))
    return total


def _gcd(a: int, b: int) -> int:
    while b:
        a, b = b, a % b
    return a
