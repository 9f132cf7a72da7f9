"""Sums and products of terms over ranges, integrals and expectations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derive.language.calls import written_out
from derive.language.extents import Extent, Range, Shape
from derive.language.terms import (
    Apply,
    Big,
    Const,
    Op,
    Sym,
    Term,
)
from derive.prove import elementary
from derive.prove.algebra import INTEGRAL, TooHard
from derive.prove.atoms import ONE, ZERO, Ix, Poly, add, scale
from derive.prove.elementary import Limit
from derive.prove.known_moments import MOST, known_moments
from derive.prove.moments import gaussian_factor, gaussian_moments
from derive.prove.scope import ONE_EXTENT, Bound, Env, Slots

if TYPE_CHECKING:
    from derive.prove.algebra import Algebra
    from derive.prove.lower import Lowering


MAX_WRITTEN_OUT = 100
"""How many terms of a sum over a range of known numbers are written out."""


def big(reader: Lowering, term: Big, slots: Slots, env: Env) -> Poly:
    """An entry of a sum or product over an index."""
    if term.kind not in ("sum", "prod"):
        raise TooHard(f"{term.kind} over an index")
    algebra = reader.algebra
    high = term.range.high.renamed({n: _as_extent(b.ix) for n, b in env.items() if b.ix is not None and _plain(b.ix)})
    low = term.range.low.renamed({n: _as_extent(b.ix) for n, b in env.items() if b.ix is not None and _plain(b.ix)})
    r = Range(low, high)
    start, stop = low.constant, high.constant
    parts: list[Poly] = []
    if start is not None and stop is not None:
        if stop - start > MAX_WRITTEN_OUT:
            raise TooHard(f"a range of {stop - start + 1} numbers")
        parts += [_summand(reader, term, Ix("", i), slots, env) for i in range(start, stop + 1)]
        return _combined(reader, term, parts)
    moved = 0
    if start is not None and start < 1:
        least = _least_end(algebra, high)
        if least is None or least < start - 1:
            raise TooHard(f"a range {r} that may be empty in a way that its bounds do not tell")
        if least < 0:  # where it is empty, so is the range that begins with 1 and is as long
            moved, high, low = 1 - start, high + (1 - start), ONE_EXTENT
        else:
            parts += [_summand(reader, term, Ix("", i), slots, env) for i in range(start, 1)]
        r = Range(ONE_EXTENT, high)
    r, guards = _outer_range(reader, r)
    var = algebra.fresh(algebra.range_key(r))
    value = algebra.index_value(Ix(var))
    gaps = [add(value, scale(algebra.extent(high), -1))] if "high" in guards else []
    gaps += [add(algebra.extent(low), scale(value, -1))] if "low" in guards else []
    guard = algebra.mul(*(add(ONE, scale(algebra.indicator(">", gap), -1)) for gap in gaps))
    body = _summand(reader, term, Ix(var, -moved), slots, env, guard)
    if term.kind == "sum":
        return add(*parts, algebra.sum_range(body, var, r))
    if r.low.constant != 1:
        raise TooHard(f"a product over {r}")
    return algebra.mul(*parts, algebra.product_over(body, var, algebra.range_key(r)))


def _least_end(algebra: Algebra, high: Extent) -> int | None:
    """The least value of the end of a range: a size, or an index that has one, and a number."""
    least = algebra.least_extent(high)
    if least is not None or len(high.names) != 1:
        return least
    (name,) = high.names
    first, shift = algebra.least_index(name), (high - name).constant
    return None if first is None or shift is None else first + shift


def _combined(reader: Lowering, term: Big, parts: list[Poly]) -> Poly:
    if term.kind == "sum":
        return add(*parts) if parts else ZERO
    return reader.algebra.mul(*parts)


def _summand(reader: Lowering, term: Big, ix: Ix, slots: Slots, env: Env, guard: Poly = ONE) -> Poly:
    """The body at one value of the index: nothing in a sum (one in a product) where its condition does not hold."""
    here = {**env, term.var: Bound("ix", ix=ix, scope=term.range)}
    if term.where is not None:
        guard = reader.algebra.mul(guard, reader.condition(term.where, (), here))
    if guard.is_zero:
        return ZERO if term.kind == "sum" else ONE
    body = reader.lower(term.body, slots, here)
    if guard == ONE:
        return body
    return reader.algebra.mul(guard, body) if term.kind == "sum" else reader.algebra.power_poly(body, guard)


def _outer_range(reader: Lowering, r: Range) -> tuple[Range, set[str]]:
    """A range that ends or starts at an index (j ≤ i) widened to that index's own range; which ends need a
    condition."""
    guards: set[str] = set()
    low, high = r.low, r.high
    for end in ("high", "low"):
        extent = high if end == "high" else low
        for name in sorted(extent.names):
            if name in reader.context.sizes or (
                name not in reader.context.indices and name not in reader.algebra.range_of
            ):
                continue
            key = reader.algebra.range_of.get(name)
            shift = (extent - name).constant
            if key is None or shift is None or (end == "low" and shift < 0):
                raise TooHard(f"a range {r}")
            guards.add(end)
            high = _widened(reader.algebra.lengths[key] + max(shift, 0)) if end == "high" else high
            low = ONE_EXTENT if end == "low" else low
    return Range(low, high), guards


def expectation(
    reader: Lowering, var: str, shape: Shape, density: Term | None, body: Term, slots: Slots, env: Env
) -> Poly:
    """An entry of an integral, or of an expectation under a density."""
    algebra = reader.algebra
    name = algebra.fresh(INTEGRAL + ",".join(reader.key(e) for e in shape))
    here = {**env, var: Bound("var", ix=Ix(name), scope=shape)}
    form = None if density is None else _form(reader, density)
    found = gaussian_factor(var, form, body if density is not None else _with_forms(reader, var, body))
    if found is not None:
        try:
            return _moments(reader, var, name, shape, found, slots, env)
        except TooHard:
            pass  # no polynomial: the integral as it stands
    known = known_moments(var, density, reader.context)
    if known is not None:
        try:
            return _moments(reader, var, name, shape, ((*known, False), body), slots, env, MOST)
        except TooHard:
            pass  # of a higher degree: nobody knows
    whole = body if density is None else Op("mul", (density, body))
    p = reader.lower(whole, slots, here)
    finished = None if shape else elementary.over_all(algebra, p, name)
    return algebra.sum_over(p, name, algebra.range_of[name]) if finished is None else finished


def between(
    reader: Lowering,
    var: str,
    shape: Shape,
    limits: tuple[Term | None, Term | None],
    body: Term,
    slots: Slots,
    env: Env,
) -> Poly:
    """An integral with limits; from minus to plus infinity it is one without."""
    low, high = (_limit(reader, limit, default, env) for limit, default in zip(limits, (-1, 1), strict=True))
    if low.value is None and high.value is None and (low.infinity, high.infinity) == (-1, 1):
        return expectation(reader, var, shape, None, body, slots, env)
    if shape:
        raise TooHard("an integral of a vector with limits")
    name = reader.algebra.fresh(INTEGRAL)
    p = reader.lower(body, slots, {**env, var: Bound("var", ix=Ix(name), scope=shape)})
    return elementary.between(reader.algebra, p, name, low, high)


def _limit(reader: Lowering, limit: Term | None, default: int, env: Env) -> Limit:
    if limit is None:
        return Limit(None, default)
    below = limit.args[0] if isinstance(limit, Op) and limit.name == "neg" else None
    if limit == Const("inf") or below == Const("inf"):
        return Limit(None, 1 if below is None else -1)
    return Limit(reader.lower(limit, (), env))


def _form(reader: Lowering, density: Term) -> Term:
    """The body of a defined density that is called, at its arguments."""
    decl = reader.context.functions.get(density.name) if isinstance(density, Apply) else None
    if decl is None or decl.body is None or not isinstance(density, Apply) or density.indices:
        return density
    if density.args == tuple(map(Sym, decl.params)):
        return decl.body
    return written_out(reader.context, density) or density


def _with_forms(reader: Lowering, var: str, body: Term) -> Term:
    """A product with the bodies of the densities of the variable that are factors in it."""
    factors = body.args if isinstance(body, Op) and body.name == "mul" else (body,)
    written = tuple(
        _form(reader, each) if isinstance(each, Apply) and Sym(var) in each.args else each for each in factors
    )
    return body if written == factors else Op("mul", written)


def _moments(
    reader: Lowering,
    var: str,
    name: str,
    shape: Shape,
    found: tuple[tuple[Term, Term, bool], Term],
    slots: Slots,
    env: Env,
    most: int | None = None,
) -> Poly:
    """An expectation under a normal density, or under one whose moments are known up to the degree ``most``."""
    algebra = reader.algebra
    here = {**env, var: Bound("var", ix=Ix(name), scope=shape)}
    (mean, spread, diagonal), rest = found
    inner = reader.lower(rest, slots, here)
    env = env if most is None else {}  # what is assumed is not said inside of anything
    if not shape:
        m = reader.lower(mean, (), env)
        s = reader.lower(spread, (), env)
        return gaussian_moments(algebra, inner, name, lambda i: m, lambda i, j: s, most)
    wide = reader.shape(spread, env)

    def covariance(i: Ix, j: Ix) -> Poly:
        if diagonal or not wide:
            value = reader.lower(spread, (i,) if diagonal else (), env)
            return algebra.mul(algebra.delta(i, j), value)
        return reader.lower(spread, (i, j), env)

    return gaussian_moments(algebra, inner, name, lambda i: reader.lower(mean, (i,), env), covariance, most)


def _widened(extent: Extent) -> Extent:
    """A length such as T - 1 without what is taken away: what is beyond the end is left out by a condition."""
    whole = [(names, factor) for names, factor in extent.terms if names]
    name = whole[0][0][0] if len(whole) == 1 and len(whole[0][0]) == 1 and whole[0][1] == 1 else None
    return extent if name is None or ((extent - name).constant or 0) >= 0 else Extent.of(name)


def _as_extent(ix: Ix) -> Extent:
    return Extent.of(ix.base) + ix.shift if ix.base else Extent.of(ix.shift)


def _plain(ix: Ix) -> bool:
    return ix.atom is None
