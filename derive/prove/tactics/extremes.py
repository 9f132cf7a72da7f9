"""The greatest and the least of finitely many numbers: max_k f(k) as a number that none of them exceeds, or as each.

What holds of every number m with f(k) ≤ m for all k holds of the greatest of them. So does what holds of f(κ) for
every κ: one of them is the greatest.

max_k (c + a f(k)) = c + a max_k f(k)         where neither c nor a depends on k, and a is a positive number
min_k f(k) = -max_k -f(k)
"""

from __future__ import annotations

from collections.abc import Callable, Container
from dataclasses import dataclass

from derive.language.claims import Compare, Equal
from derive.language.context import Context, Fact, SymbolDecl
from derive.language.extents import Range
from derive.language.instances import at_index, free_indices
from derive.language.operators import ShapeError
from derive.language.terms import (
    Array,
    At,
    Big,
    Deriv,
    Expect,
    Index,
    Integral,
    Num,
    Op,
    Rel,
    Size,
    Sym,
    Term,
    bound_names,
    rebuild,
    subterms,
)

MARK = "°"
"""What makes a name new."""


@dataclass(frozen=True)
class Replaced:
    """A claim without one of its extremes, and the context that it is claimed in."""

    statement: Equal | Compare
    context: Context


def replaced(statement: Equal | Compare, context: Context) -> list[Replaced]:
    """The claims that each show this one; none where it holds no extreme that can be replaced."""
    parts = [part for side in (statement.left, statement.right) for part in subterms(side)]
    if not any(_is_extreme(part) for part in parts) or any(isinstance(part, Deriv | At) for part in parts):
        return []
    try:
        left, right = (_settled(side, context) for side in (statement.left, statement.right))
    except ShapeError:
        return []
    inside = [part for side in (left, right) for part in subterms(side)]
    extreme = next((part for part in inside if isinstance(part, Big) and _stands_alone(part, context)), None)
    ranges = _ranges(inside, context)
    free = _free(extreme, context) if extreme is not None else frozenset()
    if extreme is None or ranges is None or not free <= ranges.keys():
        return []
    variables = {part.var for part in inside if isinstance(part, Integral | Expect)}
    if any(isinstance(part, Sym) and part.name in variables for part in subterms(extreme)):
        return []

    def of(instead: Term) -> Equal | Compare:
        one, two = (_with(side, extreme, instead) for side in (left, right))
        return Equal(one, two) if isinstance(statement, Equal) else Compare(statement.op, one, two)

    try:
        claims = [_bounded(extreme, ranges, of, context)]
        if free.isdisjoint(name for part in inside for name in bound_names(part)):
            index = _new(extreme.var, ranges)
            one = at_index(extreme.body, extreme.var, 0, after=index)
            claims.append(Replaced(of(one), context.with_index(index, extreme.range)))
    except ShapeError:
        return []
    return claims


def _bounded(
    extreme: Big, ranges: dict[str, Range], of: Callable[[Term], Equal | Compare], context: Context
) -> Replaced:
    """The claim of any number that is at least each of them; for each value of the indices that they depend on."""
    free = sorted(_free(extreme, context))
    renamed: Term = extreme.body
    names: list[str] = []
    for old in (*free, extreme.var):
        new = _new(old, (*ranges, *names))
        renamed = at_index(renamed, old, 0, after=new)
        names.append(new)
        context = context.with_index(new, extreme.range if old == extreme.var else ranges[old])
    name = _new("m", context.symbols)
    family = tuple(ranges[index] for index in free)
    context = context.with_symbol(SymbolDecl(name, family, tuple(free), properties=frozenset({"real"})))
    least = Rel("<=", renamed, Sym(name, tuple(map(Index, names[:-1]))))
    return Replaced(of(Sym(name, tuple(map(Index, free)))), context.with_fact(Fact(least)))


def _free(extreme: Big, context: Context) -> frozenset[str]:
    """The indices that an extreme depends on."""
    return free_indices(extreme) - context.sizes.keys()


def _new(name: str, taken: Container[str]) -> str:
    name += MARK
    while name in taken:
        name += MARK
    return name


def _is_extreme(part: Term) -> bool:
    return isinstance(part, Big) and part.kind in ("max", "min")


def _stands_alone(part: Big, context: Context) -> bool:
    """Whether this is an extreme of numbers without another in them, and of one number at least."""
    if part.kind != "max" or part.where is not None or any(_is_extreme(each) for each in subterms(part.body)):
        return False
    length = part.range.length
    if not length.names <= context.sizes.keys() or any(factor < 0 for names, factor in length.terms if names):
        return False
    return length.value(dict(context.sizes)) >= 1


def _ranges(parts: list[Term], context: Context) -> dict[str, Range] | None:
    """The range of every index, free or bound; None where a name has two, or one that depends on another index."""
    ranges = dict(context.indices)
    for part in parts:
        match part:
            case Big(var=var, range=own):
                pairs: tuple[tuple[str, Range], ...] = ((var, own),)
            case Array(vars=pairs):
                pass
            case Expect(var=var, domain=Range() as own):
                pairs = ((var, own),)
            case _:
                continue
        for name, own in pairs:
            if ranges.setdefault(name, own) != own or not own.names <= context.sizes.keys():
                return None
    return {name: own for name, own in ranges.items() if own.names <= context.sizes.keys()}


def _with(term: Term, part: Term, instead: Term) -> Term:
    return instead if term == part else rebuild(term, lambda each: _with(each, part, instead))


# -- one form for the same extreme -------------------------------------------------------------------------------------
def _settled(term: Term, context: Context) -> Term:
    """A term in which each least number is a greatest one, over an index of one name, of what depends on it."""
    term = rebuild(term, lambda part: _settled(part, context))
    if not isinstance(term, Big) or not _is_extreme(term) or term.where is not None:
        return term
    var = MARK
    body = at_index(term.body, term.var, 0, after=var)
    if term.kind == "max":
        return _greatest(body, var, term.range, context)
    return _minus(_greatest(_minus(body), var, term.range, context))


def _greatest(body: Term, var: str, over: Range, context: Context) -> Term:
    """The greatest value of a body, with what does not depend on the index outside of it."""
    match body:
        case Op("neg", (Op("neg", (inside,)),)):
            return _greatest(inside, var, over, context)
        case Op("neg", (Op("add", args),)):
            return _greatest(Op("add", tuple(_minus(arg) for arg in args)), var, over, context)
        case Op("add", args) if any(var not in free_indices(arg) for arg in args):
            fixed = tuple(arg for arg in args if var not in free_indices(arg))
            rest = tuple(arg for arg in args if var in free_indices(arg))
            if rest:
                inside = rest[0] if len(rest) == 1 else Op("add", rest)
                return Op("add", (*fixed, _greatest(inside, var, over, context)))
        case Op("mul", args) if (scale := _positive(args, var, context)) is not None:
            rest = tuple(arg for arg in args if arg not in scale)
            inside = rest[0] if len(rest) == 1 else Op("mul", rest)
            return Op("mul", (*scale, _greatest(inside, var, over, context)))
        case Op("neg", (Op("mul", args),)) if (scale := _positive(args, var, context)) is not None:
            rest = tuple(arg for arg in args if arg not in scale)
            inside = rest[0] if len(rest) == 1 else Op("mul", rest)
            return Op("mul", (*scale, _greatest(_minus(inside), var, over, context)))
        case Op("div", (above, below)) if _is_positive(below, var, context):
            return Op("div", (_greatest(above, var, over, context), below))
    return Big("max", var, over, body)


def _positive(args: tuple[Term, ...], var: str, context: Context) -> tuple[Term, ...] | None:
    """The positive numbers among factors that do not depend on an index, if some does depend on it."""
    found = tuple(arg for arg in args if _is_positive(arg, var, context))
    return found if found and any(arg not in found for arg in args) else None


def _is_positive(term: Term, var: str, context: Context) -> bool:
    if var in free_indices(term):
        return False
    match term:
        case Num(value=value):
            return value > 0
        case Sym(name=name):
            decl = context.symbols.get(name)
            return decl is not None and not decl.shape and bool(decl.properties & {"positive", "open_unit"})
        case Size():
            return True
    return False


def _minus(term: Term) -> Term:
    match term:
        case Op("neg", (inside,)):
            return inside
        case Num(value=value):
            return Num(-value)
    return Op("neg", (term,))


__all__ = ["Replaced", "replaced"]
