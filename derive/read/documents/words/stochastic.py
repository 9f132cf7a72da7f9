"""Matrices that words call transition or stochastic matrices: no entry is negative, and every row sums to one."""

from __future__ import annotations

import re
from collections.abc import Sequence

from derive.language.context import Context
from derive.read.declarations import declare
from derive.read.documents.definitions.defining import Defined, mentions
from derive.read.documents.text.scanner import Found
from derive.read.documents.text.sentences import sentence_of
from derive.read.documents.text.spelling import spaced
from derive.read.errors import DeclarationError

_STOCHASTIC = r"(?:(?:row[- ]?)?stochastic|(?<!state )(?<!state-)transition(?:[- ]probability)?)\s+matri(?:x|ces)"
_BEFORE = re.compile(rf"(?i)(?<!column )(?<!column-)(?<!doubly )\b{_STOCHASTIC}\s*\Z")
_AFTER = re.compile(
    rf"(?i)\s*,?\s*(?:which\s+)?(?:is|be|denotes?|being)\s+(?:an?|the|our|its|their)\s+(?:[a-z-]+\s+)?{_STOCHASTIC}"
)
_KIND_BETWEEN = rf"\s+(?:is|be|denotes?|being)\s+an?\s+⟨\d+⟩\s+(?:[a-z]+\s+)?{_STOCHASTIC}"
_BY_ROWS = re.compile(r"(?i)\brow[- ]stochastic\b")
_NEGATED = re.compile(r"(?i)\b(?:not|no|never|if|whether|unless)\b[^.;]*\Z")
_CHAIN = re.compile(
    r"(?i)\bMarkov|\bMDP|\bBellman|\bstochastic|\brandom\s+walk|\bprobabilit|\breward|\bPageRank|\bpolic(?:y|ies)\b"
)
"""Words of texts in which transitions are random; those of a linear system are not."""


def stochastic(name: str, pieces: Sequence[Found], context: Context) -> Defined | None:
    """The facts about a square matrix that nothing defines, where the words beside its name in these pieces call it a
    transition matrix; None where they do not, or something is known of its entries already."""
    decl = context.symbols.get(name)
    if decl is None or len(decl.shape) != 2 or decl.shape[0] != decl.shape[1] or decl.family or "_" in name:
        return None
    if decl.definition is not None or decl.depends or decl.properties - {"real", "nonnegative", "positive"}:
        return None
    if any(mentions(fact.statement, name) for fact in context.facts):
        return None
    if _has_rows(name, pieces):
        said = f"assume {name} \\mathbf{{1}} = \\mathbf{{1}}"
        return _declared(said, context)
    if not _is_called(name, pieces):
        return None
    by_rows = any(_BY_ROWS.search(piece.text) for piece in pieces if piece.kind == "prose")
    if not by_rows and _by_columns(name, pieces):
        return None
    signed = "" if decl.properties & {"nonnegative", "positive"} else f"{name} nonnegative ; "
    return _declared(f"{signed}assume {name} \\mathbf{{1}} = \\mathbf{{1}}", context)


def _declared(said: str, context: Context) -> Defined | None:
    try:
        return Defined(declare(said.replace(" ; ", "\n"), context), said)
    except DeclarationError:
        return None


_TO_ONE = r"(?:all\s+|each\s+)?(?:sum|add)(?:s|ming|ing)?(?:\s+up)?\s+to\s+(?:one|1)\b"
_CONCLUDED = re.compile(r"(?i)\b(?:so|hence|thus|then|therefore|show|verify|check|prove|need|must|whether|if|not|no)\b")


def _has_rows(name: str, pieces: Sequence[Found]) -> bool:
    """Whether a sentence says that the rows of the matrix sum to one: ``Let $P$ have rows that sum to one``."""
    for number, piece in enumerate(pieces):
        if piece.kind != "inline" or piece.math is None:
            continue
        if spaced(piece.math.text.strip(" .,;")).partition(" \\in ")[0] != spaced(name):
            continue
        sentence = sentence_of(pieces, number).text
        here = rf"⟨{number}⟩"
        said = (
            rf"{here}[^⟨⟩.;]*\b(?:whose|with|have|has|having|and)\s+(?:all\s+)?(?:its\s+)?rows\s+(?:that\s+|which\s+)?{_TO_ONE}",
            rf"\brows\s+of\s+(?:the\s+(?:[a-z-]+\s+)*)?{here}\s*{_TO_ONE}",
        )
        found = next((match for each in said if (match := re.search(each, sentence, re.IGNORECASE))), None)
        if found is not None and not _CONCLUDED.search(sentence[: found.end()]):
            return True
    return False


def _is_called(name: str, pieces: Sequence[Found]) -> bool:
    """Whether words beside a formula that is this name, or puts it into a space, call it a transition matrix."""
    if not any(_CHAIN.search(piece.text) for piece in pieces if piece.kind == "prose"):
        return False
    for number, piece in enumerate(pieces):
        if piece.kind != "inline" or piece.math is None:
            continue
        if spaced(piece.math.text.strip(" .,;")).partition(" \\in ")[0] != spaced(name):
            continue
        if re.search(rf"⟨{number}⟩{_KIND_BETWEEN}", sentence_of(pieces, number).text, re.IGNORECASE):
            return True
        before = pieces[number - 1].text[-120:] if number and pieces[number - 1].kind == "prose" else ""
        after = pieces[number + 1].text if number + 1 < len(pieces) and pieces[number + 1].kind == "prose" else ""
        if (_BEFORE.search(before) or _AFTER.match(after)) and _NEGATED.search(before) is None:
            return True
    return False


def _by_columns(name: str, pieces: Sequence[Found]) -> bool:
    """Whether the text may have the columns sum to one: it speaks of columns, or multiplies a row of ones, or what is a
    distribution (``p_{t+1} = P p_t``), into the matrix."""
    if any(re.search(r"(?i)\bcolumns?\b", piece.text) for piece in pieces if piece.kind == "prose"):
        return True
    spelled = re.escape(spaced(name))
    ones = re.compile(rf"\\(?:mathbf|mathbb) 1 \^ (?:\{{ )?(?:\\top|T|\\intercal)(?: \}})? {spelled}(?!\S)")
    moved = re.compile(rf"(?P<state>\S+) _ \{{ t \+ 1 \}} = {spelled} (?P=state) _ t(?!\S)")
    texts = [spaced(piece.math.text) for piece in pieces if piece.math is not None]
    return any(ones.search(text) or moved.search(text) for text in texts)


__all__ = ["stochastic"]
