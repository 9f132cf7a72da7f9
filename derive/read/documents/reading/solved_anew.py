r"""The name of a solution, ``\hat w``, that another problem solves for as well: least squares, and then ridge."""

from __future__ import annotations

import re

from derive.language.context import Context
from derive.language.terms import Sym
from derive.read import syntax as s
from derive.read.documents.definitions.defining import is_undeclared
from derive.read.documents.definitions.forgetting import without_names
from derive.read.documents.reading import redefining
from derive.read.documents.reading.state import NEAR, Reading, Solved, Waiting
from derive.read.documents.steps.chains import Segment
from derive.read.errors import ReadError
from derive.read.latex import node_readings

_AS_BEFORE = re.compile(
    r"(?i)\b(?:recall\w*|remember|above|before|earlier|previous\w*|already|using|since|because|where|compar\w+|was)\b"
)
"""Words of what has been found before: the name keeps its meaning."""


def note(reading: Reading, name: str) -> None:
    """This name is what solves the passage as it stands."""
    last = reading.passage.blocks[-1] if reading.passage else None
    if last is not None and last.variables:
        reading.document.solved[name] = Solved(last.variables, frozenset(last.equations), reading.context.symbols[name])


def without_old_solution(reading: Reading, each: Waiting, segment: Segment) -> Context | None:
    """The context in which ``\\hat w = …`` may be about the solution of another problem than the one that gave
    ``\\hat w`` its meaning: without that meaning, and what was made of it. None if it is about that one."""
    words = each.sentence or each.prose[-NEAR // 4 :]
    if segment.missing or segment.ops[:1] != ("=",) or each.supposed or _AS_BEFORE.search(words):
        return None
    name = _name_of(segment.nodes[0], reading.context)
    old = reading.document.solved.get(name)
    if old is None or reading.context.symbols[name] is not old.declared:
        return None
    solved = (root for block in reading.passage.blocks for root in block.roots if root.variables)
    if any(root.equation in old.equations for root in solved) or redefining.occurs(reading, name, segment.nodes[1:]):
        return None
    context = without_names(reading.context, frozenset({name}))
    return context if is_undeclared(segment.nodes[0], context) else None


def outdated(before: Context, after: Context) -> frozenset[str]:
    """What was made of the old solution: nobody says whether it is now that of the new one."""
    return frozenset({*before.symbols, *before.functions} - {*after.symbols, *after.functions})


def _name_of(node: s.Node, context: Context) -> str:
    """The quantity that a side is, with whatever subscripts it has."""
    try:
        readings = node_readings(node, context)
    except ReadError:
        return ""
    match [typed.term for typed in readings]:
        case [Sym(name=name)]:
            return name
    return ""
