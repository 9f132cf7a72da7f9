r"""Sections that are examples: ``\subsection{Example: the Bernoulli distribution}`` is about one of the functions that
were any functions before, and words alone may say which."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from derive.read.documents.text.outline import sections
from derive.read.documents.text.scanner import Found
from derive.read.documents.words.unheeded import Unheeded

_EXAMPLE = re.compile(
    r"(?i)(?:\\(?:sub)*(?:section|paragraph)\*?\s*\{|^\s{0,3}#{1,6}\s|^\s*\*\*)[^}\n]*\bexamples?\b", re.MULTILINE
)


def examples(pieces: Sequence[Found]) -> Iterator[Unheeded]:
    """What may be said in each such section of the functions in all formulas before it."""
    for first, stop in sections(pieces).items() if pieces else ():
        said = _EXAMPLE.search(pieces[first].text) if pieces[first].kind == "prose" else None
        before = tuple(piece.math.text for piece in pieces[:first] if piece.math is not None)
        if said is None or not before or first + 1 >= stop:
            continue
        within = (
            pieces[first].source.place(pieces[first].at(said.start())),
            pieces[stop - 1].source.place(pieces[stop - 1].stop),
        )
        if within[0].file == within[1].file:
            yield Unheeded(within[0], "“Example”", before, of_functions=True, within=within)


__all__ = ["examples"]
