"""Words that give a name another meaning: ``Now let $\\sigma$ be the hyperbolic tangent``."""

from __future__ import annotations

import re

_ARTICLE = r"(?:an?|the|its|our|their|some|any|one|another)"
_NO_MEANING = (
    r"(?!(?:[a-z-]+\s+){0,2}?(?:fixed|constant|given|same|above|following|only|solution|(?:function|one|case)\s+of|"
    r"maxim\w+|minim\w+|optim\w+)\b)"
)
"""What words say of a name that keeps its meaning: ``where $x$ is the maximiser``."""
_LET = re.compile(r"(?i)\blet(?:\s+(?:now|us|instead|further|again|next))*(?:\s+the\s+[a-z -]+?)?\s*\Z")
_NOW = re.compile(
    r"(?i)\b(?:now|instead|henceforth|hereafter|from\s+(?:here|now|this\s+point)\s+on(?:wards?)?|"
    r"in\s+the\s+(?:following|sequel|rest|remainder)(?:\s+of\s+[a-z ]+)?|"
    r"(?:in|for)\s+(?:this|the\s+(?:next|second|third|other|new))\s+[a-z]+)\b\s*,?\s*"
    r"(?:(?:we|let|suppose|assume|consider|that|if|when|where|in\s+which|the(?:\s+(?:case|setting))?)\s+)*\Z"
)
_CASE = re.compile(r"(?i)\b(?:if|when)(?:\s+(?:instead|now))?\s*\Z")
_ANOTHER_CASE = re.compile(r"(?i)\b(?:case\s+(?:where|in\s+which|that)|suppose(?:\s+that)?|assume(?:\s+that)?)\s*\Z")
_IS = re.compile(
    rf"(?i)\s*(?:be|is|denotes?|stands?\s+for|means?|represents?|refers?\s+to|becomes)\s+(?P<now>(?:now|instead)\s+)?"
    rf"{_ARTICLE}\s+{_NO_MEANING}[a-z]"
)
_REPLACED = re.compile(
    rf"(?i)\s*(?:is|are|being)?\s*(?:now\s+|then\s+)?(?:replaced|substituted|exchanged)\s+(?:by|with|for)\s+{_ARTICLE}\s+[a-z]"
)
_REPLACES = re.compile(r"(?i)\b(?:replac(?:e|es|ing)|exchang(?:e|es|ing)|swap(?:ping)?)\s*\Z")
_BY = re.compile(rf"(?i)\s*(?:by|with|for)\s+{_ARTICLE}\s+[a-z]")


def gives_meaning(before: str, after: str) -> bool:
    """Whether the words around a name that has a meaning give it another one from here on.

    >>> gives_meaning("Now let ", " be the hyperbolic tangent. Then"), gives_meaning(", where ", " is the sigmoid")
    (True, False)
    >>> gives_meaning("At the point where ", " is the smallest"), gives_meaning("Here, ", " is now the rank")
    (False, True)
    """
    said = _IS.match(after)
    if said is not None:
        anew = said["now"] or _LET.search(before) or _NOW.search(before) or _ANOTHER_CASE.search(before)
        return bool(anew) and not _CASE.search(before)
    return _REPLACED.match(after) is not None or (_REPLACES.search(before) is not None and _BY.match(after) is not None)


def gives_meaning_in_case(before: str, after: str) -> bool:
    """Whether they do so for a case that is considered: ``If $g$ is the identity, …``.

    >>> gives_meaning_in_case("If ", " is the identity, then"), gives_meaning_in_case("Since ", " is the identity,")
    (True, False)
    """
    return _CASE.search(before) is not None and _IS.match(after) is not None


__all__ = ["gives_meaning", "gives_meaning_in_case"]
