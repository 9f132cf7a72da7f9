"""The lines of the table that an integral asks for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from derive.certify.writing import function, one, ruled, said
from derive.replay import terms as t
from derive.replay.check import Steps
from derive.replay.terms import ONE, ZERO, Mono, Poly, add, mul, name, of, ordered, power, scale

if TYPE_CHECKING:
    from derive.certify.normal import Normal
    from derive.certify.search import Search


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


def changes(search: Search, p: Poly) -> Iterator[Steps]:
    """New variables for integrals: values of functions that are one-to-one, at arguments that stand there."""
    functions = search.context.functions
    known: dict[tuple[str, tuple[Any, Any, Any]], None] = {}
    for a in sorted(_calls(p), key=str):
        called, orders, _, ranks = t.called(a[1])
        decl = functions.get(called)
        others = a[5 + len(orders) :]
        if decl is not None and "bijective" in decl.properties:
            for each in (called, decl.inverse):
                known.setdefault((each, (tuple(ranks), a[3 + len(orders)], others)))
    for k, a in enumerate(ordered(p)):
        for called, (ranks, length, others) in known if a[0] == "int" else ():
            v, i, b = (search.normal.fresh() for _ in range(3))
            first = t.closed(of(("at", name(v), name(b))), [b])
            call = of(("call", f"{called};;1;{','.join(map(str, ranks))}", name(i), length, first, *others))
            yield [{"change": k, "by": function(call, v, i)}]


def _calls(p: Poly) -> Iterator[t.Atom]:
    for m, _ in p:
        for a, _ in m:
            if a[0] == "call" and t.called(a[1])[3][:1] == [1] and t.called(a[1])[2] == 1:
                yield a
            for x in a[1:]:
                if isinstance(x, frozenset):
                    yield from _calls(x)
