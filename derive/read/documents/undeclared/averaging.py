r"""The size of a vector of ones, from what it averages: ``I - \frac1n \mathbf{1}\mathbf{1}^\top``."""

from __future__ import annotations

import re
from dataclasses import fields, replace

from derive.language.context import Context
from derive.read import syntax as s
from derive.read.errors import ReadError, Undeclared, UntoldSize
from derive.read.latex import node_readings
from derive.read.names import TRANSPOSE_MARKS
from derive.read.notation import ONES


def with_sizes(node: s.Node, context: Context) -> tuple[s.Node, Context, str] | None:
    """The body of a definition that cannot be read because it does not say how long its vectors of ones are, with that
    size at them, and its name: it is what ``\\mathbf{1}\\mathbf{1}^\\top`` is divided by. None if that does not do."""
    if not any(isinstance(part, s.Name) and part.text in ONES for part in s.walk(node)):
        return None
    try:
        node_readings(node, context)
    except (UntoldSize, Undeclared) as problem:
        found: dict[str, None] = {}
        changed = _sized(node, found)
        if len(found) != 1 or not isinstance(changed, s.Node):
            return None
        (size,) = found
        if isinstance(problem, Undeclared) and problem.name != size:
            return None
    except ReadError:
        return None
    else:
        return None
    if any(size in names for names in (context.symbols, context.functions, context.indices)):
        return None
    context = context if size in context.sizes else context.with_size(size)
    try:
        node_readings(changed, context)
    except ReadError:
        return None
    return changed, context, size


def _sized(node: object, found: dict[str, None]) -> object:
    """The tree with the size at each vector of ones that is averaged over; the sizes are put in ``found``."""
    if isinstance(node, tuple):
        return tuple(_sized(item, found) for item in node)
    if not isinstance(node, s.Node):
        return node
    size = _averages(node)
    if size is not None:
        found[size.text] = None
        return _with_subscript(node, size)
    new = {item.name: _sized(getattr(node, item.name), found) for item in fields(node)}
    return replace(node, **new)  # type: ignore[arg-type]


def _averages(node: s.Node) -> s.Name | None:
    """The n of ``\\frac1n \\mathbf{1}\\mathbf{1}^\\top`` and of ``\\mathbf{1}\\mathbf{1}^\\top / n``."""
    match node:
        case s.Juxt(parts=(s.Frac(top=s.Number(text="1"), bottom=s.Name() as size), *factors)):
            pass
        case s.Juxt(parts=(s.Script(base=s.Name() as size, sub=None, sup=s.Node() as sup, primes=0), *factors)) if (
            s.key(sup) == "-1"
        ):
            pass
        case s.Product(first=s.Juxt(parts=parts), rest=(("/", s.Name() as size),)):
            factors = [*parts]
        case _:
            return None
    match factors:
        case [s.Name(text=one), s.Script(base=s.Name(text=other), sub=None, sup=s.Node() as sup, primes=0)] if (
            one in ONES and other == one and s.key(sup) in TRANSPOSE_MARKS
        ):
            return size if re.fullmatch(r"[A-Za-z]", size.text) else None
    return None


def _with_subscript(node: s.Node, size: s.Name) -> s.Node:
    """``\\mathbf{1}_n`` for each bare ``\\mathbf{1}``."""

    def changed(part: object) -> object:
        if isinstance(part, tuple):
            return tuple(map(changed, part))
        match part:
            case s.Name(text=text) if text in ONES:
                return s.Script(part.start, part.stop, part, size, None, 0)
            case s.Script(base=s.Name(text=text)) if text in ONES:
                return replace(part, sub=size)
            case s.Node():
                new = {item.name: changed(getattr(part, item.name)) for item in fields(part)}
                return replace(part, **new)  # type: ignore[arg-type]
        return part

    done = changed(node)
    return done if isinstance(done, s.Node) else node


__all__ = ["with_sizes"]
