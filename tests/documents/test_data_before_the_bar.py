"""``P(D|w)`` of data D that nothing writes out is neither the prior ``P(w)`` nor the posterior ``P(w|D)``."""

from __future__ import annotations

import pytest

from derive.documents import read_document
from tests.documents.judging import Judged

LIKELIHOOD = """<!--: index i = 1..N ; x_i \\in \\mathbb{Z} nonnegative ; w > 0 ; b > 0 -->
The likelihood of the data is $$P(D|w) = \\prod_{i=1}^N \\frac{w^{x_i} e^{-w}}{x_i!}$$
"""
PRIOR = "and the prior is $$P(w) = b e^{-b w}$$\n"
LOGARITHM = "$$\\log P(D|w) + \\log P(w) = \\sum_i (x_i \\log w - w - \\log x_i!) + \\log b - b w$$"


def test_likelihood_and_prior(words: Judged) -> None:
    assert words(LIKELIHOOD + PRIOR + LOGARITHM) == ["proved"] * 3
    assert words(LIKELIHOOD + PRIOR + LOGARITHM.replace("- b w", "+ b w"))[2] == "refuted"
    assert words(LIKELIHOOD + PRIOR + LOGARITHM.replace("+ \\log P(w)", "+ \\log P(D|w)"))[2] == "refuted"


@pytest.mark.parametrize("claim", ["P(w) = P(D|w)", "P(D|w) = P(w)"])
def test_they_are_not_the_same(words: Judged, claim: str) -> None:
    assert words(f"{LIKELIHOOD}{PRIOR}We have $${claim}$$")[2] == "refuted"


def test_what_is_given_may_be_left_out(words: Judged) -> None:
    density = "<!--: x, m \\in \\mathbb{R} -->\n$$p(x|\\theta) = e^{-(x - m)^2}$$\n"
    assert words(f"{density}$$\\log p(x) = -(x - m)^2$$") == ["proved", "proved"]
    assert words(f"{density}$$\\log p(x) = (x - m)^2$$") == ["proved", "refuted"]


def test_the_posterior_of_both(words: Judged) -> None:
    told = f"{LIKELIHOOD}{PRIOR}By Bayes $$P(w|D) \\propto P(D|w) P(w)$$"
    assert "refuted" not in words(told)


def test_behind_the_bar_is_another_place() -> None:
    """``P(D|w)`` beside ``P(w|D)`` is a density of its own, and no value of that one."""
    text = "<!--: w, b \\in \\mathbb{R} -->\n$$P(w|D) = b w$$ $$P(D|w) = 2 b w$$"
    notes = read_document(text).notes
    assert any("P(D|w) := 2 b w" in note.replace(" | ", "|") for note in notes)
