"""Logarithms that are weighed together: all that one is multiplied with, the point's numerators in its place."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import TYPE_CHECKING

from derive.certify.points import Over, pieces
from derive.certify.writing import Step, one, said
from derive.replay import terms as t
from derive.replay.check import Steps
from derive.replay.data import Refused
from derive.replay.terms import ZERO, Atom, Mono, Poly, add, mul, name, number, of, power

if TYPE_CHECKING:
    from derive.certify.search import Search

MOST = 12
"""How many terms are rewritten, and how many logarithms are taken off."""


def weighed(search: Search, p: Poly) -> tuple[Poly, Steps]:
    """p without logarithms of what moves, as far as that goes."""
    steps: Steps = []
    for way in (_numerators, _together):
        for _ in range(MOST):
            found = next(_done(search, p, way(search, p)), None)
            if found is None:
                break
            p = found[0]
            steps += found[1]
    return p, steps


def _done(search: Search, p: Poly, ways: Iterator[Step]) -> Iterator[tuple[Poly, Steps]]:
    for step in ways:
        ranges = dict(search.proof.ranges)
        try:
            steps: Steps = [step]
            q = search.proof.run(p, steps)
            while names := [n for n in search.defined(q) if n not in search.proof.supposed]:
                steps.append({"define": names})
                q = search.proof.run(q, steps[-1:])
            q, more = search.normal.simple(q)
        except (Refused, KeyError, IndexError):
            search.proof.ranges.clear()
            search.proof.ranges.update(ranges)
            continue
        if q != p:
            yield q, [*steps, *more]


def _logs(search: Search, m: Mono) -> list[Atom]:
    """The logarithms of what moves, or of the best point."""
    about = {*search.proof.goal.at, *search.proof.supposed}
    return sorted((f for f, e in m if f[0] == "log" and e == 1 and t.names(f) & about), key=lambda f: said(of(f)))


def _written(over: Over) -> list[list[str]]:
    return [[v, said(low), said(high)] for v, low, high in over]


def _numerators(search: Search, p: Poly) -> Iterator[Step]:
    """Beside a logarithm, a point times its denominator for its numerator."""
    for n in sorted(search.proof.supposed):
        ends = search.proof.reader.ends(n) if n in search.context.symbols else []
        for over, m, c in pieces(p, search) if ends else ():
            names = [[v for v, *each in over if tuple(each) == wanted] for wanted in ends]
            for own in product(*names) if _logs(search, m) else ():
                a = of(("entry", n, *map(name, own)))
                ranges = dict(search.proof.ranges)
                search.proof.ranges.update({v: (low, high) for v, low, high in over})
                there = search.proof.reader.unfolded(a, frozenset({n}))
                said_of, _ = search.normal.simple(search.proof.reader.settled(there, search.proof.supposed))
                search.proof.ranges.clear()
                search.proof.ranges.update(ranges)
                if len(said_of) != 1:
                    continue
                ((top, d),) = said_of
                if all((f, e) in m for f, e in top if e > 0):
                    times = mul(one(m), power(one(top), -1), number(-c), power(number(d), -1))
                    yield {"defined": n, "entry": list(map(repr, own)), "times": said(times), "over": _written(over)}


def _together(search: Search, p: Poly) -> Iterator[Step]:
    """What one logarithm of what moves is multiplied with, in all terms, times y: x - y - y log(x) + y log(y)."""
    whole = [list(pieces(one(m, c), search)) for m, c in sorted(p, key=lambda f: said(one(f[0])))]
    flat = [[each for each in found if not any(f[0] == "sum" and e == 1 for f, e in each[1])][:1] for found in whole]
    found = [each for (each,) in filter(None, flat)]
    for over, m, _ in found:
        for f in _logs(search, m):
            if t.names(f).isdisjoint(search.proof.goal.at):
                continue
            total = ZERO
            for other, n, d in found:
                names = _renamed(over, other)
                if names is not None:
                    there = t.opened(t.closed(one(n, d), list(names)), [name(names[v]) for v in names])
                    total = add(total, *(one(k - {(f, 1)}, e) for k, e in there if (f, 1) in k))
            y = search.proof.there(f[1])
            first = min(y, key=lambda g: said(one(g[0])))
            for k, e in sorted(total, key=lambda g: said(one(g[0]))):
                weight = mul(one(k, -e), power(one(*first), -1))
                if mul(weight, y, number(-1)) == total:
                    values = {"x": said(f[1]), "y": said(y)}
                    yield {"less": "log-ratio", "with": values, "times": said(weight), "over": _written(over)}


def _renamed(over: Over, other: Over) -> dict[str, str] | None:
    """The names of one list of sums for those of another, if no two have one range."""
    ends = {said(low) + said(high): v for v, low, high in over}
    theirs = {v: said(low) + said(high) for v, low, high in other}
    if len(ends) < len(over) or sorted(theirs.values()) != sorted(ends):
        return None
    return {v: ends[each] for v, each in theirs.items()}
