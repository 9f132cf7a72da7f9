"""Powers of matrices that are no repeated products: of an inverse, and of a diagonal matrix, entry by entry."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derive.language.extents import Range
from derive.language.terms import Array, Entry, Index, Op, Sym, Term
from derive.read import syntax as s
from derive.read.errors import ShapeRefusal
from derive.read.fitting import Typed
from derive.read.notation import is_whole_number, place_of

if TYPE_CHECKING:
    from derive.read.resolver import Resolver


def of_matrix(r: Resolver, base: Typed, exponent: Typed, node: s.Node) -> Typed:
    r"""``A^{-2}`` is ``(A^{-1})^2``; ``D^{-1/2}`` has a meaning for a diagonal matrix, whose entries take the power."""
    below = exponent.term.args[0] if isinstance(exponent.term, Op) and exponent.term.name == "neg" else None
    if below is not None and is_whole_number(below):
        return r.op("pow", [r.op("inverse", [base], node), Typed(below, ())], node)
    shape = r.fitting.settle(base.shape)
    if exponent.shape or shape[0] != shape[1] or not is_diagonal(r, base.term):
        raise ShapeRefusal(
            "expected a whole-number power of a matrix, or a diagonal matrix",
            place_of(node),
            "declare it diagonal, or declare a matrix R with R R = S for the root of S",
        )
    span = place_of(node)
    at = Index(f"i_{r.fitting.fresh()}", span=span)
    entry = Typed(Entry(base.term, (at, at), span=span), ())
    powers = Array(((at.name, Range.upto(shape[0])),), r.op("pow", [entry, exponent], node).term, span=span)
    return r.op("diag", [Typed(powers, shape[:1])], node)


def is_diagonal(r: Resolver, term: Term) -> bool:
    """Whether a matrix is diagonal by what it is declared to be or how it is written."""
    if isinstance(term, Sym):
        decl = r.context.symbols.get(term.name)
        return decl is not None and "diagonal" in decl.properties
    return isinstance(term, Op) and term.name in ("diag", "identity")
