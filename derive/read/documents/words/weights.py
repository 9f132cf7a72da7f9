"""Weights that the words beside a formula say to be those of a mixture: ``mixing weights $\\pi_k$`` sum to one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from derive.language.context import Context
from derive.language.terms import Big, Sym, subterms
from derive.read.declarations import declare
from derive.read.documents.definitions.defining import Defined
from derive.read.documents.text.scanner import Found
from derive.read.documents.text.spelling import spaced
from derive.read.errors import DeclarationError

_WEIGHTS = re.compile(
    r"(?i)\b(?:(?:mix(?:ing|ture)|component)\s+(?:weights?|proportions?|coefficients?|probabilities)|"
    r"class\s+(?:priors?|probabilities)|prior\s+class\s+probabilities)\s*\Z"
)
_NOT = re.compile(r"(?i)\b(?:un-?normali[sz]ed|not|no|log)\b[^.;]*\Z")


def said_of(words: str) -> bool:
    """Whether the words right before a formula call it weights that sum to one.

    >>> said_of("with mixing weights "), said_of("with unnormalised mixing weights "), said_of("with weights ")
    (True, False, False)
    """
    found = _WEIGHTS.search(words)
    return found is not None and _NOT.search(words[: found.start()]) is None


def are_called_weights(name: str, pieces: Sequence[Found]) -> bool:
    """Whether a formula of the document that is this name, with an index, is called so."""
    for before, piece in pairwise(pieces):
        if piece.kind == "inline" and piece.math is not None and before.kind == "prose":
            written = spaced(piece.math.text.strip(" .,;"))
            if written.startswith(f"{spaced(name)} _ ") and "=" not in written and said_of(before.text):
                return True
    return False


def with_total(name: str, context: Context) -> Defined | None:
    """The context in which a family of numbers sums to one, if nothing is said of its sum."""
    decl = context.symbols.get(name)
    if decl is None or decl.definition is not None or decl.depends or decl.shape or len(decl.family) != 1:
        return None
    letter = decl.family_names[0]
    if context.indices.get(letter) != decl.family[0] or "negative" in decl.properties:
        return None
    sums = (part for fact in context.facts for part in subterms(fact.statement) if isinstance(part, Big))
    if any(isinstance(part, Sym) and part.name == name for each in sums for part in subterms(each)):
        return None
    text = f"assume \\sum_{{{letter}}} {name}_{{{letter}}} = 1"
    try:
        return Defined(declare(text, context), text)
    except DeclarationError:
        return None


__all__ = ["are_called_weights", "said_of", "with_total"]
