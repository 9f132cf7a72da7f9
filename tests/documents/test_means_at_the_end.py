"""A letter with a bar: the mean that a chain ends with, or else something of which the text has to say what it is.

The expectations are written by hand from the mathematics.
"""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged

GIVEN = "Let $r_i \\in \\mathbb{R}$ for $i = 1, \\dots, n$.\n\n"


@pytest.mark.parametrize(
    "mean",
    [
        "\\frac{1}{n} \\sum_{i=1}^n r_i",
        "\\frac{\\sum_{i=1}^n r_i}{n}",
        "\\frac{1}{n} \\sum_i r_i",
        "\\frac{\\sum r_i}{n}",
    ],
)
def test_a_chain_says_what_its_mean_is_called(mean: str, words: Judged) -> None:
    text = f"{GIVEN}$$ c = {mean} = \\bar{{r}} $$\n\nSo\n\n$$ n \\bar{{r}} = CLAIM \\sum_{{i=1}}^n r_i $$"
    assert words(text.replace("CLAIM", "")) == ["proved"] * 3
    assert words(text.replace("CLAIM", "2"))[-1] == "refuted"


@pytest.mark.parametrize(
    "other", ["\\sum_{i=1}^n r_i", "\\frac{1}{n+1} \\sum_{i=1}^n r_i", "\\frac1n \\sum_{i=1}^n r_i^2"]
)
def test_what_is_no_mean_gives_no_bar(other: str, words: Judged) -> None:
    assert words(f"{GIVEN}$$ c = {other} = \\bar{{r}} $$") == ["proved", "undecided"]


def test_a_bar_that_nothing_defines_refutes_nothing(words: Judged) -> None:
    spread = "$$\\sum_{i=1}^n (r_i - \\bar{r})^2 = \\sum_{i=1}^n r_i^2 - n \\bar{r}^2$$"
    assert words(GIVEN + spread) == ["undecided"]
    mean = "$$\\bar{r} = \\frac1n \\sum_{i=1}^n r_i$$\n\n"
    assert words(GIVEN + mean + spread) == ["proved", "proved"]
    assert words(GIVEN + mean + spread.replace("- n", "- 2 n")) == ["proved", "refuted"]


def test_what_holds_for_any_number_is_proved_of_it(words: Judged) -> None:
    assert words(f"{GIVEN}$$\\sum_{{i=1}}^n (r_i - \\bar{{r}}) = \\sum_{{i=1}}^n r_i - n \\bar{{r}}$$") == ["proved"]


def test_a_bar_that_the_author_declares_is_any_number(words: Judged) -> None:
    declared = "<!--: \\bar{r} \\in \\mathbb{R} -->\n"
    assert words(f"{declared}{GIVEN}$$\\sum_{{i=1}}^n r_i = n \\bar{{r}}$$") == ["refuted"]


SQUARES = r"""The loss is
$$ L = \frac1n \sum_{i=1}^n (r_i - \hat{r}_i)^2 SAID $$
and"""


def test_predictions_of_which_nothing_is_said_refute_nothing(words: Judged) -> None:
    other = SQUARES.replace("SAID", r"= \frac1n \sum_{i=1}^n (r_i - a u_i)^2 .")
    claim = r"$$ \frac{\partial L}{\partial a} = -\frac2n \sum_{i=1}^n (r_i - a u_i) u_i . $$"
    assert "refuted" not in words(f"{other} {claim}")
    told = f"Let $\\hat{{r}}_i = a u_i$.\n\n{other} {claim}"
    assert words(told)[-2:] == ["proved", "proved"]
    assert words(told.replace("-\\frac2n", "\\frac2n"))[-1] == "refuted"


def test_what_is_differentiated_in_is_a_variable(words: Judged) -> None:
    claim = r"$$ \frac{\partial L}{\partial \hat{r}_i} = CLAIM (\hat{r}_i - r_i) . $$"
    text = SQUARES.replace("SAID", ".") + " " + claim
    assert words(text.replace("CLAIM", r"\frac2n"))[-1] == "proved"
    assert words(text.replace("CLAIM", r"-\frac2n"))[-1] == "refuted"
