"""A formula in one line of plain characters, where neither LaTeX nor MathML can be shown."""

from __future__ import annotations

from derive.render.formulas import marks
from derive.render.formulas.mathml import character, in_font
from derive.render.formulas.tree import Accent, Fence, Font, Fraction, Mark, Node, Row, Scripts, Words


def to_letters(node: Node | None) -> str:
    r"""The characters of a formula; scripts follow a ``_`` and a ``^``.

    >>> from derive.render.formulas.formula import read_formula
    >>> to_letters(read_formula(r"\hat{\mathbf{h}}_{1,i} + \sigma^2"))
    '𝐡̂_1,i + σ^2'
    """
    match node:
        case Row(items):
            return "".join(to_letters(item) for item in items)
        case Mark(kind=kind):
            shown = character(node)
            return f" {shown} " if kind in (marks.BINARY, marks.RELATION) else shown
        case Scripts(base, below, above):
            parts = [to_letters(base), *(["_", to_letters(below)] if below else [])]
            return "".join([*parts, *(["^", to_letters(above)] if above else [])])
        case Font(font, body):
            return in_font(to_letters(body), font)
        case Accent(accent, body):
            sign = next((sign for sign, command in marks.COMBINING.items() if command == accent), "")
            return f"{to_letters(body)}{sign}"
        case Fraction(above, below):
            return f"({to_letters(above)})/({to_letters(below)})"
        case Fence(left, body, right):
            return f"{marks.FENCES[left]}{to_letters(body)}{marks.FENCES[right]}"
        case Words(text):
            return text
    return ""
