r"""Entries written small beside a matrix of which only the space is told: ``a_{ij}`` of ``A``, and what i and j count."""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged, notes

A = r"Let $A \in \mathbb{R}^{m \times n}$"


def test_their_letters_count_rows_and_columns(words: Judged) -> None:
    text = A + r" and $r_i = \sum_j a_{ij}$. Then "
    assert words(text + r"$\sum_i r_i = \sum_{i,j} a_{ij} = \mathbf{1}^\top A \mathbf{1}$.")[-2:] == [
        "proved",
        "proved",
    ]
    assert words(text + r"$\sum_i r_i = \operatorname{tr}(A^\top A)$.")[-1] == "refuted"
    assert "index i = 1..m" in notes(text)
    assert "index j = 1..n" in notes(text)


def test_as_the_words_say(words: Judged) -> None:
    text = A + r" have entries $a_{ij}$. Then $\operatorname{tr}(A^\top A) = \sum_{i,j} a_{ij}^2$"
    assert words(text + ".")[-1] == "proved"
    assert words(text.replace("a_{ij}^2", "a_{ij}") + ".")[-1] == "refuted"


@pytest.mark.parametrize(
    "text",
    [
        A + r" and $B \in \mathbb{R}^{n \times n}$ with $\sum_j c_{ij} = 1$.",
        A + r" and $a \in \mathbb{R}$. Let $\sum_j a_{ij} = 1$.",
        A + r" and $\mathbf{A} \in \mathbb{R}^{n \times n}$. Let $\sum_j a_{ij} = 1$.",
    ],
)
def test_not_of_another_letter_nor_of_two_matrices(text: str) -> None:
    assert "component" not in notes(text)
