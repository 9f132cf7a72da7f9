r"""A formula as LaTeX again: only marks of the tables are written, with every argument in braces."""

from __future__ import annotations

import unicodedata
from itertools import pairwise

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
    Strut,
    Table,
    Words,
    is_low,
    is_named,
    parts,
)

_ESCAPES = {
    **{character: f"\\{character}" for character in "%&#$_{}"},
    "\\": r"\textbackslash{}", "^": r"\textasciicircum{}", "~": r"\textasciitilde{}", "<": r"\textless{}",
    ">": r"\textgreater{}", "|": r"\textbar{}", '"': r"\textquotedbl{}", "`": r"\textasciigrave{}",
    "–": "--", "—": "---", "“": "``", "”": "''", "‘": "`", "’": "'", "„": r"\quotedblbase{}", "§": r"\S{}",
    "°": r"\textdegree{}", "€": r"\texteuro{}", "«": r"\guillemotleft{}", "»": r"\guillemotright{}",
    "\u00a0": "~", "\u2003": r"\quad{}",
    "′": "'", "²": r"\textsuperscript{2}", "³": r"\textsuperscript{3}", "¹": r"\textsuperscript{1}",
}  # fmt: skip
_PLAIN = {
    **{bracket: (bracket, bracket) for bracket in ("(", ")", "[", "]", "\\{", "\\}", "\\langle", "\\rangle")},
    "|": (r"\lvert", r"\rvert"), "\\|": (r"\lVert", r"\rVert"),
}  # fmt: skip
"""Brackets as high as a letter, as they stand at the left and at the right."""
_RENAMED = {"\\coloneqq": r"\mathrel{:=}", "\\argmax": r"\arg\max", "\\argmin": r"\arg\min", "\\colon": r"\colon "}


def to_tex(node: Node | None) -> str:
    r"""The LaTeX of a formula.

    >>> from derive.render.formulas.formula import read_formula
    >>> to_tex(read_formula(r"\frac12 x_n^\top"))
    '\\frac{1}{2}x_{n}^{\\top}'
    """
    match node:
        case None:
            return ""
        case Row(items):
            return _joined([_braced(item) if isinstance(item, Row) else to_tex(item) for item in items])
        case Mark(text):
            return _RENAMED.get(text, text)
        case Words(text, name, big):
            return rf"\operatorname{'*' if big else ''}{{{plain(text)}}}" if name else rf"\text{{{plain(text)}}}"
        case Space(text):
            return text
        case Fraction(above, below, line):
            return rf"\{'frac' if line else 'binom'}{_braced(above)}{_braced(below)}"
        case Root(body, degree):
            return rf"\sqrt{f'[{_braced(degree)}]' if degree else ''}{_braced(body)}"
        case Scripts(base, below, above):
            return _base(base) + (f"_{_braced(below)}" if below else "") + (f"^{_braced(above)}" if above else "")
        case Stacked():
            return _stacked(node)
        case Fence(left, body, right) if is_low(Row((node,))) and left in _PLAIN and right in _PLAIN:
            return _joined([_PLAIN[left][0], to_tex(body), _PLAIN[right][1]])
        case Fence(left, body, right):
            inner = to_tex(body)
            if left == "." and begins_with_sign(body):
                inner = f"{{}}{inner}"
            return _joined([rf"\left{left}", inner, rf"\right{right}"])
        case Sized(size, bracket):
            return f"{size}{bracket}"
        case Middle(bracket):
            return rf"\middle{bracket}"
        case Strut(body):
            return rf"\vphantom{_braced(body)}"
        case Accent(accent, body):
            return f"{accent}{_braced(body)}"
        case Font(font, body):
            return _font(font, body)
        case Table():
            return _table(node)
    return ""


def begins_with_sign(row: Row) -> bool:
    """Whether a row begins with a sign that stands between two terms, one of them in the line above."""
    first = row.items[0] if row.items else None
    if isinstance(first, Fence) and first.left == ".":
        return begins_with_sign(first.body)
    return isinstance(first, Mark) and first.kind in (marks.BINARY, marks.RELATION)


def _joined(parts: list[str]) -> str:
    """Pieces one after the other: a command and a letter after it are kept apart."""
    out = ""
    for part in parts:
        letters = out[out.rfind("\\") + 1 :] if "\\" in out else " "
        out += f" {part}" if part[:1].isalpha() and letters.isalpha() else part
    return out


def _braced(row: Node | None) -> str:
    return f"{{{to_tex(row)}}}"


def _base(base: Node) -> str:
    """What scripts stand at: in braces unless it is one mark, so that they stand at all of it."""
    if isinstance(base, Row | Scripts):
        return f"{{{to_tex(base)}{{}}}}"  # TeX takes the braces from around a lone accent
    return to_tex(base)


def _stacked(node: Stacked) -> str:
    if node.brace:
        text = rf"\{'under' if node.below is not None else 'over'}brace{_braced(node.body)}"
        text += f"_{_braced(node.below)}" if node.below else ""
        return text + (f"^{_braced(node.above)}" if node.above else "")
    if node.below is not None:
        under = rf"\underset{_braced(node.below)}{_braced(node.body)}"
        return rf"\mathop{{{under}}}" if is_named(node) else under
    return rf"\overset{_braced(node.above)}{_braced(node.body)}"


def _font(font: str, body: Row) -> str:
    """A body in a font that has it: there are no digits and small letters with a double stroke."""
    text = to_tex(body)
    if (font == "double-struck" and not (text.isalpha() and text.isupper())) or (
        font == "script" and not (text.isalpha() and text.isupper())
    ):
        font = "bold" if font == "double-struck" else "italic"
    return f"{marks.FONT_COMMANDS[font]}{{{text}}}"


def _table(table: Table) -> str:
    cells = [" & ".join(to_tex(cell) for cell in row) for row in table.rows]
    ends = [r" \\[3pt] " if _is_high(row) or _is_high(below) else r" \\ " for row, below in pairwise(table.rows)]
    rows = "".join(map("".join, zip(cells, [*ends, ""], strict=True)))
    columns = f"{{{table.columns or 'c' * max(map(len, table.rows))}}}" if table.environment == "array" else ""
    return rf"\begin{{{table.environment}}}{columns} {rows} \end{{{table.environment}}}"


def _is_high(row: tuple[Row, ...]) -> bool:
    """Whether a row of a table needs more room than a line of text has."""
    return any(isinstance(part, Fraction) or _is_big(part) for cell in row for part in parts(cell))


def _is_big(node: Node) -> bool:
    return isinstance(node, Mark) and node.kind == marks.BIG


def plain(text: str) -> str:
    r"""Words as LaTeX that shows just them; a letter that the fonts do not have is shown as mathematics, or as ``?``.

    >>> plain("100 % of \\input{x}, Σ_k and π̃")
    '100 \\% of \\textbackslash{}input\\{x\\}, \\(\\Sigma\\)\\_k and \\(\\tilde{\\pi}\\)'
    """
    out: list[str] = []
    for character in text:
        if character in marks.COMBINING and out:
            base = out.pop().removeprefix(r"\(").removesuffix(r"\)")
            out.append(rf"\({marks.COMBINING[character]}{{{base}}}\)")
        elif character in _ESCAPES:
            out.append(_ESCAPES[character])
        elif character in marks.UNICODE:
            command = marks.UNICODE[character]
            out.append(rf"\({_RENAMED.get(command, command)}\)")
        elif " " <= character <= "~" or (character.isalpha() and ord(character) < 0x180):
            out.append(character)
        elif character.isspace():
            out.append(" ")
        else:
            out.append(_composed(character))
    return "".join(out)


_SUBSCRIPTS = {**dict(zip("₀₁₂₃₄₅₆₇₈₉", "0123456789", strict=True)), **dict(zip("ᵢⱼₖₙₘₜ", "ijknmt", strict=True))}
_SUPERSCRIPTS = {**dict(zip("⁰⁴⁵⁶⁷⁸⁹ⁿⁱᵀ", "0456789niT", strict=True)), "⁻": "-"}
_BLACKBOARD = {"ℝ": "R", "ℕ": "N", "ℤ": "Z", "ℚ": "Q", "ℙ": "P", "𝔼": "E"}


def _composed(character: str) -> str:
    """A letter of the mathematics of a text, or a letter with an accent that TeX puts together."""
    if character in _SUBSCRIPTS:
        return rf"\textsubscript{{{_SUBSCRIPTS[character]}}}"
    if character in _SUPERSCRIPTS:
        return rf"\textsuperscript{{{_SUPERSCRIPTS[character]}}}"
    if character in _BLACKBOARD:
        return rf"\(\mathbb{{{_BLACKBOARD[character]}}}\)"
    parts = unicodedata.normalize("NFD", character)
    if len(parts) == 2 and parts[0].isascii() and parts[0].isalpha() and parts[1] in marks.COMBINING:
        return rf"\({marks.COMBINING[parts[1]]}{{{parts[0]}}}\)"
    return "?"
