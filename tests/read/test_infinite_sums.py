r"""Infinite sums: what they come to, beside partial sums that plain loops add up, and which are refused."""

from __future__ import annotations

import math
from collections.abc import Callable

import pytest
import sympy

from derive.language.context import Context
from derive.language.terms import Const, Num, Op, Sym, Term
from derive.read.declarations import declare
from derive.read.errors import ReadError
from derive.read.latex import node_readings
from derive.read.parser import parse
from derive.read.symbols import SympyReadError, quotient
from derive.read.sympy import to_term

CONTEXT = declare(
    r"g, p \in (0,1) ; h \in [0,1] ; a, b > 0 ; r \in \mathbb{R} ; c \in (-1, 1/2) ; w \in [0, 2) ; z \in [-1, 1)",
    Context(),
)
AT = {"g": 0.7, "p": 0.4, "a": 1.3, "b": 0.6, "r": -0.8, "c": -0.45}
Summand = Callable[[int], float]
F = math.factorial

KNOWN: list[tuple[str, int, Summand]] = [
    (r"\sum_{k=0}^\infty g^k", 0, lambda k: 0.7**k),
    (r"\sum_{k=3}^\infty g^k", 3, lambda k: 0.7**k),
    (r"\sum_{k=1}^{\infty} k^2 g^{k-1}", 1, lambda k: k**2 * 0.7 ** (k - 1)),
    (r"\sum_{k=1}^{+\infty} k^3 (2 g^k - c^{2k})", 1, lambda k: k**3 * (2 * 0.7**k - 0.45 ** (2 * k))),
    (r"\sum_{k=2}^\infty k (1-p)^{k-1} p", 2, lambda k: k * 0.6 ** (k - 1) * 0.4),
    (r"\sum_{k=0}^\infty (k+1)(k+2) (g p)^k", 0, lambda k: (k + 1) * (k + 2) * 0.28**k),
    (r"\sum_{k=0}^\infty \frac{r}{2^k}", 0, lambda k: -0.8 / 2**k),
    (r"\sum_{k=0}^\infty (-1)^k g^{2k+1}", 0, lambda k: (-1) ** k * 0.7 ** (2 * k + 1)),
    (r"\sum_{k=1}^\infty e^{-a k}", 1, lambda k: math.exp(-1.3 * k)),
    (r"\sum_{k=0}^\infty k e^{-a b k + r}", 0, lambda k: k * math.exp(-0.78 * k - 0.8)),
    (r"\sum_{k=0}^\infty \frac{a^k}{k!}", 0, lambda k: 1.3**k / F(k)),
    (r"\sum_{k=2}^\infty \frac{r^k}{k!}", 2, lambda k: (-0.8) ** k / F(k)),
    (r"\sum_{k=0}^\infty k^3 \frac{a^k e^{-a}}{k!}", 0, lambda k: k**3 * 1.3**k * math.exp(-1.3) / F(k)),
    (r"\sum_{k=1}^\infty \frac{k^2 a^k}{(k-1)!}", 1, lambda k: k**2 * 1.3**k / F(k - 1)),
    (r"\sum_{k=0}^\infty \frac{(k+1) a^k}{(k+1)!}", 0, lambda k: (k + 1) * 1.3**k / F(k + 1)),
    (r"\sum_{k=0}^\infty (k - a)^2 \frac{a^k}{b^k k!}", 0, lambda k: (k - 1.3) ** 2 * (1.3 / 0.6) ** k / F(k)),
    (r"\sum_{k=0}^\infty \frac{e^{r k} a^k}{k!}", 0, lambda k: math.exp(-0.8 * k) * 1.3**k / F(k)),
    (r"\sum_{k=0}^\infty \frac{(-1)^k r^{2k}}{2^k k!}", 0, lambda k: (-0.32) ** k / F(k)),
]


def number(term: Term) -> float:
    """A term in numbers, on its own."""
    match term:
        case Num(value):
            return float(value)
        case Sym(name):
            return AT[name]
        case Const("e"):
            return math.e
        case Op(name, args):
            values = [number(arg) for arg in args]
            found = {
                "add": lambda: sum(values),
                "neg": lambda: -values[0],
                "mul": lambda: math.prod(values),
                "div": lambda: values[0] / values[1],
                "pow": lambda: values[0] ** values[1],
                "exp": lambda: math.exp(values[0]),
            }[name]()
            return float(found)
    raise TypeError(f"{term}")


@pytest.mark.parametrize(("text", "first", "summand"), KNOWN)
def test_it_is_what_partial_sums_come_to(text: str, first: int, summand: Summand) -> None:
    (typed,) = node_readings(parse(text), CONTEXT)
    assert number(typed.term) == pytest.approx(sum(summand(k) for k in range(first, first + 150)), rel=1e-12)


REFUSED = [
    r"\sum_{k=0}^\infty a^k",
    r"\sum_{k=0}^\infty h^k",
    r"\sum_{k=0}^\infty r^k",
    r"\sum_{k=0}^\infty z^k",
    r"\sum_{k=0}^\infty (1-h)^k",
    r"\sum_{k=0}^\infty (1-w)^k",
    r"\sum_{k=0}^\infty (1-r)^k",
    r"\sum_{k=0}^\infty (g+p)^k",
    r"\sum_{k=0}^\infty g^{-k}",
    r"\sum_{k=0}^\infty \frac{1}{g^k}",
    r"\sum_{k=0}^\infty (2c)^k",
    r"\sum_{k=0}^\infty 1",
    r"\sum_{k=0}^\infty (-1)^k",
    r"\sum_{k=0}^\infty e^{a k}",
    r"\sum_{k=0}^\infty e^{-r k}",
    r"\sum_{k=0}^\infty g^{k^2}",
    r"\sum_{k=0}^\infty g^{a k}",
    r"\sum_{k=1}^\infty \frac{1}{k}",
    r"\sum_{k=1}^\infty \frac{g^k}{k}",
    r"\sum_{k=0}^\infty k^k / k!",
    r"\sum_{k=0}^\infty k! \, g^k",
    r"\sum_{k=0}^\infty \frac{a^k}{k! k!}",
    r"\sum_{k=0}^\infty \frac{a^k}{(2k)!}",
    r"\sum_{k=0}^\infty \frac{r^k}{(k+1)!}",
    r"\sum_{k=0}^\infty \frac{a^k}{(k-1)!}",
    r"\sum_{k=0}^\infty \frac{a^k}{(k+r)!}",
    r"\sum_{k=-1}^\infty g^k",
    r"\sum_{k}^\infty g^k",
    r"\prod_{k=0}^\infty g^k",
    r"\int_0^3 \sum_{k=0}^\infty g^k \, dg",
    r"\sum_{k=0}^\infty g_k",
    r"\sum_{k=0}^\infty (g^k + 1)",
    r"\sum_{k=0}^\infty (g^k + r^k)",
    r"\sum_{k=0}^\infty (g r)^k",
    r"\sum_{k=0}^\infty k^{1/2} g^k",
    r"\sum_{k=1}^\infty k^{-1} g^k",
    r"\sum_{k=0}^\infty k^{0.5} g^k",
    r"\sum_{k=0}^\infty k^9 g^k",
]


@pytest.mark.parametrize("text", REFUSED)
def test_what_may_not_converge_or_is_not_known_is_refused(text: str) -> None:
    with pytest.raises(ReadError):
        node_readings(parse(text), CONTEXT)


def test_of_vectors() -> None:
    context = declare(r"v \in \mathbb{R}^d ; A \in \mathbb{R}^{d \times d} ; g \in (0,1)", Context())
    (typed,) = node_readings(parse(r"\sum_{k=0}^\infty g^k A v"), context)
    (same,) = node_readings(parse(r"A v \frac{1}{1 - g}"), context)
    assert typed == same
    for text in (
        r"\sum_{k=0}^\infty A^k v",
        r"\sum_{k=0}^\infty \frac{A^k}{k!}",
        r"\sum_{k=0}^\infty \frac{e^{k A}}{k!}",
    ):
        with pytest.raises(ReadError):
            node_readings(parse(text), context)


def test_of_what_is_defined_only_its_definition_counts() -> None:
    context = declare(r"g, q \in (0, 1) ; let q := 2 g ; s, t \in \mathbb{R} ; let s := g^t", Context())
    with pytest.raises(ReadError):
        node_readings(parse(r"\sum_{k=0}^\infty q^k"), context)
    (typed,) = node_readings(parse(r"\sum_{t=0}^\infty s"), context)
    (same,) = node_readings(parse(r"\sum_{k=0}^\infty g^k"), context)
    assert typed == same


def test_the_same_from_sympy() -> None:
    g, a, b, k = sympy.symbols("g a b k")
    found = to_term(sympy.Sum(quotient(a**k, sympy.factorial(k)), (k, 0, sympy.oo)), CONTEXT)
    assert number(found) == pytest.approx(math.exp(1.3))
    assert number(to_term(sympy.Sum(k * g**k, (k, 0, sympy.oo)), CONTEXT)) == pytest.approx(0.7 / 0.09)
    for endless in (sympy.Sum(b**k, (k, 0, sympy.oo)), sympy.Sum(g**k, (k, -1, sympy.oo))):
        with pytest.raises(SympyReadError):
            to_term(endless, CONTEXT)
