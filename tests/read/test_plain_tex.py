"""What people write besides: fractions of plain TeX, empty groups, letters in other faces."""

from __future__ import annotations

import pytest

from derive.read import syntax as s
from derive.read.documents.text.macros import Macros
from derive.read.errors import ReadError
from derive.read.parser import parse
from derive.read.tokens import tokenize


def texts(text: str) -> list[str]:
    return [token.text for token in tokenize(text)[:-1]]


@pytest.mark.parametrize(
    ("plain", "usual"),
    [
        (r"{a \over b}", r"\frac{a}{b}"),
        (r"{1-q \over q + r}", r"\frac{1-q}{q + r}"),
        (r"2{a \over b} c", r"2\frac{a}{b} c"),
        (r"\sqrt{a \over b}", r"\sqrt{\frac{a}{b}}"),
        (r"e^{a \over b}", r"e^{\frac{a}{b}}"),
        (r"{{a \over b} \over c}", r"\frac{\frac{a}{b}}{c}"),
        (r"{n \choose k}", r"\binom{n}{k}"),
        (r"\Sigma{} x", r"\Sigma x"),
        (r"a \cdot{} b", r"a \cdot b"),
        (r"\vert{}a\vert{}", r"|a|"),
        (r"\exp{}(a)", r"\exp(a)"),
        (r"\bold{x}", r"\mathbf{x}"),
        (r"\mathbf{E}[x]", r"\mathbb{E}[x]"),
        (r"\mathbf{E}_{x \sim p}\left[x\right]", r"\mathbb{E}_{x \sim p}\left[x\right]"),
        (r"\bm{E}_q \Big[ x \Big]", r"\mathbb{E}_q \Big[ x \Big]"),
        (r"x^{\textrm T}", r"x^{\mathrm T}"),
    ],
)
def test_as_it_is_usually_written(plain: str, usual: str) -> None:
    assert s.key(parse(plain)) == s.key(parse(usual))


@pytest.mark.parametrize(
    "text", [r"a \over b", r"(a \over b)", r"{a \over b \over c}", r"{a, b \over c}", r"{a \over}"]
)
def test_refused(text: str) -> None:
    with pytest.raises(ReadError):
        parse(text)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        (r"{}^T", ["{", "}", "^", "T"]),
        (r"x^{}", ["x", "^", "{", "}"]),
        (r"\hat{} x", [r"\hat", "{", "}", "x"]),
        (r"\mathbf{E}_i x", [r"\mathbf", "{", "E", "}", "_", "i", "x"]),
        (r"\mathbf{E}(x)", [r"\mathbf", "{", "E", "}", "(", "x", ")"]),
    ],
)
def test_what_means_something_is_kept(text: str, kept: list[str]) -> None:
    assert texts(text) == kept


def test_an_operator_that_is_a_letter() -> None:
    macros = Macros()
    macros.define(r"{\Mean}{\mathbb{E}}", 0, "DeclareMathOperator")
    macros.define(r"{\rank}{rank}", 0, "DeclareMathOperator")
    assert macros.expand(r"\Mean[x]", 0).text == r"\mathbb{E}[x]"
    assert macros.expand(r"\rank(A)", 0).text == r"\operatorname{rank}(A)"
