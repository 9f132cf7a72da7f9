"""Integrals: linear, densities to one, and bound variables that are nobody else's."""

from __future__ import annotations

import pytest

from tests.prove.normal import equal

GIVEN = r"""
x, y, c \in \mathbb{R} ; z \in \mathbb{R}^d ; m \in \mathbb{R} ; s > 0 ; w \in \mathbb{R}
index k = 1..K ; \pi_k \in \mathbb{R} simplex
function p(x) density ; function q(x) density ; function r(z) density ; function f(x) ; function g(x)
"""

ROWS = [
    (r"\int p(x) dx", "1", "0"),
    (r"\int r(z) dz", "1", "d"),
    (r"\int c p(x) dx", "c", "1"),
    (r"\int p(x) dx", r"\int p(y) dy", r"\int p(x) f(x) dx"),
    (r"\int (f(x) + c g(x)) dx", r"\int f(x) dx + c \int g(x) dx", r"\int f(x) dx + \int g(x) dx"),
    (r"\int (p(x) - q(x)) dx", "0", "1"),
    (r"\int \sum_k \pi_k p(x) dx", "1", "K"),
    (r"\int p(x) (f(x) - c) dx", r"\int p(x) f(x) dx - c", r"\int p(x) f(x) dx + c"),
    (r"\mathbb{E}_{x \sim p}[c]", "c", "1"),
    (r"\mathbb{E}_{x \sim p}[f(x) + c]", r"c + \int p(x) f(x) dx", r"\int p(x) f(x) dx"),
    (r"\int \mathcal{N}(x | m, s) dx", "1", "s"),
    (r"\int p(x) \int q(y) dy dx", "1", "2"),
    (r"\int p(x) p(x) dx", r"\int p(y)^2 dy", "1"),
    (r"\int p(c) q(x) dx", "p(c)", "1"),
]


@pytest.mark.parametrize(("left", "right", "wrong"), ROWS, ids=[row[0] for row in ROWS])
def test_integrals(left: str, right: str, wrong: str) -> None:
    assert equal(GIVEN, left, right)
    assert not equal(GIVEN, left, wrong)
