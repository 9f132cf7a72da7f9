"""Lengths that a document divides by: n of ``\\frac1n \\|y - X w\\|^2`` is the length that the product sums over."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from derive.read import syntax as s
from derive.read.documents.undeclared.dimensions import Dimensions
from derive.read.documents.undeclared.unification import NUMBER, ONE, Contradiction, Dims, Length, Open
from derive.read.names import parts_of

LENGTH = re.compile(r"[nmdpqkNMDPQKBT]")
"""What lengths are usually called: such a letter is not taken for any number."""


def divided_lengths(nodes: Sequence[s.Node], found: Dimensions) -> Mapping[Open, str]:
    """The letter that each open length of a section has: one that nothing declares, and that divides a product which
    sums over this length. A length that has a name is none of these, whatever its product is divided by."""
    lengths: dict[str, set[Open]] = {}
    for node in nodes:
        for letter, product in _divided(node):
            length = None if _is_known(letter, found) else _summed(product, found)
            if isinstance(length, Open):
                lengths.setdefault(letter, set()).add(length)
    named: dict[Open, list[str]] = {}
    for letter, (length, *others) in lengths.items():
        if not others:
            named.setdefault(length, []).append(letter)
    return {length: letters[0] for length, letters in named.items() if len(letters) == 1}


def _is_known(letter: str, found: Dimensions) -> bool:
    context = found.letters.context
    taken = (context.symbols, context.sizes, context.indices, context.functions, found.letters.bound, found.called)
    return any(letter in names for names in taken)


def _divided(node: s.Node) -> Iterator[tuple[str, tuple[s.Node, ...]]]:
    """Every letter that divides, with the factors that it divides."""
    for part in s.walk(node):
        match part:
            case s.Juxt(parts=(s.Frac(bottom=bottom), *rest)) if rest:
                yield from ((letter, tuple(rest)) for letter in _letter(bottom))
            case s.Frac(top=top, bottom=bottom):
                yield from ((letter, _factors(top)) for letter in _letter(bottom) if not isinstance(top, s.Number))
            case s.Product(first=first, rest=(("/", bottom),)):
                yield from ((letter, _factors(first)) for letter in _letter(bottom))


def _letter(node: s.Node) -> Iterator[str]:
    """``n`` of ``2 n``, of ``\\sqrt{n}``, or ``d_k``."""
    match node:
        case s.Group(bracket="{" | "(", items=(item,)) | s.Root(body=item, degree=None):
            yield from _letter(item)
        case s.Juxt(parts=(s.Number(), item)):
            yield from _letter(item)
        case s.Name() | s.Script():
            parts = parts_of(node)
            if parts is not None and LENGTH.fullmatch(parts[0]) and parts[2] is None:
                yield s.key(node)


def _factors(node: s.Node) -> tuple[s.Node, ...]:
    match node:
        case s.Group(bracket="{" | "(" | "[", items=(item,)):
            return _factors(item)
        case s.Juxt(parts=parts):
            return parts
    return (node,)


def _summed(parts: tuple[s.Node, ...], found: Dimensions) -> Length | None:
    """The length that a squared norm, or the first product of vectors or matrices, sums over; a letter that divides a
    number, or anything else, may be another one."""
    match parts:
        case (s.Script(base=s.Group(bracket="||", items=(item,)), sub=None, sup=s.Number(text="2")),):
            dims = _dims(item, found)
            return dims[0] if dims is not None and found.lengths.settled(dims[1]) == ONE else None
        case (s.Group(bracket="(" | "[" | "{") as group,):
            inside = _factors(group)
            return _summed(inside, found) if inside != (group,) else None
    wide = [dims for part in parts if (dims := _dims(part, found)) is None or dims != NUMBER]
    if len(wide) < 2 or wide[0] is None:
        return None
    return wide[0][1]


def _dims(node: s.Node, found: Dimensions) -> Dims | None:
    try:
        dims = found.of(node)
    except Contradiction:
        return None
    return None if dims is None else found.lengths.settled_dims(dims)


__all__ = ["LENGTH", "divided_lengths"]
