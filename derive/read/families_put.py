"""Quantities of families at others: ``V(D^*)`` where ``V(D) := \\sum_i p_i D_i`` is made of numbers D_i."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derive.language.context import Context, SymbolDecl
from derive.language.dependencies import depends_on, mentioned
from derive.language.extents import Shape
from derive.language.terms import Array, At, Deriv, Expect, Index, Integral, Sym, Term, bound_names, rebuild, subterms
from derive.read import calculus
from derive.read import syntax as s
from derive.read.errors import ReadError
from derive.read.fitting import Typed
from derive.read.names import Form
from derive.read.notation import place_of

if TYPE_CHECKING:
    from derive.read.resolver import Resolver


def at_members(r: Resolver, form: Form, group: s.Group, node: s.Node) -> Typed | None:
    """The value of what is written ``V(D)``, and made of the members of a family D, at as many other numbers; None if
    it is not written of a family, or not at as many numbers. Where it is not made of them directly, ``ReadError``."""
    decl = r.context.symbols.get(form.name)
    if decl is None or decl.definition is None or decl.family or decl.shape or form.indices:
        return None
    own, given = form.group.items, group.items
    if len(own) != len(given) or form.group.seps != group.seps:
        return None
    body = decl.definition.body
    changed: dict[str, Term] = {}
    for letter, item in zip(own, given, strict=True):
        if s.key(letter) == s.key(item):
            continue
        family = r.context.symbols.get(s.key(letter)) if isinstance(letter, s.Name) else None
        if family is None or _lengths(family) is None:
            return None
        value = r.expression(item)
        if r.fitting.settle(value.shape) != _lengths(family):
            return None
        changed[family.name] = value.term
    if not changed:
        return None
    if not _can_be_put(body, changed, r.context):
        named = ", ".join(changed)
        raise ReadError(f"expected {form.name} to be made of {named} directly", place_of(node), "write it out")
    return Typed(_with_members(body, changed), ())


def _lengths(family: SymbolDecl) -> Shape | None:
    """How many numbers there are in a family that nothing defines, as the shape of all of them; None of any other."""
    if not family.family or family.shape or family.definition is not None or family.depends:
        return None
    if any(range_.low.constant != 1 for range_ in family.family):
        return None
    return tuple(range_.high for range_ in family.family)


def _can_be_put(body: Term, changed: dict[str, Term], context: Context) -> bool:
    """Whether all that a body has of these families are members, none of them below a derivative or an average, and
    whether no index of the one would be bound by the other."""
    parts = tuple(subterms(body))
    if any(isinstance(part, Deriv | At | Integral | Expect) for part in parts):
        return False
    inside = {name for name in mentioned(context, body) if name not in changed}
    if any(depends_on(context, name, family) for name in inside for family in changed):
        return False
    bound = {name for part in parts for name in bound_names(part)}
    indices = {part.name for part in parts if isinstance(part, Index)}
    for value in changed.values():
        outer = bound_names(value) if isinstance(value, Array) else ()
        below = [part for part in subterms(value) if part is not value]
        within = {name for part in below for name in bound_names(part)}
        free = {part.name for part in below if isinstance(part, Index | Sym)} - within - {*outer}
        if within & (indices | {*outer}) or free & bound:
            return False
    return True


def _with_members(term: Term, changed: dict[str, Term]) -> Term:
    """A term with entries of other values in the place of the members of these families."""
    if isinstance(term, Sym) and term.name in changed:
        return calculus.entries(changed[term.name], term.indices)
    return rebuild(term, lambda part: _with_members(part, changed))


__all__ = ["at_members"]
