"""Which row reads an expression, and what every row needs."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from derive.language.extents import Shape
from derive.language.operators import ShapeError
from derive.language.shapes import shape_of
from derive.language.terms import Const, Index, Num, Size, Sym, Term
from derive.read.scopes import Scope
from derive.read.symbols import SympyReadError

Reader = Callable[[Any, Scope], Term]


READERS: dict[type, Reader] = {}
"""One row for each class of SymPy that is read; a subclass is read as its nearest ancestor. Filled by this package."""


def read_expr(expr: Any, scope: Scope) -> Term:
    """The term that an expression says, by the row of its class."""
    for kind in type(expr).__mro__:
        reader = READERS.get(kind)
        if reader is not None:
            return reader(expr, scope)
    raise SympyReadError(
        f"cannot read {type(expr).__name__}: {expr}; write it with sums, products, powers, exp, log, and the words of "
        f"derive.read.symbols"
    )


def read_all(exprs: Iterable[Any], scope: Scope) -> tuple[Term, ...]:
    """The terms of several expressions."""
    return tuple(read_expr(expr, scope) for expr in exprs)


def shape_in(term: Term, scope: Scope) -> Shape:
    """The shape of a term in a scope."""
    try:
        return shape_of(term, scope.context, scope.names())
    except ShapeError as error:
        raise SympyReadError(str(error)) from error


def is_scalar(term: Term, scope: Scope) -> bool:
    """Whether a term is a scalar; the frequent cases without a walk."""
    match term:
        case Num() | Const() | Size() | Index():
            return True
        case Sym(name, indices) if indices or scope.find(name) is None:
            return not scope.context.symbols[name].shape
    return not shape_in(term, scope)
