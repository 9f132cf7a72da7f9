"""What is compared, or called an extremum, where a derivative was set to zero; and claims of a part of the line."""

from __future__ import annotations

from tests.documents.test_by_powers import notes, verdicts

DUAL = r"""For $t_i, u_i \in \mathbb{R}$ and $r > 0$ let
$$ F(t, a, b) = \sum_{i=1}^n (r t_i - a_i t_i - b_i t_i), $$
with multipliers $a_i \ge 0$ and $b_i \ge 0$. The derivative is
$$ \frac{\partial F}{\partial t_i} = r - a_i - b_i = 0 . $$
Nothing else is needed.

"""
BEGUN = ["proved"] * 3


def test_a_reason_makes_a_comparison_one_at_the_solution() -> None:
    assert verdicts(DUAL + r"Since $a_i \ge 0$, we have $b_i \le r$.") == [*BEGUN, "proved"]
    assert verdicts(DUAL + r"Because $a_i \ge 0$, it holds that $b_i \le \frac{r}{2}$.") == [*BEGUN, "refuted"]


def test_without_words_both_are_judged() -> None:
    assert verdicts(DUAL + r"Also $a_i \le r$.") == [*BEGUN, "undecided"]
    assert verdicts(DUAL + r"Also $a_i \le \frac{r}{2}$.") == [*BEGUN, "refuted"]
    assert verdicts(DUAL + r"Also $a_i + b_i \ge 0$.") == [*BEGUN, "proved"]


def test_what_the_equations_do_not_speak_of_is_claimed_for_itself() -> None:
    assert verdicts(DUAL + r"Clearly $u_i \le r$.") == [*BEGUN, "refuted"]


# -- extrema before their formula ---------------------------------------------------------------------------------------
CUP = r"""Given $s_1, \dots, s_n > 0$ let $B(t) = \frac1n \sum_{i=1}^n (s_i - t)^2$. Since
$B'(t) = -\frac2n \sum_{i=1}^n (s_i - t)$, the minimiser is $t = \frac1n \sum_{i=1}^n s_i$."""


def test_the_words_before_say_which_extremum() -> None:
    assert verdicts(CUP) == ["proved"] * 3
    assert "min there, as the words before it say" in notes(CUP)
    assert verdicts(CUP.replace("the minimiser", "the maximiser")) == ["proved", "proved", "refuted"]
    assert verdicts(CUP.replace("the minimiser", "the stationary point")) == ["proved"] * 3


def test_in_a_display_and_after_setting_to_zero() -> None:
    text = r"""Let $A \in \mathbb{R}^{m \times m}$ be symmetric positive definite, $c \in \mathbb{R}^m$ and
$F(u) = c^T u - \frac12 u^T A u$. The gradient is $$\nabla F(u) = c - A u.$$
Setting it to zero, the maximiser is $$u = A^{-1} c .$$"""
    assert verdicts(text) == ["proved"] * 3
    assert verdicts(text.replace("the maximiser", "the minimum")) == ["proved", "proved", "refuted"]


# -- a part of the line -------------------------------------------------------------------------------------------------
PIECES = r"Let $q(t) = \max(0, t - 2)^3$ with $t \in \mathbb{R}$. "


def test_a_derivative_where_a_bound_says_which_piece_it_is() -> None:
    text = PIECES + r"For $t < 2$ we have $q'(t) = 0$ and $q(t) = 0$; for $t > 2$, $q'(t) = 3 (t - 2)^2$."
    assert verdicts(text) == ["proved"] * 4
    wrong = text.replace(r"$t < 2$ we", r"$t < 3$ we")
    assert verdicts(wrong)[1:3] != ["proved", "proved"]
    assert verdicts(text.replace("for $t > 2$", "for $t > 1$"))[-1] != "proved"


def test_that_it_is_zero_there_is_claimed() -> None:
    assert verdicts(PIECES + r"For $t > 2$ we have $q'(t) = 0$.") == ["proved", "refuted"]
    solved = r"Let $k(x) = x^3 - 3 x$. For $x > 0$, $k'(x) = 0$ gives $x = 1$."
    assert verdicts(solved) == ["proved"] * 3
