"""The point of a normal density that nothing declares is of the space of its mean.

The expectations are written by hand from the mathematics.
"""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged, notes

DENSITY = (
    r"<!--: m \in \mathbb{R}^d ; s \in \mathbb{R}^d positive ; a \in \mathbb{R} ; c > 0 -->" + "\n"
    r"Let $q(z) = \mathcal{N}(z \mid MEAN, SPREAD)$. Then $$ CLAIM $$"
)


def density(mean: str, spread: str, claim: str) -> str:
    return DENSITY.replace("MEAN", mean).replace("SPREAD", spread).replace("CLAIM", claim)


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        (r"\mathbb{E}_{q(z)}[z^\top z] = m^\top m + \sum_{j=1}^d s_j^2", "proved"),
        (r"\mathbb{E}_{q(z)}[z^\top z] = m^\top m + \sum_{j=1}^d s_j", "refuted"),
    ],
)
def test_a_vector(words: Judged, claim: str, verdict: str) -> None:
    assert words(density("m", r"\operatorname{diag}(s^2)", claim)) == ["proved", verdict]


@pytest.mark.parametrize("mean", ["m", "2 m"])
def test_it_is_listed(mean: str) -> None:
    assert r"z \in \mathbb{R}^{d}" in notes(density(mean, r"\operatorname{diag}(s^2)", r"q(z) > 0"))


def test_a_number_stays_one(words: Judged) -> None:
    text = density("a", "c", r"\mathbb{E}_{q(z)}[z^2] = a^2 + c")
    assert words(text)[-1] == "proved"
    assert r"z \in \mathbb{R}^" not in notes(text)


@pytest.mark.parametrize(("mean", "spread"), [("0", "I"), ("w", "I")])
def test_nothing_is_said_where_it_does_not_fit_or_the_mean_has_no_shape(mean: str, spread: str) -> None:
    assert r"z \in \mathbb{R}^{d}" not in notes(density(mean, spread, r"q(z) > 0"))
