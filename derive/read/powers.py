"""Powers of matrices that are no repeated products: of an inverse, of a diagonal matrix, and entry by entry."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from derive.language.context import Context
from derive.language.extents import Range
from derive.language.terms import Array, Entry, Index, Num, Op, Size, Sym, Term
from derive.read import syntax as s
from derive.read.errors import ShapeRefusal
from derive.read.fitting import Typed
from derive.read.names import option
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
    root = _root(r, base, exponent, node)
    if root is not None:
        return root
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


def is_of_entries(sup: s.Node) -> bool:
    r"""Whether an exponent is that of ``x^{\odot 2}``."""
    return isinstance(sup, s.Juxt) and isinstance(sup.parts[0], s.Name) and sup.parts[0].text == "\\odot"


def of_entries(r: Resolver, base: Typed, sup: s.Node, node: s.Node) -> Typed:
    r"""``x^{\odot n}``: each entry to a power."""
    exponent = r.expression(sup.parts[1]) if isinstance(sup, s.Juxt) else Typed(Num(Fraction(1)), ())
    shape = r.fitting.settle(base.shape)
    if len(shape) < 2:
        return r.op("pow", [base, exponent], node)
    span = place_of(node)
    names = [f"i_{r.fitting.fresh()}" for _ in shape]
    entry = Typed(Entry(base.term, tuple(Index(name, span=span) for name in names), span=span), ())
    pairs = tuple((name, Range.upto(extent)) for name, extent in zip(names, shape, strict=True))
    return Typed(Array(pairs, r.op("pow", [entry, exponent], node).term, span=span), shape)


ROOTS = "roots"
"""The notation switch that says which matrix is the root of which."""


def _root(r: Resolver, base: Typed, exponent: Typed, node: s.Node) -> Typed | None:
    """``A^{-1/2}`` where the root R of A has a name: R^{-1}."""
    match base.term:
        case Sym(name=name, indices=indices) if isinstance(root := option(r.context, ROOTS).get(name), str):
            if not has_root(r.context, name, root):
                return None
            halves = _halves(exponent.term)
        case _:
            return None
    if halves is None:
        return None
    plain = Typed(Sym(root, indices, span=place_of(node)), base.shape)
    up = plain if abs(halves) == 1 else r.op("pow", [plain, Typed(Num(Fraction(abs(halves))), ())], node)
    return up if halves > 0 else r.op("inverse", [up], node)


def has_root(context: Context, name: str, root: str) -> bool:
    """Whether a matrix is still what it was when its root was named."""
    whole, other = context.symbols.get(name), context.symbols.get(root)
    return whole is not None and replace(whole, name=root) == other


def _halves(term: Term) -> int | None:
    """How many halves an exponent is: 1 of ``1/2``, -3 of ``-3/2``."""
    match term:
        case Op("neg", (inner,)):
            found = _halves(inner)
            return None if found is None else -found
        case Op("div", (Num(value=top), Num(value=bottom))) if bottom == 2 and top.denominator == 1:
            return int(top)
    return None


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
