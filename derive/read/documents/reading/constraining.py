"""Constraints written behind an objective: ``\\max_a f \\quad \\text{subject to} \\quad g = 1``."""

from __future__ import annotations

import re

from derive.language.terms import Rel
from derive.read import syntax as s
from derive.read.documents.reading.state import Reading
from derive.read.documents.text.macros import Expanded
from derive.read.documents.text.scanner import Found
from derive.read.documents.text.statements import chains_of
from derive.read.documents.undeclared import conventions

_OBJECTIVE = re.compile(r"\\(?:arg)?(?:min|max)(?![A-Za-z])|\\operatorname\*?\s*\{\s*(?:arg\s*)?(?:min|max)")
_SUBJECT = re.compile(
    r"\\(?:text|textrm|mathrm|mbox|textnormal)\s*\{\s*(?:subject\s+to|s\.\s?t\.|such\s+that|under)[^{}]*\}"
)


def note_constraints(reading: Reading, found: Found, math: Expanded) -> None:
    """Equations in the row of an objective that restrict its variables: they hold where an optimum is solved for."""
    for row in re.split(r"\\\\", math.text):
        words = _SUBJECT.search(row)
        if words is None or _OBJECTIVE.search(row[: words.start()]) is None:
            continue
        for chain in chains_of(re.sub(r"\\end\s*\{\w+\*?\}", "", row[words.end() :]), reading.context):
            node = chain.node
            if isinstance(node, s.Relation) and not chain.begins and all(op == "=" for op, _ in node.rest):
                reading.section.subject.append(node)
                reading.note(found.place, f"a constraint of the optimum: {s.key(node)}")


def constraints(reading: Reading) -> tuple[Rel, ...]:
    """The constraints of this section that can be read by now."""
    found = (conventions.supposed(node, reading.context) for node in reading.section.subject)
    return (*reading.section.constrained, *(relation for each in found if each for relation in each[0]))


__all__ = ["constraints", "note_constraints"]
