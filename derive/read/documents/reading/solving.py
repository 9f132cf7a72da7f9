"""Equations to solve: what is set to zero, and the name that a solution gets."""

from __future__ import annotations

import re
from dataclasses import replace

from derive.language.terms import Deriv, Rel, Sym
from derive.read import syntax as s
from derive.read.declarations import declare
from derive.read.documents import chains, conventions
from derive.read.documents.chains import Segment, Told
from derive.read.documents.defining import is_undeclared, primitive
from derive.read.documents.macros import Expanded
from derive.read.documents.passages import Passage, Root
from derive.read.documents.prose import ESTIMATE, FOLLOWS, SAME_WAY, SEVERAL, TO_ZERO
from derive.read.documents.reading import redefining
from derive.read.documents.reading.state import NEAR, Reading, Waiting
from derive.read.errors import DeclarationError
from derive.read.names import parts_of


def passage_with(reading: Reading, root: Root) -> Passage:
    """One more equation to solve, beside the constraints that the words put on what is solved for."""
    for node in reading.section.restricted:  # constraints in names that were declared after them
        found = conventions.supposed(node, reading.context)
        reading.section.constrained += found
        if found:
            reading.section.restricted = tuple(each for each in reading.section.restricted if each is not node)
    passage = reading.passage.with_root(root)
    for constraint in reading.section.constrained:
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
    text = re.sub(r"\\\{.*?\\\}", "", math.text)  # the 0 of 1{y = 0} is nothing that is set
    names_zero = re.search(r"=\s*(?:0|\\(?:mathbf|boldsymbol|bm)\s*\{?0\}?)(?![\d.])", text)
    if names_zero and not chains.is_solution(math.text, tails, reading.context):
        return
    for tail in tails:
        root = chains.gradient_set_to_zero(tail, reading.context)
        if root is not None:
            reading.passage = passage_with(reading, root)
    reading.section.gradients = []


def solved_segment(
    reading: Reading, each: Waiting, segment: Segment, texts: list[str], told: Told | None
) -> Segment | None:
    """``\\hat\\mu = …`` in a passage that solves for μ: the same segment about μ itself."""
    if segment.missing or not segment.ops or segment.ops[0] not in ("=", ":="):
        return None
    if not is_undeclared(segment.nodes[0], reading.context):
        return None
    if each.otherwise and told is None:
        return None  # the solution of another problem
    if told is None:
        _estimate(reading, each, segment, texts)
    relations = (*reading.passage.known, *(told.relations if told else ()))
    node = chains.marked_unknown(texts[0], relations, reading.context)
    if node is None or _plugs_in(reading, node, texts[1]):
        return None
    return replace(segment, nodes=(node, *segment.nodes[1:]))


def in_the_same_way(reading: Reading, each: Waiting, segment: Segment) -> None:
    """``in the same way μ_1 = …`` after the derivative in μ_0 was set to zero: that in μ_1 is zero as well."""
    if not SAME_WAY.search(each.prose) or segment.missing or segment.ops[:1] != ("=",) or not reading.passage:
        return
    found = primitive(segment.nodes[0], reading.context)
    root = reading.passage.blocks[-1].roots[-1]
    if found is None or len(root.variables) != 1 or not isinstance(root.equation.left, Deriv):
        return
    old, symbols = root.variables[0], reading.context.symbols
    solved = {name for block in reading.passage.blocks for name in block.variables}
    if not isinstance(old, Sym) or found.name in solved or symbols[found.name].shape != symbols[old.name].shape:
        return
    if len(found.indices) != len(old.indices) or root.equation.left.wrt != old:
        return
    left = replace(root.equation.left, wrt=found)
    reading.passage = reading.passage.with_root(Root(replace(root.equation, left=left), (found,)))


def _estimate(reading: Reading, each: Waiting, segment: Segment, texts: list[str]) -> None:
    """``\\hat\\lambda = …`` after the derivative in λ was worked out last, where it is said to follow or is called an
    estimate: there that derivative is zero, also where no words set it to zero."""
    said = ESTIMATE.search(texts[0]) or ESTIMATE.search(each.prose) or FOLLOWS.search(each.prose)
    if not said or not reading.section.gradients:
        return
    tail = reading.section.gradients[-1][1]
    root = chains.gradient_set_to_zero(tail, reading.context)
    if root is None or len(root.variables) != 1:
        return
    node = chains.marked_unknown(texts[0], [Rel("=", root.variables[0], root.variables[0])], reading.context)
    name = None if node is None else parts_of(node)
    if name is None or redefining.occurs(reading, name[0], segment.nodes[1:]):
        return
    reading.passage = passage_with(reading, root)


def _plugs_in(reading: Reading, unknown: s.Node, text: str) -> bool:
    """``\\hat{y} = X \\hat{w}`` where what is solved is not said to be solved for y: fitted values."""
    variables = {name for block in reading.passage.blocks for name in block.variables}
    name = parts_of(unknown)
    if variables and (name is None or name[0] in variables or s.key(unknown) in variables):
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
