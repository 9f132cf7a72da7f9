"""The space of a name from what it stands beside: what it is added to, multiplied by, or equal to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from derive.language.context import Context
from derive.language.extents import Range, Shape
from derive.read import syntax as s
from derive.read.documents.definitions.defining import Defined, primitive
from derive.read.documents.text.spelling import faceless
from derive.read.documents.undeclared import squares
from derive.read.documents.undeclared.coefficients import multiple
from derive.read.documents.undeclared.diagonals import on_diagonal, squared_on_diagonal, with_squares_on_diagonal
from derive.read.documents.undeclared.entries import gathered
from derive.read.documents.undeclared.evidence import (
    VECTORS,
    Evidence,
    declared,
    misfits,
    parts_of_name,
    pattern_of,
    shape_of,
    space_of,
)
from derive.read.documents.undeclared.parameters import fitted, introduces, mentions_name
from derive.read.documents.undeclared.shape_declarations import declaration
from derive.read.errors import ReadError, WrongRange
from derive.read.latex import lacks_a_name, node_readings
from derive.read.names import items_of, name_alone, parts_of, split_superscript
from derive.read.notation import IDENTITIES, is_transpose


def equal_to(name: str, context: Context, evidence: Evidence) -> Defined | None:
    """``the constraint says $\\alpha_1 + \\alpha_2 = \\zeta$``: ζ is of the space of what it is equal to."""
    match evidence.node:
        case s.Relation(first=first, rest=(("=", right),)) if evidence.assumed and s.key(right) == name:
            shape = shape_of(first, context)
            return None if shape is None else declared(f"{name} \\in {space_of(shape)}", context)
    return None


def argument_of_density(name: str, context: Context, evidence: Evidence) -> Defined | None:
    """``f(x_i; \\lambda)`` where a density ``f(x; \\lambda)`` of numbers is declared: x_i is a number, and so is x'."""
    parts = parts_of_name(name)
    if parts is None or parts[2] is not None or evidence.node is None or (parts[1] is None and not name.endswith("'")):
        return None
    if any(s.key(item) not in context.indices for item in items_of(parts[1])):
        return None
    for function, place in _called_at(evidence.node, name):
        decl = context.functions.get(function)
        point = parts[0].rstrip("'") if parts[1] is None else parts[0]
        if decl is not None and decl.body is not None and decl.params[place : place + 1] == (point,):
            shape = decl.param_shapes[place]
            return declared(f"{name} \\in {space_of(shape)}", context)
    return None


def own_argument(name: str, context: Context, evidence: Evidence) -> Defined | None:
    """``p(x)`` of declared functions ``p(x)``, ``q(x)``, beside no other x: any argument of them, of the space that it
    has in them."""
    if evidence.node is None or not re.fullmatch(r"[a-z]|\\[a-z]+|\\math(?:bf|rm)\{[a-z]\}", name):
        return None
    shapes: dict[Shape, None] = {}
    for function, place in _called_at(evidence.node, name):
        decl = context.functions.get(function)
        if decl is None or decl.builtin is not None or decl.params[place : place + 1] != (name,):
            return None
        shapes[decl.param_shapes[place]] = None
    return declared(f"{name} \\in {space_of(next(iter(shapes)))}", context) if len(shapes) == 1 else None


def _called_at(node: s.Node, name: str) -> Iterator[tuple[str, int]]:
    """The functions with this argument, and its place."""
    for parts in _rows_of_factors(node):
        for head, group in pairwise(parts):
            if isinstance(group, s.Group) and group.bracket == "(":
                yield from ((s.key(head), at) for at, item in enumerate(group.items) if s.key(item) == name)


def beside_vector(name: str, context: Context, evidence: Evidence) -> Defined | None:
    """``w^T x`` or ``X w`` where x is a declared vector, or X a matrix: a vector of the length that fits."""
    if evidence.node is None or not re.search(r"(?:\A|[{])(?:[a-z]|\\[a-z]+)(?:\}|\Z|_)", name):
        return None
    found: list[Shape] = []
    for parts in _rows_of_factors(evidence.node):
        for place, part in enumerate(parts):
            if name_alone(part) != name:
                continue
            after = shape_of(parts[place + 1], context) if place + 1 < len(parts) else None
            before = shape_of(parts[place - 1], context) if place else None
            if _transposed(part, context) and after:
                found.append(after[:1])
            elif not isinstance(part, s.Script) and before is not None and len(before) == 2:
                following = parts[place + 1] if place + 1 < len(parts) else None
                if isinstance(following, s.Group) and following.bracket == "(":
                    return None  # it may be a function
                found.append((before[1],))
    if not found or any(shape != found[0] for shape in found):
        return None
    members = context.symbols.get(name)
    if members is not None and not members.shape and members.family == (Range.upto(found[0][0]),):
        return gathered(members, context)  # r beside the numbers r_a is the vector of them, and no other one
    return declared(f"{name} \\in {space_of(found[0])}", context)


def _rows_of_factors(node: s.Node) -> Iterator[tuple[s.Node, ...]]:
    """Every run of factors side by side."""
    return (part.parts for part in s.walk(node) if isinstance(part, s.Juxt))


def _transposed(node: s.Node, context: Context) -> bool:
    parts = parts_of(node)
    rest = split_superscript(parts[2]).rest if parts is not None else None
    return rest is not None and is_transpose(rest, context, (*(),))


def summand(name: str, context: Context, evidence: Evidence) -> Defined | None:
    """``H x + v``: v is of the space of what it is added to."""
    found: list[Shape] = []
    for terms in _sums(evidence.node):
        if any(s.key(term) == name for term in terms):
            shapes = [shape_of(term, context) or multiple(term, context) for term in terms if s.key(term) != name]
            found += [shape for shape in shapes if shape]
    if not found or any(shape != found[0] for shape in found):
        return None
    return declared(f"{name} \\in {space_of(found[0])}", context)


def _sums(node: s.Node | None) -> Iterator[list[s.Node]]:
    """Every list of things that are added, or stand on the sides of an equation."""
    for part in s.walk(node) if node is not None else ():
        if isinstance(part, s.Sum):
            yield [term for _, term in part.terms]
        if isinstance(part, s.Relation) and all(op in ("=", ":=") for op, _ in part.rest):
            yield [part.first, *(side for _, side in part.rest)]


def along_diagonal(name: str, context: Context, evidence: Evidence) -> Defined | None:
    """``W = \\operatorname{diag}(w)``: a vector as long as W is wide."""
    known = on_diagonal(name, evidence.section, context)
    return known or with_squares_on_diagonal(name, evidence.section, context)


def by_unification(name: str, context: Context, evidence: Evidence) -> Defined | None:
    """A vector or a matrix, of the most general shape with which all formulas of the section have a shape. What only
    claims have is left alone: the words may say more of it."""
    if not is_given(name, context, evidence):
        return None
    heads = (node.first for node in evidence.section if isinstance(node, s.Relation) and node.rest[0][0] in ("=", ":="))
    if any(s.key(head) == name for head in heads) and not evidence.is_varied(name):
        return None  # a formula says what it is
    if any(faceless(whole) == faceless(name) for whole in evidence.said):
        return None  # the words say more of it
    text = declaration(name, evidence.section, evidence.spelled, context)
    if not text or text.endswith("\\mathbb{R}"):
        return None
    if squared_on_diagonal(name, evidence.section):
        text += " positive"  # standard deviations
    done = declared(text, context)
    if done is None or misfits(evidence.node, done.context):
        return None
    invented = (size for size in done.context.sizes if size not in context.sizes and size not in evidence.spelled)
    of_whole = not text.startswith(name)  # w, for an entry w_i: another rule may say that it is a family of numbers
    return done if evidence.inventing or not (any(invented) or of_whole) else None


def as_long_as(length: str, context: Context, evidence: Evidence) -> Defined | None:
    """``\\frac{1}{\\sqrt d} Q K^\\top``: Q of which d is a length, so that d is one."""
    for part in s.walk(evidence.node) if evidence.node is not None else ():
        name = name_alone(part) if isinstance(part, s.Name | s.Script) else ""
        if name and name != length and lacks_a_name(part, context):
            done = by_unification(name, context, evidence)
            if done is not None and length in done.context.sizes:
                return done
    return None


def number_by_unification(name: str, context: Context, evidence: Evidence) -> Defined | None:
    """A name that can only be a number, whatever the other names of the section are; a claim does not say so."""
    if VECTORS.search(evidence.words) or not is_given(name, context, evidence):
        return None
    text = declaration(name, evidence.section, frozenset(), context)
    done = declared(text, context) if text.endswith("\\mathbb{R}") else None
    return done if done is not None and not misfits(evidence.node, done.context) else None


def on_both_sides(name: str, context: Context, evidence: Evidence) -> Defined | None:
    """``\\det(P - x I) = (1 - x)^2 - a b``: a letter before an identity matrix, on both sides of what is claimed: any
    number, if no words beside it say which."""
    node = evidence.node
    if not isinstance(node, s.Relation) or any(evidence.beside) or not re.fullmatch(r"[a-z]|\\[a-z]+", name):
        return None
    sides = (node.first, *(side for _, side in node.rest))
    turned = re.compile(rf"(?<!\S){pattern_of(name)} \^ (?:\{{ )?(?:\\top|\\intercal|\\mathsf|T(?!\S))")
    if VECTORS.search(evidence.words) or any(turned.search(text) for text in evidence.texts):
        return None
    before = (pair for part in s.walk(node) if isinstance(part, s.Juxt) for pair in pairwise(part.parts))
    if not any(s.key(one) == name and s.key(other).partition("_")[0] in IDENTITIES for one, other in before):
        return None
    if sum(mentions_name(side, name) for side in sides) < 2:
        return None
    text = declaration(name, evidence.section, frozenset(), context)
    done = declared(text, context) if text.endswith("\\mathbb{R}") else None
    return done if done is not None and not misfits(evidence.node, done.context) else None


def is_given(name: str, context: Context, evidence: Evidence) -> bool:
    """Whether some formula of the section that has a name gives something."""
    return any(gives(node, name, context) for node in evidence.section)


def gives(node: s.Node, name: str, context: Context) -> bool:
    """Whether a formula gives something new, or a quantity that nothing defines, by a side that has this name."""
    if introduces(node, name, context):
        return True
    match node:
        case s.Relation(first=s.Name() | s.Script() as first, rest=(("=" | ":=", side), *_)):
            return primitive(first, context) is not None and mentions_name(side, name)
    return False


_BOLD = re.compile(r"\\(?:mathbf|boldsymbol|bm|vec)\s*\{?(\\?[A-Za-z]+)\}?(?:_\{?\w+\}?)?\Z")


def bold(name: str, context: Context, evidence: Evidence) -> Defined | None:
    """A bold letter with no declaration: the vector (or, of a capital, the matrix) of the only size met so far with
    which the formula can be read."""
    letter = _BOLD.match(name)
    node = evidence.node
    if letter is None or not isinstance(node, s.Relation):
        return None
    sizes = list(dict.fromkeys(extent for decl in context.symbols.values() for extent in decl.shape))[:6]
    capital = letter.group(1).lstrip("\\")[0].isupper()
    shapes: list[Shape] = (
        [(row, column) for row in sizes for column in sizes] if capital else [(size,) for size in sizes]
    )
    fitting = []
    for shape in shapes:
        done = declared(f"{name} \\in {space_of(shape)}", context)
        if done is not None and _all_read(node, done.context):
            fitting.append(done)
    return fitting[0] if len(fitting) == 1 else None


def _all_read(node: s.Relation, context: Context) -> bool:
    """Whether every side can be read, and all have one shape; the first may be a new name."""
    shapes: list[Shape] = []
    for place, side in enumerate((node.first, *(side for _, side in node.rest))):
        try:
            shapes.append(node_readings(side, context)[0].shape)
        except ReadError:
            if place or parts_of(side) is None:
                return False
    return all(shape == shapes[0] for shape in shapes)


def inverted(name: str, context: Context, evidence: Evidence) -> Defined | None:
    """``A^{-1}``: a square matrix."""
    text = squares.inverted(name, evidence.node, context)
    return declared(text, context) if text else None


def in_outer_product(name: str, context: Context, evidence: Evidence) -> Defined | None:
    """``A + u v^\\top`` beside a square A: vectors of its length."""
    text = squares.vectors(name, evidence.node, context)
    return declared(text, context) if text else None


def fitting(name: str, context: Context, evidence: Evidence) -> Defined | None:
    """A parameter of what a formula defines: of the only shape with which that can be read."""
    return fitted(name, context, evidence.section)


def declared_later(name: str, context: Context, evidence: Evidence) -> Defined | None:
    """A name whose space a later formula says: ``\\alpha \\in \\mathbb{R}^n``."""
    parts = parts_of_name(name)
    if parts is None:
        return None
    for each in dict.fromkeys((name, parts[0])):
        wanted = re.compile(pattern_of(each) + r" \\in \\mathbb (?:\{ R \}|R)(?: \^ (?:\{[^{}]*\}|\S+))?")
        found = next((text for text in evidence.formulas if wanted.fullmatch(text.strip(" .,;"))), None)
        if found is not None and (each == name or "^" in found):  # a number r has no entry r_i
            done = declared(found.strip(" .,;"), context)
            elsewhere = bool(evidence.texts) and found not in evidence.texts
            if done is None or (elsewhere and (each != name or misfits(evidence.node, done.context))):
                continue  # W_f of one section is no entry of a W of another one
            if each == name or not _counts_otherwise(evidence.node, each, done.context):
                return done
    return None


def _counts_otherwise(node: s.Node | None, name: str, context: Context) -> bool:
    """Whether an index below a name counts something else than its entries."""
    sides = [node.first, *(side for _, side in node.rest)] if isinstance(node, s.Relation) else []
    for side in sides:
        try:
            node_readings(side, context)
        except WrongRange as problem:
            if problem.name == name:
                return True
        except ReadError:
            continue
    return False


__all__ = [
    "along_diagonal",
    "argument_of_density",
    "as_long_as",
    "beside_vector",
    "bold",
    "by_unification",
    "declared_later",
    "equal_to",
    "fitting",
    "gives",
    "in_outer_product",
    "inverted",
    "is_given",
    "number_by_unification",
    "summand",
]
