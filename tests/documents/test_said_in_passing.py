"""Formulas that end a sentence about what they state: judged, though a preposition or ``where`` stands before them."""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged

HEAD = r"<!--: index n = 1..N ; x_n \in \mathbb{R} ; y_n \in \{-1, 1\} -->" + "\nWith $m = \\frac{1}{N} \\sum_n x_n$ "


@pytest.mark.parametrize(
    ("said", "word"),
    [
        (r"the deviations of the points sum to zero, $\sum_n (x_n - m) = RIGHT$.", ["proved", "refuted"]),
        (r"the total can be had in one pass, $\sum_n x_n = N m + RIGHT$.", ["proved", "refuted"]),
        (r"we get $x_n - m + m = x_n$, where we used $y_n^2 = 1 + RIGHT$.", ["proved", "refuted"]),
    ],
)
def test_it_is_judged(words: Judged, said: str, word: list[str]) -> None:
    assert [words(HEAD + said.replace("RIGHT", each))[-1] for each in ("0", "1")] == word


@pytest.mark.parametrize("said", ["all is well. In practice, $N = 3$.", "all is well. For small samples, $N = 2$."])
def test_where_a_formula_holds_is_still_no_claim(words: Judged, said: str) -> None:
    assert "refuted" not in words(HEAD + said)


@pytest.mark.parametrize(
    "says",
    [
        "Setting the derivative to zero and solving, ",
        "Setting the derivative to zero and rearranging, ",
        "Setting the derivative to zero: ",
        "Setting the derivative to zero, ",
        "Setting the derivative to zero and solving for $c$, ",
    ],
)
@pytest.mark.parametrize(("factor", "word"), [("1", "proved"), ("2", "refuted")])
def test_what_follows_from_a_zero_derivative_is_claimed(words: Judged, says: str, factor: str, word: str) -> None:
    text = (
        r"<!--: index n = 1..N ; x_n, c \in \mathbb{R} -->" + "\n"
        r"We minimise $$ J = \sum_n (x_n - c)^2, \qquad \frac{\partial J}{\partial c} = -2 \sum_n (x_n - c). $$"
    )
    assert words(f"{text}\n{says}$c = \\frac{{{factor}}}{{N}} \\sum_n x_n$.")[-1] == word


@pytest.mark.parametrize(
    ("said", "verdicts"),
    [
        (r"The variance is at least $\frac{1}{n a} = \frac{n}{a}$.", ["refuted"]),
        (r"The variance is at most $\frac{2}{2 a} = \frac{1}{a}$.", ["proved"]),
        (r"There are at most $n = 3$ of them.", []),
        (r"Let $c = 2 a$. It is at most $c = 3$ then.", ["proved"]),
        (r"The value at $\frac{1}{n a} = \frac{n}{a}$ is large.", []),
    ],
)
def test_a_bound_that_is_written_in_two_ways_is_claimed(words: Judged, said: str, verdicts: list[str]) -> None:
    assert words("<!--: a > 0 ; size n >= 1 -->\n" + said) == verdicts
