"""Macros: what they expand to, where each character then stands, and that expansion ends."""

from __future__ import annotations

import pytest

from derive.read.documents.text.macros import Macros
from derive.read.documents.text.scanner import Scanner
from derive.read.documents.text.source import Source
from derive.read.errors import ReadError

EXPANSIONS = {
    r"\newcommand{\x}{\mathbf{x}} $\x_n$": r"\mathbf{x}_n",
    r"\newcommand\x{\mathbf x} $\x y$": r"\mathbf x y",
    r"\newcommand{\v}[1]{\mathbf{#1}} $\v{x} + \v y$": r"\mathbf{x} + \mathbf{y}",
    r"\newcommand{\p}[2][t]{#2_{#1}} $\p{x} \p[s]{y}$": "x_{t} y_{s}",
    r"\renewcommand{\vec}[1]{\boldsymbol{#1}} $\vec\mu$": r"\boldsymbol{\mu}",
    r"\newcommand{\a}{1}\providecommand{\a}{2} $\a$": "1",
    r"\def\a#1#2{#2#1} $\a{x}{y}$": "yx",
    r"\let\eps\varepsilon $\eps x$": r"\varepsilon x",
    r"\DeclareMathOperator{\tr}{tr} $\tr A$": r"\operatorname{tr} A",
    r"\DeclareMathOperator*{\am}{arg\,max} $\am_x f$": r"\operatorname*{arg max}_x f",
    r"\DeclarePairedDelimiter{\norm}{\lVert}{\rVert} $\norm*{x}$": r"\left\lVert x \right\rVert",
    r"\newcommand{\lg}{\log} $\lg x$": r"\log x",
    r"\newcommand{\d}[1]{\log#1} $\d x$": r"\log x",
    r"\newcommand{\b}{\a}\newcommand{\a}{1} $\b$": "1",
    r"$\newcommand{\a}{1} \a$": "1",
}


@pytest.mark.parametrize("text", EXPANSIONS)
def test_expansion(text: str) -> None:
    found = Scanner().scan(Source("f", text), latex=True)
    (math,) = [each.math for each in found if each.math is not None]
    assert math.text.strip() == EXPANSIONS[text]


def test_places_through_expansion() -> None:
    macros = Macros()
    macros.define(r"{\v}[1]{\mathbf{#1}_n}", 0, "newcommand")
    found = macros.expand(r"a \v{xy} b", 100)
    assert found.text == r"a \mathbf{xy}_n b"
    assert found.place(found.text.index("mathbf")) == 102
    assert found.place(found.text.index("xy")) == 105
    assert found.place(found.text.index("y")) == 106
    assert found.place(found.text.index("b", 12)) == 109
    assert found.macro(found.text.index("_n")) == r"\v"
    assert found.macro(found.text.index("xy")) == ""


@pytest.mark.parametrize(
    "definitions",
    [
        r"\def\a{\a}",
        r"\def\a{\b}\def\b{\a}",
        r"\def\a#1{\a{#1#1}}",
        "".join(rf"\def\{chr(98 + i)}{{\{chr(97 + i)}\{chr(97 + i)}}}" for i in range(24)) + r"\def\a{\y}",
    ],
)
def test_expansion_ends(definitions: str) -> None:
    found = Scanner().scan(Source("f", definitions + r" $\a x$ $z$"), latex=True)
    assert [each.kind for each in found if each.kind != "prose"] == ["broken", "inline"]


def test_delimited_parameters_are_refused_where_used() -> None:
    macros = Macros()
    macros.define(r"\a(#1){#1}", 0, "def")
    with pytest.raises(ReadError, match=r"#1#2"):
        macros.expand(r"\a(x)", 0)


def test_missing_argument() -> None:
    macros = Macros()
    macros.define(r"{\v}[2]{#1#2}", 0, "newcommand")
    with pytest.raises(ReadError, match=r"expected 2 argument"):
        macros.expand(r"\v{x}", 0)
