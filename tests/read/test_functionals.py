"""Functionals at other functions than they are declared of, and functions of a number of each entry."""

from __future__ import annotations

import pytest

from derive.judge import judge
from derive.language.claims import Claim, Equal
from derive.read.declarations import declare
from derive.read.errors import ReadError
from derive.read.latex import read_relations

FUNCTIONAL = (
    r"function p(x) density positive ; function D(x) ; function G(x) ; function H(x, y)"
    r" ; function V(D) := \int p(x) D(x)^2 dx ; a > 0"
)


def verdict(text: str, declared: str) -> str:
    context = declare(declared)
    (relation,) = read_relations(text, context)
    return type(judge(Claim("c", Equal(relation.left, relation.right), context))).__name__


@pytest.mark.parametrize(
    ("text", "word"),
    [
        (r"V(G) = \int p(y) G(y)^2 dy", "Proved"),
        (r"V(G) = V(D)", "Refuted"),
        (r"V(D) = \int p(x) D(x)^2 dx", "Proved"),
    ],
)
def test_a_functional_is_taken_at_the_function_given(text: str, word: str) -> None:
    assert verdict(text, FUNCTIONAL) == word


@pytest.mark.parametrize("text", ["V(H) = 1", "V(a) = 1", "V(K) = 1"])
def test_a_functional_of_something_else_is_not_guessed(text: str) -> None:
    with pytest.raises(ReadError):
        read_relations(text, declare(FUNCTIONAL))


def test_what_reaches_the_function_through_another_name_is_not_guessed() -> None:
    declared = (
        r"function p(x) density positive ; function D(x) ; function G(x)"
        r" ; let A := \int p(x) D(x) dx ; function V(D) := A^2 + \int D(x) p(x) dx"
    )
    with pytest.raises(ReadError, match="directly"):
        read_relations("V(G) = 1", declare(declared))


def test_a_function_that_mentions_what_the_functional_binds_is_not_put_in() -> None:
    declared = FUNCTIONAL + r" ; x \in \mathbb{R} ; function F(y) := x y"
    with pytest.raises(ReadError, match="directly"):
        read_relations("V(F) = 1", declare(declared))


ENTRIES = r"function s(a) := 1/(1 + e^{-a}) ; x \in \mathbb{R}^n ; A \in \mathbb{R}^{m\times n} ; index i = 1..n"


@pytest.mark.parametrize(
    ("text", "word"),
    [
        (r"s(x)_i = \frac{1}{1 + e^{-x_i}}", "Proved"),
        (r"s(x)_i = \frac{1}{1 + e^{x_i}}", "Refuted"),
        (r"s(A x) + s(-A x) = \mathbf{1}", "Proved"),
        (r"s(A x) - s(-A x) = \mathbf{1}", "Refuted"),
    ],
)
def test_a_function_of_a_number_is_taken_of_each_entry(text: str, word: str) -> None:
    assert verdict(text, ENTRIES) == word


@pytest.mark.parametrize(
    "declared",
    [
        r"function s(a) ; x \in \mathbb{R}^n",
        r"x \in \mathbb{R}^n ; c \in \mathbb{R}^n ; a \in \mathbb{R} ; function s(a) := a c",
        r"x \in \mathbb{R}^n ; a, b \in \mathbb{R} ; function s(a, b) := a b ",
    ],
)
def test_an_unknown_function_or_one_of_vector_value_is_not(declared: str) -> None:
    with pytest.raises(ReadError):
        read_relations("s(x) = s(x)", declare(declared))
