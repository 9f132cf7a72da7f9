"""What an objective is worth at its solution, under a new name; and an objective that is given anew with more in it."""

from __future__ import annotations

import pytest

from tests.documents.judging import Answers

SOLVED = r"""<!--: x_n, w \in \mathbb{R}^D ; t_n \in \mathbb{R} ; index n, m = 1..N ; c > 0 ; a_n \in \mathbb{R} -->
$$E(w) = \frac{c}{2} \|w\|^2 - \sum_{n=1}^N a_n (w^T x_n - t_n)$$
$$\frac{\partial E}{\partial w} = c w - \sum_{n=1}^N a_n x_n = 0$$
so that $$w = \frac{1}{c} \sum_{n=1}^N a_n x_n.$$
"""
DUAL = r"\sum_{n=1}^N a_n t_n - \frac{1}{2 c} \sum_{n=1}^N \sum_{m=1}^N a_n a_m x_n^T x_m"


@pytest.mark.parametrize(
    "words",
    [
        "Substituting this back into $E$ gives the dual",
        "Plugging the solution in the Lagrangian, we obtain",
        "Eliminating $w$ from the objective yields",
    ],
)
@pytest.mark.parametrize(
    ("value", "verdict"),
    [
        (DUAL, "proved"),
        (DUAL.replace(r"\frac{1}{2 c}", r"\frac{1}{c}"), "refuted"),
        (DUAL.replace("a_n t_n", "a_n"), "refuted"),
    ],
)
def test_the_value_at_the_solution_is_claimed(answers: Answers, words: str, value: str, verdict: str) -> None:
    found = answers(f"{SOLVED}{words} $$g(a) = {value}.$$")
    assert found[-2:] == [("proved", "definition"), (verdict, "step")]


@pytest.mark.parametrize(
    "words", ["We define", "Put differently, let", "Substituting $c = 1$ somewhere else, define", "We call"]
)
def test_a_new_name_is_only_defined(answers: Answers, words: str) -> None:
    found = answers(f"{SOLVED}{words} $$g(a) = \\sum_{{n=1}}^N a_n.$$")
    assert found[-1] == ("proved", "definition")


VARIANT = r"""<!--: x_n, w \in \mathbb{R}^D ; t_n \in \mathbb{R} ; index n = 1..N ; c > 0 ; \xi_n \ge 0 -->
$$E(w) = \sum_{n=1}^N (w^T x_n - t_n)^2$$
"""
MORE = r"\sum_{n=1}^N (w^T x_n - t_n)^2 + c w^T w"


@pytest.mark.parametrize(
    "words", ["Adding a penalty,", "The regularised error is", "For the second model we have", "Adding a penalty gives"]
)
def test_what_it_was_and_more(answers: Answers, words: str) -> None:
    after = r"Its gradient is $$\nabla_w E = 2 \sum_{n=1}^N (w^T x_n - t_n) x_n + 2 c w$$"
    found = answers(f"{VARIANT}{words} $$E = {MORE}.$$ {after}")
    assert found == [("proved", "definition"), ("proved", "definition"), ("proved", "equality")]


@pytest.mark.parametrize(
    ("words", "body"),
    [
        ("Written out,", MORE),  # no word says that it is another one
        ("Hence, with the penalty,", MORE),
        ("Adding a penalty,", "c w^T w"),  # not what it was
        ("The regularised error is", r"2 \sum_{n=1}^N (w^T x_n - t_n)^2"),  # nothing new in it
    ],
)
def test_what_is_claimed_of_it(answers: Answers, words: str, body: str) -> None:
    assert answers(f"{VARIANT}{words} $$E = {body}.$$")[-1] == ("refuted", "equality")


LINE = r"""<!--: a, b \in \mathbb{R} ; a > 0 ; u \in \mathbb{R} -->
Let $f(x) = a x^2 - b x$. Setting the derivative to zero gives $$x = \frac{b}{2 a}.$$
"""


@pytest.mark.parametrize(
    "words",
    [
        "Hence the minimum value is",
        "The optimal value of $f$ is therefore",
        "The value at the solution is",
        "The minimal loss is",
    ],
)
@pytest.mark.parametrize(
    ("value", "verdict"),
    [(r"-\frac{b^2}{4 a}", "proved"), (r"-\frac{b^2}{2 a}", "refuted"), (r"\frac{b^2}{4 a}", "refuted")],
)
def test_the_least_value_under_a_new_name(answers: Answers, words: str, value: str, verdict: str) -> None:
    assert answers(f"{LINE}{words} $$m = {value}.$$")[-1] == (verdict, "step")


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (LINE, "The minimum distance is"),
        (LINE + "Now consider $$h(u) = u^2 + 1.$$ ", "The minimal value is"),  # nothing has been solved for u
        (LINE.partition("Setting")[0], "The minimum value is"),
    ],
)
def test_another_value(answers: Answers, said: str, words: str) -> None:
    assert answers(f"{said}{words} $$m = 3 b.$$")[-1] == ("proved", "definition")
