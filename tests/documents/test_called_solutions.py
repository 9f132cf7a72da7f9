r"""``so the mode is $m = …$``: a new name for what has been solved for; and in what the log of a posterior is differentiated."""

from __future__ import annotations

import pytest

from tests.documents.judging import Answers

MODEL = r"""<!--: X \in \mathbb{R}^{N \times D} ; y \in \mathbb{R}^N ; w, u \in \mathbb{R}^D ; S \in \mathbb{R}^{D \times D} posdef ;
\beta > 0 -->
The log POSTERIOR is, up to a constant,
$$\log p(w | y) = -\frac{\beta}{2} \|y - X w\|^2 - \frac{1}{2} (w - u)^T S^{-1} (w - u) + \text{const}.$$
"""
POSTERIOR = MODEL.replace("POSTERIOR", "posterior density")
ZERO = r"Setting its gradient to zero, $$\beta X^T (y - X w) SIGN S^{-1} (w - u) = 0,$$ "
SOLVED = r"m = (S^{-1} + \beta X^T X)^{-1} (S^{-1} u + \beta X^T y)"


@pytest.mark.parametrize(("sign", "verdict"), [("-", "proved"), ("+", "refuted")])
def test_the_gradient_of_a_posterior_is_in_what_it_is_about(answers: Answers, sign: str, verdict: str) -> None:
    assert answers(POSTERIOR + ZERO.replace("SIGN", sign))[-1] == (verdict, "step")


def test_where_words_do_not_say_whether_it_is_one(answers: Answers) -> None:
    text = MODEL.replace("POSTERIOR", "of the posterior, likelihood times prior,") + ZERO.replace("SIGN", "+")
    assert answers(text)[-1] == ("proved", "equation")


@pytest.mark.parametrize(
    "words", ["so the mode is", "and the posterior mode is given by", "hence our estimate becomes"]
)
@pytest.mark.parametrize(
    ("solution", "verdict"),
    [(SOLVED, "proved"), (SOLVED.replace("u + ", "u - "), "refuted"), (SOLVED.replace("X^T y", "2 X^T y"), "refuted")],
)
def test_a_new_name_for_the_solution(answers: Answers, words: str, solution: str, verdict: str) -> None:
    word, kind = answers(f"{POSTERIOR}{ZERO.replace('SIGN', '-')}{words} $${solution}.$$")[-1]
    assert word == verdict
    assert kind != "definition"


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("We define", SOLVED.replace("u + ", "u - ")),
        ("With the notation", SOLVED.replace("u + ", "u - ")),
        ("the mean of the estimate is", r"m = u^T u"),  # a number is no solution for a vector
    ],
)
def test_a_name_for_something_else(answers: Answers, words: str, value: str) -> None:
    assert answers(f"{POSTERIOR}{ZERO.replace('SIGN', '-')}{words} $${value}.$$")[-1] == ("proved", "definition")


def test_the_solution_for_two_at_once_has_no_one_name(answers: Answers) -> None:
    text = r"""<!--: w, u, a, b \in \mathbb{R}^D -->
$$E = \|w - a\|^2 + \|u - b\|^2$$
Setting the derivatives to zero, $$\frac{\partial E}{\partial w} = 2 (w - a) = 0, \qquad \frac{\partial E}{\partial u} = 2 (u - b) = 0,$$
so the solution is $$m = a + b.$$"""
    assert answers(text)[-1] == ("proved", "definition")
