"""Where a text turns from one named distribution to the next: ``1. Bernoulli: …``, ``For the Poisson distribution``."""

from __future__ import annotations

import re
from collections.abc import Sequence

from derive.read.documents.text.scanner import Found

_NAMES = (
    r"Bernoulli|binomial|geometric|Poisson|exponential|Gaussian|normal|Laplace|Gamma|Beta|Dirichlet|multinomial|categorical|"
    r"uniform|Pareto|Weibull|Rayleigh|hypergeometric|chi-squared?"
)
_BEGINS = re.compile(
    r"(?im)(?:\A\s*|\n[ \t]*\n|\n(?=[ \t]*(?:[-*+]|\d+[.)]|\\item|#{1,6})\s))[ \t]*"
    r"(?:(?:[-*+]|\d+[.)]|\(?[a-h]\)|#{1,6}|\\item(?:\s*\[[^\]]*\])?|\\(?:sub)*(?:section|paragraph)\*?\s*\{)\s*)?"
    r"(?:\*\*|__|\\(?:textbf|emph)\s*\{)?\s*"
    r"(?:(?:now|next|similarly|likewise|finally)\s*,?\s+)?"
    r"(?:(?:(?:let\s+us\s+)?consider|take|(?:in\s+the\s+case\s+of|for|with))\s+)?(?:(?:the|an?)\s+)?"
    r"(?:(?:uni|multi)variate\s+|negative\s+)?"
    rf"(?P<name>{_NAMES})"
    r"(?:\s+(?:distributions?|random\s+variables?|case|model|likelihood|family|density))?"
    r"(?=\s*(?:\*\*|__|\})?\s*(?:[,:.(}–—-]|$|with\b|we\b|where\b|is\b))"
)
"""A paragraph, an item or a heading that begins with the name of a distribution."""


_FAMILY = re.compile(r"(?i)\bexponential[- ]famil(?:y|ies)\b")


def turns(pieces: Sequence[Found]) -> frozenset[int]:
    """The pieces in which another distribution than the one before begins: what one defines is not what the next one
    has. So it is of the first one that is named after what holds for all of an exponential family."""
    found: list[tuple[int, str]] = []
    for number, piece in enumerate(pieces):
        if not found and piece.kind == "prose" and _FAMILY.search(piece.text):
            found.append((number, ""))
        names = [match["name"].lower() for match in _BEGINS.finditer(piece.text)] if piece.kind == "prose" else []
        if names and (not found or found[-1][1] != names[-1]):
            found.append((number, names[-1]))
    return frozenset(number for number, _ in found[1:])


def begins_with_one(pieces: Sequence[Found]) -> bool:
    """Whether a paragraph, an item or a heading among these begins with the name of a distribution."""
    return any(piece.kind == "prose" and _BEGINS.search(piece.text) for piece in pieces)


__all__ = ["begins_with_one", "turns"]
