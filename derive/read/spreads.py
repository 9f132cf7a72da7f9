"""Variances, covariances and divergences: expectations of what is centred, or of the log of a ratio."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from derive.language.extents import SCALAR, Range, Shape
from derive.language.terms import Expect, Integral, Num, Op, Span, Term
from derive.read import densities
from derive.read import syntax as s
from derive.read.binders import variable_shape
from derive.read.called_posteriors import mean_given
from derive.read.captured import outside, under_binder
from derive.read.discrete import discrete_divergence
from derive.read.distributed import density_at, distribution, ends_of, is_stated, spelled_out
from derive.read.errors import NoSuchForm, ReadError, ShapeRefusal
from derive.read.expectations import expectation, over_all_random, refuse_drawn_otherwise
from derive.read.fitting import Typed
from derive.read.member_means import Average
from derive.read.models import modelled
from derive.read.names import option
from derive.read.notation import NORMALS

if TYPE_CHECKING:
    from derive.read.resolver import Resolver


def spread(r: Resolver, sub: s.Node | None, group: s.Group, node: s.Node) -> Typed:
    """``\\operatorname{Var}_{x \\sim p}[f]`` and ``\\operatorname{Cov}_p[f, g]``: expectations of centred values."""
    if "|" in group.seps:
        posterior = None if sub is not None else _under_posterior(r, group, node)
        if posterior is None:
            raise NoSuchForm("expected the distribution of this variance", s.key(node), node.span)
        return posterior
    if not 1 <= len(group.items) <= 2 or (group.seps and group.seps != (",",)):
        raise ReadError("expected one value, or two with a comma between them", group.span)
    brackets = [s.Group(item.start, item.stop, "[", (item,)) for item in group.items]
    means = [expectation(r, sub, bracket, node, probability=False) for bracket in brackets]
    shapes = [r.fitting.settle(mean.shape) for mean in means]
    if any(len(shape) > 1 for shape in shapes) or len({len(shape) for shape in shapes}) > 1:
        raise ShapeRefusal(
            "expected scalars or vectors in a variance or covariance", group.span, "write the expectation out"
        )
    first = means[0].term
    if not isinstance(first, Expect | Integral) and len(means) == 1 and not shapes[0]:
        return _by_squares(r, sub, group, means[0], node)
    if not isinstance(first, Expect | Integral):
        raise ReadError("expected an expectation", node.span)
    centred: list[Typed] = []
    with r.binding({first.var: first.domain if isinstance(first, Expect) else first.shape}):
        for mean in means:
            value = Typed(_averaged(mean.term, node), mean.shape)
            centred.append(r.op("add", [value, r.op("neg", [mean], node)], node))
    if shapes[0]:
        product = r.product_of([centred[0], r.op("transpose", [centred[-1]], node)], node)
    else:
        product = r.product_of(centred, node) if len(centred) == 2 else r.power(centred[0], _two(node), node)
    if isinstance(first, Expect):
        return Typed(Expect(first.var, first.domain, first.density, product.term, span=first.span), product.shape)
    if not isinstance(first.body, Op):
        raise ReadError("expected an expectation", node.span)
    weighted = Op("mul", (first.body.args[0], product.term), span=first.span)
    return Typed(replace(first, body=weighted), product.shape)


def _under_posterior(r: Resolver, group: s.Group, node: s.Node) -> Typed | None:
    """``\\operatorname{Var}(\\theta \\mid x)`` of a number whose density, given x, the text has a formula for."""
    mean = mean_given(r, group, node)
    if mean is None or r.fitting.settle(mean.shape):
        return None
    item = group.items[0]
    square = s.Script(item.start, item.stop, s.Group(item.start, item.stop, "(", (item,)), None, _two_written(item))
    given = s.Group(group.start, group.stop, group.bracket, (square, *group.items[1:]), group.seps)
    of_square = mean_given(r, given, node)
    if of_square is None:
        return None
    return r.op("add", [of_square, r.op("neg", [r.power(mean, _two(node), node)], node)], node)


def _by_squares(r: Resolver, sub: s.Node | None, group: s.Group, mean: Typed, node: s.Node) -> Typed:
    """The mean of the square less the square of the mean, where means are worked out as they are read."""
    item = group.items[0]
    square = s.Script(item.start, item.stop, s.Group(item.start, item.stop, "(", (item,)), None, _two_written(item))
    bracket = s.Group(item.start, item.stop, "[", (square,))
    of_square = expectation(r, sub, bracket, node, probability=False)
    return r.op("add", [of_square, r.op("neg", [r.power(mean, _two(node), node)], node)], node)


def _two_written(item: s.Node) -> s.Node:
    return s.Number(item.start, item.stop, "2")


def _averaged(mean: Term, node: s.Node) -> Term:
    """What an expectation, read, is the mean of: with everything written out that varies with its variable."""
    match mean:
        case Expect(body=body) | Integral(body=Op(name="mul", args=(_, body))):
            return body
    raise ReadError("expected an expectation", node.span)


def _two(node: s.Node) -> Typed:
    return Typed(Num(Fraction(2), span=node.span), SCALAR)


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
        posterior = _under_posterior(r, group, node)
        if posterior is None:
            raise NoSuchForm("expected the distribution of this variance", s.key(node), node.span)
        return posterior
    if not 1 <= len(group.items) <= 2 or (group.seps and group.seps != (",",)):
        raise ReadError("expected one value, or two with a comma between them", group.span)
    refuse_drawn_otherwise(r, group, node)
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
    return over_all_random(r, whole, node)


def _centred(item: s.Node, node: s.Node) -> s.Node:
    """``(v - \\mathbb{E}[v])``."""
    mean = (s.Name(node.start, node.start, "\\mathbb{E}"), s.Group(item.start, item.stop, "[", (item,)))
    minus = s.Sum(item.start, item.stop, (("+", item), ("-", s.Juxt(node.start, item.stop, mean))))
    return s.Group(item.start, item.stop, "(", (minus,))


_VARIABLES = ("x", "z", "u", "v", "t", "y", "w", "\\xi", "\\zeta", "\\eta")


def divergence(r: Resolver, group: s.Group, node: s.Node) -> Typed:
    """``\\mathrm{KL}(q(z|x) \\| p(z))``: the expectation under the first of the log of the ratio."""
    split = group.seps.index("||")
    if split != 0 or len(group.items) != 2:
        raise ReadError("expected \\mathrm{KL}(q(z) \\| p(z))", group.span)
    discrete = discrete_divergence(r, group, node)
    if discrete is not None:
        return discrete
    items = [_small(r, item) for item in group.items]
    first, second = (spelled_out(r, _as_normal(r, item)) for item in items)
    if isinstance(first, s.Name | s.Script) and s.key(first) not in r.context.functions:
        message = f"expected a distribution, found {s.key(first)}, which nothing declares as one"
        raise NoSuchForm(message, s.key(first), first.span, f"write what {s.key(first)} is, such as q(z) = …")
    known = _own_variable(r, first, group)
    variable, density = (known[0], first) if known is not None else distribution(first, node)
    name, domain = s.key(variable), known[1] if known is not None else variable_shape(r, variable)
    before = outside(r, variable)
    with r.binding({name: domain}):
        q, p = density_at(r, density, variable), density_at(r, second, variable)
        ratio = r.op("log", [r.op("div", [q, p], node)], node)
    family = densities.drawn(density)
    ends = ends_of(r, density)
    if any(found is not None and found.family.between for found in (family, densities.drawn(second))):
        raise ReadError(
            "expected distributions over all numbers: a uniform one is zero outside of its interval", group.span
        )
    weight, inside = (under_binder(r.context, each.term, name, before, domain) for each in (q, ratio))
    span = Span(node.start, group.stop)
    return Typed(Average(name, domain, weight, ends).of(inside, span, r.context, r.scope), SCALAR)


def jensen_shannon(r: Resolver, group: s.Group, node: s.Node) -> Typed:
    r"""``\mathrm{JS}(p \| q)``: the mean of the divergences of p and of q from half their sum (Lin, 1991)."""
    if group.seps != ("||",):
        raise ReadError("expected \\mathrm{JS}(p \\| q)", group.span)
    start, stop = group.start, group.stop
    both = s.Sum(start, stop, (("+", group.items[0]), ("+", group.items[1])))
    mean = s.Frac(start, stop, both, s.Number(start, stop, "2"))
    parts = [divergence(r, s.Group(start, stop, "(", (item, mean), ("||",)), node) for item in group.items]
    half = Typed(Num(Fraction(1, 2)), SCALAR)
    return r.op("mul", [half, r.op("add", parts, node)], node)


def _small(r: Resolver, item: s.Node) -> s.Node:
    """``P`` as the density p, where nothing is called P and p is one."""
    if not isinstance(item, s.Name) or not re.fullmatch(r"[A-Z]", item.text):
        return item
    known = (r.context.functions, r.context.symbols, r.context.sizes, r.called, r.scope)
    if any(item.text in names for names in known):
        return item
    return replace(item, text=item.text.lower()) if item.text.lower() in r.context.functions else item


def _as_normal(r: Resolver, item: s.Node) -> s.Node:
    """``N(m, v)`` as the normal distribution, where N is no function of the author's."""
    return item if "N" in r.context.functions else densities.normal(item)


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
        raise ReadError("expected a free letter for the variable of these distributions", group.span)
    return s.Name(node.start, node.stop, free), domain
