"""Chains that end with a mean: ``\\hat\\mu = \\frac1n \\sum_i x_i = \\bar{x}`` says what the last side is."""

from __future__ import annotations

import re

from derive.language.context import Context
from derive.read import syntax as s
from derive.read.documents.definitions.defining import define, is_undeclared
from derive.read.documents.reading import naming, redefining
from derive.read.documents.reading.state import MOST_SIZES, Reading, Waiting
from derive.read.documents.steps.chains import Segment
from derive.read.errors import DeclarationError
from derive.read.names import parts_of, split_superscript

_MEAN = re.compile(r"\\(?:bar|overline)\s*\{\s*(?P<letter>[A-Za-z]|\\[a-z]+)\s*\}(?:_\{?[A-Za-z0-9]+\}?)?")


def name_mean(reading: Reading, each: Waiting, segment: Segment, texts: list[str]) -> None:
    """A letter with a bar that nothing declares, at the end of a chain, is what stands before it, if that is the
    mean of the members of the same letter, and no formula of the section says otherwise what it is."""
    last = segment.nodes[-1]
    if segment.ops[-1] != "=" or len(texts) < 2 or not texts[-2] or (segment.missing and len(segment.ops) < 2):
        return
    found = _MEAN.fullmatch(s.key(last))
    if (
        found is None
        or not is_undeclared(last, reading.context)
        or not _is_mean(segment.nodes[-2], found["letter"], reading.context)
    ):
        return
    name = s.key(last)
    others = (node for node in naming.section_nodes(reading) if isinstance(node, s.Relation))
    if any(s.key(node.first) == name and node.rest[0][0] in ("=", ":=", "equiv") for node in others):
        return
    name_last(reading, each, segment, (texts[-1], last), texts[-2])


def name_last(reading: Reading, each: Waiting, segment: Segment, named: tuple[str, s.Node], body: str) -> None:
    """A name at the end of a chain stands for this from here on, if it can be read once the sizes in it are known."""
    text, node = named
    place = each.found.source.place(each.math.place(segment.sides[-1].start))
    for _ in range(MOST_SIZES):
        try:
            done = define([text], [node], body, reading.context)
        except DeclarationError as problem:
            if naming.infer(reading, problem.__cause__, place):
                continue
            return
        redefining.redefine(reading, done.context)
        reading.note(place, done.text)
        return


def _is_mean(node: s.Node, letter: str, context: Context) -> bool:
    """Whether a side is the mean of all members of a letter: ``\\frac1n \\sum_{i=1}^n x_i``, ``\\sum_i x_i / n``."""
    match node:
        case s.Juxt(parts=(s.Frac(top=s.Number(text="1"), bottom=size), s.BigOp(kind="sum") as total)):
            pass
        case s.Frac(top=s.BigOp(kind="sum") as total, bottom=size):
            pass
        case _:
            return False
    parts = parts_of(total.body) if isinstance(total.body, s.Script) else None
    if parts is None or parts[0].lower() != letter.lower() or split_superscript(parts[2]).rest is not None:
        return False
    if total.sub is None and total.sup is None:  # over the only index that stands in it
        counting = [name for name in sorted(_below(total.body)) if name in context.indices]
        return len(counting) == 1 and str(context.indices[counting[0]]) == f"1..{s.key(size)}"
    match total.sub:
        case s.Relation(first=s.Name(text=index), rest=(("=", s.Number(text="1")),)) if total.sup is not None:
            return s.key(total.sup) == s.key(size) and index in _below(total.body)
        case s.Name(text=index) if total.sup is None:
            range_ = context.indices.get(index)
            return range_ is not None and str(range_) == f"1..{s.key(size)}" and index in _below(total.body)
    return False


def _below(node: s.Node) -> set[str]:
    return {part.text for part in s.walk(node) if isinstance(part, s.Name)}


__all__ = ["name_mean"]
