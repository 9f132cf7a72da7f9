"""Which derivatives a text sets to zero: by their place, all of a Lagrangian, what a sentence multiplies and sums."""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged

TWO = r"""
<!--: a, b \in \mathbb{R} -->
Let $f = (a - 1)^2 + (b - 2)^2$. Then
$$\frac{\partial f}{\partial a} = 2(a-1), \qquad \frac{\partial f}{\partial b} = 2(b-2).$$
"""
CORRELATION = r"""
<!--: A \in \mathbb{R}^{p \times p} symmetric posdef ; B \in \mathbb{R}^{q \times q} symmetric posdef ; C \in \mathbb{R}^{p \times q}
u \in \mathbb{R}^p ; v \in \mathbb{R}^q ; \lambda, \mu \in \mathbb{R} -->
We maximise $u^\top C v$ subject to $u^\top A u = 1$ and $v^\top B v = 1$. The Lagrangian is
$$\mathcal{L} = u^\top C v - \frac{\lambda}{2}(u^\top A u - 1) - \frac{\mu}{2}(v^\top B v - 1).$$
$$\nabla_u \mathcal{L} = C v - \lambda A u, \qquad \nabla_v \mathcal{L} = SECOND u - \mu B v.$$
Setting the first gradient to zero gives $u^\top C v = \lambda$. Likewise $\mu = v^\top C^\top u$.
"""
WEIGHTS = r"""
<!--: index n = 1..N ; k = 1..K ; r_{nk} > 0 ; \sum_k r_{nk} = 1 ; \pi_k > 0 ; \sum_k \pi_k = 1 -->
Let $Q = \sum_{n,k} r_{nk} \log \pi_k$. We add a Lagrange multiplier $\lambda$ for $\sum_k \pi_k = 1$:
$$\mathcal{L} = Q + \lambda\left(1 - \sum_k \pi_k\right), \qquad \frac{\partial \mathcal{L}}{\partial \pi_k} = \frac{1}{\pi_k} \sum_n r_{nk} - \lambda.$$
"""


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("Setting the first derivative to zero gives $a = 1$.", "proved"),
        ("Setting the second derivative to zero gives $b = 2$.", "proved"),
        ("Setting the second derivative to zero gives $b = 1$.", "refuted"),
        ("Setting the second derivative to zero gives $b = 2$. We also have $a = 1$.", "refuted"),
        ("At a stationary point $a = 1$ and $b = 2$.", "proved"),
        ("At a stationary point $a = 2$.", "refuted"),
    ],
)
def test_by_its_place(words: Judged, text: str, verdict: str) -> None:
    assert words(TWO + text)[-1] == verdict


def test_all_of_a_lagrangian(words: Judged) -> None:
    assert words(CORRELATION.replace("SECOND", r"C^\top"))[-2:] == ["proved", "proved"]


def test_a_derivative_without_a_shape_is_zero_all_the_same(words: Judged) -> None:
    assert words(CORRELATION.replace("SECOND", "C"))[-3:] == ["refuted", "proved", "proved"]


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        (r"Multiplying by $\pi_k$ and summing over $k$ gives $\lambda = N$.", "proved"),
        (r"Multiplying by $\pi_k$ and summing over $k$ gives $\lambda = K$.", "refuted"),
        (r"It is clear that $\lambda = N$.", "refuted"),
    ],
)
def test_what_a_sentence_works_on(words: Judged, text: str, verdict: str) -> None:
    assert words(WEIGHTS + text)[-1] == verdict


AUTOENCODER = r"""
<!--: index i = 1..n ; x_i \in \mathbb{R}^m ; W_1 \in \mathbb{R}^{k\times m} ; W_2 \in \mathbb{R}^{m\times k} -->
The loss is $E = \frac{1}{2}\sum_{i=1}^n \|W_2W_1x_i - x_i\|^2$. Then
$$\begin{aligned} \frac{\partial E}{\partial W_2} &= \sum_{i=1}^n (W_2W_1x_i - x_i)(W_1x_i)^T \\
\frac{\partial E}{\partial W_1} &= \sum_{i=1}^n W_2^T(W_2W_1x_i - x_i)x_i^T \end{aligned}$$
WORDS
$$ W_1 \sum_{i=1}^n x_i x_i^T = W_2^T \sum_{i=1}^n x_i x_i^T $$
"""


@pytest.mark.parametrize(
    ("said", "verdict"),
    [
        ("If $W_2^TW_2 = I$, setting the second one to zero, we get", "proved"),
        ("Setting the second one to zero, if $W_2^TW_2 = I$, we get", "proved"),
        ("If $W_2^TW_2 = I$, setting the gradient with respect to $W_1$ to zero gives", "proved"),
        (
            "Setting both to zero gives $W_2^T (W_2 W_1 - I) \\sum_{i=1}^n x_i x_i^T = 0$. For $W_2^TW_2 = I$ we get",
            "proved",
        ),
        ("Setting the second one to zero, we get", "refuted"),
        ("If $W_2^TW_2 = I$, then", "refuted"),
    ],
)
def test_what_a_sentence_supposes_and_sets_to_zero_go_together(said: str, verdict: str, words: Judged) -> None:
    assert words(AUTOENCODER.replace("WORDS", said))[-1] == verdict


def test_a_special_case_of_what_is_defined_rests_on_nothing_that_was_solved(words: Judged) -> None:
    text = r"""
<!--: s, t > 0 ; m \in \mathbb{R} -->
Let $K = \log\frac{t}{s} + \frac{s^2 + m^2}{2t^2} - \frac12$. Setting the derivative in $t$ to zero gives
$t^2 = s^2 + m^2$. For $s = t$ we have $K = \frac{m^2}{t^2}$.
"""
    assert words(text)[-1] == "refuted"


TWO_FORMULAS = r"""<!--: index i = 1..n ; x_i, w \in \mathbb{R}^d ; y_i, b \in \mathbb{R} -->
Let $L(w, b) = \sum_{i=1}^n (y_i - w^\top x_i - b)^2$. Its gradients are
$$\nabla_w L = -2 \sum_{i=1}^n (y_i - w^\top x_i - b) x_i$$
and $\frac{\partial L}{\partial b} = -2 \sum_{i=1}^n (y_i - w^\top x_i - b)$. """


@pytest.mark.parametrize(
    ("said", "verdict"),
    [
        (r"Setting the second one to zero gives $b = \frac1n \sum_i (y_i - w^\top x_i)$.", "proved"),
        (r"Setting the second one to zero gives $b = \sum_i (y_i - w^\top x_i)$.", "refuted"),
        (r"Setting the third one to zero gives $b = \frac1n \sum_i (y_i - w^\top x_i)$.", "unread"),
    ],
)
def test_one_of_several_formulas_is_set_to_zero(said: str, verdict: str, words: Judged) -> None:
    assert words(TWO_FORMULAS + said)[-1] == verdict
