r"""Behind equations that have been solved for x: ``for every $x$, …`` is claimed of every x."""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged

SOLVED = r"""<!--: a, b \in \mathbb{R} ; a > 0 -->
Let $f(x) = a x^2 - b x$. Setting the derivative to zero gives $$x = \frac{b}{2a}.$$
"""
CLAIM = r"$f(x) = -\frac{b^2}{4 a}$"


@pytest.mark.parametrize(
    "said",
    [
        f"For every $x$ we have {CLAIM}.",
        f"For all real numbers $x$, {CLAIM}.",
        f"Thus {CLAIM} for any $x$.",
        f"Hence {CLAIM}, and this holds for each $x$.",
        f"No matter what $x$ is, {CLAIM}.",
        f"Whatever the value of $x$, we have {CLAIM}.",
        f"Let $x$ be arbitrary. Then {CLAIM}.",
        f"Consider an arbitrary $x$. Then {CLAIM}.",
        r"Hence $$f(x) = -\frac{b^2}{4 a} \quad \text{for all } x.$$",
        r"Hence $$f(x) = -\frac{b^2}{4 a}, \quad \forall x \in \mathbb{R}.$$",
    ],
)
def test_of_every_value(words: Judged, said: str) -> None:
    assert words(SOLVED + said)[-1] == "refuted"


@pytest.mark.parametrize(
    "said",
    [
        f"Everywhere {CLAIM}.",
        f"In general {CLAIM}.",
        f"At any point we have {CLAIM}.",
        f"For all values we have {CLAIM}.",
        f"We see that {CLAIM} identically.",
        f"For every $x$ that solves this we have {CLAIM}.",
    ],
)
def test_of_what_is_not_said(words: Judged, said: str) -> None:
    assert words(SOLVED + said)[-1] == "undecided"


@pytest.mark.parametrize(
    "said",
    [
        f"Hence {CLAIM}.",
        f"For all $a$ and $b$, {CLAIM}.",
        f"For every positive $a$ we have {CLAIM}.",
        f"For every $x$ with $f'(x) = 0$ we have {CLAIM}.",
        r"In general, $x = \frac{b}{2a}$.",
        r"Let $x$ be arbitrary. Then $f'(x) = 2 a x - b$.",
        r"For every $x$, $f(x) + \frac{b^2}{4a} = a (x - \frac{b}{2a})^2$.",
    ],
)
def test_at_the_solution_and_what_holds_anyway(words: Judged, said: str) -> None:
    assert words(SOLVED + said)[-1] == "proved"


SHARES = r"""<!--: index k = 1..K ; N_k, \pi_k > 0 ; N := \sum_k N_k ; \lambda \in \mathbb{R} -->
Maximise $Q = \sum_k N_k \log \pi_k$ subject to $\sum_k \pi_k = 1$. The Lagrangian is
$$L = \sum_k N_k \log \pi_k - \lambda \left(\sum_k \pi_k - 1\right).$$
"""


@pytest.mark.parametrize(
    "said",
    [
        r"Setting the derivative to zero for all $\pi_k$ we get $$\frac{N_k}{\pi_k} = \lambda \quad \text{for all } k.$$",
        r"Setting the derivative to zero, for each $k$ we have $$N_k = \lambda \pi_k.$$",
        r"Setting the derivative to zero, for each $\pi_k$ we have $$\pi_k = \frac{N_k}{N}.$$",
    ],
)
def test_all_that_is_solved_for(words: Judged, said: str) -> None:
    assert set(words(SHARES + said)) == {"proved"}
