"""Sums of which nothing says how far they go: up to a number of their own, which no other number is.

The expectations are written by hand from the mathematics.
"""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged, notes

LOSS = "The loss is $$E = \\frac12 \\|u\\|^2 - \\sum_i c_i (u^\\top z_i + h).$$\n"


def test_it_is_read(words: Judged) -> None:
    assert words(LOSS + "$$\\frac{\\partial E}{\\partial u} = u - \\sum_i c_i z_i$$")[-1] == "proved"
    assert words(LOSS + "$$\\frac{\\partial E}{\\partial u} = u + \\sum_i c_i z_i$$")[-1] == "refuted"
    assert "index i = 1.." in notes(LOSS)


def test_two_letters_below_one_name_count_the_same(words: Judged) -> None:
    text = LOSS + "We have $$(\\sum_i c_i z_i)^\\top (\\sum_j c_j z_j) = \\sum_i \\sum_j c_i c_j z_i^\\top z_j$$"
    assert words(text)[-1] == "proved"
    assert words(text + "\n$$\\sum_i \\sum_j c_i c_j = \\sum_i c_i^2$$")[-1] == "refuted"


def test_a_number_may_be_how_far_it_goes(words: Judged) -> None:
    given = "<!--: N \\in \\mathbb{R} -->\n" + LOSS
    assert words(given + "$$\\sum_i (c_i + 1) = \\sum_i c_i + N$$")[-1] == "undecided"
    assert words(given + "$$\\sum_i (c_i + h) = \\sum_i c_i + h$$")[-1] == "refuted"


@pytest.mark.parametrize(
    "text",
    [
        "$$\\sum_x x^2 = \\sum_x x$$",
        "$$\\sum_i c_i = \\sum_i c_i \\cdot i$$",
        "$$\\sum_i c_i = 1$$ for $i = 1, \\dots$ and so on",
    ],
)
def test_what_may_be_a_value_stays_open(text: str, words: Judged) -> None:
    assert words(text)[0] == "unread"


def test_a_range_that_is_said_anywhere_is_kept(words: Judged) -> None:
    text = "$$\\sum_i c_i = \\sum_i c_i$$\n\nNow $$\\sum_{i=1}^n (c_i + 1) = \\sum_{i=1}^n c_i + n$$"
    assert words(text)[-1] == "proved"
    assert "= 1..N" not in notes(text)
