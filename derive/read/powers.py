"""Powers of matrices that are no repeated products: of an inverse, and of a diagonal matrix, entry by entry."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derive.language.extents import Range
from derive.language.terms import Array, Entry, Index, Num, Op, Size, Sym, Term
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
    if not exponent.shape and shape[0] == shape[1] and _is_count(exponent.term):
        return r.op("pow", [base, exponent], node)
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


def _is_count(term: Term) -> bool:
    """Whether an exponent is a whole number made of sizes, indices and numbers: ``P^t``, ``A^{2 n - 1}``."""
    match term:
        case Num(value):
            return value.denominator == 1
        case Size() | Index():
            return True
        case Op("add" | "neg" | "mul", args):
            return all(map(_is_count, args))
    return False


def is_diagonal(r: Resolver, term: Term) -> bool:
    """Whether a matrix is diagonal by what it is declared to be or how it is written."""
    if isinstance(term, Sym):
        decl = r.context.symbols.get(term.name)
        if decl is None or "diagonal" in decl.properties:
            return decl is not None
        return decl.definition is not None and is_diagonal(r, decl.definition.body)
    return isinstance(term, Op) and term.name in ("diag", "identity")
