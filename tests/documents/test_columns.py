"""Several equations in a row of an alignment: a mark between two equations parts them, another one says nothing."""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged

HEAD = r"<!--: a, b \in \mathbb{R} -->" + "\n"


@pytest.mark.parametrize(
    ("rows", "verdicts"),
    [
        (r"x &= a + b & y &= 2 x \\ x + y &= 3 a + 3 b & y - x &= a", ["proved", "proved", "proved", "refuted"]),
        (r"x &= a, & y &= 2 x & z &= x + y \\ z &= 3 x & z &= x", ["proved"] * 4 + ["refuted"]),
        (r"(a + b)^2 & = & a^2 + 2ab + b^2 \\ & = & b^2", ["proved", "refuted"]),
        (r"(a + b)^2 &= a^2 + 2ab && + b^2 \\ &= a^2 && \text{(no)}", ["proved", "refuted"]),
        (r"2 a &= a + a && (\text{twice}) \\ &= 3 a & (\text{oops})", ["proved", "refuted"]),
    ],
)
def test_columns(words: Judged, rows: str, verdicts: list[str]) -> None:
    assert words(f"{HEAD}$$\\begin{{aligned}} {rows} \\end{{aligned}}$$") == verdicts
