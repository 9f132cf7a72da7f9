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


LABELS = declare(
    r"size K >= 2 ; index i = 1..n ; index k = 1..K ; y_i, \ell_i \in \{1,\dots,K\} label ; r_i > 0", Context()
)
CODED = declare(r"F \in \mathbb{R}^{n \times K} ; s_i \in \mathbb{R}", LABELS)
ANSWERS = declare(r"let c_i := \ell_i ; let a_{ik} := \mathbf{1}\{\ell_i = k\}", CODED)


def _same(left: str, right: str, kind: str = "min") -> bool:
    sides = [node_readings(parse(text), ANSWERS)[0].term for text in (left, right)]
    return shows_same(Workbench(ANSWERS), SameOptimum(kind, (Sym(r"\ell"),), *sides))


WRONG = r"\sum_{i=1}^n r_i 1\{\ell_i \neq y_i\}"


@pytest.mark.parametrize(
    ("left", "right"),
    [
        # the share that an objective has in what moves is a sum itself
        (r"\sum_{i=1}^n r_i (\frac{1}{K-1} 1\{\ell_i \neq y_i\} - 1\{\ell_i = y_i\})", WRONG),
        (r"\sum_{i=1}^n r_i (\frac{1}{K-1} \sum_{k \neq y_i} a_{ik} - a_{i y_i})", WRONG),
        # a label in what is defined as one
        (r"\sum_{i=1}^n r_i 1\{c_i \neq y_i\}", WRONG),
        (r"\sum_{i=1}^n r_i 1\{y_i = c_i\}", r"\sum_{i=1}^n r_i a_{i y_i}"),
    ],
)
def test_labels_and_indicators(left: str, right: str) -> None:
    assert _same(left, right)
    assert _same(left, right, "max")


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (r"\sum_{i=1}^n r_i 1\{c_i = y_i\}", WRONG),  # the other way round
        (r"\sum_{i=1}^n r_i (\frac{1}{K-1} 1\{\ell_i \neq y_i\} - 1\{\ell_i \neq y_i\})", WRONG),  # nothing, or less
        (r"\sum_{i=1}^n r_i (\frac{1}{K-1} 1\{\ell_i = y_i\} - 1\{\ell_i \neq y_i\})", WRONG),
        (r"\sum_{i=1}^n s_i 1\{\ell_i \neq y_i\}", WRONG),
        (r"\sum_{i=1}^n r_i 1\{c_i \neq y_i + 1\}", WRONG),
        (r"\sum_{i=1}^n r_i 1\{2 c_i \neq y_i\}", WRONG),
    ],
)
def test_other_labels(left: str, right: str) -> None:
    assert not _same(left, right)
