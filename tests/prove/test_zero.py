"""Zero after denominators are cleared, or after the index that one carries is exposed."""

from __future__ import annotations

import pytest

from derive.prove.atoms import ZERO
from derive.prove.zero import clear, is_zero
from tests.prove.normal import gap

GIVEN = r"""
index i, j = 1..N ; k, l = 1..K
x, y \in \mathbb{R} ; p, q > 0 ; w_k > 0 ; c_{ik} > 0 ; z_k, u_k \in \mathbb{R} ; a_i \in \mathbb{R}
let S := \sum_{k=1}^K e^{z_k}
let r_{ik} := \frac{c_{ik}}{\sum_{l=1}^K c_{il}}
let m := \frac{1}{N} \sum_{i=1}^N a_i
let v := \frac{1}{N} \sum_{i=1}^N (a_i - m)^2
"""

ZERO_AFTER_CLEARING = [
    (r"\frac{1}{x + y} + \frac{1}{x - y}", r"\frac{2 x}{x^2 - y^2}"),
    (r"\frac{1}{1 + \frac{1}{1 + x}}", r"\frac{1 + x}{2 + x}"),
    (r"\frac{\sum_k w_k u_k}{\sum_k w_k} - 1", r"\frac{\sum_k w_k u_k - \sum_k w_k}{\sum_k w_k}"),
]
ZERO_AFTER_EXPOSING = [
    (r"\sum_k \frac{e^{z_k}}{S}", "1"),
    (r"\sum_i \sum_k r_{ik}", "N"),
    (r"\sum_k r_{ik} (u_k + 1)", r"1 + \sum_k r_{ik} u_k"),
    (r"\sum_i \sum_k r_{ik} a_i", r"\sum_i a_i"),
    (r"\sum_i \frac{(a_i - m)^2}{v}", "N"),
    (r"\sum_i \frac{a_i - m}{\sqrt{v}}", "0"),
]
ZERO_THROUGH_EXPONENTIALS = [
    (r"\tanh(x)", r"\frac{e^x - e^{-x}}{e^x + e^{-x}}"),
    (r"1 - \tanh(x)^2", r"\frac{4}{(e^x + e^{-x})^2}"),
]
NOT_ZERO = [
    (r"\frac{1}{x + y}", r"\frac{1}{x} + \frac{1}{y}"),
    (r"\sum_k \frac{e^{z_k}}{S}", "K"),
    (r"\sum_i r_{ik}", "1"),
    (r"\sum_i \sum_k r_{ik}", "K"),
    (r"\sum_k r_{ik} u_k", r"\sum_k u_k"),
    (r"\sum_i \frac{a_i - m}{\sqrt{v}}", "1"),
    (r"\tanh(x)", r"\frac{e^x + e^{-x}}{e^x - e^{-x}}"),
]


@pytest.mark.parametrize(("left", "right"), ZERO_AFTER_CLEARING)
def test_cleared(left: str, right: str) -> None:
    algebra, p = gap(GIVEN, left, right)
    assert not p.is_zero or clear(algebra, p).is_zero
    assert is_zero(algebra, p)


@pytest.mark.parametrize(("left", "right"), [*ZERO_AFTER_EXPOSING, *ZERO_THROUGH_EXPONENTIALS])
def test_exposed(left: str, right: str) -> None:
    assert is_zero(*gap(GIVEN, left, right))


@pytest.mark.parametrize(("left", "right"), NOT_ZERO)
def test_not_zero(left: str, right: str) -> None:
    assert not is_zero(*gap(GIVEN, left, right))


def test_clearing_leaves_no_denominator() -> None:
    algebra, p = gap(GIVEN, r"\frac{1}{x + y} + \frac{x}{(x + y)^2 (1 + p)}", "0")
    assert not any(a.kind == "pp" and e < 0 for m in clear(algebra, p).terms for a, e in m.factors)
    assert clear(algebra, ZERO) == ZERO
