"""Families that one sentence calls independent, with their moments: the variances of a layer, the scale of a product."""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged

UNIT = (
    r"Consider $z = \sum_{i=1}^n w_i x_i$, where the weights $w_i$ and the inputs $x_i$ are all independent,"
    r" $\mathbb{E}[w_i] = 0$, $\operatorname{Var}(w_i) = \sigma_w^2$, $\mathbb{E}[x_i] = m$ and $\operatorname{Var}(x_i) = \sigma_x^2$."
)
DOT = r"Let the components of $a, b \in \mathbb{R}^d$ be independent with mean $0$ and variance $1$."


@pytest.mark.parametrize(
    ("begin", "line", "word"),
    [
        (UNIT, r"\mathbb{E}[z] = 0", "proved"),
        (UNIT, r"\mathbb{E}[z] = m", "refuted"),
        (UNIT, r"\mathbb{E}[z] = \sum_{i=1}^n \mathbb{E}[w_i] \mathbb{E}[x_i]", "proved"),
        (UNIT, r"\operatorname{Var}(z) = \sum_{i=1}^n \mathbb{E}[w_i^2] \mathbb{E}[x_i^2]", "proved"),
        (UNIT, r"\operatorname{Var}(z) = n \sigma_w^2 (\sigma_x^2 + m^2)", "proved"),
        (UNIT, r"\operatorname{Var}(z) = n \sigma_w^2 \sigma_x^2", "refuted"),  # the inputs have a mean
        (UNIT, r"\operatorname{Var}(z) = \sigma_w^2 (\sigma_x^2 + m^2)", "refuted"),
        (UNIT, r"\operatorname{Var}(z) = n^2 \sigma_w^2 (\sigma_x^2 + m^2)", "refuted"),
        (UNIT, r"\mathbb{E}[x_i^2] = \sigma_x^2", "refuted"),
        (DOT, r"\mathbb{E}[a^\top b] = 0", "proved"),
        (DOT, r"\operatorname{Var}(a^\top b) = d", "proved"),
        (DOT, r"\operatorname{Var}(a^\top b) = d^2", "refuted"),
        (DOT, r"\operatorname{Var}(a^\top b) = 1", "refuted"),
        (DOT, r"\mathbb{E}[\|a\|^2] = d", "proved"),
        (DOT, r"\mathbb{E}[a_i b_i] = 1", "refuted"),
    ],
)
def test_moments(words: Judged, begin: str, line: str, word: str) -> None:
    assert words(f"{begin} Then\n$${line}$$")[-1] == word


@pytest.mark.parametrize(
    "begin",
    [
        UNIT.replace("are all independent", "are not independent"),
        UNIT.replace("are all independent", "need not be independent"),
        UNIT.replace("are all independent", "are all bounded"),
        UNIT.replace(r", $\mathbb{E}[x_i] = m$", ""),  # of the inputs no mean is given
        UNIT.replace("where the weights", "where, if the weights"),
        UNIT.replace("are all independent", "are conditionally independent"),
    ],
)
def test_what_is_not_said_is_not_taken(words: Judged, begin: str) -> None:
    assert words(f"{begin} Then\n" + r"$$\operatorname{Var}(z) = n \sigma_w^2 (\sigma_x^2 + m^2)$$")[-1] != "proved"


@pytest.mark.parametrize(
    "begin",
    [
        DOT.replace("be independent with", "be dependent with"),
        DOT.replace("be independent with", "not be independent, with"),
        DOT.replace("and variance $1$", ""),
    ],
)
def test_nor_of_entries(words: Judged, begin: str) -> None:
    assert words(f"{begin} Then\n" + r"$$\operatorname{Var}(a^\top b) = d$$")[-1] != "proved"


def test_a_mean_does_not_pass_over_what_is_drawn_otherwise(words: Judged) -> None:
    text = (
        UNIT
        + r" Now let $m \sim \mathrm{Bernoulli}(p)$ with $0 < p < 1$. Then"
        + "\n"
        + r"$$\mathbb{E}[m (1 + z)] = m$$"
    )
    assert words(text)[-1] != "proved"
