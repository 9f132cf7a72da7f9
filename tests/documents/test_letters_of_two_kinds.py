r"""One letter for two things: keys ``k_j`` beside an index k, a whole number d that is also a length."""

from __future__ import annotations

import pytest

from .judging import Judged

KEYS = (
    "<!--: index i, j, k = 1..n ; q_i, k_i \\in \\mathbb{R}^d -->\n"
    r"Let $s_{ij} = q_i^T k_j$ and $$ p_{ij} = \frac{e^{s_{ij}}}{\sum_{k=1}^n e^{s_{ik}}} . $$ "
)


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        (r"\frac{\partial p_{ij}}{\partial s_{ik}} = p_{ij} (\delta_{jk} - p_{ik})", "proved"),
        (r"\frac{\partial p_{ij}}{\partial s_{ik}} = p_{ij} (\delta_{jk} - p_{ij})", "refuted"),
        (r"\sum_{k=1}^n k_k = \sum_{j=1}^n k_j", "proved"),
        (r"\sum_{k=1}^n k_k = n k_k", "refuted"),
        (r"\sum_{k=1}^n k = \frac{n (n + 1)}{2}", "proved"),
        (r"\sum_{k=1}^n p_{ik} = 1", "proved"),
    ],
)
def test_vectors_and_an_index(claim: str, verdict: str, words: Judged) -> None:
    assert words(f"{KEYS}$$ {claim} $$")[-1] == verdict


@pytest.mark.parametrize(
    "declared",
    [
        r"d \in \mathbb{N} ; x \in \mathbb{R}^d",
        r"x \in \mathbb{R}^d ; d \in \mathbb{N}",
        "x \\in \\mathbb{R}^d -->\n<!--: d \\in \\mathbb{N}",
        "d \\in \\mathbb{N} -->\n<!--: x \\in \\mathbb{R}^d",
    ],
)
def test_a_whole_number_and_a_length(declared: str, words: Judged) -> None:
    text = f"<!--: {declared} -->\n" + r"$$ \operatorname{tr}(x x^T + I) = x^T x + d $$ "
    assert words(text + r"$$ \operatorname{tr}(x x^T + I) = x^T x + 1 $$") == ["proved", "refuted"]


def test_a_number_that_is_none_of_the_counting_ones_is_no_length(words: Judged) -> None:
    text = "<!--: d > 2 ; x \\in \\mathbb{R}^n -->\n"
    assert words(text + r"$$ \operatorname{tr}(x x^T + I) = x^T x + d $$") == ["refuted"]


SCORE = "<!--: m, x \\in \\mathbb{R}^d -->\n" r"Let $s(x) = -(x - m)$. Then $s(m) = 0$." "\n\n<!--: v, s > 0 -->\n"


def test_a_number_with_the_letter_of_a_function(words: Judged) -> None:
    assert words(SCORE + r"Then $$ v \left(\frac1v - \frac1s\right)^2 = \frac{(v-s)^2}{v s^2} . $$")[-1] == "proved"
    assert words(SCORE + r"Then $$ v \left(\frac1v - \frac1s\right)^2 = \frac{(v-s)^2}{v^2 s} . $$")[-1] == "refuted"


def test_a_bound_on_another_name_leaves_the_function(words: Judged) -> None:
    text = SCORE.replace("v, s > 0", "v > 0")
    assert words(text + r"Then $$ v s(x) = v m - v x . $$")[-1] == "proved"


def test_a_number_between_zero_and_one_is_no_length(words: Judged) -> None:
    assert words("<!--: d \\in (0,1) ; x \\in \\mathbb{R}^d -->\n" + r"$$ d^2 < d $$ $$ d > 1 $$") == [
        "proved",
        "refuted",
    ]
