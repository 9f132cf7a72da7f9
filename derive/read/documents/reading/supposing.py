"""What a sentence supposes of matrices and families: a property, entries, one value of all members."""

from __future__ import annotations

import re

from derive.language.context import Context
from derive.language.extents import Range
from derive.read import syntax as s
from derive.read.declarations import declare
from derive.read.documents.definitions.constant_members import members_of, shared_value
from derive.read.documents.definitions.defining import Defined
from derive.read.documents.reading import assuming, quantified
from derive.read.documents.reading.state import Reading
from derive.read.documents.steps import chains
from derive.read.documents.text.macros import Expanded
from derive.read.documents.text.scanner import Found
from derive.read.documents.text.source import Place
from derive.read.documents.text.statements import one_line
from derive.read.documents.words import narrowing
from derive.read.documents.words.narrowing import Bound
from derive.read.documents.words.properties import said_after, said_before
from derive.read.errors import DeclarationError, ReadError, Undeclared
from derive.read.latex import node_readings
from derive.read.names import items_of, parts_of
from derive.read.parser import parse

_CONSTANT = re.compile(r"(?i)\b(?:if|when(?:ever)?|supposing|assuming|in\s+case|in\s+the\s+case)\b[^.;]*\Z")


_ONE_VALUE = re.compile(r"(?i)\b(?:for|with|under|assuming)\s+(?:an?|one|the\s+same)\s+constant(?:\s+[a-z]+){0,2}\s*\Z")
"""Words before the value that all members of a family have: ``with a constant gradient``."""


def suppose_shared(reading: Reading, found: Found, math: Expanded) -> bool:
    """``If the gradients are constant, $g_t = g$, …``: so they are in this sentence, and g is their value."""
    node = quantified.relation_of(reading, math)
    if _ONE_VALUE.search(reading.words.sentence):
        node = members_of(one_line(math.text).strip(" .,;"), reading.context) or node
    elif not _CONSTANT.search(reading.words.sentence):
        return False
    shared = shared_value(node, reading.context)
    if shared is None or node is None:
        return False
    reading.context = shared.context
    relations = assuming.suppose(reading, node)
    if not relations:
        return False
    reading.supposed, reading.hypothesis = (*reading.supposed, *relations), True
    reading.note(found.place, shared.text or f"supposed in this sentence: {one_line(math.text)}")
    return True


def declare_value(reading: Reading, found: Found, node: s.Relation) -> None:
    """``If all scores of a row are equal, $S_{ij} = c_i$, then``: what nothing declares is the number that they are."""
    value = node.rest[0][1]
    if len(node.rest) != 1 or node.rest[0][0] != "=" or not isinstance(value, s.Name | s.Script):
        return
    below = {s.key(part) for part in s.walk(node.first)}
    parts = parts_of(value)
    letters = [s.key(item) for item in items_of(parts[1])] if parts is not None else []
    if parts is None or parts[2] is not None or not all(each in below for each in letters):
        return
    try:
        node_readings(value, reading.context)
        return
    except Undeclared as problem:
        if s.key(value) != problem.name:
            return
    except ReadError:
        return
    try:
        if any(typed.shape for typed in node_readings(node.first, reading.context)):
            return
        text = f"{s.key(value)} \\in \\mathbb{{R}}"
        reading.context = declare(text, reading.context)
    except (DeclarationError, ReadError):
        return
    reading.note(found.place, text)


_FOR = re.compile(r"(?i)\b(?:for|under|with)\s+(?:(?:all|any|every|each|an?|the)\s+)?(?P<kind>[a-z][a-z ,-]*?)\s*\Z")
_AND = re.compile(r"\s*,?\s*and\s*")


def suppose_properties(reading: Reading, name: str, words: str, place: Place) -> bool:
    """``If $A$ is symmetric, then …``: A is, in this sentence; so are both in ``if $A$ and $B$ are symmetric``."""
    said, how = said_after(reading.words.after)
    before = reading.document.pieces[reading.number - 2].math if reading.number > 1 and _AND.fullmatch(words) else None
    names = [one_line(before.text).strip()] if before is not None and how in ("both", "and") else []
    bounds = tuple(Bound(each, f"{each} {said}", of_matrix=True) for each in (*names, name))
    return (
        bool(said)
        and all(_is_square(reading, each.name) for each in bounds)
        and quantified.take(reading, place, bounds)
    )


def suppose_kind(reading: Reading, name: str, words: str, place: Place) -> bool:
    """``For symmetric $A$ we have …``: A is, in this sentence."""
    found = _FOR.search(words)
    said = said_before(found["kind"] + " ") if found is not None else ""
    if not said or not _is_square(reading, name):
        return False
    follows = narrowing.claims_follow(reading.document.pieces, reading.number, False, reading.context)
    return follows and quantified.take(reading, place, (Bound(name, f"{name} {said}", of_matrix=True),))


def _is_square(reading: Reading, name: str) -> bool:
    """Whether this is a square matrix of which nothing but that is defined."""
    decl = reading.context.symbols.get(name)
    if decl is None or decl.definition is not None or decl.family:
        return False
    return len(decl.shape) == 2 and decl.shape[0] == decl.shape[1]


_ENTRIES = re.compile(
    r"(?i)\A\s*(?:is|be)\s+(?:a\s+)?diagonal(?:\s+matrix)?\s*,?\s+with\s+(?:the\s+)?(?:[a-z]+\s+){0,2}(?:entries|elements)\s*\Z"
)


def suppose_diagonal(reading: Reading, found: Found, math: Expanded, words: str) -> None:
    """``If $H$ is diagonal with entries $h_1, \\dots, h_d$``: in this sentence, it is the diagonal
    matrix of these."""
    pieces, text = reading.document.pieces, one_line(math.text).strip(" .,;")
    before = pieces[reading.number - 2].math if reading.number > 1 and _ENTRIES.match(words) else None
    if before is None:
        return
    entries = _entries_of(text, one_line(before.text).strip(), reading.context)
    if entries is not None:
        reading.context = entries.context
        reading.note(found.place, entries.text)
    try:
        node = parse(f"{one_line(before.text).strip()} = \\operatorname{{diag}}({text})")
    except ReadError:
        return
    relations = assuming.suppose(reading, node) if isinstance(node, s.Relation) else ()
    if len(relations) != 1 or not chains.has_shape(relations[0], reading.context):
        return
    if re.search(r"(?i)\b(?:if|when|suppose|assume)\b", reading.words.sentence):
        reading.supposed, reading.hypothesis = (*reading.supposed, *relations), True
        reading.note(found.place, f"supposed in this sentence: {s.key(node)}")


def _entries_of(text: str, matrix: str, context: Context) -> Defined | None:
    """The numbers ``h_1, \\dots, h_d``, which nothing declares, as many as the matrix has rows."""
    decl = context.symbols.get(matrix)
    head = re.match(r"(\\?[A-Za-z]+)\s*_", text)
    if decl is None or len(decl.shape) != 2 or head is None or head.group(1) in context.symbols:
        return None
    letter = next((each for each, range_ in context.indices.items() if range_ == Range.upto(decl.shape[0])), "")
    said = f"{head.group(1)}_{letter} \\in \\mathbb{{R}}" + (" positive" if "posdef" in decl.properties else "")
    try:
        return Defined(declare(said, context), said) if letter else None
    except DeclarationError:
        return None


__all__ = ["suppose_diagonal", "suppose_kind", "suppose_properties", "suppose_shared"]
