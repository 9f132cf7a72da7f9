"""What words say of a quantity beside its name: symmetric positive definite, invertible, one-hot, positive."""

from __future__ import annotations

import re
from collections.abc import Sequence

from derive.language.context import Context
from derive.read import syntax as s
from derive.read.declarations import declare
from derive.read.documents.defining import Defined, is_free, primitive
from derive.read.errors import DeclarationError, ReadError
from derive.read.names import parts_of

_WORDS: tuple[tuple[str, str], ...] = (
    (r"(?:symmetric\s+)?positive[-\s]+semi-?\s?definite|PSD", "symmetric psd"),
    (r"(?:symmetric\s+)?positive[-\s]+definite|SPD", "symmetric posdef"),
    (r"symmetric", "symmetric"),
    (r"invertible|non-?singular", "invertible"),
    (r"orthogonal", "orthogonal"),
    (r"diagonal", "diagonal"),
    (r"one-?hot", "onehot"),
)
_WORD = "|".join(f"(?:{pattern})" for pattern, _ in _WORDS)
_LIST = rf"(?P<words>(?:{_WORD})(?:(?:\s*,\s*|\s+and\s+|\s+)(?:{_WORD}))*)"
_NOUN = r"(?:\s+(?:matrix|matrices|vectors?|targets?|labels?|encodings?))*"
_AFTER = re.compile(rf"(?i)^\s*,?\s*(?:is|are|be|being)?\s*(?:an?\s+|the\s+|both\s+)?{_LIST}{_NOUN}\s*(?=[.,;:)]|and\b|with\b|\Z|\n)")
_IS = re.compile(rf"(?i)^\s*,?\s*(?:is|are|be|being)\s+(?:an?\s+|the\s+|both\s+)?{_LIST}\b")
_BEFORE = re.compile(rf"(?i)\b{_LIST}{_NOUN}\s*\Z")
_NOT = re.compile(r"(?i)\b(?:not|non|no|nor|neither|need|whether|if)\b[^.]*\Z")


def said(before: str, after: str) -> str:
    """The properties that the words around a name give it, as declaration words; nothing if they deny or ask it.

    >>> said("where ", " is symmetric positive definite and"), said("where ", " is not symmetric"), said("a diagonal matrix ", "")
    ('symmetric posdef', '', 'diagonal')
    """
    match = _IS.match(after) or _AFTER.match(after)
    if match is None:
        match = _BEFORE.search(before[-120:])
        if match is None or _NOT.search(before[-120:][: match.start()]):
            return ""
    found: list[str] = []
    text = match["words"]
    while text:
        for pattern, words in _WORDS:
            here = re.match(rf"(?i)(?:{pattern})", text)
            if here:
                found += words.split()
                text = text[here.end() :]
                break
        else:
            text = text[1:]
    return " ".join(dict.fromkeys(found))


def with_properties(names: Sequence[s.Node], words: str, context: Context) -> Defined | None:
    """The context in which each of these names, if nothing defines it, has these properties."""
    texts: list[str] = []
    for name in names:
        symbol = primitive(name, context)
        if symbol is None or not (is_free(symbol, context) or context.symbols[symbol.name].properties <= {"real"}):
            continue
        text = f"{s.key(name)} {words}"
        try:
            context = declare(text, context)
        except (DeclarationError, ReadError):
            continue
        texts.append(text)
    return Defined(context, " ; ".join(texts)) if texts else None


def subjects(items: Sequence[s.Node]) -> list[s.Node]:
    """The names in ``A, B \\in \\mathbb{R}^{n \\times n}``, or in a bare list of names."""
    heads = [item.first if isinstance(item, s.Relation) else item for item in items]
    return [head for head in heads if parts_of(head) is not None]


__all__ = ["said", "subjects", "with_properties"]
