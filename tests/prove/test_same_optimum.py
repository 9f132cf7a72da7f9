"""Two objectives have one optimum where one is an increasing function of the other, and that is known of it."""

from __future__ import annotations

import pytest

from derive.language.claims import SameOptimum
from derive.language.context import Context
from derive.language.terms import Sym, Term
from derive.prove.tactics.optimum import shows_same
from derive.prove.workbench import Workbench
from derive.read.declarations import declare
from derive.read.latex import node_readings
from derive.read.parser import parse

CONTEXT = declare(r"x, a \in \mathbb{R} ; b > 0", Context())


def term(text: str) -> Term:
    return node_readings(parse(text), CONTEXT)[0].term


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (r"b + x^2", r"3 x^2 - a"),
        (r"\log(b + x^2)", r"b + x^2"),
        (r"b + x^2", r"2 \log(b + x^2) + a"),
        (r"(b + x^2)^2", r"b + x^2"),
        (r"x^2", r"(x^2)^2"),
    ],
)
def test_increasing_functions(left: str, right: str) -> None:
    assert shows_same(Workbench(CONTEXT), SameOptimum("min", (Sym("x"),), term(left), term(right)))


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (r"\log(a + x^2)", r"a + x^2"),  # has no value where a is far below zero
        (r"(x - a)^2", r"x - a"),
        (r"x - a", r"(x - a)^2"),
        (r"(a + x^2)^2", r"a + x^2"),
        (r"b + x^2", r"- 3 x^2"),
        (r"b + x^2", r"a x^2"),
        (r"b + x^2", r"x^2 + x"),
    ],
)
def test_what_is_not_known_to_increase(left: str, right: str) -> None:
    assert not shows_same(Workbench(CONTEXT), SameOptimum("min", (Sym("x"),), term(left), term(right)))
