"""Conditions as 0 or 1, and terms by cases."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derive.language.terms import (
    Entry,
    Index,
    Num,
    Op,
    Rel,
    Size,
    Sym,
    Term,
)
from derive.prove.atoms import ONE, ZERO, Poly, add, scale
from derive.prove.limits import TooHard
from derive.prove.scope import Env, Slots

if TYPE_CHECKING:
    from derive.prove.lower import Lowering


def cases(reader: Lowering, branches: tuple[tuple[Term, Term | None], ...], slots: Slots, env: Env) -> Poly:
    """An entry of the first branch whose condition holds. Where surely none holds, it is nothing."""
    total = ZERO
    left = ONE
    for value, condition in branches:
        here = (
            ONE
            if condition is None
            else reader.condition(condition, slots if reader.shape(condition, env) else (), env)
        )
        weight = reader.algebra.mul(left, here)
        if weight.terms:
            total = add(total, reader.algebra.mul(weight, reader.lower(value, slots, env)))
        left = reader.algebra.mul(left, add(ONE, scale(here, -1)))
        if left.is_zero:
            break
    if left == ONE and branches:
        raise TooHard("none of the cases holds")
    return total


def condition(reader: Lowering, term: Term, slots: Slots, env: Env) -> Poly:
    """A condition as 0 or 1."""
    algebra = reader.algebra
    match term:
        case Op("and", args):
            return algebra.mul(*(reader.condition(arg, slots, env) for arg in args))
        case Op("or", args):
            none = algebra.mul(*(add(ONE, scale(reader.condition(arg, slots, env), -1)) for arg in args))
            return add(ONE, scale(none, -1))
        case Op("not", (arg,)):
            return add(ONE, scale(reader.condition(arg, slots, env), -1))
        case Rel(op, left, right):
            return _relation(reader, op, left, right, slots, env)
    return reader.lower(term, slots, env)


def _relation(reader: Lowering, op: str, left: Term, right: Term, slots: Slots, env: Env) -> Poly:
    algebra = reader.algebra
    if op in ("=", "!="):
        same = reader.same(left, right, slots, env)
        return same if op == "=" else add(ONE, scale(same, -1))
    a = reader.lower(left, slots if reader.shape(left, env) else (), env)
    b = reader.lower(right, slots if reader.shape(right, env) else (), env)
    if op in (">", "<"):
        return algebra.indicator(">", add(a, scale(b, -1)) if op == ">" else add(b, scale(a, -1)))
    strict = algebra.indicator(">", add(b, scale(a, -1)) if op == ">=" else add(a, scale(b, -1)))
    return add(ONE, scale(strict, -1))


def same(reader: Lowering, left: Term, right: Term, slots: Slots, env: Env) -> Poly:
    """1 where two terms agree, else 0."""
    if _is_reference(reader, left, env) and _is_reference(reader, right, env):
        return reader.algebra.delta(reader.ix(left, env), reader.ix(right, env))
    a = reader.lower(left, slots if reader.shape(left, env) else (), env)
    b = reader.lower(right, slots if reader.shape(right, env) else (), env)
    return reader.algebra.indicator("=", add(a, scale(b, -1)))


def _is_reference(reader: Lowering, term: Term, env: Env) -> bool:
    """Whether a term can stand in a slot: an index, a whole number, or a label."""
    match term:
        case Index() | Size():
            return True
        case Num(value):
            return value.denominator == 1
        case Sym(name) if name not in env:
            decl = reader.context.symbols.get(name)
            return decl is not None and decl.label_range is not None and decl.definition is None
        case Entry(base, _):
            return _is_reference(reader, base, env)
        case Op("add" | "neg", args):
            return all(_is_reference(reader, arg, env) for arg in args) and any(isinstance(a, Index) for a in args)
    return False
