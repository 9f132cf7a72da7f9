r"""``q(x | z) = \mathcal{N}(x; m, s)``, and behind it ``x = m + a \epsilon``: noise that has to have this density."""

from __future__ import annotations

from collections.abc import Sequence

from derive.language.claims import Equal
from derive.read import syntax as s
from derive.read.documents.definitions import told_densities
from derive.read.documents.definitions.taking import is_new
from derive.read.documents.reading.state import Entry, Reading, Waiting
from derive.read.documents.reading.told import is_normal
from derive.read.documents.steps.chains import Segment
from derive.read.documents.text.statements import chains_of
from derive.read.errors import ReadError
from derive.read.latex import node_readings
from derive.read.parser import parse


def claim(reading: Reading, each: Waiting, segment: Segment, texts: Sequence[str]) -> None:
    r"""``x = m + a \epsilon``, ``\epsilon \sim \mathcal{N}(0, I)``, behind ``q(x | z) = \mathcal{N}(x; …)``: that what
    is made so has this density is claimed, beside what the line says itself."""
    if segment.missing or segment.ops[:1] != ("=",) or not isinstance(segment.nodes[1], s.Sum):
        return
    start, stop = reading.section.extent
    maths = [(at, reading.document.pieces[at].math) for at in range(start, stop)]
    texts_of = (
        math.text[chain.span.start : chain.span.stop]
        for _, math in maths
        if math is not None and "\\sim" in math.text
        for chain in chains_of(math.text, reading.context)
    )
    drawn = [text for text in texts_of if "\\sim" in text]
    if not drawn:
        return
    for call in [_stated_normal(math.text, reading) for at, math in maths if math is not None and at < each.number]:
        if call is None or s.key(segment.nodes[0]) != told_densities.quantity_of(call):
            continue
        body = told_densities.told(call, [f"{texts[0]} = {texts[1]}", *drawn], reading.context)
        try:
            (left,), (right,) = (node_readings(node, reading.context) for node in (call, parse(body)))
        except (ReadError, ValueError):
            continue
        reading.chains += 1
        reading.sides += 2
        at = each.math.place(segment.nodes[1].start)
        place, what = each.found.source.place(at), (Equal(left.term, right.term),)
        text = f"{s.key(call)} = {body}"
        reading.entries.append(Entry((each.number, at), place, what, reading.context, text, chain=reading.chains))
        reading.note(place, f"drawn so, it has the density {text}")


def _stated_normal(text: str, reading: Reading) -> s.Node | None:
    """The density ``q(x | z)`` that a formula before this one says to be a normal one."""
    for chain in chains_of(text, reading.context):
        node = chain.node
        if isinstance(node, s.Relation) and node.rest[0][0] in ("=", ":=") and is_normal(node.rest[0][1]):
            known = not is_new(node.first, reading.context, reading.section.sections_before)
            return node.first if known and told_densities.is_density(node.first) else None
    return None


__all__ = ["claim"]
