r"""``y_n = w^\top x_n + \epsilon_n`` where y is declared as a vector too: where observations come from, no definition."""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged

DECLARED = (
    "<!--: index n = 1..N ; x_n, w \\in \\mathbb{R}^D ; y_n \\in \\mathbb{R} ; y \\in \\mathbb{R}^N ; "
    "X \\in \\mathbb{R}^{N \\times D} ; rows x_n of X ; \\sigma > 0 -->\n"
    "Assume $y_n = w^T x_n + \\epsilon_n$ with i.i.d. noise $\\epsilon_n \\sim \\mathcal{N}(0, \\sigma^2)$. "
)
LOSS = r"Let $$ \ell(w) = -\frac{1}{2 \sigma^2} \sum_{n=1}^N (y_n - w^T x_n)^2 . $$ Then "


@pytest.mark.parametrize(
    ("line", "verdict"),
    [
        (r"\nabla_w \ell(w) = \frac{1}{\sigma^2} \sum_n x_n (y_n - w^T x_n)", "proved"),
        (r"\nabla_w \ell(w) = \frac{1}{\sigma^2} X^T (y - X w)", "proved"),
        (r"\nabla_w \ell(w) = -\frac{1}{\sigma^2} X^T (y - X w)", "refuted"),
        (r"\nabla_w \ell(w) = 0", "refuted"),
    ],
)
def test_a_derivative_takes_them_as_they_are(words: Judged, line: str, verdict: str) -> None:
    assert words(f"{DECLARED}{LOSS}We have $$ {line} . $$")[-1] == verdict


@pytest.mark.parametrize(
    ("line", "verdict"),
    [
        (r"\mathbb{E}[y] = X w", "proved"),
        (r"\mathbb{E}[(X^T X)^{-1} X^T y] = w", "proved"),
        (r"\mathrm{Cov}(y) = \sigma^2 I", "proved"),
        (r"\mathbb{E}[y_n] = 2 w^T x_n", "refuted"),
        (r"\mathrm{Cov}(y) = \sigma I", "refuted"),
    ],
)
def test_their_mean_is_that_of_what_they_are_made_of(words: Judged, line: str, verdict: str) -> None:
    assert words(f"{DECLARED}$$ {line} . $$")[-1] == verdict


def test_entries_without_noise_are_defined_as_before(words: Judged) -> None:
    text = "<!--: index n = 1..N ; x_n, w \\in \\mathbb{R}^D ; y \\in \\mathbb{R}^N ; a \\in \\mathbb{R}^N -->\n"
    text += r"Assume $y_n = w^T x_n + a_n$. Then $$ \nabla_w \sum_n y_n = LINE . $$"
    assert words(text.replace("LINE", r"\sum_n x_n"))[-1] == "proved"
    assert words(text.replace("LINE", r"2 \sum_n x_n"))[-1] == "refuted"
