"""``Write $\\epsilon = \\frac12 - \\gamma$``: the letter that is new is the one that is defined."""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged, notes

NUMBERS = "<!--: index t = 1..T ; a, b > 0 ; e_t, c_t > 0 ; x \\in \\mathbb{R} -->\nLet $e = \\frac{a}{a + b}$. "


@pytest.mark.parametrize(
    ("said", "line", "word"),
    [
        (r"Now write $e = \frac12 - g$. Then", r"4 e (1 - e) = 1 - 4 g^2", "proved"),
        (r"Now write $e = \frac12 - g$. Then", r"4 e (1 - e) = 1 - g^2", "refuted"),
        (r"Now write $e = \frac12 - g$. Then", r"g = \frac{b - a}{2 (a + b)}", "proved"),
        (r"We write the error as $e = \frac{1 + g}{2}$. Then", r"g = \frac{a - b}{a + b}", "proved"),
        (r"Write $e_t = \frac12 - g_t$. Then", r"4 e_t (1 - e_t) = 1 - 4 g_t^2", "proved"),
        (r"Write $e_t = \frac12 - g_t$. Then", r"\sum_t e_t = \frac{T}{2} - \sum_t g_t", "proved"),
        (r"Write $e = 2 g$. Then", r"g = \frac{a}{2 (a + b)}", "proved"),
        (r"Put $e = \frac{1}{g}$. Then", r"g = 1 + \frac{b}{a}", "proved"),
        (r"Write $e = g^2$. Then", r"2 e = 2 g^2", "proved"),
        (r"Write $e = 1 - g^2$. Then", r"g = \sqrt{1 - e}", "proved"),
        (r"Write $e_t = g_t^2$. Then", r"\sum_t e_t = \sum_t g_t^2", "proved"),
        (r"With $e = \frac12 - g$,", r"4 e (1 - e) = 1 - 4 g^2", "proved"),
        (r"With $e = \frac12 - g$,", r"4 e (1 - e) = 1 - g^2", "refuted"),
        (r"Letting $e = \frac12 - g$,", r"4 e (1 - e) = 1 - 4 g^2", "proved"),
        (r"For $e = \frac12 - g$", r"4 e (1 - e) = 1 - 4 g^2", "proved"),
        ("Write\n$$\ne = \\frac12 - g.\n$$\nThen", r"4 e (1 - e) = 1 - 4 g^2", "proved"),
    ],
)
def test_it_is_defined_by_what_is_known(words: Judged, said: str, line: str, word: str) -> None:
    assert words(f"{NUMBERS}{said} ${line}$.")[-1] == word


@pytest.mark.parametrize(
    ("said", "line"),
    [
        (r"Hence $e = \frac12 - g$. Then", r"4 e (1 - e) = 1 - 4 g^2"),
        (r"We have $e = \frac12 - g$. Then", r"4 e (1 - e) = 1 - 4 g^2"),
        (r"We cannot write $e = \frac12 - g$. Then", r"4 e (1 - e) = 1 - 4 g^2"),
        (r"Write $e = g - h$. Then", r"2 e = 2 g - 2 h"),
        (r"Write $e = g - g^2$. Then", r"2 g = 2 e + 2 g^2"),
    ],
)
def test_nothing_else_defines_it(words: Judged, said: str, line: str) -> None:
    assert words(f"{NUMBERS}{said} ${line}$.")[-1] not in ("proved", "refuted")


def test_what_is_known_is_not_defined_anew(words: Judged) -> None:
    assert words(NUMBERS + r"Write $e = 1 - \frac{b}{a + b}$. Then $e = 1 - \frac{a}{a + b}$.")[-1] == "refuted"
    assert "let g :=" in notes(NUMBERS + r"Write $e = \frac12 - g$. Then $g = \frac12 - e$.")


BOOSTED = r"""<!--: index i = 1..N ; D_i > 0 ; \sum_i D_i = 1 ; h_i, y_i \in \{-1, 1\} ; a \in \mathbb{R} -->
$$r = \sum_{i=1}^N D_i \mathbf{1}\{h_i \ne y_i\}$$
$$Z = \sum_{i=1}^N D_i e^{-a y_i h_i} = (1 - r) e^{-a} + r e^a$$
$$\frac{\partial Z}{\partial a} = -(1 - r) e^{-a} + r e^a = 0$$ so
$$a = \frac12 \log \frac{1 - r}{r}$$ and $$Z = 2 \sqrt{r (1 - r)} .$$ """


def test_what_has_been_solved_still_holds(words: Judged) -> None:
    assert words(BOOSTED + r"With $r = \frac12 - g$, $$Z = \sqrt{1 - 4 g^2}$$")[-1] == "proved"
    assert words(BOOSTED + r"With $r = \frac12 - g$, $$Z = \sqrt{1 - 2 g^2}$$")[-1] != "proved"
