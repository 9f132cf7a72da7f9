"""What follows from assumed equations: multiples of them, weighed and summed, are taken off until nothing is left."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from derive.certify.points import Over, pieces
from derive.certify.writing import Step, one, said
from derive.replay import terms as t
from derive.replay.check import Steps
from derive.replay.data import Refused
from derive.replay.terms import ONE, ZERO, Mono, Poly, mul, name, number, of, power, scale

if TYPE_CHECKING:
    from derive.certify.search import Search

MOST = 60
"""How many states are looked at."""
WIDEST = 14
"""The most terms a state may have."""


SHORT = 60_000
"""The work for the steps behind a use of what is assumed."""


@dataclass(frozen=True)
class Known:
    """What is zero, the step that uses it (without its multiplier), and the weight it has there."""

    zero: Poly
    step: Step
    weight: Poly


def followed(search: Search, p: Poly) -> Steps | None:
    """The steps from p to zero that use what is assumed."""
    p, begun = search.cleared(p, ("group", "sum"))
    if p == ZERO:
        return begun
    found = list(known(search, p))
    queue: list[tuple[int, int, str, Poly, Steps]] = [(len(p), 0, said(p), p, begun)]
    seen = {p}
    for count in range(MOST):
        if not queue:
            return None
        *_, p, steps = heapq.heappop(queue)
        for n, (q, more) in enumerate(following(search, p, found)):
            if q == ZERO:
                return steps + more
            tail = _tail(search, q) if count < 2 and len(q) <= 4 else None
            if tail is not None:
                return steps + more + tail
            if q not in seen and len(q) <= WIDEST:
                seen.add(q)
                heapq.heappush(queue, (len(q), (count + 1) * 10_000 + n, said(q), q, steps + more))
    return None


def _tail(search: Search, p: Poly) -> Steps | None:
    """The steps from p to zero, definitions in their places, if they are found with a little work."""
    most, ranges = t.MOST_WORK, dict(search.proof.ranges)
    t.MOST_WORK = min(most, t.spent() + SHORT)
    try:
        return search.settled(p, False)
    except Refused:
        return None
    finally:
        t.MOST_WORK = most
        search.proof.ranges.clear()
        search.proof.ranges.update(ranges)


def following(search: Search, p: Poly, equations: list[Known]) -> Iterator[tuple[Poly, Steps]]:
    """What one use of an assumed equation leads to."""
    for each in equations:
        tried: set[Poly] = set()
        for m, c in sorted(p, key=lambda f: said(one(f[0]))):
            for n, d in sorted(each.zero, key=lambda f: said(one(f[0]))):
                u = _quotient(search, m, n)
                if u is None:
                    continue
                u = mul(u, number(c), power(number(d), -1))
                if u in tried:
                    continue
                tried.add(u)
                step = {**each.step, "times": said(mul(u, each.weight))}
                try:
                    q, more = search.cleared(search.proof.run(p, [step]))
                except Refused:
                    continue
                yield q, [step, *more]
    for step in within(search, p):
        ranges = dict(search.proof.ranges)
        try:
            q, more = search.cleared(search.proof.run(p, [step]))
        except (Refused, KeyError, IndexError):
            search.proof.ranges.clear()
            search.proof.ranges.update(ranges)
            continue
        yield q, [step, *more]


def within(search: Search, p: Poly) -> Iterator[Step]:
    """Equations between vectors at the index of a sum in p, weighed with what stands beside them there."""
    vectors = [(n, *found) for n in range(len(search.proof.given)) if (found := vector(search, n)) is not None]
    tried = set()
    for over, m, c in pieces(p, search) if vectors else ():
        for n, gap, length in vectors:
            for v in [v for v, low, high in over if (low, high) == (ONE, length)]:
                for weight in _weights_of(search, gap(name(v)), m, over):
                    times = said(mul(weight, number(c)))
                    shape = t.text(t.closed(mul(weight, number(c)), [x for x, _, _ in over]), len(over))
                    if (n, shape, [x for x, _, _ in over].index(v)) in tried:
                        continue
                    tried.add((n, shape, [x for x, _, _ in over].index(v)))
                    ends = [[x, said(low), said(high)] for x, low, high in over]
                    yield {"use": n, "entry": [repr(v)], "times": times, "over": ends}


def vector(search: Search, n: int) -> tuple[Callable[[Poly], Poly], Poly] | None:
    """What an assumed equation between vectors says is zero, by its index, and their length."""
    relation, reader = search.proof.given[n], search.proof.reader
    try:
        left, right = (reader.read(side, {}) for side in (relation.left, relation.right))
    except Refused:
        return None
    if relation.op != "=" or left.rank != 1 or left.columns != ONE or right.rows != left.rows:
        return None
    return lambda i: t.minus(left.at(i, ONE), right.at(i, ONE)), left.rows


def _weights_of(search: Search, gap: Poly, m: Mono, over: Over) -> Iterator[Poly]:
    """What one term of an equation has to be multiplied with to be a product in p."""
    ranges = dict(search.proof.ranges)
    search.proof.ranges.update({v: (low, high) for v, low, high in over})
    try:
        zero, _ = search.normal.simple(gap)
    except Refused:
        return
    finally:
        search.proof.ranges.clear()
        search.proof.ranges.update(ranges)
    for n, d in sorted(zero, key=lambda f: said(one(f[0]))):
        if n and all(dict(m).get(a, 0) >= e for a, e in n if e > 0):
            yield mul(one(m), power(one(n), -1), power(number(d), -1))


def _quotient(search: Search, m: Mono, n: Mono) -> Poly | None:
    """m / n, if they have something in common and what is below is not zero."""
    if m and n and not any(a in dict(m) for a, _ in n):
        return None
    u = mul(one(m), power(one(n), -1))
    factors = next(iter(u))[0] if len(u) == 1 else frozenset()
    if len(u) != 1 or any(
        e < 0 and (a[0] in ("delta", "above") or not search.proof.nonzero(of(a))) for a, e in factors
    ):
        return None
    return u


def known(search: Search, p: Poly) -> Iterator[Known]:
    """The assumed equations as they stand, summed over an index, and weighed and summed."""
    for n, relation in enumerate(search.proof.given):
        if relation.op != "=":
            continue
        for step, weights in _ways(search, p, n):
            for weight in weights:
                try:
                    yield from _one(search, step, weight)
                except Refused:
                    continue


def _ways(search: Search, p: Poly, n: int) -> Iterator[tuple[Step, list[Poly]]]:
    proof, relation = search.proof, search.proof.given[n]
    try:
        left, right = (proof.reader.read(side, {}) for side in (relation.left, relation.right))
        lengths = [k for k in (left.rows, left.columns) if k != ONE]
        gap = t.minus(left.number, right.number) if not lengths else ZERO
    except Refused:
        return
    free = [f"@{k}" for k in range(1, len(lengths) + 1)]
    if all(x in proof.ranges for x in free):
        yield {"use": n, "entry": [repr(x) for x in free]}, [ONE]
    for x in sorted(t.free(p) & proof.context.indices.keys()):
        if len(lengths) == 1 and proof.ranges.get(x) == (ONE, lengths[0]):
            yield {"use": n, "entry": [repr(x)]}, [ONE]
    for x in sorted(t.free(gap) & proof.context.indices.keys()):
        if "@1" in proof.ranges and proof.ranges["@1"] == proof.ranges.get(x):
            yield {"use": n, "with": {x: repr("@1")}}, [ONE]
    for x in sorted(t.free(gap) & proof.context.indices.keys()):
        over = search.normal.fresh()
        ends = [said(end) for end in proof.reader.range(proof.context.indices[x], {})]
        weights = [t.opened(t.closed(w, [x]), [name(over)]) for w in _weights([p, gap], x)]
        yield {"use": n, "with": {x: repr(over)}, "over": [[over, *ends]]}, weights
    if len(lengths) == 2 and lengths[0] == lengths[1] and all(x in proof.ranges for x in free):
        row, column = search.normal.fresh(), search.normal.fresh()
        cell = t.minus(left.at(name(row), name(column)), right.at(name(row), name(column)))
        around = _around(cell, row, column, (name(free[0]), name(free[1])))
        yield (
            {"use": n, "entry": [repr(row), repr(column)], "over": [[x, "1", said(lengths[0])] for x in (row, column)]},
            around,
        )
    if len(lengths) == 1:
        v = search.normal.fresh()
        probes = [side.at(name(v), ONE) for side in (left, right)]
        yield {"use": n, "entry": [repr(v)], "over": [[v, "1", said(lengths[0])]]}, _weights(probes, v)


def _around(gap: Poly, row: str, column: str, at: tuple[Poly, Poly]) -> list[Poly]:
    """What multiplies a matrix from the left and from the right: what it has the inverse of there."""
    found = sorted({a for a in _atoms(gap, "inv") if a[3] == name(row)}, key=lambda a: said(of(a)))
    return [
        mul(t.opened(a[2], [at[0], name(row)]), t.opened(b[2], [name(column), at[1]]))
        for a in found[:2]
        for b in found[:2]
    ]


def _atoms(p: Poly, head: str) -> Iterator[t.Atom]:
    for m, _ in p:
        for a, _ in m:
            if a[0] == head:
                yield a
            for x in a[1:]:
                if isinstance(x, frozenset):
                    yield from _atoms(x, head)


def _weights(polys: list[Poly], index: str) -> list[Poly]:
    """One, and the quantities that stand there with this index."""
    found = {said(of(a)): of(a) for p in polys for a in _entries(p) if index in t.names(a)}
    return [ONE, *(found[key] for key in sorted(found))][:4]


def _entries(p: Poly) -> Iterator[t.Atom]:
    for m, _ in p:
        for a, _ in m:
            if a[0] == "entry" and not t.loose(a):
                yield a
            for x in a[1:]:
                if isinstance(x, frozenset):
                    yield from _entries(x)


def _one(search: Search, step: Step, weight: Poly) -> Iterator[Known]:
    def zero() -> Poly:
        return search.normal.simple(scale(search.proof.run(ZERO, [{**step, "times": said(weight)}]), -1))[0]

    found = zero()
    for _ in range(3):
        below = [(a, e) for m, _ in found for a, e in m if e < 0]
        if not below:
            break
        a = min((a for a, _ in below), key=lambda a: said(of(a)))
        least = min(e for b, e in below if b == a)
        if t.loose(a) or any(x[:1] == "?" for x in t.names(a)) or least.denominator > 1:
            break
        weight = mul(weight, power(a[1] if a[0] == "group" else of(a), -least))
        found = zero()
    if found != ZERO:
        yield Known(found, step, weight)
