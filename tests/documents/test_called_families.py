"""Quantities with indices in brackets that nothing declares: values, rewards, policies over finite sets."""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged, notes

PROCESS = r"""
Consider states $x \in \mathcal{X}$, actions $u \in \mathcal{U}$, transition probabilities $T(x' \mid x, u)$, costs $c(x, u)$ and $\beta \in (0, 1)$.
For a policy $\mu(u \mid x)$ the value function satisfies
$$W(x) = \sum_{u \in \mathcal{U}} \mu(u \mid x) \left( c(x, u) + \beta \sum_{x' \in \mathcal{X}} T(x' \mid x, u) W(x') \right).$$
Let $Z(x, u) = c(x, u) + \beta \sum_{x'} T(x' \mid x, u) W(x')$. Then $CLAIM$.
"""


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        (r"W(x) = \sum_u \mu(u \mid x) Z(x, u)", "proved"),
        (r"W(x) = \sum_u Z(x, u)", "refuted"),
        (r"\sum_u \mu(u \mid x) (Z(x, u) - W(x)) = 0", "proved"),
        (r"\sum_{x'} T(x' \mid x, u) = 1", "proved"),
        (r"\sum_x T(x' \mid x, u) = 1", "unread"),
    ],
)
def test_a_decision_process(words: Judged, claim: str, verdict: str) -> None:
    assert words(PROCESS.replace("CLAIM", claim))[-1] == verdict


def test_without_words_of_probabilities_nothing_sums_to_one() -> None:
    text = PROCESS.replace("transition probabilities", "weights").replace("policy", "rule").replace("CLAIM", "1 = 1")
    assert "assume" not in notes(text)


def test_a_set_over_which_nothing_is_summed_is_no_range() -> None:
    text = r"Consider inputs $x \in \mathcal{X}$. Then $f(x) + 1 = 1 + f(x)$."
    assert "index x" not in notes(text)


def test_a_name_that_also_stands_alone_is_no_family() -> None:
    text = r"For $i = 1, \dots, n$ we have $\sum_{i=1}^n (v(i) + v) = \sum_{i=1}^n v(i)$."
    assert "v(i) \\in" not in notes(text)
