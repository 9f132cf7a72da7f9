"""What is solved under a deeper heading, beside a supposition of something else, or but for the length of a vector."""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged

FISHER = r"""<!--: w, m \in \mathbb{R}^d ; A \in \mathbb{R}^{d \times d} symmetric posdef -->
# Discriminants
We define $S = m m^\top$ and
$$J(w) = \frac{w^\top S w}{w^\top A w} .$$
## The length
For $c \neq 0$ we have $J(c w) = J(w)$.
## The maximum
"""
MEANS = r"""<!--: index i = 1..n ; k = 1..K ; x_i, \mu_k \in \mathbb{R}^d ; r_{ik} \in \{0,1\} ; \sum_k r_{ik} = 1 -->
The distortion is
$$J(r, \mu) = \sum_{i=1}^n \sum_{k=1}^K r_{ik} \|x_i - \mu_k\|^2$$
With $n_k = \sum_{i=1}^n r_{ik} > 0$, setting the gradient with respect to $\mu_k$ to zero gives
$$\mu_k = \frac{1}{n_k} \sum_{i=1}^n r_{ik} x_i .$$
For any $a \in \mathbb{R}^d$,
$$\sum_{i=1}^n r_{ik} \|x_i - a\|^2 = \sum_{i=1}^n r_{ik} \|x_i - \mu_k\|^2 + n_k \|\mu_k - a\|^2 .$$
"""


@pytest.mark.parametrize(("claim", "word"), [("S w = J(w) A w", "proved"), ("S w = J(w) w", "refuted")])
def test_the_objective_of_the_part_before(words: Judged, claim: str, word: str) -> None:
    assert words(FISHER + rf"At a maximum the gradient vanishes, therefore $${claim} .$$")[-1] == word


def test_not_of_another_problem(words: Judged) -> None:
    text = FISHER.replace("## The maximum", "## Problem 2")
    assert words(text + r"At a maximum the gradient vanishes, therefore $$S w = J(w) A w .$$")[-1] != "proved"


def test_not_where_an_objective_is_unread(words: Judged) -> None:
    text = (
        FISHER + r"Consider $$K(w) = w^\top \% w .$$ At a maximum the gradient vanishes, therefore $$S w = J(w) A w .$$"
    )
    assert words(text)[-1] != "proved"


@pytest.mark.parametrize(("value", "word"), [(r"A^{-1} m", "proved"), (r"3 A^{-1} m", "proved"), ("A m", "refuted")])
def test_a_direction_has_no_length(words: Judged, value: str, word: str) -> None:
    text = FISHER + r"At a maximum the gradient vanishes, therefore $$S w = J(w) A w .$$ "
    assert words(text + rf"Since $S w$ points in the direction of $m$, we find $$w^\star = {value} .$$")[-1] == word
    assert words(text + rf"Up to a factor, we find $$w^\star = {value} .$$")[-1] == word


def test_a_direction_is_no_reason_for_a_number(words: Judged) -> None:
    text = (
        r"<!--: a \in \mathbb{R} --> $$f(a) = a^2 - 4$$ Solving $f(a) = 0$ in the positive direction gives $$a = 2 .$$"
    )
    assert words(text)[-1] != "proved"


@pytest.mark.parametrize(("sign", "word"), [("-", "proved"), ("+", "refuted")])
def test_beside_a_choice_of_something_else(words: Judged, sign: str, word: str) -> None:
    text = rf"""{MEANS}
Choosing $a = 0$ we obtain
$$\sum_{{i=1}}^n r_{{ik}} \|x_i - \mu_k\|^2 = \sum_{{i=1}}^n r_{{ik}} \|x_i\|^2 {sign} n_k \|\mu_k\|^2$$
and the distortion at the optimal centres is
$$J = \sum_{{i=1}}^n \|x_i\|^2 {sign} \sum_{{k=1}}^K n_k \|\mu_k\|^2$$
"""
    assert words(text)[-2:] == [word, word]


def test_not_beside_a_choice_of_the_data(words: Judged) -> None:
    """Where what is supposed is in the equations, what is concluded from it is claimed for itself."""
    text = MEANS + r"If $x_i = 0$ for all $i$, then $$J = \sum_{k=1}^K n_k .$$"
    assert words(text)[-1] != "proved"
