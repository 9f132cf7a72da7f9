"""One form for terms of certificates, and the rewrites that lead to it. Nothing here is trusted: every step is the
replay's own, and is recorded as it is taken."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from derive.certify import deltas, exchanged, integrals, inverses, matrices, powers, sums
from derive.certify.writing import Step, one, ruled, said
from derive.replay import terms as t
from derive.replay.check import Proof, Steps
from derive.replay.data import Refused
from derive.replay.terms import Atom, Mono, Poly, of, ordered, scale

MOST_STEPS = 3000
SYMMETRIC = {"symmetric", "posdef", "psd", "diagonal"}


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
        self.exchanges = exchanged.exchanges(self)
        declared = {n for n, d in proof.context.symbols.items() if len(d.shape) == 2 and d.properties & SYMMETRIC}
        self.symmetric = frozenset(declared | {n for _, n, _ in self.exchanges})

    def fresh(self) -> str:
        """A name that nothing has."""
        self.count += 1
        return f"?{self.count}"

    def simple(self, p: Poly) -> tuple[Poly, Steps]:
        """The normal form of p, and the steps to it."""
        sums.totals(self)
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

    def turned(self, p: Poly) -> Poly:
        """p with the subscripts of what is symmetric in the order of their texts, at any depth."""

        def change(a: Atom, depth: int) -> Poly | None:
            if a[0] != "entry" or a[1] not in self.symmetric or t.text(a[-1], depth) >= t.text(a[-2], depth):
                return None
            return of((*a[:-2], a[-1], a[-2]))

        return p if t.free(p).isdisjoint(self.symmetric) else t.mapped(p, change, lambda a, depth: True)

    # -- one atom ----------------------------------------------------------------------------------------------------
    def heads(self, p: Poly, a: Atom, k: int) -> Iterator[Steps | tuple[Steps, Poly]]:
        """The lines of the table that an atom asks for."""
        match a:
            case ("sum", low, high, body):
                yield from sums.summed(self, p, a, k, low, high, body)
                yield from inverses.beside(self, p, a, k)
            case ("int", rows, columns, body):
                yield from integrals.integral(self, k, rows, columns, body)
            case ("exp", x):
                yield from powers.exponential(self, k, x)
            case ("log", x):
                yield from powers.logarithm(self, k, x)
            case ("delta", d):
                yield from deltas.delta(self, d)
            case ("above", x):
                yield [ruled("yes", x=said(x))]
                yield [ruled("no", x=said(x))]
                if said(scale(x, -1)) < said(x):
                    yield [ruled("unless", x=said(scale(x, -1)))]
            case ("group", x):
                yield from powers.grouped(self, p, a, x)
            case ("raised", x, y):
                yield from powers.raised(self, x, y)
            case ("prod", low, high, body):
                yield from powers.product(self, low, high, body)
            case ("tanh" | "logistic" as head, x) if self.also == "exponentials":
                yield [ruled(head, x=said(x))]
            case ("abs", x):
                yield [ruled("abs", x=said(x))]
                yield from powers.absolute(x)
            case ("call", *_):
                yield [{"undo": k}]
            case ("entry", n, *slots) if len(slots) > 1 and said(slots[-1]) < said(slots[-2]):
                decl = self.proof.context.symbols.get(n)
                if decl is not None and len(decl.shape) == 2 and decl.properties & SYMMETRIC:
                    yield [{"symmetric": k}]
                yield from exchanged.exchanged(self, a, k)
            case ("inv", n, body, i, j):
                yield from matrices.inverse(self, p, a, n, body, i, j)
            case ("det", n, body):
                yield from matrices.determinant(self, k, n, body)

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
                yield from deltas.equal(self, m, f)
