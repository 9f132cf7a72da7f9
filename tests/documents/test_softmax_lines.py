"""The softmax of a matrix is that of its rows, unless the text speaks of columns.

The expectations are written by hand from the mathematics.
"""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged

GIVEN = "<!--: index i, j, l = 1..n ; Q, K \\in \\mathbb{R}^{n \\times d} -->\nLet $S = Q K^\\top / \\sqrt{d}$ and $P = \\mathrm{softmax}(S)$"
ROWS = r"P_{ij} = \frac{e^{S_{ij}}}{\sum_{l=1}^n e^{S_{il}}}"
COLUMNS = r"P_{ij} = \frac{e^{S_{ij}}}{\sum_{l=1}^n e^{S_{lj}}}"


@pytest.mark.parametrize(
    ("words_said", "right", "wrong"),
    [
        (".", ROWS, COLUMNS),
        (" row by row.", ROWS, COLUMNS),
        (", applied to each row.", ROWS, COLUMNS),
        (" row-wise.", ROWS, COLUMNS),
        (" column by column.", COLUMNS, ROWS),
        (", applied to each column.", COLUMNS, ROWS),
    ],
)
def test_lines_of_a_softmax(words_said: str, right: str, wrong: str, words: Judged) -> None:
    assert words(f"{GIVEN}{words_said} Then $${right}.$$")[-1] == "proved"
    assert words(f"{GIVEN}{words_said} Then $${wrong}.$$")[-1] == "refuted"


def test_where_columns_are_spoken_of_it_has_to_be_said(words: Judged) -> None:
    said = "Some authors write one token in each column, and others one token in each line of a matrix of all tokens. "
    text = f"{said}They differ in what they transpose, and in nothing else that would matter here.\n{GIVEN}. Then $${ROWS}.$$"
    assert words(text)[1] == "unread"
    assert words(text)[-1] != "refuted"
