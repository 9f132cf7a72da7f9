"""Parameters of what a text defines: a name that nothing declares has the only shape with which its formulas fit."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import fields

from derive.language.context import Context
from derive.language.extents import Extent, Shape
from derive.language.found import once
from derive.read import syntax as s
from derive.read.declarations import declare
from derive.read.documents.definitions.defining import Defined, head_of, is_undeclared
from derive.read.errors import (
    DeclarationError,
    NeedsPlace,
    NoSuchForm,
    NotASize,
    ReadError,
    Undeclared,
    UnknownSet,
    UntoldSize,
    WrongIndices,
)
from derive.read.latex import node_readings
from derive.read.names import items_of, name_alone, parts_of, split_superscript
from derive.read.notation import is_transpose
from derive.read.parser import parse

MOST_SIZES = 5
_UNTOLD = "d_0"
"""A size that nothing else has: where all is numbers so far, a name may be a vector that is no longer than it."""
_FACE = r"\\(?:mathbf|boldsymbol|bm|vec|mathrm|tilde|bar)\s*"
_SCRIPT = r"(?:_(?:\w|\\[a-z]+|\{\w+\}))?"
_LETTER = re.compile(rf"(?:{_FACE})?\{{?(?P<letter>[A-Za-z]|\\[A-Za-z]+)\}}?{_SCRIPT}\Z")
_OPEN = (Undeclared, NoSuchForm, NotASize, UnknownSet, UntoldSize, WrongIndices, NeedsPlace)
"""Why a formula cannot be read that say nothing of the shape of another name."""


def fitted(name: str, context: Context, nodes: Sequence[s.Node]) -> Defined | None:
    """The context with a parameter of something that these formulas define (``\\lambda \\|w\\|^2`` in a loss), if just
    one shape makes every formula fit that has it; None if there are several, or none.

    A formula that fits with no shape at all has another mistake, and says nothing. A name that only claims have is
    left alone: what a text says in words of it may matter. So is one that counts: a family.
    """
    letter = _LETTER.fullmatch(name)
    about = [node for node in nodes if mentions_name(node, name)]
    if letter is None or not about or _counts(name, context):
        return None
    if not any(introduces(node, name, context) for node in about):
        return None
    tries: list[tuple[Defined, list[bool | None]]] = []
    for shape in _shapes(name, letter["letter"], any(_is_between(node, name, context) for node in about), context):
        done = _with(name, shape, context)
        if done is not None:
            tries.append((done, [fits(node, name, done.context) for node in about]))
    kept = [place for place in range(len(about)) if not all(fits[place] is False for _, fits in tries)]
    good = [done for done, fits in tries if all(fits[place] is not False for place in kept)]
    shown = [done for done, fits in tries if done in good and any(fits[place] for place in kept)]
    return shown[0] if len(good) == 1 and shown == good and _is_told(good[0], context) else None


def _is_told(done: Defined, context: Context) -> bool:
    """Whether a shape has no size of which the document says nothing."""
    return not done.context.sizes.keys() - context.sizes.keys()


def _counts(name: str, context: Context) -> bool:
    """Whether a name has an index below it."""
    try:
        parts = parts_of(parse(name))
    except ReadError:
        return True
    return parts is None or any(s.key(item) in context.indices for item in items_of(parts[1]))


def _is_between(node: s.Node, name: str, context: Context) -> bool:
    """Whether a name stands between a vector that is transposed and another factor, where nobody writes a number:
    ``w^T A w``."""
    return any(
        spelled == name and is_transpose(raised, context, (Extent.of(1),)) for raised, spelled in once(node, _between)
    )


def _between(node: s.Node) -> tuple[tuple[s.Node, str], ...]:
    """What stands between two factors, each with what the factor before it is raised to."""
    found: list[tuple[s.Node, str]] = []
    for row in s.walk(node):
        for before, part in zip(row.parts, row.parts[1:-1], strict=False) if isinstance(row, s.Juxt) else ():
            parts = parts_of(before)
            raised = split_superscript(parts[2]).rest if parts is not None else None
            if raised is not None:
                found.append((raised, name_alone(part)))
    return tuple(found)


def _shapes(name: str, letter: str, between: bool, context: Context) -> Iterator[Shape]:
    """The shapes that the way a name is written allows, among the sizes that something declared has."""
    sizes = list(dict.fromkeys(extent for decl in context.symbols.values() for extent in decl.shape))[:MOST_SIZES]
    bold = re.match(r"\\(?:mathbf|boldsymbol|bm|vec)(?![A-Za-z])", name) is not None
    capital = letter.lstrip("\\")[0].isupper()
    if not bold and not (capital and between):
        yield ()
    if not capital:
        yield from ((size,) for size in sizes or [Extent.of(_UNTOLD)])
    else:
        yield from ((row, column) for row in sizes for column in sizes)


def _with(name: str, shape: Shape, context: Context) -> Defined | None:
    extents = " \\times ".join(map(str, shape))
    text = f"{name} \\in \\mathbb{{R}}^{{{extents}}}" if shape else f"{name} \\in \\mathbb{{R}}"
    try:
        return Defined(declare(text, context), text)
    except DeclarationError:
        return None


def introduces(node: s.Node, name: str, context: Context) -> bool:
    """Whether a formula defines something new of which the name is a part, or optimises something made of it."""
    if not isinstance(node, s.Relation):
        return False
    first, *others = node.first, *(side for _, side in node.rest)
    if once(first, _optimises):
        return mentions_name(first, name)
    if node.rest[0][0] not in ("=", ":=") or head_of(first) is None or not is_undeclared(first, context):
        return False
    head = head_of(first)
    return head is not None and not mentions_name(head, name) and any(mentions_name(side, name) for side in others)


def _optimises(node: s.Node) -> bool:
    """Whether something is made least or greatest in it."""
    return any(isinstance(part, s.BigOp) and part.kind in ("min", "max") for part in _nodes(node))


def fits(node: s.Node, name: str, context: Context) -> bool | None:
    """Whether a formula can be read, with sides of one shape; None if that depends on other names."""
    sides = [node.first, *(side for _, side in node.rest)] if isinstance(node, s.Relation) else [node]
    if isinstance(node, s.Relation) and node.rest[0][0] in ("=", ":=") and is_undeclared(sides[0], context):
        sides = sides[1:]
    shapes: list[Shape] = []
    answer: bool | None = None
    for side in sides:
        found = _shape(side, name, context)
        if found is False:
            return False
        if isinstance(found, tuple):
            shapes.append(found)
            answer = True if mentions_name(side, name) else answer
    if any(shape != shapes[0] and not _is_nothing(node) for shape in shapes):
        return False
    return answer


def _is_nothing(node: s.Node) -> bool:
    """Whether a side is 0: it has any shape."""
    return isinstance(node, s.Relation) and any(s.key(side) == "0" for side in (node.first, *(x for _, x in node.rest)))


def _shape(node: s.Node, name: str, context: Context) -> Shape | bool | None:
    """The shape of a side, or of those of its terms that can be read; False if it cannot have one."""
    try:
        return node_readings(node, context)[0].shape
    except _OPEN:
        pass
    except ReadError:
        return False if mentions_name(node, name) else None
    terms = node.terms if isinstance(node, s.Sum) else ()
    shapes = [found for _, term in terms if (found := _shape(term, name, context)) is not None]
    if False in shapes or len(shapes) < 2:
        return False if False in shapes else None
    return shapes[0] if all(shape == shapes[0] for shape in shapes) else False


def mentions_name(node: s.Node, name: str) -> bool:
    """Whether a formula has a name, with its subscript."""
    return name in once(node, _names)


def _names(node: s.Node) -> frozenset[str]:
    """The names in a formula, with their subscripts."""
    return frozenset(name_alone(each) for each in _nodes(node))


def _nodes(node: object) -> Iterator[s.Node]:
    """A tree and all its parts; a name with its scripts is one part, but for what stands in the scripts."""
    if isinstance(node, tuple):
        for item in node:
            yield from _nodes(item)
    elif isinstance(node, s.Node):
        yield node
        if isinstance(node, s.Script) and parts_of(node) is not None:
            yield from _nodes((node.sub, node.sup))
            return
        for item in fields(node):
            yield from _nodes(getattr(node, item.name))


__all__ = ["fits", "fitted", "introduces", "mentions_name"]
