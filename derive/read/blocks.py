"""Matrices written out: of numbers, or of blocks, where 0 and I take the size that fits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derive.language.extents import Extent, matrix_shape
from derive.language.operators import ShapeError
from derive.language.shapes import block_sizes
from derive.language.terms import Matrix, Num
from derive.read import syntax as s
from derive.read.errors import ShapeRefusal
from derive.read.fitting import Typed, zeros
from derive.read.notation import place_of

if TYPE_CHECKING:
    from derive.read.resolver import Resolver

ONE = Extent.of(1)


def written_out(r: Resolver, node: s.MatrixRows) -> Typed:
    """The matrix of these rows."""
    rows = [[r.expression(cell) for cell in row] for row in node.rows]
    if any(r.fitting.settle(cell.shape) for row in rows for cell in row):
        rows = _fitted(r, rows)
    try:
        heights, widths = block_sizes(tuple(tuple(r.fitting.settle(cell.shape) for cell in row) for row in rows))
    except ShapeError as problem:
        raise ShapeRefusal(str(problem), place_of(node)) from problem
    term = Matrix(tuple(tuple(cell.term for cell in row) for row in rows), span=place_of(node))
    typed = Typed(term, matrix_shape(sum(heights, Extent.of(0)), sum(widths, Extent.of(0))))
    return r.op("det", [typed], node) if node.bars else typed


def _fitted(r: Resolver, rows: list[list[Typed]]) -> list[list[Typed]]:
    """The blocks with open sizes settled by those beside them, and zeros of the size that fits."""
    if len({len(row) for row in rows}) != 1:
        span = rows[0][0].term.span
        raise ShapeRefusal("the blocks of a matrix do not fit: expected as many in each row", span)
    for lines, side in ((rows, 0), (list(zip(*rows, strict=True)), 1)):
        for line in lines:
            known = [_size(r, cell, side) for cell in line if not _is_zero(cell)]
            for other in known[1:]:
                r.fitting.unify(known[0], other)
    heights = [_extent(r, row, 0) for row in rows]
    widths = [_extent(r, column, 1) for column in zip(*rows, strict=True)]
    return [
        [_zeros(cell, heights[i], widths[j]) if _is_zero(cell) else cell for j, cell in enumerate(row)]
        for i, row in enumerate(rows)
    ]


def _size(r: Resolver, cell: Typed, side: int) -> Extent:
    return (*r.fitting.settle(cell.shape), ONE, ONE)[side]


def _extent(r: Resolver, line: list[Typed] | tuple[Typed, ...], side: int) -> Extent:
    """The height of a row of blocks, or the width of a column."""
    found = [_size(r, cell, side) for cell in line if not _is_zero(cell)]
    return found[0] if found else r.fitting.open()


def _is_zero(cell: Typed) -> bool:
    return isinstance(cell.term, Num) and cell.term.value == 0


def _zeros(cell: Typed, height: Extent, width: Extent) -> Typed:
    shape = matrix_shape(height, width)
    if not shape:
        return cell
    sizes = (height,) if width == ONE else (height, width)
    return Typed(zeros(sizes, cell.term.span), shape)


__all__ = ["written_out"]
