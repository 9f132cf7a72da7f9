r"""Definitions by a power: ``S^{-1} = A`` says that S is the inverse of A, ``\sigma^2(x) = f`` what σ(x) squares to."""

from __future__ import annotations

import re
from dataclasses import replace

from derive.language.context import Context
from derive.read import syntax as s
from derive.read.errors import ReadError, Undeclared
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
        case s.Juxt(parts=(s.Script(sup=s.Number(text="2"), primes=0) as head, s.Group(bracket="(") as group)):
            name = s.key(_bare(head))
        case _:
            return ""
    taken = (context.symbols, context.functions, context.sizes, context.indices)
    if parts_of(head.base) is None or any(name in names for names in taken):
        return ""
    if head.sub is not None and any(s.key(part) in context.indices for part in s.walk(head.sub)):
        return ""
    return f"function {name}{s.key(group)} := \\sqrt{{{body}}}"


def reciprocal_of(node: s.Node, body: str, context: Context, solving: bool = True) -> tuple[s.Node, str] | None:
    r"""The name s and its definition in ``\frac{1}{s^2} = body``, ``\frac{1}{s} = body`` and ``s^{-2} = body``, where
    nothing declares s, nor what s would be an estimate of where something is being solved: the positive root of it."""
    if isinstance(node, s.Frac) and isinstance(node.bottom, s.Group) and len(node.bottom.items) == 1:
        node = replace(node, bottom=node.bottom.items[0])
    match node:
        case s.Frac(top=s.Number(text="1"), bottom=s.Script(sup=s.Number(text="2"), primes=0) as below):
            named, value = _bare(below), f"\\frac{{1}}{{\\sqrt{{{body}}}}}"
        case s.Frac(top=s.Number(text="1"), bottom=s.Name() | s.Script(sup=None, primes=0) as below):
            named, value = below, f"\\frac{{1}}{{{body}}}"
        case s.Script(sup=s.Node() as sup, primes=0) if s.key(sup) == "-2":
            named, value = _bare(node), f"\\frac{{1}}{{\\sqrt{{{body}}}}}"
        case _:
            return None
    return (named, value) if _is_unheard_of(named, context, solving) and _is_number(body, context) else None


def _bare(node: s.Script) -> s.Node:
    """What is raised to a power."""
    return replace(node, sup=None) if node.sub is not None else node.base


_ESTIMATE = re.compile(r"\\(?:hat|widehat|tilde|bar)(?![A-Za-z])|\*|\\star")
_HATTED = re.compile(r"\\(?:hat|widehat)(?![A-Za-z])|\*|\\star")


def _is_unheard_of(node: s.Node, context: Context, solving: bool) -> bool:
    """Whether nothing declares a name, nor the name of which it is an estimate."""
    parts = parts_of(node)
    estimate = _ESTIMATE if solving else _HATTED
    if parts is None or estimate.search(s.key(node)):
        return False
    taken = (context.symbols, context.functions, context.sizes, context.indices)
    own = (s.key(node),) if parts[1] is not None else (parts[0], s.key(node))
    if any(name in names for name in own for names in taken):
        return False
    try:
        node_readings(node, context)
    except Undeclared as problem:
        return problem.name in (parts[0], s.key(node))
    except ReadError:
        return False
    return False


def _is_number(body: str, context: Context) -> bool:
    """Whether a body is a number, as far as it can be read yet."""
    try:
        return not any(typed.shape for typed in node_readings(parse(body), context))
    except Undeclared:
        return True
    except ReadError:
        return False


__all__ = ["inverse_of", "reciprocal_of", "squared_function"]
