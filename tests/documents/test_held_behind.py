"""What is held fixed, said behind the display that differentiates."""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged

HEAD = "<!--: index i = 1..n ; a_i, w \\in \\mathbb{R} -->\nLet $e_i = a_i w$. "


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("$$ \\frac{\\partial}{\\partial w} \\sum_i e_i w = \\sum_i e_i $$ where $e$ is held fixed.", "proved"),
        ("$$ \\frac{\\partial}{\\partial w} \\sum_i e_i w = \\sum_i e_i $$ where $e$ is large.", "refuted"),
        ("$$ \\frac{\\partial}{\\partial w} \\sum_i e_i w = \\sum_i e_i . $$ Now $e$ is held fixed.", "refuted"),
        ("$$ \\frac{\\partial}{\\partial w} \\sum_i e_i w = 3 \\sum_i e_i $$ where $e$ is held fixed.", "refuted"),
    ],
)
def test_held_behind(words: Judged, text: str, verdict: str) -> None:
    assert words(HEAD + text)[-1] == verdict
