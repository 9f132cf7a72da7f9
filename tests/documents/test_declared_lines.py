"""``rows x_n of X`` says what a matrix is made of; a capital and its small letter that fit in one way need not."""

from __future__ import annotations

import pytest

from derive.read.declarations import declare
from derive.read.errors import DeclarationError
from tests.documents.judging import Judged, notes

SQUARE = (
    "<!--: index n = 1..N ; z_n, w \\in \\mathbb{R}^d ; \\phi_n \\in \\mathbb{R}^N ; X \\in \\mathbb{R}^{N \\times d} ; "
    "\\Phi \\in \\mathbb{R}^{N \\times N} ; Q \\in \\mathbb{R}^{d \\times N} ; y_n \\in \\mathbb{R} ; y \\in \\mathbb{R}^N -->\n"
)


@pytest.mark.parametrize(
    ("declared", "line", "verdict"),
    [
        ("rows z_n of X", "\\sum_n z_n z_n^\\top = X^\\top X", "proved"),
        ("rows z_n^\\top of X", "\\|X w - y\\|^2 = \\sum_n (w^\\top z_n - y_n)^2", "proved"),
        ("rows z_n of X", "\\sum_n z_n z_n^\\top = X X^\\top", "refuted"),
        ("columns z_n of Q", "\\sum_n z_n z_n^\\top = Q Q^\\top", "proved"),
        ("columns z_n of Q", "Q w = Q^\\top w", "unread"),
        ("rows \\phi_n of \\Phi", "\\sum_n \\phi_n \\phi_n^\\top = \\Phi^\\top \\Phi", "proved"),
        ("rows \\phi_n of \\Phi", "\\sum_n \\phi_n \\phi_n^\\top = \\Phi \\Phi^\\top", "refuted"),
        ("columns \\phi_n of \\Phi", "\\sum_n \\phi_n \\phi_n^\\top = \\Phi \\Phi^\\top", "proved"),
        ("rows u_n of X", "X^\\top y = \\sum_n y_n u_n", "proved"),
        ("rows u_n of X", "X^\\top y = \\sum_n u_n", "refuted"),
    ],
)
def test_lines_that_are_declared(words: Judged, declared: str, line: str, verdict: str) -> None:
    told = words(f"{SQUARE}<!--: {declared} -->\n$${line}$$")
    assert told == [verdict]


@pytest.mark.parametrize(
    "text", ["rows w of X", "rows z_n of Q", "columns z_n of X", "rows z_n of R", "rows z_n", "rows z_{nm} of X"]
)
def test_what_are_no_lines_of_it(text: str) -> None:
    base = declare(SQUARE.strip().removeprefix("<!--:").removesuffix("-->"))
    with pytest.raises(DeclarationError):
        declare(text, base)


ALIKE = "<!--: index n = 1..N ; x_n, w \\in \\mathbb{R}^d ; y_n \\in \\mathbb{R} ; y \\in \\mathbb{R}^N ; X \\in \\mathbb{R}^{SHAPE} -->\n"


def test_a_capital_and_its_letter_that_fit(words: Judged) -> None:
    rows, columns = ALIKE.replace("SHAPE", "N \\times d"), ALIKE.replace("SHAPE", "d \\times N")
    assert words(f"{rows}$$\\|X w - y\\|^2 = \\sum_n (w^\\top x_n - y_n)^2$$") == ["proved"]
    assert words(f"{rows}$$\\|X w - y\\|^2 = \\sum_n (w^\\top x_n + y_n)^2$$") == ["refuted"]
    assert words(f"{columns}$$X X^\\top = \\sum_n x_n x_n^\\top$$") == ["proved"]
    assert "component X_{nj} of x_n" in notes(f"{rows}$x_1$")
    assert words(f"{rows}<!--: rows x_n of X -->\n$$X^\\top X = \\sum_n x_n x_n^\\top$$") == ["proved"]


@pytest.mark.parametrize("shape", ["N \\times N", "d \\times d", "N \\times m"])
def test_a_capital_that_does_not_fit_in_one_way(shape: str) -> None:
    assert "component" not in notes(ALIKE.replace("SHAPE", shape) + "$x_1$")


def test_comments_right_below_each_other_are_one_block(words: Judged) -> None:
    below = "<!--: function p(x) density positive -->\n<!--: x \\in \\mathbb{R}^n -->\n"
    assert words(below + "$$ \\int p(x) \\, dx = 1 $$") == ["proved"]
    assert words(below + "$$ \\int p(x) \\, dx = 2 $$") == ["refuted"]
    assert words("<!--: x_n \\in \\mathbb{R} -->\n<!--: index n = 1..N -->\n$$ \\sum_{n=1}^N x_n = N x_n $$") == [
        "refuted"
    ]
    apart = "<!--: x_n \\in \\mathbb{R} -->\nLet us see.\n<!--: index n = 1..N -->\n$$ \\sum_{n=1}^N x_n = N x_n $$"
    assert words(apart) == ["unread"]
