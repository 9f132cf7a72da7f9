"""What words call independent is random, however much of it is taken up: it is no constant under a mean or a variance.

The expectations are written by hand from the mathematics: q_a and k_a independent with mean 0 and variance 1 give
Var(Σ q_a k_a) = p, and not Σ q_a².
"""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged

WEIGHTS = "Let $w_1, \\dots, w_n$ be independent with mean $0$ and variance $v$"
VARIANCE = "$$\\operatorname{Var}\\left(\\sum_{i=1}^n w_i x_i\\right) = v \\sum_{i=1}^n x_i^2$$"


@pytest.mark.parametrize(
    "said",
    [
        "Let $x_1, \\dots, x_n$ and $w_1, \\dots, w_n$ be independent random variables with mean $0$ and variance $v$. Then ",
        "Let $x_1, \\dots, x_n$ as well as the $w_1, \\dots, w_n$ be i.i.d. samples with mean $0$ and variance $v$. Then ",
        f"{WEIGHTS}. The inputs $x_i$ are also independent with mean zero and variance $1$. Then ",
        f"{WEIGHTS}, and let the $x_i$ be independent of them with mean $m$. Then ",
        f"{WEIGHTS}. The inputs $x_1, \\dots, x_n$ have zero mean and unit variance, independently of the weights. Then ",
        f"{WEIGHTS}. The $x_1, \\dots, x_n$ have i.i.d. values. Then ",
    ],
)
def test_it_is_no_constant(words: Judged, said: str) -> None:
    assert words(said + VARIANCE)[-1] != "proved"  # it is Σ Var(w_i) E[x_i^2] + …, and no function of the x_i


@pytest.mark.parametrize(
    "said",
    [
        "The $x_i$ are Bernoulli variables with success probability $p$.",
        "Every unit is dropped with probability $1 - p$; let $x_i$ be the mask.",
        "Let $x_i$ take the values $1$ and $-1$ with equal probability.",
        "Let $x_i$ be $1$ with probability $p$ and $0$ otherwise.",
        "The $x_i$ are uniformly distributed.",
    ],
)
def test_nor_is_what_is_so_by_chance(words: Judged, said: str) -> None:
    assert words(f"{WEIGHTS}. {said} Then {VARIANCE}")[-1] not in ("proved", "refuted")


@pytest.mark.parametrize(
    "said",
    [
        f"{WEIGHTS}, and let $x_1, \\dots, x_n$ be fixed numbers, chosen independently of them. Then ",
        f"{WEIGHTS}. The vectors $u_i \\in \\mathbb{{R}}^d$ are linearly independent. Then ",
        f"{WEIGHTS}, of numbers $x_i$ that are independent of $v$. Then ",
        f"{WEIGHTS}. Let $x_i$ be $1$ if $i$ is even, and $2$ if it is odd. We look at ",
    ],
)
def test_what_words_leave_fixed_is(words: Judged, said: str) -> None:
    assert words(said + VARIANCE)[-1] == "proved"
    assert words(said + VARIANCE.replace("= v", "= v^2"))[-1] == "refuted"
