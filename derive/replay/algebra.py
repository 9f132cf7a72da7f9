"""The small normal form: sums over symbolic ranges, deltas, powers, exponentials, products and inverses of matrices."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from fractions import Fraction
from itertools import permutations
from math import floor, prod

from derive.language.context import Context
from derive.language.extents import Extent
from derive.replay.data import Refused
from derive.replay.polynomials import (
    ONE,
    ZERO,
    Atom,
    Exponent,
    Mono,
    Poly,
    add,
    minus,
    number,
    of,
    scale,
    tidied,
)

Binder = tuple[str, Poly, Poly]
"""A variable, and the first and last whole number it stands for."""
MOST_WORK = 1_000_000
MATRIX = ("inv", "det")
SYMMETRIC = frozenset({"symmetric", "posdef", "psd", "diagonal"})
ABOVE, NOT_BELOW = {"positive", "open_unit"}, {"nonnegative", "binary", "unit", "simplex", "onehot", "label"}
DEFINED = Callable[[str, tuple[Poly, ...]], Poly | None]


class Algebra:
    """Polynomials in one context. Two that are equal here are worth the same wherever the terms they come from are
    defined."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.table: dict[str, Atom] = {}
        self.ranges: dict[str, tuple[Poly, Poly]] = {}
        self.freed: frozenset[str] = frozenset()
        self.guarded = False
        self.listening = False
        self.nonzero: set[Poly] = set()
        self.above: set[Poly] = set()
        self.definition: DEFINED = lambda name, slots: None
        self.count = 0
        self.work = 0

    def atom(self, kind: str, head: str = "", args: tuple[Poly, ...] = (), bound: tuple[str, ...] = ()) -> Atom:
        """The one atom of these parts."""
        made = Atom(kind, head, args, bound)
        return self.table.setdefault(made.key, made)

    def fresh(self, low: Poly = ONE, high: Poly | None = None) -> str:
        """A new variable, over a range if one is given."""
        self.count += 1
        name = f"?{self.count}"
        if high is not None:
            self.ranges[name] = (low, high)
        return name

    def var(self, name: str, slots: tuple[Poly, ...] = ()) -> Poly:
        """A variable as a number."""
        return of(self.atom("var", name, slots))

    def extent(self, e: Extent, names: Mapping[str, Poly] | None = None) -> Poly:
        """A length or the end of a range as a number."""
        known = names or {}
        parts = [(known.get(n) or self.size(n) for n in monomial) for monomial, _ in e.terms]
        return add(*(scale(self.mul(*part), factor) for part, (_, factor) in zip(parts, e.terms, strict=True)))

    def size(self, name: str) -> Poly:
        """A size, or a free index of the context, as a number."""
        if name in self.context.indices:
            r = self.context.indices[name]
            self.ranges[name] = (self.extent(r.low), self.extent(r.high))
            return self.var(name)
        return of(self.atom("size", name))

    def spend(self) -> None:
        """Count a step of work."""
        self.work += 1
        if self.work > MOST_WORK:
            raise Refused("more work than a certificate may ask for")

    # -- what is surely so -------------------------------------------------------------------------------------------
    def natural(self, p: Poly, depth: int = 9) -> bool:
        """Whether a whole number is surely not negative: variables at their worse ends, sizes at their least values."""
        for m, c in p.terms.items() if depth else ():
            ends = self.ends(m[0][0]) if len(m) == 1 and m[0][1] == 1 else None
            if ends is not None:
                return self.natural(add(p, scale(Poly({m: c}), -1), scale(ends[c < 0], c)), depth - 1)
        least = self.context.sizes
        if any(
            m and (c < 0 or any(a.kind != "size" or e < 0 or e.denominator > 1 for a, e in m))
            for m, c in p.terms.items()
        ):
            return False
        worst = [c * prod(least.get(a.head, 1) ** int(e) for a, e in m) for m, c in p.terms.items()]
        return sum(worst, Fraction(0)) >= 0

    def ends(self, atom: Atom) -> tuple[Poly, Poly] | None:
        """The range of an index, or of a label."""
        if atom.kind == "var":
            return self.ranges.get(atom.head)
        decl = self.context.symbols.get(atom.head) if atom.kind == "ent" else None
        found = decl.label_range if decl is not None and atom.head not in self.freed else None
        return None if found is None else (self.extent(found.low), self.extent(found.high))

    def within(self, q: Poly, low: Poly, high: Poly) -> bool:
        """Whether a whole number surely lies in a range."""
        whole = all(c.denominator == 1 and all(e > 0 and e.denominator == 1 for _, e in m) for m, c in q.terms.items())
        return whole and self.natural(minus(q, low)) and self.natural(minus(high, q))

    def positive(self, p: Poly, strict: bool = True) -> bool:
        """Whether p is surely positive (or not negative): no term is negative, and one is positive."""
        if p in self.above or (strict is False and p == ZERO):
            return True
        if len(p.terms) == 2 and p.terms.get(()) == 1 and self._below_one(minus(ONE, p)):
            return True
        if len(p.terms) > 1:
            shared, rest = self.content(p)
            if shared != ONE:
                return self.positive(shared, strict) and self.positive(rest, strict)
        signs = [c > 0 and all(self.sign(a, e) for a, e in m) for m, c in p.terms.items()]
        some = any(all(self.sign(a, e) == 2 for a, e in m) for m in p.terms)
        return all(signs) and (some or not strict)

    def _below_one(self, p: Poly) -> bool:
        single = p.single
        if single is None or single[1] != 1 or len(single[0]) != 1 or single[0][0][1] < 1:
            return False
        atom = single[0][0][0]
        decl = self.context.symbols.get(atom.head) if atom.kind == "ent" else None
        return (atom.kind == "fn" and atom.head == "logistic") or (decl is not None and "open_unit" in decl.properties)

    def sign(self, atom: Atom, e: Exponent = 1) -> int:
        """2: an atom to a power is positive; 1: it is not negative; 0: that is not known."""
        found = self._sign(atom)
        return found if found or e.denominator > 1 or e % 2 else 1

    def _sign(self, atom: Atom) -> int:
        if of(atom) in self.above:
            return 2
        match atom.kind:
            case "size" | "const" | "num" | "exp" | "powr":
                return 2
            case "delta" | "ind":
                return 1
            case "var":
                return 2 if atom.head in self.ranges and self.natural(minus(of(atom), ONE)) else 0
            case "ent":
                decl = self.context.symbols.get(atom.head)
                if decl is None:
                    return 0
                if decl.properties & ABOVE or (decl.label_range and self.natural(minus(of(atom), ONE))):
                    return 2
                if decl.definition is not None:
                    body = self.definition(atom.head, atom.args)
                    return 0 if body is None else 2 if self.positive(body) else int(self.positive(body, False))
                return int(bool(decl.properties & NOT_BELOW))
            case "fn":
                return 2 if atom.head in ("logistic", "factorial") else int(atom.head == "abs")
            case "pp" | "prod":
                return 2 if self.positive(atom.args[-1]) else int(self.positive(atom.args[-1], False))
            case "sum":
                full = all(self.natural(minus(high, low)) for _, low, high in self.binders(atom))
                strict = full and self.positive(atom.args[-1])
                return 2 if strict else int(self.positive(atom.args[-1], False))
            case "int":
                return int(self.positive(atom.args[-1], False))
            case "det":
                single = atom.args[-1].single
                inner = single[0][0] if single and single[1] > 0 and len(single[0]) == 1 else None
                if inner is None or inner[0].kind != "ent" or inner[1] != 1:
                    return 0
                decl = self.context.symbols.get(inner[0].head)
                whole = {p.key for p in inner[0].args[-2:]} == {self.var(b).key for b in atom.bound}
                return 2 if whole and decl is not None and len(decl.shape) == 2 and "posdef" in decl.properties else 0
        return 0

    def known_nonzero(self, p: Poly) -> bool:
        """Whether p is surely not zero."""
        single = p.single
        if p in self.nonzero or self.positive(p) or self.positive(scale(p, -1)):
            return True
        if single is None:
            return any(p == scale(q, c) for q in self.nonzero for c in _ratios(p, q))
        return all(self.sign(a) == 2 or of(a) in self.nonzero or self._nonzero(a) for a, _ in single[0])

    def _nonzero(self, atom: Atom) -> bool:
        decl = self.context.symbols.get(atom.head) if atom.kind == "ent" else None
        return (atom.kind == "pp" and self.known_nonzero(atom.args[0])) or (
            decl is not None and not decl.shape and bool(decl.properties & {"nonzero", "negative"})
        )

    # -- products and powers -----------------------------------------------------------------------------------------
    def mul(self, *polys: Poly) -> Poly:
        """The product."""
        total = ONE
        for p in polys:
            parts: list[Poly] = []
            for m, c in total.terms.items():
                for n, d in p.terms.items():
                    if not m or not n:
                        parts.append(Poly({m or n: c * d}))
                        continue
                    factors = dict(m)
                    for atom, e in n:
                        factors[atom] = factors.get(atom, 0) + e
                    parts.append(self.product(factors, c * d))
            total = parts[0] if len(parts) == 1 else add(*parts)
        return total

    def product(self, factors: Mapping[Atom, Exponent], c: Fraction = Fraction(1)) -> Poly:
        """A product of atoms, with the rules that some have."""
        kept: dict[Atom, Exponent] = {}
        more: list[Poly] = []
        self.spend()
        for atom, e in factors.items():
            if atom.kind in ("delta", "ind") and e:
                if e < 0:
                    raise Refused("one over something that may be zero")
                e = 1
            elif e > 1 and e.denominator == 1 and self._binary(atom):
                e = 1
            elif atom.kind in ("num", "pp") and e:
                whole = floor(e) if atom.kind == "num" or e > 0 else 0
                if whole:
                    more += [number(Fraction(atom.head) ** whole)] if atom.kind == "num" else [atom.args[0]] * whole
                e -= whole
            if e:
                kept[atom] = e
        for atom in kept:
            solved = self.solved(atom) if atom.kind == "delta" else None
            if solved is not None and any(_holds(of(a), solved[0]) for a in kept if a is not atom):
                rest = Poly({_mono({a: e for a, e in kept.items() if a is not atom}): c})
                return self.mul(of(atom), self.instead(rest, *solved), *more)
        return self.mul(Poly({_mono(kept): c}), *more) if more else Poly({_mono(kept): c})

    def _binary(self, atom: Atom) -> bool:
        decl = self.context.symbols.get(atom.head) if atom.kind == "ent" else None
        return decl is not None and atom.head not in self.freed and bool(decl.properties & {"binary", "onehot"})

    def delta(self, d: Poly) -> Poly:
        """1 where a whole number is 0, else 0."""
        if d.constant is not None:
            return ZERO if d.constant else ONE
        if self.natural(minus(d, ONE)) or self.natural(minus(scale(d, -1), ONE)) or {d, scale(d, -1)} & self.nonzero:
            return ZERO
        for m, c in d.terms.items():
            if len(m) == 1 and self._binary(m[0][0]) and m[0][1] == 1 and abs(c) == 1 and d.terms.keys() <= {m, ()}:
                return {0: minus(ONE, Poly({m: abs(c)})), 1: Poly({m: abs(c)})}.get(-d.terms.get((), 0) / c, ZERO)  # type: ignore[call-overload, no-any-return]
        return of(self.atom("delta", "", (min(d, scale(d, -1), key=lambda p: p.key),)))

    def solved(self, atom: Atom, name: str | None = None) -> tuple[Atom, Poly] | None:
        """A variable (the newest) or label of a delta, and what it must be for the delta to be 1."""
        d = atom.args[0]
        found = []
        for m, c in d.terms.items():
            if len(m) == 1 and m[0][1] == 1 and abs(c) == 1 and self.ends(m[0][0]) is not None:
                own = m[0][0]
                rest = add(d, Poly({m: -c}))
                if not _holds(rest, own) and name in (None, own.head):
                    found.append(
                        ((own.kind == "ent", own.head[:1] == "?", len(own.key), own.key), own, scale(rest, -c))
                    )
        best = max(found, key=lambda each: each[0], default=None)
        return None if best is None else best[1:]

    def content(self, p: Poly) -> tuple[Poly, Poly]:
        """What all terms of a sum share, and what is left beside it."""
        first, *others = p.terms
        shared = {
            a: min([e, *(dict(m).get(a, Fraction(0)) for m in others)])
            for a, e in first
            if a.kind not in ("delta", "ind")
        }
        kept = {a: e for a, e in shared.items() if e and all(a in dict(m) for m in others)}
        if not kept:
            return ONE, p
        rest = [self.product({a: e - kept.get(a, 0) for a, e in m}, c) for m, c in p.terms.items()]
        return Poly({_mono(kept): Fraction(1)}), add(*rest)

    def power(self, p: Poly, e: int | Fraction) -> Poly:
        """p to a rational power."""
        e, single = Fraction(e), p.single
        if p == ZERO:
            if e <= 0:
                raise Refused("zero to a power that is not positive")
            return ZERO
        if e < 0 and self.listening and not self.guarded:
            self.nonzero.add(p)
        if e < 0 and self.guarded and not self.known_nonzero(p):
            raise Refused("a denominator under a condition is not known to differ from zero")
        if e.denominator == 1 and e >= 0 and single is None:
            return self.mul(*[p] * int(e))
        if single is None:
            shared, rest = self.content(p)
            if shared != ONE and (e.denominator == 1 or all(self.sign(a) == 2 for m in shared.terms for a, _ in m)):
                return self.mul(self.power(shared, e), self.power(rest, e))
        c = self.leading(p, e.denominator == 1)
        if single is not None:
            if e.denominator == 1 or (c > 0 and all(self.sign(a) for a, _ in single[0])):
                return self.mul(self.root(c, e), self.product({a: x * e for a, x in single[0]}))
            c = abs(c)
        return self.mul(self.root(c, e), of(self.atom("pp", "", (scale(p, 1 / c),)), e))

    def leading(self, p: Poly, signed: bool) -> Fraction:
        """The coefficient to take out of a sum; its sign only where that may go, and never from what is positive."""
        c = p.terms[min(p.terms, key=lambda m: Poly({m: Fraction(1)}).key)]
        if not signed or (len(p.terms) > 1 and self.positive(p)):
            return abs(c) if len(p.terms) > 1 else c
        return -abs(c) if len(p.terms) > 1 and self.positive(scale(p, -1)) else c

    def root(self, c: Fraction, e: Exponent) -> Poly:
        """A number to a rational power."""
        if e.denominator == 1:
            return number(c ** int(e))
        if c < 0:
            raise Refused("a root of a negative number")
        return self.product({self.atom("num", str(q)): n * e for q, n in _primes(c)})

    def raised(self, base: Poly, e: Poly) -> Poly:
        """A base to a power that is no number: one factor for each term of it, where the base is positive."""
        if e.constant is not None:
            return self.power(base, e.constant)
        single = base.single
        if base == ONE:
            return ONE
        if not self.positive(base) or any(m and any(x < 0 and a.kind != "size" for a, x in m) for m in e.terms):
            return of(self.atom("fn", "pow", (base, e)))
        total = self.power(base, e.terms.get((), Fraction(0)))
        if single is not None and single[1] > 0 and all(self.sign(a) == 2 for a, _ in single[0]):
            rest = add(e, scale(ONE, -e.terms.get((), Fraction(0))))
            parts = [self._raised(a, scale(rest, x)) for a, x in single[0]]
            parts += [self._raised(self.atom("num", str(q)), scale(rest, n)) for q, n in _primes(single[1])]
            return self.mul(total, *parts)
        c = self.leading(base, False)
        if c != 1:
            return self.mul(self.raised(number(c), e), self.raised(scale(base, 1 / c), e))
        return self.mul(total, *(of(self.atom("powr", "", (base, _one(m))), x) for m, x in e.terms.items() if m))

    def _raised(self, atom: Atom, e: Poly) -> Poly:
        if atom.kind == "exp":
            return self.exp(self.mul(atom.args[0], e))
        if atom.kind == "powr":
            return self.raised(atom.args[0], self.mul(atom.args[1], e))
        base = atom.args[0] if atom.kind == "pp" else of(atom)
        return self.mul(*(of(self.atom("powr", "", (base, _one(m))), x) for m, x in e.terms.items()))

    def exp(self, p: Poly) -> Poly:
        """e^p, one factor for each term."""
        parts = []
        for m, c in p.terms.items():
            logs = [a for a, e in m if a.kind == "fn" and a.head == "log" and e == 1]
            if logs:
                rest = self.product({a: e for a, e in m if a is not logs[0]}, c)
                parts.append(self.raised(logs[0].args[0], rest))
            else:
                parts.append(of(self.atom("exp", "", (_one(m),)), c))
        return self.mul(*parts)

    def log(self, p: Poly) -> Poly:
        """The logarithm, split over a product of what is positive (all but one factor are: then it is too)."""
        if self.guarded and not self.positive(p):
            raise Refused("a logarithm under a condition of what is not known to be positive")
        if p.constant is not None and p.constant <= 0:
            raise Refused("the logarithm of what is not positive")
        if self.listening:
            self.above.add(p)
        single = p.single
        if single is None:
            shared, rest = self.content(p)
            if shared != ONE and self.positive(shared):
                return add(self.log(shared), self.log(rest))
            c = self.leading(p, False)
            return add(self._logs(c), of(self.atom("fn", "log", (scale(p, 1 / c),))))
        m, c = single
        doubtful = [e for a, e in m if self.sign(a) < 2]
        fine = all(self.sign(a) for a, _ in m) or (
            len(doubtful) == 1 and doubtful[0].denominator == 1 and doubtful[0] % 2
        )
        if c < 0 or not (fine or not doubtful):
            return of(self.atom("fn", "log", (p,)))
        return add(self._logs(c), *(scale(self._log(a), e) for a, e in m))

    def _logs(self, c: Fraction) -> Poly:
        return add(*(scale(of(self.atom("fn", "log", (number(q),))), n) for q, n in _primes(c)))

    def _log(self, atom: Atom) -> Poly:
        match atom.kind:
            case "exp":
                return atom.args[0]
            case "powr":
                return self.mul(atom.args[1], self.log(atom.args[0]))
            case "num":
                return self._logs(Fraction(atom.head))
            case "prod" if self.positive(atom.args[-1]):
                binders, (body,) = self.open(atom)
                return self.sum(self.log(body), binders)
        return of(self.atom("fn", "log", (atom.args[0] if atom.kind == "pp" else of(atom),)))

    def fn(self, name: str, u: Poly) -> Poly:
        """A function of one number."""
        if name == "log":
            return self.log(u)
        if name == "abs" and self.positive(u, False):
            return u
        return of(self.atom("fn", name, (u,)))

    def indicator(self, op: str, p: Poly) -> Poly:
        """1 where p > 0 (or p = 0), else 0."""
        c = p.constant
        if c is not None:
            return ONE if (c > 0 if op == ">" else not c) else ZERO
        if op == ">" and self.positive(p):
            return ONE
        if op == ">" and self.positive(scale(p, -1), False):
            return ZERO
        return of(self.atom("ind", op, (scale(p, 1 / abs(self.leading(p, False))),)))

    # -- entries -----------------------------------------------------------------------------------------------------
    def entry(self, name: str, slots: tuple[Poly, ...]) -> Poly:
        """An entry of a quantity; the last two slots of a symmetric matrix in one order."""
        decl = self.context.symbols.get(name)
        if decl is not None and len(decl.shape) == 2 and name not in self.freed and decl.properties & SYMMETRIC:
            slots = (*slots[:-2], *sorted(slots[-2:], key=lambda p: p.key))
        return of(self.atom("ent", name, slots))

    def matrix(self, kind: str, n: Poly, body: Poly, row: str, column: str, slots: tuple[Poly, ...] = ()) -> Poly:
        """The determinant, or an entry of the inverse, of the matrix of n rows with the entry ``body`` at (row,
        column)."""
        swapped = self.put(body, {row: self.var(column), column: self.var(row)})
        if swapped == body:
            slots = tuple(sorted(slots, key=lambda p: p.key))
        diagonal = self._diagonal(body, row, column)
        if diagonal is not None:
            if kind == "det":
                return self.times_over(diagonal, row, ONE, n)
            return self.mul(self.power(self.put(diagonal, {row: slots[0]}), -1), self.delta(minus(*slots)))
        names = self._names(2, (n, body, *slots))
        closed = self.put(body, {row: self.var(names[0]), column: self.var(names[1])})
        return of(self.atom(kind, "", (n, *slots, closed), names))

    def _diagonal(self, body: Poly, row: str, column: str) -> Poly | None:
        deltas = {a for m in body.terms for a, _ in m if a.kind == "delta" and a.free == {row, column}}
        if len(deltas) != 1 or not all(any(a in deltas for a, _ in m) for m in body.terms):
            return None
        (atom,) = deltas
        if atom != self.delta(minus(self.var(row), self.var(column))).single[0][0][0]:  # type: ignore[index]
            return None
        return add(
            *(
                self.put(Poly({tuple(f for f in m if f[0] is not atom): c}), {column: self.var(row)})
                for m, c in body.terms.items()
            )
        )

    # -- binders -----------------------------------------------------------------------------------------------------
    def binders(self, atom: Atom) -> list[Binder]:
        """The bound names of an atom with their ends."""
        ends = atom.args[:-1]
        kinds = ("sum", "prod")
        return [(b, ends[2 * i], ends[2 * i + 1]) for i, b in enumerate(atom.bound)] if atom.kind in kinds else []

    def open(self, atom: Atom) -> tuple[list[Binder], tuple[Poly, ...]]:
        """New names for what an atom binds, and its arguments (without ends) with them."""
        binders: list[Binder] = []
        if atom.kind in ("sum", "prod"):
            binders = [(self.fresh(low, high), low, high) for _, low, high in self.binders(atom)]
            args = atom.args[-1:]
        else:
            n = atom.args[0] if atom.kind in MATRIX else None
            binders = [(self.fresh(ONE, n), ONE, n or ONE) for _ in atom.bound]
            args = atom.args
        names = {old: self.var(new[0]) for old, new in zip(atom.bound, binders, strict=True)}
        return binders, tuple(self.put(p, names) for p in args) if names else args

    def _names(self, count: int, args: Iterable[Poly]) -> tuple[str, ...]:
        args = tuple(args)
        height = 1 + max((p.height for p in args), default=0)
        return tuple(f"#{height}.{i}" for i in range(count))

    def sum(self, p: Poly, binders: list[Binder]) -> Poly:
        """Σ of p over variables whose ranges do not hold one another (a range may hold a variable of an outer sum)."""
        names = [b[0] for b in binders]
        for n, (_, low, high) in enumerate(binders):
            if not (low.free | high.free).isdisjoint(names):
                inner, outer = [binders[n]], [b for b in binders if b is not binders[n]]
                if any(binders[n][0] in b[1].free | b[2].free for b in outer):
                    raise Refused("ranges that hold each other")
                return self.sum(self.sum(p, inner), outer)
        return add(*(self._sum(m, c, binders) for m, c in p.terms.items()))

    def _sum(self, m: Mono, c: Fraction, binders: list[Binder]) -> Poly:
        names = {b[0] for b in binders}
        for n, (v, low, high) in enumerate(binders):
            rest = binders[:n] + binders[n + 1 :]
            if not any(v in a.free for a, _ in m):
                length = add(high, scale(low, -1), ONE)
                if not self.natural(length):
                    raise Refused("a range that may be shorter than empty")
                return self.mul(length, self.sum(Poly({m: c}), rest))
            for atom, _ in m:
                solved = self.solved(atom, v) if atom.kind == "delta" else None
                if solved is not None and self.within(solved[1], low, high):
                    others = Poly({tuple(f for f in m if f[0] is not atom): c})
                    return self.sum(self.put(others, {v: solved[1]}), rest)
        for atom, e in m:
            if atom.kind != "sum" or not 1 <= e <= 3 or e.denominator != 1 or not atom.free & names:
                continue
            if names.isdisjoint(n for _, low, high in self.binders(atom) for n in low.free | high.free):
                inner, (body,) = self.open(atom)
                others = Poly({_mono({a: x - (a is atom) for a, x in m}): c})
                return self.sum(self.mul(others, body), [*binders, *inner])
        contracted = self._contracted(dict(m), c, names)
        if contracted is not None:
            return self.sum(contracted, binders)
        outside = {a: e for a, e in m if a.free.isdisjoint(names)}
        left = [(a, e) for a, e in m if a not in outside]
        parts = [self.product(outside, c)]
        while left:
            own = [left.pop(0)]
            while True:
                here = frozenset(names).intersection(n for a, _ in own for n in a.free)
                joined = [f for f in left if f[0].free & here]
                if not joined:
                    break
                own, left = own + joined, [f for f in left if f not in joined]
            parts.append(self._closed(Poly({_mono(dict(own)): Fraction(1)}), [b for b in binders if b[0] in here]))
        return self.mul(*parts)

    def _closed(self, body: Poly, binders: list[Binder]) -> Poly:
        """A sum as an atom, with bound names that do not depend on how they were called."""
        marks = {b[0]: "?" for b in binders}
        ranked = (
            sorted(((b[1].key, b[2].key, body.text({**marks, b[0]: "!"})), b) for b in binders)
            if len(binders) > 1
            else [((), binders[0])]
        )
        orders = [[b for _, b in ranked]]
        ties = [[b for k, b in ranked if k == key] for key in dict.fromkeys(k for k, _ in ranked)]
        if prod(len(tie) ** len(tie) for tie in ties) <= 300 and len(ties) < len(binders):
            orders = list(_orders(ties))
        args = tuple(end for b in orders[0] for end in b[1:])
        names = self._names(len(binders), (*args, body))
        best = min(orders, key=lambda order: body.text({b[0]: n for b, n in zip(order, names, strict=True)}))
        closed = self.put(body, {b[0]: self.var(n) for b, n in zip(best, names, strict=True)})
        single = closed.single
        if single is None:
            raise Refused("a sum that changes with the names of its indices")
        return (
            of(self.atom("sum", str(len(names)), (*args, _one(single[0])), names))
            if single[1] == 1
            else scale(of(self.atom("sum", str(len(names)), (*args, _one(single[0])), names)), single[1])
        )

    def _contracted(self, factors: dict[Atom, Exponent], c: Fraction, names: set[str]) -> Poly | None:
        """Σ_v M(x, v) M⁻¹(v, y) is a delta: the two factors replaced by δ(v)… where v stands nowhere else."""
        for atom, e in factors.items():
            if atom.kind != "inv" or e != 1:
                continue
            binders, (n, i, j, body) = self.open(atom)
            (row, _, _), (column, _, _) = binders
            for v, at in ((i, j), (j, i)):
                single = v.single
                name = (
                    single[0][0][0].head
                    if single and single[1] == 1 and len(single[0]) == 1 and single[0][0][0].kind == "var"
                    else ""
                )
                if name not in names or sum(name in a.free for a in factors) != 2:
                    continue
                (other,) = [a for a in factors if name in a.free and a is not atom] or [atom]
                if other is atom or factors[other] != 1 or self.ranges.get(name) != (ONE, n) or name in at.free:
                    continue
                x = self.fresh()
                here = {row: self.var(x), column: v} if v is i else {row: v, column: self.var(x)}
                for slot in (s for s in other.args if name not in s.free):
                    instance = self.put(body, here)
                    if self.put(instance, {x: slot}) == of(other) and self.within(slot, ONE, n):
                        rest = self.product({a: f for a, f in factors.items() if a not in (atom, other)}, c)
                        return self.mul(rest, self.delta(minus(slot, at)), self.delta(minus(v, slot)))
        return None

    def times_over(self, p: Poly, v: str, low: Poly, high: Poly) -> Poly:
        """Π of p over a variable."""
        length, single = add(high, scale(low, -1), ONE), p.single
        if not self.natural(length):
            raise Refused("a range that may be shorter than empty")
        if v not in p.free:
            return self.raised(p, length)
        if single is None:
            shared, rest = self.content(p)
            ends = (v, low, high)
            return (
                self._product_atom(p, *ends)
                if shared == ONE
                else self.mul(self.times_over(shared, *ends), self.times_over(rest, *ends))
            )
        parts = [self.raised(number(single[1]), length)]
        for atom, e in single[0]:
            if v not in atom.free:
                parts.append(self.raised(of(atom, e), length))
            elif atom.kind == "exp":
                parts.append(self.exp(scale(self.sum(atom.args[0], [(v, low, high)]), e)))
            elif atom.kind == "powr":
                parts.append(self._powers(atom, e, v, low, high))
            elif e.denominator == 1 or self.sign(atom) == 2:
                body = atom.args[0] if atom.kind == "pp" else of(atom)
                parts.append(self.power(self._product_atom(body, v, low, high), e))
            else:
                parts.append(self._product_atom(of(atom, e), v, low, high))
        return self.mul(*parts)

    def _powers(self, atom: Atom, e: Exponent, v: str, low: Poly, high: Poly) -> Poly:
        base, exponent = atom.args
        if v not in base.free:
            return self.raised(base, scale(self.sum(exponent, [(v, low, high)]), e))
        for factor, _ in exponent.single[0] if exponent.single else ():
            solved = self.solved(factor, v) if factor.kind == "delta" else None
            if solved is not None and self.within(solved[1], low, high):
                rest = Poly({tuple(f for f in m if f[0] is not factor): c for m, c in exponent.terms.items()})
                return self.raised(self.put(base, {v: solved[1]}), scale(self.put(rest, {v: solved[1]}), e))
        return self.power(self._product_atom(of(atom), v, low, high), e)

    def _product_atom(self, body: Poly, v: str, low: Poly, high: Poly) -> Poly:
        names = self._names(1, (low, high, body))
        return of(self.atom("prod", "", (low, high, self.put(body, {v: self.var(names[0])})), names))

    def integral(self, p: Poly, v: str, kind: str) -> Poly:
        """∫ of p over a variable of integration: linear, sums outside."""
        parts = []
        for m, c in p.terms.items():
            inner = next(
                (a for a, e in m if a.kind == "sum" and 1 <= e <= 3 and e.denominator == 1 and v in a.free), None
            )
            if inner is not None:
                binders, (body,) = self.open(inner)
                others = Poly({_mono({a: x - (a is inner) for a, x in m}): c})
                parts.append(self.sum(self.integral(self.mul(others, body), v, kind), binders))
                continue
            body = Poly({tuple(f for f in m if v in f[0].free): Fraction(1)})
            names = self._names(1, (body,))
            closed = of(self.atom("int", kind, (self.put(body, {v: self.var(names[0])}),), names))
            parts.append(self.mul(self.product({a: e for a, e in m if v not in a.free}, c), closed))
        return add(*parts)

    # -- rebuilding --------------------------------------------------------------------------------------------------
    def put(self, p: Poly, values: Mapping[str, Poly]) -> Poly:
        """p with variables replaced."""
        if p.free.isdisjoint(values):
            return p
        return self.rebuilt(p, lambda a: self._put(a, values), lambda a: not a.free.isdisjoint(values))

    def _put(self, atom: Atom, values: Mapping[str, Poly]) -> Poly | None:
        if atom.kind != "var" or atom.head not in values:
            return None
        value = values[atom.head]
        if not atom.args:
            return value
        single = value.single
        if single is None or single[0][0][0].kind != "var":
            raise Refused("a vector of integration replaced by a number")
        return self.var(single[0][0][0].head, tuple(self.put(s, values) for s in atom.args))

    def instead(self, p: Poly, atom: Atom, value: Poly) -> Poly:
        """p with one atom replaced, wherever it stands."""
        return self.rebuilt(p, lambda a: value if a is atom else None, lambda a: _holds(of(a), atom))

    def rebuilt(
        self,
        p: Poly,
        change: Callable[[Atom], Poly | None],
        touches: Callable[[Atom], bool],
        raising: Callable[[Atom, Exponent], Poly | None] | None = None,
    ) -> Poly:
        """p with the atoms that ``change`` has a value for (or their powers, ``raising``) replaced, at any depth; only
        those that it ``touches``."""
        parts = []
        for m, c in p.terms.items():
            moved = [f for f in m if touches(f[0])]
            if not moved:
                parts.append(Poly({m: c}))
                continue
            total = Poly({tuple(f for f in m if not touches(f[0])): c})
            for atom, e in moved:
                whole = None if raising is None else raising(atom, e)
                total = self.mul(
                    total, self.power(self._rebuilt(atom, change, touches, raising), e) if whole is None else whole
                )
            parts.append(total)
        return add(*parts)

    def _rebuilt(
        self,
        atom: Atom,
        change: Callable[[Atom], Poly | None],
        touches: Callable[[Atom], bool],
        raising: Callable[[Atom, Exponent], Poly | None] | None,
    ) -> Poly:
        def again(p: Poly) -> Poly:
            return self.rebuilt(p, change, touches, raising)

        self.spend()
        value = change(atom)
        if value is not None:
            return value
        binders, args = self.open(atom) if atom.bound else ([], atom.args)
        args = tuple(again(p) for p in args)
        names = [b[0] for b in binders]
        match atom.kind:
            case "ent":
                return self.entry(atom.head, args)
            case "delta":
                return self.delta(*args)
            case "ind":
                return self.indicator(atom.head, *args)
            case "fn" if len(args) == 1:
                return self.fn(atom.head, *args)
            case "fn" | "powr":
                return self.raised(*args)
            case "exp":
                return self.exp(*args)
            case "pp":
                return args[0]
            case "sum":
                return self.sum(args[0], [(v, again(low), again(high)) for v, low, high in binders])
            case "prod":
                ((v, low, high),) = binders
                return self.times_over(args[0], v, again(low), again(high))
            case "int":
                return self.integral(args[0], names[0], atom.head)
            case "inv" | "det":
                return self.matrix(atom.kind, args[0], args[-1], names[0], names[1], args[1:-1])
            case "app":
                return self.application(atom.head, args, names)
        return of(self.atom(atom.kind, atom.head, args))

    def application(self, head: str, args: tuple[Poly, ...], names: list[str]) -> Poly:
        """An unknown function; ``names`` stand for the entries of its arguments."""
        bound = self._names(len(names), args)
        return of(
            self.atom(
                "app",
                head,
                tuple(self.put(p, {n: self.var(b) for n, b in zip(names, bound, strict=True)}) for p in args),
                bound,
            )
        )


def _holds(p: Poly, atom: Atom) -> bool:
    """Whether an atom stands in p."""
    if atom.kind == "var" and not atom.args:
        return atom.head in p.free
    if atom.kind == "ent" and atom.head not in p.names:
        return False
    return any(a is atom or any(_holds(q, atom) for q in a.args) for m in p.terms for a, _ in m)


def _one(m: Mono) -> Poly:
    return Poly({m: Fraction(1)})


def _mono(factors: Mapping[Atom, Exponent]) -> Mono:
    return tuple(sorted([(a, tidied(e)) for a, e in factors.items() if e], key=lambda f: f[0].key))


def _orders(ties: list[list[Binder]]) -> Iterator[list[Binder]]:
    if not ties:
        yield []
        return
    for first in permutations(ties[0]):
        for rest in _orders(ties[1:]):
            yield [*first, *rest]


def _ratios(p: Poly, q: Poly) -> Iterator[Fraction]:
    for m, c in q.terms.items():
        if m in p.terms:
            yield p.terms[m] / c
        return


def _primes(c: Fraction) -> Iterator[tuple[int, int]]:
    """The prime factors of a positive number with their exponents."""
    for n, sign in ((c.numerator, 1), (c.denominator, -1)):
        q = 2
        while n > 1:
            if q * q > n:
                q = n
            times = 0
            while n % q == 0:
                n, times = n // q, times + 1
            if times:
                yield q, sign * times
            q += 1
