"""Numbers that words call a probability distribution: ``Let $p$ and $q$ be distributions on a finite set``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from derive.language.context import Context, SymbolDecl
from derive.language.terms import Op
from derive.read import syntax as s
from derive.read.declarations import declare
from derive.read.documents.definitions.defining import Defined
from derive.read.documents.definitions.shares import are_shares
from derive.read.documents.text.scanner import Found
from derive.read.documents.text.sentences import NUMBERED, sentence_of
from derive.read.documents.words.weights import with_total
from derive.read.errors import DeclarationError, ReadError
from derive.read.names import parts_of
from derive.read.targets import items_at

_NAMES = r"(?P<names>⟨\d+⟩(?:\s*,\s*⟨\d+⟩)*(?:\s*,?\s*and\s+⟨\d+⟩)?)"
_FINITE = r"(?:an?|the(?:\s+same)?|some)\s+(?:finite|discrete)\s+(?:set|space|alphabet)"
_KIND = (
    r"(?:(?:discrete\s+|categorical\s+|finite\s+)?probability\s+(?:distributions?|vectors?|mass\s+functions?)|pmfs?|"
    rf"(?:discrete|categorical)\s+distributions?|distributions?\s+(?:on|over)\s+{_FINITE})"
    r"(?!\s+(?:functions?|ratios?|of\s+⟨))"
)
_ADJECTIVE = (
    r"(?:(?:two|three|an?|the|any|some|given|fixed|arbitrary|both|strictly|positive|finite|discrete|non-?negative)\s+)*"
)
_SUM_TO_ONE = r"(?:sum(?:s|ming)?|add(?:s|ing)?)(?:\s+up)?\s+to\s+(?:one|1)\b"
_NUMBERS = r"(?:weights?|numbers|probabilities|proportions|coefficients)"
_SAID = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_NAMES}\s+(?:(?:be|are|is|being|denotes?)\s+)?{_ADJECTIVE}{_KIND}",
        rf"(?<![a-z]){_KIND}\s+{_NAMES}",
        rf"(?<![a-z])distributions?\s+{_NAMES}\s+(?:on|over)\s+{_FINITE}",
        rf"{_NAMES}\s+(?:be|are|is|being|lies?|lying)\s+(?:(?:an?|points?)\s+)*(?:in|on|of)\s+the\s+(?:probability\s+)?simplex\b",
        rf"{_NAMES}\s+(?:be|are|is|being)\s+{_ADJECTIVE}{_NUMBERS}\s+(?:that|which)?\s*{_SUM_TO_ONE}",
        rf"{_NAMES}\s*,?\s*(?:that\s+|which\s+)?{_SUM_TO_ONE}",
        rf"(?<![a-z]){_NUMBERS}\s+{_NAMES}\s*,?\s*(?:that|which)?\s*{_SUM_TO_ONE}",
    )
)
_INTRODUCES = re.compile(
    r"(?i)(?<![a-z])(?:let|suppose|assume|where|given|consider|for|take|denote|with|here|between)(?![a-z])"
    r"(?:(?!\b(?:then|so|hence|thus|have|has|show|prove|check|verify|if|whether|unless|not|nor|neither|un-?normali[sz]ed|sub-?|"
    r"need|want|must|may|might|some|log|such)\b)[^.;:])*\Z"
)
"""Words up to names that their sentence introduces; not what it claims, asks for, or says they need not be."""
_BEHIND = re.compile(
    r"(?i)\s*(?:,\s*)?(?:only\s+)?(?:if|when|whenever|unless|iff|up\s+to|in\s+the\s+limit|on\s+average)\b"
)

_BESIDE = re.compile(
    r"(?i)(?<![a-z-])(?P<kind>[a-z-]+)?\s*(?<![a-z-])(?:probabilities|(?:soft|smoothed)\s+(?:targets?|labels?))\s*\Z"
)
_SEPARATE = frozenset(
    "success conditional marginal joint log dropout drop keep inclusion acceptance independent error hit click sigmoid "
    "failure unnormalised unnormalized pairwise transition tail".split()
)
"""Probabilities of which each is of an event of its own."""


def said_of(pieces: Sequence[Found], number: int) -> tuple[str, ...]:
    """The names in the sentence of formula ``number`` that it calls a distribution over finitely many values, where
    that formula is the last of them."""
    sentence = sentence_of(pieces, number).text
    found: list[str] = []
    for pattern in _SAID:
        for match in pattern.finditer(sentence):
            numbers = [int(each) for each in NUMBERED.findall(match["names"])]
            if numbers[-1] != number or _BEHIND.match(sentence, match.end()):
                continue
            if _INTRODUCES.search(sentence[: match.start()]):
                found += [name for each in numbers if (name := _name(pieces[each]))]
    return tuple(dict.fromkeys(found))


def _name(piece: Found) -> str:
    """The letter of ``p``, of ``p_i``, of ``p_1, \\dots, p_n``, also with a bound or a space, and of a p that is the
    list of its members; nothing if the formula is anything else."""
    if piece.math is None:
        return ""
    try:
        items = items_at(piece.math.text.strip(" .,;"), 0)
    except ReadError:
        return ""
    heads = [_head(item) for item in items if not isinstance(item, s.Dots)]
    parts = [parts_of(head) for head in heads if head is not None]
    letters = {each[0] for each in parts if each is not None and each[2] is None}
    return letters.pop() if len(letters) == 1 and len(parts) == len(heads) else ""


def _head(item: s.Node) -> s.Node | None:
    """What is bounded, put in a space, or listed as ``p = (p_1, \\dots, p_n)``."""
    match item:
        case s.Relation(first=first, rest=(((">" | ">=" | "in"), _),)):
            return first
        case s.Relation(first=first, rest=(("=", s.Group(items=(_, _, *_))),)):
            return first
        case s.Relation():
            return None
    return item


def are_called(name: str, pieces: Sequence[Found]) -> bool:
    """Whether the words of these pieces call a name so."""
    inline = (number for number, piece in enumerate(pieces) if piece.kind == "inline")
    return any(name in said_of(pieces, number) for number in inline)


def said_beside(words: str) -> bool:
    """Whether the words right before a formula call it probabilities, as those of what one thing can be.

    >>> said_beside("and teacher probabilities "), said_beside("with success probabilities ")
    (True, False)
    """
    found = _BESIDE.search(words)
    return found is not None and (found["kind"] or "").lower() not in _SEPARATE


def beside_a_distribution(name: str, context: Context) -> bool:
    """Whether the text has others over the values that this family, or the entries of this vector, run over, and those
    sum to one: then probabilities over these values do."""
    decl = context.symbols.get(name)
    if decl is None or len(decl.shape) + len(decl.family) != 1:
        return False
    over = (decl.shape, tuple(each.high for each in decl.family))
    return any(
        each.name != name
        and (each.shape, tuple(of.high for of in each.family)) == over
        and (bool(each.properties & {"simplex", "onehot"}) or are_shares(each, context) or _is_softmax(each))
        for each in context.symbols.values()
    )


def _is_softmax(decl: SymbolDecl) -> bool:
    match decl.definition:
        case None:
            return False
        case definition:
            return isinstance(definition.body, Op) and definition.body.name == "softmax"


def are_called_beside(name: str, pieces: Sequence[Found]) -> bool:
    """Whether a formula that is this name alone, or a member of it, is called so."""
    for before, piece in pairwise(pieces):
        if piece.kind == "inline" and before.kind == "prose" and _name(piece) == name and said_beside(before.text):
            return True
    return False


def as_probabilities(name: str, context: Context) -> Defined | None:
    """The context in which the numbers of a family, or the entries of a vector, are not negative and add up to one,
    where nothing is known of their sum."""
    decl = context.symbols.get(name)
    if decl is None or decl.definition is not None or decl.depends:
        return None
    if len(decl.shape) == 1 and not decl.family:
        if decl.properties - {"real", "nonnegative", "positive"} or decl.values:
            return None
        text = f"{name} simplex"
        try:
            return Defined(declare(text, context), text)
        except DeclarationError:
            return None
    total = with_total(name, context)
    if total is None or decl.properties & {"positive", "nonnegative", "open_unit", "unit", "simplex"}:
        return total
    text = f"{name}_{{{decl.family_names[0]}}} nonnegative"
    try:
        return Defined(declare(text, total.context), f"{total.text} ; {text}")
    except DeclarationError:
        return None


__all__ = ["are_called", "are_called_beside", "as_probabilities", "beside_a_distribution", "said_beside", "said_of"]
