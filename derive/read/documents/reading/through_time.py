r"""Gradients through all steps of a recursion, ``\\partial L/\\partial W = \\sum_t F_t``: what each step contributes.

In a section that follows one step, the derivative of the loss in what is the same at every step is what this step
contributes. That the summands are this at any step shows that the sums are the gradient; and where they are not, the
sums are not at T = 1, as the state before the first step may be anything.
"""

from __future__ import annotations

from dataclasses import replace

from derive.language.context import Context
from derive.language.terms import Span, Sym
from derive.read import syntax as s
from derive.read.documents.definitions import one_step
from derive.read.documents.reading.state import Reading, Refused, Waiting
from derive.read.documents.steps.chains import Segment
from derive.read.errors import ReadError


def per_step(reading: Reading, each: Waiting, segment: Segment) -> Segment:
    """What is said of each step, where a chain says it of the sums over all of them."""
    if segment.missing or not segment.ops:
        return segment
    first, rest = segment.nodes[0], tuple(zip(segment.ops, segment.nodes[1:], strict=True))
    node = s.Relation(first.start, segment.nodes[-1].stop, first, rest)
    for letter in reading.section.stepped:
        made = one_step.summand(node, letter)
        if made is None or not isinstance(first, s.Diff) or first.body is None:
            continue
        if not _is_over_all(reading, node, letter) or not _reaches_all(s.key(first.body), letter, reading.context):
            unclear = ReadError(
                "expected to know how the loss depends on the state at every step", segment.sides[0], ""
            )
            reading.problem(each.found, each.math, unclear, segment.sides[0])
            raise Refused
        place = each.found.source.place(each.math.place(first.start))
        reading.note(place, f"a gradient through all steps: each summand is what step {letter} contributes")
        bodies = tuple(side for _, side in made.rest)
        spans = tuple(Span(body.start, body.stop) for body in bodies)
        return replace(segment, nodes=(first, *bodies), sides=(segment.sides[0], *spans))
    return segment


def _is_over_all(reading: Reading, node: s.Relation, letter: str) -> bool:
    """Whether the sums end where the steps do, of which there may be one only."""
    range_ = reading.section.freed.get(letter)
    ends = {s.key(side.sup) for _, side in node.rest if isinstance(side, s.BigOp) and side.sup is not None}
    if range_ is None:
        return len(ends) <= 1
    least = max((reading.context.sizes.get(name, 1) for name in range_.high.names), default=2)
    return range_.low.constant == 1 and ends <= {str(range_.high)} and least == 1


def _reaches_all(loss: str, letter: str, context: Context) -> bool:
    """Whether a loss of which nothing is known depends on each state: that leads to later steps."""
    decl = context.symbols.get(loss)
    if decl is None:
        return True  # it waits for its declaration
    nearest = {part.name for part in decl.depends or () if isinstance(part, Sym)}
    states = {
        name
        for name, each in context.symbols.items()
        if name.endswith(f"_{letter}") and each.definition is not None
        if f"{name.removesuffix(f'_{letter}')}_{{{letter}-1}}" in context.symbols
    }
    return bool(states) and states <= nearest


__all__ = ["per_step"]
