"""The lines of the table that an integral asks for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from derive.certify.writing import function, one, ruled, said
from derive.replay import terms as t
from derive.replay.check import Steps
from derive.replay.terms import ONE, Poly, mul, name, of

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
    for f, e in sorted(inner, key=lambda f: said(of(f[0]))):
        if f[0] == "sum" and e == 1 and v not in t.free(f[1]) | t.free(f[2]):
            i = normal.fresh()
            rest = one(inner - {(f, e)})
            each = mul(rest, t.opened(f[3], [name(i)]))
            ends = {"a": said(f[1]), "b": said(f[2])}
            flat = ruled("int-sum", **shape, **ends, F=function(each, i, v))
            into = ruled("put-in", **ends, c=said(rest), F=function(t.opened(f[3], [name(i)]), i))
            yield [{"in": k, "part": 2, "as": [v], "do": [into]}, flat] if rest != ONE else [flat]
