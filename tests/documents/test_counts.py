r"""Means of whole numbers: what is drawn from a Poisson distribution, and densities that sum to one over all counts."""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged

DRAWN = r"""<!--: a > 0 ; t \in \mathbb{R} ; x \in \mathbb{N} ; x \sim \mathrm{Poisson}(a) -->
"""


def test_means_under_a_poisson_distribution(words: Judged) -> None:
    assert words(DRAWN + r"$$\mathbb{E}[x] = a$$")[-1] == "proved"
    assert words(DRAWN + r"$$\mathbb{E}[x^2] = a + a^2$$")[-1] == "proved"
    assert words(DRAWN + r"$$\mathbb{E}[x^2] = a^2$$")[-1] == "refuted"
    assert words(DRAWN + r"$$\operatorname{Var}(x) = a$$")[-1] == "proved"
    assert words(DRAWN + r"$$\operatorname{Var}(2 x + 1) = 2 a$$")[-1] == "refuted"
    assert words(DRAWN + r"$$\mathbb{E}[e^{t x}] = e^{a (e^t - 1)}$$")[-1] == "proved"
    assert words(DRAWN + r"$$\mathbb{E}[\log x] = \log a$$")[-1] == "unread"
    assert words(DRAWN + r"$$\mathbb{E}[\frac{1}{x + 1}] = \frac{1 - e^{-a}}{a}$$")[-1] == "unread"


def test_a_density_of_counts(words: Judged) -> None:
    text = r"""<!--: p \in (0, 1) ; x \in \mathbb{N} -->
$$q(x) = p (1 - p)^x$$
"""
    assert words(text + r"$$\sum_{x=0}^\infty q(x) = 1$$")[-1] == "proved"
    assert words(text + r"$$\sum_{x=1}^\infty q(x) = 1$$")[-1] == "refuted"
    assert words(text + r"$$\sum_{k=0}^\infty k \, q(k) = \frac{1 - p}{p}$$")[-1] == "proved"
    assert words(text + r"$$\sum_{k=0}^\infty k \, q(k) = \frac{1}{p}$$")[-1] == "refuted"
    assert words(text + r"$$\sum_{k=0}^\infty q(2 k) = \frac{1}{2 - p}$$")[-1] == "proved"


def test_a_parameter_of_a_function_is_no_quantity_outside(words: Judged) -> None:
    text = r"""<!--: p \in (0, 1) ; x \in \mathbb{N} ; size n -->
$$q(x) = p (1 - p)^x$$
"""
    assert words(text + r"$$\sum_{x=0}^n q(x) = 1 - (1 - p)^{n+1}$$")[-1] == "proved"
    assert words(text + r"$$\sum_{x=0}^n q(x) = (n + 1) p (1 - p)^x$$")[-1] != "proved"


@pytest.mark.parametrize(
    "line",
    [
        r"\sum_{k=1}^{K-1} \mathbf{1}\{y_1 = k+1\} f_{y_1} = \sum_{k=1}^{K-1} \mathbf{1}\{y_1 = k+1\} f_k",
        r"\sum_{i=2}^n \mathbf{1}\{y_i = k\} f_{y_{i-1}} = \sum_{i=2}^n \mathbf{1}\{y_i = k\} f_k",
        r"\sum_{j=1}^n \mathbf{1}\{y_i = k\} f_{y_j} = n \mathbf{1}\{y_i = k\} f_k",
    ],
)
def test_beside_another_label_nothing_is_put(words: Judged, line: str) -> None:
    declared = r"<!--: index i, j = 1..n ; index k = 1..K ; y_i \in \{1, \dots, K\} ; f_k \in \mathbb{R} -->"
    assert words(f"{declared}\n$${line}$$") == ["refuted"]
