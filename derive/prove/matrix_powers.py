"""Powers M^n of a matrix with a symbolic whole-number exponent, entry by entry.

M^p M^q = M^{p+q},  M M^p = M^{p+1} (also where M is a sum of terms),  (c M)^n = c^n M^n,
diag(d)^n = diag(d^n),  (V diag(w) Vᵀ)^n = V diag(w^n) Vᵀ for an orthogonal V
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flint import fmpq

from derive.prove import binding, closing, inverses, rotations, series, signs
from derive.prove.atoms import (
    INTEGRAL,
    UNIT,
    Atom,
    Exponent,
    Factors,
    Ix,
    Poly,
    add,
    bound_name,
    mono,
    number,
    of_atom,
    scale,
)
from derive.prove.limits import TooHard

if TYPE_CHECKING:
    from derive.prove.algebra import Algebra, Binder

LARGEST = 12
"""The greatest plain number to which a matrix is multiplied out."""
LEVELS = 4
"""By how much two exponents may differ for the greater power to be written as a product."""


def power_atom(
    algebra: Algebra, range_key: str, body: Poly, row: str, column: str, e: Poly, ix: tuple[Ix, ...]
) -> Poly:
    """An entry of the e-th power of the matrix with entries ``body`` at (row, column)."""
    constant = e.constant
    if constant is not None:
        return _multiplied_out(algebra, range_key, body, (row, column), constant, (ix[0], ix[1]))
    if body.is_zero or not signs.is_integer(algebra, e):
        raise TooHard("a matrix to a power that is not a whole number")
    one, two = sorted((algebra.fresh(range_key), algebra.fresh(range_key)))  # a delta keeps the name that sorts first
    body = algebra.rename(body, {row: Ix(one), column: Ix(two)})
    diagonal = inverses.diagonal_of(algebra, body, one, two)
    if diagonal is not None:
        entry = algebra.power_poly(algebra.rename(diagonal, {one: ix[0]}), e)
        return algebra.mul(algebra.delta(ix[0], ix[1]), entry)
    outside, body = _content(algebra, body, (one, two))
    basis = rotations.rotated(algebra, body, (one, two), range_key)
    if basis is not None:
        weight = algebra.power_poly(basis.weight, e)
        found = rotations.with_weights(algebra, basis, (one, two), weight, range_key, ix)
    else:
        found = _atom(algebra, range_key, body, (one, two), e, ix)
    return algebra.mul(algebra.power_poly(outside, e), found)


def _content(algebra: Algebra, body: Poly, names: tuple[str, str]) -> tuple[Poly, Poly]:
    """The factors that all entries share, and the rest."""
    m, c = algebra.content(body)[0].sorted()[0]
    shared = {a: e for a, e in m.factors if a.free.isdisjoint(names) and isinstance(e, int)}
    outside = Poly({mono(shared): c})
    return outside, algebra.mul(body, algebra.power(outside, -1))


def _atom(algebra: Algebra, range_key: str, body: Poly, names: tuple[str, str], e: Poly, ix: tuple[Ix, ...]) -> Poly:
    height = max(body.height, e.height) + 1
    first, second = bound_name(height, 0, range_key), bound_name(height, 1, range_key)
    for name in (first, second):
        algebra.range_of[name] = range_key
    binding.check_capture(body, (first, second), names)
    binding.check_capture(e, (first, second), ())
    matrix = algebra.rename(body, {names[0]: Ix(first), names[1]: Ix(second)})
    flipped = algebra.rename(body, {names[0]: Ix(second), names[1]: Ix(first)})
    if matrix == flipped:
        ix = tuple(sorted(ix, key=lambda i: i.key))
    elif flipped.key < matrix.key:
        matrix, ix = flipped, ix[::-1]
    algebra.names.powers = True
    return of_atom(binding.slotted("mpow", range_key, ix, (matrix, e)))


def _multiplied_out(
    algebra: Algebra, range_key: str, body: Poly, names: tuple[str, str], constant: fmpq, ix: tuple[Ix, Ix]
) -> Poly:
    """An entry of a product of one matrix with itself."""
    if constant.q != 1 or constant < 0 or constant > LARGEST:
        raise TooHard(f"a matrix to the power {constant}")
    if constant == 0:
        return algebra.delta(*ix)
    total: Poly | None = None
    column = ix[1]
    for n in range(int(constant.p)):
        start = ix[0] if n == int(constant.p) - 1 else Ix(algebra.fresh(range_key))
        entry = algebra.rename(body, {names[0]: start, names[1]: column})
        total = entry if total is None else algebra.sum_over(algebra.mul(entry, total), column.base, range_key)
        column = start
    return number(1) if total is None else total


def moved(algebra: Algebra, atom: Atom, ix: tuple[Ix, ...], e: Poly) -> Poly:
    """An entry of another power of the same matrix."""
    body, ((row, key), (column, _)) = algebra.open(atom)
    return power_atom(algebra, key, body, row, column, e, ix)


def image(algebra: Algebra, atom: Atom, slot: int, entry: Ix) -> Poly:
    """An entry of M M^p (or of M^p M, where the sum was over the second slot)."""
    ix = (entry, atom.ix[1]) if slot == 0 else (atom.ix[0], entry)
    return moved(algebra, atom, ix, add(atom.args[1], number(1)))


def contract(algebra: Algebra, coefficient: fmpq, factors: Factors, binders: list[Binder]) -> Poly | None:
    """Σ_k (M^p)_ik (M^q)_kj = (M^{p+q})_ij, also with the inverse of M."""
    powers = [a for a in sorted(factors, key=lambda a: a.key) if a.kind == "mpow"]
    for name, range_key in binders if powers else ():
        touched: dict[Atom, Exponent] = {a: e for a, e in factors.items() if name in a.free}
        pair = [a for a, e in touched.items() for _ in range(e if isinstance(e, int) and 0 < e <= 2 else 3)]
        if len(pair) != 2 or pair[0].kind not in ("mpow", "inv") or range_key != pair[0].head:
            continue
        joined = _joined(algebra, pair[0], pair[1], name)
        if joined is None:
            continue
        return closing.closed(algebra, joined, coefficient, factors, touched, binders, name)
    return None


def _joined(algebra: Algebra, one: Atom, two: Atom, name: str) -> Poly | None:
    if {one.kind, two.kind} - {"mpow", "inv"} or "mpow" not in (one.kind, two.kind):
        return None
    if one.head != two.head or any(name in p.free for p in (*one.args, *two.args)):
        return None
    if one.args[0] != two.args[0]:
        return (
            _lowered(algebra, *((one, two) if one.kind == "inv" else (two, one)), name)
            if one.kind != two.kind
            else None
        )
    whole = add(*(atom.args[1] if atom.kind == "mpow" else number(-1) for atom in (one, two)))
    symmetric = _is_symmetric(algebra, one)
    for left, right in ((one, two), (two, one)):
        for a in _orders(left.ix, symmetric):
            for b in _orders(right.ix, symmetric):
                if a[1] is Ix(name) and b[0] is Ix(name) and name not in a[0].free and name not in b[1].free:
                    return moved(algebra, one if one.kind == "mpow" else two, (a[0], b[1]), whole)
    return None


def _lowered(algebra: Algebra, inverse: Atom, power: Atom, name: str) -> Poly | None:
    """B^{-1} M^p = (M^{p-1} - a B^{-1} M^{p-1}) / c for B = a I + c M, where p is something plus 1 or more."""
    if power.args[1].terms.get(UNIT, fmpq(0)) < 1:
        return None
    less = add(power.args[1], number(-1))
    matrix, ((row, key), (column, _)) = algebra.open(power)
    body, ((one, _), (two, _)) = algebra.open(inverse)
    sides = [(inverse.ix, {one: Ix(row), two: Ix(column)}), (inverse.ix[::-1], {one: Ix(column), two: Ix(row)})]
    for ix, names in sides:
        found = _linear(algebra, algebra.rename(body, names), matrix, (row, column))
        if found is None:
            continue
        a, c = found
        for left, right, before in ((ix, power.ix, True), (power.ix, ix, False)):
            if left[1] is not Ix(name) or right[0] is not Ix(name) or name in left[0].free or name in right[1].free:
                continue
            link = algebra.fresh(key)
            ends = (Ix(link), right[1]) if before else (left[0], Ix(link))
            again = algebra.rename(of_atom(inverse), {name: Ix(link)})
            rest = algebra.sum_over(algebra.mul(again, moved(algebra, power, ends, less)), link, key)
            whole = add(moved(algebra, power, (left[0], right[1]), less), scale(algebra.mul(a, rest), -1))
            return algebra.mul(whole, algebra.power(c, -1))
    return None


def _linear(algebra: Algebra, body: Poly, matrix: Poly, slots: tuple[str, str]) -> tuple[Poly, Poly] | None:
    """a and c, which is surely not zero, for the entries ``body`` = a δ + c ``matrix``."""
    lead, k = matrix.sorted()[0]
    same = algebra.delta(Ix(slots[0]), Ix(slots[1])).atoms()[0]
    for m, x in body.sorted():
        c = algebra.mul(Poly({m: x / k}), algebra.power(Poly({lead: fmpq(1)}), -1))
        if not c.free.isdisjoint(slots) or not signs.is_nonzero(algebra, c):
            continue
        rest = add(body, scale(algebra.mul(c, matrix), -1))
        if any(dict(n.factors).get(same) != 1 for n in rest.terms):
            continue
        a = Poly({mono({x: e for x, e in n.factors if x is not same}): k for n, k in rest.terms.items()})
        if a.free.isdisjoint(slots):
            return a, c
    return None


def _orders(ix: tuple[Ix, ...], symmetric: bool) -> list[tuple[Ix, ...]]:
    return [ix, ix[::-1]] if symmetric else [ix]


def _is_symmetric(algebra: Algebra, atom: Atom) -> bool:
    body, ((row, _), (column, _)) = algebra.open(atom)
    return algebra.rename(body, {row: Ix(column), column: Ix(row)}) == body


def geometric(algebra: Algebra, coefficient: fmpq, factors: Factors, binders: list[Binder]) -> Poly | None:
    """Σ_{s=1}^n b^s M^{s+c} = (I - b M)^{-1} (b M^{1+c} - b^{n+1} M^{n+1+c}), where the inverse is known to exist."""
    for name, range_key in binders:
        touched = {a: e for a, e in factors.items() if name in a.free}
        powers = [a for a in touched if a.kind == "mpow"]
        if range_key.startswith(INTEGRAL) or len(powers) != 1 or touched[powers[0]] != 1:
            continue
        atom = powers[0]
        first = add(atom.args[1], scale(algebra.index_value(Ix(name)), -1))
        parts = [series.base_of_power(algebra, a, e, name) for a, e in touched.items() if a is not atom]
        if (
            any(name in p.free for p in (first, atom.args[0]))
            or any(name in ix.free for ix in atom.ix)
            or None in parts
        ):
            continue
        closed = _closed(algebra, atom, first, algebra.mul(*(p for p in parts if p is not None)), range_key)
        if closed is None:
            continue
        return closing.closed(algebra, closed, coefficient, factors, touched, binders, name)
    return None


def _closed(algebra: Algebra, atom: Atom, first: Poly, base: Poly, range_key: str) -> Poly | None:
    body, ((row, key), (column, _)) = algebra.open(atom)
    gap = add(algebra.delta(Ix(row), Ix(column)), scale(algebra.mul(base, body), -1))
    if not signs.is_nonzero(algebra, algebra.matrix_atom("det", key, gap, row, column)):
        return None
    link = algebra.fresh(key)
    end = algebra.length(range_key)
    begin, after = (add(first, number(1)), add(first, end, number(1)))
    ix = (Ix(link), atom.ix[1])
    low = algebra.mul(base, moved(algebra, atom, ix, begin))
    high = algebra.mul(base, algebra.power_poly(base, end), moved(algebra, atom, ix, after))
    inverse = algebra.matrix_atom("inv", key, gap, row, column, (atom.ix[0], Ix(link)))
    return algebra.sum_over(algebra.mul(inverse, add(low, scale(high, -1))), link, key)


def levelled(algebra: Algebra, p: Poly) -> Poly:
    """p with powers of one matrix that differ by a number written as products with the least of them."""
    least: dict[tuple[Poly, Poly], fmpq] = {}
    stack = [p]
    while stack:
        for m in stack.pop().terms:
            for atom, _ in m.factors:
                stack.extend(atom.args)
                if atom.kind == "mpow":
                    key, constant = _split(atom)
                    least[key] = min(least.get(key, constant), constant)

    def change(atom: Atom) -> Poly | None:
        if atom.kind != "mpow":
            return None
        key, constant = _split(atom)
        by = constant - least.get(key, constant)
        if by == 0 or by > LEVELS or by.q != 1:
            return None
        body, ((row, range_key), (column, _)) = algebra.open(atom)
        middle = algebra.fresh(range_key)
        factor = _multiplied_out(algebra, range_key, body, (row, column), by, (atom.ix[0], Ix(middle)))
        lower = moved(algebra, atom, (Ix(middle), atom.ix[1]), add(atom.args[1], scale(number(1), -by)))
        return algebra.sum_over(algebra.mul(factor, lower), middle, range_key)

    return algebra.replace(p, change) if least else p


def _split(atom: Atom) -> tuple[tuple[Poly, Poly], fmpq]:
    """A power's matrix with what is symbolic of its exponent, and the rest of the exponent."""
    constant = atom.args[1].terms.get(UNIT, fmpq(0))
    return (atom.args[0], Poly({m: c for m, c in atom.args[1].terms.items() if m is not UNIT})), constant


__all__ = ["contract", "geometric", "image", "levelled", "power_atom"]
