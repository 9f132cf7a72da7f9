"""Whether a term is an instance of another, and what the terms of a sum share."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from derive.certify.writing import one
from derive.replay import terms as t
from derive.replay.terms import ONE, Atom, Mono, Poly, mul, power


def fits(pattern: object, other: object, free: Collection[str], values: dict[str, Poly]) -> bool:
    """Whether a term is an instance of another, and at which values of its indices."""
    if isinstance(pattern, frozenset) and isinstance(other, frozenset):
        if len(pattern) == 1 and next(iter(pattern))[1] == 1 and len(next(iter(pattern))[0]) == 1:
            ((a, e),) = next(iter(pattern))[0]
            if a[0] == "name" and e == 1 and a[1] in free:
                return bool(values.setdefault(a[1], other) == other) and not any(
                    t.loose(b) for m, _ in other for b, _ in m
                )
        if len(pattern) != len(other):
            return False
        pairs = zip(sorted(pattern, key=_by_looks), sorted(other, key=_by_looks), strict=True)
        return all(c == d and _factors_fit(m, n, free, values) for (m, c), (n, d) in pairs)
    if isinstance(pattern, tuple) and isinstance(other, tuple) and len(pattern) == len(other):
        return all(fits(x, y, free, values) for x, y in zip(pattern, other, strict=True))
    return pattern == other


def _by_looks(term: tuple[Mono, object]) -> tuple[str, list[tuple[str, str]]]:
    """The order in which the terms of two sums are compared: by what does not depend on the names of indices."""
    factors, coefficient = term
    return str(coefficient), sorted((str(a[:2]) if a[0] == "entry" else a[0], str(e)) for a, e in factors)


def _factors_fit(m: Mono, n: Mono, free: Collection[str], values: dict[str, Poly]) -> bool:
    def key(f: tuple[Atom, t.Exponent]) -> tuple[str, str]:
        return (str(f[0][:2]) if f[0][0] == "entry" else str(f[0][0]), str(f[1]))

    pairs = zip(sorted(m, key=key), sorted(n, key=key), strict=False)
    return len(m) == len(n) and all(e == g and fits(a, b, free, values) for (a, e), (b, g) in pairs)


def content(p: Poly) -> tuple[Poly, Poly]:
    """What all terms of a sum share, and what is left beside it."""
    if not p:
        return ONE, p
    first, *others = [dict(m) for m, _ in p]
    shared = {a: min([e, *(m.get(a, 0) for m in others)]) for a, e in first.items() if a[0] not in ("delta", "above")}
    kept = frozenset((a, e) for a, e in shared.items() if e and all(a in m for m in others))
    if not kept or len(p) == 1:
        return ONE, p
    common = one(kept)
    return common, mul(p, power(common, -1))


def primes(c: t.Exponent) -> Iterator[tuple[int, int]]:
    """The prime factors of a positive number with their exponents."""
    for n, sign in ((c.numerator, 1), (c.denominator, -1)):
        q = 2
        while n > 1:
            q = n if q * q > n else q
            times = 0
            while n % q == 0:
                n, times = n // q, times + 1
            if times:
                yield q, sign * times
            q += 1
