"""What defines a best point by an inverse, used as the equation that the point solves: its matrix times the point."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import TYPE_CHECKING

from derive.certify.inverses import contracted
from derive.certify.writing import Step, one, said
from derive.replay import terms as t
from derive.replay.check import Steps
from derive.replay.data import Refused
from derive.replay.goals import star
from derive.replay.terms import ONE, ZERO, Poly, minus, mul, name, number, of, power

if TYPE_CHECKING:
    from derive.certify.search import Search

MOST = 40
"""How many multiples are tried."""


def solving(search: Search, p: Poly) -> tuple[Poly, Steps]:
    """p with fewer terms, or p."""
    for n in sorted(search.proof.supposed):
        for step in _equations(search, p, n):
            found = _used(search, p, step)
            if found is not None:
                return found
    return p, []


def _equations(search: Search, p: Poly, n: str) -> Iterator[Step]:
    """The equation at an entry that stands there, or weighed with what is between the variable and the point."""
    decl = search.context.symbols.get(n)
    if decl is None or len(decl.shape) != 1:
        return
    *family, (_, length) = search.proof.reader.ends(n)
    b, c = search.normal.fresh(), search.normal.fresh()
    free = sorted(t.free(p) & search.proof.ranges.keys())
    fixed = product(*([x for x in free if search.proof.ranges[x] == ends] for ends in family))
    rows = [x for x in free if search.proof.ranges[x] == (ONE, length)]
    bound = [search.normal.fresh() for _ in family]
    over = [[x, said(low), said(high)] for x, (low, high) in zip(bound, family, strict=True)]
    for own in [bound, *map(list, fixed)]:
        a = of(("entry", n, *map(name, own), name(c)))
        found = [m for m in _inverses(search.proof.reader.unfolded(a, frozenset({n}))) if m[3] == name(c)]
        inverse = min(found, key=lambda m: said(of(m)), default=None)
        if inverse is None or inverse[1] != length:
            continue
        step: Step = {"defined": n, "entry": [repr(x) for x in (*own, c)]}
        last = [c, "1", said(length)]
        if own is bound and search.proof.goal.kind in ("max", "min"):
            variable = next(v for v in search.proof.goal.at if star(v) == n)
            at = [*map(name, own), name(b)]
            gap = minus(of(("entry", variable, *at)), of(("entry", n, *at)))
            times = mul(gap, t.opened(inverse[2], [name(b), name(c)]))
            yield {**step, "times": said(times), "over": [*over, [b, "1", said(length)], last]}
        for row in rows if own is not bound or not family else ():
            times = t.opened(inverse[2], [name(row), name(c)])
            yield {**step, "times": said(times), "over": [last]}


def _inverses(p: Poly) -> Iterator[t.Atom]:
    for m, _ in p:
        for a, _ in m:
            if a[0] == "inv":
                yield a
            for x in a[1:]:
                if isinstance(x, frozenset):
                    yield from _inverses(x)


def _used(search: Search, p: Poly, step: Step) -> tuple[Poly, Steps] | None:
    """p less a multiple of it, if that is shorter."""
    whole = t.parsed(t.syntax(step["times"]), {})
    try:
        zero, _ = _plain(search, search.proof.run(ZERO, [step]))
    except Refused:
        return None
    tried: set[Poly] = set()
    for m, c in sorted(p, key=lambda f: said(one(f[0]))):
        for n, d in sorted(zero, key=lambda f: said(one(f[0]))):
            u = mul(one(m), power(one(n), -1), number(-c), power(number(d), -1))
            if u in tried or len(tried) > MOST or any(a[0] == "sum" for f, _ in u for a, _ in f):
                continue
            tried.add(u)
            other = {**step, "times": said(mul(u, whole))}
            try:
                q, more = _plain(search, search.proof.run(p, [other]))
            except Refused:
                continue
            if len(q) < len(p):
                return q, [other, *more]
    return None


def _plain(search: Search, p: Poly) -> tuple[Poly, Steps]:
    q, steps = contracted(search.normal, p)
    q, more = search.normal.simple(q)
    return q, [*steps, *more]
