"""Moments that a sentence gives clause by clause: of entries, of lists, of the weights and the inputs of a sum."""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged

VECTORS = [
    r"Let $q, k \in \mathbb{R}^{d}$ have independent components with mean $0$ and variance $1$.",
    r"Let $q, k \in \mathbb{R}^{d}$ be a query and a key whose components are independent random variables with mean $0$ "
    r"and variance $1$.",
    r"Suppose that the components of $q \in \mathbb{R}^d$ and $k \in \mathbb{R}^d$ are i.i.d. with zero mean and unit variance.",
    r"Let $q, k \in \mathbb{R}^d$ be independent standard Gaussian vectors.",
    r"Let $q$ and $k$ be vectors in $\mathbb{R}^d$ with independent entries of mean zero and variance one.",
    r"The entries of $q, k \in \mathbb{R}^d$ are drawn independently from a distribution with zero mean and unit variance.",
    r"The entries of $q, k \in \mathbb{R}^d$ are drawn i.i.d. from $\mathcal{N}(0, 1)$.",
    r"Let $q, k \in \mathbb{R}^d$ have i.i.d. standard normal entries.",
]
SUMS = [
    r"Consider $y = \sum_{i=1}^n w_i x_i$, where the weights are drawn i.i.d. with mean zero and variance $\sigma_w^2$, "
    r"independent of the inputs, which have mean zero and variance $\sigma_x^2$.",
    r"Consider $y = \sum_{i=1}^n w_i x_i$, where the weights $w_i$ are i.i.d. with mean zero and variance $\sigma_w^2$ and "
    r"the inputs $x_i$ are i.i.d. with mean zero and variance $\sigma_x^2$, independent of the weights.",
    r"Let $w_1, \dots, w_n$ be i.i.d. with mean zero and variance $\sigma_w^2$, and let $x_1, \dots, x_n$ be i.i.d. with mean "
    r"zero and variance $\sigma_x^2$, independent of the $w_i$. Put $y = \sum_{i=1}^n w_i x_i$.",
    r"Let $y = \sum_{i=1}^n w_i x_i$. The weights have zero mean and variance $\sigma_w^2$, the inputs have zero mean and "
    r"variance $\sigma_x^2$, and all of them are independent.",
]


@pytest.mark.parametrize("text", VECTORS)
def test_products_of_entries(words: Judged, text: str) -> None:
    assert words(rf"{text} Then $$ \operatorname{{Var}}(q^\top k) = d $$")[-1] == "proved"
    assert words(rf"{text} Then $$ \operatorname{{Var}}(q^\top k) = 2 d $$")[-1] == "refuted"


@pytest.mark.parametrize("text", SUMS)
def test_sums_of_products(words: Judged, text: str) -> None:
    assert words(rf"{text} Then $$ \operatorname{{Var}}(y) = n \sigma_w^2 \sigma_x^2 $$")[-1] == "proved"
    assert words(rf"{text} Then $$ \operatorname{{Var}}(y) = n \sigma_w \sigma_x^2 $$")[-1] == "refuted"


def test_weights_alone(words: Judged) -> None:
    """The inputs are fixed where nothing makes them random."""
    text = r"Consider $y = \sum_{i=1}^n w_i x_i$, where the weights are i.i.d. with mean $m$ and variance $s$. Then $$ %s $$"
    assert words(text % r"\mathbb{E}[y] = m \sum_{i=1}^n x_i")[-1] == "proved"
    assert words(text % r"\operatorname{Var}(y) = s \sum_{i=1}^n x_i^2")[-1] == "proved"
    assert words(text % r"\operatorname{Var}(y) = n s")[-1] == "refuted"


@pytest.mark.parametrize(
    "text",
    [
        r"Consider $y = \sum_{i=1}^n w_i x_i$, where the weights are not independent, with mean zero and variance $s$. "
        r"Then $$ \operatorname{Var}(y) = s \sum_{i=1}^n x_i^2 $$",
        r"Consider $y = \sum_{i=1}^n w_i x_i$, where the weights are i.i.d. with mean zero and variance $s$ and the inputs are "
        r"i.i.d. with mean zero and variance $v$. Then $$ \operatorname{Var}(y) = n s v $$",
        r"Let $q, k \in \mathbb{R}^d$ have entries with zero mean and unit variance. Then $$ \operatorname{Var}(q^\top k) = d $$",
        r"Let $q, k \in \mathbb{R}^d$ have uncorrelated entries with zero mean and unit variance, which need not be "
        r"independent. Then $$ \operatorname{Var}(q^\top k) = d $$",
        r"Let $q, k \in \mathbb{R}^d$ have independent entries with zero mean and unit variance. Then $$ "
        r"\mathbb{E}[\|q\|^4] = d^2 $$",
    ],
)
def test_nothing_is_taken(words: Judged, text: str) -> None:
    assert words(text)[-1] not in ("proved", "refuted")


def test_what_it_is_independent_of_has_no_moments_of_that_clause(words: Judged) -> None:
    text = (
        r"Let $y = \sum_{i=1}^n w_i x_i$ with weights that are independent of the inputs, where the weights are i.i.d. with "
        r"mean $m$ and variance $s$. Then $$ \mathbb{E}[y] = m \sum_{i=1}^n x_i $$"
    )
    assert words(text)[-1] == "proved"
