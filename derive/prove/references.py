"""References into ranges: entries, equal indices, an index as a number, comparisons, what surely lies in a range."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flint import fmpq

from derive.language.extents import Extent
from derive.prove import series, signs, two_valued
from derive.prove.atoms import INTEGRAL, ONE, ZERO, Atom, Ix, Mono, Poly, add, number, of_atom, scale

if TYPE_CHECKING:
    from derive.prove.algebra import Algebra


def entry(algebra: Algebra, name: str, ix: tuple[Ix, ...]) -> Poly:
    """An entry of a declared quantity."""
    if algebra.has_plain_entries(name):
        return of_atom(Atom("ent", name, ix))
    a, b = ix[-2:]
    if b.key < a.key:
        ix = (*ix[:-2], b, a)
    if "diagonal" in algebra.context.symbols[name].properties and a is not b:
        same = algebra.delta(a, b)
        if len(same.terms) == 1 and same.constant is None:
            return algebra.mul(same, of_atom(Atom("ent", name, (*ix[:-2], ix[-2], ix[-2]))))
        return algebra.mul(same, of_atom(Atom("ent", name, ix))) if same.terms else ZERO
    return of_atom(Atom("ent", name, ix))


def delta(algebra: Algebra, a: Ix, b: Ix) -> Poly:
    """1 where two references agree, else 0."""
    if a is b:
        return ONE
    if a.atom is b.atom and a.base == b.base:
        return ONE if a.shift == b.shift else ZERO
    if frozenset((a.base, b.base)) in algebra.distinct and a.shift == b.shift:
        return ZERO
    if b.key < a.key:
        a, b = b, a
    if a.shift and not a.is_number and not b.is_number:
        a, b = a.moved(-a.shift), b.moved(-a.shift)
    elif a.is_number and b.shift:
        a, b = a.moved(-b.shift), b.moved(-b.shift)
    elif b.is_number and a.shift:
        a, b = a.moved(-a.shift), b.moved(-a.shift)
    if b.key < a.key:
        a, b = b, a
    for one, other in ((a, b), (b, a)):
        if one.is_number and algebra.outside(other, one.shift):
            return ZERO
        if _is_beyond(algebra, one, other):
            return ZERO
    return of_atom(Atom("delta", ix=(a, b)))


def _is_beyond(algebra: Algebra, size: Ix, ix: Ix) -> bool:
    """Whether a size, ``T`` or ``T + 1``, is surely greater than an index, ``t - 1`` of t = 1..T."""
    known = algebra.range_of.get(ix.base)
    if ix.atom is not None or known not in algebra.lengths or size.base in algebra.range_of:
        return False
    if size.base not in algebra.context.sizes:
        return False
    gap = algebra.least_extent(Extent.of(size.base) + size.shift - algebra.lengths[known] - ix.shift)
    return gap is not None and gap > 0


def outside(algebra: Algebra, ix: Ix, value: int) -> bool:
    """Whether a reference can never be the number ``value``."""
    if ix.atom is not None:
        decl = algebra.declared(ix.atom.head)
        low = decl.label_range.low.constant if decl is not None and decl.label_range is not None else None
        return low is not None and value < low + ix.shift
    known = algebra.range_of.get(ix.base)
    if known is None and ix.base in algebra.context.sizes:
        return value < algebra.least(ix.base) + ix.shift
    return known is not None and known in algebra.lengths and value < 1 + ix.shift


def index_value(algebra: Algebra, ix: Ix) -> Poly:
    """An index as a number."""
    if ix.atom is not None:
        return add(of_atom(ix.atom), number(ix.shift))
    if not ix.base:
        return number(ix.shift)
    if ix.base not in algebra.range_of and ix.base in algebra.context.sizes:
        return add(of_atom(Atom("size", ix.base)), number(ix.shift))
    return add(of_atom(Atom("ixv", ix=(Ix(ix.base),))), number(ix.shift))


def indicator(algebra: Algebra, relation: str, p: Poly) -> Poly:
    """1 where ``p relation 0`` (``>`` or ``=``), else 0."""
    if p.is_zero:
        return ZERO if relation == ">" else ONE
    known = signs.sign(algebra, p)
    if relation == ">":
        if known == "+":
            return ONE
        if known in ("-", "0-", "0"):
            return ZERO
    elif known in ("+", "-"):
        return ZERO
    elif known == "0":
        return ONE
    told = series.order_of_indices(algebra, p) if relation == ">" else _equal_references(algebra, p)
    if told is not None:
        return told
    switch = two_valued.find(algebra, p)
    alone = switch is not None and not p.free - of_atom(switch).free and p.atoms() == of_atom(switch).atoms()
    if switch is not None and (alone or (algebra.split_binary and switch.kind == "ent")):
        split = two_valued.split(algebra, p, lambda q: algebra.indicator(relation, q))
        if split is not None:
            return split
    factor = abs(p.sorted()[0][1]) if relation == ">" else p.sorted()[0][1]
    return of_atom(Atom("ind", relation, args=(scale(p, 1 / factor),)))


def _equal_references(algebra: Algebra, p: Poly) -> Poly | None:
    """1 where p is zero, of a difference of two references (a label in whatever it is defined as, an index, a whole
    number); ``None`` if p is none."""
    slots: list[tuple[fmpq, Ix]] = []
    shift = fmpq(0)
    for m, c in p.terms.items():
        if not m.factors:
            shift = c
            continue
        slot = _reference(algebra, m)
        if slot is None:
            return None
        slots.append((c, slot))
    if not 1 <= len(slots) <= 2 or not any(slot.atom is not None for _, slot in slots):
        return None  # indices alone are compared as what they are
    scale_by, first = slots[0]
    if len(slots) == 2 and slots[1][0] != -scale_by:
        return None
    gap = shift / scale_by
    if gap.q != 1:
        return ZERO  # whole numbers differ by one
    other = slots[1][1] if len(slots) == 2 else Ix("")
    return algebra.delta(first, other.moved(-int(gap.p)))


def _reference(algebra: Algebra, m: Mono) -> Ix | None:
    """What stands in a slot, of one that is a label or an index and no more."""
    if len(m.factors) != 1 or m.factors[0][1] != 1:
        return None
    atom = m.factors[0][0]
    if atom.kind == "ent":
        decl = algebra.declared(atom.head)
        is_label = decl is not None and decl.label_range is not None and decl.definition is None
        return Ix("", 0, atom) if is_label else None
    if atom.kind != "ixv" or algebra.range_of.get(atom.ix[0].base, INTEGRAL).startswith(INTEGRAL):
        return None
    return atom.ix[0]


def inside(algebra: Algebra, ix: Ix, range_key: str) -> bool:
    """Whether an index reference surely lies in ``1..range``."""
    high = algebra.lengths.get(range_key)
    if high is None:
        return False
    if ix.is_number:
        low = algebra.least_extent(high)
        return ix.shift >= 1 and low is not None and ix.shift <= low
    if ix.atom is not None:
        decl = algebra.context.symbols.get(ix.atom.head)
        if decl is None or decl.label_range is None or ix.shift:
            return False
        start, stop = decl.label_range.low.constant, algebra.least_extent(high - decl.label_range.high)
        return start is not None and start >= 1 and stop is not None and stop >= 0
    known = algebra.range_of.get(ix.base)
    if known is None:
        return ix.base in algebra.context.sizes and ix.shift == 0 and high == Extent.of(ix.base)
    if known.startswith(INTEGRAL) or known not in algebra.lengths:
        return False
    gap = algebra.least_extent(high - (algebra.lengths[known] + ix.shift))
    return ix.shift >= 0 and gap is not None and gap >= 0


def fits(algebra: Algebra, name: str, ix: Ix) -> bool:
    """Whether what holds for every value of the index ``name`` holds for this reference."""
    if ix.base == name and not ix.shift:
        return True
    return name in algebra.range_of and algebra.inside(ix, algebra.range_of[name])


def least_index(algebra: Algebra, name: str) -> int | None:
    """The least value of an index, if it is known."""
    if name in algebra.range_of:
        return None if algebra.range_of[name].startswith(INTEGRAL) else 1
    declared = algebra.context.indices.get(name)
    return None if declared is None else declared.low.constant
