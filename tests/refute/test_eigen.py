"""Eigenvalues and eigenvectors: balls that hold the true ones, and an honest refusal where there is none to hold."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from flint import arb, fmpq
from hypothesis import given
from hypothesis import strategies as st

from derive.language.claims import Value
from derive.language.context import Context
from derive.language.terms import Entry, Matrix, Num, Op, Term
from derive.refute import arithmetic as ar
from derive.refute.arithmetic import ONE, CannotEvaluate, Dual, Imprecise
from derive.refute.arrays import Arr
from derive.refute.eigen import eigenvalues, eigenvectors
from derive.refute.values import confirms

Rows = list[list[int]]


def symmetric(entries: list[int]) -> Rows:
    a, b, c, d, e, f = entries
    return [[a, b, c], [b, d, e], [c, e, f]]


def array(rows: Rows) -> Arr:
    return Arr((len(rows), len(rows)), [fmpq(entry) for row in rows for entry in row])


def matrix(rows: Rows) -> Term:
    return Matrix(tuple(tuple(Num(Fraction(entry)) for entry in row) for row in rows))


@given(st.lists(st.integers(-9, 9), min_size=6, max_size=6))
def test_balls_agree_with_numpy(entries: list[int]) -> None:
    rows = symmetric(entries)
    wanted = np.linalg.eigvalsh(np.array(rows, dtype=float))
    with ar.precision(128):
        try:
            found = eigenvalues(array(rows))
        except Imprecise:
            return
        assert np.allclose([float(arb(each).mid()) for each in found], wanted, atol=1e-6)
        assert sum(found, arb(0)).contains(arb(rows[0][0] + rows[1][1] + rows[2][2]))


@given(st.lists(st.integers(-9, 9), min_size=6, max_size=6))
def test_vectors_are_unit_and_solve(entries: list[int]) -> None:
    rows = symmetric(entries)
    with ar.precision(128):
        try:
            values, vectors = eigenvalues(array(rows)), eigenvectors(array(rows))
        except Imprecise:
            return
        for value, vector in zip(values, vectors, strict=True):
            assert sum((entry * entry for entry in vector), arb(0)).contains(1)
            assert vector[0] > 0
            for row, entry in zip(rows, vector, strict=True):
                image = sum((fmpq(a) * x for a, x in zip(row, vector, strict=True)), arb(0))
                assert image.overlaps(value * entry)


def test_repeated_eigenvalues_have_no_vectors() -> None:
    with ar.precision(128):
        assert [float(arb(each).mid()) for each in eigenvalues(array([[2, 0], [0, 2]]))] == [2.0, 2.0]
        with pytest.raises(Imprecise):
            eigenvectors(array([[2, 0], [0, 2]]))


def test_no_derivative() -> None:
    moving = Dual(ar.new_tag(), fmpq(1), {0: ONE})
    with pytest.raises(CannotEvaluate, match="derivative"):
        eigenvalues(Arr((2, 2), [moving, fmpq(0), fmpq(0), fmpq(3)]))


@pytest.mark.parametrize(
    ("printed", "up_to_sign", "holds"),
    [
        ((("0.7071", "0.7071"), ("-0.7071", "0.7071")), False, True),
        ((("-0.7071", "0.7071"), ("0.7071", "0.7071")), False, False),
        ((("-0.7071", "0.7071"), ("0.7071", "0.7071")), True, True),
        ((("0.7071", "0.7071"), ("0.7071", "0.7071")), True, False),
    ],
)
def test_printed_eigenvectors(printed: tuple[tuple[str, ...], ...], up_to_sign: bool, holds: bool) -> None:
    term = Op("eigenvectors", (matrix([[2, 1], [1, 2]]),))
    assert confirms(Value(term, printed, up_to_sign), Context()) is holds


@pytest.mark.parametrize(("printed", "holds"), [("2.61803398874989484820", True), ("2.61803398874989484821", False)])
def test_long_printed_digits(printed: str, holds: bool) -> None:
    greatest = Entry(Op("eigenvalues", (matrix([[2, 1], [1, 1]]),)), (Num(Fraction(2)),))
    assert confirms(Value(greatest, ((printed,),)), Context()) is holds
