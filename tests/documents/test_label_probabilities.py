"""Numbers that are the probabilities of what a label can be add up to one; other probabilities need not."""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged

TRUE = "\n" + r"$$a_k = \pi_k + 1$$" + "\nThen\n" + r"$$\sum_{k=1}^K a_k = K + 1$$"


@pytest.mark.parametrize(
    "said",
    [
        r"Let $\pi_k = p(z = k)$, $k = 1, \dots, K$.",
        r"We write $\pi_k = \mathbb{P}(Z = k)$ for the probability of class $k$.",
        r"Let $\pi_k > 0$ denote the prior probability of class $k \in \{1, \dots, K\}$.",
        r"The prior class probabilities are $\pi_1, \dots, \pi_K$.",
        r"Let $\pi_k$ be the probability of class $k = 1, \dots, K$.",
        r"Denote by $\pi_k$ the prior probability $p(z = k)$ of component $k$.",
        r"There are prior probabilities $\pi_k$ of the $K$ classes.",
        r"Let $\pi = (\pi_1, \dots, \pi_K)$ be the class probabilities.",
        r"The distribution of $z$ is $p(z = k) = \pi_k$.",
    ],
)
def test_of_the_values_of_a_label(words: Judged, said: str) -> None:
    assert words(said + TRUE)[-1] == "proved"
    assert words(said + TRUE.replace("K + 1", "K"))[-1] != "proved"


@pytest.mark.parametrize(
    "said",
    [
        r"Let $\pi_k$ be the probability of success of arm $k = 1, \dots, K$.",
        r"Let $\pi_k$ be the probability of class $k$ being missed, $k = 1, \dots, K$.",
        r"Let $\pi_k > 0$ be the unnormalised probability of class $k = 1, \dots, K$.",
        r"Let $\pi_k$ be the click probability of item $k = 1, \dots, K$.",
        r"Let $\pi_k = p(z_k = 1)$, $k = 1, \dots, K$.",
        r"Let $\pi_k = p(x \mid z = k)$, $k = 1, \dots, K$.",
        r"It is not known whether $\pi_k$ is the probability of class $k = 1, \dots, K$.",
    ],
)
def test_of_events_of_their_own(words: Judged, said: str) -> None:
    assert words(said + TRUE)[-1] != "proved"


OBJECTIVE = r"""Let $q(z = k) = \phi_k$ with $\sum_{k=1}^K \phi_k = 1$. As a function of $\phi$ the bound is
$$F(\phi) = \sum_{k=1}^K \phi_k (s_k - \log \phi_k)$$
with $s_k \in \mathbb{R}$. With a multiplier $\lambda$ for the constraint, stationarity reads
$$s_k - \log \phi_k - 1 + \lambda = 0 ,$$
"""


@pytest.mark.parametrize(
    ("line", "word"),
    [
        (r"so that $$\phi_k = e^{s_k + \lambda - 1} .$$", "proved"),
        (r"so that $$\phi_k = e^{s_k + \lambda + 1} .$$", "refuted"),
        (r"The constraint then gives $$\phi_k = \frac{e^{s_k}}{\sum_{j=1}^K e^{s_j}} .$$", "proved"),
        (r"The constraint then gives $$\phi_k = \frac{e^{s_k}}{\sum_{j=1}^K s_j} .$$", "refuted"),
    ],
)
def test_what_adds_up_is_solved_for(words: Judged, line: str, word: str) -> None:
    assert words(OBJECTIVE + line)[-1] == word


@pytest.mark.parametrize(
    ("value", "word"), [(r"\log \sum_{k=1}^K e^{s_k}", "proved"), (r"\sum_{k=1}^K \log e^{s_k}", "refuted")]
)
def test_the_value_of_a_bound_is_a_claim(words: Judged, value: str, word: str) -> None:
    solved = OBJECTIVE + r"and the constraint gives $$\phi_k = \frac{e^{s_k}}{\sum_{j=1}^K e^{s_j}} .$$"
    text = solved + f"\nSubstituting this back, the optimal value of the bound is $$F^* = {value} .$$"
    assert words(text)[-1] == word
