"""Letters for indices that a text does not have: there may be none of the usual ones left."""

from __future__ import annotations

from tests.documents.judging import Judged


def test_rows_where_many_letters_are_taken(words: Judged) -> None:
    text = r"""<!--: index i, j, k = 1..n ; index l = 1..m
q \in \mathbb{R}^d ; k_j \in \mathbb{R}^d ; v_j \in \mathbb{R}^p ; r, s \in \mathbb{R}^p -->
First of all
$$r + s = s + r$$
<!--: Q, K \in \mathbb{R}^{n \times d} ; V \in \mathbb{R}^{n \times p} -->
$$V^\top V = \sum_{j=1}^n v_j v_j^\top$$
$$V^\top V = \sum_{j=1}^n v_j v_j^\top + I$$
"""
    assert words(text)[-2:] == ["proved", "refuted"]
