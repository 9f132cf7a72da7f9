r"""Derivatives typed on one line: ``\partial L / \partial x``, wherever they stand in a product."""

from __future__ import annotations

from dataclasses import replace

from derive.read import syntax as s

_TWICE = ("\\partial^2", "\\partial^{2}")


def with_derivatives(node: s.Product) -> s.Node:
    """The product with every ``\\partial f / \\partial x`` in it as what it is; what stands before or behind one is a
    factor: ``x_i \\, \\partial L / \\partial x_i``, ``\\partial L / \\partial y \\, W``.

    >>> from derive.read.parser import parse
    >>> type(with_derivatives(parse(r"a \\, \\partial L / \\partial x"))).__name__
    'Juxt'
    """
    done: list[tuple[str, s.Node]] = [("", node.first)]
    changed = False
    for op, part in node.rest:
        together = _together(done[-1][1], part) if op == "/" else None
        if together is None:
            done.append((op, part))
        else:
            done[-1], changed = (done[-1][0], together), True
    if not changed:
        return node
    (_, first), *rest = done
    return replace(node, first=first, rest=tuple(rest)) if rest else first


def _together(above: s.Node, below: s.Node) -> s.Node | None:
    """What ends with ``\\partial f`` over what begins with ``\\partial x``."""
    if not isinstance(above, s.Juxt) or not isinstance(below, s.Juxt) or s.key(below.parts[0]) != "\\partial":
        return None
    at = max((n for n, part in enumerate(above.parts) if _is_head(part)), default=-1)
    if at < 0 or at + 1 >= len(above.parts):
        return None
    found = _variables(above.parts[at], below.parts)
    if found is None:
        return None
    variables, used = found
    rest = above.parts[at + 1 :]
    body = rest[0] if len(rest) == 1 else s.Juxt(rest[0].start, rest[-1].stop, rest)
    derivative = s.Diff(above.parts[at].start, below.parts[used - 1].stop, body, variables)
    parts = (*above.parts[:at], derivative, *below.parts[used:])
    return derivative if len(parts) == 1 else s.Juxt(parts[0].start, parts[-1].stop, parts)


def _is_head(part: s.Node) -> bool:
    return s.key(part) in ("\\partial", *_TWICE)


def _variables(head: s.Node, below: tuple[s.Node, ...]) -> tuple[tuple[s.Node, ...], int] | None:
    """In what is differentiated, and how many of the parts below say it: ``\\partial x``, ``\\partial x^2``,
    ``\\partial x \\, \\partial y``."""
    if len(below) < 2:
        return None
    variable = below[1]
    if s.key(head) == "\\partial":
        return (variable,), 2
    if len(below) >= 4 and s.key(below[2]) == "\\partial":
        return (variable, below[3]), 4
    if isinstance(variable, s.Script) and isinstance(variable.sup, s.Number) and variable.sup.text == "2":
        once = variable.base if variable.sub is None else replace(variable, sup=None)
        return (once, once), 2
    return None


__all__ = ["with_derivatives"]
