"""Convexity in one number by the way a term is written: exponentials, squares and logarithms of affine terms."""

from __future__ import annotations

from collections.abc import Mapping

from derive.language.context import Context
from derive.language.dependencies import depends_on, mentioned
from derive.language.terms import (
    Apply,
    Array,
    Big,
    Const,
    Entry,
    Expect,
    Index,
    Matrix,
    Num,
    Op,
    Rel,
    Size,
    Sym,
    Term,
)

FLIPPED = {"constant": "constant", "affine": "affine", "convex": "concave", "concave": "convex"}
Kinds = Mapping[str, str]


def kind_of(term: Term, variable: str, context: Context, params: Kinds | None = None) -> str:
    """``constant``, ``affine``, ``convex`` or ``concave`` in the variable (each entry); nothing if that is not seen.

    >>> from fractions import Fraction
    >>> from derive.language.context import SymbolDecl
    >>> context = Context().with_symbol(SymbolDecl("x"))
    >>> x, two = Sym("x"), Num(Fraction(2))
    >>> terms = Op("exp", (Op("neg", (x,)),)), Op("pow", (x, two)), Op("mul", (x, x))
    >>> [kind_of(term, "x", context) for term in terms]
    ['convex', 'convex', '']
    """
    known = params or {}

    def inner(part: Term) -> str:
        return kind_of(part, variable, context, known)

    match term:
        case Num() | Const() | Size() | Index():
            return "constant"
        case Sym(name=name) if name in known:
            return known[name]
        case Sym(name=name):
            decl = context.symbols.get(name)
            if name == variable:
                return "affine"
            if decl is None or not depends_on(context, name, variable):
                return "constant"
            return "" if decl.definition is None else inner(decl.definition.body)
        case Apply(name=name, args=args):
            function = context.functions.get(name)
            if all(inner(arg) == "constant" for arg in args) and not _reaches(term, variable, context):
                return "constant"
            if function is None or function.body is None or len(args) != len(function.params):
                return ""
            given = dict(zip(function.params, (inner(arg) for arg in args), strict=True))
            return kind_of(function.body, variable, context, given)
        case Op(name="add", args=args):
            return _sum([inner(arg) for arg in args])
        case Op(name="neg", args=(arg,)):
            return FLIPPED.get(inner(arg), "")
        case Op(name="mul", args=args):
            return _product(args, [inner(arg) for arg in args], context)
        case Op(name="div", args=(top, bottom)):
            return _product((top, bottom), [inner(top), inner(bottom)], context) if inner(bottom) == "constant" else ""
        case Op(name="exp", args=(arg,)):
            return {"constant": "constant", "affine": "convex", "convex": "convex"}.get(inner(arg), "")
        case Op(name="pow", args=(base, Num(value=value))) if value == 2:
            return {"constant": "constant", "affine": "convex"}.get(inner(base), "")
        case Op(name="norm" | "norm2", args=(arg,)):
            return {"constant": "constant", "affine": "convex"}.get(inner(arg), "")
        case Op(name="log", args=(arg,)):
            return {"constant": "constant", "affine": "concave"}.get(inner(arg), "")
        case Op(name="transpose", args=(arg,)):
            return inner(arg)
        case Big(kind="sum", body=body, where=where):
            return inner(body) if where is None or inner(where) == "constant" else ""
        case Entry(base=base, indices=indices):
            return inner(base) if all(inner(index) == "constant" for index in indices) else ""
        case Array(body=body):
            return inner(body)
        case Matrix(rows=rows):
            return _sum([inner(cell) for row in rows for cell in row])
        case Expect(density=density, body=body):
            return inner(body) if inner(density) == "constant" and is_positive(density, context) else ""
        case Rel(left=left, right=right):
            return "constant" if inner(left) == inner(right) == "constant" else ""
        case Op(args=args):
            return "constant" if all(inner(arg) == "constant" for arg in args) else ""
    return ""


def _sum(kinds: list[str]) -> str:
    if "" in kinds or {"convex", "concave"} <= set(kinds):
        return ""
    return next((kind for kind in ("convex", "concave", "affine") if kind in kinds), "constant")


def _product(args: tuple[Term, ...], kinds: list[str], context: Context) -> str:
    """A product with at most one factor that is not constant: bent ones ask for constants that are not negative."""
    moving = [kind for kind in kinds if kind != "constant"]
    if not moving:
        return "constant"
    if len(moving) > 1 or moving[0] in ("", "affine"):
        return "affine" if moving == ["affine"] else ""
    constants = [arg for arg, kind in zip(args, kinds, strict=True) if kind == "constant"]
    return moving[0] if all(_is_nonnegative(arg, context) for arg in constants) else ""


def _is_nonnegative(term: Term, context: Context) -> bool:
    """Whether a term is never negative by the way it is written: a square, or what is positive."""
    match term:
        case Op(name="pow", args=(_, Num(value=value))) if value.denominator == 1 and value % 2 == 0:
            return True
        case Op(name="mul", args=args):
            return all(_is_nonnegative(arg, context) for arg in args)
        case Op(name="div", args=(top, bottom)):
            return _is_nonnegative(top, context) and is_positive(bottom, context)
        case Big(kind="sum", body=body):
            return _is_nonnegative(body, context)
        case Sym(name=name) if name in context.symbols and "nonnegative" in context.symbols[name].properties:
            return True
    return is_positive(term, context)


def _reaches(term: Term, variable: str, context: Context) -> bool:
    return any(depends_on(context, name, variable) for name in mentioned(context, term))


def is_positive(term: Term, context: Context) -> bool:
    """Whether a term is positive by the way it is written."""
    match term:
        case Num(value=value):
            return value > 0
        case Op(name="exp"):
            return True
        case Op(name="mul" | "div", args=args):
            return all(is_positive(arg, context) for arg in args)
        case Op(name="pow", args=(base, Num())):
            return is_positive(base, context)
        case Size():
            return True
        case Big(kind="sum", body=body, where=None):
            return is_positive(body, context)
        case Sym(name=name) if name in context.symbols:
            decl = context.symbols[name]
            if decl.definition is not None:
                return is_positive(decl.definition.body, context)
            return bool(decl.properties & {"positive", "open_unit"})
    return False


__all__ = ["is_positive", "kind_of"]
