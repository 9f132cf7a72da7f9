"""Sums over symbolic ranges: what a sum of one term is worth, and the one name of a sum that stays."""

from __future__ import annotations

from itertools import permutations, product
from typing import TYPE_CHECKING

from flint import fmpq

from derive.language.extents import Extent, Range
from derive.prove import binding, facts, integrals, matrix_powers, normalised, series, shifts, spectra, substitution
from derive.prove.atoms import (
    INTEGRAL,
    ONE,
    UNIT,
    ZERO,
    Atom,
    Binder,
    Factors,
    Ix,
    Poly,
    add,
    bound_name,
    mono,
    number,
    of_atom,
    scale,
)
from derive.prove.limits import TooHard

if TYPE_CHECKING:
    from derive.prove.algebra import Algebra


def sum_range(algebra: Algebra, p: Poly, var: str, r: Range) -> Poly:
    """Σ of p over ``var`` in a symbolic range that starts at 1 or above."""
    low = r.low.constant
    if low is None or low < 1:
        raise TooHard(f"a sum over {r}: it does not start at 1 or above")
    moved = ZERO
    stop = r.high
    name, shift = _name_and_shift(stop)
    if name is not None and shift:
        least = algebra.least(name) if name in algebra.context.sizes else None
        if least is None or least + shift < low - 1:
            raise TooHard(f"a sum over {r}: it may be empty in a way that its bounds do not tell")
        for i in range(1, abs(shift) + 1):
            value = algebra.rename(p, {var: Ix(name, i) if shift > 0 else Ix(name, shift + i)})
            moved = add(moved, value if shift > 0 else scale(value, -1))
        stop = Extent.of(name)
    bound = algebra.least_extent(stop)
    if low > 1 and (bound is None or bound < low - 1):
        raise TooHard(f"a sum over {r}: it may be empty in a way that its bounds do not tell")
    for i in range(1, low):
        moved = add(moved, scale(algebra.rename(p, {var: Ix("", i)}), -1))
    key = algebra.range_key(Range.upto(stop))
    algebra.range_of[var] = key
    return add(algebra.sum_over(p, var, key), moved)


def sum_over_length(algebra: Algebra, p: Poly, var: str, range_key: str) -> Poly:
    """Σ of p over a variable in a range that a product had: where that ends beside a size (``T - 1``), as every sum
    over such a range is written."""
    length = algebra.lengths.get(range_key)
    name, shift = _name_and_shift(length) if length is not None else (None, 0)
    if length is None or name is None or not shift:
        return algebra.sum_over(p, var, range_key)
    try:
        return sum_range(algebra, p, var, Range.upto(length))
    except TooHard:
        algebra.range_of[var] = range_key
        return algebra.sum_over(p, var, range_key)


def sum_mono(algebra: Algebra, coefficient: fmpq, factors: Factors, binders: list[Binder]) -> Poly:
    """Σ of one monomial over several variables."""
    algebra.tick()
    names = {name for name, _ in binders}
    outside = {a: e for a, e in factors.items() if a.free.isdisjoint(names)}
    if outside:
        rest = {a: e for a, e in factors.items() if a not in outside}
        return algebra.mul(Poly({mono(outside): coefficient}), algebra.sum_mono(fmpq(1), rest, binders))
    flat = _flatten(algebra, coefficient, factors, binders)
    if flat is not None:
        return flat
    done = _eliminate_delta(algebra, coefficient, factors, binders)
    for rule in (
        shifts.centred,
        shifts.power_sum,
        series.bounded_sum,
        matrix_powers.geometric,
        facts.contract,
        spectra.contract,
        matrix_powers.contract,
        facts.use_rules,
        integrals.integrate,
        substitution.substitute,
    ):
        if done is None:
            done = rule(algebra, coefficient, factors, binders)
    if done is not None:
        return done
    return _components(algebra, coefficient, factors, binders)


def _flatten(algebra: Algebra, coefficient: fmpq, factors: Factors, binders: list[Binder]) -> Poly | None:
    """A positive power of a sum inside a sum joins it."""
    for atom, e in sorted(factors.items(), key=lambda pair: pair[0].key):
        if atom.kind != "sum" or not isinstance(e, int) or e < 1:
            continue
        rest = {a: x for a, x in factors.items() if a is not atom}
        total = Poly({mono(rest): coefficient})
        more = list(binders)
        taken = {name for name, _ in binders}.union(*[a.free for a in factors])
        for _ in range(e):
            body, opened = binding.opened_beside(algebra, atom, taken)
            more.extend(opened)
            taken.update(name for name, _ in opened)
            total = algebra.mul(total, body)
        return add(*[algebra.sum_mono(c, dict(m.factors), more) for m, c in total.sorted()]) if total.terms else ZERO
    return None


def _eliminate_delta(algebra: Algebra, coefficient: fmpq, factors: Factors, binders: list[Binder]) -> Poly | None:
    ranges = dict(binders)
    for atom in sorted((a for a in factors if a.kind == "delta"), key=lambda a: a.key):
        for one, other in (atom.ix, atom.ix[::-1]):
            if one.base not in ranges or one.base in other.free or ranges[one.base].startswith(INTEGRAL):
                continue
            target = other.moved(-one.shift)
            guard = lies_within(algebra, target, ranges[one.base])
            if guard is None:
                continue
            rest = Poly({mono({a: e for a, e in factors.items() if a is not atom}): coefficient})
            body = algebra.mul(algebra.rename(rest, {one.base: target}), guard)
            left = [pair for pair in binders if pair[0] != one.base]
            if not left:
                return body
            return add(*[algebra.sum_mono(c, dict(m.factors), left) for m, c in body.sorted()]) if body.terms else ZERO
    return None


def lies_within(algebra: Algebra, ix: Ix, range_key: str) -> Poly | None:
    """1 if a reference lies in a range, or the condition that it does, or None if that cannot be said."""
    if algebra.inside(ix, range_key):
        return ONE
    if ix.is_number and ix.shift < 1:
        return ZERO
    if ix.atom is None and ix.base:
        return _shifted_within(algebra, ix, range_key)
    decl = algebra.declared(ix.atom.head) if ix.atom is not None else None
    if decl is None or decl.label_range is None or ix.shift:
        return None
    start = decl.label_range.low.constant
    if start is None or algebra.least_extent(algebra.lengths[range_key] - decl.label_range.high) is None:
        return None
    if (algebra.least_extent(algebra.lengths[range_key] - decl.label_range.high) or 0) < 0:
        return None
    return add(ONE, *[scale(algebra.delta(ix, Ix("", i)), -1) for i in range(start, 1)])


def _shifted_within(algebra: Algebra, ix: Ix, range_key: str) -> Poly | None:
    """``t + s`` of an index t = 1..K, or of a size K, lies in 1..H unless t is one of the first -s, where s < 0, or one
    of the last K + s - H, where that is a positive number."""
    known = algebra.range_of.get(ix.base, INTEGRAL)
    if range_key not in algebra.lengths or abs(ix.shift) > shifts.FARTHEST:
        return None
    if known is INTEGRAL and ix.base in algebra.context.sizes:
        fits = algebra.least_extent(algebra.lengths[range_key] - Extent.of(ix.base) - ix.shift)
        if fits is None or fits < 0:
            return None
        return _unless(algebra, ix.base, [Ix("", i) for i in range(1, 1 - ix.shift)])
    if known not in algebra.lengths:
        return None
    beyond = algebra.lengths[known] + ix.shift - algebra.lengths[range_key]
    fits = algebra.least_extent(algebra.lengths[range_key] - algebra.lengths[known] - ix.shift)
    if fits is not None and fits >= 0:
        ends = [Ix("", i) for i in range(1, 1 - ix.shift)]
    elif beyond.constant is not None and beyond.constant <= shifts.FARTHEST and ix.shift >= 0:
        last = shifts.end_of(algebra, known)
        if last is None:
            return None
        ends = [last.moved(-i) for i in range(beyond.constant)]
    else:
        return None
    return _unless(algebra, ix.base, ends)


def _unless(algebra: Algebra, name: str, ends: list[Ix]) -> Poly:
    """0 where an index is one of these numbers, else 1."""
    return add(ONE, *[scale(algebra.delta(Ix(name), end), -1) for end in ends])


def _components(algebra: Algebra, coefficient: fmpq, factors: Factors, binders: list[Binder]) -> Poly:
    """Sums that share no variable are separate factors."""
    groups: list[tuple[set[str], Factors]] = []
    used: set[str] = set()
    names = [name for name, _ in binders]
    for atom, e in sorted(factors.items(), key=lambda pair: pair[0].key):
        touched = {name for name in names if name in atom.free}
        used |= touched
        merged: tuple[set[str], Factors] = (touched, {atom: e})
        rest = []
        for group in groups:
            if group[0] & touched:
                merged = (merged[0] | group[0], {**group[1], **merged[1]})
            else:
                rest.append(group)
        groups = [*rest, merged]
    total = number(1) if coefficient == 1 else Poly({UNIT: coefficient})
    for name, range_key in binders:
        if name not in used:
            if range_key.startswith(INTEGRAL):
                raise TooHard("the integral of a constant over all of the line")
            total = algebra.mul(total, algebra.length(range_key))
    if len(groups) == 1 and not used.symmetric_difference(names):
        return algebra.mul(total, _sum_atom(algebra, groups[0][1], binders))
    for touched, part in groups:
        inner = [pair for pair in binders if pair[0] in touched]
        total = algebra.mul(total, algebra.sum_mono(fmpq(1), part, inner))
    return total


def _sum_atom(algebra: Algebra, factors: Factors, binders: list[Binder]) -> Poly:
    """One connected sum, its bound names made canonical, after the facts about sums had their turn."""
    body = mono(factors)
    height = body.height + 1
    best: tuple[str, Poly, list[Binder]] | None = None
    whole = Poly({body: fmpq(1)})
    opened = {name for name, _ in binders}
    for order in _orders(algebra, factors, binders):
        closed = [bound_name(height, i, key) for i, (_, key) in enumerate(order)]
        binding.check_capture(whole, closed, opened)
        algebra.range_of.update(zip(closed, [key for _, key in order], strict=True))
        renamed = algebra.rename(
            whole, {name: Ix(new) for (name, _), new in zip(order, closed, strict=True) if name != new}
        )
        if best is None or renamed.key < best[0]:
            best = (renamed.key, renamed, order)
    if best is None:
        raise TooHard("a sum without an order of its variables")
    _, renamed, order = best
    single = renamed.single
    if single is None or single[0].height + 1 != height:
        raise TooHard("a sum whose body changed when its variables were named")
    atom = Atom("sum", ";".join(r for _, r in order), args=(Poly({single[0]: fmpq(1)}),))
    done = facts.rewrite_sum(algebra, atom)
    if done is None and normalised.vanishes(algebra, atom):
        done = ZERO
    return scale(of_atom(atom) if done is None else done, single[1])


def _orders(algebra: Algebra, factors: Factors, binders: list[Binder]) -> list[list[Binder]]:
    """Candidate orders of bound variables: sorted by what each occurs in, permuted only within ties."""
    if len(binders) == 1:
        return [list(binders)]
    colour = {name: r + "{" + _occurrences(factors, name) + "}" for name, r in binders}
    classes = _classes(binders, colour)
    if _arrangements(classes) > 6:
        colour = _refined(algebra, factors, binders, colour)
        classes = _classes(binders, colour)
    if _arrangements(classes) > 720:
        return [[pair for group in classes for pair in group]]
    return [[pair for group in combo for pair in group] for combo in product(*[permutations(g) for g in classes])]


def _refined(algebra: Algebra, factors: Factors, binders: list[Binder], colour: dict[str, str]) -> dict[str, str]:
    """Colours that also tell apart what the neighbours of a variable are."""
    for _ in range(2):
        ranks = sorted(set(colour.values()))
        new: dict[str, str] = {}
        for name, _ in binders:
            masks = {o: Ix("!" if o == name else f"~{ranks.index(colour[o])}") for o, _ in binders}
            for mask in masks.values():
                algebra.range_of.setdefault(mask.base, "")
            seen = [f"{algebra.rename_atom(a, masks).key}^{e}" for a, e in factors.items() if name in a.free]
            new[name] = colour[name].split("|")[0] + "|" + ";".join(sorted(seen))
        colour = new
    return colour


def _occurrences(factors: Factors, name: str) -> str:
    """Where a variable occurs, without the names of others: a cheap invariant."""
    seen = []
    for atom, e in factors.items():
        if name in atom.free:
            places = ",".join(str(i) for i, ix in enumerate(atom.ix) if ix.base == name)
            sorted_slots = atom.kind in ("delta", "inv") or len(atom.ix) >= 2
            seen.append(f"{atom.kind}{atom.head}{e}" + ("" if sorted_slots else places))
    return ";".join(sorted(seen))


def _classes(binders: list[Binder], colour: dict[str, str]) -> list[list[Binder]]:
    groups: dict[str, list[Binder]] = {}
    for pair in sorted(binders, key=lambda pair: colour[pair[0]]):
        groups.setdefault(colour[pair[0]], []).append(pair)
    return list(groups.values())


def _arrangements(classes: list[list[Binder]]) -> int:
    count = 1
    for group in classes:
        for i in range(2, len(group) + 1):
            count *= i
    return count


def _name_and_shift(e: Extent) -> tuple[str | None, int]:
    """``N - 1`` as a name and a shift."""
    if e.name is not None:
        return e.name, 0
    names = [(m, c) for m, c in e.terms if m]
    if len(names) == 1 and len(names[0][0]) == 1 and names[0][1] == 1:
        name = names[0][0][0]
        return name, (e - name).constant or 0
    return None, 0
