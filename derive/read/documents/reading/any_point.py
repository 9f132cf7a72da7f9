r"""``For every $x$ we have $f(x) = …$``, behind equations that have been solved for x: said of each.

Where the words name nothing (``everywhere``, ``at any point``) either may be meant.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from derive.language.terms import Entry, Sym
from derive.read import syntax as s
from derive.read.documents.definitions.defining import primitive
from derive.read.documents.reading.state import Reading, Waiting
from derive.read.documents.steps.passages import Passage
from derive.read.documents.text.sentences import sentence_of
from derive.read.errors import ReadError
from derive.read.latex import Link
from derive.read.targets import items_at

_EVERY = r"(?:all|any|every|each|an?\s+arbitrary|arbitrary)"
_POINTS = r"(?:points?|values?|vectors?|numbers?|parameters?|weights?|arguments?|positions?|choices?)"
_OF = rf"(?:(?:other|possible|real|fixed|given|such|the|of|{_POINTS})\s+)*"
_NAMED = (
    rf"(?:\b(?:for|at|of|in|over)\s+{_EVERY}\s+{_OF}|\b(?:whatever|whichever|regardless\s+of|irrespective\s+of|"
    rf"independent(?:ly)?\s+of|no\s+matter\s+(?:what|which))\s+{_OF})⟨(?P<name>\d+)⟩"
)
_LET = re.compile(
    r"(?i)\b(?:let|take|consider)\s+(?:⟨(?P<let>\d+)⟩\s+(?:to\s+)?be\s+(?:arbitrary|any(?:thing)?\b)|(?:any|an\s+arbitrary)\s+⟨(?P<any>\d+)⟩)"
)
"""What comes behind it is said of all of them."""
_UNNAMED = (
    rf"\b(?:(?:at|for|in)\s+{_EVERY}\s+{_OF}{_POINTS}\b(?!\s*⟨)|everywhere\b|identically\b|always\b|in\s+general\b)"
)
_BEFORE = re.compile(rf"(?i)(?:{_NAMED}|(?P<unnamed>{_UNNAMED}))[^⟨]*\Z")
_BEHIND = re.compile(
    rf"(?i)\A[\s,~]*(?:(?:and\s+)?(?:this|it|which)\s+)?(?:holds?\s+|is\s+(?:so|true)\s+)?(?:{_NAMED}|(?P<unnamed>{_UNNAMED}))"
)
_SOLVES = re.compile(
    r"(?i)\b(?:set|setting|equat\w+|solv\w+|deriv\w+|gradients?|gives?|yields?|minimi\w+|maximi\w+|optim\w+|updates?)\b"
)
"""Words by which ``for all w`` is what something is solved for."""
_WHERE = re.compile(r"(?i)\A[\s,]*(?:such\s+that|with|satisfying|that|where|which|of\s+th)")
"""Words behind a name that say which of its values are meant."""
_IN_DISPLAY = re.compile(
    rf"(?:\\forall|\\(?:text|mbox|textrm)\s*\{{[^{{}}]*\bfor\s+{_EVERY}[^{{}}]*\}})\s*(?P<names>.*)\Z", re.DOTALL
)


@dataclass(frozen=True)
class Said:
    """What a claim is said to hold of every value of; ``perhaps`` all that there is."""

    names: frozenset[str] = frozenset()
    perhaps: bool = False


def said(reading: Reading, each: Waiting, link: Link) -> Said:
    """Which of the quantities that are solved for a claim speaks of for every value."""
    solved = frozenset(name for block in reading.passage.blocks for name in block.variables)
    if not reading.passage or any(_is_of(term, solved) for term in link.left):
        return Said()
    shown = _IN_DISPLAY.search(each.math.text)
    if shown is not None:
        return Said(_names(shown["names"].split("\\in")[0], reading) & solved)
    text = sentence_of(reading.document.pieces, each.number).text
    before, _, after = text.partition(f"⟨{each.number}⟩")
    found = _BEHIND.match(after) or _BEFORE.search(before)
    if found is not None and found["name"]:
        names = _written_in(reading, int(found["name"])) & solved
        if _WHERE.match((before + after).partition(f"⟨{found['name']}⟩")[2]):
            return Said(perhaps=bool(names))
        if names and not _SOLVES.search(found.group()):
            return Said(names)
    elif found is not None and not _SOLVES.search(found.group()):
        return Said(perhaps=True)
    return Said(_introduced(reading, each.number) & solved)


def _introduced(reading: Reading, number: int) -> frozenset[str]:
    """What ``Let $x$ be arbitrary``, since the last display, has introduced."""
    text = ""
    for place in range(number - 1, reading.section.extent[0], -1):
        piece = reading.document.pieces[place]
        if piece.kind == "display":
            break
        text = (piece.text if piece.math is None else f"⟨{place}⟩") + text
    return frozenset(
        name for match in _LET.finditer(text) for name in _written_in(reading, int(match["let"] or match["any"]))
    )


def _written_in(reading: Reading, number: int) -> frozenset[str]:
    """The quantities that a formula names, ``x, y \\in \\mathbb{R}``."""
    piece = reading.document.pieces[number]
    return frozenset() if piece.math is None else _names(piece.math.text.split("\\in")[0], reading)


def _is_of(term: object, solved: frozenset[str]) -> bool:
    """Whether a side is what is solved for, or an entry of it: then it is where that is."""
    while isinstance(term, Entry):
        term = term.base
    return isinstance(term, Sym) and term.name in solved


def _names(text: str, reading: Reading) -> frozenset[str]:
    """The quantities in a list."""
    try:
        nodes = items_at(text.strip(" \n\t.,;$"), 0)
    except ReadError:
        return frozenset()
    found = (primitive(node, reading.context) for node in nodes if isinstance(node, s.Name | s.Script))
    return frozenset(each.name for each in found if each is not None)


def without(passage: Passage, names: frozenset[str]) -> Passage:
    """The equations in which nothing is solved for these quantities."""
    kept = tuple(block for block in passage.blocks if not names & block.variables)
    return passage if len(kept) == len(passage.blocks) else Passage(kept)


__all__ = ["Said", "said", "without"]
