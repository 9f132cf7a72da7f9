r"""``so that $w = \Phi^\top a$ with $$a = \frac1\lambda (t - \Phi w)$$``: a declared quantity that is said to be
something right behind its first use is that in this use."""

from __future__ import annotations

import re

from derive.read import syntax as s
from derive.read.documents.definitions.defining import is_free, primitive
from derive.read.documents.reading.state import Reading, Waiting
from derive.read.documents.text.statements import chains_of
from derive.read.errors import Awaited, ReadError

_WITH = re.compile(r"(?i)[\s,]*(?:with|where)\s*:?\s*")


def problems(reading: Reading, each: Waiting) -> tuple[ReadError, ...]:
    """What a chain has to wait for, if the words behind it lead to the definition of something in it."""
    if _WITH.fullmatch(each.after) is None or not isinstance(each.chain.node, s.Relation):
        return ()
    pieces = reading.document.pieces
    behind = pieces[each.number + 2] if each.number + 2 < len(pieces) else None
    if behind is None or behind.math is None or behind.kind not in ("inline", "display"):
        return ()
    node = next((chain.node for chain in chains_of(behind.math.text, reading.context)), None)
    if not isinstance(node, s.Relation) or node.rest[0][0] not in ("=", ":="):
        return ()
    found = primitive(node.first, reading.context)
    if found is None or found.name in reading.used or not is_free(found, reading.context):
        return ()
    own = each.chain.node
    sides = (own.first, *(side for _, side in own.rest))
    if s.key(own.first) == s.key(node.first) or _mentions(node.rest[0][1], found.name):
        return ()
    if not any(_mentions(side, found.name) for side in sides):
        return ()
    return (Awaited(found.name, node.first.span, "say what it is before it is used"),)


def _mentions(side: s.Node, name: str) -> bool:
    return any(isinstance(part, s.Name | s.Script) and s.key(part) == name for part in s.walk(side))


__all__ = ["problems"]
