"""What follows from one hypothesis: weighed and summed, summed over an index, term by term, in logarithms."""

from __future__ import annotations

from collections.abc import Callable

from flint import fmpq

from derive.prove import signs
from derive.prove.algebra import INTEGRAL, Algebra
from derive.prove.atoms import ONE, UNIT, ZERO, Atom, Ix, Mono, Poly, add, mono, of_atom, scale
from derive.prove.positivity import nonnegative_summands
from derive.prove.zero import MAX_DEPTH, clear, is_zero


def added(algebra: Algebra, hypothesis: Poly, name: str) -> Poly | None:
    """Σ of the hypothesis over one of its free indices."""
    key = algebra.range_of.get(name)
    if name not in hypothesis.free or key is None or key.startswith(INTEGRAL):
        return None
    return clear(algebra, algebra.sum_over(hypothesis, name, key))


def terms(algebra: Algebra, hypothesis: Poly, name: str) -> Poly | None:
    """A sum of terms that cannot be negative is zero only if each of them is (its repeated factors taken once)."""
    for sign in (1, -1):
        p = scale(hypothesis, sign)
        for summand in nonnegative_summands(algebra, p):
            return _without_powers(algebra, summand)
    return None


def _without_powers(algebra: Algebra, p: Poly) -> Poly:
    """A product with each factor once, and without those that are never zero."""
    content, rest = algebra.content(p)
    factors = [(of_atom(a), e) for a, e in content.sorted()[0][0].factors]
    factors += signs.factor(algebra, rest) or [(rest, 1)]
    total = ONE
    for part, _ in factors:
        if part.constant is None and signs.sign(algebra, part) not in ("+", "-"):
            total = algebra.mul(total, part)
    return total


def connected(algebra: Algebra, hypothesis: Poly, name: str) -> Poly | None:
    """W_ij (g_i - g_j) = 0 for all i, j makes g constant if the graph with weights W is connected."""
    content, rest = algebra.content(hypothesis)
    for atom, e in content.sorted()[0][0].factors:
        decl = algebra.declared(atom.head) if atom.kind == "ent" and e == 1 else None
        if decl is None or "connected" not in decl.properties or len(atom.ix) != 2:
            continue
        one, two = atom.ix
        if not (one.base and two.base) or one.shift or two.shift or one.base == two.base:
            continue
        lengths = tuple(r.high for r in decl.family) + decl.shape
        if [algebra.range_of.get(one.base), algebra.range_of.get(two.base)] != [str(e) for e in lengths]:
            continue
        others = [a for a, _ in content.sorted()[0][0].factors if a is not atom]
        if any(not a.free.isdisjoint((one.base, two.base)) for a in others):
            continue
        first = Poly({m: c for m, c in rest.terms.items() if one.base in m.free})
        second = Poly({m: c for m, c in rest.terms.items() if two.base in m.free})
        if any(m in second.terms for m in first.terms) or len(first.terms) + len(second.terms) != len(rest.terms):
            continue
        if add(algebra.rename(first, {one.base: two}), second).is_zero and not first.is_zero:
            outside = algebra.mul(*(of_atom(a) for a in others)) if others else ONE
            return algebra.mul(outside, rest)
    return None


def logarithm(algebra: Algebra, hypothesis: Poly, name: str) -> Poly | None:
    """A x = B y between positive products, x and y exponentials, is log A x = log B y."""
    groups: dict[Mono, Poly] = {}
    for m, c in hypothesis.sorted():
        growing = mono({a: e for a, e in m.factors if a.kind in ("exp", "pow")})
        rest = mono({a: e for a, e in m.factors if a.kind not in ("exp", "pow")})
        groups[growing] = add(groups.get(growing, ZERO), Poly({rest: c}))
    if len(groups) != 2:
        if len(hypothesis.terms) != 2:
            return None
        groups = {m: Poly({UNIT: c}) for m, c in hypothesis.sorted()}
    (one, a), (two, b) = groups.items()
    if signs.sign(algebra, a) == "-":
        a, b = scale(a, -1), scale(b, -1)
    plain = [signs.mono_sign(algebra, m, fmpq(1)) for m in (one, two)]
    if signs.sign(algebra, a) != "+" or signs.sign(algebra, b) != "-" or plain != ["+", "+"]:
        return None
    left = algebra.log(algebra.mul(a, Poly({one: fmpq(1)})))
    right = algebra.log(algebra.mul(scale(b, -1), Poly({two: fmpq(1)})))
    return clear(algebra, add(left, scale(right, -1)))


def weighed(algebra: Algebra, hypothesis: Poly, name: str, place: int = -1) -> Poly | None:
    """Σ_k w_jk h_jk: the hypothesis times a quantity at its free indices, summed over one of them."""
    slots = slots_in(algebra, hypothesis, name)
    if slots is None:
        return None
    over = slots[place]
    weighed = algebra.mul(algebra.entry(name, tuple(map(Ix, slots))), hypothesis)
    return _counted(algebra, clear(algebra, algebra.sum_over(weighed, over, algebra.range_of[over])))


def weighed_over_first(algebra: Algebra, hypothesis: Poly, name: str) -> Poly | None:
    """Σ_j w_jk h_jk, where j is not the last index."""
    slots = slots_in(algebra, hypothesis, name)
    return weighed(algebra, hypothesis, name, 0) if slots is not None and len(slots) > 1 else None


def _counted(algebra: Algebra, p: Poly) -> Poly:
    """p with every double sum that comes to the length of one of its ranges written so: Σ_n Σ_k r_nk = N."""
    total: list[Poly] = []
    for m, c in p.sorted():
        sums = [atom for atom, e in m.factors if atom.kind == "sum" and e == 1 and len(atom.ranges) == 2]
        lengths = [algebra.length(r) for atom in sums[:1] for r in atom.ranges if not r.startswith(INTEGRAL)]
        rest = algebra.collect(c, {atom: e for atom, e in m.factors if atom not in sums[:1]})
        found = next(
            (n for n in lengths if _comes_to(algebra, sums[0], n)),
            None,
        )
        total.append(Poly({m: c}) if found is None else algebra.mul(rest, found))
    return add(*total) if total else p


def _comes_to(algebra: Algebra, atom: Atom, length: Poly) -> bool:
    gap = add(of_atom(atom), scale(length, -1))
    return algebra.once(("comes to", gap), lambda: is_zero(algebra, gap, MAX_DEPTH - 1))


def slots_in(algebra: Algebra, hypothesis: Poly, name: str) -> list[str] | None:
    """The free indices of a hypothesis that fit the slots of a quantity, if there is just one for each slot; where
    slots are equally long, those at which it stands there."""
    decl = algebra.declared(name)
    if decl is None or any(r.low.constant != 1 for r in decl.family):
        return None
    keys = [str(r.high) for r in decl.family] + [str(e) for e in decl.shape]
    if not keys:
        return None
    if len(set(keys)) < len(keys):
        return _own_slots(algebra, hypothesis, name, keys)
    found: list[str] = []
    for key in keys:
        free = sorted(n for n in hypothesis.free if algebra.range_of.get(n) == key)
        if len(free) != 1:
            return None
        found.append(free[0])
    return found


def entries(p: Poly) -> list[Atom]:
    """The entries of quantities in a normal form, at any depth."""
    found: dict[Atom, None] = {}
    stack = [p]
    while stack:
        for m in stack.pop().terms:
            for atom, _ in m.factors:
                if atom.kind == "ent":
                    found[atom] = None
                stack.extend(atom.args)
    return list(found)


def _own_slots(algebra: Algebra, hypothesis: Poly, name: str, keys: list[str]) -> list[str] | None:
    """The free indices at which a quantity stands in a hypothesis, if it stands at one place."""
    places = {atom.ix for atom in entries(hypothesis) if atom.head == name}
    if len(places) != 1:
        return None
    found = [ix.base for ix in places.pop() if not ix.shift and ix.atom is None and ix.base in hypothesis.free]
    fits = len(set(found)) == len(keys) and [algebra.range_of.get(base) for base in found] == keys
    return found if fits else None


def cleared(algebra: Algebra, hypothesis: Poly, name: str) -> Poly | None:
    """The hypothesis multiplied by the matrix ``name`` from each side where its inverse has a free slot."""
    decl = algebra.declared(name)
    if decl is None or len(decl.shape) != 2:
        return None
    for slot in sorted(hypothesis.free):
        found = _inverse_at(hypothesis, name, slot)
        if found is None:
            continue
        _, position, family = found
        key = str(decl.shape[0])
        bound = any(ix.free - hypothesis.free for ix in family)  # one matrix for each value of a sum's index
        if bound or algebra.range_of.get(slot) != key:
            return None
        new = f"{slot}*"
        algebra.range_of[new] = key
        pair = (Ix(new), Ix(slot)) if position == 0 else (Ix(slot), Ix(new))
        times = algebra.entry(name, (*family, *pair))
        hypothesis = algebra.sum_over(algebra.mul(times, hypothesis), slot, key)
        hypothesis = algebra.rename(hypothesis, {new: Ix(slot)})
    return hypothesis


def _inverse_at(p: Poly, name: str, slot: str) -> tuple[Atom, int, tuple[Ix, ...]] | None:
    """An entry of the inverse of ``name`` with this free slot, and the family references of the matrix."""
    stack = [p]
    while stack:
        for m, _ in stack.pop().sorted():
            for atom, _ in m.factors:
                single = atom.args[0].single if atom.kind == "inv" else None
                if single is not None and len(single[0].factors) == 1 and single[0].factors[0][0].head == name:
                    inner = single[0].factors[0][0]
                    for position, ix in enumerate(atom.ix):
                        if ix.base == slot and not ix.shift:
                            return atom, position, inner.ix[:-2]
                stack.extend(atom.args)
    return None


WEIGHS = ("weigh", "weigh over the first")
CONSEQUENCES: dict[str, Callable[[Algebra, Poly, str], Poly | None]] = {
    "weigh": lambda algebra, hypothesis, name: weighed(algebra, hypothesis, name),
    "weigh over the first": weighed_over_first,
    "clear": lambda algebra, hypothesis, name: cleared(algebra, hypothesis, name),
    "add": added,
    "terms": terms,
    "connected": connected,
    "log": logarithm,
}
"""What follows from one hypothesis: each gives one more, or None where it does not apply."""
OVER_ALL = frozenset({*WEIGHS, "clear", "add", "connected"})
"""Those that need the hypothesis for all values of its indices."""
