"""What the t of ``v_t = \\beta v_{t-1} + g_t`` with ``v_0 = 0`` counts, where a text does not say it: steps 1..T."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from derive.read import syntax as s
from derive.read.documents.definitions import recurrences
from derive.read.names import parts_below


def counted_steps(nodes: Sequence[s.Node], everywhere: Collection[str], taken: Collection[str]) -> str:
    """The declaration of the one letter that a section's recurrences step with, where each of them is of numbers (sums
    of names and of products of names, none of them a capital) and begins at 0; nothing where there is no such letter,
    or it, or T, stands for something already."""
    found: dict[str, None] = {}
    for node in nodes:
        parts = parts_below(node.first) if isinstance(node, s.Relation) and len(node.rest) == 1 else None
        if (
            not isinstance(node, s.Relation)
            or parts is None
            or not isinstance(parts[1], s.Name)
            or parts[2] is not None
        ):
            continue
        if not recurrences.is_recurrence(node):
            continue
        if not _is_of_numbers(node.rest[0][1]) or not any(_begins(each, parts[0]) for each in nodes):
            return ""
        found[parts[1].text] = None
    letter = next(iter(found), "")
    if len(found) != 1 or letter in taken or not re.fullmatch("[a-z]", letter):
        return ""
    alone = "T" not in taken and not any(re.search(r"(?<![A-Za-z\\])T(?![A-Za-z])", text) for text in everywhere)
    return f"index {letter} = 1..T" if alone else ""


def _begins(node: s.Node, base: str) -> bool:
    """``v_0 = 0``, also in ``m_0 = v_0 = 0``."""
    if not isinstance(node, s.Relation) or any(op != "=" for op, _ in node.rest):
        return False
    sides = [node.first, *(side for _, side in node.rest)]
    heads = [parts for side in sides if (parts := parts_below(side)) is not None]
    begins = any(name == base and isinstance(sub, s.Number) and sub.text == "0" for name, sub, _ in heads)
    return begins and isinstance(sides[-1], s.Number)


def _is_of_numbers(node: s.Node) -> bool:
    """Whether nothing in a side is a matrix or a function of a name: no capital, no word, no command with brackets."""
    for part in s.walk(node):
        if isinstance(part, s.Name) and (
            part.text[:1].isupper() or re.match(r"\\(?:mathbf|boldsymbol|bm|vec)\b", part.text)
        ):
            return False
        if isinstance(part, s.Word):
            return False
    return True


__all__ = ["counted_steps"]
