"""Sums opened side by side: each under variables that nothing beside it has, the same ones each time."""

from __future__ import annotations

import pytest

from derive.prove.atoms import Poly
from derive.prove.binding import opened_beside, unused
from tests.prove.normal import equal, gap, same

GIVEN = r"""
index i, j, l = 1..N ; k = 1..K
x_i, y_i \in \mathbb{R} ; w_k > 0 ; c_{ik} > 0 ; A \in \mathbb{R}^{N \times N} invertible
"""

THE_SAME = [
    (r"(\sum_i x_i)^2", r"\sum_i \sum_j x_i x_j"),
    (r"(\sum_i x_i)^3", r"\sum_i \sum_j \sum_l x_i x_j x_l"),
    (r"\sum_k w_k (\sum_i c_{ik})^2", r"\sum_k \sum_i \sum_j w_k c_{ik} c_{jk}"),
    (r"\sum_k w_k (\sum_i c_{ik} \sum_j c_{jk} x_j)", r"\sum_k \sum_j \sum_i w_k c_{jk} c_{ik} x_i"),
    (r"\sum_i x_i (\sum_j x_j)^2", r"(\sum_l x_l)^3"),
]
NOT_THE_SAME = [
    (r"(\sum_i x_i)^2", r"\sum_i x_i^2"),
    (r"(\sum_i x_i)^3", r"\sum_i \sum_j x_i x_j^2"),
    (r"\sum_k w_k (\sum_i c_{ik})^2", r"\sum_k \sum_i w_k c_{ik}^2"),
    (r"\sum_k w_k (\sum_i c_{ik} \sum_j c_{jk} x_j)", r"\sum_k \sum_i w_k c_{ik}^2 x_i"),
    (r"\sum_i x_i (\sum_j x_j)^2", r"\sum_i x_i^3"),
    (r"\sum_i x_i (\sum_j x_j)^2", r"(\sum_i x_i^2) \sum_j x_j"),
]


@pytest.mark.parametrize(("left", "right"), THE_SAME)
def test_sums_in_products(left: str, right: str) -> None:
    assert same(GIVEN, left, right)


@pytest.mark.parametrize(("left", "right"), NOT_THE_SAME)
def test_sums_that_share_no_variable_stay_apart(left: str, right: str) -> None:
    assert not same(GIVEN, left, right)
    assert not equal(GIVEN, left, right)


def test_shares_of_squares_under_one_index() -> None:
    # what is exposed under an index inside of what is exposed under another one has a variable of its own
    given = GIVEN + r"let S := \sum_{i=1}^N e^{x_i} ; let r_i := \frac{e^{x_i}}{S}"
    assert equal(given, r"\sum_i \sum_j r_i r_j", "1")
    assert not equal(given, r"\sum_i r_i^2", "1")
    assert not equal(given, r"\sum_i \sum_j r_i r_j y_j", r"\sum_i r_i^2 y_i")


def test_an_inverse_beside_its_matrix() -> None:
    assert equal(GIVEN, r"\sum_j A_{ij} (A^{-1} A)_{jl}", r"A_{il}")
    assert not equal(GIVEN, r"\sum_j A_{ij} A^{-1}_{jl}", r"A_{il}")


def test_the_variables_are_not_those_taken() -> None:
    algebra, p = gap(GIVEN, r"\sum_i x_i y_i", "0")
    (atom,) = p.atoms()
    first, ((name, key),) = opened_beside(algebra, atom, set())
    again, _ = opened_beside(algebra, atom, set())
    other, ((further, _),) = opened_beside(algebra, atom, {name})
    assert first == again
    assert name != further
    assert further not in first.free
    assert unused(algebra, key, {name, further}) not in (name, further)
    assert isinstance(other, Poly)
    assert other.free == {further}
