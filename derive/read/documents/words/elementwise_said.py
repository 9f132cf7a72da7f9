"""Functions of which words say that they are taken of each entry: ``where $\\phi$ acts elementwise``, ``an elementwise
activation $f$``."""

from __future__ import annotations

import re
from collections.abc import Sequence

from derive.read.documents.text.prose import SENTENCE
from derive.read.documents.text.scanner import Found
from derive.read.documents.text.spelling import spaced

_WORD = r"(?:element|component|entry|coordinate|point)[-\s]?wise|"
_WORD += r"(?:entry|component|element)\s+by\s+(?:entry|component|element)"
_NOT_A_FUNCTION = (
    r"(?!\s+(?:\w+\s+){0,2}?(?:product|multiplication|division|sum|addition|square|squares|power|minimum|maximum|comparison|"
    r"inequality|order|notation)\b)"
)
_AFTER = re.compile(rf"(?i)\A(?P<words>[^.;:]*?)\b(?:{_WORD})\b{_NOT_A_FUNCTION}")
_EACH = re.compile(
    r"(?i)\A(?P<words>\s*(?:which\s+|that\s+)?(?:is|are|be|acts?|operates?)\s+(?:[a-z]+\s+)?)(?:to|on)\s+(?:each|every)\s+"
    r"(?:entry|element|component|coordinate)\b"
)
_BEFORE = re.compile(
    rf"(?i)\b(?:{_WORD})\s+(?:(?:applied|non-?linear|smooth|differentiable|monotone|scalar|real|activation|non-?linearity|function|"
    r"map|the|an?)\s*)*\Z"
)
_NOT = re.compile(r"(?i)\b(?:not|never|nor|no|if|unless|whether|instead|product|multiplication|division)\b")
_NAME = re.compile(
    r"(?P<name>\\[a-z]+|[a-zA-Z])\s*(?:\(\s*(?:\\cdot|\\,|\.|[a-z])\s*\)|(?::|\\colon)\s*\\mathbb\s*\{?\s*R\s*\}?\s*\\to\s*\\mathbb\s*\{?\s*R\s*\}?)?\s*[.,;]?"
)
_NO_FUNCTION = frozenset({"\\odot", "\\circ", "\\otimes", "\\oslash", "\\exp", "\\log", "\\sqrt", "\\max", "\\min"})


def elementwise_said(pieces: Sequence[Found]) -> frozenset[str]:
    """The names, alone in a formula, that the words right before them, or behind them in their sentence, call so."""
    found: set[str] = set()
    for number, each in enumerate(pieces):
        name = _NAME.fullmatch(each.math.text.strip()) if each.kind == "inline" and each.math is not None else None
        if name is None or name["name"] in _NO_FUNCTION:
            continue
        before = pieces[number - 1].text if number and pieces[number - 1].kind == "prose" else ""
        before = SENTENCE.split(before)[-1]
        after = pieces[number + 1].text if number + 1 < len(pieces) and pieces[number + 1].kind == "prose" else ""
        after = SENTENCE.split(after)[0]
        behind = _AFTER.match(after) or _EACH.match(after)
        said = _BEFORE.search(before) or (behind is not None and not _NOT.search(behind["words"]))
        if said and not _NOT.search(before[-40:]):
            found.add(name["name"])
    return frozenset(found | _activations(pieces))


_MATRIX = r"(?:\\math(?:bf|rm|sf) \{ [A-Z] \}|[A-Z])(?: _ (?:\w+|\{ [^{}]* \}))?(?: \^ (?:\S+|\{ [^{}]* \}))?"
_OF_PRODUCT = re.compile(
    rf"(?<!\S)(?P<name>\\sigma|\\phi|\\varphi|\\rho|\\psi|g) (?:\\left )?\( {_MATRIX} (?![+\-,;|)]|\\right)"
)
_NETWORK = re.compile(
    r"(?i)\b(?:networks?|layers?|neurons?|hidden|activations?|perceptrons?|MLP|non-?linearit(?:y|ies))\b"
)
_SOFTMAX = re.compile(r"(?i)softmax|\bfeature\s+maps?\b|\bkernels?\b")


def _activations(pieces: Sequence[Found]) -> set[str]:
    """What is called with the product of a matrix and a vector, ``\\sigma(W x)``, and has the letter of an activation:
    of σ that is enough, of others the text has to speak of a network."""
    words = " ".join(piece.text for piece in pieces if piece.kind == "prose")
    if _SOFTMAX.search(words):
        return set()
    texts = (spaced(piece.math.text) for piece in pieces if piece.math is not None and piece.kind != "declaration")
    names = {found["name"] for text in texts for found in _OF_PRODUCT.finditer(f"{text} ")}
    return names if _NETWORK.search(words) else names & {"\\sigma"}


__all__ = ["elementwise_said"]
