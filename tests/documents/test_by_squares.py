"""``\\sigma_j^2 = …`` says what a spread is, once; what its square is differentiated in, and what is said of it again.

The expectations are written by hand from the mathematics.
"""

from __future__ import annotations

import pytest

from tests.documents.judging import Answers, Judged, notes

INDEX = "index i = 1..N ; j = 1..D ; z_{ij}, c_j \\in \\mathbb{R} ; \\epsilon > 0"
MEAN_SQUARE = "\\frac1N \\sum_i (z_{ij} - c_j)^2"


@pytest.mark.parametrize("declared", ["", " ; \\sigma_j > 0", " ; \\sigma_j^2 > 0", " ; name \\sigma_j^2 > 0"])
def test_spreads_of_each(declared: str, answers: Answers) -> None:
    text = f"<!--: {INDEX}{declared} -->\n$$ \\sigma_j^2 = {MEAN_SQUARE} $$\n\n$$ CLAIM $$"
    right = answers(text.replace("CLAIM", "N \\sigma_j^2 = \\sum_i (z_{ij} - c_j)^2"))
    assert right == [("proved", "definition"), ("proved", "equality")]
    assert answers(text.replace("CLAIM", "\\sigma_j^2 = \\sum_i (z_{ij} - c_j)^2"))[-1][0] == "refuted"
    assert answers(text.replace("CLAIM", "\\sigma_j = \\frac1N \\sum_i (z_{ij} - c_j)^2"))[-1][0] == "refuted"


@pytest.mark.parametrize("declared", ["\\sigma > 0", "\\sigma^2 > 0", "name \\sigma^2 > 0"])
def test_one_spread(declared: str, words: Judged) -> None:
    text = f"<!--: {INDEX} ; x_i \\in \\mathbb{{R}} ; {declared} -->\n$$ \\sigma^2 = \\frac1N \\sum_i x_i^2 $$\n\n"
    assert words(f"{text}$$ N \\sigma^2 = \\sum_i x_i^2 $$") == ["proved", "proved"]
    assert words(f"{text}$$ \\sigma^2 = \\sum_i x_i^2 $$")[-1] == "refuted"


def test_a_spread_that_has_been_spoken_of_is_claimed(words: Judged) -> None:
    used = f"<!--: {INDEX} ; \\sigma_j > 0 -->\n$$ \\log \\sigma_j^2 = 2 \\log \\sigma_j $$\n\n"
    assert words(f"{used}$$ \\sigma_j^2 = {MEAN_SQUARE} $$") == ["proved", "refuted"]


def test_other_squares_are_claimed(words: Judged) -> None:
    assert words(f"<!--: {INDEX} -->\n$$ c_j^2 = {MEAN_SQUARE} $$") == ["refuted"]
    signs = "<!--: index j = 1..D -->\nWe have $s_j^2 = 1$.\n\n$$ s_j = 1 $$"
    assert "\\sqrt" not in notes(signs)  # s_j is 1 or -1


DERIVED = (
    f"<!--: {INDEX} -->\n$$ \\sigma_j^2 = {MEAN_SQUARE} $$\n\n"
    "$$ y_{ij} = \\frac{z_{ij} - c_j}{\\sqrt{\\sigma_j^2 + \\epsilon}} $$\n\n"
    "$$ \\frac{\\partial y_{ij}}{\\partial \\sigma_j^2} = FACTOR (z_{ij} - c_j) (\\sigma_j^2 + \\epsilon)^{-3/2} $$"
)


def test_a_derivative_in_a_square(words: Judged) -> None:
    assert words(DERIVED.replace("FACTOR", "-\\frac12")) == ["proved"] * 3
    assert words(DERIVED.replace("FACTOR", "-"))[-1] == "refuted"
    assert words(DERIVED.replace("FACTOR", "\\frac12"))[-1] == "refuted"


def test_a_derivative_in_the_square_of_a_positive_number(words: Judged) -> None:
    text = "<!--: s, a > 0 -->\n$$ f = \\log s^2 + a s^4 $$\n\n$$ \\frac{\\partial f}{\\partial s^2} = CLAIM $$"
    assert words(text.replace("CLAIM", "\\frac{1}{s^2} + 2 a s^2")) == ["proved"] * 2
    assert words(text.replace("CLAIM", "\\frac{2}{s} + 4 a s^3"))[-1] == "refuted"
    assert words(text.replace("CLAIM", "\\frac{1}{s^2} + 2 a s^2 + 1 - 1 + a"))[-1] == "refuted"


def test_a_number_of_either_sign_is_not_its_root(words: Judged) -> None:
    text = "<!--: b \\in \\mathbb{R} -->\n$$ f = b^3 $$\n\n$$ \\frac{\\partial f}{\\partial b^2} = \\frac32 b $$"
    assert words(text)[-1] == "unread"


def test_gradients_of_a_loss_in_script_letters(words: Judged) -> None:
    text = (
        "<!--: index i = 1..N ; x_i, a, b \\in \\mathbb{R} ; \\mathcal{L} depends on y -->\n"
        "$$ y_i = a x_i + b $$\n\nWe are given $\\frac{\\partial \\mathcal{L}}{\\partial y_i}$ (denoted as $dy_i$).\n\n"
        "$$ \\frac{\\partial \\mathcal{L}}{\\partial a} = \\sum_i dy_i \\cdot CLAIM $$"
    )
    assert words(text.replace("CLAIM", "x_i")) == ["proved"] * 2
    assert words(text.replace("CLAIM", "a"))[-1] == "refuted"
