"""A letter that counts in one section and measures in the next one; what was counted keeps its members."""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged

FIRST = r"""## Scatter

Let $x_1, \dots, x_N \in \mathbb{R}^d$ have the mean
$$m = \frac1N \sum_{n=1}^N x_n .$$
"""
SECOND = r"""
## Correlations

Let $X \in \mathbb{R}^{n \times p}$ and $Y \in \mathbb{R}^{n \times q}$ be data matrices, and let
$$C = \frac1n X^\top Y .$$
"""


@pytest.mark.parametrize(
    ("line", "word"),
    [
        (r"$$C^\top = \frac1n Y^\top X$$", "proved"),
        (r"$$C^\top = \frac1n X^\top Y$$", "refuted"),
        (r"$$n C = X^\top Y$$", "proved"),
        (r"$$C = X^\top Y$$", "refuted"),
        (r"Let $u \in \mathbb{R}^n$. Then $$X^\top (u + u) = X^\top u$$", "refuted"),
        (r"The mean of before satisfies $$m = \frac1N \sum_{i=1}^N x_i + m$$", "refuted"),
    ],
)
def test_what_measures_now(words: Judged, line: str, word: str) -> None:
    assert words(FIRST + SECOND + line)[-1] == word


def test_what_counts_here_still_counts(words: Judged) -> None:
    again = FIRST + "\n## More\n\n" + r"With $c \in \mathbb{R}^n$ and the same points, $$\sum_{n=1}^N x_n = N m$$"
    assert words(again)[-1] == "proved"
    assert words(again.replace("= N m", "= m"))[-1] == "refuted"


def test_a_declared_index_stays_one(words: Judged) -> None:
    text = (
        "<!--: index n = 1..N ; x_n \\in \\mathbb{R} -->\n" + r"Let $X \in \mathbb{R}^{n \times p}$. Then $$X + X = X$$"
    )
    assert words(text)[-1] == "unread"
