"""Under which distribution an expectation is meant: what is written below it, or what the text has stated."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from derive.language.dependencies import depends_on, mentioned
from derive.language.extents import Range, Shape
from derive.language.terms import Num, Sym, Term
from derive.read import calls, densities, lookup
from derive.read import syntax as s
from derive.read.binders import variable_shape
from derive.read.captured import outside
from derive.read.errors import ReadError, Undeclared
from derive.read.fitting import Typed
from derive.read.independence import called_independent
from derive.read.infinite_sums import endless_from
from derive.read.models import modelled
from derive.read.names import Component, option, parts_of
from derive.read.notation import NORMALS
from derive.read.parser import parse

if TYPE_CHECKING:
    from derive.read.resolver import Resolver


def stated(r: Resolver, sub: s.Node | None, group: s.Group, node: s.Node) -> tuple[s.Node, s.Node] | None:
    """The random variable of ``\\mathbb{E}[f(z)]`` or ``\\mathbb{E}_z[f(z)]``, with the distribution that the text has
    stated of it (``z \\sim p``)."""
    distributed = option(r.context, "distributed")
    if sub is not None:
        return None if parts_of(sub) is None else _stated_of(s.key(sub), sub, distributed)
    written = {name for item in group.items for name in _names(item, r.components)}
    names = written - {*r.context.functions}
    found = [key for key in distributed if any(name == key or depends_on(r.context, name, key) for name in names)]
    found = found or _through_functions(r, written)
    if len(found) > 1 and not called_apart(r, found):
        raise ReadError(
            f"expected one random variable in this expectation, found {', '.join(found)}",
            node.span,
            "write \\mathbb{E}_{x \\sim p}[…]",
        )
    random = [key for key in option(r.context, "random") if any(depends_on(r.context, name, key) for name in names)]
    if found and random:
        raise ReadError(
            f"expected one random variable in this expectation, found {', '.join((*found, *random))}",
            node.span,
            "write \\mathbb{E}_{x \\sim p}[…]",
        )
    return _stated_of(found[0], node, distributed) if found else None


def stated_member(r: Resolver, group: s.Group) -> tuple[s.Node, Sym] | None:
    """The one member of a family, ``\\epsilon_j``, whose distribution the text has stated and that these brackets are
    made of by definitions, as it was written and as a term."""
    distributed = option(r.context, "distributed")
    written = {name for item in group.items for name in _names(item, r.components)}
    found: list[tuple[s.Node, Sym]] = []
    for key in distributed:
        variable = parse(key)
        member = outside(r, variable) if isinstance(variable, s.Script) else None
        if not isinstance(member, Sym) or member.name == key or not member.indices:
            continue
        if any(depends_on(r.context, name, member.name) for name in written if name in r.context.symbols):
            found.append((variable, member))
    return found[0] if len(found) == 1 else None


def _through_functions(r: Resolver, written: set[str]) -> list[str]:
    """The one random variable that the bodies of functions mention: the data, below ``\\mathbb{E}[L''(\\theta)]``."""
    distributed = option(r.context, "distributed")
    decls = [r.context.functions[name] for name in sorted(written) if name in r.context.functions]
    inside = {
        name
        for decl in decls
        if decl.body is not None
        for name in mentioned(r.context, decl.body)
        if name not in decl.params
    }
    found = [key for key in distributed if any(depends_on(r.context, name, key) for name in inside)]
    return found if len(found) == 1 else []


def called_apart(r: Resolver, names: Sequence[str]) -> bool:
    """Whether the text has called all of these independent (but for the first, which the others are independent of),
    and no distribution is in terms of another one of them."""
    distributed, said = option(r.context, "distributed"), r.context.options.get("independent")
    words = said if isinstance(said, tuple) else ()
    if sum(name not in words for name in names) > 1 and not called_independent(names, words, names):
        return False
    made_of = {name: _names(distributed[name], r.components) for name in names}
    return not any(
        part == other or depends_on(r.context, part, other)
        for name in names
        for part in made_of[name]
        for other in names
        if part in r.context.symbols
    )


def independent(r: Resolver, group: s.Group) -> list[str]:
    """The random variables in these brackets, where there are several, all independent."""
    names = {name for item in group.items for name in _names(item, r.components)} - {*r.context.functions}
    distributed = option(r.context, "distributed")
    found = [key for key in distributed if any(name == key or depends_on(r.context, name, key) for name in names)]
    return found if len(found) > 1 and called_apart(r, found) else []


def is_stated(r: Resolver, group: s.Group, node: s.Node) -> bool:
    """Whether the text has stated the distribution of what stands in these brackets."""
    return stated(r, None, group, node) is not None or stated_member(r, group) is not None


def is_stated_number(r: Resolver, group: s.Group, node: s.Node) -> bool:
    """Whether the text has stated the distribution of what stands in these brackets, and that is numbers."""
    before = r.context
    r.context = modelled(before)
    try:
        if independent(r, group):
            return False
        known = stated(r, None, group, node) is not None
        return known and not any(r.fitting.settle(r.expression(i).shape) for i in group.items)
    except ReadError:
        return True
    finally:
        r.context = before


def _stated_of(name: str, node: s.Node, distributed: Mapping[str, object]) -> tuple[s.Node, s.Node] | None:
    density = distributed.get(name)
    if not isinstance(density, s.Node):
        return None
    return replace(parse(name), start=node.start, stop=node.stop), density


def names_of(node: s.Node) -> set[str]:
    """Every name in a formula, with and without its subscripts."""
    return _names(node, {})


def _names(node: object, components: Mapping[str, object]) -> set[str]:
    """Every name in a tree, with and without its subscripts; of an entry that has a name of its own, the whole."""
    if isinstance(node, tuple):
        return {name for part in node for name in _names(part, components)}
    if not isinstance(node, s.Node):
        return set()
    if isinstance(node, s.Script) and isinstance(node.base, s.Name) and node.sub is not None:
        whole = components.get(node.base.text)
        if isinstance(whole, Component):
            return {whole.whole, *_names(node.sub, components)}
    own = {s.key(node)} if isinstance(node, s.Name | s.Script) else set()
    return own | {name for item in fields(node) for name in _names(getattr(node, item.name), components)}


def distribution(sub: s.Node, node: s.Node) -> tuple[s.Node, s.Node]:
    """The variable and the distribution of ``x \\sim p`` or ``p(x | …)``."""
    match sub:
        case s.Relation(first=variable, rest=(("~", density),)):
            return variable, density
        case s.Group(bracket="{", items=(s.Relation(first=variable, rest=(("~", density),)),)):
            return variable, density
        case s.Juxt(parts=(head, s.Group(bracket="(", items=items, seps=seps))) if items:
            if s.key(head) in NORMALS and seps == (",",):
                message = "expected the variable of this distribution, found only its parameters"
                raise ReadError(message, sub.span, f"write x \\sim {s.key(sub)}")
            first = items[0]
            return (first.first if isinstance(first, s.Relation) else first), sub
    raise ReadError(
        "expected a distribution below this expectation",
        sub.span,
        "write \\mathbb{E}_{x \\sim p}[…] or \\mathbb{E}_{p(x)}[…]",
    )


def values_of(r: Resolver, variable: s.Node, density: s.Node, stated: bool) -> Range | Shape:
    """What a random variable runs over; of one whose distribution is ``stated``, 0 and 1 if it is binary."""
    decl = r.context.symbols.get(s.key(variable)) if stated else None
    if stated and option(r.context, "support").get(s.key(variable)) == "whole":
        return endless_from(0)
    if decl is not None and not decl.family and not decl.shape:
        if "binary" in decl.properties:
            return densities.BINARY
        if "integer" in decl.properties and decl.properties & {"positive", "nonnegative"}:
            return endless_from(int("positive" in decl.properties))
        if "integer" in decl.properties or decl.values:
            raise ReadError(f"expected a density of numbers: {decl.name} takes whole values", variable.span)
    return _domain(r, variable, density)


def _domain(r: Resolver, variable: s.Node, density: s.Node) -> Range | Shape:
    """The shape of a random variable: as declared, else that of the mean of its normal distribution."""
    shape = variable_shape(r, variable)
    if shape or s.key(variable) in r.context.symbols or not isinstance(density, s.Juxt):
        return shape
    head, *rest = density.parts
    if s.key(head) not in NORMALS or len(rest) != 1 or not isinstance(rest[0], s.Group) or len(rest[0].items) != 2:
        return shape
    mean, spread = (r.fitting.settle(r.expression(item).shape) for item in rest[0].items)
    found = mean or spread[:1]
    is_open = any(each.startswith("?") for extent in found for each in extent.names)
    return shape if is_open else found


def ends_of(r: Resolver, density: s.Node) -> tuple[Term, Term] | None:
    """Between which numbers a distribution with a name lies, infinity among them; None of any other, of a binary one,
    and of whole numbers."""
    family = densities.drawn(density)
    ends = None if family is None else family.ends()
    if ends is None:
        end = None if family is None else family.family.end
        return None if end is None else (Num(Fraction(0)), end)
    low, high = (r.expression(end) for end in ends)
    if low.shape or high.shape:
        raise ReadError("expected two numbers as the ends of an interval", density.span)
    return low.term, high.term


def density_at(r: Resolver, density: s.Node, variable: s.Node) -> Typed:
    """The density at the variable: ``p`` alone is ``p(x)``, ``\\mathcal{N}(m, S)`` is ``\\mathcal{N}(x; m, S)``."""
    family = densities.drawn(density)
    if family is not None:
        if not family.family.density:
            raise ReadError(f"expected a distribution whose density is known, found {s.key(density)}", density.span)
        return r.expression(family.density(variable))
    if isinstance(density, s.Juxt) and len(density.parts) == 2 and isinstance(density.parts[1], s.Group):
        head, group = density.parts[0], density.parts[1]
        dotted = tuple(variable if isinstance(item, s.Name) and item.text == "\\cdot" else item for item in group.items)
        if s.key(head) == "\\mathcal{N}" and len(dotted) == 2:
            dotted = (variable, *dotted)
        seps = group.seps if len(dotted) == len(group.items) else ("|", *group.seps)
        return r.juxt((head, s.Group(group.start, group.stop, "(", dotted, seps)), density)
    call = s.Group(density.start, density.stop, "(", (variable,))
    parts = parts_of(density)
    mixed = _mixed(r, density, call) if parts is None else None
    if mixed is not None:
        return r.expression(mixed)
    if parts is None:
        raise ReadError("expected the name of a distribution", density.span)
    known = [c.name for c in lookup.shares(r, *parts)]
    if any(calls.signatures_of(r, name) or r.called.get(name) for name in known):
        return r.juxt((density, call), density)
    for candidate in lookup.shares(r, *parts):
        decl = r.context.symbols.get(candidate.name)
        if decl is not None and len(decl.family) == len(candidate.indices) + 1:
            return lookup.place(r, candidate.name, (*candidate.indices, variable), density)
    raise Undeclared(
        s.key(density),
        density.span,
        f"declare “function {s.key(density)}(x) density”",
    )


def _mixed(r: Resolver, node: s.Node, call: s.Group) -> s.Node | None:
    """``\\frac{p + q}{2}`` at a variable: with every function that it is made of at it; None if it is made of none."""
    match node:
        case s.Name() | s.Script() if s.key(node) in r.context.functions:
            return s.Juxt(node.start, node.stop, (node, call))
        case s.Group(items=(item,)):
            inside = _mixed(r, item, call)
            return None if inside is None else replace(node, items=(inside,))
        case s.Frac(top=top):
            above = _mixed(r, top, call)
            return None if above is None else replace(node, top=above)
        case s.Sum(terms=terms):
            parts = [(sign, _mixed(r, term, call)) for sign, term in terms]
            known = tuple((sign, part) for sign, part in parts if part is not None)
            return replace(node, terms=known) if len(known) == len(terms) else None
        case s.Juxt(parts=(head, s.Group(bracket="(" | "["))) if s.key(head) in r.context.functions:
            return node
        case s.Juxt(parts=parts_):
            found = [_mixed(r, part, call) for part in parts_]
            made = tuple(new or old for new, old in zip(found, parts_, strict=True))
            return replace(node, parts=made) if sum(part is not None for part in found) == 1 else None
    return None


def spelled_out(r: Resolver, node: s.Node) -> s.Node:
    """``q_\\phi`` where one form ``q_\\phi(z | x)`` is declared: that form, at its own parameters; and ``q`` where
    ``q_\\phi`` is the only density that is called by that letter."""
    parts = parts_of(node)
    if parts is None:
        return node
    if isinstance(node, s.Name) and (full := _only_density(r, node)) is not None:
        return spelled_out(r, full)
    for candidate in lookup.shares(r, *parts):
        signatures = [each for each in calls.signatures_of(r, candidate.name) if each.slots]
        if len(signatures) == 1 and not candidate.indices and all(slot.param for slot in signatures[0].slots):
            slots = [s.Name(node.start, node.stop, slot.param) for slot in signatures[0].slots]
            seps = signatures[0].seps or (",",) * (len(slots) - 1)
            return s.Juxt(node.start, node.stop, (node, s.Group(node.start, node.stop, "(", tuple(slots), seps)))
    return node


def _only_density(r: Resolver, node: s.Name) -> s.Node | None:
    """``q_\\phi`` of which one form is declared, a density, for ``q`` that nothing declares, beside no other q."""
    known = (r.context.symbols, r.context.functions, r.context.indices, r.context.sizes, r.signatures, r.scope)
    if any(node.text in each for each in known):
        return None
    found = [name for name in r.signatures if name.partition("_")[0] == node.text and calls.signatures_of(r, name)]
    forms = [each for name in found for each in calls.signatures_of(r, name)]
    if len(found) != 1 or len(forms) != 1 or "density" not in r.context.functions[forms[0].name].properties:
        return None
    return replace(parse(found[0]), start=node.start, stop=node.stop)
