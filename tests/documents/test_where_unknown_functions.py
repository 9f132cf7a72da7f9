r"""``\text{where } w_i = e^{-y_i f(x_i)} \text{ does not depend on } \beta``: what a weight that is only declared is, of
a function of which nothing is known. The expectations are written by hand from the mathematics."""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged

GIVEN = r"""<!--: index i = 1..n ; y_i, x_i \in \mathbb{R} ; w_i > 0 ; \beta \in \mathbb{R} ; function f -->
"""


@pytest.mark.parametrize(
    "line",
    [
        r"$$ L(\beta) = \sum_{i=1}^n w_i e^{-\beta y_i}, \quad\text{where } w_i = e^{-y_i f(x_i)}. $$",
        r"$$ L(\beta) = \sum_{i=1}^n w_i e^{-\beta y_i}, \quad\text{where } w_i = e^{-y_i f(x_i)} \text{ does not depend on } \beta. $$",
        r"$$ L(\beta) = \sum_{i=1}^n w_i e^{-\beta y_i} $$" + "\nwhere $w_i = e^{-y_i f(x_i)}$.",
    ],
)
def test_where(words: Judged, line: str) -> None:
    after = "\n\nThen "
    assert words(f"{GIVEN}{line}{after}$\\log w_i = -y_i f(x_i)$.") == ["proved"] * 3
    assert words(f"{GIVEN}{line}{after}$\\log w_i = y_i f(x_i)$.") == ["proved", "proved", "refuted"]
    assert words(f"{GIVEN}{line}{after}$$L'(\\beta) = -\\sum_{{i=1}}^n w_i y_i e^{{-\\beta y_i}}$$")[-1] == "proved"
    assert words(f"{GIVEN}{line}{after}$$L'(\\beta) = \\sum_{{i=1}}^n w_i y_i e^{{-\\beta y_i}}$$")[-1] == "refuted"


def test_other_words_claim(words: Judged) -> None:
    text = GIVEN + r"$$ L(\beta) = \sum_{i=1}^n w_i e^{-\beta y_i} $$ Hence $w_i = e^{-y_i f(x_i)}$."
    assert words(text)[-1] != "proved"
