"""Sums that start at 0 and end right before an index or a size, so that they may be empty."""

from __future__ import annotations

import pytest

from tests.prove.normal import equal

GIVEN = r"""
index t = 1..T ; u = 0..T ; i = 1..N
b \in (0,1) ; x \in \mathbb{R} ; a_i \in \mathbb{R}
"""
SAME = [
    (r"(1 - b) \sum_{j=0}^{t-1} b^j", "1 - b^t"),
    (r"(1 - b) \sum_{j=0}^{u-1} b^j", "1 - b^u"),
    (r"\sum_{j=0}^{t-1} x", "t x"),
    (r"\sum_{j=0}^{u-1} x", "u x"),
    (r"\sum_{j=0}^{N-1} x", "N x"),
    (r"\sum_{j=0}^{N-2} x", "(N - 1) x"),
    (r"\sum_{i=1}^{t} b^{t-i}", r"\sum_{j=0}^{t-1} b^j"),
    (r"\sum_{j=0}^{t-1} j", r"\frac{t (t - 1)}{2}"),
]
OTHER = [
    (r"(1 - b) \sum_{j=0}^{t-1} b^j", "1 - b^{t-1}"),
    (r"\sum_{j=0}^{u-1} x", "(u + 1) x"),
    (r"\sum_{j=0}^{t-1} j", r"\frac{t (t + 1)}{2}"),
    (r"\sum_{j=0}^{N-2} x", "N x"),
    (r"\sum_{j=0}^{t-3} x", "(t - 2) x"),  # -x where t = 1
    (r"\sum_{j=0}^{u-2} x", "(u - 1) x"),
    (r"\sum_{j=0}^{N-3} x", "(N - 2) x"),
]


@pytest.mark.parametrize(("left", "right"), SAME)
def test_the_same(left: str, right: str) -> None:
    assert equal(GIVEN, left, right)


@pytest.mark.parametrize(("left", "right"), OTHER)
def test_not_the_same(left: str, right: str) -> None:
    assert not equal(GIVEN, left, right)
