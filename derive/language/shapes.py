"""Shapes of terms: inferred without any algebra, so that a shape error is an answer of its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
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


Inner = Callable[..., Shape]
"""The shape of a part, where more names may be bound: ``inner(part, {"i": range})``."""


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
        case Sym(name, ()) if name in scope:
            found = scope[name]
            return SCALAR if isinstance(found, Range) else found
        case Sym():
            return _symbol(term, context, inner)
        case Entry(base, indices):
            shape = inner(base)
            if len(indices) > len(shape):
                raise ShapeError(f"{len(indices)} subscripts on something of shape {show_shape(shape)}")
            return shape[len(indices) :]
        case Op(name, args) if name in LITERAL_OPERATORS:
            return literal_shape(args, square=name == "identity")
        case Op():
            return _operation(term, inner)
        case Apply():
            return _call(term, context, inner)
        case Big() | Integral() | Expect() | Array():
            return _binder(term, inner)
        case Deriv(body, wrt):
            top, bottom = inner(body), inner(wrt)
            return (*top, *bottom)
        case At(body, var, value):
            if inner(value) != inner(var):
                raise ShapeError(f"{var.name} is set to something of another shape")
            return inner(body)
        case Matrix(rows):
            heights, widths = block_sizes(tuple(tuple(inner(cell) for cell in row) for row in rows))
            return matrix_shape(sum(heights, Extent.of(0)), sum(widths, Extent.of(0)))
        case Cases(branches):
            return _cases(branches, inner)
        case Rel(_, left, right):
            top, bottom = inner(left), inner(right)
            if top and bottom and top != bottom:
                raise ShapeError(f"cannot compare {show_shape(top)} with {show_shape(bottom)}")
            return top or bottom
    raise ShapeError(f"no shape for {type(term).__name__}")


def block_sizes(rows: tuple[tuple[Shape, ...], ...]) -> tuple[tuple[Extent, ...], tuple[Extent, ...]]:
    """The heights of the rows and the widths of the columns of a matrix of blocks; a number is a block of one entry.

    >>> n = Extent.of("n")
    >>> [list(map(str, sizes)) for sizes in block_sizes((((n, n), (n,)), (SCALAR, SCALAR)))]
    Traceback (most recent call last):
    ...
    derive.language.operators.ShapeError: the blocks of a matrix do not fit: (n × n) beside (1 × 1)
    """
    one = Extent.of(1)
    grid = [[(*shape, one, one)[:2] for shape in row] for row in rows]
    if any(len(shape) > 2 for row in rows for shape in row) or any(len(row) != len(grid[0]) for row in grid):
        raise ShapeError("the blocks of a matrix do not fit: expected vectors and matrices, as many in each row")
    for i, row in enumerate(grid):
        for j, (height, width) in enumerate(row):
            for other in (row[0] if row[0][0] != height else None, grid[0][j] if grid[0][j][1] != width else None):
                if other is not None:
                    raise ShapeError(
                        f"the blocks of a matrix do not fit: {show_shape(other)} beside {show_shape(grid[i][j])}"
                    )
    return tuple(row[0][0] for row in grid), tuple(width for _, width in grid[0])


def _symbol(term: Sym, context: Context, inner: Inner) -> Shape:
    decl = context.symbols.get(term.name)
    if decl is None:
        raise ShapeError(f"{term.name} is not declared")
    _declared_family(term.name, len(decl.family), len(term.indices))
    if any(inner(index) for index in term.indices):
        raise ShapeError(f"a subscript of {term.name} is not a scalar")
    return decl.shape


def _operation(term: Op, inner: Inner) -> Shape:
    row = OPERATORS.get(term.name)
    if row is None:
        raise ShapeError(f"unknown operator {term.name}")
    if row.arity is not None and row.arity != len(term.args):
        raise ShapeError(f"{term.name} takes {row.arity} argument(s), found {len(term.args)}")
    return row.shape(tuple(inner(arg) for arg in term.args))


def _call(term: Apply, context: Context, inner: Inner) -> Shape:
    name, args = term.name, term.args
    function = context.functions.get(name)
    if function is None:
        raise ShapeError(f"the function {name} is not declared")
    if function.builtin is not None:
        return inner(Op(function.builtin, args))
    if function.params and len(function.params) != len(args):
        raise ShapeError(f"{name} takes {len(function.params)} argument(s), found {len(args)}")
    shapes = tuple(inner(arg) for arg in args)
    for wanted, found in zip(function.param_shapes, shapes, strict=False):
        if wanted != found:
            raise ShapeError(f"{name} expects {show_shape(wanted)}, found {show_shape(found)}")
    return function.shape


def _binder(term: Big | Integral | Expect | Array, inner: Inner) -> Shape:
    match term:
        case Big(kind, var, range_, body, where):
            more = {var: range_}
            if where is not None:
                inner(where, more)
            return SCALAR if kind.startswith("arg") else inner(body, more)
        case Integral(var, body, shape, low, high):
            if any(limit is not None and inner(limit) for limit in (low, high)):
                raise ShapeError("the limits of an integral must be scalars")
            return inner(body, {var: shape})
        case Expect(var, domain, density, body):
            if inner(density, {var: domain}):
                raise ShapeError("a density must be a scalar")
            return inner(body, {var: domain})
        case Array(pairs, body):
            if inner(body, dict(pairs)):
                raise ShapeError("the entries of an array must be scalars")
            lengths = tuple(range_.length for _, range_ in pairs)
            return matrix_shape(*lengths) if len(lengths) == 2 else lengths


def _cases(branches: tuple[tuple[Term, Term | None], ...], inner: Inner) -> Shape:
    shapes = tuple(inner(value) for value, _ in branches)
    for _, condition in branches:
        if condition is not None:
            inner(condition)
    if any(shape != shapes[0] for shape in shapes):
        raise ShapeError("the cases have different shapes")
    return shapes[0]
