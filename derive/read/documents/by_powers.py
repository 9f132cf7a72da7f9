r"""Definitions by a power: ``S^{-1} = A`` says that S is the inverse of A, ``\sigma^2(x) = f`` what σ(x) squares to."""

from __future__ import annotations

from dataclasses import replace

from derive.language.context import Context
from derive.read import syntax as s
from derive.read.errors import ReadError
from derive.read.latex import node_readings
from derive.read.names import parts_of
from derive.read.parser import parse


def inverse_of(node: s.Node, body: str, context: Context) -> str:
    """The definition of S in ``S^{-1} = body``, if the body has an inverse at all: a square matrix, or a number."""
    if not isinstance(node, s.Script) or node.primes or node.sup is None or s.key(node.sup) != "-1":
        return ""
    name = s.key(replace(node, sup=None)) if node.sub is not None else s.key(node.base)
    if parts_of(node) is None or name in context.symbols:
        return ""
    try:
        shapes = {typed.shape for typed in node_readings(parse(body), context)}
    except ReadError:
        return ""
    square = all(not shape or (len(shape) == 2 and shape[0] == shape[1]) for shape in shapes)
    return f"let {name} := ({body})^{{-1}}" if square else ""


def squared_function(node: s.Node, body: str, context: Context) -> str:
    r"""The definition of the function σ in ``\sigma^2(x) = body``, where nothing else is called σ: the root of it."""
    match node:
        case s.Juxt(
            parts=(s.Script(sub=None, sup=s.Number(text="2"), primes=0) as head, s.Group(bracket="(") as group)
        ):
            name = s.key(head.base)
        case _:
            return ""
    taken = (context.symbols, context.functions, context.sizes, context.indices)
    if parts_of(head.base) is None or any(name in names for names in taken):
        return ""
    return f"function {name}{s.key(group)} := \\sqrt{{{body}}}"


__all__ = ["inverse_of", "squared_function"]
