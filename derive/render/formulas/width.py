"""How wide a formula is when it is set in the display style of TeX, in em: an estimate that errs to the wide side."""

from __future__ import annotations

from derive.render.formulas import marks
from derive.render.formulas.tree import (
    Accent,
    Fence,
    Font,
    Fraction,
    Mark,
    Middle,
    Node,
    Root,
    Row,
    Scripts,
    Sized,
    Space,
    Stacked,
    Table,
    Words,
    parts,
)

_KINDS = {
    marks.IDENTIFIER: 0.59,
    marks.NUMBER: 0.5,
    marks.ORDINARY: 0.6,
    marks.BINARY: 1.22,
    marks.RELATION: 1.34,
    marks.OPEN: 0.39,
    marks.CLOSE: 0.39,
    marks.PUNCTUATION: 0.45,
}
_WIDE = frozenset("MWmw") | {"\\Rightarrow", "\\Leftrightarrow", "\\to", "\\implies", "\\iff", "\\dots", "\\Omega"}
TALL = 0.79
"""A bracket as tall as what it holds."""
_LETTER, _BRACKET = 0.53, 0.46
SMALL = 0.75
"""What stands small (a script, a fraction within a line) beside what does not."""
_LONG = 3.5
"""More than an index or two, such as ``k = 1 \\dots K``."""


def width(node: Node | None, display: bool = True) -> float:
    """The width of a formula; what is not in display style has its big marks and fractions small."""
    match node:
        case None:
            return 0.0
        case Row(items):
            return sum(width(item, display) for item in items)
        case Mark(text, kind):
            return _mark(text, kind, display)
        case Words(text, big=big):
            return _LETTER * len(text) + (0.17 if big else 0.1)
        case Space(text):
            return marks.SPACES[text]
        case Fraction(above, below):
            scale = 1.0 if display else SMALL
            return scale * max(width(above, False), width(below, False)) + 0.25
        case Root(body):
            return width(body, False) + 0.9
        case Scripts(base, below, above):
            return _scripts(base, below, above, display)
        case Stacked(body, below, above):
            return max(width(body, display), SMALL * width(below, False), SMALL * width(above, False))
        case Fence(left, body, right):
            return width(body, display) + sum(TALL for each in (left, right) if each != ".")
        case Accent(_, body) | Font(_, body):
            return 1.08 * width(body, display)
        case Table(rows=rows):
            return _table(rows)
        case Sized() | Middle():
            return _BRACKET + 0.2
    return 0.0


def cramped(node: Node | None) -> bool:
    """Whether a fraction holds what is too small to be read where the fraction stands in a line of text: another
    fraction, a sum, or a range that stands small already."""
    found = (part for part in parts(node) if isinstance(part, Fraction))
    return any(_is_tall(part) for each in found for row in (each.above, each.below) for part in parts(row))


def _is_tall(node: Node) -> bool:
    if isinstance(node, Scripts):
        return any(width(each, False) > _LONG for each in (node.below, node.above))
    return isinstance(node, Fraction) or (isinstance(node, Mark) and node.kind == marks.BIG)


def _mark(text: str, kind: str, display: bool) -> float:
    if kind == marks.NUMBER:
        return 0.5 * len(text)
    if kind == marks.FUNCTION or (kind == marks.BIG and len(marks.COMMANDS[text][0]) > 1):
        return _LETTER * len(marks.COMMANDS[text][0]) + 0.2
    if kind == marks.BIG:
        return 1.65 if display else 1.25
    return _KINDS[kind] + (0.35 if text in _WIDE else 0.0)


def _scripts(base: Node, below: Row | None, above: Row | None, display: bool) -> float:
    small = SMALL * max(width(below, False), width(above, False))
    big = (isinstance(base, Mark) and base.kind == marks.BIG and base.text != "\\int") or (
        isinstance(base, Words) and base.big
    )
    if big and display:
        return max(width(base, display), small) + 0.17
    return width(base, display) + small + 0.05


def _table(rows: tuple[tuple[Row, ...], ...]) -> float:
    columns = max((len(row) for row in rows), default=0)
    widest = [max((width(row[at], False) for row in rows if at < len(row)), default=0.0) for at in range(columns)]
    return sum(widest) + 0.95 * columns + 1.5
