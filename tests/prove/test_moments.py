"""Gaussian moments of polynomials, and what is not a polynomial."""

from __future__ import annotations

import pytest

from derive.prove.algebra import TooHard
from tests.prove.normal import equal, gap

GIVEN = r"""
index i, j, k, l = 1..d
m \in \mathbb{R} ; s, r > 0 ; x, y \in \mathbb{R} ; v, \mu \in \mathbb{R}^d ; z \in \mathbb{R}^d
\Sigma \in \mathbb{R}^{d \times d} symmetric posdef ; A \in \mathbb{R}^{d \times d} ; a \in \mathbb{R}^d
"""
SCALAR = r"\mathbb{E}_{x \sim \mathcal{N}(m, s)}"
VECTOR = r"\mathbb{E}_{z \sim \mathcal{N}(\mu, \Sigma)}"

ROWS = [
    (SCALAR + "[1]", "1", "0"),
    (SCALAR + "[x y]", "m y", "y"),
    (SCALAR + "[x^2]", "m^2 + s", "s"),
    (SCALAR + "[(x - m)^2]", "s", "s^2"),
    (SCALAR + "[(x - m)^3]", "0", "s"),
    (SCALAR + "[(x - m)^4]", "3 s^2", "s^2"),
    (SCALAR + "[(x - m)^6]", "15 s^3", "5 s^3"),
    (SCALAR + "[x^4]", "m^4 + 6 m^2 s + 3 s^2", "m^4 + 6 m^2 s + s^2"),
    (SCALAR + "[(x - y)^2]", "(m - y)^2 + s", "(m - y)^2"),
    (VECTOR + "[z_i]", r"\mu_i", r"\mu_j"),
    (VECTOR + "[z_i z_j]", r"\mu_i \mu_j + \Sigma_{ij}", r"\mu_i \mu_j"),
    (VECTOR + "[a^T z]", r"a^T \mu", r"a^T a"),
    (VECTOR + "[(a^T z)^2]", r"(a^T \mu)^2 + a^T \Sigma a", r"(a^T \mu)^2 + a^T a"),
    (VECTOR + r"[(z - \mu)^T A (z - \mu)]", r"\operatorname{tr}(A \Sigma)", r"\operatorname{tr}(A)"),
    (
        VECTOR + r"[z_i z_j z_k]",
        r"\mu_i \mu_j \mu_k + \mu_i \Sigma_{jk} + \mu_j \Sigma_{ik} + \mu_k \Sigma_{ij}",
        r"\mu_i \mu_j \mu_k",
    ),
    (VECTOR + r"[\|z\|^2]", r"\mu^T \mu + \operatorname{tr} \Sigma", r"\mu^T \mu"),
]


@pytest.mark.parametrize(("left", "right", "wrong"), ROWS, ids=[row[0] for row in ROWS])
def test_moments(left: str, right: str, wrong: str) -> None:
    assert equal(GIVEN, left, right)
    assert not equal(GIVEN, left, wrong)


@pytest.mark.parametrize("text", [r"[|x|]", r"[\tanh(x)]", r"[\log(1 + x^2)]", r"[\frac{1}{1 + x^2}]"])
def test_what_is_not_a_polynomial_is_left_alone(text: str) -> None:
    """An expectation without a rule is not worth anything in particular: neither 0 nor the value at the mean."""
    inner = text[1:-1].replace("x", "m")
    for wrong in ("0", inner):
        try:
            _, difference = gap(GIVEN, SCALAR + text, wrong)
        except TooHard:
            continue
        assert not difference.is_zero
