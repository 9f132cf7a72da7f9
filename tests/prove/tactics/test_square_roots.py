"""Roots by themselves: which goals are written so, and which are not."""

from __future__ import annotations

import pytest

from derive.language.terms import Rel
from derive.prove.tactics.square_roots import isolated
from derive.prove.workbench import Workbench
from derive.read.declarations import declare
from derive.read.latex import node_readings
from derive.read.parser import parse

CONTEXT = declare("index i = 1..n\nx_i, a, b > 0\nv \\in \\mathbb{R}^n\nM \\in \\mathbb{R}^{n \\times n}")


def ways(left: str, right: str) -> int:
    sides = [node_readings(parse(text), CONTEXT)[0].term for text in (left, right)]
    return len(isolated(Workbench(CONTEXT), Rel("=", *sides)))


@pytest.mark.parametrize(
    ("left", "right", "count"),
    [
        ("a", r"b + \sqrt{a b}", 1),
        ("a", r"\sqrt{a} + \sqrt{b}", 2),
        ("a", r"\sqrt{a} + \sqrt{b} + \sqrt{a + b}", 0),
        ("a", "b", 0),
        ("a", r"\sum_i \sqrt{x_i}", 0),
        ("a", r"\sum_i \sqrt{b} x_i", 1),
        (r"\frac{\partial}{\partial a} \sqrt{a}", "b", 0),
        (r"\sqrt{x_i}", "a", 1),
    ],
)
def test_roots_outside_of_sums_and_derivatives(left: str, right: str, count: int) -> None:
    assert ways(left, right) == count


def test_only_equations() -> None:
    sides = [node_readings(parse(text), CONTEXT)[0].term for text in ("a", r"\sqrt{b}")]
    assert isolated(Workbench(CONTEXT), Rel("<=", *sides)) == []
