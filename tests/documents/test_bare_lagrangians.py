r"""A Lagrangian that no name is given to: ``we maximise … using a multiplier,`` an expression, ``which gives``."""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged

GIVEN = r"<!--: index k = 1..K ; c_k, \pi_k > 0 -->"
SET = (
    GIVEN
    + r"""
We maximise
$$ \sum_{k=1}^K c_k \ln \pi_k + \lambda \left( \sum_{k=1}^K \pi_k - 1 \right). $$
Setting the derivative with respect to $\pi_k$ to zero gives
$$ \frac{c_k}{\pi_k} + \lambda = 0. $$
Multiplying by $\pi_k$ and summing over $k$ we find
$$ \lambda = - \sum_{k=1}^K c_k $$
and hence
$$ \pi_k = \frac{c_k}{\sum_{j=1}^K c_j}. $$
"""
)
SAID = (
    GIVEN
    + r"""
Finally we maximise $Q = \sum_{k=1}^K c_k \ln \pi_k$ with respect to $\pi_k$ using a Lagrange multiplier to enforce
$\sum_k \pi_k = 1$, that is
$$ Q + \lambda \left( \sum_{k=1}^K \pi_k - 1 \right), $$
which gives
$$ 0 = \frac{c_k}{\pi_k} + \lambda. $$
If we multiply both sides by $\pi_k$ and sum over $k$ we find $\lambda = - \sum_{k=1}^K c_k$. Hence
$$ \pi_k = \frac{c_k}{\sum_{j=1}^K c_j}. $$
"""
)


@pytest.mark.parametrize("text", [SET, SAID])
def test_all_of_it(words: Judged, text: str) -> None:
    assert {*words(text)} == {"proved"}


@pytest.mark.parametrize("text", [SET, SAID])
@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        (r"\frac{c_k}{\pi_k}", r"\frac{2 c_k}{\pi_k}"),
        (r"\frac{c_k}{\pi_k} + \lambda", r"\frac{c_k}{\pi_k} - \lambda"),
        (r"- \sum_{k=1}^K c_k", r"\sum_{k=1}^K c_k"),
        (r"\pi_k = \frac{c_k}", r"\pi_k = \frac{1}"),
    ],
)
def test_a_mistake_in_it(words: Judged, text: str, right: str, wrong: str) -> None:
    found = words(text.replace(right, wrong))
    assert "refuted" in found or (text == SAID and right.startswith("-") and found[-2] == "undecided")


VARIANCE = r"""<!--: S \in \mathbb{R}^{d \times d} symmetric ; u_1 \in \mathbb{R}^d -->
We maximize $u_1^T S u_1$ under $u_1^T u_1 = 1$. To enforce this, we introduce a Lagrange multiplier denoted by $\lambda_1$, and
make an unconstrained maximization of
$$ u_1^T S u_1 + \lambda_1 (1 - u_1^T u_1). $$
By setting the derivative with respect to $u_1$ equal to zero, we see that there is a stationary point when
$$ S u_1 = \lambda_1 u_1. $$
If we left-multiply by $u_1^T$ and make use of $u_1^T u_1 = 1$, we find
$$ u_1^T S u_1 = \lambda_1. $$
"""
SPLIT = r"""<!--: index n = 1..N ; k = 1..K ; \pi_k > 0 ; r_{nk} \in (0,1) -->
Let $Q = \sum_{n=1}^N \sum_{k=1}^K r_{nk} \ln \pi_k$ and $N_k = \sum_{n=1}^N r_{nk}$. For the maximization with respect to $\pi_k$ we
need a Lagrange multiplier $\lambda$ to enforce $\sum_k \pi_k = 1$. Setting the derivative of
$$ Q + \lambda \left( \sum_{k=1}^K \pi_k - 1 \right) $$
with respect to $\pi_k$ equal to zero gives
$$ \frac{N_k}{\pi_k} + \lambda = 0. $$
Since the responsibilities sum to one, $\sum_{k=1}^K r_{nk} = 1$, we have $\lambda = -N$ and so
$$ \pi_k = \frac{N_k}{N}. $$
"""


@pytest.mark.parametrize("text", [VARIANCE, SPLIT])
def test_as_textbooks_write_it(words: Judged, text: str) -> None:
    assert {*words(text)} == {"proved"}


@pytest.mark.parametrize(
    ("text", "right", "wrong"),
    [
        (VARIANCE, r"= \lambda_1 u_1", r"= -\lambda_1 u_1"),
        (SPLIT, r"\frac{N_k}{\pi_k} + \lambda", r"\frac{N_k}{\pi_k} - \lambda"),
        (SPLIT, r"\pi_k = \frac{N_k}{N}", r"\pi_k = \frac{N_k}{K}"),
    ],
)
def test_a_mistake_in_what_textbooks_write(words: Judged, text: str, right: str, wrong: str) -> None:
    assert "refuted" in words(text.replace(right, wrong))
