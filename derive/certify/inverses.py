"""An inverse beside its matrix, anywhere in a sum of sums: the sum over the index that they share is taken first."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from derive.certify.writing import Step, function, one, ruled, said
from derive.replay import terms as t
from derive.replay.check import Proof, Steps
from derive.replay.data import Refused
from derive.replay.terms import ONE, Atom, Mono, Poly, mul, name, of, ordered, power

if TYPE_CHECKING:
    from derive.certify.normal import Normal

MOST = 30
"""How many inverses are taken."""


def contracted(normal: Normal, p: Poly) -> tuple[Poly, Steps]:
    """p without inverses beside their matrices, at any depth, and the steps to it."""
    steps: Steps = []
    for _ in range(MOST):
        found = _next(normal, p) if has_inverse(p) else None
        if found is None:
            break
        p = found[0]
        steps += found[1]
    return p, steps


def _next(normal: Normal, p: Poly) -> tuple[Poly, Steps] | None:
    for k, a in enumerate(ordered(p)):
        if a[0] != "sum" or not has_inverse(of(a)):
            continue
        found = _beside(normal, p, a, k)
        if found is not None:
            return found
        v = normal.fresh()
        body = t.opened(a[3], [normal.proof.index(v, a[1], a[2])])
        try:
            inner = _next(normal, body)
        finally:
            del normal.proof.ranges[v]
        if inner is not None:
            step: Step = {"in": k, "part": 2, "as": [v], "do": inner[1]}
            return normal.proof.run(p, [step], True), [step]
    return None


def has_inverse(p: Poly) -> bool:
    """Whether an inverse stands there, at any depth."""
    return any(
        a[0] == "inv" or any(has_inverse(x) for x in a[1:] if isinstance(x, frozenset)) for m, _ in p for a, _ in m
    )


def beside(normal: Normal, p: Poly, a: Atom, k: int) -> Iterator[tuple[Steps, Poly]]:
    """A sum over the index of an inverse, with its matrix there or in a sum within."""
    found = _beside(normal, p, a, k)
    if found is not None:
        yield found[1], found[0]


def _beside(normal: Normal, p: Poly, a: Atom, k: int) -> tuple[Poly, Steps] | None:
    if a[1] != ONE or not has_inverse(a[3]):
        return None
    v = normal.fresh()
    ((m, _),) = t.opened(a[3], [name(v)])
    taken = _taken(normal, m, v, a[2], k)
    if taken is not None:
        return _run(normal.proof, p, taken)
    for f, e in sorted(m, key=lambda f: said(of(f[0]))):
        if f[0] != "sum" or e != 1 or v in t.free(f[1]) | t.free(f[2]):
            continue
        w = normal.fresh()
        rest, inner = one(m - {(f, e)}), t.opened(f[3], [name(w)])
        ((whole, _),) = mul(rest, inner)
        normal.proof.index(w, f[1], f[2])
        taken = _taken(normal, whole, v, a[2], 0)
        del normal.proof.ranges[w]
        if taken is None:
            continue
        ends = {"a": said(f[1]), "b": said(f[2])}
        into = ruled("put-in", **ends, c=said(rest), F=function(inner, w))
        flat = {"a": said(a[1]), "b": said(a[2]), "c": ends["a"], "d": ends["b"]}
        steps: Steps = [{"in": k, "part": 2, "as": [v], "do": [into]}] if rest != ONE else []
        steps.append(ruled("swap", **flat, F=function(one(whole), v, w)))
        try:
            q = normal.proof.run(p, steps, True)
            outer = next(iter(next(iter(t.atom("sum", f[1], f[2], t.closed(_over(a, whole, v), [w]))))[0]))[0]
            steps.append({"in": ordered(q).index(outer), "part": 2, "as": [w], "do": taken})
            return normal.proof.run(p, steps, True), steps
        except (Refused, ValueError):
            continue
    return None


def _over(a: Atom, m: Mono, v: str) -> Poly:
    return t.atom("sum", a[1], a[2], t.closed(one(m), [v]))


def _run(proof: Proof, p: Poly, steps: Steps) -> tuple[Poly, Steps] | None:
    try:
        return proof.run(p, steps, True), steps
    except Refused:
        return None


def _taken(normal: Normal, m: Mono, v: str, n: Poly, k: int) -> Steps | None:
    """The steps that take an inverse and its matrix out of a sum over v, from 1 to their length."""
    for f, e in sorted(m, key=lambda f: said(of(f[0]))):
        if f[0] != "inv" or e != 1 or f[1] != n or name(v) not in f[3:5] or f[3] == f[4]:
            continue
        left = f[4] == name(v)
        r, c = normal.fresh(), normal.fresh()
        matrix = function(t.opened(f[2], [name(r), name(c)]), r, c)
        for x in sorted({x for g, _ in m for x in t.names(g)} - {v}):
            slots = [name(v), name(x)] if left else [name(x), name(v)]
            for turn in (False, True):
                cell = t.opened(f[2], slots[::-1] if turn else slots)
                if len(cell) != 1 or v not in t.free(cell) or x not in t.free(cell):
                    continue
                rest = mul(one(m - {(f, e)}), power(cell, -1))
                if len(rest) != 1 or v in t.free(rest) or any(h < 0 and (g, h) not in m for n, _ in rest for g, h in n):
                    continue
                values = {"n": said(n), "M": matrix, "i": said(f[3]) if left else repr(x)}
                line = ruled("left-inv" if left else "right-inv", **values, j=repr(x) if left else said(f[4]))
                straight = t.opened(f[2], slots)
                out = {"a": "1", "b": said(n), "c": said(rest), "F": function(mul(of(f), straight), v)}
                ways: list[Steps] = [[]] if rest == ONE else [[ruled("take-out", **out)], [ruled("factor", **out)]]
                around = _turned(m, cell, v, k) if cell != straight else []
                body = t.atom("sum", ONE, n, t.closed(mul(rest, of(f), straight), [v]))
                for way in ways if around is not None else ():
                    if _holds(normal.proof, body, [*way, line]):
                        return [*(around or []), *way, line]
    return None


def _turned(m: Mono, cell: Poly, v: str, k: int) -> Steps | None:
    """An entry of a symmetric matrix turned round within the sum over v."""
    ((factors, _),) = cell
    a = next(iter(factors))[0]
    if len(factors) != 1 or a[0] != "entry":
        return None
    return [{"in": k, "part": 2, "as": [v], "do": [{"symmetric": ordered(one(m)).index(a)}]}]


def _holds(proof: Proof, p: Poly, steps: Steps) -> bool:
    ranges = dict(proof.ranges)
    try:
        proof.run(p, steps, True)
    except (Refused, ValueError, KeyError, IndexError):
        return False
    finally:
        proof.ranges.clear()
        proof.ranges.update(ranges)
    return True
