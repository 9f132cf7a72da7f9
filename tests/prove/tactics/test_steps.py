"""Equation steps: what follows, what does not, and both ways."""

from __future__ import annotations

import pytest

from derive.authoring import Derivation
from tests.prove.normal import claimed

GIVEN = r"""
index i, k = 1..N
x, y, c, \lambda \in \mathbb{R} ; p, q > 0 ; a_i, b_i \in \mathbb{R} ; w_i > 0 ; \pi_k > 0
A \in \mathbb{R}^{n \times n} invertible ; M \in \mathbb{R}^{n \times n} ; u, v \in \mathbb{R}^n ; h \in (0,1)
"""

FOLLOWS = [
    (("2 x - 4 = 0",), "x = 2"),
    (("x + y = 1", "x - y = c"), r"x = \frac{1 + c}{2}"),
    (("p x = q",), r"x = \frac{q}{p}"),
    (("a_i = b_i",), r"\sum_i a_i = \sum_i b_i"),
    ((r"\frac{w_k}{\pi_k} = \lambda", r"\sum_k \pi_k = 1"), r"\lambda = \sum_k w_k"),
    (("A u = v",), "u = A^{-1} v"),
    (("u = M v",), "u^T u = v^T M^T M v"),
    ((r"\log p = x",), "p = e^x"),
    (("p x = 0",), "x = 0"),
    (("x = y", "y = c"), "x = c"),
]
DOES_NOT = [
    (("2 x - 4 = 0",), "x = 3"),
    (("x^2 = 4",), "x = 2"),
    (("x y = 0",), "x = 0"),
    (("c x = y",), r"x y = c"),
    ((r"\sum_i a_i = \sum_i b_i",), "a_i = b_i"),
    (("M u = v",), "u = v"),
    ((r"\frac{w_k}{\pi_k} = \lambda",), r"\lambda = \sum_k w_k"),
    (("x = y",), "x = c"),
    (("A u = v",), "u = A v"),
]
WAYS_BACK = [
    (("x + 1 = y",), "x = y - 1", True),
    (("x = 2",), "x^2 = 4", False),
    (("p x = q",), r"x = \frac{q}{p}", True),
    (("x = y", "c = 0"), "x = y", False),
]


def step(hypotheses: tuple[str, ...], conclusion: str, *, both: bool = False) -> bool:
    """Whether the prover shows a step."""
    d = Derivation("tests/prove", title="", context=GIVEN)
    d.step("claim", hypotheses, [conclusion], both=both)
    return claimed(d.build().claims[0])


@pytest.mark.parametrize(("hypotheses", "conclusion"), FOLLOWS)
def test_follows(hypotheses: tuple[str, ...], conclusion: str) -> None:
    assert step(hypotheses, conclusion)


@pytest.mark.parametrize(("hypotheses", "conclusion"), DOES_NOT)
def test_does_not_follow(hypotheses: tuple[str, ...], conclusion: str) -> None:
    assert not step(hypotheses, conclusion)


@pytest.mark.parametrize(("hypotheses", "conclusion", "back"), WAYS_BACK)
def test_both_ways(hypotheses: tuple[str, ...], conclusion: str, back: bool) -> None:
    assert step(hypotheses, conclusion)
    assert step(hypotheses, conclusion, both=True) == back
