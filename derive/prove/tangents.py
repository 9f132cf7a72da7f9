"""Bounds of logarithms by their tangents: A log x ≥ A (1 - 1/x) for A ≥ 0 and x > 0 (so Gibbs' inequality)."""

from __future__ import annotations

from collections.abc import Iterator

from flint import fmpq

from derive.prove import signs
from derive.prove.algebra import Algebra, TooHard
from derive.prove.atoms import ONE, UNIT, ZERO, Atom, Ix, Mono, Poly, add, exponent, mono, of_atom, scale
from derive.prove.signs import NOT_NEGATIVE

MOST_SHIFTS = 3
"""How many exponentials in a logarithm are taken out of it, each by itself."""


def logarithms(algebra: Algebra, p: Poly) -> Iterator[Poly]:
    """p with every A log x, gathered by A ≥ 0, replaced by A (1 - 1/x): what bounds it from below. The same with
    log x = q + log (x e⁻ᑫ) for an exponential in x, which makes another bound of it."""
    yield from _below(algebra, p)
    for other in _shifted(algebra, p):
        yield from _below(algebra, other)


def _shifted(algebra: Algebra, p: Poly) -> Iterator[Poly]:
    """p with the logarithm of a sum as q and the logarithm of this sum times e⁻ᑫ, for an exponential eᑫ in it."""
    found = {a: None for m in p.terms for a, e in m.factors if a.kind == "fn" and a.head == "log" and e == 1}
    for atom in sorted(found, key=lambda a: a.key):
        inside = atom.args[0]
        exponentials = [(a, e) for m, _ in inside.sorted() for a, e in m.factors if a.kind == "exp"]
        if len(inside.terms) < 2 or len(exponentials) > MOST_SHIFTS:
            continue
        for one, times in exponentials:
            by = scale(one.args[0], fmpq(times.numerator, times.denominator))
            turned = algebra.mul(inside, algebra.exp(scale(by, -1)))
            yield algebra.substitute_atom(p, atom, add(by, of_atom(Atom("fn", "log", args=(turned,)))))


def _below(algebra: Algebra, p: Poly) -> Iterator[Poly]:
    """p with the tangent in the place of every logarithm, where the weights of all of them allow it."""
    groups: dict[tuple[Mono, str], tuple[Poly, Poly, list[tuple[str, str]]]] = {}
    rest = ZERO
    for m, c in p.sorted():
        found = _weighted_log(algebra, m, c)
        if found is None:
            rest = add(rest, Poly({m: c}))
            continue
        outer, weight, inner, binders = found
        key = (outer, f"{';'.join(k for _, k in binders)}|{weight.key}")
        old = groups.get(key)
        groups[key] = (weight, inner if old is None else add(old[1], inner), binders)
    if not groups:
        return
    groups = _joined(algebra, groups)
    total = rest
    for (outer, _), (weight, inner, binders) in groups.items():
        below = _tangent(algebra, weight, inner)
        if below is None or signs.sign(algebra, Poly({outer: fmpq(1)})) not in NOT_NEGATIVE:
            return
        try:
            for name, range_key in binders:
                below = algebra.sum_over(below, name, range_key)
        except TooHard:  # a part of it has no integral
            return
        total = add(total, algebra.mul(Poly({outer: fmpq(1)}), below))
    yield total


Logs = dict[tuple[Mono, str], tuple[Poly, Poly, list[tuple[str, str]]]]


def _weighted_log(algebra: Algebra, m: Mono, c: fmpq) -> tuple[Mono, Poly, Poly, list[tuple[str, str]]] | None:
    """A term as R Σ A (c log x): R, A, c log x, and the variables of the sum under names of their own."""
    logs = [a for a, e in m.factors if a.kind == "fn" and a.head == "log"]
    if logs:
        if len(logs) > 1 or dict(m.factors)[logs[0]] != 1:
            return None
        weight = Poly({mono({a: e for a, e in m.factors if a is not logs[0]}): fmpq(1)})
        return UNIT, weight, scale(of_atom(logs[0]), c), []
    sums = [a for a, e in m.factors if a.kind == "sum" and e == 1 and _log_inside(a) is not None]
    if len(sums) != 1:
        return None
    names = [f"'{i}log:{r}" for i, r in enumerate(sums[0].ranges)]
    if any(name in m.free for name in names):
        return None
    for name, range_key in zip(names, sums[0].ranges, strict=True):
        algebra.range_of[name] = range_key
    body = algebra.rename(sums[0].args[0], {b: Ix(n) for b, n in zip(sums[0].bound, names, strict=True)})
    single = body.single
    logs = (
        [a for a, e in single[0].factors if a.kind == "fn" and a.head == "log" and e == 1] if single is not None else []
    )
    if single is None or len(logs) != 1:
        return None
    weight = Poly({mono({a: e for a, e in single[0].factors if a is not logs[0]}): fmpq(1)})
    outer = mono({a: e for a, e in m.factors if a is not sums[0]})
    return outer, weight, scale(of_atom(logs[0]), c * single[1]), list(zip(names, sums[0].ranges, strict=True))


def _log_inside(atom: Atom) -> Atom | None:
    return next(
        (a for m in atom.args[0].terms for a, e in m.factors if a.kind == "fn" and a.head == "log" and e == 1), None
    )


def _joined(algebra: Algebra, groups: Logs) -> Logs:
    """L + Σ A log x + Σ B log y as Σ A (log x + L / s) + Σ B (log y + L / s), where Σ A + Σ B = s > 0 is a number."""
    bare = [key for key, (weight, _, binders) in groups.items() if not binders and weight.constant is not None]
    groups = _with_factors_inside(algebra, groups) if len(bare) == 1 else groups
    wholes: dict[tuple[Mono, str], fmpq] = {}
    for key, (weight, _, binders) in groups.items():
        try:
            whole = weight
            for name, range_key in binders:
                whole = algebra.sum_over(whole, name, range_key)
        except TooHard:  # it has no integral
            continue
        constant = whole.constant
        if binders and key[0] is UNIT and constant is not None and constant > 0:
            wholes[key] = constant
    total = sum(wholes.values(), fmpq(0))
    if len(bare) != 1 or not wholes or bare[0][0] is not UNIT:
        return groups
    weight, logs, _ = groups[bare[0]]
    share = scale(logs, (weight.constant or fmpq(0)) / total)
    joined = {key: group for key, group in groups.items() if key != bare[0]}
    for key in wholes:
        joined[key] = (joined[key][0], add(joined[key][1], share), joined[key][2])
    return joined


def _with_factors_inside(algebra: Algebra, groups: Logs) -> Logs:
    """R Σ A log x as Σ (R A) log x, as in the mean of logarithms, where nothing is gathered by that."""
    inside: Logs = {}
    for (outer, text), (weight, logs, binders) in groups.items():
        key = (outer, text)
        if binders and outer is not UNIT:
            weight = algebra.mul(Poly({outer: fmpq(1)}), weight)
            key = (UNIT, f"{text}|{outer.key}")
        inside[key] = (weight, logs, binders)
    return inside


def _tangent(algebra: Algebra, weight: Poly, logs: Poly) -> Poly | None:
    """A (1 - 1/x) ≤ A log x for logs = log x (a sum of multiples), where A ≥ 0 and x > 0.

    Where A is zero, A log x counts as zero, whatever x is: A / x must then have a value that is not negative.
    """
    if signs.sign(algebra, weight) not in NOT_NEGATIVE or any(len(m.factors) != 1 for m in logs.terms):
        return None
    sizes = {abs(c) for c in logs.terms.values()}
    if any(c.p > 12 or c.q > 12 for c in sizes):
        return None
    share = sizes.pop() if len(sizes) == 1 else fmpq(1)
    inverse = ONE
    for m, c in logs.sorted():
        inside = m.factors[0][0].args[0]
        if signs.sign(algebra, inside) not in ("+", "0+"):
            return None
        inverse = algebra.mul(inverse, algebra.power(inside, exponent(-c / share)))
    divided = algebra.mul(weight, inverse)
    if any(e < 0 and signs.atom_sign(algebra, a) != "+" for m in divided.terms for a, e in m.factors):
        return None
    return scale(add(weight, scale(divided, -1)), share)
