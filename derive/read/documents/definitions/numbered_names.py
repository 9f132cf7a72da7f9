"""``W_2 = A + B`` beside a matrix ``W``: a name of its own, where it can be no row of W."""

from __future__ import annotations

import re
from collections.abc import Sequence

from derive.language.context import Context
from derive.read import syntax as s
from derive.read.declarations import declare
from derive.read.documents.definitions.defining import Defined
from derive.read.documents.text.scanner import Found
from derive.read.documents.text.statements import chains_of
from derive.read.errors import DeclarationError, ReadError
from derive.read.latex import node_readings
from derive.read.names import option


def defined(node: s.Node, body: s.Node, text: str, context: Context) -> Defined | None:
    """The definition of a letter with a number below it that would be a part of the vector or matrix of that letter,
    if no part of it has the shape of what the text makes of it."""
    match node:
        case s.Script(base=s.Name(text=letter), sub=s.Number(), sup=None, primes=0):
            name = s.key(node)
        case _:
            return None
    whole = context.symbols.get(letter)
    if name in context.symbols or whole is None or whole.family or not whole.shape:
        return None
    if letter in option(context, "component") or letter in option(context, "rows"):
        return None
    siblings = any(_NUMBERED.fullmatch(each) and each.startswith(f"{letter}_") for each in context.symbols)
    try:
        part = {typed.shape for typed in node_readings(node, context)}
        made = {typed.shape for typed in node_readings(body, context)}
    except ReadError:
        return None
    fits = part & made or any(_flat(one) == _flat(other) for one in part for other in made)
    if not siblings and (fits or not all(made)):
        return None  # a row may be a column of as many; what is a number may be an entry, also of a row
    try:
        let = f"let {name} := {text}"
        return Defined(declare(let, context), let)
    except DeclarationError:
        return None


def said_behind(node: s.Node | None, pieces: Sequence[Found], context: Context) -> str:
    """A name with a number in a formula that the words behind it explain (``where $W_2 = A + B$``), beside a vector or
    matrix of its letter."""
    if not isinstance(node, s.Relation):
        return ""
    used = {s.key(part): part.base for part in s.walk(node) if isinstance(part, s.Script)}
    own = s.key(node.first)
    for piece in pieces:
        if piece.kind == "display":
            return ""
        if piece.kind != "inline" or piece.math is None:
            if piece.kind == "prose" and "." in piece.text:
                return ""
            continue
        for chain in chains_of(piece.math.text, context):
            told = chain.node
            if not isinstance(told, s.Relation) or told.rest[0][0] not in ("=", ":="):
                continue
            name, base = s.key(told.first), used.get(s.key(told.first))
            if base is None or name in context.symbols or not _NUMBERED.fullmatch(name):
                continue
            whole = context.symbols.get(s.key(base))
            if s.key(base) == own or (whole is not None and whole.shape and not whole.family):
                return name
    return ""


_NUMBERED = re.compile(r"(?:[A-Za-z]|\\[A-Za-z]+|\\[a-z]+\{.+\})_\{?[0-9]+\}?")


def _flat(shape: tuple[object, ...]) -> tuple[str, ...]:
    """A shape without its lengths of one."""
    return tuple(str(length) for length in shape if str(length) != "1")


__all__ = ["defined", "said_behind"]
