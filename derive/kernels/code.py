"""Pieces of array code: expressions that know their axes, blocks of statements, names."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from fractions import Fraction

from derive.language.extents import Extent
from derive.language.terms import (
    Big,
    Term,
)

SUM, PRODUCT, ATOM = 1, 2, 3
ROOM = 2
"""How many times the largest array that must exist an intermediate may be."""
LONG, SMALL = 48, 16
"""An expression of more characters has a name, if its array is this many times smaller than the largest."""
SCALAR_FUNCTIONS = {"log": "math.log", "exp": "math.exp", "sqrt": "math.sqrt"}
FUNCTIONS = {"exp": "np.exp", "sqrt": "np.sqrt", "tanh": "np.tanh", "abs": "np.abs", "sin": "np.sin", "cos": "np.cos"}
HELPERS = {"logistic": "_logistic", "softplus": "_softplus", "log": "_log", "relu": "_relu"}
UFUNCS = {"+": "add", "-": "subtract", "*": "multiply", "/": "divide"}
RELATIONS = {"=": "==", "!=": "!=", "<": "<", "<=": "<=", ">": ">", ">=": ">="}


@dataclass(frozen=True)
class Value:
    """An expression, the index of each of its axes, and how tightly it binds; ``number`` if it is a Python number."""

    code: str
    axes: tuple[str, ...] = ()
    binds: int = ATOM
    number: bool = False

    def within(self, binds: int) -> str:
        """The expression as a part of one that binds this tightly."""
        return self.code if self.binds >= binds else f"({self.code})"


@dataclass
class Block:
    """Statements of one indentation: those of the function, or of a loop over ``fixed``, or over slices."""

    fixed: dict[str, str]
    lines: list[str] = field(default_factory=list)
    known: dict[str, tuple[str, tuple[str, ...]]] = field(default_factory=dict)
    sliced: dict[str, str] = field(default_factory=dict)

    @property
    def held(self) -> dict[str, str]:
        """The loop variable of each index that a loop runs over here, entry by entry or in slices."""
        return {**self.fixed, **self.sliced}


@dataclass(frozen=True)
class Code:
    """The body of a function, what it returns, the helpers it calls, and the sizes it divides by."""

    lines: tuple[str, ...]
    returned: tuple[str, ...]
    helpers: tuple[str, ...]
    imports: tuple[str, ...]
    divisors: tuple[str, ...]


def number(value: Fraction) -> Value:
    """A rational number as code."""
    if value.denominator == 1:
        return Value(str(value.numerator), (), ATOM if value >= 0 else SUM, number=True)
    if value.denominator & (value.denominator - 1) == 0:
        return Value(repr(float(value)), (), ATOM if value >= 0 else SUM, number=True)
    return Value(f"{value.numerator} / {value.denominator}", (), PRODUCT, number=True)


def size_name(name: str) -> str:
    """A size as a Python name."""
    return identifier(name)


def identifier(text: str) -> str:
    """A Python name near to a LaTeX name.

    >>> identifier(r"\\boldsymbol{\\mu}^{(t+1)}")
    'mu_t_1'
    """
    plain = re.sub(r"\\(?:boldsymbol|mathbf|mathrm|text|operatorname|left|right)(?![A-Za-z])", "", text)
    plain = re.sub(r"[^0-9A-Za-z]+", "_", plain).strip("_")
    return plain if plain and not plain[0].isdigit() else f"v_{plain}"


def extent_code(extent: Extent) -> str:
    """A length as code."""
    return re.sub(r"(?<=\w) (?=\w)", " * ", str(extent.renamed({n: Extent.of(size_name(n)) for n in extent.names})))


def summand_of(term: Term) -> Term:
    """What a nest of sums is the sum of."""
    while isinstance(term, Big):
        term = term.body
    return term


def is_name(code: str) -> bool:
    """Whether some code is one name."""
    return code.isidentifier()


def position(order: tuple[str, ...], axis: str) -> str:
    """Where an axis stands, as a text."""
    return str(order.index(axis))
