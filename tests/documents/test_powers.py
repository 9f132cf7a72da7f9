"""Powers of matrices beyond repeated products: of an inverse, and of diagonal matrices."""

from __future__ import annotations

import pytest

from derive.checker import Limits, ask

GIVEN = [
    r"A \in \mathbb{R}^{d\times d} invertible ; D \in \mathbb{R}^{d\times d} diagonal posdef",
    r"W \in \mathbb{R}^{d\times d} symmetric ; index i, j = 1..d ; S \in \mathbb{R}^{d\times d} symmetric posdef",
]


@pytest.mark.parametrize(
    ("left", "right", "word"),
    [
        ("A^{-2}", "(A^{-1})^2", "proved"),
        ("A^3 A^{-2}", "A", "proved"),
        ("A^{-2}", "A^{-1}", "refuted"),
        ("D^{1/2} D^{1/2}", "D", "proved"),
        ("D^{-1/2} D D^{-1/2}", "I", "proved"),
        (r"(D^{-\frac12} W D^{-\frac12})_{ij}", r"\frac{W_{ij}}{\sqrt{D_{ii} D_{jj}}}", "proved"),
        (r"(D^{-\frac12} W D^{-\frac12})_{ij}", r"\frac{W_{ij}}{D_{ii}}", "refuted"),
        ("D^{-1/2} (D - W) D^{-1/2}", "I - D^{-1/2} W D^{-1/2}", "proved"),
        ("D^{-1/2} (D - W) D^{-1/2}", "I - D^{-1} W", "refuted"),
    ],
)
def test_powers(left: str, right: str, word: str) -> None:
    (result,) = ask(left, right, GIVEN, Limits(jobs=1, timeout=60)).results
    assert result.word == word


@pytest.mark.parametrize("left", ["A^{1/2}", "W^{-1/2}", "S^{1/2}"])
def test_roots_of_other_matrices_are_not_taken_entry_by_entry(left: str) -> None:
    with pytest.raises(ValueError, match="expected a whole-number power of a matrix"):
        ask(left, "S", GIVEN, Limits(jobs=1, timeout=60))
