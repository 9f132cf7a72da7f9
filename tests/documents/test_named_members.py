"""``h_i = h(x_i)`` of declared numbers h_i says how they are also written; and solutions with a parameter below them."""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged

HEAD = r"<!--: index i = 1..n ; y_i, h_i \in \{-1, 1\} ; w_i > 0 ; x_i \in \mathbb{R} -->" + "\n"


@pytest.mark.parametrize("said", ["Let $h_i = h(x_i)$ be the prediction.", "Let $h(x_i) = h_i$ be the prediction."])
@pytest.mark.parametrize(
    ("claim", "word"),
    [
        (r"\sum_i w_i h(x_i)^2 = \sum_i w_i", "proved"),
        (r"\sum_i w_i h(x_i) = \sum_i w_i", "refuted"),
        (r"h(x_i) = h_i", "proved"),
    ],
)
def test_a_member_is_the_value_of_a_function(words: Judged, said: str, claim: str, word: str) -> None:
    assert words(f"{HEAD}{said} Then $${claim}$$") == [word]


@pytest.mark.parametrize(("right", "word"), [("", "proved"), ("2 ", "refuted")])
def test_the_minimiser_for_a_parameter_is_judged(words: Judged, right: str, word: str) -> None:
    text = (
        r"<!--: X \in \mathbb{R}^{n \times d} ; \mathbf{y} \in \mathbb{R}^n ; \mathbf{w} \in \mathbb{R}^d ; \lambda > 0 -->"
        r"$$ J(\mathbf{w}) = \|X \mathbf{w} - \mathbf{y}\|^2 + \lambda \|\mathbf{w}\|^2, \qquad "
        r"\nabla J(\mathbf{w}) = 2 X^\top (X \mathbf{w} - \mathbf{y}) + 2 \lambda \mathbf{w} $$ and the minimiser is "
        r"$$ \hat{\mathbf{w}}_\lambda = (X^\top X + RIGHT\lambda I)^{-1} X^\top \mathbf{y} $$"
    )
    assert words(text.replace("RIGHT", right))[-1] == word


@pytest.mark.parametrize(
    ("shift", "verdicts"), [("", ["proved", "proved", "proved", "proved"]), ("1 + ", ["proved", "proved", "refuted"])]
)
def test_a_derivative_vanishes_if(words: Judged, shift: str, verdicts: list[str]) -> None:
    text = (
        r"<!--: 0 < c < 1 ; a > 0 -->"
        r"The loss is $$ f(a) = (1-c) e^{-a} + c e^{a}. $$ Its derivative is $$ f'(a) = -(1-c) e^{-a} + c e^{a} $$"
        r"and vanishes if $$ e^{2a} = SHIFT\frac{1-c}{c}. $$ Taking logs gives $$ a = \frac12 \log\frac{1-c}{c}. $$"
    )
    assert words(text.replace("SHIFT", shift))[: len(verdicts)] == verdicts
