"""Change of variables: a bijection's Jacobian, and a function against its inverse; without a bijection nothing."""

from __future__ import annotations

import pytest

from tests.prove.normal import equal

BIJECTIVE = (
    r"x, y \in \mathbb{R} ; z, u \in \mathbb{R}^d ; function g(x) bijective ; function h ; function r(z) "
    r"\in \mathbb{R}^d bijective ; function f(z)"
)
PLAIN = (
    r"x, y \in \mathbb{R} ; z, u \in \mathbb{R}^d ; function g(x) ; function h ; function r(z) \in \mathbb{R}^d "
    r"; function f(z)"
)
ROWS = [
    (r"\int h(g(x)) |\frac{d g(x)}{d x}| dx", r"\int h(y) dy", r"\int h(g(y)) dy"),
    (r"\int f(r(z)) |\det \frac{\partial r(z)}{\partial z}| dz", r"\int f(u) du", r"\int f(r(u)) du"),
]


@pytest.mark.parametrize(("left", "right", "wrong"), ROWS, ids=["scalar", "vector"])
def test_change_of_variables(left: str, right: str, wrong: str) -> None:
    assert equal(BIJECTIVE, left, right)
    assert not equal(BIJECTIVE, left, wrong)
    assert not equal(PLAIN, left, right)
