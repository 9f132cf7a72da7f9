"""Sums of what adds up to one, differentiated: Σ_a π_θ(a) = 1 for every θ, so Σ_a ∂π_θ(a)/∂θ_i = 0."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flint import fmpq

from derive.language.dependencies import names_in
from derive.prove import facts
from derive.prove.atoms import ONE, Atom, Poly, mono

if TYPE_CHECKING:
    from derive.prove.algebra import Algebra

_WEIGHTS = frozenset({"positive", "nonnegative", "unit", "open_unit"})


def vanishes(algebra: Algebra, atom: Atom) -> bool:
    """Whether a sum is the derivative of one that is one: of weights that are unknown functions of something, and that
    are known to add up to one whatever that is. What is assumed of other unknown functions may hold at one place only,
    as f_θ = 0 does at the θ that solves it."""
    single = atom.args[0].single if ";" not in atom.head else None
    if single is None or len(single[0].factors) != 1:
        return False
    part, exponent = single[0].factors[0]
    if part.kind != "app" or exponent != 1:
        return False
    name, orders, spec = part.head.split(";", 2)
    decl = algebra.context.symbols.get(name)
    if decl is None or not orders or decl.depends is None or decl.shape or not decl.properties & _WEIGHTS:
        return False
    places, slots = part.ix[: len(decl.family)], part.ix[len(decl.family) :]
    bound = atom.args[0].free - atom.free
    if any(not bound.isdisjoint(slot.free) for slot in slots):
        return False
    plain = Atom("app", f"{name};;{spec}", places, part.args)
    whole = Atom("sum", atom.head, args=(Poly({mono({plain: 1}): fmpq(1)}),))
    if not any(name in names_in(fact.statement) for fact in algebra.context.facts):
        return False  # it is only supposed
    known = (rule for rule in algebra.sum_rules if rule.value == ONE)
    return any(facts.match_atom(algebra, rule.pattern, whole, rule.variables) is not None for rule in known)


__all__ = ["vanishes"]
