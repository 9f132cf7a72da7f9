"""What is never negative and may be taken off: p ≥ 0 if p - q ≥ 0 for some q ≥ 0.

(Σ f)(Σ g) - (Σ t)² ≥ 0                         f g = t², f ≥ 0, g ≥ 0            Cauchy and Schwarz
Σ_j f_j - f_k ≥ 0                               f ≥ 0                             one term of a sum
a (x + b / 2a)² ≥ 0                             a > 0                             a completed square
(x + P⁻¹ b / 2)ᵀ P (x + P⁻¹ b / 2) ≥ 0          P positive definite               a completed square, of vectors
a log(x / y) - a (1 - y / x) ≥ 0                a ≥ 0, x > 0, y ≥ 0               a logarithm lies below its tangent
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice, permutations

from flint import fmpq

from derive.prove import signs
from derive.prove.algebra import INTEGRAL, Algebra, TooHard
from derive.prove.atoms import (
    ONE,
    UNIT,
    ZERO,
    Atom,
    Exponent,
    Ix,
    Mono,
    Poly,
    add,
    exponent,
    heads,
    mono,
    of_atom,
    scale,
)
from derive.prove.differentiate import Target, differentiate

MOST_TERMS = 24
"""A longer normal form is left alone."""
MOST_TRIES = 24
"""How many things are taken off in turn, each by itself."""

NOT_NEGATIVE = ("+", "0+", "0")


def remainders(algebra: Algebra, p: Poly) -> Iterator[Poly]:
    """What is left of p after each single thing that is never negative is taken off."""
    if len(p.terms) > MOST_TERMS or p.is_zero:
        return
    yield from islice(_after_each(algebra, p), MOST_TRIES)


def _after_each(algebra: Algebra, p: Poly) -> Iterator[Poly]:
    """Remainders with fewer terms that may be negative (a bound of logarithms may leave as many)."""
    left = _doubtful(algebra, p)
    for rule in (_one_of_a_sum, _cauchy_schwarz, _logarithms, _completed_forms):
        for rest in rule(algebra, p):
            count = _doubtful(algebra, rest)
            if rest != p and (count < left or (count == left and rule is _logarithms)):
                yield rest


def _doubtful(algebra: Algebra, p: Poly) -> int:
    """How many terms may be negative."""
    return sum(signs.mono_sign(algebra, m, c) not in NOT_NEGATIVE for m, c in p.terms.items())


def _negative_terms(p: Poly) -> list[tuple[Mono, fmpq]]:
    return [(m, c) for m, c in p.sorted() if c < 0]


def _sums(p: Poly) -> list[Atom]:
    """The sums at the surface of p."""
    return [atom for atom in p.atoms() if atom.kind == "sum"]


def _quotient(algebra: Algebra, m: Mono, c: fmpq, by: Mono) -> Poly | None:
    """c m / by, where nothing that may be zero is divided by."""
    factors: dict[Atom, Exponent] = dict(m.factors)
    for atom, e in by.factors:
        factors[atom] = exponent(factors.get(atom, 0) - e)
        if factors[atom] < 0 and signs.atom_sign(algebra, atom) not in ("+", "-"):
            return None
    return algebra.collect(c, factors)


# -- one of a sum ------------------------------------------------------------------------------------------------------
def _one_of_a_sum(algebra: Algebra, p: Poly) -> Iterator[Poly]:
    """p - R (Σ_j f_j - f_k) for a term -R f_k of p."""
    known = [(of_atom(atom), atom) for atom in _sums(p)]
    known += [(rule.value, rule.pattern) for rule in algebra.sum_rules if rule.pattern.free.isdisjoint(rule.variables)]
    for whole, atom in known:
        if len(atom.ranges) != 1 or atom.ranges[0].startswith(INTEGRAL):
            continue
        body, ((name, range_key),) = algebra.open(atom)
        single = body.single
        if single is None or signs.sign(algebra, body) not in NOT_NEGATIVE:
            continue
        for m, c in _negative_terms(p):
            for ix in _references(algebra, m, range_key):
                one = algebra.rename(body, {name: ix})
                if (
                    one.single is None
                    or one.single[0] is UNIT
                    or not {a for a, _ in one.single[0].factors} <= {a for a, _ in m.factors}
                ):
                    continue
                weight = _quotient(algebra, m, -c / one.single[1], one.single[0])
                if weight is None or signs.sign(algebra, weight) not in NOT_NEGATIVE:
                    continue
                yield add(p, scale(algebra.mul(weight, add(whole, scale(one, -1))), -1))


def _references(algebra: Algebra, m: Mono, range_key: str) -> list[Ix]:
    """The references in the slots of a term that surely lie in a range."""
    found: dict[Ix, None] = {}
    stack = [atom for atom, _ in m.factors]
    while stack:
        atom = stack.pop()
        for ix in atom.ix:
            if not ix.base.startswith("#") and algebra.inside(ix, range_key):
                found[ix] = None
        stack.extend(inner for arg in atom.args for n in arg.terms for inner, _ in n.factors)
    return sorted(found, key=lambda ix: ix.key)


# -- Cauchy and Schwarz ------------------------------------------------------------------------------------------------
def _cauchy_schwarz(algebra: Algebra, p: Poly) -> Iterator[Poly]:
    """p - R ((Σ f)(Σ t²/f) - (Σ t)²) for a term -R (Σ t)² of p and a sum Σ f of terms that are not negative."""
    sums = _sums(p)
    for m, c in _negative_terms(p):
        for root, rest in _squares(algebra, m, sums):
            weight = scale(rest, -c)
            if signs.sign(algebra, weight) not in NOT_NEGATIVE:
                continue
            for atom in sums:
                for other in _partners(algebra, atom, root):
                    gap = add(algebra.mul(of_atom(atom), other), scale(algebra.power(root[0], 2), -1))
                    yield add(p, scale(algebra.mul(weight, gap), -1))


Root = tuple[Poly, Atom | None]
"""What a sum is worth, and the sum; without one it is the sum of ones over a range that is still open."""


def _squares(algebra: Algebra, m: Mono, sums: list[Atom]) -> Iterator[tuple[Root, Poly]]:
    """Ways to read a monomial as R S² with a sum S: one at the surface, one that a fact knows, or a sum of ones."""
    for atom, e in m.factors:
        if atom.kind == "sum" and isinstance(e, int) and e >= 2:
            yield (of_atom(atom), atom), Poly({mono({**dict(m.factors), atom: e - 2}): fmpq(1)})
    ranges = {atom.head for atom in sums}
    for rule in algebra.sum_rules:
        for names in _instances(algebra, rule.variables, m, rule.pattern.head in ranges):
            value = algebra.rename(rule.value, names)
            pattern = algebra.rename(of_atom(rule.pattern), names) if names else of_atom(rule.pattern)
            single = value.single
            known = rule.pattern if not names else _only_sum(algebra, rule.pattern, names)
            if single is None or known is None or pattern.is_zero or signs.sign(algebra, value) not in ("+", "-"):
                continue
            rest = _quotient(algebra, m, 1 / single[1] ** 2, mono({a: exponent(2 * e) for a, e in single[0].factors}))
            if rest is not None:
                yield (value, known), rest
    for head in sorted(ranges):
        if ";" in head or head.startswith(INTEGRAL):
            continue
        length = algebra.length(head)
        single = length.single
        rest = (
            None
            if single is None
            else _quotient(algebra, m, 1 / single[1] ** 2, mono({a: exponent(2 * e) for a, e in single[0].factors}))
        )
        if rest is not None:
            yield (length, None), rest


def _instances(algebra: Algebra, variables: frozenset[str], m: Mono, fits: bool) -> Iterator[dict[str, Ix]]:
    """References for the free indices of a rule: none to find, or one that stands in the term."""
    if not fits or len(variables) > 1:
        return
    if not variables:
        yield {}
        return
    (variable,) = variables
    key = algebra.range_of.get(variable)
    if key is not None:
        for ix in _references(algebra, m, key):
            yield {variable: ix}


def _only_sum(algebra: Algebra, pattern: Atom, names: dict[str, Ix]) -> Atom | None:
    """The pattern with references in place of its variables, before any rule says what it is worth."""
    body = algebra.rename(pattern.args[0], names)
    same = all(ix.free.isdisjoint(pattern.bound) for ix in names.values())
    return Atom("sum", pattern.head, args=(body,)) if same and body.height == pattern.args[0].height else None


def _partners(algebra: Algebra, atom: Atom, root: Root) -> Iterator[Poly]:
    """Σ t²/f for the sum Σ f and the root Σ t, where f and t²/f are not negative."""
    body, binders = algebra.open(atom)
    single = body.single
    if single is None or signs.sign(algebra, body) not in NOT_NEGATIVE:
        return
    for term in _aligned(algebra, root[1], binders):
        one = term.single
        if one is None or one[0] is single[0]:
            continue
        square = mono({a: exponent(2 * e) for a, e in one[0].factors})
        other = _quotient(algebra, square, one[1] ** 2 / single[1], single[0])
        if other is None or signs.sign(algebra, other) not in NOT_NEGATIVE:
            continue
        try:
            for name, range_key in binders:
                other = algebra.sum_over(other, name, range_key)
        except TooHard:
            continue
        yield other


def _aligned(algebra: Algebra, atom: Atom | None, binders: list[tuple[str, str]]) -> Iterator[Poly]:
    """The summand of a sum at these variables, in every order that fits their ranges."""
    if atom is None:
        yield ONE
        return
    if sorted(atom.ranges) != sorted(key for _, key in binders) or len(binders) > 3:
        return
    body, own = algebra.open(atom)
    for order in permutations(binders):
        if [key for _, key in order] == [key for _, key in own]:
            yield algebra.rename(body, {old: Ix(new) for (old, _), (new, _) in zip(own, order, strict=True)})


# -- completed squares -------------------------------------------------------------------------------------------------
def discriminants(algebra: Algebra, p: Poly) -> Iterator[Poly]:
    """4 a c - b² for p = a x² + b x + c with a > 0: not negative if p is not. Then the same of it, and so on."""
    done: set[Atom] = set()
    while len(p.terms) <= MOST_TERMS:
        found = next(
            ((atom, parts) for atom in p.atoms() if atom not in done and (parts := _quadratic_in(algebra, p, atom))),
            None,
        )
        if found is None:
            return
        done.add(found[0])
        a, b, c = found[1]
        p = add(scale(algebra.mul(a, c), 4), scale(algebra.power(b, 2), -1))
        content, rest = algebra.content(p) if p.terms else (ONE, p)
        if signs.sign(algebra, content) == "+":
            p = rest
        elif signs.sign(algebra, content) == "-":
            p = scale(rest, -1)
        yield p


def _quadratic_in(algebra: Algebra, p: Poly, atom: Atom) -> tuple[Poly, Poly, Poly] | None:
    """The coefficients of p as a polynomial of degree 2 in an atom of unknown sign, the first of them positive."""
    if atom.kind not in ("ent", "sum", "var", "app") or signs.atom_sign(algebra, atom) is not None:
        return None
    parts = [ZERO, ZERO, ZERO]
    for m, c in p.sorted():
        e = dict(m.factors).get(atom, 0)
        if e not in (0, 1, 2):
            return None
        parts[int(e)] = add(parts[int(e)], Poly({mono({a: x for a, x in m.factors if a is not atom}): c}))
    c, b, a = parts
    return (a, b, c) if a.terms and signs.sign(algebra, a) == "+" else None


def _completed_forms(algebra: Algebra, p: Poly) -> Iterator[Poly]:
    """p - (x + P⁻¹ b / 2)ᵀ P (x + P⁻¹ b / 2) for p = xᵀ P x + bᵀ x + c."""
    for m, k in p.sorted():
        for atom, e in m.factors:
            if atom.kind != "sum" or e != 1:
                continue
            weight = Poly({mono({a: x for a, x in m.factors if a is not atom}): k})
            if signs.sign(algebra, weight) != "+":
                continue
            rest = Poly({n: c for n, c in p.terms.items() if n is not m})
            for vector, inverse, key in _kernels(algebra, atom):
                done = _without_form(algebra, rest, weight, vector, inverse, key)
                if done is not None:
                    yield done


def _kernels(algebra: Algebra, atom: Atom) -> Iterator[tuple[Atom, Poly, str]]:
    """For a sum xᵀ P x: the entry x at a row, the entry of P⁻¹ at that row and a column, and the range (see
    ``_places``)."""
    body, binders = algebra.open(atom)
    single = body.single
    if single is None or single[1] != 1 or len({key for _, key in binders}) != 1 or len(binders) > 2:
        return
    key = binders[0][1]
    if key.startswith(INTEGRAL):
        return
    row, column = _places(algebra, key)
    if not atom.free.isdisjoint((row, column)):
        return
    factors = dict(single[0].factors)
    if len(binders) == 1:
        entries = [(a, e) for a, e in single[0].factors]
        if len(entries) == 1 and entries[0][1] == 2 and entries[0][0].kind == "ent":
            vector = entries[0][0]
            moved = algebra.rename(of_atom(vector), {binders[0][0]: Ix(row)}).single
            if moved is not None and vector.ix[-1] is Ix(binders[0][0]):
                yield moved[0].factors[0][0], algebra.delta(Ix(row), Ix(column)), key
        return
    (one, _), (two, _) = binders
    kernel = [a for a in factors if a.ix[-2:] in ((Ix(one), Ix(two)), (Ix(two), Ix(one)))]
    others = [a for a in factors if a not in kernel]
    if len(kernel) != 1 or len(others) != 2 or any(e != 1 for e in factors.values()):
        return
    inverse = _inverse_of(algebra, kernel[0], key)
    first, second = others if one in others[0].free else others[::-1]
    vector_one = algebra.rename(of_atom(first), {one: Ix(row)})
    if inverse is None or vector_one != algebra.rename(of_atom(second), {two: Ix(row)}) or vector_one.single is None:
        return
    vector = vector_one.single[0].factors[0][0]
    if vector.kind == "ent" and vector.ix[-1] is Ix(row) and not {one, two} & vector.free:
        yield vector, inverse, key


def _places(algebra: Algebra, key: str) -> tuple[str, str]:
    """A row and a column over a range, always the same ones."""
    row, column = f"'row:{key}", f"'column:{key}"
    algebra.range_of[row] = algebra.range_of[column] = key
    return row, column


def _inverse_of(algebra: Algebra, kernel: Atom, key: str) -> Poly | None:
    """P⁻¹ at a row and a column for an entry of a positive definite matrix or of the inverse of one."""
    row, column = _places(algebra, key)
    if kernel.kind == "ent":
        decl = algebra.declared(kernel.head)
        if decl is None or len(decl.shape) != 2 or "posdef" not in decl.properties:
            return None
        one, two = algebra.fresh(key), algebra.fresh(key)
        body = algebra.entry(kernel.head, (*kernel.ix[:-2], Ix(one), Ix(two)))
        return algebra.matrix_atom("inv", key, body, one, two, (Ix(row), Ix(column)))
    declared = signs.declared_matrix(algebra, kernel) if kernel.kind == "inv" else None
    if declared is None or "posdef" not in declared.properties:
        return None
    body, ((one, _), (two, _)) = algebra.open(kernel)
    return algebra.rename(body, {one: Ix(row), two: Ix(column)})


def _without_form(algebra: Algebra, rest: Poly, weight: Poly, vector: Atom, inverse: Poly, key: str) -> Poly | None:
    """c - bᵀ P⁻¹ b / (4 w) for w xᵀ P x + bᵀ x + c."""
    if vector.head in heads(weight) or not vector.ix[-1].base or algebra.is_tied(vector.head):
        return None
    constant = Poly({m: c for m, c in rest.terms.items() if vector.head not in heads(Poly({m: c}))})
    moving = add(rest, scale(constant, -1))
    slope = differentiate(algebra, moving, Target("ent", vector.head, vector.ix))
    if vector.head in heads(slope):
        return None
    row, column = _places(algebra, key)
    linear = algebra.sum_over(algebra.mul(slope, of_atom(vector)), row, key)
    if linear != moving:
        return None
    form = algebra.mul(slope, inverse, algebra.rename(slope, {row: Ix(column)}))
    form = algebra.sum_over(algebra.sum_over(form, row, key), column, key)
    return add(constant, scale(algebra.mul(form, algebra.power(weight, -1)), fmpq(-1, 4)))


# -- logarithms --------------------------------------------------------------------------------------------------------
def _logarithms(algebra: Algebra, p: Poly) -> Iterator[Poly]:
    """p with every A log x, gathered by A ≥ 0, replaced by A (1 - 1/x): what bounds it from below."""
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
    """L + Σ A log x + Σ B log y as Σ A (log x + L / s) + Σ B (log y + L / s), where Σ A + Σ B = s is a positive
    number."""
    bare = [key for key, (weight, _, binders) in groups.items() if not binders and weight.constant is not None]
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


def _tangent(algebra: Algebra, weight: Poly, logs: Poly) -> Poly | None:
    """A (1 - 1/x) ≤ A log x for logs = log x (a sum of multiples of logarithms), where A ≥ 0 and x > 0.

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


__all__ = ["discriminants", "remainders"]
