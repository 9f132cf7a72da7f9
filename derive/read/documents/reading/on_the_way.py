"""Names that a chain gives a value on its way: ``V = m s_p = m \\sqrt{…}`` may be all that a text says of ``s_p``."""

from __future__ import annotations

import re
from collections.abc import Sequence

from derive.language.dependencies import names_in
from derive.read.documents.reading.state import Reading, Waiting
from derive.read.documents.steps.chains import Segment
from derive.read.documents.text.spelling import spaced
from derive.read.documents.words.unheeded import Unheeded
from derive.read.latex import Link


def note_given(reading: Reading, each: Waiting, segment: Segment, links: Sequence[Link], texts: Sequence[str]) -> None:
    """Behind a definition, a side with a name of which nothing is known yet, and one without it: that they are equal
    may be what says what the name is, so that no numbers speak against it, nor against what is said of it later."""
    for place, link in enumerate(links):
        if not place or link.op != "=" or link.problem is not None:
            continue
        left = {name for term in link.left for name in names_in(term)}
        right = {name for term in link.right for name in names_in(term)}
        for name in sorted(left - right):
            decl = reading.context.symbols.get(name)
            if decl is None or name not in reading.guessed or decl.definition is not None or decl.depends:
                continue
            if _is_met_before(reading, each, name):
                continue
            at = each.found.source.place(each.math.place(segment.sides[place].start))
            words = f"“{texts[place]} = {texts[place + 1]}”, which may be what says what {name} is,"
            said = Unheeded(at, words, (name,))
            if said not in reading.document.passed_over:
                reading.document.passed_over.append(said)


def _is_met_before(reading: Reading, each: Waiting, name: str) -> bool:
    """Whether an earlier formula has a name."""
    wanted = re.compile(rf"(?<!\S){re.escape(spaced(name))}(?!\S)")
    pieces = reading.document.pieces[: each.number]
    return any(piece.math is not None and wanted.search(spaced(piece.math.text)) for piece in pieces)


__all__ = ["note_given"]
