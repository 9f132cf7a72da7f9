"""Equations as their author has worked them out help a proof where they are shown to be the same, and nowhere else."""

from __future__ import annotations

from tests.documents.judging import Judged

BOOSTING = r"""
<!--: index i = 1..N ; w_i > 0 ; y_i, h_i \in \{-1, 1\} ; \alpha \in \mathbb{R} -->
Let $J(\alpha) = \sum_i w_i e^{-\alpha y_i h_i}$, $W = \sum_i w_i$ and $$\epsilon = \frac{\sum_i w_i \mathbf{1}\{h_i \neq y_i\}}{\sum_i w_i}.$$
Then
$$J'(\alpha) = W\left( SIGN(1-\epsilon)e^{-\alpha} + \epsilon e^{\alpha} \right),$$
and setting this to zero gives
$$e^{2\alpha} = RIGHT.$$
"""
INVERSE = r"""
<!--: \Phi \in \mathbb{R}^{N \times M} ; \alpha, \beta > 0 ; \phi \in \mathbb{R}^M -->
Let $C = \alpha I + \beta\Phi^\top\Phi$ and $E = C + \beta\phi\phi^\top$. Then
$$E^{-1} = C^{-1} - \frac{FACTOR C^{-1}\phi\phi^\top C^{-1}}{1 + \beta\phi^\top C^{-1}\phi}.$$
"""


def boosting(sign: str, right: str) -> str:
    return BOOSTING.replace("SIGN", sign).replace("RIGHT", right)


def test_a_step_from_the_equation_as_written(words: Judged) -> None:
    assert words(boosting("-", r"\frac{1-\epsilon}{\epsilon}"))[-2:] == ["proved", "proved"]


def test_a_wrong_equation_shows_nothing(words: Judged) -> None:
    assert words(boosting("", r"-\frac{1-\epsilon}{\epsilon}"))[-2] == "refuted"
    assert words(boosting("", r"-\frac{1-\epsilon}{\epsilon}"))[-1] != "proved"
    assert words(boosting("-2 ", r"2 \frac{1-\epsilon}{\epsilon}"))[-1] != "proved"


def test_a_wrong_conclusion_is_none(words: Judged) -> None:
    assert words(boosting("-", r"\frac{\epsilon}{1-\epsilon}"))[-1] != "proved"


def test_a_matrix_that_another_is_made_of(words: Judged) -> None:
    assert words(INVERSE.replace("FACTOR", r"\beta"))[-1] == "proved"
    assert words(INVERSE.replace("FACTOR", ""))[-1] == "refuted"
