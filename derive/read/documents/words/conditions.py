"""What a sentence supposes twice, in words and as a formula: ``If all the weights are equal, $w_k = c$, then $…$``."""

from __future__ import annotations

import re
from collections.abc import Sequence

from derive.read.documents.text.prose import SENTENCE
from derive.read.documents.text.scanner import Found

_IF = re.compile(
    r"(?i)(?:\A|[,;:(}]\s*|\bthat\s)\s*(?:(?:so|and|but|also|now|thus),?\s+)?(?:if|when|whenever)\b"
    r"(?P<words>(?!.*\b(?:then|have|has|holds?|gets?|obtain|gives?|yields?|find|follows)\b)(?:[^.;]|i\.e\.)*)\Z",
    re.DOTALL,
)
_THEN = re.compile(
    r"(?i)\s*\)?(?:\s*,?\s*(?:with|where|for)\s+(?:(?:an?|some|all|any|every|each|real|the|numbers?|constants?|eigenvalue)\s+)*"
    r"⟨[^⟩]*⟩(?:\s*(?:,|,?\s*and)\s*⟨[^⟩=]*⟩)*)*"
    r"\s*,?\s*then\b"
)
_GOES_ON = re.compile(
    r"(?i)\s*\)?(?:\s*for\s+(?:all|any|every|each)\s+⟨[^⟩=]*⟩)?\s*,\s+(?!(?:and|or|so|hence|thus|therefore|then|which|that|"
    r"this(?!\s+(?:is|becomes|gives|yields|reads|equals|reduces|simplifies)\b)|because|since|as|where|with|by|for|in|if|when|"
    r"but|while|whereas|i\.e|not|the\s+same|just|exactly)\b)[a-z][^.;]*(?:⟨=⟩|\b(?:is|are|equals?|becomes?)\s+⟨⟩)"
)
"""A further statement behind a comma: ``…, the state is copied: $s_i = h_i$``, ``…, the derivative is $1$``."""
_RELATES = re.compile(r"(?<![:\\])=|<|>|\\(?:leq?|geq?|neq?|approx|propto|equiv|succ(?:eq)?)(?![A-Za-z])")
_THAT_IS = re.compile(
    r"(?i)(?<![a-z])(?:i\.\s?e\.|that\s+is(?:\s+to\s+say)?|in\s+other\s+words|namely|meaning)[\\,\s~]*\Z"
)
"""Between what is supposed in words and the formula that says it again."""
MOST_AHEAD = 8
"""How many pieces of a text its sentence is followed for."""


def said_in_words(sentence: str, pieces: Sequence[Found], number: int) -> bool:
    """Whether the formula that is piece ``number``, behind this much of its sentence, says again what words before it
    have supposed. A formula in these words is a condition of its own; then only ``then`` tells."""
    said = _IF.search(_THAT_IS.sub("", sentence))
    if said is None:
        return False
    after = _after(pieces, number)
    if _THEN.match(after):
        return True
    only_words = "⟨" not in said["words"] and said["words"].rstrip().endswith(",")
    return (only_words or _THAT_IS.search(sentence) is not None) and _GOES_ON.match(after) is not None


def _after(pieces: Sequence[Found], number: int) -> str:
    """The rest of a sentence, with ⟨=⟩ for a formula that relates something, and ⟨⟩ for any other."""
    text = ""
    for piece in pieces[number + 1 : number + 1 + MOST_AHEAD]:
        if piece.kind not in ("prose", "inline", "display"):
            continue
        if piece.math is not None:
            text += "⟨=⟩" if _RELATES.search(piece.math.text) else "⟨⟩"
            continue
        ends = SENTENCE.search(piece.text)
        if ends is not None and ends.group().strip() != ":":
            return text + piece.text[: ends.start()]
        text += piece.text
    return text


__all__ = ["said_in_words"]
