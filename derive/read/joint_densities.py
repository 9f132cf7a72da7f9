"""Marginal and conditional densities of a declared joint one: with ``p(x, z)`` also ``p(x)`` and ``p(z | x)``, and with
``p(x | z)`` and ``p(z)`` what they make together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from derive.read import calls
from derive.read import syntax as s
from derive.read.names import Signature, parts_of

if TYPE_CHECKING:
    from derive.read.resolver import Resolver


@dataclass(frozen=True)
class _Form:
    """``p(left | given; rest)``: the names of its quantities, and the density as it is written at given ones."""

    left: tuple[str, ...]
    given: tuple[str, ...]
    rest: tuple[str, ...]
    heads: tuple[tuple[s.Node, Signature], ...] = ()

    def at(self, values: dict[str, s.Node], node: s.Node) -> s.Node:
        """The density, or the product of the densities that it is made of, at these quantities."""
        factors = [_called(head, signature, values, node) for head, signature in self.heads]
        return factors[0] if len(factors) == 1 else s.Juxt(node.start, node.stop, tuple(factors))


def of_joint(r: Resolver, group: s.Group, node: s.Node) -> s.Node | None:
    """What ``p(z | x)`` is where no such form of p is declared, but a joint density of these quantities is, or its two
    factors: the joint one, integrated over what is not written, divided by that integrated over z as well. The names in
    the brackets say which quantities are meant; None where they do not."""
    if not all(isinstance(item, s.Name | s.Script) for item in group.items):
        return None
    found = []
    for form in _joint_forms(r, node):
        names = [_quantity(item, form) for item in group.items]
        call = _split(names, group.seps)
        if call is not None and call.left and _is_part(call, form):
            found.append((form, call, dict(zip(names, group.items, strict=True))))
    if len(found) != 1:
        return None
    form, call, values = found[0]
    beside = [name for name in form.left if name not in (*call.left, *call.given)]
    below = [name for name in form.left if name in (*beside, *call.left)]
    top = _integrated(r, form, values, beside, node)
    if top is None or not {*call.given} - {*form.given}:
        return top
    bottom = _integrated(r, form, values, below, node)
    return None if bottom is None else s.Frac(node.start, group.stop, top, bottom)


def _quantity(item: s.Node, form: _Form) -> str:
    """Which quantity of a density is meant: that of this name, or, with a subscript of its own, of this letter."""
    key, parts = s.key(item), parts_of(item)
    known = (*form.left, *form.given, *form.rest)
    return key if key in known or parts is None or parts[0] not in known else parts[0]


def of_factors(r: Resolver, signature: Signature, nodes: Sequence[s.Node], node: s.Node) -> s.Node | None:
    """``p(x, z)`` of which nothing else is declared, beside ``p(x | z)`` and ``p(z)``: their product."""
    own = _form(signature, node)
    decl = r.context.functions.get(signature.name)
    if own is None or own.given or len(own.left) < 2 or decl is None or decl.body is not None:
        return None
    found = [form for form in _products(r, node) if {*form.left} == {*own.left} and form.rest == own.rest]
    if len(found) != 1 or "density" not in decl.properties:
        return None
    return found[0].at(dict(zip((*own.left, *own.rest), nodes, strict=True)), node)


def _is_part(call: _Form, form: _Form) -> bool:
    """Whether a call is of some of the quantities of a joint density, given others of them and what that is given."""
    left, given = {*call.left}, {*call.given}
    inside = left <= {*form.left} and {*form.given} <= given <= {*form.left, *form.given}
    return inside and not left & given and call.rest == form.rest


def _joint_forms(r: Resolver, node: s.Node) -> Iterator[_Form]:
    """The declared densities of this name of several quantities; without one, the products of two declared factors."""
    declared = [
        form
        for signature in calls.signatures_of(r, s.key(node))
        if _is_density(r, signature) and (form := _form(signature, node)) is not None and len(form.left) > 1
    ]
    yield from declared or _products(r, node)


def _products(r: Resolver, node: s.Node) -> Iterator[_Form]:
    """``p_\\theta(x | z) p(z)`` of two declared densities: of one name, or the second without its parameters."""
    forms = [(node, form) for form in _undefined(r, node)]
    parts, priors = parts_of(node), [*forms]
    if parts is not None and parts[1] is not None:
        bare = s.Name(node.start, node.stop, parts[0])
        priors += [(bare, form) for form in _undefined(r, bare)]
    for _, (one, likelihood) in forms:
        for head, (other, prior) in priors:
            fits = likelihood.given and not prior.given and {*likelihood.given} == {*prior.left}
            if fits and not {*likelihood.left} & {*prior.left} and prior.rest in ((), likelihood.rest):
                heads = ((node, one), (head, other))
                yield _Form((*likelihood.left, *prior.left), (), likelihood.rest, heads)


def _undefined(r: Resolver, node: s.Node) -> list[tuple[Signature, _Form]]:
    """The declared densities of a name of which no value is given; a conditional one may be just positive."""
    found: list[tuple[Signature, _Form]] = []
    for signature in calls.signatures_of(r, s.key(node)):
        decl, form = r.context.functions.get(signature.name), _form(signature, node)
        plain = decl is not None and decl.body is None and decl.builtin is None and not decl.family
        if plain and decl is not None and form is not None and (form.given or "density" in decl.properties):
            found.append((signature, form))
    return found


def _is_density(r: Resolver, signature: Signature) -> bool:
    decl = r.context.functions.get(signature.name)
    return decl is not None and "density" in decl.properties and not decl.family


def _form(signature: Signature, node: s.Node) -> _Form | None:
    """The quantities of a declared form, if all are plain ones."""
    if any(slot.left or slot.literal for slot in signature.slots):
        return None
    seps = signature.seps or (",",) * (len(signature.slots) - 1)
    found = _split([slot.param or slot.decoration for slot in signature.slots], seps)
    if found is None or any(slot.decoration in found.left for slot in signature.slots if slot.decoration):
        return None
    return _Form(found.left, found.given, found.rest, ((node, signature),))


def _split(names: Sequence[str], seps: Sequence[str]) -> _Form | None:
    """The names before the bar, behind it, and behind a semicolon; None where one stands twice."""
    if len({*names}) < len(names) or len(seps) != max(len(names) - 1, 0):
        return None
    places: list[list[str]] = [[], [], []]
    at = 0
    for name, sep in zip(names, ("", *seps), strict=False):
        at = 1 if sep == "|" and at == 0 else 2 if sep == ";" else at
        if sep not in ("", "|", ";", ",") or (sep == "|" and at == 2):
            return None
        places[at].append(name)
    left, given, rest = (tuple(each) for each in places)
    return _Form(left, given, rest)


def _called(head: s.Node, signature: Signature, values: dict[str, s.Node], node: s.Node) -> s.Node:
    items = tuple(
        values.get(name, s.Name(node.start, node.stop, name))
        for name in (slot.param or slot.decoration for slot in signature.slots)
    )
    seps = signature.seps or (",",) * (len(items) - 1)
    return s.Juxt(node.start, node.stop, (head, s.Group(node.start, node.stop, "(", items, seps)))


def _integrated(
    r: Resolver, form: _Form, values: dict[str, s.Node], names: Sequence[str], node: s.Node
) -> s.Node | None:
    """The joint density, integrated over these quantities; None where another is written with the name of one."""
    kept = [item for name, item in values.items() if name not in names]
    if any(isinstance(part, s.Name) and part.text in names for item in kept for part in s.walk(item)):
        return None
    found = form.at(values | {name: s.Name(node.start, node.stop, name) for name in names}, node)
    for name in names:
        found = s.IntegralOp(node.start, node.stop, None, None, found, (s.Name(node.start, node.stop, name),))
    return found


__all__ = ["of_factors", "of_joint"]
