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

_VECTORS = ("\\mathbf{x}", "\\mathbf{z}", "\\boldsymbol{x}", "\\boldsymbol{z}", "x", "z")


def is_normal(node: s.Relation) -> bool:
    """Whether this is ``p = \\mathcal{N}(m, S)`` with two arguments: a density, not a value."""
    if len(node.rest) != 1 or node.rest[0][0] not in ("=", ":=") or not isinstance(node.first, s.Name):
        return False
    return _arguments(node) is not None or _factor(node) is not None


def named(node: s.Relation, context: Context) -> Defined | None:
    """The function that p is; :class:`ReadError` where it cannot be told what it is a density of."""
    given, factor = _arguments(node), _factor(node)
    if factor is not None:
        return _of_entries(node, factor, context)
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


def _of_entries(node: s.Relation, factor: s.BigOp, context: Context) -> Defined:
    """``q = \\prod_{j=1}^d \\mathcal{N}(\\mu_j, v_j)``: of vectors with independent entries, each of its own factor."""
    letter = s.key(factor.sub.first) if isinstance(factor.sub, s.Relation) else ""
    range_ = context.indices.get(letter)
    given = _normal(factor.body)
    other = factor.sup is not None and range_ is not None and s.key(factor.sup) != str(range_.high)
    if range_ is None or range_.low.constant != 1 or given is None or other:
        raise ReadError("cannot tell what this is a density of", None, "write \\mathcal{N}(x_j | m_j, v_j)")
    mean, spread = given
    if any(node_readings(each, context)[0].shape for each in given):
        raise ReadError("expected the densities of numbers in this product", None, "write \\mathcal{N}(x_j | m_j, v_j)")
    name, shape = s.key(node.first), (range_.length,)
    context = without_names(context, frozenset({name})) if name in context.functions else context
    variable = next((each for each in _VECTORS if _fits(each, shape, context)), "")
    if not variable:
        raise ReadError("expected a free letter for what this is a density of")
    notes = [] if variable in context.symbols else [f"{variable} \\in {space_of(shape)}"]
    context = declare(notes[0], context) if notes else context
    body = f"\\mathcal{{N}}({variable}_{{{letter}}} | {s.key(mean)}, {s.key(spread)})"
    text = f"function {name}({variable}) := \\prod_{{{letter}={range_.low}}}^{{{range_.high}}} {body}"
    try:
        return Defined(declare(text, context), " ; ".join([*notes, text]))
    except DeclarationError as problem:
        raise ReadError(problem.message) from problem


def _factor(node: s.Relation) -> s.BigOp | None:
    """The product of normal densities that ``q = \\prod_j \\mathcal{N}(m_j, v_j)`` writes."""
    right = node.rest[0][1] if len(node.rest) == 1 and node.rest[0][0] in ("=", ":=") else None
    named = isinstance(node.first, s.Name) and isinstance(right, s.BigOp) and right.kind == "prod"
    return right if isinstance(right, s.BigOp) and named and _normal(right.body) is not None else None


def _arguments(node: s.Relation) -> tuple[s.Node, s.Node] | None:
    return _normal(node.rest[0][1])


def _normal(node: s.Node) -> tuple[s.Node, s.Node] | None:
    match densities.normal(node):
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
