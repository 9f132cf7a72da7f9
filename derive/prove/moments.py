"""Expectations of polynomials under a Gaussian, by Isserlis' theorem: E[x_a r] = m_a E[r] + Σ_b S_ab E[r without b]."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from flint import fmpq

from derive.language.terms import Array, Big, Entry, Index, Num, Op, Sym, Term, subterms
from derive.prove.algebra import Algebra, TooHard
from derive.prove.atoms import ONE, ZERO, Atom, Ix, Poly, add, mono

Mean = Callable[[Ix], Poly]
Covariance = Callable[[Ix, Ix], Poly]
_SCALAR = Ix("", 1)


def gaussian_moments(
    algebra: Algebra, p: Poly, var: str, mean: Mean, covariance: Covariance, most: int | None = None
) -> Poly:
    """E[p] where the variable ``var`` is normal with this mean and covariance; p must be a polynomial in it, of the
    degree ``most`` at most where these are all that is known."""
    total = ZERO
    for m, c in p.sorted():
        outside = {a: e for a, e in m.factors if var not in a.free}
        inside = [(a, e) for a, e in m.factors if var in a.free]
        value, slots, binders = ONE, [], []
        for atom, e in inside:
            if not isinstance(e, int) or e < 1 or atom.kind not in ("var", "sum"):
                raise TooHard("a Gaussian expectation of something that is not a polynomial")
            for _ in range(e):
                body, more = (ONE, []) if atom.kind == "var" else algebra.open(atom)
                binders.extend(more)
                if atom.kind == "var":
                    slots.append(_slot(atom))
                    continue
                value, found = _pull(algebra, algebra.mul(value, body), var)
                slots.extend(found)
        if most is not None and len(slots) > most:
            raise TooHard("an expectation of a higher degree than its moments are known")
        expected = algebra.mul(value, _isserlis(algebra, tuple(slots), mean, covariance))
        for name, key in binders:
            expected = algebra.sum_over(expected, name, key)
        total = add(total, algebra.mul(Poly({mono(outside): c}), expected))
    return total


def _slot(atom: Atom) -> Ix:
    return atom.ix[1] if len(atom.ix) > 1 else _SCALAR


def _pull(algebra: Algebra, p: Poly, var: str) -> tuple[Poly, list[Ix]]:
    single = p.single
    if single is None:
        raise TooHard("a Gaussian expectation over a sum that does not open to one term")
    slots: list[Ix] = []
    rest = {}
    for atom, e in single[0].factors:
        if var not in atom.free:
            rest[atom] = e
        elif atom.kind == "var" and isinstance(e, int) and e > 0:
            slots.extend([_slot(atom)] * e)
        else:
            raise TooHard("a Gaussian expectation of something that is not a polynomial")
    return Poly({mono(rest): fmpq(single[1])}), slots


def _isserlis(algebra: Algebra, slots: tuple[Ix, ...], mean: Mean, covariance: Covariance) -> Poly:
    if not slots:
        return ONE
    first, rest = slots[0], slots[1:]
    total = algebra.mul(mean(first), _isserlis(algebra, rest, mean, covariance))
    for i, other in enumerate(rest):
        without = rest[:i] + rest[i + 1 :]
        total = add(total, algebra.mul(covariance(first, other), _isserlis(algebra, without, mean, covariance)))
    return total


def _independent(var: str, term: Term) -> Term:
    """``\\prod_j N(z_j | m_j, s_j)`` over the entries of the variable z, one density with a diagonal covariance."""
    match term:
        case Big(
            "prod", index, range_, Op("gaussian", (Entry(Sym(name, ()), (Index(entry),)), mean, spread)), None
        ) if name == var and entry == index and range_.low.constant == 1:
            lines = tuple(Array(((index, range_),), part) for part in (mean, spread))
            return Op("gaussian_diag", (Sym(var), *lines))
    return term


def gaussian_factor(var: str, density: Term | None, body: Term) -> tuple[tuple[Term, Term, bool], Term] | None:
    """The Gaussian density of ``var`` among the factors, and the rest."""
    factors = [body] if not (isinstance(body, Op) and body.name == "mul") else list(body.args)
    if density is not None:
        factors = [density, *factors]
    for n, part in enumerate(factors):
        part = _independent(var, part)
        if isinstance(part, Op) and part.name in ("gaussian", "gaussian_diag") and part.args[0] == Sym(var):
            if any(inner == Sym(var) for arg in part.args[1:] for inner in subterms(arg)):
                continue  # a mean or a spread that moves with the variable: this is no Gaussian density of it
            rest = factors[:n] + factors[n + 1 :]
            inner = Op("mul", tuple(rest)) if len(rest) > 1 else (rest[0] if rest else Num(Fraction(1)))
            return (part.args[1], part.args[2], part.name == "gaussian_diag"), inner
    return None
