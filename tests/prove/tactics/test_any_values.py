"""A step that holds whatever defined numbers are: not where a derivative goes through what they stand for."""

from __future__ import annotations

import pytest

from derive.judge import judge
from derive.language.claims import Claim, Step
from derive.language.context import Context
from derive.language.verdicts import Proved
from derive.prove.tactics.any_values import generalised
from derive.read.declarations import declare
from derive.read.latex import read_relation

CONTEXT = declare(
    r"index n = 1..N ; j, k = 1..K ; x_n, w_k \in \mathbb{R}^d ; y_n \in \mathbb{R} ; \pi_k > 0 ;"
    r"let r_{nk} := \frac{\pi_k e^{-(y_n - w_k^T x_n)^2}}{\sum_{j=1}^K \pi_j e^{-(y_n - w_j^T x_n)^2}}"
)
NORMAL = r"\sum_{n=1}^N r_{nk} x_n x_n^T w_k = \sum_{n=1}^N r_{nk} y_n x_n"


def step(context: Context, given: tuple[str, ...], goal: str) -> Step:
    return Step(tuple(read_relation(text, context) for text in given), (read_relation(goal, context),))


def is_proved(context: Context, given: tuple[str, ...], goal: str) -> bool:
    return isinstance(judge(Claim("t", step(context, given, goal), context)), Proved)


def test_an_equation_is_solved_whatever_the_weights_are() -> None:
    right = r"w_k = (\sum_{n=1}^N r_{nk} x_n x_n^T)^{-1} \sum_{n=1}^N r_{nk} y_n x_n"
    wrong = r"w_k = (\sum_{n=1}^N r_{nk} x_n x_n^T)^{-1} \sum_{n=1}^N r_{nk} x_n"
    assert is_proved(CONTEXT, (NORMAL,), right)
    assert not is_proved(CONTEXT, (NORMAL,), wrong)


SLOPES = declare(
    r"index n = 1..N ; v, c, u_n \in \mathbb{R} ; let g_n := u_n v ; let h_n := \frac{\partial g_n}{\partial v} ;"
    r"function q(c) := c \frac{\partial}{\partial v} \sum_{n=1}^N g_n"
)


@pytest.mark.parametrize(
    ("given", "goal"),
    [
        ((r"g_n = c",), r"\frac{\partial g_n}{\partial v} = 0"),
        ((r"g_n = c",), r"h_n = 0"),
        ((r"g_n = c",), r"q(1) + g_n = c"),
    ],
)
def test_a_goal_with_a_derivative_in_it_is_left_as_it_is(given: tuple[str, ...], goal: str) -> None:
    assert generalised(step(SLOPES, given, goal), SLOPES) is None
    assert not is_proved(SLOPES, given, goal)


@pytest.mark.parametrize("given", [r"\frac{\partial g_n}{\partial v} = g_n", r"h_n = g_n", r"q(1) = g_n", r"h_n = 1"])
def test_a_derivative_that_is_given_is_not_one_of_any_numbers(given: str) -> None:
    # of any numbers g_n the derivative would be zero, and so would be what it equals
    assert not is_proved(SLOPES, (given, "g_n = c"), "c = 0")
    general = generalised(step(SLOPES, (given, "g_n = c"), "g_n = 2 c"), SLOPES)
    assert general is not None
    assert len(general[0].hypotheses) == 1


def test_a_fact_about_a_derivative_is_no_fact_of_any_numbers() -> None:
    context = declare(r"assume \frac{\partial g_1}{\partial v} = 1", SLOPES)
    assert not is_proved(context, ("g_n = c",), "g_n = 2 c")
    general = generalised(step(context, ("g_n = c",), "g_n = 2 c"), context)
    assert general is not None
    assert not general[1].facts


def test_what_only_the_definition_says_is_not_lost() -> None:
    assert is_proved(SLOPES, ("g_n = c",), "u_n v = c")
