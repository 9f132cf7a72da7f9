r"""What words around a formula in running text claim is judged; what they suppose is not."""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged

DECLARED = "<!--: x, a, b \\in \\mathbb{R} -->\n"


@pytest.mark.parametrize(
    "said",
    [
        "Both cases can be combined into {}.",
        "This choice leads to {}.",
        "The two cases collapse to {}.",
        "In all three cases {}.",
        "Taking the derivative, {}.",
        "Plugging this in, {}.",
        "If we differentiate, {}.",
        "Of course {}.",
        "We show {}.",
        "It remains to show {}.",
        "By definition, {}.",
        "After some algebra we end up with {}.",
        "We are left with {}.",
        "We may also write {}.",
        "This follows from {}.",
        "Under these assumptions, {}.",
        "Assuming $x > 0$, {}.",
    ],
)
def test_what_words_claim_is_judged(said: str, words: Judged) -> None:
    assert words(DECLARED + said.format("$(x+1)^2 = x^2 + 3x + 1$"))[-1] == "refuted"
    assert words(DECLARED + said.format("$(x+1)^2 = x^2 + 2x + 1$"))[-1] == "proved"


@pytest.mark.parametrize(
    "said",
    [
        "If {}, then $a = b$.",
        "When {} we have $a = b$.",
        "Suppose {}. Then $a = b$.",
        "Consider the case {}. In this case $a = b$.",
        "In the case that {}, $a = b$.",
        "Under the constraint {} we have $a = b$.",
    ],
)
def test_what_words_suppose_is_not(said: str, words: Judged) -> None:
    assert words(DECLARED + said.format("$2a = 2b$"))[-1] == "proved"
    assert "refuted" not in words(DECLARED + said.format("$2a = 2b$"))


@pytest.mark.parametrize(
    "said",
    [
        "Recall that {}.",
        "We write {}.",
        "Let us recall that {}.",
        "with {}.",
        "For the derivative: {}.",
        "Consider the derivative {}.",
    ],
)
def test_a_derivative_that_can_be_worked_out_is_judged(said: str, words: Judged) -> None:
    assert words(DECLARED + said.format("$\\frac{d}{dx} x^2 = 3x$"))[-1] == "refuted"
    assert words(DECLARED + said.format("$\\frac{d}{dx} x^2 = 2x$"))[-1] == "proved"


@pytest.mark.parametrize(
    "said", ["If {}, then $x = 0$.", "Suppose {}. Then $x = 0$.", "Let $x$ satisfy {}. Then $x = 0$."]
)
def test_where_a_derivative_has_a_value_is_supposed(said: str, words: Judged) -> None:
    assert words(DECLARED + said.format("$\\frac{d}{dx} x^2 = 3x$"))[-1] == "proved"


def test_a_derivative_of_what_is_not_known_is_no_claim(words: Judged) -> None:
    given = "<!--: x, y \\in \\mathbb{R} ; opaque f depends on x -->\n"
    said = "Consider $x$, with $\\frac{\\partial f}{\\partial x} = 2y$. Then "
    assert "refuted" not in words(given + said + "$\\frac{\\partial f^2}{\\partial x} = 4 y f$.")


CASE = (
    "<!--: index j, k = 1..K ; a \\in \\mathbb{R}^K ; component a_k of a -->\n"
    "For $k \\ne j$\n$$\n\\frac{\\partial a_k}{\\partial a_j} = %s%s\n$$\n%s"
)


@pytest.mark.parametrize(
    "behind",
    [
        "or in matrix form $$\\frac{\\partial a}{\\partial a} = I.$$",
        "or, more compactly, $$\\frac{\\partial a}{\\partial a} = I.$$",
        "or equivalently $$\\frac{\\partial a}{\\partial a} = I.$$",
    ],
)
def test_or_in_matrix_form_is_no_alternative(behind: str, words: Judged) -> None:
    assert words(CASE % ("0", ",", behind))[0] == "proved"
    assert words(CASE % ("1", ",", behind))[0] == "refuted"


def test_an_alternative_in_the_next_sentence_is_none_of_this_one(words: Judged) -> None:
    behind = "The rest is zero or one."
    assert words(CASE % ("0", ".", behind))[0] == "proved"
    assert words(CASE % ("1", ".", behind))[0] == "refuted"
    assert words(CASE % ("1", "", "or not.")) == []
