"""Shapes while reading: literals such as I and 1 take the size that fits, and operators are typed as they are built."""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

from derive.language.extents import SCALAR, Extent, Shape, matrix_shape, show_shape
from derive.language.operators import OPERATORS, ShapeError, product_shape
from derive.language.terms import Num, Op, Size, Span, Term, rebuild
from derive.read.errors import ReadError, ShapeRefusal, UntoldSize


class Typed(NamedTuple):
    """A term with its shape."""

    term: Term
    shape: Shape


class Fitting:
    """The sizes that are still open, and what each turned out to be."""

    def __init__(self) -> None:
        self.found: dict[str, Extent] = {}
        self.count = 0
        self.names = 0

    def fresh(self) -> int:
        """A number for an index name that the author did not write."""
        self.names += 1
        return self.names

    def open(self) -> Extent:
        """A size to be found."""
        self.count += 1
        return Extent.of(f"?{self.count}")

    def settle(self, shape: Shape) -> Shape:
        """The shape with every size found so far put in."""
        if not self.count:
            return shape
        return tuple(self._extent(extent) for extent in shape)

    def _extent(self, extent: Extent) -> Extent:
        while any(name in self.found for name in extent.names):
            extent = extent.renamed(self.found)
        return extent

    def unify(self, left: Extent, right: Extent) -> None:
        """Let an open size be the other."""
        left, right = self._extent(left), self._extent(right)
        if left == right:
            return
        for one, other in ((left, right), (right, left)):
            if one.name is not None and one.name.startswith("?"):
                self.found[one.name] = other
                return
        for one, other in ((left, right), (right, left)):
            opened = [names[0] for names, factor in one.terms if names and names[0].startswith("?") and factor == 1]
            rest = one - opened[0] if len(opened) == 1 else one
            gap = other - rest
            if len(opened) == 1 and gap.terms and all(factor > 0 for _, factor in gap.terms):
                self.found[opened[0]] = gap  # what is left of a matrix beside its other blocks
                return

    def same(self, shapes: list[Shape]) -> None:
        """Let all shapes (scalars aside) be one."""
        if not self.count:
            return
        wide = [shape for shape in shapes if shape]
        for other in wide[1:]:
            if len(other) == len(wide[0]):
                for a, b in zip(wide[0], other, strict=True):
                    self.unify(a, b)

    def contract(self, left: Shape, right: Shape) -> None:
        """Let the inner sizes of a product be one."""
        if self.count and left and right and len(left) <= 2 and len(right) <= 2:
            inner = left[1] if len(left) == 2 else Extent.of(1)
            self.unify(inner, right[0])

    def finish(self, term: Term) -> Term:
        """The term with every open size put in."""
        if not self.count:
            return term
        if isinstance(term, Size) and term.name.startswith("?"):
            extent = self._extent(Extent.of(term.name))
            if any(name.startswith("?") for name in extent.names):
                raise UntoldSize(
                    "cannot tell the size of this literal from its surroundings", term.span, "write it, as in I_n"
                )
            return size_term(extent, term.span)
        return rebuild(term, self.finish)


def size_term(extent: Extent, span: Span | None = None) -> Term:
    """An extent as a term."""
    parts: list[Term] = []
    for names, factor in extent.terms:
        factors: list[Term] = [Num(Fraction(abs(factor)), span=span)] if abs(factor) != 1 or not names else []
        factors += [Size(name, span=span) for name in names]
        part = factors[0] if len(factors) == 1 else Op("mul", tuple(factors), span=span)
        parts.append(Op("neg", (part,), span=span) if factor < 0 else part)
    if not parts:
        return Num(Fraction(0), span=span)
    return parts[0] if len(parts) == 1 else Op("add", tuple(parts), span=span)


def zeros(shape: Shape, span: Span | None = None) -> Term:
    """What a bare 0 stands for where a vector or a matrix is wanted."""
    return Op("zeros", tuple(size_term(extent, span) for extent in shape), span=span)


def typed_op(fitting: Fitting, name: str, args: list[Typed], span: Span) -> Typed:
    """An operator applied to typed arguments; a :class:`ShapeRefusal` says what does not fit."""
    shapes = [fitting.settle(arg.shape) for arg in args]
    if name in ("add", "hadamard", "hadamard_div", "broadcast_add", "inner", "gaussian"):
        fitting.same(shapes[:2] if name == "gaussian" else shapes)
        if name == "gaussian" and len(shapes[0]) == 1 and len(shapes[2]) == 2:
            fitting.same([(shapes[0][0], shapes[0][0]), shapes[2]])
        shapes = [fitting.settle(shape) for shape in shapes]
    row = OPERATORS[name]
    if row.arity is not None and row.arity != len(args):
        raise ReadError(f"{name} takes {row.arity} argument(s), found {len(args)}", span)
    try:
        shape = row.shape(tuple(shapes))
    except ShapeError as error:
        raise ShapeRefusal(str(error), span) from error
    return Typed(Op(name, tuple(arg.term for arg in args), span=span), shape)


def typed_product(fitting: Fitting, args: list[Typed], span: Span) -> Typed:
    """Factors side by side, flat, in the order written."""
    if len(args) == 1:
        return args[0]
    total = fitting.settle(args[0].shape)
    for arg in args[1:]:
        right = fitting.settle(arg.shape)
        fitting.contract(total, right)
        total, right = fitting.settle(total), fitting.settle(right)
        try:
            total = product_shape(total, right)
        except ShapeError as error:
            raise ShapeRefusal(str(error), arg.term.span or span) from error
    return Typed(Op("mul", tuple(arg.term for arg in args), span=span), total)


__all__ = ["SCALAR", "Fitting", "Typed", "matrix_shape", "show_shape", "size_term", "typed_op", "typed_product"]
