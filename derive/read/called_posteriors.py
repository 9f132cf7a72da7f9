r"""``\mathbb{E}[\theta \mid x_1, \dots, x_n]`` where the text has a formula for ``p(\theta | x_1, \dots, x_n)``: the
mean under that density, over all values that θ may take."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from derive.language.context import Context, SymbolDecl
from derive.language.extents import SCALAR
from derive.language.terms import Apply, Const, Expect, Integral, Num, Op, Span, Sym, Term
from derive.read import syntax as s
from derive.read.captured import outside, under_binder
from derive.read.distributed import density_at, names_of
from derive.read.errors import ReadError
from derive.read.fitting import Typed
from derive.read.parser import parse

if TYPE_CHECKING:
    from derive.read.resolver import Resolver

_LETTERS = ("p", "\\pi", "P", "q")
_FROM_ZERO = frozenset({"positive", "nonnegative"})
_UNIT = frozenset({"unit", "open_unit"})


def mean_given(r: Resolver, group: s.Group, node: s.Node) -> Typed | None:
    """Such a mean; None where the text has no formula for this density, or several."""
    if group.seps.count("|") != 1 or group.seps.index("|") != 0:
        return None
    body, given = group.items[0], group.items[1:]
    found = [(name, density) for name in sorted(names_of(body)) for density in _densities(r, name, given)]
    if len(found) != 1:
        return None
    ((name, density),) = found
    decl, variable = r.context.symbols[name], replace(parse(name), start=node.start, stop=node.stop)
    before = outside(r, variable)
    with r.binding({name: decl.shape}):
        weight = density_at(r, density, variable)
        inside = r.expression(body)
    if r.fitting.settle(weight.shape):
        return None
    terms = [under_binder(r.context, each.term, name, before, decl.shape) for each in (weight, inside)]
    return Typed(_over_all_values(decl, terms[0], terms[1], Span(node.start, group.stop)), inside.shape)


def _densities(r: Resolver, name: str, given: tuple[s.Node, ...]) -> Iterator[s.Node]:
    """The density of a quantity, given just this, of which the text has a formula."""
    decl = r.context.symbols.get(name)
    if decl is None or decl.family or decl.definition is not None or decl.values:
        return
    conditions = ", ".join("\\dots" if isinstance(item, s.Dots) else s.key(item) for item in given)
    for letter in _LETTERS:
        call = parse(f"{letter}({name} | {conditions})")
        if _has_formula(r, call):
            yield call


def _has_formula(r: Resolver, call: s.Node) -> bool:
    try:
        return is_given(r.expression(call).term, r.context)
    except ReadError:
        return False


def is_given(density: Term, context: Context) -> bool:
    """Whether a density is one by a formula, other than that of a normal distribution."""
    return has_formula(density, context) or (isinstance(density, Op) and density.name != "gaussian")


def has_formula(density: Term, context: Context) -> bool:
    """Whether the text says what a density is, as a term."""
    if isinstance(density, Apply):
        function = context.functions.get(density.name)
        return function is not None and function.body is not None
    decl = context.symbols.get(density.name) if isinstance(density, Sym) else None
    return decl is not None and decl.definition is not None


def in_unit(decl: SymbolDecl | None) -> bool:
    """Whether a number lies between 0 and 1."""
    if decl is None or decl.shape or decl.family:
        return False
    ends = [end.value if isinstance(end, Num) else None for end in (decl.low, decl.high)]
    return bool(decl.properties & _UNIT) or ends == [0, 1]


def _over_all_values(decl: SymbolDecl, weight: Term, body: Term, span: Span) -> Term:
    """The mean over the values that a quantity may take, as its density is normalised over them."""
    said = decl.properties - {"real"}
    if not said and decl.low is None and decl.high is None:
        return Expect(decl.name, decl.shape, weight, body, span=span)
    low = Num(Fraction(0)) if said else decl.low
    high = (Num(Fraction(1)) if said & _UNIT else decl.high) or Const("inf")
    if decl.shape or not said <= _FROM_ZERO | _UNIT or not all(isinstance(end, Num | Const) for end in (low, high)):
        raise ReadError(f"cannot tell what {decl.name} is averaged over", span, "write the integral")
    return Integral(decl.name, Op("mul", (weight, body), span=span), SCALAR, low, high, span=span)


__all__ = ["has_formula", "in_unit", "is_given", "mean_given"]
