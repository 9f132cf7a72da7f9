"""Sums whose terms are shifted along their range: x_{t-1} or x_{t+1} instead of x_t; and sums of powers of an index.

For 0 < s ≤ T:

    Σ_{t=1}^T f(t+s) = Σ_{t=1}^T f(t) + f(T+1) + … + f(T+s) - f(1) - … - f(s)
    Σ_{t=1}^T f(t-s) = Σ_{t=1}^T f(t) + f(0) + … + f(1-s) - f(T) - … - f(T-s+1)

What is outside of its declared range at an end stands on both sides of each such line, whatever it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flint import fmpq

from derive.prove.atoms import UNIT, Atom, Exponent, Ix, Mono, Poly, add, mono, scale

if TYPE_CHECKING:
    from derive.prove.algebra import Algebra, Binder, Factors

INTEGRAL = "∫"
FARTHEST = 4
"""The longest shift that is written out."""
HIGHEST = 8
"""The highest power of an index that is summed."""


def centred(algebra: Algebra, coefficient: fmpq, factors: Factors, binders: list[Binder]) -> Poly | None:
    """The sum with the least shift of each of its variables 0, and the terms at the ends that this adds and takes
    away."""
    if not any(atom.shifted for atom in factors):
        return None
    for name, range_key in binders:
        by = _least(factors, name)
        if not by or abs(by) > FARTHEST:
            continue
        end = end_of(algebra, range_key, abs(by))
        if end is None:
            continue
        whole = Poly({mono(factors): coefficient})
        body = algebra.rename(whole, {name: Ix(name, -by)})
        rest = [pair for pair in binders if pair[0] != name]
        total = [_summed(algebra, body, binders)]
        for i in range(1, abs(by) + 1):
            # each end within the range over which its form of the summand is known to hold
            first, last = Ix("", i), Ix(end.base, end.shift + i - abs(by))
            more, less = (last, first) if by > 0 else (first, last)
            total.append(_summed(algebra, algebra.rename(whole, {name: more}), rest))
            total.append(scale(_summed(algebra, algebra.rename(body, {name: less}), rest), -1))
        return add(*total)
    return None


def _summed(algebra: Algebra, p: Poly, binders: list[Binder]) -> Poly:
    for name, range_key in binders:
        p = algebra.sum_over(p, name, range_key)
    return p


def end_of(algebra: Algebra, range_key: str, least_length: int = 0) -> Ix | None:
    """The last number of a range as a reference, where the range surely has this length at least."""
    length = None if range_key.startswith(INTEGRAL) else algebra.lengths.get(range_key)
    least = None if length is None else algebra.least_extent(length)
    if length is None or least is None or least < least_length:
        return None
    if length.constant is not None:
        return Ix("", length.constant)
    names = [name for name in sorted(length.names) if (length - name).constant is not None]
    return Ix(names[0], (length - names[0]).constant or 0) if names else None


def _least(factors: Factors, name: str) -> int:
    """The least shift of a variable among the slots of a product (0 if it stands nowhere but as a number or in a
    delta)."""
    found: list[int] = []
    for atom in factors:
        if atom.kind == "delta" and name in atom.free:
            return 0
        if name in atom.free:
            _collect(atom, name, found)
    return min(found, default=0)


def _collect(atom: Atom, name: str, found: list[int]) -> None:
    if atom.kind not in ("ixv", "delta"):
        found.extend(ix.shift for ix in atom.ix if ix.base == name)
    if atom.kind == "mpow" and name in atom.args[1].free:
        single = atom.args[1]
        if single.terms.get(Mono(((Atom("ixv", ix=(Ix(name),)), 1),))) == 1:
            shift = single.terms.get(UNIT, fmpq(0))
            found.append(int(shift.p) if shift.q == 1 else 0)
    for arg in atom.args:
        for m in arg.terms:
            for inner, _ in m.factors:
                if name in inner.free:
                    _collect(inner, name, found)


def power_sum(algebra: Algebra, coefficient: fmpq, factors: Factors, binders: list[Binder]) -> Poly | None:
    """Σ_{t=1}^T t^k = (1 / (k+1)) Σ_{j=0}^k C(k+1, j) B_j T^{k+1-j} with the Bernoulli numbers (B_1 = +1/2)."""
    if len(factors) != 1 or len(binders) != 1:
        return None
    (atom, power), (name, range_key) = next(iter(factors.items())), binders[0]
    if atom.kind != "ixv" or atom.ix[0] is not Ix(name) or not _summable(power) or end_of(algebra, range_key) is None:
        return None
    k = int(power)
    length = algebra.length(range_key)
    total: list[Poly] = []
    choose = 1
    for j in range(k + 1):
        bernoulli = fmpq(1, 2) if j == 1 else fmpq.bernoulli(j)
        total.append(scale(algebra.power(length, k + 1 - j), coefficient * choose * bernoulli / (k + 1)))
        choose = choose * (k + 1 - j) // (j + 1)
    return add(*total)


def _summable(power: Exponent) -> bool:
    return isinstance(power, int) and 1 <= power <= HIGHEST
