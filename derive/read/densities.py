"""Distributions that are known by name: the density of ``\\mathrm{Exp}(\\lambda)``, or its mean and variance."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache

from derive.language.extents import SCALAR, Extent, Range, Shape
from derive.language.terms import Const, Num, Term
from derive.read import syntax as s
from derive.read.infinite_sums import endless_from
from derive.read.parser import parse

BINARY = Range(Extent.of(0), Extent.of(1))


@dataclass(frozen=True)
class Named:
    """One family of distributions of a number.

    ``parameters`` are letters of the templates. With a ``density`` (in the letter x), the numbers are 0
    and 1 (``binary``), 0, 1, 2, … (``counts``), those from 0 to 1 (``unit``), those between the two parameters
    (``between``) or all those ≥ 0; without one, only the ``mean`` and the ``variance`` are used.
    """

    parameters: str
    mean: str
    variance: str
    density: str = ""
    binary: bool = False
    counts: bool = False
    unit: bool = False
    between: bool = False

    @property
    def end(self) -> Term | None:
        """Up to where the density goes from 0; nothing where the domain or the parameters say it."""
        if self.binary or self.between or self.counts:
            return None
        return Num(Fraction(1)) if self.unit else Const("inf")

    @property
    def values(self) -> str:
        """What is declared of a number that is drawn from it."""
        if self.counts:
            return "nonnegative integer"
        if self.between:
            return r"\in \mathbb{R}"
        return r"\in \{0, 1\}" if self.binary else r"\in (0, 1)" if self.unit else "> 0"

    @property
    def domain(self) -> Range | Shape:
        """What the variable runs over; of a density on x ≥ 0, or on a part of that, the space that this is in."""
        if self.counts and self.density:
            return endless_from(0)
        return BINARY if self.binary else SCALAR


_BERNOULLI = Named("p", "p", "p(1-p)", r"p^x (1-p)^{1-x}", binary=True)
_EXPONENTIAL = Named("a", r"\frac{1}{a}", r"\frac{1}{a^2}", r"a e^{-a x}")
_POISSON = Named("a", "a", "a", r"\frac{a^x e^{-a}}{x!}", counts=True)
_BETA = Named(
    "ab",
    r"\frac{a}{a+b}",
    r"\frac{a b}{(a+b)^2 (a+b+1)}",
    r"\frac{(a+b-1)!}{(a-1)! (b-1)!} x^{a-1} (1-x)^{b-1}",
    unit=True,
)
_UNIFORM = Named("ab", r"\frac{a+b}{2}", r"\frac{(b-a)^2}{12}", r"\frac{1}{b-a}", between=True)
_BINOMIAL = Named("np", "n p", "n p (1-p)", counts=True)

_FAMILIES = {
    **dict.fromkeys(("Bernoulli", "Bern", "Ber"), _BERNOULLI),
    **dict.fromkeys(("Exp", "Exponential", "Expo"), _EXPONENTIAL),
    **dict.fromkeys(("Poisson", "Poi", "Pois"), _POISSON),
    "Beta": _BETA,
    **dict.fromkeys(("Uniform", "Unif", "U"), _UNIFORM),
    **dict.fromkeys(("Binomial", "Bin", "Binom"), _BINOMIAL),
}
"""An exponential distribution has a rate. Gamma (rate or scale) and the geometric distribution (trials or failures) are
left out: a name alone does not say which is meant."""


@dataclass(frozen=True)
class Drawn:
    """A distribution with its parameters as they were written."""

    family: Named
    values: tuple[s.Node, ...]

    def density(self, variable: s.Node) -> s.Node:
        """The density at the variable."""
        return self._filled(self.family.density, variable)

    def ends(self) -> tuple[s.Node, s.Node] | None:
        """Between which two numbers it lies, if it has a density there and nowhere else."""
        return (self.values[0], self.values[1]) if self.family.between else None

    def mean(self) -> s.Node:
        """Its mean."""
        return self._filled(self.family.mean, None)

    def variance(self) -> s.Node:
        """Its variance."""
        return self._filled(self.family.variance, None)

    def _filled(self, template: str, variable: s.Node | None) -> s.Node:
        given = dict(zip(self.family.parameters, self.values, strict=True))
        if variable is not None:
            given["x"] = variable
        at = self.values[0]
        return _put(_parsed(template), given, at)


def normal(node: s.Node) -> s.Node:
    """``N(m, v)`` and ``\\mathrm{Normal}(m, v)`` as ``\\mathcal{N}(m, v)``; anything else as it is."""
    match node:
        case s.Juxt(
            parts=(s.Name(text="N") | s.Word(text="N" | "Normal") as head, s.Group(bracket="(", items=(_, _)) as group)
        ):
            return s.Juxt(node.start, node.stop, (s.Name(head.start, head.stop, "\\mathcal{N}"), group))
    return node


def drawn(node: s.Node) -> Drawn | None:
    """The distribution that ``\\mathrm{Exp}(\\lambda)`` names, or None."""
    match node:
        case s.Juxt(parts=(s.Name() | s.Word() as head, s.Group(bracket="(" | "[" as bracket, items=items, seps=seps))):
            pass
        case _:
            return None
    text = head.text
    word = text[8:-1] if text.startswith("\\mathrm{") else text if isinstance(head, s.Word) else ""
    family = _UNIFORM if text in ("\\mathcal{U}", "U") else _FAMILIES.get(word)
    if family is not None and bracket == "[" and not family.between:
        return None
    if family is None or len(items) != len(family.parameters) or set(seps) - {",", ";"}:
        return None
    return Drawn(family, items)


@cache
def _parsed(template: str) -> s.Node:
    return parse(template)


def _put(node: s.Node, given: dict[str, s.Node], at: s.Node) -> s.Node:
    """A template with what its letters stand for, all at one place of the text."""
    if isinstance(node, s.Name) and node.text in given:
        return s.Group(at.start, at.stop, "(", (given[node.text],), ())
    return replace(s.rebuilt(node, lambda part: _put(part, given, at)), start=at.start, stop=at.stop)
