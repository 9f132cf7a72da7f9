"""A function that an earlier section has made of unknown ones is given for an example of these."""

from __future__ import annotations

from tests.documents.judging import Judged

FAMILY = r"""<!--: \eta \in \mathbb{R} ; function T ; function h positive -->
## 1. Moments
$$A(\eta) = \log \int h(x) e^{\eta T(x)} \, dx$$
$$A'(\eta) = \frac{\int T(x) h(x) e^{\eta T(x)} \, dx}{\int h(x) e^{\eta T(x)} \, dx}$$
"""


def test_of_a_named_distribution(words: Judged) -> None:
    text = (
        FAMILY
        + r"""## 2. An example

For the Poisson distribution, the log-partition function is $A(\eta) = e^\eta$. Then
$$A''(\eta) = e^\eta$$ $$A''(\eta) = \eta e^\eta$$"""
    )
    assert words(text) == ["proved", "proved", "proved", "proved", "refuted"]


def test_not_of_the_family(words: Judged) -> None:
    """Where no example begins, and in the section itself, it is a claim about all of them."""
    text = FAMILY + r"## 2. All of them" + "\n" + r"The log-partition function is $A(\eta) = e^\eta$."
    assert words(text)[-1] != "proved"
    assert words(FAMILY + r"The log-partition function is $A(\eta) = e^\eta$.")[-1] != "proved"


def test_not_of_what_is_known(words: Judged) -> None:
    text = r"""<!--: \eta \in \mathbb{R} -->
## 1. One
$$A(\eta) = e^\eta$$
## 2. Again
For the Poisson distribution, the log-partition function is $A(\eta) = e^{2 \eta}$."""
    assert words(text)[-1] == "refuted"
