"""The lines of the table that a sum asks for."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING

from derive.certify.matching import fits
from derive.certify.writing import Step, function, one, ruled, said
from derive.replay import terms as t
from derive.replay.check import Steps
from derive.replay.data import Refused
from derive.replay.terms import ONE, ZERO, Atom, Mono, Poly, add, minus, mul, name, of, ordered, scale

if TYPE_CHECKING:
    from derive.certify.normal import Normal


def summed(normal: Normal, p: Poly, a: Atom, k: int, low: Poly, high: Poly, body: Poly) -> Iterator[Steps]:
    """A sum: what is constant comes out, a delta picks, the order of two is the shorter text's."""
    ends = {"a": said(low), "b": said(high)}
    v = normal.fresh()
    ((m, _),) = t.opened(body, [name(v)])
    if not m:
        yield [ruled("length", **ends)]
        return
    outer = frozenset(f for f in m if v not in t.names(f[0]))
    inner = frozenset(f for f in m if f not in outer)
    if outer:
        parts = {**ends, "c": said(one(outer)), "F": function(one(inner), v)}
        yield [ruled("take-out", **parts)]
        yield [ruled("factor", **parts)]
    for f, e in sorted(inner, key=lambda f: said(of(f[0]))):
        if f[0] == "delta" and e == 1:
            yield from pick(normal, k, a, f, m, v, ends)
    yield from split(normal, k, outer, inner, v, ends)
    yield from contraction(normal, k, m, v, low, high)
    yield from known(normal, a, k)
    for f, e in sorted(m, key=lambda f: said(of(f[0]))):
        if f[0] == "sum" and e >= 1 and e.denominator == 1 and v not in t.free(f[1]) | t.free(f[2]):
            steps = swapped(normal, k, ends, m, f, e, v)
            if steps is not None:
                yield steps


def split(normal: Normal, k: int, outer: Mono, inner: Mono, v: str, ends: dict[str, str]) -> Iterator[Steps]:
    """Σ_i e^{u + x_i} is e^u Σ_i e^{x_i}."""
    for f, e in sorted(inner, key=lambda f: said(of(f[0]))):
        if f[0] != "exp" or e != 1:
            continue
        free = add(ZERO, *(one(n, c) for n, c in f[1] if v not in t.free(one(n))))
        if free in (ZERO, f[1]):
            continue
        moving = minus(f[1], free)
        body = mul(one(frozenset(g for g in inner if g[0] != f)), of(("exp", moving)))
        parts = {**ends, "c": said(mul(one(outer), of(("exp", free)))), "F": function(body, v)}
        into: Step = {"in": k, "part": 2, "as": [v], "do": [ruled("exp-split", x=said(free), y=said(moving))]}
        yield [into, ruled("take-out", **parts)]
        yield [into, ruled("factor", **parts)]


def pick(normal: Normal, k: int, a: Atom, f: Atom, m: Mono, v: str, ends: dict[str, str]) -> Iterator[Steps]:
    """Σ_i δ(i - e) F_i is F_e."""
    for d, turned in ((f[1], False), (scale(f[1], -1), True)):
        e = minus(name(v), d)
        if v in t.free(e):
            continue
        rest = one(frozenset(x for x in m if x[0] != f))
        around: Steps = [{"in": k, "part": 2, "as": [v], "do": [ruled("turned", d=said(f[1]))]}] if turned else []
        yield [*around, ruled("pick", **ends, e=said(e), F=function(rest, v))]
        if rest == ONE:
            yield [*around, ruled("pick-0", **ends, e=said(e))]


def contraction(normal: Normal, k: int, m: Mono, v: str, low: Poly, high: Poly) -> Iterator[Steps]:
    """Σ_k M_ik M⁻¹_kj is a delta."""
    if len(m) != 2 or low != ONE:
        return
    for (f, e), (g, h) in ((x, y) for x in m for y in m if x != y):
        if f[0] != "inv" or e != 1 or h != 1 or f[1] != high:
            continue
        n, body, i, j = f[1:]
        for rule, at, slots in (("left-inv", j, lambda x: (name(v), x)), ("right-inv", i, lambda x: (x, name(v)))):
            if at != name(v):
                continue
            for x in sorted({s for s in g[1:] if isinstance(s, frozenset)}, key=said):
                straight, across = (t.opened(body, list(each)) == of(g) for each in (slots(x), slots(x)[::-1]))
                if straight or across:
                    r, c = normal.fresh(), normal.fresh()
                    fn = function(t.opened(body, [name(r), name(c)]), r, c)
                    ij = {"i": said(i), "j": said(x)} if rule == "left-inv" else {"i": said(x), "j": said(j)}
                    turn: Step = {"symmetric": ordered(one(m)).index(g)}
                    if not straight:
                        yield [{"in": k, "part": 2, "as": [v], "do": [turn]}, ruled(rule, n=said(n), M=fn, **ij)]
                    yield [ruled(rule, n=said(n), M=fn, **ij)]


def swapped(normal: Normal, k: int, ends: dict[str, str], m: Mono, f: Atom, e: t.Exponent, v: str) -> Steps | None:
    """A sum of a sum in the other order, if that is a shorter text."""
    rest = frozenset((a, x - (a == f)) for a, x in m if a != f or x > 1)
    w = normal.fresh()
    whole = mul(one(rest), t.opened(f[3], [name(w)]))
    if len(whole) != 1:
        return None
    other = t.atom(
        "sum",
        f[1],
        f[2],
        t.closed(
            t.atom("sum", t.parsed(t.syntax(ends["a"]), {}), t.parsed(t.syntax(ends["b"]), {}), t.closed(whole, [v])),
            [w],
        ),
    )
    here = t.atom(
        "sum",
        t.parsed(t.syntax(ends["a"]), {}),
        t.parsed(t.syntax(ends["b"]), {}),
        t.closed(t.atom("sum", f[1], f[2], t.closed(whole, [w])), [v]),
    )
    own = t.parsed(t.syntax(ends["a"]), {}), t.parsed(t.syntax(ends["b"]), {})
    wanted, against = asks(normal, whole, v, own, w), asks(normal, whole, w, (f[1], f[2]), v)
    texts = said(normal.turned(other)), said(normal.turned(here))
    longer = (_inner(whole, v), len(texts[0]), texts[0]) >= (_inner(whole, w), len(texts[1]), texts[1])
    if e == 1 and (longer if wanted == against else against):
        return None
    if e > 1:
        return None
    both = function(whole, v, w)
    into = ruled("put-in", a=said(f[1]), b=said(f[2]), c=said(one(rest)), F=function(t.opened(f[3], [name(w)]), w))
    steps: Steps = [{"in": k, "part": 2, "as": [v], "do": [into]}] if rest else []
    flat = {"a": ends["a"], "b": ends["b"], "c": said(f[1]), "d": said(f[2]), "F": both}
    return [*steps, ruled("swap", **flat)]


def _inner(body: Poly, w: str) -> int:
    """How many factors do not come out of the sum over w within another."""
    ((m, _),) = body
    return sum(w in t.names(f) for f, _ in m)


def _picks(m: Mono, v: str) -> bool:
    """Whether there is a delta that picks one value of v."""
    gaps = [(minus(name(v), f[1]), minus(name(v), scale(f[1], -1))) for f, e in m if f[0] == "delta" and e == 1]
    return any(v not in t.free(gap) for pair in gaps for gap in pair)


def _divides(normal: Normal, m: Mono, v: str, w: str, deep: bool = False) -> bool:
    """Whether there is a denominator that w stands in and v does not; a best point also in sums within."""
    for f, e in m:
        known = f[0] == "entry" and f[1] in normal.proof.supposed
        if e < 0 and (known or (f[0] in ("group", "sum") and not deep)) and w in t.names(f) and v not in t.names(f):
            return True
        if f[0] == "sum" and e == 1 and any(_divides(normal, n, v, w, True) for n, _ in f[3]):
            return True
    return False


def asks(normal: Normal, body: Poly, v: str, ends: tuple[Poly, Poly], w: str) -> bool:
    """Whether something is known of the sum over v alone, or it has a denominator that only w stands in."""
    ((m, _),) = body
    if _divides(normal, m, v, w) or (_picks(m, v) and not _picks(m, w)):
        return True
    moving = one(frozenset(f for f in m if v in t.names(f[0])))
    a = ("sum", *ends, t.closed(moving, [v]))
    return next(known(normal, a, 0), None) is not None


def known(normal: Normal, a: Atom, k: int) -> Iterator[Steps]:
    """A sum of which it is known what it comes to."""
    body = a[3]
    ((m, _),) = body
    (f, e), *more = m
    if not more and e == 1 and f[0] == "entry" and f[-1] == of(("bound", 0)):
        decl = normal.proof.context.symbols.get(f[1])
        if (
            decl is not None
            and decl.properties & {"simplex", "onehot"}
            and not any(t.loose(b) for s in f[2:-1] for x, _ in s for b, _ in x)
        ):
            yield [{"total": f[1], "entry": [said(s) for s in f[2:-1]], "times": "1", "of": k}]
    for n, pattern, c in totals(normal):
        values: dict[str, Poly] = {}
        if fits(pattern, a, normal.proof.context.indices.keys(), values):
            with_ = {x: said(v) for x, v in sorted(values.items())}
            yield [{"use": n, "with": with_, "times": f"({1 / Fraction(c)})", "of": k}]


def totals(normal: Normal) -> list[tuple[int, Atom, t.Exponent]]:
    """The sums in assumed equations that stand there as they do in a normal form."""
    if normal.sums is None:
        normal.sums = []
        for n, relation in enumerate(normal.proof.given):
            try:
                left, right = (normal.proof.reader.read(side, {}) for side in (relation.left, relation.right))
                gap = minus(left.number, right.number)
                plain = relation.op == "=" and not normal.simple(gap)[1]
            except Refused:
                continue
            for m, c in sorted(gap, key=lambda f: said(one(f[0]))) if plain else ():
                if len(m) == 1 and next(iter(m))[0][0] == "sum" and next(iter(m))[1] == 1:
                    normal.sums.append((n, next(iter(m))[0], c))
                    break
        normal.done.clear()
        normal.memo.clear()
    return normal.sums
