r"""Numbers that are the probabilities of what a label can be: ``$\pi_k = p(z = k)$``, ``the probability of class $k$``.
They add up to one, and none is negative."""

from __future__ import annotations

import re
from collections.abc import Sequence

from derive.read.documents.text.scanner import Found
from derive.read.documents.text.sentences import sentence_of
from derive.read.documents.text.spelling import spaced

_P = r"(?:[pPq]|\\Pr|\\(?:mathbb|mathrm|operatorname|mathsf|text) (?:\{ )?(?:P|Pr|p|⟦Pr⟧)(?: \})?)"
_FAMILY = r"(?P<name>\\?[A-Za-z]+) _ (?P<letter>[a-z])"
_EVENT = rf"{_P} (?:\\left )?[(\[] (?P<label>\\?[A-Za-z]+(?: _ \S+)?) = (?P<value>[a-z]) (?:\\right )?[)\]]"
_NAMED = (re.compile(rf"{_FAMILY} :?= {_EVENT}(?!\S)"), re.compile(rf"{_EVENT} :?= {_FAMILY}(?!\S)"))
_ALONE = re.compile(
    r"(?P<name>\\?[A-Za-z]+) _ (?:[a-z]|1 , (?:.* )?\\[lc]?dots[cb]? , (?P=name) _ \S+)(?: (?:>|\\geq?) 0)?\Z|"
    r"(?P<whole>\\?[A-Za-z]+) = (?:\\left )?\( (?P=whole) _ 1 , .*\)(?: \^ \S+)?\Z"
)
_THING = (
    r"(?:(?:mixture\s+|latent\s+|hidden\s+)?(?:class|component|cluster|state|categor(?:y|ies)|topic|outcome|symbol|label|"
    r"type|group|regime|expert|face|side))"
)
_ONE = rf"(?:(?:belonging\s+to|being\s+in|having|drawing|seeing|observing|rolling)\s+)?(?:the\s+)?{_THING}"
_PRIOR = r"(?:(?:prior|initial|marginal|mixing)\s+)?"
_SAID = tuple(
    re.compile(rf"(?i){each}(?!\s+(?:being|becoming|failing|winning|given|to|not|when|if|under|after|among)\b)")
    for each in (
        rf"⟨(?P<at>\d+)⟩\s+(?:be|is|are|denotes?|for|as|stands\s+for|represents?)\s+(?:the|a)\s+{_PRIOR}probability\s+of\s+{_ONE}\s+⟨\d+⟩",
        rf"(?<![a-z]){_PRIOR}probability\s+of\s+{_ONE}\s+⟨\d+⟩\s+(?:by|is|as)\s+⟨(?P<at>\d+)⟩",
        r"(?<![a-z])(?:(?:prior|initial|mixing)\s+)?(?:class|component|cluster|state|category|mixture|mixing)\s+(?:prior\s+)?"
        r"(?:probabilities|priors|proportions)\s+(?:are\s+|by\s+|of\s+⟨\d+⟩\s+|be\s+)?⟨(?P<at>\d+)⟩",
        r"⟨(?P<at>\d+)⟩\s+(?:be|are|denote)\s+(?:the|our|its)\s+(?:(?:prior|initial|mixing)\s+)?(?:class|component|cluster|state|category|"
        r"mixture|mixing)\s+(?:prior\s+)?(?:probabilities|priors|proportions|weights)",
        r"(?<![a-z])prior\s+probabilities\s+⟨(?P<at>\d+)⟩\s+of\s+(?:the\s+)?(?:⟨\d+⟩\s+)?(?:classes|components|clusters|states)",
        rf"(?<![a-z])by\s+⟨(?P<at>\d+)⟩\s+the\s+{_PRIOR}probabilit(?:y|ies)\s+(?:⟨\d+⟩\s+)?of\s+(?:the\s+)?{_THING}",
        r"⟨(?P<at>\d+)⟩\s+be\s+the\s+(?:prior\s+)?probabilit(?:y|ies)\s+(?:that\s+⟨\d+⟩|of\s+the\s+(?:⟨\d+⟩\s+)?(?:classes|components|clusters|states|values|outcomes))",
    )
)
_NOT = re.compile(
    r"(?i)\b(?:not|no|never|if|whether|unless|un-?normali[sz]ed|log(?:arithms?)?|conditional|posterior|show|prove|success|each\s+of)\b"
)


def said_of(pieces: Sequence[Found], number: int) -> tuple[str, ...]:
    """The letters of numbers that formula ``number``, or its sentence of which it is the one called so, makes the
    probabilities of the values of one label."""
    math = pieces[number].math
    if math is None:
        return ()
    text = spaced(math.text.strip(" .,;"))
    for pattern in _NAMED:
        for found in pattern.finditer(text):
            if found["letter"] == found["value"] and _counts(found["label"], found["value"], pieces):
                return (found["name"],)
    alone = _ALONE.match(text)
    if alone is None:
        return ()
    sentence = sentence_of(pieces, number).text
    for pattern in _SAID:
        for said in pattern.finditer(sentence):
            if int(said["at"]) == number and not _NOT.search(sentence[: said.end()]):
                return (alone["name"] or alone["whole"],)
    return ()


def _counts(label: str, letter: str, pieces: Sequence[Found]) -> bool:
    """Whether the letter runs over what the label can be, as far as formulas say up to where the two go."""
    values = re.compile(
        rf"(?<!\S){re.escape(label)} \\in (?:\\left )?\\\{{ 1 , (?:2 , )?\\[lc]?dots , (?P<end>\S+) (?:\\right )?\\\}}"
    )
    runs = re.compile(rf"(?<!\S){re.escape(letter)} = 1 , (?:2 , )?\\[lc]?dots , (?P<end>\S+)")
    texts = [spaced(piece.math.text) for piece in pieces if piece.math is not None]
    ends = ({found["end"] for text in texts for found in each.finditer(text)} for each in (values, runs))
    one, other = ends
    return not one or not other or bool(one & other)


def are_called(name: str, pieces: Sequence[Found]) -> bool:
    """Whether these pieces call the numbers of a name so."""
    inline = (number for number, piece in enumerate(pieces) if piece.kind == "inline")
    return any(name in said_of(pieces, number) for number in inline)


__all__ = ["are_called", "said_of"]
