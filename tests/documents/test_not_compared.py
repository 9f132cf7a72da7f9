r"""Densities, and means given something, of what a text has told how it comes about: claims, and never definitions."""

from __future__ import annotations

import pytest

from tests.documents.judging import Answers

LINE = r"<!--: w, x, a \in \mathbb{R} ; s > 0 -->" + "\n"
MODEL = LINE + r"We have $y = w x + \epsilon$ with $\epsilon \sim \mathcal{N}(0, s)$. "
SCALED = LINE + r"We have $y = w x + a \epsilon$ with $\epsilon \sim \mathcal{N}(0, s)$. "
FAMILY = r"""<!--: index n = 1..N ; x_n, w \in \mathbb{R}^d ; y_n \in \mathbb{R} ; s > 0 -->
Let $y_n = w^T x_n + \epsilon_n$ with $\epsilon_n \sim \mathcal{N}(0, s)$. """
VECTORS = r"""<!--: X \in \mathbb{R}^{n \times d} ; w \in \mathbb{R}^d ; t \in \mathbb{R}^n ; \alpha, \beta > 0 -->
Let $w \sim \mathcal{N}(0, \alpha^{-1} I)$ and $t = X w + \epsilon$ with $\epsilon \sim \mathcal{N}(0, \beta^{-1} I)$. """
GIVEN = r"""<!--: m, z, x \in \mathbb{R} ; s, t > 0 -->
Let $z \sim \mathcal{N}(m, t)$ and $x \mid z \sim \mathcal{N}(2 z, s)$. """


@pytest.mark.parametrize(
    ("told", "claim"),
    [
        (MODEL, r"p(y \mid x, w) = \mathcal{N}(y | w x, 2 s)"),
        (MODEL, r"p(y \mid x) = \frac{1}{\sqrt{2 \pi s}} e^{-(y - w x)^2 / s}"),
        (SCALED, r"p(y \mid x) = \mathcal{N}(y | w x, a s)"),
        (FAMILY, r"p(y_n | x_n, w) = \mathcal{N}(y_n | w^T x_n, s^2)"),
        (VECTORS, r"p(t) = \mathcal{N}(t \mid 0, \alpha^{-1} X X^T)"),
        (GIVEN, r"\mathbb{E}[x \mid z] = z"),
    ],
)
def test_what_follows_is_not_taken_for_a_definition(answers: Answers, told: str, claim: str) -> None:
    assert answers(f"{told}Then $${claim}.$$")[-1][0] in ("unread", "refuted", "undecided")


def test_the_likelihood_of_a_sample_is_written_down(answers: Answers) -> None:
    text = (
        FAMILY
        + r"""The log-likelihood is
$$\log p(y | w) = -\frac{1}{2 s} \sum_n (y_n - w^T x_n)^2 - \frac{N}{2} \log (2 \pi s)$$ with the gradient
$$\nabla_w \log p(y | w) = \frac{1}{s} \sum_n (y_n - w^T x_n) x_n$$ which is
$$\nabla_w \log p(y | w) = \frac{1}{s} \sum_n (w^T x_n - y_n) x_n.$$"""
    )
    assert [word for word, _ in answers(text)][-3:] == ["proved", "proved", "refuted"]


@pytest.mark.parametrize(
    "text",
    [
        LINE + r"The likelihood is $$p(y \mid x, w) = \mathcal{N}(y | w x, s).$$",
        LINE + r"Then $$p(y \mid x, w) = \mathcal{N}(y | w x, s).$$",  # nothing else tells of y
        GIVEN + r"Then let $$q(z) = \mathcal{N}(z | 0, 1).$$",
        MODEL + r"We let $$p(w) = \mathcal{N}(w | 0, 1).$$",
    ],
)
def test_what_nothing_has_told_is_defined(answers: Answers, text: str) -> None:
    assert answers(text)[-1] == ("proved", "definition")
