"""What a formula is made of when it is taken as marks on paper."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields


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
class Strut:
    """As high as what it holds, and not shown: by it the parts of a bracket, in two lines, are equally tall."""

    body: Row


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
    Mark
    | Words
    | Space
    | Row
    | Fraction
    | Root
    | Scripts
    | Stacked
    | Fence
    | Sized
    | Middle
    | Strut
    | Accent
    | Font
    | Table
)


def parts(node: Node | None) -> Iterator[Node]:
    """A node and everything within it."""
    if node is None:
        return
    yield node
    for each in fields(node):
        yield from _within(getattr(node, each.name))


def is_named(node: Stacked) -> bool:
    """Whether words have something below them: ``\\underset{\\theta}{\\text{argmin}}`` is the name of a function."""
    return node.below is not None and len(node.body.items) == 1 and isinstance(node.body.items[0], Words)


def is_low(body: Row) -> bool:
    """Whether brackets around a row need not be taller than a letter."""
    return all(_is_low(part) for part in body.items)


def _is_low(node: Node) -> bool:
    match node:
        case Mark(kind=kind):
            return kind != "big"
        case Words() | Space():
            return True
        case Row(items):
            return all(_is_low(each) for each in items)
        case Font(_, body) | Accent(_, body):
            return is_low(body)
        case Scripts(base, below, above):
            inner = [part for each in (below, above) if each is not None for part in parts(each)]
            return _is_low(base) and not any(isinstance(part, Scripts | Fraction) for part in inner)
        case Fence(left, body, right):
            return "." not in (left, right) and is_low(body)
    return False


def _within(value: object) -> Iterator[Node]:
    if isinstance(value, tuple):
        for each in value:
            yield from _within(each)
    elif isinstance(value, Node):
        yield from parts(value)
