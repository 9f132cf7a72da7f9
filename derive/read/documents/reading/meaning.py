"""Names that words give another meaning than the one they have: what is stated of them from there on is not judged."""

from __future__ import annotations

import re
from dataclasses import replace

from derive.language.claims import terms_of
from derive.language.context import Context
from derive.language.terms import Op, Term, subterms
from derive.read import syntax as s
from derive.read.declarations import declare
from derive.read.documents.definitions.forgetting import without_names
from derive.read.documents.definitions.named_functions import called_after
from derive.read.documents.reading.state import Entry, Meant, Reading
from derive.read.documents.text.macros import Expanded
from derive.read.documents.text.prose import OVER
from derive.read.documents.text.scanner import Found
from derive.read.documents.text.statements import one_line
from derive.read.documents.words.new_meanings import gives_another, gives_meaning, gives_meaning_in_case
from derive.read.documents.words.unheeded import reached
from derive.read.errors import ReadError
from derive.read.names import parts_of
from derive.read.parser import parse


def note(reading: Reading, found: Found, math: Expanded, words: str) -> bool:
    """A bare name that is defined, between words that say what else it is. A function with a usual name is known.
    Whether the formula is an equation that takes the place of its definition, and no more."""
    after = reading.words.after
    if gives_another(words, after):
        return _note_instead(reading, found, math)
    in_case = gives_meaning_in_case(words, after)
    if not in_case and not gives_meaning(words, after):
        return False
    name = _name_of(one_line(math.text).strip(" .,;"))
    body = _body(name, reading.context) or reading.document.called_functions.get(name)
    if body is None:
        return False
    known = "" if in_case else called_after(after)
    if known or _is_defined_next(reading, name):
        reading.context = without_names(reading.context, frozenset({name}))
    if known:
        text = f"function {name} = {known}"
        reading.context = declare(text, reading.context)
        reading.note(found.place, text)
        if body == known:
            return False  # the meaning that it has
    last = _last(reading) if in_case else None
    reading.document.meant.append(Meant(name, body, reading.number, last, found.place))
    return False


def _note_instead(reading: Reading, found: Found, math: Expanded) -> bool:
    """``Now we use $z = x - y$ instead``: what z was is no longer meant."""
    try:
        node = parse(one_line(math.text).strip(" .,;"))
    except ReadError:
        return False
    name = _name_of(s.key(node.first)) if isinstance(node, s.Relation) and node.rest[0][0] in ("=", ":=") else ""
    body = _body(name, reading.context)
    if body is not None:
        reading.document.meant.append(Meant(name, body, reading.number, None, found.place))
        reading.note(found.place, f"another meaning of {name}: {one_line(math.text)}")
    return body is not None


def leave_unclear(reading: Reading) -> None:
    """The statements about such names, as what cannot be read."""
    for place, entry in enumerate(reading.entries):
        meant = next((each for each in reading.document.meant if _is_about(entry, each)), None)
        if meant is not None:
            reason = (
                f"expected to know what {meant.name} is here: words in line {meant.place.line} give it another meaning"
            )
            hint = "define it by a formula, or declare it"
            reading.entries[place] = replace(entry, what=reason, hint=hint, start=None, guessed="")


def _is_about(entry: Entry, meant: Meant) -> bool:
    """Whether an entry behind the words is about the name, with the meaning that it had before them."""
    number = entry.key[0]
    if isinstance(entry.what, str) or number <= meant.first or (meant.last is not None and number > meant.last):
        return False
    if _body(meant.name, entry.context) != meant.body:
        return False
    terms = [term for each in entry.what for term in terms_of(each)]
    if isinstance(meant.body, str):  # a function that stands in terms by its usual name
        return any(isinstance(part, Op) and part.name == meant.body for term in terms for part in subterms(term))
    return meant.name in reached(terms, entry.context)


def _name_of(text: str) -> str:
    """The name that a formula is, without an index; else nothing."""
    try:
        parts = parts_of(parse(text))
    except ReadError:
        return ""
    return parts[0] if parts is not None and parts[2] is None else ""


def _body(name: str, context: Context) -> Term | str | None:
    """What defines a quantity or a function."""
    decl, function = context.symbols.get(name), context.functions.get(name)
    if function is not None:  # its name alone stands for what it is worth
        return function.builtin if function.body is None else function.body
    return None if decl is None or decl.definition is None else decl.definition.body


def _is_defined_next(reading: Reading, name: str) -> bool:
    """``let $f$ be the function $f(z) = z^3$``."""
    pieces = reading.document.pieces[reading.number + 1 : _last(reading)]
    math = next((piece.math for piece in pieces if piece.math is not None), None)
    return math is not None and re.match(rf"{re.escape(name)}\s*(?:[(_][^=<>]*)?:?=", one_line(math.text)) is not None


def _last(reading: Reading) -> int:
    """The last formula of the sentence that is being read."""
    pieces = reading.document.pieces
    ends = (
        n for n in range(reading.number + 1, len(pieces)) if pieces[n].kind == "prose" and OVER.search(pieces[n].text)
    )
    return next(ends, len(pieces))


__all__ = ["leave_unclear", "note"]
