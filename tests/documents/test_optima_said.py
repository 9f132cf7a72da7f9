r"""Optima that sentences claim of what stands before them, and of names with a mark."""

from __future__ import annotations

import pytest

from .judging import Judged

WEIGHTS = (
    r"Let $c_1, \dots, c_V > 0$, $p_1, \dots, p_V > 0$ and $a > 0$. Put $$ F(p) = \sum_{v=1}^V (c_v + a) \log p_v , $$ "
)


@pytest.mark.parametrize(
    ("words_between", "value", "verdict"),
    [
        (r"which under $\sum_v p_v = 1$ is maximised by", r"\frac{c_v + a}{\sum_{u=1}^V (c_u + a)}", "proved"),
        (r"which under $\sum_v p_v = 1$ is maximised by", r"\frac{c_v + a}{\sum_{u=1}^V c_u + a}", "refuted"),
        (r"which under $\sum_v p_v = 1$ is maximised by", r"\frac{c_v}{\sum_{u=1}^V c_u}", "refuted"),
        (r"which under $\sum_v p_v = 1$ is minimised by", r"\frac{c_v + a}{\sum_{u=1}^V (c_u + a)}", "refuted"),
        (r"which is maximised by", r"\frac{c_v + a}{\sum_{u=1}^V (c_u + a)}", "refuted"),
    ],
)
def test_the_function_before(words_between: str, value: str, verdict: str, words: Judged) -> None:
    """The greatest value of Σ w_v log p_v on the simplex is at w_v / Σ_u w_u; without the constraint there is none."""
    assert words(f"{WEIGHTS}{words_between} $$ \\hat p_v = {value} . $$")[-1] == verdict


def test_the_best_value_has_its_name_from_there_on(words: Judged) -> None:
    text = r"Let $b \in \mathbb{R}$ and $x \in \mathbb{R}$. Put $$ f(x) = x^2 - 2 b x . $$ It is minimised at $$ \hat x = b . $$ "
    assert words(text + r"So $$ f(\hat x) = -b^2 . $$ So $$ f(\hat x) = b^2 . $$")[-3:] == [
        "proved",
        "proved",
        "refuted",
    ]


def test_of_what_no_function_stands_before_nothing_is_claimed(words: Judged) -> None:
    text = r"Let $b \in \mathbb{R}$ and $x \in \mathbb{R}$. It is known that this is maximised by $x = b$."
    assert "refuted" not in words(text)
    assert "proved" not in words(text)


def test_numbers_in_one_hot_form(words: Judged) -> None:
    text = "<!--: index n = 1..N ; k = 1..K -->\n<!--: t_{nk} binary -->\nThe class $t_n$ is in one-hot form. "
    assert words(text + r"Then $\sum_{k=1}^K t_{nk} = 1$, and $\sum_{n=1}^N t_{nk} = 1$.") == ["proved", "refuted"]
    assert words(text.replace("one-hot", "closed") + r"Then $\sum_{k=1}^K t_{nk} = 1$.") == ["refuted"]


PLANE = r"Let $x, y \in \mathbb{R}$, $a > 0$ and $f(x, y) = (x - a)^2 + (y - x)^2$. "


@pytest.mark.parametrize(
    ("said", "verdicts"),
    [
        (r"It is minimal for $x = a$, $y = a$.", "proved"),
        (r"It is minimal for $x = a$ and $y = a$.", "proved"),
        (r"It is minimal for $x = a$, $y = 2 a$.", "refuted"),
        (r"It is minimal for $x = 2 a$, $y = 2 a$.", "refuted"),
    ],
)
def test_a_place_of_two_coordinates(said: str, verdicts: str, words: Judged) -> None:
    assert words(PLANE + said)[-1:] == [verdicts]


@pytest.mark.parametrize(
    ("line", "word"),
    [
        (r"\arg\max_s -(s-c)^2 = c", "proved"),
        (r"\arg\max_s -(s-2c)^2 = c", "refuted"),
        (r"\arg\max_s -(s-2c)^2 = m", "proved"),
        (r"\arg\max_s -(s-c)^2 = m", "refuted"),
        (r"\hat s = \arg\max_s -(s-2c)^2 = 3 c", "refuted"),
    ],
)
def test_the_place_of_an_optimum_that_is_named_by_something_known(words: Judged, line: str, word: str) -> None:
    assert words(f"<!--: s \\in \\mathbb{{R}} ; c > 0 ; let m := 2 c -->\n$${line}$$")[-1] == word
