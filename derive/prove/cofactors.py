"""Determinants and inverses of small matrices that are written out, by cofactors."""

from __future__ import annotations

from derive.language.terms import Matrix, Op, Term

MOST_ROWS = 3

Rows = tuple[tuple[Term, ...], ...]


def is_small(matrix: Matrix) -> bool:
    """Whether a matrix is square with at most three rows."""
    return len(matrix.rows) <= MOST_ROWS and all(len(row) == len(matrix.rows) for row in matrix.rows)


def determinant(rows: Rows) -> Term:
    """By the first row: a_11 M_11 - a_12 M_12 + …"""
    if len(rows) == 1:
        return rows[0][0]
    parts = [_signed(Op("mul", (cell, determinant(_minor(rows, 0, j)))), j) for j, cell in enumerate(rows[0])]
    return Op("add", tuple(parts))


def inverse(rows: Rows) -> Matrix:
    """The transposed cofactors, each over the determinant."""
    whole = determinant(rows)
    if len(rows) == 1:
        return Matrix(((Op("inverse", (rows[0][0],)),),))
    cofactors = tuple(
        tuple(_signed(determinant(_minor(rows, j, i)), i + j) for j in range(len(rows))) for i in range(len(rows))
    )
    return Matrix(tuple(tuple(Op("div", (cell, whole)) for cell in row) for row in cofactors))


def _minor(rows: Rows, row: int, column: int) -> Rows:
    return tuple(cells[:column] + cells[column + 1 :] for at, cells in enumerate(rows) if at != row)


def _signed(term: Term, place: int) -> Term:
    return term if place % 2 == 0 else Op("neg", (term,))
