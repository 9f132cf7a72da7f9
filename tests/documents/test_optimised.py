"""What follows from a derivative that the text only implies to be zero, and what solves for a quantity."""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged

HEAD = "<!--: S \\in \\mathbb{R}^{d \\times d} symmetric ; u \\in \\mathbb{R}^d ; \\theta \\in \\mathbb{R} -->\n"
LAGRANGE = (
    "The Lagrangian of its maximisation under $u^T u = 1$ is $L = u^T S u + \\theta (1 - u^T u)$ and\n"
    "$$ \\nabla_u L = 2 S u - 2 \\theta u , $$\n"
)


@pytest.mark.parametrize(
    ("text", "verdicts"),
    [
        (LAGRANGE + "so $S u = \\theta u$ and the variance is $u^T S u = \\theta$.", ["proved", "proved"]),
        (LAGRANGE + "so $S u = 2 \\theta u$.", ["refuted"]),
        (
            "Let $L = u^T S u + \\theta (1 - u^T u)$. Then\n$$ \\nabla_u L = 2 S u - 2 \\theta u , $$\nso $S u = \\theta u$.",
            ["refuted"],
        ),
    ],
)
def test_the_gradient_of_a_lagrangian(words: Judged, text: str, verdicts: list[str]) -> None:
    assert words(HEAD + text)[-len(verdicts) :] == verdicts


QUADRATIC = (
    "<!--: A \\in \\mathbb{R}^{d \\times d} symmetric posdef ; b, x \\in \\mathbb{R}^d -->\n"
    "Consider $f(x) = \\frac12 x^T A x - b^T x$ with gradient $\\nabla f(x) = A x - b$. Its minimiser is $x^* = A^{-1} b$. "
)


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("Then $f(x) - f(x^*) = \\frac12 (x - x^*)^T A (x - x^*)$. And $b^T x = x^T A x$.", "refuted"),
        ("Then $f(x^*) = -\\frac12 b^T A^{-1} b$.", "proved"),
    ],
)
def test_the_quantity_beside_its_solution_varies(words: Judged, text: str, verdict: str) -> None:
    assert words(QUADRATIC + text)[-1] == verdict


WEIGHTS = (
    "<!--: index n = 1..N ; j, k = 1..K ; a_{nk}, p_k > 0 -->\n"
    "Let $s_k = \\sum_{n=1}^N a_{nk}$ and $Q = \\sum_{k=1}^K s_k \\log p_k$. With a multiplier $\\lambda$,\n"
    "$$ \\frac{\\partial}{\\partial p_k} \\left[ Q + \\lambda \\left( \\sum_{j=1}^K p_j - 1 \\right) \\right] "
    "= \\frac{s_k}{p_k} + \\lambda = 0 , $$\n"
)


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("so that $s_k = -\\lambda p_k$.", "proved"),
        ("so that $s_k = \\lambda p_k$.", "refuted"),
        ("We note that $s_k = 2 \\sum_{n=1}^N a_{nk}$.", "refuted"),
    ],
)
def test_what_follows_at_once(words: Judged, text: str, verdict: str) -> None:
    assert words(WEIGHTS + text)[-1] == verdict
