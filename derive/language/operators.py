"""The built-in operators: one row each, with the shape rule, what it needs to be defined, and how it is written.

Engines add what they need beside these rows (``prove.lower`` the normal form, ``refute.arithmetic`` the number); a row
here without its counterparts there is found by the tests.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from derive.language.extents import SCALAR, Extent, Shape, matrix_shape, show_shape


class ShapeError(ValueError):
    """Two shapes that do not fit. The message says what was expected and what was found."""


ShapeRule = Callable[[tuple[Shape, ...]], Shape]


@dataclass(frozen=True)
class Operator:
    """One built-in. ``arity`` None means any number of arguments. ``doc`` is its meaning in one line."""

    name: str
    arity: int | None
    shape: ShapeRule
    doc: str
    elementwise: bool = False


def _rows_columns(shape: Shape) -> tuple[Extent, Extent]:
    """A shape as rows and columns; a scalar counts as 1 × 1, a vector as one column."""
    if len(shape) > 2:
        raise ShapeError(f"expected a vector or a matrix, found {show_shape(shape)}")
    padded = (*shape, Extent.of(1), Extent.of(1))
    return padded[0], padded[1]


def _same(shapes: tuple[Shape, ...]) -> Shape:
    first = shapes[0]
    for other in shapes[1:]:
        if other != first:
            raise ShapeError(f"shapes differ: {show_shape(first)} and {show_shape(other)}")
    return first


def product_shape(left: Shape, right: Shape) -> Shape:
    """The shape of a product written side by side: scalars scale, everything else contracts as matrices do.

    >>> d, e = Extent.of("d"), Extent.of("e")
    >>> product_shape((Extent.of(1), d), (d,))
    ()
    >>> product_shape((d,), (Extent.of(1), e)) == (d, e)
    True
    """
    if not left or not right:
        return left or right
    rows, inner = _rows_columns(left)
    inner2, columns = _rows_columns(right)
    if inner != inner2:
        raise ShapeError(f"cannot multiply {show_shape((rows, inner))} by {show_shape((inner2, columns))}")
    return matrix_shape(rows, columns)


def _product(shapes: tuple[Shape, ...]) -> Shape:
    total = shapes[0]
    for shape in shapes[1:]:
        total = product_shape(total, shape)
    return total


def _quotient(shapes: tuple[Shape, ...]) -> Shape:
    top, bottom = shapes
    if bottom and bottom != top:
        raise ShapeError(f"expected a scalar (or the same shape) below the fraction line, found {show_shape(bottom)}")
    return top


def _power(shapes: tuple[Shape, ...]) -> Shape:
    base, exponent = shapes
    if exponent:
        raise ShapeError(f"expected a scalar exponent, found {show_shape(exponent)}")
    return base


def _scalars(shapes: tuple[Shape, ...]) -> Shape:
    for shape in shapes:
        if shape:
            raise ShapeError(f"expected a scalar, found {show_shape(shape)}")
    return SCALAR


def _first(shapes: tuple[Shape, ...]) -> Shape:
    return shapes[0]


def _transpose(shapes: tuple[Shape, ...]) -> Shape:
    rows, columns = _rows_columns(shapes[0])
    return matrix_shape(columns, rows)


def _square(shapes: tuple[Shape, ...]) -> Shape:
    rows, columns = _rows_columns(shapes[0])
    if rows != columns:
        raise ShapeError(f"expected a square matrix, found {show_shape(shapes[0])}")
    return shapes[0]


def _of_square(shapes: tuple[Shape, ...]) -> Shape:
    _square(shapes)
    return SCALAR


def _reduce(shapes: tuple[Shape, ...]) -> Shape:
    return SCALAR


def _diag(shapes: tuple[Shape, ...]) -> Shape:
    shape = shapes[0]
    if len(shape) == 2 and Extent.of(1) not in shape:
        _square(shapes)
        return (shape[0],)
    length = shape[0] if len(shape) == 1 else shape[-1] if shape else Extent.of(1)
    return matrix_shape(length, length)


def _outer(shapes: tuple[Shape, ...]) -> Shape:
    left, right = shapes
    if len(left) != 1 or len(right) != 1:
        raise ShapeError(f"expected two vectors, found {show_shape(left)} and {show_shape(right)}")
    return matrix_shape(left[0], right[0])


def _inner(shapes: tuple[Shape, ...]) -> Shape:
    _same(shapes)
    return SCALAR


def _broadcast(shapes: tuple[Shape, ...]) -> Shape:
    """Entry by entry; a scalar stretches."""
    wide = [shape for shape in shapes if shape]
    return _same(tuple(wide)) if wide else SCALAR


def _gaussian(shapes: tuple[Shape, ...]) -> Shape:
    x, mean, spread = shapes
    _same((x, mean))
    wanted: Shape = (x[0], x[0]) if x else SCALAR
    if spread != wanted and spread != SCALAR:
        raise ShapeError(f"expected a covariance of shape {show_shape(wanted)}, found {show_shape(spread)}")
    return SCALAR


def _gaussian_diag(shapes: tuple[Shape, ...]) -> Shape:
    return _inner(shapes)


def _kron(shapes: tuple[Shape, ...]) -> Shape:
    (a, b), (c, d) = _rows_columns(shapes[0]), _rows_columns(shapes[1])
    return matrix_shape(a * c, b * d)


def _eigenvalues(shapes: tuple[Shape, ...]) -> Shape:
    shape = _square(shapes)
    return shape[:1]


def _condition(shapes: tuple[Shape, ...]) -> Shape:
    return _broadcast(shapes)


_ROWS = (
    # arithmetic
    Operator("add", None, _same, "a + b + …, of one shape"),
    Operator("neg", 1, _first, "-a"),
    Operator("mul", None, _product, "a b …: scalars scale, vectors and matrices contract"),
    Operator("div", 2, _quotient, "a / b"),
    Operator("pow", 2, _power, "a ^ b, entry by entry for a vector; a matrix takes a whole-number power"),
    Operator("sqrt", 1, _first, "square root, entry by entry", elementwise=True),
    Operator("abs", 1, _scalars, "absolute value"),
    Operator("factorial", 1, _scalars, "n!"),
    Operator("floor", 1, _scalars, "the greatest whole number not above a"),
    # functions of a scalar, entry by entry on vectors and matrices
    Operator("exp", 1, _first, "e^a", elementwise=True),
    Operator("log", 1, _first, "natural logarithm", elementwise=True),
    Operator("logistic", 1, _first, "1 / (1 + e^-a)", elementwise=True),
    Operator("softplus", 1, _first, "log(1 + e^a)", elementwise=True),
    Operator("tanh", 1, _first, "hyperbolic tangent", elementwise=True),
    Operator("sin", 1, _first, "sine", elementwise=True),
    Operator("cos", 1, _first, "cosine", elementwise=True),
    Operator("relu", 1, _first, "max(a, 0)", elementwise=True),
    # functions of a vector
    Operator("softmax", 1, _first, "e^{a_i} / sum_j e^{a_j}"),
    Operator("logsumexp", 1, _reduce, "log sum_j e^{a_j}"),
    Operator("total", 1, _reduce, "the sum of all entries"),
    # matrices
    Operator("transpose", 1, _transpose, "a^T"),
    Operator("inverse", 1, _square, "a^-1"),
    Operator("det", 1, _of_square, "determinant"),
    Operator("trace", 1, _of_square, "sum of the diagonal"),
    Operator("diag", 1, _diag, "a vector as a diagonal matrix; of a square matrix, its diagonal"),
    Operator("outer", 2, _outer, "a b^T"),
    Operator("inner", 2, _inner, "sum of the products of the entries"),
    Operator("hadamard", None, _broadcast, "entry by entry product"),
    Operator("hadamard_div", 2, _broadcast, "entry by entry quotient"),
    Operator("broadcast_add", None, _broadcast, "entry by entry sum, a scalar stretches (declared with elementwise)"),
    Operator("kron", 2, _kron, "Kronecker product"),
    Operator("eigenvalues", 1, _eigenvalues, "the eigenvalues of the symmetric part of a, least first, as a vector"),
    Operator(
        "eigenvectors", 1, _square, "their unit eigenvectors as columns, first non-zero entry positive (none repeated)"
    ),
    Operator("norm2", 1, _reduce, "squared Euclidean (Frobenius) norm"),
    Operator("norm", 1, _reduce, "Euclidean (Frobenius) norm"),
    # selections
    Operator("delta", 2, _scalars, "1 if the two indices are equal, else 0"),
    Operator("indicator", 1, _condition, "1 where the condition (a relation, or and/or/not of them) holds, else 0"),
    Operator("and", None, _condition, "all hold"),
    Operator("or", None, _condition, "one holds"),
    Operator("not", 1, _condition, "does not hold"),
    # densities
    Operator("gaussian", 3, _gaussian, "the normal density of x with mean m and covariance (or variance) S"),
    Operator("gaussian_diag", 3, _gaussian_diag, "the normal density with a vector of variances"),
)

OPERATORS: dict[str, Operator] = {row.name: row for row in _ROWS}

LITERAL_OPERATORS = frozenset({"identity", "ones", "zeros"})
"""Op names whose arguments are sizes, not terms to be typed: ``Op("identity", (Size("d"),))``, ``ones`` and ``zeros``
(one size for a vector, two for a matrix). Their arguments may be any integer terms over sizes."""
