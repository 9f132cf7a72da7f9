r"""A formula as a tree of marks, read from LaTeX.

This is about how mathematics looks, not about what it means: what is judged is read elsewhere. Only commands of the
tables in ``marks`` are understood, so that whatever is written again from the tree holds nothing but those; anything
else is a ``FormulaError``, and whoever shows the formula shows its source as plain text instead.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from derive.render.formulas import marks

DEEPEST = 60
LONGEST = 20_000


class FormulaError(ValueError):
    """Text that is no formula of the kind that is understood; the message says what stands in the way."""


@dataclass(frozen=True)
class Mark:
    """One mark: its LaTeX (a character or a command), and how it stands between its neighbours."""

    text: str
    kind: str


@dataclass(frozen=True)
class Words:
    """Words within a formula; ``name`` is the name of an operator, ``big`` one that carries limits below."""

    text: str
    name: bool = False
    big: bool = False


@dataclass(frozen=True)
class Space:
    """White space, by its command."""

    text: str


@dataclass(frozen=True)
class Row:
    """Marks one after the other."""

    items: tuple[Node, ...]


@dataclass(frozen=True)
class Fraction:
    """A numerator over a denominator; a binomial has no ``line``, and brackets."""

    above: Row
    below: Row
    line: bool = True


@dataclass(frozen=True)
class Root:
    """A root, with its degree if it is not the square root."""

    body: Row
    degree: Row | None = None


@dataclass(frozen=True)
class Scripts:
    """What stands below and above, at the right (or as limits, of what is big)."""

    base: Node
    below: Row | None = None
    above: Row | None = None


@dataclass(frozen=True)
class Stacked:
    """A body with a row above it or below it (``\\underset``), with a brace between them if ``brace``."""

    body: Row
    below: Row | None = None
    above: Row | None = None
    brace: bool = False


@dataclass(frozen=True)
class Fence:
    """Brackets as tall as what they hold, by their LaTeX; a point is a bracket that is not shown."""

    left: str
    body: Row
    right: str


@dataclass(frozen=True)
class Sized:
    """A bracket of a fixed size: the command, and the bracket."""

    size: str
    bracket: str


@dataclass(frozen=True)
class Middle:
    """A bar within brackets, as tall as they are."""

    bracket: str


@dataclass(frozen=True)
class Accent:
    """A body under an accent."""

    accent: str
    body: Row


@dataclass(frozen=True)
class Font:
    """A body in another font, by its name in ``marks.FONTS``."""

    font: str
    body: Row


@dataclass(frozen=True)
class Table:
    """Rows of cells, in an environment; ``columns`` is what an array says of its columns."""

    environment: str
    rows: tuple[tuple[Row, ...], ...]
    columns: str = ""


Node = (
    Mark | Words | Space | Row | Fraction | Root | Scripts | Stacked | Fence | Sized | Middle | Accent | Font | Table
)

_SCAN = re.compile(r"\\[A-Za-z]+\*?|\\.|\d+(?:[.,]\d+)*(?:e[-+]\d+)?|:=|\s+|%[^\n]*|.", re.DOTALL)
_ENVIRONMENT = re.compile(r"\s*\{([A-Za-z]+\*?)\}")
_COLUMNS = re.compile(r"\s*\{([lcr|\s]*)\}")
_DROPPED = frozenset("\\tag \\label \\hspace \\vspace \\hphantom \\vphantom \\phantom \\color \\tag* \\hspace*".split())
_ROW = "\\\\"


def read_formula(text: str) -> Row:
    r"""The tree of a formula.

    >>> read_formula(r"x_n").items
    (Scripts(base=Mark(text='x', kind='identifier'), below=Row(items=(Mark(text='n', kind='identifier'),)), above=None),)
    >>> read_formula(r"\input{secrets}")
    Traceback (most recent call last):
    derive.render.formulas.formula.FormulaError: \input is not a mark of a formula
    """
    if len(text) > LONGEST:
        raise FormulaError(f"expected at most {LONGEST} characters, found {len(text)}")
    reader = _Reader(text)
    found = reader.row(lambda token: False)
    if reader.at < len(text):
        raise FormulaError(f"{reader.peek()} closes nothing")
    return found


class _Reader:
    """Recursive descent over the text; ``at`` is how far it has come."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.depth = 0

    # -- tokens --------------------------------------------------------------------------------------------------------
    def peek(self) -> str:
        """The next token that is not blank; nothing at the end."""
        while (match := _SCAN.match(self.text, self.at)) is not None:
            token = match.group()
            if not token.isspace() and not token.startswith("%"):
                return token
            self.at = match.end()
        return ""

    def take(self) -> str:
        """That token, and past it."""
        token = self.peek()
        self.at += len(token)
        return token

    def expect(self, wanted: str) -> None:
        """Past a token that must be there."""
        token = self.take()
        if token != wanted:
            raise FormulaError(f"expected {wanted}, found {token or 'the end'}")

    # -- rows ----------------------------------------------------------------------------------------------------------
    def row(self, ends: Callable[[str], bool]) -> Row:
        """Marks up to a token at which the row ends, which is left; a closing brace always ends one."""
        self.depth += 1
        if self.depth > DEEPEST:
            raise FormulaError(f"nested deeper than {DEEPEST}")
        items: list[Node] = []
        while (token := self.peek()) and token not in ("}", "\\right", "\\end") and not ends(token):
            if token in ("_", "^", "'"):
                items.append(self._scripts(items.pop() if items else Row(())))
                continue
            found = self._one()
            items += [found] if found not in (None, Row(())) else []
        self.depth -= 1
        return Row(tuple(items))

    def group(self) -> Row:
        """An argument: what stands in braces, or the next mark."""
        token = self.peek()
        if token == "{":
            self.take()
            found = self.row(lambda token: False)
            self.expect("}")
            return found
        if token[:1].isdigit():  # \frac12
            self.at += 1
            return Row((Mark(token[0], marks.NUMBER),))
        if not token or token in ("}", "&", _ROW, "_", "^", "\\right", "\\end"):
            raise FormulaError(f"expected an argument, found {token or 'the end'}")
        found_one = self._one()
        return Row((found_one,) if found_one is not None else ())

    def _scripts(self, base: Node) -> Node:
        """What stands below and above a base, in any order; primes stand above."""
        below: Row | None = None
        above: list[Node] = []
        while (token := self.peek()) in ("_", "^", "'"):
            self.take()
            if token == "'":
                above.append(Mark("\\prime", marks.ORDINARY))
            elif token == "^":
                above += self.group().items
            elif below is None:
                below = self.group()
            else:
                raise FormulaError("two subscripts")
        raised = Row(tuple(above)) if above else None
        if isinstance(base, Stacked) and base.brace:
            return Stacked(base.body, below or base.below, raised or base.above, brace=True)
        if raised is None and isinstance(base, Row) and len(base.items) == 1:  # {\\mu^{(t)}}_k: over each other
            (only,) = base.items
            if isinstance(only, Scripts) and only.below is None:
                return Scripts(only.base, below, only.above)
        return Scripts(base, below, raised)

    # -- one mark ------------------------------------------------------------------------------------------------------
    def _one(self) -> Node | None:
        """The next mark with its arguments; nothing for what shows nothing."""
        token = self.take()
        if token[0] == "\\":
            return self._command(token)
        if token == "{":
            self.at -= 1
            return self.group()
        if token[0].isdigit():
            return Mark(token, marks.NUMBER)
        if token.isascii() and token.isalpha():
            return Mark(token, marks.IDENTIFIER)
        if token == ":=":
            return Mark("\\coloneqq", marks.RELATION)
        if token in marks.CHARACTERS:
            return Mark(token, marks.CHARACTERS[token][1])
        if token == "~":
            return Space("~")
        command = marks.UNICODE.get(token)
        if command is None:
            raise FormulaError(f"{token} is not a mark of a formula")
        return Mark(command, marks.CHARACTERS[command][1]) if command in marks.CHARACTERS else self._command(command)

    def _command(self, token: str) -> Node | None:
        if token in marks.COMMANDS:
            return Mark(token, marks.COMMANDS[token][1])
        if token in marks.SPACES:
            return Space(token)
        if token in marks.IGNORED:
            return None
        if token in _DROPPED:
            self._skipped()
            return None
        if token in marks.ACCENTS or token in marks.UNDER:
            return Accent(token, self.group())
        if token in marks.FONTS:
            return Font(marks.FONTS[token], self.group())
        if token in marks.WORDS:
            return self._words(token)
        if token in marks.SIZES:
            return Sized(token, self._bracket())
        built = _BUILT.get(token)
        if built is None:
            raise FormulaError(f"{token} is not a mark of a formula")
        return built(self)

    def _bracket(self) -> str:
        token = self.take()
        if token not in marks.FENCES:
            raise FormulaError(f"expected a bracket, found {token or 'the end'}")
        return token

    def fence(self) -> Node:
        """``\\left( … \\right)``."""
        left = self._bracket()
        body = self.row(lambda token: False)
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
            cells.append(self.row(lambda token: token in ("&", _ROW)))
            token = self.take()
            if token == "&":
                continue
            rows.append(tuple(cells))
            cells = []
            if token == _ROW:
                continue
            if token != "\\end" or self._name() != name:
                raise FormulaError(f"expected \\end{{{name}}}")
            break
        if len(rows) > 1 and rows[-1] == (Row(()),):
            rows.pop()
        return Table(known, tuple(rows), re.sub(r"[|\s]", "", columns[1]) if columns else "")

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

    def _words(self, token: str) -> Node:
        r"""``\text{…}``; formulas between dollars in it stay formulas."""
        if self.peek() != "{":
            (mark,) = self.group().items or (Mark("", marks.IDENTIFIER),)
            if not isinstance(mark, Mark):
                raise FormulaError(f"expected words after {token}")
            return Words(mark.text, name=True)
        if token.startswith("\\operatorname"):
            return Words(_plain(self._raw().replace("\\,", " ").replace("~", " ")), name=True, big=token.endswith("*"))
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
            degree = self.row(lambda token: token == "]")
            self.expect("]")
        return Root(self.group(), degree)

    def substack(self) -> Node:
        """Rows one below the other, small."""
        self.expect("{")
        rows = [self.row(lambda token: token == _ROW)]
        while self.peek() == _ROW:
            self.take()
            rows.append(self.row(lambda token: token == _ROW))
        self.expect("}")
        return Table("smallmatrix", tuple((row,) for row in rows))

    def negated(self) -> Node:
        r"""``\not=``, ``\not\in``."""
        signs = {"=": "\\neq", "\\in": "\\notin", "\\mid": "\\nmid", "\\equiv": "\\neq"}
        token = self.take()
        if token not in signs:
            raise FormulaError(f"\\not {token} is not a mark of a formula")
        return Mark(signs[token], marks.RELATION)


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
    **dict.fromkeys(("\\frac", "\\dfrac", "\\tfrac", "\\cfrac"), lambda reader: Fraction(reader.group(), reader.group())),
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
