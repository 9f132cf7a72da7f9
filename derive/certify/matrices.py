"""The lines of the table for inverses and determinants."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from derive.certify.matching import content
from derive.certify.writing import Step, function, one, ruled, said
from derive.replay import terms as t
from derive.replay.check import Steps
from derive.replay.terms import ONE, Atom, Poly, minus, name, of, ordered

if TYPE_CHECKING:
    from derive.certify.normal import Normal


def inverse(
    normal: Normal, p: Poly, a: Atom, n: Poly, body: Poly, i: Poly, j: Poly
) -> Iterator[Steps | tuple[Steps, Poly]]:
    """An inverse: factors come out, and of the two ways round the shorter text."""
    r, c = normal.fresh(), normal.fresh()
    inside = t.opened(body, [name(r), name(c)])
    shared, rest = content(inside)
    if len(inside) == 1:
        ((m, factor),) = inside
        shared = one(frozenset(f for f in m if not {r, c} & t.names(f[0])), factor)
        rest = one(frozenset(f for f in m if {r, c} & t.names(f[0])))
    for d, steps in diagonal(normal, ordered(p).index(a), inside, r, c):
        yield [*steps, ruled("inv-diag", n=said(n), F=function(d, r), i=said(i), j=said(j))]
    if shared != ONE and not {r, c} & t.free(shared):
        yield [ruled("inv-scaled", n=said(n), M=function(rest, r, c), s=said(shared), i=said(i), j=said(j))]
    yield from turned(normal, p, a, ruled("inv-turned", n=said(n), M=function(inside, c, r), i=said(i), j=said(j)))
    match [f for m, _ in inside for f in m]:
        case [(("inv", size, deeper, x, y), e)] if e == 1 and size == n and (x, y) == (name(r), name(c)):
            r2, c2 = normal.fresh(), normal.fresh()
            fn = function(t.opened(deeper, [name(r2), name(c2)]), r2, c2)
            yield [ruled("inv-inv", n=said(n), M=fn, i=said(i), j=said(j))]


def diagonal(normal: Normal, k: int, inside: Poly, r: str, c: str) -> Iterator[tuple[Poly, Steps]]:
    """The diagonal of a matrix that has nothing else, and the steps that write it by rows."""
    if len(inside) != 1:
        return
    ((m, x),) = inside
    for there in (minus(name(r), name(c)), minus(name(c), name(r))):
        f = ("delta", there)
        if (f, 1) in m:
            rest = one(m - {(f, 1)}, x)
            by_rows = t.opened(t.closed(rest, [c]), [name(r)])
            do: Steps = []
            if there != minus(name(r), name(c)):
                do.append(ruled("turned", d=said(there)))
            if by_rows != rest:
                w = normal.fresh()
                do = [ruled("turned", d=said(there))] if there != minus(name(c), name(r)) else []
                moved = function(t.opened(t.closed(rest, [c]), [name(w)]), w)
                do += [ruled("equal", x=said(name(c)), y=said(name(r)), F=moved)]
                do += [ruled("turned", d=said(minus(name(c), name(r))))]
            yield by_rows, [{"in": k, "part": 1, "as": [r, c], "do": do}] if do else []


def turned(normal: Normal, p: Poly, a: Atom, step: Step) -> Iterator[Steps | tuple[Steps, Poly]]:
    """The inverse of the transpose, in its normal form, if that is a shorter text."""
    q = normal.proof.run(p, [step], True)
    new = [b for b in ordered(q) if b not in ordered(p)]
    if len(new) == 1 and new[0][0] == "inv":
        found = normal.inside(q, new[0], ordered(q).index(new[0]))
        steps, done = found or ([], q)
        last = [b for b in ordered(done) if b not in ordered(p)]
        if len(last) == 1 and said(of(last[0])) < said(of(a)):
            yield [step, *steps], done


def determinant(normal: Normal, k: int, n: Poly, body: Poly) -> Iterator[Steps]:
    """A determinant."""
    r, c = normal.fresh(), normal.fresh()
    inside = t.opened(body, [name(r), name(c)])
    for d, steps in diagonal(normal, k, inside, r, c):
        yield [*steps, ruled("det-diag", n=said(n), F=function(d, r))]
    if len(inside) == 1:
        ((m, factor),) = inside
        shared = one(frozenset(f for f in m if not {r, c} & t.names(f[0])), factor)
        rest = one(frozenset(f for f in m if {r, c} & t.names(f[0])))
        if shared != ONE:
            yield [ruled("det-scaled", n=said(n), M=function(rest, r, c), s=said(shared))]
        match list(m):
            case [(("inv", size, deeper, x, y), e)] if e == 1 and size == n and {x, y} == {name(r), name(c)}:
                r2, c2 = normal.fresh(), normal.fresh()
                matrix = function(t.opened(deeper, [name(r2), name(c2)]), r2, c2)
                first = [ruled("det-turned", n=said(n), M=function(inside, c, r))] if x == name(c) else []
                yield [*first, ruled("det-inv", n=said(n), M=matrix)]
    other = of(("det", n, t.closed(inside, [c, r])))
    calls = len(inside) == 1 and all(f[0] == "call" for m, _ in inside for f, _ in m)
    if calls and said(other) < said(of(("det", n, body))):
        yield [ruled("det-turned", n=said(n), M=function(inside, c, r))]
    if inside == t.atom("delta", minus(name(r), name(c))):
        yield [ruled("det-one", n=said(n))]
