"""Sums, products, integrals, expectations: which variable is bound, and over what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from derive.language.dependencies import depends_on, mentioned
from derive.language.extents import SCALAR, Extent, Range, Shape, show_shape
from derive.language.terms import Apply, Big, Const, Expect, Index, Integral, Num, Op, Span, Sym, Term
from derive.read import calls, densities, lookup
from derive.read import syntax as s
from derive.read.captured import with_calls_opened
from derive.read.discrete import discrete_divergence
from derive.read.errors import Awaited, NoSuchForm, ReadError, ShapeRefusal, Undeclared, UnknownRange, UnknownSet
from derive.read.fitting import Typed
from derive.read.independence import are_independent, is_apart
from derive.read.models import modelled
from derive.read.names import BUNDLES, Component, Form, fits_form, option, parts_of
from derive.read.notation import NORMALS

if TYPE_CHECKING:
    from derive.read.resolver import Resolver

NUMBER_SETS = frozenset({"\\mathbb{R}", "\\mathbb{N}", "\\mathbb{Z}"})


@dataclass
class Bound:
    """Index names with what was written about their ranges, before the body is read."""

    names: dict[str, tuple[s.Node | None, s.Node | None]]
    conditions: list[s.Node]


def _span(node: s.Node) -> Span:
    return Span(node.start, node.stop)


def big_operator(r: Resolver, node: s.BigOp) -> Typed:
    """``\\sum_{k=1}^K``, ``\\sum_k``, ``\\sum_{i: y_i = 0}``, ``\\sum_{k \\ne j}``, ``\\sum_{1 \\le i,j \\le N}``."""
    if node.sub is None:
        return _without_index(r, node)
    bound = read_bound(r, node)
    for name in bound.names:
        if name in r.context.sizes:
            raise ReadError(f"expected an index, found the size {name}", _span(node), "give the index another letter")
    pairs = [(name, _range(r, name, low, high, node)) for name, (low, high) in bound.names.items()]
    with r.binding(dict(pairs)):
        where = _where(r, bound.conditions, node)
        body = r.expression(node.body)
    term, shape = body.term, body.shape
    for place, (name, range_) in enumerate(reversed(pairs)):
        innermost = where if place == 0 else None
        term = Big(node.kind, name, range_, term, innermost, span=_span(node))
    if node.kind in ("max", "min") and r.fitting.settle(shape):
        raise ShapeRefusal(
            f"expected a scalar under {node.kind}, found {show_shape(r.fitting.settle(shape))}", _span(node)
        )
    return Typed(term, SCALAR if node.kind.startswith("arg") else shape)


def _without_index(r: Resolver, node: s.BigOp) -> Typed:
    body = node.body
    if node.kind == "max" and isinstance(body, s.Group) and len(body.items) == 2:
        for zero, other in (body.items, body.items[::-1]):
            if isinstance(zero, s.Number) and zero.text == "0":
                return r.op("relu", [r.expression(other)], node)
    if node.kind in ("max", "min") and isinstance(body, s.Group) and body.bracket == "(" and body.seps == (",",):
        return _of_two(r, node, *body.items)
    raise ReadError(f"expected the index of this {node.kind}", _span(node), f"write \\{node.kind}_{{k=1}}^K")


def _of_two(r: Resolver, node: s.BigOp, first: s.Node, second: s.Node) -> Typed:
    """``\\max(a, b)`` is ``b + relu(a - b)``, and ``\\min(a, b)`` is ``a - relu(a - b)``, of numbers."""
    one, two = r.expression(first), r.expression(second)
    if any(r.fitting.settle(each.shape) for each in (one, two)):
        raise ShapeRefusal(f"expected two numbers in this {node.kind}", _span(node), "write it entry by entry")
    above = r.op("relu", [r.op("add", [one, r.op("neg", [two], node)], node)], node)
    if node.kind == "max":
        return r.op("add", [two, above], node)
    return r.op("add", [one, r.op("neg", [above], node)], node)


def read_bound(r: Resolver, node: s.BigOp) -> Bound:
    """The names a big operator binds, with the bounds written, and the conditions beside them."""
    sub = node.sub
    items = sub.items if isinstance(sub, s.Group) and sub.bracket == "{" else (sub,)
    items = tuple(item for item in items if item is not None)
    enumerated = _enumerated(items)
    if enumerated is not None:
        return enumerated
    ordered = _ordered(items)
    if ordered is not None:
        return ordered
    bound = Bound({}, [])
    for item in items:
        _bind(r, item, node, bound)
    if not bound.names:
        raise ReadError("cannot tell which index is bound here", _span(node), "write \\sum_{k=1}^K")
    return bound


def _enumerated(items: tuple[s.Node, ...]) -> Bound | None:
    """``i, j = 1, …, N``."""
    dots = [place for place, item in enumerate(items) if isinstance(item, s.Dots)]
    if len(dots) != 1 or dots[0] != len(items) - 2:
        return None
    names: list[str] = []
    for item in items[: dots[0]]:
        if isinstance(item, s.Relation) and len(item.rest) == 1 and item.rest[0][0] == "=":
            names.append(s.key(item.first))
            return Bound(dict.fromkeys(names, (item.rest[0][1], items[-1])), [])
        names.append(s.key(item))
    return None


def _ordered(items: tuple[s.Node, ...]) -> Bound | None:
    """``1 \\le i, j \\le N``."""
    if not items or not isinstance(items[0], s.Relation):
        return None
    first = items[0]
    if (
        len(items) == 1
        and len(first.rest) == 2
        and all(op == "<=" for op, _ in first.rest)
        and _letter(first.rest[0][1])
    ):
        return Bound({s.key(first.rest[0][1]): (first.first, first.rest[1][1])}, [])
    last = items[-1]
    if len(items) < 2 or not isinstance(last, s.Relation) or len(first.rest) != 1 or len(last.rest) != 1:
        return None
    if first.rest[0][0] != "<=" or last.rest[0][0] != "<=" or not all(_letter(item) for item in items[1:-1]):
        return None
    names = [first.rest[0][1], *items[1:-1], last.first]
    if not all(_letter(name) for name in names):
        return None
    return Bound({s.key(name): (first.first, last.rest[0][1]) for name in names}, [])


def _letter(node: s.Node) -> bool:
    return isinstance(node, s.Name) or (
        isinstance(node, s.Script) and isinstance(node.base, s.Name) and node.sub is None
    )


def _bind(r: Resolver, item: s.Node, node: s.BigOp, bound: Bound) -> None:
    if _letter(item):
        bound.names[s.key(item)] = (None, node.sup)
        return
    if isinstance(item, s.Juxt) and all(_letter(part) for part in item.parts):
        for part in item.parts:
            bound.names[s.key(part)] = (None, node.sup)
        return
    if not isinstance(item, s.Relation):
        raise ReadError("expected an index or a condition below this operator", _span(item))
    left, (op, right) = item.first, item.rest[0]
    if len(item.rest) == 1 and op == "=" and _letter(left) and s.key(left) not in bound.names:
        bound.names[s.key(left)] = (right, node.sup)
    elif len(item.rest) == 1 and op == "in" and _letter(left):
        bound.names[s.key(left)] = (None, None)
        _check_set(r, left, right)
    else:
        _bind_condition(r, item, bound, node)


def _check_set(r: Resolver, left: s.Node, right: s.Node) -> None:
    """``k \\in \\{1,…,K\\}``: the set must be the declared range."""
    known = _declared(r, s.key(left))
    if (
        (
            isinstance(right, s.Group)
            and len(right.items) >= 3
            and isinstance(right.items[-2], s.Dots)
            and known is not None
        )
        and r.extent(right.items[0]) == known.low
        and r.extent(right.items[-1]) == known.high
    ):
        return
    parts = parts_of(right)
    if parts is not None and parts[1] is None and parts[2] is None and parts[0] not in r.context.symbols:
        if known is not None and known == Range.upto(parts[0]):
            return
        if known is None:
            raise UnknownSet(s.key(left), parts[0], _span(right))
    raise ReadError("expected the declared range of this index", _span(right), "write \\sum_{k=1}^K")


def _bind_condition(r: Resolver, item: s.Relation, bound: Bound, node: s.BigOp) -> None:
    """``k \\ne j`` binds the name that is not bound yet (the left one, if neither is)."""
    if not bound.names:
        sides = [side for side in (item.first, item.rest[0][1]) if _letter(side)]
        free = [side for side in sides if s.key(side) not in r.scope]
        if item.rest[0][0] in ("<", ">", "<=", ">=") and len(free) == 2:
            for side in free:
                bound.names[s.key(side)] = (None, node.sup)
        elif free:
            bound.names[s.key(free[0])] = (None, node.sup)
    bound.conditions.append(item)


def _declared(r: Resolver, name: str) -> Range | None:
    for text in (name, name.rstrip("'")):
        found = r.scope.get(text)
        if isinstance(found, Range):
            return found
        if text in r.context.indices:
            return r.context.indices[text]
    return None


def _of_the_other(r: Resolver, name: str, node: s.BigOp) -> Range | None:
    """``\\sum_{k \\ne i}`` of a k that nothing declares: it runs over what i does."""
    sub = node.sub
    items = sub.items if isinstance(sub, s.Group) and sub.bracket == "{" else (sub,)
    for item in items:
        if isinstance(item, s.Relation) and [op for op, _ in item.rest] == ["!="] and name not in r.context.symbols:
            sides = [s.key(item.first), s.key(item.rest[0][1])]
            if name in sides and len(set(sides)) == 2:
                return _declared(r, next(side for side in sides if side != name))
    return None


def _range(r: Resolver, name: str, low: s.Node | None, high: s.Node | None, node: s.BigOp) -> Range:
    if low is not None and high is not None:
        return Range(r.extent(low), r.extent(high))
    known = _declared(r, name) or _of_the_other(r, name, node)
    if known is None and node.kind in ("argmax", "argmin") and name not in r.context.symbols:
        raise Undeclared(name, _span(node), f"declare it: {name} \\in \\mathbb{{R}}, or index {name} = 1..K")
    if known is None:
        raise UnknownRange(name, _span(node))
    return Range(r.extent(low) if low is not None else known.low, r.extent(high) if high is not None else known.high)


def _where(r: Resolver, conditions: list[s.Node], node: s.Node) -> Term | None:
    if not conditions:
        return None
    terms = [r.condition(condition) for condition in conditions]
    return terms[0].term if len(terms) == 1 else r.op("and", terms, node).term


# -- integrals and expectations --------------------------------------------------------------------
def variable_shape(r: Resolver, node: s.Node) -> Range | Shape:
    """What a bound variable ranges over: the range of an index, or the shape it is declared with (scalar otherwise)."""
    name = s.key(node)
    found = r.scope.get(name)
    if found is not None:
        return found
    known = _declared(r, name)
    if known is not None and name not in r.context.symbols:
        return known
    parts = parts_of(node)
    for text in (name, parts[0] if parts else name):
        decl = r.context.symbols.get(text)
        if decl is not None:
            return decl.label_range if decl.label_range is not None else decl.shape
    return SCALAR


def integral(r: Resolver, node: s.IntegralOp) -> Typed:
    """``\\int_a^b f(x) dx``, ``\\int_x f(x) dx``."""
    variable = node.variables[0]
    if parts_of(variable) is None:
        raise ReadError("expected a variable of integration", _span(variable))
    name, shape = s.key(variable), variable_shape(r, variable)
    if isinstance(shape, Range):
        raise ReadError(f"expected a continuous variable, found the index {name}", _span(variable), "write a sum")
    limits: list[Term | None] = [None, None]
    whole = node.sub is not None and node.sup is None and (s.key(node.sub) == name or _is_space(node.sub))
    if not whole:
        if (node.sub is None) != (node.sup is None):
            raise ReadError("expected both limits of this integral, or none", _span(node))
        limits = [r.expression(limit).term if limit is not None else None for limit in (node.sub, node.sup)]
    with r.binding({name: shape}):
        body = r.expression(node.body)
    inside = with_calls_opened(r.context, body.term, (name,))
    return Typed(Integral(name, inside, shape, limits[0], limits[1], span=_span(node)), body.shape)


def _is_space(node: s.Node) -> bool:
    base = parts_of(node)
    return base is not None and (base[0] in NUMBER_SETS or base[0].startswith("\\mathcal{"))


def expectation(r: Resolver, sub: s.Node | None, group: s.Group, node: s.Node, *, probability: bool) -> Typed:
    """``\\mathbb{E}_{x \\sim p}[f]``, ``\\mathbb{E}_{p(x)}[f]``, ``\\mathbb{P}_{x \\sim p}[f \\ne g]``; of what is
    observed, as its model has it."""
    before = r.context
    r.context = modelled(before)
    try:
        return _expectation(r, sub, group, node, probability=probability)
    finally:
        r.context = before


def _expectation(r: Resolver, sub: s.Node | None, group: s.Group, node: s.Node, *, probability: bool) -> Typed:
    if isinstance(sub, s.Group) and "|" in sub.seps:
        return _given(r, sub, group, node)
    if sub is None and "|" in group.seps and (probability or not option(r.context, "random")):
        message = "expected the distribution of this expectation"
        hint = "write \\mathbb{E}_{x \\sim p}[…] or \\mathbb{E}_{p(x)}[…]"
        raise NoSuchForm(message, s.key(node), _span(node), hint)
    several = _independent(r, group) if sub is None and not probability else []
    if several:
        return _one_in_another(r, several, group, node)
    stated = None if probability and sub is None else _stated(r, sub, group, node)
    if sub is None and stated is None and not probability and option(r.context, "random"):
        return _over_all_random(r, group, node)
    if sub is None and stated is None:
        r.condition(group) if probability else r.group(_plain(group))  # an unknown name in it is said first
        message = "expected the distribution of this expectation"
        hint = "write \\mathbb{E}_{x \\sim p}[…] or \\mathbb{E}_{p(x)}[…]"
        raise ReadError(message, _span(node), hint)
    variable, density = stated or _distribution(node if sub is None else spelled_out(r, sub), node)
    family = densities.drawn(density)
    name = s.key(variable)
    domain = family.family.domain if family is not None else _values(r, variable, density, stated is not None)
    half = family is not None and not family.family.binary
    half = half or (stated is not None and option(r.context, "support").get(name) == "positive")
    with r.binding({name: domain}):
        weight = _density(r, density, variable)
        if r.fitting.settle(weight.shape):
            raise ShapeRefusal("a density must be a scalar", _span(sub or node))
        body = r.indicator(group, group) if probability else r.group(_plain(group))
    span = Span(node.start, group.stop)
    inside = with_calls_opened(r.context, body.term, (name,))
    return Typed(_mean(name, domain, weight.term, inside, half, span), body.shape)


def _mean(name: str, domain: Range | Shape, weight: Term, body: Term, half: bool, span: Span) -> Term:
    """The mean of a value under a density, of a variable that is not negative where its domain is ``half`` the line."""
    if half:
        product = Op("mul", (weight, body), span=span)
        return Integral(name, product, SCALAR, Num(Fraction(0)), Const("inf"), span=span)
    return Expect(name, domain, weight, body, span=span)


def _values(r: Resolver, variable: s.Node, density: s.Node, stated: bool) -> Range | Shape:
    """What a random variable runs over; of one whose distribution is ``stated``, 0 and 1 if it is binary."""
    decl = r.context.symbols.get(s.key(variable)) if stated else None
    if decl is not None and not decl.family and not decl.shape:
        if "binary" in decl.properties:
            return densities.BINARY
        if "integer" in decl.properties or decl.values:
            raise ReadError(f"expected a density of numbers: {decl.name} takes whole values", _span(variable))
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


def _given(r: Resolver, sub: s.Group, group: s.Group, node: s.Node) -> Typed:
    """``\\mathbb{E}_{z_i | x_i; \\theta}[f(z_i)]`` of a label: the sum with the weights ``P(z_i = k | x_i; θ)``."""
    variable, rest = sub.items[0], sub.items[1:]
    name = s.key(variable)
    if isinstance(option(r.context, BUNDLES).get(name), tuple):
        raise NoSuchForm(
            f"expected the distribution of one quantity, found that of all {name}", s.key(node), _span(sub)
        )
    found: list[tuple[Form, dict[str, s.Node]]] = []
    for forms in r.called.values():
        for form in forms if isinstance(forms, tuple) else ():
            given = _value_given(form, variable, rest)
            if given is not None and form.name in r.context.symbols:
                found.append((form, given))
    if len(found) != 1:
        what = f"the probability of {name} = k under this expectation"
        if found:
            raise ReadError(f"more than one declared form is {what}", _span(sub))
        raise Awaited(what, _span(sub), f"declare “let \\mathbb{{P}}[{name} = k | …] := …”")
    form, given = found[0]
    decl = r.context.symbols[form.name]
    value = next(index for index, item in given.items() if item is variable)
    domain = decl.family[decl.family_names.index(value)]
    with r.binding({name: domain}):
        chosen = tuple(given[index] for index in decl.family_names)
        weight = lookup.place(r, form.name, chosen, sub)
        body = r.group(_plain(group))
    return Typed(Expect(name, domain, weight.term, body.term, span=Span(node.start, group.stop)), body.shape)


def _value_given(form: Form, variable: s.Node, rest: tuple[s.Node, ...]) -> dict[str, s.Node] | None:
    """The indices of a form ``P[z = k | …]`` for this variable and these conditions; None if it says something else."""
    first = form.group.items[0] if form.group.items else None
    match first:
        case s.Relation(first=subject, rest=(("=", s.Name(text=value)),)) if value in form.indices:
            given: dict[str, s.Node] = {value: variable}
            pattern, found = (subject, *form.group.items[1:]), (variable, *rest)
            if "|" in form.group.seps and fits_form(pattern, found, form.indices, given):
                return given if set(form.indices) == set(given) else None
    return None


def _stated(r: Resolver, sub: s.Node | None, group: s.Group, node: s.Node) -> tuple[s.Node, s.Node] | None:
    """The random variable of ``\\mathbb{E}[f(z)]`` or ``\\mathbb{E}_z[f(z)]``, with the distribution that the text has
    stated of it (``z \\sim p``)."""
    distributed = option(r.context, "distributed")
    if sub is not None:
        return None if parts_of(sub) is None else _stated_of(s.key(sub), sub, distributed)
    written = {name for item in group.items for name in _names(item, r.components)}
    names = written - {*r.context.functions}
    found = [key for key in distributed if any(name == key or depends_on(r.context, name, key) for name in names)]
    found = found or _through_functions(r, written)
    if len(found) > 1 and not _are_independent(r, found):
        raise ReadError(
            f"expected one random variable in this expectation, found {', '.join(found)}",
            _span(node),
            "write \\mathbb{E}_{x \\sim p}[…]",
        )
    random = [key for key in option(r.context, "random") if any(depends_on(r.context, name, key) for name in names)]
    if found and random:
        raise ReadError(
            f"expected one random variable in this expectation, found {', '.join((*found, *random))}",
            _span(node),
            "write \\mathbb{E}_{x \\sim p}[…]",
        )
    return _stated_of(found[0], node, distributed) if found else None


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


def _are_independent(r: Resolver, names: Sequence[str]) -> bool:
    """Whether the text has called all of these independent (but for the first, which the others are independent of),
    and no distribution is in terms of another one of them."""
    distributed, said = option(r.context, "distributed"), r.context.options.get("independent")
    words = said if isinstance(said, tuple) else ()
    if sum(name not in words for name in names) > 1:
        return False
    made_of = {name: _names(distributed[name], r.components) for name in names}
    return not any(
        part == other or depends_on(r.context, part, other)
        for name in names
        for part in made_of[name]
        for other in names
        if part in r.context.symbols
    )


def _independent(r: Resolver, group: s.Group) -> list[str]:
    """The random variables in these brackets, where there are several, all independent."""
    names = {name for item in group.items for name in _names(item, r.components)} - {*r.context.functions}
    distributed = option(r.context, "distributed")
    found = [key for key in distributed if any(name == key or depends_on(r.context, name, key) for name in names)]
    return found if len(found) > 1 and _are_independent(r, found) else []


def _one_in_another(r: Resolver, names: Sequence[str], group: s.Group, node: s.Node) -> Typed:
    """``\\mathbb{E}_{x \\sim p}[\\mathbb{E}_{y \\sim q}[f]]`` of independent x and y."""
    distributed = option(r.context, "distributed")
    for name in reversed(names):
        density = distributed[name]
        if not isinstance(density, s.Node):
            raise ReadError("expected the distribution of this expectation", _span(node))
        over = s.Relation(node.start, node.stop, s.Name(node.start, node.stop, name), (("~", density),))
        head = s.Script(node.start, node.stop, s.Name(node.start, node.start, "\\mathbb{E}"), over)
        if name == names[0]:
            return _expectation(r, over, group, node, probability=False)
        group = s.Group(group.start, group.stop, "[", (s.Juxt(node.start, group.stop, (head, group)),))
    raise ReadError("expected the distribution of this expectation", _span(node))


def is_stated(r: Resolver, group: s.Group, node: s.Node) -> bool:
    """Whether the text has stated the distribution of what stands in these brackets."""
    return _stated(r, None, group, node) is not None


def is_stated_number(r: Resolver, group: s.Group, node: s.Node) -> bool:
    """Whether the text has stated the distribution of what stands in these brackets, and that is numbers."""
    before = r.context
    r.context = modelled(before)
    try:
        if _independent(r, group):
            return False
        return is_stated(r, group, node) and not any(r.fitting.settle(r.expression(i).shape) for i in group.items)
    except ReadError:
        return True
    finally:
        r.context = before


def _stated_of(name: str, node: s.Node, distributed: Mapping[str, object]) -> tuple[s.Node, s.Node] | None:
    density = distributed.get(name)
    if not isinstance(density, s.Node):
        return None
    return s.Name(node.start, node.stop, name), density


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


def _over_all_random(r: Resolver, group: s.Group, node: s.Node) -> Typed:
    """``\\mathbb{E}[f]`` over every random quantity that f depends on; of something fixed, that itself."""
    random = option(r.context, "random")
    outside = r.group(_plain(group))
    names = [
        name for name in random if any(depends_on(r.context, each, name) for each in mentioned(r.context, outside.term))
    ]
    if not names and _looks_random(r, outside.term):
        message = "expected something random in this expectation: nothing says what is"
        raise NoSuchForm(message, s.key(node), _span(node), "say how it is distributed, or that it is not random")
    with r.binding({name: r.context.symbols[name].shape for name in names}):
        body = r.group(_plain(group))
    term, span = with_calls_opened(r.context, body.term, tuple(names)), Span(node.start, group.stop)
    if not (is_apart(term, names, r.context) or are_independent(names, r.context)):
        raise ReadError(
            f"expected what is said of {' and '.join(names)} together",
            _span(node),
            "say that they are independent, or that they are not random",
        )
    for name in names:
        density = Apply(str(random[name]), (Sym(name, span=span),), span=span)
        term = Expect(name, r.context.symbols[name].shape, density, term, span=span)
    return Typed(term, body.shape)


def _looks_random(r: Resolver, term: Term) -> bool:
    """Whether a term is made of a number (or a family of them) that is called as random ones are, and of which nothing
    is known."""
    for name, decl in r.context.symbols.items():
        known = decl.definition is not None or decl.depends or decl.shape or decl.values or decl.low or decl.high
        if len(name) > 1 or not name.isupper() or known or not decl.properties <= {"real"}:
            continue
        if any(depends_on(r.context, each, name) for each in mentioned(r.context, term)):
            return True
    return False


def _centred(item: s.Node, node: s.Node) -> s.Node:
    """``(v - \\mathbb{E}[v])``."""
    mean = (s.Name(node.start, node.start, "\\mathbb{E}"), s.Group(item.start, item.stop, "[", (item,)))
    minus = s.Sum(item.start, item.stop, (("+", item), ("-", s.Juxt(node.start, item.stop, mean))))
    return s.Group(item.start, item.stop, "(", (minus,))


def covariance(r: Resolver, group: s.Group, node: s.Node) -> Typed:
    """``\\operatorname{Cov}(v)`` and ``\\operatorname{Cov}(u, v)`` over every random quantity: of vectors, a matrix."""
    before = r.context
    r.context = modelled(before)
    try:
        return _covariance(r, group, node)
    finally:
        r.context = before


def _covariance(r: Resolver, group: s.Group, node: s.Node) -> Typed:
    if "|" in group.seps:
        raise NoSuchForm("expected the distribution of this variance", s.key(node), _span(node))
    if not 1 <= len(group.items) <= 2 or (group.seps and group.seps != (",",)):
        raise ReadError("expected one value, or two with a comma between them", _span(group))
    stated = is_stated(r, group, node)
    if not option(r.context, "random") and not stated:
        expectation(r, None, s.Group(group.start, group.stop, "[", group.items[:1]), node, probability=False)
    centred = [_centred(item, node) for item in group.items]
    first, second = centred[0], centred[-1]
    if r.fitting.settle(r.expression(group.items[0]).shape):
        second = s.Script(node.start, node.stop, second, None, s.Name(node.start, node.start, "\\top"))
    product = s.Juxt(node.start, group.stop, (first, second))
    whole = s.Group(group.start, group.stop, "[", (product,))
    if stated:
        return expectation(r, None, whole, node, probability=False)
    return _over_all_random(r, whole, node)


def _plain(group: s.Group) -> s.Group:
    if len(group.items) != 1:
        raise ReadError(
            "expected one value in the expectation, found a condition", _span(group), "put it in the distribution"
        )
    return s.Group(group.start, group.stop, "(", group.items, ())


def _distribution(sub: s.Node, node: s.Node) -> tuple[s.Node, s.Node]:
    """The variable and the distribution of ``x \\sim p`` or ``p(x | …)``."""
    match sub:
        case s.Relation(first=variable, rest=(("~", density),)):
            return variable, density
        case s.Group(bracket="{", items=(s.Relation(first=variable, rest=(("~", density),)),)):
            return variable, density
        case s.Juxt(parts=(head, s.Group(bracket="(", items=items, seps=seps))) if items:
            if s.key(head) in NORMALS and seps == (",",):
                message = "expected the variable of this distribution, found only its parameters"
                raise ReadError(message, _span(sub), f"write x \\sim {s.key(sub)}")
            first = items[0]
            return (first.first if isinstance(first, s.Relation) else first), sub
    raise ReadError(
        "expected a distribution below this expectation",
        _span(sub),
        "write \\mathbb{E}_{x \\sim p}[…] or \\mathbb{E}_{p(x)}[…]",
    )


def _density(r: Resolver, density: s.Node, variable: s.Node) -> Typed:
    """The density at the variable: ``p`` alone is ``p(x)``, ``\\mathcal{N}(m, S)`` is ``\\mathcal{N}(x; m, S)``."""
    family = densities.drawn(density)
    if family is not None:
        if not family.family.density:
            raise ReadError(f"expected a distribution whose density is known, found {s.key(density)}", _span(density))
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
    if parts is None:
        raise ReadError("expected the name of a distribution", _span(density))
    known = [c.name for c in lookup.shares(r, *parts)]
    if any(calls.signatures_of(r, name) or r.called.get(name) for name in known):
        return r.juxt((density, call), density)
    for candidate in lookup.shares(r, *parts):
        decl = r.context.symbols.get(candidate.name)
        if decl is not None and len(decl.family) == len(candidate.indices) + 1:
            return lookup.place(r, candidate.name, (*candidate.indices, variable), density)
    raise Undeclared(
        s.key(density),
        _span(density),
        f"declare “function {s.key(density)}(x) density”",
    )


def spread(r: Resolver, sub: s.Node | None, group: s.Group, node: s.Node) -> Typed:
    """``\\operatorname{Var}_{x \\sim p}[f]`` and ``\\operatorname{Cov}_p[f, g]``: expectations of centred values."""
    if "|" in group.seps:
        raise NoSuchForm("expected the distribution of this variance", s.key(node), _span(node))
    if not 1 <= len(group.items) <= 2 or (group.seps and group.seps != (",",)):
        raise ReadError("expected one value, or two with a comma between them", _span(group))
    brackets = [s.Group(item.start, item.stop, "[", (item,)) for item in group.items]
    means = [expectation(r, sub, bracket, node, probability=False) for bracket in brackets]
    shapes = [r.fitting.settle(mean.shape) for mean in means]
    if any(len(shape) > 1 for shape in shapes) or len({len(shape) for shape in shapes}) > 1:
        raise ShapeRefusal(
            "expected scalars or vectors in a variance or covariance", _span(group), "write the expectation out"
        )
    first = means[0].term
    if not isinstance(first, Expect | Integral):
        raise ReadError("expected an expectation", _span(node))
    centred: list[Typed] = []
    with r.binding({first.var: first.domain if isinstance(first, Expect) else first.shape}):
        for bracket, mean in zip(brackets, means, strict=True):
            centred.append(r.op("add", [r.group(bracket), r.op("neg", [mean], node)], node))
    if shapes[0]:
        product = r.product_of([centred[0], r.op("transpose", [centred[-1]], node)], node)
    else:
        product = r.product_of(centred, node) if len(centred) == 2 else r.power(centred[0], _two(node), node)
    if isinstance(first, Expect):
        return Typed(Expect(first.var, first.domain, first.density, product.term, span=first.span), product.shape)
    if not isinstance(first.body, Op):
        raise ReadError("expected an expectation", _span(node))
    weighted = Op("mul", (first.body.args[0], product.term), span=first.span)
    return Typed(replace(first, body=weighted), product.shape)


def _two(node: s.Node) -> Typed:
    return Typed(Num(Fraction(2), span=_span(node)), SCALAR)


def spelled_out(r: Resolver, node: s.Node) -> s.Node:
    """``q_\\phi`` where one form ``q_\\phi(z | x)`` is declared: that form, at its own parameters."""
    parts = parts_of(node)
    if parts is None:
        return node
    for candidate in lookup.shares(r, *parts):
        signatures = [each for each in calls.signatures_of(r, candidate.name) if each.slots]
        if len(signatures) == 1 and not candidate.indices and all(slot.param for slot in signatures[0].slots):
            slots = [s.Name(node.start, node.stop, slot.param) for slot in signatures[0].slots]
            seps = signatures[0].seps or (",",) * (len(slots) - 1)
            return s.Juxt(node.start, node.stop, (node, s.Group(node.start, node.stop, "(", tuple(slots), seps)))
    return node


_VARIABLES = ("x", "z", "u", "v", "t", "y", "w", "\\xi", "\\zeta", "\\eta")


def _own_variable(r: Resolver, node: s.Node, group: s.Group) -> tuple[s.Node, Range | Shape] | None:
    """A variable for a distribution that is written with its parameters only, ``\\mathcal{N}(m, S)``, and what it runs
    over: a letter that stands nowhere else here."""
    family = densities.drawn(node)
    domain: Range | Shape
    match densities.normal(node):
        case s.Juxt(parts=(head, s.Group(bracket="(", items=(mean, _), seps=(",",)))) if s.key(head) in NORMALS:
            domain = r.fitting.settle(r.expression(mean).shape)
        case _ if family is not None:
            domain = family.family.domain
        case _:
            return None
    taken = {*r.context.symbols, *r.context.functions, *r.context.indices, *r.context.sizes, *r.scope}
    text = s.key(group)
    free = next((each for each in _VARIABLES if each not in taken and each not in text), None)
    if free is None:
        raise ReadError("expected a free letter for the variable of these distributions", _span(group))
    return s.Name(node.start, node.stop, free), domain


def divergence(r: Resolver, group: s.Group, node: s.Node) -> Typed:
    """``\\mathrm{KL}(q(z|x) \\| p(z))``: the expectation under the first of the log of the ratio."""
    split = group.seps.index("||")
    if split != 0 or len(group.items) != 2:
        raise ReadError("expected \\mathrm{KL}(q(z) \\| p(z))", _span(group))
    discrete = discrete_divergence(r, group, node)
    if discrete is not None:
        return discrete
    first, second = (spelled_out(r, item) for item in group.items)
    if isinstance(first, s.Name | s.Script) and s.key(first) not in r.context.functions:
        message = f"expected a distribution, found {s.key(first)}, which nothing declares as one"
        raise NoSuchForm(message, s.key(first), _span(first), f"write what {s.key(first)} is, such as q(z) = …")
    known = _own_variable(r, first, group)
    variable, density = (known[0], first) if known is not None else _distribution(first, node)
    name, domain = s.key(variable), known[1] if known is not None else variable_shape(r, variable)
    with r.binding({name: domain}):
        q, p = _density(r, density, variable), _density(r, second, variable)
        ratio = r.op("log", [r.op("div", [q, p], node)], node)
    family = densities.drawn(density)
    half = family is not None and not family.family.binary
    return Typed(_mean(name, domain, q.term, ratio.term, half, Span(node.start, group.stop)), SCALAR)


__all__ = [
    "Bound",
    "Extent",
    "Index",
    "Op",
    "Sym",
    "big_operator",
    "divergence",
    "expectation",
    "integral",
    "spelled_out",
    "variable_shape",
]
