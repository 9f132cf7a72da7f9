"""Conditions that a sentence says in words: taken up, in that sentence alone; or no line that hangs on them is refuted."""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged

DECLARED = "<!--: x, y \\in \\mathbb{R}^d ; A, B \\in \\mathbb{R}^{d \\times d} ; a, b, \\lambda \\in \\mathbb{R} -->\n"
TAKEN_UP = {
    "commute": ("If $A$ and $B$ commute, then", "(A+B)^2 = A^2 + 2AB + B^2"),
    "commutes": ("If $A$ commutes with $B$, then", "A^2 B = B A^2"),
    "commuting": ("For commuting matrices $A$ and $B$ we have", "A B = B A"),
    "both": ("If both $A$ and $B$ are symmetric and commute, then", "(AB)^\\top = AB"),
    "and are": ("If $A$ and $B$ commute and are symmetric, then", "(AB)^\\top = AB"),
    "orthogonal": ("If $x$ and $y$ are orthogonal,", "\\|x + y\\|^2 = \\|x\\|^2 + \\|y\\|^2"),
    "orthogonal to": ("Whenever $x$ is orthogonal to $y$, we have", "\\|x + y\\|^2 = \\|x - y\\|^2"),
    "eigenvector": ("If $x$ is an eigenvector of $A$ with eigenvalue $\\lambda$, then", "A^2 x = \\lambda^2 x"),
    "unit vectors": ("For unit vectors $x$ and $y$ we have", "\\|x - y\\|^2 = 2 - 2 x^\\top y"),
    "projection": ("If $A$ is a projection,", "A^3 = A"),
    "an equation and another": (
        "If $A x = \\lambda x$ with $x \\ne 0$, then",
        "\\lambda = \\frac{x^\\top A x}{x^\\top x}",
    ),
    "definite": ("If $x \\ne 0$ and $A$ is positive definite, then", "x^\\top A x > 0"),
    "behind a comma": ("When $A$ is positive definite and $x \\ne 0$,", "x^\\top A x > 0"),
    "provided": ("Provided that $A$ is symmetric,", "x^\\top A y = y^\\top A x"),
    "whenever": ("Whenever $A$ is symmetric, we have", "x^\\top A y = y^\\top A x"),
    "kind": ("For symmetric $A$ we have", "x^\\top A y = y^\\top A x"),
    "under": ("Under the assumption that $A$ is symmetric,", "x^\\top A y = y^\\top A x"),
    "signs": ("If $a$ is positive and $b$ is negative, then", "a b < 0"),
}
NOT_TAKEN_UP = {
    "similar": ("If $A$ and $B$ are similar, then", "\\operatorname{tr} A = \\operatorname{tr} B"),
    "small": ("If $a$ is small, then", "a^2 = 0"),
    "kind of small": ("For small $a$,", "a^2 = 0"),
    "null space": ("When $x$ lies in the null space of $A$, we have", "A x = 0"),
    "rank": ("If $A$ has rank one, then", "A^2 = \\operatorname{tr}(A) A"),
    "unless": ("Unless $a$ vanishes,", "a \\ne 0"),
    "not": ("If $A$ and $B$ do not commute, then", "A B = B A"),
}


@pytest.mark.parametrize("name", sorted(TAKEN_UP))
def test_a_condition_in_words_holds_in_its_sentence_alone(name: str, words: Judged) -> None:
    condition, claim = TAKEN_UP[name]
    told = words(f"{DECLARED}{condition} ${claim}$.\n\nIn general, ${claim}$.")
    assert told == ["proved", "refuted"]


@pytest.mark.parametrize("name", sorted(NOT_TAKEN_UP))
def test_what_hangs_on_other_conditions_is_not_refuted(name: str, words: Judged) -> None:
    condition, claim = NOT_TAKEN_UP[name]
    assert words(f"{DECLARED}{condition} ${claim}$.\n\nIf $a$ is positive, $a > 0$.") == ["undecided", "proved"]
    assert words(f"{DECLARED}We have ${claim}$.") == ["refuted"]


def test_a_false_line_under_a_condition_in_words(words: Judged) -> None:
    assert words(f"{DECLARED}If $A$ and $B$ commute, then $(A+B)^2 = A^2 + AB + B^2$.") == ["refuted"]
    assert words(f"{DECLARED}If $x$ and $y$ are orthogonal, $\\|x + y\\|^2 = \\|x\\|^2 - \\|y\\|^2$.") == ["refuted"]
    assert words(f"{DECLARED}If $x \\ne 0$ and $A$ is symmetric, then $x^\\top A x > 0$.") == ["refuted"]


def test_what_is_supposed_from_here_on_stays(words: Judged) -> None:
    told = words(f"{DECLARED}Suppose $A$ and $B$ commute. Then $A B = B A$. Moreover $A^2 B = B A^2$ and $A^2 = B$.")
    assert told == ["proved", "proved", "refuted"]


def test_a_case_with_a_second_one_begins_anew(words: Judged) -> None:
    told = words(f"{DECLARED}If $a = 1$, then $a b = b$, and if $b = 1$, then $a b = b$.")
    assert told == ["proved", "refuted"]


def test_an_equation_beside_a_line_that_does_not_say_it_follows(words: Judged) -> None:
    assert words(f"{DECLARED}For centred weights, $a = 0$ and $$a + b = b.$$") == ["undecided"]
    assert words(f"{DECLARED}For centred weights, $a = 0$ and $$b + b = b.$$") == ["refuted"]


SETTINGS = {
    "unit vectors": ("For unit vectors,", "\\|x - y\\|^2 = 2 - 2 x^\\top y"),
    "points": ("For correctly classified points,", "a > b"),
    "boundary": ("On the boundary,", "x^\\top y = b"),
}


@pytest.mark.parametrize("name", sorted(SETTINGS))
def test_what_holds_in_a_setting_that_words_name_is_not_refuted(name: str, words: Judged) -> None:
    setting, claim = SETTINGS[name]
    assert words(f"{DECLARED}{setting} ${claim}$.") == ["undecided"]
    assert words(f"{DECLARED}In general, ${claim}$.") == ["refuted"]
    assert words(f"{DECLARED}{setting} ${claim}$. We have ${claim}$.")[-1] == "refuted"


def test_a_setting_does_not_excuse_a_false_identity(words: Judged) -> None:
    assert words(f"{DECLARED}In the original problem, $(a + b)^2 = a^2 + b^2$.") == ["refuted"]
    assert words(f"{DECLARED}For the hidden layer, $(A B)^\\top = A^\\top B^\\top$.") == ["refuted"]


DEPENDENT = r"""<!--: index j = 1..m ; k = 1..n ; p_{jk} > 0 ; \sum_{j=1}^m \sum_{k=1}^n p_{jk} = 1 -->
$$ a_j = \sum_{k=1}^n p_{jk}, \qquad b_k = \sum_{j=1}^m p_{jk}, \qquad I = \sum_{j=1}^m \sum_{k=1}^n p_{jk} \log \frac{p_{jk}}{a_j b_k} $$
"""


@pytest.mark.parametrize(
    "said",
    [
        "If the two are independent, that is $p_{jk} = a_j b_k$ for all $j$ and $k$, then $I = RIGHT$.",
        "If the two are independent, i.e. $p_{jk} = a_j b_k$ for all $j$, $k$, then $I = RIGHT$.",
        "If the two are independent, i.e., $p_{jk} = a_j b_k$ for every $j, k$, then $I = RIGHT$.",
        "When $J$ and $K$ are independent, that is, $p_{jk} = a_j b_k$, we have $I = RIGHT$.",
    ],
)
def test_words_and_a_formula_that_says_them_again(words: Judged, said: str) -> None:
    assert words(DEPENDENT + said.replace("RIGHT", "0"))[3:] == ["proved"]
    assert words(DEPENDENT + said.replace("RIGHT", "1"))[3:] == ["refuted"]


def test_what_is_said_again_without_a_condition_is_claimed(words: Judged) -> None:
    assert words(f"{DEPENDENT}The two are independent, that is $p_{{jk}} = a_j b_k$, so $I = 0$.")[3] == "refuted"
