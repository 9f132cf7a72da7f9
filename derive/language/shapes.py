"""Shapes of terms: inferred without any algebra, so that a shape error is an answer of its own."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from derive.language.context import Context
from derive.language.extents import SCALAR, Extent, Range, Shape, matrix_shape, show_shape
from derive.language.operators import LITERAL_OPERATORS, OPERATORS, ShapeError
from derive.language.terms import (
    Apply,
    Array,
    At,
    Big,
    Cases,
    Const,
    Deriv,
    Entry,
    Expect,
    Index,
    Integral,
    Matrix,
    Num,
    Op,
    Rel,
    Size,
    Sym,
    Term,
)

Scope = Mapping[str, Range | Shape]
"""What bound names stand for: a range for an index, a shape for a variable."""

EMPTY: Scope = MappingProxyType({})


def extent_of(term: Term) -> Extent:
    """A whole-number term over sizes and indices (``2 n - 1``) as an extent; ``ShapeError`` if it is not one."""
    match term:
        case Num(value=value) if value.denominator == 1:
            return Extent.of(value.numerator)
        case Size(name) | Index(name):
            return Extent.of(name)
        case Op("add", args):
            total = Extent.of(0)
            for arg in args:
                total = total + extent_of(arg)
            return total
        case Op("neg", (arg,)):
            return -extent_of(arg)
        case Op("mul", args):
            product = Extent.of(1)
            for arg in args:
                product = product * extent_of(arg)
            return product
    raise ShapeError(f"expected a size such as n or 2n-1, found {term}")


def _declared_family(name: str, wanted: int, found: int) -> None:
    if wanted != found:
        raise ShapeError(f"{name} takes {wanted} subscript{'s' if wanted != 1 else ''}, found {found}")


def literal_shape(args: tuple[Term, ...], square: bool) -> Shape:
    """The shape of ``identity(n)``, ``ones(n)``, ``zeros(n, m)``."""
    sizes = tuple(extent_of(arg) for arg in args)
    if square:
        return matrix_shape(sizes[0], sizes[0])
    return matrix_shape(sizes[0], sizes[1]) if len(sizes) == 2 else sizes


def shape_of(term: Term, context: Context, scope: Scope = EMPTY) -> Shape:
    """The shape of ``term``; ``ShapeError`` says what does not fit.

    >>> from derive.language.terms import Num
    >>> shape_of(Num(1), Context())
    ()
    """

    def inner(part: Term, more: Mapping[str, Range | Shape] | None = None) -> Shape:
        return shape_of(part, context, MappingProxyType({**scope, **more}) if more else scope)

    match term:
        case Num() | Const() | Size() | Index():
            return SCALAR
        case Sym(name, indices):
            if not indices and name in scope:
                found = scope[name]
                return SCALAR if isinstance(found, Range) else found
            decl = context.symbols.get(name)
            if decl is None:
                raise ShapeError(f"{name} is not declared")
            _declared_family(name, len(decl.family), len(indices))
            for index in indices:
                if inner(index):
                    raise ShapeError(f"a subscript of {name} is not a scalar")
            return decl.shape
        case Entry(base, indices):
            shape = inner(base)
            if len(indices) > len(shape):
                raise ShapeError(f"{len(indices)} subscripts on something of shape {show_shape(shape)}")
            return shape[len(indices) :]
        case Op(name, args) if name in LITERAL_OPERATORS:
            return literal_shape(args, square=name == "identity")
        case Op(name, args):
            row = OPERATORS.get(name)
            if row is None:
                raise ShapeError(f"unknown operator {name}")
            if row.arity is not None and row.arity != len(args):
                raise ShapeError(f"{name} takes {row.arity} argument(s), found {len(args)}")
            return row.shape(tuple(inner(arg) for arg in args))
        case Apply(name, args):
            function = context.functions.get(name)
            if function is None:
                raise ShapeError(f"the function {name} is not declared")
            if function.builtin is not None:
                return inner(Op(function.builtin, args))
            if function.params and len(function.params) != len(args):
                raise ShapeError(f"{name} takes {len(function.params)} argument(s), found {len(args)}")
            shapes = tuple(inner(arg) for arg in args)
            for wanted, found_shape in zip(function.param_shapes, shapes, strict=False):
                if wanted != found_shape:
                    raise ShapeError(f"{name} expects {show_shape(wanted)}, found {show_shape(found_shape)}")
            return function.shape
        case Big(kind, var, range_, body, where):
            more = {var: range_}
            if where is not None:
                inner(where, more)
            return SCALAR if kind.startswith("arg") else inner(body, more)
        case Integral(var, body, shape):
            return inner(body, {var: shape})
        case Expect(var, domain, density, body):
            if inner(density, {var: domain}):
                raise ShapeError("a density must be a scalar")
            return inner(body, {var: domain})
        case Deriv(body, wrt):
            top, bottom = inner(body), inner(wrt)
            if not top:
                return bottom
            if not bottom:
                return top
            return (*top, *bottom)
        case At(body, var, value):
            if inner(value) != inner(var):
                raise ShapeError(f"{var.name} is set to something of another shape")
            return inner(body)
        case Array(pairs, body):
            if inner(body, dict(pairs)):
                raise ShapeError("the entries of an array must be scalars")
            return matrix_shape(*(r.length for _, r in pairs)) if len(pairs) == 2 else tuple(r.length for _, r in pairs)
        case Matrix(rows):
            for row_ in rows:
                for cell in row_:
                    if inner(cell):
                        raise ShapeError("the entries of a matrix must be scalars")
            return matrix_shape(Extent.of(len(rows)), Extent.of(len(rows[0])))
        case Cases(branches):
            shapes = tuple(inner(value) for value, _ in branches)
            for _, condition in branches:
                if condition is not None:
                    inner(condition)
            if any(shape != shapes[0] for shape in shapes):
                raise ShapeError("the cases have different shapes")
            return shapes[0]
        case Rel(_, left, right):
            top, bottom = inner(left), inner(right)
            if top and bottom and top != bottom:
                raise ShapeError(f"cannot compare {show_shape(top)} with {show_shape(bottom)}")
            return top or bottom
    raise ShapeError(f"no shape for {type(term).__name__}")
