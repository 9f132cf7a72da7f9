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


FEW = r"<!--: x, z \in \mathbb{R}^2 ; y \in \mathbb{R}^3 ; A \in \mathbb{R}^{2 \times 2} -->"


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        (r"\mathrm{tr}(A) = A_{11} + A_{22}", "proved"),
        (r"\mathrm{tr}(A) = A_{11} + A_{12}", "refuted"),
        (r"\|x - z\| = \sqrt{(x_1 - z_1)^2 + (x_2 - z_2)^2}", "proved"),
        (r"\|x\|^4 = x_1^4 + 2 x_1^2 x_2^2 + x_2^4", "proved"),
        (r"\|x\|^4 = x_1^4 + x_2^4", "refuted"),
        (r"\|A\|_F^2 = A_{11}^2 + A_{12}^2 + A_{21}^2 + A_{22}^2", "proved"),
        (r"\|A\|_F^2 = A_{11}^2 + A_{22}^2", "refuted"),
        (r"\|x\|_1 = |x_1| + |x_2|", "proved"),
        (r"\mathrm{softmax}(y)_2 = \frac{e^{y_2}}{e^{y_1} + e^{y_2} + e^{y_3}}", "proved"),
        (r"\mathrm{softmax}(x)_1 = \frac{1}{1 + e^{x_2 - x_1}}", "proved"),
        (r"\mathrm{softmax}(x)_1 = \frac{1}{1 + e^{x_1 - x_2}}", "refuted"),
    ],
)
def test_sums_over_few_entries(words: Judged, claim: str, verdict: str) -> None:
    assert words(f"{FEW} $${claim}$$") == [verdict]
