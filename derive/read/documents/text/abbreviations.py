"""Abbreviations of running text, spelled out: ``w.r.t. $w$`` is ``with respect to $w$``, and ends no sentence."""

from __future__ import annotations

import re

_WORDS = {
    "wrt": "with respect to",
    "st": "subject to",
    "cf": "see",
    "eq": "equation",
    "eqs": "equations",
    "eqn": "equation",
    "aka": "also known as",
}
_SHORT = re.compile(
    r"(?<![\w.])(?:(?i:w\.\s?r\.\s?t\.?(?!\w)|wrt\b)|s\.\s?t\.(?!\w)|[Cc]f\.(?!\w)|[Ee]q(?:s|n)?\.(?=[\s~]|\Z)|a\.k\.a\.(?!\w))"
)


def spelled_out(text: str) -> str:
    """The words of a text without these abbreviations.

    >>> spelled_out("Differentiating w.r.t. "), spelled_out("the first s.t. "), spelled_out("by Eq. (3)")
    ('Differentiating with respect to ', 'the first subject to ', 'by equation (3)')
    """
    return _SHORT.sub(lambda found: _words(found), text)


def as_written(text: str, offset: int) -> int:
    """Where in a text stands what stands at an offset of it spelled out.

    >>> text = "zero w.r.t. the mean"
    >>> as_written(text, spelled_out(text).index("mean")) == text.index("mean")
    True
    """
    longer = 0
    for found in _SHORT.finditer(text):
        if found.start() + longer > offset:
            break
        more = len(_words(found)) - len(found.group())
        if offset < found.end() + longer + more:
            return found.start()
        longer += more
    return offset - longer


def _words(found: re.Match[str]) -> str:
    return _WORDS[re.sub(r"[.\s]", "", found.group()).lower()]


__all__ = ["as_written", "spelled_out"]
