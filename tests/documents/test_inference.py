"""Names that nothing declares, read from how they are written and what the words say; and what must not be inferred.

The expectations are written by hand from the mathematics: what a reader of the sentence may conclude, and what not.
"""

from __future__ import annotations

import re

import pytest

from derive.documents import Document, read_document
from derive.read.documents.text.source import Source
from derive.read.documents.words.properties import said_after, said_before
from tests.documents.judging import Judged


def read(text: str) -> Document:
    return read_document(Source("f.md", text))


def notes(text: str) -> list[str]:
    return [re.sub(r"^f\.md:\d+: ", "", note) for note in read(text).notes]


def unread(text: str) -> list[str]:
    return [each.reason for each in read(text).unread]


DATA = r"Let $x_i \in \mathbb{R}^d$ and $y_i \in \mathbb{R}$ for $i = 1, \ldots, n$. "

# -- what is inferred --------------------------------------------------------------------------------------------------
INFERRED = [
    # entries of a bold vector, and the vector of numbers
    (r"Let $\mathbf{a} \in \mathbb{R}^n$. $$\mathbf{a}^T \mathbf{a} = \sum_{i=1}^n a_i^2$$", r"component a_i of \mathbf{a}"),
    (r"Let $a_i \in \mathbb{R}$. $$\mathbf{a}^T \mathbf{a} = \sum_{i=1}^n a_i^2$$", r"component a_{i} of \mathbf{a}"),
    # rows of a matrix
    (r"Let $X \in \mathbb{R}^{n \times d}$ have rows $x_i^T$. $$X^T X = \sum_{i=1}^n x_i x_i^T$$", "component X_{ij} of x_i"),
    (DATA + r"Here $X$ is the $n \times d$ matrix with rows $x_i^T$. $$X^T X = \sum_{i=1}^n x_i x_i^T$$",
     r"X \in \mathbb{R}^{n \times d}"),
    (DATA + r"Let $X$ be the design matrix whose rows are $x_i^T$. $$X^T X = \sum_{i=1}^n x_i x_i^T$$",
     r"X \in \mathbb{R}^{n \times d}"),
    # another point of the space of the members
    (r"Let $x^{(i)} \in \mathbb{R}^d$, $i = 1, \ldots, n$, and $w \in \mathbb{R}^d$. $$(w^T x)^2 = w^T x x^T w$$",
     r"x \in \mathbb{R}^{d}"),
    (DATA + r"For a new input $x_*$ let $w \in \mathbb{R}^d$. $$(w^T x_*)^2 = w^T x_* x_*^T w$$", r"x_* \in \mathbb{R}^{d}"),
    (r"Let $x^{(i)} \in \{0,1\}^d$, $i = 1, \dots, n$, and $w \in \mathbb{R}^d$. $$\sum_{j=1}^d w_j x_j^2 = \sum_{j=1}^d w_j x_j$$",
     r"x \in \mathbb{R}^{d} binary"),
    # variances, counts, summands, logarithms
    (r"$$\frac{1}{\sigma^2} \sigma^4 = \sigma^2$$", r"\sigma > 0"),
    (r"$$\frac{(k+1)!}{k!} = k + 1$$", "k nonnegative integer"),
    (r"Let $H \in \mathbb{R}^{m \times n}$, $x \in \mathbb{R}^n$. $$H x + v - v = H x$$", r"v \in \mathbb{R}^{m}"),
    (r"$$\sum_{k=1}^K \log \pi_k = \log \prod_{k=1}^K \pi_k$$", r"\pi_k > 0"),
    # arguments of a declared density, functions of which nothing is known
    (r"Let $f(x; \lambda) = \lambda e^{-\lambda x}$. $$\sum_{i=1}^n f(x_i; \lambda) = \lambda \sum_{i=1}^n e^{-\lambda x_i}$$",
     r"x_i \in \mathbb{R}"),
    (r"Let $c \in \mathbb{R}$. $$\int c h(x) dx = c \int h(x) dx$$", "function h"),
    # probabilities
    (r"A coin with $\mathbb{P}(X = 1) = \theta$ is thrown. $$\theta + (1 - \theta) = 1$$", r"\theta \in (0, 1)"),
    # parameters of a distribution that is named
    (r"Let $k \sim \mathrm{Poisson}(\lambda)$. $$\log \lambda^2 = 2 \log \lambda$$",
        r"k nonnegative integer ; k \sim \mathrm{Poisson}(\lambda)",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "note"), INFERRED)
def test_inferred(text: str, note: str) -> None:
    assert note in notes(text), notes(text)
    assert unread(text) == []


# -- what is not -------------------------------------------------------------------------------------------------------
REFUSED = [
    # a plain letter beside numbers says nothing of its space
    (r"$$2 a = a + a$$", "a is not declared"),
    # no entry of a vector of another length
    (r"Let $\mathbf{a} \in \mathbb{R}^n$. $$\sum_{i=1}^m a_i = 0$$", "a_i is not declared"),
    # the words name no matrix, or two
    (DATA + r"The $n \times d$ entries of $X$ are known. $$X = X$$", "X is not declared"),
    (DATA + r"$X$ and $Z$ are matrices with rows $x_i^T$. $$X = X$$", "X is not declared"),
    # another point only of a family of vectors
    (r"Let $x^{(i)} \in \mathbb{R}^d$, $i = 1, \ldots, n$. $$z = z$$", "z is not declared"),
    # σ² under a bracket: σ is a function there
    (r"$$\sigma(2) \sigma^2 = \sigma^2 \sigma(2)$$", "\\sigma is not declared"),
    # a name that some formula defines is not guessed
    (r"$$a = \log b$$ where $b = 2 c$.", "c is not declared"),
    # h( ) of a product, or with a value
    (r"$$h(2 + 3) = 5 h$$", "h is not declared"),
    (r"$$\Gamma(5) = 24$$", "\\Gamma is not declared"),
    # an expectation without a distribution
    (r"Let $x \in \mathbb{R}$. $$\mathbb{E}[x^2] = 1$$", "expected the distribution of this expectation"),
    # a distribution whose density and moments we do not state (rate or scale?)
    (r"Let $z \sim \mathrm{Gamma}(a, b)$ and $z \in \mathbb{R}$. $$\mathbb{E}[z] = a / b$$", "\\mathrm{Gamma}"),
    # f(x; w) that no word calls a density is no distribution of x
    (r"Let $w, x \in \mathbb{R}$ and $f(x; w) = w x$. $$\mathbb{E}[x^2] = 1$$", "expected the distribution of this expectation"),
    # of two things supposed, one cannot be read: what follows is not judged without it
    (r"Let $a \in \mathbb{R}$. For $a = \operatorname{qq}(\zeta_{rs})$ this is $$a + a = 3 a.$$", "expected what is supposed before this to be read"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "reason"), REFUSED)
def test_refused(text: str, reason: str) -> None:
    found = unread(text)
    assert any(reason in each for each in found), (found, notes(text))


NOT_INFERRED = [
    # one coin is not a rate; a probability is not of some other name
    (r"Let $c \in \mathbb{R}$ with $c = p(y)$. $$c = c$$", r"c \in (0, 1)"),
    # scaled noise makes a sample, not an observation: this is a definition of z
    (r"Let $\epsilon \sim \mathcal{N}(0, 1)$, $\mu, s \in \mathbb{R}$. $$z = \mu + s \epsilon$$", "a model"),
    # without "i.i.d." the entries of ε are not independent
    (r"Let $x_i \in \mathbb{R}$, $i = 1, \dots, n$, and $\epsilon_i \sim \mathcal{N}(0, 1)$. $$x_i = x_i$$", r"\epsilon \in \mathbb{R}^{n}"),
    # no sample is spoken of
    (r"Let $X \sim \mathcal{N}(0, 1)$. $$\sum_{i=1}^n X_i = \sum_{i=1}^n X_i$$", r"component X_i of \mathbf{X}"),
    # an estimate that follows from nothing is a definition
    (r"Let $a > 0$, $b > 0$. $$\hat a = b$$", "solving for"),
    # the size of a vector that other quantities have is not 1 in an example
    (r"Let $w, u \in \mathbb{R}^k$. For the Bernoulli distribution $$w = \log 2$$", "of one dimension"),
    # a capital under an assumed mean that is a size is no random number
    (r"Let $A \in \mathbb{R}^{N \times N}$ with $\mathbb{E}[N] = 2$. $$A = A$$", r"N \in \mathbb{R}"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "note"), NOT_INFERRED)
def test_not_inferred(text: str, note: str) -> None:
    assert not any(note in each for each in notes(text)), notes(text)


# -- properties in words -----------------------------------------------------------------------------------------------
def test_properties_before_and_after() -> None:
    assert said_before("Let the symmetric, positive definite covariance matrix ") == "posdef symmetric"
    assert said_after(" is positive semi-definite") == ("psd symmetric", "")
    assert said_after(", both invertible") == ("invertible", "both")


@pytest.mark.parametrize(
    "words_before",
    ["the matrix is not symmetric: ", "if the invertible matrix ", "whether the orthogonal ", "an asymmetric "],
)
def test_properties_that_are_not_said(words_before: str) -> None:
    assert said_before(words_before) == ""


def test_a_negated_property_after() -> None:
    assert said_after(" is not invertible") == ("", "")


# -- expectations ------------------------------------------------------------------------------------------------------
def test_named_distributions(words: Judged) -> None:
    text = (
        r"Let $X \sim \mathrm{Bernoulli}(p)$ and $Y \sim \mathrm{Exp}(\lambda)$. $$\mathbb{E}[X^2] = p,$$"
        r"$$\operatorname{Var}(X) = p(1-p),$$ $$\mathbb{E}[Y^2] = \frac{2}{\lambda^2},$$ $$\mathbb{E}[Y^2] = \frac{1}{\lambda^2}.$$"
    )
    assert words(text) == ["proved", "proved", "proved", "refuted"]


def test_a_sample_is_independent(words: Judged) -> None:
    """Var of the mean of n independent numbers of variance v is v/n, and not v/n²; E is the same."""
    text = (
        r"Let $\mu \in \mathbb{R}$ and $X \sim N(\mu, v^2)$. The mean of a sample is $\bar X = \frac1n \sum_{i=1}^n X_i$. We have $$\mathbb{E}[\bar X] = \mu,$$"
        r"$$\operatorname{Var}(\bar X) = \frac{v^2}{n},$$ $$\operatorname{Var}(\bar X) = \frac{v^2}{n^2}.$$"
    )
    assert words(text)[-3:] == ["proved", "proved", "refuted"]


MODEL = (
    DATA
    + r"Let $w \in \mathbb{R}^d$, $s > 0$ and $y_i = w^T x_i + \epsilon_i$ with $\epsilon_i \sim N(0, s^2)$ i.i.d. "
)


def test_a_model_is_no_definition(words: Judged) -> None:
    """A derivative takes the observations as they are: were y_i defined by w, it would be zero. Their mean is w'x_i."""
    text = (
        MODEL
        + r"$$\nabla_w \sum_{i=1}^n (y_i - w^T x_i)^2 = -2 \sum_{i=1}^n (y_i - w^T x_i) x_i,$$"
        + r"$$\mathbb{E}[y_i] = w^T x_i, $$ $$\mathbb{E}[(y_i - w^T x_i)^2] = s^2,$$ $$\mathbb{E}[y_i^2] = s^2.$$"
    )
    assert words(text)[-4:] == ["proved", "proved", "proved", "refuted"]


def test_a_density_is_the_distribution_of_what_it_is_of(words: Judged) -> None:
    text = (
        r"For the density $p(x \mid \beta) = \beta e^{-\beta x}$ on $x \ge 0$, with $\beta > 0$, "
        r"$$\mathbb{E}[x] = \frac{1}{\beta}, $$ $$\mathbb{E}[x] = \beta.$$"
    )
    assert words(text)[-2:] == ["proved", "refuted"]


# -- what is supposed in a sentence ------------------------------------------------------------------------------------
def test_supposed_in_a_sentence(words: Judged) -> None:
    """What is supposed holds in its sentence, and no further."""
    text = r"Let $a, b \in \mathbb{R}$. For $a = b = c$ this is $$a + b = 2 c.$$ In general $$a + b = 2 a.$$"
    assert words(text) == ["proved", "refuted"]


def test_two_things_supposed(words: Judged) -> None:
    text = r"Let $a, b \in \mathbb{R}$. For $a = 0$, i.e. $a = 0$ and $b = 1$, this is $$a + b = 1.$$"
    assert words(text) == ["proved"]


def test_an_estimate_is_where_the_derivative_vanishes(words: Judged) -> None:
    """n/λ - S = 0 gives λ = n/S; S/n is no zero of it."""
    text = (
        r"Let $S > 0$, $m > 0$, $\lambda > 0$ and $\ell(\lambda) = m \log \lambda - \lambda S$. We have "
        r"$$\ell'(\lambda) = \frac{m}{\lambda} - S.$$ Therefore $$\hat\lambda = %s .$$"
    )
    assert words(text % r"\frac{m}{S}")[-1] == "proved"
    assert words(text % r"\frac{S}{m}")[-1] == "refuted"


def test_a_step_of_descent_is_no_estimate(words: Judged) -> None:
    text = r"Let $a \in \mathbb{R}$, $\eta > 0$ and $f(a) = a^2$. We have $$f'(a) = 2 a.$$ Therefore $$\hat a = a - \eta f'(a).$$"
    assert "refuted" not in words(text)
