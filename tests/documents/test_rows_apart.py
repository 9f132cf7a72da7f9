r"""What may stand behind the ``\\`` that ends a row: a star, and how far apart rows are to be; anything else is read."""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged

GIVEN = "<!--: a, b, c \\in \\mathbb{R} -->\n"
CHAIN = (
    GIVEN
    + r"""
$$\begin{aligned} (a + b)^2 &= a^2 + 2ab + b^2 BREAK
 &= a (a + 2b) + b^2 END \end{aligned}$$
"""
)
TABLE = (
    GIVEN
    + r"""
$$\begin{bmatrix} a \\ b \end{bmatrix} = \begin{bmatrix} a BREAK b \end{bmatrix}$$
"""
)
APART = ["", "*", "[4pt]", "[ -.5ex ]", "[2\\jot]", "*[0.3\\baselineskip]", "\n[1em]", "[\\medskipamount]"]


@pytest.mark.parametrize("apart", APART)
@pytest.mark.parametrize("text", [CHAIN, TABLE], ids=["a chain", "a table"])
def test_how_far_apart(words: Judged, text: str, apart: str) -> None:
    told = words(text.replace("BREAK", rf"\\{apart}").replace("END", ""))
    assert told == ["proved"] * len(told)
    assert len(told) == (2 if text is CHAIN else 1)


@pytest.mark.parametrize("bracket", ["[a + b]", " [a + b]", "\n[a + b]", "\n  [c]", "[c]"])
def test_a_bracket_that_begins_a_row_belongs_to_it(words: Judged, bracket: str) -> None:
    rows = (
        GIVEN
        + r"""
$$\begin{gathered} (a + b)^2 = a^2 + 2ab + b^2 \\BRACKET c = RIGHT \end{gathered}$$
"""
    )
    rows = rows.replace("BRACKET", bracket)
    inside = bracket.strip()[1:-1]
    assert words(rows.replace("RIGHT", "c")) == ["proved", "refuted"]
    assert words(rows.replace("RIGHT", f"c ({inside})")) == ["proved", "proved"]


def test_a_row_with_a_bracket_in_a_table(words: Judged) -> None:
    table = GIVEN + r"$$\begin{bmatrix} a \\ [b] c \end{bmatrix} = \begin{bmatrix} a \\ RIGHT \end{bmatrix}$$"
    assert words(table.replace("RIGHT", "b c")) == ["proved"]
    assert words(table.replace("RIGHT", "c")) == ["refuted"]
