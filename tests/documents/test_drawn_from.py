r"""Words that say how quantities are drawn: ``the $x_n$ are drawn independently from $\mathcal{N}(\mu, \sigma^2)$``."""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged

GIVEN = r"<!--: index n = 1..N ; x_n, \mu \in \mathbb{R} ; \sigma > 0 -->" + "\n"
CLAIM = "\nThen\n$$ \\mathbb{E}\\left[ \\frac1N \\sum_n x_n^2 \\right] = \\mu^2 + VALUE. $$\n"


@pytest.mark.parametrize(
    "said",
    [
        r"Suppose now that the $x_n$ are drawn independently from $\mathcal{N}(\mu, \sigma^2)$.",
        r"The $x_n$ are independent draws from $\mathcal{N}(\mu, \sigma^2)$.",
        r"The $x_n$ are i.i.d. $\mathcal{N}(\mu, \sigma^2)$.",
        r"We assume that the data points $x_n$ are sampled independently from the Gaussian $\mathcal{N}(\mu, \sigma^2)$.",
        r"Here $x_n$ is distributed according to $\mathcal{N}(\mu, \sigma^2)$.",
        r"Let $x_1, \dots, x_N$ be drawn i.i.d. from $\mathcal{N}(\mu, \sigma^2)$.",
    ],
)
def test_how_they_are_drawn(words: Judged, said: str) -> None:
    assert words(GIVEN + said + CLAIM.replace("VALUE", r"\sigma^2"))[-1] == "proved"
    assert words(GIVEN + said + CLAIM.replace("VALUE", r"2 \sigma^2"))[-1] == "refuted"


@pytest.mark.parametrize(
    "said",
    [
        r"The $x_n$ are not drawn from $\mathcal{N}(\mu, \sigma^2)$.",
        r"The $x_n$ are compared with $\mathcal{N}(\mu, \sigma^2)$.",
        r"The $x_n$ are close to draws from $\mathcal{N}(\mu, \sigma^2)$.",
    ],
)
def test_what_says_nothing_of_it(words: Judged, said: str) -> None:
    assert words(GIVEN + said + CLAIM.replace("VALUE", r"\sigma^2"))[-1] == "unread"
