"""Labels -1 and 1: their squares are one, and nothing else is."""

from __future__ import annotations

import pytest

from derive.judge import judge
from derive.language.claims import Claim, Equal
from derive.language.verdicts import Proved
from derive.read.declarations import declare
from derive.read.latex import read_relation

CONTEXT = declare(
    "index i = 1..n ; y_i, u \\in \\{-1, 1\\} ; v \\in \\{-1, 0, 1\\} ; w \\in \\{1, 2\\} ; x_i \\in \\mathbb{R}"
)


def proved(text: str) -> bool:
    stated = read_relation(text, CONTEXT)
    return isinstance(judge(Claim("t", Equal(stated.left, stated.right), CONTEXT)), Proved)


@pytest.mark.parametrize(
    "text", ["y_i^2 = 1", "y_i^3 = y_i", "1 / y_i = y_i", "\\sum_{i=1}^n y_i^2 x_i = \\sum_{i=1}^n x_i"]
)
def test_squares_are_one(text: str) -> None:
    assert proved(text)


@pytest.mark.parametrize("text", ["y_i = 1", "y_i^3 = 1", "v^2 = 1", "v^3 = 1", "w^2 = 1", "x_i^2 = 1", "y_i u = 1"])
def test_nothing_else_is(text: str) -> None:
    assert not proved(text)


def test_what_is_differentiated_is_free() -> None:
    assert proved("\\frac{\\partial}{\\partial x_i} (y_i^2 x_i) = 1")
    assert proved("\\frac{\\partial}{\\partial u} u^2 = 2 u")
    assert not proved("\\frac{\\partial}{\\partial u} u^2 = 0")
    assert not proved("\\frac{\\partial}{\\partial u} u^3 = 1")
