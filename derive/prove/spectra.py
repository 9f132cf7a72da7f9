"""Eigenvalues λ (least first) and unit eigenvectors, the columns of V, of a symmetric matrix B given by its entries.

Σ_j B_ij V_jk = λ_k V_ik,  Σ_i V_ik V_il = δ_kl,  Σ_k V_ik V_jk = δ_ij,  Σ_k λ_kⁿ V_ik V_jk = (Bⁿ)_ij,
Σ_k λ_kⁿ = tr Bⁿ,  Π_k λ_k = det B

The eigenvectors have a meaning only where no eigenvalue is repeated: a condition of every claim that names them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flint import fmpq

from derive.prove import binding, closing, matrix_powers, signs
from derive.prove.atoms import (
    ONE,
    ZERO,
    Atom,
    Ix,
    Mono,
    Poly,
    add,
    bound_name,
    mono,
    number,
    of_atom,
    scale,
)

if TYPE_CHECKING:
    from derive.prove.algebra import Algebra, Binder, Factors

HIGHEST = 4
"""The highest power of the eigenvalues whose sum is written with the matrix."""
HALF = fmpq(1, 2)


def spectral_atom(
    algebra: Algebra, kind: str, range_key: str, body: Poly, row: str, column: str, ix: tuple[Ix, ...]
) -> Poly:
    """An eigenvalue (``eigval``), or an entry of a unit eigenvector (``eigvec``: entry, which one), of the symmetric
    part of the matrix with entries ``body`` at (row, column); λ(c B) = c λ(B) and V(c B) = V(B) for c > 0."""
    one, two = sorted((algebra.fresh(range_key), algebra.fresh(range_key)))  # a delta keeps the name that sorts first
    flipped = algebra.rename(body, {row: Ix(two), column: Ix(one)})
    body = algebra.rename(body, {row: Ix(one), column: Ix(two)})
    row, column = one, two
    if flipped != body:
        body = scale(add(body, flipped), HALF)
    outside, body = _positive_content(algebra, body, (row, column))
    height = body.height + 1
    first, second = bound_name(height, 0, range_key), bound_name(height, 1, range_key)
    for name in (first, second):
        algebra.range_of[name] = range_key
    binding.check_capture(body, (first, second), (row, column))
    matrix = algebra.rename(body, {row: Ix(first), column: Ix(second)})
    found = of_atom(binding.slotted(kind, range_key, ix, (matrix,)))
    return algebra.mul(outside, found) if kind == "eigval" else found


def _positive_content(algebra: Algebra, body: Poly, names: tuple[str, str]) -> tuple[Poly, Poly]:
    """The positive factors that all entries share, and the rest."""
    if not body.terms:
        return ONE, body
    m, c = algebra.content(body)[0].sorted()[0]
    fixed = [(a, e) for a, e in m.factors if a.free.isdisjoint(names)]
    shared = {a: e for a, e in fixed if signs.mono_sign(algebra, mono({a: e}), fmpq(1)) == "+"}
    if not shared and abs(c) == 1:
        return ONE, body
    outside = Poly({mono(shared): abs(c)})
    return outside, algebra.mul(body, algebra.power(outside, -1))


def _vectors(factors: Factors, name: str, slot: int) -> list[Atom]:
    """The eigenvector entries with this variable in one slot and nowhere else."""
    return [
        a
        for a in sorted(factors, key=lambda a: a.key)
        if a.kind == "eigvec"
        and a.ix[slot].base == name
        and not a.ix[slot].shift
        and name not in a.ix[1 - slot].free
        and name not in a.args[0].free
    ]


def contract(algebra: Algebra, coefficient: fmpq, factors: Factors, binders: list[Binder]) -> Poly | None:
    """One sum over an entry or over all eigenvectors that the equations of eigenvectors know, if there is one."""
    if not any(a.kind in ("eigvec", "fn") or _value_of(a) is not None for a in factors):
        return None
    for name, range_key in binders:
        touched = {a: e for a, e in factors.items() if name in a.free}
        known = (
            _columns(algebra, touched, name, range_key)
            or _over_all(algebra, touched, name, range_key)
            or _logarithms(algebra, touched, name, range_key)
        )
        if known is None:
            continue
        return closing.closed(algebra, known, coefficient, factors, touched, binders, name)
    return None


def _pair(factors: Factors, name: str, slot: int) -> tuple[Atom, Atom] | None:
    """Two entries of eigenvectors of one matrix that share this variable in one slot."""
    pair = _vectors(factors, name, slot)
    if sum(factors[a] for a in pair) != 2 or len({(a.head, a.args) for a in pair}) != 1:
        return None
    return (pair[0], pair[-1]) if all(factors[a] in (1, 2) for a in pair) else None


def _columns(algebra: Algebra, touched: Factors, name: str, range_key: str) -> Poly | None:
    """Σ_i V_ik V_il = δ_kl."""
    pair = _pair(touched, name, 0)
    if pair is None or set(pair) != set(touched) or range_key != pair[0].head:
        return None
    return algebra.delta(pair[0].ix[1], pair[1].ix[1])


def _over_all(algebra: Algebra, touched: Factors, name: str, range_key: str) -> Poly | None:
    """Σ_k λ_kⁿ V_ik V_jk = (Bⁿ)_ij, and Σ_k λ_kⁿ = tr Bⁿ."""
    found = {a: value for a in touched if (value := _value_of(a)) is not None}
    values = list(found.values())
    if len(values) > 1 or any(not _runs(a, name, range_key) for a in values):
        return None
    pair = _pair(touched, name, 1)
    power = _power(algebra, touched, found)
    if {*found, *(pair or ())} != set(touched) or power is None:
        return None
    if pair is not None:
        if pair[0].head != range_key or (values and values[0].args != pair[0].args):
            return None
        return _entry_of_power(algebra, pair[0], power, (pair[0].ix[0], pair[1].ix[0]))
    if not values:
        return None
    variable = algebra.fresh(range_key)
    entry = _entry_of_power(algebra, values[0], power, (Ix(variable), Ix(variable)))
    return algebra.sum_over(entry, variable, range_key)


def _logarithms(algebra: Algebra, touched: Factors, name: str, range_key: str) -> Poly | None:
    """Σ_k log λ_k = log det B: where all of them have a logarithm, B is positive definite."""
    ((atom, e), *more) = touched.items() or [(None, 0)]
    if atom is None or more or e != 1 or atom.kind != "fn" or atom.head != "log":
        return None
    single = atom.args[0].single
    value = single[0].factors[0][0] if single is not None and len(single[0].factors) == 1 else None
    if single is None or value is None or not _is_value(single) or not _runs(value, name, range_key):
        return None
    body, ((row, _), (column, _)) = algebra.open(value)
    return algebra.log(algebra.matrix_atom("det", range_key, body, row, column))


def _value_of(atom: Atom) -> Atom | None:
    """The eigenvalue that an atom is (or is a symbolic power of)."""
    if atom.kind == "eigval":
        return atom
    base = atom.args[0].single if atom.kind == "pow" else None
    return base[0].factors[0][0] if base is not None and len(base[0].factors) == 1 and _is_value(base) else None


def _is_value(base: tuple[Mono, fmpq]) -> bool:
    atom, e = base[0].factors[0]
    return base[1] == 1 and e == 1 and atom.kind == "eigval"


def _power(algebra: Algebra, touched: Factors, found: dict[Atom, Atom]) -> Poly | None:
    """The exponent of the eigenvalue, if it is a whole number: 0 if there is none."""
    if not found:
        return ZERO
    ((atom, _),) = found.items()
    e = touched[atom]
    if not isinstance(e, int):
        return None
    if atom.kind == "eigval":
        return number(e) if -1 <= e <= HIGHEST else None
    exponent = scale(atom.args[1], e)
    free = exponent.free.isdisjoint(atom.args[0].free)
    return exponent if free and signs.is_integer(algebra, exponent) else None


def _runs(atom: Atom, name: str, range_key: str) -> bool:
    """Whether an eigenvalue is the one with this number, of a matrix that does not depend on it."""
    return atom.ix[0] is Ix(name) and atom.head == range_key and name not in atom.args[0].free


def _entry_of_power(algebra: Algebra, atom: Atom, power: Poly, ix: tuple[Ix, Ix]) -> Poly:
    """An entry of Bⁿ for the matrix B of an atom."""
    if power.is_zero:
        return algebra.delta(*ix)
    body, ((one, key), (two, _)) = algebra.open(atom)
    if power == number(-1):
        return algebra.matrix_atom("inv", key, body, one, two, ix)
    return matrix_powers.power_atom(algebra, key, body, one, two, power, ix)


def image(algebra: Algebra, atom: Atom, entry: Ix) -> Poly:
    """(B V)_ik = λ_k V_ik for an entry V_jk of an eigenvector."""
    vector = binding.slotted("eigvec", atom.head, (entry, atom.ix[1]), atom.args)
    return algebra.mul(of_atom(binding.slotted("eigval", atom.head, atom.ix[1:], atom.args)), of_atom(vector))


def product_of_all(algebra: Algebra, atom: Atom, name: str, range_key: str) -> Poly | None:
    """Π_k λ_k = det B."""
    if atom.kind != "eigval" or not _runs(atom, name, range_key):
        return None
    body, ((row, _), (column, _)) = algebra.open(atom)
    return algebra.matrix_atom("det", range_key, body, row, column)


def sign(algebra: Algebra, atom: Atom) -> signs.Sign:
    """The sign of an eigenvalue: of a semidefinite matrix none is negative, of a definite one all are positive; and
    where none is repeated, only the least can be zero."""
    decl = signs.declared_matrix(algebra, atom)
    if decl is not None and "posdef" in decl.properties:
        return "+"
    if not algebra.once(("semidefinite", atom.head, atom.args), lambda: _is_semidefinite(algebra, atom)):
        return None
    number = atom.ix[0]
    return "+" if number.is_number and number.shift >= 2 and atom.args[0] in algebra.simple_spectra else "0+"


def _is_semidefinite(algebra: Algebra, atom: Atom) -> bool:
    """Whether vᵀ B v ≥ 0 for a vector v of which nothing is known."""
    from derive.prove.positivity import nonnegative  # it asks for signs in turn

    body, binders = algebra.open(atom)
    form = algebra.mul(body, *(of_atom(Atom("ent", "'v", (Ix(name),))) for name, _ in binders))
    for name, key in binders:
        form = algebra.sum_over(form, name, key)
    return nonnegative(algebra, form)


__all__ = ["contract", "image", "product_of_all", "sign", "spectral_atom"]
