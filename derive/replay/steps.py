"""Replays a certificate: from what must be zero, step by step, to zero."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from derive.language.claims import Compare, Equal, HasShape, Statement, Step, WellDefined
from derive.language.context import Context
from derive.language.terms import Apply, Entry, Index, Num, Rel, Sym, Term, subterms
from derive.replay.data import Refused, read
from derive.replay.meaning import Names, Reader, plain
from derive.replay.polynomials import ONE, ZERO, Atom, Exponent, Mono, Poly, add, minus, number, of, scale

Steps = list[dict[str, Any]]
FORMAT = 1


@dataclass(frozen=True)
class Goal:
    """What follows from some relations: ``relation``, an equation, at each of its entries."""

    given: tuple[Rel, ...]
    relation: Rel


def goals(statement: Statement) -> list[Goal]:
    """What shows a statement."""
    match statement:
        case Equal(left, right):
            return [Goal((), Rel("=", left, right))]
        case Compare(op, left, right):
            return [
                Goal(
                    (),
                    Rel(op, left, right) if op in (">", ">=", "!=") else Rel({"<": ">", "<=": ">="}[op], right, left),
                )
            ]
        case HasShape() | WellDefined():
            return []
        case Step(hypotheses, conclusions, both) if all(r.op == "=" for r in conclusions):
            found = _in_turn(hypotheses, conclusions)
            if both and not all(r.op == "=" for r in hypotheses):
                break_off("an equivalence with what is no equation")
            return found + (_in_turn(conclusions, hypotheses) if both else [])
    raise Refused(f"no certificate shows a {type(statement).__name__}")


def break_off(reason: str) -> None:
    """Refuse."""
    raise Refused(reason)


def _in_turn(known: tuple[Rel, ...], wanted: tuple[Rel, ...]) -> list[Goal]:
    return [Goal((*known, *wanted[:n]), goal) for n, goal in enumerate(wanted)]


class Proof:
    """One goal on its way to zero."""

    def __init__(self, context: Context, goal: Goal) -> None:
        self.reader = Reader(context)
        self.a = self.reader.a
        self.goal = goal
        self.given = [*goal.given, *(f.statement for f in context.facts if isinstance(f.statement, Rel))]
        self.names: dict[str, Any] = {}

    def start(self) -> Poly:
        """The difference of the two sides at a generic entry; what they ask for to be defined is noted."""
        if self.goal.relation.op != "=" and self.reader.entries(self.goal.relation.left).shape:
            raise Refused("an inequality between what are no numbers")
        a, reader, relation = self.a, self.reader, self.goal.relation
        for fact in self.given:
            self._signs(fact)
        a.listening = True
        left, right = reader.entries(relation.left), reader.entries(relation.right)
        nothing = Num(Fraction(0))
        if left.shape != right.shape and relation.right != nothing and relation.left != nothing:
            raise Refused("two sides of different shapes")
        shape = left.shape or right.shape
        slots = tuple(ONE if n == ONE else self.index(f"@{i}", ONE, n) for i, n in enumerate(shape, 1))
        p = minus(*(side.at(slots) if side.shape == shape else ZERO for side in (left, right)))
        for given in self.goal.given:
            self._heard(given)
        a.listening = False
        return p

    def _heard(self, given: Rel) -> None:
        for side in (given.left, given.right):
            value = self.reader.entries(side)
            value.at(tuple(self.a.var(self.a.fresh(ONE, n)) if n != ONE else ONE for n in value.shape))

    def _signs(self, fact: Rel) -> None:
        if fact.op not in (">", "!="):
            return
        with self.reader.guard():
            try:
                gap = minus(self.reader.entries(fact.left).scalar, self.reader.entries(fact.right).scalar)
            except Refused:
                return
        (self.a.above if fact.op == ">" else self.a.nonzero).add(gap)

    def index(self, name: str, low: Poly, high: Poly) -> Poly:
        """A new index over a range, under a name that nothing has."""
        if not name.startswith("@") or name in self.a.ranges:
            raise Refused(f"{name} cannot be the name of a new index")
        self.a.ranges[name] = (low, high)
        self.names[name] = plain(self.a.var(name))
        return self.a.var(name)

    def run(self, p: Poly, steps: Steps, record: bool = False) -> None:
        """Go through the steps; ``Refused`` where one does not hold, or zero is not reached."""
        for n, step in enumerate(steps, 1):
            rule = RULES.get(step.get("rule", ""))
            if rule is None:
                raise Refused(f"step {n}: no rule is called {step.get('rule')}")
            p = rule(self, p, step, record)
            if record:
                step["result"] = p.key
            elif step.get("result") != p.key:
                raise Refused(f"step {n} ({step['rule']}) gives {p.key}, not what is written")
        op = self.goal.relation.op
        if op != "=" and not {step["rule"] for step in steps} <= SAME:
            raise Refused("a step that keeps no more than a zero")
        if (op == "!=" and not self.a.known_nonzero(p)) or (op in (">", ">=") and not self.a.positive(p, op == ">")):
            raise Refused(f"what is left is not known to be {op} 0: {p.key}")
        if op == "=" and p != ZERO:
            raise Refused(f"what is left is not 0: {p.key}")

    # -- the rules ---------------------------------------------------------------------------------------------------
    def difference(self, p: Poly, step: Mapping[str, Any], record: bool) -> Poly:
        """Both sides written out entry by entry, derivatives taken: their difference."""
        return p

    def unfold(self, p: Poly, step: Mapping[str, Any], record: bool) -> Poly:
        """Definitions in place of what they define."""
        return self.reader.unfolded(p, frozenset(step["names"]))

    def times(self, p: Poly, step: Mapping[str, Any], record: bool) -> Poly:
        """Times a denominator: it stands in a side that is defined, so it is not zero."""
        found = {a: e for m in p.terms for a, e in m if a.key == step["by"] and e < 0}
        if not found:
            raise Refused(f"{step['by']} is no denominator here")
        (atom,) = found
        by = Fraction(step["power"])
        if by <= 0 or by.denominator != 1:
            raise Refused("a denominator is multiplied by a whole number of times")
        parts = []
        for m, c in p.terms.items():
            factors = dict(m)
            factors[atom] = factors.get(atom, Fraction(0)) + by
            parts.append(self.a.product(factors, c))
        return add(*parts)

    def summand(self, p: Poly, step: Mapping[str, Any], record: bool) -> Poly:
        """A sum is zero if its summand is: every term is a sum over the range, or a multiple of its length."""
        low, high = (self.reader.entries(read(end), self.names).scalar for end in step["over"])
        index = self.index(step["as"], low, high)
        length = add(high, scale(low, -1), ONE)
        if not self.a.natural(length):
            raise Refused("a range that may be shorter than empty")
        return add(*(self._summand(Poly({m: c}), (low, high), index, length, step["at"]) for m, c in p.terms.items()))

    def _summand(self, p: Poly, ends: tuple[Poly, Poly], index: Poly, length: Poly, at: list[list[Any]]) -> Poly:
        ((m, c),) = p.terms.items()
        for key, i in at:
            for atom, e in m:
                if atom.key != key or atom.kind != "sum" or e < 1 or e.denominator != 1:
                    continue
                binders, (body,) = self.a.open(atom)
                if binders[i][1:] != ends:
                    raise Refused("a sum over another range")
                body = self.a.put(body, {binders[i][0]: index})
                inner = self.a.sum(body, [b for j, b in enumerate(binders) if j != i])
                return self.a.mul(self.a.product({x: f - (x is atom) for x, f in m}, c), inner)
        whole = length.single
        if whole is None or len(whole[0]) != 1 or whole[0][0] not in m:
            raise Refused("a term that is no sum over this range")
        return self.a.product({x: f for x, f in m if x is not whole[0][0][0]}, c / whole[1])

    def exponentials(self, p: Poly, step: Mapping[str, Any], record: bool) -> Poly:
        """tanh u = (e^{2u} - 1) / (e^{2u} + 1), and 1 / (1 + e^{-u}) for the logistic function."""
        a = self.a

        def change(atom: Atom) -> Poly | None:
            if atom.kind != "fn" or atom.head not in ("tanh", "logistic"):
                return None
            u = a.rebuilt(atom.args[0], change, touches)
            if atom.head == "logistic":
                return a.power(add(ONE, a.exp(scale(u, -1))), -1)
            grown = a.exp(scale(u, 2))
            return a.mul(minus(grown, ONE), a.power(add(grown, ONE), -1))

        def touches(atom: Atom) -> bool:
            return not atom.names.isdisjoint(("tanh", "logistic"))

        return a.rebuilt(p, change, touches)

    def values(self, p: Poly, step: Mapping[str, Any], record: bool) -> Poly:
        """u^b = 1 - b + b u for whatever is 0 or 1."""
        a = self.a

        def raising(atom: Atom, e: Exponent) -> Poly | None:
            if atom.kind not in ("exp", "powr") and atom.head != "pow":
                return None
            single = atom.args[-1].single
            switch = (
                next((b for b, x in single[0] if x == 1 and (b.kind in ("delta", "ind") or a._binary(b))), None)
                if single
                else None
            )
            if switch is None or single is None:
                return None
            rest = a.product({b: x for b, x in single[0] if b is not switch}, single[1] * e)
            base = None if atom.kind == "exp" else again(atom.args[0])
            whole = again(a.exp(rest) if base is None else a.raised(base, rest))
            return add(ONE, scale(of(switch), -1), a.mul(of(switch), whole))

        def again(q: Poly) -> Poly:
            return a.rebuilt(q, lambda atom: None, lambda atom: bool(atom.args), raising)

        return again(p)

    def rewrite(self, p: Poly, step: Mapping[str, Any], record: bool) -> Poly:
        """What is known to be zero taken from one atom, wherever this stands."""
        found = {
            a for m in p.terms for a in self._inside(m) if a.key == step["of"] and not any(n[0] == "#" for n in a.free)
        }
        if not found:
            raise Refused(f"{step['of']} does not stand here")
        (atom,) = found
        return self.a.instead(p, atom, self.use(of(atom), step, record))

    def cases(self, p: Poly, step: Mapping[str, Any], record: bool) -> Poly:
        """By the values of what is 0 or 1, or of an index over a range of known length: each has its own steps."""
        found = {
            a for m in p.terms for a in self._inside(m) if a.key == step["of"] and not any(n[0] == "#" for n in a.free)
        }
        if not found:
            raise Refused(f"{step['of']} does not stand here")
        (atom,) = found
        ends = self.a.ends(atom)
        if atom.kind in ("delta", "ind") or self.a._binary(atom):
            values = [ZERO, ONE]
        elif ends is not None and ends[0].constant is not None and ends[1].constant is not None:
            values = [number(n) for n in range(int(ends[0].constant), int(ends[1].constant) + 1)]
        else:
            raise Refused(f"{step['of']} has no known values")
        if len(values) != len(step["proofs"]):
            raise Refused("not one proof for each case")
        for value, steps in zip(values, step["proofs"], strict=True):
            self.run(self.a.instead(p, atom, value), steps, record)
        return ZERO

    def _inside(self, m: Mono) -> list[Atom]:
        here = [a for a, _ in m]
        return here + [b for a in here for p in a.args for n in p.terms for b in self._inside(n)]

    def use(self, p: Poly, step: Mapping[str, Any], record: bool) -> Poly:
        """Less a multiple of what is known to be zero, at some of its indices, summed over others."""
        names, binders = dict(self.names), []
        for name, low, high in step.get("over", []):
            first, last = (self.reader.entries(read(end), names).scalar for end in (low, high))
            v = self.a.fresh(first, last)
            names[name] = plain(self.a.var(v))
            binders.append((v, first, last))
        with self.reader.guard():
            known = self._known(step, names)
            factor = self.reader.entries(read(step["times"]), names).scalar
        q = self.a.mul(factor, known)
        for binder in reversed(binders):
            q = self.a.sum(q, [binder])
        return minus(p, q)

    def _known(self, step: Mapping[str, Any], names: Names) -> Poly:
        if "relation" in step:
            relation = self.given[step["relation"]]
            return self._instance(
                relation, {k: read(t) for k, t in step.get("with", {}).items()}, step.get("entry", []), names
            )
        decl = self.reader.context.symbols.get(step["total"])
        if decl is None or not decl.properties & {"simplex", "onehot"}:
            raise Refused("nothing is known of the sum of these entries")
        ends = [*(self.reader._range(r, {}) for r in decl.family), *((ONE, self.a.extent(e)) for e in decl.shape)]
        slots = tuple(self.reader.entries(read(t), names).scalar for t in step["entry"])
        if len(slots) != len(ends) - 1 or not all(self.a.within(s, *e) for s, e in zip(slots, ends, strict=False)):
            raise Refused("an index that is not in its range")
        v = self.a.fresh(*ends[-1])
        return minus(self.a.sum(self.a.entry(decl.name, (*slots, self.a.var(v))), [(v, *ends[-1])]), ONE)

    def _instance(self, relation: Rel, values: Mapping[str, Term], entry: list[Any], names: Names) -> Poly:
        """An equation at some values of its indices: each in its range, and so is every index it is then used at."""
        if relation.op != "=":
            raise Refused("what is used is no equation")
        facts = [f.statement for f in self.reader.context.facts]
        alone = [f for f in facts if not any(isinstance(part, Sym | Apply | Entry) for part in subterms(f))]
        fixed = {part.name for f in alone for part in subterms(f) if isinstance(part, Index)}
        inner = {}
        for name, value in values.items():
            if name in fixed and value != Index(name):
                raise Refused(f"{name} stands for itself alone in what is assumed")
            ends = self.reader.context.indices.get(name)
            found = self.reader.entries(value, names).scalar
            if ends is None or not self.a.within(found, *self.reader._range(ends, {})):
                raise Refused(f"{name} is not known to be in its range")
            inner[name] = plain(found)
        left, right = self.reader.entries(relation.left, inner), self.reader.entries(relation.right, inner)
        slots = tuple(self.reader.entries(read(t), names).scalar for t in entry)
        if len(slots) != len(left.shape) or not all(
            self.a.within(s, ONE, n) for s, n in zip(slots, left.shape, strict=True)
        ):
            raise Refused("an entry that is not in its range")
        known = minus(
            left.at(slots),
            right.at(slots)
            if right.shape == left.shape
            else ZERO
            if relation.right == Num(Fraction(0))
            else right.scalar,
        )
        self._reached(known)
        return known

    def _reached(self, p: Poly) -> None:
        """Every entry it holds is one there is: an equation says nothing of others."""
        for m in p.terms:
            for atom, _ in m:
                _, args = self.a.open(atom) if atom.bound else ([], atom.args)
                for arg in args:
                    self._reached(arg)
                decl = self.reader.context.symbols.get(atom.head) if atom.kind == "ent" else None
                if decl is not None:
                    ends = [
                        *(self.reader._range(r, {}) for r in decl.family),
                        *((ONE, self.a.extent(e)) for e in decl.shape),
                    ]
                    if not all(self.a.within(s, *e) for s, e in zip(atom.args, ends, strict=True)):
                        raise Refused("an equation about an entry that may not be there")


SAME = {"difference", "unfold", "exponentials", "values", "rewrite", "use"}
"""The rules that keep the value: an inequality may use no others."""
RULES: dict[str, Callable[[Proof, Poly, Mapping[str, Any], bool], Poly]] = {
    "difference": Proof.difference,
    "unfold": Proof.unfold,
    "times": Proof.times,
    "summand": Proof.summand,
    "exponentials": Proof.exponentials,
    "cases": Proof.cases,
    "values": Proof.values,
    "rewrite": Proof.rewrite,
    "use": Proof.use,
}


def replay(data: Mapping[str, Any]) -> tuple[Statement, Context]:
    """The statement that a certificate shows, and in which context; ``Refused`` where it does not."""
    if data.get("format") != FORMAT:
        raise Refused(f"expected a certificate of format {FORMAT}")
    statement, context = read(data["statement"]), read(data["context"])
    if not isinstance(context, Context):
        raise Refused("a certificate without a context")
    wanted = goals(statement)
    if len(wanted) != len(data["proofs"]):
        raise Refused(f"expected {len(wanted)} proofs, found {len(data['proofs'])}")
    for goal, steps in zip(wanted, data["proofs"], strict=True):
        proof = Proof(context, goal)
        proof.run(proof.start(), steps)
    if isinstance(statement, HasShape | WellDefined):
        reader = Reader(context)
        shape = reader.entries(statement.term).shape
        if isinstance(statement, HasShape) and shape != tuple(reader.a.extent(e) for e in statement.shape):
            raise Refused("it has another shape")
    return statement, context


def says_the_same(statement: Statement, context: Context, other: Statement, wider: Context) -> bool:
    """Whether a certificate shows what is claimed: the same statement, from nothing that is not declared there so."""
    parts = ("sizes", "indices", "symbols", "functions")
    mine = all(getattr(context, part).items() <= getattr(wider, part).items() for part in parts)
    known = [fact.statement for fact in wider.facts]
    return mine and statement == other and all(fact.statement in known for fact in context.facts)


def count(data: Mapping[str, Any]) -> int:
    """How many steps a certificate has."""
    return sum(map(_count, data["proofs"]))


def _count(steps: Steps) -> int:
    return sum(1 + sum(map(_count, step.get("proofs", []))) for step in steps)
