"""The untyped tree of a piece of mathematics: what was written, before anything is known about the names."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, replace
from typing import Any, TypeVar

from derive.language.terms import Span


@dataclass(frozen=True)
class Node:
    """Base of all nodes; ``start`` and ``stop`` are offsets into the source. Its dictionary keeps what is looked for in
    a node more than once."""

    start: int
    stop: int

    @property
    def span(self) -> Span:
        """Where it stands in the source."""
        return Span(self.start, self.stop)


@dataclass(frozen=True, slots=True)
class Number(Node):
    """Digits as written."""

    text: str


@dataclass(frozen=True, slots=True)
class Name(Node):
    """One letter, Greek letter, or either with accents and faces: ``\\hat{\\mathbf{h}}``."""

    text: str


@dataclass(frozen=True, slots=True)
class Word(Node):
    """Upright letters that are one word: ``\\operatorname{tr}``, ``\\text{opt}``, ``\\log``."""

    text: str


@dataclass(frozen=True, slots=True)
class Dots(Node):
    """``\\dots`` and its like."""


@dataclass(frozen=True, slots=True)
class Group(Node):
    """A bracketed list: ``bracket`` is ``(``, ``[``, ``\\{``, ``{``, ``|`` or ``||``; ``seps`` between the items."""

    bracket: str
    items: tuple[Node, ...]
    seps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Script(Node):
    """A base with a subscript, a superscript and primes."""

    base: Node
    sub: Node | None = None
    sup: Node | None = None
    primes: int = 0


@dataclass(frozen=True, slots=True)
class Sum(Node):
    """``± a ± b …``; each term comes with its sign."""

    terms: tuple[tuple[str, Node], ...]


@dataclass(frozen=True, slots=True)
class Product(Node):
    """``a · b ⊙ c / d …``: factors joined by written operators, left to right."""

    first: Node
    rest: tuple[tuple[str, Node], ...]


@dataclass(frozen=True, slots=True)
class Juxt(Node):
    """Things side by side; calls and prefix functions are not told apart yet."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Frac(Node):
    """``\\frac{top}{bottom}``."""

    top: Node
    bottom: Node


@dataclass(frozen=True, slots=True)
class Binom(Node):
    """``\\binom{top}{bottom}``."""

    top: Node
    bottom: Node


@dataclass(frozen=True, slots=True)
class Root(Node):
    """``\\sqrt[degree]{body}``."""

    body: Node
    degree: Node | None


@dataclass(frozen=True, slots=True)
class Factorial(Node):
    """``body!``."""

    body: Node


@dataclass(frozen=True, slots=True)
class BigOp(Node):
    """``\\sum_{sub}^{sup} body`` and the other big operators."""

    kind: str
    sub: Node | None
    sup: Node | None
    body: Node


@dataclass(frozen=True, slots=True)
class IntegralOp(Node):
    """``\\int_{sub}^{sup} body d variables``."""

    sub: Node | None
    sup: Node | None
    body: Node
    variables: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Diff(Node):
    """``\\frac{\\partial^n body}{\\partial a \\partial b}``; ``body`` None: an operator waiting for its operand."""

    body: Node | None
    variables: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Evaluated(Node):
    """``body|_{at}``."""

    body: Node
    at: Node


@dataclass(frozen=True, slots=True)
class MatrixRows(Node):
    """``\\begin{bmatrix} …``: rows of cells; ``bars`` for a determinant."""

    rows: tuple[tuple[Node, ...], ...]
    bars: bool = False


@dataclass(frozen=True, slots=True)
class CaseRows(Node):
    """``\\begin{cases} value & condition \\\\ …``."""

    rows: tuple[tuple[Node, Node | None], ...]


@dataclass(frozen=True, slots=True)
class Relation(Node):
    """``a = b \\le c …``."""

    first: Node
    rest: tuple[tuple[str, Node], ...]


_PARTS: dict[type[Node], tuple[str, ...]] = {}
N = TypeVar("N", bound=Node)


def _parts(node: Node) -> tuple[str, ...]:
    """The fields in which nodes of this kind have others."""
    names = _PARTS.get(type(node))
    if names is None:
        names = _PARTS[type(node)] = tuple(item.name for item in fields(node) if "Node" in str(item.type))
    return names


def children(node: Node) -> tuple[Node, ...]:
    """The nodes directly below this one, in the order written; looked for once in a node."""
    names = _parts(node)
    if not names:
        return ()
    known: tuple[Node, ...] | None = node.__dict__.get("_children")
    if known is None:
        known = node.__dict__["_children"] = tuple([part for name in names for part in _nodes(getattr(node, name))])
    return known


def _nodes(value: object) -> tuple[Node, ...]:
    if isinstance(value, Node):
        return (value,)
    if isinstance(value, tuple):
        return tuple([node for item in value for node in _nodes(item)])
    return ()


def rebuilt(node: N, change: Callable[[Node], Node]) -> N:
    """A node with every node directly below it changed."""
    new: dict[str, Any] = {name: _changed(getattr(node, name), change) for name in _parts(node)}
    return replace(node, **new) if new else node


def put(node: Node, letter: str, value: Node) -> Node:
    """A node with another one wherever a letter stands."""
    if isinstance(node, Name) and node.text == letter:
        return value
    return rebuilt(node, lambda part: put(part, letter, value))


def _changed(value: object, change: Callable[[Node], Node]) -> object:
    if isinstance(value, Node):
        return change(value)
    return tuple([_changed(item, change) for item in value]) if isinstance(value, tuple) else value


def walk(node: Node) -> Iterator[Node]:
    """A node and everything below it, outermost first, in the order written."""
    stack = [node]
    while stack:
        here = stack.pop()
        yield here
        below = children(here)
        if below:
            stack.extend(below[::-1])


def key(node: Node) -> str:
    """One spelling for a name with its scripts: braces only around more than one character.

    Two nodes with the same key were written the same, up to spaces and braces.
    """
    known: str | None = node.__dict__.get("_key")
    if known is None:
        known = node.__dict__["_key"] = _spelled(node)
    return known


def _spelled(node: Node) -> str:
    match node:
        case Number(text=text) | Name(text=text):
            return text
        case Word(text=text):
            return f"\\mathrm{{{text}}}"
        case Dots():
            return "\\dots"
        case Script(base=base, sub=sub, sup=sup, primes=primes):
            text = key(base) + "'" * primes
            if sub is not None:
                text += "_" + _braced(key(sub))
            if sup is not None:
                text += "^" + _braced(key(sup))
            return text
        case Group(bracket="{", items=(item,)):
            return key(item)
        case Group(bracket=bracket, items=()):
            return "".join(_CLOSED.get(bracket, ("", "")))
        case Group(bracket=bracket, items=items, seps=seps):
            inside = "".join(f"{key(item)}{sep}" for item, sep in zip(items, (*seps, ""), strict=True))
            opening, closing = _CLOSED.get(bracket, ("", ""))
            return f"{opening}{inside}{closing}"
        case Juxt(parts=parts):
            return _side_by_side([key(part) for part in parts])
        case Sum(terms=terms):
            text = "".join(sign + key(term) for sign, term in terms)
            return text.removeprefix("+")
        case Product(first=first, rest=rest):
            return key(first) + "".join(f"{op} {key(factor)}" for op, factor in rest)
        case Relation(first=first, rest=rest):
            return key(first) + "".join(f"{op} {key(side)}" for op, side in rest)
        case Frac(top=top, bottom=bottom):
            return f"\\frac{{{key(top)}}}{{{key(bottom)}}}"
        case Factorial(body=body):
            return f"{key(body)}!"
    inside = ",".join(_other(getattr(node, item.name)) for item in fields(node) if item.name not in ("start", "stop"))
    return f"<{type(node).__name__}:{inside}>"


def is_legible(node: Node) -> bool:
    """Whether the key of a node is LaTeX, so that it can be shown to a reader."""
    return re.search(r"<[A-Z]\w*:", key(node)) is None


def _other(value: object) -> str:
    """Parts of nodes that are never names: two of them have one spelling only if they are the same."""
    if isinstance(value, Node):
        return key(value)
    if isinstance(value, tuple):
        return "[" + ",".join(map(_other, value)) + "]"
    return str(value)


_CLOSED = {"(": ("(", ")"), "[": ("[", "]"), "\\{": ("\\{", "\\}"), "|": ("|", "|"), "||": ("\\|", "\\|")}


def _braced(text: str) -> str:
    single = len(text) == 1 or (text[:1] == "\\" and text[1:].isalpha())
    return text if single else f"{{{text}}}"


def _side_by_side(texts: list[str]) -> str:
    out = ""
    for text in filter(None, texts):
        command_end = out.rpartition("\\")[2]
        if out and text[0].isalpha() and "\\" in out and command_end.isalpha():
            out += " "
        out += text
    return out
