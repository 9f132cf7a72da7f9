"""What pages write that TeX does not mean so: a formula a line, breaks escaped twice, bare words in cases, colours.

The expectations are written by hand from the mathematics.
"""

from __future__ import annotations

import pytest

from derive.documents import read_document
from derive.read.documents.text.source import Source
from tests.documents.judging import Judged

GIVEN = "Let $a, b \\in \\mathbb{R}$.\n\n"


@pytest.mark.parametrize(("opens", "closes"), [("```math", "```"), ("$$", "$$")])
def test_every_line_of_a_block_is_an_equation(opens: str, closes: str, words: Judged) -> None:
    block = f"{opens}\nu = a + b\nv = a - b\n\n{closes}\n\n"
    assert words(f"{GIVEN}{block}{opens}\nu v = a^2 - b^2\nu + v = 2 a\n{closes}") == ["proved"] * 4
    assert words(f"{GIVEN}{block}{opens}\nu v = a^2 - b^2\nu + v = 2 b\n{closes}")[-1] == "refuted"


@pytest.mark.parametrize(
    "block",
    [
        "(a + b)\n(a - b) = a^2 - b^2",  # the first line is no equation
        "(a + b) (a - b) =\na^2 - b^2",
        "(a + b) (a - b)\n= a^2 - b^2",
        "a^2 - b^2 = (a + b)\n(a - b)",
        "a^2 - b^2 = (a + b) \\cdot\n(a - b) = a^2 - b^2",
        "\\frac{a^2 - b^2}{\na - b} = a + b",
        "a^2 - b^2 = a^2 + a b\n- a b - b^2 = (a + b) (a - b)",  # a sum that goes on
    ],
)
def test_one_equation_on_two_lines_stays_one(block: str, words: Judged) -> None:
    assert {*words(f"{GIVEN}$$\n{block}\n$$")} == {"proved"}


def test_in_latex_a_new_line_means_nothing() -> None:
    text = "\\documentclass{article}\n%: a, b \\in \\mathbb{R}\n\\[\na + b = b\n+ a\n\\]\n\\[\na = a\nb = a b\n\\]"
    claims = read_document(Source("f.tex", text), latex=True).derivation.claims
    assert [claim.text for claim in claims] == ["a + b = b + a", "a = a b", "a b = a b"]


def test_a_break_that_is_escaped_twice_is_one_break(words: Judged) -> None:
    rows = "(a + b)^2 &= (a + b)(a + b) \\\\\\\\\n &= a^2 + 2 a b + b^2 \\\\\\\\[1em]\n &= b^2 + 2 a b + SIGN a^2"
    text = f"{GIVEN}$$\\begin{{aligned}}\n{rows}\n\\end{{aligned}}$$"
    assert words(text.replace("SIGN", "")) == ["proved"] * 3
    assert words(text.replace("SIGN", "2")) == ["proved", "proved", "refuted"]


@pytest.mark.parametrize(
    "rows",
    [
        "a + b & if & a > 0 \\\\ b + a & otherwise",
        "a + b & if a > 0 \\\\\\\\ b + a & else \\\\",
        "a + b & for & a > 0 \\\\ b + a & if & a \\le 0",
    ],
)
def test_bare_words_in_cases(rows: str, words: Judged) -> None:
    assert words(f"{GIVEN}$$a + b = \\begin{{cases}} {rows} \\end{{cases}}$$") == ["proved"]
    assert words(f"{GIVEN}$$a - b = \\begin{{cases}} {rows} \\end{{cases}}$$") == ["refuted"]


def test_a_name_of_letters_like_a_word_is_left_alone(words: Judged) -> None:
    given = "Let $i, f, a \\in \\mathbb{R}$.\n\n"
    assert words(f"{given}$$i f = f i$$") == ["proved"]


@pytest.mark.parametrize(
    "claim",
    ["a \\color{red}{- b} = a - b", "a - b = a \\color{gray}{- b} \\quad \\color{gray}{\\text{, the $b$ is gone}}"],
)
def test_colours_say_nothing(claim: str, words: Judged) -> None:
    assert words(f"{GIVEN}$${claim}$$") == ["proved"]
    assert words(f"{GIVEN}$${claim.replace('a - b', 'a + b')}$$") == ["refuted"]


def test_words_between_rows_begin_a_row(words: Judged) -> None:
    rows = (
        "<!--: X \\in \\mathbb{R}^{m \\times n} ; \\lambda > 0 -->\n$$\\begin{align*}\n"
        "(X^T X + \\lambda I) X^T &= X^T X X^T + \\lambda X^T BREAK\n\\intertext{and with the inverses from both sides}\n"
        "X^T (X X^T + \\lambda I)^{-1} &= SIGN (X^T X + \\lambda I)^{-1} X^T .\n\\end{align*}$$"
    )
    for end in ("", "\\\\"):
        assert words(rows.replace("BREAK", end).replace("SIGN ", "")) == ["proved", "proved"]
        assert words(rows.replace("BREAK", end).replace("SIGN", "-")) == ["proved", "refuted"]
