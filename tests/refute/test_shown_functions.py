"""What a counterexample says of an unknown function is what was computed with: a reader can compute it again."""

from __future__ import annotations

from fractions import Fraction

import pytest
from flint import fmpq
from sympy import Rational, Symbol
from sympy.parsing.sympy_parser import (
    convert_xor,
    implicit_multiplication,
    parse_expr,
    rationalize,
    standard_transformations,
)

from derive.refute.arrays import Arr
from derive.refute.unknown import Unknowns, _sum_of

WAYS = (*standard_transformations, convert_xor, implicit_multiplication, rationalize)
INPUTS = [fmpq(2, 3), fmpq(-3, 2)]


def computed(text: str) -> Rational:
    """A text of the program at the inputs above; ``s = …`` behind a comma is what s stands for."""
    body, _, where = text.partition(", s = ")
    names = {f"u{at + 1}": Rational(int(value.p), int(value.q)) for at, value in enumerate(INPUTS)}
    known = {name: Symbol(name) for name in names}
    term = parse_expr(body, known | {"s": Symbol("s")}, WAYS)
    if where:
        term = term.subs(Symbol("s"), parse_expr(where, known, WAYS))
    return term.subs({Symbol(name): value for name, value in names.items()})


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("property_", ["", "positive", "nonnegative", "nonzero", "negative", "unit", "open_unit"])
def test_numbers(property_: str, seed: int) -> None:
    unknown = Unknowns(str(seed))
    value = unknown.value("f", (), INPUTS, None, frozenset({property_} - {""}))
    assert isinstance(value, fmpq)
    assert Rational(int(value.p), int(value.q)) == computed(unknown.used["f"])


@pytest.mark.parametrize("property_", ["posdef", "psd", "symmetric", "diagonal"])
def test_matrices(property_: str) -> None:
    unknown = Unknowns("2")
    value = unknown.value("K", (), INPUTS, (2, 2), frozenset({property_}))
    assert isinstance(value, Arr)
    text = unknown.used["K"]
    definite = text.startswith("L L^T + I/2, L = ")
    assert definite == (property_ in ("posdef", "psd"))
    rows = text.removeprefix("L L^T + I/2, L = ").strip("[]").split("], [")
    shown = [[computed(each) for each in row.split(", ")] for row in rows]
    if definite:
        half = Rational(1, 2)
        shown = [
            [sum(a * b for a, b in zip(shown[i], shown[j], strict=True)) + half * int(i == j) for j in range(2)]
            for i in range(2)
        ]
    assert [Rational(int(each.p), int(each.q)) for each in value.data] == [each for row in shown for each in row]


def test_a_simplex_says_that_it_is_divided() -> None:
    unknown = Unknowns("1")
    unknown.value("p", (), INPUTS, (2,), frozenset({"simplex"}))
    assert all(text.endswith(", divided by the sum of all") for text in unknown.used.values())


def test_sums_are_written_as_one_writes_them() -> None:
    assert _sum_of([]) == "0"
    assert _sum_of([(Fraction(-1), "u1"), (Fraction(2, 3), "")]) == "-u1 + 2/3"
