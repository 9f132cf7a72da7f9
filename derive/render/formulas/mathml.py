"""A formula as MathML, the part of it that browsers share (MathML Core)."""

from __future__ import annotations

from html import escape

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
)

_STARTS = {
    "bold": (0x1D400, 0x1D41A, 0x1D7CE), "bold-italic": (0x1D468, 0x1D482, 0x1D7CE),
    "double-struck": (0x1D538, 0x1D552, 0x1D7D8), "script": (0x1D49C, 0x1D4B6, 0), "fraktur": (0x1D504, 0x1D51E, 0),
    "sans": (0x1D5A0, 0x1D5BA, 0x1D7E2), "monospace": (0x1D670, 0x1D68A, 0x1D7F6),
}  # fmt: skip
"""Where the capital letters, the small letters and the digits of a font begin in Unicode."""

_HOLES = {
    "double-struck": dict(zip("CHNPQRZ", "ℂℍℕℙℚℝℤ", strict=True)),
    "script": dict(zip("BEFHILMRego", "ℬℰℱℋℐℒℳℛℯℊℴ", strict=True)),
    "fraktur": dict(zip("CHIRZ", "ℭℌℑℜℨ", strict=True)),
}
_GREEK = "αβγδεζηθικλμνξοπρςστυφχψω"
_CAPITALS = "ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡ\0ΣΤΥΦΧΨΩ"
_GREEK_STARTS = {"italic": (0x1D6E2, 0x1D6FC), "bold": (0x1D6A8, 0x1D6C2), "bold-italic": (0x1D71C, 0x1D736)}
_VARIANTS = {"ϵ": 0, "ϑ": 1, "ϰ": 2, "ϕ": 3, "ϱ": 4, "ϖ": 5}


def to_mathml(row: Row, tall: bool = False) -> str:
    r"""A formula as a ``math`` element within a line; ``tall`` gives it the height it has on a line of its own.

    >>> from derive.render.formulas.formula import read_formula
    >>> to_mathml(read_formula(r"\mathbf{x} < 1"))
    '<math><mi>𝐱</mi><mo>&lt;</mo><mn>1</mn></math>'
    """
    style = ' displaystyle="true"' if tall else ""
    return f"<math{style}>{items(row)}</math>"


def items(row: Row | None, goes_on: bool = False) -> str:
    """What a row holds, one element after the other; ``goes_on`` says that it is the rest of a line above, so that a
    sign at its begin stands between two terms."""
    if row is None:
        return ""
    parts: list[str] = []
    before: Node | None = None
    for item in row.items:
        if (_is_function(before) and not _opens(item)) or (_is_function(item) and _is_operand(before)):
            parts.append('<mspace width="0.17em"></mspace>')
        first = not goes_on if before is None else _leaves_sign_single(before)
        parts.append(element(item, first))
        before = item
    return "".join(parts)


def _is_function(node: Node | None) -> bool:
    """Whether a node is the name of a function, which is set apart from an argument without brackets."""
    if isinstance(node, Scripts):
        return _is_function(node.base)
    if isinstance(node, Stacked):
        return is_named(node)
    return (isinstance(node, Mark) and node.kind == marks.FUNCTION) or (isinstance(node, Words) and node.name)


def _is_operand(node: Node | None) -> bool:
    r"""Whether a node is what the name of a function after it is set apart from: ``x \log y``."""
    if isinstance(node, Scripts):
        return _is_operand(node.base)
    if isinstance(node, Mark):
        return node.kind in _OPERANDS
    return isinstance(node, Words | Fraction | Root | Fence | Accent | Font | Table)


_OPERANDS = frozenset({marks.IDENTIFIER, marks.NUMBER, marks.ORDINARY, marks.CLOSE, marks.FUNCTION})


def _opens(node: Node) -> bool:
    if isinstance(node, Scripts):
        return _opens(node.base)
    return isinstance(node, Fence | Sized) or (isinstance(node, Mark) and node.kind not in ("identifier", "number"))


def _leaves_sign_single(before: Node) -> bool:
    """Whether a sign after this is a sign of what follows, not one between two terms."""
    return isinstance(before, Mark) and before.kind in (marks.RELATION, marks.OPEN, marks.PUNCTUATION, marks.BINARY)


def _one(row: Row | None) -> str:
    """A row as one element."""
    if row is not None and len(row.items) == 1 and not (_is_function(row.items[0]) or isinstance(row.items[0], Row)):
        return element(row.items[0])
    return f"<mrow>{items(row)}</mrow>"


def element(node: Node, first: bool = True) -> str:
    """One element; ``first`` says that a sign begins its row."""
    match node:
        case Row():
            return _one(node)
        case Mark():
            return _mark(node, first)
        case Words(text, name):
            return f"<mi>{escape(text)}</mi><mo>&#x2061;</mo>" if name else f"<mtext>{_blanks(text)}</mtext>"
        case Space(text):
            return f'<mspace width="{marks.SPACES[text]}em"></mspace>'
        case Fraction(above, below, line):
            if line:
                return f"<mfrac>{_one(above)}{_one(below)}</mfrac>"
            plain = f'<mfrac linethickness="0">{_one(above)}{_one(below)}</mfrac>'
            return f"<mrow><mo>(</mo>{plain}<mo>)</mo></mrow>"
        case Root(body, degree):
            return f"<mroot>{_one(body)}{_one(degree)}</mroot>" if degree else f"<msqrt>{items(body)}</msqrt>"
        case Scripts(base, below, above):
            return _scripts(base, below, above)
        case Stacked():
            return _stacked(node)
        case Fence(left, body, right) if is_low(Row((node,))):
            around = [f'<mo stretchy="false" lspace="0" rspace="0">{_shown(each)}</mo>' for each in (left, right)]
            return f"<mrow>{around[0]}{items(body)}{around[1]}</mrow>"
        case Fence(left, body, right):
            return f"<mrow>{_bracket(left, 'prefix')}{items(body, left == '.')}{_bracket(right, 'postfix')}</mrow>"
        case Sized(size, bracket):
            height = marks.SIZES[size]
            return f'<mo stretchy="true" minsize="{height}em" maxsize="{height}em">{_shown(bracket)}</mo>'
        case Middle(bracket):
            return f'<mo fence="true" stretchy="true">{_shown(bracket)}</mo>'
        case Strut(body):
            held = f"<mphantom>{items(body)}</mphantom><mi></mi>"  # a sign alone would bring its space along
            return f'<mpadded width="0" aria-hidden="true">{held}</mpadded>'
        case Accent(accent, body):
            return _accent(accent, body)
        case Font(font, body):
            return _font(font, body)
        case Table():
            return _table(node)
    return ""


def _blanks(text: str) -> str:
    """Words whose blanks at the ends are kept."""
    inner = escape(text.strip())
    return ("\u00a0" if text[:1] == " " else "") + inner + ("\u00a0" if text[-1:] == " " and inner else "")


def _shown(bracket: str) -> str:
    return escape(marks.FENCES[bracket])


def _bracket(bracket: str, form: str) -> str:
    return _around(_shown(bracket), form)


def _around(shown: str, form: str) -> str:
    """A bracket as high as what it stands around, without the space that browsers differ about."""
    return f'<mo form="{form}" fence="true" stretchy="true" lspace="0" rspace="0">{shown}</mo>' if shown else ""


def _mark(mark: Mark, first: bool = True) -> str:
    shown = escape(character(mark))
    match mark.kind:
        case marks.NUMBER:
            return f"<mn>{shown}</mn>"
        case marks.IDENTIFIER:
            return f"<mi>{shown}</mi>"
        case marks.FUNCTION:
            return f"<mi>{shown}</mi><mo>&#x2061;</mo>"
        case marks.BIG if len(shown) > 1:
            return f'<mo movablelimits="true" lspace="0.17em" rspace="0.17em">{shown}</mo>'
        case marks.BINARY if first:
            return f'<mo form="prefix">{shown}</mo>'
        case marks.OPEN | marks.CLOSE:
            return f'<mo stretchy="false">{shown}</mo>'
        case marks.ORDINARY if mark.text in ("|", "\\|", "\\vert", "\\Vert"):
            return f'<mo stretchy="false" lspace="0" rspace="0">{shown}</mo>'
        case marks.ORDINARY:
            return f'<mi mathvariant="normal">{shown}</mi>' if shown not in "!/." else f"<mo>{shown}</mo>"
    return f"<mo>{shown}</mo>"


def character(mark: Mark) -> str:
    """The character that a mark shows."""
    if mark.text == "-":
        return "−"
    if mark.text == "*":
        return "∗"
    return marks.COMMANDS[mark.text][0] if mark.text in marks.COMMANDS else mark.text


def _scripts(base: Node, below: Row | None, above: Row | None) -> str:
    limits = (isinstance(base, Mark) and base.kind == marks.BIG and "int" not in base.text) or (
        isinstance(base, Words) and base.big
    )
    first = element(base) if not isinstance(base, Words) else f"<mo>{escape(base.text)}</mo>"
    if isinstance(base, Mark) and base.kind == marks.FUNCTION:
        first = f"<mi>{escape(character(base))}</mi>"
    names = ("munder", "mover", "munderover") if limits else ("msub", "msup", "msubsup")
    end = "<mo>&#x2061;</mo>" if isinstance(base, Mark) and base.kind == marks.FUNCTION else ""
    if below is not None and above is not None:
        return f"<{names[2]}>{first}{_one(below)}{_one(above)}</{names[2]}>{end}"
    name, script = (names[0], below) if below is not None else (names[1], above)
    return f"<{name}>{first}{_one(script)}</{name}>{end}"


def _stacked(node: Stacked) -> str:
    body = _one(node.body)
    if node.brace:
        name, sign, label = ("munder", "⏟", node.below) if node.below is not None else ("mover", "⏞", node.above)
        braced = f'<{name}>{body}<mo stretchy="true">{sign}</mo></{name}>'
        return f"<{name}>{braced}{_one(label)}</{name}>"
    if node.below is not None:
        return f"<munder>{body}{_one(node.below)}</munder>"
    return f"<mover>{body}{_one(node.above)}</mover>"


def _accent(accent: str, body: Row) -> str:
    if accent in marks.UNDER:
        return f'<munder>{_one(body)}<mo stretchy="true">_</mo></munder>'
    wide = "true" if accent.startswith(("\\wide", "\\over")) else "false"
    return f'<mover accent="true">{_one(body)}<mo stretchy="{wide}">{escape(marks.ACCENTS[accent])}</mo></mover>'


def _table(table: Table) -> str:
    rows = "".join(f"<mtr>{''.join(f'<mtd>{items(cell)}</mtd>' for cell in row)}</mtr>" for row in table.rows)
    left, right = marks.TABLES[table.environment]
    kind = ' class="cases"' if table.environment == "cases" else ""
    body = f"<mtable{kind}>{rows}</mtable>"
    return f"<mrow>{_around(left, 'prefix')}{body}{_around(right, 'postfix')}</mrow>"


# -- fonts -------------------------------------------------------------------------------------------------------------
def _font(font: str, body: Row) -> str:
    """A body in another font: letters side by side in upright letters are one name."""
    letters = [item for item in body.items if isinstance(item, Mark) and item.kind == marks.IDENTIFIER]
    if font in ("roman", "sans", "monospace", "bold") and len(letters) == len(body.items) > 1:
        text = "".join(in_font(character(letter), font) for letter in letters)
        return f"<mi>{escape(text)}</mi>"
    return "".join(_in_font(item, font) for item in body.items) if len(body.items) == 1 else _row_in_font(body, font)


def _row_in_font(body: Row, font: str) -> str:
    return f"<mrow>{''.join(_in_font(item, font) for item in body.items)}</mrow>"


def _in_font(item: Node, font: str) -> str:
    match item:
        case Mark(kind=marks.IDENTIFIER):
            shown = escape(in_font(character(item), font))
            return f'<mi mathvariant="normal">{shown}</mi>' if font == "roman" else f"<mi>{shown}</mi>"
        case Mark(kind=marks.NUMBER):
            return f"<mn>{escape(in_font(item.text, font))}</mn>"
        case Scripts(base, below, above):
            changed = Font(font, Row((base,)))
            return _scripts(
                changed, Row((Font(font, below),)) if below else None, Row((Font(font, above),)) if above else None
            )
        case Accent(accent, body):
            return _accent(accent, Row((Font(font, body),)))
    return element(item)


def in_font(text: str, font: str) -> str:
    """Letters and digits in a font, as Unicode has them.

    >>> in_font("R", "double-struck"), in_font("x", "bold"), in_font("μ", "bold-italic")
    ('ℝ', '𝐱', '𝝁')
    """
    return "".join(_letter(each, font) for each in text)


def _letter(letter: str, font: str) -> str:
    if letter in _HOLES.get(font, {}):
        return _HOLES[font][letter]
    if font in _GREEK_STARTS:
        capital, small = _GREEK_STARTS[font]
        if letter in _CAPITALS:
            return chr(capital + _CAPITALS.index(letter))
        if letter in _GREEK:
            return chr(small + _GREEK.index(letter))
        if letter in _VARIANTS:
            return chr(small + 26 + _VARIANTS[letter])
    if font in _STARTS and letter.isascii():
        capital, small, digit = _STARTS[font]
        if letter.isupper():
            return chr(capital + ord(letter) - ord("A"))
        if letter.islower():
            return chr(small + ord(letter) - ord("a"))
        if letter.isdigit() and digit:
            return chr(digit + int(letter))
    return letter
