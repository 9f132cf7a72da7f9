"""Expectations and probabilities, under one distribution or over everything random."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from derive.language.dependencies import depends_on, mentioned, mentioned_freely
from derive.language.terms import Apply, Const, Expect, Num, Span, Sym, Term
from derive.read import densities, lookup
from derive.read import syntax as s
from derive.read.called_posteriors import has_formula, in_unit, is_given, mean_given
from derive.read.capital_variables import as_variable
from derive.read.captured import outside, symbol_of, under_binder, with_calls_opened
from derive.read.conditioned import given_away
from derive.read.distributed import (
    density_at,
    distribution,
    ends_of,
    independent,
    names_of,
    spelled_out,
    stated,
    values_of,
)
from derive.read.errors import Awaited, NoSuchForm, ReadError, ShapeRefusal
from derive.read.fitting import Typed
from derive.read.independence import are_independent, is_apart
from derive.read.member_means import Average, mean_of_members
from derive.read.models import modelled
from derive.read.names import BUNDLES, DRAWN, Form, fits_form, option, parts_of
from derive.read.parser import parse
from derive.read.reached_by_facts import reached

if TYPE_CHECKING:
    from derive.read.resolver import Resolver


def expectation(r: Resolver, sub: s.Node | None, group: s.Group, node: s.Node, *, probability: bool) -> Typed:
    """``\\mathbb{E}_{x \\sim p}[f]``, ``\\mathbb{E}_{p(x)}[f]``, ``\\mathbb{P}_{x \\sim p}[f \\ne g]``; of what is
    observed, as its model has it."""
    given = None if probability or sub is not None else given_away(r, group)
    posterior = None if probability or sub is not None or given is not None else mean_given(r, group, node)
    if posterior is not None:
        return posterior
    sub, group = given or (sub, group)
    before = r.context
    r.context = modelled(before, None if sub is None else _averaged(r, sub))
    if sub is None:
        refuse_drawn_otherwise(r, group, node)
    try:
        return _under(r, sub, group, node, probability=probability)
    except ReadError:
        one = sub is None and not probability and len(group.items) == 1
        whole = mean_of_members(r, _plain(group)) if one else None
        if whole is None:
            raise
        return whole
    finally:
        r.context = before


def _averaged(r: Resolver, sub: s.Node) -> set[str]:
    """The random quantities that an expectation is over, as they were drawn: under another distribution than the
    stated one, such as that given an observation, the observation is what it is."""
    stated = option(r.context, "distributed")
    match sub:
        case s.Relation(first=variable, rest=(("~", density),)):
            known = stated.get(s.key(variable))
            same = not isinstance(known, s.Node) or s.key(known) == s.key(density)
            return {symbol_of(r, s.key(variable))} if same else set()
    drawn = names_of(sub) & {*stated, *option(r.context, "random")}
    return {symbol_of(r, name) for name in drawn}


def refuse_drawn_otherwise(r: Resolver, group: s.Group, node: s.Node) -> None:
    """``ReadError`` where something in these brackets is random, as the text has it, and it is not known how: it is no
    constant in an expectation over everything random."""
    known = {*option(r.context, "random"), *option(r.context, "distributed")}
    known |= {parts[0] for name in known if (parts := parts_of(parse(name))) is not None}
    unknown = [
        name
        for name in option(r.context, DRAWN)
        if name not in known and name in r.context.symbols and r.context.symbols[name].definition is None
    ]
    if not unknown:
        return
    try:
        inside = {name for item in group.items for name in mentioned(r.context, r.expression(item).term)}
    except ReadError:
        return  # said where it is read
    for name in unknown:
        if any(depends_on(r.context, each, name) for each in inside):
            message = f"expected to be told how {name} is distributed, together with all that is random here"
            raise ReadError(message, node.span, "write \\mathbb{E}_{x \\sim p}[…]")


def _under(r: Resolver, sub: s.Node | None, group: s.Group, node: s.Node, *, probability: bool) -> Typed:
    if isinstance(sub, s.Group) and "|" in sub.seps:
        return _given(r, sub, group, node)
    if sub is None and "|" in group.seps and (probability or not option(r.context, "random")):
        message = "expected the distribution of this expectation"
        hint = "write \\mathbb{E}_{x \\sim p}[…] or \\mathbb{E}_{p(x)}[…]"
        raise NoSuchForm(message, s.key(node), node.span, hint)
    several = independent(r, group) if sub is None and not probability else []
    if several:
        return _one_in_another(r, several, group, node)
    said = None if probability and sub is None else stated(r, sub, group, node)
    whole = mean_of_members(r, _plain(group)) if sub is None and said is None and not probability else None
    if whole is not None:
        return whole
    if sub is None and said is None and not probability and option(r.context, "random"):
        return over_all_random(r, group, node)
    if sub is None and said is None:
        r.condition(group) if probability else r.group(_plain(group))  # an unknown name in it is said first
        message = "expected the distribution of this expectation"
        hint = "write \\mathbb{E}_{x \\sim p}[…] or \\mathbb{E}_{p(x)}[…]"
        raise ReadError(message, node.span, hint)
    variable, density = said or distribution(node if sub is None else spelled_out(r, sub), node)
    group = group if said is not None else as_variable(r, variable, group)
    family = densities.drawn(density)
    name = s.key(variable)
    domain = family.family.domain if family is not None else values_of(r, variable, density, said is not None)
    half = said is not None and option(r.context, "support").get(name) == "positive"
    before, decl = outside(r, variable), r.context.symbols.get(name)
    above = decl is not None and not decl.shape and bool(decl.properties & {"positive", "nonnegative"})
    ends = ends_of(r, density)
    if ends is not None and decl is not None and decl.shape:
        raise ReadError(f"expected a number that is drawn from an interval, found {name}", node.span)
    with r.binding({name: domain}):
        weight = density_at(r, density, variable)
        half = half or (said is not None and domain == () and above and has_formula(weight.term, r.context))
        if r.fitting.settle(weight.shape):
            raise ShapeRefusal("a density must be a scalar", (sub or node).span)
        body = r.indicator(group, group) if probability else r.group(_plain(group))
    zero = Num(Fraction(0))
    if ends is None and half:
        ends = zero, Const("inf")
    if ends is None and domain == () and in_unit(decl) and is_given(weight.term, r.context):
        ends = zero, Num(Fraction(1))
    span = Span(node.start, group.stop)
    density_here, inside = (under_binder(r.context, each.term, name, before, domain) for each in (weight, body))
    return Typed(Average(name, domain, density_here, ends).of(inside, span, r.context, r.scope), body.shape)


def _given(r: Resolver, sub: s.Group, group: s.Group, node: s.Node) -> Typed:
    """``\\mathbb{E}_{z_i | x_i; \\theta}[f(z_i)]`` of a label: the sum with the weights ``P(z_i = k | x_i; θ)``."""
    variable, rest = sub.items[0], sub.items[1:]
    name = s.key(variable)
    if isinstance(option(r.context, BUNDLES).get(name), tuple):
        raise NoSuchForm(f"expected the distribution of one quantity, found that of all {name}", s.key(node), sub.span)
    found: list[tuple[Form, dict[str, s.Node]]] = []
    for forms in r.called.values():
        for form in forms if isinstance(forms, tuple) else ():
            given = _value_given(form, variable, rest)
            if given is not None and form.name in r.context.symbols:
                found.append((form, given))
    if len(found) != 1:
        what = f"the probability of {name} = k under this expectation"
        if found:
            raise ReadError(f"more than one declared form is {what}", sub.span)
        raise Awaited(what, sub.span, f"declare “let \\mathbb{{P}}[{name} = k | …] := …”")
    form, given = found[0]
    decl = r.context.symbols[form.name]
    value = next(index for index, item in given.items() if item is variable)
    domain = decl.family[decl.family_names.index(value)]
    before = outside(r, variable)
    with r.binding({name: domain}):
        chosen = tuple(given[index] for index in decl.family_names)
        weight = lookup.place(r, form.name, chosen, sub)
        body = r.group(_plain(group))
    chance, inside = (under_binder(r.context, each.term, name, before, domain) for each in (weight, body))
    return Typed(Expect(name, domain, chance, inside, span=Span(node.start, group.stop)), body.shape)


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


def _one_in_another(r: Resolver, names: Sequence[str], group: s.Group, node: s.Node) -> Typed:
    """``\\mathbb{E}_{x \\sim p}[\\mathbb{E}_{y \\sim q}[f]]`` of independent x and y."""
    distributed = option(r.context, "distributed")
    for name in reversed(names):
        density = distributed[name]
        if not isinstance(density, s.Node):
            raise ReadError("expected the distribution of this expectation", node.span)
        over = s.Relation(node.start, node.stop, s.Name(node.start, node.stop, name), (("~", density),))
        head = s.Script(node.start, node.stop, s.Name(node.start, node.start, "\\mathbb{E}"), over)
        if name == names[0]:
            return _under(r, over, group, node, probability=False)
        group = s.Group(group.start, group.stop, "[", (s.Juxt(node.start, group.stop, (head, group)),))
    raise ReadError("expected the distribution of this expectation", node.span)


def over_all_random(r: Resolver, group: s.Group, node: s.Node) -> Typed:
    """``\\mathbb{E}[f]`` over every random quantity that f depends on; of something fixed, that itself."""
    random = option(r.context, "random")
    outside = r.group(_plain(group))
    names = reached(outside.term, random, r.context)
    drawn = [each for name in option(r.context, "distributed") if (each := _drawn(name)) not in random]
    made_of = mentioned_freely(r.context, outside.term) if names and drawn else ()
    beside = [
        each
        for each in dict.fromkeys(drawn)
        if each in r.context.symbols and any(depends_on(r.context, name, each) for name in made_of)
    ]
    if names and beside:
        message = f"expected what is said of {' and '.join((*names, *beside))} together"
        raise ReadError(message, node.span, "say under what the expectation is taken: \\mathbb{E}_{x \\sim p}[…]")
    if not names and _looks_random(r, outside.term):
        message = "expected something random in this expectation: nothing says what is"
        raise NoSuchForm(message, s.key(node), node.span, "say how it is distributed, or that it is not random")
    with r.binding({name: r.context.symbols[name].shape for name in names}):
        body = r.group(_plain(group))
    term, span = with_calls_opened(r.context, body.term, tuple(names)), Span(node.start, group.stop)
    if not (is_apart(term, names, r.context) or are_independent(names, r.context)):
        raise ReadError(
            f"expected what is said of {' and '.join(names)} together",
            node.span,
            "say that they are independent, or that they are not random",
        )
    for name in names:
        density = Apply(str(random[name]), (Sym(name, span=span),), span=span)
        term = Expect(name, r.context.symbols[name].shape, density, term, span=span)
    return Typed(term, body.shape)


def _drawn(name: str) -> str:
    """``m`` of ``m_i``, of which a distribution is stated."""
    parts = parts_of(parse(name))
    return name if parts is None else parts[0]


def _looks_random(r: Resolver, term: Term) -> bool:
    """Whether a term is made of a number (or a family of them) that is called as random ones and estimates are, and of
    which nothing is known."""
    for name, decl in r.context.symbols.items():
        known = decl.definition is not None or decl.depends or decl.shape or decl.values or decl.low or decl.high
        named_so = (len(name) == 1 and name.isupper()) or name.startswith(("\\hat{", "\\widehat{"))
        if not named_so or known or not decl.properties <= {"real"}:
            continue
        if any(depends_on(r.context, each, name) for each in mentioned(r.context, term)):
            return True
    return False


def _plain(group: s.Group) -> s.Group:
    if len(group.items) != 1:
        raise ReadError(
            "expected one value in the expectation, found a condition", group.span, "put it in the distribution"
        )
    return s.Group(group.start, group.stop, "(", group.items, ())
