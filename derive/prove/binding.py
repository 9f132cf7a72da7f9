"""How names are bound: a binder opened under fresh names, and closed under names that nothing else has."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Set
from typing import TYPE_CHECKING

from derive.prove import substitution
from derive.prove.atoms import OF_A_MATRIX, Atom, Binder, Ix, Poly, bound_name, of_atom
from derive.prove.limits import Capture

if TYPE_CHECKING:
    from derive.prove.algebra import Algebra


def opened(algebra: Algebra, atom: Atom) -> tuple[Poly, list[Binder]]:
    """The body of a binding atom, with its bound names replaced by fresh variables."""
    names = atom.bound
    if atom.kind in OF_A_MATRIX:
        fresh = [algebra.fresh(atom.head) for _ in names]
        body = algebra.rename(atom.args[0], {n: Ix(f) for n, f in zip(names, fresh, strict=True)})
        return body, [(f, atom.head) for f in fresh]
    binders = [(algebra.fresh(r), r) for r in atom.ranges]
    body = algebra.rename(atom.args[0], {n: Ix(f) for n, (f, _) in zip(names, binders, strict=True)})
    return body, binders


def opened_beside(algebra: Algebra, atom: Atom, taken: Set[str]) -> tuple[Poly, list[Binder]]:
    """The same, with variables that are not among those ``taken``, which hold all that is free beside the atom. They
    are the same each time, so that what the body has been renamed to is known the next time."""
    binders: list[Binder] = []
    used = set(taken)
    for range_key in ranges(atom):
        name = unused(algebra, range_key, used)
        used.add(name)
        binders.append((name, range_key))
    body = algebra.rename(atom.args[0], {n: Ix(f) for n, (f, _) in zip(atom.bound, binders, strict=True)})
    return body, binders


def unused(algebra: Algebra, range_key: str, taken: Set[str]) -> str:
    """A variable over a range that is not among those taken: the first one, so the same where the same are taken."""
    number = 0
    while (name := f"?{number}:{range_key}") in taken:
        number += 1
    algebra.range_of[name] = range_key
    return name


def parts(algebra: Algebra, atom: Atom, keep: bool) -> tuple[Poly, list[Binder]]:
    """The body and binders of an atom, opened or under the names they have."""
    if not keep:
        return algebra.open(atom)
    return atom.args[0], list(zip(atom.bound, ranges(atom), strict=True))


def application(algebra: Algebra, head: str, ix: tuple[Ix, ...], args: tuple[Poly, ...], names: list[str]) -> Poly:
    """An unknown function of arguments; ``names`` stand for a generic entry of the vector arguments."""
    known = substitution.undone(algebra, head, ix, args, names)
    if known is not None:
        return known
    height = max((p.height for p in args), default=0) + 1
    closed = {n: Ix(bound_name(height, i)) for i, n in enumerate(names)}
    for p in args:
        check_capture(p, [ix.base for ix in closed.values()], names)
    ix = _in_order(algebra, head, ix)
    return of_atom(slotted("app", head, ix, tuple(algebra.rename(p, closed) for p in args)))


def _in_order(algebra: Algebra, head: str, ix: tuple[Ix, ...]) -> tuple[Ix, ...]:
    """The slots of a matrix C(θ), or of a derivative of it; row and column are sorted where C is symmetric for every
    θ."""
    name = head.split(";", 1)[0]
    decl = algebra.declared(name)
    if decl is None or not decl.depends or len(decl.shape) != 2 or not algebra.is_symmetric(name):
        return ix
    at = len(decl.family)
    return (*ix[:at], *sorted(ix[at : at + 2], key=lambda slot: slot.key), *ix[at + 2 :])


def ranges(atom: Atom) -> tuple[str, ...]:
    """What the bound names of a sum, product, inverse or determinant range over."""
    return atom.ranges if atom.kind == "sum" else (atom.head,) * len(atom.bound)


def check_capture(body: Poly, closed: Iterable[str], opened: Collection[str]) -> None:
    """Refuse bound names that the body already uses for something else."""
    if any(name in body.free and name not in opened for name in closed):
        raise Capture


def slotted(kind: str, head: str, ix: tuple[Ix, ...], args: tuple[Poly, ...]) -> Atom:
    """A binding atom with slots of its own, which must not have the names that it binds in its arguments."""
    atom = Atom(kind, head, ix, args)
    if any(not slot.free.isdisjoint(atom.bound) for slot in ix):
        raise Capture
    return atom
