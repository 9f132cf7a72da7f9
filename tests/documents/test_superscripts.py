"""Letters and marks above a name that belong to it, and those that are exponents, indices or transposes."""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged, notes

SOFTMAX = (
    "<!--: index j, k = 1..K ; z_k \\in \\mathbb{R} ; \\tau, T > 0 ; size n -->\n"
    "Let $p_k = \\frac{e^{z_k}}{\\sum_j e^{z_j}}$ and $$ p_k^\\tau := \\frac{e^{z_k/\\tau}}{\\sum_j e^{z_j/\\tau}} . $$ "
)


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        (
            "$$ \\frac{\\partial p_k^\\tau}{\\partial z_j} = \\frac{1}{\\tau} p_k^\\tau (\\delta_{jk} - p_j^\\tau) $$",
            "proved",
        ),
        ("$$ \\frac{\\partial p_k^\\tau}{\\partial z_j} = p_k^\\tau (\\delta_{jk} - p_j^\\tau) $$", "refuted"),
        ("$$ p_k^T := \\frac{e^{z_k/T}}{\\sum_j e^{z_j/T}} $$ $$ \\sum_k p_k^T = 1 $$", "proved"),
        ("$$ p_k^2 = p_k $$", "refuted"),
        ("So $$ p_k^T = p_k p_k^{T-1} . $$", "proved"),  # a power, where nothing defines it
    ],
)
def test_a_temperature_above_a_name(words: Judged, text: str, verdict: str) -> None:
    assert words(SOFTMAX + text)[-1] == verdict


def test_a_declared_name_with_a_letter_above(words: Judged) -> None:
    head = "<!--: index i = 1..H ; h_i, W_i, W^z_i \\in \\mathbb{R} -->\n"
    assert words(head + "$$ W^z_i + W_i = W_i + W^z_i $$ $$ W^z_i = W_i $$") == ["proved", "refuted"]


def test_an_exponent_declares_nothing() -> None:
    text = "<!--: x > 0 -->\nFor all $x^p > 1$ we go on. With $n \\ge 2$, $A^n := 3$."
    assert "one name" not in notes(text)
    assert "x^p" not in notes(text)


@pytest.mark.parametrize(("mark", "verdict"), [("\\perp", "proved"), ("\\parallel", "proved"), ("\\|", "proved")])
def test_marks_below(words: Judged, mark: str, verdict: str) -> None:
    head = "<!--: x, w \\in \\mathbb{R}^d ; assume w \\ne 0 -->\n"
    text = f"Let $x_{mark} = x - \\frac{{w^T x}}{{w^T w}} w$. Then $w^T x_{mark} = 0$."
    assert words(head + text)[-1] == verdict


def test_a_relation_is_no_mark(words: Judged) -> None:
    assert words("<!--: u, v \\in \\mathbb{R}^d -->\nHere $u \\perp v = 0$.") == ["unread"]
