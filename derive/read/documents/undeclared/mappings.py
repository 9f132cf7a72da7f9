r"""Functions that a text gives by their spaces, ``$f : \mathbb{R}^d \to \mathbb{R}$``, and what they are taken of."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from types import MappingProxyType

from derive.language.context import Context
from derive.read import syntax as s
from derive.read.declarations import declare
from derive.read.documents.definitions.defining import Defined
from derive.read.errors import DeclarationError, ReadError
from derive.read.names import option, parts_of
from derive.read.parser import parse
from derive.read.spaces import is_space

_MAPS = re.compile(
    r"(?P<name>[A-Za-z]|\\[A-Za-z]+(?:\s*\{\s*\\?[A-Za-z]+\s*\})?)\s*(?::|\\colon(?![A-Za-z]))\s*"
    r"(?P<from>\\mathbb\s*(?:\{\s*R\s*\}|R)[^:]*?)\\(?:to|rightarrow|longrightarrow)(?![A-Za-z])\s*"
    r"\\mathbb\s*(?:\{\s*R\s*\}|R)(?:_\{?(?:\\geq?\s*0|\+|>\s*0)\}?)?"
)
_OPTION = "domains"


def mapped(text: str, context: Context, elementwise: Set[str] = frozenset()) -> Defined | None:
    r"""The function of which a formula says from which space it goes to the numbers; None if it has met before. One of
    numbers is taken of entries where words say so: ``elementwise``.

    >>> done = mapped(r"f : \mathbb{R}^d \to \mathbb{R}", Context())
    >>> done and done.text
    'function f (of \\mathbb{R}^d)'
    """
    found = _MAPS.fullmatch(text.strip())
    if found is None:
        return None
    name = re.sub(r"\s+", "", found["name"])
    try:
        space = parse(found["from"].strip())
        if not is_space(space) or any(
            name in names for names in (context.symbols, context.functions, context.indices, context.sizes)
        ):
            return None
        entrywise = " elementwise" if name in elementwise and s.key(space) == "\\mathbb{R}" else ""
        context = declare(f"function {name}{entrywise}", context)
    except (DeclarationError, ReadError):
        return None
    domains = {**option(context, _OPTION), name: s.key(space)}
    if entrywise:
        return Defined(context, f"function {name}{entrywise}")
    return Defined(context.with_option(_OPTION, MappingProxyType(domains)), f"function {name} (of {s.key(space)})")


def space_of_argument(base: str, nodes: Sequence[s.Node], context: Context) -> str:
    """The space that a letter is of, ``x`` or the x of ``x_t``, because a function of that space is taken of it; empty
    if none is, or of two spaces."""
    found: dict[str, None] = {}
    domains = option(context, _OPTION)
    for node in nodes if domains else ():
        for part in s.walk(node):
            for head, group in zip(part.parts, part.parts[1:], strict=False) if isinstance(part, s.Juxt) else ():
                space = domains.get(s.key(head))
                if space is None or not isinstance(group, s.Group) or group.bracket != "(" or len(group.items) != 1:
                    continue
                parts = parts_of(group.items[0])
                if parts is not None and parts[0] == base:
                    found[str(space)] = None
    return next(iter(found)) if len(found) == 1 else ""


__all__ = ["mapped", "space_of_argument"]
