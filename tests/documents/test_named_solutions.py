"""Solutions under names with a mark of their own, and after a derivative that no words set to zero."""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged

RIDGE = (
    "<!--: X \\in \\mathbb{R}^{n \\times d} ; y \\in \\mathbb{R}^n ; \\lambda > 0 -->\n"
    "$$J_\\lambda(w) = \\|X w - y\\|^2 + \\lambda \\|w\\|^2$$ $$\\nabla_w J_\\lambda(w) = 2 X^T (X w - y) + 2 \\lambda w$$\n"
    "Setting to zero:\n"
)
RIGHT = "(X^T X + \\lambda I)^{-1} X^T y"


@pytest.mark.parametrize(
    "name",
    ["w_\\lambda", "\\hat{w}_\\lambda", "w_{ridge}", "\\hat w_{ridge}", "w_*", "w_{\\star}", "w_{\\text{ridge}}"],
)
def test_a_solution_with_a_mark_is_claimed(words: Judged, name: str) -> None:
    assert words(f"{RIDGE}$${name} = {RIGHT}$$")[-1] == "proved"
    assert words(f"{RIDGE}$${name} = {RIGHT.replace('lambda', 'lambda^2')}$$")[-1] == "refuted"
    assert words(f"{RIDGE}$${name} = {RIGHT.replace('X^T y', 'y')}$$")[-1] != "proved"


MEAN = (
    "<!--: index n = 1..N ; x_n \\in \\mathbb{R}^d ; t_n > 0 ; m \\in \\mathbb{R}^d -->\n"
    "$$Q(m) = -\\frac12 \\sum_{n=1}^N t_n \\|x_n - m\\|^2$$ We obtain $$\\nabla_m Q = \\sum_{n=1}^N t_n (x_n - m)$$\n"
)


@pytest.mark.parametrize(
    "said",
    [
        "and therefore",
        "and therefore, if $\\sum_n t_n > 0$,",
        "hence for $N > 1$ we get",
        "hence the best choice is",
        "The solution is",
    ],
)
def test_what_follows_from_a_derivative(words: Judged, said: str) -> None:
    assert words(f"{MEAN}{said}\n$$m = \\frac{{\\sum_{{n=1}}^N t_n x_n}}{{\\sum_n t_n}}$$")[-1] == "proved"
    assert words(f"{MEAN}{said}\n$$m = \\frac{{\\sum_{{n=1}}^N t_n x_n}}{{N}}$$")[-1] == "refuted"


def test_with_something_wrong_it_would_be(words: Judged) -> None:
    said = f"{MEAN}and therefore\n$$m = \\frac{{\\sum_{{n=1}}^N t_n x_n}}{{\\sum_n t_n}}$$\n"
    wrong = "$$m = \\frac1N \\sum_{n=1}^N t_n x_n$$"
    assert words(f"{said}With a wrong normalisation it would be\n{wrong}")[-1] == "refuted"
    assert words(f"{said}Here we would get\n{wrong}")[-1] == "refuted"


SOFT_MARGIN = (
    "<!--: index i, j = 1..N ; x_i \\in \\mathbb{R}^d ; y_i \\in \\{-1,1\\} ; \\alpha_i, \\mu_i >= 0 ; C > 0 -->\n"
    "We minimise $\\frac12\\|w\\|^2 + C\\sum_i \\xi_i$ subject to $y_i(w^\\top x_i+b)\\ge 1-\\xi_i$ and $\\xi_i\\ge0$. "
    "The Lagrangian is\n$$\\mathcal{L} = \\frac12\\|w\\|^2 + C\\sum_{i=1}^N\\xi_i "
    "- \\sum_{i=1}^N\\alpha_i[y_i(w^\\top x_i+b)-1+\\xi_i] - \\sum_{i=1}^N\\mu_i\\xi_i .$$\n"
    "Setting the derivatives with respect to $w$, $b$ and $\\xi_i$ to zero we get\n"
)
ROWS = ["w &= \\sum_{i=1}^N \\alpha_i y_i x_i", "\\sum_{i=1}^N \\alpha_i y_i &= 0", "\\alpha_i &= C - \\mu_i"]


def _rows(*rows: str) -> str:
    return "$$\\begin{aligned}" + " \\\\ ".join(rows) + "\\end{aligned}$$"


def test_all_derivatives_that_are_set_to_zero_are_known_beside_constraints(words: Judged) -> None:
    assert words(SOFT_MARGIN + _rows(*ROWS))[1:] == ["proved", "proved", "proved"]


@pytest.mark.parametrize("row", range(3))
def test_a_wrong_one_of_them_is_refuted(words: Judged, row: int) -> None:
    wrong = [ROWS[0].replace("y_i x_i", "x_i"), ROWS[1].replace(" y_i", ""), ROWS[2].replace("-", "+")]
    rows = [*ROWS[:row], wrong[row], *ROWS[row + 1 :]]
    assert words(SOFT_MARGIN + _rows(*rows))[1 + row] == "refuted"
