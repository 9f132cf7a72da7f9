"""Exponential families without a declaration: functions with vectors as values, and one distribution of the family."""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged

FAMILY = r"""An exponential family has densities $p(x \mid \eta) = h(x) \exp(\eta^\top T(x) - A(\eta))$ with
$A(\eta) = \log \int h(x) \exp(\eta^\top T(x))\, dx$. Then """


@pytest.mark.parametrize(
    ("claim", "proved"),
    [
        (r"\nabla A(\eta) = \mathbb{E}[T(x)]", True),
        (r"\nabla A(\eta) = -\mathbb{E}[T(x)]", False),
        (r"\nabla^2 A(\eta) = \operatorname{Cov}(T(x))", True),
        (r"\nabla^2 A(\eta) = \mathbb{E}[T(x) T(x)^\top]", False),
    ],
)
def test_statistics_that_are_vectors(words: Judged, claim: str, proved: bool) -> None:
    found = words(f"{FAMILY}$${claim}.$$")
    assert found[:-1] == ["proved", "proved"]
    assert (found[-1] == "proved") is proved


BERNOULLI = r"""
{turn} with mean $\mu \in (0, 1)$ {is_}
$$ p(x \mid \mu) = \mu^x (1 - \mu)^{{1 - x}} = \exp\left( x \log\frac{{\mu}}{{1 - \mu}} + \log(1 - \mu) \right), $$
so $\eta = \log\frac{{\mu}}{{1 - \mu}}$ and
$$ A(\eta) = \log(1 + e^\eta), \qquad A'(\eta) = \frac{{1}}{{1 + e^{{-\eta}}}} = \mu, \qquad A''(\eta) = {second}. $$
"""


@pytest.mark.parametrize(
    ("turn", "is_"), [("For the Bernoulli distribution", "we have"), ("The Bernoulli distribution", "is")]
)
@pytest.mark.parametrize(("second", "verdict"), [(r"\mu (1 - \mu)", "proved"), (r"\mu (1 + \mu)", "refuted")])
def test_one_distribution_of_the_family(words: Judged, turn: str, is_: str, second: str, verdict: str) -> None:
    head = FAMILY + r"$$\nabla A(\eta) = \mathbb{E}[T(x)].$$"
    found = words(head + BERNOULLI.format(turn=turn, is_=is_, second=second))
    assert set(found[:-1]) == {"proved"}
    assert found[-1] == verdict


def test_a_named_distribution_without_a_family_before_it_gives_up_nothing(words: Judged) -> None:
    text = r"""<!--: \mu \in (0, 1) ; x \in \{0, 1\} -->
Let $p(x) = \mu^x (1 - \mu)^{1 - x}$.
$$\log p(x) = x \log \mu + (1 - x) \log (1 - \mu)$$
The Bernoulli distribution has $$p(x) = \mu^x.$$"""
    assert words(text)[-1] == "refuted"
