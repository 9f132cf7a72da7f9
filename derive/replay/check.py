"""Replays a certificate of rewrites: from the difference of two sides, by lines of the table, to zero."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from typing import Any

from derive.language.context import Context
from derive.language.terms import Index, Num, Rel, Term, bound_names, children, subterms
from derive.replay import terms as t
from derive.replay.bijections import changed, undone
from derive.replay.data import Refused
from derive.replay.endings import ENDS, base, cancelled
from derive.replay.goals import Goal, is_bare, star
from derive.replay.quantities import lines, plain
from derive.replay.signs import Signs
from derive.replay.table import BELOW, RULES
from derive.replay.terms import (
    ONE,
    ZERO,
    Atom,
    Mono,
    Poly,
    add,
    minus,
    mul,
    name,
    of,
    ordered,
    parsed,
    power,
    syntax,
)


def _line(rule: str, conditions: str) -> tuple[ast.expr, ast.expr, tuple[tuple[str, list[ast.expr]], ...]]:
    left, right = map(syntax, rule.split(" = "))
    whole = syntax(f"({conditions},)") if conditions else None
    calls = whole.elts if isinstance(whole, ast.Tuple) else []
    found = [(c.func.id, c.args) for c in calls if isinstance(c, ast.Call) and isinstance(c.func, ast.Name)]
    return left, right, tuple(found)


TABLE = {n: _line(rule, conditions) for n, rule, conditions in lines(RULES)}
LESS = {n: _line(f"{said} = 0", conditions) for n, said, conditions in lines(BELOW)}
Steps = list[dict[str, Any]]


class Proof(Signs):
    """One goal on its way to zero. ``ranges`` has every name that stands for a whole number between two others."""

    def __init__(self, context: Context, goal: Goal) -> None:
        super().__init__(context, frozenset(map(star, goal.at)))
        self.goal = goal
        self.given = [*goal.given, *(f.statement for f in context.facts if isinstance(f.statement, Rel))]
        self.apart = {x.name for r in self.given if is_bare(r) for x in subterms(r) if isinstance(x, Index)}
        about = {x.name for x in subterms(goal.relation) if isinstance(x, Index)}
        for n, (low, high) in list(self.ranges.items()):  # of the others there may be none
            if n not in about and (n in self.apart or not self.natural(minus(high, low))):
                del self.ranges[n]

    def nonzero(self, p: Poly) -> bool:
        """Whether p is surely not zero, or assumed not to be, of what the claim is about."""
        return super().nonzero(p) or (p != ZERO and any(self.unequal(r, p) for r in self.given if r.op == "!="))

    def unequal(self, relation: Rel, p: Poly) -> bool:
        """Whether p is what is assumed not to be zero."""
        left, right = (self.reader.read(side, {}) for side in (relation.left, relation.right))
        if left.rank or right.rank or p not in (minus(left.number, right.number), minus(right.number, left.number)):
            return False
        return all(n in self.ranges or n not in self.context.indices for n in t.free(p))

    def start(self) -> Poly:
        """The difference of the two sides at a generic entry, where the inverses in it are."""
        p = self.difference()
        self.reader.inverted = frozenset(self.inverted(p))
        return p

    def inverted(self, p: Poly) -> Iterator[tuple[Poly, Poly]]:
        """The matrices that p has the inverses of; what is made of what its sums bind is none of the others."""
        for a in {a for m, _ in p for a, _ in m}:
            if a[0] == "inv":
                yield a[1:3]
            if a[0] == "group" or (a[0] == "sum" and self.natural(minus(a[2], a[1]))):
                yield from self.inverted(a[-1])

    def difference(self) -> Poly:
        """The difference of the two sides at a generic entry."""
        heard: list[tuple[str, Poly, t.Exponent]] = []
        self.reader.rewritten = lambda term, p: next(
            (self.run(p, do, True) for d, do in self.goal.inside if d == term), p
        )
        if self.goal.kind and self.goal.at:
            t.listen(lambda *each: heard.append(each))
        sides = [self.reader.read(side, {}) for side in (self.goal.relation.left, self.goal.relation.right)]
        nothing = [side == Num(Fraction(0)) for side in (self.goal.relation.left, self.goal.relation.right)]
        left, right = sides
        wide = right if nothing[0] else left
        if (left.rows, left.columns) != (right.rows, right.columns) and not any(nothing):
            raise Refused("two sides of different shapes")
        slots = [ONE if n == ONE else self.index(f"@{k}", ONE, n) for k, n in enumerate((wide.rows, wide.columns), 1)]
        values = [ZERO if n else side.at(slots[0], slots[1]) for side, n in zip(sides, nothing, strict=True)]
        p = minus(*values)
        if self.goal.kind == "edge" and p == ZERO:
            raise Refused("a point at the edge of its domain")
        if not self.goal.at:
            return p
        if self.goal.kind == "same":
            self.reader.settled(p)  # all definitions are read: what they ask for is heard
            t.hush()
            return self.related(values, left.rank == 0 and all(self.sure(*each) for each in heard))
        there = self.there(p)
        t.hush()
        if self.goal.kind and (
            (left.rank and self.goal.kind != "stationary") or not all(self.sure(*each) for each in heard)
        ):
            raise Refused("a best point of what is no number, or may be undefined")
        return {"max": minus(there, p), "min": minus(p, there)}.get(self.goal.kind, there)

    def related(self, values: list[Poly], defined: bool) -> Poly:
        """Two objectives, one a positive multiple of the other and something more: both free of the variables."""
        times, rest = parsed(syntax(self.goal.times), {}), parsed(syntax(self.goal.rest), {})
        names = t.free(times) | t.free(rest)
        if any(not self.reader.reached(n).isdisjoint(self.goal.at) for n in names):
            raise Refused("a multiple, or something more, that depends on the variables")
        if not (defined and self.positive(times) and self.reader.total(times) and self.reader.total(rest)):
            raise Refused("objectives, or a multiple, that may be undefined or not positive")
        return minus(values[0], add(mul(times, values[1]), rest))

    def there(self, p: Poly) -> Poly:
        """What p is at the best point, definitions in their places."""
        reader = self.reader

        def value(n: str, slots: list[Poly]) -> Poly | None:
            return of(("entry", star(n), *slots)) if n in self.goal.at else None

        return reader.instead(reader.settled(p, self.supposed), "entry", frozenset(self.goal.at), value)

    def sure(self, what: str, p: Poly, e: t.Exponent) -> bool:
        """Whether something that was heard while a term was read is surely defined."""
        if what == "power" and e.denominator == 1:
            return self.nonzero(p)
        return self.positive(p, strict=what != "power" or e < 0)

    def ended(self, p: Poly) -> bool:
        """Whether p is surely what it is to be: zero, not negative, positive, or not zero."""
        match self.goal.relation.op:
            case "=":
                return p == ZERO
            case ">=":
                return self.positive(p, strict=False)
            case ">":
                return self.positive(p)
            case "!=":
                return self.nonzero(p)
        return False

    def run(self, p: Poly, steps: Steps, inside: bool = False) -> Poly:
        """What the steps lead to; ``inside`` something they have to keep its value."""
        for n, step in enumerate(steps, 1):
            kind = next(iter(step))
            allowed = {"=": ENDS, "!=": {}}.get(self.goal.relation.op, SIGNED)
            if kind not in SAME and (inside or kind not in allowed):
                raise Refused(f"step {n}: no step is called {kind} here")
            p = (SAME.get(kind) or allowed[kind])(self, p, step)
        return p

    # -- steps that keep the value -----------------------------------------------------------------------------------
    def rule(self, p: Poly, step: Mapping[str, Any]) -> Poly:
        """A line of the table: its left, in every monomial that holds it, by its right."""
        left, right, known = self.line(TABLE, step["rule"], step)
        return self.instead(p, self.whole(left, known), parsed(right, known))

    def whole(self, said: ast.expr, known: Mapping[str, Any]) -> Poly:
        """What a text says, if all that cancels in it is surely defined: the text is defined where this is."""
        with t.losses() as lost:
            found: Poly = parsed(said, known)
        if not all(map(self.reader.total, lost)):
            raise Refused("what cancels there may be undefined")
        return found

    def line(self, table: Mapping[str, Any], n: str, step: Mapping[str, Any]) -> tuple[Any, Any, dict[str, Any]]:
        """A line of a table and its values, if its conditions hold."""
        left, right, conditions = table[n]
        known = {letter: parsed(syntax(said), {}) for letter, said in step.get("with", {}).items()}
        for asked, args in conditions:
            if not CONDITIONS[asked](self, *(parsed(arg, known) for arg in args)):
                raise Refused(f"{n}: it is not known that {asked} holds")
        return left, right, known

    def instead(self, p: Poly, left: Poly, right: Poly) -> Poly:
        """One monomial by what it is worth, wherever it is part of another."""
        if len(left) != 1:
            raise Refused("what is rewritten is no single product")
        ((what, c),) = left
        if [e for _, e in what] == [1] and c == 1 and any(a in dict(m) for m, _ in p for a, _ in what):
            return self.exchanged(p, next(iter(what))[0], right)
        done = [self.divided(m, Fraction(x) / c, what) for m, x in p]
        if not what or not any(whole is not None for whole in done):
            raise Refused(f"{t.text(left)} does not stand here")
        kept = t.made({m: x for (m, x), whole in zip(p, done, strict=True) if whole is None})
        return add(kept, *(mul(whole, right) for whole in done if whole is not None))

    def divided(self, m: Mono, c: t.Exponent, by: Mono) -> Poly | None:
        """A product divided by another that is part of it."""
        exponents = dict(m)
        gaps = [(e, exponents.get(a, 0) - e) for a, e in by]
        if not all((gap == 0 or (gap > 0) == (e > 0)) and gap.denominator == 1 for e, gap in gaps):
            return None
        return t.made({frozenset((a, e - dict(by).get(a, 0)) for a, e in m if e != dict(by).get(a, 0)): c})

    def within(self, p: Poly, step: Mapping[str, Any]) -> Poly:
        """A part of an atom rewritten, at names for what it binds; the atom is then worth the same."""
        a = ordered(p)[step["in"]]
        n = step.get("part", len(a) - 2)
        own, new = t.binds(a, n), step.get("as", [])
        if len(new) != own or not isinstance(a[n + 1], frozenset):
            raise Refused("not the names that are bound here")
        body = t.opened(a[n + 1], [self.index(x, *e, a[n + 1]) for x, e in zip(new, t.ends(a, n), strict=True)])
        done = t.closed(self.run(body, step["do"], True), list(new))
        for x in new:
            del self.ranges[x]
        args = [*a[1 : n + 1], done, *a[n + 2 :]]
        whole = done if a[0] == "group" else t.atom(a[0], *args)
        return self.exchanged(p, a, whole)

    def define(self, p: Poly, step: Mapping[str, Any]) -> Poly:
        """Definitions in place of what they define."""
        return self.reader.unfolded(p, frozenset(step["define"]))

    def use(self, p: Poly, step: Mapping[str, Any]) -> Poly:
        """Less a multiple of what is known to be zero, at some of its indices, summed over others."""
        a = ordered(p)[step["of"]] if "of" in step else None
        q = self.over(step, lambda times: self.sound(times, p), lambda: self.known(step, p))
        return minus(p, q) if a is None else self.exchanged(p, a, minus(of(a), q))

    def undo(self, p: Poly, step: Mapping[str, Any]) -> Poly:
        """What a function is worth at what it undoes."""
        a = ordered(p)[step["undo"]]
        return self.exchanged(p, a, undone(a, self.reader))

    def change(self, p: Poly, step: Mapping[str, Any]) -> Poly:
        """A new variable of an integral."""
        a = ordered(p)[step["change"]]
        return self.exchanged(p, a, changed(a, parsed(syntax(step["by"]), {}), self.reader))

    def over(self, step: Mapping[str, Any], sound: Callable[[Poly], None], value: Callable[[], Poly]) -> Poly:
        """A multiple of something, summed over new indices."""
        binders = []
        for new, low, high in step.get("over", []):
            ends = parsed(syntax(low), {}), parsed(syntax(high), {})
            if not all(map(self.reader.whole_number, ends)):
                raise Refused("a range between what are no whole numbers")
            self.index(new, *ends)
            binders.append((new, *ends))
        times = parsed(syntax(step["times"]), {})
        sound(times)
        q = mul(times, value())
        for new, low, high in reversed(binders):
            q = t.atom("sum", low, high, t.closed(q, [new]))
            del self.ranges[new]
        return q

    def symmetric(self, p: Poly, step: Mapping[str, Any]) -> Poly:
        """An entry of a symmetric matrix at its subscripts turned round."""
        a = ordered(p)[step["symmetric"]]
        decl = self.context.symbols[a[1]]
        if a[0] != "entry" or len(decl.shape) != 2 or not decl.properties & {"symmetric", "posdef", "psd", "diagonal"}:
            raise Refused("what is not known to be symmetric")
        return self.exchanged(p, a, of((*a[:-2], a[-1], a[-2])))

    def exchanged(self, p: Poly, a: Atom, value: Poly) -> Poly:
        """An atom by what it is worth, in every monomial, whatever its exponent."""
        parts = [ZERO]
        for m, c in p:
            e = dict(m).get(a)
            rest = t.made({frozenset(f for f in m if f[0] != a): c})
            parts.append(rest if e is None else mul(rest, power(value, e)))
        return add(*parts)

    def sound(self, times: Poly, p: Poly) -> None:
        """A multiple must have a value wherever the claim has one."""
        there = {(a, e < 0, e.denominator) for m, _ in p for a, e in m}
        for m, _ in times:
            for a, e in m:
                if (a, e < 0, e.denominator) not in there and not self.reader.total(of(a, e)):
                    raise Refused("a multiple that may not be defined")

    def known(self, step: Mapping[str, Any], p: Poly) -> Poly:
        """A relation that is given, or what defines something, or that the entries of something add up to 1."""
        own = [parsed(syntax(x), {}) for x in step.get("entry", [])]
        if "defined" in step:
            a = ("entry", step["defined"], *own)
            self.reached(of(a))
            self.sound(of(a), p)
            return minus(of(a), self.reader.unfolded(of(a), frozenset({step["defined"]})))
        if "total" in step:
            decl = self.context.symbols[step["total"]]
            ends = self.reader.ends(decl.name)
            inside = len(own) == len(ends) - 1 and all(self.among(x, *e) for x, e in zip(own, ends, strict=False))
            if not inside or not decl.properties & {"simplex", "onehot"}:
                raise Refused("nothing is known of the sum of these entries")
            body = of(("entry", decl.name, *own, of(("bound", 0))))
            return minus(t.atom("sum", *ends[-1], body), ONE)
        relation = self.given[step["use"]]
        if relation.op != "=":
            raise Refused("what is used is no equation")
        said = {n: parsed(syntax(x), {}) for n, x in step.get("with", {}).items()}
        inner = {n: name(n) for n in sorted(spoken(relation) & self.context.indices.keys())} | said
        for n, x in inner.items():
            if (n in self.apart and x != name(n)) or n not in self.context.indices:
                raise Refused(f"{n} stands for itself alone in what is assumed")
            if not self.among(x, *self.reader.range(self.context.indices[n], {})):
                raise Refused(f"{n} is not known to be in its range")
        left, right = (
            self.reader.read(side, {n: plain(x) for n, x in inner.items()}) for side in (relation.left, relation.right)
        )
        lengths = [n for n in (left.rows, left.columns) if n != ONE]
        slots = [*own, ONE, ONE][:2] if left.columns == ONE or left.rows != ONE else [ONE, *own]
        if len(own) != len(lengths) or not all(self.among(x, ONE, n) for x, n in zip(own, lengths, strict=True)):
            raise Refused("an entry that is not in its range")
        if (left.rows, left.columns) != (right.rows, right.columns) and relation.right != Num(Fraction(0)):
            raise Refused("two sides of different shapes")
        found = minus(left.at(*slots), right.number if relation.right == Num(Fraction(0)) else right.at(*slots))
        if any(n in self.context.indices and n not in self.ranges for n in t.free(found)):
            raise Refused("an equation at an index that there may be none of")
        self.reached(found)
        return found

    def reached(self, p: Poly) -> None:
        """Every entry is one there is: an equation says nothing of others."""
        for a in {a for m, _ in p for a, _ in m}:
            if a[0] == "entry" and not all(
                self.among(x, *e) for x, e in zip(a[2:], self.reader.ends(a[1]), strict=True)
            ):
                raise Refused("an equation about an entry that may not be there")
            for n, part in enumerate(a[1:]):
                if isinstance(part, frozenset):
                    self.reached(t.opened(part, [self.some(*e) for e in t.ends(a, n)]))

    # -- steps that keep a sign ----------------------------------------------------------------------------------------
    def less(self, p: Poly, step: Mapping[str, Any]) -> Poly:
        """Less a multiple of what is never negative: what is left is not more."""

        def sound(times: Poly) -> None:
            self.sound(times, p)
            if not self.positive(times, strict=False):
                raise Refused("a multiple that may be negative")

        def value() -> Poly:
            said, _, known = self.line(LESS, step["less"], step)
            found = self.whole(said, known)
            if not self.reader.total(found):
                raise Refused("something that may be undefined")
            return found

        return minus(p, self.over(step, sound, value))

    def by(self, p: Poly, step: Mapping[str, Any]) -> Poly:
        """Times something positive, or a denominator: it is not zero, so its square is positive."""
        times: Poly = parsed(syntax(step["by"]), {})
        below = [a for m, _ in p for a, e in m if e < 0 and times == base(a)]
        square = bool(below) and step.get("power") == 2
        if not (square or self.positive(times, strict=not below)) or not (below or self.reader.total(times)):
            raise Refused("what is not known to be positive")
        return cancelled(p, below[0], 2 if square else 1) if below else mul(p, times)


def spoken(term: Term) -> frozenset[str]:
    """The indices that a term mentions outside of what binds them."""
    own = frozenset((term.name,)) if isinstance(term, Index) else frozenset[str]()
    return own.union(*map(spoken, children(term))) - frozenset(bound_names(term))


CONDITIONS: dict[str, Callable[..., bool]] = {
    "whole": lambda proof, x: proof.reader.whole_number(x) and proof.natural(x),
    "among": Proof.among,
    "integer": lambda proof, x: proof.reader.whole_number(x),
    "rational": lambda proof, x: not any(m for m, _ in x),
    "positive": Proof.positive,
    "nonnegative": lambda proof, x: proof.positive(x, strict=False),
    "nonzero": Proof.nonzero,
    "binary": Proof.binary,
    "total": lambda proof, x: proof.reader.total(x),
    "density": Proof.density,
    "definite": lambda proof, m, n: proof.definite(t.closed(m(name("'r"), name("'c")), ["'r", "'c"]), n),
}
SAME: dict[str, Callable[[Proof, Poly, Mapping[str, Any]], Poly]] = {
    "rule": Proof.rule, "in": Proof.within, "define": Proof.define, "use": Proof.use, "total": Proof.use,
    "defined": Proof.use, "undo": Proof.undo, "change": Proof.change,
    "symmetric": Proof.symmetric,
}  # fmt: skip
SIGNED: dict[str, Callable[[Proof, Poly, Mapping[str, Any]], Poly]] = {"less": Proof.less, "by": Proof.by}
