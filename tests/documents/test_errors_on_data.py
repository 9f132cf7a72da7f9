"""``E_{in}(w)`` is an error on some data, and no expectation; ``w_{lin}`` a name, also where n is an index."""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged

DECLARED = (
    "<!--: index n = 1..N ; j = 1..d ; a_{jn} \\in \\mathbb{R} ; x_n, w \\in \\mathbb{R}^d ; y_n \\in \\mathbb{R} ; c > 0 ; "
    "X \\in \\mathbb{R}^{N \\times d} ; y \\in \\mathbb{R}^N -->\n"
)
ERROR = "$$E_{in}(w) = \\frac{1}{N} \\sum_{n=1}^N (w^\\top x_n - y_n)^2$$\n"


@pytest.mark.parametrize(
    ("line", "verdict"),
    [
        ("\\nabla E_{in}(w) = \\frac{2}{N} \\sum_n (w^\\top x_n - y_n) x_n", "proved"),
        ("\\nabla E_{in}(w) = \\frac{1}{N} \\sum_n (w^\\top x_n - y_n) x_n", "refuted"),
        ("E_{in}(w) = \\frac{1}{N} \\|X w - y\\|^2", "proved"),
        ("\\sum_n \\sum_j (a_{jn} + 1) = N d + \\sum_n \\sum_j a_{jn}", "proved"),
    ],
)
def test_the_error_on_a_sample(words: Judged, line: str, verdict: str) -> None:
    assert words(f"{DECLARED}{ERROR}$${line}$$") == ["proved", verdict]


def test_one_error_beside_another(words: Judged) -> None:
    more = "$$E_{aug}(w) = E_{in}(w) + c w^\\top w$$ $$\\nabla E_{aug}(w) = \\nabla E_{in}(w) + FACTOR w$$"
    assert words(DECLARED + ERROR + more.replace("FACTOR", "2 c")) == ["proved"] * 3
    assert words(DECLARED + ERROR + more.replace("FACTOR", "c"))[2] == "refuted"


def test_a_solution_that_is_named_by_a_word(words: Judged) -> None:
    text = f"{DECLARED}{ERROR}Setting $\\nabla E_{{in}}(w) = 0$ gives $$w_{{lin}} = (X^\\top X)^{{-1}} X^\\top y$$"
    assert words(text)[-1] == "proved"
    assert words(text.replace("X^\\top y$$", "y$$"))[-1] != "proved"
    assert words(text.replace("^{-1} X^\\top y", "^{-1} 2 X^\\top y"))[-1] == "refuted"


def test_two_indices_stay_two(words: Judged) -> None:
    both = "<!--: index n = 1..N ; i = 1..d ; a_{in} \\in \\mathbb{R} -->\n"
    assert words(f"{both}$$\\sum_n \\sum_i (a_{{in}} + 1) = N d + \\sum_n \\sum_i a_{{in}}$$") == ["proved"]


def test_an_expectation_stays_one(words: Judged) -> None:
    normal = "<!--: m \\in \\mathbb{R} ; s > 0 ; z \\in \\mathbb{R} ; z \\sim \\mathcal{N}(m, s) -->\n"
    assert words(f"{normal}$$E[z^2] = m^2 + s$$ $$E_z[z] = m$$ $$E[z^2] = m^2$$") == ["proved", "proved", "refuted"]


def test_in_square_brackets_it_is_an_expectation(words: Judged) -> None:
    assert words("<!--: x \\in \\mathbb{R} -->\n$$E_{out}[x] = x$$")[-1] == "unread"
