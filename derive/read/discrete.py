r"""Divergences between probabilities of finitely many values: ``\mathrm{KL}(p \| q)`` of the numbers p_k and q_k."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import TYPE_CHECKING

from derive.language.extents import SCALAR, Range
from derive.language.terms import Big, Entry, Index, Num, Op, Span, Sym, Term
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
    """``p`` of the numbers p_k, or a vector of them: the probability of each value; of ``\\frac{p + q}{2}``, the
    mean of both. None if it is something else."""
    match node:
        case s.Group(items=(item,)):
            return _weights(r, item)
        case s.Frac(top=top, bottom=s.Number(text="2")):
            return _half_of(r, top)
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


def _half_of(r: Resolver, node: s.Node) -> Weights | None:
    """Half the sum of two such probabilities."""
    match node:
        case s.Group(items=(item,)):
            return _half_of(r, item)
        case s.Sum(terms=(("" | "+", one), ("+", other))):
            first, second = _weights(r, one), _weights(r, other)
        case _:
            return None
    if first is None or second is None or first[0] != second[0]:
        return None
    of_first, of_second = first[1], second[1]
    return first[0], lambda index: Op("div", (Op("add", (of_first(index), of_second(index))), Num(Fraction(2))))


__all__ = ["discrete_divergence"]
