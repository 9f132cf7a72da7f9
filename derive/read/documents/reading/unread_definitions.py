r"""Definitions that could not be read: ``\hat y_t = u h_t + d`` of an h that nothing says anything about."""

from __future__ import annotations

from derive.read import syntax as s
from derive.read.documents.definitions.defining import head_of
from derive.read.documents.reading.state import Reading, Waiting
from derive.read.documents.text.statements import one_line
from derive.read.documents.words.unheeded import Unheeded
from derive.read.latex import is_readable
from derive.read.names import parts_of, split_superscript


def note(reading: Reading, each: Waiting) -> None:
    """A chain that has been given up may have been all that says what the name at its head is: no numbers speak against
    what is said of that."""
    node = each.chain.node
    if not isinstance(node, s.Relation) or node.rest[0][0] not in ("=", ":=") or each.chain.begins:
        return
    if isinstance(node.first, s.Juxt) or head_of(node.first) is None or is_readable(node.first, reading.context):
        return
    parts = parts_of(node.first)
    if parts is None:
        return
    at = each.found.source.place(each.math.place(each.chain.span.start))
    text = one_line(each.math.text[each.chain.span.start : each.chain.span.stop])
    above = split_superscript(parts[2]).items
    below = "".join(s.key(item) for item in above)  # h^{(t)} is the member h_t
    names = tuple(dict.fromkeys((s.key(node.first), parts[0], *([f"{parts[0]}_{{{below}}}"] if below else []))))
    reading.document.passed_over.append(Unheeded(at, f"“{text}”, which could not be read,", names))


__all__ = ["note"]
