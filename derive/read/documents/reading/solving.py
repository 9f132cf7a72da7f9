"""Equations to solve: what is set to zero, and the name that a solution gets."""

from __future__ import annotations

import re
from dataclasses import replace

from derive.read import syntax as s
from derive.read.declarations import declare
from derive.read.documents import chains
from derive.read.documents.chains import Segment, Told
from derive.read.documents.defining import is_undeclared
from derive.read.documents.macros import Expanded
from derive.read.documents.passages import Passage, Root
from derive.read.documents.prose import SEVERAL, TO_ZERO
from derive.read.documents.reading import constraining
from derive.read.documents.reading.state import NEAR, Reading, Waiting
from derive.read.errors import DeclarationError


def passage_with(reading: Reading, root: Root) -> Passage:
    """One more equation to solve, beside the constraints that the words put on what is solved for."""
    passage = reading.passage.with_root(root)
    for constraint in constraining.constraints(reading):
        passage = passage.with_root(Root(constraint))
    return passage


def set_to_zero(reading: Reading, math: Expanded) -> None:
    """After "setting this to zero", what was worked out last is an equation to solve."""
    if not TO_ZERO.search(reading.words.prose) or not reading.section.gradients:
        return
    last = reading.section.gradients[-1][0]
    several = SEVERAL.search(reading.words.prose[-NEAR:]) is not None
    tails = (
        [tail for number, tail in reading.section.gradients if number == last]
        if several
        else [reading.section.gradients[-1][1]]
    )
    names_zero = re.search(r"=\s*(?:0|\\(?:mathbf|boldsymbol|bm)\s*\{?0\}?)(?![\d.])", math.text)
    if names_zero and not chains.has_solution(math.text, tails, reading.context):
        return
    for tail in tails:
        root = chains.gradient_set_to_zero(tail, reading.context)
        if root is not None:
            reading.passage = passage_with(reading, root)
    reading.section.gradients = []


def solved_segment(reading: Reading, segment: Segment, texts: list[str], told: Told | None) -> Segment | None:
    """``\\hat\\mu = …`` in a passage that solves for μ: the same segment about μ itself."""
    if segment.missing or not segment.ops or segment.ops[0] not in ("=", ":="):
        return None
    if not is_undeclared(segment.nodes[0], reading.context):
        return None
    relations = (*reading.passage.known, *(told.relations if told else ()))
    node = chains.marked_unknown(texts[0], relations, reading.context)
    if node is None or _plugs_in(reading, texts[1]):
        return None
    return replace(segment, nodes=(node, *segment.nodes[1:]))


def _plugs_in(reading: Reading, text: str) -> bool:
    """``\\hat{y} = X \\hat{w}`` where an equation is solved of which nothing says in what: fitted values."""
    if any(root.variables for block in reading.passage.blocks for root in block.roots):
        return False
    return re.search(r"\\(?:hat|widehat)(?![A-Za-z])", text) is not None


def name_solution(reading: Reading, each: Waiting, texts: list[str], segment: Segment) -> None:
    """The name of a solution joins the context as what it was found to be."""
    value = texts[2] if chains.is_argument(segment.nodes[1]) and len(texts) > 2 else texts[1]
    try:
        reading.context = declare(f"let {texts[0]} := {value}", reading.context)
    except DeclarationError:
        return
    place = each.found.source.place(each.math.place(segment.sides[0].start))
    reading.note(place, f"let {texts[0]} := {value}, solving for {s.key(segment.nodes[0])}")


def follows(reading: Reading, root: Root) -> bool:
    """Whether an equation to solve only restates, in other words, what is being solved already."""
    return bool(reading.passage) and not root.variables
