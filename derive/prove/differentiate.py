"""Differentiation on the normal form: one row for each kind of atom, the chain and product rules once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from flint import fmpq

from derive.prove.algebra import Algebra, TooHard
from derive.prove.atoms import ONE, ZERO, Atom, Ix, Mono, Poly, add, exponent, mono, number, of_atom, scale

DERIVATIVE: dict[str, Callable[[Algebra, Poly], Poly]] = {
    "log": lambda a, u: a.power(u, -1),
    "tanh": lambda a, u: add(ONE, scale(a.power(a.fn("tanh", u), 2), -1)),
    "logistic": lambda a, u: add(a.fn("logistic", u), scale(a.power(a.fn("logistic", u), 2), -1)),
    "sin": lambda a, u: a.fn("cos", u),
    "cos": lambda a, u: scale(a.fn("sin", u), -1),
    "abs": lambda a, u: a.mul(u, a.power(a.absolute(u), -1)),
}
"""f'(u) for each function of one argument."""


@dataclass(frozen=True)
class Target:
    """The entry one differentiates in: an atom ``kind`` (ent or var) with this name and these slots."""

    kind: str
    name: str
    ix: tuple[Ix, ...]


Through = Callable[[Atom, Target], Poly]
"""The derivative of an entry that is neither the target nor a number."""


def differentiate(algebra: Algebra, p: Poly, target: Target, through: Through | None = None) -> Poly:
    """The partial derivative of a normal form in one entry.

    A product Π_i f_i is differentiated as Σ_i f_i' Π_j f_j / f_i, which asks for non-zero factors. ``through`` knows
    the derivative of entries that stand for definitions which are not unfolded.
    """
    total = ZERO
    for m, c in p.sorted():
        for atom, e in m.factors:
            inner = _atom(algebra, atom, target, through)
            if inner.is_zero:
                continue
            rest = {a: x for a, x in m.factors if a is not atom}
            outside = Poly({mono(rest): c * fmpq(e.numerator, e.denominator)})
            if atom.kind in ("exp", "pow"):
                lowered = of_atom(atom, e)
            else:
                lowered = algebra.collect(fmpq(1), {atom: exponent(e - 1)}) if e != 1 else ONE
            total = add(total, algebra.mul(outside, lowered, inner))
    return total


def logarithmic(algebra: Algebra, m: Mono, target: Target, through: Through | None = None) -> Poly:
    """The derivative of a product divided by the product: Σ e f' / f over its factors f^e."""
    total = ZERO
    for atom, e in m.factors:
        inner = _atom(algebra, atom, target, through)
        if inner.is_zero:
            continue
        if atom.kind not in ("exp", "pow"):
            inner = algebra.mul(inner, algebra.power(atom.args[0] if atom.kind == "pp" else of_atom(atom), -1))
        total = add(total, scale(inner, fmpq(e.numerator, e.denominator)))
    return total


def _atom(algebra: Algebra, atom: Atom, target: Target, through: Through | None) -> Poly:
    """d atom; for exp and pow, the logarithmic derivative (the caller keeps the factor)."""

    def d(p: Poly) -> Poly:
        return differentiate(algebra, p, target, through)

    match atom.kind:
        case "ent":
            if target.kind != "ent" or atom.head != target.name or len(atom.ix) != len(target.ix):
                return ZERO if through is None else through(atom, target)
            return algebra.mul(*(algebra.delta(a, b) for a, b in zip(atom.ix, target.ix, strict=True)))
        case "var":
            if target.kind != "var" or atom.ix[0] is not target.ix[0]:
                return ZERO
            return algebra.mul(*(algebra.delta(a, b) for a, b in zip(atom.ix[1:], target.ix[1:], strict=True)))
        case "fn":
            inner = d(atom.args[0])
            return ZERO if inner.is_zero else algebra.mul(DERIVATIVE[atom.head](algebra, atom.args[0]), inner)
        case "exp" | "pp":
            return d(atom.args[0])
        case "pow":
            base, e = atom.args
            grown = d(e)
            total = ZERO if grown.is_zero else algebra.mul(algebra.log(base), grown)
            inner = d(base)
            return total if inner.is_zero else add(total, algebra.mul(e, algebra.power(base, -1), inner))
        case "sum":
            body, binders = algebra.open(atom)
            total = d(body)
            for name, range_key in binders:
                total = algebra.sum_over(total, name, range_key)
            return total
        case "prod":
            body, binders = algebra.open(atom)
            inner = algebra.mul(d(body), algebra.power(body, -1))
            return algebra.mul(algebra.sum_over(inner, *binders[0]), of_atom(atom))
        case "inv" | "det":
            return _matrix(algebra, atom, d)
        case "eigval" | "eigvec":
            if d(algebra.open(atom)[0]).is_zero:
                return ZERO
            raise TooHard("the derivative of an eigenvalue or eigenvector")
        case "mpow":
            if d(algebra.open(atom)[0]).is_zero and d(atom.args[1]).is_zero:
                return ZERO
            raise TooHard("the derivative of a matrix to a symbolic power")
        case "app":
            return _application(algebra, atom, d)
    return ZERO


def _matrix(algebra: Algebra, atom: Atom, d: Callable[[Poly], Poly]) -> Poly:
    """d M^-1 = -M^-1 dM M^-1 and d det M = det M tr(M^-1 dM)."""
    body, binders = algebra.open(atom)
    inner = d(body)
    if inner.is_zero:
        return ZERO
    (row, key), (column, _) = binders
    matrix, _ = body, None

    def inverse(a: Ix, b: Ix) -> Poly:
        one, two = algebra.fresh(key), algebra.fresh(key)
        renamed = algebra.rename(matrix, {row: Ix(one), column: Ix(two)})
        return algebra.matrix_atom("inv", key, renamed, one, two, (a, b))

    if atom.kind == "det":
        total = algebra.mul(of_atom(atom), inner, inverse(Ix(column), Ix(row)))
    else:
        total = scale(algebra.mul(inverse(atom.ix[0], Ix(row)), inner, inverse(Ix(column), atom.ix[1])), -1)
    for name in (row, column):
        total = algebra.sum_over(total, name, key)
    return total


def _application(algebra: Algebra, atom: Atom, d: Callable[[Poly], Poly]) -> Poly:
    """The chain rule for an unknown function: Σ over the entries of each argument."""
    name, orders, spec = atom.head.split(";", 2)
    if name.startswith("!"):
        if all(d(p).is_zero for p in atom.args):
            return ZERO
        raise TooHard(f"the derivative of {name[1:]} in one of its parameters")
    total = ZERO
    specs = spec.split("/") if atom.args else []  # a family of unknown constants has no arguments
    for place, (arg, keys) in enumerate(zip(atom.args, specs, strict=True)):
        ranges = keys.split(",") if keys else []
        fresh = [algebra.fresh(key) for key in ranges]
        opened = algebra.rename(arg, {b: Ix(n) for b, n in zip(atom.bound, fresh, strict=False)})
        inner = d(opened)
        if inner.is_zero:
            continue
        done = [int(x) for x in orders.split(",")] if orders else []
        ranks = [len(k.split(",")) if k else 0 for k in spec.split("/")]
        slots = list(atom.ix)
        tail: list[tuple[int, tuple[Ix, ...]]] = []
        start = len(slots) - sum(ranks[i] for i in done)
        position = start
        for i in done:
            tail.append((i, tuple(slots[position : position + ranks[i]])))
            position += ranks[i]
        tail.append((place, tuple(map(Ix, fresh))))
        tail.sort(key=lambda pair: (pair[0], tuple(ix.key for ix in pair[1])))
        head = f"{name};{','.join(str(i) for i, _ in tail)};{spec}"
        ix = (*slots[:start], *(i for _, group in tail for i in group))
        names = [algebra.fresh("") for _ in atom.bound]
        args = tuple(algebra.rename(p, {b: Ix(n) for b, n in zip(atom.bound, names, strict=True)}) for p in atom.args)
        part = algebra.mul(algebra.application(head, ix, args, names), inner)
        for variable, key in zip(fresh, ranges, strict=True):
            part = algebra.sum_over(part, variable, key)
        total = add(total, part)
    return total


__all__ = ["DERIVATIVE", "Target", "differentiate", "number"]
