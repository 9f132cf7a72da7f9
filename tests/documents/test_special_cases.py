"""Claims about one case only: a size, two functions that are one. What holds there is said to hold there, and no further."""

from __future__ import annotations

import pytest

from derive.documents import read_document
from tests.documents.judging import Judged

FUNCTIONS = r"""
<!--: function p(x) density ; function q(x) density ; function f(x) ; function g(x) := f(x)^2 -->
Let $D(x) = \frac{p(x)}{p(x) + q(x)}$. """
SOFTMAX = r"""
<!--: index j, k = 1..K ; z_k \in \mathbb{R} ; function \sigma = logistic -->
Let $p_k = \frac{e^{z_k}}{\sum_j e^{z_j}}$. """


@pytest.mark.parametrize(
    ("text", "verdicts"),
    [
        (r"If $p = q$, then $D(x) = \frac12$.", ["proved"]),
        (r"If $p = q$, then $D(x) = \frac13$.", ["refuted"]),
        (r"We have $D(x) = \frac12$ when $p = q$.", ["proved"]),
        (r"If $p(x) = q(x)$ for all $x$, then $\int p(x) \log D(x) \, dx = -\log 2$.", ["proved"]),
        (r"If $p = q$, then $D(x) = \frac12$. Always $D(x) = \frac12$.", ["proved", "refuted"]),
        (r"At the optimum $p = q$ we get $$\int p(x) D(x) dx = \frac12$$ and $$\int q(x) D(x) dx = \frac12 .$$", 2 * ["proved"]),
        (r"If $p = q$, then $D(x) = \frac12$. With $f(x) = 1$ this is $D(x) = \frac12$.", 2 * ["proved"]),
        (r"We have $p = q$.", ["refuted"]),
        (r"If $f = g$, then $f(x) = f(x)^2$.", ["unread"]),
    ],
)  # fmt: skip
def test_functions_that_are_one(words: Judged, text: str, verdicts: list[str]) -> None:
    assert words(FUNCTIONS + text)[1:] == verdicts


@pytest.mark.parametrize(
    ("text", "verdicts"),
    [
        (r"For $K = 2$ we have $p_1 = \sigma(z_1 - z_2)$.", ["proved"]),
        (r"It is $p_1 = \sigma(z_1 - z_2)$ for $K = 2$.", ["proved"]),
        (r"$$p_1 = \sigma(z_1 - z_2) \quad \text{for } K = 2$$", ["proved"]),
        (r"$$p_1 = \sigma(z_1 - z_2)$$ for $K = 2$. And $p_1 = \sigma(z_1 - z_2)$.", ["proved", "refuted"]),
        (r"It is $p_1 = \sigma(z_1 + z_2)$ for $K = 2$.", ["refuted"]),
        (r"For $K = 2$, $p_1 = \sigma(z_1 - z_2)$. And $p_1 = \sigma(z_1 - z_2)$.", ["proved", "refuted"]),
    ],
)
def test_one_size(words: Judged, text: str, verdicts: list[str]) -> None:
    assert words(SOFTMAX + text)[1:] == verdicts


def test_the_case_is_part_of_what_is_claimed() -> None:
    claims = read_document(SOFTMAX + r"For $K = 2$ we have $p_1 = \sigma(z_1 - z_2)$.").derivation.claims
    assert [each.only for each in claims] == [(), ("K = 2",)]
    claims = read_document(FUNCTIONS + r"If $p = q$, then $D(x) = \frac12$.").derivation.claims
    assert [each.only for each in claims] == [(), ("p = q",)]
