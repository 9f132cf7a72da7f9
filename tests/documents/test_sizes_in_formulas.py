"""Sizes in formulas: what they add up to is claimed or assumed, and a letter that only measures spaces may be given anew."""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged, notes

SHARES = r"""
<!--: index k = 1..K ; index n = 1..N ; r_{nk} > 0 ; \sum_k r_{nk} = 1 ; x_n > 0 -->
Put $N_k = \sum_n r_{nk}$. """
COUNTS = r"""
<!--: index k = 1..K ; index n = 1..N ; N_k > 0 ; x_n > 0 -->
Let $m = \frac{1}{N}\sum_n x_n$. The counts are $N_k$"""
POINTS = r"""
<!--: \mathbf{x} \in \mathbb{R}^D ; a, b, c \in \mathbb{R} ; index m = 1..M ; c_m > 0 -->
"""


@pytest.mark.parametrize(
    ("text", "verdicts"),
    [
        (r"We have $$N = \sum_k N_k .$$", ["proved"]),
        (r"We have $N = \sum_k N_k$.", ["proved"]),
        (r"We have $$N = \sum_k N_k + 1 .$$", ["refuted"]),
        (r"Here $N = \sum_k N_k + 1$.", ["refuted"]),
    ],
)
def test_what_all_add_up_to_is_claimed(words: Judged, text: str, verdicts: list[str]) -> None:
    assert words(SHARES + text)[1:] == verdicts


def test_of_free_numbers_it_is_assumed(words: Judged) -> None:
    assert words(COUNTS + r", with $N = \sum_k N_k$. Then $\sum_k \frac{N_k}{N} = 1$.")[1:] == ["proved"]
    assert words(COUNTS + r". Then $\sum_k \frac{N_k}{N} = 1$.")[1:] == ["refuted"]


@pytest.mark.parametrize(
    ("text", "verdicts"),
    [
        (r"Let $D = b^2 - 4 a c$. Then $D + 4 a c = b^2$.", ["proved", "proved"]),
        (r"Let $D = b^2 - 4 a c$. Then $\nabla_{\mathbf{x}} \mathbf{x}^\top\mathbf{x} = 2 \mathbf{x}$.", ["proved", "proved"]),
        (r"Let $D = b^2 - 4 a c$. Then $D = b^2$.", ["proved", "refuted"]),
    ],
)  # fmt: skip
def test_a_length_given_anew(words: Judged, text: str, verdicts: list[str]) -> None:
    assert words(POINTS + text)[-len(verdicts) :] == verdicts


def test_what_counts_something_keeps_its_letter() -> None:
    assert "assume M = 2 a" in notes(POINTS + r"Let $M = 2 a$. Then $\sum_m 1 = 2 a$.")


def test_a_function_is_no_product_that_is_supposed(words: Judged) -> None:
    text = "<!--: p, m > 0 -->\n" + r"Let $p(m) = m^2$. Then $p'(m) = 2 m$ and $p''(m) = 3$."
    assert words(text) == ["proved", "proved", "refuted"]
    assert "function p(m) := m^2" in notes(text)
