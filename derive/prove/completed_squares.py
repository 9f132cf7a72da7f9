"""Completed squares, of numbers and of vectors: what is left of a quadratic when its square is taken off.

a x² + b x + c = a (x + b / 2a)² + (4 a c - b²) / 4a                                            a > 0
xᵀ P x + bᵀ x + c = (x + P⁻¹ b / 2)ᵀ P (x + P⁻¹ b / 2) + c - bᵀ P⁻¹ b / 4                       P positive definite
"""

from __future__ import annotations

from collections.abc import Iterator

from flint import fmpq

from derive.prove import signs
from derive.prove.algebra import INTEGRAL, Algebra
from derive.prove.atoms import ONE, ZERO, Atom, Ix, Poly, add, heads, mono, of_atom, scale
from derive.prove.differentiate import Target, differentiate

MOST_TERMS = 24
"""A longer normal form is left alone."""


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


def completed_forms(algebra: Algebra, p: Poly) -> Iterator[Poly]:
    """p - (x + P⁻¹ b / 2)ᵀ P (x + P⁻¹ b / 2) for p = xᵀ P x + bᵀ x + c."""
    for m, k in p.sorted():
        for atom, e in m.factors:
            if atom.kind != "sum" or e != 1:
                continue
            weight = Poly({mono({a: x for a, x in m.factors if a is not atom}): k})
            if signs.sign(algebra, weight) != "+":
                continue
            rest = Poly({n: c for n, c in p.terms.items() if n is not m})
            for vector, inverse, key in kernels(algebra, atom):
                done = _without_form(algebra, rest, weight, vector, inverse, key)
                if done is not None:
                    yield done


def kernels(algebra: Algebra, atom: Atom) -> Iterator[tuple[Atom, Poly, str]]:
    """For a sum xᵀ P x: the entry x at a row, the entry of P⁻¹ at that row and a column, and the range (see
    ``places``)."""
    body, binders = algebra.open(atom)
    single = body.single
    if single is None or single[1] != 1 or len({key for _, key in binders}) != 1 or len(binders) > 2:
        return
    key = binders[0][1]
    if key.startswith(INTEGRAL):
        return
    row, column = places(algebra, key)
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


def places(algebra: Algebra, key: str) -> tuple[str, str]:
    """A row and a column over a range, always the same ones."""
    row, column = f"'row:{key}", f"'column:{key}"
    algebra.range_of[row] = algebra.range_of[column] = key
    return row, column


def _inverse_of(algebra: Algebra, kernel: Atom, key: str) -> Poly | None:
    """P⁻¹ at a row and a column for an entry of a positive definite matrix or of the inverse of one."""
    row, column = places(algebra, key)
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
    row, column = places(algebra, key)
    linear = algebra.sum_over(algebra.mul(slope, of_atom(vector)), row, key)
    if linear != moving:
        return None
    form = algebra.mul(slope, inverse, algebra.rename(slope, {row: Ix(column)}))
    form = algebra.sum_over(algebra.sum_over(form, row, key), column, key)
    return add(constant, scale(algebra.mul(form, algebra.power(weight, -1)), fmpq(-1, 4)))
