r"""Divergences between probabilities of finitely many values: ``\mathrm{KL}(p \| q)`` of the numbers p_k and q_k."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from derive.language.extents import SCALAR, Range
from derive.language.terms import Big, Entry, Index, Span, Sym, Term
from derive.read import syntax as s
from derive.read.errors import ShapeRefusal
from derive.read.fitting import Typed
from derive.read.names import parts_of

if TYPE_CHECKING:
    from derive.read.resolver import Resolver

Weights = tuple[Range, Callable[[Index], Term]]
"""The range of the values of something discrete, and the probability of each."""


def discrete_divergence(r: Resolver, group: s.Group, node: s.Node) -> Typed | None:
    """``\\sum_k p_k \\log(p_k / q_k)``; None if the two are not numbers over an index, or vectors."""
    first, second = (_weights(r, item) for item in group.items)
    if first is None or second is None:
        return None
    span = Span(group.start, group.stop)
    if first[0] != second[0]:
        raise ShapeRefusal(f"one is over {first[0]}, the other over {second[0]}", span)
    name = f"k_{r.fitting.fresh()}"
    p, q = (Typed(each[1](Index(name)), SCALAR) for each in (first, second))
    ratio = r.op("log", [r.op("div", [p, q], node)], node)
    body = r.op("mul", [p, ratio], node)
    return Typed(Big("sum", name, first[0], body.term, span=Span(node.start, group.stop)), SCALAR)


def _weights(r: Resolver, node: s.Node) -> Weights | None:
    """``p`` of the numbers p_k, or a vector of them: the probability of each value; None if it is something else."""
    parts = parts_of(node)
    decl = r.context.symbols.get(parts[0]) if parts is not None and parts[1:] == (None, None) else None
    if decl is None or decl.name in r.context.functions or decl.name in r.called:
        return None
    name, extents = decl.name, r.fitting.settle(decl.shape)
    if len(decl.family) == 1 and not decl.shape:
        return decl.family[0], lambda index: Sym(name, (index,))
    if not decl.family and len(extents) == 1:
        return Range.upto(extents[0]), lambda index: Entry(Sym(name), (index,))
    return None


__all__ = ["discrete_divergence"]
