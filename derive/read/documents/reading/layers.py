"""Losses of which only derivatives are given wait for the layers that a text names between two of them."""

from __future__ import annotations

from collections.abc import Iterator

from derive.read import syntax as s
from derive.read.documents.reading.state import Reading, Waiting
from derive.read.documents.text.statements import chains_of
from derive.read.errors import ReadError, Undeclared
from derive.read.latex import is_readable
from derive.read.parser import parse


def wait(reading: Reading, each: Waiting) -> bool:
    """Whether a chain waits for a loss that is differentiated in what a formula further on in the section defines; or
    for a name that is defined by a chain which does."""
    losses = {_key(name): variables for name, variables in reading.section.differentiated.items()}
    missing = _missing(each)
    if not missing or not losses:
        return False
    heads = {_head(other): other for other in reading.waiting if other is not each}
    waiting = {*missing} | {name for head in missing if head in heads for name in _missing(heads[head])}
    variables = [text for name in waiting if name in losses for text in losses[name]]
    unread = {_key(text) for text in variables if not _is_readable(text, reading)}
    return bool(unread) and not unread.isdisjoint(_defined_later(reading))


def _missing(each: Waiting) -> list[str]:
    return [problem.name for problem in each.problems if isinstance(problem, Undeclared)]


def _head(each: Waiting) -> str:
    node = each.chain.node
    return s.key(node.first) if isinstance(node, s.Relation) and node.rest[0][0] in ("=", ":=") else ""


def _key(text: str) -> str:
    try:
        return s.key(parse(text))
    except ReadError:
        return ""


def _is_readable(text: str, reading: Reading) -> bool:
    try:
        return is_readable(parse(text), reading.context)
    except ReadError:
        return False


def _defined_later(reading: Reading) -> Iterator[str]:
    """What formulas further on in the section define."""
    for found in reading.document.pieces[reading.number + 1 : reading.section.extent[1]]:
        if found.math is not None and found.kind in ("inline", "display"):
            for chain in chains_of(found.math.text, reading.context):
                if isinstance(chain.node, s.Relation) and chain.node.rest[0][0] in ("=", ":="):
                    yield s.key(chain.node.first)


__all__ = ["wait"]
