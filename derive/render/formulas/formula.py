r"""A formula as a tree of marks, read from LaTeX.

This is about how mathematics looks, not about what it means: what is judged is read elsewhere. Only commands of the
tables in ``marks`` are understood, so that whatever is written again from the tree holds nothing but those; anything
else is a ``FormulaError``, and whoever shows the formula shows its source as plain text instead.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from derive.read.tokens import ROW_BREAK
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
)

DEEPEST = 60
LONGEST = 20_000


class FormulaError(ValueError):
    """Text that is no formula of the kind that is understood; the message says what stands in the way."""


_SCAN = re.compile(
    r"\\(?:operatorname|tag|hspace|vspace)\*|\\[A-Za-z]+|\\.|\d+(?:[.,]\d+)*(?:e[-+]\d+)?|:=|\s+|%[^\n]*|.", re.DOTALL
)
_ENVIRONMENT = re.compile(r"\s*\{([A-Za-z]+\*?)\}")
_COLUMNS = re.compile(r"\s*\{([lcr|\s]*)\}")
_DROPPED = frozenset("\\tag \\label \\hspace \\vspace \\hphantom \\vphantom \\phantom \\color \\tag* \\hspace*".split())
_ROW = "\\\\"
_APART = re.compile(ROW_BREAK)


def read_formula(text: str) -> Row:
    r"""The tree of a formula.

    >>> read_formula("x+1").items[0]
    Mark(text='x', kind='identifier')
    >>> read_formula(r"\input{secrets}")
    Traceback (most recent call last):
    derive.render.formulas.formula.FormulaError: \input is not a mark of a formula
    """
    if len(text) > LONGEST:
        raise FormulaError(f"expected at most {LONGEST} characters, found {len(text)}")
    reader = _Reader(text)
    found = reader.row(lambda piece: False)
    if reader.at < len(text):
        raise FormulaError(f"{reader.peek()} closes nothing")
    return found


class _Reader:
    """Recursive descent over the text; ``at`` is how far it has come."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.depth = 0
        self._known = (-1, "")

    # -- pieces --------------------------------------------------------------------------------------------------------
    def peek(self) -> str:
        """The next piece that is not blank; nothing at the end."""
        if self._known[0] == self.at:
            return self._known[1]
        while (match := _SCAN.match(self.text, self.at)) is not None:
            piece = match.group()
            if not piece.isspace() and not piece.startswith("%"):
                self._known = (self.at, piece)
                return piece
            self.at = match.end()
        return ""

    def take(self) -> str:
        """That piece, and past it."""
        piece = self.peek()
        self.at += len(piece)
        return piece

    def expect(self, wanted: str) -> None:
        """Past a piece that must be there."""
        piece = self.take()
        if piece != wanted:
            raise FormulaError(f"expected {wanted}, found {piece or 'the end'}")

    # -- rows ----------------------------------------------------------------------------------------------------------
    def row(self, ends: Callable[[str], bool]) -> Row:
        """Marks up to a piece at which the row ends, which is left; a closing brace always ends one."""
        self.depth += 1
        if self.depth > DEEPEST:
            raise FormulaError(f"nested deeper than {DEEPEST}")
        items: list[Node] = []
        while (piece := self.peek()) and piece not in ("}", "\\right", "\\end") and not ends(piece):
            if piece in ("_", "^", "'"):
                items.append(self._scripts(items.pop() if items else Row(())))
                continue
            found = self._one()
            items += [found] if found not in (None, Row(())) else []
        self.depth -= 1
        return Row(tuple(items))

    def group(self) -> Row:
        """An argument: what stands in braces, or the next mark."""
        piece = self.peek()
        if piece == "{":
            self.take()
            found = self.row(lambda piece: False)
            self.expect("}")
            return found
        if piece[:1].isdigit():  # \frac12
            self.at += 1
            return Row((Mark(piece[0], marks.NUMBER),))
        if not piece or piece in ("}", "&", _ROW, "_", "^", "\\right", "\\end"):
            raise FormulaError(f"expected an argument, found {piece or 'the end'}")
        found_one = self._one()
        return Row((found_one,) if found_one is not None else ())

    def _scripts(self, base: Node) -> Node:
        """What stands below and above a base, in any order; primes stand above."""
        below: Row | None = None
        above: list[Node] = []
        while (piece := self.peek()) in ("_", "^", "'"):
            self.take()
            if piece == "'":
                above.append(Mark("\\prime", marks.ORDINARY))
            elif piece == "^":
                above += self.group().items
            elif below is None:
                below = self.group()
            else:
                raise FormulaError("two subscripts")
        raised = Row(tuple(above)) if above else None
        if isinstance(base, Stacked) and base.brace:
            return Stacked(base.body, below or base.below, raised or base.above, brace=True)
        return _together(base, below, raised)

    # -- one mark ------------------------------------------------------------------------------------------------------
    def _one(self) -> Node | None:
        """The next mark with its arguments; nothing for what shows nothing."""
        piece = self.take()
        if piece[0] == "\\":
            return self._command(piece)
        if piece == "{":
            self.at -= 1
            return self.group()
        if piece[0].isdigit():
            return Mark(piece, marks.NUMBER)
        if piece.isascii() and piece.isalpha():
            return Mark(piece, marks.IDENTIFIER)
        if piece == ":=":
            return Mark("\\coloneqq", marks.RELATION)
        if piece in marks.CHARACTERS:
            return Mark(piece, marks.CHARACTERS[piece][1])
        if piece == "~":
            return Space("~")
        command = marks.UNICODE.get(piece)
        if command is None:
            return _composed(piece)
        return Mark(command, marks.CHARACTERS[command][1]) if command in marks.CHARACTERS else self._command(command)

    def _command(self, piece: str) -> Node | None:
        if piece in marks.COMMANDS:
            return Mark(piece, marks.COMMANDS[piece][1])
        if piece in marks.SPACES:
            return Space(piece)
        if piece in marks.IGNORED:
            return None
        if piece in _DROPPED:
            self._skipped()
            return None
        if piece in marks.ACCENTS or piece in marks.UNDER:
            return Accent(piece, self.group())
        if piece in marks.FONTS:
            return Font(marks.FONTS[piece], self.group())
        if piece in marks.WORDS:
            return self._words(piece)
        if piece in marks.SIZES:
            return Sized(piece, self._bracket())
        built = _BUILT.get(piece)
        if built is None:
            raise FormulaError(f"{piece} is not a mark of a formula")
        return built(self)

    def _bracket(self) -> str:
        piece = self.take()
        if piece not in marks.FENCES:
            raise FormulaError(f"expected a bracket, found {piece or 'the end'}")
        return piece

    def fence(self) -> Node:
        """``\\left( … \\right)``."""
        left = self._bracket()
        body = self.row(lambda piece: False)
        self.expect("\\right")
        return Fence(left, body, self._bracket())

    def environment(self) -> Node:
        """``\\begin{…} … \\end{…}``."""
        name = self._name()
        known = name.removesuffix("*")
        if known not in marks.TABLES:
            raise FormulaError(f"the environment {name} is not part of a formula")
        columns = _COLUMNS.match(self.text, self.at) if known == "array" else None
        if columns:
            self.at = columns.end()
        rows: list[tuple[Row, ...]] = []
        cells: list[Row] = []
        while True:
            cells.append(self.row(lambda piece: piece in ("&", _ROW)))
            piece = self.take()
            if piece == "&":
                continue
            rows.append(tuple(cells))
            cells = []
            if piece == _ROW:
                self._apart()
                continue
            if piece != "\\end" or self._name() != name:
                raise FormulaError(f"expected \\end{{{name}}}")
            break
        if len(rows) > 1 and rows[-1] == (Row(()),):
            rows.pop()
        return Table(known, tuple(rows), re.sub(r"[|\s]", "", columns[1]) if columns else "")

    def _apart(self) -> None:
        """Past how far apart the rows are to stand: ``\\\\[4pt]``."""
        if match := _APART.match(self.text, self.at - len(_ROW)):
            self.at = match.end()

    def _name(self) -> str:
        match = _ENVIRONMENT.match(self.text, self.at)
        if match is None:
            raise FormulaError("expected the name of an environment")
        self.at = match.end()
        return match[1]

    def _skipped(self) -> None:
        """Past an argument that shows nothing."""
        self._raw()

    def _raw(self) -> str:
        """The text of an argument in braces, as it stands."""
        if self.peek() != "{":
            raise FormulaError(f"expected {{, found {self.peek() or 'the end'}")
        start, depth = self.at, 0
        for match in re.finditer(r"\\.|[{}]", self.text[start:], re.DOTALL):
            depth += {"{": 1, "}": -1}.get(match.group(), 0)
            if depth == 0:
                self.at = start + match.end()
                return self.text[start + 1 : self.at - 1]
        raise FormulaError("expected }, found the end")

    def _words(self, piece: str) -> Node:
        r"""``\text{…}``; formulas between dollars in it stay formulas."""
        if self.peek() != "{":
            (mark,) = self.group().items or (Mark("", marks.IDENTIFIER),)
            if not isinstance(mark, Mark):
                raise FormulaError(f"expected words after {piece}")
            return Words(mark.text, name=True)
        if piece.startswith("\\operatorname"):
            return Words(_plain(self._raw().replace("\\,", " ").replace("~", " ")), name=True, big=piece.endswith("*"))
        parts: list[Node] = []
        for number, part in enumerate(self._raw().split("$")):
            if number % 2:
                parts.append(read_formula(part))
            elif part:
                parts.append(Words(_plain(part.replace("~", " "))))
        return parts[0] if len(parts) == 1 else Row(tuple(parts))

    # -- commands with arguments ---------------------------------------------------------------------------------------
    def root(self) -> Node:
        """A root and its degree."""
        degree: Row | None = None
        if self.peek() == "[":
            self.take()
            degree = self.row(lambda piece: piece == "]")
            self.expect("]")
            if len(degree.items) == 1 and isinstance(degree.items[0], Row):
                degree = degree.items[0]
        return Root(self.group(), degree)

    def substack(self) -> Node:
        """Rows one below the other, small."""
        self.expect("{")
        rows = [self.row(lambda piece: piece == _ROW)]
        while self.peek() == _ROW:
            self.take()
            self._apart()
            rows.append(self.row(lambda piece: piece == _ROW))
        self.expect("}")
        return Table("smallmatrix", tuple((row,) for row in rows))

    def negated(self) -> Node:
        r"""``\not=``, ``\not\in``."""
        signs = {"=": "\\neq", "\\in": "\\notin", "\\mid": "\\nmid", "\\equiv": "\\neq"}
        piece = self.take()
        if piece not in signs:
            raise FormulaError(f"\\not {piece} is not a mark of a formula")
        return Mark(signs[piece], marks.RELATION)


def _composed(letter: str) -> Node:
    """A letter with its accent in one character."""
    parts = unicodedata.normalize("NFD", letter)
    base, command = parts[0], marks.COMBINING.get(parts[1:])
    if command is None or not (base.isascii() and base.isalpha()):
        raise FormulaError(f"{letter} is not a mark of a formula")
    return Accent(command, Row((Mark(base, marks.IDENTIFIER),)))


_TRANSPOSED = Row((Mark("\\top", marks.ORDINARY),))


def _together(base: Node, below: Row | None, above: Row | None) -> Scripts:
    r"""Scripts at a base; those of a base in braces that has scripts itself are put together with its own, where a
    reader would: ``{\mu^{(t)}}_k`` has them over each other, ``{h_1}_i`` is ``h_{1,i}``, and a transpose goes behind
    the mark of a round, as in ``w_k^{(t)\top}``."""
    only = base.items[0] if isinstance(base, Row) and len(base.items) == 1 else None
    if isinstance(only, Scripts) and only.below is None and only.above is not None and above == _TRANSPOSED:
        return Scripts(only.base, below, Row((*only.above.items, *above.items)))
    if isinstance(only, Scripts) and below is not None and above is None:
        if only.below is None:
            return Scripts(only.base, below, only.above)
        comma = Mark(",", marks.PUNCTUATION)
        return Scripts(only.base, Row((*only.below.items, comma, *below.items)), only.above)
    return Scripts(base, below, above)


def _plain(text: str) -> str:
    """Words: text in which a backslash may only stand before a character that needs one."""
    found = re.sub(r"\\([ ,;%&#$_{}])", r"\1", text)
    if re.search(r"[\\{}$]", found):
        raise FormulaError(f"expected plain words, found {text}")
    return " ".join(found.split()) if not found.strip() else re.sub(r"\s+", " ", found)


_BUILT: dict[str, Callable[[_Reader], Node]] = {
    "\\left": _Reader.fence,
    "\\begin": _Reader.environment,
    "\\sqrt": _Reader.root,
    "\\substack": _Reader.substack,
    "\\not": _Reader.negated,
    "\\middle": lambda reader: Middle(reader._bracket()),
    **dict.fromkeys(
        ("\\frac", "\\dfrac", "\\tfrac", "\\cfrac"), lambda reader: Fraction(reader.group(), reader.group())
    ),
    **dict.fromkeys(
        ("\\binom", "\\dbinom", "\\tbinom"), lambda reader: Fraction(reader.group(), reader.group(), line=False)
    ),
    "\\underset": lambda reader: Stacked(below=reader.group(), body=reader.group()),
    **dict.fromkeys(
        ("\\overset", "\\stackrel"), lambda reader: Stacked(above=reader.group(), body=reader.group())
    ),
    "\\underbrace": lambda reader: Stacked(reader.group(), below=Row(()), brace=True),
    "\\overbrace": lambda reader: Stacked(reader.group(), above=Row(()), brace=True),
    "\\mathop": lambda reader: reader.group(),
    "\\mathrel": lambda reader: reader.group(),
    "\\mathbin": lambda reader: reader.group(),
    "\\boxed": lambda reader: reader.group(),
}  # fmt: skip
