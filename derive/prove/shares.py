"""Shares: f_k / Σ_j f_j and f / (f + g) with f, g ≥ 0 lie between 0 and 1."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derive.prove import signs
from derive.prove.atoms import INTEGRAL, Atom, Ix, Mono, Poly, mono, of_atom

if TYPE_CHECKING:
    from derive.prove.algebra import Algebra


def is_share(algebra: Algebra, p: Poly) -> bool:
    """Whether p is a part of a sum of terms that are not negative, over that sum."""
    single = p.single
    if single is None:
        return False
    for atom, e in single[0].factors:
        if e != -1 or atom.kind not in ("sum", "pp"):
            continue
        part = Poly({mono({a: x for a, x in single[0].factors if a is not atom}): single[1]})
        whole = atom.args[0] if atom.kind == "pp" else of_atom(atom)
        if all(signs.mono_sign(algebra, m, c) in ("+", "0+") for m, c in whole.terms.items()):
            return any(_is_part(algebra, part, m, whole) for m in whole.terms)
    return False


def _is_part(algebra: Algebra, part: Poly, m: Mono, whole: Poly) -> bool:
    """Whether the part is this term of the whole, or one term of the sum that it is."""
    if part == Poly({m: whole.terms[m]}):
        return True
    sums = [atom for atom, e in m.factors if atom.kind == "sum" and e == 1]
    if len(sums) != 1 or len(sums[0].ranges) != 1 or sums[0].head.startswith(INTEGRAL):
        return False
    outside = Poly({mono({a: e for a, e in m.factors if a is not sums[0]}): whole.terms[m]})
    body, ((name, range_key),) = algebra.open(sums[0])
    return any(
        algebra.inside(ix, range_key) and algebra.mul(outside, algebra.rename(body, {name: ix})) == part
        for ix in _references(part)
    )


def _references(p: Poly) -> list[Ix]:
    """The references in the slots of p, at any depth, that are not bound there."""
    found: dict[Ix, None] = {}
    stack: list[Atom] = p.atoms()
    while stack:
        atom = stack.pop()
        found.update(dict.fromkeys(ix for ix in atom.ix if not ix.base.startswith("#")))
        stack.extend(inner for arg in atom.args for inner in arg.atoms())
    return sorted(found, key=lambda ix: ix.key)


__all__ = ["is_share"]
