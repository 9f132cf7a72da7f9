"""Letters of an earlier section that are members of a sequence here: ``v_t = \\beta v_{t-1} + g_t`` behind a vector g
is about other things, since no t counts its entries."""

from __future__ import annotations

from collections.abc import Sequence

from derive.language.extents import Range
from derive.read import syntax as s
from derive.read.documents.definitions import recurrences
from derive.read.documents.definitions.forgetting import without_names
from derive.read.documents.reading import naming
from derive.read.documents.reading.state import Reading
from derive.read.names import parts_below


def free(reading: Reading) -> None:
    """A vector that an earlier section defines is forgotten where this section steps through members of its letter, by
    an index that does not count its entries, and has the vector itself nowhere as one."""
    nodes = naming.section_nodes(reading)
    letters = {
        parts[1].text
        for node in nodes
        if isinstance(node, s.Relation) and (parts := parts_below(node.first)) is not None
        if isinstance(parts[1], s.Name) and recurrences.is_recurrence(node)
    }
    if not letters:
        return
    gone = frozenset(
        name
        for name, decl in reading.context.symbols.items()
        if len(decl.shape) == 1 and not decl.family and decl.definition is not None
        if reading.section.sections_before.symbols.get(name) is decl and name not in reading.document.authored
        if not any(reading.context.indices.get(letter) == Range.upto(decl.shape[0]) for letter in letters)
        if _is_stepped(name, letters, nodes) and not _is_vector(name, nodes)
    )
    if gone:
        reading.context = without_names(reading.context, gone)
        reading.notes.append(f"{', '.join(sorted(gone))}: of the sections before, here the letter of a sequence")


def _is_stepped(name: str, letters: set[str], nodes: Sequence[s.Node]) -> bool:
    """Whether members of the letter stand in the recurrences of the section, at their step."""
    for node in nodes:
        if not isinstance(node, s.Relation) or not recurrences.is_recurrence(node):
            continue
        for _, side in node.rest:
            for part in s.walk(side):
                parts = parts_below(part) if isinstance(part, s.Script) else None
                if parts is not None and parts[0] == name and parts[1] is not None and s.key(parts[1])[:1] in letters:
                    return True
    return False


def _is_vector(name: str, nodes: Sequence[s.Node]) -> bool:
    """Whether the name stands somewhere transposed, or as what is differentiated in, or is defined anew."""
    for node in nodes:
        for part in s.walk(node):
            parts = parts_below(part) if isinstance(part, s.Script) else None
            if parts is not None and parts[0] == name and parts[1] is None and parts[2] is not None:
                return True
    return False


__all__ = ["free"]
