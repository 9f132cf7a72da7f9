"""What is never negative because of an eigenvalue's place in the order, taken off a normal form.

λ_n Σ_i f_i² - Σ_ij B_ij f_i f_j ≥ 0,  Σ_ij B_ij f_i f_j - λ_1 Σ_i f_i² ≥ 0        the Rayleigh quotient
n λ_n - tr B ≥ 0,  tr B - n λ_1 ≥ 0
λ_k - λ_l ≥ 0                                                                      for k ≥ l
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from flint import fmpq

from derive.language.extents import Extent
from derive.prove import signs
from derive.prove.atoms import Atom, Factors, Ix, Mono, Poly, add, mono, of_atom, scale

if TYPE_CHECKING:
    from derive.prove.algebra import Algebra


def bounds(algebra: Algebra, p: Poly) -> Iterator[Poly]:
    """p less one such thing, for every term with an eigenvalue that is the first or the last one."""
    for m, c in p.sorted():
        for atom, e in m.factors:
            if atom.kind == "eigval" and e == 1:
                for gap in _gaps(algebra, p, m, c, atom):
                    yield add(p, scale(gap, -1))


def _gaps(algebra: Algebra, p: Poly, m: Mono, c: fmpq, atom: Atom) -> Iterator[Poly]:
    rest = {a: x for a, x in m.factors if a is not atom}
    here = Poly({m: c})
    if signs.mono_sign(algebra, mono(rest), fmpq(1)) in signs.NOT_NEGATIVE:
        outside = Poly({mono(rest): c})
        for other in _others(p, atom):
            if _comes_after(algebra, atom, other) if c > 0 else _comes_after(algebra, other, atom):
                yield add(here, scale(algebra.mul(outside, of_atom(other)), -1))
    end = 1 if _is_last(algebra, atom) else (-1 if atom.ix[0] is Ix("", 1) else 0)
    if end == 0 or (c > 0) != (end > 0):
        return
    for form, weight in _forms(algebra, atom, rest):
        if signs.sign(algebra, scale(weight, abs(c))) in signs.NOT_NEGATIVE:
            yield add(here, scale(algebra.mul(form, weight), -c))


def _others(p: Poly, atom: Atom) -> list[Atom]:
    """The other eigenvalues of the same matrix in p."""
    found = {a for m in p.terms for a, _ in m.factors if a.kind == "eigval" and a.args == atom.args and a is not atom}
    return sorted(found, key=lambda a: a.key)


def _place(ix: Ix) -> Extent | None:
    """A reference as a number."""
    return None if ix.atom is not None else (Extent.of(ix.base) + ix.shift if ix.base else Extent.of(ix.shift))


def _comes_after(algebra: Algebra, one: Atom, other: Atom) -> bool:
    """Whether the number of one eigenvalue is surely not less than that of another."""
    here, there = one.ix[0], other.ix[0]
    if there is Ix("", 1) or _is_last(algebra, one):
        return True
    a, b = _place(here), _place(there)
    least = None if a is None or b is None else algebra.least_extent(a - b)
    return least is not None and least >= 0


def _is_last(algebra: Algebra, atom: Atom) -> bool:
    place = _place(atom.ix[0])
    return place is not None and atom.ix[0].base not in algebra.range_of and place == algebra.lengths.get(atom.head)


def _forms(algebra: Algebra, atom: Atom, rest: Factors) -> Iterator[tuple[Poly, Poly]]:
    """Σ_ij B_ij f_i f_j for a factor Σ_i f_i² of the rest, and tr B for a factor n; with what else is left."""
    body, ((row, key), (column, _)) = algebra.open(atom)
    for other, e in sorted(rest.items(), key=lambda pair: pair[0].key):
        if e != 1:
            continue
        weight = Poly({mono({a: x for a, x in rest.items() if a is not other}): fmpq(1)})
        if other.kind == "size" and algebra.length(key) == of_atom(other):
            yield algebra.sum_over(algebra.rename(body, {column: Ix(row)}), row, key), weight
        root = _root(algebra, other, key)
        if root is not None:
            there = [algebra.rename(root[0], {root[1]: Ix(name)}) for name in (row, column)]
            form = algebra.mul(body, *there)
            yield algebra.sum_over(algebra.sum_over(form, row, key), column, key), weight


def _root(algebra: Algebra, atom: Atom, key: str) -> tuple[Poly, str] | None:
    """f_i and its index, if an atom is Σ_i f_i²."""
    if atom.kind != "sum" or atom.ranges != (key,):
        return None
    body, ((name, _),) = algebra.open(atom)
    single = body.single
    if single is None or single[1] != 1 or any(not isinstance(e, int) or e % 2 for _, e in single[0].factors):
        return None
    return Poly({mono({a: e // 2 for a, e in single[0].factors if isinstance(e, int)}): fmpq(1)}), name
