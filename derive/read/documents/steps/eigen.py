"""Printed tables of eigenvectors: each column is determined but for its sign."""

from __future__ import annotations

from derive.language.context import Context
from derive.language.operators import ShapeError
from derive.language.shapes import shape_of
from derive.language.terms import Array, Big, Entry, Expect, Index, Integral, Op, Sym, Term, children, subterms


def is_up_to_sign(term: Term, context: Context) -> bool:
    """Whether each column of a table changes its sign with one eigenvector: eigenvectors, times something from the
    left, and entries of these by rows. ``V^T A V`` and whatever else mixes columns is not."""
    try:
        if len(shape_of(term, context)) != 2:
            return False
    except ShapeError:
        return False
    return _degree(term, context, frozenset()) == 1


def _degree(term: Term, context: Context, summed: frozenset[str]) -> int | None:
    """1 if the sign of a column of eigenvectors is the sign of the (column of the) term, 0 if there are none in it,
    None if it may be otherwise. ``summed`` are the indices that sums bind."""
    match term:
        case Op(name="eigenvectors"):
            return 1
        case Sym(name=name):
            decl = context.symbols.get(name)
            if decl is None or decl.definition is None:
                return 0
            mixed = any(isinstance(part, Index) and part.name in summed for part in term.indices[-1:])
            degree = _degree(decl.definition.body, context, frozenset())
            return None if degree and mixed else degree
        case Op(name="add", args=args):
            found = {_degree(arg, context, summed) for arg in args}
            return found.pop() if len(found) == 1 else None
        case Op(name="neg", args=(arg,)):
            return _degree(arg, context, summed)
        case Op(name="div", args=(top, bottom)):
            return _degree(top, context, summed) if _degree(bottom, context, summed) == 0 else None
        case Op(name="mul", args=args):
            degrees = [_degree(arg, context, summed) for arg in args]
            if all(degree == 0 for degree in degrees):
                return 0
            whole = all(degree == 0 for degree in degrees[:-1]) and degrees[-1] == 1
            one = sum(degree or 0 for degree in degrees) == 1 and None not in degrees
            return 1 if whole or (one and not _is_matrix(args, context)) else None
        case Entry(base=base, indices=indices):
            degree = _degree(base, context, summed)
            mixed = any(
                isinstance(part, Index) and part.name in summed for index in indices[1:] for part in subterms(index)
            )
            return None if degree and (mixed or len(indices) < 2) else degree
        case Array(body=body, vars=pairs):
            return _degree(body, context, summed - {name for name, _ in pairs})
        case Big(kind="sum", body=body, var=var, where=None):
            return _degree(body, context, summed | {var})
        case Integral() | Expect():
            return None
    return 0 if all(_degree(part, context, summed) == 0 for part in children(term)) else None


def _is_matrix(args: tuple[Term, ...], context: Context) -> bool:
    for arg in args:
        try:
            if shape_of(arg, context):
                return True
        except ShapeError:
            continue
    return False
