"""The lines of the table that an integral asks for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from derive.certify.writing import function, one, ruled, said
from derive.replay import terms as t
from derive.replay.check import Steps
from derive.replay.terms import ONE, ZERO, Mono, Poly, add, mul, name, of, power, scale

if TYPE_CHECKING:
    from derive.certify.normal import Normal


def integral(normal: Normal, k: int, rows: Poly, columns: Poly, body: Poly) -> Iterator[Steps]:
    """What is constant comes out, sums too; a density comes to one."""
    v = normal.fresh()
    shape = {"r": said(rows), "s": said(columns)}
    ((m, c),) = t.opened(body, [name(v)])
    outer = frozenset(f for f in m if v not in t.names(f[0]))
    inner = frozenset(f for f in m if f not in outer)
    if outer or c != 1:
        yield [ruled("int-out", **shape, c=said(one(outer, c)), F=function(one(inner), v))]
        return
    yield [ruled("density", **shape, P=function(one(inner), v))]
    yield from normals(normal, rows, inner, v)
    for f, e in sorted(inner, key=lambda f: said(of(f[0]))):
        if f[0] == "sum" and e == 1 and v not in t.free(f[1]) | t.free(f[2]):
            i = normal.fresh()
            rest = one(inner - {(f, e)})
            each = mul(rest, t.opened(f[3], [name(i)]))
            ends = {"a": said(f[1]), "b": said(f[2])}
            flat = ruled("int-sum", **shape, **ends, F=function(each, i, v))
            into = ruled("put-in", **ends, c=said(rest), F=function(t.opened(f[3], [name(i)]), i))
            yield [{"in": k, "part": 2, "as": [v], "do": [into]}, flat] if rest != ONE else [flat]


def normals(normal: Normal, rows: Poly, m: Mono, v: str) -> Iterator[Steps]:
    """Moments of a normal density: its exponent is a sum of squares, from which mean and variance are read."""
    exponents = [f[1] for f, e in m if f[0] == "exp" and e == 1]
    entries = [(f, e) for f, e in sorted(m, key=lambda f: said(of(f[0]))) if f[0] == "at" and f[1] == name(v)]
    slots = [f[2] for f, e in entries for _ in range(int(e)) if len(f) == 3]
    if len(exponents) != 1 or len(slots) > 4 or len(entries) + 1 != len(m):
        return
    i = normal.fresh()
    at = ("at", name(v), name(i))
    inverse, linear = ZERO, ZERO
    for n, c in exponents[0]:
        for f, e in n:
            if f[:3] == ("sum", ONE, rows) and e == 1:
                ((body, _),) = t.opened(f[3], [name(i)])
                rest = one(frozenset((g, h) for g, h in body if g != at), c)
                inverse = add(inverse, scale(rest, -2)) if (at, 2) in body else inverse
                linear = add(linear, rest) if (at, 1) in body else linear
    if len(inverse) == 1:
        variance = power(inverse, -1)
        values = {"n": said(rows), "C": function(variance, i), "M": function(mul(variance, linear), i)}
        values |= dict(zip("jklm", map(said, slots), strict=False))
        yield [ruled(f"normal-{len(slots)}", **values)]
