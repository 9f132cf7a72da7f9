"""Normal forms with references renamed, atoms replaced, and parts changed at any depth."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from flint import fmpq

from derive.prove import binding, inverses, matrix_powers
from derive.prove.atoms import ZERO, Atom, Factors, Ix, Mono, Poly, accumulate, add, exponent, mono, of_atom
from derive.prove.limits import Capture, TooHard

if TYPE_CHECKING:
    from derive.prove.algebra import Algebra


def rename(algebra: Algebra, p: Poly, names: Mapping[str, Ix]) -> Poly:
    """p with free variables replaced by references."""
    if p.free.isdisjoint(names):
        return p
    pairs = tuple(names.items())
    total: dict[Mono, fmpq] = {}
    for m, c in p.terms.items():
        if m.free.isdisjoint(names):
            accumulate(total, m, c)
            continue
        key = (m, pairs if len(pairs) == 1 else tuple(pair for pair in pairs if pair[0] in m.free))
        done = algebra._renamed.get(key)
        if done is None:
            algebra.tick()
            done = algebra._renamed[key] = _rename_mono(algebra, m, names)
        for n, k in done.terms.items():
            accumulate(total, n, c * k)
    return Poly(total)


def _rename_mono(algebra: Algebra, m: Mono, names: Mapping[str, Ix]) -> Poly:
    """A monomial with free variables replaced; most atoms stay single atoms, and are put together at once."""
    factors: Factors = {}
    others: list[Poly] = []
    for atom, e in m.factors:
        if atom.kind == "ent" and algebra.has_plain_entries(atom.head):
            atom = Atom("ent", atom.head, tuple([algebra.rename_ix(ix, names) for ix in atom.ix]))
        elif not atom.free.isdisjoint(names):
            renamed = algebra.rename_atom(atom, names)
            single = renamed.single
            if single is None or single[1] != 1 or len(single[0].factors) != 1 or single[0].factors[0][1] != 1:
                others.append(algebra.power(renamed, e))
                continue
            atom = single[0].factors[0][0]
        factors[atom] = exponent(factors[atom] + e) if atom in factors else e
    if algebra.has_rules(factors):
        others.append(algebra.collect(fmpq(1), factors))
    else:
        others.append(Poly({mono(factors): fmpq(1)}))
    return algebra.mul(*others)


def rename_atom(algebra: Algebra, atom: Atom, names: Mapping[str, Ix]) -> Poly:
    """An atom with free variables replaced."""
    if atom.free.isdisjoint(names):
        return atom.args[0] if atom.kind == "pp" else of_atom(atom)
    kind = atom.kind
    if kind == "ent":
        return algebra.entry(atom.head, tuple(algebra.rename_ix(ix, names) for ix in atom.ix))
    if kind == "inv" and atom.args[0].free.isdisjoint(names):
        return inverses.moved_inverse(algebra, atom, tuple(algebra.rename_ix(ix, names) for ix in atom.ix))
    bound = atom.bound
    if not names.keys().isdisjoint(bound):  # inside they mean something else
        names = {n: ix for n, ix in names.items() if n in atom.free}
    keep = bound and all(ix.free.isdisjoint(bound) for n, ix in names.items() if n in atom.free)
    on_poly, on_ix = (lambda p: algebra.rename(p, names)), (lambda ix: algebra.rename_ix(ix, names))
    if keep:
        try:
            return algebra.map_atom(atom, on_poly, on_ix, keep=True)
        except Capture:
            pass
    return algebra.map_atom(atom, on_poly, on_ix)


def rename_ix(algebra: Algebra, ix: Ix, names: Mapping[str, Ix]) -> Ix:
    """A reference with its variable replaced."""
    if ix.free.isdisjoint(names):
        return ix
    if ix.atom is not None:
        return algebra.label(algebra.rename_atom(ix.atom, names), ix.shift)
    return names[ix.base].moved(ix.shift)


def label(algebra: Algebra, p: Poly, shift: int = 0) -> Ix:
    """A label-valued polynomial (one entry, or a whole number) as a reference."""
    constant = p.constant
    if constant is not None and constant.q == 1:
        return Ix("", int(constant.p) + shift)
    single = p.single
    if single is not None and single[1] == 1 and len(single[0].factors) == 1 and single[0].factors[0][1] == 1:
        atom = single[0].factors[0][0]
        return Ix(atom.ix[0].base, shift) if atom.kind == "ixv" else Ix("", shift, atom)
    raise TooHard("a subscript that is neither an index nor a label")


def replace(
    algebra: Algebra,
    p: Poly,
    change: Callable[[Atom], Poly | None],
    *,
    within: frozenset[str] | None = None,
    done: dict[Poly, Poly] | None = None,
) -> Poly:
    """p with every atom that ``change`` has a value for replaced, at any depth.

    What holds none of the names ``within`` (of quantities, or of functions as ``tanh()``) stays as it is; with
    ``None`` everything is renewed. ``done`` keeps results for the next call with the same change.
    """
    return _Replacing(algebra, change, within, {} if done is None else done).visit(p)


class _Replacing:
    """One change of atoms at any depth; see ``replace``."""

    __slots__ = ("algebra", "change", "done", "within")

    def __init__(
        self,
        algebra: Algebra,
        change: Callable[[Atom], Poly | None],
        within: frozenset[str] | None,
        done: dict[Poly, Poly],
    ) -> None:
        self.algebra, self.change, self.within, self.done = algebra, change, within, done

    def visit(self, q: Poly) -> Poly:
        known = self.done.get(q)
        if known is None:
            known = self.done[q] = add(*[self._monomial(m, c) for m, c in q.sorted()]) if q.terms else ZERO
        return known

    def _monomial(self, m: Mono, c: fmpq) -> Poly:
        self.algebra.tick()
        if self.within is None:
            kept, changed = [], m.factors
        elif m.heads.isdisjoint(self.within):
            return Poly({m: c})
        else:
            kept = [pair for pair in m.factors if pair[0].heads.isdisjoint(self.within)]
            changed = tuple(pair for pair in m.factors if not pair[0].heads.isdisjoint(self.within))
        value = Poly({mono(kept): c})
        for atom, e in changed:
            value = self.algebra.mul(value, self.algebra.power(self._atom(atom), e))
        return value

    def _atom(self, atom: Atom) -> Poly:
        new = self.change(atom)
        if new is not None:
            return new
        if atom.bound:
            try:
                return self.algebra.map_atom(atom, self.visit, self._reference, keep=True)
            except Capture:
                pass
        return self.algebra.map_atom(atom, self.visit, self._reference)

    def _reference(self, ix: Ix) -> Ix:
        return ix if ix.atom is None else self.algebra.label(self._atom(ix.atom), ix.shift)


def map_atom(
    algebra: Algebra, atom: Atom, on_poly: Callable[[Poly], Poly], on_ix: Callable[[Ix], Ix], *, keep: bool = False
) -> Poly:
    """An atom rebuilt with its parts changed; bound names are opened first, so nothing can be captured.

    With ``keep`` the bound names stay as they are while the parts change: the caller has seen to it that nothing
    new has these names, and ``Capture`` is raised where a rebuilt binder would take one of them.
    """
    f, g = on_poly, on_ix
    if keep and atom.kind != "app":
        algebra.range_of.update((name, key) for name, key in zip(atom.bound, binding.ranges(atom), strict=True))
    match atom.kind:
        case "ent":
            return algebra.entry(atom.head, tuple(g(ix) for ix in atom.ix))
        case "delta":
            return algebra.delta(*[g(ix) for ix in atom.ix])
        case "ixv":
            return algebra.index_value(g(atom.ix[0]))
        case "ind":
            return algebra.indicator(atom.head, f(atom.args[0]))
        case "fn":
            return algebra.fn(atom.head, *[f(p) for p in atom.args])
        case "exp":
            return algebra.exp(f(atom.args[0]))
        case "pow":
            return algebra.power_poly(f(atom.args[0]), f(atom.args[1]))
        case "pp":
            return f(atom.args[0])
        case "sum":
            body, binders = binding.parts(algebra, atom, keep)
            changed = f(body)
            return (
                add(*[algebra.sum_mono(c, dict(m.factors), binders) for m, c in changed.sorted()])
                if changed.terms
                else ZERO
            )
        case "prod":
            body, binders = binding.parts(algebra, atom, keep)
            return algebra.product_over(f(body), *binders[0])
        case "inv" | "det":
            body, binders = binding.parts(algebra, atom, keep)
            ix = tuple(g(i) for i in atom.ix)
            return algebra.matrix_atom(atom.kind, atom.head, f(body), binders[0][0], binders[1][0], ix)
        case "mpow":
            body, binders = binding.parts(algebra, atom, keep)
            ix = tuple(g(i) for i in atom.ix)
            return matrix_powers.power_atom(
                algebra, atom.head, f(body), binders[0][0], binders[1][0], f(atom.args[1]), ix
            )
        case "eigval" | "eigvec":
            body, binders = binding.parts(algebra, atom, keep)
            ix = tuple(g(i) for i in atom.ix)
            return algebra.spectral_atom(atom.kind, atom.head, f(body), binders[0][0], binders[1][0], ix)
        case "app":
            names = list(atom.bound) if keep else [algebra.fresh("") for _ in atom.bound]
            opened = {b: Ix(n) for b, n in zip(atom.bound, names, strict=True) if b != n}
            changed_args = tuple(f(algebra.rename(p, opened)) for p in atom.args)
            return algebra.application(atom.head, tuple(g(i) for i in atom.ix), changed_args, names)
        case "var":
            return of_atom(Atom("var", atom.head, tuple(g(i) for i in atom.ix)))
    return of_atom(atom)
