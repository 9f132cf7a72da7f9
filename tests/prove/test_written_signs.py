"""What is positive as it is written, and is multiplied out all the same: 1 + (x - m)^2, also under sums."""

from __future__ import annotations

import pytest

from tests.prove.normal import equal

GIVEN = r"""
index i, j, k = 1..n
p, q > 0 ; x, m, u \in \mathbb{R} ; x_i, m_i \in \mathbb{R} ; y_i \in \mathbb{R}^d ; w_i > 0 ; v_i \in \mathbb{R}
c < 0
let r_{ij} := \frac{(1 + \|y_i - y_j\|^2)^{-1}}{\sum_{k=1}^n (1 + \|y_k - y_i\|^2)^{-1}}
"""

TRUE = [
    (r"\log\frac{p}{1 + (x - m)^2}", r"\log p - \log(1 + (x - m)^2)"),
    (r"\log\frac{p}{2 + 2 (x - m)^2}", r"\log p - \log 2 - \log(1 + (x - m)^2)"),
    (r"\log\frac{p}{q + \sum_{i=1}^n w_i (x_i - m_i)^2}", r"\log p - \log(q + \sum_{i=1}^n w_i (x_i - m_i)^2)"),
    (r"\log\frac{p}{r_{ij}}", r"\log p - \log r_{ij}"),
    (r"|1 + (x - m)^2|", r"1 + (x - m)^2"),
    (r"|(x - m)^2 - c|", r"(x - m)^2 - c"),
]
NOT_ALWAYS = [
    (r"|1 - (x - m)^2|", r"1 - (x - m)^2"),
    (r"|1 + u (x - m)^2|", r"1 + u (x - m)^2"),
    (r"|1 + (x - m)^3|", r"1 + (x - m)^3"),
    (r"|c + (x - m)^2|", r"c + (x - m)^2"),
    (r"|1 + \sum_{i=1}^n v_i (x_i - m_i)^2|", r"1 + \sum_{i=1}^n v_i (x_i - m_i)^2"),
    (r"|c + c (x - m)^2|", r"c + c (x - m)^2"),
    (  # that v_i > 0 is said of this i alone
        r"\log v_i + (v_i + (x - m)^2) + |v_j + (x - m)^2|",
        r"\log v_i + (v_i + (x - m)^2) + v_j + (x - m)^2",
    ),
    (
        r"\log v_i + (v_i + (x - m)^2) + \sum_{j=1}^n |v_j + (x - m)^2|",
        r"\log v_i + (v_i + (x - m)^2) + \sum_{j=1}^n (v_j + (x - m)^2)",
    ),
]


@pytest.mark.parametrize(("left", "right"), TRUE)
def test_what_is_positive_as_it_is_written(left: str, right: str) -> None:
    assert equal(GIVEN, left, right)


@pytest.mark.parametrize(("left", "right"), NOT_ALWAYS)
def test_what_is_not(left: str, right: str) -> None:
    assert not equal(GIVEN, left, right)
