"""Sums that a text never bounds: over an index of a length of its own, unless the text says anything else of it.

The expectations are written by hand from the mathematics.
"""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged, notes

LOSS = "The loss is\n$$ L(v) = \\frac12 \\|v\\|^2 - \\sum_i c_i (v^\\top u_i + 1) . $$\n"


def test_a_gradient_of_a_sum_without_bounds(words: Judged) -> None:
    text = f"{LOSS}Its gradient is\n$$ \\nabla_v L = v - \\sum_i c_i u_i . $$"
    assert words(text) == ["proved", "proved"]
    assert "index i = 1..n" in notes(text)
    assert "u_i \\in \\mathbb{R}^{d}" in notes(text)
    assert words(text.replace("= v - \\sum", "= v + \\sum")) == ["proved", "refuted"]


def test_letters_below_one_name_count_the_same(words: Judged) -> None:
    text = (
        "$$ s_j = \\frac{e^{a_j}}{\\sum_m e^{a_m}} $$\nThen\n$$ \\sum_j s_j = 1 $$\nand\n$$ \\sum_j 2 s_j = CLAIM . $$"
    )
    assert words(text.replace("CLAIM", "2")) == ["proved"] * 3
    assert words(text.replace("CLAIM", "1")) == ["proved", "proved", "refuted"]


def test_what_a_formula_solves_for_is_declared_by_what_it_is_part_of(words: Judged) -> None:
    text = f"{LOSS}Set $$ \\nabla_v L = v - \\sum_i c_i u_i = 0 . $$ Hence\n$$ v = \\sum_i c_i u_i . $$"
    assert words(text) == ["proved"] * 4
    assert words(text.replace("v = \\sum", "v = -\\sum"))[-1] == "refuted"


@pytest.mark.parametrize(
    "said",
    [
        "Here $i = 1, 2, 3$.",  # it is said what i counts
        "Here $i \\in S$.",
        "# One\n\nWe begin at $i = 0$.\n\n# Two\n\n",
        "We have $c_1 = 1$ and $c_2 = 2$.",  # members by number: how many there are is known
    ],
)
def test_nothing_is_made_of_a_letter_of_which_the_text_says_more(said: str) -> None:
    assert "index i = 1..n" not in notes(f"{said}\n{LOSS}").splitlines()


def test_a_length_that_nothing_names_is_not_one_of_others(words: Judged) -> None:
    text = "Let $r \\in \\mathbb{R}^J$ and $t \\in \\mathbb{R}^I$.\n$$ \\sum_m r_m t_m = \\sum_m t_m r_m $$"
    assert words(text) == ["unread"]


def test_entries_of_a_vector_are_as_many_as_it_has(words: Judged) -> None:
    text = "Let $r \\in \\mathbb{R}^d$.\n$$ \\sum_j r_j^2 = r^\\top r $$"
    assert words(text) == ["proved"]


def test_limits_may_be_written_above_first(words: Judged) -> None:
    text = "Let $a_m \\in \\mathbb{R}$.\n$$ \\sum^{M}_{m=1} 2 a_m = 2 \\sum^M_{m=1} a_m $$"
    assert words(text) == ["proved"]
    assert words(text.replace("= 2 \\sum", "= 3 \\sum")) == ["refuted"]


HEAD = "<!--: index i, j = 1..n ; index k = 1..K ; a_i, c_i \\in \\mathbb{R} ; b \\in \\mathbb{R} ; G_{ik} \\in \\mathbb{R} -->\n"


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        ("\\sum a_i - n b = \\sum_{i=1}^n (a_i - b)", "proved"),
        ("\\sum (a_i - b)^2 = \\sum a_i^2 - 2 b \\sum a_i + n b^2", "proved"),
        ("\\sum (a_i - b)^2 = \\sum a_i^2 - b \\sum a_i + n b^2", "refuted"),
        ("a_i \\sum a_i = \\sum_j a_i a_j", "proved"),
        ("\\sum G_{ik} = 1", "unread"),  # over which of them?
        ("\\sum a_i c_j = 1", "unread"),
        ("\\sum b = n b", "unread"),
        ("\\sum_i \\sum a_i = 1", "unread"),
    ],
)
def test_a_sum_that_does_not_say_its_index(claim: str, verdict: str, words: Judged) -> None:
    assert words(f"{HEAD}$${claim}$$") == [verdict]


def test_a_label_that_is_compared_with_an_index_is_no_index() -> None:
    text = "Let $r_1, \\dots, r_N \\in \\mathbb{R}$ have labels $l_m \\in \\{1, 2\\}$ and $c_k = \\sum_{m : l_m = k} r_m$ for $k = 1, 2$."
    assert "index m = 1..2" not in notes(text)
