"""What a sentence supposes in words of the quantities in it: ``If $A$ and $B$ commute, …``."""

from __future__ import annotations

from collections.abc import Sequence

from derive.language.terms import Rel
from derive.read import syntax as s
from derive.read.declarations import declare
from derive.read.documents.definitions.defining import is_undeclared
from derive.read.documents.reading import assuming
from derive.read.documents.reading.state import Reading
from derive.read.documents.steps import chains
from derive.read.documents.text.prose import Cue
from derive.read.documents.text.scanner import Found
from derive.read.documents.text.sentences import NUMBERED, sentence_of
from derive.read.documents.text.statements import one_line
from derive.read.documents.words.predicates import Predicate, said_up_to
from derive.read.documents.words.unit_vectors import for_unit_vectors
from derive.read.errors import DeclarationError, ReadError
from derive.read.parser import parse


def suppose_said(reading: Reading, found: Found) -> bool:
    """Whether words say something of the formulas up to this one that can be supposed; then it is."""
    said = said_up_to(sentence_of(reading.document.pieces, reading.number), reading.number)
    taken = [_take(reading, found, each) for each in said]
    if any(taken):
        reading.words.cue = Cue.assertion
    return any(taken)


def _take(reading: Reading, found: Found, said: Predicate) -> bool:
    texts = [_written(reading, each) for each in said.relations]
    if not all(texts) or not _as_number(reading, found, said):
        return False
    return _hold(reading, found, texts, said.everywhere)


def suppose_unit(reading: Reading, found: Found, words: str) -> None:
    """``For a unit vector $u \\in \\mathbb{R}^d$``: it is one in this sentence."""
    text = found.math.text if found.math is not None else ""
    _hold(reading, found, for_unit_vectors(text, words, reading.context), False)


def _hold(reading: Reading, found: Found, texts: Sequence[str], everywhere: bool) -> bool:
    """Suppose relations, from here on or in this sentence; whether all of them can be."""
    try:
        nodes = [parse(text) for text in texts]
    except ReadError:
        return False
    relations: list[Rel] = []
    for node in nodes:
        new = assuming.suppose(reading, node) if isinstance(node, s.Relation) else ()
        if len(new) != 1 or not chains.has_shape(new[0], reading.context):
            return False
        relations += new
    if everywhere:
        try:
            for text in texts:
                reading.context = declare(f"assume {text}", reading.context)
        except DeclarationError:
            return False
    elif relations:
        reading.supposed, reading.hypothesis = (*reading.supposed, *relations), True
    for text in texts:
        reading.note(found.place, f"assume {text}" if everywhere else f"supposed in this sentence: {text}")
    return True


def _written(reading: Reading, relation: str) -> str:
    """The relation with the formulas in it; nothing if one of them is more than a name."""
    numbers = [int(each) for each in NUMBERED.findall(relation)]
    formulas: dict[int, str] = {}
    for number in numbers:
        math = reading.document.pieces[number].math
        text = one_line(math.text).strip(" .,;") if math is not None else ""
        try:
            if not isinstance(parse(text), s.Name | s.Script):
                return ""
        except ReadError:
            return ""
        formulas[number] = f"{{{text}}}" if "^" in text else text
    return NUMBERED.sub(lambda each: formulas[int(each[1])], relation)


def _as_number(reading: Reading, found: Found, said: Predicate) -> bool:
    """``with eigenvalue $\\lambda$`` of a λ that nothing declares: it is a number."""
    math = reading.document.pieces[said.number].math if said.number is not None else None
    if math is None:
        return True
    name = one_line(math.text).strip(" .,;")
    if is_undeclared(parse(name), reading.context):
        text = f"{name} \\in \\mathbb{{R}}"
        try:
            reading.context = declare(text, reading.context)
        except DeclarationError:
            return False
        reading.note(found.place, text)
    return True


__all__ = ["suppose_said", "suppose_unit"]
