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


def test_a_letter_of_an_earlier_section_may_be_a_density_now(words: Judged) -> None:
    text = r"""%: index i = 1..I
\section{A}
Let $p_i > 0$ with $\sum_{i=1}^I p_i = 1$. Then \[ \sum_{i=1}^I 2 p_i = 2 . \]
\section{B}
""" + LETS[0]
    assert words(text + r" Then \[ \mathbb{E}_{x \sim q}\left[ \frac{p(x)}{q(x)} \right] = 1 . \]") == ["proved"] * 2
    assert words(text + r" Then \[ \mathbb{E}_{x \sim q}\left[ \frac{p(x)}{q(x)} \right] = 3 . \]")[-1] != "proved"


MOMENTS = r"""%: index n = 1..N
Let $W, V \in \mathbb{R}^{m \times d}$ and let $C_n \in \mathbb{R}^{d \times d}$ be the fixed SAID. Then
\[ \nabla_W \sum_{n=1}^N \operatorname{tr}(W C_n W^\top) = 2 \sum_{n=1}^N W C_n . \]"""


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (r"second moments $W^\top W$, symmetric", "proved"),
        (r"second moments", "refuted"),
        (r"transpose of $V^\top V$, symmetric", ""),
        (r"moments $V^\top V$, symmetric or not", ""),
    ],
)
def test_a_property_behind_what_a_matrix_also_is(words: Judged, said: str, expected: str) -> None:
    found = words(MOMENTS.replace("SAID", said))[-1]
    assert found == expected if expected else found != "proved"
