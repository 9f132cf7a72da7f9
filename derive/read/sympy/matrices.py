"""SymPy's matrix expressions."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import sympy
from sympy.matrices.expressions.diagonal import DiagMatrix
from sympy.matrices.expressions.hadamard import HadamardPower, HadamardProduct
from sympy.matrices.expressions.kronecker import KroneckerProduct
from sympy.matrices.expressions.matexpr import MatrixElement

from derive.language.extents import matrix_shape, show_shape
from derive.language.terms import Matrix, Num, Op, Term
from derive.read.scopes import Scope
from derive.read.symbols import SympyReadError
from derive.read.sympy.expressions import operator, times
from derive.read.sympy.names import entry_of, extent_in, name_of
from derive.read.sympy.reading import Reader, is_scalar, read_all, read_expr, shape_in


def _matrix_symbol(expr: Any, scope: Scope) -> Term:
    read = name_of(expr.name, None, scope)
    found = matrix_shape(*(extent_in(read_expr(length, scope)) for length in expr.shape))
    declared = shape_in(read, scope)
    if declared != found:
        raise SympyReadError(
            f"{expr.name} is declared as {show_shape(declared)}, this MatrixSymbol is {show_shape(found)}"
        )
    return read


def _matmul(expr: Any, scope: Scope) -> Term:
    factors = [factor for factor in expr.args if factor != -1]
    read = read_all(factors, scope)
    for factor, part in zip(factors, read, strict=True):
        if not getattr(factor, "is_Matrix", False) and not is_scalar(part, scope):
            raise SympyReadError(f"SymPy takes {factor} in {expr} for a number and moves it ahead; write matmul(…)")
    return Op("neg", (times(read),)) if (len(expr.args) - len(factors)) % 2 else times(read)


def _matpow(expr: Any, scope: Scope) -> Term:
    if not expr.exp.is_Integer:
        raise SympyReadError(f"{expr}: expected a whole number as the exponent of a matrix")
    base = read_expr(expr.base, scope)
    if expr.exp.is_negative:
        base = Op("inverse", (base,))
    times = abs(int(expr.exp))
    return base if times == 1 else Op("pow", (base, Num(Fraction(times))))


def _hadamard_power(expr: Any, scope: Scope) -> Term:
    if expr.exp.is_Integer and expr.exp.is_positive:
        return Op("hadamard", (read_expr(expr.base, scope),) * int(expr.exp))
    raise SympyReadError(f"{expr}: expected a positive whole number; write entrywise('sqrt', x), or the entries")


def _lengths(name: str) -> Reader:
    def read(expr: Any, scope: Scope) -> Term:
        return literal(name, expr.shape[:1] if name == "identity" else expr.shape, scope)

    return read


def literal(name: str, lengths: Sequence[Any], scope: Scope) -> Term:
    """An identity, ones or zeros of these lengths."""
    read = read_all(lengths, scope)
    for length in read:
        extent_in(length)
    return Op(name, read)


def _element(expr: Any, scope: Scope) -> Term:
    """SymPy counts the entries of a matrix from 0, derivations from 1: a plain number as a subscript is ambiguous."""
    base = read_expr(expr.parent, scope)
    kept = [i for i, n in zip((expr.i, expr.j), expr.parent.shape, strict=True) if not (n == 1 and i == 0)]
    if any(i.is_Integer for i in kept):
        raise SympyReadError(
            f"{expr}: SymPy counts entries from 0, derivations from 1; write entry({expr.parent}, i, j), from 1"
        )
    if len(kept) == len(shape_in(base, scope)):
        return entry_of(base, kept, scope) if kept else base
    shape = show_shape(shape_in(base, scope))
    raise SympyReadError(f"{expr}: write entry(…), with one subscript for each length of {shape}")


def _explicit(expr: Any, scope: Scope) -> Term:
    rows, columns = expr.shape
    if not rows or not columns:
        raise SympyReadError("expected a matrix with at least one entry, found none")
    return Matrix(tuple(read_all((expr[i, j] for j in range(columns)), scope) for i in range(rows)))


def _each(name: str) -> Reader:
    """An operator on all arguments."""
    return lambda expr, scope: Op(name, read_all(expr.args, scope))


ROWS: dict[type, Reader] = {
    sympy.MatrixSymbol: _matrix_symbol,
    sympy.MatAdd: _each("add"),
    sympy.MatMul: _matmul,
    sympy.MatPow: _matpow,
    sympy.Inverse: lambda expr, scope: Op("inverse", (read_expr(expr.arg, scope),)),
    sympy.Transpose: operator("transpose"),
    sympy.Determinant: operator("det"),
    sympy.Trace: operator("trace"),
    DiagMatrix: operator("diag"),
    HadamardProduct: _each("hadamard"),
    HadamardPower: _hadamard_power,
    KroneckerProduct: _each("kron"),
    sympy.Identity: _lengths("identity"),
    sympy.ZeroMatrix: _lengths("zeros"),
    sympy.OneMatrix: _lengths("ones"),
    MatrixElement: _element,
    sympy.ImmutableDenseMatrix: _explicit,
    sympy.ImmutableSparseMatrix: _explicit,
}
