"""The lines of the table for exponentials, logarithms, powers and products."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING

from derive.certify.matching import content, primes
from derive.certify.writing import function, one, ruled, said
from derive.replay import terms as t
from derive.replay.check import Steps
from derive.replay.terms import ONE, ZERO, Atom, Poly, add, minus, mul, name, number, of, power, scale

if TYPE_CHECKING:
    from derive.certify.normal import Normal


def exponential(normal: Normal, k: int, x: Poly) -> Iterator[Steps]:
    """Logarithms in an exponent come out of it."""
    for m, c in sorted(x, key=lambda f: said(one(f[0]))) if normal.also == "values" else ():
        for f, e in sorted(m, key=lambda f: said(of(f[0]))):
            if e == 1 and normal.proof.binary(of(f)):
                part, rest = one(m, c), one(frozenset(g for g in m if g[0] != f), c)
                split = [ruled("exp-split", x=said(part), y=said(minus(x, part)))] if len(x) > 1 else []
                yield [*split, ruled("bernoulli", b=said(of(f)), x=said(rest))]
    if x == ZERO:
        yield [ruled("exp-0")]
    yield from apart(k, x)
    for m, c in sorted(x, key=lambda f: said(one(f[0]))):
        for f, e in sorted(m, key=lambda f: said(of(f[0]))):
            if f[0] == "log" and e == 1:
                rest, others = minus(x, one(m, c)), one(frozenset(g for g in m if g[0] != f), c)
                if others == number(c):
                    yield [ruled("exp-log", x=said(rest), q=f"({c})", y=said(f[1]))]
                else:
                    yield [ruled("exp-raised", x=said(rest), z=said(others), y=said(f[1]))]


def logarithm(normal: Normal, k: int, x: Poly) -> Iterator[Steps]:
    """The logarithm of a product is a sum."""
    if x == ONE:
        yield [ruled("log-1")]
    if len(x) != 1:
        shared, rest = content(x)
        if shared != ONE:
            yield [ruled("log-mul", x=said(shared), y=said(rest))]
        yield from shares(k, x)
        return
    ((m, c),) = x
    for f, e in sorted(m, key=lambda f: said(of(f[0]))):
        rest = one(frozenset(g for g in m if g[0] != f), c)
        if f[0] == "exp":
            yield (
                [ruled("log-exp", x=said(scale(f[1], e)), y=said(rest))]
                if e == 1
                else [ruled("exp-power", x=said(f[1]), q=f"({e})")]
            )
        if f[0] == "raised" and e == 1:
            yield [ruled("log-raised", x=said(f[1]), z=said(f[2]), y=said(rest))]
        if f[0] == "prod" and e == 1:
            v = normal.fresh()
            fn = function(t.opened(f[3], [name(v)]), v)
            yield [ruled("log-prod", a=said(f[1]), b=said(f[2]), F=fn, y=said(rest))]
        body = power(of(f), 1)
        if rest != ONE:
            yield [ruled("log-mul", x=said(power(body, e)), y=said(rest))]
        elif e != 1:
            yield [ruled("log-power", x=said(body), q=f"({e})")]
    if not m:
        for q, times in primes(c):
            rest_c = Fraction(c) / Fraction(q) ** times
            if rest_c != 1:
                yield [ruled("log-mul", x=f"({Fraction(q) ** times})", y=f"({rest_c})")]
            elif times != 1:
                yield [ruled("log-power", x=str(q), q=str(times))]
            return


def shares(k: int, x: Poly) -> Iterator[Steps]:
    """1 - u/(u + v) is v/(u + v): the logarithm of a product comes apart."""
    for m, c in sorted(x, key=lambda f: said(one(f[0]))):
        for f, e in sorted(m, key=lambda f: said(of(f[0]))):
            u = one(m - {(f, e)}, -c)
            if f[0] == "group" and e == -1 and len(x) == 2 and x == minus(ONE, mul(u, of(f, -1))) and u <= f[1]:
                yield [{"in": k, "part": 0, "do": [ruled("share", x=said(u), y=said(minus(f[1], u)))]}]


def apart(k: int, x: Poly) -> Iterator[Steps]:
    """In an exponent, one over the product of what differs by a number is a difference, and one of them over the
    other."""
    for m, _ in sorted(x, key=lambda f: said(one(f[0]))):
        parts = sorted(m, key=lambda f: said(of(f[0])))
        for f, e in parts:
            for g, h in parts if f[0] == "name" else ():
                gap = minus(g[1], of(f)) if g[0] == "group" and h < 0 else ZERO
                if gap and not any(n for n, _ in gap):
                    line = ruled("apart" if e < 0 else "share", x=said(of(f)), y=said(gap))
                    yield [{"in": k, "part": 0, "do": [line]}]


def grouped(normal: Normal, p: Poly, a: Atom, x: Poly) -> Iterator[Steps]:
    """A power of a sum: what all its terms share comes out, and its first coefficient is 1."""
    for e in sorted({e for m, _ in p for b, e in m if b == a}):
        whole = e.denominator == 1
        shared, rest = content(x)
        if shared != ONE:
            yield [ruled("group-mul" if whole else "root-mul", x=said(shared), y=said(rest), q=f"({e})")]
        if len(x) == 1:
            ((m, c),) = x
            if not m:
                yield from root(normal, c, e)
                continue
            if c != 1:
                yield [ruled("scaled-2", x=said(x), c=f"({abs(c)})", q=f"({e})")]
            f, h = sorted(m, key=lambda f: said(of(f[0])))[0]
            if len(m) > 1:
                yield [ruled("root-mul", x=said(of(f, h)), y=said(one(m - {(f, h)}, c)), q=f"({e})")]
                yield [ruled("root-mul", y=said(of(f, h)), x=said(one(m - {(f, h)}, c)), q=f"({e})")]
            elif h != 1:
                yield [ruled("root-power", x=said(of(f)), p=f"({h})", q=f"({e})")]
            continue
        leading: t.Exponent = min(x, key=lambda f: said(one(f[0])))[1]
        if not whole and leading < 0:
            leading = -leading
        if leading != 1:
            yield [ruled("scaled" if whole else "scaled-2", x=said(x), c=f"({leading})", q=f"({e})")]


def root(normal: Normal, c: t.Exponent, e: t.Exponent) -> Iterator[Steps]:
    """A power of a number, as powers of primes between 0 and 1."""
    found = list(primes(c)) if c > 0 else []
    for q, times in found:
        one_of = Fraction(q) ** times
        if one_of != c:
            yield [ruled("root-mul", x=f"({one_of})", y=f"({Fraction(c) / one_of})", q=f"({e})")]
        elif times != 1:
            yield [ruled("root-power", x=str(q), p=f"({times})", q=f"({e})")]


def raised(normal: Normal, x: Poly, y: Poly) -> Iterator[Steps]:
    """A power with an exponent that is no number."""
    if not any(m for m, _ in y):
        yield [ruled("raised", x=said(x), q=said(y))]
        return
    fixed = add(ZERO, *(number(c) for m, c in y if not m))
    if normal.also == "values":
        yield [ruled("one-of-two", x=said(x), b=said(y))]
        yield [ruled("other", x=said(x), b=said(minus(ONE, y)))]
    if fixed != ZERO and len(x) == 1:
        yield [ruled("raised-sum", x=said(x), q=said(fixed), z=said(minus(y, fixed)))]
    if len(y) > 1 and fixed == ZERO:
        first = min(y, key=lambda f: said(one(f[0])))
        y1 = one(*first)
        yield [ruled("raised-split", x=said(x), y=said(y1), z=said(minus(y, y1)))]
    if len(x) == 1:
        ((m, c),) = x
        for f, e in sorted(m, key=lambda f: said(of(f[0]))):
            rest = one(m - {(f, e)}, c)
            if f[0] == "exp" and e == 1:
                yield [ruled("raised-exp", x=said(f[1]), y=said(rest), z=said(y))]
            if rest != ONE:
                yield [ruled("raised-mul", x=said(of(f, e)), y=said(rest), z=said(y))]
            elif e != 1:
                yield [ruled("raised-pow", x=said(of(f)), q=f"({e})", z=said(y))]
        if not m:
            for q, times in primes(c) if c > 0 else ():
                part = Fraction(q) ** times
                if part != c:
                    yield [ruled("raised-mul", x=f"({part})", y=f"({Fraction(c) / part})", z=said(y))]
                elif times != 1:
                    yield [ruled("raised-pow", x=str(q), q=f"({times})", z=said(y))]
            if c == 1:
                yield [ruled("raised-one", y=said(y))]
    if len(y) == 1:
        ((m, c),) = y
        if c != 1:
            yield [ruled("raised-times", x=said(x), q=f"({c})", z=said(one(m)))]


def product(normal: Normal, low: Poly, high: Poly, body: Poly) -> Iterator[Steps]:
    """A product: factor by factor."""
    ends, v = {"a": said(low), "b": said(high)}, normal.fresh()
    p = t.opened(body, [name(v)])
    if len(p) != 1:
        return
    ((m, c),) = p
    parts = sorted(m, key=lambda f: said(of(f[0])))
    if c != 1 or len(parts) > 1:
        first = number(c) if c != 1 else of(*parts[0])
        rest = one(m) if c != 1 else one(m - {parts[0]})
        if rest == ONE:
            yield [ruled("prod-const", **ends, c=said(first))]
        else:
            yield [ruled("prod-mul", **ends, F=function(first, v), G=function(rest, v))]
        return
    if v not in t.free(p):
        yield [ruled("prod-const", **ends, c=said(p))]
        return
    (f, e) = parts[0]
    if f[0] == "exp" and e == 1:
        yield [ruled("prod-exp", **ends, F=function(f[1], v))]
    if f[0] == "raised" and e == 1 and v not in t.free(f[1]):
        yield [ruled("prod-raise", **ends, c=said(f[1]), F=function(f[2], v))]
    if f[0] == "raised" and e == 1 and len(f[2]) == 1:
        ((n, h),) = f[2]
        if h == 1 and len(n) == 1 and next(iter(n))[0][0] == "delta":
            d = next(iter(n))[0][1]
            yield [ruled("prod-pick", **ends, F=function(f[1], v), e=said(minus(name(v), d)))]
    if e != 1:
        yield [ruled("prod-power", **ends, F=function(of(f), v), q=f"({e})")]


def absolute(x: Poly) -> Iterator[Steps]:
    """The absolute value of a product, factor by factor."""
    if len(x) != 1:
        return
    ((m, c),) = x
    for f, e in sorted(m, key=lambda f: said(of(f[0]))):
        rest = one(m - {(f, e)}, c)
        if rest != ONE:
            yield [ruled("abs-mul", x=said(of(f, e)), y=said(rest))]
        elif e != 1:
            yield [ruled("abs-power", x=said(of(f)), q=f"({e})")]
