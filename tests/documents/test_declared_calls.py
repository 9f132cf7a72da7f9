"""``R(s, a) \\in \\mathbb{R}``: a declaration of what is written with its arguments is one of a function, or a family."""

from __future__ import annotations

import pytest

from derive.read.declarations import declare
from derive.read.errors import DeclarationError
from tests.documents.judging import Judged

MDP = (
    "<!--: index s, t \\in \\mathcal{S} ; index a \\in \\mathcal{A} ; index i = 1..n ; R(s, a) \\in \\mathbb{R} ; "
    "V(s), U(s) \\in \\mathbb{R} ; g(z) \\in (0, 1) ; h(x) \\in \\mathbb{R}^k ; x \\in \\mathbb{R}^d ; "
    "\\hat{f}_i(x), b_i(s) \\in \\mathbb{R} positive ; y \\in \\mathbb{R} -->\n"
)


@pytest.mark.parametrize(
    ("line", "verdict"),
    [
        ("\\sum_s (V(s) + U(s)) = \\sum_s V(s) + \\sum_s U(s)", "proved"),
        ("\\sum_s (V(s) + U(s)) = \\sum_s V(s) + U(s)", "refuted"),
        ("\\sum_a R(s, a) (V(s) + 1) = V(s) \\sum_a R(s, a) + \\sum_a R(s, a)", "proved"),
        ("\\log g(y)^2 = 2 \\log g(y)", "proved"),
        ("\\|h(x)\\|^2 = h(x)^\\top h(x)", "proved"),
        ("h(x) = h(2 x)", "refuted"),
        ("\\log (\\hat{f}_i(x) b_i(s)) = \\log \\hat{f}_i(x) + \\log b_i(s)", "proved"),
        ("\\sum_i (\\hat{f}_i(x) - y) = \\sum_i \\hat{f}_i(x) - y", "refuted"),
    ],
)
def test_such_functions(words: Judged, line: str, verdict: str) -> None:
    assert words(f"{MDP}$${line}$$") == [verdict]


def test_it_is_what_the_keyword_declares() -> None:
    base = "index s \\in \\mathcal{S} ; x \\in \\mathbb{R}^d ; "
    said, keyword = declare(f"{base}V(s), f(x) \\in \\mathbb{{R}}"), declare(f"{base}function V(s) ; function f(x)")
    assert said.functions == keyword.functions
    assert said.symbols == keyword.symbols


@pytest.mark.parametrize("text", ["h(x) \\in \\{-1, 1\\}", "2(x) \\in \\mathbb{R}", "f(x), 2 \\in \\mathbb{R}"])
def test_what_is_not_taken(text: str) -> None:
    with pytest.raises(DeclarationError):
        declare(text)


def test_names_and_calls_in_one_list(words: Judged) -> None:
    declared = "<!--: x, y, f(x) \\in \\mathbb{R} ; index i = 1..n ; z_i, s_i, h(z_i) \\in \\{-1, 1\\} -->\n"
    assert words(f"{declared}$$(y + f(x))^2 = y^2 + 2 y f(x) + f(x)^2$$") == ["proved"]
    assert words(f"{declared}$$s_i^2 + h(z_i)^2 = 2$$") == ["proved"]
    assert words(f"{declared}$$s_i + h(z_i) = 2$$") == ["refuted"]
