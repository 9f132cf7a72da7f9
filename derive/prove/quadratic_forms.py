"""Quadratic forms and sums of squares of sums: when a sum in a normal form is never negative."""

from __future__ import annotations

from itertools import combinations, permutations
from typing import TYPE_CHECKING

from flint import fmpq

from derive.prove import signs
from derive.prove.atoms import Atom, Exponent, Ix, Mono, Poly, mono

if TYPE_CHECKING:
    from derive.prove.algebra import Algebra

MOST_SUMMANDS = 6
"""How many terms a matrix that is inverted may have."""


def is_nonnegative(algebra: Algebra, atom: Atom) -> bool:
    """Whether a sum is Σ c A(i) A(j) P(i, j) with c ≥ 0 and P psd (or absent): a quadratic form, or squares of sums."""
    body, binders = algebra.open(atom)
    single = body.single
    if single is None or single[1] < 0:
        return False
    names = [name for name, key in binders]
    ranges = dict(binders)
    for size in range(1, len(names) // 2 + 1):
        for left in combinations(names, size):
            rest = [n for n in names if n not in left]
            for right in permutations(rest, size):
                if [ranges[a] for a in left] != [ranges[b] for b in right]:
                    continue
                if splits(algebra, single[0], left, right):
                    return True
    return False


def splits(algebra: Algebra, m: Mono, left: tuple[str, ...], right: tuple[str, ...]) -> bool:
    """Whether m is c A(left) A(right) P(left, right)."""
    there = {a: Ix(b) for a, b in zip(left, right, strict=True)}
    one: dict[Atom, Exponent] = {}
    two: dict[Atom, Exponent] = {}
    mixed: list[tuple[Atom, Exponent]] = []
    for atom, e in m.factors:
        in_left, in_right = not atom.free.isdisjoint(left), not atom.free.isdisjoint(right)
        if in_left and in_right:
            mixed.append((atom, e))
        elif in_left:
            one[atom] = e
        elif in_right:
            two[atom] = e
        elif signs.mono_sign(algebra, Mono(((atom, e),)), fmpq(1)) not in ("+", "0+"):
            return False
    if algebra.rename(Poly({mono(one): fmpq(1)}), there) != Poly({mono(two): fmpq(1)}):
        return False
    return _psd_kernel(algebra, mixed, left, right)


def _psd_kernel(
    algebra: Algebra, mixed: list[tuple[Atom, Exponent]], left: tuple[str, ...], right: tuple[str, ...]
) -> bool:
    """Whether the mixed factors are positive semidefinite matrices, each joining one pair: a product kernel is psd."""
    pairs = dict(zip(left, right, strict=True))
    used: set[str] = set()
    for atom, e in mixed:
        if e != 1 or not is_psd_entry(algebra, atom):
            return False
        a, b = atom.ix[-2:]
        if a.shift or b.shift or not atom.free - {a.base, b.base} <= atom.free - set(left) - set(right):
            return False
        if pairs.get(a.base) == b.base:
            first = a.base
        elif pairs.get(b.base) == a.base:
            first = b.base
        else:
            return False
        if first in used:
            return False
        used.add(first)
    return True


def is_psd_entry(algebra: Algebra, atom: Atom) -> bool:
    """Whether an atom is an entry of a matrix declared psd or posdef, of a posdef one's inverse, or of the inverse of
    what is psd as it is written: an inverse exists only where that is positive definite."""
    if atom.kind == "ent":
        entry = algebra.declared(atom.head)
        return entry is not None and len(entry.shape) == 2 and bool(entry.properties & {"posdef", "psd"})
    if atom.kind == "delta":
        return True
    if atom.kind != "inv":
        return False
    decl = signs.declared_matrix(algebra, atom)
    return (decl is not None and "posdef" in decl.properties) or _is_psd_as_written(algebra, atom)


def _is_psd_as_written(algebra: Algebra, atom: Atom) -> bool:
    """Whether what is inverted is a sum of psd matrices with weights that are not negative: ``a I + b Xᵀ X``."""
    body, binders = algebra.open(atom)
    if len(binders) != 2 or len(body.terms) > MOST_SUMMANDS:
        return False
    (row, _), (column, _) = binders
    return all(c > 0 and _is_psd_summand(algebra, m, row, column) for m, c in body.sorted())


def _is_psd_summand(algebra: Algebra, m: Mono, row: str, column: str) -> bool:
    """Whether one term is an entry of a psd matrix: c A(row) A(column), a psd matrix, or a sum of such, as in
    ``Σ_{k,l} A(k, row) P(k, l) A(l, column)``."""
    sums = [a for a, e in m.factors if a.kind == "sum" and e == 1 and {row, column} & a.free]
    if not sums:
        return splits(algebra, m, (row,), (column,))
    rest = mono({a: e for a, e in m.factors if a is not sums[0]})
    if (
        len(sums) > 1
        or {row, column} & Poly({rest: fmpq(1)}).free
        or signs.mono_sign(algebra, rest, fmpq(1)) not in ("+", "0+")
    ):
        return False
    inner, binders = algebra.open(sums[0])
    single = inner.single
    if single is None or single[1] < 0:
        return False
    pairs = [(), *permutations([name for name, _ in binders], 2)]
    ranges = dict(binders)
    return any(
        splits(algebra, single[0], (row, *pair[:1]), (column, *pair[1:]))
        for pair in pairs
        if not pair or ranges[pair[0]] == ranges[pair[1]]
    )
