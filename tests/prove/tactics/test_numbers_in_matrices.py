"""Inverses and determinants with numbers in them that are defined by something: what holds for any number holds."""

from __future__ import annotations

import pytest

from tests.prove.normal import equal

GIVEN = r"""
u, w, z \in \mathbb{R}^d ; c, t \in \mathbb{R} ; S \in \mathbb{R}^{d \times d} symmetric posdef
let h := \tanh(w^T z + c) ; let s := e^{z^T S z} ; let q := t^2 + 1
"""


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (r"\det(I + h u w^T)", "1 + h w^T u"),
        (r"\det(I + (1 - h^2) u w^T)", "1 + (1 - h^2) u^T w"),
        (r"(S + q w w^T)^{-1}", r"S^{-1} - \frac{q S^{-1} w w^T S^{-1}}{1 + q w^T S^{-1} w}"),
        (r"\det(s S)", r"s^d \det S"),
        (r"\det(I + h S) \det S^{-1}", r"\det(S^{-1} + h I)"),
    ],
)
def test_it_is_shown(left: str, right: str) -> None:
    assert equal(GIVEN, left, right)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (r"\det(I + h u w^T)", "1 + w^T u"),
        (r"\det(I + h u w^T)", "1 - h w^T u"),
        (r"(S + h w w^T)^{-1}", r"S^{-1} - \frac{h S^{-1} w w^T S^{-1}}{1 + w^T S^{-1} w}"),
        (r"\det(s S)", r"s \det S"),
    ],
)
def test_it_is_not(left: str, right: str) -> None:
    assert not equal(GIVEN, left, right)
