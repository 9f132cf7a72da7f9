r"""``f' L f``: a transpose, where a prime can mean nothing else. The expectations are written by hand from the
mathematics."""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged

GIVEN = r"""<!--: index i = 1..n ; L \in \mathbb{R}^{n \times n} symmetric ; X \in \mathbb{R}^{n \times d} ; f, y \in \mathbb{R}^n ; b \in \mathbb{R}^d -->
"""


@pytest.mark.parametrize(
    ("text", "words_"),
    [
        (r"$$\nabla_f (f' L f) = 2 L f$$", ["proved"]),
        (r"$$\nabla_f (f' L f) = L f$$", ["refuted"]),
        (r"$$\|y - X b\|^2 = y'y - 2 b'X'y + b'X'X b$$", ["proved"]),
        (r"$$\|y - X b\|^2 = y'y - b'X'y + b'X'X b$$", ["refuted"]),
        (r"$$f'f = \sum_i f_i^2$$ $$(X'X)' = X'X$$ $$\mathbf{1}'f = \sum_i f_i$$", ["proved", "proved", "proved"]),
        (r"$$f'f = \sum_i f_i$$ $$(L X b)' = b'X'L$$ $$(L X b)' = X'b'L$$", ["refuted", "proved", "refuted"]),
        (r"Minimising $J(b) = (y - X b)'(y - X b) + b'b$ we have $$\nabla J(b) = 2 X'(X b - y) + 2 b$$", ["proved", "proved"]),
        (r"Minimising $J(b) = (y - X b)'(y - X b) + b'b$ we have $$\nabla J(b) = 2 X'(y - X b) + 2 b$$", ["proved", "refuted"]),
    ],
)  # fmt: skip
def test_products(words: Judged, text: str, words_: list[str]) -> None:
    assert words(GIVEN + text) == words_


def test_derivatives_stay(words: Judged) -> None:
    text = "<!--: x \\in \\mathbb{R} ; function f -->\n"
    assert words(text + r"$$\frac{d}{dx} f(x)^2 = 2 f'(x) f(x)$$") == ["proved"]
    assert words(text + r"$$\frac{d}{dx} f(x)^2 = f'(x) f(x)$$") == ["refuted"]
    both = GIVEN.replace(" -->", " ; u \\in \\mathbb{R} ; function g -->")
    assert words(both + r"$$\frac{d}{du} g(u)^2 = 2 g'(u) g(u)$$ $$f'f = \|f\|^2$$")[0] == "proved"


def test_another_vector_stays(words: Judged) -> None:
    text = GIVEN + r"For all $f, f' \in \mathbb{R}^n$ we have $$f' f = \|f\|^2 .$$"
    assert "proved" not in words(text)
