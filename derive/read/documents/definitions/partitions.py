r"""Matrices that a text partitions: names for the blocks of what is known, and a name for a matrix of blocks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from derive.language.context import Context, Definition, SymbolDecl
from derive.language.extents import Extent, Shape, matrix_shape
from derive.language.operators import ShapeError
from derive.language.shapes import block_sizes, shape_of
from derive.language.terms import Matrix, Op, Sym, Term
from derive.read import syntax as s
from derive.read.documents.definitions.defining import is_undeclared
from derive.read.documents.text.spelling import spaced
from derive.read.errors import DeclarationError, ReadError
from derive.read.fitting import size_term
from derive.read.latex import node_readings
from derive.read.names import parts_of
from derive.read.parser import parse
from derive.read.spaces import read_space

ONE = Extent.of(1)


@dataclass(frozen=True)
class Partition:
    """The context with the names of blocks, that as text, and what the whole is."""

    context: Context
    text: str
    whole: Term


def partition(node: s.Node, formulas: Sequence[str], context: Context) -> Partition | None:
    """``M^{-1} = (names)`` names the blocks of what is known; ``K = (K_{mm} … )`` makes K of blocks of which the text
    says the shapes. ``formulas`` are those of the document as tokens."""
    match node:
        case s.Relation(first=left, rest=((("=" | ":="), s.MatrixRows(rows=rows, bars=False)),)):
            pass
        case _:
            return None
    cells = [cell for row in rows for cell in row]
    if len(cells) < 2 or len({len(row) for row in rows}) != 1 or len({s.key(cell) for cell in cells}) != len(cells):
        return None
    named = [parts_of(cell) for cell in cells]
    if any(parts is None or parts[2] is not None for parts in named):
        return None
    if all(_shape(cell, context) not in (None, ()) for cell in cells):
        return None
    return _of_known(left, rows, context) or _of_names(left, rows, formulas, context)


def _of_known(left: s.Node, rows: tuple[tuple[s.Node, ...], ...], context: Context) -> Partition | None:
    """Names for the blocks of the inverse of a matrix of blocks."""
    if any(not is_undeclared(cell, context) for row in rows for cell in row):
        return None
    try:
        (typed,) = node_readings(left, context)
        sizes = _sizes(typed.term, context)
    except (ReadError, ValueError):
        return None
    if sizes is None or (len(sizes[0]), len(sizes[1])) != (len(rows), len(rows[0])):
        return None
    heights, widths = sizes
    for i, row in enumerate(rows):
        for j, cell in enumerate(row):
            parts = (Op("transpose", (_columns(heights, i),)), typed.term, _columns(widths, j))
            body = Op("mul", tuple(part for part, many in zip(parts, _many(sizes), strict=True) if many))
            shape = matrix_shape(heights[i], widths[j])
            context = context.with_symbol(SymbolDecl(s.key(cell), shape=shape, definition=Definition((), body)))
    names = ", ".join(s.key(cell) for row in rows for cell in row)
    whole = s.key(left) if s.is_legible(left) else "what stands before them"
    return Partition(context, f"{names} are the blocks of {whole}", typed.term)


def _many(sizes: tuple[tuple[Extent, ...], tuple[Extent, ...]]) -> tuple[bool, bool, bool]:
    return len(sizes[0]) > 1, True, len(sizes[1]) > 1


def _sizes(term: Term, context: Context) -> tuple[tuple[Extent, ...], tuple[Extent, ...]] | None:
    """The heights and widths of the blocks of a matrix, or of its inverse."""
    match term:
        case Matrix(rows=rows):
            found = block_sizes(tuple(tuple(shape_of(cell, context) for cell in row) for row in rows))
            return found if len(found[0]) > 1 or len(found[1]) > 1 else None
        case Op(name="inverse", args=(inner,)):
            within = _sizes(inner, context)
            return within if within is not None and within[0] == within[1] else None
        case Sym(name=name, indices=()) if name in context.symbols:
            definition = context.symbols[name].definition
            return None if definition is None else _sizes(definition.body, context)
    return None


def _columns(parts: tuple[Extent, ...], place: int) -> Term:
    """The columns of the identity at one of its blocks."""
    width = parts[place]
    cells = (
        Op("identity", (size_term(width),)) if at == place else Op("zeros", (size_term(part), size_term(width)))
        for at, part in enumerate(parts)
    )
    return Matrix(tuple((cell,) for cell in cells))


def _of_names(
    left: s.Node, rows: tuple[tuple[s.Node, ...], ...], formulas: Sequence[str], context: Context
) -> Partition | None:
    """A name for a matrix of blocks; the blocks are declared where the text says what they are."""
    head = parts_of(left)
    if head is None or head[2] is not None:
        return None
    spaces: dict[str, Shape] = {}
    for cell in (cell for row in rows for cell in row):
        found = _said(s.key(cell), formulas, context)
        if found is not None:
            context, spaces[s.key(cell)] = found
    heights = [_one(spaces.get(s.key(cell)) for cell in row)[0] for row in rows]
    widths = [_one(spaces.get(s.key(cell)) for cell in column)[1] for column in zip(*rows, strict=True)]
    if None in heights or None in widths:
        return None
    for i, row in enumerate(rows):
        for j, cell in enumerate(row):
            shape = matrix_shape(heights[i] or ONE, widths[j] or ONE)
            if spaces.get(s.key(cell), shape) != shape:
                return None
            context = context.with_symbol(SymbolDecl(s.key(cell), shape=shape))
    whole = Matrix(tuple(tuple(Sym(s.key(cell)) for cell in row) for row in rows))
    try:
        shape = shape_of(whole, context)
    except ShapeError:
        return None
    name = s.key(left)
    context = context.with_symbol(SymbolDecl(name, shape=shape, definition=Definition((), whole)))
    said = " ; ".join(f"{s.key(cell)} {_space(context, s.key(cell))}" for row in rows for cell in row)
    return Partition(context, f"{said} ; {name} is the matrix of these blocks", whole)


def _one(shapes: Iterable[Shape | None]) -> tuple[Extent | None, Extent | None]:
    """The height and the width of the first shape that is known."""
    for shape in shapes:
        if shape is not None:
            height, width = (*shape, ONE, ONE)[:2]
            return height, width
    return None, None


def _said(name: str, formulas: Sequence[str], context: Context) -> tuple[Context, Shape] | None:
    """The space that some formula says a name is in."""
    wanted = re.compile(re.escape(spaced(name)) + r" \\in (\\mathbb (?:\{ R \}|R) \^ (?:\{[^{}]*\}|\S+))")
    for text in formulas:
        match = wanted.match(text)
        if match is None:
            continue
        for size in re.findall(r"(?<!\\)\b([A-Za-z])\b", match.group(1).partition("^")[2]):
            if size not in context.sizes:
                context = context.with_size(size)
        try:
            return context, read_space(parse(match.group(1)), context)
        except (ReadError, DeclarationError):
            return None
    return None


def _shape(node: s.Node, context: Context) -> Shape | None:
    try:
        return node_readings(node, context)[0].shape
    except ReadError:
        return None


def _space(context: Context, name: str) -> str:
    extents = r" \times ".join(map(str, context.symbols[name].shape))
    return rf"\in \mathbb{{R}}^{{{extents}}}"


__all__ = ["Partition", "partition"]
