r"""``\partial f / \partial x`` typed on one line, wherever it stands in a product."""

from __future__ import annotations

import pytest

from derive.language.claims import Equal
from derive.language.context import Context
from derive.prove.prover import check, search
from derive.prove.workbench import Workbench
from derive.read import syntax as s
from derive.read.declarations import declare
from derive.read.errors import ReadError
from derive.read.inline_derivatives import with_derivatives
from derive.read.latex import node_readings
from derive.read.parser import parse

CONTEXT = declare("index i = 1..n ; x_i, c, u, v \\in \\mathbb{R} ; y := u^2 v ; function f ; opaque L depends on x_i")


def _same(one: str, other: str, context: Context = CONTEXT) -> bool:
    (left,), (right,) = node_readings(parse(one), context), node_readings(parse(other), context)
    claim = Equal(left.term, right.term)
    evidence = search(Workbench(context), claim)
    return evidence is not None and check(Workbench(context), claim, evidence)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (r"\sum_i x_i \, \partial L/\partial x_i", r"\sum_i x_i \frac{\partial L}{\partial x_i}"),
        (r"-c \partial L / \partial x_i", r"-c \frac{\partial L}{\partial x_i}"),
        (r"\partial L/\partial x_i \, c", r"c \frac{\partial L}{\partial x_i}"),
        (r"2 \partial^2 y / \partial u^2", r"4 v"),
        (r"c \, \partial^2 y / \partial u \, \partial v", r"2 c u"),
        (r"\partial y / \partial u \cdot \partial y / \partial v", r"2 u^3 v"),
    ],
)
def test_it_is_a_factor(one: str, other: str) -> None:
    assert _same(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (r"c \, \partial y / \partial u", r"2 u v"),
        (r"\partial y / \partial u \, c", r"\frac{2 u v}{c}"),
        (r"c \, \partial^2 y / \partial u \, \partial v", r"2 c v"),
    ],
)
def test_and_nothing_else(one: str, other: str) -> None:
    assert not _same(one, other)


@pytest.mark.parametrize("text", [r"a / x", r"a b / c x", r"\partial / \partial x", r"\partial f / x"])
def test_other_products_stay(text: str) -> None:
    node = parse(text)
    assert isinstance(node, s.Product)
    assert with_derivatives(node) is node


@pytest.mark.parametrize("text", [r"c \partial / \partial u", r"c \partial y / u", r"\partial^2 y / \partial u"])
def test_half_a_derivative_is_not_read(text: str) -> None:
    with pytest.raises(ReadError):
        node_readings(parse(text), CONTEXT)
