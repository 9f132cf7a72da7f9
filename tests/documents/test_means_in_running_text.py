r"""Means in running text: what is assumed before them of what is random is known there."""

from __future__ import annotations

from .judging import Judged

MODEL = (
    "<!--: X \\in \\mathbb{R}^{n \\times d} ; y \\in \\mathbb{R}^n ; b \\in \\mathbb{R}^d -->\n"
    r"Suppose $y = X b + \epsilon$ where $\mathbb{E}[\epsilon] = 0$. "
)


def test_the_mean_of_an_observation_follows(words: Judged) -> None:
    assert words(MODEL + r"Then $\mathbb{E}[X^T y] = X^T X b$. And $\mathbb{E}[y] = X b$.")[1:] == ["proved", "proved"]
    assert words(MODEL + r"Then $\mathbb{E}[X^T y] = X^T b$. And $\mathbb{E}[y] = 2 X b$.")[-1] == "refuted"
