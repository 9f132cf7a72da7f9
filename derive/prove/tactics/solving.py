"""A hypothesis solved for a quantity: for all its entries, at one place, or by the inverse of a matrix."""

from __future__ import annotations

from dataclasses import dataclass

from flint import fmpq

from derive.prove import signs
from derive.prove.algebra import Algebra
from derive.prove.atoms import ZERO, Atom, Ix, Mono, Poly, add, heads, mono, of_atom, scale
from derive.prove.positivity import nonnegative
from derive.prove.zero import clear, is_zero


@dataclass(frozen=True)
class Solved:
    """``atom = value``, for every reference in place of the atom's slots."""

    atom: Atom
    value: Poly
    divisor: Poly
    fixed: frozenset[str]


def solved(algebra: Algebra, hypothesis: Poly, name: str, fixed: frozenset[str]) -> Solved | None:
    """The hypothesis solved for the entries of ``name``, if it is linear in one of them with a divisor that is not
    zero."""
    atoms = [a for a in hypothesis.atoms() if a.kind == "ent" and a.head == name]
    if len(atoms) == 1 and is_pattern(atoms[0]):
        atom = atoms[0]
        lowest = min((e for m in hypothesis.terms for a, e in m.factors if a is atom), default=0)
        if any(a is atom for m in hypothesis.terms for a, _ in m.factors) and lowest < 0:
            hypothesis = algebra.mul(hypothesis, algebra.power(of_atom(atom), -lowest))
        top, rest = ZERO, ZERO
        for m, c in hypothesis.sorted():
            e = dict(m.factors).get(atom, 0)
            if e == 0:
                rest = add(rest, Poly({m: c}))
            elif e == 1:
                top = add(top, Poly({mono({a: x for a, x in m.factors if a is not atom}): c}))
            else:
                return None
        if name in heads(top) or name in heads(rest) or is_zero(algebra, top) or not is_nonzero(algebra, top):
            return None
        return Solved(atom, scale(algebra.mul(rest, algebra.power(top, -1)), -1), top, fixed)
    return _solved_matrix(algebra, hypothesis, name, fixed)


def unrollable(hypothesis: Poly) -> list[Atom]:
    """The entries that a recurrence can be solved for, at the place where they stand: there are several of one
    quantity, or one that is not at a plain index."""
    found: dict[str, list[Atom]] = {}
    for atom in hypothesis.atoms():
        if atom.kind == "ent":
            found.setdefault(atom.head, []).append(atom)
    inside = {
        name for m in hypothesis.terms for atom, _ in m.factors if atom.kind != "ent" for name in heads(of_atom(atom))
    }
    return [
        atom
        for name, atoms in found.items()
        for atom in atoms
        if len(atoms) > 1 or name in inside or not is_pattern(atom)
    ]


def solved_at(algebra: Algebra, hypothesis: Poly, key: str, fixed: frozenset[str]) -> Solved | None:
    """The hypothesis solved for one entry, at the place where it stands (and for all of a vector or matrix, and for
    every value of an index that is shifted nowhere)."""
    atom = next((a for a in hypothesis.atoms() if a.kind == "ent" and a.key == key), None)
    if atom is None or not all(dict(m.factors).get(atom, 0) in (0, 1) for m in hypothesis.terms):
        return None
    slots = generic_slots(hypothesis, atom, fixed)
    if len(slots) != len(set(slots)) or any(ix.shift for ix in atom.ix if ix.base.startswith("'")):
        return None
    top = Poly(
        {
            mono({a: e for a, e in m.factors if a is not atom}): c
            for m, c in hypothesis.terms.items()
            if atom in dict(m.factors)
        }
    )
    rest = Poly({m: c for m, c in hypothesis.terms.items() if atom not in dict(m.factors)})
    if _holds(top, atom) or _holds(rest, atom) or not is_nonzero(algebra, top):
        return None
    here = frozenset(ix.base for ix in atom.ix) - frozenset(slots)
    return Solved(atom, scale(algebra.mul(rest, algebra.power(top, -1)), -1), top, fixed | here)


def generic_slots(hypothesis: Poly, atom: Atom, fixed: frozenset[str]) -> list[str]:
    """The slots of an entry that stand for all values: those of a vector or matrix, and each index of a hypothesis
    about every value of it, where it is shifted nowhere and stands in one slot."""
    bases = [ix.base for ix in atom.ix]
    shifted = _shifted(hypothesis)
    return [
        base
        for base in bases
        if base.startswith("'") or (base and base not in fixed | shifted and bases.count(base) == 1)
    ]


def _shifted(p: Poly) -> set[str]:
    """The indices that stand in a subscript plus or minus something, or in one that is no index."""
    found: set[str] = set()
    stack = [p]
    while stack:
        for m in stack.pop().terms:
            for atom, _ in m.factors:
                for ix in atom.ix:
                    found |= ix.free if ix.atom is not None else {ix.base} if ix.shift else set()
                stack.extend(atom.args)
    return found


def _holds(p: Poly, atom: Atom) -> bool:
    """Whether an atom stands anywhere in a normal form."""
    stack = [p]
    while stack:
        for m in stack.pop().terms:
            for found, _ in m.factors:
                if found is atom:
                    return True
                stack.extend(found.args)
    return False


def is_nonzero(algebra: Algebra, p: Poly) -> bool:
    """Whether a divisor is surely not zero; other divisors would need a case of their own."""
    if signs.is_nonzero(algebra, p):
        return True
    content, rest = algebra.content(p)
    parts = [*((of_atom(a), e) for a, e in content.sorted()[0][0].factors), (rest, 1)]
    return all(signs.is_nonzero(algebra, q) for q, _ in parts)


def _solved_matrix(algebra: Algebra, hypothesis: Poly, name: str, fixed: frozenset[str]) -> Solved | None:
    """Σ_j M_ij x_j = b_i as x_j = Σ_i (M^-1)_ji b_i."""
    decl = algebra.declared(name)
    if decl is None:
        return None
    matrix, rest = ZERO, ZERO
    column: str | None = None
    found: Atom | None = None
    single_terms: list[tuple[Mono, fmpq]] = []
    for m, c in hypothesis.sorted():
        inside = [a for a, e in m.factors if a.kind == "sum" and name in heads(of_atom(a))]
        if not inside:
            if name in heads(Poly({m: c})):
                single_terms.append((m, c))
            else:
                rest = add(rest, Poly({m: c}))
            continue
        if len(inside) != 1 or dict(m.factors)[inside[0]] != 1:
            return None
        body, binders = algebra.open(inside[0])
        single = body.single
        entries = [a for a, e in single[0].factors if a.kind == "ent" and a.head == name] if single else []
        if single is None or len(entries) != 1 or dict(single[0].factors)[entries[0]] != 1:
            return None
        entry = entries[0]
        last = entry.ix[-1]
        ranges = dict(binders)
        if last.base not in ranges or last.shift:
            return None
        if column is None:
            column = algebra.fresh(ranges[last.base])
            found = Atom("ent", name, (*entry.ix[:-1], Ix(column)))
        others = {a: e for a, e in single[0].factors if a is not entry}
        part = algebra.rename(Poly({mono(others): single[1]}), {last.base: Ix(column)})
        for other, key in binders:
            if other != last.base:
                part = algebra.sum_over(part, other, key)
        outside = Poly({mono({a: e for a, e in m.factors if a is not inside[0]}): c})
        matrix = add(matrix, algebra.mul(outside, part))
        if found is None or Atom("ent", name, (*entry.ix[:-1], Ix(column))) is not found:
            return None
    if column is None or found is None or name in heads(matrix):
        return None
    key = algebra.range_of[column]
    for m, c in single_terms:  # c x_i is Σ_j c δ_ij x_j
        entries = [a for a, e in m.factors if a.kind == "ent" and a.head == name and e == 1]
        if len(entries) != 1 or entries[0].ix[:-1] != found.ix[:-1] or not _runs_over(algebra, entries[0].ix[-1], key):
            return None
        outside = Poly({mono({a: e for a, e in m.factors if a is not entries[0]}): c})
        matrix = add(matrix, algebra.mul(outside, algebra.delta(entries[0].ix[-1], Ix(column))))
    if name in heads(matrix):
        return None
    rows = sorted(n for n in matrix.free if n != column and algebra.range_of.get(n) == key and n.startswith("'"))
    if len(rows) != 1:
        return None
    row = rows[0]
    if not _invertible(algebra, key, matrix, row, column):
        return None
    inverse = algebra.matrix_atom("inv", key, matrix, row, column, (Ix(column), Ix(row)))
    value = scale(algebra.sum_over(algebra.mul(inverse, rest), row, key), -1)
    return Solved(found, value, matrix, fixed)


def _runs_over(algebra: Algebra, ix: Ix, key: str) -> bool:
    """Whether a reference is a plain variable over this range."""
    return not ix.shift and algebra.range_of.get(ix.base) == key


def _invertible(algebra: Algebra, key: str, matrix: Poly, row: str, column: str) -> bool:
    """Whether a matrix is known to have an inverse: by its declaration, or because the statement itself takes it."""
    for m in (matrix, scale(matrix, -1)):
        if is_nonzero(algebra, algebra.matrix_atom("det", key, m, row, column)):
            return True
        inverse = algebra.matrix_atom("inv", key, m, row, column, (Ix(row), Ix(column))).single
        atom = inverse[0].factors[0][0] if inverse is not None and len(inverse[0].factors) == 1 else None
        inner = atom.args[0].single if atom is not None and atom.kind == "inv" else None
        entry = inner[0].factors[0][0] if inner is not None and len(inner[0].factors) == 1 else None
        decl = algebra.declared(entry.head) if entry is not None and entry.kind == "ent" else None
        if decl is not None and decl.properties & {"posdef", "invertible", "orthogonal"}:
            return True
        if _is_definite(algebra, key, m, row, column):
            return True
    return False


def _is_definite(algebra: Algebra, key: str, matrix: Poly, row: str, column: str) -> bool:
    """Whether vᵀ M v > 0 for every v that is not zero: a positive diagonal, and a rest that is semidefinite."""
    same = algebra.delta(Ix(row), Ix(column)).single
    delta = same[0].factors[0][0] if same is not None and same[0].factors else None
    diagonal = Poly({m: c for m, c in matrix.terms.items() if any(a is delta for a, _ in m.factors)})
    if (
        diagonal.is_zero
        or signs.sign(
            algebra, Poly({mono({a: e for a, e in m.factors if a is not delta}): c for m, c in diagonal.terms.items()})
        )
        != "+"
    ):
        return False
    one, two = (of_atom(Atom("ent", "'v", (Ix(n),))) for n in (row, column))
    form = algebra.mul(add(matrix, scale(diagonal, -1)), one, two)
    for name in (row, column):
        form = algebra.sum_over(form, name, key)
    return nonnegative(algebra, form)


def is_pattern(atom: Atom) -> bool:
    """Whether its slots are different plain variables (or numbers), so that it stands for the whole family."""
    names = [ix.base for ix in atom.ix if ix.base]
    return (
        len(names) == len(set(names))
        and all(not ix.shift or ix.is_number for ix in atom.ix)
        and all(ix.atom is None for ix in atom.ix)
    )


def substituted(algebra: Algebra, p: Poly, rule: Solved) -> Poly:
    """p with the solved entries replaced, where there are any; worked out once."""
    return algebra.once(("substituted", p, rule), lambda: _replaced(algebra, p, rule))


def _replaced(algebra: Algebra, p: Poly, rule: Solved) -> Poly:
    variables = frozenset(ix.base for ix in rule.atom.ix if ix.base) - rule.fixed

    def change(atom: Atom) -> Poly | None:
        if atom.kind != "ent" or atom.head != rule.atom.head:
            return None
        found: dict[str, Ix] = {}
        for wanted, ix in zip(rule.atom.ix, atom.ix, strict=True):
            if wanted.base in variables and algebra.fits(wanted.base, ix):
                found[wanted.base] = ix
            elif wanted is not ix:
                return None
        return algebra.rename(rule.value, found)

    return clear(algebra, algebra.replace(p, change, within=frozenset((rule.atom.head,))))
