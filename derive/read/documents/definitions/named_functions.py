"""Functions that a text calls by their names: ``where $\\sigma$ is the logistic sigmoid``, ``the ReLU $\\phi$``."""

from __future__ import annotations

import re
from collections.abc import Sequence

from derive.language.operators import OPERATORS
from derive.read.documents.text.scanner import Found
from derive.read.documents.text.spelling import spaced
from derive.read.notation import BUILTIN_WORDS

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
_WITH = re.compile(r"(?i)\b(?:with|where|and)\s+\Z")
_APPOSED = re.compile(
    rf"(?i)^\s*,?\s*(?:the|an?|our)\s+(?:(?:usual|standard|elementwise)\s+)?(?:{_ANY}){_NOUN}\s*(?:[.,;:)]|\Z|\n|and\b)"
)
"""Words right after a name behind ``with``: ``with $\\sigma$ the sigmoid.``"""
_NAME = re.compile(r"(?P<name>\\[a-z]+|[a-zA-Z])\s*(?:\(\s*(?:\\cdot|\\,|\.|[a-z])\s*\))?\s*[.,;]?")


_EQUATED = re.compile(
    r"(?P<name>\\[a-z]+|[a-zA-Z])(?:\s*\(\s*\\cdot\s*\))?\s*=\s*(?:\\(?:mathrm|operatorname|text)\s*\{\s*)?\\?(?P<word>[A-Za-z]+)\s*\}?"
    r"(?:\s*\(\s*\\cdot\s*\))?\s*[.,;]?"
)


def equated(text: str) -> tuple[str, str] | None:
    """The name and the function of ``\\phi = \\tanh``, ``\\sigma = \\mathrm{sigmoid}``: a function with a usual name.

    >>> equated(r"\\phi = \\tanh"), equated("a = b")
    (('\\\\phi', 'tanh'), None)
    """
    found = _EQUATED.fullmatch(text.strip())
    builtin = BUILTIN_WORDS.get(found["word"], "") if found is not None else ""
    row = OPERATORS.get(builtin)
    if found is None or row is None or not (row.elementwise or builtin == "softmax"):
        return None
    return found["name"], builtin


def called_after(words: str) -> str:
    """The function that the words right after a name call it.

    >>> called_after(" be the hyperbolic tangent."), called_after(" be the loss")
    ('tanh', '')
    """
    found = _AFTER.match(words)
    return "" if found is None else found.lastgroup or ""


def called_functions(pieces: Sequence[Found]) -> dict[str, str]:
    """What the words right before or after a name, or a name with a bracket, call it; an empty text for names which
    they call two things."""
    found: dict[str, set[str]] = {}
    for number, each in enumerate(pieces):
        said_so = equated(each.math.text) if each.kind == "inline" and each.math is not None else None
        if said_so is not None:
            found.setdefault(said_so[0], set()).add(said_so[1])
            continue
        name = _NAME.fullmatch(each.math.text.strip()) if each.kind == "inline" and each.math is not None else None
        if name is None:
            continue
        before = pieces[number - 1].text[-60:] if number and pieces[number - 1].kind == "prose" else ""
        after = pieces[number + 1].text[:80] if number + 1 < len(pieces) and pieces[number + 1].kind == "prose" else ""
        said = _BEFORE.search(before) or _AFTER.match(after) or (_WITH.search(before) and _APPOSED.match(after))
        if said and said.lastgroup is not None:
            found.setdefault(name["name"], set()).add(said.lastgroup)
    if "\\sigma" not in found and _is_of_a_sigmoid(pieces):
        found["\\sigma"] = {"logistic"}
    return {name: said.pop() if len(said) == 1 else "" for name, said in found.items()}


_SIGMA_OF = re.compile(r"\\sigma\s*(?:\\left|\\big|\\Big)?\s*\(")
_SIGMOID = re.compile(
    r"(?i)\b(?:sigmoid|logistic\s+(?:sigmoid|function|activation|unit|neuron|output|regression|model))(?:s|\s+[a-z]+)?\b"
)
_SIGMOIDS = re.compile(
    r"(?i)\b(?:any|some|every|general|arbitrary|another|other|not|no|instead|than)\b|\btanh\b|relu|rectif|softplus"
)
_SAID = re.compile(r"\\sigma\s*(?:\(\s*[a-z]\s*\))?\s*(?::?=|\\in|\\colon|:)")


def _is_of_a_sigmoid(pieces: Sequence[Found]) -> bool:
    """Whether words right beside a formula with ``\\sigma(…)`` in it, in its sentence, speak of a sigmoid; no formula
    says what σ is: ``For a sigmoid layer, $a = \\sigma(z)$``."""
    if any(each.math is not None and _SAID.search(each.math.text) for each in pieces):
        return False
    for number, each in enumerate(pieces):
        if each.math is None or not _SIGMA_OF.search(each.math.text):
            continue
        before = pieces[number - 1].text if number and pieces[number - 1].kind == "prose" else ""
        after = pieces[number + 1].text if number + 1 < len(pieces) and pieces[number + 1].kind == "prose" else ""
        words = re.split(r"[.;]\s", before)[-1][-120:] + " " + re.split(r"[.;](?:\s|\Z)", after)[0][:120]
        if _SIGMOID.search(words) and not _SIGMOIDS.search(words):
            return True
    return False


def by_derivative(name: str, formulas: Sequence[str]) -> str:
    """``logistic``, where a formula (tokens with spaces between them) recalls ``\\sigma' = \\sigma (1 - \\sigma)`` of a
    ``\\sigma``: nothing else goes by that letter and has that derivative.

    >>> by_derivative("\\\\sigma", [r"\\sigma ' ( a ) = \\sigma ( a ) ( 1 - \\sigma ( a ) )"])
    'logistic'
    >>> by_derivative("\\\\sigma", [r"\\sigma ' ( a ) = \\sigma ( a ) ( 1 + \\sigma ( a ) )"])
    ''
    >>> by_derivative("\\\\sigma", [r"\\frac { d \\sigma ( u ) } { d u } = \\sigma ( u ) ( 1 - \\sigma ( u ) )"])
    'logistic'
    """
    if name != "\\sigma":
        return ""
    sigma, opened, closed = r"\\sigma", r"[(\[]", r"[)\]]"
    plain = rf"{sigma} ' = {sigma} {opened} 1 - {sigma} {closed}"
    whole = rf"{sigma} ' \( (?P<a>[^=()]+) \) = {sigma} \( (?P=a) \) {opened} 1 - {sigma} \( (?P=a) \) {closed}"
    right = rf"{sigma} \( (?P=b) \) {opened} 1 - {sigma} \( (?P=b) \) {closed}"
    mark = r"(?:d|\\partial|\\mathrm d)"
    inside = rf"\\frac \{{ {mark} {sigma} (?:\( (?P<b>\S+) \) )?\}} \{{ {mark} (?P<c>\S+) \}} = "
    written = inside + right.replace("(?P=b)", "(?P=c)")
    outside = rf"\\frac (?:{mark}|\{{ {mark} \}}) \{{ {mark} (?P<e>\S+) \}} {sigma} \( (?P=e) \) = "
    written += "|" + outside + right.replace("(?P=b)", "(?P=e)")
    wanted = re.compile(rf"(?<!\S)(?:{plain}|{whole}|{written})(?!\S)")
    return "logistic" if any(wanted.search(text) for text in formulas) else ""


def by_use(name: str, formulas: Sequence[str]) -> str:
    r"""``logistic``, where formulas have ``1 - \sigma(u)`` or ``\log \sigma(u)`` of a ``\sigma`` that is nowhere a
    vector with entries: the values of what goes by that letter are then probabilities.

    >>> by_use(r"\sigma", [r"y - \sigma ( u )", r"( 1 - \sigma ( w ^ T x ) ) x"])
    'logistic'
    >>> by_use(r"\sigma", [r"1 - \sigma ( u ) ^ 2"]), by_use(r"\sigma", [r"\log \sigma ( u ) _ k"])
    ('', '')
    """
    if name != "\\sigma":
        return ""
    calls = [found for text in formulas for found in _SIGMA.finditer(text)]
    after = [_behind_brackets(found.string, found.end()) for found in calls]
    if any(rest.startswith("_") for rest in after):
        return ""
    likely = (found["before"] and not rest.startswith("^") for found, rest in zip(calls, after, strict=True))
    return "logistic" if any(likely) else ""


_OF_LOGISTIC = re.compile(r"(?i)\blogistic\s+(?:regression|model|unit|output)|\bsigmoid\b")
_SIGMA = re.compile(r"(?<!\S)(?P<before>(?:1 -|\\log|\\ln) )?\\sigma \((?!\S)")


def _behind_brackets(text: str, at: int) -> str:
    """What stands behind the brackets that have been opened before a place of a text in tokens."""
    depth = 1
    for found in re.finditer(r"[()]", text[at:]):
        depth += 1 if found.group() == "(" else -1
        if not depth:
            return text[at + found.end() :].lstrip()
    return ""


def is_called_everywhere(name: str, formulas: Sequence[str]) -> bool:
    """Whether a name stands in these formulas before brackets only, or alone, and none of them defines it."""
    spelled = re.escape(spaced(name))
    every = re.compile(rf"(?<!\S){spelled}(?!\S)(?P<after> [(\['])?")
    defining = re.compile(rf"(?:\A|\\\\|&|,|quad)[ &]*{spelled} \( (?:[a-z]|\\[a-z]+) \) &? ?:?= ")
    says = re.compile(
        rf"{spelled}(?: \( \\cdot \))? = (?:\\[a-z]+|⟦\w+⟧|\\mathrm \{{[^{{}}]*\}})(?: \( \\cdot \))?[ .,;]*"
    )
    found = [(text, match) for text in formulas if not says.fullmatch(text) for match in every.finditer(text)]
    return all(match["after"] or text.strip(" .,;") == spaced(name) for text, match in found) and not any(
        defining.search(text) for text in formulas
    )


__all__ = ["by_derivative", "by_use", "called_after", "called_functions", "equated", "is_called_everywhere"]
