r"""``Using a Lagrange multiplier we find $\pi_k = …$``, ``The mixing weights are``: where an objective is best, stated
without its derivative. The expectations are written by hand from the mathematics."""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged

GIVEN = r"""<!--: index n = 1..N ; k, j = 1..K ; \pi_k > 0 ; \sum_k \pi_k = 1 ; x_n, \lambda_k > 0 -->
<!--: \gamma_{nk} > 0 ; \sum_k \gamma_{nk} = 1 -->
In the M-step we maximize
$$Q = \sum_{n=1}^N \sum_{k=1}^K \gamma_{nk} ( \log \pi_k + \log \lambda_k - \lambda_k x_n )$$
"""
WEIGHTS, WRONG = r"\frac{1}{N} \sum_{n=1}^N \gamma_{nk}", r"\sum_{n=1}^N \gamma_{nk}"
RATES, NOT_RATES = (
    r"\frac{\sum_n \gamma_{nk}}{\sum_n \gamma_{nk} x_n}",
    r"\frac{\sum_n \gamma_{nk} x_n}{\sum_n \gamma_{nk}}",
)


@pytest.mark.parametrize(
    "said",
    [
        "Using a Lagrange multiplier for the mixing coefficients we find",
        r"Maximizing with respect to $\pi$ subject to $\sum_k \pi_k = 1$ gives",
        r"Using a Lagrange multiplier to enforce $\sum_k \pi_k = 1$, we obtain",
        "The mixing weights are",
        "The update for the mixing weights is given by",
    ],
)
def test_weights_that_add_up_to_one(said: str, words: Judged) -> None:
    assert words(f"{GIVEN}{said} $$\\pi_k = {WEIGHTS}.$$")[-1] == "proved"
    assert words(f"{GIVEN}{said} $$\\pi_k = {WRONG}.$$")[-1] == "refuted"
    after = f"{GIVEN}{said} $$\\pi_k = {WEIGHTS}$$ and the update of the rates is $$\\lambda_k = "
    assert words(f"{after}{RATES}.$$")[-2:] == ["proved", "proved"]
    assert words(f"{after}{NOT_RATES}.$$")[-2:] == ["proved", "refuted"]


def test_responsibilities_stay_what_they_were(words: Judged) -> None:
    text = r"""<!--: index n = 1..N ; k, j = 1..K ; \pi_k > 0 ; \sum_k \pi_k = 1 ; x_n, \lambda_k > 0 -->
In the E-step the responsibilities are
$$\gamma_{nk} = \frac{\pi_k \lambda_k e^{-\lambda_k x_n}}{\sum_{j=1}^K \pi_j \lambda_j e^{-\lambda_j x_n}}$$
In the M-step we maximize
$$Q = \sum_{n=1}^N \sum_{k=1}^K \gamma_{nk} ( \log \pi_k + \log \lambda_k - \lambda_k x_n )$$
The mixing weights are """
    assert words(f"{text}$$\\pi_k = {WEIGHTS}.$$")[-1] == "proved"
    assert words(f"{text}$$\\pi_k = {WRONG}.$$")[-1] == "refuted"


FREE = r"""<!--: index n = 1..N ; x_n, m \in \mathbb{R} -->
WORDS $$J = \sum_{n=1}^N (x_n - m)^2 .$$
"""
MEAN = r"\frac1N \sum_{n=1}^N x_n"


def test_a_free_quantity(words: Judged) -> None:
    text = FREE.replace("WORDS", "We minimise")
    assert words(f"{text}The update is $$m = {MEAN}.$$")[-1] == "proved"
    assert words(f"{text}The update is $$m = N {MEAN}.$$")[-1] == "refuted"
    most = FREE.replace("WORDS", "We maximise")
    assert words(f"{most}The update is $$m = {MEAN}.$$")[-1] != "proved"


@pytest.mark.parametrize(
    ("before", "said"),
    [
        ("We do not minimise", "The update is"),
        ("We write", "The update is"),
        ("We minimise", r"Under the constraint $m \ge 1$ the update is"),
        ("We minimise", "Subject to the constraint the update is"),
        (r"Subject to $m \le 2$, we minimise", "The update is"),
    ],
)
def test_what_may_be_about_another_optimum(before: str, said: str, words: Judged) -> None:
    assert words(f"{FREE.replace('WORDS', before)}{said} $$m = {MEAN}.$$")[-1] != "proved"


@pytest.mark.parametrize(
    "said",
    [
        "With a Dirichlet prior the weights are",
        "If all were equal, the weights would be",
        r"Under $\pi_k \ge 1/10$ the weights are",
    ],
)
def test_another_problem(said: str, words: Judged) -> None:
    assert words(f"{GIVEN}{said} $$\\pi_k = {WEIGHTS}.$$")[-1] != "proved"


def test_of_a_reciprocal(words: Judged) -> None:
    text = r"""<!--: index n = 1..N ; x_n, m \in \mathbb{R} ; \beta > 0 -->
We maximise the log-likelihood
$$Q = \frac{N}{2} \log \beta - \frac{\beta}{2} \sum_{n=1}^N (x_n - m)^2 .$$
The update of the precision is """
    assert words(text + r"$$\frac{1}{\beta} = \frac1N \sum_{n=1}^N (x_n - m)^2 .$$")[-1] == "proved"
    assert words(text + r"$$\frac{1}{\beta} = \frac2N \sum_{n=1}^N (x_n - m)^2 .$$")[-1] == "refuted"
    assert words(text + r"$$\beta = \frac1N \sum_{n=1}^N (x_n - m)^2 .$$")[-1] == "refuted"
