"""What defines a best point, used as an equation: its numerator for its denominator times it, and the other way."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from derive.certify.writing import Step, one, said
from derive.replay import terms as t
from derive.replay.check import Steps
from derive.replay.data import Refused
from derive.replay.terms import Atom, Mono, Poly, mul, number, of, power

if TYPE_CHECKING:
    from derive.certify.search import Search

Over = list[tuple[str, Poly, Poly]]
MOST = 8
"""How often definitions of best points are used."""


def pieces(p: Poly, search: Search) -> Iterator[tuple[Over, Mono, t.Exponent]]:
    """The products in p, those in its sums at names for their indices."""
    for m, c in sorted(p, key=lambda f: said(one(f[0]))):
        yield [], m, c
        for a in sorted((a for a, e in m if a[0] == "sum" and e == 1), key=lambda a: said(of(a))):
            v = search.normal.fresh()
            inner = mul(one(m - {(a, 1)}, c), t.opened(a[3], [t.name(v)]))
            for over, n, d in pieces(inner, search) if len(inner) == 1 else ():
                yield [(v, a[1], a[2]), *over], n, d


def balanced(search: Search, p: Poly) -> tuple[Poly, Steps]:
    """p with fewer terms, by what defines the best point."""
    steps: Steps = []
    for _ in range(MOST):
        found = next(_shorter(search, p), None)
        if found is None:
            return p, steps
        p = found[0]
        steps += found[1]
    return p, steps


def _shorter(search: Search, p: Poly) -> Iterator[tuple[Poly, Steps]]:
    for step in _uses(search, p):
        ranges = dict(search.proof.ranges)
        try:
            q, more = search.normal.simple(search.proof.run(p, [step]))
        except (Refused, KeyError, IndexError):
            search.proof.ranges.clear()
            search.proof.ranges.update(ranges)
            continue
        if len(q) < len(p):
            yield q, [step, *more]


def _uses(search: Search, p: Poly) -> Iterator[Step]:
    for over, m, c in pieces(p, search):
        for a, e in sorted(m, key=lambda f: said(of(f[0]))):
            if a[0] != "entry" or a[1] not in search.proof.supposed or e.denominator > 1:
                continue
            if e > 0:
                yield _step(a, mul(one(m, c), power(of(a), -1)), over)
                continue
            for weight in _numerators(search, a, over):
                rest = _quotient(one(m, c), weight)
                if rest is not None:
                    yield _step(a, rest, over)


def _numerators(search: Search, a: Atom, over: Over) -> Iterator[Poly]:
    """The terms of a definition, in their normal form."""
    ranges = dict(search.proof.ranges)
    search.proof.ranges.update({v: (low, high) for v, low, high in over})
    try:
        found, _ = search.normal.simple(search.proof.reader.unfolded(of(a), frozenset({a[1]})))
    except Refused:
        return
    finally:
        search.proof.ranges.clear()
        search.proof.ranges.update(ranges)
    for m, c in sorted(found, key=lambda f: said(one(f[0]))):
        yield one(m, -c)


def _quotient(m: Poly, n: Poly) -> Poly | None:
    """m / n, where what is above in n stands in m."""
    ((top, c),), ((below, d),) = m, n
    if not all(dict(top).get(a, 0) >= e for a, e in below if e > 0):
        return None
    return mul(one(top), power(one(below), -1), number(c), power(number(d), -1))


def _step(a: Atom, weight: Poly, over: Over) -> Step:
    step: Step = {"defined": a[1], "entry": [said(s) for s in a[2:]], "times": said(weight)}
    return {**step, "over": [[v, said(low), said(high)] for v, low, high in over]} if over else step
