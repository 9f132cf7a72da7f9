"""The steps that show a sign: what is never negative is taken off until what is left shows its sign itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING

from derive.certify import consequences
from derive.certify.inverses import has_inverse
from derive.certify.points import Over, balanced, pieces
from derive.certify.stars import solving
from derive.certify.weights import weighed
from derive.certify.writing import Step, function, one, said
from derive.replay import terms as t
from derive.replay.check import Steps
from derive.replay.data import Refused
from derive.replay.goals import star
from derive.replay.terms import Mono, Poly, add, minus, mul, name, of, power, scale

if TYPE_CHECKING:
    from derive.certify.search import Search

Way = Callable[["Search", Over, Mono, t.Exponent], Iterator[Step]]
MOST = 12
"""How many definitions and denominators are cleared."""


def bounded(search: Search, p: Poly) -> Steps | None:
    """The steps from p to something that shows its sign."""
    if not search.proof.goal.at:
        found = settled(search, p)
        if found is not None:
            return found
        for q, steps in reached(search, p):
            tail = _shown(search, q)
            if tail is not None:
                return steps + tail
    return _shown(search, p)


def reached(search: Search, p: Poly) -> Iterator[tuple[Poly, Steps]]:
    """What assumed equations lead to, one after the other."""
    if not any(relation.op == "=" for relation in search.proof.given):
        return
    p, begun = search.normal.simple(p)
    known = list(consequences.known(search, p))
    for q, steps in consequences.following(search, p, known):
        yield q, begun + steps
        for r, more in consequences.following(search, q, known):
            yield r, begun + steps + more


def _shown(search: Search, p: Poly) -> Steps | None:
    """The steps from p to a sign, with what is never negative taken off."""
    steps: Steps = []
    while names := [n for n in search.defined(p) if n not in search.proof.supposed]:
        steps.append({"define": names})
        p = search.proof.run(p, steps[-1:])
    p, more = _bounded_once(search, p) if has_inverse(p) and not search.proof.goal.at else (p, [])
    steps += more
    p, more = search.normal.simple(p)
    steps += more
    usual = _taken_off(search, p)
    if usual is not None:
        return steps + usual
    p, more = weighed(search, p) if search.proof.goal.kind in ("max", "min") else (p, [])
    tail = settled(search, p) if more else None
    return None if tail is None else [*steps, *more, *tail]


def _taken_off(search: Search, p: Poly) -> Steps | None:
    steps: Steps = []
    for _ in range(2):
        p, more = _bounded_once(search, p)
        steps += more
        p, more = balanced(search, p)
        steps += more
        p, more = solving(search, p)
        steps += more
        tail = settled(search, p)
        if tail is not None:
            return steps + tail
        defining: Steps = [{"define": names}] if (names := search.defined(p)) else []
        p, more = search.normal.simple(search.proof.run(p, defining))
        steps += [*defining, *more]
    return None


def _bounded_once(search: Search, p: Poly) -> tuple[Poly, Steps]:
    steps: Steps = []
    for step in list(bounds(search, p)):
        try:
            q = search.proof.run(p, [step])
        except Refused:
            continue
        p, more = search.normal.simple(q)
        steps += [step, *more]
    return p, steps


def settled(search: Search, p: Poly) -> Steps | None:
    """The steps to a sign, definitions in their places and positive denominators cleared."""
    p, steps = search.normal.simple(p)
    for _ in range(MOST):
        if search.proof.ended(p):
            return steps
        step = _denominator(search, p) or _definition(search, p)
        if step is None:
            return None
        try:
            p, more = search.normal.simple(search.proof.run(p, [step]))
        except Refused:
            return None
        steps += [step, *more]
    return None


def _denominator(search: Search, p: Poly) -> Step | None:
    """Times a positive denominator."""
    below = {(a, e) for m, _ in p for a, e in m if e < 0 and e.denominator == 1}
    for a, _ in sorted(below, key=lambda f: (f[1], said(of(f[0])))):
        by = a[1] if a[0] == "group" else of(a)
        sure = search.proof.positive(by, strict=False)
        return {"by": said(by)} if sure else {"by": said(by), "power": 2}
    return None


def _definition(search: Search, p: Poly) -> Step | None:
    """What is defined by nothing that stands there too, in its place."""
    from derive.certify.reach import depends

    names = search.defined(p)
    top = [n for n in names if not any(m != n and depends(search.context, m, n) for m in names)]
    return {"define": top} if top else None


# -- what is never negative ------------------------------------------------------------------------------------------
def bounds(search: Search, p: Poly) -> Iterator[Step]:
    """For each term of p the first bound that takes away what moves in it."""
    usual = (determinants, logarithms, squares, products, forms, ends)
    for ways in ((partial(exponentials, p),), (partial(completed, p),), usual, (partial(pairs, p),), (mixed,)):
        found = [
            step for m, c in sorted(p, key=lambda f: said(one(f[0]))) for step in _first(search, p, one(m, c), ways)
        ]
        if found:
            yield from found
            return


def _first(search: Search, p: Poly, term: Poly, ways: tuple[Way, ...]) -> list[Step]:
    found = (step for over, n, d in pieces(term, search) for way in ways for step in way(search, over, n, d))
    return list(islice((step for step in found if _works(search, p, step)), 1))


def moving(search: Search, p: Poly) -> bool:
    """Whether a variable of the best point stands there."""
    return not t.free(p).isdisjoint(search.proof.goal.at)


def _step(rule: str, values: dict[str, str], weight: Poly, over: Over) -> Step:
    step: Step = {"less": rule, "with": values, "times": said(weight)}
    return {**step, "over": [[v, said(low), said(high)] for v, low, high in over]} if over else step


def logarithms(search: Search, over: Over, m: Mono, c: t.Exponent) -> Iterator[Step]:
    """x - 1 - log x for a logarithm of what moves, with what stands beside it."""
    for f, e in sorted(m, key=lambda f: said(of(f[0]))):
        rest = one(m - {(f, e)}, c)
        if f[0] == "log" and e == 1 and moving(search, f[1]) and not moving(search, rest):
            there = search.proof.there(f[1])
            plain = len(f[1]) == len(there) == 1
            for sign, x in ((1, mul(there, power(f[1], -1))), (-1, mul(f[1], power(there, -1)))) if plain else ():
                yield _step("log-below", {"x": said(x)}, scale(rest, sign), over)
            for sign, x, y in ((1, there, f[1]), (-1, f[1], there)):
                weight = mul(scale(rest, sign), power(y, -1))
                yield _step("log-ratio", {"x": said(x), "y": said(y)}, weight, over)


def exponentials(p: Poly, search: Search, over: Over, m: Mono, c: t.Exponent) -> Iterator[Step]:
    """exp(x - x*) - 1 - (x - x*) for an exponential of what moves, with all that stands beside it."""
    for f, e in sorted(m, key=lambda f: said(of(f[0]))) if not over else ():
        rest = add(*(one(n - {(f, e)}, d) for n, d in p if (f, e) in n))
        first = min((n for n, _ in p if (f, e) in n), key=lambda n: said(one(n)), default=m)
        if f[0] == "exp" and e == 1 and m == first and moving(search, f[1]) and not moving(search, rest):
            there = search.proof.there(f[1])
            weight = mul(rest, t.atom("exp", there))
            yield _step("exp-below", {"x": said(minus(f[1], there))}, weight, over)


def determinants(search: Search, over: Over, m: Mono, c: t.Exponent) -> Iterator[Step]:
    """tr(B A⁻¹) - n - log det B + log det A for the logarithm of a determinant that moves."""
    for f, e in sorted(m, key=lambda f: said(of(f[0]))):
        a = next((a for n, _ in f[1] for a, _ in n if a[0] == "det"), None) if f[0] == "log" and e == 1 else None
        if a is not None and f[1] == of(a) and moving(search, f[1]):
            i, j = search.normal.fresh(), search.normal.fresh()
            there = search.proof.there(t.opened(a[2], [name(i), name(j)]))
            values = {"n": said(a[1]), "A": function(t.opened(a[2], [name(i), name(j)]), i, j)}
            yield _step("log-det", {**values, "B": function(there, i, j)}, one(m - {(f, e)}, c), over)


def pairs(p: Poly, search: Search, over: Over, m: Mono, c: t.Exponent) -> Iterator[Step]:
    """The square of a difference for the squares of two sums, where no best point is looked for."""
    others = {f for n, _ in p for f, e in n if f[0] == "sum" and e == 2 and not search.proof.goal.at}
    for f, e in sorted(m, key=lambda f: said(of(f[0]))):
        for g in sorted(others - {f}, key=lambda g: said(of(g))) if f[0] == "sum" and e == 2 else ():
            yield _step("square", {"x": said(minus(of(f), of(g)))}, one(m - {(f, e)}, c), over)


def completed(p: Poly, search: Search, over: Over, m: Mono, c: t.Exponent) -> Iterator[Step]:
    """(x + a y)² for a square and twice a product with what is squared there, where no best point is looked for."""
    for f, e in sorted(m, key=lambda f: said(of(f[0]))) if not search.proof.goal.at else ():
        for other, n, d in pieces(p, search) if e == 2 and f[0] in ("entry", "sum") else ():
            if [ends for _, *ends in other] != [ends for _, *ends in over]:
                continue
            there = t.opened(t.closed(one(n), [v for v, _, _ in other]), [name(v) for v, _, _ in over])
            rest = mul(there, power(one(m - {(f, e)}), -1), power(of(f), -1))
            if len(rest) != 1:  # a sum that was divided by is multiplied out
                continue
            ((last, _),) = rest
            alike = any(g[:2] == f[:2] for g, _ in last) and f[0] == "entry"
            if [x for _, x in last] == [1] and said(of(f)) < said(rest) and not alike:
                gap = add(of(f), scale(rest, Fraction(d) / (2 * Fraction(c))))
                yield _step("square", {"x": said(gap)}, one(m - {(f, e)}, c), over)


def squares(search: Search, over: Over, m: Mono, c: t.Exponent) -> Iterator[Step]:
    """(x - x*)² for the square of what moves, with what stands beside it."""
    for f, e in sorted(m, key=lambda f: said(of(f[0]))):
        if f[0] == "entry" and e == 2 and f[1] in search.proof.goal.at:
            gap = minus(of(f), of(("entry", star(f[1]), *f[2:])))
            yield _step("square", {"x": said(gap)}, one(m - {(f, e)}, c), over)
        if f[0] == "sum" and e == 2 and moving(search, of(f)):
            yield _step("square", {"x": said(minus(of(f), search.proof.there(of(f))))}, one(m - {(f, e)}, c), over)


def products(search: Search, over: Over, m: Mono, c: t.Exponent, alike: bool = True) -> Iterator[Step]:
    """(x - y)² for twice the product of two entries of one quantity, with what stands beside it."""
    found = sorted((f for f, e in m if f[0] in ("entry", "sum") and e == 1), key=lambda f: said(of(f)))
    for f in found:
        for g in found[found.index(f) + 1 :]:
            if (f[0] == g[0] == "entry" and f[1] == g[1]) == alike:
                for other in (scale(of(g), -1), of(g)):
                    weight = scale(one(m - {(f, 1), (g, 1)}, c), Fraction(1 if other == of(g) else -1, 2))
                    yield _step("square", {"x": said(add(of(f), other))}, weight, over)


def mixed(search: Search, over: Over, m: Mono, c: t.Exponent) -> Iterator[Step]:
    """The same of any two, where no best point is looked for."""
    signed = [f for f, _ in m if search.proof.sign(f)]
    found = products(search, over, m, c, False) if not search.proof.goal.at else iter(())
    return (step for step in found if not any(said(of(f)) in step["with"]["x"] for f in signed))


def ends(search: Search, over: Over, m: Mono, c: t.Exponent) -> Iterator[Step]:
    """What is between a quantity and an end of its range, with what stands beside it."""
    for f, e in sorted(m, key=lambda f: said(of(f[0]))):
        for upper, sign in ((True, -1), (False, 1)):
            end = search.proof.end(f, upper)[0] if e == 1 else None
            if end is not None:
                gap = scale(minus(of(f), end), sign)
                yield _step("sure", {"x": said(gap)}, one(m - {(f, e)}, sign * c), over)


def forms(search: Search, over: Over, m: Mono, c: t.Exponent) -> Iterator[Step]:
    """The same of a vector, by the inverse of a definite matrix."""
    moved = [f for f, e in m if f[0] == "entry" and e == 1 and f[1] in search.proof.goal.at]
    for f in [f for f, e in m if f[0] == "inv" and e == 1]:
        both = sorted((a for a in moved if a[-1] in f[3:5]), key=lambda a: said(of(a)))
        if len(both) != 2 or both[0][:-1] != both[1][:-1]:
            continue
        bound = t.free(f[3]) | t.free(f[4])
        v, r, s = (search.normal.fresh() for _ in range(3))
        gap = minus(of((*both[0][:-1], name(v))), of(("entry", star(both[0][1]), *both[0][2:-1], name(v))))
        matrix = function(t.opened(f[2], [name(r), name(s)]), r, s)
        rest = one(m - {(f, 1), (both[0], 1), (both[1], 1)}, c)
        values = {"n": said(f[1]), "F": function(gap, v), "M": matrix}
        yield _step("form-inv", values, rest, [each for each in over if each[0] not in bound])


def _works(search: Search, p: Poly, step: Step) -> bool:
    try:
        search.proof.run(p, [step])
    except (Refused, KeyError, IndexError, ValueError):
        for v, _, _ in step.get("over", []):
            search.proof.ranges.pop(v, None)
        return False
    return True
