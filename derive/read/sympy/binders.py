"""Sums, products, integrals and derivatives: what binds a name, and what a derivative is taken in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import sympy

from derive.language.extents import Range, Shape
from derive.language.terms import Apply, At, Big, Const, Deriv, Entry, Integral, Op, Sym, Term
from derive.read.infinite_sums import SUMMABLE, endless_from, value_of
from derive.read.scopes import Scope
from derive.read.symbols import SympyReadError
from derive.read.sympy.expressions import read_condition
from derive.read.sympy.names import extent_in
from derive.read.sympy.reading import Reader, is_scalar, read_all, read_expr


def bind_index(limit: Any, scope: Scope) -> tuple[str, Range, Scope]:
    """A limit ``(i, low, high)``, or a declared index alone, as name, range, and the scope inside."""
    if not isinstance(limit, sympy.Tuple):
        limit = sympy.Tuple(limit)
    symbol = limit[0].label if isinstance(limit[0], sympy.Idx) else limit[0]
    if not isinstance(symbol, sympy.Symbol):
        raise SympyReadError(f"expected an index to run over, found {limit[0]}")
    name = symbol.name
    _may_bind(name, scope)
    if len(limit) == 1:
        if name not in scope.context.indices:
            raise SympyReadError(f"{name} has no declared range; write ({name}, 1, N), or declare: index {name} = 1..N")
        range_ = scope.context.indices[name]
    elif len(limit) == 3:
        range_ = Range(*(extent_in(read_expr(end, scope)) for end in limit[1:]))
    else:
        raise SympyReadError(f"expected ({name}, low, high), found {limit}")
    if name in range_.names:
        raise SympyReadError(f"the range {range_} of {name} mentions another {name}; rename the bound index")
    if not scope.never_negative(range_.length):
        raise SympyReadError(
            f"the range {range_} of {name} has no length for the smallest sizes (SymPy would count it as negative); "
            f"declare the least size, as in: size N >= 5"
        )
    return name, range_, scope.bind(name, range_, symbol)


def _may_bind(name: str, scope: Scope) -> None:
    if name in scope.context.sizes:
        raise SympyReadError(f"{name} is a size and cannot be bound; rename the bound name")


def bind_variable(var: Any, scope: Scope) -> tuple[str, Shape, Scope]:
    """A variable of integration: of its declared shape, or a scalar."""
    symbol = var.label if isinstance(var, sympy.IndexedBase) else var
    if not isinstance(symbol, sympy.Symbol):
        raise SympyReadError(f"expected a plain name as the variable, found {var}")
    _may_bind(symbol.name, scope)
    decl = scope.context.symbols.get(symbol.name)
    shape = decl.shape if decl is not None else ()
    return symbol.name, shape, scope.bind(symbol.name, shape, symbol)


def _over(kind: str) -> Reader:
    """A SymPy ``Sum`` or ``Product``; limits are listed from the innermost outwards."""

    def read(expr: Any, scope: Scope) -> Term:
        _refuse_folded(expr)
        return nest(kind, expr.limits, expr.function, None, scope)

    return read


def nest(kind: str, limits: Sequence[Any], body: Any, where: Any, scope: Scope) -> Term:
    """A big operator over each limit in turn; the last limit is the outermost, ``where`` restricts the first."""
    if kind == "sum" and where is None and len(limits) == 1 and limits[0][-1] == sympy.oo:
        return _endless(limits[0], body, scope)
    name, range_, inner = bind_index(limits[-1], scope)
    if len(limits) > 1:
        return Big(kind, name, range_, nest(kind, limits[:-1], body, where, inner))
    condition = None if where is None else read_condition(where, inner)
    return Big(kind, name, range_, read_expr(body, inner), condition)


def _endless(limit: Any, body: Any, scope: Scope) -> Term:
    """A sum from a whole number to ``oo``, as its value."""
    symbol, low, _ = limit
    if not isinstance(symbol, sympy.Symbol) or not isinstance(low, sympy.Integer) or low < 0:
        raise SympyReadError(f"expected an infinite sum such as (k, 0, oo), found {limit}")
    _may_bind(symbol.name, scope)
    range_ = endless_from(int(low))
    inner = scope.bind(symbol.name, range_, symbol)
    value = value_of(read_expr(body, inner), symbol.name, int(low), scope.context, inner.names())
    if value is None:
        raise SympyReadError(f"expected {SUMMABLE}, found {body}")
    return value


def _refuse_folded(expr: Any) -> None:
    """SymPy moves a ``Piecewise`` to the top of a body, out of inner sums, even if its condition uses their index."""
    if isinstance(expr.function, sympy.Piecewise):
        inner = (sympy.concrete.expr_with_limits.ExprWithLimits, sympy.Derivative, sympy.Subs)
        if any(value.has(*inner) for value, _ in expr.function.args):
            raise SympyReadError(
                f"SymPy has moved a Piecewise out of an inner sum, integral or derivative in {expr}, and its condition "
                f"may have left its scope; write cases((value, condition), (value, None)) instead of Piecewise"
            )


def _sympy_integral(expr: Any, scope: Scope) -> Term:
    _refuse_folded(expr)
    return _integrals(expr.limits, expr.function, scope)


def _integrals(limits: Sequence[Any], body: Any, scope: Scope) -> Term:
    if not limits:
        return read_expr(body, scope)
    limit = limits[-1]
    if len(limit) != 3:
        raise SympyReadError(
            f"{limit} gives no limits; write ({limit[0]}, -oo, oo) for all of ℝ, or integral(…, x) for a vector x"
        )
    return one_integral(limit[0], limit[1], limit[2], scope, lambda inner: _integrals(limits[:-1], body, inner))


def one_integral(var: Any, low: Any, high: Any, scope: Scope, body: Callable[[Scope], Term]) -> Term:
    """An integral over one variable; ``body`` reads what is integrated in the scope it is given."""
    name, shape, inner = bind_variable(var, scope)
    if shape and (low, high) != (-sympy.oo, sympy.oo):
        raise SympyReadError(f"{name} is a vector or a matrix; an integral over it has no limits")
    if (low, high) == (-sympy.oo, sympy.oo):
        return Integral(name, body(inner), shape)
    return Integral(name, body(inner), shape, _end(low, scope), _end(high, scope))


def _end(expr: Any, scope: Scope) -> Term:
    if expr == sympy.oo:
        return Const("inf")
    return Op("neg", (Const("inf"),)) if expr == -sympy.oo else read_expr(expr, scope)


def deriv(body: Term, wrt: Any, scope: Scope, local: bool = False) -> Term:
    """The derivative of a term in a SymPy variable."""
    variable = read_expr(wrt, scope)
    if not isinstance(variable, Sym | Entry | Apply):
        raise SympyReadError(f"expected a quantity, an entry or a function value to differentiate in, found {wrt}")
    return Deriv(body, variable, local)


def _derivative(expr: Any, scope: Scope) -> Term:
    read = read_expr(expr.expr, scope)
    for wrt, times in expr.variable_count:
        if not times.is_Integer:
            raise SympyReadError(f"{expr}: expected a whole number of derivatives, found {times}")
        for _ in range(int(times)):
            read = deriv(read, wrt, scope)
    if len(expr.variable_count) > 1 and any(not is_scalar(read_expr(wrt, scope), scope) for wrt in expr.variables):
        raise SympyReadError(
            f"SymPy may have exchanged the variables of {expr}; write hessian(f, a, b) or gradient(gradient(f, a), b)"
        )
    return read


def _subs(expr: Any, scope: Scope) -> Term:
    if len(expr.variables) != 1:
        raise SympyReadError(f"{expr} sets several variables at once; write at(at(f, a, 0), b, 1)")
    return set_to((expr.expr, expr.variables[0], expr.point[0]), scope)


def set_to(payload: Sequence[Any], scope: Scope) -> Term:
    """``(expression, variable, value)``: the expression where the variable has this value."""
    body, var, value = read_all(payload, scope)
    if not isinstance(var, Sym):
        raise SympyReadError(f"expected a quantity to be set to a value, found {payload[1]}")
    return At(body, var, value)


ROWS: dict[type, Reader] = {
    sympy.Sum: _over("sum"),
    sympy.Product: _over("prod"),
    sympy.Integral: _sympy_integral,
    sympy.Derivative: _derivative,
    sympy.Subs: _subs,
}
