r"""Determinants and inverses of what is made of small matrices that are written out, ``\det(P - \lambda I)``."""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged, notes

CHAIN = r"""<!--: a, b > 0 -->
$$ P = \begin{pmatrix} 1 - a & a \\ b & 1 - b \end{pmatrix} $$
Then
$$ CLAIM $$
"""


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        (r"\det(P - \lambda I) = (1 - a - \lambda)(1 - b - \lambda) - a b", "proved"),
        (r"\det(P - \lambda I) = (1 - a - \lambda)(1 - b - \lambda) + a b", "refuted"),
        (r"\det(P - \lambda I) = (\lambda - 1)(\lambda - 1 + a + b)", "proved"),
        (r"\det(P - \lambda I) = (\lambda + 1)(\lambda - 1 + a + b)", "refuted"),
        (r"\det(P^\top P) = (1 - a - b)^2", "proved"),
        (r"\det(2 P) = 2 (1 - a - b)", "refuted"),
        (r"\det(P + P) = 4 (1 - a - b)", "proved"),
        (r"\det(-P) = 1 - a - b", "proved"),
        (r"(P + I) (P + I)^{-1} = I", "proved"),
        (r"(P + I)^{-1} = P^{-1} + I", "refuted"),
    ],
)
def test_of_two_rows(words: Judged, claim: str, verdict: str) -> None:
    assert words(CHAIN.replace("CLAIM", claim))[-1] == verdict


def test_of_three_rows(words: Judged) -> None:
    text = (
        r"<!--: a \in \mathbb{R} --> $$ R = \begin{pmatrix} 0 & a & 0 \\ 0 & 0 & a \\ a & 0 & 0 \end{pmatrix} $$ "
        r"$$ \det(x I - R) = x^3 SIGN a^3 $$"
    )
    assert words(text.replace("SIGN", "-"))[-1] == "proved"
    assert words(text.replace("SIGN", "+"))[-1] == "refuted"


@pytest.mark.parametrize(
    ("said", "text", "told"),
    [
        ("", r"\det(P - x I) = (1 - a - x)(1 - b - x) - a b", True),
        ("where $x$ is the greatest eigenvalue", r"\det(P - x I) = (1 - a - x)(1 - b - x) - a b", False),
        ("", r"\det P = x", False),
    ],
)
def test_a_letter_on_both_sides_is_any_number(said: str, text: str, told: bool) -> None:
    found = notes(CHAIN.replace("CLAIM", text) + said)
    assert (r"x \in \mathbb{R}" in found) == told
