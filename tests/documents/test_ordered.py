r"""Lists in their order, ``d_1 \ge \dots \ge d_p``, and what words say of the numbers on a diagonal.

The expectations are written by hand from the mathematics.
"""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged, notes


@pytest.mark.parametrize(
    ("said", "claim", "verdict"),
    [
        (r"d_1 \ge d_2 \ge \dots \ge d_p > 0", r"\sum_{j=1}^p d_j > 0", "proved"),
        (r"d_1 \ge d_2 \ge \dots \ge d_p > 0", r"\sum_{j=1}^p d_j > 1", "refuted"),
        (r"d_1 \ge \dots \ge d_p", r"\sum_{j=1}^p d_j > 0", "refuted"),
        (r"0 < d_1 < d_2 < \dots < d_p", r"\prod_{j=1}^p d_j > 0", "proved"),
        (r"d_1 < d_2 < \dots < d_p", r"d_1 \ge 0", "refuted"),
    ],
)
def test_an_ordered_list_is_given(words: Judged, said: str, claim: str, verdict: str) -> None:
    assert words(f"Let ${said}$ be the lengths. Then $$ {claim} . $$")[-1] == verdict


@pytest.mark.parametrize(
    "said", [r"d_1 \ge d_2 \le \dots \ge d_p", r"d_1 \ge e_2 \ge \dots \ge d_p", r"d_1 > 0 \ge \dots \ge d_p > 0"]
)
def test_what_is_no_list_in_order_is_none(said: str) -> None:
    assert "assume" not in notes(f"Let ${said}$ be the lengths.")


def test_an_order_that_is_concluded_is_no_fact() -> None:
    text = r"Let $d_j > 0$ for $j = 1, \dots, p$. Hence $d_1 \ge d_2 \ge \dots \ge d_p$."
    assert "assume" not in notes(text)


DIAGONAL = r"""Let $W \in \mathbb{R}^{n \times n}$ be a symmetric matrix with entries $w_{ij}$ and $d_i = \sum_{j=1}^n w_{ij}$.
WORDS The claim is
$$ \mathbf{1}^\top D \mathbf{1} = \sum_{i=1}^n RIGHT $$
"""


@pytest.mark.parametrize(
    "said",
    [
        "Let $D$ be the diagonal matrix of the degrees $d_i$.",
        "$D$ denotes the diagonal matrix with entries $d_i > 0$.",
        "Let $D$ be a diagonal matrix with diagonal entries $d_i$.",
    ],
)
@pytest.mark.parametrize(("right", "verdict"), [("d_i", "proved"), ("d_i^2", "refuted")])
def test_the_numbers_on_a_diagonal(words: Judged, said: str, right: str, verdict: str) -> None:
    assert words(DIAGONAL.replace("WORDS", said).replace("RIGHT", right))[-1] == verdict


def test_a_matrix_that_is_not_called_diagonal_has_no_such_entries() -> None:
    assert "diag" not in notes(DIAGONAL.replace("WORDS", "Let $D$ be the matrix of the degrees $d_i$."))


def test_what_a_diagonal_has_defines_no_matrix(words: Judged) -> None:
    text = (
        r"<!--: A, B \in \mathbb{R}^{n \times n} ; index i = 1..n -->"
        "\nLet $S = A + B$.\n\n## Traces\n\n"
        r"$$ h_i = A_{ii}, \qquad S_{ii} = h_i + B_{ii} . $$ $$ \operatorname{tr} S = \sum_{i=1}^n (h_i + B_{ii}) . $$"
        r"$$ \operatorname{tr} S = \sum_{i=1}^n h_i . $$"
    )
    assert words(text) == ["proved", "proved", "proved", "proved", "refuted"]
