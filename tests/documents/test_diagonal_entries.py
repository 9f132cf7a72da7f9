r"""``the diagonal matrix $D$ with $D_{ii} = …$`` gives the matrix; ``diagonal entries`` say nothing of the others."""

from __future__ import annotations

import pytest

from derive.language.context import Context
from derive.read.declarations import declare
from derive.read.documents.definitions.diagonal_entries import diagonal
from derive.read.parser import parse
from tests.documents.judging import Judged

GIVEN = r"<!--: A \in \mathbb{R}^{m \times m} ; x \in \mathbb{R}^m -->" + "\n"


@pytest.mark.parametrize(
    "said",
    [
        r"Let $D$ be the diagonal matrix with $D_{ii} = \sum_{j=1}^m A_{ij}$.",
        r"Let $D$ be the degree matrix, that is, the diagonal matrix with entries $D_{ii} = \sum_{j=1}^m A_{ij}$.",
        r"The degree matrix $D$ is diagonal with $$D_{ii} = \sum_{j=1}^m A_{ij}.$$",
        r"Let $D \in \mathbb{R}^{m \times m}$ be a diagonal matrix, where $D_{ii} = \sum_{j=1}^m A_{ij}$.",
    ],
)
def test_it_is_given_by_its_entries(words: Judged, said: str) -> None:
    assert words(rf"{GIVEN}{said} Then $$(D - A) \mathbf{{1}} = 0$$")[-1] == "proved"
    assert words(rf"{GIVEN}{said} Then $$(D + A) \mathbf{{1}} = 0$$")[-1] == "refuted"
    assert words(rf"{GIVEN}{said} Then $$x^\top D x = \sum_{{i=1}}^m x_i^2 \sum_{{j=1}}^m A_{{ij}}$$")[-1] == "proved"


@pytest.mark.parametrize(
    "said",
    [
        r"Let $D \in \mathbb{R}^{m \times m}$ be a matrix with diagonal entries $D_{ii} = x_i$.",
        r"Let $D \in \mathbb{R}^{m \times m}$ be a matrix that is not diagonal, with $D_{ii} = x_i$.",
        r"Let $D \in \mathbb{R}^{m \times m}$. Unless it is the diagonal matrix with $D_{ii} = x_i$, nothing is known.",
        r"Let $D \in \mathbb{R}^{m \times m}$ be the sum of a diagonal matrix and $A$, and $D_{ii} = x_i$.",
    ],
)
def test_diagonal_entries_are_not_a_diagonal_matrix(words: Judged, said: str) -> None:
    assert words(rf"{GIVEN}{said} Then $$D \mathbf{{1}} = x$$")[-1] != "proved"


@pytest.mark.parametrize(
    ("words_before", "gives"), [("D is diagonal with ", True), ("Unless D is diagonal with ", False)]
)
def test_what_is_not_said_to_be_so_gives_nothing(words_before: str, gives: bool) -> None:
    context = declare(r"index i = 1..n ; w_i > 0", Context())
    assert (diagonal(parse("D_{ii}"), "w_i", words_before, context) is not None) is gives
