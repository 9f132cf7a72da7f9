r"""Phrases of homework solutions: what is assumed of all, what a minimiser satisfies, what takes the place of what."""

from __future__ import annotations

import pytest

from derive.read.documents.text.prose import Cue, cue_of
from tests.documents.judging import Judged

GRAPH = "<!--: index i, j = 1..n ; w_{ij} \\ge 0 -->\nLet $d_i = \\sum_{j=1}^n w_{ij}$. "


@pytest.mark.parametrize(
    "said",
    [
        "Assume that all $d_i > 0$.",
        "Suppose that every $d_i > 0$.",
        "We assume that all degrees are positive, $d_i > 0$.",
        "Assume the degrees are positive, $d_i > 0$.",
    ],
)
def test_what_is_assumed_of_all_is_no_claim(words: Judged, said: str) -> None:
    assert words(f"{GRAPH}{said} Then $$ \\sum_j \\frac{{w_{{ij}}}}{{d_i}} = 1 . $$")[1:] == ["proved"]


@pytest.mark.parametrize("said", ["Clearly, all $d_i > 0$.", "Hence the degrees are positive, $d_i > 0$."])
def test_what_is_claimed_of_all_is_one(words: Judged, said: str) -> None:
    assert words(GRAPH + said)[-1] == "refuted"


@pytest.mark.parametrize(
    "prose",
    ["Assume that the loss is convex, so ", "Suppose all weights are normalised; then ", "We assume the model; hence "],
)
def test_a_conclusion_from_it_is_no_assumption(prose: str) -> None:
    assert cue_of(prose, None) is Cue.assertion


RIDGE = (
    "<!--: X \\in \\mathbb{R}^{n \\times d} ; w \\in \\mathbb{R}^d ; y \\in \\mathbb{R}^n ; \\mu > 0 -->\n"
    "Let $$ E(w) = \\|X w - y\\|^2 + \\mu \\|w\\|^2 . $$ The gradient is "
    "$$ \\nabla E(w) = 2 X^\\top (X w - y) + 2 \\mu w , $$ "
)


@pytest.mark.parametrize(
    "said", ["so the minimiser satisfies", "and the optimal solution must satisfy", "The minimizer of E then satisfies"]
)
def test_where_the_gradient_is_zero(words: Judged, said: str) -> None:
    right = r" $$ (X^\top X + \mu I) w = X^\top y, \qquad w^* = (X^\top X + \mu I)^{-1} X^\top y . $$"
    assert words(RIDGE + said + right)[2:] == ["proved", "proved"]
    wrong = r" $$ (X^\top X + 2 \mu I) w = X^\top y . $$"
    assert words(RIDGE + said + wrong)[2:] == ["refuted"]


def test_elsewhere_it_is_not(words: Judged) -> None:
    right = r" $$ (X^\top X + \mu I) w = X^\top y . $$"
    assert words(f"{RIDGE}so every vector satisfies{right}")[2:] == ["refuted"]


NET = "<!--: x \\in \\mathbb{R} ; function \\sigma = logistic -->\nLet $h = \\sigma(x)$ and $y = 2 h$. "


@pytest.mark.parametrize(
    "said", ["If we use $\\tanh$ instead of the sigmoid, ", "With the tangent in place of $\\sigma$, "]
)
def test_what_takes_its_place(words: Judged, said: str) -> None:
    text = NET + said + r"$h = \tanh(x)$, and then $$ \frac{d y}{d x} = LINE . $$"
    assert words(text.replace("LINE", "2 (1 - h^2)"))[2:] == ["proved", "proved"]
    assert words(text.replace("LINE", "2 h (1 - h)"))[2:] == ["proved", "refuted"]


@pytest.mark.parametrize("said", ["Using this instead of that we get ", "We have "])
def test_nothing_does(words: Judged, said: str) -> None:
    assert words(NET + said + r"$h = \tanh(x)$.")[2:] == ["refuted"]


def test_a_bare_letter_beside_one_with_a_label(words: Judged) -> None:
    text = "<!--: z_1 \\in \\mathbb{R} ; function \\sigma = logistic -->\nAs $\\sigma'(z) = LINE$, we see $$ z_1 = z_1 . $$"
    assert words(text.replace("LINE", r"\sigma(z) (1 - \sigma(z))")) == ["proved", "proved"]
    assert words(text.replace("LINE", r"\sigma(z) (1 + \sigma(z))")) == ["refuted", "proved"]


def test_with_a_function_by_its_name(words: Judged) -> None:
    text = "<!--: u \\in \\mathbb{R} -->\nLet $y = g(u)$, with $g$ the hyperbolic tangent. Then $$ \\frac{dy}{du} = LINE . $$"
    assert words(text.replace("LINE", "1 - y^2"))[-1] == "proved"
    assert words(text.replace("LINE", "y (1 - y)"))[-1] == "refuted"
    assert (
        words(text.replace("the hyperbolic tangent", "the hyperbolic tangent loss").replace("LINE", "1 - y^2"))[-1]
        != "proved"
    )


@pytest.mark.parametrize("letter", ["N", "n", "M"])
def test_numbers_of_a_size_or_an_index(words: Judged, letter: str) -> None:
    text = (
        "<!--: index n = 1..N ; k = 1..K ; \\pi_k > 0 -->\nLet $L_k$ be the number of examples of class $k$. "
        "$$ Q = \\sum_k L_k \\ln \\pi_k $$ $$ \\frac{\\partial Q}{\\partial \\pi_k} = LINE $$"
    ).replace("L_k", f"{letter}_k")
    assert words(text.replace("LINE", f"\\frac{{{letter}_k}}{{\\pi_k}}"))[-1] == "proved"
    assert words(text.replace("LINE", f"{letter}_k \\pi_k"))[-1] == "refuted"


DELTAS = "<!--: index i, j = 1..n ; k = 1..K ; \\delta_i, x_i \\in \\mathbb{R} -->\n"


def test_kronecker_beside_errors(words: Judged) -> None:
    assert words(DELTAS + r"$$ \sum_j \delta_{ij} \delta_j = \delta_i $$") == ["proved"]
    assert words(DELTAS + r"$$ \sum_j \delta_{ij} \delta_j = \sum_j \delta_j $$") == ["refuted"]
    assert words(DELTAS + r"$$ \sum_k \delta_{ik} = 1 $$") == ["unread"]  # of two ranges: which is it?
    matrix = DELTAS + "<!--: \\delta_{ij} \\in \\mathbb{R} -->\n"
    assert words(matrix + r"$$ \sum_j \delta_{ij} x_j = x_i $$") == ["refuted"]


FORM = "<!--: index i, j = 1..n ; A \\in \\mathbb{R}^{n \\times n} symmetric ; f, b \\in \\mathbb{R}^n ; t \\in \\mathbb{R} -->\n"


def test_the_derivative_of_a_quadratic_form(words: Judged) -> None:
    assert words(FORM + r"$$ \frac{\partial}{\partial f_i} f^\top A f = 2 \sum_j A_{ij} f_j $$") == ["proved"]
    assert words(FORM + r"$$ \frac{\partial}{\partial f_i} f^\top A f = \sum_j A_{ij} f_j $$") == ["refuted"]
    product = r"$$ \frac{\partial}{\partial f_i} f^\top b (f^\top b - t) = b_i (f^\top b - t) $$"
    assert words(FORM + product) == ["undecided"]  # with another factor behind it, it may be of the first alone
