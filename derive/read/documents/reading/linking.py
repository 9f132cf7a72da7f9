"""The links of a segment, read after the sizes and names that they need have been inferred."""

from __future__ import annotations

from dataclasses import replace

from derive.read.documents.reading import naming
from derive.read.documents.reading.state import MOST_SIZES, NotYet, Reading, Waiting
from derive.read.documents.steps import chains
from derive.read.documents.steps.chains import Segment
from derive.read.documents.words.announced import announced, names_optimum
from derive.read.errors import Awaited, NoSuchForm, ReadError, Undeclared, UnknownRange, WrongIndices, WrongRange
from derive.read.latex import Link


def links_of(reading: Reading, each: Waiting, segment: Segment, last: bool) -> list[Link]:
    """The links of a segment; sizes that ranges need are inferred."""
    for _ in range(MOST_SIZES):
        links = _looked_for(reading, segment, chains.links_of(segment, reading.tail, reading.context))
        problems = [link.problem for link in links if link.problem is not None]
        if any(naming.infer(reading, problem) for problem in problems):
            continue
        if not any(naming.infer_multiplier(reading, each, problem) for problem in problems):
            break
    links = naming.whole_families(reading, segment, links)
    problems = [link.problem for link in links if link.problem is not None]
    missing: list[ReadError] = [
        each
        for each in problems
        if isinstance(each, Undeclared | NoSuchForm | WrongIndices | WrongRange | UnknownRange)
    ]
    if missing and not last:
        raise NotYet(missing)
    if reading.patient and any(isinstance(problem, Awaited) for problem in problems):
        raise NotYet(missing)
    return links


def _looked_for(reading: Reading, segment: Segment, links: list[Link]) -> list[Link]:
    """``w^* = argmax_w f``: a new name for what is looked for needs no value."""
    if segment.missing or not links or not links[0].right or links[0].right_argument is None:
        return links
    if links[0].left or not names_optimum(segment.nodes[0], reading.context):
        return links
    first = replace(links[0], problem=None)
    new = announced(first)
    if new is not None and new not in reading.announced:
        reading.announced = (*reading.announced, new)
    return [first, *links[1:]]
