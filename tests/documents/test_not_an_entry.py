r"""``w_0`` beside a vector w whose entries count from 1: the true w, or a bias."""

from __future__ import annotations

import pytest

from .judging import Judged

DECLARED = (
    "<!--: X \\in \\mathbb{R}^{n \\times d} ; y \\in \\mathbb{R}^n ; w, x \\in \\mathbb{R}^d ; \\lambda > 0 -->\n"
)


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        (r"Suppose $y = X w_0 + \epsilon$ where $\mathbb{E}[\epsilon] = 0$ and $\mathrm{Cov}(\epsilon) = s I$. Then $\mathbb{E}[X^T y] = X^T X w_0$.", "proved"),
        (r"Suppose $y = X w_0 + \epsilon$ where $\mathbb{E}[\epsilon] = 0$ and $\mathrm{Cov}(\epsilon) = s I$. Then $\mathbb{E}[X^T y] = X^T X w$.", "refuted"),
        (r"Let $z = w^T x + w_0$. Then $$ \nabla_w z^2 = 2 (w^T x + w_0) x . $$", "proved"),
        (r"Let $z = w^T x + w_0$. Then $$ \nabla_w z^2 = 2 w_0 x . $$", "refuted"),
        (r"Then $$ w_0 = w_0 . $$", "unread"),
        (r"Then $$ w_1 x_0 = w_1 x_0 . $$", "unread"),
        (r"Then $$ X w_0 + y = y + X w_0 . $$", "proved"),
    ],
)  # fmt: skip
def test_what_it_is_is_seen_from_its_formulas(text: str, verdict: str, words: Judged) -> None:
    assert words(DECLARED + text)[-1].split(":")[0] == verdict


def test_a_member_beyond_the_last_is_a_slip(words: Judged) -> None:
    text = "<!--: A \\in \\mathbb{R}^{n \\times 2} ; u \\in \\mathbb{R}^2 ; y \\in \\mathbb{R}^n -->\n"
    (verdict,) = words(text + "Then $$ A u_3 + y = y + A u_3 . $$")
    assert verdict.startswith("unread")
