"""Expectations of what a recurrence ties to something random: no constants, and by linearity numbers of their own.

The expectations are written by hand from the mathematics.
"""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged

GIVEN = (
    "<!--: index i, t = 1..T ; b \\in (0, 1) ; m_t, a \\in \\mathbb{R} ; g \\in \\mathbb{R}^T ; component g_t of g -->\n"
    "Let $g$ be a random vector with mean $a \\mathbf{1}$. With $m_0 = 0$ the average is\n\n"
    "$$ m_t = b m_{t-1} + (1 - b) g_t . $$\n\nTaking expectations,\n\n$$ CLAIM $$"
)


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        ("\\mathbb{E}[m_t] = (1 - b^t) a", "proved"),
        ("\\mathbb{E}[m_t] = (1 - b) \\sum_{i=1}^t b^{t-i} \\mathbb{E}[g_i]", "proved"),
        ("\\mathbb{E}[2 m_t - g_t] = (1 - 2 b^t) a", "proved"),
        ("\\mathbb{E}[m_t] = b \\mathbb{E}[m_{t-1}] + (1 - b) a", "proved"),
        ("\\mathbb{E}[m_t] = (1 + b^t) a", "refuted"),
        ("\\mathbb{E}[m_t] = a", "refuted"),
        ("\\mathbb{E}[m_t] = m_t", "refuted"),
        ("\\mathbb{E}[m_t] - m_t = 1 - 1", "refuted"),
    ],
)
def test_the_mean_of_each_member(claim: str, verdict: str, words: Judged) -> None:
    assert words(GIVEN.replace("CLAIM", claim)) == ["proved", verdict]


def test_what_is_made_of_members(words: Judged) -> None:
    made = GIVEN.replace("CLAIM", "s_t = m_t / b\n$$\n\n$$ \\mathbb{E}[s_t] = CLAIM")
    assert words(made.replace("CLAIM", "\\frac{1}{b} \\mathbb{E}[m_t]"))[-1] == "proved"
    assert words(made.replace("CLAIM", "b \\mathbb{E}[m_t]"))[-1] == "refuted"
    assert words(made.replace("CLAIM", "s_t"))[-1] == "refuted"


@pytest.mark.parametrize("claim", ["\\mathbb{E}[m_t^2] = m_t^2", "\\mathbb{E}[m_t^2] = \\mathbb{E}[m_t]^2"])
def test_what_is_not_linear_is_not_judged(claim: str, words: Judged) -> None:
    assert words(GIVEN.replace("CLAIM", claim))[-1] == "unread"


def test_a_recurrence_that_is_not_linear_is_not_judged(words: Judged) -> None:
    squared = GIVEN.replace("b m_{t-1} +", "b m_{t-1}^2 +")
    assert words(squared.replace("CLAIM", "\\mathbb{E}[m_t] = m_t"))[-1] == "unread"
    both = GIVEN.replace("b m_{t-1} +", "g_t m_{t-1} +")
    assert words(both.replace("CLAIM", "\\mathbb{E}[m_t] = m_t"))[-1] == "unread"


def test_a_fact_ties_a_number_to_what_is_random(words: Judged) -> None:
    text = (
        "<!--: g, w, a \\in \\mathbb{R} ; assume w = 3 g -->\nLet $g$ be a random variable with mean $a$.\n\n"
        "$$ \\mathbb{E}[w] = CLAIM $$"
    )
    assert words(text.replace("CLAIM", "w"))[-1] != "proved"
    assert words(text.replace("CLAIM", "a"))[-1] != "proved"
