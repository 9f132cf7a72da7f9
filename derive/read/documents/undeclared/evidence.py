"""What a rule may look at to say what an undeclared name is, and the form in which it answers."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from derive.language.context import Context, SymbolDecl
from derive.language.extents import Range, Shape
from derive.read import syntax as s
from derive.read.declarations import declare
from derive.read.documents.definitions.defining import Defined
from derive.read.documents.text.spelling import spaced
from derive.read.errors import DeclarationError, ReadError, ShapeRefusal, WrongIndices
from derive.read.latex import node_readings
from derive.read.names import parts_of
from derive.read.parser import parse


@dataclass(frozen=True)
class Evidence:
    """All formulas of a document as tokens with spaces between them, the formula that is being read, and those of its
    section."""

    formulas: tuple[str, ...]
    node: s.Node | None = None
    said: Mapping[str, str] = field(default_factory=dict)
    bare: frozenset[str] = frozenset()
    section: Sequence[s.Node] = ()
    concluded: frozenset[str] = frozenset()
    assumed: bool = False
    words: str = ""
    defining: tuple[str, ...] | None = None
    texts: tuple[str, ...] = ()
    earlier: frozenset[str] = frozenset()
    beside: tuple[str, str] = ("", "")
    counted_before: Mapping[str, Range] = field(default_factory=dict)
    functions: Mapping[str, str] = field(default_factory=dict)
    spelled: frozenset[str] = frozenset()
    elementwise: frozenset[str] = frozenset()
    inventing: bool = False
    """Whether nothing else can be inferred, so that lengths of which nothing is said may get names."""

    def defines(self, name: str) -> bool:
        """Whether some formula, or a row of one, begins with ``name =``, or ``name(x) =``, before the document
        differentiates in it, says what it adds up to, or lets it be any: then nothing else is said of it here."""
        number = r"(?! \d+(?: (?:\.|,|\\quad|\\qquad)| ?\Z))"
        call = r"(?: \( [^()=]* \))?"
        spelled = f"(?:{pattern_of(name)}{''.join(f'|{pattern_of(each)}' for each in _turned(name))})"
        wanted = re.compile(r"(?:\A|\\\\|,|quad|⟧|&)[ &]*(?<!\S)" + spelled + call + r"[ &]+(?::=|=)" + number)
        formulas = self.formulas if self.defining is None else self.defining
        texts = (text for text in formulas if text not in self.concluded)
        found = (match for text in texts for match in wanted.finditer(text))
        given = next((match for match in found if not _ARROW.search(match.string, 0, match.end())), None)
        first = [place for place in (self._first_varied(name), self._first_met(name)) if place is not None]
        if given is None or not first:
            return given is not None
        return (self.formulas.index(given.string), given.start()) < min(first)

    def is_varied(self, name: str) -> bool:
        """Whether the document differentiates in a name before any formula gives it a value: that is then where it is
        at its best."""
        return self._first_varied(name) is not None and not self.defines(name)

    def _first_varied(self, name: str) -> tuple[int, int] | None:
        """Where the document first differentiates in a name: from there on it is no abbreviation."""
        spelled = pattern_of(name)
        below = r"(?:\} \{|/|\\partial \S+(?: _ (?:\S+|\{[^{}]*\}))?(?: \^ \d)?) \\partial"
        wanted = re.compile(
            rf"(?:{below}|\\partial _|\\nabla _) (?:\{{ )?{spelled}(?!\S)|"
            rf"(?:\\nabla (?:\^ 2 )?(?:\S+|\\math[a-z]+ \{{ \w \}})|(?<!\S)\S+ (?:' )*') \( {spelled} \)"
        )
        found = ((at, match) for at, text in enumerate(self.formulas) if (match := wanted.search(text)) is not None)
        return next(((at, match.start()) for at, match in found), None)

    def _first_met(self, name: str) -> tuple[int, int] | None:
        """Where the document first says that numbers add up to one, or that something holds for all of a name: what is
        said of it later is where that leads, or one case of it."""
        run = r"\\sum(?: \\(?:no)?limits)? _ (?:\{ [^{}]* \}|\S+)(?: \^ (?:\{ [^{}]* \}|\S+))?"
        spelled = pattern_of(name)
        wanted = re.compile(
            rf"{run} {spelled} (?:=|-) 1(?!\S)|"
            rf"(?:⟦(?i:for (?:all|any|every|each)) ?⟧|\\forall)(?: [^=<>]*)? {spelled}(?!\S)[^=<>]*\\in(?!\S)"
        )
        found = ((at, match) for at, text in enumerate(self.formulas) if (match := wanted.search(text)) is not None)
        return next(((at, match.start()) for at, match in found), None)

    def followers(self, name: str) -> list[str]:
        """What follows a name where it stands: the exponent after ``^``, an opening bracket, ``_``, or nothing."""
        wanted = re.compile(r"(?<!\S)" + pattern_of(name) + r"(?!\S) ?(?:\^ (\{[^{}]*\}|\S+)|([(_]))?")
        found = [match for text in self.formulas for match in wanted.finditer(text)]
        return [(match.group(1) or match.group(2) or "").replace(" ", "").strip("{}") for match in found]


def _turned(name: str) -> tuple[str, ...]:
    """``u^+_i`` as it may be written too: with its subscript first, and the mark in braces."""
    found = re.fullmatch(r"(?P<base>[^_^]+)\^\{?(?P<mark>[-+*]|\\star)\}?_(?P<sub>.+)", name)
    if found is None:
        return ()
    return (f"{found['base']}_{found['sub']}^{{{found['mark']}}}", f"{found['base']}_{found['sub']}^{found['mark']}")


_ARROW = re.compile(r"\\(?:Right|Leftright|right)arrow [ &]*(?:quad )?[^=]*(?::=|=)\Z")


def pattern_of(name: str) -> str:
    """A name as a pattern on spaced tokens."""
    return re.escape(spaced(name))


Rule = Callable[[str, Context, Evidence], Defined | None]


def declared(text: str, context: Context) -> Defined | None:
    """The context with a declaration, unless it contradicts what is declared."""
    try:
        return Defined(declare(text, context), text)
    except DeclarationError:
        return None


def space_of(shape: Shape) -> str:
    """The space of arrays of a shape."""
    sizes = " \\times ".join(map(str, shape))
    return f"\\mathbb{{R}}^{{{sizes}}}" if shape else "\\mathbb{R}"


def parts_of_name(name: str) -> tuple[str, s.Node | None, s.Node | None] | None:
    """The base of a name, what stands below it, and above it."""
    try:
        return parts_of(parse(name))
    except ReadError:
        return None


VECTORS = re.compile(r"(?i)\b(?:multi-?(?:variate|dimensional)|vector[- ]valued|random\s+vectors?)\b")
"""Words that speak of vectors."""


def declared_now(found: Defined, context: Context) -> list[SymbolDecl]:
    """What a rule declares that was not declared before."""
    symbols = context.symbols
    return [decl for name, decl in found.context.symbols.items() if symbols.get(name) is not decl]


def shape_of(node: s.Node, context: Context) -> Shape | None:
    """The shape of a factor, if it can be read; of a family without its index, that of a member."""
    try:
        return node_readings(node, context)[0].shape
    except WrongIndices as problem:
        decl = context.symbols.get(problem.name)
        return decl.shape if decl is not None and decl.shape else None
    except ReadError:
        return None


def misfits(node: s.Node | None, context: Context) -> bool:
    """Whether the shapes of a formula do not fit."""
    sides = [node.first, *(side for _, side in node.rest)] if isinstance(node, s.Relation) else []
    for side in sides:
        try:
            node_readings(side, context)
        except ShapeRefusal:
            return True
        except ReadError:
            continue
    return False


__all__ = [
    "VECTORS",
    "Evidence",
    "Rule",
    "declared",
    "declared_now",
    "misfits",
    "parts_of_name",
    "pattern_of",
    "shape_of",
    "space_of",
]
