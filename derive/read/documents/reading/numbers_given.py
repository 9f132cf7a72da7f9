r"""``We observe $x_1 = 1$, $x_2 = 3$ and $x_3 = 5$``, ``Let $p = 0.2$``: numbers that a text works with."""

from __future__ import annotations

import re

from derive.language.terms import Sym
from derive.read import syntax as s
from derive.read.declarations import declare
from derive.read.documents.definitions.defining import is_free, is_undeclared, primitive
from derive.read.documents.definitions.forgetting import without_names
from derive.read.documents.reading import assuming
from derive.read.documents.reading.state import Reading
from derive.read.documents.text.prose import OPENING
from derive.read.documents.text.scanner import Found
from derive.read.documents.text.statements import one_line
from derive.read.errors import DeclarationError

_NOUN = (
    r"(?:data(?:\s*-?\s*(?:set|points?))?|numbers?|values?|observations?|samples?|measurements?|points?|parameters?|"
    r"probabilit(?:y|ies))"
)
_LIST = r"(?:⟨\d+⟩[\s,]*(?:and\s+)?)*"
_LEAD = (
    rf"{OPENING}(?:(?:now|next|again|as\s+an?\s+example|for\s+example),?\s+)?"
    r"(?P<verb>let|with|suppose(?:\s+that)?(?:\s+we\s+(?:have|observed?))?|consider|take|choose|given|"
    r"we\s+(?:now\s+)?(?:observed?|have\s+observed|are\s+given|take|use|choose))"
)
_GIVES = re.compile(
    rf"(?i){_LEAD}(?P<noun>\s+(?:the|an?|these|two|three|four|five)?\s*(?:[a-z-]+\s+)?{_NOUN})?[\s:]*{_LIST}\Z"
)
_VALUE = r"-?\s*(?:\d+(?:\.\d+)?(?:\s*/\s*\d+)?|\\[dt]?frac\s*(?:\{\d+\}|\d)\s*(?:\{\d+\}|\d))"
_EQUATION = re.compile(rf"\s*(?P<name>\\?[A-Za-z]+(?:_(?:\w|\{{\w+\}}))?)\s*=\s*(?P<value>{_VALUE})\s*[.,;]?\s*")
_MEMBER = re.compile(r"(?P<base>\\?[A-Za-z]+)_\{?(?P<number>\d+)\}?")
_HEADING = re.compile(r"\s*(?:\\(?:sub)*(?:section|paragraph)\*?\s*\{[^}]*\}|#[^\n]*\n)")
_JOINS = re.compile(r"[\s,]*(?:and\s*)?")
_COUNTS = frozenset("nNkKdDmMtTiIjJlLrR")
"""Letters that may say how many, also where the document has not said so yet."""


def take(reading: Reading, found: Found, node: s.Relation, text: str) -> bool:
    """Whether words give this number; then its name has that value up to the end of the section."""
    said, told = _GIVES.match(_HEADING.sub("", reading.words.sentence)), _EQUATION.fullmatch(one_line(text))
    if said is None or told is None or reading.words.doubted or [op for op, _ in node.rest] != ["="]:
        return False
    if any(_EQUATION.fullmatch(one_line(each)) is None for each in _before(reading)):
        return False
    name, value = told["name"], told["value"]
    if name in reading.section.valued and reading.section.valued[name] == value:
        return True
    if name in reading.section.valued and "_" not in name:
        reading.context = without_names(reading.context, frozenset({name}))
    constant = name == "\\pi" and name not in reading.context.symbols
    if not (constant or is_undeclared(node.first, reading.context)):
        return said["noun"] is not None and _suppose(reading, found, node)
    if name in _COUNTS and value.isdigit():
        return False
    members = _members(reading, name, value)
    if members:
        (base, _), count = name.split("_", 1), len(members)
        facts = " ; ".join(f"assume {each} = {number}" for each, number in members.items())
        texts = f"{base} \\in \\mathbb{{R}}^{{{count}}} ; {facts}"
    elif _MEMBER.fullmatch(name):
        return False  # s_0 = 0 may be where a recurrence begins
    else:
        members, texts = {name: value}, f"let {name} := {value}"
    try:
        reading.context = declare(texts, reading.context)
    except DeclarationError:
        return False
    reading.section.valued.update(members)
    reading.used.update(dict.fromkeys(members))
    reading.note(found.place, texts)
    return True


def _before(reading: Reading) -> list[str]:
    """The formulas that stand in the sentence before this one."""
    numbers = [int(number) for number in re.findall(r"⟨(\d+)⟩", reading.words.sentence)]
    return [reading.words.numbered.get(number, "") for number in numbers]


def _members(reading: Reading, name: str, value: str) -> dict[str, str]:
    """``x_1``, ``x_2``, … with their values, where the sentence gives them in this order, more than one of them, and
    nothing else is called x."""
    first = _MEMBER.fullmatch(name)
    if first is None or first["number"] != "1":
        return {}
    base, found = first["base"], {name: value}
    texts: list[str] = []
    for piece in reading.document.pieces[reading.number :]:
        if piece.kind == "inline" and piece.math is not None:
            texts += one_line(piece.math.text).split(",")
        elif piece.kind != "prose" or not _JOINS.fullmatch(piece.text):
            break
    for text in texts:
        told = _EQUATION.fullmatch(text)
        member = _MEMBER.fullmatch(told["name"]) if told is not None else None
        if told is None or member is None or member["base"] != base:
            break
        if told["name"] not in found and int(member["number"]) == len(found) + 1:
            found[told["name"]] = told["value"]
    taken = (reading.context.symbols, reading.context.functions, reading.context.sizes, reading.context.indices)
    return found if len(found) > 1 and not any(base in names for names in taken) else {}


def _suppose(reading: Reading, found: Found, node: s.Relation) -> bool:
    """A declared quantity of which nothing else is known has the value in what follows."""
    known = primitive(node.first, reading.context)
    if known is None or known.indices or not is_free(known, reading.context):
        return False
    relations = assuming.suppose(reading, node)
    kept = tuple(each for each in reading.section.given if not (isinstance(each.left, Sym) and each.left == known))
    reading.section.given = (*kept, *relations)
    reading.note(found.place, f"supposed: {s.key(node.first)} = {s.key(node.rest[0][1])}")
    return bool(relations)


def end(reading: Reading) -> None:
    """The numbers that a section has worked with are those of its names no longer."""
    known = reading.context.symbols
    names = {name if name in known else name.partition("_")[0] for name in reading.section.valued}
    if names:
        reading.context = without_names(reading.context, frozenset(names))
        reading.section.valued = {}


__all__ = ["end", "take"]
