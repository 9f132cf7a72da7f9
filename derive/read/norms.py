"""Norms that are not Euclidean: ``\\|x\\|_1`` of a vector, the sum of the sizes of its entries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derive.language.extents import Range, show_shape
from derive.language.terms import Big, Index, Op
from derive.read import syntax as s
from derive.read.calculus import entries
from derive.read.errors import ReadError
from derive.read.fitting import SCALAR, Typed
from derive.read.notation import place_of

if TYPE_CHECKING:
    from derive.read.resolver import Resolver


def sum_of_sizes(r: Resolver, node: s.Node) -> Typed | None:
    """``\\|x\\|_1``; None if this is no norm with that mark. Of a matrix it may mean more than one thing."""
    match node:
        case s.Script(base=s.Group(bracket="||", items=(item,)), sub=sub) if sub is not None and s.key(sub) == "1":
            pass
        case _:
            return None
    typed = r.expression(item)
    shape = r.fitting.settle(typed.shape)
    if len(shape) != 1:
        raise ReadError(
            f"expected a vector in the norm 1, found {show_shape(shape)}", place_of(node), "write the sum that is meant"
        )
    at = place_of(node)
    index = Index(f"i_{r.fitting.fresh()}", span=at)
    size = Op("abs", (entries(typed.term, (index,)),), span=at)
    return Typed(Big("sum", index.name, Range.upto(shape[0]), size, span=at), SCALAR)
