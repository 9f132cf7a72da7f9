"""Matrices and their lines: which of a matrix and its rows, or columns, is made of the other."""

from __future__ import annotations

from dataclasses import replace

from derive.language.context import Context, Definition, SymbolDecl
from derive.language.dependencies import depends_on
from derive.language.extents import Range
from derive.language.terms import Array, Entry, Index, Sym, Term
from derive.read.names import option

_LETTERS = "jklmpqrsabcuvhitnorwxyzdefg"
"""What an index that the text does not have is called."""


def stacked(name: str, index: str, matrix: str, side: str, context: Context) -> tuple[Context, str] | None:
    """``matrix`` has rows (or columns) ``name_index``: whichever of the two is not defined yet is defined by the other.
    Also what that is in words; nothing where they do not fit."""
    decl = context.symbols.get(matrix)
    range_ = context.indices.get(index)
    if decl is None or range_ is None or len(decl.shape) != 2 or decl.family:
        return None
    along, across = (0, 1) if side == "row" else (1, 0)
    if range_ != Range.upto(decl.shape[along]):
        return None
    other = Range.upto(decl.shape[across])
    letter = next((each for each, run in context.indices.items() if run == other and each != index), "")
    taken = (*context.indices, *context.sizes, *context.symbols)
    letter = letter or next((each for each in _LETTERS if each not in taken), "")
    if not letter:
        return None
    order = (index, letter) if side == "row" else (letter, index)
    text = f"component {matrix}_{{{''.join(order)}}} of {name}_{index}"
    name = family_key(name, range_, context)
    member = context.symbols.get(name)
    if member is None:
        body: Term = Array(((letter, other),), Entry(Sym(matrix), tuple(map(Index, order))))
        new = SymbolDecl(name, (range_,), (index,), (decl.shape[across],), definition=Definition((index,), body))
        return context.with_symbol(new), text
    if decl.definition is not None or member.shape != (decl.shape[across],) or member.family != (range_,):
        return None
    if depends_on(context, name, matrix):
        return None
    if member.definition is None and member.depends is None and not member.properties - {"real"}:
        row = Array(((letter, other),), Entry(Sym(matrix), tuple(map(Index, order))))
        return context.with_symbol(replace(member, definition=Definition((index,), row))), text
    pairs = tuple((each, range_ if each == index else other) for each in order)
    body = Array(pairs, Entry(Sym(name, (Index(index),)), (Index(letter),)))
    return context.with_symbol(replace(decl, definition=Definition((), body))), text


def family_key(name: str, range_: Range, context: Context) -> str:
    """What the context calls the family ``name`` over this range: vectors k_i beside an index k are told apart."""
    more = option(context, "variants").get(name)
    keys = (name, *more) if isinstance(more, tuple) else (name,)
    over = (key for key in keys if key in context.symbols and context.symbols[key].family == (range_,))
    return next(over, name)


__all__ = ["family_key", "stacked"]
