"""Functions of normal forms: what exp, log, the absolute value and the functions of the table are worth."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flint import fmpq

from derive.prove import signs, sums, two_valued
from derive.prove.atoms import (
    INTEGRAL,
    ONE,
    ZERO,
    Atom,
    Exponent,
    Factors,
    Mono,
    Poly,
    add,
    exponent,
    mono,
    number,
    of_atom,
    scale,
    top_and_bottom,
)

if TYPE_CHECKING:
    from derive.prove.algebra import Algebra

MOST_TERMS = 24
"""In a longer normal form no denominator is cancelled."""


def absolute(algebra: Algebra, p: Poly) -> Poly:
    """The absolute value."""
    known = signs.sign(algebra, p)
    if known in ("+", "0+", "0"):
        return p
    if known in ("-", "0-"):
        return scale(p, -1)
    split = algebra._split(p, algebra.absolute)
    if split is not None:
        return split
    content, rest = algebra.content(p)
    outside = ONE
    for atom, e in next(iter(content.terms)).factors:
        outside = algebra.mul(outside, _abs_atom(algebra, atom, e))
    size = scale(outside, abs(content.terms[next(iter(content.terms))]))
    single = rest.single
    if single is not None:
        for atom, e in single[0].factors:
            size = algebra.mul(size, _abs_atom(algebra, atom, e))
        return scale(size, abs(single[1]))
    return algebra.mul(size, of_atom(Atom("fn", "abs", args=(rest,))))


def _abs_atom(algebra: Algebra, atom: Atom, e: Exponent) -> Poly:
    if signs.atom_sign(algebra, atom) in ("+", "0+") or (isinstance(e, int) and e % 2 == 0):
        return algebra.collect(fmpq(1), {atom: e})
    if two_valued.values(algebra, atom) == (-1, 1):
        return ONE
    return of_atom(Atom("fn", "abs", args=(of_atom(atom),)), e)


def fn(algebra: Algebra, name: str, *args: Poly) -> Poly:
    """A function of the table, with what it is worth at zero and its parity."""
    p = algebra.reduced(args[0])
    if name == "log":
        return algebra.log(p)
    if name == "abs":
        return algebra.absolute(p)
    if p.is_zero:
        return {"tanh": ZERO, "sin": ZERO, "cos": ONE, "logistic": scale(ONE, fmpq(1, 2))}[name]
    binary = algebra._split(p, lambda q: algebra.fn(name, q))
    if binary is not None:
        return binary
    if p.sorted()[0][1] < 0:
        inner = of_atom(Atom("fn", name, args=(scale(p, -1),)))
        if name == "logistic":
            return add(ONE, scale(inner, -1))
        return inner if name == "cos" else scale(inner, -1)
    return of_atom(Atom("fn", name, args=(p,)))


def reduced(algebra: Algebra, p: Poly) -> Poly:
    """p with a denominator cancelled where it divides what stands above it: (K - 1) x / (K - 1) is x."""
    if not any(a.kind == "pp" and e < 0 for m in p.terms for a, e in m.factors) or len(p.terms) < 2:
        return p
    content, rest = algebra.content(p)
    divided = False
    for atom, e in content.sorted()[0][0].factors:
        while atom.kind == "pp" and isinstance(e, int) and e < 0:
            quotient = signs.divide(rest, atom.args[0])
            if quotient is None:
                break
            rest, e, divided = quotient, e + 1, True
            content = algebra.mul(content, of_atom(atom))
    return algebra.mul(content, rest) if divided else p


def cancelled(algebra: Algebra, p: Poly) -> Poly:
    """p with each denominator cancelled that divides all that stands above it, and the other terms as they are."""
    groups: dict[tuple[tuple[Atom, Exponent], ...], Poly] = {}
    for m, c in p.sorted():
        below = tuple((a, e) for a, e in m.factors if a.kind == "pp" and e < 0)
        groups[below] = add(groups.get(below, ZERO), Poly({m: c}))
    if len(p.terms) > MOST_TERMS or not any(groups):
        return p
    return add(*(reduced(algebra, part) if below else part for below, part in groups.items()))


def exp(algebra: Algebra, p: Poly) -> Poly:
    """e^p, one factor for each term of p."""
    p = algebra.reduced(p)
    binary = algebra._split(p, algebra.exp)
    if binary is not None:
        return binary
    total = ONE
    for m, c in p.sorted():
        total = algebra.mul(total, _exp_term(algebra, m, c))
    return total


def _exp_term(algebra: Algebra, m: Mono, c: fmpq) -> Poly:
    logs = [atom for atom, e in m.factors if atom.kind == "fn" and atom.head == "log" and e == 1]
    if len(logs) == 1:
        rest = mono({atom: e for atom, e in m.factors if atom is not logs[0]})
        return algebra.power_poly(logs[0].args[0], Poly({rest: c}))
    if len(m.factors) == 1 and m.factors[0][1] == 1 and m.factors[0][0].kind == "sum":
        atom = m.factors[0][0]
        if len(atom.bound) == 1 and not atom.head.startswith(INTEGRAL) and _has_log(atom.args[0]):
            body, binders = algebra.open(atom)
            return algebra.product_over(algebra.exp(scale(body, c)), *binders[0])
    return of_atom(Atom("exp", args=(Poly({m: fmpq(1)}),)), exponent(c))


def log(algebra: Algebra, p: Poly) -> Poly:
    """The natural logarithm, split over a product of positive things, or of things that are not negative: where it
    has a value, none of them is zero."""
    if p.is_zero:
        raise ZeroDivisionError("the logarithm of zero")
    binary = algebra._split(p, algebra.log)
    if binary is not None:
        return binary
    if p.single is None:
        whole_fraction = _as_one_fraction(algebra, p)
        if whole_fraction is not None:
            return algebra.log(whole_fraction)
        content, rest = algebra.content(p, whole=False)
        if rest.single is not None:
            return add(algebra.log(content), algebra.log(rest))
        parts = signs.factor(algebra, rest) if signs.sign(algebra, rest) == "+" else None
        if parts is not None and (len(parts) > 1 or parts[0][1] != 1):
            sizes = [(scale(p, -1) if signs.sign(algebra, p) == "-" else p, times) for p, times in parts]
            if all(signs.sign(algebra, part) == "+" for part, _ in sizes):
                logs = [scale(algebra.log(part), times) for part, times in sizes]
                return add(algebra.log(content), *logs)
        inner = of_atom(Atom("fn", "log", args=(rest,)))
        return inner if content is ONE else add(algebra.log(content), inner)
    m, c = p.single
    total = _log_number(algebra, abs(c))
    whole: Factors = {}
    for atom, e in m.factors:
        known = signs.atom_sign(algebra, atom)
        if known == "+":
            total = add(total, scale(_log_atom(algebra, atom), fmpq(*top_and_bottom(e))))
        elif known == "-" and isinstance(e, int):
            total = add(total, scale(_log_of_negative(algebra, atom), e))
            c = -c if e % 2 else c
        else:
            whole[atom] = e
    if not whole and c > 0:
        return total
    if c > 0 and len(whole) > 1 and all(signs.atom_sign(algebra, atom) == "0+" for atom in whole):
        for atom, e in sorted(whole.items(), key=lambda pair: pair[0].key):
            one = of_atom(Atom("fn", "log", args=(of_atom(atom),)))
            total = add(total, scale(one, fmpq(*top_and_bottom(e))))
        return total
    return add(total, of_atom(Atom("fn", "log", args=(Poly({mono(whole): fmpq(1 if c > 0 else -1)}),))))


def _as_one_fraction(algebra: Algebra, p: Poly) -> Poly | None:
    """``1 - a / (a + b)`` as ``b / (a + b)``: over the product of all denominators, where what stands above it is then
    a single term."""
    most: dict[Atom, int] = {}
    for m in p.terms:
        for atom, e in m.factors:
            if atom.kind == "pp" and isinstance(e, int) and e < 0:
                most[atom] = max(most.get(atom, 0), -e)
    whole = all(isinstance(e, int) for m in p.terms for atom, e in m.factors if atom in most)
    if not most or not whole or len(p.terms) > MOST_TERMS:
        return None
    above = ZERO
    for m, c in p.sorted():
        term = Poly({mono({atom: e for atom, e in m.factors if atom not in most}): c})
        exponents = dict(m.factors)
        for atom, times in most.items():
            for _ in range(times + int(exponents.get(atom, 0))):
                term = algebra.mul(term, atom.args[0])
        above = add(above, term)
    if above.single is None:
        return None
    below = mono({atom: -times for atom, times in most.items()})
    return algebra.mul(above, Poly({below: fmpq(1)}))


def _log_number(algebra: Algebra, c: fmpq) -> Poly:
    total = ZERO
    for value, sign in ((int(c.p), 1), (int(c.q), -1)):
        for prime, times in signs.factor_number(value):
            total = add(total, scale(of_atom(Atom("fn", "log", args=(number(prime),))), times * sign))
    return total


def _log_atom(algebra: Algebra, atom: Atom) -> Poly:
    if atom.kind == "exp":
        return atom.args[0]
    if atom.kind == "pow":
        return algebra.mul(atom.args[1], algebra.log(atom.args[0]))
    if atom.kind == "prime":
        return _log_number(algebra, fmpq(int(atom.head)))
    if atom.kind == "pp":
        return algebra.log(atom.args[0])
    if atom.kind == "const" and atom.head == "e":
        return ONE
    if atom.kind == "prod":
        body, binders = algebra.open(atom)
        return sums.sum_over_length(algebra, algebra.log(body), *binders[0])
    return of_atom(Atom("fn", "log", args=(of_atom(atom),)))


def _log_of_negative(algebra: Algebra, atom: Atom) -> Poly:
    """The logarithm of how far below zero an atom is."""
    if atom.kind == "pp":
        return algebra.log(scale(atom.args[0], -1))
    return of_atom(Atom("fn", "log", args=(scale(of_atom(atom), -1),)))


def _has_log(p: Poly) -> bool:
    return any(a.kind == "fn" and a.head == "log" and e == 1 for m in p.terms for a, e in m.factors)
