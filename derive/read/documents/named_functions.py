"""Functions that a text calls by their names: ``where $\\sigma$ is the logistic sigmoid``, ``the ReLU $\\phi$``."""

from __future__ import annotations

import re
from collections.abc import Sequence

from derive.read.documents.scanner import Found
from derive.read.documents.spelling import spaced

_KINDS = {
    "logistic": r"(?:logistic[\s-]+)?sigmoid(?:al)?|logistic(?:\s+sigmoid)?|sigmoid\s+logistic",
    "relu": r"ReLU|rectif(?:ier|ied\s+linear(?:\s+unit)?)",
    "tanh": r"hyperbolic\s+tangent|tanh",
    "softplus": r"softplus",
    "softmax": r"softmax",
}
_ANY = "|".join(f"(?P<{builtin}>{words})" for builtin, words in _KINDS.items())
_NOUN = r"(?:\s+(?:function|activation|non-?linearity|gate))*"
_BEFORE = re.compile(
    rf"(?i)\b(?:the|an?|our|with|and)\s+(?:(?:usual|standard|elementwise)\s+)?(?:{_ANY}){_NOUN}\s*\(?\s*\Z"
)
_AFTER = re.compile(
    rf"(?i)^\s*,?\s*(?:is|be|denotes?|being|for|as|means?|stands?\s+for)\s+(?:again\s+)?(?:the|an?|our)?\s*"
    rf"(?:(?:usual|standard|elementwise)\s+)?(?:{_ANY}){_NOUN}(?![A-Za-z-])"
)
_NAME = re.compile(r"(?P<name>\\[a-z]+|[a-zA-Z])\s*(?:\(\s*(?:\\cdot|\\,|\.|[a-z])\s*\))?\s*[.,;]?")


def called_functions(pieces: Sequence[Found]) -> dict[str, str]:
    """What the words right before or after a name, or a name with a bracket, call it; nothing of names which they call
    two things."""
    found: dict[str, set[str]] = {}
    for number, each in enumerate(pieces):
        name = _NAME.fullmatch(each.math.text.strip()) if each.kind == "inline" and each.math is not None else None
        if name is None:
            continue
        before = pieces[number - 1].text[-60:] if number and pieces[number - 1].kind == "prose" else ""
        after = pieces[number + 1].text[:80] if number + 1 < len(pieces) and pieces[number + 1].kind == "prose" else ""
        said = _BEFORE.search(before) or _AFTER.match(after)
        if said is not None and said.lastgroup is not None:
            found.setdefault(name["name"], set()).add(said.lastgroup)
    return {name: said.pop() for name, said in found.items() if len(said) == 1}


def by_derivative(name: str, formulas: Sequence[str]) -> str:
    """``logistic``, where a formula (tokens with spaces between them) recalls ``\\sigma' = \\sigma (1 - \\sigma)`` of a
    ``\\sigma``: nothing else goes by that letter and has that derivative.

    >>> by_derivative("\\\\sigma", [r"\\sigma ' ( a ) = \\sigma ( a ) ( 1 - \\sigma ( a ) )"])
    'logistic'
    >>> by_derivative("\\\\sigma", [r"\\sigma ' ( a ) = \\sigma ( a ) ( 1 + \\sigma ( a ) )"])
    ''
    """
    if name != "\\sigma":
        return ""
    sigma, opened, closed = r"\\sigma", r"[(\[]", r"[)\]]"
    plain = rf"{sigma} ' = {sigma} {opened} 1 - {sigma} {closed}"
    whole = rf"{sigma} ' \( (?P<a>[^=()]+) \) = {sigma} \( (?P=a) \) {opened} 1 - {sigma} \( (?P=a) \) {closed}"
    wanted = re.compile(rf"(?<!\S)(?:{plain}|{whole})(?!\S)")
    return "logistic" if any(wanted.search(text) for text in formulas) else ""


def is_called_everywhere(name: str, formulas: Sequence[str]) -> bool:
    """Whether a name stands in these formulas before brackets only, or alone, and none of them defines it."""
    spelled = re.escape(spaced(name))
    every = re.compile(rf"(?<!\S){spelled}(?!\S)(?P<after> [(\['])?")
    defining = re.compile(rf"(?:\A|\\\\|&|,|quad)[ &]*{spelled} \( (?:[a-z]|\\[a-z]+) \) &? ?:?= ")
    found = [(text, match) for text in formulas for match in every.finditer(text)]
    return all(match["after"] or text.strip(" .,;") == spaced(name) for text, match in found) and not any(
        defining.search(text) for text in formulas
    )


__all__ = ["by_derivative", "called_functions", "is_called_everywhere"]
