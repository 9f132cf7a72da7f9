"""What stands above names, before a formula is parsed: ``W^1`` and ``h^{t-1}`` put into brackets."""

from __future__ import annotations

import re
from collections.abc import Collection

from derive.read.documents.text.between_functions import inserted
from derive.read.documents.text.macros import Expanded

_FACE = (
    r"\\(?:mathbf|boldsymbol|bm|vec|hat|widehat|tilde|bar|mathrm|mathcal)\s*"
    r"(?:\{\s*(?:\\[A-Za-z]+|[A-Za-z])\s*\}|[A-Za-z])"
)
NAME = rf"(?P<name>{_FACE}|\\(?:begin|end|text|operatorname|mathrm)\*?\s*\{{[^{{}}]*\}}|\\[A-Za-z]+|\\.|[A-Za-z])"
"""A name, or another command: whoever looks for names goes through all of them in order."""
SUB = r"(?:\s*_\s*(?:\{[^{}]*\}|[A-Za-z0-9]))?"


def raised(pattern: re.Pattern[str], text: str) -> list[re.Match[str]]:
    """The names in a text above which something stands: the ``raised`` of a pattern, that is in braces or not."""
    return [found for found in pattern.finditer(text) if found["raised"] is not None]


def spelled(found: re.Match[str]) -> str:
    """The name that was found, without spaces and braces."""
    return re.sub(r"[\s{}]", "", found["name"])


def bracketed(math: Expanded, pattern: re.Pattern[str], names: Collection[str]) -> Expanded:
    """A formula with what stands above these names in brackets: ``W^{(1)}`` for ``W^1``."""
    for found in reversed(raised(pattern, math.text)):
        if spelled(found) not in names:
            continue
        group = "braced" if found["braced"] is not None else "bare"
        start, stop = found.span(group)
        opened, closed = ("(", ")") if group == "braced" else ("{(", ")}")
        math = inserted(inserted(math, stop, closed), start, opened)
    return math


__all__ = ["NAME", "SUB", "bracketed", "raised", "spelled"]
