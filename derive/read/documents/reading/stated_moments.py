"""A mean or a variance that a text states: assumed of what is random by that, or claimed of what is known."""

from __future__ import annotations

import re

from derive.language.context import Context
from derive.read import syntax as s
from derive.read.documents.definitions.randomness import (
    given_anew,
    of_what,
    over_alone,
    said_of,
    said_of_spread,
    with_number,
    with_random,
    without_stated,
)
from derive.read.documents.reading.state import Reading, Waiting
from derive.read.documents.text.prose import IS_CONCLUDED, Cue, last_sentence
from derive.read.documents.words.samples_said import with_names
from derive.read.errors import DeclarationError, ReadError
from derive.read.models import OPTION as MODELS
from derive.read.names import option


def is_random(reading: Reading, each: Waiting) -> bool:
    """``\\mathbb{E}[ε] = 0``, said of something that nothing defines: ε is random, and this is assumed of it."""
    node = each.chain.node
    if not isinstance(node, s.Relation):
        return False
    if of_what(node.first, reading.context) in reading.document.called_random and each.cue is not Cue.assumption:
        return False  # words have called it random, and this is stated of it
    if each.cue is Cue.assertion and (_is_concluded(reading, each, node) or _is_drawn_given(reading, node)):
        return False
    if each.cue is Cue.assertion and _has_formula(said_of(node), reading.context):
        return False
    number = with_number(node, reading.context) if each.assume else None
    if number is not None:
        reading.context = number.context
        reading.note(each.found.source.place(each.math.place(each.chain.span.start)), number.text)
    named = _with_named(node, reading.context)
    if named is not None:
        reading.context = named[0]
        for text in named[1]:
            reading.note(each.found.place, text)
    anew = given_anew(node, reading.context, reading.section.earlier) if each.assume else None
    reading.context = reading.context if anew is None else anew
    alone = over_alone(node, reading.context) if each.assume else None
    if alone is not None:
        reading.context = alone.context
        reading.note(each.found.source.place(each.math.place(each.chain.span.start)), alone.text)
    done = with_random(node, reading.context)
    if done is not None:
        reading.context = without_stated(done.context, reading.section.stated_before)
        reading.note(each.found.source.place(each.math.place(each.chain.span.start)), done.text)
    return done is not None


def _is_concluded(reading: Reading, each: Waiting, node: s.Relation) -> bool:
    """``We observe $y = w x + ε$. Then $\\mathbb{E}[y] = w x$``: a claim about what comes about from others, or has a
    mean that is known."""
    name = of_what(node.first, reading.context)
    known = name in option(reading.context, MODELS) or name in option(reading.context, "random")
    return known and IS_CONCLUDED.search(last_sentence(each.sentence or each.prose)) is not None


def _has_formula(name: str, context: Context) -> bool:
    """Whether the text gives a formula for the density of a quantity: its mean follows from that."""
    density = option(context, "distributed").get(name)
    head = density.parts[0] if isinstance(density, s.Juxt) else None
    forms = option(context, "signatures").get(s.key(head)) if head is not None else None
    names = [each.name for each in forms] if isinstance(forms, tuple) else [s.key(head)] if head is not None else []
    return any(context.functions[each].body is not None for each in names if each in context.functions)


_GIVEN = r"\s*(?:\||\\(?:mid|vert|given)(?![A-Za-z]))[^=]*?\\sim(?![A-Za-z])"


def _is_drawn_given(reading: Reading, node: s.Relation) -> bool:
    """Whether the section says of what is random here how it is drawn, given something else: ``x | z \\sim …``. Its
    mean follows from that, and is none that is given."""
    name = of_what(node.first, reading.context)
    said = re.compile(rf"(?<![A-Za-z\\]){re.escape(name)}(?![A-Za-z]){_GIVEN}") if name else None
    pieces = reading.document.pieces[reading.section.extent[0] : reading.number]
    return said is not None and any(said.search(piece.math.text) for piece in pieces if piece.math is not None)


def _with_named(node: s.Relation, context: Context) -> tuple[Context, list[str]] | None:
    """``\\mathbb{E}[X] = m`` and ``\\operatorname{Var}(X) = s^2`` of a number X: m is a number, s a positive one."""
    name = of_what(node.first, context)
    if name is None or len(node.rest) != 1 or node.rest[0][0] != "=" or context.symbols[name].shape:
        return None
    spread = said_of_spread(node.first)
    text = s.key(node.rest[0][1])
    try:
        found = with_names("" if spread else text, text if spread else "", context)
    except (ReadError, DeclarationError):
        return None
    return found if found[1] else None
