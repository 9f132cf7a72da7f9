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
    parts = parts_of(node.first) if head_of(node.first) is not None else None
    if isinstance(node.first, s.Juxt) or parts is None:
        return
    guessed = reading.context.symbols.get(parts[0]) if parts[0] in reading.guessed else None
    if is_readable(node.first, reading.context) and (guessed is None or guessed.definition is not None):
        return
    at = each.found.source.place(each.math.place(each.chain.span.start))
    text = one_line(each.math.text[each.chain.span.start : each.chain.span.stop])
    above = split_superscript(parts[2])
    items = above.items if above.rest is None else (above.rest,)
    below = "".join(s.key(item) for item in items)  # h^{(t)} is the member h_t
    names = tuple(dict.fromkeys((s.key(node.first), parts[0], *([f"{parts[0]}_{{{below}}}"] if below else []))))
    reading.document.passed_over.append(Unheeded(at, f"“{text}”, which could not be read,", names))


__all__ = ["note"]
