r"""``$W = (w_{ij})$`` says what the entries of W are. The expectations are written by hand from the mathematics."""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged

GIVEN = r"""<!--: index i, j = 1..n ; W \in \mathbb{R}^{n \times n} symmetric ; w_{ij} \ge 0 ; f \in \mathbb{R}^n -->
"""


@pytest.mark.parametrize(
    "said",
    [r"The matrix $W = (w_{ij})$ has", r"Let $W = (w_{ij})_{i,j=1,\dots,n}$. Then", r"Let $W = \left[ w_{ij} \right] \in \mathbb{R}^{n \times n}$."],
)  # fmt: skip
def test_entries(words: Judged, said: str) -> None:
    assert words(rf"{GIVEN}{said} $$f^\top W f = \sum_{{i,j}} w_{{ij}} f_i f_j$$")[-1] == "proved"
    assert words(rf"{GIVEN}{said} $$f^\top W f = \sum_{{i,j}} w_{{ij}} f_i$$")[-1] == "refuted"
    assert words(rf"{GIVEN}{said} $$f^\top W f = \frac12 \sum_{{i,j}} w_{{ij}} f_i f_j$$")[-1] == "refuted"


def test_what_is_declared_of_entries_holds(words: Judged) -> None:
    text = (
        GIVEN
        + r"Let $W = (w_{ij})$ and let $D$ be diagonal with $D_{ii} = \sum_j w_{ij}$. Then $$f^\top (D - W) f SIGN 0 .$$"
    )
    assert words(text.replace("SIGN", r"\ge"))[-1] == "proved"
    assert words(text.replace("SIGN", r"\le"))[-1] == "refuted"


def test_another_letter_is_no_entry(words: Judged) -> None:
    text = GIVEN + r"Let $V = (w_{ij})$. Then $$f^\top W f = \sum_{i,j} w_{ij} f_i f_j$$"
    assert words(text)[-1] != "proved"
