"""Matrices that are diagonal in an orthogonal basis: Σ_k V_ik w_k V_jk, also with a multiple of the identity beside.

(V diag(w) Vᵀ + a I)^n = V diag((w + a)^n) Vᵀ,  det(V diag(w) Vᵀ + a I) = Π_k (w_k + a)
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from derive.prove.atoms import ZERO, Atom, Ix, Mono, Poly, add, mono, of_atom

if TYPE_CHECKING:
    from derive.prove.algebra import Algebra


@dataclass(frozen=True)
class Rotated:
    """V_ik, V_jk and w_k + a of such a matrix, at its row and column names and at the name ``link`` for k."""

    sides: tuple[Atom, Atom]
    weight: Poly
    link: str


def rotated(algebra: Algebra, body: Poly, names: tuple[str, str], range_key: str) -> Rotated | None:
    """The parts of the matrix with entries ``body``, if it is one of these."""
    same = algebra.delta(Ix(names[0]), Ix(names[1])).atoms()
    whole = [(m, c) for m, c in body.sorted() if not any(a is same[0] for a, _ in m.factors)]
    if len(whole) != 1:
        return None
    (m, c), shift = whole[0], ZERO
    for n, k in body.terms.items():
        if n is not m:
            shift = add(shift, Poly({mono({a: e for a, e in n.factors if a is not same[0]}): k}))
    found = _parts(algebra, m, names, range_key)
    if found is None or not shift.free.isdisjoint(names):
        return None
    sides, inside, link = found
    outside = Poly({mono({a: e for a, e in m.factors if a.kind != "sum"}): c})
    if not outside.free.isdisjoint(names):
        return None
    return Rotated(sides, add(algebra.mul(outside, inside), shift), link)


def _parts(
    algebra: Algebra, m: Mono, names: tuple[str, str], range_key: str
) -> tuple[tuple[Atom, Atom], Poly, str] | None:
    sums = [(a, e) for a, e in m.factors if a.kind == "sum"]
    if len(sums) != 1 or sums[0][1] != 1 or sums[0][0].ranges != (range_key,):
        return None
    inner, ((link, _),) = algebra.open(sums[0][0])
    one = inner.single
    if one is None:
        return None
    sides = [a for a, x in one[0].factors if x == 1 and not a.free.isdisjoint(names)]
    weights = {a: x for a, x in one[0].factors if a not in sides}
    if len(sides) != 2 or any(not a.free.isdisjoint(names) for a in weights):
        return None
    if not _are_one_orthogonal(algebra, sides, names, link):
        return None
    return (sides[0], sides[1]), Poly({mono(weights): one[1]}), link


def _are_one_orthogonal(algebra: Algebra, sides: list[Atom], names: tuple[str, str], link: str) -> bool:
    """Whether two atoms are entries of one orthogonal matrix in different rows (or both in columns)."""
    one, two = sides
    if one.kind != two.kind or one.head != two.head or one.args != two.args or len(one.ix) != len(two.ix):
        return False
    if one.kind == "ent":
        decl = algebra.declared(one.head)
        known = decl is not None and "orthogonal" in decl.properties and one.head not in algebra.freed_names
        if not known or decl is None or len(decl.shape) != 2 or one.ix[:-2] != two.ix[:-2]:
            return False
    elif one.kind != "eigvec":
        return False
    links = [place for place in (-1, -2) if one.ix[place] is Ix(link) and two.ix[place] is Ix(link)]
    ends = {atom.ix[-3 - place] for place in links for atom in sides}
    rest = {n for atom in sides for ix in atom.ix[:-2] for n in ix.free} | {n for p in one.args for n in p.free}
    return len(links) == 1 and ends == {Ix(names[0]), Ix(names[1])} and rest.isdisjoint((*names, link))


def with_weights(
    algebra: Algebra, found: Rotated, names: tuple[str, str], weight: Poly, range_key: str, ix: tuple[Ix, ...]
) -> Poly:
    """An entry of the matrix with other weights on the same basis."""
    place = {names[0]: ix[0], names[1]: ix[1]}
    product = algebra.mul(weight, *(algebra.rename(of_atom(a), place) for a in found.sides))
    return algebra.sum_over(product, found.link, range_key)


__all__ = ["Rotated", "rotated", "with_weights"]
