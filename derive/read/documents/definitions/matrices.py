"""Rows and columns of a matrix that have names of their own, and arrays that gather a family of numbers."""

from __future__ import annotations

import re

from derive.language.context import Context, SymbolDecl
from derive.language.extents import Extent, Range
from derive.read import lines_of
from derive.read import syntax as s
from derive.read.declarations import declare
from derive.read.documents.definitions.defining import Defined
from derive.read.documents.text.spelling import faceless
from derive.read.errors import DeclarationError, ReadError
from derive.read.names import Component, items_of, parts_of, split_superscript
from derive.read.notation import is_transpose
from derive.read.parser import parse
from derive.read.spaces import node_extent
from derive.read.targets import items_at, put

ROW_IS = re.compile(
    r"(?i)\b(?P<side>row|column)s?\b(?:\s+(?:is|are|of|given|by|the|vectors?|being|equal|to|examples?|inputs?|points?))*"
    r"\s*\Z"
)
ROW_OF = re.compile(r"(?i)\b(?P<side>row|column)s?\s+of\s+(?:the\s+)?(?:design\s+|data\s+|feature\s+)?(?:matrix\s+)?\Z")

ROWS_FOLLOW = re.compile(
    r"(?i)^\s*,?\s*(?:(?:has|have|with|whose|which\s+has|stacks|collects|contains|"
    r"(?:is|be|denotes?|as|for)\s+(?:the|an?|our)\s+[a-z\s-]*matrix\s+(?:with|whose|that\s+has|which\s+has))"
    r"\b[^.;]*\b)?(?:rows?|columns?)\b[^.;]*\Z"
)
"""Words between a matrix and what its rows or columns are."""


def stacked(node: s.Node, matrix: str, side: str, context: Context) -> Defined | None:
    """``matrix`` has rows (or columns) ``x_i``: whichever of the two is not defined yet is defined by the other."""
    found = member_of(node, context)
    done = None if found is None else lines_of.stacked(found[0], found[1], matrix, side, context)
    return None if done is None else Defined(*done)


def member_listed(text: str, context: Context) -> s.Node | None:
    """The member ``x_i`` of a family of vectors all of which a text lists: ``x_1^\\top, \\dots, x_n^\\top``."""
    try:
        items = items_at(text, 0)
    except ReadError:
        return None
    if len(items) < 3 or [isinstance(item, s.Dots) for item in items] != [False] * (len(items) - 2) + [True, False]:
        return None
    ends = [parts_of(items[0]), parts_of(items[-1])]
    names = {parts[0] if parts is not None else "" for parts in ends}
    decl = context.symbols.get(names.pop()) if len(names) == 1 else None
    if decl is None or len(decl.family) != 1:
        return None
    run: list[Extent] = []
    for parts in ends:
        if parts is None or parts[1] is None or (parts[2] and not is_transpose(parts[2], context, decl.shape)):
            return None
        try:
            run.append(node_extent(parts[1]))
        except ReadError:
            return None
    if Range(*run) != decl.family[0]:
        return None
    return parse(f"{decl.name}_{{{decl.family_names[0]}}}")


def member_of(node: s.Node, context: Context) -> tuple[str, str, Range] | None:
    """The name and the index of ``x_i`` or ``(x^{(i)})^T``."""
    if isinstance(node, s.Script) and isinstance(node.base, s.Group) and len(node.base.items) == 1:
        node = node.base.items[0]
    parts = parts_of(node)
    if parts is None:
        return None
    items = (*split_superscript(parts[2]).items, *items_of(parts[1]))
    letters = [s.key(item) for item in items]
    if len(letters) != 1 or letters[0] not in context.indices:
        return None
    return parts[0], letters[0], context.indices[letters[0]]


def row_of_capital(name: str, context: Context) -> Defined | None:
    """``\\mathbf{x}_i`` where ``\\mathbf{X}`` is n × d and i runs to n, not to d: a row; to d, not to n: a column."""
    try:
        node = parse(name)
    except ReadError:
        return None
    found = member_of(node, context)
    if found is None or found[0] in context.symbols:
        return None
    capitals = [
        each for each in context.symbols if each != found[0] and each.lower() == found[0] and faceless(each).isalpha()
    ]
    for matrix in capitals if len(capitals) == 1 else ():
        decl = context.symbols[matrix]
        if len(decl.shape) == 2 and not decl.family and decl.shape[0] != decl.shape[1]:
            sides = [
                side
                for side, extent in zip(("row", "column"), decl.shape, strict=True)
                if found[2] == Range.upto(extent)
            ]
            if len(sides) == 1:
                return stacked(node, matrix, sides[0], context)
    return None


def entry_of_capital(name: str, context: Context) -> Defined | None:
    """``r_{ij}`` where R is the only matrix of this letter, m × n, and i runs to m, j to n: its entry."""
    try:
        parts = parts_of(parse(name))
    except ReadError:
        return None
    if parts is None or parts[2] is not None or not re.fullmatch(r"[a-z]", parts[0]) or parts[0] in context.functions:
        return None
    letters = [s.key(item) for item in items_of(parts[1])]
    decl = capital_of(parts[0], context)
    if decl is None or len({*letters}) != 2:
        return None
    texts = [f"component {name} of {decl.name}"]
    for letter, extent in zip(letters, decl.shape, strict=False):
        run = Range.upto(extent)
        if is_new_letter(letter, context):
            context = context.with_index(letter, run)
            texts.insert(0, f"index {letter} = {run}")
        if context.indices.get(letter) != run:
            return None
    with_it = put(context, "component", parts[0], Component(decl.name, 0, 2))
    return Defined(with_it, " ; ".join(texts))


def capital_of(letter: str, context: Context) -> SymbolDecl | None:
    """The only matrix of which a small letter, which means nothing else, may name the entries."""
    wholes = [each for each in context.symbols if faceless(each) == letter.upper()]
    decl = context.symbols[wholes[0]] if len(wholes) == 1 and re.fullmatch(r"[a-z]", letter) else None
    if decl is None or decl.family or len(decl.shape) != 2 or letter in context.symbols or letter in context.functions:
        return None
    return decl


def is_new_letter(letter: str, context: Context) -> bool:
    """Whether a small letter stands for nothing yet, and may be an index."""
    taken = (context.symbols, context.sizes, context.indices, context.functions)
    return re.fullmatch(r"[a-z]", letter) is not None and not any(letter in names for names in taken)


def gathered(context: Context, before: Context) -> tuple[Context, list[str]]:
    """The vector ``\\boldsymbol{h}`` of numbers h_i, and the matrix, where both are declared and one of them is new."""
    notes: list[str] = []
    if context.symbols.keys() <= before.symbols.keys():
        return context, notes
    arrays = [each for each in context.symbols.values() if each.shape and not each.family and each.definition is None]
    for name, decl in context.symbols.items():
        if decl.shape or len(decl.family) not in (1, 2) or decl.definition is None:
            continue
        for array in arrays:
            whole = array.name
            new = name not in before.symbols or whole not in before.symbols
            if not new or whole == name or faceless(whole) != name:
                continue
            if tuple(Range.upto(extent) for extent in array.shape) != decl.family:
                continue
            text = f"component {name}_{{{','.join(decl.family_names)}}} of {whole}"
            try:
                context = declare(text, context)
            except DeclarationError:
                continue
            notes.append(text)
    matrices = [each.name for each in arrays if len(each.shape) == 2]
    for name, decl in context.symbols.items() if matrices else ():
        if len(decl.family) != 1 or len(decl.shape) != 1:
            continue
        for matrix in [each for each in matrices if each != name and _is_capital_of(each, name)]:
            new = name not in before.symbols or matrix not in before.symbols
            side = _side(decl, context.symbols[matrix]) if new else ""
            letter = next((each for each, run in context.indices.items() if side and run == decl.family[0]), "")
            done = stacked(parse(f"{name}_{letter}"), matrix, side, context) if letter else None
            if done is not None:
                context = done.context
                notes.append(done.text)
    return context, notes


def lines_of_capital(matrix: str, context: Context) -> SymbolDecl | None:
    """The vectors ``x_n``, the only ones of which a matrix that nothing declares may be called the capital."""
    found = [
        decl
        for decl in context.symbols.values()
        if len(decl.family) == 1 and len(decl.shape) == 1 and _is_capital_of(matrix, decl.name)
    ]
    one = found[0] if len(found) == 1 else None
    return one if one is not None and one.family[0] == Range.upto(one.family[0].high) else None


def _is_capital_of(matrix: str, name: str) -> bool:
    """Whether ``X`` is the capital of ``x``, or ``\\Phi`` of ``\\phi``, whatever their faces."""
    bare, capital = faceless(name), faceless(matrix)
    if capital == bare or capital.lower() != bare:
        return False
    one = re.fullmatch(r"\\?[a-z]+", bare) and (len(bare) == 1 or bare.startswith("\\"))
    return bool(one) and capital.lstrip("\\")[0].isupper()


def _side(member: SymbolDecl, matrix: SymbolDecl) -> str:
    """Whether vectors x_i can only be the rows, or only the columns, of a matrix of which nothing else is known."""
    if matrix.definition is not None or matrix.family or len(matrix.shape) != 2 or matrix.properties - {"real"}:
        return ""
    if len(member.family) != 1 or len(member.shape) != 1 or matrix.shape[0] == matrix.shape[1]:
        return ""
    if (member.family[0], member.shape[0]) == (Range.upto(matrix.shape[0]), matrix.shape[1]):
        return "row"
    return "column" if (member.family[0], member.shape[0]) == (Range.upto(matrix.shape[1]), matrix.shape[0]) else ""
