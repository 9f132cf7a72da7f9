"""What follows from assumed equations: multiples of them, weighed and summed, are taken off until nothing is left."""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from math import floor
from typing import TYPE_CHECKING, Any

from derive.certify.raising import NotShown
from derive.language.terms import Rel
from derive.replay.data import Refused, written
from derive.replay.polynomials import ONE, ZERO, Atom, Mono, Poly, minus, scale
from derive.replay.steps import Steps

if TYPE_CHECKING:
    from derive.certify.search import Search

MOST = 120
"""How many states are looked at."""
BUDGET = 250_000
"""The work (products of atoms) after which nothing more is tried."""
DEEP = 3
"""How deep the search without assumptions begins, at what is left."""
WIDEST = 14
"""The most terms a state may have."""


@dataclass(frozen=True)
class Known:
    """What is zero, the step that uses it (without its multiplier), and the weight it has there."""

    zero: Poly
    step: dict[str, Any]
    weight: Poly


def divided(search: Search, p: Poly, unfolding: bool) -> Steps | None:
    """The steps from p to zero that use what is assumed."""
    p, begun = search.settled(p, unfolding)
    known = list(_known(search, p, unfolding))
    queue: list[tuple[int, int, Poly, Steps]] = [(len(p.terms), 0, p, begun)]
    seen = {p.key}
    for count in range(MOST):
        if not queue:
            return None
        _, _, p, steps = heapq.heappop(queue)
        for number, (q, more) in enumerate(_next(search, p, known, unfolding)):
            if search.a.work > BUDGET:
                return None
            if q == ZERO:
                return steps + more
            tail = search.zero(q, DEEP) if count < 2 and len(q.terms) <= 4 else None
            if tail is not None:
                return steps + more + tail
            if q.key not in seen and len(q.terms) <= WIDEST:
                seen.add(q.key)
                heapq.heappush(queue, (len(q.terms), (count + 1) * 10000 + number, q, steps + more))
    return None


def _next(search: Search, p: Poly, known: list[Known], unfolding: bool) -> Iterator[tuple[Poly, Steps]]:
    for each in known:
        tried: set[str] = set()
        for m, c in list(p.terms.items())[:WIDEST]:
            for n, d in each.zero.terms.items():
                u = _quotient(search, m, n)
                if u is None:
                    continue
                u = scale(u, c / d)
                if u.key in tried:
                    continue
                tried.add(u.key)
                try:
                    step = {**each.step, "times": written(search.term(search.a.mul(u, each.weight)))}
                    q, more = search.settled(search.proof.use(p, step, False), unfolding)
                except (Refused, NotShown):
                    continue
                yield q, [step, *more]


def _quotient(search: Search, m: Mono, n: Mono) -> Poly | None:
    """m / n, if they have something in common and what is below is not zero."""
    factors: dict[Atom, Any] = dict(m)
    if (m or n) and not any(a in factors for a, _ in n) and m and n:
        return None
    for atom, e in n:
        factors[atom] = factors.get(atom, 0) - e
    below = [a for a, e in factors.items() if e < 0]
    if any(a.kind in ("delta", "ind") or not search.a.known_nonzero(Poly({((a, 1),): Fraction(1)})) for a in below):
        return None
    return search.a.product(factors)


def _known(search: Search, p: Poly, unfolding: bool) -> Iterator[Known]:
    """The assumed equations as they stand, summed over an index, and weighed and summed."""
    for n, relation in enumerate(search.proof.given):
        if relation.op != "=":
            continue
        try:
            yield from _ways(search, p, n, relation, unfolding)
        except (Refused, NotShown):
            continue


def _ways(search: Search, p: Poly, n: int, relation: Rel, unfolding: bool) -> Iterator[Known]:
    reader, a = search.proof.reader, search.a
    shape = reader.entries(relation.left).shape
    free = [f"@{i}" for i in range(1, len(shape) + 1)]
    if all(name in search.proof.names for name in free):
        yield from _one(
            search, {"relation": n, "entry": [written(search.term(a.var(x))) for x in free]}, ONE, unfolding
        )
    slots = [a.var(a.fresh(ONE, k)) for k in shape]
    generic = (
        minus(
            *(
                v.at(tuple(slots)) if v.shape else ZERO
                for v in (reader.entries(relation.left), reader.entries(relation.right))
            )
        )
        if shape
        else minus(reader.entries(relation.left).scalar, reader.entries(relation.right).scalar)
    )
    for name in sorted(generic.free & search.context.indices.keys()):
        if len(shape) > 0:
            break
        search.count += 1
        own = f"@{search.count}"
        ends = a.ranges[name]
        over = [[own, *(written(search.term(end)) for end in ends)]]
        step = {"relation": n, "with": {name: written(search.term(search.a.var(own)))}, "over": over}
        for weight in _weights(search, [p, generic], a.var(name)):
            yield from _one(search, step, a.put(weight, {name: a.var(own)}), unfolding)
    if len(shape) == 1:
        search.count += 1
        own = f"@{search.count}"
        step = {
            "relation": n,
            "entry": [written(search.term(a.var(own)))],
            "over": [[own, written(search.term(ONE)), written(search.term(shape[0]))]],
        }
        for weight in _weights(search, [generic], slots[0]):
            name = next(iter(slots[0].free))
            yield from _one(search, step, a.put(weight, {name: a.var(own)}), unfolding)


def _weights(search: Search, polys: list[Poly], index: Poly) -> list[Poly]:
    """One, and the quantities that stand there with this index."""
    found = {ONE.key: ONE}
    name = next(iter(index.free))
    for p in polys:
        for m in p.terms:
            for atom in search.proof._inside(m):
                if atom.kind == "ent" and name in atom.free and not any(x[0] == "#" for x in atom.free):
                    found[atom.key] = Poly({((atom, 1),): Fraction(1)})
    return [found[key] for key in sorted(found)][:4]


def _one(search: Search, step: dict[str, Any], weight: Poly, unfolding: bool) -> Iterator[Known]:
    whole = {"rule": "use", **step, "times": written(search.term(weight))}
    zero = scale(search.proof.use(ZERO, whole, False), -1)
    if unfolding:
        zero = search.unfolded(zero)[0]
    for atom in {a: None for m in zero.terms for a, e in m if a.kind == "pp" and e < 0}:
        power = -min(floor(e) for m in zero.terms for a, e in m if a is atom)
        weight = search.a.mul(weight, *[atom.args[0]] * power)
        zero = search.proof.times(zero, {"by": atom.key, "power": power}, False)
    if zero != ZERO:
        yield Known(zero, {k: v for k, v in whole.items() if k != "times"}, weight)
