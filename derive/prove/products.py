"""Products over symbolic ranges."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flint import fmpq

from derive.prove import binding, signs, spectra, sums
from derive.prove.atoms import ONE, Atom, Ix, Poly, bound_name, mono, number_of, of_atom, scale, top_and_bottom

if TYPE_CHECKING:
    from derive.prove.algebra import Algebra


def product_over(algebra: Algebra, p: Poly, var: str, range_key: str) -> Poly:
    """Π of p over a variable in ``1..range``."""
    size = algebra.length(range_key)
    if var not in p.free:
        return algebra.power_poly(p, size)
    single = p.single
    if single is None:
        content, rest = algebra.content(p, whole=True)
        if signs.sign(algebra, rest) in ("-", "0-"):
            content, rest = scale(content, -1), scale(rest, -1)
        if content != ONE:
            return algebra.mul(
                algebra.product_over(content, var, range_key), algebra.product_over(rest, var, range_key)
            )
        return of_atom(_prod_atom(algebra, p, var, range_key))
    m, c = single
    total = algebra.power_poly(number_of(c), size)
    for atom, e in m.factors:
        if var not in atom.free:
            total = algebra.mul(total, algebra.power_poly(of_atom(atom, e), size))
        elif atom.kind == "exp":
            inner = sums.sum_over_length(algebra, scale(atom.args[0], fmpq(*top_and_bottom(e))), var, range_key)
            total = algebra.mul(total, algebra.exp(inner))
        elif atom.kind == "pow" and var not in atom.args[0].free and signs.sign(algebra, atom.args[0]) == "+":
            raised = sums.sum_over_length(algebra, scale(atom.args[1], fmpq(*top_and_bottom(e))), var, range_key)
            total = algebra.mul(total, algebra.power_poly(atom.args[0], raised))
        elif atom.kind == "pow" and (picked := _picked(algebra, atom, var, range_key)) is not None:
            total = algebra.mul(total, algebra.power(picked, e))
        elif (whole := spectra.product_of_all(algebra, atom, var, range_key)) is not None and isinstance(e, int):
            total = algebra.mul(total, algebra.power(whole, e))
        elif isinstance(e, int) or signs.atom_sign(algebra, atom) == "+":
            body = atom.args[0] if atom.kind == "pp" else of_atom(atom)
            total = algebra.mul(total, of_atom(_prod_atom(algebra, body, var, range_key), e))
        else:
            total = algebra.mul(total, of_atom(_prod_atom(algebra, of_atom(atom, e), var, range_key)))
    return total


def _picked(algebra: Algebra, atom: Atom, var: str, range_key: str) -> Poly | None:
    """Π_k f_k^(e [k = c]) = f_c^e: all other factors are 1."""
    base, exponents = atom.args
    single = exponents.single
    if single is None:
        return None
    for delta, _ in single[0].factors:
        if delta.kind != "delta":
            continue
        for one, other in (delta.ix, delta.ix[::-1]):
            if one.base != var or one.atom is not None or var in other.free:
                continue
            target = other.moved(-one.shift)
            if sums.lies_within(algebra, target, range_key) != ONE:
                continue
            rest = Poly({mono({a: x for a, x in single[0].factors if a is not delta}): single[1]})
            return algebra.power_poly(algebra.rename(base, {var: target}), algebra.rename(rest, {var: target}))
    return None


def _prod_atom(algebra: Algebra, body: Poly, var: str, range_key: str) -> Atom:
    closed = bound_name(body.height + 1, 0, range_key)
    binding.check_capture(body, (closed,), (var,))
    algebra.range_of[closed] = range_key
    return Atom("prod", range_key, args=(algebra.rename(body, {var: Ix(closed)}),))
