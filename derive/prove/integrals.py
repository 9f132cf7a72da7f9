"""Integrals over a variable: linearity is in the normal form; here are the rules that finish one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flint import fmpq

from derive.prove import closing
from derive.prove.atoms import ONE, ZERO, Ix, Poly

if TYPE_CHECKING:
    from derive.prove.algebra import Algebra, Binder, Factors

INTEGRAL = "∫"


def integrate(algebra: Algebra, coefficient: fmpq, factors: Factors, binders: list[Binder]) -> Poly | None:
    """∫ p_θ(x) dx = 1 for a density p, where nothing else depends on x, and ∫ ∂p_θ(x)/∂θ_i dx = 0."""
    for name, range_key in binders:
        if not range_key.startswith(INTEGRAL):
            continue
        touched = [a for a in factors if name in a.free]
        if len(touched) != 1 or factors[touched[0]] != 1 or touched[0].kind != "app":
            continue
        atom = touched[0]
        function, orders, spec = atom.head.split(";", 2)
        first = spec.split("/")[0]
        bound = atom.bound[: len(first.split(",")) if first else 0]
        decl = algebra.context.functions.get(function)
        if decl is None or "density" not in decl.properties or not _is_variable(atom.args[0], name, bound):
            continue
        moved = any(name in p.free for p in atom.args[1:]) or any(name in ix.free for ix in atom.ix)
        if moved or "0" in orders.split(","):
            continue
        return closing.closed(algebra, ZERO if orders else ONE, coefficient, factors, (atom,), binders, name)
    return None


def _is_variable(p: Poly, name: str, bound: tuple[str, ...]) -> bool:
    """Whether p is just the variable: its generic entry, at all the slots of the argument in their order."""
    single = p.single
    if single is None or single[1] != 1 or len(single[0].factors) != 1:
        return False
    atom, e = single[0].factors[0]
    return atom.kind == "var" and e == 1 and atom.ix == (Ix(name), *map(Ix, bound))
