r"""``\partial f / \partial x = … = 0`` that no words introduce: an equation where what is worked out is made of x."""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged

DECLARED = r"""<!--: index k, j = 1..K ; a_k \in \mathbb{R} ; x \in \mathbb{R} ; b > 0 ; n, m \in \mathbb{R} -->
$$f = b x^2 - 2 n x$$ $$s_k = e^{a_k} / \sum_{j=1}^K e^{a_j}$$
"""


def test_what_is_made_of_the_variable_is_an_equation(words: Judged) -> None:
    text = DECLARED + r"$$\frac{\partial f}{\partial x} = 2 b x - 2 n = 0$$ "
    assert words(text)[-2:] == ["proved", "proved"]
    assert words(text + r"so $$f = -\frac{n^2}{b}$$")[-1] == "proved"
    assert words(text + r"so $$f = \frac{n^2}{b}$$")[-1] == "refuted"
    assert words(text.replace("2 n = 0", "n = 0"))[-2] == "refuted"


@pytest.mark.parametrize(
    "line",
    [
        r"\frac{\partial}{\partial a_k} \sum_{j=1}^K s_j = \sum_{j=1}^K \frac{\partial s_j}{\partial a_k} = 0",
        r"\frac{\partial f}{\partial m} = 0",
    ],
)
def test_what_is_zero_for_all_is_claimed(words: Judged, line: str) -> None:
    assert words(f"{DECLARED}$${line}$$")[-1] == "proved"


@pytest.mark.parametrize(
    "line",
    [
        r"\frac{\partial f}{\partial x} = 0",
        r"\frac{\partial}{\partial a_k} \sum_{j=1}^K j s_j = \sum_{j=1}^K j \frac{\partial s_j}{\partial a_k} = 0",
        r"\frac{\partial f}{\partial n} = -2 x = 0",
    ],
)
def test_a_false_claim_of_zero_is_refuted(words: Judged, line: str) -> None:
    assert words(f"{DECLARED}$${line}$$")[-1] == "refuted"


@pytest.mark.parametrize(
    "said",
    ["The derivative vanishes identically:", "For every $x$", "It is constant, as", "This does not depend on x:"],
)
def test_what_is_said_of_every_value_is_claimed(words: Judged, said: str) -> None:
    assert words(rf"{DECLARED}{said} $$\frac{{\partial f}}{{\partial x}} = 2 b x - 2 n = 0$$")[-1] == "refuted"


WORKED_OUT = DECLARED + r"$$\frac{\partial f}{\partial x} = 2 b x - 2 n$$ "


@pytest.mark.parametrize("said", ["Setting this to zero,", "Setting the derivative to zero,"])
def test_what_is_set_to_zero_is_that(words: Judged, said: str) -> None:
    assert words(rf"{WORKED_OUT}{said} $m^2 - 1 = 0$,")[-1] != "proved"
    assert words(rf"{WORKED_OUT}{said} $$b x = n$$")[-1] == "proved"


def test_what_has_nothing_to_do_with_it_is_claimed(words: Judged) -> None:
    text = "<!--: index i = 1..n ; x_i > 0 ; a > 0 ; p, q \\in (0, 1) -->\n" + r"$$L = \sum_i (a - x_i)^2$$ "
    text += r"$$\frac{\partial L}{\partial a} = 2 \sum_i (a - x_i)$$ Setting this to zero, $p - q = 0$, $$p = q$$"
    assert words(text)[-2:] == ["refuted", "refuted"]
