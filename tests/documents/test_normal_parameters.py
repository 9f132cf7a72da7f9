"""What a normal distribution is written with says what its parameters are."""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged

TRUE = [
    r"\mathrm{KL}(\mathcal{N}(\mu, \sigma^2) \,\|\, \mathcal{N}(0, 1)) = \frac{1}{2} ( \mu^2 + \sigma^2 - 1 - \log \sigma^2 )",
    r"\mathrm{KL}(\mathcal{N}(\mu_1, \sigma^2 I) \,\|\, \mathcal{N}(\mu_2, \sigma^2 I)) = "
    r"\frac{1}{2 \sigma^2} \| \mu_1 - \mu_2 \|^2",
    r"\mathrm{KL}(\mathcal{N}(\mu, \operatorname{diag}(\sigma^2)) \,\|\, \mathcal{N}(0, I)) = "
    r"\frac{1}{2} \sum_{j=1}^J ( \mu_j^2 + \sigma_j^2 - 1 - \log \sigma_j^2 )",
    r"\mathbb{E}_{z \sim \mathcal{N}(\mu, \sigma^2)}[z^2] = \mu^2 + \sigma^2",
]


@pytest.mark.parametrize("claim", TRUE)
def test_is_proved(words: Judged, claim: str) -> None:
    assert words(f"We have $$ {claim} $$")[-1] == "proved"


@pytest.mark.parametrize("claim", TRUE)
def test_is_refuted(words: Judged, claim: str) -> None:
    assert words(f"We have $$ {claim} + 1 $$")[-1] == "refuted"


def test_numbers_and_vectors_in_one_section(words: Judged) -> None:
    """The same letters are numbers in one display, and vectors in the next."""
    text = f"In one dimension, $$ {TRUE[0]}. $$ With a diagonal covariance, $$ {TRUE[2]}. $$"
    assert words(text) == ["proved", "proved"]
    damaged = text.replace("- 1 -", "+ 1 -")
    assert words(damaged) == ["refuted", "refuted"]


def test_space_beside_what_is_drawn(words: Judged) -> None:
    text = r"Let $z \sim \mathcal{N}(0, I)$ in $\mathbb{R}^d$. Then $$ \mathbb{E}[\|z\|^2] = %s $$"
    assert words(text % "d")[-1] == "proved"
    assert words(text % "2 d")[-1] == "refuted"


@pytest.mark.parametrize("said", [r"be a $d$-dimensional vector", r"be a $d$-dimensional random vector"])
def test_dimension_in_words(words: Judged, said: str) -> None:
    text = rf"Let $z \sim \mathcal{{N}}(0, I)$ {said}. Then $$ \mathbb{{E}}[\|z\|^2] = %s $$"
    assert words(text % "d")[-1] == "proved"
    assert words(text % "1")[-1] == "refuted"
