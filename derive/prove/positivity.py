"""Is a normal form never negative? By signs of terms, squares of sums, quadratic forms, sums of squares."""

from __future__ import annotations

from collections.abc import Iterator

from flint import fmpq

from derive.prove import (
    completed_squares,
    functions,
    minorants,
    nonzero,
    quadratic_forms,
    signs,
    weighted_squares,
    zero,
)
from derive.prove.algebra import INTEGRAL, Algebra, number_of
from derive.prove.atoms import ONE, ZERO, Exponent, Ix, Mono, Poly, add, exponent, mono, of_atom, scale

DEPTH = 3
"""How many things are taken off one after the other."""
WIDTH = 4
"""How many remainders are looked at further after each."""
MOST = 40
"""How many remainders are looked at in all."""


def nonnegative(algebra: Algebra, p: Poly, *, strict: bool = False) -> bool:
    """Whether p is surely ≥ 0 (> 0 with ``strict``). False only means that no rule showed it."""
    p = functions.cancelled(algebra, p)
    known = signs.sign(algebra, p)
    if known == "+" or (known in ("0", "0+") and not strict):
        return True
    if strict:
        positive = [(m, c) for m, c in p.sorted() if nonzero.is_positive_term(algebra, m, c)]
        return any(nonnegative(algebra, add(p, Poly({m: -c}))) for m, c in positive)
    if _plainly(algebra, p) or any(_plainly(algebra, q) for q in completed_squares.discriminants(algebra, p)):
        return True
    return _by_taking_off(algebra, p)


def _by_taking_off(algebra: Algebra, p: Poly) -> bool:
    """Whether what is left of p, after things that are ≥ 0 are taken off one after the other, is plainly ≥ 0."""
    seen = {p}
    frontier = [p]
    for _ in range(DEPTH):
        following: list[Poly] = []
        for q in frontier:
            for rest in minorants.remainders(algebra, q):
                if rest in seen:
                    continue
                seen.add(rest)
                if _plainly(algebra, rest):
                    return True
                if len(seen) > MOST:
                    return False
                following.append(rest)
        following.sort(key=lambda q: (sum(c < 0 for c in q.terms.values()), len(q.terms), q.key))
        frontier = following[:WIDTH]
    return False


def _plainly(algebra: Algebra, p: Poly) -> bool:
    """Whether p is ≥ 0 by its terms, its factors, or its summands."""
    if p.is_zero or signs.sign(algebra, p) in ("+", "0+"):
        return True
    if all(_term(algebra, m, c) for m, c in p.sorted()) or _collected(algebra, p):
        return True
    content, rest = algebra.content(p)
    if (
        content != ONE
        and signs.sign(algebra, content) in ("+", "0+")
        and all(_term(algebra, m, c) for m, c in rest.sorted())
    ):
        return True
    parts = signs.factor(algebra, rest) or [(rest, 1)]
    if _product(algebra, [(content, 1), *parts]):
        return True
    return _gathered(algebra, p) or _weighted(algebra, p) or zero.clear(algebra, p).is_zero


def _weighted(algebra: Algebra, p: Poly) -> bool:
    """Whether p is a sum of squares with weights that are ≥ 0, each the sum of several terms."""

    def is_square(m: Mono, left: tuple[str, ...], right: tuple[str, ...]) -> bool:
        return quadratic_forms.splits(algebra, m, left, right)

    if len(p.terms) < 2:
        return False
    for weight in weighted_squares.weights(algebra, p, is_square):
        parts: list[tuple[Poly, Exponent]] = [*(signs.factor(algebra, weight) or [(weight, 1)])]
        if signs.sign(algebra, weight) in ("+", "0+", "0") or _collected(algebra, weight) or _product(algebra, parts):
            return True
    return False


def _collected(algebra: Algebra, p: Poly) -> bool:
    """Whether p is a sum of non-negative products, each times a bounded coefficient such as 1 - e with 0 < e < 1."""
    groups: dict[Mono, Poly] = {}
    for m, c in p.sorted():
        bounded = {a: e for a, e in m.factors if signs.is_bounded(algebra, a, e)}
        rest = mono({a: e for a, e in m.factors if a not in bounded})
        groups[rest] = add(groups.get(rest, ZERO), Poly({mono(bounded): c}))
    return all(
        signs.sign(algebra, coefficient) in ("+", "0+", "0") and _term(algebra, rest, fmpq(1))
        for rest, coefficient in groups.items()
    )


def _product(algebra: Algebra, parts: list[tuple[Poly, Exponent]]) -> bool:
    """Whether a product of powers is ≥ 0."""
    total: signs.Sign = "+"
    for part, times in parts:
        known = "0+" if isinstance(times, int) and times % 2 == 0 else signs.sign(algebra, part)
        total = signs.times(total, known)
    return total in ("+", "0+")


def _term(algebra: Algebra, m: Mono, c: fmpq) -> bool:
    """Whether one term is ≥ 0, its sums looked into."""
    sign: signs.Sign = "+" if c > 0 else "-"
    for atom, e in m.factors:
        known = signs.mono_sign(algebra, Mono(((atom, e),)), fmpq(1))
        if known is None and atom.kind == "sum" and e == 1 and quadratic_forms.is_nonnegative(algebra, atom):
            known = "0+"
        sign = signs.times(sign, known)
    return sign in ("+", "0+")


def _gathered(algebra: Algebra, p: Poly) -> bool:
    """Whether all terms, gathered under one sum (pairs of equal ranges in both orders), have a summand that is ≥ 0."""
    return next(nonnegative_summands(algebra, p), None) is not None


def nonnegative_summands(algebra: Algebra, p: Poly) -> Iterator[Poly]:
    """Ways to write p as one sum of terms that are all ≥ 0: the term, at indices of its own."""
    for summand in summands(algebra, p):
        content, rest = algebra.content(summand)
        parts = signs.factor(algebra, rest) or [(rest, 1)]
        if _collected(algebra, summand) or _product(
            algebra, [*((of_atom(a), e) for a, e in content.sorted()[0][0].factors), *_coefficient(content), *parts]
        ):
            yield summand


def summands(algebra: Algebra, p: Poly) -> Iterator[Poly]:
    """Ways to write p as one sum of terms: the term, at indices of its own."""
    if p.single is not None and not any(a.kind == "sum" for a, _ in p.single[0].factors):
        return
    heads = sorted({tuple(sorted(a.ranges)) for m in p.terms for a, _ in m.factors if a.kind == "sum"})
    for ranges in heads:
        if not ranges or any(r.startswith(INTEGRAL) for r in ranges):
            continue
        if len(ranges) > 2 and len(set(ranges)) < len(ranges):
            continue
        names = _places(p, ranges)
        for name, r in zip(names, ranges, strict=True):
            algebra.range_of[name] = r
        for weight in _shares(algebra, ranges, names):
            summand = _summand(algebra, p, ranges, names, weight)
            if not summand.is_zero:
                yield summand


def _shares(algebra: Algebra, ranges: tuple[str, ...], names: list[str]) -> Iterator[Poly]:
    """What each index gets of something that is the same for all: equal parts, or by weights that are known to add up
    to one."""
    yield algebra.mul(*(algebra.power(algebra.length(r), -1) for r in ranges))
    for rule in algebra.sum_rules:
        if (
            rule.pattern.ranges == ranges
            and len(ranges) == 1
            and rule.value == ONE
            and not rule.variables & rule.pattern.free
        ):
            yield algebra.rename(rule.pattern.args[0], {rule.pattern.bound[0]: Ix(names[0])})


def _places(p: Poly, ranges: tuple[str, ...]) -> list[str]:
    """A variable over each range that is not free in p, always the same ones; one name never stands for two ranges."""
    found: list[str] = []
    for r in ranges:
        found.append(next(name for n in range(1000) if (name := f"'t{n}:{r}") not in p.free and name not in found))
    return found


def _coefficient(content: Poly) -> list[tuple[Poly, int]]:
    return [(number_of(content.sorted()[0][1]), 1)]


def _summand(algebra: Algebra, p: Poly, ranges: tuple[str, ...], names: list[str], weight: Poly) -> Poly:
    total = ZERO
    for m, c in p.sorted():
        found = next(
            (a for a, e in m.factors if a.kind == "sum" and e == 1 and tuple(sorted(a.ranges)) == ranges), None
        )
        if found is None:  # the same for every index
            total = add(total, algebra.mul(Poly({m: c}), weight))
            continue
        rest = Poly({mono({a: exponent(e) for a, e in m.factors if a is not found}): c})
        body, binders = algebra.open(found)
        orders = [names, names[::-1]] if len(names) == 2 and ranges[0] == ranges[1] else [names]
        by_range = sorted(binders, key=lambda pair: pair[1])
        for order in orders:
            renamed = algebra.rename(body, {old: Ix(new) for (old, _), new in zip(by_range, order, strict=True)})
            total = add(total, scale(algebra.mul(rest, renamed), fmpq(1, len(orders))))
    return total


__all__ = ["nonnegative", "of_atom", "summands"]
