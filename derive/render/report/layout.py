"""Where the lines of a formula end, and which signs stand one below the other; the same on paper and on screen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from derive.render.formulas.breaking import INDENT, lines
from derive.render.formulas.tree import Row
from derive.render.formulas.width import width
from derive.render.report.model import Line

_NARROW = 14.0
"""A left side up to this width has its own column; the sign after a wider one begins a new line."""


@dataclass(frozen=True)
class Laid:
    """One line on the page: what stands left of the signs, what stands right of them, how many steps the latter is
    moved in, and the claim that it belongs to (none: a left side alone), which may end here."""

    left: Row
    right: Row
    indent: int = 0
    line: Line | None = None
    last: bool = False

    @property
    def ends(self) -> Line | None:
        """The claim of which this is the last line."""
        return self.line if self.last else None

    @property
    def word(self) -> str:
        """The verdict on what stands here; what is not claimed is in order."""
        return self.line.word if self.line is not None else "proved"


def laid_out(bundle: Sequence[Line], room: float) -> list[Laid]:
    """The lines of a chain within ``room`` em."""
    first = bundle[0]
    before = first.left or Row(())
    whole = len(bundle) == 1 and first.row is not None and width(first.row) <= room
    if whole or width(before) <= _NARROW:
        return _beside(bundle, before, room)
    return _below(bundle, before, room)


def _beside(bundle: Sequence[Line], before: Row, room: float) -> list[Laid]:
    """Signs one below the other, at the right of the left side."""
    out: list[Laid] = []
    for line in bundle:
        left = before if line is bundle[0] else Row(())
        broken = lines(line.right or Row(()), room - width(before))
        for number, row in enumerate(broken):
            out.append(Laid(left if number == 0 else Row(()), row, min(number, 1), line, number == len(broken) - 1))
    return out


def _below(bundle: Sequence[Line], before: Row, room: float) -> list[Laid]:
    """A wide left side on lines of its own; what follows it is moved in."""
    out = [Laid(Row(()), row, min(number, 1)) for number, row in enumerate(lines(before, room))]
    for line in bundle:
        broken = lines(line.right or Row(()), room - INDENT)
        for number, row in enumerate(broken):
            out.append(Laid(Row(()), row, 1 + min(number, 1), line, number == len(broken) - 1))
    return out
