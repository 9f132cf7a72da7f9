r"""Vectors given by a list of their entries: ``\boldsymbol{\rho}_n = (\rho_{n1}, \dots, \rho_{nK})^T``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from derive.language.context import Context, SymbolDecl
from derive.language.extents import Extent, Range
from derive.language.terms import Array, Entry, Sym
from derive.read import syntax as s
from derive.read.declarations import declare
from derive.read.documents.definitions.defining import head_of
from derive.read.documents.definitions.matrices import stacked
from derive.read.errors import DeclarationError, ReadError, Undeclared
from derive.read.latex import node_readings
from derive.read.names import items_of, parts_of
from derive.read.notation import is_transpose
from derive.read.parser import parse
from derive.read.spaces import node_extent
from derive.read.targets import add_option

_VECTOR = (Extent.of(1),)
"""The shape of some vector: only a quantity T, not a size T, makes ``^T`` a power of it."""
_CONSTANTS = frozenset({"\\pi", "e"})


@dataclass(frozen=True)
class Listed:
    """A name and the entry it has at an index that runs over the list."""

    name: str
    entry: str
    range: Range
    transposed: bool = False


def listed(nodes: Sequence[s.Node], texts: Sequence[str], context: Context) -> Listed | None:
    """The vector that ``X = (x_1, \\dots, x_K)^T`` lists the entries of, or None if this is something else."""
    if len(nodes) < 2 or head_of(nodes[0]) is None:
        return None
    items, transposed = _items(nodes[1], context)
    dots = [place for place, item in enumerate(items) if isinstance(item, s.Dots)]
    if len(items) < 3 or dots != [len(items) - 2]:
        return None
    entries = [_entry(item) for item in items if not isinstance(item, s.Dots)]
    base, shared, _ = entries[0]
    if not base or any(each[:2] != (base, shared) for each in entries):
        return None
    numbers = [each[2] for each in entries]
    if [s.key(number) for number in numbers[:-1] if number is not None] != [
        str(n + 1) for n in range(len(numbers) - 1)
    ]:
        return None
    found = _range(numbers[-1], shared, context)
    if found is None:
        return None
    letter, range_ = found
    return Listed(texts[0], f"{base}_{{{','.join((*shared, letter))}}}", range_, transposed)


def _items(node: s.Node, context: Context) -> tuple[tuple[s.Node, ...], bool]:
    """What stands between the brackets of ``(…)`` or ``(…)^T``, and whether it is transposed."""
    transposed = False
    if (
        isinstance(node, s.Script)
        and node.sub is None
        and node.sup is not None
        and is_transpose(node.sup, context, _VECTOR)
    ):
        node, transposed = node.base, True
    if isinstance(node, s.Group) and node.bracket in ("(", "[") and set(node.seps) <= {","}:
        return node.items, transposed
    return (), transposed


def _entry(node: s.Node) -> tuple[str, tuple[str, ...], s.Node | None]:
    """The name of an entry, its first indices, and the last one."""
    parts = parts_of(node)
    if parts is None or parts[2] is not None:
        return "", (), None
    indices = items_of(parts[1])
    if not indices:
        return "", (), None
    return parts[0], tuple(s.key(index) for index in indices[:-1]), indices[-1]


def _range(last: s.Node | None, shared: tuple[str, ...], context: Context) -> tuple[str, Range] | None:
    """The index that runs over the list, and its range: the last entry carries it, or its last value."""
    if last is None:
        return None
    letter = s.key(last)
    if letter in context.indices:
        return (letter, context.indices[letter]) if context.indices[letter].low == Extent.of(1) else None
    try:
        wanted = Range(Extent.of(1), node_extent(last))
    except ReadError:
        return None
    runs = (name for name, range_ in context.indices.items() if range_ == wanted and name not in shared)
    letter = next(runs, "")
    return (letter, wanted) if letter else None


def with_entries(found: Listed, context: Context, last: bool) -> tuple[Context, str]:
    """The context in which the vector has these entries, and that as declarations; ``Undeclared`` if the entries may
    still be defined further down (it is not the ``last`` chance)."""
    text = f"component {found.entry} of {found.name}"
    if _is_family(found, context):
        return add_option(context, "whole", (found.name,)), text
    member = context.symbols.get(found.entry.partition("_")[0])
    if member is not None and member.shape and member.family == (found.range,) and member.name != found.name:
        return _with_lines(found, member, context)
    known = _is_declared(found.entry, context)
    if known and _is_declared(found.name, context) and _same(found, context):
        return context, ""
    if not known and not _is_declared(found.name, context):
        if not last:
            raise Undeclared(found.entry)
        text = f"{found.name} \\in \\mathbb{{R}}^{{{found.range.high}}} ; {text}"
    try:
        return declare(text, context), text
    except DeclarationError as problem:
        raise ReadError(problem.message) from problem


def _with_lines(found: Listed, member: SymbolDecl, context: Context) -> tuple[Context, str]:
    """The matrix of which vectors are listed: its columns, or transposed its rows; as its shape says, if it has one."""
    side = "row" if found.transposed else "column"
    declared = ""
    if not _is_declared(found.name, context) and len(member.shape) == 1:
        rows, columns = (found.range.length, member.shape[0])[:: 1 if side == "row" else -1]
        declared = f"{found.name} \\in \\mathbb{{R}}^{{{rows} \\times {columns}}}"
        context = declare(declared, context)
        declared += " ; "
    whole = context.symbols.get(found.name)
    if whole is not None and whole.shape == (*member.shape, found.range.length) != whole.shape[::-1]:
        side = "column"
    elif whole is not None and whole.shape == (found.range.length, *member.shape) != whole.shape[::-1]:
        side = "row"
    done = stacked(parse(found.entry), found.name, side, context)
    if done is None:
        raise ReadError(f"expected a matrix with the {side}s {found.entry}, found {found.name}")
    return done.context, declared + done.text


def _is_family(found: Listed, context: Context) -> bool:
    """Whether ``y = (y_1, \\dots, y_n)`` writes the family of the numbers y_i without its index."""
    decl = context.symbols.get(found.name)
    base, _, index = found.entry.partition("_")
    one = decl is not None and not decl.shape and decl.family == (found.range,)
    return one and base == found.name and "," not in index


def _is_declared(text: str, context: Context) -> bool:
    if text in _CONSTANTS and text not in context.symbols:
        return False  # the vector of π_1, …, π_K is not the number π
    try:
        node_readings(parse(text), context)
    except Undeclared:
        return False
    return True


def _same(found: Listed, context: Context) -> bool:
    """Whether the entries are those of the vector already."""
    try:
        entry = node_readings(parse(found.entry), context)[0].term
        whole = node_readings(parse(found.name), context)[0].term
    except ReadError:
        return False
    if isinstance(whole, Sym) and (decl := context.symbols.get(whole.name)) is not None and decl.definition is not None:
        whole = decl.definition.body if isinstance(decl.definition.body, Array) else whole
    match entry, whole:
        case Entry(base=base), _:
            return base == whole
        case Sym(name=name), Array(body=Sym(name=other)):
            return name == other
    return False
