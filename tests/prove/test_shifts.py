"""Sums along a shifted range, and sums of powers of an index."""

from __future__ import annotations

import pytest

from derive.authoring import Derivation
from tests.soundness.alone import proof, witness

CHAIN = r"""
index t, s = 1..T ; i = 1..T
size T >= 2
x_t, y_t \in \mathbb{R} ; c \in \mathbb{R} ; u_t > 0 ; A_{ts} \in \mathbb{R}
"""
TRUE = [
    (r"\sum_{t=2}^T x_{t-1}", r"\sum_{t=1}^{T-1} x_t"),
    (r"\sum_{t=2}^T (x_t - x_{t-1})", "x_T - x_1"),
    (r"\sum_{t=2}^T x_{t-1} y_t", r"\sum_{t=1}^{T-1} x_t y_{t+1}"),
    (r"\sum_{t=2}^T t x_{t}", r"\sum_{t=1}^{T-1} (t + 1) x_{t+1}"),
    (r"\sum_{t=2}^T (u_t - u_{t-1})^2", r"\sum_{t=1}^{T-1} (u_{t+1} - u_t)^2"),
    (r"\sum_{t=2}^T \log \frac{u_t}{u_{t-1}}", r"\log u_T - \log u_1"),
    (r"\sum_{t=2}^T \sum_{s=1}^T A_{t-1,s} x_s", r"\sum_{t=1}^{T-1} \sum_{s=1}^T A_{ts} x_s"),
    (r"\sum_{t=1}^T t", r"\frac{T (T + 1)}{2}"),
    (r"\sum_{t=1}^T t^2", r"\frac{T (T + 1)(2 T + 1)}{6}"),
    (r"\sum_{t=1}^T t^3", r"(\sum_{t=1}^T t)^2"),
    (r"\sum_{t=2}^T (t - 1)", r"\frac{T (T - 1)}{2}"),
    (r"\sum_{t=1}^T \sum_{s=1}^T t s c", r"\frac{c T^2 (T + 1)^2}{4}"),
]
FALSE = [
    (r"\sum_{t=2}^T x_{t-1}", r"\sum_{t=2}^{T} x_t"),
    (r"\sum_{t=2}^T (x_t - x_{t-1})", "x_T - x_2"),
    (r"\sum_{t=2}^T x_{t-1} y_t", r"\sum_{t=2}^{T} x_t y_{t-1}"),
    (r"\sum_{t=2}^T t x_{t}", r"\sum_{t=1}^{T-1} t x_{t+1}"),
    (r"\sum_{t=1}^T \sum_{s=1}^T \delta_{s,t+1} x_s", r"\sum_{t=1}^T x_t"),
    (r"\sum_{t=1}^T t", r"\frac{T (T - 1)}{2}"),
    (r"\sum_{t=1}^T t^2", r"\frac{T (T + 1)(2 T - 1)}{6}"),
    (r"\sum_{t=1}^T t^3", r"\sum_{t=1}^T t^2"),
]


@pytest.mark.parametrize(("left", "right"), TRUE)
def test_accepted(left: str, right: str) -> None:
    """True for all T."""
    assert proof(_equal(left, right)) is not None


@pytest.mark.parametrize(("left", "right"), FALSE)
def test_refused(left: str, right: str) -> None:
    """Not proved, and refuted."""
    assert proof(_equal(left, right)) is None
    assert witness(_equal(left, right)) is not None


def _equal(left, right):  # type: ignore[no-untyped-def]
    d = Derivation("shifts", title="shifts", context=CHAIN)
    d.equal("row", left, right)
    (claim,) = d.build().claims
    return claim
