"""What is seen to be ≥ 0 (or > 0), and what is not."""

from __future__ import annotations

import pytest

from derive.prove.atoms import scale
from derive.prove.positivity import nonnegative
from tests.prove.normal import gap

GIVEN = r"""
index i, j, n = 1..N ; k = 1..K
x, y, z \in \mathbb{R} ; p, q > 0 ; h \in (0,1) ; t_i \in \{0,1\}
a_i, b_i \in \mathbb{R} ; w_i > 0 ; A_{ij} \in \mathbb{R} ; W_{ij} \geq 0 ; f \in \mathbb{R}^N
S, P \in \mathbb{R}^{N \times N} symmetric posdef ; M \in \mathbb{R}^{N \times N}
"""

SEEN = [
    "x^2", "(x - y)^2", "x^2 - 2 x + 1", "p x^2 + q y^2", "p (1 - h)", r"\frac{(x - y)^2}{p}",
    r"\sum_i (a_i - b_i)^2", r"\sum_i w_i (a_i - x)^2", r"(\sum_i a_i b_i)^2", r"\sum_i \sum_j a_i a_j",
    r"\sum_i \sum_j S_{ij} a_i a_j", r"f^T S f", r"\sum_i \sum_j W_{ij} (f_i - f_j)^2",
    r"\sum_n (\sum_i A_{ni} a_i)^2", r"e^{-x} (1 - h) + p",
    r"2 N \sum_i a_i^2 - 2 N \sum_i a_i^2 + x^2",
    r"N \sum_i a_i^2 - (\sum_i a_i)^2", r"\sum_i a_i^2 \sum_i b_i^2 - (\sum_i a_i b_i)^2",
    r"\sum_i w_i \sum_i w_i a_i^2 - (\sum_i w_i a_i)^2",
    r"f^T S^{-1} f", r"f^T (p I + q M^T M)^{-1} f", r"f^T M (p S + M^T P M)^{-1} M^T f", r"f^T (S + f f^T)^{-1} f",
    r"f^T (S + P^{-1})^{-1} f", r"\frac{x^2}{1 + p f^T (S + M M^T)^{-1} f}", r"f^T S f - \frac{f^T S f}{1 + p f^T S f}",
    r"\sum_i w_i - w_j", r"x^2 + y^2 + z^2 - x y - y z - z x", r"\sum_i (t_i x^2 + (1 - t_i) y^2)",
]  # fmt: skip
UNSEEN = [
    "x", "x y", "x^2 - y^2", "x^2 - 1", "p - q", "p x^2 - q y^2", r"\sum_i w_i a_i", r"\sum_i (a_i^2 - b_i^2)",
    r"\sum_i \sum_j A_{ij} a_i a_j", "f^T M f", r"\sum_i \sum_j W_{ij} f_i f_j", r"\sum_i \sum_j A_{ij} (f_i - f_j)^2",
    r"\sum_i a_i^2 - (\sum_i a_i)^2", "h - 1", r"(\sum_i a_i)^2 - \sum_i a_i^2", "x^2 + y^2 - 3 x y",
    r"\sum_i a_i^2 - (\sum_i a_i)^2", r"\sum_i a_i^2 \sum_i b_i^2 - 2 (\sum_i a_i b_i)^2", r"\sum_i a_i - a_j",
    r"w_j - \sum_i w_i", r"f^T (S - M^T M)^{-1} f", r"f^T (x I + M^T M)^{-1} f", r"f^T (S + M)^{-1} f",
    r"f^T (p I + q M^T S)^{-1} f", r"f^T (p I + M^T M)^{-1} M f", r"\frac{x^2}{p f^T (S + M)^{-1} f}",
    r"f^T (S + x P)^{-1} f", r"f^T S f - \frac{f^T S f}{1 - p f^T S f}",
    r"\sum_i w_i a_i^2 - (\sum_i w_i a_i)^2",
]  # fmt: skip
STRICT = ["p", "p + x^2", "1 + (x - y)^2", r"\sum_i w_i", r"p + \sum_i a_i^2"]


@pytest.mark.parametrize("text", SEEN)
def test_seen(text: str) -> None:
    assert nonnegative(*gap(GIVEN, text, "0"))


@pytest.mark.parametrize("text", UNSEEN)
def test_unseen(text: str) -> None:
    assert not nonnegative(*gap(GIVEN, text, "0"))


@pytest.mark.parametrize("text", STRICT)
def test_strict(text: str) -> None:
    assert nonnegative(*gap(GIVEN, text, "0"), strict=True)


@pytest.mark.parametrize("text", [text for text in SEEN if text not in ("p (1 - h)", r"e^{-x} (1 - h) + p")])
def test_what_may_be_zero_is_not_strict(text: str) -> None:
    assert not nonnegative(*gap(GIVEN, text, "0"), strict=True)


@pytest.mark.parametrize("text", STRICT)
def test_the_opposite_is_not_seen(text: str) -> None:
    algebra, p = gap(GIVEN, text, "0")
    assert not nonnegative(algebra, scale(p, -1))
