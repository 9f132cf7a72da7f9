r"""Letters that a passage uses anew or leaves open: a size that is a number later, exponents behind the bracket of a
logarithm, numbers before a vector of ones, equations for what they mention.

The expectations are written by hand from the mathematics.
"""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged, notes

SIZE = r"""Let $A \in \mathbb{R}^{n \times m}$ and $K = A A^\top$. Then
$$ \operatorname{tr} K = \operatorname{tr}(A^\top A) . $$

## Predictions

Let $k, y \in \mathbb{R}^n$ and $C = (K + I)^{-1}$. The predictive mean is
$$ m = k^\top C y . $$
It is linear,
$$ \nabla_y m = RIGHT . $$
"""


@pytest.mark.parametrize(("right", "verdict"), [("C k", "proved"), ("C y", "refuted")])
def test_a_size_of_an_earlier_section_is_a_number_here(words: Judged, right: str, verdict: str) -> None:
    assert words(SIZE.replace("RIGHT", right))[-2:] == ["proved", verdict]


@pytest.mark.parametrize(
    "later",
    [
        r"Let $X \in \mathbb{R}^{n \times m}$ have orthonormal columns. Then $m = \operatorname{tr}(X^\top X) + 1$.",
        r"Let $u \in \mathbb{R}^m$. Then $m = \|u\|^2$.",
    ],
)
def test_a_count_is_still_claimed(words: Judged, later: str) -> None:
    text = SIZE.partition("## Predictions")[0] + f"## Counts\n\n{later}"
    assert "definition" not in words(text)[-1]
    assert words(text)[-1] != "proved"


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        (r"n \log x = \log \left( x \right)^n", "undecided"),  # of x, or of its logarithm
        (r"(\log x)^n = \log \left( x \right)^n", "undecided"),
        (r"2 n \log x = \log \left( x \right)^n", "refuted"),
        (r"n \log x = \log x^n", "proved"),
        (r"\log(x)^2 = (\log x)^2", "proved"),
    ],
)
def test_an_exponent_behind_a_bracket_has_two_meanings(words: Judged, claim: str, verdict: str) -> None:
    assert words(rf"<!--: n, x > 0 --> $$ {claim} . $$") == [verdict]


def test_a_number_before_ones(words: Judged) -> None:
    text = r"<!--: r \in \mathbb{R}^n ; P \in \mathbb{R}^{n \times n} ; P \mathbf{1} = \mathbf{1} --> If $r = \bar r \mathbf{1}$ then "
    assert words(text + r"$$ P r = \bar r \mathbf{1} . $$")[-1] == "proved"
    assert words(text + r"$$ P r = 2 \bar r \mathbf{1} . $$")[-1] == "refuted"


BELLMAN = r"""<!--: P \in \mathbb{R}^{n \times n} ; r \in \mathbb{R}^n ; 0 < \gamma < 1 -->
The value function solves
$$ v = r + \gamma P v $$
so that
$$ v = RIGHT . $$
"""


@pytest.mark.parametrize(
    ("right", "verdict"), [(r"(I - \gamma P)^{-1} r", "proved"), (r"(I + \gamma P)^{-1} r", "refuted")]
)
def test_an_equation_for_what_it_mentions_is_no_definition(words: Judged, right: str, verdict: str) -> None:
    assert words(BELLMAN.replace("RIGHT", right))[-1] == verdict


@pytest.mark.parametrize(
    ("claim", "verdict"), [(r"\sum_{k=1}^K y_k = 1", "proved"), (r"\sum_{k=1}^K y_k = K", "refuted")]
)
def test_a_vector_that_is_called_one_hot(words: Judged, claim: str, verdict: str) -> None:
    assert words(rf"Let $y \in \mathbb{{R}}^K$ be one-hot and $0 \le a < 1$. Then $$ {claim} . $$") == [verdict]


def test_what_is_not_called_one_hot() -> None:
    assert "onehot" not in notes(r"Let $y \in \mathbb{R}^K$ be not one-hot. Then $\sum_{k=1}^K y_k = 1$.")


@pytest.mark.parametrize(("right", "verdict"), [("c^2", "proved"), ("c", "refuted")])
def test_what_is_considered_is_defined(words: Judged, right: str, verdict: str) -> None:
    text = (
        r"Let $z \sim \mathcal{N}(\theta, 1)$ with $\theta \in \mathbb{R}$ and consider $d = c z$ with $c \in \mathbb{R}$. "
        rf"Then $$ \operatorname{{Var}}(d) = {right} . $$"
    )
    assert words(text)[-1] == verdict


def test_residuals_with_a_bound(words: Judged) -> None:
    text = r"<!--: u \in \mathbb{R} ; c > 0 --> For residuals with $|u| \le c$ we have $$ u^2 \le CLAIM . $$"
    assert "refuted" not in words(text.replace("CLAIM", "c^2"))
    assert words(text.replace("CLAIM", "c"))[-1] == "refuted"
