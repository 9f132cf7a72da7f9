"""What a heading ends: names, indices and words of the section before it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from types import MappingProxyType

from derive.language.at_sizes import called_otherwise
from derive.language.context import Context
from derive.language.terms import Big, Num, Op, Size, Term, subterms
from derive.read import syntax as s
from derive.read.documents.definitions import forgetting, making_room
from derive.read.documents.definitions.taking import REDEFINING
from derive.read.documents.reading.state import Reading
from derive.read.documents.text.scanner import Found
from derive.read.documents.text.spelling import spaced
from derive.read.documents.text.statements import one_line
from derive.read.documents.words.independent import said_independent
from derive.read.errors import ReadError
from derive.read.independence import OPTION
from derive.read.latex import node_readings
from derive.read.names import option


def join_sentence(reading: Reading, found: Found) -> None:
    """A formula in running text is part of its sentence."""
    if found.math is not None:
        reading.words.numbered[reading.number] = one_line(found.math.text).rstrip(" .,;")
        reading.words.sentence += f"⟨{reading.number}⟩"
        reading.words.story += f"⟨{reading.number}⟩"


_DIFFERENTIATES = re.compile(
    r"(?i)\b(?:set(?:s|ting)?|equat(?:e|es|ing))\s+(?:the\s+)?(?:partial\s+)?(?:derivatives?|gradients?)\s+of\s*\Z"
)


def end_display(reading: Reading, found: Found) -> None:
    """A display ends its sentence, unless that goes on to say what becomes of it: ``Setting the derivative of … with
    respect to $w$ to zero``."""
    if _DIFFERENTIATES.search(reading.words.sentence):
        join_sentence(reading, found)
    else:
        reading.words.sentence = ""


def free_indices(reading: Reading, text: str) -> None:
    """``$b \\in \\mathbb{R}$`` of an index that counts nothing declared: up to the next section it is none."""
    families = [decl.family_names for decl in reading.context.symbols.values()]
    families += [decl.family_names for decl in reading.context.functions.values()]
    counting = {name for names in families for name in names}
    freed = making_room.with_room(text, reading.context)
    for letter, range_ in reading.context.indices.items():
        if letter not in freed.indices and letter not in counting:
            reading.section.freed[letter] = range_
            reading.context = forgetting.without(reading.context, letter)


def restore_indices(reading: Reading) -> None:
    """What was an index in the sections before is one again, and what was held back is known again."""
    for letter, range_ in reading.section.freed.items():
        if letter not in reading.context.indices and letter not in reading.context.sizes:
            own = (letter, f"{letter}{{}}")
            symbols = {name: decl for name, decl in reading.context.symbols.items() if name not in own or decl.family}
            kept = replace(reading.context, symbols=MappingProxyType(symbols))
            variants = {name: more for name, more in option(kept, "variants").items() if name != letter}
            kept = kept.with_option("variants", MappingProxyType(variants))
            reading.context = kept.with_index(letter, range_)
    reading.section.freed = {}
    for letter in sorted({*reading.section.symbols_held} & {*reading.context.indices}):  # a number that counted here
        reading.context = forgetting.without(reading.context, letter)
    context, section = reading.context, reading.section
    if section.symbols_held or section.functions_held:
        reading.context = replace(
            context,
            symbols=MappingProxyType({**section.symbols_held, **context.symbols}),
            functions=MappingProxyType({**section.functions_held, **context.functions}),
        )
    reading.section.symbols_held, reading.section.functions_held = {}, {}
    for name, (old, new) in section.specialised.items():
        if reading.context.functions.get(name) is new:
            reading.context = reading.context.with_function(old)
    section.specialised = {}


def free_size(reading: Reading, node: s.Relation, words: str = "") -> None:
    """``d = (I - A)^{-1} b`` where d was a size in an earlier section: a vector is no size, so that is over. So it is
    of ``Let $D = b^2 - 4 a c$``, where D only measures spaces: these keep their lengths, under another name."""
    name = s.key(node.first)
    if name not in reading.context.sizes or node.rest[0][0] not in ("=", ":="):
        return
    apart = _apart(reading, name)
    before = _is_of_before(reading, name)
    otherwise = called_otherwise(reading.context, name, f"{name}{{}}") if before else None
    context = apart or otherwise or forgetting.without(reading.context, name)
    try:
        typed = node_readings(node.rest[0][1], context)[0]
    except ReadError:
        return
    counts = all(isinstance(part, Num | Size | Op) for part in subterms(typed.term))
    if typed.shape or (apart is not None and not counts and REDEFINING.search(words)):
        reading.context = context
    elif otherwise is not None and not counts and not any(map(_may_count, subterms(typed.term))):
        reading.context = otherwise


def _is_of_before(reading: Reading, name: str) -> bool:
    """Whether a letter is a size of an earlier section by which this one measures and counts nothing."""
    if name not in reading.section.sections_before.sizes or name in reading.document.authored:
        return False
    start, stop = reading.section.extent
    texts = [spaced(piece.math.text) for piece in reading.document.pieces[start:stop] if piece.math is not None]
    letter = rf"(?:{name}(?!\S)|\{{(?:[^{{}}]* )?{name} [^{{}}]*\}})"
    measures = re.compile(rf"[_^] {letter}|\\frac (?:\S+|\{{[^{{}}]*\}}) {letter}")
    counted = any(name in range_.names for range_ in reading.context.indices.values())
    return not counted and not any(measures.search(text) for text in texts)


def _may_count(term: Term) -> bool:
    """Whether a term may come to a number of things: a trace, a rank, a sum over an index."""
    return isinstance(term, Big) or (isinstance(term, Op) and term.name in ("trace", "norm2", "abs", "max", "min"))


def _apart(reading: Reading, name: str) -> Context | None:
    """The context in which a size has another name, if it counts nothing and its author has declared what it
    measures."""
    context = reading.context
    measured = (each for each, decl in context.symbols.items() if any(name in part.names for part in decl.shape))
    if any(name in range_.names for range_ in context.indices.values()):
        return None
    authored = any(each in reading.document.authored for each in measured)
    return called_otherwise(context, name, f"{name}{{}}") if authored else None


_RANDOM = re.compile(r"(?i)\brandom\b|\bnoise\b|\bzero[- ]mean\b|\bdistributed\b")


def note_independence(reading: Reading, pieces: Sequence[Found]) -> None:
    """What a section calls independent; what those before it have, if this one speaks of nothing new that is random."""
    said = said_independent(pieces)
    before = reading.context.options.get(OPTION)
    anew = any(piece.kind == "prose" and _RANDOM.search(piece.text) for piece in pieces)
    kept = before if isinstance(before, tuple) and not anew else ()
    if (*kept, *said) != (before or ()):
        reading.context = reading.context.with_option(OPTION, (*kept, *said))
