"""Formulas as marks: read, written again, broken into lines; what is no formula is refused."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree import ElementTree

import pytest

from derive.render.formulas.breaking import INDENT, lines
from derive.render.formulas.formula import FormulaError, read_formula
from derive.render.formulas.mathml import in_font, items, to_mathml
from derive.render.formulas.tex import plain, to_tex
from derive.render.formulas.tree import Fence, Mark, Node, Row, Scripts, Strut, Words
from derive.render.formulas.width import cramped, width

FORMULAS = [
    r"\frac{\partial l}{\partial \boldsymbol{\mu}_k} = \sum_{n=1}^N r_{nk} \Sigma_k^{-1} (\mathbf{x}_n - \mu_k)",
    r"\left[ \frac12 x^2 \right]_0^1 = \tfrac{1}{2}",
    r"\begin{pmatrix} a & b \\ c & d \end{pmatrix}^{-1} \in \mathbb{R}^{2 \times 2}",
    r"\begin{cases} 1 & \text{if } x > 0 \\ 0 & \text{otherwise} \end{cases}",
    r"\bigl( x \bigr| y \bigr) \mid \|z\|_2^2, \lVert w \rVert",
    r"\operatorname*{arg\,max}_{\theta} \mathbb{E}_{z \sim q}[\log p(x|z)] \quad \text{s.t. } \theta \geq 0",
    r"f'' + f^{(k)} \neq \hat{y}_i^\top, \sqrt[3]{x}, \binom{n}{k}, \underset{x}{\max}\, g(x)",
    "Σ_k π_k ≤ ŷ − 1",
]

REFUSED = [
    r"\input{/etc/passwd}",
    r"\write18{touch owned}",
    r"\immediate\write18{ls}",
    r"\csname input\endcsname",
    r"\def\x{1}",
    r"\catcode`\%=12",
    r"\href{javascript:alert(1)}{x}",
    r"\includegraphics{x}",
    r"\text{\input{x}}",
    r"\operatorname{\input{x}}",
    r"\begin{verbatim}x\end{verbatim}",
    r"\left( x",
    r"x}",
    r"\frac{1}",
    r"a_b_c",
    r"\begin{matrix} 1 \end{pmatrix}",
    "x \u202e y",
    "{" * 200 + "}" * 200,
]


@pytest.mark.parametrize("text", FORMULAS)
def test_written_again_it_reads_the_same(text: str) -> None:
    row = read_formula(text)
    again = to_tex(row)
    assert to_tex(read_formula(again)) == again
    assert ElementTree.fromstring(to_mathml(row)).tag == "math"


@pytest.mark.parametrize("text", REFUSED)
def test_refused(text: str) -> None:
    with pytest.raises(FormulaError):
        read_formula(text)


def test_words_cannot_leave_their_braces() -> None:
    assert to_tex(read_formula(r"\text{100\% of a\_b}")) == r"\text{100\% of a\_b}"
    assert r"\text" not in to_mathml(read_formula(r"\text{<b>&amp;</b>}"))
    assert "<b>" not in to_mathml(read_formula(r"\text{<b>}"))


@pytest.mark.parametrize("text", [r"\input{x}", r"\write18{ls}", "%\n\\end{document}", "$x$ & # _ ^ ~ { }", "\\"])
def test_plain_words_hold_no_command(text: str) -> None:
    written = plain(text)
    assert r"\input" not in written
    assert r"\write" not in written
    assert r"\end{document}" not in written
    assert not any(written.replace(f"\\{sign}", "").count(sign) for sign in "%#&")


def test_fonts() -> None:
    assert in_font("Rx1", "bold") == "𝐑𝐱𝟏"
    assert in_font("LE", "script") == "ℒℰ"
    assert in_font("Σμϵ", "bold-italic") == "𝜮𝝁𝝐"
    assert in_font("αϵx", "italic") == "𝛼𝜖x"


# -- breaking ----------------------------------------------------------------------------------------------------------
def _marks(node: Node) -> Iterator[str]:
    """The marks of a formula one after the other; tall brackets count where they are shown."""
    match node:
        case Row(items):
            for item in items:
                yield from _marks(item)
        case Fence(left, body, right):
            yield from [left] if left != "." else []
            yield from _marks(body)
            yield from [right] if right != "." else []
        case Scripts(base, below, above):
            yield from _marks(base)
            for script in (below, above):
                yield from _marks(script) if script is not None else ()
        case Mark(text) | Words(text):
            yield text
        case Strut():
            pass
        case _:
            yield to_tex(node)


LONG = [
    " + ".join(rf"\frac{{x_{{{n}}}}}{{y_{{{n}}}}}" for n in range(40)),
    r"a = \left( " + " + ".join(f"x_{{{n}}} y_{{{n}}}" for n in range(40)) + r" \right)^2 b",
    r"\exp\left( \left[ " + " - ".join(rf"\alpha_{{{n}}}" for n in range(60)) + r" \right] z \right) = 0",
    "abc" * 40,
]


@pytest.mark.parametrize("text", LONG)
@pytest.mark.parametrize("room", [20.0, 38.0])
def test_long_formulas_are_broken_and_nothing_is_lost(text: str, room: float) -> None:
    row = read_formula(text)
    broken = lines(row, room)
    assert len(broken) > 1
    assert all(width(line) <= room - INDENT * (number > 0) + 1e-6 for number, line in enumerate(broken))
    assert [mark for line in broken for mark in _marks(line)] == list(_marks(row))


def test_a_break_is_at_a_relation_before_it_is_at_a_sign() -> None:
    row = read_formula(r"a_1 + a_2 + a_3 + a_4 + a_5 = b_1 + b_2 + b_3 + b_4 + b_5")
    first, second = lines(row, 14)
    assert to_tex(second).startswith("=")
    assert "=" not in to_tex(first)


def test_brackets_around_a_break_are_shown_once() -> None:
    broken = lines(read_formula(LONG[1]), 30)
    assert to_tex(broken[0]).endswith(r"\right.")
    assert to_tex(broken[-1]).startswith(r"\left.")
    assert sum(to_tex(line).count(r"\left(") for line in broken) == 1


def _broken(text: str, room: float) -> list[str]:
    return [to_tex(row) for row in lines(read_formula(text), room)]


def test_a_name_and_its_brackets_stay_together() -> None:
    factors = (
        r"p := \left( \prod_i \sum_j \pi_j x_{ij} a_{ij} \right) \prod_k \mathcal{N}\left( x_i \mid \mu_k, S_k \right)"
    )
    mean = r"Q := \sum_{i=1}^N \mathbb{E}_{z \sim q}\left[ \log p(y, z = k | x) + \log \pi_k + c_k \right]"
    for room in range(15, 24):
        assert not any(line.endswith(r"\mathcal{N}") for line in _broken(factors, room))
        assert not any(line.endswith(r"\mathbb{E}_{z\sim q}") for line in _broken(mean, room))
        assert not any(line.startswith("=k") for line in _broken(mean, room))


def test_a_conclusion_after_another_begins_a_line() -> None:
    text = r"\sum_{i=1}^N a_i + b + d = 1, c = \sum_{i=1}^N a_i + b"
    assert _broken(text, 14)[-1].startswith("c=")
    starred = r"\pi_k^*, \mu_k^* = \arg\max Q = \sum_{i=1}^N a_i, \sum_{i=1}^N b_i"
    assert not any(line.endswith(r"\pi_{k}^{*},") for line in _broken(starred, 14))


def test_the_parts_of_a_broken_bracket_are_as_tall_as_each_other() -> None:
    text = r"a \left[ \sum_{d=1}^D x_d \log p_d + \frac{1}{2} y + \log \pi_k + \log \mu_k \right]"
    first, *_, last = _broken(text, 15)
    assert first.startswith(r"a\left[")
    assert r"\vphantom" not in first
    assert last.endswith(r"\vphantom{\sum_{d=1}^{D}}\right]")
    whole = to_mathml(lines(read_formula(text), 15)[-1])
    assert re.search(r'<mpadded width="0" aria-hidden="true"><mphantom>.*</mphantom><mi></mi></mpadded>', whole)
    assert r"\vphantom" not in to_tex(read_formula(text))
    low = r"a ( x_1 + x_2 + x_3 + x_4 + x_5 + x_6 + x_7 + x_8 )"
    assert not any("vphantom" in line for line in _broken(low, 10))


def test_a_power_stands_at_its_bracket_within_a_broken_one_too() -> None:
    inner = r"\left( \frac{a_i + b_i + c_i}{b_i} - \frac{c_i + d_i + e_i}{d_i} \right)"
    found = 0
    for room in range(12, 24):
        last = lines(read_formula(rf"\sum_i \left( a_i + b_i + {inner}^2 \right)"), room)[-1]
        assert "{{}}^" not in to_tex(last)
        assert not re.search(r"<msup><mrow></mrow>", to_mathml(last))
        found += bool(re.search(r"\\right\)\^\{2\}.*\\right\)", to_tex(last)))
    assert found > 3


def test_rows_of_a_table_that_hold_a_fraction_stand_apart() -> None:
    high = to_tex(read_formula(r"\begin{bmatrix} \frac{a}{b} \\ c \\ d \end{bmatrix}"))
    assert high == r"\begin{bmatrix} \frac{a}{b} \\[3pt] c \\ d \end{bmatrix}"
    assert to_tex(read_formula(high)) == high
    assert r"\\[" not in to_tex(read_formula(r"\begin{bmatrix} a_1 \\ b^2 \end{bmatrix}"))


@pytest.mark.parametrize("apart", ["[4pt]", "[-.5ex]", " [ 2 mm ]", "*", "*[1em]"])
def test_how_far_apart_rows_are_to_stand_is_not_shown(apart: str) -> None:
    for table in (r"\begin{bmatrix} a \\ b \end{bmatrix}", r"\sum_{\substack{a \\ b}} c"):
        assert read_formula(table.replace(r"\\", rf"\\{apart}")) == read_formula(table)


def test_brackets_at_the_begin_of_a_row_are_shown() -> None:
    for bracket in ("[a]", "[0,1]", "[4]"):
        assert bracket in to_tex(read_formula(rf"\begin{{matrix}} x \\ {bracket} \end{{matrix}}"))


_THIN = '<mspace width="0.17em"></mspace>'


@pytest.mark.parametrize("text", [r"t_n \log y", r"\frac{1}{2} \log y", r"f(x) \log y", r"2 \log y", r"\log \log y"])
def test_the_name_of_a_function_is_set_apart_from_what_stands_before_it(text: str) -> None:
    assert f"{_THIN}<mi>log</mi>" in to_mathml(read_formula(text))


@pytest.mark.parametrize("text", [r"\log y", r"- \log y", r"a = \log y", r"(\log y)"])
def test_and_from_nothing_else(text: str) -> None:
    assert f"{_THIN}<mi>log</mi>" not in to_mathml(read_formula(text))


def test_a_sign_that_a_line_goes_on_with_stands_between_two_terms() -> None:
    row = read_formula("+ b")
    assert items(row) == '<mo form="prefix">+</mo><mi>b</mi>'
    assert items(row, goes_on=True) == "<mo>+</mo><mi>b</mi>"
    broken = lines(read_formula(LONG[1]), 30)[-1]
    assert "<mrow><mo>+</mo>" in items(broken)


def test_a_fraction_with_a_range_below_a_name_is_not_set_small() -> None:
    assert cramped(read_formula(r"\frac{a}{[b_{k}]_{k=1 \dots K}}"))
    assert cramped(read_formula(r"\frac{1}{\sum_k a_k}"))
    assert not cramped(read_formula(r"\frac{\delta_{ik}^{(t)}}{\rho_{k,n}}"))
    assert not cramped(read_formula(r"[b_{k}]_{k=1 \dots K}"))


@pytest.mark.parametrize(
    ("text", "name", "count"),
    [
        (r"\left( a b \right)^2", "msup", 2),
        (r"\underset{f}{\operatorname{argmin}} L", "munder", 2),
        (r"\frac{\log}{\operatorname{tr}}", "mfrac", 2),
        (r"\left[ x \right]_i^{\top}", "msubsup", 3),
        (r"\hat{\log}", "mover", 2),
    ],
)
def test_what_has_parts_has_as_many_elements(text: str, name: str, count: int) -> None:
    """A browser shows scripts with another number of elements side by side."""
    tree = ElementTree.fromstring(to_mathml(read_formula(text)))
    found = [each for each in tree.iter() if each.tag == name]
    assert found
    assert all(len(each) == count for each in found)


def test_words_above_what_is_varied_are_the_name_of_a_function() -> None:
    row = read_formula(r"\underset{f}{\text{argmin}} L(f)")
    assert to_tex(row) == r"\mathop{\underset{f}{\text{argmin}}}L(f)"
    assert '<mspace width="0.17em"></mspace>' in to_mathml(row)
    assert to_tex(read_formula(r"\because x = 1")) == r"\because x=1"
