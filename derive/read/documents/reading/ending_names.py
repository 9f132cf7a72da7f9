"""Chains that end with a name of which nothing has been said: ``\\partial L/\\partial z = p - y = \\delta`` names the
result, and ``L = \\sum_i (y_i - t_i)^2 = \\sum_i \\ell_i`` the summands."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from derive.read import syntax as s
from derive.read.documents.definitions.defining import is_undeclared
from derive.read.documents.reading import naming
from derive.read.documents.reading.ending import name_last
from derive.read.documents.reading.state import Reading, Waiting
from derive.read.documents.steps.chains import Segment
from derive.read.documents.text.spelling import spaced
from derive.read.names import parts_of

_COUNTS = re.compile(
    r"(?i)\A[\s,]*(?:which\s+)?(?:is|are|denotes?|being|stands\s+for)\s+(?:(?:just|simply|again|then)\s+)?(?:the|a|some|"
    r"our)?\s*(?:\w+\s+)?(?:numbers?|counts?|dimensions?|dimensionality|ranks?|sizes?|lengths?|widths?|constants?|"
    r"given|known|fixed)\b"
)
"""What words say of a name that is no name for a result: how many there are of something, or what is given."""
_MARKED = re.compile(r"\\(?:bar|overline|hat|widehat)(?![A-Za-z])")
"""A mean or an estimate of something: which, the text has to say."""
NEAR_PIECES = 6
"""How many pieces behind a chain are looked through for such words."""


def name_result(reading: Reading, each: Waiting, segment: Segment, texts: list[str]) -> None:
    """A new name at the end of a chain stands for what is before it, if nothing else says what it is: two steps at
    least lead there, or one from a derivative. The summand of a sum at the end is named in the same way."""
    segment, texts = _without_space(segment, texts)
    if not _leads_to_a_name(reading, each, segment, texts):
        return
    last, before = segment.nodes[-1], segment.nodes[-2]
    named, body, whole = last, before, True
    if isinstance(last, s.BigOp | s.Sum | s.Juxt):
        pair = _summands(last, before)
        if pair is None:
            return
        named, body = pair
        whole = False
    if not _is_plain(named) or not is_undeclared(named, reading.context) or not _is_new(reading, each, segment, named):
        return
    text = texts[-2] if whole else each.math.text[body.start : body.stop]
    name_last(reading, each, segment, (s.key(named), named), text)


def _without_space(segment: Segment, texts: list[str]) -> tuple[Segment, list[str]]:
    """``= \\delta \\in \\mathbb{R}^n`` ends with δ."""
    if segment.ops[-1] != "in" or len(texts) < 3:
        return segment, texts
    return replace(segment, nodes=segment.nodes[:-1], ops=segment.ops[:-1], sides=segment.sides[:-1]), texts[:-1]


def _leads_to_a_name(reading: Reading, each: Waiting, segment: Segment, texts: list[str]) -> bool:
    """Whether a chain is one that may end with the name of its result."""
    if each.assume or each.supposed or each.case is not None or each.chain.cases or reading.passage:
        return False
    if any(op != "=" for op in segment.ops) or len(texts) < 2 or not texts[-2]:
        return False
    links = len(segment.ops) - (1 if segment.missing and each.tail is None else 0)
    return links > 1 or (not segment.missing and _is_derivative(segment.nodes[0]))


def _is_derivative(node: s.Node) -> bool:
    """Whether a side is ``\\frac{\\partial L}{\\partial W}`` or ``\\nabla_w L``: a name behind it can only name it."""
    if isinstance(node, s.Juxt):
        node = node.parts[0]
    if isinstance(node, s.Script):
        node = node.base
    return isinstance(node, s.Diff) or (isinstance(node, s.Name) and node.text == "\\nabla")


def _is_plain(node: s.Node) -> bool:
    """Whether a node is a name, with an index or a number below it and no more above it than the number of a layer."""
    if not isinstance(node, s.Name | s.Script) or parts_of(node) is None or _MARKED.search(s.key(node)):
        return False
    return not isinstance(node, s.Script) or (not node.primes and (node.sup is None or _is_number_of_layer(node.sup)))


def _is_number_of_layer(above: s.Node) -> bool:
    """``(2)`` above a name: which one it is."""
    return isinstance(above, s.Group) and above.bracket in "([" and all(isinstance(n, s.Number) for n in above.items)


def _summands(last: s.Node, before: s.Node) -> tuple[s.Node, s.Node] | None:
    """What is summed in two sides that are the same but for that."""
    match last, before:
        case s.Sum(terms=((sign, inner),)), s.Sum(terms=((other, body),)) if sign == other:
            return _summands(inner, body)
        case s.Juxt(parts=(*front, s.BigOp() as inner)), s.Juxt(parts=(*ahead, s.BigOp() as body)):
            same = [s.key(part) for part in front] == [s.key(part) for part in ahead]
            return _summands(inner, body) if same else None
        case s.BigOp(kind="sum"), s.BigOp(kind="sum"):
            return (last.body, before.body) if _range(last) == _range(before) else None
    return None


def _range(node: s.BigOp) -> tuple[str, ...]:
    return tuple("" if part is None else s.key(part) for part in (node.sub, node.sup))


def _is_new(reading: Reading, each: Waiting, segment: Segment, node: s.Node) -> bool:
    """Whether no formula before has a name, no other says what it is, and no words that it counts something."""
    name = s.key(node)
    numbered = isinstance(node, s.Script) and (isinstance(node.sub, s.Number) or node.sup is not None)
    family = isinstance(node, s.Script) and not numbered
    wanted = f"{spaced(s.key(node.base))} _" if family and isinstance(node, s.Script) else spaced(name)
    met = re.compile(rf"(?<!\S){re.escape(wanted)}(?!\S)")
    pieces = reading.document.pieces
    ahead = [spaced(piece.math.text) for piece in pieces[: each.number] if piece.math is not None]
    if any(met.search(text) for text in (*ahead, spaced(each.math.text[: segment.sides[-1].start]))):
        return False
    others = (other for other in naming.section_nodes(reading) if isinstance(other, s.Relation))
    derived = not segment.missing and _is_derivative(segment.nodes[0])  # what a derivative is, is then a claim
    if not derived and any(s.key(other.first) == name and other.rest[0][0] in ("=", ":=", "equiv") for other in others):
        return False
    behind = pieces[each.number + 1 : each.number + 1 + NEAR_PIECES]
    return not any(
        piece.math is not None and spaced(piece.math.text) == spaced(name) and _COUNTS.match(after.text)
        for piece, after in pairwise(behind)
        if after.kind == "prose"
    )


__all__ = ["name_result"]
