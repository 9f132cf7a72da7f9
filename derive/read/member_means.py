r"""Means of what is made of a family whose members' distribution is stated: ``\mathbb{E}[z_j]`` where
``z_j = \mu_j + \sigma_j \epsilon_j`` and ``\epsilon_j \sim \mathcal{N}(0, 1)``.

The mean is taken into sums, also into those over the members, down to what is made of one member; products of several
members are not touched, since nothing here says that they are independent.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from derive.language.context import Context
from derive.language.dependencies import depends_on, mentioned
from derive.language.extents import SCALAR, Range, Shape
from derive.language.shapes import Scope
from derive.language.terms import (
    Array,
    Big,
    Expect,
    Index,
    Integral,
    Op,
    Span,
    Sym,
    Term,
    bound_names,
    subterms,
)
from derive.read import densities
from derive.read import syntax as s
from derive.read.binders import variable_shape
from derive.read.captured import with_bound, with_definitions
from derive.read.dependencies import with_names
from derive.read.distributed import density_at, ends_of, stated_member
from derive.read.errors import ReadError
from derive.read.fitting import Typed
from derive.read.infinite_sums import HINT, first_of_endless, value_of
from derive.read.names import option

if TYPE_CHECKING:
    from derive.read.resolver import Resolver


def mean_of_members(r: Resolver, group: s.Group) -> Typed | None:
    """The mean of these brackets; None if they are not made of one family whose members' distribution is stated, or
    if it is more than a sum of what is made of one member each."""
    found = stated_member(r, group)
    if found is None:
        return None
    variable, member = found
    density = option(r.context, "distributed")[s.key(variable)]
    letters = tuple(index.name for index in member.indices if isinstance(index, Index))
    if not isinstance(density, s.Node) or len(letters) != len(member.indices):
        return None
    name = s.key(variable)
    family = densities.drawn(density)
    if family is not None and not family.family.density:
        return None
    domain = family.family.domain if family is not None else variable_shape(r, variable)
    ends = ends_of(r, density)
    with r.binding({name: domain}):
        weight = density_at(r, density, variable).term
    body = r.group(group)
    bound = _Bound(member.name, letters, Average(name, domain, weight, ends), {**r.scope})
    mean = bound.mean(with_definitions(r.context, body.term, member.name), r.context)
    return None if mean is None else Typed(mean, body.shape)


@dataclass(frozen=True)
class Average:
    """The mean under the density ``weight`` of a variable that runs over ``domain``, or over what lies between two
    ``ends``."""

    name: str
    domain: Range | Shape
    weight: Term
    ends: tuple[Term, Term] | None = None

    def of(self, body: Term, span: Span, context: Context, scope: Scope) -> Term:
        """The mean of a value; ``ReadError`` where it is over all whole numbers, and what that sum comes to is not
        known."""
        first = first_of_endless(self.domain)
        if first is not None:
            summed = Op("mul", (self.weight, body))
            value = value_of(summed, self.name, first, context, {**scope, self.name: self.domain})
            if value is None:
                raise ReadError("expected a mean that is an infinite sum of powers, over factorials", span, HINT)
            return replace(value, span=span)
        if self.ends is not None:
            product = Op("mul", (self.weight, body), span=span)
            return Integral(self.name, product, SCALAR, *self.ends, span=span)
        return Expect(self.name, self.domain, self.weight, body, span=span)


@dataclass(frozen=True)
class _Bound:
    """A family, its indices in the distribution, and the mean over the variable that stands for a member."""

    family: str
    letters: tuple[str, ...]
    average: Average
    scope: Scope

    def mean(self, term: Term, context: Context) -> Term | None:
        """The mean of a term with every definition written out; None if it cannot be told."""
        if not self._random(term, context):
            return term
        match term:
            case Op(name="add" | "neg" | "transpose" | "trace" | "diag", args=args):
                return self._each(term, args, context)
            case Op(name="mul", args=args) if sum(self._random(arg, context) for arg in args) == 1:
                return self._each(term, args, context)
            case Op(name="div", args=(top, bottom)) if not self._random(bottom, context):
                inside = self.mean(top, context)
                return None if inside is None else replace(term, args=(inside, bottom))
            case Big(kind="sum", body=body, where=None) | Array(body=body):
                inside = self.mean(body, context)
                return None if inside is None else replace(term, body=inside)
        return self._of_one(term, context)

    def _each(self, term: Op, args: tuple[Term, ...], context: Context) -> Term | None:
        means = [self.mean(arg, context) for arg in args]
        return replace(term, args=tuple(mean for mean in means if mean is not None)) if None not in means else None

    def _of_one(self, term: Term, context: Context) -> Term | None:
        """The mean of what is made of one member, whose indices nothing in the term binds."""
        members = {part for part in subterms(term) if isinstance(part, Sym) and part.name == self.family}
        if len(members) != 1:
            return None
        (member,) = members
        if not all(isinstance(index, Index) for index in member.indices):
            return None
        places = {index.name for index in member.indices if isinstance(index, Index)}
        if any(places & {*bound_names(part)} for part in subterms(term)):
            return None
        name = self.average.name
        bound: Term = Index(name) if isinstance(self.average.domain, Range) else Sym(name)
        inside = with_bound(term, member, bound)
        if self._random(inside, context):
            return None
        weight = with_names(self.average.weight, dict(zip(self.letters, member.indices, strict=True)))
        return replace(self.average, weight=weight).of(inside, Span(0, 0), context, self.scope)

    def _random(self, term: Term, context: Context) -> bool:
        return any(depends_on(context, name, self.family) for name in mentioned(context, term))
