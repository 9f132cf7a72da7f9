"""Looks for the steps from a claim to zero, with the rules of the replay itself. What it finds is checked there."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import floor
from typing import Any

from derive.certify.division import divided
from derive.certify.raising import NotShown, Raising
from derive.certify.reach import depends, reduced
from derive.language.claims import Claim
from derive.language.terms import Term
from derive.replay.data import Refused, written
from derive.replay.polynomials import ONE, ZERO, Atom, Exponent, Poly, add, minus, of, scale
from derive.replay.steps import FORMAT, Goal, Proof, Steps, goals, replay

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
    found = {
        "format": FORMAT,
        "id": claim.id,
        "text": claim.text,
        "statement": written(claim.statement),
        "context": written(context),
        "proofs": proofs,
    }
    if not proofs:  # a shape: there are no steps that the replay has gone through
        try:
            replay(found)
        except Refused:
            return None
    return found


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
        self._known: list[Any] | None = None

    def found(self) -> Steps | None:
        """The steps, definitions unfolded from the top as what is left demands."""
        steps: Steps = [{"rule": "difference"}]
        p = self.proof.start()
        while self.proof.goal.relation.op != "=":
            try:
                self.proof.run(p, [], True)
                return steps
            except Refused:
                names = sorted(
                    n for n in p.names if (d := self.context.symbols.get(n)) is not None and d.definition is not None
                )
                if not names:
                    return None
                steps.append({"rule": "unfold", "names": names})
                p = self.proof.unfold(p, steps[-1], False)
        while True:
            symbols = self.context.symbols
            defined = sorted(n for n in p.names if n in symbols and symbols[n].definition is not None)
            tail = self.zero(p, DEEPEST if defined else 0)
            if tail is not None:
                return steps + tail
            if self.proof.goal.given and (tail := divided(self, p, False)) is not None:
                return steps + tail
            top = [n for n in defined if not any(m != n and depends(self.context, m, n) for m in defined)]
            if not top:
                tail = divided(self, p, True) if self.proof.given else None
                return None if tail is None else steps + tail
            step = {"rule": "unfold", "names": top}
            p = self.proof.unfold(p, step, False)
            steps.append(step)

    def settled(self, p: Poly, unfolding: bool) -> tuple[Poly, Steps]:
        """p with its denominators cleared, known sums in their place, and, if wanted, no definition left."""
        steps: Steps = []
        if unfolding:
            p, steps = self.unfolded(p)
        p, more = self.cleared(p)
        p, last = self.totals(p)
        return p, [*steps, *more, *last]

    def unfolded(self, p: Poly) -> tuple[Poly, Steps]:
        """p with every definition in its place."""
        steps: Steps = []
        symbols = self.context.symbols
        while names := sorted(n for n in p.names if n in symbols and symbols[n].definition is not None):
            steps.append({"rule": "unfold", "names": names})
            p = self.proof.unfold(p, steps[-1], False)
        return p, steps

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
        if depth == 0:
            way: dict[str, Any] = {"rule": "values"}
            q = self.proof.values(p, way, False)
            if q != p:
                rest = self.zero(q, 1)
                if rest is not None:
                    return [*steps, way, *rest]
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
        return {
            "rule": "summand",
            "over": over,
            "as": f"@{self.count}",
            "at": [list(x) for x in dict.fromkeys(map(tuple, at))],
        }

    def totals(self, p: Poly) -> tuple[Poly, Steps]:
        """Sums of which something is known (Σ π_k = 1), replaced wherever they stand."""
        steps: Steps = []
        for _ in range(12):
            for step in self._totals(p):
                try:
                    q = self.proof.rewrite(p, step, False)
                except (Refused, ValueError):
                    continue
                if q != p:
                    p = q
                    steps.append(step)
                    break
            else:
                break
        return p, steps

    def _totals(self, p: Poly) -> Iterator[dict[str, Any]]:
        found = {
            a.key: a
            for m in p.terms
            for a in self.proof._inside(m)
            if a.kind == "sum" and not any(n[0] == "#" for n in a.free)
        }
        for key in sorted(found):
            binders, (body,) = self.a.open(found[key])
            ((mono, c),) = body.terms.items()
            factors = dict(mono)
            for known, what in self.known():
                for binder in binders:
                    way = self._matching(factors, binder[0], known)
                    if way is None:
                        continue
                    used, values = way
                    others = self.a.product({a: x for a, x in factors.items() if a not in used}, c)
                    if binder[0] in others.free or any(binder[0] in v.free for v in values.values()):
                        continue
                    over = [b for b in binders if b[0] != binder[0]]
                    entry = [values[n] for n in what.get("slots", [])]
                    given = {n: v for n, v in values.items() if n in self.context.indices}
                    try:
                        yield {
                            **self._use(ONE, others, over, {**what, "entry": entry}, given),
                            "rule": "rewrite",
                            "of": key,
                        }
                    except NotShown:
                        continue

    def known(self) -> list[tuple[tuple[list[Atom], str], dict[str, Any]]]:
        """What is known of sums: the factors under them, the summed index, and where it is known from."""
        if self._known is None:
            self._known = []
            for name, decl in sorted(self.context.symbols.items()):
                if decl.properties & {"simplex", "onehot"}:
                    slots = [f"!{i}" for i in range(len(decl.family) + len(decl.shape) - 1)]
                    entry = self.a.entry(name, (*map(self.a.var, slots), self.a.var("!")))
                    self._known.append((([_atom(entry)], "!"), {"total": name, "slots": slots}))
            for n, fact in enumerate(self.proof.given):
                if fact.op == "=":
                    self._known += self._sums_of(n)
        return self._known

    def _sums_of(self, n: int) -> Iterator[Any]:
        """The sums in an equation, each with what it is known by."""
        fact = self.proof.given[n]
        try:
            left, right = self.proof.reader.entries(fact.left), self.proof.reader.entries(fact.right)
            gap = minus(left.scalar, right.scalar)
        except Refused:
            return
        for m, c in gap.terms.items():
            if len(m) == 1 and m[0][0].kind == "sum" and m[0][1] == 1 and len(m[0][0].bound) == 1:
                binders, (body,) = self.a.open(m[0][0])
                ((mono, _),) = body.terms.items()
                if all(a.kind == "ent" and x == 1 for a, x in mono):
                    yield ([a for a, _ in mono], binders[0][0]), {"relation": n, "by": c}

    def _matching(self, factors: dict[Atom, Exponent], bound: str, known: tuple[list[Atom], str]) -> Any:
        """Which factors are those of a known sum, and the values of its indices."""
        wanted, summed = known
        values: dict[str, Poly] = {summed: self.a.var(bound)}
        used = []
        for atom in wanted:
            for other, x in factors.items():
                if other.kind == "ent" and other.head == atom.head and x == 1 and other not in used:
                    more = dict(values)
                    if all(_fits(a, b, more) for a, b in zip(atom.args, other.args, strict=True)):
                        values = more
                        used.append(other)
                        break
            else:
                return None
        del values[summed]
        return used, values

    def _use(
        self, rest: Poly, others: Poly, over: list[Any], what: dict[str, Any], with_: dict[str, Poly]
    ) -> dict[str, Any]:
        """A step that uses a relation, with the bound names of the sums around it called anew."""
        given: dict[str, Poly] = {}
        called = []
        for v, low, high in over:
            self.count += 1
            name = f"@{self.count}"
            given[v] = of(self.a.atom("var", name))
            called.append([name, written(self.term(low)), written(self.term(high))])
        times = self.a.mul(rest, self.a.put(others, given))
        times = scale(times, 1 / Fraction(what.pop("by", 1)))
        what.pop("slots", None)
        entry = [written(self.term(self.a.put(s, given))) for s in what["entry"]]
        at = {n: written(self.term(self.a.put(v, given))) for n, v in sorted(with_.items())}
        step = {**what, "rule": "use", "entry": entry, "times": written(self.term(times)), "over": called}
        return {**step, "with": at} if at else step

    def term(self, p: Poly) -> Term:
        """A polynomial as a term."""
        return self.raising.poly(p)


def _atom(p: Poly) -> Atom:
    return next(iter(p.terms))[0][0]


def _fits(slot: Poly, other: Poly, values: dict[str, Poly]) -> bool:
    """Whether an index of what is known can stand for a reference."""
    if slot.constant is not None:
        return slot == other
    name = _atom(slot).head
    if slot.single is None or _atom(slot).kind != "var" or len(next(iter(slot.terms))) != 1:
        return slot == other
    return values.setdefault(name, other) == other


def _carries(atom: Atom, i: int) -> bool:
    """Whether a bound name of a sum stands in a denominator (or another power of a sum) of its body."""
    name = atom.bound[i]
    return any(
        name in a.free and (a.kind == "pp" or (e < 0 and a.kind in ("sum", "pp")))
        for m in atom.args[-1].terms
        for a, e in m
    )
