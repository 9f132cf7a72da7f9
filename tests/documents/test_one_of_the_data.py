r"""``y (w^\top x + b)`` beside data x_i and y_i is about one example; ``X^\top y`` about all.

The expectations are written by hand from the mathematics.
"""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged

GIVEN = "<!--: index i = 1..n ; x_i, w \\in \\mathbb{R}^d ; y_i \\in SPACE ; b \\in \\mathbb{R} -->\n"
LABELS, NUMBERS = GIVEN.replace("SPACE", r"\{-1, 1\}"), GIVEN.replace("SPACE", r"\mathbb{R}")


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        (r"\frac{\partial}{\partial w} \log(1 + e^{-y w^\top x}) = -\frac{y x}{1 + e^{y w^\top x}}", "proved"),
        (r"\frac{\partial}{\partial w} \log(1 + e^{-y w^\top x}) = \frac{y x}{1 + e^{y w^\top x}}", "refuted"),
        (r"\nabla_w (y (w^\top x + b))^2 = 2 (w^\top x + b) x", "proved"),  # for y^2 = 1
        (r"\nabla_w (y (w^\top x + b))^2 = 2 y (w^\top x + b) x", "refuted"),
    ],
)
def test_one_example(claim: str, verdict: str, words: Judged) -> None:
    assert words(f"{LABELS}$${claim}$$") == [verdict]


def test_a_margin_of_one_example(words: Judged) -> None:
    said = r"With $m = y (w^\top x + b)$ the loss is $\ell(m) = \max(0, 1 - m)^2$. Then $$\frac{d\ell}{dm} = "
    assert words(rf"{LABELS}{said}-2 \max(0, 1 - m).$$")[-1] == "proved"
    assert words(rf"{LABELS}{said}-\max(0, 1 - m).$$")[-1] == "refuted"


def test_only_labels_have_the_square_one(words: Judged) -> None:
    claim = r"$$\nabla_w (y (w^\top x + b))^2 = FACTOR (w^\top x + b) x$$"
    assert words(NUMBERS + claim.replace("FACTOR", "2")) == ["refuted"]
    assert words(NUMBERS + claim.replace("FACTOR", "2 y^2")) == ["proved"]


def test_the_family_stays_what_it_is(words: Judged) -> None:
    text = rf"{LABELS}With $m = y (w^\top x + b)$ one example has $m^2 = (w^\top x + b)^2$. In all, "
    right, wrong = r"\sum_{i=1}^n y_i^2 = n", r"\sum_{i=1}^n y_i = n"
    assert words(f"{text}$${right}.$$")[-1] == "proved"
    assert words(f"{text}$${wrong}.$$")[-1] == "refuted"


@pytest.mark.parametrize(
    "claim",
    [
        r"\nabla_w \|y - X w\|^2 = -2 X^\top (y - X w)",
        r"\nabla_x x^\top X^\top y = X^\top y",
        r"y^\top K^{-1} y = \operatorname{tr}(K^{-1} y y^\top)",
    ],
)
def test_beside_what_has_their_length_all_are_meant(claim: str, words: Judged) -> None:
    more = (
        "<!--: X \\in \\mathbb{R}^{n \\times d} ; K \\in \\mathbb{R}^{n \\times n} posdef ; x \\in \\mathbb{R}^d -->\n"
    )
    assert words(f"{NUMBERS}{more}$${claim}$$") == ["proved"]


def test_numbers_beside_numbers_are_all(words: Judged) -> None:
    given = "<!--: index i = 1..n ; x_i, y_i \\in \\mathbb{R} -->\n"
    assert words(rf"{given}$$x^\top y = \sum_{{i=1}}^n x_i y_i$$") == ["proved"]


def test_a_parameter_of_a_density_is_any_number(words: Judged) -> None:
    text = rf"{NUMBERS}Let $$p(y \mid x) = \mathcal{{N}}(y; w^\top x, 1).$$ Then $$\log p(y_i \mid x_i) = "
    assert words(rf"{text} -\frac12 (y_i - w^\top x_i)^2 - \frac12 \log(2\pi).$$")[-1] == "proved"
    assert words(rf"{text} -\frac12 (y_i - w^\top x_i)^2.$$")[-1] == "refuted"
