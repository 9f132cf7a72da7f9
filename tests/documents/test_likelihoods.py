"""Likelihoods of samples of which words say what they are drawn from: densities, likelihoods, and the best parameters.

The expectations are written by hand from the mathematics.
"""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged

NORMAL = (
    r"Let $x_1, \dots, x_n$ be i.i.d. samples from $\mathcal{N}(\mu, \sigma^2)$. ",
    r"Given $n$ independent observations $x_1, \dots, x_n$ from a Gaussian with mean $\mu$ and variance $\sigma^2$, ",
    r"We observe $x_1, \ldots, x_n$ drawn i.i.d. from $N(\mu, \sigma^2)$. ",
    r"Suppose $x_i \overset{iid}{\sim} \mathcal{N}(\mu, \sigma^2)$ for $i = 1, \dots, n$. ",
)
BERNOULLI = (
    r"Let $x_1, \dots, x_n \in \{0, 1\}$ be i.i.d. Bernoulli with parameter $\theta$. ",
    r"Let $x_1, \dots, x_n \sim \mathrm{Bernoulli}(\theta)$ independently. ",
    r"A coin with heads probability $\theta$ is tossed $n$ times with outcomes $x_i \in \{0, 1\}$. ",
    r"We model binary observations $x_1, \dots, x_n$ as independent draws from $\mathrm{Bern}(\theta)$. ",
)
POISSON = (
    r"Let $x_1, \dots, x_n \sim \mathrm{Poisson}(\lambda)$ be i.i.d. ",
    r"Let $x_1, \dots, x_n$ be independent Poisson random variables with rate $\lambda$. ",
)
FIT = r"-\frac{1}{2\sigma^2} \sum_{i=1}^n (x_i - \mu)^2"


@pytest.mark.parametrize("sample", NORMAL)
@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        (
            r"p(x_i \mid \mu, \sigma^2) = \frac{1}{\sqrt{2\pi\sigma^2}} \exp\left(-\frac{(x_i-\mu)^2}{2\sigma^2}\right)",
            "proved",
        ),
        (
            r"p(x_i \mid \mu, \sigma^2) = \frac{1}{\sqrt{2\pi\sigma}} \exp\left(-\frac{(x_i-\mu)^2}{2\sigma^2}\right)",
            "refuted",
        ),
        (rf"\ell(\mu) = \sum_{{i=1}}^n \log p(x_i \mid \mu) = -\frac n2 \log (2\pi\sigma^2) {FIT}", "proved"),
        (rf"\ell(\mu) = \sum_{{i=1}}^n \log p(x_i \mid \mu) = -\frac n2 \log (2\pi\sigma) {FIT}", "refuted"),
        (rf"\ell(\mu, \sigma) = -\frac n2 \log (2\pi\sigma^2) {FIT}", "proved"),
        (rf"\ell(\mu, \sigma) = -n \log (2\pi\sigma^2) {FIT}", "refuted"),
        (rf"\ell(\mu) = {FIT} + \text{{const}}", "proved"),
    ],
)
def test_log_likelihoods_of_normal_samples(words: Judged, sample: str, claim: str, verdict: str) -> None:
    assert words(f"{sample}The log-likelihood is $${claim}$$")[-1] == verdict


def test_other_likelihoods(words: Judged) -> None:
    product = r"\prod_{i=1}^n \frac{1}{\sqrt{2\pi\sigma^2}} e^{-(x_i-\mu)^2/%s}"
    text = NORMAL[0] + "The likelihood is $$L(\\mu, \\sigma^2) = "
    assert words(f"{text}{product % '(2 sigma^2)'.replace('sigma', chr(92) + 'sigma')}$$")[-1] == "proved"
    assert words(f"{text}{product % '(sigma^2)'.replace('sigma', chr(92) + 'sigma')}$$")[-1] == "refuted"
    negative = NORMAL[0] + rf"The negative log-likelihood is $$J(\mu) = %s \frac n2 \log (2\pi\sigma^2) - {FIT}$$"
    assert words(negative % "")[-1] == "proved"
    assert words(negative % "-")[-1] == "refuted"


@pytest.mark.parametrize("sample", POISSON)
def test_log_likelihoods_of_counts(words: Judged, sample: str) -> None:
    text = sample + r"The log-likelihood is $$\ell(\lambda) = \sum_{i=1}^n x_i \log \lambda - %s \lambda %s$$"
    assert words(text % ("n", r"- \sum_{i=1}^n \log x_i!"))[-1] == "proved"
    assert words(text % ("", r"- \sum_{i=1}^n \log x_i!"))[-1] == "refuted"
    assert words(text % ("n", r"+ \text{const}"))[-1] == "proved"
    assert words(text % ("", r"+ \text{const}"))[-1] == "refuted"


@pytest.mark.parametrize(
    ("samples", "name"),
    [(NORMAL, r"\mu"), (BERNOULLI, r"\theta"), (POISSON, r"\lambda")],
    ids=["normal", "binary", "counts"],
)
def test_the_best_parameter_is_the_mean(words: Judged, samples: tuple[str, ...], name: str) -> None:
    for sample in samples:
        for said in ("The maximum likelihood estimate is ", f"The MLE of ${name}$ is "):
            assert words(rf"{sample}{said}$$\hat{name} = \frac1n \sum_{{i=1}}^n x_i$$")[-1] == "proved"
            assert words(rf"{sample}{said}$$\hat{name} = \frac1n \sum_{{i=1}}^n x_i + \frac1n$$")[-1] == "refuted"


@pytest.mark.parametrize(
    "text",
    [
        r"The MAP estimate under a prior on $\mu$ is $$\hat\mu = \frac1n \sum_{i=1}^n x_i$$",
        r"The penalised log-likelihood is $$\ell(\mu) = -\mu^2$$",
        r"The marginal likelihood is $$m(\mu) = -\mu^2$$",
    ],
)
def test_other_likelihoods_are_not_taken_for_it(words: Judged, text: str) -> None:
    assert words(NORMAL[0] + text)[-1] != "refuted"


def test_two_samples_are_not_mixed_up(words: Judged) -> None:
    text = NORMAL[0] + r"Let $y_1, \dots, y_m$ be i.i.d. samples from $\mathcal{N}(\nu, 1)$. The log-likelihood is "
    assert words(text + r"$$\ell(\mu) = -\mu^2$$")[-1] != "refuted"


def test_what_is_drawn_otherwise_is_no_sample(words: Judged) -> None:
    text = r"Let $x_1, \dots, x_n$ be a Markov chain with transitions $\mathcal{N}(\mu, \sigma^2)$. "
    assert words(text + r"The MLE of $\mu$ is $$\hat\mu = \frac1n \sum_{i=1}^n x_i + 1$$")[-1] != "refuted"


def test_a_probability_of_two_outcomes(words: Judged) -> None:
    text = (
        r"Let $x_i \in \{0,1\}$ and $p(x_i \mid \theta) = \theta^{x_i} (1-\theta)^{1-x_i}$, $i = 1, \dots, n$. "
        r"Maximising $\sum_i \log p(x_i \mid \theta)$ over $\theta$ gives $$\hat\theta = \frac{%s}{n} \sum_{i=1}^n x_i$$"
    )
    assert words(text % "1")[-1] == "proved"
    assert words(text % "2")[-1] == "refuted"
