"""Shares: f_k / Σ_j f_j and f / (f + g) with f, g ≥ 0 lie between 0 and 1, and so do weights that add up to one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derive.prove import facts, signs
from derive.prove.atoms import INTEGRAL, ONE, Atom, Ix, Mono, Poly, mono, of_atom

if TYPE_CHECKING:
    from derive.prove.algebra import Algebra
    from derive.prove.facts import SumRule


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


def is_weight(algebra: Algebra, atom: Atom) -> bool:
    """Whether an entry, which is not negative, is one of those that a fact says to add up to one: Σ_k γ_nk = 1."""
    for rule in algebra.sum_rules:
        if rule.value != ONE or len(rule.pattern.ranges) != 1 or rule.pattern.head.startswith(INTEGRAL):
            continue
        body, ((name, range_key),) = facts.opened_pattern(algebra, rule)
        single = body.single
        if single is None or single[1] != 1 or len(single[0].factors) != 1 or single[0].factors[0][1] != 1:
            continue
        member = single[0].factors[0][0]
        if (
            member.kind == "ent"
            and member.head == atom.head
            and _is_member(algebra, rule, member, name, atom, range_key)
        ):
            return True
    return False


def _is_member(algebra: Algebra, rule: SumRule, member: Atom, name: str, atom: Atom, range_key: str) -> bool:
    """Whether an entry is the member of a sum at some index, and at some value of what the rule holds for."""
    if len(member.ix) != len(atom.ix):
        return False
    found: dict[str, Ix] = {}
    for slot, here in zip(member.ix, atom.ix, strict=True):
        if slot is Ix(name):
            if name in found or not algebra.inside(here, range_key):
                return False
            found[name] = here
        elif slot.base in rule.variables and slot is Ix(slot.base):
            if found.setdefault(slot.base, here) is not here or not algebra.fits(slot.base, here):
                return False
        elif slot is not here:
            return False
    return name in found


__all__ = ["is_share", "is_weight"]
