"""Numbers that are drawn uniformly from an interval: means are integrals over it."""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged

DRAWN = r"If $w \sim \mathcal{U}(-a, a)$ with $a > 0$, then "


@pytest.mark.parametrize("name", [r"\mathcal{U}", r"\mathrm{Unif}", r"\mathrm{Uniform}", "U"])
def test_however_it_is_called(words: Judged, name: str) -> None:
    text = DRAWN.replace(r"\mathcal{U}", name) + r"$$\mathbb{E}[w] = 0, \qquad \operatorname{Var}(w) = \frac{a^2}{3}$$"
    assert words(text) == ["proved", "proved"]


@pytest.mark.parametrize(
    ("line", "word"),
    [
        (r"\mathbb{E}[w^2] = \frac{a^2}{3}", "proved"),
        (r"\operatorname{Var}(w) = \frac{a^2}{12}", "refuted"),
        (r"\operatorname{Var}(w) = \frac{a^2}{6}", "refuted"),
        (r"\operatorname{Var}(w) = \frac{1}{2a} \int_{-a}^a w^2 \, dw", "proved"),
        (r"\operatorname{Var}(w) = \int_{-a}^a w^2 \, dw", "refuted"),
        (r"\mathbb{E}[2 w + 1] = 1", "proved"),
        (r"\mathbb{E}[w] = a", "refuted"),
    ],
)
def test_moments(words: Judged, line: str, word: str) -> None:
    assert words(f"{DRAWN}$${line}$$")[-1] == word


@pytest.mark.parametrize(
    ("line", "word"),
    [
        (r"\mathbb{E}[w^4] = \frac{a^4}{5}", "proved"),
        (r"\mathbb{E}[w^4] = \frac{a^4}{4}", "refuted"),
        (r"\mathbb{E}[w^3] = 0", "proved"),
        (r"\mathbb{E}[e^w] = 1", "refuted"),
    ],
)
def test_other_moments(words: Judged, line: str, word: str) -> None:
    assert words(f"{DRAWN}$${line}$$")[-1] == word


def test_divergences_of_what_is_zero_somewhere_are_not_read(words: Judged) -> None:
    line = r"\mathrm{KL}(\mathrm{Unif}(0, 1) \| \mathrm{Unif}(0, 2)) = \log 2"
    assert words(f"We have\n$${line}$$")[-1] == "unread"


@pytest.mark.parametrize(
    "text",
    [
        r"<!--: w \in \mathbb{R}^d ; a > 0 -->" + "\n" + DRAWN,  # a vector, of which no entry is spoken of
        r"Let $w_1, w_2 \sim \mathcal{U}(-a, a)$ with $a > 0$ and $w = w_1 + w_2$. Then ",
    ],
)
def test_what_is_no_number_is_not_taken(words: Judged, text: str) -> None:
    assert words(text + r"$$\operatorname{Var}(w) = \frac{a^2}{3}$$")[-1] != "proved"
