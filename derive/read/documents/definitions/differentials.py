r"""Differentials: ``d(X^{-1}) = -X^{-1}\, dX\, X^{-1}`` says how things move with X along any curve."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from derive.language.context import Context, SymbolDecl
from derive.language.terms import Sym
from derive.read import syntax as s
from derive.read.documents.text.spelling import spaced
from derive.read.names import parts_of

CURVE = "\\tau°"
"""The number along which everything moves whose differential is written."""
T = TypeVar("T")


def along_a_curve(
    nodes: Sequence[s.Node], formulas: Sequence[str], context: Context
) -> tuple[tuple[s.Node, ...], Context] | None:
    """The sides of an equation with derivatives along a curve for differentials, in the context in which what has a
    differential somewhere is an unknown function of the place on it; None if there are none here.

    Nothing is read so where d is a quantity, an index or a size of its own.
    """
    if any("d" in place for place in (context.symbols, context.sizes, context.indices, context.functions)):
        return None
    if not any(isinstance(part, s.Name) and part.text == "d" for node in nodes for part in s.walk(node)):
        return None
    changed = tuple(_changed(node, frozenset(context.symbols)) for node in nodes)
    if changed == tuple(nodes):
        return None
    moving = [
        name
        for name, decl in context.symbols.items()
        if decl.definition is None and not decl.depends and not decl.family and not decl.values
        if any(re.search(rf"(?<!\S)d {re.escape(spaced(name))}(?!\S)", text) for text in formulas)
    ]
    if not moving:
        return None
    context = context.with_symbol(SymbolDecl(CURVE))
    for name in moving:
        context = context.with_symbol(replace(context.symbols[name], depends=(Sym(CURVE),)))
    return changed, context


def _changed(node: s.Node, known: frozenset[str]) -> s.Node:
    """A tree in which ``dX`` and ``d(…)`` are derivatives."""
    if isinstance(node, s.Juxt):
        return _in_a_row(node, known)
    return s.rebuilt(node, lambda part: _changed(part, known))


def _in_a_row(node: s.Juxt, known: frozenset[str]) -> s.Node:
    parts: list[s.Node] = []
    at = 0
    while at < len(node.parts):
        part = node.parts[at]
        after = node.parts[at + 1] if at + 1 < len(node.parts) else None
        if isinstance(part, s.Name) and part.text == "d" and after is not None and _moves(after, known):
            parts.append(s.Diff(part.start, after.stop, after, (s.Name(part.start, part.stop, CURVE),)))
            at += 2
            continue
        parts.append(_changed(part, known))
        at += 1
    return parts[0] if len(parts) == 1 else replace(node, parts=tuple(parts))


def _moves(node: s.Node, known: frozenset[str]) -> bool:
    """Whether this is something that has a differential: a quantity, or a bracket."""
    parts = parts_of(node)
    return (parts is not None and parts[0] in known) or (isinstance(node, s.Group) and node.bracket in ("(", "["))


__all__ = ["CURVE", "along_a_curve"]
