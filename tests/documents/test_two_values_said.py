"""``$y g = 1$ when … and $-1$ otherwise``: of what is made of others it is claimed that it is one of the two."""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged

LABELS = "<!--: index i = 1..n ; y_i, g_i \\in \\{-1, 1\\} ; z_i \\in \\{0, 1\\} ; x_i \\in \\mathbb{R} -->\n"


@pytest.mark.parametrize(
    ("said", "word"),
    [
        ("Because $y_i g_i = 1$ when the example is classified correctly and $-1$ otherwise, we go on.", "proved"),
        ("Here $y_i g_i = 1$ if the two agree and $-1$ otherwise.", "proved"),
        ("Note that $1 - z_i = 0$ for positive examples and $1$ otherwise.", "proved"),
        ("Note that $1 - z_i = 0$ for positive examples and $2$ otherwise.", "undecided"),
        ("Here $y_i g_i = 1$ if the two agree and $0$ otherwise.", "undecided"),
        ("Here $x_i y_i = 1$ when the margin is met and $-1$ otherwise.", "undecided"),
    ],
)
def test_one_of_the_two(words: Judged, said: str, word: str) -> None:
    assert words(LABELS + said) == [word]


def test_which_of_the_two_is_not_used(words: Judged) -> None:
    said = "Because $y_i g_i = 1$ when the example is classified correctly and $-1$ otherwise, "
    assert words(f"{LABELS}{said}we have $y_i^2 g_i^2 = 1$.")[-1] == "proved"
    assert words(f"{LABELS}{said}we have $2 y_i = 2 g_i$.")[-1] != "proved"


def test_a_number_of_which_nothing_is_known_takes_these_values(words: Judged) -> None:
    said = LABELS + "Here $x_i = 1$ if the mail is spam and $0$ otherwise. "
    assert words(said + "Then $x_i^2 = x_i$.") == ["proved"]
    assert words(said + "Then $2 x_i = 2$.") == ["refuted"]
    assert (
        words(LABELS + "Here $z_i = 1$ if the mail is spam and $2$ otherwise. Then $2 z_i = z_i^2 + 1$.")[-1]
        != "proved"
    )
