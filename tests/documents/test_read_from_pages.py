"""What pages of notes leave unsaid: shapes on a diagonal, factors behind derivatives, which equations hold at the end.

The expectations are written by hand from the mathematics.
"""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged, notes

DIAGONAL = "Let $S = \\text{diag}(s^2)$. Then\n$$ |\\text{diag}(s^2)| = \\prod_{k=1}^m s_k^2 $$\nand\n$$ \\text{tr}(S) = CLAIM . $$"


def test_squares_on_a_diagonal_are_those_of_entries(words: Judged) -> None:
    assert words(DIAGONAL.replace("CLAIM", "\\sum_{k=1}^m s_k^2")) == ["proved"] * 3
    assert words(DIAGONAL.replace("CLAIM", "\\sum_{k=1}^m s_k")) == ["proved", "proved", "refuted"]


def test_a_number_on_a_diagonal_is_not_read(words: Judged) -> None:
    assert words("Let $c \\in \\mathbb{R}$.\n$$ \\text{diag}(c) = c $$") == ["unread"]


LAYER = r"""$$ h_b = \frac{u_b - c_B}{2} $$ where $c_B = \frac1m \sum_{b=1}^m u_b$. The layer is $$ y_b = \gamma h_b + \beta . $$
The gradients of a loss are
$$ \frac{\partial L}{\partial h_b} = \frac{\partial L}{\partial y_b} \gamma $$
and
$$ \frac{\partial L}{\partial \gamma} = \sum_{b=1}^m \frac{\partial L}{\partial y_b} CLAIM . $$"""


def test_a_factor_behind_a_derivative_is_not_differentiated(words: Judged) -> None:
    assert words(LAYER.replace("CLAIM", "h_b")) == ["proved"] * 5
    assert words(LAYER.replace("CLAIM", "u_b"))[-1] == "refuted"


def test_an_inner_product_is_one_of_vectors(words: Judged) -> None:
    text = "$$ J(w) = \\frac12 \\|w - v\\|^2 + \\langle w - v, g \\rangle $$\n$$ \\nabla_w J(w) = w - v + g $$"
    assert words(text) == ["proved", "proved"]
    assert "w \\in \\mathbb{R}^{n}" in notes(text)


DUAL = r"""The Lagrangian is $$ L = \frac12 \|w\|^2 - \sum_{i=1}^n c_i (w^\top u_i + b) . $$
Set the partial derivatives to zero.

**1. In $w$:**

$$ \frac{\partial L}{\partial w} = w - \sum_{i=1}^n c_i u_i = 0 $$

**2. In $b$:**

$$ \frac{\partial L}{\partial b} = -\sum_{i=1}^n c_i = 0 $$

**Plug back into the Lagrangian:**

$$ L = \frac12 \left\| \sum_{i=1}^n c_i u_i \right\|^2 - \sum_{i=1}^n c_i \left( CLAIM + b \right) . $$"""


def test_what_is_solved_for_is_what_the_objective_is_made_of(words: Judged) -> None:
    assert words(DUAL.replace("CLAIM", "\\sum_{j=1}^n c_j u_j^\\top u_i"))[-1] == "proved"
    assert words(DUAL.replace("CLAIM", "2 \\sum_{j=1}^n c_j u_j^\\top u_i"))[-1] == "refuted"


HALF = r"""<!--: index i = 1..n ; u_i, a \in \mathbb{R} -->
Let $f = \sum_i (u_i - a)^2$. Then $\frac{\partial f}{\partial a} = -2 \sum_i (u_i - a) = 0$, so that $a = \frac1n \sum_i u_i$.

For the other part,
$$ \frac{\partial q}{\partial z} = \sum_{i=1}^n (u_i^2 - a) = 0 . $$"""


def test_an_equation_with_a_derivative_that_cannot_be_read_is_no_claim(words: Judged) -> None:
    assert words(HALF)[-2:] == ["unread", "proved"]


@pytest.mark.parametrize("mark", ["OLS", "MAP"])
def test_letters_of_a_mark_are_no_random_quantities(mark: str) -> None:
    text = f"We have $\\mathbb{{E}}[\\hat{{c}}_{{{mark}}}] = c$ and $\\mathbb{{E}}[\\hat{{c}}_{{{mark}}} - c] = 0$."
    assert "random, of any joint distribution" not in notes(text)
