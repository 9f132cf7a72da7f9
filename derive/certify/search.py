"""Looks for the steps from a claim to zero, with the rules of the replay itself. What it finds is checked there."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import floor
from typing import Any

from derive.certify.raising import NotShown, Raising
from derive.certify.reach import depends, reduced
from derive.language.claims import Claim
from derive.language.terms import Term
from derive.replay.data import written
from derive.replay.polynomials import ONE, ZERO, Atom, Poly, Refused, add, of, scale
from derive.replay.steps import FORMAT, Goal, Proof, Steps, goals

DEEPEST = 4


def certificate(claim: Claim) -> dict[str, Any] | None:
    """A certificate of a claim, or None. The replay has gone through it."""
    try:
        wanted = goals(claim.statement)
        context = reduced(claim)
        proofs = [_steps(context, goal) for goal in wanted]
    except (Refused, NotShown, RecursionError, ZeroDivisionError):
        return None
    if any(steps is None for steps in proofs):
        return None
    return {
        "format": FORMAT,
        "id": claim.id,
        "text": claim.text,
        "statement": written(claim.statement),
        "context": written(context),
        "proofs": proofs,
    }


def _steps(context: Any, goal: Goal) -> Steps | None:
    """The steps to one goal, with what each leads to."""
    steps = Search(context, goal).found()
    if steps is None:
        return None
    proof = Proof(context, goal)
    try:
        proof.run(proof.start(), steps, record=True)
    except Refused:
        return None
    return steps


class Search:
    """One goal, and the ways to zero."""

    def __init__(self, context: Any, goal: Goal) -> None:
        self.context = context
        self.proof = Proof(context, goal)
        self.a = self.proof.a
        self.raising = Raising(self.a, context)
        self.count = 100

    def found(self) -> Steps | None:
        """The steps, definitions unfolded from the top as what is left demands."""
        steps: Steps = [{"rule": "difference"}]
        p = self.proof.start()
        while True:
            symbols = self.context.symbols
            defined = sorted(n for n in p.names if n in symbols and symbols[n].definition is not None)
            tail = self.zero(p, DEEPEST if defined else 0)
            if tail is not None:
                return steps + tail
            top = [n for n in defined if not any(m != n and depends(self.context, m, n) for m in defined)]
            if not top:
                return None
            step = {"rule": "unfold", "names": top}
            p = self.proof.unfold(p, step, False)
            steps.append(step)

    def zero(self, p: Poly, depth: int) -> Steps | None:
        """The steps from p to zero."""
        p, steps = self.cleared(p)
        if p == ZERO:
            return steps
        q, more = self.totals(p)
        if more:
            rest = self.zero(q, depth)
            if rest is not None:
                return steps + more + rest
        if depth >= DEEPEST:
            return None
        for way in self.ways(p, depth):
            try:
                q = getattr(self.proof, way["rule"])(p, way, False)
            except Refused:
                continue
            rest = self.zero(q, depth + 1)
            if rest is not None:
                return [*steps, way, *rest]
        return None

    def ways(self, p: Poly, depth: int) -> Iterator[dict[str, Any]]:
        """What may be tried next."""
        sums = {a for m in p.terms for a, _ in m if a.kind == "sum"}
        ranges = {(low.key, high.key): (low, high) for a in sums for _, low, high in self.a.binders(a)}
        for key in sorted(ranges):
            for strict in (True, False):
                way = self.summand(p, *ranges[key], strict)
                if way is not None:
                    yield way
        if depth == 0 and p.names & {"tanh", "logistic"}:
            yield {"rule": "exponentials"}

    def cleared(self, p: Poly) -> tuple[Poly, Steps]:
        """p times its denominators."""
        steps: Steps = []
        for _ in range(14):
            worst: dict[Atom, int] = {}
            for m in p.terms:
                for atom, e in m:
                    if atom.kind == "pp" and e < 0:
                        worst[atom] = min(worst.get(atom, 0), floor(e))
            if not worst:
                break
            atom = min(worst, key=lambda a: (a.height, a.key))
            step = {"rule": "times", "by": atom.key, "power": -worst[atom]}
            p = self.proof.times(p, step, False)
            steps.append(step)
        return p, steps

    def summand(self, p: Poly, low: Poly, high: Poly, strict: bool) -> dict[str, Any] | None:
        """Take one sum off every term: where a denominator holds its index, first of all there."""
        at: list[list[Any]] = []
        found = False
        length = add(high, scale(low, -1), ONE).single
        for m in p.terms:
            options = [
                (a, i)
                for a, e in m
                if a.kind == "sum" and e >= 1 and e.denominator == 1
                for i, (_, x, y) in enumerate(self.a.binders(a))
                if (x, y) == (low, high)
            ]
            carrying = [pair for pair in options if _carries(*pair)]
            found = found or bool(carrying)
            choice = carrying or ([] if strict and not options else options)
            if choice:
                at.append([choice[0][0].key, choice[0][1]])
            elif length is None or len(length[0]) != 1 or length[0][0] not in m:
                return None
        if not found and strict:
            return None
        try:
            over = [written(self.raising.poly(low)), written(self.raising.poly(high))]
        except NotShown:
            return None
        self.count += 1
        return {"rule": "summand", "over": over, "as": f"@{self.count}", "at": [list(x) for x in dict.fromkeys(map(tuple, at))]}

    def totals(self, p: Poly) -> tuple[Poly, Steps]:
        """The entries of what lies on a simplex (or is one-hot) add up to one."""
        steps: Steps = []
        for _ in range(8):
            step = next(self._totals(p), None)
            if step is None:
                break
            try:
                p = self.proof.use(p, step, False)
            except Refused:
                break
            steps.append(step)
        return p, steps

    def _totals(self, p: Poly) -> Iterator[dict[str, Any]]:
        for m, c in sorted(p.terms.items(), key=lambda pair: Poly({pair[0]: pair[1]}).key):
            for atom, e in m:
                if atom.kind != "sum" or e != 1:
                    continue
                binders, (body,) = self.a.open(atom)
                factors = dict(next(iter(body.terms)))
                for inner, x in factors.items():
                    decl = self.context.symbols.get(inner.head) if inner.kind == "ent" else None
                    if decl is None or x != 1 or not decl.properties & {"simplex", "onehot"}:
                        continue
                    last = inner.args[-1]
                    names = [b[0] for b in binders if self.a.var(b[0]) == last]
                    if not names or any(names[0] in a.free for a in factors if a is not inner) or any(names[0] in s.free for s in inner.args[:-1]):
                        continue
                    rest = Poly({tuple((a, f) for a, f in m if a is not atom): c})
                    others = Poly({tuple((a, f) for a, f in factors.items() if a is not inner): Fraction(1)})
                    over = [b for b in binders if b[0] != names[0]]
                    try:
                        yield self._use(rest, others, over, {"total": decl.name, "entry": inner.args[:-1]})
                    except NotShown:
                        continue

    def _use(self, rest: Poly, others: Poly, over: list[Any], what: dict[str, Any]) -> dict[str, Any]:
        """A step that uses a relation, with the bound names of the sums around it called anew."""
        given: dict[str, Poly] = {}
        called = []
        for v, low, high in over:
            self.count += 1
            name = f"@{self.count}"
            given[v] = of(self.a.atom("var", name))
            called.append([name, written(self.term(low)), written(self.term(high))])
        times = self.a.mul(rest, self.a.put(others, given))
        entry = [written(self.term(self.a.put(s, given))) for s in what["entry"]]
        return {**what, "rule": "use", "entry": entry, "times": written(self.term(times)), "over": called}

    def term(self, p: Poly) -> Term:
        """A polynomial as a term."""
        return self.raising.poly(p)


def _carries(atom: Atom, i: int) -> bool:
    """Whether a bound name of a sum stands in a denominator (or another power of a sum) of its body."""
    name = atom.bound[i]
    return any(
        name in a.free and (a.kind == "pp" or (e < 0 and a.kind in ("sum", "pp")))
        for m in atom.args[-1].terms
        for a, e in m
    )
