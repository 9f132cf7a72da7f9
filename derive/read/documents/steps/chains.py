"""Chains of relations: their segments between arrows, their links, what they go on from."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from derive.language.context import Context
from derive.language.operators import ShapeError
from derive.language.shapes import shape_of
from derive.language.terms import Rel, Span, Term
from derive.read import syntax as s
from derive.read.documents.definitions.forgetting import letters_in
from derive.read.documents.steps.consequences import pairs_of
from derive.read.documents.steps.passages import is_zero, variables_of
from derive.read.documents.text.statements import Chain
from derive.read.errors import ReadError
from derive.read.latex import ARROWS, Link, plain_links

UPDATE = "<-"
"""The relation of ``w \\leftarrow w - \\eta g``."""
SIGNS = {
    "<=": r"\le",
    ">=": r"\ge",
    "!=": r"\ne",
    "~=": r"\approx",
    "in": r"\in",
    "~": r"\sim",
    "=>": r"\Rightarrow",
    "<=>": r"\Leftrightarrow",
    "->": r"\rightarrow",
    "propto": r"\propto",
    "psd": r"\succeq",
    "pd": r"\succ",
    "<-": r"\leftarrow",
}
ORDER = {"=": 0, "<=": 1, "<": 1, ">=": -1, ">": -1}


@dataclass(frozen=True)
class Tail:
    """Where a chain ended, so that a row or display beginning with a relation can go on: its first side, its last side,
    its relations so far."""

    first: tuple[Term, ...]
    last: tuple[Term, ...]
    ops: tuple[str, ...]
    text: str


@dataclass(frozen=True)
class Segment:
    """The relations between two arrows. ``arrow`` leads to it (or is empty), ``leads`` is whether one follows.
    ``constants`` says of which sides a constant has been left out."""

    nodes: tuple[s.Node, ...]
    ops: tuple[str, ...]
    sides: tuple[Span, ...]
    arrow: str = ""
    leads: bool = False
    missing: bool = False
    constants: tuple[bool, ...] = ()


@dataclass(frozen=True)
class Told:
    """What stands before an arrow; if it was not ``read``, what follows defines nothing. ``root`` is the equation that
    it sets out to solve, where it is one."""

    relations: tuple[Rel, ...]
    both: bool
    read: bool = True
    root: Rel | None = None


@dataclass(frozen=True)
class Whole:
    """A segment with its links, and the chain it goes on from."""

    segment: Segment
    links: tuple[Link, ...]
    tail: Tail | None = None

    @property
    def first(self) -> tuple[Term, ...]:
        """The readings of the first side of the chain."""
        return self.tail.first if self.tail else self.links[0].left

    @property
    def left_text(self) -> str:
        """The side that the first relation goes on from."""
        return self.tail.text if self.tail else ""

    def ops_to(self, place: int) -> tuple[str, ...]:
        """The relations from the first side of the chain to the right side of a link."""
        return (*(self.tail.ops if self.tail else ()), *self.segment.ops[: place + 1])


def segments(chain: Chain) -> list[Segment]:
    """A chain cut at its arrows."""
    node = chain.node
    if not isinstance(node, s.Relation):
        return []
    found: list[Segment] = []
    spans = chain.sides
    if chain.begins and len(spans) == len(node.rest):
        spans = (Span(node.start, node.start), *spans)
    nodes, ops, sides, arrow = [node.first], list[str](), [spans[0]], ""
    missing = chain.begins
    for place, (op, side) in enumerate(node.rest):
        if op in ARROWS:
            found.append(Segment(tuple(nodes), tuple(ops), tuple(sides), arrow, True, missing))
            nodes, ops, sides, arrow, missing = [side], [], [spans[place + 1]], ARROWS[op], False
        elif op == UPDATE and not found and not ops and not missing:
            nodes, sides = [side], [spans[place + 1]]  # what is put in the place of a quantity is no claim about it
        else:
            nodes.append(side)
            ops.append(op)
            sides.append(spans[place + 1])
    return [*found, Segment(tuple(nodes), tuple(ops), tuple(sides), arrow, False, missing)]


def relates(chain: Chain, text: str) -> bool:
    """Whether a formula that cannot be parsed was meant as a relation."""
    return bool(re.search(r"=|\\(?:le|ge|leq|geq|approx|equiv|neq|ne)\b", text[chain.span.start : chain.span.stop]))


def links_of(segment: Segment, tail: Tail | None, context: Context) -> list[Link]:
    """The links of a segment; the first goes on from ``tail`` if its left side is not written."""
    nodes = segment.nodes
    relation = s.Relation(nodes[0].start, nodes[-1].stop, nodes[0], tuple(zip(segment.ops, nodes[1:], strict=True)))
    links = plain_links(relation, context)
    if segment.missing and links:
        left = tail.last if tail else ()
        if tail:
            links[0] = replace(links[0], left=left, continues=True)
        else:
            links[0] = replace(links[0], problem=ReadError("expected a side before the relation"))
    return links


def relations_of(link: Link) -> tuple[Rel, ...]:
    """A link, in its first reading, as a relation that others may follow from."""
    return readings_of(link)[:1]


def readings_of(link: Link) -> tuple[Rel, ...]:
    """Every reading of a link as a relation that others may follow from."""
    if link.op not in ("=", ":=", "!=", "<", "<=", ">", ">=") or not link.left or not link.right:
        return ()
    return tuple(Rel("=" if link.op == ":=" else link.op, left, right) for left, right in pairs_of(link))


def is_condition(whole: Whole, told: Told | None, leads: bool) -> bool:
    """Whether the last relation before an arrow is a condition rather than an assertion: ``f = 0 \\Rightarrow …``."""
    if not leads or told is not None or not whole.links:
        return False
    link = whole.links[-1]
    if not link.left or not link.right:
        return False
    derivative = any(variables_of(term) for term in link.left)
    return is_zero(link.right[0]) or is_zero(link.left[0]) or (len(whole.links) == 1 and not derivative)


def all_fit(links: Sequence[Link], context: Context) -> bool:
    """Whether every link can be read, with sides of one shape."""
    return all(
        link.problem is None and all(has_shape(relation, context) for relation in relations_of(link)) for link in links
    )


def relevant(given: Sequence[Rel], link: Link) -> tuple[Rel, ...]:
    """What the text has given about quantities and functions that a link mentions."""
    here = {name for term in (*link.left, *link.right) for name in letters_in(term)}
    return tuple(relation for relation in given if letters_in(relation.left) & here) if given else ()


def has_shape(relation: Rel, context: Context) -> bool:
    """Whether the sides of a relation fit each other; one that does not says nothing that could be used."""
    try:
        shape_of(relation, context)
    except ShapeError:
        return False
    return True


def is_argument(node: s.Node) -> bool:
    """Whether a side is an argmax or argmin: it names nothing that can be written out."""
    return isinstance(node, s.BigOp) and node.kind.startswith("arg")
