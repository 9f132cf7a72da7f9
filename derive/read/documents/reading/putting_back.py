r"""``Substituting these back into $L$ gives the dual $$g(a) = …$$``: a name for what L is worth at the solution.

The name is new, and what stands behind it defines it; but the sentence claims, too, that L is worth that where the
equations are solved.
"""

from __future__ import annotations

from dataclasses import replace

from derive.language.dependencies import depends_on, mentioned
from derive.read import syntax as s
from derive.read.documents.definitions.defining import is_undeclared
from derive.read.documents.reading import judging, linking
from derive.read.documents.reading.state import Reading, Waiting
from derive.read.documents.steps.chains import Segment
from derive.read.errors import ReadError
from derive.read.latex import node_readings
from derive.read.parser import parse


def value_named(reading: Reading, each: Waiting, segment: Segment) -> s.Node | None:
    """The objective of which the new name at the head of a segment is the value at the solution; None if there is
    none, or nothing has been solved."""
    if not each.put_into or segment.missing or segment.ops[0] not in ("=", ":=") or not reading.passage:
        return None
    if not is_undeclared(segment.nodes[0], reading.context):
        return None
    last = reading.section.objectives[-1].text if reading.section.objectives else ""
    text = last if each.put_into == "*" else each.put_into
    try:
        node = parse(text)
        (typed,) = node_readings(node, reading.context)
    except (ReadError, ValueError):
        return None
    solved = {name for block in reading.passage.blocks for name in block.variables}
    about = mentioned(reading.context, typed.term)
    if solved and not any(depends_on(reading.context, name, each) for name in about for each in solved):
        return None  # nothing that it is made of has been solved for
    return None if typed.shape else node


def claim(reading: Reading, each: Waiting, segment: Segment, texts: list[str], value: s.Node, *, last: bool) -> None:
    """Judge that the objective is worth what its new name has been said to be."""
    claimed = replace(segment, nodes=(value, *segment.nodes[1:2]), ops=("=",), sides=segment.sides[:2])
    links = linking.links_of(reading, each, claimed, last)
    judging.judge(reading, each, claimed, links, [s.key(value), texts[1]], 0, None)


__all__ = ["claim", "value_named"]
