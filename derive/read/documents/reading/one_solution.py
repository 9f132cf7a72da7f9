r"""``one of the solutions is $w^* = 1$``, ``$a = 1$, $b = 0$ is a solution``: what solves an equation, maybe beside
others; a vector of which only the direction matters is one of many, too."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from derive.language.claims import Step
from derive.language.dependencies import names_in
from derive.language.terms import Rel, Sym
from derive.read import syntax as s
from derive.read.declarations import declare
from derive.read.documents.definitions.defining import is_undeclared, primitive, unmarked
from derive.read.documents.reading.state import Entry, Reading
from derive.read.documents.steps import chains
from derive.read.documents.steps.passages import Passage, Root
from derive.read.documents.text.macros import Expanded
from derive.read.documents.text.prose import JOINING
from derive.read.documents.text.scanner import Found
from derive.read.documents.text.statements import chains_of, one_line, source_of
from derive.read.errors import DeclarationError, ReadError
from derive.read.latex import node_readings
from derive.read.parser import parse

_WHAT = (
    r"(?:one|a|another|some|one\s+more|an?other)\s+(?:possible\s+|particular\s+|simple\s+|such\s+|valid\s+|trivial\s+|obvious\s+){0,2}"
    r"(?:solution|choice|root|(?:stationary|critical)\s+point)|"
    r"(?:one|some)\s+of\s+(?:the|its|these|infinitely\s+many|several|many|two)\s+(?:\w+\s+){0,2}"
    r"(?:solutions|choices|roots|(?:stationary|critical)\s+points)"
)
_BEFORE = re.compile(rf"(?i)\b(?:{_WHAT})(?:\s+of\s+(?:it|this|that|these|them))?\s+is(?:\s+given\s+by)?[\s:]*\Z")
_BEHIND = re.compile(
    rf"(?i)[\s,]*(?:which\s+|that\s+)?(?:is|are|gives?|form)\s+(?:then\s+|thus\s+|therefore\s+|indeed\s+)?(?:{_WHAT})\b|"
    r"[\s,]*(?:does\s+the\s+job|solves?\s+(?:this|it|them|both|all|the\s+(?:equations?|system))|"
    r"satisf(?:y|ies)\s+(?:this|it|them|both|all|(?:the|these|both)\s+(?:equations|conditions)))\b"
)
_LENGTHS = r"(?:scal(?:e|ing)|length|norm|magnitude|(?:\w+\s+)?(?:factor|constant|multiple))"
_DIRECTION = re.compile(
    rf"(?i)\bdirection\b|\bup\s+to\s+(?:an?\s+|the\s+|its\s+|some\s+)?{_LENGTHS}\b|"
    rf"\b{_LENGTHS}\b[^.;⟨]*(?:⟨\d+⟩\s+)?(?:does\s+not\s+matter|is\s+(?:arbitrary|irrelevant|free))"
)
"""Words for what is known but for its length: each vector of that direction solves the same equations."""


@dataclass(frozen=True)
class _Given:
    """One quantity and its value, where they stand."""

    name: str
    value: str
    relation: Rel
    place: tuple[int, int]


def claim(reading: Reading, found: Found, math: Expanded) -> bool:
    """Whether words say of this formula, or of a list of such that it begins, that it solves what is being solved; then
    that is claimed, and not that it is the only solution."""
    if reading.number <= reading.section.solution_upto:
        return True
    if not _equations(reading) or reading.words.doubted:
        return False
    listed = list(_listed(reading))
    said = _BEFORE.search(reading.words.prose) or _BEHIND.match(_text_behind(reading, listed))
    given = [each for number in listed for each in _values(reading, number)]
    if said is None and not _is_direction(reading, listed, given):
        return False
    named = {each.relation.left.name for each in given if isinstance(each.relation.left, Sym)}
    solved = _unknowns(reading)
    if not given or not solved or not solved <= named or len(named) < len(given):
        return False
    at = given[0].place
    text = ", ".join(f"{each.name} = {each.value}" for each in given)
    reading.chains += 1
    reading.sides += 2 * len(given)
    points = tuple(each.relation for each in given)
    what = Step(points, _equations(reading))
    place = found.source.place(math.place(at[1]))
    reading.entries.append(Entry(at, place, (what,), reading.context, text, chain=reading.chains))
    reading.note(place, f"one solution: {text}")
    if not reading.passage:
        reading.passage = Passage().with_root(Root(_equations(reading)[0]))
    for each in given:
        _name(reading, each)
    reading.section.solution_upto = listed[-1]
    return True


def _is_direction(reading: Reading, listed: list[int], given: list[_Given]) -> bool:
    """``$S w$ points in the direction of $m$, so we find $w^\\star = A^{-1} m$``: not the only vector that is meant."""
    found = (reading.context.symbols[each.relation.left.name] for each in given if isinstance(each.relation.left, Sym))
    if not any(decl.shape for decl in found):
        return False
    behind = re.split(r"[.;]", _text_behind(reading, listed), maxsplit=1)[0]
    return _DIRECTION.search(reading.words.sentence) is not None or _DIRECTION.search(behind) is not None


def _equations(reading: Reading) -> tuple[Rel, ...]:
    """What is being solved: what was set to zero last, or the equation that the sentence speaks of."""
    if reading.passage:
        return reading.passage.blocks[-1].equations
    return reading.supposed if _SOLVING.search(reading.words.sentence) else ()


_SOLVING = re.compile(r"(?i)\b(?:solv(?:e|es|ing)|solutions?\s+of|equations?)\b")


def _unknowns(reading: Reading) -> frozenset[str]:
    """What is solved for: that in which the derivatives are, or all that an equation without any is about."""
    variables = reading.passage.blocks[-1].variables if reading.passage else frozenset()
    about = {name for equation in _equations(reading) for name in names_in(equation)}
    free = {name for name in about if (decl := reading.context.symbols.get(name)) and decl.definition is None}
    return variables or frozenset(free)


def _listed(reading: Reading) -> Iterator[int]:
    """The formulas of a list that begins here: commas, and ``and``, between them."""
    pieces, number = reading.document.pieces, reading.number
    yield number
    if pieces[number].kind != "inline":
        return
    while number + 2 < len(pieces) and pieces[number + 2].kind == "inline" and JOINING.match(pieces[number + 1].text):
        if pieces[number + 1].kind != "prose":
            return
        number += 2
        yield number


def _text_behind(reading: Reading, listed: list[int]) -> str:
    pieces = reading.document.pieces
    behind = listed[-1] + 1
    return pieces[behind].text if behind < len(pieces) and pieces[behind].kind == "prose" else ""


def _values(reading: Reading, number: int) -> Iterator[_Given]:
    """The quantities that a formula gives values, marked or not: ``a^* = 1`` gives one of a."""
    math = reading.document.pieces[number].math
    for chain in chains_of(math.text, reading.context) if math is not None else ():
        node = chain.node
        if not isinstance(node, s.Relation) or [op for op, _ in node.rest] != ["="]:
            return
        name = source_of(chain.sides[0], math.text) if math is not None else ""
        value = one_line(source_of(chain.sides[1], math.text)) if math is not None else ""
        variable = primitive(node.first, reading.context) or _unmarked(reading, name)
        try:
            values = node_readings(node.rest[0][1], reading.context)
        except ReadError:
            return
        if variable is None or len(values) != 1 or variable.name in names_in(values[0].term):
            return
        relation = Rel("=", variable, values[0].term)
        if chains.has_shape(relation, reading.context):
            yield _Given(name, value, relation, (number, node.rest[0][1].start))


def _unmarked(reading: Reading, name: str) -> Sym | None:
    for text in unmarked(name):
        try:
            found = primitive(parse(text), reading.context)
        except ReadError:
            continue
        if found is not None:
            return found
    return None


def _name(reading: Reading, given: _Given) -> None:
    """The name with a mark stands for the value from here on."""
    if not is_undeclared(parse(given.name), reading.context):
        return
    try:
        reading.context = declare(f"let {given.name} := {given.value}", reading.context)
    except DeclarationError:
        return


__all__ = ["claim"]
