"""What operations ask of their arguments: divisors not zero, logarithms of positive things, matrices invertible."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from functools import lru_cache

from derive.language.context import Context, Definition
from derive.language.extents import Extent
from derive.language.instances import at_index
from derive.language.operators import ShapeError
from derive.language.shapes import EMPTY, Scope, shape_of
from derive.language.terms import (
    At,
    Big,
    Cases,
    Index,
    Num,
    Op,
    Rel,
    Size,
    Sym,
    Term,
    bound_names,
    children,
    rebuild,
    subterms,
)

ZERO = Num(Fraction(0))
DEEPEST = 8


def asked(term: Term, context: Context, scope: Scope) -> list[Rel]:
    """What one operation asks of its arguments."""
    match term:
        case Op("div" | "hadamard_div", (_, Op("sqrt", (base,)))):
            return [Rel(">", base, ZERO)]
        case Op("div" | "hadamard_div", (_, below)):
            return [Rel("!=", below, ZERO)]
        case Op("pow", (base, exponent)):
            return _of_power(base, exponent)
        case Op("sqrt", (base,)):
            return [Rel(">=", base, ZERO)]
        case Op("log", (base,)):
            return [Rel(">", base, ZERO)]
        case Op("inverse", (base,)):
            return [Rel("!=", Op("det", (base,)) if _wide(base, context, scope) else base, ZERO)]
    return []


def _of_power(base: Term, exponent: Term) -> list[Rel]:
    """x^-n asks for x ≠ 0, a root for x ≥ 0, and one over a root for x > 0."""
    value = _number(exponent)
    if value is None:
        return [Rel("!=", base, ZERO)] if isinstance(exponent, Op) and exponent.name == "neg" else []
    if value.denominator != 1:
        return [Rel(">" if value < 0 else ">=", base, ZERO)]
    return [Rel("!=", base, ZERO)] if value < 0 else []


def _number(term: Term) -> Fraction | None:
    """A number as it may be written: 3, -3, 1/2, -1/2."""
    match term:
        case Num(value):
            return value
        case Op("neg", (inner,)):
            positive = _number(inner)
            return None if positive is None else -positive
        case Op("div", (above, below)):
            top, bottom = _number(above), _number(below)
            return top / bottom if top is not None and bottom else None
    return None


def _wide(term: Term, context: Context, scope: Scope) -> bool:
    try:
        shape = shape_of(term, context, scope)
    except ShapeError:
        return False
    return len(shape) == 2 and Extent.of(1) not in shape


def asked_beyond_sums(term: Term, context: Context) -> list[Rel]:
    """What is asked inside of a sum that may have no term, and does not depend on its index: that is asked of whoever
    writes the sum, also where it is empty.

    >>> from derive.language.extents import Range
    >>> share = Op("div", (Index("k"), Sym("s")))
    >>> asked_beyond_sums(Big("sum", "k", Range(Extent.of(2), Extent.of("n")), share), Context())
    [Rel(op='!=', left=Sym(name='s', indices=()), right=Num(value=Fraction(0, 1), text=''))]
    """
    return list(dict.fromkeys(_beyond(term, context, frozenset(), False, DEEPEST, set())))


_Seen = set[tuple[Sym, frozenset[str], bool, int]]


def _beyond(
    term: Term, context: Context, bound: frozenset[str], inside: bool, depth: int, seen: _Seen
) -> Iterator[Rel]:
    if inside:
        for relation in asked(term, context, EMPTY):
            if not any(isinstance(part, Index | Sym | Size) and part.name in bound for part in subterms(relation.left)):
                yield relation
    if isinstance(term, Cases | At):
        return
    if isinstance(term, Sym) and term.name not in bound and depth and (term, bound, inside, depth) not in seen:
        seen.add((term, bound, inside, depth))
        body = _definition(term, context)
        if body is not None:
            yield from _beyond(body, context, bound, inside, depth - 1, seen)
    inside = inside or (isinstance(term, Big) and _may_be_empty(term))
    for part in children(term):
        yield from _beyond(part, context, bound | {*bound_names(term)}, inside, depth, seen)


def _may_be_empty(term: Big) -> bool:
    low, high = term.range.low.constant, term.range.high
    return term.where is not None or low != 1 or high != Extent.of(str(high)) or high.constant is not None


def _definition(term: Sym, context: Context) -> Term | None:
    """What defines a quantity, with these indices in the place of its parameters."""
    decl = context.symbols.get(term.name)
    return None if decl is None or decl.definition is None else _with_indices(term, decl.definition)


@lru_cache(maxsize=1024)
def _with_indices(term: Sym, definition: Definition) -> Term | None:
    """What a definition says of a quantity with these indices; they are put in once."""
    body, params = definition.body, definition.params
    names = [index.name for index in term.indices if isinstance(index, Index)]
    if len(names) != len(params):
        return None
    try:
        body = _apart(body, frozenset(names))
        for place, param in enumerate(params):
            body = at_index(body, param, 0, after=f"⟨{place}⟩")
        for place, name in enumerate(names):
            body = at_index(body, f"⟨{place}⟩", 0, after=name)
    except ShapeError:
        return None
    return body


def _apart(term: Term, names: frozenset[str]) -> Term:
    """The term in which no big operator binds one of these names."""
    term = rebuild(term, lambda part: _apart(part, names))
    if not isinstance(term, Big) or term.var not in names:
        return term
    new = f"⟨{term.var}⟩"
    where = None if term.where is None else at_index(term.where, term.var, 0, after=new)
    return replace(term, var=new, body=at_index(term.body, term.var, 0, after=new), where=where)
