"""Arithmetic, functions and conditions."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import sympy
from sympy.core.function import AppliedUndef
from sympy.core.relational import Relational

from derive.language.context import FunctionDecl
from derive.language.dependencies import depends_on, mentioned
from derive.language.operators import OPERATORS
from derive.language.terms import Apply, Cases, Num, Op, Rel, Term
from derive.read.scopes import Scope
from derive.read.symbols import SympyReadError
from derive.read.sympy.names import read_subscript, refuse_undeclared
from derive.read.sympy.reading import Reader, is_scalar, read_all, read_expr


def _add(expr: Any, scope: Scope) -> Term:
    """A sum; SymPy has sorted it, so what is subtracted may as well come last."""
    ordered = sorted(expr.args, key=lambda part: part.as_coeff_mul()[0].is_negative is True)
    return Op("add", read_all(ordered, scope))


def _mul(expr: Any, scope: Scope) -> Term:
    coefficient, factors = expr.as_coeff_mul()
    if coefficient.is_negative:
        return Op("neg", (_product(-coefficient, factors, scope),))
    return _product(coefficient, factors, scope)


def _product(coefficient: Any, factors: Sequence[Any], scope: Scope) -> Term:
    """A SymPy product; its commutative factors were sorted, so at most one of them may be a vector or a matrix."""
    top: list[Term] = [] if coefficient == 1 else [read_expr(coefficient, scope)]
    bottom: list[Term] = []
    tensors = []
    for factor in factors:
        if isinstance(factor, sympy.Pow):
            base, exponent = factor.as_base_exp()
            below = exponent.as_coeff_Mul()[0].is_negative
            (bottom if below else top).append(_power(base, -exponent if below else exponent, scope))
            continue
        read = read_expr(factor, scope)
        top.append(read)
        if not is_scalar(read, scope):
            tensors.append(factor)
    if len(tensors) > 1 and any(factor.is_commutative for factor in tensors):
        raise SympyReadError(
            f"{sympy.Mul(*factors)} is a product of two vectors or matrices, and SymPy has sorted its factors: their "
            f"order is lost; write matmul(A, x), dot(a, b), outer(a, b) or hadamard(a, b)"
        )
    return _fraction(times(top), bottom)


def times(factors: Sequence[Term]) -> Term:
    """A product of terms in this order."""
    if not factors:
        return Num(Fraction(1))
    return factors[0] if len(factors) == 1 else Op("mul", tuple(factors))


def _fraction(top: Term, bottom: Sequence[Term]) -> Term:
    return Op("div", (top, times(bottom))) if bottom else top


def _pow(expr: Any, scope: Scope) -> Term:
    return _product(sympy.S.One, (expr,), scope)


def _power(base: Any, exponent: Any, scope: Scope) -> Term:
    """A power of a scalar."""
    read = read_expr(base, scope)
    if not is_scalar(read, scope):
        raise SympyReadError(
            f"{base} is a vector or a matrix, and SymPy makes powers of different products and quotients; write "
            f"inv(A), matmul(A, A), norm2(x), hadamard(x, x) or entrywise('sqrt', x)"
        )
    if exponent == sympy.S.Half:
        return Op("sqrt", (read,))
    return read if exponent == 1 else Op("pow", (read, read_expr(exponent, scope)))


def operator(name: str) -> Reader:
    """The row of a SymPy function of one argument that is an operator of the language."""

    def read(expr: Any, scope: Scope) -> Term:
        if len(expr.args) != 1:
            raise SympyReadError(f"{expr}: expected one argument of {name}, found {len(expr.args)}")
        return Op(name, (read_expr(expr.args[0], scope),))

    return read


def _exp(expr: Any, scope: Scope) -> Term:
    inside = read_expr(expr.exp, scope)
    if not is_scalar(inside, scope):
        raise SympyReadError(f"SymPy merges products of {expr} as if numbers; write entrywise('exp', {expr.exp})")
    return Op("exp", (inside,))


def _extreme(op: str, ramp: bool) -> Reader:
    def read(expr: Any, scope: Scope) -> Term:
        if len(expr.args) != 2:
            raise SympyReadError(f"{expr}: expected two values; write max_over or min_over an index, or cases")
        if ramp and expr.args[0] == 0:
            return Op("relu", (read_expr(expr.args[1], scope),))
        left, right = read_all(expr.args, scope)
        return Cases(((left, Rel(op, left, right)), (right, None)))

    return read


def _delta(expr: Any, scope: Scope) -> Term:
    if len(expr.args) != 2:
        raise SympyReadError(f"{expr}: expected two indices")
    return Op("delta", read_all(expr.args, scope))


def _applied(expr: Any, scope: Scope) -> Term:
    return applied_to(expr.func.__name__, expr.args, (), scope)


def applied_to(name: str, args: Sequence[Any], at: Sequence[Any], scope: Scope) -> Term:
    """A declared function with subscripts ``at``, applied to SymPy arguments."""
    decl = scope.context.functions.get(name)
    if decl is None:
        if name in scope.context.symbols:
            raise SympyReadError(f"{name} is a quantity, not a function; write {name}[…] for its subscripts")
        refuse_undeclared(name, scope.context)
        raise SympyReadError(f"{name} is not declared as a function; write: function {name}")
    _count(name, "argument", _wanted(decl), len(args))
    _count(name, "subscript", len(decl.family), len(at))
    _refuse_captured(decl, scope)
    family = tuple(read_subscript(s, slot, scope, name) for s, slot in zip(at, decl.family, strict=True))
    read = read_all(args, scope)
    return Op(decl.builtin, read) if decl.builtin is not None else Apply(name, read, family)


def _refuse_captured(decl: FunctionDecl, scope: Scope) -> None:
    """A function whose body mentions a quantity means that quantity, not a variable bound around the call."""
    bound = [entry.name for entry in scope.bound if entry.name in scope.context.symbols]
    if bound and decl.body is not None:
        inside = [name for name in mentioned(scope.context, decl.body) if name not in decl.params]
        for name in bound:
            if any(depends_on(scope.context, other, name) for other in inside):
                raise SympyReadError(f"{name} is bound around {decl.name}, which mentions it; make it a parameter")


def _wanted(decl: FunctionDecl) -> int | None:
    if decl.builtin is not None:
        return OPERATORS[decl.builtin].arity
    return len(decl.params) or None


def _count(name: str, what: str, wanted: int | None, found: int) -> None:
    if wanted is not None and wanted != found:
        hint = f"; write call({name}, …, at=(k,))" if what == "subscript" else ""
        raise SympyReadError(f"{name} takes {wanted} {what}{'' if wanted == 1 else 's'}, found {found}{hint}")


_RELATIONS = {
    sympy.Eq: "=", sympy.Ne: "!=", sympy.Lt: "<", sympy.Le: "<=", sympy.Gt: ">", sympy.Ge: ">=",
}  # fmt: skip


def _relational(expr: Any, scope: Scope) -> Term:
    op = _RELATIONS.get(type(expr))
    if op is None:
        raise SympyReadError(f"cannot read the relation {expr}")
    left, right = read_all(expr.args, scope)
    return Rel(op, left, right)


def decided(expr: Any, scope: Scope) -> Term:
    """A relation that SymPy has replaced by its truth value."""
    raise SympyReadError(
        f"SymPy has already decided this relation ({expr}); write relation(left, '=', right), which it leaves alone"
    )


def read_condition(expr: Any, scope: Scope) -> Term | None:
    """A condition; ``None`` if there is none (an empty payload, or ``true``)."""
    if expr == sympy.true or expr == sympy.Tuple():
        return None
    read = read_expr(expr, scope)
    if not isinstance(read, Rel) and not (isinstance(read, Op) and read.name in ("and", "or", "not")):
        raise SympyReadError(f"expected a condition such as Ne(k, j), found {expr}")
    return read


def _connective(name: str) -> Reader:
    def read(expr: Any, scope: Scope) -> Term:
        return Op(name, read_all(expr.args, scope))

    return read


def _piecewise(expr: Any, scope: Scope) -> Term:
    return Cases(tuple((read_expr(value, scope), read_condition(when, scope)) for value, when in expr.args))


ROWS: dict[type, Reader] = {
    sympy.Add: _add,
    sympy.Mul: _mul,
    sympy.Pow: _pow,
    sympy.exp: _exp,
    sympy.log: operator("log"),
    sympy.tanh: operator("tanh"),
    sympy.sin: operator("sin"),
    sympy.cos: operator("cos"),
    sympy.Abs: operator("abs"),
    sympy.factorial: operator("factorial"),
    sympy.floor: operator("floor"),
    sympy.Max: _extreme(">=", ramp=True),
    sympy.Min: _extreme("<=", ramp=False),
    sympy.KroneckerDelta: _delta,
    AppliedUndef: _applied,
    Relational: _relational,
    sympy.And: _connective("and"),
    sympy.Or: _connective("or"),
    sympy.Not: _connective("not"),
    type(sympy.true): decided,
    type(sympy.false): decided,
    sympy.Piecewise: _piecewise,
}
