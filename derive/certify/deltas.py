"""The lines of the table for what is 1 where two numbers are the same, and else 0."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from derive.certify.writing import function, one, ruled, said
from derive.replay import terms as t
from derive.replay.check import Steps
from derive.replay.terms import ONE, ZERO, Atom, Mono, Poly, minus, name, number, of, scale

if TYPE_CHECKING:
    from derive.certify.normal import Normal


def delta(normal: Normal, d: Poly) -> Iterator[Steps]:
    """A delta that is known, or the shorter text of the two ways round."""
    if d == ZERO:
        yield [ruled("same")]
    turned = scale(d, -1)
    yield [ruled("differ", d=said(d))]
    yield [ruled("turned", d=said(d)), ruled("differ", d=said(turned))]
    for m, c in d:
        if len(m) == 1 and next(iter(m))[0][0] == "entry" and abs(c) == 1:
            b, rest = one(m), minus(d, one(m, c))
            if rest == ZERO and c == 1:
                yield [ruled("is-0", b=said(b))]
            if rest == number(-c):
                yield ([ruled("is-1", b=said(b))] if c == 1 else [ruled("turned", d=said(d)), ruled("is-1", b=said(b))])
    if said(turned) < said(d):
        yield [ruled("turned", d=said(d))]


def equal(normal: Normal, m: Mono, f: Atom) -> Iterator[Steps]:
    """δ(x - y) F(x) is δ(x - y) F(y): the later name goes."""
    rest = one(frozenset(g for g in m if g[0] != f))
    for d, turned in ((f[1], False), (scale(f[1], -1), True)):
        for x, c in sorted(d, key=lambda n: said(one(n[0]))):
            if c == 1 and len(x) == 1 and next(iter(x))[0][0] == "entry" and rest != ONE:
                a, w = next(iter(x))[0], normal.fresh()
                y = minus(of(a), d)
                moved = normal.proof.reader.instead(rest, "entry", frozenset({a[1]}), _at(a, w))
                if moved != rest and all(b[0] == "name" for n, _ in y for b, _ in n):
                    step = ruled("equal", x=said(of(a)), y=said(y), F=function(moved, w))
                    yield [ruled("turned", d=said(f[1])), step] if turned else [step]
        names = [n for x, c in d for b, e in x if b[0] == "name" and len(x) == 1 and e == 1 and c == 1 for n in [b[1]]]
        for v in sorted(names, key=lambda n: (n[:1] == "?", len(n), n), reverse=True):
            if v not in t.free(rest) or v in normal.proof.context.sizes:
                continue
            y = minus(name(v), d)
            if any(b[0] == "entry" and normal.proof.label(b) for n, _ in y for b, _ in n):
                continue
            if v in t.free(y) or max([(n[:1] == "?", len(n), n) for n in t.free(y)], default=(False, 0, "")) >= (
                v[:1] == "?",
                len(v),
                v,
            ):
                continue
            w = normal.fresh()
            step = ruled("equal", x=said(name(v)), y=said(y), F=function(t.opened(t.closed(rest, [v]), [name(w)]), w))
            if not turned:
                yield [step]
            else:
                yield [ruled("turned", d=said(f[1])), step]


def _at(a: Atom, w: str) -> Callable[[Any, list[Poly]], Poly | None]:
    """A name in place of an entry."""
    return lambda n, slots: name(w) if (n, *slots) == a[1:] else None
