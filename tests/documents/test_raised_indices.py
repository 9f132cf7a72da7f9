r"""``w^{(i)}`` of a w that nothing declares is member i of a family, never a power of one number."""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged, notes

LOSS = r"Let $J(t) = \sum_{i=1}^m w^{(i)} (t^\top x^{(i)} - y^{(i)})^2$ with $x^{(i)}, t \in \mathbb{R}^n$. Then "


def test_they_are_numbers_of_their_own(words: Judged) -> None:
    assert words(LOSS + r"$$w^{(1)} w^{(2)} = w^{(3)}$$")[-1] == "refuted"
    assert words(LOSS + r"$$(y^{(1)})^2 = y^{(2)}$$")[-1] == "refuted"
    assert (
        words(LOSS + r"$$\nabla_t J(t) = 2 \sum_{i=1}^m w^{(i)} (t^\top x^{(i)} - y^{(i)}) x^{(i)}$$")[-1] == "proved"
    )


@pytest.mark.parametrize("name", [r"\sigma", "w", r"\hat{y}"])
def test_as_an_index_below(words: Judged, name: str) -> None:
    raised = rf"<!--: index i = 1..m --> Let $J = \sum_{{i=1}}^m ({name}^{{(i)}} - 1)^2$. Then "
    assert (
        words(raised + rf"$$J = \sum_{{i=1}}^m ({name}^{{(i)}})^2 - 2 \sum_{{i=1}}^m {name}^{{(i)}} + m$$")[-1]
        == "proved"
    )
    assert words(raised + rf"$$({name}^{{(1)}})^2 = {name}^{{(2)}}$$")[-1] == "refuted"


def test_a_plain_exponent_is_a_power(words: Judged) -> None:
    given = r"<!--: index i = 1..m ; w \in \mathbb{R} --> Then "
    assert words(given + r"$$w \sum_{i=1}^m w^i = \sum_{i=1}^m w^{i+1}$$") == ["proved"]
    assert words(given + r"$$w^{(i)} w = w^{i + 1}$$") == ["unread"]  # what is meant is not clear


def test_a_case_of_what_was_about_any_weights(words: Judged) -> None:
    text = (
        r"Let $J(t) = \sum_{i=1}^m w_i (t - x_i)^2$ with $x_i \in \mathbb{R}$. Then $$J'(t) = 2 \sum_{i=1}^m w_i (t - x_i)$$ "
        r"So it is the same as minimising $J$ with $w_i = \frac1{2 s_i}$."
    )
    assert words(text)[1] == "proved"
    assert words(text.replace("= 2 ", "= "))[1] == "refuted"
    assert r"w_{i} \in \mathbb{R}" in notes(text)


def test_a_value_need_not_be_as_the_variable_is_declared(words: Judged) -> None:
    given = r"<!--: x > 0 ; u \in \mathbb{R} --> Then "
    assert words(given + r"$$\left. \sqrt{x^2} \right|_{x = u} = u$$")[-1] != "proved"
    assert words(given + r"$$\left. \sqrt{x^2} \right|_{x = -2} = -2$$")[-1] != "proved"
