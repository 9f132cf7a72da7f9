"""``y = …`` that cannot be read, and then another ``y = …``: nobody knows whether the two say the same.

It is what y is from there on, but no definition that nothing stands against.
"""

from __future__ import annotations

import re
from dataclasses import replace

from derive.language.claims import WellDefined
from derive.read.documents.reading.state import Entry, Reading
from derive.read.documents.text.prose import HEADING, last_sentence
from derive.read.documents.text.spelling import spaced

_ANEW = re.compile(
    r"(?i)\b(?:let|defin\w+|denot\w+|put|set|write|introduc\w+|now|new|instead|redefin\w+|where|with|call\w*|if|for|another|"
    r"suppos\w+|assum\w+|given)\b"
)
"""Words by which a name gets a meaning whatever it meant."""


def leave_unclear(reading: Reading) -> None:
    """What defines a name that an equation before it, in its section, which is unread, gives too."""
    heads: dict[str, int] = {}
    for place, entry in sorted(enumerate(reading.entries), key=lambda pair: pair[1].key):
        head = _head(entry.text)
        if not head:
            continue
        first = heads.get(head)
        if isinstance(entry.what, str):
            heads.setdefault(head, entry.key[0])
        elif (
            first is not None
            and first < entry.key[0]
            and _defines(entry)
            and not _is_anew(reading, first, entry.key[0])
        ):
            name = entry.text.partition("=")[0].strip(" &")
            reason = f"expected to be able to read what is said of {name} above, which this may only repeat"
            reading.entries[place] = replace(entry, what=reason, hint="later lines are judged with it as it stands")


def _head(text: str) -> str:
    """What an equation gives, without spaces; nothing where there is none."""
    left, equals, _ = spaced(text).partition(" = ")
    return left.strip(" &") if equals else ""


def _defines(entry: Entry) -> bool:
    """Whether it says what its name is: as a definition, or as a recurrence, which is only given."""
    return all(isinstance(each, WellDefined) and each.role in ("definition", "assumption") for each in entry.what)


def _is_anew(reading: Reading, first: int, second: int) -> bool:
    """Whether a heading stands between two formulas, or words before the second one give its name a meaning."""
    pieces = reading.document.pieces
    between = [piece.text for piece in pieces[first:second] if piece.math is None]
    words = pieces[second - 1].text if pieces[second - 1].math is None else ""
    return any(HEADING.search(text) for text in between) or _ANEW.search(last_sentence(words)) is not None


__all__ = ["leave_unclear"]
