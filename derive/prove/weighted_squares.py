"""Sums of squares with weights of several terms: Σ_i (b_i - b_i²) (Σ_a v_a x_ia)² gathers to one weight a square."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import permutations

from flint import fmpq

from derive.prove.algebra import INTEGRAL, Algebra
from derive.prove.atoms import ZERO, Atom, Exponent, Ix, Mono, Poly, add, mono

MOST = 6
"""How many indices a sum may bind; more have too many orders to try."""
Names = tuple[str, ...]


def weights(algebra: Algebra, p: Poly, is_square: Callable[[Mono, Names, Names], bool]) -> Iterator[Poly]:
    """Ways to write p as Σ w A(left) A(right): each w, with the names of the indices that stay outside the square.

    ``is_square(m, left, right)`` says whether m is A(left) A(right) or a kernel that makes it a square.
    """
    bodies = _bodies(algebra, p)
    if bodies is None:
        return
    ranges, terms = bodies
    names = _places(algebra, p, ranges)
    for left, right in _pairs(ranges, names):
        total, square = ZERO, None
        for m, c in terms:
            found = _as_square(algebra, m, ranges, names, (left, right), square)
            if found is None or not is_square(found[0], left, right):
                break
            square = found[0]
            total = add(total, Poly({found[1]: c}))
        else:
            yield total


def _bodies(
    algebra: Algebra, p: Poly
) -> tuple[tuple[str, ...], list[tuple[tuple[Mono, tuple[str, ...]], fmpq]]] | None:
    """The ranges that all terms sum over, and what each sums, with the names it binds in the order of the ranges."""
    ranges: tuple[str, ...] | None = None
    terms: list[tuple[tuple[Mono, tuple[str, ...]], fmpq]] = []
    for m, c in p.sorted():
        sums = [atom for atom, e in m.factors if atom.kind == "sum"]
        if len(sums) != 1 or dict(m.factors)[sums[0]] != 1:
            return None
        here = tuple(sorted(sums[0].ranges))
        if (ranges is not None and here != ranges) or len(here) > MOST or any(r.startswith(INTEGRAL) for r in here):
            return None
        ranges = here
        body, binders = algebra.open(sums[0])
        rest = mono({atom: e for atom, e in m.factors if atom is not sums[0]})
        ordered = tuple(name for name, _ in sorted(binders, key=lambda pair: pair[1]))
        for inner, factor in algebra.mul(Poly({rest: fmpq(1)}), body).sorted():
            terms.append(((inner, ordered), c * factor))
    return None if ranges is None else (ranges, terms)


def _places(algebra: Algebra, p: Poly, ranges: tuple[str, ...]) -> Names:
    """A name over each range that is not free in p."""
    found: list[str] = []
    for r in ranges:
        found.append(next(name for n in range(1000) if (name := f"'w{n}:{r}") not in p.free and name not in found))
        algebra.range_of[found[-1]] = r
    return tuple(found)


def _pairs(ranges: tuple[str, ...], names: Names) -> Iterator[tuple[Names, Names]]:
    """Which index stands in the first factor of a square, and which in the second."""
    for a, b in permutations(range(len(names)), 2):
        if a < b and ranges[a] == ranges[b]:
            yield (names[a],), (names[b],)


def _as_square(
    algebra: Algebra,
    term: tuple[Mono, Names],
    ranges: tuple[str, ...],
    names: Names,
    pair: tuple[Names, Names],
    wanted: Mono | None,
) -> tuple[Mono, Mono] | None:
    """The square and the weight that a term is, its indices named so that the square is the one ``wanted``."""
    m, bound = term
    inside = {*pair[0], *pair[1]}
    for order in permutations(range(len(names))):
        if any(ranges[place] != ranges[to] for place, to in enumerate(order)):
            continue
        renamed = algebra.rename(
            Poly({m: fmpq(1)}), {old: Ix(names[to]) for old, to in zip(bound, order, strict=True)}
        ).single
        if renamed is None or renamed[1] != 1:
            continue
        square: dict[Atom, Exponent] = {a: e for a, e in renamed[0].factors if not inside.isdisjoint(a.free)}
        weight = mono({a: e for a, e in renamed[0].factors if a not in square})
        if square and (wanted is None or mono(square) == wanted):
            return mono(square), weight
    return None
