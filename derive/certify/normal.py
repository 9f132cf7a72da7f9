"""One form for terms of certificates, and the rewrites that lead to it. Nothing here is trusted: every step is the
replay's own, and is recorded as it is taken."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from fractions import Fraction
from math import gcd
from typing import Any

from derive.replay import terms as t
from derive.replay.check import Proof, Steps, ordered
from derive.replay.data import Refused
from derive.replay.terms import ONE, ZERO, Atom, Mono, Poly, add, minus, mul, name, number, of, power, scale

Step = dict[str, Any]
MOST_STEPS = 3000


def one(m: Mono, c: t.Exponent = 1) -> Poly:
    """A monomial."""
    return t.made({m: c})


def said(p: Poly) -> str:
    """A polynomial as certificates have it."""
    return t.text(p)


def function(p: Poly, *names: str) -> str:
    """A function of some names, as certificates have it."""
    inside = t.closed(p, list(names))
    over = ", ".join(f"b{len(names) - 1 - k}" for k in range(len(names)))
    return f"lambda {over}: {t.text(inside, len(names))}"


def ruled(rule: str, **values: str) -> Step:
    """A line of the table at some values."""
    return {"rule": rule, "with": values} if values else {"rule": rule}


class Normal:
    """Rewrites to a normal form, in one proof."""

    def __init__(self, proof: Proof, also: str = "") -> None:
        """``also`` has lines that are no part of the form: "values" of what is 0 or 1, "exponentials" for tanh."""
        self.proof = proof
        self.also = also
        self.done: dict[Atom, None] = {}
        self.memo: dict[Any, tuple[Poly, Steps]] = {}
        self.depth = 0
        self.sums: list[tuple[int, Atom, t.Exponent]] | None = None
        self.count = 0
        self.steps = 0

    def fresh(self) -> str:
        """A name that nothing has."""
        self.count += 1
        return f"?{self.count}"

    def simple(self, p: Poly) -> tuple[Poly, Steps]:
        """The normal form of p, and the steps to it."""
        self.totals()
        key = (p, frozenset((n, ends) for n, ends in self.proof.ranges.items() if n[:1] == "?" and n in t.free(p)))
        if key not in self.memo:
            self.memo[key] = self._simple(p)
        q, steps = self.memo[key]
        return q, list(steps)

    def _simple(self, p: Poly) -> tuple[Poly, Steps]:
        steps: Steps = []
        while True:
            for step in self.next(p):
                try:
                    step, q = step if isinstance(step, tuple) else (step, self.proof.run(p, step, True))
                except (Refused, KeyError, IndexError):
                    continue
                if q != p:
                    p = q
                    steps += step
                    self.steps += 1
                    if self.steps > MOST_STEPS:
                        raise Refused("too many steps")
                    break
            else:
                return p, steps

    def next(self, p: Poly) -> Iterator[Steps | tuple[Steps, Poly]]:
        """What may be done to p, the parts of its atoms first."""
        atoms = ordered(p)
        for k, a in enumerate(atoms):
            if a in self.done:
                continue
            inner = self.inside(p, a, k)
            if inner is not None:
                yield inner
                return  # it has been done
            found = False
            for step in self.heads(p, a, k):
                found = True
                yield step
            if not found:
                self.done[a] = None
        for m, _ in sorted(p, key=lambda f: said(one(f[0]))):
            yield from self.products(p, m)

    def inside(self, p: Poly, a: Atom, k: int) -> tuple[Steps, Poly] | None:
        """The steps to the normal form of a part of an atom, of the first that has some, and what p is then."""
        for n, part in enumerate(a[1:]):
            if not isinstance(part, frozenset):
                continue
            self.depth += 1
            new = [f"?{self.depth}.{x}" for x in range(t.binds(a, n))]
            body = t.opened(part, [self.proof.index(x, *e) for x, e in zip(new, t.ends(a, n), strict=True)])
            try:
                done, steps = self.simple(body)
            finally:
                self.depth -= 1
                for x in new:
                    del self.proof.ranges[x]
            if steps:
                step: Step = {"in": k, "part": n, "do": steps}
                args = [*a[1 : n + 1], t.closed(done, new), *a[n + 2 :]]
                whole = done if a[0] == "group" else t.atom(a[0], *args)
                return [{**step, "as": new} if new else step], self.proof.exchanged(p, a, whole)
        return None

    # -- one atom ----------------------------------------------------------------------------------------------------
    def heads(self, p: Poly, a: Atom, k: int) -> Iterator[Steps | tuple[Steps, Poly]]:
        """The lines of the table that an atom asks for."""
        match a:
            case ("sum", low, high, body):
                yield from self.sum(p, a, k, low, high, body)
            case ("exp", x):
                yield from self.exp(x)
            case ("log", x):
                yield from self.log(x)
            case ("delta", d):
                yield from self.delta(d)
            case ("above", x):
                yield [ruled("yes", x=said(x))]
                yield [ruled("no", x=said(x))]
                if said(scale(x, -1)) < said(x):
                    yield [ruled("unless", x=said(scale(x, -1)))]
            case ("group", x):
                yield from self.group(p, a, x)
            case ("raised", x, y):
                yield from self.raised(x, y)
            case ("prod", low, high, body):
                yield from self.prod(low, high, body)
            case ("tanh" | "logistic" as head, x) if self.also == "exponentials":
                yield [ruled(head, x=said(x))]
            case ("abs", x):
                yield [ruled("abs", x=said(x))]
            case ("entry", n, *slots) if len(slots) > 1 and said(slots[-1]) < said(slots[-2]):
                decl = self.proof.context.symbols.get(n)
                if (
                    decl is not None
                    and len(decl.shape) == 2
                    and decl.properties & {"symmetric", "posdef", "psd", "diagonal"}
                ):
                    yield [{"symmetric": k}]
            case ("inv", n, body, i, j):
                yield from self.inv(p, a, n, body, i, j)
            case ("det", n, body):
                yield from self.det(k, n, body)

    def sum(self, p: Poly, a: Atom, k: int, low: Poly, high: Poly, body: Poly) -> Iterator[Steps]:
        """A sum: what is constant comes out, a delta picks, the order of two is the shorter text's."""
        ends = {"a": said(low), "b": said(high)}
        v = self.fresh()
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
                yield from self.pick(k, a, f, m, v, ends)
        yield from self.split(k, outer, inner, v, ends)
        yield from self.contraction(m, v, low, high)
        yield from self.known(a, k)
        for f, e in sorted(m, key=lambda f: said(of(f[0]))):
            if f[0] == "sum" and e >= 1 and e.denominator == 1 and v not in t.free(f[1]) | t.free(f[2]):
                swapped = self.swapped(k, ends, m, f, e, v)
                if swapped is not None:
                    yield swapped

    def split(self, k: int, outer: Mono, inner: Mono, v: str, ends: dict[str, str]) -> Iterator[Steps]:
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

    def pick(self, k: int, a: Atom, f: Atom, m: Mono, v: str, ends: dict[str, str]) -> Iterator[Steps]:
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

    def contraction(self, m: Mono, v: str, low: Poly, high: Poly) -> Iterator[Steps]:
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
                    if t.opened(body, list(reversed(slots(x)))) == of(g) or t.opened(body, list(slots(x))) == of(g):
                        r, c = self.fresh(), self.fresh()
                        fn = function(t.opened(body, [name(r), name(c)]), r, c)
                        ij = {"i": said(i), "j": said(x)} if rule == "left-inv" else {"i": said(x), "j": said(j)}
                        yield [ruled(rule, n=said(n), M=fn, **ij)]

    def swapped(self, k: int, ends: dict[str, str], m: Mono, f: Atom, e: t.Exponent, v: str) -> Steps | None:
        """A sum of a sum in the other order, if that is a shorter text."""
        rest = frozenset((a, x - (a == f)) for a, x in m if a != f or x > 1)
        w = self.fresh()
        whole = mul(one(rest), t.opened(f[3], [name(w)]))
        if len(whole) != 1:
            return None
        other = t.atom(
            "sum",
            f[1],
            f[2],
            t.closed(
                t.atom(
                    "sum", t.parsed(t.syntax(ends["a"]), {}), t.parsed(t.syntax(ends["b"]), {}), t.closed(whole, [v])
                ),
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
        wanted, against = self.asks(whole, v, own, w), self.asks(whole, w, (f[1], f[2]), v)
        longer = (len(said(other)), said(other)) >= (len(said(here)), said(here))
        if e == 1 and ((longer and not wanted) or (against and not wanted)):
            return None
        if e > 1:
            return None
        both = function(whole, v, w)
        inner = {"c": ends["a"], "d": ends["b"]}
        into = ruled("put-in", a=said(f[1]), b=said(f[2]), c=said(one(rest)), F=function(t.opened(f[3], [name(w)]), w))
        steps: Steps = [{"in": k, "part": 2, "as": [v], "do": [into]}] if rest else []
        flat = {"a": ends["a"], "b": ends["b"], "c": said(f[1]), "d": said(f[2]), "F": both}
        del inner
        return [*steps, ruled("swap", **flat)]

    def asks(self, body: Poly, v: str, ends: tuple[Poly, Poly], w: str) -> bool:
        """Whether something is known of the sum over v alone, or it has a denominator that only w stands in."""
        ((m, _),) = body
        if any(e < 0 and f[0] in ("group", "sum") and w in t.names(f) and v not in t.names(f) for f, e in m):
            return True
        moving = one(frozenset(f for f in m if v in t.names(f[0])))
        a = ("sum", *ends, t.closed(moving, [v]))
        match list(next(iter(moving))[0]):
            case [(("delta", d), 1)] if any(b[0] == "entry" for n, _ in d for b, _ in n):
                return True
        return next(self.known(a, 0), None) is not None

    def known(self, a: Atom, k: int) -> Iterator[Steps]:
        """A sum of which it is known what it comes to."""
        body = a[3]
        ((m, _),) = body
        (f, e), *more = m
        if not more and e == 1 and f[0] == "entry" and f[-1] == of(("bound", 0)):
            decl = self.proof.context.symbols.get(f[1])
            if (
                decl is not None
                and decl.properties & {"simplex", "onehot"}
                and not any(t.loose(b) for s in f[2:-1] for x, _ in s for b, _ in x)
            ):
                yield [{"total": f[1], "entry": [said(s) for s in f[2:-1]], "times": "1", "of": k}]
        for n, pattern, c in self.totals():
            values: dict[str, Poly] = {}
            if fits(pattern, a, self.proof.context.indices.keys(), values):
                with_ = {x: said(v) for x, v in sorted(values.items())}
                yield [{"use": n, "with": with_, "times": f"({1 / Fraction(c)})", "of": k}]

    def totals(self) -> list[tuple[int, Atom, t.Exponent]]:
        """The sums in assumed equations that stand there as they do in a normal form."""
        if self.sums is None:
            self.sums = []
            for n, relation in enumerate(self.proof.given):
                try:
                    left, right = (self.proof.reader.read(side, {}) for side in (relation.left, relation.right))
                    gap = minus(left.number, right.number)
                    plain = relation.op == "=" and not self.simple(gap)[1]
                except Refused:
                    continue
                for m, c in sorted(gap, key=lambda f: said(one(f[0]))) if plain else ():
                    if len(m) == 1 and next(iter(m))[0][0] == "sum" and next(iter(m))[1] == 1:
                        self.sums.append((n, next(iter(m))[0], c))
                        break
            self.done.clear()
            self.memo.clear()
        return self.sums

    def exp(self, x: Poly) -> Iterator[Steps]:
        """Logarithms in an exponent come out of it."""
        for m, c in sorted(x, key=lambda f: said(one(f[0]))) if self.also == "values" else ():
            for f, e in sorted(m, key=lambda f: said(of(f[0]))):
                if e == 1 and self.proof.binary(of(f)):
                    part, rest = one(m, c), one(frozenset(g for g in m if g[0] != f), c)
                    split = [ruled("exp-split", x=said(part), y=said(minus(x, part)))] if len(x) > 1 else []
                    yield [*split, ruled("bernoulli", b=said(of(f)), x=said(rest))]
        if x == ZERO:
            yield [ruled("exp-0")]
        for m, c in sorted(x, key=lambda f: said(one(f[0]))):
            for f, e in sorted(m, key=lambda f: said(of(f[0]))):
                if f[0] == "log" and e == 1:
                    rest, others = minus(x, one(m, c)), one(frozenset(g for g in m if g[0] != f), c)
                    if others == number(c):
                        yield [ruled("exp-log", x=said(rest), q=f"({c})", y=said(f[1]))]
                    else:
                        yield [ruled("exp-raised", x=said(rest), z=said(others), y=said(f[1]))]

    def log(self, x: Poly) -> Iterator[Steps]:
        """The logarithm of a product is a sum."""
        if x == ONE:
            yield [ruled("log-1")]
        if len(x) != 1:
            shared, rest = content(x)
            if shared != ONE:
                yield [ruled("log-mul", x=said(shared), y=said(rest))]
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
                v = self.fresh()
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

    def delta(self, d: Poly) -> Iterator[Steps]:
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
                    yield (
                        [ruled("is-1", b=said(b))] if c == 1 else [ruled("turned", d=said(d)), ruled("is-1", b=said(b))]
                    )
        if said(turned) < said(d):
            yield [ruled("turned", d=said(d))]

    def group(self, p: Poly, a: Atom, x: Poly) -> Iterator[Steps]:
        """A power of a sum: what all its terms share comes out, and its first coefficient is 1."""
        for e in sorted({e for m, _ in p for b, e in m if b == a}):
            whole = e.denominator == 1
            shared, rest = content(x)
            if shared != ONE:
                yield [ruled("group-mul" if whole else "root-mul", x=said(shared), y=said(rest), q=f"({e})")]
            if len(x) == 1:
                ((m, c),) = x
                if not m:
                    yield from self.root(c, e)
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

    def root(self, c: t.Exponent, e: t.Exponent) -> Iterator[Steps]:
        """A power of a number, as powers of primes between 0 and 1."""
        found = list(primes(c)) if c > 0 else []
        for q, times in found:
            one_of = Fraction(q) ** times
            if one_of != c:
                yield [ruled("root-mul", x=f"({one_of})", y=f"({Fraction(c) / one_of})", q=f"({e})")]
            elif times != 1:
                yield [ruled("root-power", x=str(q), p=f"({times})", q=f"({e})")]

    def raised(self, x: Poly, y: Poly) -> Iterator[Steps]:
        """A power with an exponent that is no number."""
        if not any(m for m, _ in y):
            yield [ruled("raised", x=said(x), q=said(y))]
            return
        fixed = add(ZERO, *(number(c) for m, c in y if not m))
        if self.also == "values":
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

    def prod(self, low: Poly, high: Poly, body: Poly) -> Iterator[Steps]:
        """A product: factor by factor."""
        ends, v = {"a": said(low), "b": said(high)}, self.fresh()
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

    def inv(self, p: Poly, a: Atom, n: Poly, body: Poly, i: Poly, j: Poly) -> Iterator[Steps | tuple[Steps, Poly]]:
        """An inverse: factors come out, and of the two ways round the shorter text."""
        r, c = self.fresh(), self.fresh()
        inside = t.opened(body, [name(r), name(c)])
        shared, rest = content(inside)
        if len(inside) == 1:
            ((m, factor),) = inside
            shared = one(frozenset(f for f in m if not {r, c} & t.names(f[0])), factor)
            rest = one(frozenset(f for f in m if {r, c} & t.names(f[0])))
        for d, steps in self.diagonal(ordered(p).index(a), inside, r, c):
            yield [*steps, ruled("inv-diag", n=said(n), F=function(d, r), i=said(i), j=said(j))]
        if shared != ONE and not {r, c} & t.free(shared):
            yield [ruled("inv-scaled", n=said(n), M=function(rest, r, c), s=said(shared), i=said(i), j=said(j))]
        yield from self.turned(p, a, ruled("inv-turned", n=said(n), M=function(inside, c, r), i=said(i), j=said(j)))
        match [f for m, _ in inside for f in m]:
            case [(("inv", size, deeper, x, y), e)] if e == 1 and size == n and (x, y) == (name(r), name(c)):
                r2, c2 = self.fresh(), self.fresh()
                fn = function(t.opened(deeper, [name(r2), name(c2)]), r2, c2)
                yield [ruled("inv-inv", n=said(n), M=fn, i=said(i), j=said(j))]

    def diagonal(self, k: int, inside: Poly, r: str, c: str) -> Iterator[tuple[Poly, Steps]]:
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
                    w = self.fresh()
                    do = [ruled("turned", d=said(there))] if there != minus(name(c), name(r)) else []
                    moved = function(t.opened(t.closed(rest, [c]), [name(w)]), w)
                    do += [ruled("equal", x=said(name(c)), y=said(name(r)), F=moved)]
                    do += [ruled("turned", d=said(minus(name(c), name(r))))]
                yield by_rows, [{"in": k, "part": 1, "as": [r, c], "do": do}] if do else []

    def turned(self, p: Poly, a: Atom, step: Step) -> Iterator[Steps | tuple[Steps, Poly]]:
        """The inverse of the transpose, in its normal form, if that is a shorter text."""
        q = self.proof.run(p, [step], True)
        new = [b for b in ordered(q) if b not in ordered(p)]
        if len(new) == 1 and new[0][0] == "inv":
            found = self.inside(q, new[0], ordered(q).index(new[0]))
            steps, done = found or ([], q)
            last = [b for b in ordered(done) if b not in ordered(p)]
            if len(last) == 1 and said(of(last[0])) < said(of(a)):
                yield [step, *steps], done

    def det(self, k: int, n: Poly, body: Poly) -> Iterator[Steps]:
        """A determinant."""
        r, c = self.fresh(), self.fresh()
        inside = t.opened(body, [name(r), name(c)])
        for d, steps in self.diagonal(k, inside, r, c):
            yield [*steps, ruled("det-diag", n=said(n), F=function(d, r))]
        if len(inside) == 1:
            ((m, factor),) = inside
            shared = one(frozenset(f for f in m if not {r, c} & t.names(f[0])), factor)
            rest = one(frozenset(f for f in m if {r, c} & t.names(f[0])))
            if shared != ONE:
                yield [ruled("det-scaled", n=said(n), M=function(rest, r, c), s=said(shared))]
            match list(m):
                case [(("inv", size, deeper, x, y), e)] if e == 1 and size == n and (x, y) == (name(r), name(c)):
                    r2, c2 = self.fresh(), self.fresh()
                    yield [ruled("det-inv", n=said(n), M=function(t.opened(deeper, [name(r2), name(c2)]), r2, c2))]
        if inside == t.atom("delta", minus(name(r), name(c))):
            yield [ruled("det-one", n=said(n))]

    # -- one monomial ------------------------------------------------------------------------------------------------
    def products(self, p: Poly, m: Mono) -> Iterator[Steps]:
        """Factors that are one together."""
        parts = sorted(m, key=lambda f: said(of(f[0])))
        exps = [(f, e) for f, e in parts if f[0] == "exp"]
        for f, e in exps:
            if e != 1:
                yield [ruled("exp-power", x=said(f[1]), q=f"({e})")]
        if len(exps) > 1 and exps[0][1] == exps[1][1] == 1:
            yield [ruled("exp-mul", x=said(exps[0][0][1]), y=said(exps[1][0][1]))]
        for f, e in parts:
            if f[0] == "delta" and e > 1:
                yield [ruled("square", d=said(f[1]))]
            if f[0] == "above" and e > 1:
                yield [ruled("above-2", x=said(f[1]))]
            if f[0] == "entry" and e > 1 and self.proof.binary(of(f)):
                yield [ruled("binary", b=said(of(f)))]
            if f[0] == "abs" and e > 1:
                yield [ruled("abs-2", x=said(f[1]))]
        for f, e in parts:
            if f[0] == "delta" and e == 1:
                yield from self.equal(m, f)

    def equal(self, m: Mono, f: Atom) -> Iterator[Steps]:
        """δ(x - y) F(x) is δ(x - y) F(y): the later name goes."""
        rest = one(frozenset(g for g in m if g[0] != f))
        for d, turned in ((f[1], False), (scale(f[1], -1), True)):
            for x, c in sorted(d, key=lambda n: said(one(n[0]))):
                if c == 1 and len(x) == 1 and next(iter(x))[0][0] == "entry" and rest != ONE:
                    a, w = next(iter(x))[0], self.fresh()
                    y = minus(of(a), d)
                    moved = self.proof.reader.instead(rest, "entry", frozenset({a[1]}), _at(a, w))
                    if moved != rest and all(b[0] == "name" for n, _ in y for b, _ in n):
                        step = ruled("equal", x=said(of(a)), y=said(y), F=function(moved, w))
                        yield [ruled("turned", d=said(f[1])), step] if turned else [step]
            names = [
                n for x, c in d for b, e in x if b[0] == "name" and len(x) == 1 and e == 1 and c == 1 for n in [b[1]]
            ]
            for v in sorted(names, key=lambda n: (n[:1] == "?", len(n), n), reverse=True):
                if v not in t.free(rest) or v in self.proof.context.sizes:
                    continue
                y = minus(name(v), d)
                if any(b[0] == "entry" and self.proof.label(b) for n, _ in y for b, _ in n):
                    continue
                if v in t.free(y) or max([(n[:1] == "?", len(n), n) for n in t.free(y)], default=(False, 0, "")) >= (
                    v[:1] == "?",
                    len(v),
                    v,
                ):
                    continue
                w = self.fresh()
                step = ruled(
                    "equal", x=said(name(v)), y=said(y), F=function(t.opened(t.closed(rest, [v]), [name(w)]), w)
                )
                if not turned:
                    yield [step]
                else:
                    yield [ruled("turned", d=said(f[1])), step]


def _at(a: Atom, w: str) -> Callable[[Any, list[Poly]], Poly | None]:
    """A name in place of an entry."""
    return lambda n, slots: name(w) if (n, *slots) == a[1:] else None


def fits(pattern: object, other: object, free: Collection[str], values: dict[str, Poly]) -> bool:
    """Whether a term is an instance of another, and at which values of its indices."""
    if isinstance(pattern, frozenset) and isinstance(other, frozenset):
        if len(pattern) == 1 and next(iter(pattern))[1] == 1 and len(next(iter(pattern))[0]) == 1:
            ((a, e),) = next(iter(pattern))[0]
            if a[0] == "name" and e == 1 and a[1] in free:
                return bool(values.setdefault(a[1], other) == other) and not any(
                    t.loose(b) for m, _ in other for b, _ in m
                )
        if len(pattern) != len(other):
            return False
        pairs = zip(sorted(pattern, key=_by_looks), sorted(other, key=_by_looks), strict=True)
        return all(c == d and _factors_fit(m, n, free, values) for (m, c), (n, d) in pairs)
    if isinstance(pattern, tuple) and isinstance(other, tuple) and len(pattern) == len(other):
        return all(fits(x, y, free, values) for x, y in zip(pattern, other, strict=True))
    return pattern == other


def _by_looks(term: tuple[Mono, object]) -> tuple[str, list[tuple[str, str]]]:
    """The order in which the terms of two sums are compared: by what does not depend on the names of indices."""
    factors, coefficient = term
    return str(coefficient), sorted((str(a[:2]) if a[0] == "entry" else a[0], str(e)) for a, e in factors)


def _factors_fit(m: Mono, n: Mono, free: Collection[str], values: dict[str, Poly]) -> bool:
    def key(f: tuple[Atom, t.Exponent]) -> tuple[str, str]:
        return (str(f[0][:2]) if f[0][0] == "entry" else str(f[0][0]), str(f[1]))

    pairs = zip(sorted(m, key=key), sorted(n, key=key), strict=False)
    return len(m) == len(n) and all(e == g and fits(a, b, free, values) for (a, e), (b, g) in pairs)


def content(p: Poly) -> tuple[Poly, Poly]:
    """What all terms of a sum share, and what is left beside it."""
    if not p:
        return ONE, p
    first, *others = [dict(m) for m, _ in p]
    shared = {a: min([e, *(m.get(a, 0) for m in others)]) for a, e in first.items() if a[0] not in ("delta", "above")}
    kept = frozenset((a, e) for a, e in shared.items() if e and all(a in m for m in others))
    if not kept or len(p) == 1:
        return ONE, p
    common = one(kept)
    return common, mul(p, power(common, -1))


def primes(c: t.Exponent) -> Iterator[tuple[int, int]]:
    """The prime factors of a positive number with their exponents."""
    for n, sign in ((c.numerator, 1), (c.denominator, -1)):
        q = 2
        while n > 1:
            q = n if q * q > n else q
            times = 0
            while n % q == 0:
                n, times = n // q, times + 1
            if times:
                yield q, sign * times
            q += 1


__all__ = ["Normal", "content", "gcd", "primes"]
