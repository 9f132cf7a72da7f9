"""A letter that stands below names only is an index, and no length of which the text has no name."""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged

HEAD = r"<!--: v \in \mathbb{R}^d -->" + "\n"
SOFTMAX = (
    r"Let $q_k = \frac{e^{a_k / T}}{\sum_j e^{a_j / T}}$ for logits $a_1, \dots, a_n$ and a temperature $T > 0$. Then"
    + "\n"
)


@pytest.mark.parametrize(
    ("line", "word"),
    [
        (r"\sum_k q_k = 1", "proved"),
        (r"\frac{\partial q_k}{\partial a_l} = \frac1T q_k (\delta_{kl} - q_l)", "proved"),
        (r"\frac{\partial q_k}{\partial a_l} = q_k (\delta_{kl} - q_l)", "refuted"),
        (r"\frac{\partial q_k}{\partial T} = \frac{q_k}{T^2} \left( \sum_j q_j a_j - a_k \right)", "proved"),
        (r"\frac{\partial q_k}{\partial T} = \frac{q_k}{T^2} \left( a_k - \sum_j q_j a_j \right)", "refuted"),
    ],
)
@pytest.mark.parametrize("head", ["", HEAD])
def test_beside_a_vector_whose_length_no_formula_has(words: Judged, head: str, line: str, word: str) -> None:
    assert words(f"{head}{SOFTMAX}$${line}$$") == ["proved", word]


def test_a_letter_that_also_stands_alone_may_be_a_length(words: Judged) -> None:
    text = r"We have $$\frac1k \sum_{i=1}^k (v_i - \frac1k \sum_{j=1}^k v_j) = 1 .$$"
    assert words(HEAD + text)[-1] != "proved"


@pytest.mark.parametrize(
    ("line", "word"),
    [(r"\sum_k q_k = 1", "proved"), (r"\frac{\partial q_k}{\partial a_l} = q_k (\delta_{kl} - q_l)", "refuted")],
)
def test_numbers_that_share_their_letter_with_a_number(words: Judged, line: str, word: str) -> None:
    before = r"For a number $a$ we have $(a + 1)^2 = a^2 + 2 a + 1$." + "\n\n"
    assert words(f"{before}{SOFTMAX}$${line}$$") == ["proved", "proved", word]
