"""Sums of powers up to a bound: geometric sums, with powers of the index as weights, and ends that are indices.

Σ_{s=1}^n b^s = b (1 - b^n) / (1 - b)                                          where b ≠ 1 is known
(1 - b) Σ_{s=1}^n s^j b^s = Σ_{i<j} (-1)^{j-i+1} C(j, i) Σ s^i b^s - n^j b^{n+1}
Σ_{s=1}^n [s > t] f(s) = F(n) - F(t),  Σ_{s=1}^n [s < t] f(s) = F(t - 1)       where F is the sum of f up to an end
[s - t + 1 > 0] = [s - t > 0] + δ_st                                           for whole numbers s and t
"""

from __future__ import annotations

from math import comb
from typing import TYPE_CHECKING

from flint import fmpq

from derive.prove import closing, signs
from derive.prove.atoms import INTEGRAL, ONE, UNIT, ZERO, Atom, Exponent, Factors, Ix, Poly, add, mono, of_atom, scale

if TYPE_CHECKING:
    from derive.prove.algebra import Algebra, Binder

FARTHEST = 4
"""The longest shift in a comparison of indices that is written out."""
HIGHEST = 4
"""The highest power of an index beside a geometric sum."""


def order_of_indices(algebra: Algebra, p: Poly) -> Poly | None:
    """The indicator of s - t + c > 0 for two indices, by that of s - t > 0 and of equal indices."""
    found = _two_indices(p)
    if found is None:
        return None
    one, other, shift = found
    if abs(shift) > FARTHEST or (not shift and UNIT not in p.terms):
        return None
    gap = add(algebra.index_value(one), scale(algebra.index_value(other), -1))
    parts = [algebra.indicator(">", gap)]
    if shift > 0:
        parts += [algebra.delta(one, other.moved(-i)) for i in range(shift)]
    else:
        parts += [scale(algebra.delta(one, other.moved(i)), -1) for i in range(1, -shift + 1)]
    return add(*parts)


def oriented(algebra: Algebra, p: Poly) -> Poly:
    """p with one of the two comparisons of each pair of indices that its terms hold: [t > s] is 1 - δ_st - [s > t]."""
    for atom in p.atoms():
        found = _two_indices(atom.args[0]) if atom.kind == "ind" and atom.head == ">" else None
        if found is not None and not found[2] and found[1].key < found[0].key:
            other = algebra.indicator(">", scale(atom.args[0], -1))
            turned = add(ONE, scale(algebra.delta(found[0], found[1]), -1), scale(other, -1))
            p = algebra.substitute_atom(p, atom, turned)
    return p


def _two_indices(p: Poly) -> tuple[Ix, Ix, int] | None:
    """s, t and the whole number c for c' (s - t) + c'' > 0, the same as s - t + c > 0."""
    up, down, constant = None, None, fmpq(0)
    factor = fmpq(1)
    for m, c in p.terms.items():
        if not m.factors:
            constant = c
            continue
        if len(m.factors) != 1 or m.factors[0][0].kind != "ixv" or m.factors[0][1] != 1:
            return None
        if c > 0 and up is None:
            up, factor = (m.factors[0][0].ix[0], c), c
        elif c < 0 and down is None:
            down = (m.factors[0][0].ix[0], c)
        else:
            return None
    if up is None or down is None or up[1] != -down[1]:
        return None
    return up[0], down[0], int(-((-constant / factor).floor()))


def bounded_sum(algebra: Algebra, coefficient: fmpq, factors: Factors, binders: list[Binder]) -> Poly | None:
    """The closed form of Σ_s [s > t] s^j b^s (or [s < t], or without a bound), and the sum of the rest."""
    for name, range_key in binders:
        if range_key.startswith(INTEGRAL):
            continue
        touched = {a: e for a, e in factors.items() if name in a.free}
        closed = _closed_form(algebra, touched, name, range_key)
        if closed is None:
            continue
        return closing.closed(algebra, closed, coefficient, factors, touched, binders, name)
    halved = _halved(algebra, coefficient, factors, binders)
    return _turned(algebra, coefficient, factors, binders) if halved is None else halved


def _halved(algebra: Algebra, coefficient: fmpq, factors: Factors, binders: list[Binder]) -> Poly | None:
    """Σ_s Σ_t [s > t] f(s, t) = (Σ_s Σ_t f(s, t) - Σ_s f(s, s)) / 2 for a symmetric f."""
    ranges = dict(binders)
    for atom, e in sorted(factors.items(), key=lambda pair: pair[0].key):
        found = _two_indices(atom.args[0]) if atom.kind == "ind" and atom.head == ">" and e == 1 else None
        if found is None or found[2]:
            continue
        one, two = found[0].base, found[1].base
        if one not in ranges or ranges.get(two) != ranges[one] or found[0].shift or found[1].shift:
            continue
        rest = Poly({mono({a: x for a, x in factors.items() if a is not atom}): coefficient})
        if algebra.rename(rest, {one: Ix(two), two: Ix(one)}) != rest:
            continue
        whole, same = rest, algebra.rename(rest, {one: Ix(two)})
        for name, key in binders:
            whole = algebra.sum_over(whole, name, key)
            same = same if name == one else algebra.sum_over(same, name, key)
        return scale(add(whole, scale(same, -1)), fmpq(1, 2))
    return None


def _closed_form(algebra: Algebra, factors: Factors, name: str, range_key: str) -> Poly | None:
    found = _parts(algebra, factors, name)
    if found is None:
        return None
    base, power, indicator = found
    ends = [(algebra.length(range_key), 1)]
    if indicator is not None:
        bound = _bound(algebra, indicator, name, range_key)
        if bound is None:
            return None
        end, below = bound
        ends = [*ends, (end, -1)] if below else [(end, 1)]
    elif base == ONE:
        return None  # sums of powers of an index without a bound have a rule of their own
    if base != ONE and not _is_not_one(algebra, base):
        return None
    return add(*(scale(_up_to(algebra, base, power, end), sign) for end, sign in ends))


def _turned(algebra: Algebra, coefficient: fmpq, factors: Factors, binders: list[Binder]) -> Poly | None:
    """Σ_s [s < t] f(s) as Σ_s f(s) - f(t) - Σ_s [s > t] f(s), so that every bound on the index is one below."""
    if len(binders) != 1:
        return None
    name, range_key = binders[0]
    for atom, e in sorted(factors.items(), key=lambda pair: pair[0].key):
        found = _two_indices(atom.args[0]) if atom.kind == "ind" and atom.head == ">" and e == 1 else None
        if found is None or found[2] or found[1] is not Ix(name) or found[0] is Ix(name):
            continue
        above = add(of_atom(Atom("ixv", ix=(Ix(name),))), scale(algebra.index_value(found[0]), -1))
        turned = add(ONE, scale(algebra.delta(Ix(name), found[0]), -1), scale(algebra.indicator(">", above), -1))
        rest = Poly({mono({a: x for a, x in factors.items() if a is not atom}): coefficient})
        return algebra.sum_over(algebra.mul(turned, rest), name, range_key)
    return None


def _parts(algebra: Algebra, factors: Factors, name: str) -> tuple[Poly, int, Atom | None] | None:
    """The base b, the exponent j and the indicator of a product [s > t] s^j b^s."""
    base, power, indicator = ONE, 0, None
    for atom, e in factors.items():
        if atom.kind == "ixv" and atom.ix[0] is Ix(name) and isinstance(e, int) and 1 <= e <= HIGHEST:
            power = e
        elif atom.kind == "ind" and atom.head == ">" and indicator is None and e == 1:
            indicator = atom
        else:
            one = base_of_power(algebra, atom, e, name)
            if one is None:
                return None
            base = algebra.mul(base, one)
    return base, power, indicator


def base_of_power(algebra: Algebra, atom: Atom, e: Exponent, name: str) -> Poly | None:
    """b for a factor b^s."""
    if atom.kind == "exp":
        rest = _over_index(atom.args[0], name)
        return None if rest is None else algebra.exp(scale(rest, fmpq(e.numerator, e.denominator)))
    if atom.kind != "pow" or name in atom.args[0].free:
        return None
    rest = _over_index(atom.args[1], name)
    if rest is None:
        return None
    positive = signs.sign(algebra, atom.args[0]) == "+"
    if not positive and not (isinstance(e, int) and signs.is_integer(algebra, rest)):
        return None
    return algebra.power_poly(atom.args[0], scale(rest, fmpq(e.numerator, e.denominator)))


def _over_index(p: Poly, name: str) -> Poly | None:
    """r for p = s r, where r does not hold s."""
    single = p.single
    if single is None:
        return None
    rest = {a: e for a, e in single[0].factors if not (a.kind == "ixv" and a.ix[0] is Ix(name) and e == 1)}
    if len(rest) == len(single[0].factors) or any(name in a.free for a in rest):
        return None
    return Poly({mono(rest): single[1]})


def _bound(algebra: Algebra, indicator: Atom, name: str, range_key: str) -> tuple[Poly, bool] | None:
    """The end of a range by [s - t > 0] or [t - s > 0]: t or t - 1, where that surely lies in 0..n; and whether what is
    below it is left out."""
    single = of_atom(Atom("ixv", ix=(Ix(name),))).single
    c = indicator.args[0].terms.get(single[0]) if single is not None else None
    if c is None or single is None:
        return None
    end = add(Poly(dict([single])), scale(indicator.args[0], -1 / c))
    if name in end.free or not signs.is_integer(algebra, end):
        return None
    if c < 0:
        end = add(end, scale(ONE, -1))
    gap = add(algebra.length(range_key), scale(end, -1))
    inside = _within(algebra, end, range_key) or signs.sign(algebra, gap) in signs.NOT_NEGATIVE
    return (end, c > 0) if inside and signs.sign(algebra, end) in signs.NOT_NEGATIVE else None


def _within(algebra: Algebra, end: Poly, range_key: str) -> bool:
    """Whether an end is an index, plus a number perhaps, that surely is not above the end of a range."""
    indices = [a.ix[0] for a in end.atoms() if a.kind == "ixv"]
    constant = add(end, scale(algebra.index_value(indices[0]), -1)).constant if len(indices) == 1 else None
    known = algebra.range_of.get(indices[0].base) if indices else None
    if constant is None or constant.q != 1 or known is None or known not in algebra.lengths:
        return False
    least = algebra.least_extent(algebra.lengths[range_key] - (algebra.lengths[known] + int(constant.p)))
    return least is not None and least >= 0


def _is_not_one(algebra: Algebra, base: Poly) -> bool:
    """Whether b is surely not 1, where it is defined (what it divides by is not zero)."""
    gap = add(ONE, scale(base, -1))
    if gap.is_zero:
        return False
    content, rest = algebra.content(gap)
    above = Poly({mono({a: e for a, e in m.factors if e > 0}): c for m, c in content.terms.items()})
    return signs.is_nonzero(algebra, gap) or (signs.is_nonzero(algebra, above) and signs.is_nonzero(algebra, rest))


def _up_to(algebra: Algebra, base: Poly, power: int, end: Poly) -> Poly:
    """Σ_{s=1}^end s^power base^s."""
    if base == ONE:
        return _of_powers(algebra, power, end)
    after = algebra.mul(base, algebra.power_poly(base, end))
    below = algebra.power(add(ONE, scale(base, -1)), -1)
    found: list[Poly] = []
    for j in range(power + 1):
        if j == 0:
            total = add(base, scale(after, -1))
        else:
            lower = [scale(found[i], (-1) ** (j - i + 1) * comb(j, i)) for i in range(j)]
            total = add(*lower, scale(algebra.mul(algebra.power(end, j), after), -1))
        found.append(algebra.mul(total, below))
    return found[power]


def _of_powers(algebra: Algebra, power: int, end: Poly) -> Poly:
    """Σ_{s=1}^end s^power = (1 / (k+1)) Σ_j C(k+1, j) B_j end^{k+1-j} with the Bernoulli numbers (B_1 = +1/2)."""
    total = ZERO
    for j in range(power + 1):
        bernoulli = fmpq(1, 2) if j == 1 else fmpq.bernoulli(j)
        total = add(total, scale(algebra.power(end, power + 1 - j), comb(power + 1, j) * bernoulli / (power + 1)))
    return total


__all__ = ["base_of_power", "bounded_sum", "order_of_indices", "oriented"]
