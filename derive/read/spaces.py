"""Spaces such as ``\\mathbb{R}^{n \\times d}``: their shapes, and the whole-number expressions that sizes are."""

from __future__ import annotations

from derive.language.context import Context
from derive.language.extents import Extent, Shape, matrix_shape
from derive.language.terms import Span
from derive.read import syntax as s
from derive.read.errors import ReadError

SPACES = frozenset({"\\mathbb{R}", "\\mathbb{N}", "\\mathbb{Z}"})


def is_space(node: s.Node) -> bool:
    """Whether a node is ``\\mathbb{R}^{…}`` or its like."""
    base = node.base if isinstance(node, s.Script) else node
    return isinstance(base, s.Name) and base.text in SPACES


def read_space(node: s.Node, context: Context | None) -> Shape:
    """``\\mathbb{R}^{n \\times d}`` as a shape."""
    if not isinstance(node, s.Script) or node.sup is None:
        return ()
    dims = dimensions(node.sup)
    if len(dims) == 2:
        return matrix_shape(*dims)
    return () if dims == (Extent.of(1),) else dims


def dimensions(node: s.Node) -> tuple[Extent, ...]:
    """The sizes in an exponent such as ``n \\times d``."""
    if isinstance(node, s.Group) and len(node.items) == 1:
        return dimensions(node.items[0])
    if isinstance(node, s.Product) and all(op == "\\times" for op, _ in node.rest):
        return (node_extent(node.first), *(node_extent(part) for _, part in node.rest))
    return (node_extent(node),)


def node_extent(node: s.Node) -> Extent:
    """A whole-number expression over names (which become sizes) as an extent."""
    match node:
        case s.Number(text=text) if text.isdigit():
            return Extent.of(int(text))
        case s.Name() | s.Script(sup=None):
            return Extent.of(s.key(node))
        case s.Group(items=(item,)):
            return node_extent(item)
        case s.Sum(terms=terms):
            total = Extent.of(0)
            for sign, part in terms:
                total = total + (-node_extent(part) if sign == "-" else node_extent(part))
            return total
        case s.Juxt(parts=parts):
            product = Extent.of(1)
            for part in parts:
                product = product * node_extent(part)
            return product
        case s.Product(first=first, rest=rest) if all(op in ("*", "\\times") for op, _ in rest):
            product = node_extent(first)
            for _, part in rest:
                product = product * node_extent(part)
            return product
    found = s.key(node) if not s.key(node).startswith("<") else "something else"
    raise ReadError(f"expected a size such as N or 2K-1, found {found}", Span(node.start, node.stop))
