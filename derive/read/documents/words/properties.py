"""What the words beside a formula say of the quantity in it: ``a symmetric positive definite matrix $A$``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from derive.language.context import Context
from derive.read.declarations import declare
from derive.read.errors import DeclarationError

_WORD = (
    r"symmetric|positive[- ]+(?:semi-?\s?)?definite|p\.?s\.?d\.?|s\.?p\.?d\.?|PSD|SPD|invertible|non-?singular|"
    r"orthogonal|diagonal|(?<!cross-)(?<!cross )(?:covariances?|precision)(?:\s+matri(?:x|ces))?"
)
_LIST = rf"(?:{_WORD})(?:(?:\s*,\s*(?:and\s+)?|\s+and\s+|\s+)(?:{_WORD}))*"
_OTHER = (
    r"(?:projections?|projectors?|parts?|blocks?|bas[ei]s|complement|columns?|rows?|vectors?|directions?|entries|elements|"
    r"terms?|root|norms?|measures?|functions?|estimat\w+|coefficients?|case)"
)
OTHERWISE = (
    r"(?:to|with(?=\s*⟨|\s*\Z)|or|but|on|near|around|up\s+to|in\s+(?:expectation|the\s+(?:limit|sense|first|second|other|mean))|"
    r"for\s+(?:some|large|small|most)|at\s+(?:the|most|some)|if|when(?:ever)?|unless|approximately|only|except|times|plus|minus|multiplied|"
    r"scaled|divided|added)"
)
"""What makes it something else: ``orthogonal to``, ``symmetric or diagonal``, ``a positive number minus one``."""
_NO_MORE = (
    rf"(?!\s+(?:{OTHERWISE}|{_OTHER})\b)(?!\s*,\s+or\b)"
    rf"(?!(?:\s+(?:matrix|matrices|operators?))(?:['’]s\b|\s+{OTHERWISE}\b))"
)
"""What is said otherwise: ``an orthogonal projection``, ``a symmetric matrix's factor``."""
_AFTER = re.compile(
    rf"(?:\s*,?\s+the\s+(?:[A-Za-z-]+\s+){{0,3}}[A-Za-z-]+\s*,(?=\s+an?\s))?"
    rf"(?:\s*[.;,]?\s*(?:[Ii]t|[Tt]his\s+matrix|[Ww]hich)\s+is\s+)?\s*[,(]?\s*(?P<how>both|all)?\s*(?P<verb>(?:is|are|be)\b\s*)?(?:(?:is|are|be|being|which\s+is|which\s+are|that\s+is|assumed|to\s+be|"
    r"an?|the|its|any|some|another|arbitrary|fixed|given|real|square|known)\s+)*"
    rf"\(?(?P<words>{_LIST}){_NO_MORE}(?![A-Za-z-])"
)
_BEFORE = re.compile(
    rf"(?:(?<=\W)|\A)\(?(?P<words>{_LIST}){_NO_MORE}\)?(?:\s+(?!(?:and|or|but|while|with|for|where|of|{_OTHER})\b)[A-Za-z-]+){{0,4}}\s*\Z"
)
_MEANS = (
    (re.compile(r"(?i)semi"), "psd"),
    (re.compile(r"(?i)p\.?s\.?d"), "symmetric psd"),
    (re.compile(r"(?i)s\.?p\.?d"), "symmetric posdef"),
    (re.compile(r"(?i)definite"), "posdef"),
    (re.compile(r"(?i)covariance|precision"), "symmetric psd"),
    (re.compile(r"(?i)invertible|singular"), "invertible"),
    (re.compile(r"(?i)(symmetric|orthogonal|diagonal)"), ""),
)
_NEGATED = re.compile(
    r"(?i)\b(?:not|neither|non|never|if|whether|unless)\b[^.;]*\Z|\b(?:nearly|almost|approximately|possibly|skew|anti|block|off|non|"
    r"un|close\s+to|or|similar\s+to\s+an?|similar\s+to|unlike\s+the|than\s+an?)[\s-]*\Z"
)


def said_before(words: str) -> str:
    """The properties that the words right before a formula give it, as words of a declaration.

    >>> said_before("Let the symmetric, positive definite covariance matrix "), said_before("the matrix ")
    ('posdef symmetric', '')
    """
    found = _BEFORE.search(words)
    return "" if found is None or _NEGATED.search(words[: found.start()]) else _declared(found["words"])


def said_after(words: str) -> tuple[str, str]:
    """The properties that the words right after a formula give it, and whether to ``both`` (or ``all``) before it, or
    to what an ``and`` joins to it."""
    found = _AFTER.match(words)
    if found is None:
        return "", ""
    several = "and" if (found["verb"] or "").strip() in ("are", "be") else ""
    return _declared(found["words"]), found["how"] or several


_MOMENTS = re.compile(
    r"(?i)\bmeans?\s+(?:vectors?\s+)?and\s+(?:the\s+)?(?:its\s+)?(?:error\s+)?covariances?\b[^.;⟨⟩]*⟨\d+⟩[\s,]*and\s*\Z"
)


def is_named_covariance(sentence: str) -> bool:
    """Whether a sentence so far, with its formulas numbered, gives a covariance next: ``let mean and covariance be
    $m$ and $P$``.

    >>> is_named_covariance("Let the mean and covariance be ⟨3⟩ and "), is_named_covariance("the mean is ⟨3⟩ and ")
    (True, False)
    """
    return _MOMENTS.search(sentence) is not None


_ENTRIES = re.compile(
    r"(?i)\A(?![^.;]*\b(?:some|not|no|one)\b)[^.;]*?\b(?:with|of|having|has|have|whose)\s+(?:only\s+|all\s+|its\s+)?"
    r"(?:(?P<sign>non-?negative|positive)\s+(?:real\s+)?(?:entries|elements|components|coordinates|weights|coefficients)|"
    r"(?:entries|elements|components|coordinates)\s+are\s+(?:all\s+)?(?P<said>non-?negative|positive))\b"
)


def entries_said(words: str) -> str:
    """The sign that the words behind a formula give the entries of what is in it.

    >>> entries_said(" be a symmetric matrix with non-negative entries, and"), entries_said(" has no positive entries")
    ('nonnegative', '')
    """
    found = _ENTRIES.match(words)
    return "" if found is None else (found["sign"] or found["said"]).lower().replace("-", "")


def with_entries(name: str, words: str, context: Context) -> tuple[Context, list[str]]:
    """The context in which the entries of a vector or a matrix have the sign that the words behind it say."""
    sign, decl = entries_said(words), context.symbols.get(name)
    if not sign or decl is None or not decl.shape or decl.definition is not None or decl.family or "_" in name:
        return context, []
    try:
        return declare(f"{name} {sign}", context), [f"{name} {sign}"]
    except DeclarationError:
        return context, []


def _declared(words: str) -> str:
    found: set[str] = set()
    for word in re.findall(_WORD, words, re.IGNORECASE):
        means = next((text or word.lower() for pattern, text in _MEANS if pattern.search(word)), "")
        found.update(means.split())
    if "psd" in found or "posdef" in found:
        found.add("symmetric")
    if "posdef" in found:
        found.discard("psd")
    return " ".join(sorted(found))


def with_properties(names: Sequence[str], words: str, context: Context) -> tuple[Context, list[str]]:
    """The context in which square matrices have these properties, and that as declarations."""
    texts: list[str] = []
    for name in names:
        decl = context.symbols.get(name)
        if decl is None or len(decl.shape) != 2 or decl.shape[0] != decl.shape[1] or decl.definition is not None:
            continue
        new = [word for word in words.split() if word not in decl.properties]
        family = f"_{{{','.join(decl.family_names)}}}" if decl.family_names else ""
        text = f"{name}{family} {' '.join(new)}"
        try:
            if decl.family or "_" not in name:
                context = declare(text, context) if new else context
            else:  # a name of its own, whatever its subscript is
                context = context.with_symbol(replace(decl, properties=decl.properties | frozenset(new)))
        except DeclarationError:
            continue
        texts += [text] if new else []
    return context, texts
