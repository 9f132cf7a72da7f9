r"""``\mathbb{E}[\theta | x_1, \dots, x_n]`` under a posterior of which the text has a formula: a claim, no definition."""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged

POISSON = r"""<!--: index i = 1..n ; \theta > 0 ; y_i \in \mathbb{N} ; a, b > 0 -->
The observations $y_1, \dots, y_n$ are independent with
$$p(y_i \mid \theta) = \frac{\theta^{y_i} e^{-\theta}}{y_i!} .$$
With the Gamma prior
$$p(\theta) = \frac{b^a}{\Gamma(a)} \theta^{a-1} e^{-b\theta}$$
the posterior is
$$p(\theta \mid y_1, \dots, y_n) \propto \theta^{a + \sum_i y_i - 1} e^{-(b + n) \theta} .$$
"""
COIN = r"""<!--: index i = 1..n ; 0 < \theta < 1 ; x_i \in \{0, 1\} ; a, b > 0 -->
The tosses $x_1, \dots, x_n$ are independent with $p(x_i \mid \theta) = \theta^{x_i} (1 - \theta)^{1 - x_i}$. With the prior
$$p(\theta) \propto \theta^{a-1} (1 - \theta)^{b-1}$$
the posterior is
$$p(\theta \mid x_1, \dots, x_n) \propto \theta^{a - 1 + \sum_i x_i} (1 - \theta)^{b - 1 + n - \sum_i x_i} .$$
"""


@pytest.mark.parametrize(
    ("mean", "word"),
    [
        (r"\frac{a + \sum_i y_i}{b + n}", "proved"),
        (r"\frac{a + \sum_i y_i - 1}{b + n}", "refuted"),
        (r"\frac{a + \sum_i y_i}{b + 2 n}", "refuted"),
    ],
)
def test_of_a_rate(words: Judged, mean: str, word: str) -> None:
    text = rf"{POISSON} Its mean is $$\mathbb{{E}}[\theta \mid y_1, \dots, y_n] = {mean}$$"
    assert words(text)[-2:] == ["proved", word]


@pytest.mark.parametrize(
    ("mean", "word"),
    [(r"\frac{a + \sum_i x_i}{a + b + n}", "proved"), (r"\frac{a + \sum_i x_i}{b + n}", "refuted")],
)
def test_of_a_probability(words: Judged, mean: str, word: str) -> None:
    text = rf"{COIN} Its mean is $$\mathbb{{E}}[\theta \mid x_1, \dots, x_n] = {mean}$$"
    assert words(text)[-2:] == ["proved", word]


def test_given_something_else(words: Judged) -> None:
    """Of a density that the text has no formula for, nothing is known by this."""
    text = rf"{POISSON} $$\mathbb{{E}}[\theta \mid y_1] = \frac{{a + \sum_i y_i}}{{b + n}}$$"
    assert words(text)[-1] != "refuted"
