"""What is the same at all nodes of a connected graph: the differences along its edges are zero, weighed and squared."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derive.certify.solving import gaps
from derive.certify.writing import Step, function, one, said
from derive.replay import terms as t
from derive.replay.check import Steps
from derive.replay.data import Refused
from derive.replay.terms import ONE, Poly, add, minus, mul, name, number, of, ordered, power, scale

if TYPE_CHECKING:
    from derive.certify.search import Search


def level(search: Search, p: Poly) -> Steps | None:
    """The steps from p to zero by a connected graph: p is a difference between nodes; or what is the same at all of
    them and adds up to zero; or a number, where a sum of what is zero is assumed to be another."""
    declared = search.context.symbols
    graphs = [n for n in sorted(declared) if {"connected", "nonnegative"} <= declared[n].properties]
    if not graphs or not search.proof.given:
        return None
    for graph in graphs:
        (low, n), *_ = search.proof.reader.ends(graph)
        for way in (_apart, _adding_up, _numbers):
            steps = way(search, p, graph, n) if low == ONE else None
            if steps is not None:
                return steps
    return None


def _apart(search: Search, p: Poly, graph: str, n: Poly) -> Steps | None:
    """From F(i) - F(j)."""
    nodes = [x for x in sorted(t.free(p)) if search.proof.ranges.get(x) == (ONE, n)]
    for i in nodes:
        for j in nodes:
            x = search.normal.fresh()
            there = add(*(one(m, c) for m, c in p if j in t.free(one(m))))
            f = scale(t.opened(t.closed(there, [j]), [name(x)]), -1)
            if i == j or p != minus(*(t.opened(t.closed(f, [x]), [name(k)]) for k in (i, j))):
                continue
            step: Step = {"connected": graph, "i": repr(i), "j": repr(j), "F": function(f, x)}
            tail = _squares(search, search.proof.run(p, [step]), f, x, n)
            if tail is not None:
                return [step, *tail]
    return None


def _squares(search: Search, p: Poly, f: Poly, x: str, n: Poly) -> Steps | None:
    """From the sum of squares, by an assumed equation between vectors, weighed with what stands at the nodes."""
    beside = mul(*(one(frozenset(g for g in m if x not in t.names(g[0]))) for m, _ in f)) if len(f) == 1 else ONE
    for k, relation in enumerate(search.proof.given):
        for c in (2, 1):
            over = search.normal.fresh()
            weight = mul(number(c), beside, t.opened(t.closed(f, [x]), [name(over)]))
            step: Step = {"use": k, "entry": [repr(over)], "times": said(weight), "over": [[over, "1", said(n)]]}
            ranges = dict(search.proof.ranges)
            try:
                q = search.proof.run(p, [step]) if relation.op == "=" else p
                tail = search.settled(q, any(t.free(gap) & t.free(q) for _, gap in gaps(search))) if q != p else None
            except Refused:
                tail = None
            if tail is not None:
                return [step, *tail]
            search.proof.ranges.clear()
            search.proof.ranges.update(ranges)
    return None


def _adding_up(search: Search, p: Poly, graph: str, n: Poly) -> Steps | None:
    """From a multiple of what adds up to zero over the nodes, at one of them."""
    for k, gap in gaps(search):
        ((m, c),) = gap if len(gap) == 1 else ((frozenset(), 0),)
        a = next((a for a, e in m if len(m) == 1 and e == 1 and a[:3] == ("sum", ONE, n)), None)
        for i in [x for x in sorted(t.free(p)) if a is not None and search.proof.ranges.get(x) == (ONE, n)]:
            times = mul(p, power(t.opened(a[3], [name(i)]), -1)) if a is not None else p
            if len(times) != 1 or any(e < 0 for f, _ in times for _, e in f):
                continue
            steps: Steps = [{"use": k, "times": said(mul(times, power(scale(n, c), -1)))}]
            q = search.proof.run(p, steps)
            for x in [x for x, b in enumerate(ordered(q)) if of(b) == n]:
                steps.append({"times": x, "power": 1})
                q = search.proof.run(q, steps[-1:])
            way = search.summand(q, ONE, n, False)
            tail = _apart(search, search.proof.run(q, way), graph, n) if way is not None else None
            if way is not None and tail is not None:
                return [*steps, *way, *tail]
    return None


def _numbers(search: Search, p: Poly, graph: str, n: Poly) -> Steps | None:
    """From a number."""
    if any(m for m, _ in p):
        return None
    for k, gap in gaps(search):
        constant = t.ZERO if not dict(gap).get(frozenset()) else number(dict(gap)[frozenset()])
        if constant == t.ZERO or len(gap) != 2:
            continue
        step: Step = {"use": k, "times": said(mul(p, power(constant, -1)))}
        q = search.proof.run(p, [step])
        way = search.summand(q, ONE, n, False)
        tail = _adding_up(search, search.proof.run(q, way), graph, n) if way is not None else None
        if way is not None and tail is not None:
            return [step, *way, *tail]
    return None
