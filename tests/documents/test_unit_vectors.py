r"""Vectors that words call unit vectors where they are laid down: ``$u \in \mathbb{R}^d$ be a unit vector``."""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged

PROJECTION = r"$\|x - u u^T x\|^2 = \|x\|^2 - (u^T x)^2$"
GIVEN = r"Let $x \in \mathbb{R}^d$. "


@pytest.mark.parametrize(
    "said",
    [
        r"Let $u \in \mathbb{R}^d$ be a unit vector.",
        r"Let $S \in \mathbb{R}^{d \times d}$ be symmetric and $u \in \mathbb{R}^d$ a unit vector.",
        r"Let $u, v \in \mathbb{R}^d$ be unit vectors.",
        r"Let $u \in \mathbb{R}^d$ have unit norm.",
        r"Let $v \in \mathbb{R}^d$ and $u\in\mathbb R^d$ be two unit vectors.",
    ],
)
def test_it_has_length_one_from_here_on(words: Judged, said: str) -> None:
    assert words(f"{GIVEN}{said} Then {PROJECTION}.") == ["proved"]
    assert words(f"{GIVEN}{said} Then {PROJECTION}.\n\nMoreover $x^T x = 1$.") == ["proved", "refuted"]
    assert words(rf"{GIVEN}{said} Now let $u \in \mathbb{{R}}^d$ be arbitrary. Then {PROJECTION}.") == ["refuted"]


@pytest.mark.parametrize("each", ["a", "any", "every", "each"])
def test_for_each_of_them_holds_in_its_sentence_alone(words: Judged, each: str) -> None:
    said = rf"{GIVEN}For {each} unit vector $u \in \mathbb{{R}}^d$ we have {PROJECTION}."
    assert words(said) == ["proved"]
    assert words(rf"{said} In general {PROJECTION}.") == ["proved", "refuted"]
    assert words(rf"{said} For any $u \in \mathbb{{R}}^d$ we have {PROJECTION}.") == ["proved", "refuted"]
    known = rf"Let $x, u \in \mathbb{{R}}^d$. For {each} unit vector $u$ we have {PROJECTION}."
    assert words(rf"{known} For any $u$ we have {PROJECTION}.") == ["proved", "refuted"]


@pytest.mark.parametrize(
    "said",
    [
        r"Let $u \in \mathbb{R}^d$ be a vector, not a unit vector.",
        r"Let $u \in \mathbb{R}^d$; we do not ask for a unit vector.",
        r"Let $u \in \mathbb{R}^d$, which is not a unit vector.",
        r"Let $u = 2 x$ and let $v \in \mathbb{R}^d$ be a unit vector.",
        r"Let $u \in \mathbb{R}^d$. Unit vectors are treated below.",
        r"This is no unit vector $u \in \mathbb{R}^d$.",
        r"Whenever we have a unit vector $u \in \mathbb{R}^d$, all is well.",
    ],
)
def test_what_is_none_is_not_called_so(words: Judged, said: str) -> None:
    assert "proved" not in words(f"{GIVEN}{said} Then {PROJECTION}.")[-1:]


def test_an_eigenvector_of_length_one(words: Judged) -> None:
    given = r"Let $S \in \mathbb{R}^{d \times d}$ be symmetric and let $u \in \mathbb{R}^d$ be a unit vector."
    assert words(rf"{given} Suppose $S u = \lambda u$. Then $u^T S u = \lambda$.") == ["proved"]
    assert words(rf"{given} Suppose $S u = \lambda u$. Then $u^T S u = 2 \lambda$.") == ["refuted"]
    assert words(rf"{given} Suppose $S u = \lambda u$. Then $\operatorname{{tr}}(S) = \lambda$.") == ["refuted"]
