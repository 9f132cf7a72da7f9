"""What is looked for in a node of a tree more than once, and kept in it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

Node = TypeVar("Node")
Found = TypeVar("Found")


def once(node: Node, look: Callable[[Node], Found]) -> Found:
    """What ``look`` finds in a term, or in a formula, and from nothing else, looked for once; it is kept as long as the
    node is.

    >>> from derive.language.terms import Num, Op
    >>> once(Op("neg", (Num(1),)), lambda node: len(node.args))
    1
    """
    kept: dict[Callable[[Node], Found], Found] = node.__dict__.setdefault("_found", {})
    if look not in kept:
        kept[look] = look(node)
    return kept[look]


__all__ = ["once"]
