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


# -- no words say in what it is differentiated -------------------------------------------------------------------------
VECTOR = r"""Let $S \in \mathbb{R}^{d \times d}$ be symmetric and $u \in \mathbb{R}^d$.
$$ L = u^T S u - \lambda (u^T u - 1) $$
Setting the derivative to zero gives $S u = \lambda u$, so $u^T S u = \lambda$.
"""
WEIGHTS = r"""Let $N_k > 0$ and $\pi_k > 0$ for $k = 1, \dots, K$, with $\sum_k \pi_k = 1$. The Lagrangian is
$$ L = \sum_k N_k \log \pi_k + \lambda (\sum_k \pi_k - 1) $$
Setting the derivative to zero,
$$ 0 = \frac{N_k}{\pi_k} + \lambda $$
so $\lambda = -\sum_k N_k$.
"""
FUNCTION = VECTOR.replace("L =", r"L(u, \lambda) =").replace("$$ L", "The Lagrangian is $$ L")


@pytest.mark.parametrize("text", [VECTOR, WEIGHTS, FUNCTION])
def test_it_is_differentiated_in_what_its_constraint_is_about(words: Judged, text: str) -> None:
    assert {*words(text)} == {"proved"}


@pytest.mark.parametrize(
    ("text", "right", "wrong"),
    [
        (VECTOR, r"u^T S u = \lambda$", r"u^T S u = 2 \lambda$"),
        (VECTOR, r"S u = \lambda u", r"S u = 2 \lambda u"),
        (FUNCTION, r"S u = \lambda u", r"S u = 2 \lambda u"),
        (VECTOR, "be symmetric and", "and"),
        (WEIGHTS, r"} + \lambda $$", r"} - \lambda $$"),
        (WEIGHTS, r"\lambda = -\sum_k N_k$", r"\lambda = -\sum_k N_k$, hence $\sum_k N_k = K$"),
        (WEIGHTS, r"\lambda = -\sum_k N_k$", r"\lambda = -K$"),
    ],
)
def test_a_mistake_in_what_is_differentiated_there(words: Judged, text: str, right: str, wrong: str) -> None:
    assert right in text
    assert "refuted" in words(text.replace(right, wrong))


OTHER = r"""Let $a, b, w \in \mathbb{R}^d$. The Lagrangian is
$$ L = \|a - b\|^2 + b^T w - \lambda (w^T w - 1) $$
Setting the derivative to zero gives $?$.
"""


@pytest.mark.parametrize("line", ["2 (a - b) = 0", "2 (a - b) - w = 0", r"2 (a - b) = \lambda b"])
def test_a_formula_without_the_multiplier_or_that_is_of_another_derivative(words: Judged, line: str) -> None:
    assert "refuted" not in words(OTHER.replace("?", line))


@pytest.mark.parametrize("called", ["The penalised loss is", "The regularised objective is", "The cost is"])
def test_what_may_be_a_penalty_is_no_constraint(words: Judged, called: str) -> None:
    text = VECTOR.replace("$$ L", f"{called} $$ L")
    assert words(text)[-1] != "proved"
