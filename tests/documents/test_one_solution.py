"""Solutions that are said to be one of several: ``one of the solutions is $p^* = 1$``."""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged

PLANE = r"""<!--: a, b \in \mathbb{R} -->
Let $$f(a, b) = (a + b - 1)^2.$$ Setting the derivatives to zero, $$2 (a + b - 1) = 0,$$ """
CUBIC = r"""<!--: p \in \mathbb{R} -->
Let $$g(p) = p^3 - 3 p.$$ Setting the derivative to zero, $3 p^2 - 3 = 0$, """


@pytest.mark.parametrize(
    ("said", "verdict"),
    [
        (r"and $a^* = 1$, $b^* = 0$ is one solution.", "proved"),
        (r"so $a = 2$ and $b = -1$ is a solution.", "proved"),
        (r"and a solution is $a = 3, b = -2$.", "proved"),
        (r"and $a^* = 1$, $b^* = 1$ is one solution.", "refuted"),
        (r"so $a = 2$ and $b = 1$ solves both.", "refuted"),
    ],
)
def test_of_two_quantities(words: Judged, said: str, verdict: str) -> None:
    assert words(PLANE + said) == ["proved", "proved", verdict]


@pytest.mark.parametrize(
    ("said", "verdict"),
    [
        (r"and one of the solutions is $$p^* = 1.$$", "proved"),
        (r"and a stationary point is $p = -1$.", "proved"),
        (r"and another root is $$p^* = 2.$$", "refuted"),
        (r"and the solution is $$p = 1.$$", "refuted"),  # it is not the only one
    ],
)
def test_of_one(words: Judged, said: str, verdict: str) -> None:
    assert words(CUBIC + said)[-1] == verdict


def test_its_name_stands_for_it(words: Judged) -> None:
    text = CUBIC + r"and one of the solutions is $$p^* = 1.$$ Then $$g(p^*) = "
    assert words(f"{text}-2.$$")[-1] == "proved"
    assert words(f"{text}2.$$")[-1] == "refuted"


def test_a_solution_in_part_is_none(words: Judged) -> None:
    assert words(PLANE + r"and $a^* = 1$ is one solution.")[2:] != ["proved"]
