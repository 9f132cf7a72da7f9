"""What a text demands, or takes something to be, is not refuted by other values of what nothing ties down."""

from __future__ import annotations

import pytest

from derive.read.documents.words.only_supposed import demands
from tests.documents.judging import Judged

SVM = """<!--: index i = 1..n ; x_i, w, p, q, r \\in \\mathbb{R}^d ; a_i, b, c \\in \\mathbb{R} ; y_i \\in \\{-1, 1\\} -->
"""


@pytest.mark.parametrize(
    "line",
    [
        "So the following must be true: $$w^\\top p + b \\ge 1$$",
        "For the points on the margin we know that $$w^\\top p + b = 1$$",
        "We strengthen this condition to $$y_i (w^\\top x_i + b) \\ge 1$$",
        "The decision boundary is given by: $$w^\\top r + b = 0$$",
        "Consider any point as the sum: $$p = q + c w$$",
        "We can write it as a linear combination of the others: $$w = \\sum_{i=1}^n a_i x_i$$",
        "We end up with the same inequality for any sample $x_i$: $$y_i (w^\\top x_i + b) \\ge 1$$",
        "Consider a point $p$ as: $$p = q + c w$$",
        "Consider two points that are not the same: $$p \\ne q$$",
        "This may be rewritten: $$w^\\top p + b - 1 \\ge 0$$",
    ],
)
def test_it_is_no_mistake(words: Judged, line: str) -> None:
    used = "$$\\|w\\|^2 = w^\\top w, \\qquad \\|p\\|^2 = p^\\top p$$\n"
    assert words(SVM + used + line)[2:] == ["undecided"]


@pytest.mark.parametrize(
    "line",
    [
        "Hence $$w^\\top p + b \\ge 1$$",
        "We have $$w^\\top p + b = 1$$",
        "We have $$p \\ne q$$",
        "It follows that the following must be true: $$w^\\top p + b = 1$$",
    ],
)
def test_what_is_concluded_is_refuted(words: Judged, line: str) -> None:
    used = "$$\\|w\\|^2 = w^\\top w, \\qquad \\|p\\|^2 = p^\\top p$$\n"
    assert words(SVM + used + line)[2:] == ["refuted"]


@pytest.mark.parametrize(
    "line",
    [
        "\\|p + q\\|^2 = \\|p\\|^2 + \\|q\\|^2",  # of the second degree in each
        "(b + c)^2 = b^2 + c^2",
        "\\|p - q\\|^2 \\le 0",
        "p^\\top p = 1 + 2",
        "2 p + q = p + 2 q",  # says of no quantity alone what it is
        "\\frac{\\partial}{\\partial b} (b c) = b",
    ],
)
def test_a_demand_excuses_no_false_identity(words: Judged, line: str) -> None:
    assert words(f"{SVM}So the following must be true: $${line}$$") == ["refuted"]


def test_what_is_known_otherwise_is_refuted(words: Judged) -> None:
    told = "<!--: index k = 1..K ; \\pi_k > 0 ; \\sum_{k=1}^K \\pi_k = 1 -->\nThey must satisfy $$\\sum_{k=1}^K \\pi_k = 2$$"
    assert words(told) == ["refuted"]
    defined = "<!--: a \\in \\mathbb{R} ; let b := 2 a -->\nWe require that $$b = a$$"
    assert words(defined) == ["refuted"]
    mean = "<!--: index i = 1..n ; x_i \\in \\mathbb{R} ; let m := \\frac1n \\sum_{i=1}^n x_i -->\nThese must satisfy $$\\sum_{i=1}^n (x_i - m) = 1$$"
    assert words(mean) == ["refuted"]


def test_it_is_true_all_the_same(words: Judged) -> None:
    assert words(f"{SVM}So the following must be true: $$p + q = q + p$$") == ["proved"]


@pytest.mark.parametrize(
    ("sentence", "demanded"),
    [
        ("The weights have to satisfy", True),
        ("subject to the constraint", True),
        ("Therefore, we know that", True),
        ("We obtain the inequality", False),
        ("Therefore it has to be that", False),
        ("The gradient is", False),
    ],
)
def test_words_of_a_demand(sentence: str, demanded: bool) -> None:
    assert demands(sentence) is demanded


def test_and_goes_on_with_a_demand(words: Judged) -> None:
    text = f"{SVM}They must satisfy $$w^\\top p + b \\ge 1,$$\nand\n$$w^\\top q + b \\le -1$$\n"
    assert words(text) == ["undecided", "undecided"]
    assert words(f"{text}Hence $$w^\\top r + b \\le -1$$")[2] == "refuted"
    claimed = f"{SVM}We have $$w^\\top p + b \\ge 1,$$\nand\n$$w^\\top q + b \\le -1$$\n"
    assert words(claimed) == ["refuted", "refuted"]
