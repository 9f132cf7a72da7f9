"""Derivatives: one row for each kind of atom, the product and chain rules once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from derive.replay.algebra import Algebra
from derive.replay.data import Refused
from derive.replay.polynomials import ONE, ZERO, Atom, Poly, add, minus, of, scale

FUNCTIONS: dict[str, Callable[[Algebra, Poly, Poly], Poly]] = {
    "log": lambda a, u, f: a.power(u, -1),
    "tanh": lambda a, u, f: minus(ONE, a.mul(f, f)),
    "logistic": lambda a, u, f: minus(f, a.mul(f, f)),
    "sin": lambda a, u, f: a.fn("cos", u),
    "cos": lambda a, u, f: scale(a.fn("sin", u), -1),
    "abs": lambda a, u, f: a.mul(u, a.power(f, -1)),
}
"""f'(u), where f is f(u)."""


@dataclass(frozen=True)
class Target:
    """The entry that is differentiated in: of a quantity (ent) or of a variable (var)."""

    kind: str
    name: str
    slots: tuple[Poly, ...]


Through = Callable[[Atom, Target], Poly]


def slope(a: Algebra, through: Through, p: Poly, target: Target) -> Poly:
    """The derivative; ``through`` knows it for what is defined."""
    parts = []
    for m, c in p.terms.items():
        for atom, e in m:
            inner = _atom(a, through, atom, target)
            if inner != ZERO:
                rest = {b: x - (b is atom) for b, x in m}
                parts.append(a.mul(a.product(rest, c * e), inner))
    return add(*parts)


def _atom(a: Algebra, through: Through, atom: Atom, target: Target) -> Poly:
    def d(p: Poly) -> Poly:
        return slope(a, through, p, target)

    here = of(atom)
    match atom.kind:
        case "ent" | "var" if atom.kind == target.kind and atom.head == target.name:
            return a.mul(*(a.delta(minus(x, y)) for x, y in zip(atom.args, target.slots, strict=True)))
        case "ent":
            return through(atom, target)
        case "pp":
            return d(atom.args[0])
        case "exp":
            return a.mul(here, d(atom.args[0]))
        case "powr":
            base, e = atom.args
            return a.mul(here, add(a.mul(a.log(base), d(e)), a.mul(e, a.power(base, -1), d(base))))
        case "fn" if atom.head == "pow":
            base, e = atom.args
            inner = d(base)
            if d(e) != ZERO:
                raise Refused("the derivative of a power in its exponent, of a base not known to be positive")
            return ZERO if inner == ZERO else a.mul(e, a.raised(base, minus(e, ONE)), inner)
        case "fn":
            inner = d(atom.args[0])
            if inner == ZERO:
                return ZERO
            if atom.head not in FUNCTIONS:
                raise Refused(f"the derivative of {atom.head}")
            return a.mul(FUNCTIONS[atom.head](a, atom.args[0], here), inner)
        case "sum":
            binders, (body,) = a.open(atom)
            return a.sum(d(body), binders)
        case "prod":
            binders, (body,) = a.open(atom)
            inner = d(body)
            if inner != ZERO and not a.known_nonzero(body):
                raise Refused("the derivative of a product with a factor that may be zero")
            return ZERO if inner == ZERO else a.mul(here, a.sum(a.mul(inner, a.power(body, -1)), binders))
        case "int":
            v = a.fresh()
            return a.integral(d(a.put(atom.args[0], {atom.bound[0]: a.var(v)})), v, atom.head)
        case "inv" | "det":
            return _matrix(a, atom, d)
        case "app":
            return _application(a, atom, d)
    return ZERO


def _matrix(a: Algebra, atom: Atom, d: Callable[[Poly], Poly]) -> Poly:
    """d M^-1 = -M^-1 dM M^-1 and d det M = det M tr(M^-1 dM)."""
    binders, (n, *slots, body) = a.open(atom)
    (r, _, _), (c, _, _) = binders
    inner = d(body)
    if inner == ZERO:
        return ZERO

    def inverse(i: Poly, j: Poly) -> Poly:
        x, y = a.fresh(ONE, n), a.fresh(ONE, n)
        return a.matrix("inv", n, a.put(body, {r: a.var(x), c: a.var(y)}), x, y, (i, j))

    if atom.kind == "det":
        return a.mul(of(atom), a.sum(a.mul(inner, inverse(a.var(c), a.var(r))), binders))
    return scale(a.sum(a.mul(inverse(slots[0], a.var(r)), inner, inverse(a.var(c), slots[1])), binders), -1)


def _application(a: Algebra, atom: Atom, d: Callable[[Poly], Poly]) -> Poly:
    """The chain rule for an unknown function: Σ over the entries of each argument of its derivative there times theirs.

    The head says in which arguments it was differentiated; the slots of those entries follow its own slots.
    """
    name, done, count, ranks = atom.head.rsplit(";", 3)
    own = [int(x) for x in ranks.split(",")] if ranks else []
    fresh = [a.fresh() for _ in atom.bound]
    args = [a.put(p, {b: a.var(f) for b, f in zip(atom.bound, fresh, strict=True)}) for p in atom.args]
    first = int(count)
    orders = [int(x) for x in done.split(",")] if done else []
    place = first + sum(own[i] for i in orders)
    groups, start = [], first
    for i in orders:
        groups.append((i, tuple(args[start : start + own[i]])))
        start += own[i]
    parts, position = [], place
    for i, rank in enumerate(own):
        lengths, body = args[position : position + rank], args[position + rank]
        position += rank + 1
        slots = [a.fresh(ONE, n) for n in lengths]
        inner = d(a.put(body, {f: a.var(s) for f, s in zip(fresh, slots, strict=False)}))
        if inner == ZERO:
            continue
        more = sorted([*groups, (i, tuple(map(a.var, slots)))], key=lambda g: (g[0], [p.key for p in g[1]]))
        head = f"{name};{','.join(str(g[0]) for g in more)};{count};{ranks}"
        moved = (*args[:first], *(p for g in more for p in g[1]), *args[place:])
        names = [a.fresh() for _ in fresh]
        renamed = tuple(a.put(p, {f: a.var(n) for f, n in zip(fresh, names, strict=True)}) for p in moved)
        applied = a.application(head, renamed, names)
        parts.append(a.sum(a.mul(applied, inner), [(s, ONE, n) for s, n in zip(slots, lengths, strict=True)]))
    return add(*parts)
