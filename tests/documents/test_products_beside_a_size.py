"""Products that end beside a size, ``\\prod_{t=0}^{T-1}``: their logarithms, and what they are beside whole ones.

The expectations are written by hand from the mathematics.
"""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged

GIVEN = (
    "<!--: index t = 0..T ; x_t, c > 0 ; \\theta \\in \\mathbb{R}^d ; s_t \\in \\mathbb{R} ; "
    "function \\pi_\\theta(s) positive ; function r(u, s) positive -->\n$$ CLAIM $$"
)


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        ("\\log \\prod_{t=0}^{T-1} x_t = \\sum_{t=0}^{T-1} \\log x_t", "proved"),
        ("\\log \\prod_{t=1}^{T-1} x_t = \\sum_{t=1}^{T-1} \\log x_t", "proved"),
        ("\\log \\prod_{t=0}^{T-1} e^{x_t} = \\sum_{t=0}^{T-1} x_t", "proved"),
        ("\\prod_{t=1}^T c^{x_t} = c^{x_T} \\prod_{t=1}^{T-1} c^{x_t}", "proved"),
        ("\\log \\prod_{t=0}^{T-1} x_t = \\sum_{t=0}^{T} \\log x_t", "refuted"),
        ("\\log \\prod_{t=1}^{T-1} x_t = \\sum_{t=1}^{T} \\log x_t", "refuted"),
        ("\\log \\prod_{t=0}^{T-1} x_t = \\sum_{t=0}^{T-1} \\log x_{t+1}", "refuted"),
        ("\\log \\prod_{t=0}^{T-1} e^{x_t} = \\sum_{t=1}^{T-1} x_t", "refuted"),
        ("\\prod_{t=1}^T c^{x_t} = c^{x_1} \\prod_{t=1}^{T-1} c^{x_t}", "refuted"),
    ],
)
def test_logarithms_and_exponentials(claim: str, verdict: str, words: Judged) -> None:
    assert words(GIVEN.replace("CLAIM", claim)) == [verdict]


def test_the_score_of_a_path(words: Judged) -> None:
    text = GIVEN.replace("CLAIM", "p = \\prod_{t=0}^{T-1} \\pi_\\theta(s_t) r(s_{t+1}, s_t) $$\n\n$$ CLAIM")
    score = "\\nabla_\\theta \\log p = \\sum_{t=0}^{T-1} \\nabla_\\theta \\log \\pi_\\theta(s_t)"
    assert words(text.replace("CLAIM", score)) == ["proved", "proved"]
    assert words(text.replace("CLAIM", score.replace("^{T-1}", "^T")))[-1] == "refuted"
    assert words(text.replace("CLAIM", score.replace("\\log \\pi", "\\pi")))[-1] == "refuted"
