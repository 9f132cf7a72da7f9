"""A section that follows one step of a recursion: in it the letter of the step counts nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence

from derive.language.terms import Rel, Sym
from derive.read.documents.definitions import one_step, recurrences
from derive.read.documents.definitions.forgetting import without_names
from derive.read.documents.reading import naming
from derive.read.documents.reading.state import Reading
from derive.read.documents.text.spelling import spaced
from derive.read.documents.undeclared import conventions


def begin(reading: Reading) -> None:
    """At the beginning of a section: which letters only say which step it is."""
    reading.section.stepped = tuple(
        dict.fromkeys((*one_step.steps(naming.section_nodes(reading)), *_throughout(reading)))
    )
    take_names(reading)
    extend(reading)


def _throughout(reading: Reading) -> tuple[str, ...]:
    """The letters that say which step it is in all formulas of the document together: in one section the step is made,
    in another one it is differentiated."""
    if reading.document.stepped is None:
        formulas = conventions.formulas(reading.document.pieces, reading.context)
        reading.document.stepped = one_step.steps(formulas)
    return reading.document.stepped


def extend(reading: Reading) -> None:
    """Sequences of which this section writes the member before the first one have it."""
    done = recurrences.with_first(naming.section_nodes(reading), reading.context, _letters(reading))
    if done is not None:
        reading.context = done.context
        reading.notes.append(done.text)


def still_given(reading: Reading) -> tuple[Rel, ...]:
    """The recurrences that stand before the first problem of a document and that this section does not give otherwise:
    ``x_{t+1} = x_t - g`` in one that has no such equation of its own."""
    start, stop = reading.section.extent
    texts = [spaced(piece.math.text) for piece in reading.document.pieces[start:stop] if piece.math is not None]
    return tuple(
        each
        for each in reading.document.given_first
        if each.op == "=" and isinstance(each.left, Sym) and each.left.indices and not _is_given(each.left.name, texts)
    )


def _is_given(name: str, texts: Sequence[str]) -> bool:
    """Whether some formula, or a row of one, gives a further member of a sequence."""
    letter = spaced(name).split(" _ ")[0]
    given = re.compile(rf"(?:\A|\\\\|,|quad|&)[ &]*{re.escape(letter)} [_^] \{{[^{{}}]*\+ 1 [^{{}}]*\}} [& ]*:?=")
    return any(given.search(text) for text in texts)


_LETTER = re.compile(r"(?<![A-Za-z\\])[A-Za-z](?![A-Za-z])")


def _letters(reading: Reading) -> frozenset[str]:
    """The letters that stand alone in the formulas and declarations of the document."""
    texts = (piece.math.text for piece in reading.document.pieces if piece.math is not None)
    return frozenset(letter for text in texts for letter in _LETTER.findall(text))


def take_names(reading: Reading) -> None:
    """What is declared over these letters so far is a name, at this step and at the one before."""
    for letter in reading.section.stepped:
        before = reading.context
        context = one_step.as_names(letter, before)
        if context is None:
            reading.section.stepped = tuple(each for each in reading.section.stepped if each != letter)
            continue
        if context == before:
            continue
        if letter in before.indices:
            reading.section.freed[letter] = before.indices[letter]
        reading.section.symbols_held.update(
            {name: decl for name, decl in before.symbols.items() if name not in context.symbols}
        )
        reading.context = context
        reading.notes.append(f"one step of a recursion: {letter} says which one, and counts nothing")


def end(reading: Reading) -> None:
    """At the end of the section: what its names were at that step is over."""
    for letter in reading.section.stepped:
        if letter in (reading.document.stepped or ()):
            continue  # the next section is about the same step
        step = re.escape(letter)
        member = re.compile(rf".+(?:_{step}|_\{{{step}-1\}}|\^\(?{step}\)?|\^\{{?\({step}(?:-1)?\)\}}?)\Z")
        names = {*reading.context.symbols, *reading.context.functions}
        reading.context = without_names(reading.context, frozenset(name for name in names if member.match(name)))
    reading.section.stepped = ()


__all__ = ["begin", "end", "extend", "still_given", "take_names"]
