"""Imperatives that give names a meaning, or a value in their sentence: ``Take $x = …$``, ``Insert $z = …$``."""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged, notes

HEAD = "<!--: m, x, y, z, u \\in \\mathbb{R} ; s > 0 -->\n\n"


@pytest.mark.parametrize(
    "says",
    [
        "Take $x = m + s z$.",
        "Set $x = m + s z$.",
        "We choose $x = m + s z$.",
        "Now consider $x = m + s z$.",
        "Take a base variable $z \\sim \\mathcal{N}(0, 1)$ and $x = m + s z$.",
    ],
)
@pytest.mark.parametrize(("right", "word"), [("(x - m) / s", "proved"), ("(x + m) / s", "refuted")])
def test_the_first_thing_said_of_a_name_is_what_it_stands_for(words: Judged, says: str, right: str, word: str) -> None:
    assert "let x := m + s z" in notes(HEAD + says)
    assert words(f"{HEAD}{says} The inverse is $z = {right}$.")[-1] == word


@pytest.mark.parametrize(
    "says",
    [
        "Consider the case $x = m + s z$.",
        "Take $x = 0$.",
        "Consider $x = z$.",
        "If we take $x = m + s z$, all is well.",
        "The values at $x = m + s z$ are small.",
        "Note $x + 1 = 1 + x$. Take $x = m + s z$.",
    ],
)
def test_a_case_gives_no_meaning(says: str) -> None:
    assert "let x" not in notes(HEAD + says)


@pytest.mark.parametrize("verb", ["Insert", "Inserting", "Substitute", "Substituting", "Plug in", "Plugging in"])
def test_what_is_inserted_holds_in_the_sentence(words: Judged, verb: str) -> None:
    before = f"{HEAD}Now $$ u = x + z. $$ {verb} $z = (y - m) / s$, where $y$ is observed:"
    assert words(f"{before} $$ u = x + (y - m) / s. $$")[-1] == "proved"
    assert words(f"{before} $$ u = x - (y - m) / s. $$")[-1] == "refuted"


def test_two_values_may_be_inserted_one_after_the_other(words: Judged) -> None:
    text = f"{HEAD}Now $$ u = x + z. $$ Insert $z = 3 y$: $$ u = x + 3 y. $$ Insert $z = m - x$: $$ u = m. $$"
    assert words(text) == ["proved"] * 3


@pytest.mark.parametrize(
    "text",
    [
        "We have seen that $$ z = 2 y + m - m. $$ Insert $z = 3 y$: $$ x + z = x + 3 y. $$",
        "Let $z = 2 y$. Then $$ u = x + z. $$ Insert $z = 3 y$: $$ u = x + 3 y. $$",
    ],
)
def test_what_has_a_value_is_not_given_another_one(words: Judged, text: str) -> None:
    assert "refuted" in words(HEAD + text)


def test_let_reaches_behind_a_relative_clause(words: Judged) -> None:
    head = "<!--: index m = 1..M ; f_m, y \\in \\mathbb{R} ; w_m \\geq 0 ; assume \\sum_m w_m = 1 -->\nWrite $F = y^2$.\n\n"
    said = (
        "Let $f_1, \\dots, f_M$ be predictions, with weights $w_m \\ge 0$ that sum to one, and $F = \\sum_m w_m f_m$."
    )
    assert words(f"{head}{said} Then $\\sum_m w_m (f_m - F) = 0$.")[-2:] == ["proved", "proved"]
    stated = said.replace("Let", "As").replace("be predictions", "are predictions")
    assert "refuted" in words(head + stated)


@pytest.mark.parametrize("again", ["i.e.\\ ", "i.e. ", "i.e., ", "i.e.~"])
@pytest.mark.parametrize(("right", "word"), [("c - b", "proved"), ("c + b", "refuted")])
def test_an_optimum_said_in_two_ways(words: Judged, again: str, right: str, word: str) -> None:
    text = (
        "<!--: a, b, c \\in \\mathbb{R} -->\nLet $f(a) = (a + b - c)^2$. Its derivative is $f'(a) = 2 (a + b - c)$. "
        f"So the optimum is at $a + b = c$, {again}$a = {right}$."
    )
    assert words(text)[-1] == word
