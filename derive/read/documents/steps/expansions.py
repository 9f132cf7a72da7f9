"""``\\sqrt{1 + x} \\approx 1 + x/2`` to first order: both sides have the same value and slope at the place named."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from derive.language.claims import Equal
from derive.language.context import Context
from derive.language.dependencies import depends_on, mentioned
from derive.language.shapes import shape_of
from derive.language.terms import At, Deriv, Num, Op, Sym, Term
from derive.read import syntax as s
from derive.read.errors import ReadError
from derive.read.fitting import size_term
from derive.read.latex import node_readings
from derive.read.parser import parse

HINT = "say of what it is an expansion: “for small $x$, to first order”, “around $x = 0$”"
_ORDER = (
    (re.compile(r"(?i)\b(?:second|2nd)[- ]order\b|\bquadratic(?:ally)?\s+approxim\w+"), 2),
    (re.compile(r"(?i)\b(?:first|1st|leading)[- ]order\b|\blineari[sz]\w+|\blinear\s+approximation|\bsmall\s+⟨"), 1),
)
_WHAT = ("the values", "the first derivatives", "the second derivatives")
_PLACE = re.compile(
    r"(?i)\b(?:for\s+(?:all\s+)?(?:sufficiently\s+)?small|order\s+in|expan\w+\s+in|around|about|near|at)\s+⟨(?P<number>\d+)⟩"
)


@dataclass(frozen=True)
class Expansion:
    """What the words announce: up to which order, in which variable, at which value (empty for zero)."""

    order: int
    variable: str
    value: str = ""

    @property
    def place(self) -> str:
        """Where it is expanded, as an equation."""
        return f"{self.variable} = {self.value or 0}"


def announced(sentence: str, formulas: Mapping[int, str]) -> Expansion | None:
    """What a sentence so far, with its formulas numbered, says of the approximations that follow.

    >>> announced("For small ⟨3⟩ we have, to first order,", {3: "x"})
    Expansion(order=1, variable='x', value='')
    >>> announced("The second-order Taylor expansion around ⟨4⟩ is", {4: "x = a"})
    Expansion(order=2, variable='x', value='a')
    """
    order = next((order for words, order in _ORDER if words.search(sentence)), 0)
    place = _PLACE.search(sentence)
    if not order or place is None:
        return None
    variable, _, value = (part.strip() for part in formulas.get(int(place["number"]), "").partition("="))
    return Expansion(order, variable, "" if value == "0" else value) if variable else None


def agreements(expansion: Expansion, left: Term, right: Term, context: Context) -> list[tuple[Equal, str]]:
    """The values of both sides at the place of the expansion, their slopes there, and so on up to its order; each with
    what it is in words."""
    variable = _one(parse(expansion.variable), context)
    if not isinstance(variable, Sym) or variable.indices or context.symbols[variable.name].definition is not None:
        raise ReadError(f"expected a variable to expand in, found {expansion.variable}", None, HINT)
    if not all(_reaches(context, side, variable.name) for side in (left, right)):
        raise ReadError(f"expected both sides of ≈ to depend on {expansion.variable}", None, HINT)
    value = _one(parse(expansion.value), context) if expansion.value else _zero(variable, context)
    found: list[tuple[Equal, str]] = []
    for what in _WHAT[: expansion.order + 1]:
        found.append((Equal(At(left, variable, value), At(right, variable, value)), f"{what} at {expansion.place}"))
        left, right = Deriv(left, variable), Deriv(right, variable)
    return found


def _reaches(context: Context, side: Term, name: str) -> bool:
    return any(depends_on(context, each, name) for each in mentioned(context, side))


def _one(node: s.Node, context: Context) -> Term:
    terms = [typed.term for typed in node_readings(node, context)]
    if len(terms) != 1:
        raise ReadError("expected one reading of what is expanded in", None, HINT)
    return terms[0]


def _zero(variable: Sym, context: Context) -> Term:
    shape = shape_of(variable, context)
    return Op("zeros", tuple(size_term(extent, None) for extent in shape)) if shape else Num(Fraction(0))


__all__ = ["HINT", "Expansion", "agreements", "announced"]
