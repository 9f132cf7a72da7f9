"""Eigenvalues and eigenvectors of symmetric matrices, as balls that certainly hold them."""

from __future__ import annotations

from itertools import pairwise

from flint import acb, acb_mat, arb, fmpq

from derive.refute.arithmetic import HALF, CannotEvaluate, Imprecise, Number
from derive.refute.arrays import Worth, entries, rows_columns


def eigenvalues(value: Worth) -> list[Number]:
    """The eigenvalues of the symmetric part, least first, each as often as its multiplicity.

    >>> from derive.refute.arrays import Arr
    >>> [round(float(each), 9) for each in eigenvalues(Arr((2, 2), [fmpq(2), fmpq(1), fmpq(1), fmpq(2)]))]
    [1.0, 3.0]
    """
    matrix = _symmetric_part(value)
    try:
        found = matrix.eig()
    except ValueError:
        found = _several(matrix)
    balls = sorted((each.real for each in found), key=lambda ball: float(ball.mid()))
    for one, two in pairwise(balls):
        if not (one < two or (one.mid() == two.mid() and one.rad() == two.rad())):
            raise Imprecise
    return list(balls)


def eigenvectors(value: Worth) -> list[list[Number]]:
    """Unit eigenvectors of the symmetric part in the order of ``eigenvalues``, first entry that is not zero positive.

    Only where no eigenvalue is repeated: else they are not determined.
    """
    try:
        found, right = _symmetric_part(value).eig(right=True)
    except ValueError as problem:
        raise Imprecise from problem
    n = len(found)
    order = sorted(range(n), key=lambda j: float(found[j].real.mid()))
    return [_unit([right[i, j] for i in range(n)]) for j in order]


def _symmetric_part(value: Worth) -> acb_mat:
    data = entries(value)
    n = rows_columns(value)[0]
    if any(not isinstance(entry, fmpq | arb) for entry in data):
        raise CannotEvaluate("the derivative of an eigenvalue or eigenvector")
    return acb_mat([[acb(arb(HALF * (data[i * n + j] + data[j * n + i]))) for j in range(n)] for i in range(n)])


def _several(matrix: acb_mat) -> list[acb]:
    try:
        return list(matrix.eig(multiple=True))
    except ValueError as problem:
        raise Imprecise from problem


def _unit(column: list[acb]) -> list[Number]:
    """The real unit vector on the complex line of an eigenvector: entries over the greatest one, then scaled."""
    lead = max(column, key=lambda entry: float(abs(entry).mid()))
    if abs(lead).contains(0):
        raise Imprecise
    ratios = [(entry / lead).real for entry in column]
    scale = sum((ratio * ratio for ratio in ratios), arb(0)).sqrt()
    first = ratios[0]
    if first.contains(0):
        raise Imprecise
    return [ratio / scale if first > 0 else -(ratio / scale) for ratio in ratios]
