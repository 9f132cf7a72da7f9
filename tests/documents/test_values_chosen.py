"""A value that a sentence begins with is chosen; a letter with a hat that nothing introduces; lists named π; D_f."""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged

QUOTIENT = r"""Let $m \in \mathbb{R}^d$ and let $S \in \mathbb{R}^{d \times d}$ be symmetric positive definite. Let $B = m m^\top$.
$$J(w) = \frac{w^\top B w}{w^\top S w} .$$
Its gradient is
$$\nabla J(w) = \frac{2 B w}{w^\top S w} - \frac{2 (w^\top B w) S w}{(w^\top S w)^2} .$$
Setting the gradient to zero,
$$(w^\top B w) S w = (w^\top S w) B w .$$
"""


@pytest.mark.parametrize("word", ["For", "With", "Taking", "At"])
def test_a_chosen_value(words: Judged, word: str) -> None:
    begin = QUOTIENT + f"{word} $w^* = S^{{-1}} m$ the criterion is\n"
    assert "refuted" not in words(begin + r"$$J(w^*) = m^\top S^{-1} m$$")
    assert words(begin + r"$$J(w^*) = m^\top S m$$")[-1] == "refuted"


def test_a_solution_is_still_claimed(words: Judged) -> None:
    text = r"Let $b > 0$ and $$L = (w - b)^2 .$$ Setting the derivative to zero we find $$w^* = 2 b .$$"
    assert words(text)[-1] == "refuted"


def test_a_hat_that_nothing_introduces(words: Judged) -> None:
    begin = r"Let $K \in \mathbb{R}^{n \times n}$ be symmetric, $t, a \in \mathbb{R}^n$ and $J(a) = \|K a - t\|^2$. "
    assert words(begin + r"At the best of these, $$J(\hat a) = 0$$")[-1] == "undecided"
    assert words(begin + r"For any vector $\hat a \in \mathbb{R}^n$, $$J(\hat a) = 0$$")[-1] == "refuted"


@pytest.mark.parametrize(("line", "word"), [(r"\sum_{k=1}^K \pi_k^2", "proved"), (r"\sum_{k=1}^K \pi_k", "refuted")])
def test_a_vector_that_is_called_pi(words: Judged, line: str, word: str) -> None:
    begin = r"Let $\pi = (\pi_1, \dots, \pi_K)^\top$ be a vector of weights, $k = 1, \dots, K$. "
    assert words(begin + rf"Then $$\pi^\top \pi = {line}$$")[-1] == word


def test_a_subscript_that_is_no_index(words: Judged) -> None:
    text = r"""Let $p_k, q_k > 0$, $k = 1, \dots, K$.

## One
$$D(p \| q) = \sum_{k=1}^K p_k \log \frac{p_k}{q_k}$$

## Two
With a number $f > 0$ put
$$D_f(p \| q) = f \sum_{k=1}^K p_k q_k .$$
Then
"""
    assert words(text + r"$$D(p \| q) = \sum_{k=1}^K p_k (\log p_k - \log q_k)$$")[-1] == "proved"
    assert words(text + r"$$D(p \| q) = \sum_{k=1}^K p_k (\log q_k - \log p_k)$$")[-1] == "refuted"


JOINT = r"""## Outputs
Let $s_k = e^{a_k} / \sum_{j=1}^K e^{a_j}$.

## Joint
Let $r_{ij} > 0$ with marginals $a_i = \sum_j r_{ij}$. Then
"""


@pytest.mark.parametrize(("line", "word"), [(r"\sum_{i,j} r_{ij}", "proved"), (r"\sum_{i,j} r_{ij}^2", "refuted")])
def test_lengths_of_what_a_section_gives_anew(words: Judged, line: str, word: str) -> None:
    assert words(JOINT + rf"$$\sum_i a_i = {line}$$")[-1] == word
