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


def test_a_density_beside_a_size_of_its_letter(words: Judged) -> None:
    text = r"<!--: x, m \in \mathbb{R}^p ; y \in \{0, 1\} -->" + "\n"
    value = r"\frac{1}{(2 \pi)^{p/2}} \exp\left(-\frac12 (x - m)^T (x - m)\right)"
    log = r"-\frac{p}{2} \log (2 \pi) - \frac12 (x - m)^T (x - m)"
    for call in ("p(x | y = 1)", "p(x)", "p(x | m)"):
        assert words(rf"{text}$${call} = {value}$$ $$\log {call} = {log}$$") == ["proved", "proved"]
        assert words(rf"{text}$${call} = {value}$$ $$\log {call} = {log} + p$$") == ["proved", "refuted"]
