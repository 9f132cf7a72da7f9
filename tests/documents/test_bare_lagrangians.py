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
