"""What is demanded for a purpose, ``To keep the variance we need $n s^2 = 1$, which gives …``: no claim, but the case
that its sentence goes on from."""

from __future__ import annotations

import re

from derive.language.claims import Equal
from derive.read import syntax as s
from derive.read.documents.reading import assuming, quantified
from derive.read.documents.reading.state import Reading
from derive.read.documents.text.macros import Expanded
from derive.read.documents.words.only_supposed import of_free

_FOR_A_PURPOSE = re.compile(
    r"(?i)(?:\A|[.;:]|\n\s*\n)\s*(?:(?:so|thus|hence|therefore),?\s+)?(?:in\s+order\s+)?to\s+"
    r"(?!(?:see|show|prove|check|verify|find|get|obtain|derive|compute|conclude|this|the|that|an?|first|zeroth|second|leading)\b)"
    r"[a-z]+\b[^⟨⟩.;:]*?\s(?:we|one)\s+(?:therefore\s+|thus\s+|must\s+|should\s+)?"
    r"(?:needs?|requires?|wants?|demands?|imposes?)(?:\s+(?:that|to\s+have))?\s*:?\s*\Z"
)
"""The end of a sentence so far that demands what follows, and is for some purpose."""
_CONCLUDES = re.compile(
    r"(?i)\s*,?\s*(?:and\s+)?(?:hence|so|thus|therefore|whence|i\.e\.|that\s+is|which\s+(?:gives|yields|means|implies)|giving|"
    r"we\s+(?:get|obtain|find))\b"
)


_REQUIRES = re.compile(
    r"(?i)\s*,?\s*(?:then\s+|thus\s+|therefore\s+|would\s+)?(?:requires?|forces?|necessitates?|demands?|(?:exactly|precisely)\s+when)"
    r"(?:\s+(?:that|us\s+to\s+(?:choose|take|set)|the\s+choice|to\s+(?:choose|take|set)))?\s*"
)
_NOT = re.compile(r"(?i)\b(?:not|never|no|nothing|neither)\b[^.;,]*\Z")
_THE_CONDITION = re.compile(
    r"(?i)\b(?:(?:the|this)\s+(?:condition|requirement|constraint)|keeping|requiring|demanding|imposing|enforcing)\s+(?:that\s+)?\Z"
)
_LEADS_TO = re.compile(
    r"(?i)\s*,?\s*(?:then\s+|thus\s+|therefore\s+)?(?:gives|yields|leads\s+to|becomes|amounts\s+to|means)(?:\s+that)?\s*"
)


def is_required(reading: Reading, math: Expanded) -> bool:
    """Whether an equation is what something else is required for: ``$v = 1$ requires $s = 1/n$``, ``Keeping $v = 1$
    leads to $s = 1/n$``. Its sentence says nothing of whether it holds."""
    before, after = reading.words.sentence, reading.words.after
    led = _THE_CONDITION.search(before) is not None and _LEADS_TO.fullmatch(after) is not None
    if (not led and _REQUIRES.fullmatch(after) is None) or _NOT.search(before):
        return False
    node = quantified.relation_of(reading, math)
    if node is None or any(op != "=" for op, _ in node.rest):
        return False
    return not any(isinstance(part, s.Diff) or s.key(part) in ("\\nabla", "\\partial") for part in s.walk(node))


def is_demanded(reading: Reading, math: Expanded) -> bool:
    """Whether a formula in running text is an equation that is demanded of a quantity of which only the space and
    bounds are known, and from which its sentence goes on."""
    if _FOR_A_PURPOSE.search(reading.words.sentence) is None or _CONCLUDES.match(reading.words.after) is None:
        return False
    node = quantified.relation_of(reading, math)
    if node is None or [op for op, _ in node.rest] != ["="]:
        return False
    claims = [Equal(each.left, each.right) for each in assuming.suppose(reading, node)]
    return of_free(claims, reading.context) != ""


__all__ = ["is_demanded", "is_required"]
