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
_CASE = re.compile(r"(?i)\b(?:if|when)(?:\s+(?:instead|now)|,?\s+(?:on\s+the\s+other\s+hand|however|instead),)?\s*\Z")
_ANOTHER_CASE = re.compile(r"(?i)\b(?:case\s+(?:where|in\s+which|that)|suppose(?:\s+that)?|assume(?:\s+that)?)\s*\Z")
_IS = re.compile(
    rf"(?i)\s*(?:be|is|denotes?|stands?\s+for|means?|represents?|refers?\s+to|becomes)\s+(?P<now>(?:now|instead)\s+)?"
    rf"{_ARTICLE}\s+{_NO_MEANING}[a-z]"
)
_REPLACED = re.compile(
    rf"(?i)\s*(?:is|are|being)?\s*(?:now\s+|then\s+)?(?:replaced|substituted|exchanged)\s+(?:by|with|for)\s+{_ARTICLE}\s+[a-z]"
)
_REPLACES = re.compile(r"(?i)\b(?:replac(?:e|es|ing)|exchang(?:e|es|ing)|swap(?:ping)?)\s*\Z")
_TAKE = re.compile(r"(?i)\b(?:take|choose|redefine|re-define|change)\s*\Z")
_TO_BE = re.compile(rf"(?i)\s*(?:to\s+be|as|to)\s+(?:{_ARTICLE}\s+{_NO_MEANING}[a-z]|\Z)")
_USING = re.compile(r"(?i)\busing\s+(?:an?|the)\s+[a-z -]+\s+(?:for|as)\s*\Z")
_WRITE = re.compile(r"(?i)\b(?:write|use)\s*\Z")
_FOR = re.compile(r"(?i)\s*(?:for|in\s+place\s+of|instead\s+of)\s*\Z")
_FOR_CASE = re.compile(r"(?i)(?:\A|[.;,:]\s*|\n)(?:but\s+|and\s+)?(?:for|with)\s*\Z")
_A_FUNCTION = re.compile(
    rf"(?i)\s*,?\s+{_ARTICLE}\s+(?:[a-z-]+\s+){{0,3}}(?:function|tangent|sigmoid|map|identity|rectifier|loss)\b"
)
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
    if (_TAKE.search(before) and _TO_BE.match(after)) or (_WRITE.search(before) and _FOR.match(after)):
        return True
    return _REPLACED.match(after) is not None or (_REPLACES.search(before) is not None and _BY.match(after) is not None)


def gives_meaning_in_case(before: str, after: str) -> bool:
    """Whether they do so for a case that is considered: ``If $g$ is the identity, …``.

    >>> gives_meaning_in_case("If ", " is the identity, then"), gives_meaning_in_case("Since ", " is the identity,")
    (True, False)
    """
    if _USING.search(before) or (_FOR_CASE.search(before) and _A_FUNCTION.match(after)):
        return True
    return _CASE.search(before) is not None and _IS.match(after) is not None


def gives_another(before: str, after: str) -> bool:
    """Whether the words around an equation say that it takes the place of what its name meant.

    >>> gives_another("In this section we use ", " instead. Then"), gives_another("so that ", " as above")
    (True, False)
    """
    return _INSTEAD.match(after) is not None and _WE.search(before) is not None


def says_instead(sentence: str) -> bool:
    """Whether a sentence so far says that something takes the place of something else, as the formula behind it does.

    >>> says_instead("If we use ⟨3⟩ instead of the sigmoid, "), says_instead("Using this instead of that we get ")
    (True, False)
    """
    return _INSTEAD_OF.search(sentence) is not None


_INSTEAD_OF = re.compile(
    r"(?i)(?:\A|[.:;)]|\n)[\s*_]*(?:\([a-z0-9]+\)\s*)?(?:(?:but|and|now|next|finally)\s+)?"
    r"(?:(?:if|when|suppose(?:\s+that)?|assume(?:\s+that)?)\s+(?:we|one|you)\s+(?:now\s+)?(?:use|used|take|took|choose|chose|have|had)|"
    r"with|for|(?:we|let\s+us)\s+(?:now\s+)?(?:use|take|choose))\s+"
    r"[^.;:,]*\b(?:instead\s+of|in\s+place\s+of|rather\s+than)\s+[^.;:,]*,\s*"
    r"(?:(?:i\.e\.|that\s+is|so(?:\s+that)?|namely)[\s,]*)?\Z"
)
_INSTEAD = re.compile(r"(?i)\s*,?\s*instead\b")
_WE = re.compile(r"(?i)\b(?:use|take|choose|set|put|define|write|consider|have|let)\s*\Z")

__all__ = ["gives_another", "gives_meaning", "gives_meaning_in_case", "says_instead"]
