r"""``\mathbb{E}[\theta | x_1, \dots, x_n]`` under a posterior of which the text has a formula: a claim, no definition."""

from __future__ import annotations

import pytest

from tests.documents.judging import Answers, Judged

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


@pytest.mark.parametrize("words_before", ["The posterior mode is", "Its mode is"])
def test_its_mode(words: Judged, words_before: str) -> None:
    text = POISSON.replace("a, b > 0", "a > 1 ; b > 0")
    assert words(rf"{text} {words_before} $$\hat\theta = \frac{{a + \sum_i y_i - 1}}{{b + n}}$$")[-1] == "proved"
    assert words(rf"{text} {words_before} $$\hat\theta = \frac{{a + \sum_i y_i}}{{b + n}}$$")[-1] == "refuted"


def test_its_mode_in_a_case(words: Judged, answers: Answers) -> None:
    right = r"$$\hat\theta = \frac{a + \sum_i y_i - 1}{b + n}$$"
    assert answers(rf"{POISSON} The posterior mode, for $a > 1$, is {right}")[-1] == ("proved", "optimum")
    wrong = right.replace("- 1", "")
    assert words(rf"{POISSON} The posterior mode, for $a > 1$, is {wrong}")[-1] == "refuted"


def test_the_mode_of_what_is_no_posterior(words: Judged) -> None:
    """Where a likelihood was written last, the mode of a posterior is not its maximum."""
    text = r"<!--: index i = 1..n ; \mu, x_i \in \mathbb{R} --> $$J(\mu) = -\sum_{i=1}^n (x_i - \mu)^2$$ "
    assert words(text + r"The posterior mode is $$\hat\mu = \frac{1}{n + 1} \sum_i x_i$$")[-1] != "refuted"


def test_its_variance(words: Judged) -> None:
    variance = r"$$\operatorname{Var}(\theta \mid y_1, \dots, y_n) = \frac{a + \sum_i y_i}{"
    assert words(rf"{POISSON} {variance}(b + n)^2}}$$")[-1] == "proved"
    assert words(rf"{POISSON} {variance}b + n}}$$")[-1] == "refuted"


def test_of_a_vector(words: Judged) -> None:
    text = r"""<!--: X \in \mathbb{R}^{n \times d} ; w \in \mathbb{R}^d ; t \in \mathbb{R}^n ; a, b > 0 ; S := (a I + b X^\top X)^{-1} -->
We put $w \sim \mathcal{N}(0, a^{-1} I)$ and observe $t = X w + \epsilon$ with $\epsilon \sim \mathcal{N}(0, b^{-1} I)$. Then
$$p(w \mid t) = \mathcal{N}(w \mid b S X^\top t, S)$$ """
    assert words(text + r"$$\mathbb{E}[w \mid t] = b S X^\top t$$")[-1] != "refuted"
    assert words(text + r"$$\mathbb{E}[w \mid t] = S X^\top t$$")[-1] == "refuted"
