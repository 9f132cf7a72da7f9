"""Equations solved for what stands in a function: put in its place, or reached by taking exponentials of both sides."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derive.certify.inverses import contracted, has_inverse
from derive.certify.writing import Step, one, said
from derive.replay import terms as t
from derive.replay.check import Steps
from derive.replay.data import Refused
from derive.replay.terms import ONE, Atom, Poly, mul, name, number, of, ordered, power

if TYPE_CHECKING:
    from derive.certify.search import Search

MOST = 40
"""How often one quantity is put in its place."""


def solved(search: Search, p: Poly) -> Steps | None:
    """The steps from p to zero, where what is assumed says what a quantity is, or what an exponential of it is."""
    from derive.certify.consequences import followed

    for n, a, c in _said(search):
        if any(b != a and _stands(b, a) for m, _ in p for b, _ in m):
            q, steps = _put(search, p, n, a, c)
            tail = None if _in(q, a) else search.settled(q, False)
            if tail is not None:
                return steps + tail
    found = _vectors(search, p)
    if found is not None:
        return found
    times = _exponent(search, p)
    if times is not None:
        step: Step = {"exp": said(times)}
        tail = followed(search, search.proof.run(p, [step]))
        return None if tail is None else [step, *tail]
    return None


def _vectors(search: Search, p: Poly) -> Steps | None:
    """An equation between vectors in a sum, where an inverse is then beside its matrix."""
    from derive.certify.consequences import vector

    known = [(n, *found) for n in range(len(search.proof.given)) if (found := vector(search, n)) is not None]
    for k, a in enumerate(ordered(p)):
        for n, gap, length in known if a[0] == "sum" else ():
            v = search.normal.fresh()
            ((m, _),) = t.opened(a[3], [name(v)])
            for rest, d in sorted(gap(name(v)), key=lambda f: said(one(f[0]))) if a[1:3] == (ONE, length) else ():
                if not (has_inverse(of(a)) or has_inverse(gap(name(v)))) or not rest <= m:
                    continue
                times = mul(one(m - rest), power(number(d), -1))
                use: Step = {"use": n, "entry": [repr(v)], "times": said(times)}
                step: Step = {"in": k, "part": 2, "as": [v], "do": [use]}
                ranges = dict(search.proof.ranges)
                try:
                    q, more = contracted(search.normal, search.proof.run(p, [step]))
                    tail = search.zero(q, 1)
                except Refused:
                    tail = None
                if tail is not None:
                    return [step, *more, *tail]
                search.proof.ranges.clear()
                search.proof.ranges.update(ranges)
    return None


def gaps(search: Search) -> list[tuple[int, Poly]]:
    """What the equations between numbers say is zero."""
    found = []
    for n, relation in enumerate(search.proof.given):
        try:
            left, right = (search.proof.reader.read(side, {}) for side in (relation.left, relation.right))
            found += [(n, t.minus(left.number, right.number))] if relation.op == "=" else []
        except Refused:
            continue
    return found


def _said(search: Search) -> list[tuple[int, Atom, t.Exponent]]:
    """The equations that say what a quantity is: the equation, the quantity, and how often it stands there."""
    return [
        (n, a, c)
        for n, gap in gaps(search)
        for m, c in sorted(gap, key=lambda f: said(one(f[0])))
        for a, e in m
        if len(m) == 1 and e == 1 and a[0] == "entry" and a[1] not in t.free(t.minus(gap, one(m, c)))
    ]


def _stands(b: Atom, a: Atom) -> bool:
    """Whether an atom is another, or stands in it."""
    return b == a or any(_in(x, a) for x in b[1:] if isinstance(x, frozenset))


def _in(p: Poly, a: Atom) -> bool:
    return any(_stands(b, a) for m, _ in p for b, _ in m)


def _put(search: Search, p: Poly, n: int, a: Atom, c: t.Exponent) -> tuple[Poly, Steps]:
    """What is said of a quantity in its place, at any depth."""
    steps: Steps = []
    for _ in range(MOST):
        k, b = next(((k, b) for k, b in enumerate(ordered(p)) if _stands(b, a)), (0, a))
        if not _in(p, a):
            break
        if b == a:
            step: Step = {"use": n, "times": f"({1 / t.constant(t.number(c))})", "of": k}
        else:
            part, x = next((k, x) for k, x in enumerate(b[1:]) if isinstance(x, frozenset) and _in(x, a))
            new = [search.normal.fresh() for _ in range(t.binds(b, part))]
            ranges = dict(search.proof.ranges)
            body = t.opened(x, [search.proof.index(v, *e) for v, e in zip(new, t.ends(b, part), strict=True)])
            _, do = _put(search, body, n, a, c)
            search.proof.ranges.clear()
            search.proof.ranges.update(ranges)
            step = {"in": k, "part": part, "do": do, **({"as": new} if new else {})}
        p = search.proof.run(p, [step])
        steps.append(step)
    return p, steps


def _exponent(search: Search, p: Poly) -> Poly | None:
    """What p is multiplied with, so that one logarithm in it stands once; if exponentials are what is known."""
    logs = sorted({a for m, _ in p for a, e in m if a[0] == "log" and e == 1}, key=lambda a: said(of(a)))
    known = any(a[0] == "exp" for _, gap in gaps(search) for m, _ in gap for a, _ in m)
    if not logs or not known or any(a[0] == "exp" for m, _ in p for a, _ in m):
        return None
    beside = t.add(*(one(m - {(logs[0], 1)}, -c) for m, c in p if (logs[0], 1) in m))
    below: Poly = ONE
    for a in sorted({a for m, _ in beside for a, e in m if e < 0}, key=lambda a: said(of(a))):
        below = mul(below, power(of(a), -min(dict(m).get(a, 0) for m, _ in beside)))
    return mul(below, power(mul(below, beside), -1))
