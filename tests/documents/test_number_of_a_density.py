r"""A number with the letter of a function: ``With $p = b / (1 + b)$`` beside a density ``p(\lambda)``."""

from __future__ import annotations

import pytest

from .judging import Judged

PRIOR = r"<!--: a, b > 0 ; \lambda > 0 -->" + "\n" + r"Put $$ p(\lambda) = b e^{-b \lambda} $$ on the rate. "


@pytest.mark.parametrize(
    ("said", "verdicts"),
    [
        (r"With $p = \frac{b}{1 + b}$ we get $1 - p = \frac{1}{1 + b}$.", ["proved", "proved"]),
        (r"With $p = \frac{b}{1 + b}$ we get $1 - p = \frac{b}{1 + b}$.", ["proved", "refuted"]),
    ],
)
def test_it_is_set(said: str, verdicts: list[str], words: Judged) -> None:
    assert words(PRIOR + said)[1:] == verdicts


@pytest.mark.parametrize(
    "said",
    [
        r"We see that $p = \frac{b}{1 + b}$.",
        r"With $p = 2 b e^{-b \lambda}$ it goes on.",
        r"With $p = \lambda p$ it goes on.",
        r"With $p = 1$ it goes on.",
    ],
)
def test_what_speaks_of_the_density_sets_nothing(said: str, words: Judged) -> None:
    assert words(PRIOR + said)[1:] != ["proved"]
