"""Unknown densities and functions that a sentence lets be."""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged

LETS = (
    r"Let $p(x)$ and $q(x)$ be densities on $\mathbb{R}$ with $q(x) > 0$ and let $f(x)$ be a function.",
    r"Let $p(x)$ and $q(x)$ be two probability densities and $f(x)$ a function.",
    r"Suppose that $p$ and $q$ are densities, and let $f(x)$ be any function.",
)


@pytest.mark.parametrize("lets", LETS)
@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (r"\mathbb{E}_{x \sim p}[f(x)] = \mathbb{E}_{x \sim q}\left[ \frac{p(x)}{q(x)} f(x) \right]", "proved"),
        (r"\mathbb{E}_{x \sim p}[f(x)] = \mathbb{E}_{x \sim q}\left[ \frac{q(x)}{p(x)} f(x) \right]", ""),
        (r"\mathbb{E}_{x \sim q}\left[ \frac{p(x)}{q(x)} \right] = 1", "proved"),
        (r"\mathbb{E}_{x \sim q}\left[ \frac{p(x)}{q(x)} \right] = 2", ""),
        (r"\int p(x) \, dx = \int q(x) \, dx", "proved"),
        (r"\int f(x) \, dx = 1", ""),
        (r"\int p(x) f(x) \, dx = \int q(x) f(x) \, dx", ""),
    ],
)
def test_what_is_let_be_a_density(words: Judged, lets: str, line: str, expected: str) -> None:
    found = words(f"{lets} Then \\[ {line} . \\]")[-1]
    assert found == expected if expected else found in ("refuted", "undecided")


@pytest.mark.parametrize(
    "lets",
    [
        r"Let $p(x)$ be a density with mean $m$.",
        r"Let $p(x)$ be a density of the exponential family.",
        r"Let $p(x)$ be a density on $[0, 1]$.",
        r"Let $p(x)$ be a symmetric density.",
    ],
)
def test_where_more_is_said_nothing_is_taken(words: Judged, lets: str) -> None:
    assert words(lets + r" Then \[ \int p(x) \, dx = 1 . \]")[0] in ("unread", "undecided")
