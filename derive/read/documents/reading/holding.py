"""What a text says is held fixed, and what an E-step computes: derivatives hold it so."""

from __future__ import annotations

import re

from derive.language.context import Context
from derive.language.terms import Sym
from derive.read import syntax as s
from derive.read.documents.definitions.shares import are_shares
from derive.read.documents.reading import own_facts
from derive.read.documents.reading.state import Reading, Waiting
from derive.read.documents.text.macros import Expanded
from derive.read.documents.text.prose import HEADING, HELD, HELD_BY_NAME
from derive.read.documents.text.scanner import Found
from derive.read.documents.text.sentences import ends_sentence
from derive.read.documents.text.source import Place
from derive.read.documents.text.statements import one_line
from derive.read.documents.words import expectation_step
from derive.read.errors import ReadError
from derive.read.latex import node_readings
from derive.read.targets import items_at


def hold_named(reading: Reading, text: str, place: Place) -> None:
    """``with the responsibilities held fixed``: derivatives hold so what these words were said of."""
    for said in HELD_BY_NAME.finditer(text):
        name = reading.document.nouns.get(said["noun"].lower(), "")
        if name in reading.context.symbols:
            reading.section.fixed[name] = None
            reading.note(place, f"derivatives hold {name} fixed")


def _held_name(item: s.Node, context: Context) -> str:
    """The quantity that a formula names, or the family by its letter; else nothing."""
    if isinstance(item, s.Name) and item.text in context.symbols and context.symbols[item.text].family:
        return item.text
    term = node_readings(item, context)[0].term
    return term.name if isinstance(term, Sym) and term.name in context.symbols else ""


def hold_said_behind(reading: Reading, math: Expanded) -> None:
    """``… where $E$ is held fixed``, behind the display that differentiates."""
    pieces, number = reading.document.pieces, reading.number
    if ends_sentence(math.text) or number + 3 >= len(pieces):
        return
    words, formula, after = pieces[number + 1 : number + 4]
    if words.kind != "prose" or formula.kind != "inline" or formula.math is None or after.kind != "prose":
        return
    if _WHERE.fullmatch(words.text) and HELD.match(after.text):
        hold_fixed(reading, formula, formula.math)


_WHERE = re.compile(r"(?i)[\s,(]*(?:where|with|and|while|in\s+which|here)(?:\s+the\s+[a-z]+)?\s*")


def hold_fixed(reading: Reading, found: Found, math: Expanded) -> bool:
    """``\\gamma_{nk}`` "is fixed": derivatives hold it so from here to the next section."""
    try:
        items = items_at(one_line(math.text), 0)
        names = [name for item in items if (name := _held_name(item, reading.context))]
    except ReadError:
        return False
    if len(names) != len(items):
        return False
    reading.section.fixed.update(dict.fromkeys(names))
    reading.note(found.place, f"derivatives hold {', '.join(names)} fixed")
    return True


def is_of_e_step(reading: Reading, each: Waiting) -> bool:
    """Whether the words before a formula say that it is computed in an E-step."""
    texts = (piece.text for piece in reading.document.pieces if piece.kind == "prose")
    return expectation_step.is_of_e_step((each.sentence or each.prose)[-200:], texts)


def is_under_e_step(reading: Reading, each: Waiting) -> bool:
    """Whether the passage of a formula is about an E-step: that is the step which it names last."""
    for piece in reversed(reading.document.pieces[: each.number]):
        if piece.kind != "prose":
            continue
        heads = [match.start() for match in HEADING.finditer(piece.text)]
        named = expectation_step.in_e_step(piece.text[heads[-1] :] if heads else piece.text)
        if heads or named is not None:
            return named is True
    return False


def hold_expected(reading: Reading, each: Waiting, before: Context, place: Place) -> None:
    """What an E-step computes of each observation is held fixed where the M-step differentiates: what its sentence
    says, and below the words ``E-step`` all that is a share."""
    names = [
        name
        for name, decl in reading.context.symbols.items()
        if decl.definition is not None and decl.family and before.symbols.get(name) is not decl
    ]
    if names and not is_of_e_step(reading, each):
        shares = [name for name in names if are_shares(reading.context.symbols[name], reading.context)]
        names = shares if is_under_e_step(reading, each) else []
    if names:
        reading.document.expected.update(dict.fromkeys(names))
        why = "an E-step computes it, from parameters that a counterexample marks with °"
        reading.note(place, f"derivatives hold {', '.join(names)} fixed: {why}")
        own_facts.claim(reading, before, place, each.math.place(each.chain.span.start))


__all__ = ["hold_expected", "hold_fixed", "hold_named", "hold_said_behind", "is_of_e_step", "is_under_e_step"]
