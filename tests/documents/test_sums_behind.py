"""What weights add up to: said right behind the display that uses it, and of all members of a joint distribution."""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged

INDEX = "%: index i = 1..I ; j = 1..J\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"Let $q_i > 0$ be numbers. \[ \sum_{i=1}^I 2 q_i = 2, \] where $\sum_{i=1}^I q_i = 1$.", ["proved"]),
        (r"Let $q_i > 0$ be numbers. \[ \sum_{i=1}^I 2 q_i = 3, \] where $\sum_{i=1}^I q_i = 1$.", ["refuted"]),
        (r"\[ \sum_{i=1}^I 2 q_i = 2, \] where $q_i > 0$ with $\sum_{i=1}^I q_i = 1$.", ["proved"]),
        (r"\[ \sum_{i=1}^I 2 q_i = 2, \] where $q_i > 0$ and $\sum_{i=1}^I q_i = 1$.", ["proved"]),
        (r"\[ \sum_{i=1}^I 2 q_i = 3, \] where $q_i > 0$ with $\sum_{i=1}^I q_i = 1$.", ["refuted"]),
    ],
)
def test_a_sum_behind_a_display_is_used_in_it(words: Judged, text: str, expected: list[str]) -> None:
    assert words(INDEX + text)[: len(expected)] == expected


@pytest.mark.parametrize(
    "text",
    [
        r"Let $q_i > 0$ be numbers. \[ \sum_{i=1}^I 2 q_i = 2, \] so $\sum_{i=1}^I q_i = 1$.",
        r"Let $q_i > 0$ be numbers. \[ \sum_{i=1}^I 2 q_i = 2. \] Here $\sum_{i=1}^I q_i = 1$.",
        r"Let $q_i > 0$ be numbers. \[ \sum_{i=1}^I 2 q_i = 2, \] where $\sum_{i=1}^I q_i = 3$.",
        r"Let $e_i > 0$ and $q_i = 2 e_i$. \[ \sum_{i=1}^I 2 q_i = 2, \] where $\sum_{i=1}^I q_i = 1$.",
    ],
)
def test_what_is_concluded_or_defined_is_no_fact(words: Judged, text: str) -> None:
    assert "refuted" in words(INDEX + text)


JOINT = r"Let $p_{ij} > 0$ be the joint distribution of two variables, $\sum_{i=1}^I \sum_{j=1}^J "


def test_joint_probabilities_add_up_to_one(words: Judged) -> None:
    told = INDEX + JOINT + r"p_{ij} = 1$, with marginals \[ a_i = \sum_{j=1}^J p_{ij}. \] "
    assert words(told + r"\[ \sum_{i=1}^I a_i = 1 \]")[-1] == "proved"
    assert words(told + r"\[ \sum_{i=1}^I a_i = J \]")[-1] == "refuted"


@pytest.mark.parametrize(
    "text",
    [
        JOINT + r"p_{ij} = 2$.",
        JOINT + r"p_{ij}^2 = 1$.",
        r"Let $p_{ij} > 0$ be numbers, so $\sum_{i=1}^I \sum_{j=1}^J p_{ij} = 1$.",
        r"Let $p_{ij} > 0$ be numbers and $w_{ij} = 2 p_{ij}$. Then $\sum_{i=1}^I \sum_{j=1}^J p_{ij} = 1$.",
    ],
)
def test_other_double_sums_are_claims(words: Judged, text: str) -> None:
    assert words(INDEX + text)[-1] == "refuted"
