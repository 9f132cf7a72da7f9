"""Entries of inverses, and determinants, of matrices given by a generic entry."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flint import fmpq

from derive.prove import binding, rotations, substitution
from derive.prove.atoms import ONE, ZERO, Atom, Factors, Ix, Poly, add, bound_name, mono, of_atom
from derive.prove.limits import TooHard

if TYPE_CHECKING:
    from derive.prove.algebra import Algebra


def matrix_atom(
    algebra: Algebra, kind: str, range_key: str, body: Poly, row: str, column: str, ix: tuple[Ix, ...] = ()
) -> Poly:
    """An entry of the inverse, or the determinant, of the matrix with entries ``body`` at (row, column)."""
    if body.is_zero:
        if kind == "inv":
            raise ZeroDivisionError("the inverse of a zero matrix")
        return ZERO
    if body == algebra.delta(Ix(row), Ix(column)):
        return algebra.delta(*ix) if kind == "inv" else ONE
    diagonal = diagonal_of(algebra, body, row, column)
    if diagonal is not None:
        if kind == "det":
            return algebra.product_over(diagonal, row, range_key)
        entry = algebra.power(algebra.rename(diagonal, {row: ix[0]}), -1)
        return algebra.mul(algebra.delta(*ix), entry)
    basis = rotations.rotated(algebra, body, (row, column), range_key)
    if basis is not None and kind == "det":
        return algebra.product_over(basis.weight, basis.link, range_key)
    if basis is not None:
        weight = algebra.power(basis.weight, -1)
        return rotations.with_weights(algebra, basis, (row, column), weight, range_key, ix)
    product = _determinant_of_product(algebra, body, (row, column), range_key) if kind == "det" else None
    if product is not None:
        return product
    flipped_jacobian = (
        substitution.jacobian_of_inverse(algebra, range_key, body, row, column) if kind == "det" else None
    )
    if flipped_jacobian is not None:
        return flipped_jacobian
    shared = _shared(algebra, body, (row, column))
    number_part = abs(algebra.content(body)[0].sorted()[0][1])
    if kind == "inv" and body.terms and body.sorted()[0][1] < 0:
        number_part = -number_part
    if body.terms and (shared or number_part != 1):
        outside = Poly({mono(shared): number_part})
        rest = algebra.mul(body, algebra.power(outside, -1))
        if shared and _shared(algebra, rest, (row, column)) == shared:
            raise TooHard("a matrix from which a factor can be taken again and again")
        times = algebra.power(outside, -1) if kind == "inv" else algebra.power_poly(outside, algebra.length(range_key))
        return algebra.mul(times, algebra.matrix_atom(kind, range_key, rest, row, column, ix))
    height = body.height + 1
    first, second = bound_name(height, 0, range_key), bound_name(height, 1, range_key)
    for name in (row, column):
        algebra.range_of.setdefault(name, "")
    for name in (first, second):
        algebra.range_of[name] = range_key
    binding.check_capture(body, (first, second), (row, column))
    matrix = algebra.rename(body, {row: Ix(first), column: Ix(second)})
    flipped = algebra.rename(body, {row: Ix(second), column: Ix(first)})
    if kind == "det":
        return of_atom(Atom("det", range_key, args=(min(matrix, flipped, key=lambda p: p.key),)))
    a, b = ix
    if flipped.key < matrix.key:
        return _inverse_entry(algebra, range_key, flipped, matrix, (b, a))
    return _inverse_entry(algebra, range_key, matrix, flipped, (a, b))


def _shared(algebra: Algebra, body: Poly, names: tuple[str, str]) -> Factors:
    """What all entries of a matrix have in common, beside a number."""
    return {a: e for a, e in algebra.content(body)[0].sorted()[0][0].factors if a.free.isdisjoint(names)}


def diagonal_of(algebra: Algebra, body: Poly, row: str, column: str) -> Poly | None:
    """The diagonal, as a polynomial in ``row``, of a matrix whose every term has the factor δ(row, column)."""
    same = algebra.delta(Ix(row), Ix(column))
    single = same.single
    delta = single[0].factors[0][0] if single is not None and single[0].factors else None
    if delta is None or not body.terms or any(delta not in dict(m.factors) for m in body.terms):
        return None
    total = ZERO
    for m, c in body.sorted():
        total = add(total, Poly({mono({a: e for a, e in m.factors if a is not delta}): c}))
    return algebra.rename(total, {column: Ix(row)})


def _determinant_of_product(algebra: Algebra, body: Poly, slots: tuple[str, str], range_key: str) -> Poly | None:
    """det A det B Π_k w_k for the entries Σ_k A_ik w_k B_kj of a product of square matrices."""
    single = body.single
    if single is None or single[1] != 1 or len(single[0].factors) != 1 or single[0].factors[0][1] != 1:
        return None
    atom = single[0].factors[0][0]
    if atom.kind != "sum" or range_key not in atom.ranges:
        return None
    inner, binders = algebra.open(atom)
    one = inner.single
    if one is None:
        return None
    names = {name for name, _ in binders}
    for link in [name for name, key in binders if key == range_key]:
        left = {a: e for a, e in one[0].factors if slots[0] in a.free}
        only = {a: e for a, e in one[0].factors if a not in left and a.free & (names | set(slots)) == {link}}
        right = {a: e for a, e in one[0].factors if a not in left and a not in only}
        around = frozenset((slots[1], *(names - {link})))
        if not left or not right or any(link not in a.free or not a.free.isdisjoint(around) for a in left):
            continue
        rest = Poly({mono(right): one[1]})
        for name, key in binders:
            if name != link:
                rest = algebra.sum_over(rest, name, key)
        if slots[1] not in rest.free or link not in rest.free:
            continue
        return algebra.mul(
            algebra.matrix_atom("det", range_key, Poly({mono(left): fmpq(1)}), slots[0], link),
            algebra.matrix_atom("det", range_key, rest, link, slots[1]),
            algebra.product_over(Poly({mono(only): fmpq(1)}), link, range_key),
        )
    return None


def _inverse_entry(algebra: Algebra, range_key: str, matrix: Poly, flipped: Poly, ix: tuple[Ix, ...]) -> Poly:
    """An entry of an inverse in its final orientation; slots are sorted if the matrix is symmetric."""
    symmetric = matrix == flipped
    algebra._symmetric[matrix] = symmetric
    if symmetric:
        ix = tuple(sorted(ix, key=lambda i: i.key))
    return of_atom(binding.slotted("inv", range_key, ix, (matrix,)))


def moved_inverse(algebra: Algebra, atom: Atom, ix: tuple[Ix, ...]) -> Poly:
    """An entry of the same inverse at other slots."""
    if algebra._symmetric.get(atom.args[0], False):
        ix = tuple(sorted(ix, key=lambda i: i.key))
    return of_atom(binding.slotted("inv", atom.head, ix, atom.args))
