"""Unknown densities and functions that a sentence lets be: ``Let $p(x)$ and $q(x)$ be densities on $\\mathbb{R}$``,
``where $p(x)$ and $q(x)$ are the densities of the data and of the model``."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from derive.language.context import Context
from derive.read import syntax as s
from derive.read.declarations import declare
from derive.read.documents.definitions.defining import Defined
from derive.read.documents.definitions.forgetting import without_names
from derive.read.documents.text.scanner import Found
from derive.read.documents.text.sentences import sentence_of
from derive.read.errors import DeclarationError, ReadError
from derive.read.parser import parse

_LIST = r"(?P<list>⟨\d+⟩(?:\s*,?\s*(?:and\s+|,\s*)?⟨\d+⟩)*)"
_SORT = (
    r"(?:(?:an?|the|any|some|two|three|arbitrary|given|fixed|strictly|positive|probability|continuous|univariate|smooth|"
    r"real-valued|bounded|integrable|test|respectively|data|model|true|generator|target)\s+)*"
)
_OF = r"(?:of|for)\s+(?:the|our|a)\s+(?!exponential)[a-z]+(?:\s+and\s+(?:of\s+)?(?:the\s+)?[a-z]+)?\s*(?:\Z|[.,;:])"
_END = rf"(?=\s*(?:\Z|[.,;:]|and\s+(?:let\b|⟨)|(?:on|over)\s+⟨(?P<space>\d+)⟩|with\s+⟨|{_OF}))"
_LETS = re.compile(
    rf"(?i)\b(?:let|suppose(?:\s+that)?|assume(?:\s+that)?|and|where)\s+{_LIST}\s+(?:both\s+)?(?:be|are|is|denotes?)?\s*"
    rf"{_SORT}(?P<kind>densit(?:y|ies)(?:\s+functions?)?|p\.?d\.?f\.?s?|functions?|(?P<loose>distributions?)){_END}"
)
_LINE = re.compile(r"\\mathbb\s*\{?\s*R\s*\}?|\\R(?:eals)?")


def densities_said(
    pieces: Sequence[Found],
    number: int,
    context: Context,
    earlier: Collection[str] = (),
    texts: Sequence[str] = (),
) -> Defined | None:
    """The context in which this formula, a name alone or with the letter of its argument, is what its sentence lets it
    be: an unknown density of a number, or an unknown function of one; None where more is said of it. What only
    ``earlier`` sections have given its name is forgotten. What is called a distribution is a density where a formula of
    the section (``texts``) has an integral."""
    here = pieces[number].math
    if here is None:
        return None
    name = _name(here.text.strip(" .,;"))
    if name is None or name[0] in context.indices:
        return None
    known = name[0] in context.symbols or name[0] in context.functions
    if known and (name[0] not in earlier or not name[1]):
        return None
    for found in _LETS.finditer(sentence_of(pieces, number).text):
        listed = [int(each) for each in re.findall(r"\d+", found["list"])]
        if number not in listed or (found["space"] and not _is_line(pieces[int(found["space"])])):
            continue
        if found["loose"] and not (name[1] and any("\\int" in each for each in texts)):
            continue
        density = not found["kind"].lower().startswith("function")
        if not density and not name[1]:
            continue  # of what it is a function is told elsewhere
        text = f"function {name[0]}({name[1] or 'x'})" + (" density" if density else "")
        try:
            return Defined(declare(text, without_names(context, frozenset({name[0]})) if known else context), text)
        except DeclarationError:
            return None
    return None


def _name(text: str) -> tuple[str, str] | None:
    """``p`` and its argument, if one is written: of ``p(x)``, p and x."""
    try:
        node = parse(text)
    except ReadError:
        return None
    match node:
        case s.Name(text=name):
            return name, ""
        case s.Juxt(parts=(letter, s.Group(bracket="(", items=(argument,)))):
            return s.key(letter), s.key(argument)
    return None


def _is_line(piece: Found) -> bool:
    return piece.math is not None and _LINE.fullmatch(piece.math.text.strip()) is not None


__all__ = ["densities_said"]
