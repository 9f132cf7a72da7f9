"""Change of variables: integrals with the Jacobian of a bijection, and functions against their inverses.

∫ h(r(z)) |det r'(z)| dz = ∫ h(u) du for a smooth bijection r; r(g(e)) = e for its inverse g; and by the inverse
function theorem det r'(g(e)) = 1 / det g'(e).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from flint import fmpq

from derive.language.context import FunctionDecl
from derive.prove.atoms import ONE, Atom, Ix, Poly, mono, of_atom

if TYPE_CHECKING:
    from derive.prove.algebra import Algebra, Binder, Factors


def bijection(algebra: Algebra, atom: Atom) -> FunctionDecl | None:
    """The declaration of the smooth bijection that an atom applies, if it is one (and not a family of them)."""
    if atom.kind != "app":
        return None
    decl = algebra.context.functions.get(atom.head.split(";", 1)[0])
    return decl if decl is not None and "bijective" in decl.properties and not decl.family else None


def undone(algebra: Algebra, head: str, ix: tuple[Ix, ...], args: Sequence[Poly], names: Sequence[str]) -> Poly | None:
    """g(r(x, …), …) = x, and g'(r(x, …), …) = 1 / r'(x, …) for functions of a number; ``names`` are the generic
    slots."""
    name, orders, _ = head.split(";", 2)
    decl = algebra.context.functions.get(name)
    if decl is None or not decl.inverse or decl.family or not args:
        return None
    inner = _inner(algebra, decl, args, names)
    if inner is None:
        return None
    point = _opened(algebra, inner.args[0], inner, names)
    if orders == "":
        return algebra.rename(point, dict(zip(names, ix, strict=False)))
    if orders == "0" and not ix:
        _, _, inner_spec = inner.head.split(";", 2)
        rest = [_opened(algebra, p, inner, names) for p in inner.args]
        slope = algebra.application(f"{decl.inverse};0;{inner_spec}", (), tuple(rest), list(names))
        return algebra.power(slope, -1)
    return None


def _inner(algebra: Algebra, decl: FunctionDecl, args: Sequence[Poly], names: Sequence[str]) -> Atom | None:
    """The inverse of ``decl`` as its first argument, with the same further arguments."""
    single = args[0].single
    if single is None or single[1] != 1 or len(single[0].factors) != 1 or single[0].factors[0][1] != 1:
        return None
    inner = single[0].factors[0][0]
    if inner.kind != "app" or not inner.head.startswith(f"{decl.inverse};;"):
        return None
    if inner.ix != tuple(Ix(n) for n in names[: len(inner.ix)]):
        return None
    if [_opened(algebra, p, inner, names) for p in inner.args[1:]] != list(args[1:]):
        return None
    return inner


def _opened(algebra: Algebra, p: Poly, atom: Atom, names: Sequence[str]) -> Poly:
    """An argument of an application with its generic slots under these names."""
    return algebra.rename(p, {b: Ix(n) for b, n in zip(atom.bound, names, strict=False)})


def jacobian_of_inverse(algebra: Algebra, range_key: str, body: Poly, row: str, column: str) -> Poly | None:
    """det r'(g(e, …), …) as 1 / det g'(e, …), where g is the inverse of r."""
    atom = _jacobian(algebra, body, row, column)
    if atom is None:
        return None
    decl = bijection(algebra, atom)
    names = [algebra.fresh(range_key) for _ in atom.bound]
    if decl is None or not decl.inverse:
        return None
    args = [algebra.rename(p, {b: Ix(n) for b, n in zip(atom.bound, names, strict=True)}) for p in atom.args]
    inner = _inner(algebra, decl, args, names)
    if inner is None:
        return None
    first, second = algebra.fresh(range_key), algebra.fresh(range_key)
    _, _, spec = inner.head.split(";", 2)
    rest = tuple(algebra.rename(p, {b: Ix(n) for b, n in zip(inner.bound, names, strict=False)}) for p in inner.args)
    slope = algebra.application(f"{decl.inverse};0;{spec}", (Ix(first), Ix(second)), rest, names)
    return algebra.power(algebra.matrix_atom("det", range_key, slope, first, second), -1)


def _jacobian(algebra: Algebra, body: Poly, row: str, column: str) -> Atom | None:
    """The application whose derivative in its first argument has the entries ``body``."""
    single = body.single
    if single is None or single[1] != 1 or len(single[0].factors) != 1 or single[0].factors[0][1] != 1:
        return None
    atom = single[0].factors[0][0]
    if bijection(algebra, atom) is None or atom.head.split(";")[1] != "0":
        return None
    slots = (Ix(row), Ix(column))
    return atom if atom.ix in (slots, slots[::-1]) else None


def is_jacobian(algebra: Algebra, p: Poly) -> Atom | None:
    """The bijection whose Jacobian determinant (or slope) this is: it is never zero."""
    single = p.single
    if single is None or len(single[0].factors) != 1 or abs(single[1]) != 1:
        return None
    atom = single[0].factors[0][0]
    if atom.kind == "det":
        body, binders = algebra.open(atom)
        return _jacobian(algebra, body, binders[0][0], binders[1][0])
    if bijection(algebra, atom) is not None and atom.head.split(";")[1] == "0" and not atom.ix:
        return atom
    return None


def substitute(algebra: Algebra, coefficient: fmpq, factors: Factors, binders: list[Binder]) -> Poly | None:
    """∫ … |det r'(z)| dz with u = r(z) as the new variable; what else holds z is written through r's inverse."""
    for name, range_key in binders:
        for factor in sorted(factors, key=lambda a: a.key):
            if factor.kind != "fn" or factor.head != "abs" or factors[factor] != 1 or name not in factor.free:
                continue
            jacobian = is_jacobian(algebra, factor.args[0])
            if jacobian is None or not _is_variable(jacobian.args[0], name, jacobian.bound):
                continue
            if any(name in p.free for p in jacobian.args[1:]):
                continue
            rest = Poly({mono({a: e for a, e in factors.items() if a is not factor}): coefficient})
            moved = _moved(algebra, rest, jacobian, name, range_key)
            if moved is None:
                continue
            body, new = moved
            for other, key in [(new, range_key), *((o, k) for o, k in binders if o != name)]:
                body = algebra.sum_over(body, other, key)
            return body
    return None


def _is_variable(p: Poly, name: str, bound: tuple[str, ...]) -> bool:
    single = p.single
    if single is None or single[1] != 1 or len(single[0].factors) != 1 or single[0].factors[0][1] != 1:
        return False
    atom = single[0].factors[0][0]
    return atom.kind == "var" and atom.ix == (Ix(name), *(Ix(b) for b in bound[: len(atom.ix) - 1]))


def _moved(algebra: Algebra, p: Poly, jacobian: Atom, name: str, range_key: str) -> tuple[Poly, str] | None:
    """p with r(z, …) as a new variable, and that variable; None where z is left and r has no declared inverse."""
    function, _, spec = jacobian.head.split(";", 2)
    inverse = algebra.context.functions[function].inverse
    new = algebra.fresh(range_key)
    left = [False]

    def change(atom: Atom) -> Poly | None:
        if atom.kind == "app" and atom.head == f"{function};;{spec}" and atom.args == jacobian.args:
            return of_atom(Atom("var", "", (Ix(new), *atom.ix)))
        if atom.kind != "var" or atom.ix[0].base != name:
            return None
        if not inverse:
            left[0] = True
            return ONE
        names = [algebra.fresh("") for _ in jacobian.bound]
        generic = of_atom(Atom("var", "", (Ix(new), *(Ix(n) for n in names[: len(atom.ix) - 1]))))
        rest = [
            algebra.rename(q, {b: Ix(n) for b, n in zip(jacobian.bound, names, strict=True)}) for q in jacobian.args[1:]
        ]
        return algebra.application(f"{inverse};;{spec}", atom.ix[1:], (generic, *rest), names)

    done = algebra.replace(p, change)
    return None if left[0] else (done, new)
