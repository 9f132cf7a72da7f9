"""A minus right behind a sum, a second objective with a mark, a loss declared before what it depends on is defined."""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged

NUMBERS = r"<!--: index i = 1..m ; x_i, a \in \mathbb{R} -->" + "\n"


@pytest.mark.parametrize(
    ("claim", "word"),
    [
        (r"\sum_{i=1}^m -2 x_i = -2 \sum_i x_i", "proved"),
        (r"\frac{\sum_{i=1}^m -2(x_i - a)}{m} = 2 a - \frac{2}{m} \sum_i x_i", "proved"),
        (r"\sum_{i=1}^m -x_i + a = a - \sum_i x_i", "proved"),
        (r"\sum_{i=1}^m -x_i + a = m a - \sum_i x_i", "refuted"),
        (r"\prod_{i=1}^m -x_i = -\prod_i x_i", "refuted"),
    ],
)
def test_a_minus_behind_a_sum_is_of_its_terms(words: Judged, claim: str, word: str) -> None:
    assert words(f"{NUMBERS}$$ {claim} $$")[-1] == word


@pytest.mark.parametrize(("slope", "word"), [("- 2 b u", "proved"), ("- b u", "refuted")])
def test_an_objective_with_a_mark_is_another_one(words: Judged, slope: str, word: str) -> None:
    text = (
        r"<!--: a, b, u > 0 -->"
        r"We maximise $$ Q = \log u - a u. $$ Setting the derivative to zero gives $$ u = \frac{1}{a}. $$"
        r"With a penalty, $$ Q_{\text{MAP}} = \log u - a u - b u^2 $$ and "
        rf"$$ \frac{{\partial Q_{{\text{{MAP}}}}}}{{\partial u}} = \frac{{1}}{{u}} - a {slope} $$"
    )
    assert words(text)[-2:] == ["proved", word]


@pytest.mark.parametrize(("slope", "word"), [(r"\delta_i x_i", "proved"), (r"\delta_i g_i", "refuted")])
def test_a_loss_may_be_declared_before_what_it_depends_on(words: Judged, slope: str, word: str) -> None:
    text = (
        r"<!--: \mathbf{x}, \mathbf{g}, \mathbf{b} \in \mathbb{R}^d ; index i = 1..d ; opaque L depends on h_i -->"
        + "\n"
        r"The layer returns $h_i = g_i x_i + b_i$. Let $\delta_i = \frac{\partial L}{\partial h_i}$. "
        rf"Then $\frac{{\partial L}}{{\partial g_i}} = {slope}$."
    )
    assert words(text) == ["proved", "proved", word]
