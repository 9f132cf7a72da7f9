r"""``\partial \mathrm{KL} / \partial \mu``: the name of an operator alone is its value that the section has given."""

from __future__ import annotations

from collections.abc import Sequence

from derive.language.context import Context
from derive.read import syntax as s
from derive.read.declarations import declare
from derive.read.documents.definitions.defining import Defined
from derive.read.documents.text.scanner import Found
from derive.read.documents.text.statements import chains_of, source_of
from derive.read.errors import DeclarationError, ReadError
from derive.read.latex import node_readings
from derive.read.parser import parse


def value_of_operator(name: str, pieces: Sequence[Found], context: Context) -> Defined | None:
    """``\\mathrm{KL}`` where some formula so far says what ``\\mathrm{KL}(q \\| p)`` is, and none speaks of another."""
    if name in context.symbols or name in context.functions:
        return None
    calls: dict[str, str] = {}
    for found in pieces:
        if found.math is None or found.kind not in ("display", "inline"):
            continue
        for chain in chains_of(found.math.text, context):
            if not isinstance(chain.node, s.Relation) or chain.begins or chain.node.rest[0][0] not in ("=", ":="):
                continue
            match chain.node.first:
                case s.Juxt(parts=(head, s.Group(bracket="(" | "[") as group)) if s.key(head) == name and group.seps:
                    calls.setdefault(s.key(chain.node.first), source_of(chain.sides[0], found.math.text))
    if len(calls) != 1:
        return None
    text = f"let {name} := {calls.popitem()[1]}"
    try:
        done = declare(text, context)
        scalar = not node_readings(parse(name), done)[0].shape
    except (DeclarationError, ReadError):
        return None
    return Defined(done, text) if scalar else None


__all__ = ["value_of_operator"]
