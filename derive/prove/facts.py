"""Rules that hold in a context: a sum known to be one, a matrix against its inverse, one-hot products."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flint import fmpq

from derive.prove import binding, closing, matrix_powers, signs, spectra
from derive.prove.atoms import ONE, Atom, Exponent, Ix, Mono, Poly, add, mono, number, of_atom, scale

if TYPE_CHECKING:
    from derive.prove.algebra import Algebra, Binder, Factors


@dataclass(frozen=True)
class SumRule:
    """``pattern = value`` for every reference in place of the variables: Σ_w μ_kw = 1, for every k."""

    pattern: Atom
    variables: frozenset[str]
    value: Poly


TIES = frozenset({"symmetric", "posdef", "psd", "diagonal", "simplex", "onehot", "binary", "orthogonal"})
"""Properties that make one entry of a quantity depend on others (or take few values)."""


def mentions(rule: SumRule, name: str) -> bool:
    """Whether a rule speaks of a quantity."""
    stack = [*rule.pattern.args, rule.value]
    while stack:
        for m in stack.pop().terms:
            for atom, _ in m.factors:
                if atom.kind == "ent" and atom.head == name:
                    return True
                stack.extend(atom.args)
    return False


def rewrite_sum(algebra: Algebra, atom: Atom) -> Poly | None:
    """The value of a sum that a fact knows."""
    for rule in algebra.sum_rules:
        found = match_atom(algebra, rule.pattern, atom, rule.variables)
        if found is not None:
            return algebra.rename(rule.value, found)
    return None


def use_rules(algebra: Algebra, coefficient: fmpq, factors: Factors, binders: list[Binder]) -> Poly | None:
    """A known sum over one of several variables: Σ_i Σ_k c_ik = N, if Σ_k c_ik = 1 for every i."""
    for rule in algebra.sum_rules if len(binders) > 1 else ():
        if ";" in rule.pattern.head:
            continue
        body, ((variable, _),) = opened_pattern(algebra, rule)
        single = body.single
        if single is None:
            continue
        for name, range_key in binders:
            if range_key != rule.pattern.head:
                continue
            touched = {a: e for a, e in factors.items() if name in a.free}
            unknown = rule.variables | {variable}
            wanted = list(algebra.rename(body, {variable: Ix(name)}).sorted()[0][0].factors)
            if len(wanted) != len(touched):
                continue
            for found, used in _matches(algebra, wanted, touched, unknown - {variable}, {}, ()):
                if not all(algebra.fits(n, ix) for n, ix in found.items() if n in rule.variables):
                    continue
                if (
                    dict(used) != touched
                    or rule.variables - found.keys()
                    or any(name in ix.free for ix in found.values())
                ):
                    continue
                value = algebra.rename(rule.value, found)
                return closing.closed(algebra, value, coefficient / single[1], factors, touched, binders, name)
    return None


def opened_pattern(algebra: Algebra, rule: SumRule) -> tuple[Poly, list[Binder]]:
    """What a rule's sum is of, and its variables: always the same ones, for comparing only."""
    pattern = rule.pattern
    return algebra.once(("pattern", pattern), lambda: algebra.open(pattern))


def match_atom(algebra: Algebra, pattern: Atom, atom: Atom, variables: frozenset[str]) -> dict[str, Ix] | None:
    """References for the variables that make the pattern this very atom."""
    if pattern.kind != atom.kind or pattern.head != atom.head or len(pattern.ix) != len(atom.ix):
        return None
    found: dict[str, Ix] = {}
    if not _collect(pattern, atom, variables, found):
        return None
    if any(name not in found for name in variables & pattern.free):
        return None
    if any(pattern.ix) or pattern.bound != atom.bound:
        return None
    if not all(algebra.fits(name, ix) for name, ix in found.items()):
        return None
    same = all(algebra.rename(p, found) == a for p, a in zip(pattern.args, atom.args, strict=True))
    return found if same else None


def _collect(pattern: Atom, atom: Atom, variables: frozenset[str], found: dict[str, Ix]) -> bool:
    for p, a in zip(pattern.ix, atom.ix, strict=False):
        if p.base in variables and found.setdefault(p.base, a.moved(-p.shift)) is not a.moved(-p.shift):
            return False
    for left, right in zip(pattern.args, atom.args, strict=False):
        one, two = left.single, right.single
        if one is None or two is None or len(one[0].factors) != len(two[0].factors):
            if len(left.terms) != len(right.terms):
                return False
            continue
        for (x, _), (y, _) in zip(one[0].factors, two[0].factors, strict=True):
            if x.kind == y.kind and x.head == y.head and not _collect(x, y, variables, found):
                return False
    return True


def contract(algebra: Algebra, coefficient: fmpq, factors: Factors, binders: list[Binder]) -> Poly | None:
    """Σ_j M_ij (M^-1)_jk = δ_ik and Σ_j M_ij V_jk = λ_k V_ik, also where M is a sum of terms (its first term is what is
    looked for)."""
    names = {name for name, _ in binders}
    inverted = (a for a in factors if a.kind in ("inv", "eigvec", "mpow") and factors[a] == 1)
    for atom in sorted(inverted, key=lambda a: a.key):
        for slot in (0,) if atom.kind == "eigvec" else (0, 1):
            middle, other = atom.ix[slot], atom.ix[1 - slot]
            inside = any(middle.base in arg.free for arg in atom.args)
            if middle.base not in names or middle.shift or middle.base in other.free or inside:
                continue
            done = _contract_at(algebra, coefficient, factors, binders, atom, slot)
            if done is not None:
                return done
    return orthogonal(algebra, coefficient, factors, binders)


def _contract_at(
    algebra: Algebra, coefficient: fmpq, factors: Factors, binders: list[Binder], atom: Atom, slot: int
) -> Poly | None:
    middle, other = atom.ix[slot].base, atom.ix[1 - slot]
    taken = {name for name, _ in binders}.union(*(a.free for a in factors))
    body, ((row, _), (column, _)) = binding.opened_beside(algebra, atom, taken)
    if slot == 1:
        row, column = column, row
    # now Σ_middle M(row := unknown, column := middle) inv(middle, other) = δ(unknown, other)
    leading = _lead(body, row, column)
    if leading is None:
        return None
    lead, lead_factor = leading
    pattern = algebra.rename(Poly({lead: fmpq(1)}), {column: Ix(middle)})
    single = pattern.single
    if single is None:
        return None
    inner: list[tuple[Atom, Exponent]] = []
    below = number(lead_factor)
    unknown = {row}
    ranges: dict[str, str] = {}
    for part, e in single[0].factors:
        if part.free.isdisjoint((row, middle)) and signs.atom_sign(algebra, part) in ("+", "-"):
            below = algebra.mul(below, of_atom(part, e))
        elif part.kind == "sum" and e == 1:
            opened, more = algebra.open(part)
            one = opened.single
            if one is None:
                return None
            inner.extend(one[0].factors)
            unknown |= {name for name, _ in more}
            ranges.update(more)
        else:
            inner.append((part, e))
    rest = {a: e for a, e in factors.items() if a is not atom}
    for found, used in _matches(algebra, inner, rest, frozenset(unknown), {}, ()):
        left = dict(rest)
        for a, e in used:
            left[a] = left[a] - e
        left = {a: e for a, e in left.items() if e}
        summed = {found[name] for name in ranges}
        gone = {ix.base for ix in summed} | {middle}
        if row not in found or len(summed) != len(ranges):
            continue
        if any(
            not ix.base or ix.shift or dict(binders).get(ix.base) != ranges[n] for n, ix in found.items() if n in ranges
        ):
            continue
        if any(not gone.isdisjoint(a.free) for a in left) or not gone.isdisjoint(found[row].free | other.free):
            continue
        remaining = [pair for pair in binders if pair[0] not in gone]
        if _comes_back(body, lead, (row, column), found[row], left):
            continue
        value = _image(algebra, atom, slot, found[row], other)
        if len(body.terms) > 1:
            tail = algebra.rename(
                Poly({m: c for m, c in body.terms.items() if m is not lead}), {row: found[row], column: Ix(middle)}
            )
            tail = algebra.mul(tail, of_atom(atom))
            tail = algebra.sum_over(tail, middle, dict(binders)[middle])
            value = add(value, scale(tail, -1))
        value = algebra.mul(scale(value, coefficient), algebra.power(below, -1))
        total = algebra.mul(value, Poly({mono(left): fmpq(1)}))
        for name, range_key in remaining:
            total = algebra.sum_over(total, name, range_key)
        return total
    return None


def _comes_back(body: Poly, lead: Mono, slots: tuple[str, str], row: Ix, left: Factors) -> bool:
    """Whether what is looked for could stand again in what takes its place: Σ_ij A_ij V_jk V_ik with A + Aᵀ, and
    Σ_ij W_ij V_jk with a matrix D - W whose diagonal is made of sums of W."""
    rest = [m for m in body.terms if m is not lead and not m.heads.isdisjoint(lead.heads)]
    if any(a.kind != "delta" and a.free.issuperset(slots) for m in rest for a, _ in m.factors):
        return True
    return bool(rest) and not any(row.base in a.free for a in left)


def _image(algebra: Algebra, atom: Atom, slot: int, row: Ix, column: Ix) -> Poly:
    """M times its inverse, times a power of it, or times its eigenvectors."""
    if atom.kind == "mpow":
        return matrix_powers.image(algebra, atom, slot, row)
    return algebra.delta(row, column) if atom.kind == "inv" else spectra.image(algebra, atom, row)


def _lead(body: Poly, row: str, column: str) -> tuple[Mono, fmpq] | None:
    """The term of a matrix that is looked for: its only one, or the first that ties row and column together."""
    if body.single is not None:
        return body.single
    for m, c in body.sorted():
        if any(row in a.free and column in a.free and a.kind != "delta" for a, _ in m.factors):
            return m, c
    return None


def _matches(
    algebra: Algebra,
    pattern: list[tuple[Atom, Exponent]],
    factors: Factors,
    unknown: frozenset[str],
    found: dict[str, Ix],
    used: tuple[tuple[Atom, int], ...],
) -> Iterator[tuple[dict[str, Ix], tuple[tuple[Atom, int], ...]]]:
    """Ways to find the pattern's factors among the factors, with references for the unknown names."""
    if not pattern:
        yield found, used
        return
    (wanted, e), *more = pattern
    if not isinstance(e, int):
        return
    for atom in sorted(factors, key=lambda a: a.key):
        have = factors[atom] - sum(n for a, n in used if a is atom)
        if (e > 0 and have < e) or (e < 0 and have > e) or atom.kind != wanted.kind or atom.head != wanted.head:
            continue
        for trial in _unify(algebra, wanted, atom, unknown, found):
            yield from _matches(algebra, more, factors, unknown, trial, (*used, (atom, e)))


def _unify(
    algebra: Algebra, wanted: Atom, atom: Atom, unknown: frozenset[str], found: dict[str, Ix]
) -> list[dict[str, Ix]]:
    if len(wanted.ix) != len(atom.ix):
        return []
    if wanted.args != atom.args and wanted.free & unknown:
        return []
    orders = [atom.ix]
    if len(atom.ix) >= 2:
        orders.append((*atom.ix[:-2], atom.ix[-1], atom.ix[-2]))
    results = []
    for n, order in enumerate(orders):
        if n == 1 and not _swappable(algebra, wanted):
            continue
        trial = dict(found)
        good = True
        for w, a in zip(wanted.ix, order, strict=True):
            if w.base in unknown:
                good = trial.setdefault(w.base, a.moved(-w.shift)) is a.moved(-w.shift)
            else:
                good = w is a
            if not good:
                break
        if good and (wanted.args == atom.args):
            results.append(trial)
    return results


def _swappable(algebra: Algebra, atom: Atom) -> bool:
    """Whether a swap of the last two slots is the same atom (kept sorted, so both orders must be tried)."""
    return atom.kind == "ent" and len(atom.ix) >= 2 and algebra.is_symmetric(atom.head)


def orthogonal(algebra: Algebra, coefficient: fmpq, factors: Factors, binders: list[Binder]) -> Poly | None:
    """Σ_k Q_ki Q_kj = δ_ij and Σ_k Q_ik Q_jk = δ_ij for an orthogonal Q."""
    entries = [a for a in sorted(factors, key=lambda a: a.key) if a.kind == "ent" and _is_orthogonal(algebra, a)]
    for name, _ in binders:
        touched = [a for a in factors if name in a.free]
        for slot in (-1, -2):
            pair = [a for a in entries if a.ix[slot].base == name and not a.ix[slot].shift]
            total = sum(factors[a] for a in pair)
            if total != 2 or set(touched) != set(pair) or len({a.head for a in pair}) != 1:
                continue
            if any(x.key != y.key for x, y in zip(pair[0].ix[:-2], pair[-1].ix[:-2], strict=True)):
                continue
            one, two = pair[0].ix[-3 - slot], pair[-1].ix[-3 - slot]
            if name in one.free or name in two.free:
                continue
            return closing.closed(algebra, algebra.delta(one, two), coefficient, factors, pair, binders, name)
    return None


def _is_orthogonal(algebra: Algebra, atom: Atom) -> bool:
    decl = algebra.declared(atom.head)
    free = atom.head in algebra.freed_names
    return not free and decl is not None and len(decl.shape) == 2 and "orthogonal" in decl.properties


def is_orthogonal(algebra: Algebra, determinant: Atom) -> bool:
    """Whether a determinant is that of a matrix declared orthogonal: it is 1 or -1."""
    decl = signs.declared_matrix(algebra, determinant)
    return decl is not None and "orthogonal" in decl.properties and decl.name not in algebra.freed_names


def install(algebra: Algebra) -> None:
    """The sums that declarations make known: a simplex and a one-hot vector add up to one."""
    rules: list[SumRule] = []
    for decl in algebra.context.symbols.values():
        if not decl.properties & {"simplex", "onehot"} or decl.name in algebra.freed_names:
            continue
        lengths = [r.high for r in decl.family if r.low.constant == 1] + list(decl.shape)
        if len(lengths) != len(decl.family) + len(decl.shape) or not lengths:
            continue
        keys = [str(length) for length in lengths]
        for key, length in zip(keys, lengths, strict=True):
            algebra.lengths[key] = length
        names = [algebra.fresh(key) for key in keys]
        rule = sum_rule(
            algebra,
            algebra.sum_over(algebra.entry(decl.name, tuple(map(Ix, names))), names[-1], keys[-1]),
            ONE,
            frozenset(names[:-1]),
        )
        rules.extend(rule)
    algebra.sum_rules = (*rules, *algebra.sum_rules)


def sum_rule(algebra: Algebra, left: Poly, value: Poly, variables: frozenset[str]) -> list[SumRule]:
    r"""``left = value`` as a rule, if one of the two is one sum (times what is never zero) and the other is free of it:
    the left side first, so ``\sum_i r_i = n`` and ``n = \sum_i r_i`` both replace the sum."""
    for known, other in ((left, value), (value, left)):
        single = known.single
        if single is None:
            continue
        sums = [atom for atom, e in single[0].factors if atom.kind == "sum" and e == 1]
        beside = [(atom, e) for atom, e in single[0].factors if atom.kind != "sum"]
        if len(sums) != 1 or len(beside) + 1 != len(single[0].factors):
            continue
        atom = sums[0]
        if any(signs.atom_sign(algebra, a) not in ("+", "-") for a, _ in beside) or _holds(other, atom):
            continue
        worth = algebra.mul(scale(other, 1 / single[1]), *(of_atom(a, -e) for a, e in beside))
        return [SumRule(atom, variables & atom.free, worth)]
    return _widest_sum(add(left, scale(value, -1)), variables)


def _widest_sum(p: Poly, variables: frozenset[str]) -> list[SumRule]:
    r"""``p = 0`` as a rule for its one sum over the most variables: ``\sum_k \sum_{l \ne k} p_{kl} = 1`` says what the
    sum over all k and l is, by that of the ``p_{kk}``."""
    sums = [
        (len(m.factors[0][0].bound), m, c)
        for m, c in p.sorted()
        if len(m.factors) == 1 and m.factors[0][0].kind == "sum" and m.factors[0][1] == 1
    ]
    most = max((count for count, _, _ in sums), default=0)
    widest = [(m, c) for count, m, c in sums if count == most]
    if most < 2 or len(widest) != 1:
        return []
    ((m, c),) = widest
    atom, rest = m.factors[0][0], Poly({each: -k / c for each, k in p.terms.items() if each is not m})
    return [] if _holds(rest, atom) else [SumRule(atom, variables & atom.free, rest)]


def _holds(p: Poly, wanted: Atom) -> bool:
    """Whether an atom stands anywhere in p."""
    return any(atom is wanted or any(_holds(arg, wanted) for arg in atom.args) for atom in p.atoms())
