"""Words around a formula that make it a constraint, a step of an algorithm, what follows from an equation that they
cite, or a case of several: it is not refuted as if it were claimed alone.

The expectations are written by hand from the mathematics.
"""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged

GIVEN = "<!--: index i = 1..n ; p_i, c_i \\in \\mathbb{R} ; q, r, h \\in \\mathbb{R} -->\n"


@pytest.mark.parametrize(
    "said",
    [
        "We minimise the cost, subject to",
        "The weights are free, s.t.",
        "So there is the following constraint on the weights:",
        "This leaves the constraints",
        "The minimum is taken subject to the constraint that",
    ],
)
def test_a_constraint_is_not_refuted(said: str, words: Judged) -> None:
    assert words(rf"{GIVEN}{said}" + "\n$$\\sum_{i=1}^n p_i c_i = 0$$")[-1] != "refuted"
    two = "\n$$\\sum_{i=1}^n p_i = 1$$\n$$p_i \\ge 0$$"
    assert "refuted" not in words(rf"{GIVEN}{said}{two}")


@pytest.mark.parametrize(
    "said",
    [
        "By definition",
        "The bounds were dropped above. Now",
        "We get",
    ],
)
def test_other_words_change_nothing(said: str, words: Judged) -> None:
    assert words(rf"{GIVEN}{said} $$\sum_{{i=1}}^n p_i c_i = 0$$")[-1] == "refuted"


def test_a_chain_behind_a_constraint_is_judged(words: Judged) -> None:
    chain = "$$\\sum_{i=1}^n (p_i + p_i) = 2 \\sum_{i=1}^n p_i = 3 \\sum_{i=1}^n p_i = 4$$"
    assert "refuted" in words(f"{GIVEN}subject to\n{chain}")


@pytest.mark.parametrize(
    ("said", "update"),
    [
        ("In each iteration of the loop we set", "q = q + 1"),
        ("The gradient descent update is", "q = q - h r"),
        ("Repeat until convergence:", "q = q + h (r - q)"),
    ],
)
def test_a_step_of_an_algorithm_is_no_equation(said: str, update: str, words: Judged) -> None:
    assert "refuted" not in words(f"{GIVEN}{said}\n$${update}$$")


@pytest.mark.parametrize(
    ("said", "claim"),
    [
        ("Adding up gives", "q = q + 1"),
        ("In each iteration we have", "q r = q + r"),
        ("The update is", "q = 2 q + r"),
    ],
)
def test_an_equation_is_one(said: str, claim: str, words: Judged) -> None:
    assert words(f"{GIVEN}{said}\n$${claim}$$")[-1] == "refuted"


CITED = GIVEN + (
    "The loss is $$E = \\frac12 q^2 - q r.$$ Setting its derivative in $q$ to zero gives\n"
    "$$q = r. \\label{eq:best}$$\n\n## Later\n\n"
)


def test_what_is_cited_and_not_used_speaks_against_numbers(words: Judged) -> None:
    claim = "$$h + q = h + r$$"
    assert words(f"{CITED}In terms of \\eqref{{eq:best}} this is {claim}")[-1] != "refuted"
    assert words(f"{CITED}By \\ref{{eq:best}} we have {claim}")[-1] != "refuted"
    assert words(f"{CITED}This is {claim}")[-1] == "refuted"
    assert words(f"{CITED}By \\eqref{{eq:other}} we have {claim}")[-1] == "refuted"
    assert words(f"{CITED}Compare \\eqref{{eq:best}}. We have {claim}")[-1] == "refuted"


def test_what_is_cited_and_known_does_not(words: Judged) -> None:
    known = GIVEN + "Let $$f = q + r \\label{eq:f}.$$\n\nBy \\eqref{eq:f} we have "
    assert words(known + "$$f = q - r$$")[-1] == "refuted"
    assert words(known + "$$2 f = 2 q + 2 r$$")[-1] == "proved"


def test_cases_give_a_name_another_meaning(words: Judged) -> None:
    text = GIVEN + "For $h = 1$:\n$$F(q) = q^2$$\n\nFor $h = -1$:\n$$F(q) = r q$$\n$$\\frac{dF}{dq} = r$$"
    assert "refuted" not in words(text)
    again = GIVEN + "We have $$F(q) = q^2.$$ Then\n$$F(q) = r q$$"
    assert words(again)[-1] == "refuted"


def test_items_give_a_name_another_meaning(words: Judged) -> None:
    items = "- squares: $k(q, r) = q^2 r^2$\n- differences: $k(q, r) = (q - r)^2$\n"
    assert "refuted" not in words(f"{GIVEN}Examples are\n\n{items}")
    assert words(f"{GIVEN}Here $k(q, r) = q^2 r^2$. Also\n$$k(q, r) = (q - r)^2$$")[-1] == "refuted"


def test_capitals_side_by_side_may_be_one_name(words: Judged) -> None:
    given = "The rate is $\\frac{HT}{HT + MS}$. "
    assert "refuted" not in words(given + "$$\\frac{HT}{HT + MS} = \\frac{3}{4}$$\n$$HT = 3 MS$$")
    alone = "<!--: H, T, M, S > 0 -->\nThe rate is $\\frac{HT}{HT + MS}$ with $H = 2 M$. "
    assert "refuted" in words(alone + "$$\\frac{HT}{HT + MS} = \\frac{3}{4}$$")


def test_what_is_simply_so_in_a_case_is_not_refuted(words: Judged) -> None:
    loss = GIVEN + "The loss is $$E = \\sum_{i=1}^n p_i c_i.$$ "
    simply = loss + "For balanced classes this is simply $p_i = 2$. Then the loss is $$E = 2 \\sum_{i=1}^n c_i.$$"
    assert "refuted" not in words(simply)
    assert words(loss + "We see that $p_i = 2$.")[-1] == "refuted"


def test_what_is_required_is_given(words: Judged) -> None:
    text = GIVEN + "At the same time it is required that $q = 2 r$. Hence\n$$q + r = 3 r$$"
    assert words(text)[-1] == "proved"
    assert words(GIVEN + "It is clear that $q = 2 r + q$. Hence\n$$q + r = 3 r$$")[-1] == "refuted"


def test_a_list_of_values_is_no_equation(words: Judged) -> None:
    assert "refuted" not in words(GIVEN + "The label can be written as $$q = 1, 2, 3, \\dots, n$$")
    assert words(GIVEN + "We get $$q r = 1, q + r = 2$$") == ["refuted", "refuted"]


def test_again_a_lagrangian_is_another_one(words: Judged) -> None:
    given = "<!--: a, b, v \\in \\mathbb{R} -->\nThe Lagrangian is $$L = a^2 + v (1 - a).$$\n\n"
    text = (
        given
        + "Again the Lagrangian\n$$L = b^2 + v (2 - b)$$\nis used. Then $$\\frac{\\partial L}{\\partial b} = 2 b - v.$$"
    )
    assert words(text)[-1] == "proved"
    assert words(given + "So the Lagrangian is\n$$L = a^2 + v (2 - a)$$")[-1] == "refuted"


def test_a_product_of_capitals_that_also_stand_alone_is_one(words: Judged) -> None:
    text = "Let $A, B \\in \\mathbb{R}^{n \\times n}$. Then $$AB + AB = 2 AB$$ and $$AB + AB = 2 BA$$"
    assert words(text) == ["proved", "refuted"]
