"""A Lagrangian that no name is given to, where its sentence optimises it."""

from __future__ import annotations

import re

from derive.read import syntax as s
from derive.read.documents.reading import solving
from derive.read.documents.reading.state import Reading
from derive.read.documents.text.macros import Expanded
from derive.read.documents.text.scanner import Found
from derive.read.documents.text.statements import chains_of
from derive.read.documents.undeclared.constraining import multiplies_constraint
from derive.read.documents.words import setting


def set_optimised(reading: Reading, found: Found, math: Expanded) -> None:
    """``We maximise … with respect to $\\pi_k$``, and then nothing but a Lagrangian, ``which gives``: its derivative is
    zero there."""
    chain = next(iter(chains_of(math.text, reading.context)), None)
    node = chain.node if chain is not None else None
    if node is None or isinstance(node, s.Relation) or not _OPTIMISES.search(reading.words.sentence):
        return
    if not _GIVES.match(reading.words.after) or not any(multiplies_constraint(name, node) for name in reading.guessed):
        return
    for root, text in solving.roots_said(reading, setting.optimised_in(reading.words.sentence, reading.words.numbered)):
        reading.passage = solving.passage_with(reading, root)
        reading.note(found.place, text)


_OPTIMISES = re.compile(r"(?i)\b(?:maximi[sz]|minimi[sz]|optimi[sz]|stationar|lagrang)")
_GIVES = re.compile(r"(?i)[\s,.]*(?:which|this)\s+(?:gives|yields|leads\s+to|results\s+in)\b")

__all__ = ["set_optimised"]
