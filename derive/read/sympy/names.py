"""Numbers, names and subscripts: what they mean in a context and a scope."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import sympy

from derive.language.context import Context, SymbolDecl
from derive.language.extents import Extent, Range, Shape, show_shape
from derive.language.operators import ShapeError
from derive.language.shapes import extent_of
from derive.language.terms import Array, Big, Const, Entry, Index, Num, Size, Sym, Term
from derive.read.dependencies import inline
from derive.read.errors import ReadError
from derive.read.names import Component, option
from derive.read.scopes import Scope
from derive.read.symbols import SympyReadError, find_name
from derive.read.sympy.reading import Reader, read_expr, shape_in


def _number(expr: Any, scope: Scope) -> Term:
    return Num(Fraction(int(expr.p), int(expr.q)))


def _float(expr: Any, scope: Scope) -> Term:
    raise SympyReadError(f"{expr} is a rounded number; write it exactly, as Rational('{expr}') or Rational(p, q)")


def _no_number(expr: Any, scope: Scope) -> Term:
    raise SympyReadError(
        f"SymPy made {expr} of what was written: a division by zero, or infinity outside the limits of an integral"
    )


def _symbol(expr: Any, scope: Scope) -> Term:
    return name_of(expr.name, expr, scope)


def _base(expr: Any, scope: Scope) -> Term:
    return name_of(_base_name(expr), expr.label, scope)


def _idx(expr: Any, scope: Scope) -> Term:
    if not isinstance(expr.label, sympy.Symbol):
        return read_expr(expr.label, scope)
    return _symbol(expr.label, scope)


def _base_name(base: Any) -> str:
    label = getattr(base, "label", base)
    if not isinstance(label, sympy.Symbol):
        raise SympyReadError(f"expected a name before the subscripts, found {label}; write entry({label}, …)")
    return str(label.name)


def name_of(name: str, symbol: Any, scope: Scope) -> Term:
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
        refuse_undeclared(name, scope.context)
        raise SympyReadError(f"{name} is a function; apply it: {name}(…)")
    family = len(decl.family)
    if family and not subscripts and name in _words_of(scope.context.options.get("whole")):
        return _whole_family(decl, scope)
    if not family <= len(subscripts) <= family + len(decl.shape):
        raise SympyReadError(_subscript_count(decl, len(subscripts)))
    lengths = (*decl.family, *map(Range.upto, decl.shape))
    read = tuple(read_subscript(s, slot, scope, name) for s, slot in zip(subscripts, lengths, strict=False))
    member = _member(decl, read[:family], scope)
    return Entry(member, read[family:]) if read[family:] else member


def _whole_name(name: str, subscripts: int, context: Context) -> str:
    """The quantity that a declared alias, or a declared component with all or none of its entries, is written for."""
    component = option(context, "component").get(name)
    if isinstance(component, Component) and subscripts in (component.family, component.family + component.entries):
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


def refuse_undeclared(name: str, context: Context) -> None:
    """Say what an undeclared name may have meant; return if it is a function."""
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


def read_subscript(expr: Any, slot: Range, scope: Scope, owner: str) -> Term:
    """A subscript that stays inside its slot for every admissible size."""
    if not isinstance(expr, sympy.Expr):
        raise SympyReadError(f"expected an index or a whole number as a subscript of {owner}, found {expr}")
    read = read_expr(expr, scope)
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
    return (extent_in(read),)


def _range_of(index: Index, scope: Scope) -> Range | Shape:
    bound = scope.find(index.name)
    return bound.what if bound is not None else scope.context.indices[index.name]


def extent_in(read: Term) -> Extent:
    """A whole-number term as an extent."""
    try:
        return extent_of(read)
    except ShapeError as error:
        raise SympyReadError(f"{error}, as a subscript, a limit or a length") from error


def _indexed(expr: Any, scope: Scope) -> Term:
    name = _base_name(expr.base)
    bound = scope.find(name)
    if bound is None:
        return _quantity(name, expr.indices, scope)
    base = name_of(name, getattr(expr.base, "label", None), scope)
    if isinstance(base, Index):
        raise SympyReadError(f"{expr}: {name} is a bound index here, and takes no subscripts")
    return entry_of(base, expr.indices, scope)


def entry_of(base: Term, subscripts: Sequence[Any], scope: Scope) -> Term:
    """An entry (or row) of a term."""
    shape = shape_in(base, scope)
    if not 0 < len(subscripts) <= len(shape):
        raise SympyReadError(f"{len(subscripts)} subscripts on something of shape {show_shape(shape)}")
    slots = map(Range.upto, shape)
    return Entry(base, tuple(read_subscript(s, r, scope, "an entry") for s, r in zip(subscripts, slots, strict=False)))


ROWS: dict[type, Reader] = {
    sympy.Rational: _number,
    sympy.Float: _float,
    sympy.Symbol: _symbol,
    sympy.IndexedBase: _base,
    sympy.Idx: _idx,
    sympy.Indexed: _indexed,
    type(sympy.pi): lambda expr, scope: Const("pi"),
    type(sympy.E): lambda expr, scope: Const("e"),
    type(sympy.nan): _no_number,
    type(sympy.zoo): _no_number,
    type(sympy.oo): _no_number,
    type(-sympy.oo): _no_number,
}
