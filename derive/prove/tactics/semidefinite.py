"""Positive semidefinite matrices: by their quadratic form, by the parts they are written in, or as projections.

vᵀ M v ≥ 0                                      for a vector v of which nothing is known
Σ_n M_n,  M + N,  c M,  Mᵀ,  L M Lᵀ             of semidefinite M, N, M_n, with c ≥ 0
M = Mᵀ = M M                                    then vᵀ M v = |M v|²
"""

from __future__ import annotations

from derive.language.context import SymbolDecl
from derive.language.extents import Range
from derive.language.operators import ShapeError
from derive.language.shapes import shape_of
from derive.language.terms import Big, Op, Sym, Term
from derive.prove.algebra import TooHard
from derive.prove.atoms import Ix
from derive.prove.lower import Bound, Env, Lowering
from derive.prove.positivity import nonnegative
from derive.prove.tactics import equality
from derive.prove.workbench import Workbench

DIRECTION = Sym("\\boldsymbol{v}")


def shows_psd(bench: Workbench, matrix: Term) -> bool:
    """Whether a matrix is positive semidefinite for all values of what it is made of."""
    shape = shape_of(matrix, bench.context)
    reader = bench.with_symbol(SymbolDecl(DIRECTION.name, shape=shape[:1])).reader()
    return _is_psd(reader, matrix, {}) or _is_projection(bench, matrix)


def _is_psd(reader: Lowering, matrix: Term, env: Env) -> bool:
    return _by_form(reader, matrix, env) or _by_parts(reader, matrix, env)


def _by_form(reader: Lowering, matrix: Term, env: Env) -> bool:
    form = Op("mul", (Op("transpose", (DIRECTION,)), matrix, DIRECTION))
    try:
        return nonnegative(reader.algebra, reader.lower(form, (), env))
    except (ShapeError, ZeroDivisionError):
        return False


def _by_parts(reader: Lowering, matrix: Term, env: Env) -> bool:
    match matrix:
        case Op("add", args):
            return all(_is_psd(reader, arg, env) for arg in args)
        case Op("transpose", (inside,)):
            return _is_psd(reader, inside, env)
        case Op("mul", _):
            return _product(reader, _factors(matrix), env)
        case Op("div", (top, bottom)) if not reader.shape(bottom, env):
            return nonnegative(reader.algebra, reader.lower(bottom, (), env)) and _is_psd(reader, top, env)
        case Big("sum", var, range_, body):
            here = _inside(reader, var, range_, env)
            return here is not None and _is_psd(reader, body, here)
        case Sym(name, ()) if name not in env:
            decl = reader.context.symbols.get(name)
            defined = decl is not None and decl.definition is not None and not decl.definition.params
            return (
                defined
                and decl is not None
                and decl.definition is not None
                and _is_psd(reader, decl.definition.body, {})
            )
    return False


def _inside(reader: Lowering, var: str, range_: Range, env: Env) -> Env | None:
    """The scope of a sum's body, its variable any number of the range (and of those below it, from 1)."""
    low = range_.low.constant
    if low is None or low < 1 or not range_.high.names <= set(reader.context.sizes):
        return None
    key = reader.algebra.range_key(Range.upto(range_.high))
    return {**env, var: Bound("ix", ix=Ix(reader.algebra.fresh(key)), scope=range_)}


def _factors(term: Term) -> list[Term]:
    """The factors of nested products, in order."""
    match term:
        case Op("mul", args):
            return [factor for arg in args for factor in _factors(arg)]
        case Op("outer", (one, two)):
            return [one, Op("transpose", (two,))]
    return [term]


def _product(reader: Lowering, factors: list[Term], env: Env) -> bool:
    """Scalars whose product is not negative, and L M Lᵀ (also without M, or without L)."""
    scalars = [f for f in factors if not reader.shape(f, env)]
    rest = [f for f in factors if reader.shape(f, env)]
    if scalars:
        weight = reader.algebra.mul(*(reader.lower(f, (), env) for f in scalars))
        if not nonnegative(reader.algebra, weight):
            return False
    stripped = False
    while len(rest) > 1 and _are_transposes(rest[0], rest[-1]):
        rest, stripped = rest[1:-1], True
    if not rest:
        return stripped
    inner = rest[0] if len(rest) == 1 else Op("mul", tuple(rest))
    return (stripped or bool(scalars)) and _is_psd(reader, inner, env)


def _are_transposes(one: Term, other: Term) -> bool:
    return other == Op("transpose", (one,)) or one == Op("transpose", (other,))


def _is_projection(bench: Workbench, matrix: Term) -> bool:
    """Whether M = Mᵀ = M M."""
    square = Op("mul", (matrix, matrix))
    try:
        return bench.equal(matrix, Op("transpose", (matrix,))) and equality.search(bench, square, matrix) is not None
    except (TooHard, ShapeError, ZeroDivisionError):
        return False


__all__ = ["shows_psd"]
