"""Densities that are named by a distribution: ``let $p = N(m, S)$``."""

from __future__ import annotations

from derive.language.context import Context
from derive.language.extents import SCALAR, Shape
from derive.read import densities
from derive.read import syntax as s
from derive.read.declarations import declare
from derive.read.documents.definitions.defining import Defined
from derive.read.documents.definitions.forgetting import without_names
from derive.read.documents.undeclared.evidence import space_of
from derive.read.errors import DeclarationError, ReadError
from derive.read.latex import lacks_a_name, node_readings


def is_normal(node: s.Relation) -> bool:
    """Whether this is ``p = \\mathcal{N}(m, S)`` with two arguments: a density, not a value."""
    if len(node.rest) != 1 or node.rest[0][0] not in ("=", ":=") or not isinstance(node.first, s.Name):
        return False
    return _arguments(node) is not None


def named(node: s.Relation, context: Context) -> Defined | None:
    """The function that p is; :class:`ReadError` where it cannot be told what it is a density of."""
    given = _arguments(node)
    if given is None:
        return None
    mean, spread = given
    shape = _shape(mean, spread, context)
    name = s.key(node.first)
    context = without_names(context, frozenset({name})) if name in context.functions else context
    notes: list[str] = []
    if isinstance(mean, s.Name | s.Script) and lacks_a_name(mean, context):
        notes.append(f"{s.key(mean)} \\in {space_of(shape)}")
        context = declare(notes[-1], context)
    variable = next(each for each in ("x", "\\mathbf{x}", "z", "\\mathbf{z}") if _fits(each, shape, context))
    if variable not in context.symbols:
        notes.append(f"{variable} \\in {space_of(shape)}")
        context = declare(notes[-1], context)
    middle = "\\mathbf{0}" if shape and s.key(mean) == "0" else s.key(mean)
    text = f"function {name}({variable}) := \\mathcal{{N}}({variable} | {middle}, {s.key(spread)})"
    try:
        return Defined(declare(text, context), " ; ".join([*notes, text]))
    except DeclarationError as problem:
        raise ReadError(problem.message) from problem


def _arguments(node: s.Relation) -> tuple[s.Node, s.Node] | None:
    match densities.normal(node.rest[0][1]):
        case s.Juxt(parts=(s.Name(text="\\mathcal{N}"), s.Group(bracket="(", items=(mean, spread)))):
            return mean, spread
    return None


def _shape(mean: s.Node, spread: s.Node, context: Context) -> Shape:
    """What it is a density of: as long as the mean, or as wide as the covariance."""
    problem: ReadError | None = None
    for item, square in ((spread, True), (mean, False)):
        try:
            shape = node_readings(item, context)[0].shape
        except ReadError as error:
            problem = problem or error
            continue
        if square and len(shape) == 2:
            return shape[:1]
        if not square and shape:
            return shape
        if square and not shape and not isinstance(item, s.Number):
            return SCALAR
    last = [decl.shape for decl in context.symbols.values() if len(decl.shape) == 2 and decl.shape[0] == decl.shape[1]]
    if s.key(spread) in ("I", "\\mathbf{I}") and last:
        return last[-1][:1]
    raise problem or ReadError("cannot tell what this is a density of", None, "write \\mathcal{N}(x | m, S)")


def _fits(name: str, shape: Shape, context: Context) -> bool:
    decl = context.symbols.get(name)
    return decl is None or (decl.shape == shape and not decl.family and decl.definition is None)


__all__ = ["is_normal", "named"]
