"""``w^* = …`` where a section looks for the best w is a claim, whatever words say that it is the best."""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged

GIVEN = (
    r"Let $f(w) = \frac12 \|Xw - y\|^2$ with $X \in \mathbb{R}^{n \times d}$ of full column rank and "
    r"$y \in \mathbb{R}^n$. "
)
TRUE = r"$$w^* = (X^\top X)^{-1} X^\top y$$"
FALSE = r"$$w^* = 2 (X^\top X)^{-1} X^\top y$$"


@pytest.mark.parametrize(
    "said",
    [
        r"At the optimum $\nabla f(w^*) = 0$, so",
        r"The optimality condition is $\nabla f(w^*) = 0$, which gives",
        r"By Fermat's rule, $\nabla f(w^*) = 0$, whence",
        r"Since $w^*$ minimises $f$, we have $\nabla f(w^*) = 0$, so",
        r"Let $w^*$ be the minimiser of $f$. Then",
        r"Let $w^*$ denote the optimal solution. Then",
        r"The vector $w^*$ that minimises $f$ is",
        r"The value of $w$ minimising $f$ is",
        r"The solution to $\min_w f(w)$ is",
        r"Solve for $w$:",
    ],
)
def test_it_is_a_claim(words: Judged, said: str) -> None:
    assert words(GIVEN + said + TRUE)[-1] == "proved"
    assert words(GIVEN + said + FALSE)[-1] == "refuted"


@pytest.mark.parametrize(
    "said",
    [
        r"We minimise $f$ from the starting point $w_0 = 0$. Let",
        r"We minimise $f$. For comparison, define",
        r"We minimise $f$. The data were generated with the true parameter",
    ],
)
def test_what_is_laid_down_is_no_claim(words: Judged, said: str) -> None:
    assert "refuted" not in words(f"{GIVEN}{said} $$w^* = (X^\\top X)^{{-1}} X^\\top y + X^\\top y$$")


def test_a_derivative_at_a_given_value_is_a_claim(words: Judged) -> None:
    text = GIVEN + r"Let $w^* = %s (X^\top X)^{-1} X^\top y$. Then $$\nabla f(w^*) = 0$$"
    assert words(text % "")[-1] == "proved"
    assert words(text % "2")[-1] == "refuted"


def test_a_condition_is_no_equation_to_solve(words: Judged) -> None:
    text = GIVEN + r"If $\nabla f(w^*) = 0$, then $$f(w^*) = 0$$"
    assert "proved" not in words(text)[1:]
