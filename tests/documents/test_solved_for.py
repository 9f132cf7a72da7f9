"""``Solving … for n``: the equation is what is solved, and what n is is no definition of it."""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged, notes
from tests.documents.test_by_powers import verdicts

RIGHT, WRONG = r"n = \frac{1}{2 t^2} \log\frac{2}{\delta}", r"n = \frac{1}{t^2} \log\frac{2}{\delta}"


@pytest.mark.parametrize(
    "text",
    [
        r"<!--: t > 0 ; \delta \in (0,1) ; n > 0 -->" + "\nSolving $2 e^{-2 n t^2} = \\delta$ for $n$,\n$$ % $$",
        r"<!--: t > 0 ; \delta \in (0,1) -->" + "\nSolving $2 e^{-2 n t^2} = \\delta$ for $n$, we have\n$$ % $$",
        r"<!--: t > 0 ; \delta \in (0,1) -->" + "\nSolving\n$$2 e^{-2 n t^2} = \\delta$$ for $n$ gives\n$$ % $$",
        "Let $t > 0$. Solving $2 e^{-2 n t^2} = \\delta$ for $n$, with $\\delta \\in (0,1)$,\n$$ % $$",
    ],
)
def test_what_is_solved_for(words: Judged, text: str) -> None:
    assert words(text.replace("%", RIGHT))[-1] == "proved"
    assert words(text.replace("%", WRONG))[-1] == "refuted"
    assert "let n" not in notes(text.replace("%", RIGHT))


def test_what_is_not_solved_stays_a_claim(words: Judged) -> None:
    text = r"<!--: a, b \in \mathbb{R} -->" + "\nThe equation is solved by $a = 1$. Hence\n$$a = b$$"
    assert words(text)[-1] == "refuted"


def test_only_the_first_equation_is_the_one_that_is_solved() -> None:
    """``p solves $$ p^2 = 4 p, \\qquad p = 4 $$``: what stands behind it is what it comes to."""
    text = r"Let $p > 0$. Then $p$ solves $$ p^2 = 4 p, \qquad p = %s . $$"
    assert verdicts(text % "4")[-1] == "proved"
    assert verdicts(text % "3")[-1] == "refuted"


LIKELIHOOD = r"""<!--: index n = 1..N ; j, k = 1..K ; x_n, \mu_k \in \mathbb{R} ; \pi_k, s_k > 0 -->
$$\ell = \sum_{n=1}^N \log \sum_{k=1}^K \pi_k \mathcal{N}(x_n | \mu_k, s_k^2)$$
With
$$r_{nk} = \frac{\pi_k \mathcal{N}(x_n | \mu_k, s_k^2)}{\sum_j \pi_j \mathcal{N}(x_n | \mu_j, s_j^2)}$$
"""
SLOPE = r"\frac{\partial \ell}{\partial s_k} = \sum_{n=1}^N r_{nk} \left(\frac{(x_n - \mu_k)^2}{s_k^3} - \frac{1}{s_k}\right)"


def test_a_derivative_is_zero_where_the_next_line_gives_a_power_of_its_variable(words: Judged) -> None:
    said = f"{LIKELIHOOD}we find $${SLOPE} = 0,$$ which gives "
    right = r"$$s_k^2 = \frac{\sum_{n=1}^N r_{nk} (x_n - \mu_k)^2}{\sum_{n=1}^N r_{nk}}.$$"
    assert words(said + right)[-2:] == ["proved", "proved"]
    assert words(said + right.replace("{\\sum_{n=1}^N r_{nk}}", "{N}"))[-1] == "refuted"
    assert words(f"{LIKELIHOOD}we find $${SLOPE} = 0.$$ So $$x_1 = 0.$$")[-1] == "refuted"


def test_what_is_set_to_zero_is_one_number_and_not_each_of_several(words: Judged) -> None:
    said = LIKELIHOOD + "Setting the derivative with respect to $\\mu_k$ to zero, "
    assert words(said + r"$$\sum_{n=1}^N r_{nk} (x_n - \mu_k) = 0.$$")[-1] == "proved"
    assert words(said + r"$$\sum_{n=1}^N r_{nk} (x_n - 2 \mu_k) = 0.$$")[-1] != "proved"
