"""Random quantities of which the words give the mean and the covariance; and words that do not."""

from __future__ import annotations

import re
import time

import pytest

from derive.documents import Document, read_document
from derive.judge import judge
from derive.read.declarations import declare
from derive.read.documents.text.source import Source
from derive.read.latex import read_term
from derive.read.models import as_made, with_model
from derive.read.targets import put
from tests.documents.judging import Judged


def read(text: str) -> Document:
    return read_document(Source("f", text))


def verdicts(text: str) -> list[str]:
    document = read(text)
    found = [type(judge(claim, time.monotonic() + 60)).__name__.lower() for claim in document.derivation.claims]
    return found + ["unread"] * len(document.unread)


def notes(text: str) -> str:
    return " ; ".join(re.sub(r"^f:\d+: ", "", note) for note in read(text).notes)


VECTOR = r"Let $z$ be a random vector in $\mathbb{R}^p$ with mean $m$ and covariance matrix $C$. "
SCALAR = r"Let $T$ be a random variable with mean $\mu$ and variance $\sigma^2$. "


def test_the_words_are_taken_down() -> None:
    said = notes(VECTOR)
    for each in ("z \\in \\mathbb{R}^{p}", "m \\in \\mathbb{R}^{p}", "C \\in \\mathbb{R}^{p \\times p} symmetric psd"):
        assert each in said
    assert "assume \\mathbb{E}[z] = m" in said
    assert "assume \\operatorname{Cov}(z) = C" in said


def test_a_vector() -> None:
    text = VECTOR + r"Let $B \in \mathbb{R}^{p \times p}$ and $c \in \mathbb{R}^p$. Then "
    assert verdicts(text + r"$\mathbb{E}[z z^\top] = C + m m^\top$.") == ["proved"]
    assert verdicts(text + r"$\mathbb{E}[z^\top B z] = \operatorname{tr}(B C) + m^\top B m$.") == ["proved"]
    assert verdicts(text + r"$\mathbb{E}\|z - m\|^2 = \operatorname{tr} C$.") == ["proved"]
    assert verdicts(text + r"$\operatorname{Cov}(B z) = B C B^\top$.") == ["proved"]
    assert verdicts(text + r"$\operatorname{Var}(c^\top z) = c^\top C c$.") == ["proved"]
    assert verdicts(text + r"$\mathbb{E}\|z\|^2 = \operatorname{tr} C$.") == ["refuted"]
    assert verdicts(text + r"$\operatorname{Cov}(B z) = B C B$.") == ["refuted"]


def test_a_number() -> None:
    assert verdicts(SCALAR + r"Then $\mathbb{E}[T^2] = \sigma^2 + \mu^2$.") == ["proved"]
    assert verdicts(SCALAR + r"Then $\operatorname{Var}(3 T + 1) = 3 \sigma^2$.") == ["refuted"]


@pytest.mark.parametrize(
    "words",
    [
        r"Let $e \in \mathbb{R}^k$ be a zero-mean random vector with covariance $S$. ",
        r"Let $e \in \mathbb{R}^k$ be a random vector with zero mean and covariance $S$. ",
        r"Consider a random vector $e \in \mathbb{R}^k$ with mean $0$ and covariance $S$. ",
    ],
)
def test_ways_to_say_zero_mean(words: str) -> None:
    assert verdicts(words + r"Then $\mathbb{E}[e^\top e] = \operatorname{tr} S$.") == ["proved"]


def test_two_that_are_independent() -> None:
    words = r"Let $a$ be a random variable with mean $\mu$ and variance $s$, and let $b$ be a random variable{} with mean $\nu$ and variance $t$. "
    claim = r"Then $\operatorname{Var}(a + b) = s + t$."
    assert verdicts(words.format(", independent of $a$,") + claim) == ["proved"]
    assert verdicts(words.format("") + claim) == ["unread"]


def test_higher_moments_are_not_told() -> None:
    """These hold of a normal quantity, and not of every one with this mean and variance."""
    assert verdicts(SCALAR + r"Then $\mathbb{E}[T^3] = \mu^3 + 3 \mu \sigma^2$.") == ["undecided"]
    assert verdicts(SCALAR + r"Then $\mathbb{E}[(T - \mu)^4] = 3 \sigma^4$.") == ["undecided"]


def test_equal_variances() -> None:
    words = r"Let $v \in \mathbb{R}^k$ be a random vector with mean zero and covariance $\tau^2 I$. "
    assert verdicts(words + r"Then $\mathbb{E}\|v\|^2 = k \tau^2$.") == ["proved"]
    assert verdicts(words + r"Then $\mathbb{E}\|v\|^2 = \tau^2$.") == ["refuted"]


def test_a_mean_of_another_shape_is_refused() -> None:
    text = r"Let $A \in \mathbb{R}^{p \times p}$. Let $z$ be a random vector in $\mathbb{R}^p$ with mean $A$ and covariance $C$. "
    assert verdicts(text + r"Then $\mathbb{E}[z] = A$.") != ["proved"]


def test_of_a_normal_one_more_is_known_and_not_taken_from_these_words() -> None:
    text = r"Let $z$ be a Gaussian random vector in $\mathbb{R}^p$ with mean $m$ and covariance $C$. "
    assert "is random" not in notes(text)


def test_without_a_space_nothing_is_guessed() -> None:
    assert "is random" not in notes(r"Let $z$ be a random vector with mean $m$ and covariance $C$. ")


# -- observations ------------------------------------------------------------------------------------------------------
NOISE = r"""Let $\varepsilon \in \mathbb{R}^n$ be a random vector with zero mean and covariance $\tau^2 I$, $X \in \mathbb{R}^{n \times k}$,
$\beta \in \mathbb{R}^k$ and $y = X \beta + \varepsilon$. With $\hat\beta = (X^\top X)^{-1} X^\top y$ """


def test_what_is_said_of_the_noise_is_said_of_the_observation_as_it_is_made() -> None:
    text = NOISE + r"the error is $\hat\beta - \beta = (X^\top X)^{-1} X^\top \varepsilon$."
    assert verdicts(text)[-1] == "proved"
    text = NOISE + r"the error is $\hat\beta - \beta = X^\top \varepsilon$."
    assert verdicts(text)[-1] == "refuted"


def test_a_random_factor_is_no_noise() -> None:
    r"""The prior of the weights does not make the observations move with them in what is said of the estimate."""
    context = declare(r"X \in \mathbb{R}^{n \times k} ; w \in \mathbb{R}^k ; e, y \in \mathbb{R}^n")
    made = with_model(context, (read_term("y", context)[0], read_term("X w + e", context)[0]))
    assert made is not None
    for name, applies in (("w", False), ("e", True)):
        random = put(made, "random", name, "p")
        terms = (read_term(f"y + X {name}" if name == "w" else "y + e", random)[0],)
        assert (as_made(random, terms) is not random) is applies


def test_an_observation_is_no_equation_without_its_noise() -> None:
    assert verdicts(NOISE + r"we have $y = X \beta$.")[-1] == "refuted"


def test_the_mean_of_an_observation_is_a_claim() -> None:
    text = r"Let $d$ be a random variable with mean $m$ and variance $s^2$. We see $z = 2 d + 1$. "
    assert verdicts(text + r"Then $\mathbb{E}[z] = 2 m + 1$.")[-1] == "proved"
    assert verdicts(text + r"Then $\mathbb{E}[z] = 2 m$.")[-1] == "refuted"
    two = r"Let $e$ be a random variable with mean zero and variance $t$, independent of $d$. We see $y = d + e$. "
    first = "Let $d$ be a random variable with mean $m$ and variance $s^2$. "
    assert verdicts(first + two + r"\n- $\mathbb{E}[y] = 2 m$")[-1] == "refuted"


def test_a_space_that_is_none_is_no_crash() -> None:
    assert "m" not in notes(r"Let $z \in \mathbb{R}^{q, \prod_j \times q}$ be a random vector with mean $m$. ").split()


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        (r"Let $T$ be an estimator of $\theta$ with mean $m$ and variance $v$. Then $\mathbb{E}[(T - \theta)^2] = v + (m - \theta)^2$.", "proved"),
        (r"Let $T$ be a statistic with mean $m$ and variance $v$. Then $\mathbb{E}[T^2] = m^2$.", "refuted"),
        (r"The estimator $T$ with mean $m$ and variance $v$ has $\mathbb{E}[T^2] = m^2 + v$.", "proved"),
        (r"Let $T$ be an estimator of $\theta$. Then $\mathbb{E}[T] = \theta$.", "unread"),
    ],
)  # fmt: skip
def test_an_estimator_is_random(words: Judged, text: str, verdict: str) -> None:
    assert words(r"<!--: \theta, m \in \mathbb{R} ; v > 0 -->" + f"\n{text}")[-1] == verdict
