r"""Factorials, and the integrals that come to them: those of powers with symbolic exponents, beside an exponential or
beside powers of what is left to 1.

p! is Γ(p + 1), also where p is no whole number:
p! = (p + 1)! / (p + 1)                                       wherever p! is defined
∫₀^∞ xᵖ exp(-r x) dx = p! / rᵖ⁺¹                              p + 1 > 0, r > 0
∫₀¹ xᵖ (1 - x)^q dx = p! q! / (p + q + 1)!                    p + 1 > 0, q + 1 > 0
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flint import fmpq

from derive.prove import signs
from derive.prove.atoms import ONE, UNIT, ZERO, Atom, Exponent, Ix, Mono, Poly, add, mono, number, of_atom, scale

if TYPE_CHECKING:
    from derive.prove.algebra import Algebra

MOST_STEPS = 12
"""How many factors are taken out of one factorial."""
MOST_WORKED_OUT = 20


def factorial(algebra: Algebra, p: Poly) -> Poly:
    """p! with the whole number that is added in p taken out, as factors: (n + 2)! = (n + 2) (n + 1) n!, and
    (n - 1)! = n! / n. Upwards where n! is known to be defined."""
    constant = p.constant
    if constant is not None and constant.q == 1 and 0 <= constant <= MOST_WORKED_OUT:
        total = 1
        for i in range(2, int(constant.p) + 1):
            total *= i
        return number(total)
    added = p.terms.get(UNIT, fmpq(0))
    steps = int(added.p) // int(added.q)
    if constant is None and 0 < abs(steps) <= MOST_STEPS:
        base = add(p, number(-steps))
        if steps < 0:
            below = (add(base, number(-i)) for i in range(-steps))
            return algebra.mul(_atom(base), *(algebra.power(each, -1) for each in below))
        if signs.sign(algebra, add(base, ONE)) == "+":
            return algebra.mul(_atom(base), *(add(base, number(i)) for i in range(1, steps + 1)))
    return _atom(p)


def _atom(p: Poly) -> Poly:
    return of_atom(Atom("app", "!factorial;;", args=(p,)))


def over_half_line(algebra: Algebra, m: Mono, c: fmpq, name: str) -> Poly | None:
    """∫ of one term from 0 to ∞, where it is a power times an exponential that falls."""
    found = _powers(algebra, m, c, name)
    if found is None:
        return None
    rest, moving = found
    rate = _rate(moving.exponential, name)
    if rate is None or not moving.left.is_zero or not _above(algebra, moving.x):
        return None
    constant, linear = rate
    falling = scale(linear, -1)
    if signs.sign(algebra, falling) != "+":
        return None
    size = algebra.power_poly(falling, scale(add(moving.x, ONE), -1))
    return algebra.mul(rest, algebra.exp(constant), factorial(algebra, moving.x), size)


def over_unit(algebra: Algebra, m: Mono, c: fmpq, name: str) -> Poly | None:
    """∫ of one term from 0 to 1, where it is a power of x times one of 1 - x."""
    found = _powers(algebra, m, c, name)
    if found is None:
        return None
    rest, p, q = found[0], found[1].x, found[1].left
    if not found[1].exponential.is_zero or not _above(algebra, p) or not _above(algebra, q):
        return None
    whole = factorial(algebra, add(p, q, ONE))
    return algebra.mul(rest, factorial(algebra, p), factorial(algebra, q), algebra.power(whole, -1))


def _above(algebra: Algebra, p: Poly) -> bool:
    """Whether xᵖ can be integrated up to 0. Of a sum of numbers between 0 and 1 that is taken away, no more is
    than there are of them."""
    more = add(p, ONE)
    if signs.sign(algebra, more) == "+":
        return True
    least = ZERO
    for m, c in more.sorted():
        (atom, e), *others = m.factors or ((None, 0),)
        if atom is None or atom.kind != "sum" or e != 1 or others or c > 0:
            least = add(least, Poly({m: c}))
            continue
        body, binders = algebra.open(atom)
        if len(binders) != 1 or signs.poly_in_unit(algebra, body) is None:
            return False
        least = add(least, scale(algebra.sum_over(ONE, *binders[0]), c))
    return signs.sign(algebra, least) == "+"


@dataclass
class _Powers:
    """What moves with the variable in a term: the exponents of x and of 1 - x, and what stands under an exponential."""

    x: Poly = ZERO
    left: Poly = ZERO
    exponential: Poly = ZERO
    sign: int = 1


def _powers(algebra: Algebra, m: Mono, c: fmpq, name: str) -> tuple[Poly, _Powers] | None:
    """One term as what does not move with the variable, and what does."""
    rest: dict[Atom, Exponent] = {}
    found = _Powers()
    for atom, e in m.factors:
        if name not in atom.free:
            rest[atom] = e
        elif not _taken(algebra, atom, fmpq(e.numerator, e.denominator), name, found):
            return None
    return Poly({mono(rest): c * found.sign}), found


def _taken(algebra: Algebra, atom: Atom, times: fmpq, name: str, found: _Powers) -> bool:
    """Whether a factor is one of these; then it is taken down."""
    x = of_atom(Atom("var", ix=(Ix(name),)))
    left = add(ONE, scale(x, -1))
    if atom.kind == "exp":
        found.exponential = add(found.exponential, scale(atom.args[0], times))
        return True
    if atom.kind == "prod":
        return _product_taken(algebra, atom, times, name, found)
    power = scale(atom.args[1] if atom.kind == "pow" else ONE, times)
    base = of_atom(atom) if atom.kind == "var" else atom.args[0] if atom.kind in ("pp", "pow") else None
    if base is None or name in _free(power):
        return False
    if base == x:
        found.x = add(found.x, power)
    elif base == left:
        found.left = add(found.left, power)
    elif base == scale(left, -1) and atom.kind == "pp" and times.q == 1:
        found.left = add(found.left, power)
        found.sign *= -1 if times.p % 2 else 1
    else:
        return False
    return True


def _product_taken(algebra: Algebra, atom: Atom, times: fmpq, name: str, found: _Powers) -> bool:
    """Π_i x^{y_i} is x to the power Σ_i y_i."""
    body, binders = algebra.open(atom)
    single = body.single
    if single is None or single[1] != 1 or len(binders) != 1:
        return False
    inside = _powers(algebra, *single, name)
    ((variable, run),) = binders
    if inside is None or inside[0] != ONE or inside[1].sign != 1 or not inside[1].exponential.is_zero:
        return False
    found.x = add(found.x, scale(algebra.sum_over(inside[1].x, variable, run), times))
    found.left = add(found.left, scale(algebra.sum_over(inside[1].left, variable, run), times))
    return True


def _rate(p: Poly, name: str) -> tuple[Poly, Poly] | None:
    """The coefficients of a polynomial of degree one in the variable."""
    found = [ZERO, ZERO]
    for m, c in p.sorted():
        degree, outside = 0, dict[Atom, Exponent]()
        for atom, e in m.factors:
            if name not in atom.free:
                outside[atom] = e
            elif atom.kind == "var" and e == 1:
                degree = 1
            else:
                return None
        found[degree] = add(found[degree], Poly({mono(outside): c}))
    return found[0], found[1]


def _free(p: Poly) -> frozenset[str]:
    return frozenset(name for atom in p.atoms() for name in atom.free)


__all__ = ["factorial", "over_half_line", "over_unit"]
