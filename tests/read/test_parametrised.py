"""Functions with a parameter below their name vary with it: nothing is proved of them because a derivative is zero."""

from __future__ import annotations

import pytest

from derive.judge import judge
from derive.language.claims import Claim, Equal
from derive.read.declarations import declare
from derive.read.errors import ReadError
from derive.read.latex import node_readings, read_relations
from derive.read.parser import parse

VECTOR = r"\omega \in \mathbb{R}^n ; u \in \mathbb{R} ; function q_\omega(u) density positive ; function r(u)"
NUMBER = r"function g_c(u) ; c, u \in \mathbb{R}"
FAMILY = r"c \in \mathbb{R} ; index v \in \mathcal{V} ; function B_c(v) positive ; function r(v)"


def verdict(text: str, declared: str) -> str:
    context = declare(declared)
    (relation,) = read_relations(text, context)
    return type(judge(Claim("c", Equal(relation.left, relation.right), context))).__name__


@pytest.mark.parametrize(
    ("text", "declared", "word"),
    [
        (r"\nabla_\omega q_\omega(u) = q_\omega(u) \nabla_\omega \log q_\omega(u)", VECTOR, "Proved"),
        (r"\nabla_\omega q_\omega(u) = 2 q_\omega(u) \nabla_\omega \log q_\omega(u)", VECTOR, "Refuted"),
        (r"\nabla_\omega q_\omega(u) = 0", VECTOR, "Refuted"),
        (r"\nabla_\omega \int q_\omega(u) r(u) du = \int (\nabla_\omega q_\omega(u)) r(u) du", VECTOR, "Proved"),
        (r"\nabla_\omega \int q_\omega(u) r(u) du = 2 \int (\nabla_\omega q_\omega(u)) r(u) du", VECTOR, "Refuted"),
        (r"\nabla_\omega r(u) = 0", VECTOR, "Proved"),
        (r"\int q_\omega(u) du = 1", VECTOR, "Proved"),
        (
            r"\frac{\partial}{\partial c} (1 - g_c(u))^2 = -2 (1 - g_c(u)) \frac{\partial}{\partial c} g_c(u)",
            NUMBER,
            "Proved",
        ),
        (
            r"\frac{\partial}{\partial c} (1 - g_c(u))^2 = 2 (1 - g_c(u)) \frac{\partial}{\partial c} g_c(u)",
            NUMBER,
            "Refuted",
        ),
        (r"\frac{\partial}{\partial c} g_c(u) = 0", NUMBER, "Refuted"),
        (r"\frac{d}{dc} \sum_v B_c(v) r(v) = \sum_v r(v) \frac{d}{dc} B_c(v)", FAMILY, "Proved"),
        (r"\frac{d}{dc} \sum_v B_c(v) r(v) = 2 \sum_v r(v) \frac{d}{dc} B_c(v)", FAMILY, "Refuted"),
        (r"\frac{d}{dc} B_c(v) = 0", FAMILY, "Refuted"),
    ],
)
def test_it_varies_with_its_parameter(text: str, declared: str, word: str) -> None:
    assert verdict(text, declared) == word


def test_a_parameter_may_be_declared_later() -> None:
    context = declare(r"c \in \mathbb{R}", declare(r"u \in \mathbb{R} ; function g_c(u)"))
    (relation,) = read_relations(r"\frac{\partial}{\partial c} g_c(u) = 0", context)
    assert type(judge(Claim("c", Equal(relation.left, relation.right), context))).__name__ == "Refuted"


def test_what_has_been_said_before_its_parameter_was_known_is_not_differentiated_in_it() -> None:
    context = declare(r"c \in \mathbb{R}", declare(r"u \in \mathbb{R} ; function g_c(u) ; let a := 2 g_c(u)"))
    with pytest.raises(ReadError, match="varies with c"):
        read_relations(r"\frac{\partial}{\partial c} g_c(u) = 0", context)


def test_an_index_below_it_is_none() -> None:
    declared = r"index k = 1..K ; u \in \mathbb{R} ; function g_k(u) ; function g'(u)"
    assert len(declare(declared).functions["g"].params) == 1


def test_a_word_below_it_is_none() -> None:
    declared = r"a, d, t, u, c, w \in \mathbb{R} ; function q_{data}(u) density ; function h_{c,w}(u)"
    context = declare(declared)
    assert len(context.functions["q_{data}"].params) == 1
    assert context.functions["h_{c,w}"].params[1:] == ("c", "w")


@pytest.mark.parametrize(
    ("declared", "text"),
    [
        (r"a, x \in \mathbb{R} ; let t := 2 a ; function p_t(x) positive", r"\frac{\partial}{\partial a} p_t(x)"),
        (r"a, x \in \mathbb{R} ; let t := 2 a ; function p_t(x) positive", r"\frac{\partial}{\partial t} p_t(x)"),
        (
            r"a, x \in \mathbb{R} ; let t := 2 a ; function p_t(x) positive ; let g := p_t(3)",
            r"\frac{\partial}{\partial a} g",
        ),
        (
            r"x \in \mathbb{R} ; index k = 1..K ; t_k \in \mathbb{R} ; function p_t(x)",
            r"\frac{\partial}{\partial t_k} p_t(x)",
        ),
        (
            r"x \in \mathbb{R} ; index k = 1..K ; t_k \in \mathbb{R} ; function p_{t_k}(x)",
            r"\frac{\partial}{\partial t_k} p_{t_k}(x)",
        ),
        (r"x, \theta \in \mathbb{R} ; function V^\theta(x)", r"\frac{\partial}{\partial \theta} V^\theta(x)"),
    ],
)
def test_it_is_not_taken_to_be_the_same_for_every_parameter(declared: str, text: str) -> None:
    with pytest.raises(ReadError, match="varies with"):
        node_readings(parse(text), declare(declared))


def test_a_parameter_that_is_defined_later_is_followed() -> None:
    context = declare(r"a, x, t \in \mathbb{R} ; function p_t(x) positive")
    context = declare("let t := 2 a", context)
    (typed,) = node_readings(parse(r"\frac{\partial}{\partial a} p_t(x)"), context)
    assert "Deriv" in repr(typed.term)
