"""One name for one thing: monomials, bound names, exponents, and the order they stand in."""

from __future__ import annotations

from fractions import Fraction
from itertools import permutations

import pytest
from flint import fmpq

from derive.prove.atoms import ONE, ZERO, Atom, Ix, add, exponent, heads, mono, number, of_atom, scale, subtract
from tests.prove.normal import gap, same

GIVEN = r"""
index i, j, k, l = 1..N
A_{ij}, B_{ij} \in \mathbb{R} ; x_i, y_i \in \mathbb{R} ; S \in \mathbb{R}^{N \times N} symmetric ; a \in \mathbb{R}
"""
X, Y = Atom("ent", "x"), Atom("ent", "y")


def test_equal_atoms_are_one_object() -> None:
    assert Atom("ent", "x") is X
    assert Ix("i", 1) is Ix("i", 1)
    assert mono({X: 1, Y: 2}) is mono([(Y, 2), (X, 1)])


def test_the_arithmetic_of_sums() -> None:
    x, y = of_atom(X), of_atom(Y)
    assert add(x, y) == add(y, x)
    assert add(x, scale(x, -1)) == ZERO
    assert subtract(x, y) == scale(subtract(y, x), -1)
    assert number(Fraction(2, 4)) == scale(ONE, fmpq(1, 2))
    assert heads(add(x, y)) == {"x", "y"}


@pytest.mark.parametrize(("value", "kept"), [(fmpq(4, 2), 2), (fmpq(1, 2), Fraction(1, 2)), (3, 3)])
def test_whole_exponents_are_integers(value: int | fmpq, kept: int | Fraction) -> None:
    assert exponent(value) == kept
    assert type(exponent(value)) is type(kept)


def test_a_power_of_zero_is_left_out() -> None:
    assert mono({X: 0, Y: 1}) is mono({Y: 1})


RING = "A_{ij} A_{jk} A_{ki}"
PATH = "A_{ij} B_{jk} x_i y_k"
STAR = "A_{ij} A_{ik} A_{il} x_j x_k x_l"


@pytest.mark.parametrize(("body", "names"), [(RING, "ijk"), (PATH, "ijk"), (STAR, "ijkl")])
def test_a_sum_does_not_know_its_names(body: str, names: str) -> None:
    def written(order: tuple[str, ...]) -> str:
        swapped = "".join(order[names.index(c)] if c in names else c for c in body)
        return "".join(rf"\sum_{{{name}=1}}^N " for name in sorted(order)) + swapped

    first = written(tuple(names))
    assert all(same(GIVEN, first, written(order)) for order in permutations(names))


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (r"\sum_i \sum_j \sum_k A_{ij} A_{jk} A_{ki}", r"\sum_i \sum_j \sum_k A_{ij} A_{jk} A_{ik}"),
        (r"\sum_i \sum_j A_{ij} x_i y_j", r"\sum_i \sum_j A_{ij} x_j y_i"),
        (r"\sum_i \sum_j A_{ij}^2", r"\sum_i \sum_j A_{ij} A_{ji}"),
        (r"\sum_i \sum_j \sum_k A_{ij} B_{jk}", r"\sum_i \sum_j \sum_k A_{ij} B_{ik}"),
        (r"\sum_i x_i y_i", r"\sum_i \sum_j x_i y_j"),
        (r"\sum_i x_i^2", r"(\sum_i x_i)^2"),
        ("A_{ij}", "A_{ji}"),
    ],
)
def test_what_differs_keeps_its_difference(left: str, right: str) -> None:
    assert not same(GIVEN, left, right)


def test_symmetric_slots_are_sorted() -> None:
    assert same(GIVEN, "S_{ij}", "S_{ji}")
    assert same(GIVEN, r"\sum_i \sum_j S_{ij} x_i y_j", r"\sum_i \sum_j S_{ij} x_j y_i")


def test_free_names_stay_what_they_are() -> None:
    _, difference = gap(GIVEN, r"x_i \sum_j A_{ij} y_j", "0")
    assert difference.free >= {"i"}
    assert not same(GIVEN, "x_i", "x_j")
