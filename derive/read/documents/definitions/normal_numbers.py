"""Numbers that a normal density with a mean and a spread says something of."""

from __future__ import annotations

import re
from dataclasses import replace

from derive.language.context import Context
from derive.read import syntax as s
from derive.read.errors import ReadError, Undeclared
from derive.read.latex import node_readings


def of_normal(density: s.Node, context: Context) -> tuple[str, ...] | None:
    """What ``\\mathcal{N}(\\mu, \\sigma^2)`` of a number declares, of a mean and a standard deviation that nothing else
    does; None if it is no density of a number, or does not show that it is: ``\\mathcal{N}(\\mu, \\Sigma)``.

    >>> from derive.read.parser import parse
    >>> of_normal(parse(r"\\mathcal{N}(\\mu, \\sigma^2)"), Context())
    ('\\\\mu \\\\in \\\\mathbb{R}', '\\\\sigma > 0')
    """
    match density:
        case s.Juxt(parts=(head, s.Group(items=(mean, spread)))) if s.key(head) == "\\mathcal{N}":
            pass
        case _:
            return None
    squared = isinstance(spread, s.Script) and s.key(spread.sup or spread) == "2"
    of_spread = spread
    if squared and isinstance(spread, s.Script):
        of_spread = spread.base if spread.sub is None else replace(spread, sup=None)
    said: list[str] = []
    for place, declaration in ((mean, "\\in \\mathbb{R}"), (of_spread, "> 0")):
        try:
            if any(typed.shape for typed in node_readings(place, context)):
                return None
        except Undeclared:
            own = isinstance(place, s.Name | s.Script) and re.fullmatch(r"(?:[a-z]|\\[a-z]+)(?:_\d)?", s.key(place))
            if not squared or not own:
                return None
            said.append(f"{s.key(place)} {declaration}")
        except ReadError:
            return None
    return tuple(said)


def of_normal_vector(density: s.Node, context: Context) -> str:
    """The space of what is distributed as ``\\mathcal{N}(m, S)``, where the mean or the spread has the shape of one of
    vectors; nothing if it has not."""
    match density:
        case s.Juxt(parts=(head, s.Group(items=(mean, spread)))) if s.key(head) == "\\mathcal{N}":
            lengths = {length_of(mean, 1, context), length_of(spread, 2, context)} - {""}
            return f"\\mathbb{{R}}^{{{lengths.pop()}}}" if len(lengths) == 1 else ""
    return ""


def length_of(place: s.Node, rank: int, context: Context) -> str:
    """How many entries something of this rank has in each direction; nothing if that is not known."""
    try:
        shapes = {typed.shape for typed in node_readings(place, context)}
    except ReadError:
        return ""
    (shape,) = shapes if len(shapes) == 1 else ((),)
    return str(shape[0]) if len(shape) == rank and len(set(shape)) == 1 and shape[0].constant != 1 else ""
