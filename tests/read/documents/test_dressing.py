"""What is put on formulas and says nothing: it is taken off, and nothing moves; what does say something stays."""

from __future__ import annotations

import pytest

from derive.read.documents.text.dressing import undressed_text


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (r"\boxed{a = b}", "a = b"),
        (r"\Aboxed{a &= b}", "a &= b"),
        (r"\bbox[5px]{a = b}", "a = b"),
        (r"\fbox{$a = b$}", "a = b"),
        (r"x = \boxed{a + b}", "x = a + b"),
        (r"x = \boxed{a + b} \\ y = 1", r"x = a + b \\ y = 1"),
        (r"x = 2 \boxed{a + b}", "x = 2 {a + b}"),
        (r"x = \boxed{a + b} c", "x = {a + b} c"),
        (r"x = \boxed{a b}^2", "x = {a b}^2"),
        (r"x = c - \boxed{a - b}", "x = c - {a - b}"),
        (r"x = c \boxed{-a b}", "x = c -a b"),
        (r"\textcolor{red}{a} + \cancel{b} - \cancel{b}", "a + b - b"),
        (r"\cancelto{0}{a} = 0", "a = 0"),
        (r"a \mathrel{=} b", "a = b"),
        (r"a \overset{(i)}{=} b \stackrel{2}{\le} c", r"a = b \le c"),
        (r"a \overset{\text{Bayes}}{=} b", "a = b"),
        (r"a \underset{\eqref{eq:1}}{\overset{(b)}{=}} b", r"a = b"),
        (r"a \stackrel{\text{def}}{=} b", "a := b"),
        (r"a \overset{\Delta}{=} b", "a := b"),
        (r"a \overset{!}{=} 0", "a = 0"),
        (r"X \stackrel{\text{iid}}{\sim} p", r"X \sim p"),
        (r"\intertext{and so} a = b", r"\\ \text{and so} a = b"),
        (r"\shortintertext{since $b = a$,} a &= b", r"\\ \text{since $b = a$,} a &= b"),
    ],
)
def test_what_says_nothing_is_taken_off_in_its_place(written: str, read: str) -> None:
    text = undressed_text(written)
    assert len(text) == len(written)
    assert "".join(text.split()) == "".join(read.split())
    assert all(a == b for a, b in zip(text, written, strict=True) if a.isdigit() or a in "abcxy{}^")


@pytest.mark.parametrize(
    "written",
    [
        r"X \overset{d}{=} Y",
        r"f \stackrel{c}{=} g",
        r"f \overset{\text{const}}{=} g",
        r"f \overset{\text{up to a constant}}{=} g",
        r"f \overset{K = 2}{=} g",
        r"f \stackrel{?}{=} g",
        r"f \overset{+}{=} g",
        r"\overset{\circ}{x} = y",
        r"\underset{x}{\operatorname{argmin}} f",
        r"\boxed{a = b",
    ],
)
def test_what_says_something_stays(written: str) -> None:
    assert undressed_text(written) == written
