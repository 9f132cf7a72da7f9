"""What must hold for a term to mean anything: divisors not zero, logarithms of positive things, matrices invertible."""

from __future__ import annotations

from fractions import Fraction

from derive.language.context import Context
from derive.language.extents import Extent
from derive.language.operators import ShapeError
from derive.language.shapes import Scope, shape_of
from derive.language.terms import (
    Apply,
    Array,
    Big,
    Deriv,
    Expect,
    Integral,
    Num,
    Op,
    Rel,
    Sym,
    Term,
    children,
)

ZERO = Num(Fraction(0))


def conditions_of(term: Term, context: Context, scope: Scope | None = None) -> list[tuple[Rel, Scope]]:
    """The conditions of a term, each with the bound names in scope where it arises (innermost last, no repeats)."""
    found: list[tuple[Rel, Scope]] = []
    _walk(term, context, dict(scope or {}), found, set())
    seen: list[tuple[Rel, Scope]] = []
    for pair in found:
        if pair not in seen:
            seen.append(pair)
    return seen


def _walk(
    term: Term, context: Context, scope: dict[str, object], found: list[tuple[Rel, Scope]], open_: set[str]
) -> None:
    match term:
        case Op("div" | "hadamard_div", (_, Op("sqrt", (base,)))):
            _note(Rel(">", base, ZERO), scope, found)
        case Op("div" | "hadamard_div", (_, below)):
            _note(Rel("!=", below, ZERO), scope, found)
        case Op("pow", (base, Num(value))) if value < 0 and value.denominator != 1:
            _note(Rel(">", base, ZERO), scope, found)
        case Op("pow", (base, Num(value))) if value < 0:
            _note(Rel("!=", base, ZERO), scope, found)
        case Op("pow", (base, Num(value))) if value.denominator != 1:
            _note(Rel(">=", base, ZERO), scope, found)
        case Op("sqrt", (base,)):
            _note(Rel(">=", base, ZERO), scope, found)
        case Op("log", (base,)):
            _note(Rel(">", base, ZERO), scope, found)
        case Op("inverse", (base,)):
            _note(Rel("!=", base if not _wide(base, context, scope) else Op("det", (base,)), ZERO), scope, found)
        case Sym(name) if name not in scope and name not in open_:
            decl = context.symbols.get(name)
            if decl is not None and decl.definition is not None:
                inner = dict(zip(decl.definition.params, decl.family, strict=True))
                _walk(decl.definition.body, context, dict(inner), found, open_ | {name})
        case Apply(name) if name not in open_:
            function = context.functions.get(name)
            if function is not None and function.builtin is not None:
                _walk(Op(function.builtin, term.args), context, scope, found, open_)
    here = dict(scope)
    match term:
        case Big(var=var, range=r):
            here[var] = r
        case Integral(var=var, shape=shape):
            here[var] = shape
        case Expect(var=var, domain=domain):
            here[var] = domain
        case Array(vars=pairs):
            here.update(dict(pairs))
        case Deriv():
            pass
    for part in children(term):
        _walk(part, context, here, found, open_)


def _note(condition: Rel, scope: dict[str, object], found: list[tuple[Rel, Scope]]) -> None:
    found.append((condition, dict(scope)))  # type: ignore[arg-type]


def _wide(term: Term, context: Context, scope: dict[str, object]) -> bool:
    try:
        shape = shape_of(term, context, scope)  # type: ignore[arg-type]
    except ShapeError:
        return False
    return len(shape) == 2 and Extent.of(1) not in shape
