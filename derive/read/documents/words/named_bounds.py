r"""Bounds said of a number by its noun: ``we use a learning rate $\eta > 1$`` supposes it, and claims nothing."""

from __future__ import annotations

import re

from derive.read import syntax as s
from derive.read.names import parts_of

_NOUN = (
    r"(?:rates?|(?:step|batch|sample)\s+sizes?|parameters?|constants?|coefficients?|factors?|temperatures?|momentum|discount|"
    r"weights?|margins?|thresholds?|radius|scalars?|numbers?|widths?|scales?)"
)
_SAID = re.compile(
    r"(?i)\b(?:with|us(?:e|es|ed|ing)|choos(?:e|es|ing)|tak(?:e|es|ing)|given|consider(?:s|ing)?|fix(?:ed)?|set|for|have|has|pick|"
    rf"where|and|of)\s+(?:(?:an?|the|any|some|each|every|fixed|small|large|constant)\s+)?(?:[a-z-]+\s+){{0,2}}?{_NOUN}\s*\Z"
)
_CONCLUDES = re.compile(
    r"(?i)\b(?:hence|thus|therefore|so|then|show\w*|prov\w*|follows?|impl(?:y|ies)|conclud\w*|must|claim\w*|that|because|since|"
    r"get|obtain|find)\b[^.;]*\Z"
)


def is_supposed(node: s.Node | None, prose: str) -> bool:
    """Whether a formula is a bound of one name by a number, and the words before it name what that is."""
    if not isinstance(node, s.Relation) or len(node.rest) != 1 or node.rest[0][0] not in ("<", "<=", ">", ">="):
        return False
    if not isinstance(node.first, s.Name | s.Script) or parts_of(node.first) is None:
        return False
    sentence = re.split(r"[.;]\s", prose)[-1]
    said = _SAID.search(sentence)
    return isinstance(node.rest[0][1], s.Number) and said is not None and not _CONCLUDES.search(sentence[: said.end()])


__all__ = ["is_supposed"]
