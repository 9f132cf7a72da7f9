"""SymPy expressions in index notation, read into terms without losing scope.

SymPy is only taken apart here, never asked to compute. A name is bound by the innermost ``Sum``, ``Product``,
``Integral`` or word around it, else it means what the context declares; everything else is refused with a message.

>>> import sympy
>>> from derive.language.extents import Range
>>> context = Context(sizes={"N": 1}).with_index("n", Range.upto("N")).with_symbol(SymbolDecl("x", (Range.upto("N"),)))
>>> (x, n, N) = symbols(context, "x", "n", "N")
>>> to_term(sympy.Sum(x[n], (n, 1, N)), context)  # doctest: +ELLIPSIS
Big(kind='sum', var='n', ..., body=Sym(name='x', indices=(Index(name='n'),)), where=None)

What SymPy has already rewritten cannot be seen any more: ``x**2/x`` arrives as ``x``, without its condition; ``X*X.I``
as the identity. Where that matters, use the words of ``derive.read.symbols`` (``quotient``, ``power``, ``inv`` …):
SymPy leaves them alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from typing import Any

import sympy
from sympy.core.function import AppliedUndef
from sympy.core.relational import Relational
from sympy.core.sympify import SympifyError, _sympify
from sympy.matrices.expressions import hadamard as sympy_hadamard
from sympy.matrices.expressions.diagonal import DiagMatrix
from sympy.matrices.expressions.kronecker import KroneckerProduct
from sympy.matrices.expressions.matexpr import MatrixElement

from derive.language.context import Context, FunctionDecl, SymbolDecl
from derive.language.extents import Extent, Range, Shape, matrix_shape, show_shape
from derive.language.operators import OPERATORS, ShapeError
from derive.language.shapes import extent_of, shape_of
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
from derive.read.dependencies import depends_on, inline, mentioned
from derive.read.errors import ReadError
from derive.read.names import Component, option
from derive.read.scopes import Scope
from derive.read.symbols import SympyReadError, Word, find_name, indices, sizes, symbols

__all__ = ["SympyReadError", "indices", "sizes", "symbols", "to_term"]


def to_term(expr: object, context: Context, scope: Iterable[tuple[str, Range | Shape]] = ()) -> Term:
    """The term that a SymPy expression says, in this context; ``scope`` lists names bound around it, outermost first.

    ``SympyReadError`` says what cannot be read. Whether the two sides of a sum or an equation have one shape is left to
    ``language.shapes``.

    >>> to_term(sympy.Symbol("y"), Context())
    Traceback (most recent call last):
    ...
    derive.read.symbols.SympyReadError: y is not declared; declared are no names
    """
    around = Scope(context)
    for name, what in scope:
        around = around.bind(name, what)
    try:
        found = _sympify(expr)
    except SympifyError as error:
        found_text = f"{type(expr).__name__}: {expr!r}"
        raise SympyReadError(f"expected a SymPy expression or a number, found {found_text}") from error
    return _read(found, around)


Reader = Callable[[Any, Scope], Term]


def _read(expr: Any, scope: Scope) -> Term:
    for kind in type(expr).__mro__:
        reader = _READERS.get(kind)
        if reader is not None:
            return reader(expr, scope)
    raise SympyReadError(
        f"cannot read {type(expr).__name__}: {expr}; write it with sums, products, powers, exp, log, and the words of "
        f"derive.read.symbols"
    )


def _read_all(exprs: Iterable[Any], scope: Scope) -> tuple[Term, ...]:
    return tuple(_read(expr, scope) for expr in exprs)


def _shape(term: Term, scope: Scope) -> Shape:
    try:
        return shape_of(term, scope.context, scope.names())
    except ShapeError as error:
        raise SympyReadError(str(error)) from error


def _is_scalar(term: Term, scope: Scope) -> bool:
    """Whether a term is a scalar; the frequent cases without a walk."""
    match term:
        case Num() | Const() | Size() | Index():
            return True
        case Sym(name, indices) if indices or scope.find(name) is None:
            return not scope.context.symbols[name].shape
    return not _shape(term, scope)


# -- numbers and names ------------------------------------------------------------------------------------------------


def _number(expr: Any, scope: Scope) -> Term:
    return Num(Fraction(int(expr.p), int(expr.q)))


def _float(expr: Any, scope: Scope) -> Term:
    raise SympyReadError(f"{expr} is a rounded number; write it exactly, as Rational('{expr}') or Rational(p, q)")


def _no_number(expr: Any, scope: Scope) -> Term:
    raise SympyReadError(
        f"SymPy made {expr} of what was written: a division by zero, or infinity outside the limits of an integral"
    )


def _symbol(expr: Any, scope: Scope) -> Term:
    return _name(expr.name, expr, scope)


def _base(expr: Any, scope: Scope) -> Term:
    return _name(_base_name(expr), expr.label, scope)


def _idx(expr: Any, scope: Scope) -> Term:
    if not isinstance(expr.label, sympy.Symbol):
        return _read(expr.label, scope)
    return _symbol(expr.label, scope)


def _base_name(base: Any) -> str:
    label = getattr(base, "label", base)
    if not isinstance(label, sympy.Symbol):
        raise SympyReadError(f"expected a name before the subscripts, found {label}; write entry({label}, …)")
    return str(label.name)


def _name(name: str, symbol: Any, scope: Scope) -> Term:
    """What a name without subscripts means: the innermost binder, else the declaration."""
    bound = scope.find(name)
    if bound is not None:
        if bound.symbol is not None and symbol is not None and bound.symbol != symbol:
            raise SympyReadError(
                f"two different SymPy symbols are called {name} where {name} is bound (other assumptions, or a Dummy): "
                f"which is meant cannot be told; take all from symbols(), indices() and sizes(), or rename one"
            )
        return Index(name) if isinstance(bound.what, Range) else Sym(name)
    context = scope.context
    kinds = [name in group for group in (context.indices, context.sizes, context.symbols)]
    if sum(kinds) > 1:
        raise SympyReadError(f"{name} is declared twice, as an index, a size or a quantity; rename one")
    if kinds[0]:
        return Index(name)
    if kinds[1]:
        return Size(name)
    return _quantity(name, (), scope)


def _quantity(name: str, subscripts: Sequence[Any], scope: Scope) -> Term:
    """A declared quantity with SymPy subscripts: those of the family first, then entries of the member."""
    name = _whole_name(name, len(subscripts), scope.context)
    decl = scope.context.symbols.get(name)
    if decl is None:
        _undeclared(name, scope.context)
        raise SympyReadError(f"{name} is a function; apply it: {name}(…)")
    family = len(decl.family)
    if family and not subscripts and name in _words_of(scope.context.options.get("whole")):
        return _whole_family(decl, scope)
    if not family <= len(subscripts) <= family + len(decl.shape):
        raise SympyReadError(_subscript_count(decl, len(subscripts)))
    lengths = (*decl.family, *map(Range.upto, decl.shape))
    read = tuple(_subscript(s, slot, scope, name) for s, slot in zip(subscripts, lengths, strict=False))
    member = _member(decl, read[:family], scope)
    return Entry(member, read[family:]) if read[family:] else member


def _whole_name(name: str, subscripts: int, context: Context) -> str:
    """The quantity that a declared alias, or a declared component with all its subscripts, is written for."""
    component = option(context, "component").get(name)
    if isinstance(component, Component) and subscripts == component.family + component.entries:
        return component.whole
    alias = option(context, "alias").get(name)
    return alias if isinstance(alias, str) else name


def _words_of(value: object) -> tuple[object, ...]:
    return value if isinstance(value, tuple) else ()


def _whole_family(decl: SymbolDecl, scope: Scope) -> Term:
    """A family written without subscripts where it was declared to be a vector: the array of its members."""
    taken = {entry.name for entry in scope.bound} | set(scope.context.indices)
    names = tuple(f"{name}'" if name in taken else name for name in decl.family_names)
    return Array(tuple(zip(names, decl.family, strict=True)), _member(decl, tuple(map(Index, names)), scope))


def _member(decl: SymbolDecl, subscripts: tuple[Term, ...], scope: Scope) -> Term:
    """A quantity; written out by its definition where a variable that the definition mentions is bound around it."""
    if decl.definition is None or not scope.bound:
        return Sym(decl.name, subscripts)
    try:
        return inline(scope.context, decl, subscripts, scope.names()) or Sym(decl.name, subscripts)
    except ReadError as error:
        raise SympyReadError(str(error)) from error


def _undeclared(name: str, context: Context) -> None:
    if name in context.functions:
        return
    if name in context.indices or name in context.sizes:
        raise SympyReadError(f"{name} is an index or a size, and takes no subscripts")
    meant = find_name(context, name)
    raise SympyReadError(f"{name} is not declared; did you mean {meant}? Ask symbols(context, ...) for it")


def _subscript_count(decl: SymbolDecl, found: int) -> str:
    wanted = f"{len(decl.family)} subscript{'' if len(decl.family) == 1 else 's'}"
    names = ", ".join(decl.family_names) or ", ".join(str(range_) for range_ in decl.family)
    over = f" ({names})" if decl.family else ""
    entries = f", then up to {len(decl.shape)} for an entry of {show_shape(decl.shape)}" if decl.shape else ""
    return f"{decl.name} takes {wanted}{over}{entries}; found {found}"


def _subscript(expr: Any, slot: Range, scope: Scope, owner: str) -> Term:
    """A subscript that stays inside its slot for every admissible size."""
    if not isinstance(expr, sympy.Expr):
        raise SympyReadError(f"expected an index or a whole number as a subscript of {owner}, found {expr}")
    read = _read(expr, scope)
    if not all(scope.inside(end, slot) for end in _reach(read, scope)):
        runs = f"runs over {_range_of(read, scope)}" if isinstance(read, Index) else "may fall outside"
        raise SympyReadError(
            f"subscript {expr} of {owner} {runs}; this slot runs over {slot}: use an index of that range, or declare "
            f"the least size that makes it fit (size N >= 2)"
        )
    return read


def _reach(read: Term, scope: Scope) -> tuple[Extent, ...]:
    """The ends of what a subscript may be."""
    match read:
        case Big(kind, _, range_, _) if kind.startswith("arg"):
            return (range_.low, range_.high)
        case Sym(name) | Entry(Sym(name)) if scope.find(name) is None and name in scope.context.symbols:
            decl = scope.context.symbols[name]
            if decl.label_range is not None:
                return (decl.label_range.low, decl.label_range.high)
            values = [v.value for v in decl.values if isinstance(v, Num) and v.value.denominator == 1]
            if decl.values and len(values) == len(decl.values):
                return tuple(Extent.of(int(value)) for value in values)
            raise SympyReadError(f"{name} is used as a subscript; declare it a label with the range it runs over")
    return (_extent(read),)


def _range_of(index: Index, scope: Scope) -> Range | Shape:
    bound = scope.find(index.name)
    return bound.what if bound is not None else scope.context.indices[index.name]


def _extent(read: Term) -> Extent:
    try:
        return extent_of(read)
    except ShapeError as error:
        raise SympyReadError(f"{error}, as a subscript, a limit or a length") from error


def _indexed(expr: Any, scope: Scope) -> Term:
    name = _base_name(expr.base)
    bound = scope.find(name)
    if bound is None:
        return _quantity(name, expr.indices, scope)
    base = _name(name, getattr(expr.base, "label", None), scope)
    if isinstance(base, Index):
        raise SympyReadError(f"{expr}: {name} is a bound index here, and takes no subscripts")
    return _entry_of(base, expr.indices, scope)


def _entry_of(base: Term, subscripts: Sequence[Any], scope: Scope) -> Term:
    shape = _shape(base, scope)
    if not 0 < len(subscripts) <= len(shape):
        raise SympyReadError(f"{len(subscripts)} subscripts on something of shape {show_shape(shape)}")
    slots = map(Range.upto, shape)
    return Entry(base, tuple(_subscript(s, r, scope, "an entry") for s, r in zip(subscripts, slots, strict=False)))


# -- arithmetic -------------------------------------------------------------------------------------------------------


def _add(expr: Any, scope: Scope) -> Term:
    """A sum; SymPy has sorted it, so what is subtracted may as well come last."""
    ordered = sorted(expr.args, key=lambda part: part.as_coeff_mul()[0].is_negative is True)
    return Op("add", _read_all(ordered, scope))


def _mul(expr: Any, scope: Scope) -> Term:
    coefficient, factors = expr.as_coeff_mul()
    if coefficient.is_negative:
        return Op("neg", (_product(-coefficient, factors, scope),))
    return _product(coefficient, factors, scope)


def _product(coefficient: Any, factors: Sequence[Any], scope: Scope) -> Term:
    """A SymPy product; its commutative factors were sorted, so at most one of them may be a vector or a matrix."""
    top: list[Term] = [] if coefficient == 1 else [_read(coefficient, scope)]
    bottom: list[Term] = []
    tensors = []
    for factor in factors:
        if isinstance(factor, sympy.Pow):
            base, exponent = factor.as_base_exp()
            below = exponent.as_coeff_Mul()[0].is_negative
            (bottom if below else top).append(_power(base, -exponent if below else exponent, scope))
            continue
        read = _read(factor, scope)
        top.append(read)
        if not _is_scalar(read, scope):
            tensors.append(factor)
    if len(tensors) > 1 and any(factor.is_commutative for factor in tensors):
        raise SympyReadError(
            f"{sympy.Mul(*factors)} is a product of two vectors or matrices, and SymPy has sorted its factors: their "
            f"order is lost; write matmul(A, x), dot(a, b), outer(a, b) or hadamard(a, b)"
        )
    return _fraction(_times(top), bottom)


def _times(factors: Sequence[Term]) -> Term:
    if not factors:
        return Num(Fraction(1))
    return factors[0] if len(factors) == 1 else Op("mul", tuple(factors))


def _fraction(top: Term, bottom: Sequence[Term]) -> Term:
    return Op("div", (top, _times(bottom))) if bottom else top


def _pow(expr: Any, scope: Scope) -> Term:
    return _product(sympy.S.One, (expr,), scope)


def _power(base: Any, exponent: Any, scope: Scope) -> Term:
    """A power of a scalar."""
    read = _read(base, scope)
    if not _is_scalar(read, scope):
        raise SympyReadError(
            f"{base} is a vector or a matrix, and SymPy makes powers of different products and quotients; write "
            f"inv(A), matmul(A, A), norm2(x), hadamard(x, x) or entrywise('sqrt', x)"
        )
    if exponent == sympy.S.Half:
        return Op("sqrt", (read,))
    return read if exponent == 1 else Op("pow", (read, _read(exponent, scope)))


def _function(name: str) -> Reader:
    def read(expr: Any, scope: Scope) -> Term:
        if len(expr.args) != 1:
            raise SympyReadError(f"{expr}: expected one argument of {name}, found {len(expr.args)}")
        return Op(name, (_read(expr.args[0], scope),))

    return read


def _exp(expr: Any, scope: Scope) -> Term:
    inside = _read(expr.exp, scope)
    if not _is_scalar(inside, scope):
        raise SympyReadError(f"SymPy merges products of {expr} as if numbers; write entrywise('exp', {expr.exp})")
    return Op("exp", (inside,))


def _extreme(op: str, ramp: bool) -> Reader:
    def read(expr: Any, scope: Scope) -> Term:
        if len(expr.args) != 2:
            raise SympyReadError(f"{expr}: expected two values; write max_over or min_over an index, or cases")
        if ramp and expr.args[0] == 0:
            return Op("relu", (_read(expr.args[1], scope),))
        left, right = _read_all(expr.args, scope)
        return Cases(((left, Rel(op, left, right)), (right, None)))

    return read


def _delta(expr: Any, scope: Scope) -> Term:
    if len(expr.args) != 2:
        raise SympyReadError(f"{expr}: expected two indices")
    return Op("delta", _read_all(expr.args, scope))


def _applied(expr: Any, scope: Scope) -> Term:
    return _apply(expr.func.__name__, expr.args, (), scope)


def _apply(name: str, args: Sequence[Any], at: Sequence[Any], scope: Scope) -> Term:
    decl = scope.context.functions.get(name)
    if decl is None:
        if name in scope.context.symbols:
            raise SympyReadError(f"{name} is a quantity, not a function; write {name}[…] for its subscripts")
        _undeclared(name, scope.context)
        raise SympyReadError(f"{name} is not declared as a function; write: function {name}")
    _count(name, "argument", _wanted(decl), len(args))
    _count(name, "subscript", len(decl.family), len(at))
    _refuse_captured(decl, scope)
    family = tuple(_subscript(s, slot, scope, name) for s, slot in zip(at, decl.family, strict=True))
    read = _read_all(args, scope)
    return Op(decl.builtin, read) if decl.builtin is not None else Apply(name, read, family)


def _refuse_captured(decl: FunctionDecl, scope: Scope) -> None:
    """A function whose body mentions a quantity means that quantity, not a variable of its name bound around the call."""
    variables = [entry.name for entry in scope.bound if not isinstance(entry.what, Range)]
    bound = [name for name in variables if name in scope.context.symbols]
    if bound and decl.body is not None:
        inside = [name for name in mentioned(scope.context, decl.body) if name not in decl.params]
        for name in bound:
            if any(depends_on(scope.context, other, name) for other in inside):
                raise SympyReadError(
                    f"{name} is bound around {decl.name}, whose definition mentions it; make it a parameter"
                )


def _wanted(decl: FunctionDecl) -> int | None:
    if decl.builtin is not None:
        return OPERATORS[decl.builtin].arity
    return len(decl.params) or None


def _count(name: str, what: str, wanted: int | None, found: int) -> None:
    if wanted is not None and wanted != found:
        hint = f"; write call({name}, …, at=(k,))" if what == "subscript" else ""
        raise SympyReadError(f"{name} takes {wanted} {what}{'' if wanted == 1 else 's'}, found {found}{hint}")


# -- conditions -------------------------------------------------------------------------------------------------------

_RELATIONS = {
    sympy.Eq: "=", sympy.Ne: "!=", sympy.Lt: "<", sympy.Le: "<=", sympy.Gt: ">", sympy.Ge: ">=",
}  # fmt: skip


def _relational(expr: Any, scope: Scope) -> Term:
    op = _RELATIONS.get(type(expr))
    if op is None:
        raise SympyReadError(f"cannot read the relation {expr}")
    left, right = _read_all(expr.args, scope)
    return Rel(op, left, right)


def _decided(expr: Any, scope: Scope) -> Term:
    raise SympyReadError(
        f"SymPy has already decided this relation ({expr}); write relation(left, '=', right), which it leaves alone"
    )


def _condition(expr: Any, scope: Scope) -> Term | None:
    """A condition; ``None`` if there is none (an empty payload, or ``true``)."""
    if expr == sympy.true or expr == sympy.Tuple():
        return None
    read = _read(expr, scope)
    if not isinstance(read, Rel) and not (isinstance(read, Op) and read.name in ("and", "or", "not")):
        raise SympyReadError(f"expected a condition such as Ne(k, j), found {expr}")
    return read


def _connective(name: str) -> Reader:
    def read(expr: Any, scope: Scope) -> Term:
        return Op(name, _read_all(expr.args, scope))

    return read


def _piecewise(expr: Any, scope: Scope) -> Term:
    return Cases(tuple((_read(value, scope), _condition(when, scope)) for value, when in expr.args))


# -- binders ----------------------------------------------------------------------------------------------------------


def _bind_index(limit: Any, scope: Scope) -> tuple[str, Range, Scope]:
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
        range_ = Range(*(_extent(_read(end, scope)) for end in limit[1:]))
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


def _bind_variable(var: Any, scope: Scope) -> tuple[str, Shape, Scope]:
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
        return _nest(kind, expr.limits, expr.function, None, scope)

    return read


def _nest(kind: str, limits: Sequence[Any], body: Any, where: Any, scope: Scope) -> Term:
    name, range_, inner = _bind_index(limits[-1], scope)
    if len(limits) > 1:
        return Big(kind, name, range_, _nest(kind, limits[:-1], body, where, inner))
    condition = None if where is None else _condition(where, inner)
    return Big(kind, name, range_, _read(body, inner), condition)


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
        return _read(body, scope)
    limit = limits[-1]
    if len(limit) != 3:
        raise SympyReadError(
            f"{limit} gives no limits; write ({limit[0]}, -oo, oo) for all of ℝ, or integral(…, x) for a vector x"
        )
    return _one_integral(limit[0], limit[1], limit[2], scope, lambda inner: _integrals(limits[:-1], body, inner))


def _one_integral(var: Any, low: Any, high: Any, scope: Scope, body: Callable[[Scope], Term]) -> Term:
    name, shape, inner = _bind_variable(var, scope)
    if shape and (low, high) != (-sympy.oo, sympy.oo):
        raise SympyReadError(f"{name} is a vector or a matrix; an integral over it has no limits")
    if (low, high) == (-sympy.oo, sympy.oo):
        return Integral(name, body(inner), shape)
    return Integral(name, body(inner), shape, _end(low, scope), _end(high, scope))


def _end(expr: Any, scope: Scope) -> Term:
    if expr == sympy.oo:
        return Const("inf")
    return Op("neg", (Const("inf"),)) if expr == -sympy.oo else _read(expr, scope)


# -- derivatives ------------------------------------------------------------------------------------------------------


def _deriv(body: Term, wrt: Any, scope: Scope, local: bool = False) -> Term:
    variable = _read(wrt, scope)
    if not isinstance(variable, Sym | Entry | Apply):
        raise SympyReadError(f"expected a quantity, an entry or a function value to differentiate in, found {wrt}")
    return Deriv(body, variable, local)


def _derivative(expr: Any, scope: Scope) -> Term:
    read = _read(expr.expr, scope)
    for wrt, times in expr.variable_count:
        if not times.is_Integer:
            raise SympyReadError(f"{expr}: expected a whole number of derivatives, found {times}")
        for _ in range(int(times)):
            read = _deriv(read, wrt, scope)
    if len(expr.variable_count) > 1 and any(not _is_scalar(_read(wrt, scope), scope) for wrt in expr.variables):
        raise SympyReadError(
            f"SymPy may have exchanged the variables of {expr}; write hessian(f, a, b) or gradient(gradient(f, a), b)"
        )
    return read


def _subs(expr: Any, scope: Scope) -> Term:
    if len(expr.variables) != 1:
        raise SympyReadError(f"{expr} sets several variables at once; write at(at(f, a, 0), b, 1)")
    return _at((expr.expr, expr.variables[0], expr.point[0]), scope)


def _at(payload: Sequence[Any], scope: Scope) -> Term:
    body, var, value = _read_all(payload, scope)
    if not isinstance(var, Sym):
        raise SympyReadError(f"expected a quantity to be set to a value, found {payload[1]}")
    return At(body, var, value)


# -- matrix expressions -----------------------------------------------------------------------------------------------


def _matrix_symbol(expr: Any, scope: Scope) -> Term:
    read = _name(expr.name, None, scope)
    found = matrix_shape(*(_extent(_read(length, scope)) for length in expr.shape))
    declared = _shape(read, scope)
    if declared != found:
        raise SympyReadError(
            f"{expr.name} is declared as {show_shape(declared)}, this MatrixSymbol is {show_shape(found)}"
        )
    return read


def _matmul(expr: Any, scope: Scope) -> Term:
    factors = [factor for factor in expr.args if factor != -1]
    read = _read_all(factors, scope)
    for factor, part in zip(factors, read, strict=True):
        if not getattr(factor, "is_Matrix", False) and not _is_scalar(part, scope):
            raise SympyReadError(f"SymPy takes {factor} in {expr} for a number and moves it ahead; write matmul(…)")
    return Op("neg", (_times(read),)) if (len(expr.args) - len(factors)) % 2 else _times(read)


def _matpow(expr: Any, scope: Scope) -> Term:
    if not expr.exp.is_Integer:
        raise SympyReadError(f"{expr}: expected a whole number as the exponent of a matrix")
    base = _read(expr.base, scope)
    if expr.exp.is_negative:
        base = Op("inverse", (base,))
    times = abs(int(expr.exp))
    return base if times == 1 else Op("pow", (base, Num(Fraction(times))))


def _hadamard_power(expr: Any, scope: Scope) -> Term:
    if expr.exp.is_Integer and expr.exp.is_positive:
        return Op("hadamard", (_read(expr.base, scope),) * int(expr.exp))
    raise SympyReadError(f"{expr}: expected a positive whole number; write entrywise('sqrt', x), or the entries")


def _lengths(name: str) -> Reader:
    def read(expr: Any, scope: Scope) -> Term:
        return _literal(name, expr.shape[:1] if name == "identity" else expr.shape, scope)

    return read


def _literal(name: str, lengths: Sequence[Any], scope: Scope) -> Term:
    read = _read_all(lengths, scope)
    for length in read:
        _extent(length)
    return Op(name, read)


def _element(expr: Any, scope: Scope) -> Term:
    """SymPy counts the entries of a matrix from 0, derivations from 1: a plain number as a subscript is ambiguous."""
    base = _read(expr.parent, scope)
    kept = [i for i, n in zip((expr.i, expr.j), expr.parent.shape, strict=True) if not (n == 1 and i == 0)]
    if any(i.is_Integer for i in kept):
        raise SympyReadError(
            f"{expr}: SymPy counts entries from 0, derivations from 1; write entry({expr.parent}, i, j), from 1"
        )
    if len(kept) == len(_shape(base, scope)):
        return _entry_of(base, kept, scope) if kept else base
    shape = show_shape(_shape(base, scope))
    raise SympyReadError(f"{expr}: write entry(…), with one subscript for each length of {shape}")


def _explicit(expr: Any, scope: Scope) -> Term:
    rows, columns = expr.shape
    if not rows or not columns:
        raise SympyReadError("expected a matrix with at least one entry, found none")
    return Matrix(tuple(_read_all((expr[i, j] for j in range(columns)), scope) for i in range(rows)))


# -- words ------------------------------------------------------------------------------------------------------------

Payload = Sequence[Any]


def _word(expr: Any, scope: Scope) -> Term:
    special = _SPECIAL.get(expr.word)
    if special is not None:
        return special(expr.payload, scope)
    name = _PLAIN.get(expr.word)
    if name is None:
        raise SympyReadError(f"{expr.word} is not one of the words of derive.read.symbols")
    return Op(name, _read_all(expr.payload, scope))


_PLAIN = {
    "matmul": "mul", "matvec": "mul", "plus": "add", "quotient": "div", "power": "pow", "inv": "inverse",
    "logistic": "logistic", "softplus": "softplus", "relu": "relu", "softmax": "softmax", "logsumexp": "logsumexp",
    "gaussian": "gaussian", "outer": "outer", "transpose": "transpose", "det": "det", "trace": "trace", "diag": "diag",
    "hadamard": "hadamard", "norm2": "norm2",
}  # fmt: skip
"""Words that are an operator of the language applied to their arguments."""


def _dot(payload: Payload, scope: Scope) -> Term:
    left, right = _read_all(payload, scope)
    return Op("mul", (Op("transpose", (left,)), right))


def _gradient(payload: Payload, scope: Scope) -> Term:
    return _deriv(_read(payload[0], scope), payload[1], scope)


def _partial(payload: Payload, scope: Scope) -> Term:
    return _deriv(_read(payload[0], scope), payload[1], scope, local=True)


def _hessian(payload: Payload, scope: Scope) -> Term:
    return _deriv(_gradient(payload, scope), payload[2], scope)


def _indicator(payload: Payload, scope: Scope) -> Term:
    if payload[0] in (sympy.true, sympy.false):
        return _decided(payload[0], scope)
    condition = _condition(payload[0], scope)
    if condition is None:
        raise SympyReadError("expected a condition in indicator, found nothing")
    return Op("indicator", (condition,))


def _cases(payload: Payload, scope: Scope) -> Term:
    return Cases(tuple((_read(value, scope), _condition(when, scope)) for value, when in payload))


def _relation(payload: Payload, scope: Scope) -> Term:
    left, right = _read_all(payload[1:], scope)
    return Rel(payload[0].name, left, right)


def _big_word(kind: str) -> Callable[[Payload, Scope], Term]:
    def read(payload: Payload, scope: Scope) -> Term:
        body, limits, where = payload
        return _nest(kind, limits, body, where, scope)

    return read


def _integral_word(payload: Payload, scope: Scope) -> Term:
    body, var, low, high = payload
    low = -sympy.oo if low == sympy.Tuple() else low
    high = sympy.oo if high == sympy.Tuple() else high
    return _one_integral(var, low, high, scope, lambda inner: _read(body, inner))


def _expectation(payload: Payload, scope: Scope) -> Term:
    body, var, density = payload
    discrete = isinstance(var, sympy.Tuple) or getattr(var, "name", None) in scope.context.indices
    name, domain, inner = (_bind_index if discrete else _bind_variable)(var, scope)
    return Expect(name, domain, _read(density, inner), _read(body, inner))


def _array(payload: Payload, scope: Scope) -> Term:
    body, limits = payload
    bound = [_bind_index(limit, scope)[:2] for limit in limits]
    inner = scope
    for limit in limits:
        inner = _bind_index(limit, inner)[2]
    if len({name for name, _ in bound}) != len(bound):
        raise SympyReadError("the indices of an array must have different names")
    return Array(tuple(bound), _read(body, inner))


def _entry_word(payload: Payload, scope: Scope) -> Term:
    return _entry_of(_read(payload[0], scope), payload[1:], scope)


def _call_word(payload: Payload, scope: Scope) -> Term:
    return _apply(payload[0].name, payload[2:], payload[1], scope)


def _entrywise(payload: Payload, scope: Scope) -> Term:
    return Op(payload[0].name, (_read(payload[1], scope),))


_SPECIAL: dict[str, Callable[[Payload, Scope], Term]] = {
    "dot": _dot, "gradient": _gradient, "partial": _partial, "hessian": _hessian, "at": _at, "indicator": _indicator,
    "cases": _cases, "relation": _relation, "integral": _integral_word, "expectation": _expectation, "array": _array,
    "entry": _entry_word, "call": _call_word, "entrywise": _entrywise,
    "sum_over": _big_word("sum"), "prod_over": _big_word("prod"), "max_over": _big_word("max"),
    "min_over": _big_word("min"), "argmax": _big_word("argmax"), "argmin": _big_word("argmin"),
    "identity": lambda payload, scope: _literal("identity", payload, scope),
    "ones": lambda payload, scope: _literal("ones", payload, scope),
    "zeros": lambda payload, scope: _literal("zeros", payload, scope),
}  # fmt: skip


_READERS: dict[type, Reader] = {
    Word: _word,
    # numbers and names
    sympy.Rational: _number, sympy.Float: _float, sympy.Symbol: _symbol, sympy.IndexedBase: _base, sympy.Idx: _idx,
    sympy.Indexed: _indexed,
    type(sympy.pi): lambda expr, scope: Const("pi"),
    type(sympy.E): lambda expr, scope: Const("e"),
    type(sympy.nan): _no_number, type(sympy.zoo): _no_number, type(sympy.oo): _no_number, type(-sympy.oo): _no_number,
    # arithmetic and functions
    sympy.Add: _add, sympy.Mul: _mul, sympy.Pow: _pow, sympy.exp: _exp, sympy.log: _function("log"),
    sympy.tanh: _function("tanh"), sympy.sin: _function("sin"), sympy.cos: _function("cos"),
    sympy.Abs: _function("abs"), sympy.factorial: _function("factorial"), sympy.floor: _function("floor"),
    sympy.Max: _extreme(">=", ramp=True),
    sympy.Min: _extreme("<=", ramp=False), sympy.KroneckerDelta: _delta, AppliedUndef: _applied,
    # conditions
    Relational: _relational, sympy.And: _connective("and"), sympy.Or: _connective("or"), sympy.Not: _connective("not"),
    type(sympy.true): _decided, type(sympy.false): _decided, sympy.Piecewise: _piecewise,
    # binders and derivatives
    sympy.Sum: _over("sum"), sympy.Product: _over("prod"), sympy.Integral: _sympy_integral,
    sympy.Derivative: _derivative, sympy.Subs: _subs,
    # matrices
    sympy.MatrixSymbol: _matrix_symbol, sympy.MatAdd: lambda e, s: Op("add", _read_all(e.args, s)),
    sympy.MatMul: _matmul, sympy.MatPow: _matpow,
    sympy.Inverse: lambda expr, scope: Op("inverse", (_read(expr.arg, scope),)),
    sympy.Transpose: _function("transpose"), sympy.Determinant: _function("det"), sympy.Trace: _function("trace"),
    DiagMatrix: _function("diag"), sympy_hadamard.HadamardProduct: lambda e, s: Op("hadamard", _read_all(e.args, s)),
    sympy_hadamard.HadamardPower: _hadamard_power, KroneckerProduct: lambda e, s: Op("kron", _read_all(e.args, s)),
    sympy.Identity: _lengths("identity"), sympy.ZeroMatrix: _lengths("zeros"), sympy.OneMatrix: _lengths("ones"),
    MatrixElement: _element, sympy.ImmutableDenseMatrix: _explicit, sympy.ImmutableSparseMatrix: _explicit,
}  # fmt: skip
"""One row for each class of SymPy that is read; a subclass is read as its nearest ancestor here."""
