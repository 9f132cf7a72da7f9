"""Letters that counted in the sections before and measure in this one: ``X \\in \\mathbb{R}^{n \\times p}`` behind
``x_n``. What they counted keeps its members, counted by another letter."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from derive.language.context import Context, FunctionDecl, SymbolDecl
from derive.language.everywhere import context_everywhere
from derive.language.terms import Array, Big, Expect, Index
from derive.read.documents.reading.state import Reading
from derive.read.documents.text.prose import counted, dimensions
from derive.read.documents.text.scanner import Found
from derive.read.documents.text.spelling import spaced

_LETTER = re.compile(r"(?<!\S)[A-Za-z](?!\S)")


def begin(reading: Reading, pieces: Sequence[Found]) -> None:
    """A section that measures with letters that counted before it, and counts nothing with them."""
    declared = {letter for letter in reading.context.indices if letter in _declared(reading)}
    texts = [piece.math.text for piece in pieces if piece.math is not None and piece.kind != "declaration"]
    counts = {letter for text in texts for letter in _counting(text)}
    measures = {letter for text in texts for letter in _measuring(text)}
    for letter in sorted(measures & {*reading.context.indices} - counts - declared):
        reading.context = counted_otherwise(reading.context, letter, f"{letter}{{}}")


def _declared(reading: Reading) -> set[str]:
    """The indices that the author declares."""
    texts = [piece.math.text for piece in reading.document.pieces if piece.kind == "declaration" and piece.math]
    return {
        name.strip()
        for text in texts
        for names in re.findall(r"\bindex\b([^;\n]*)", text)
        for name in re.split(r"[=,]", names)
    }


def _measuring(text: str) -> Iterator[str]:
    yield from dimensions(text)
    yield from (each.high for each in counted(text))


def _counting(text: str) -> Iterator[str]:
    """Every letter that stands below a name, in brackets above one, or that a sum runs over."""
    yield from (each.name for each in counted(text))
    plain = spaced(re.sub(r"\\mathbb\s*\{?[A-Z]\}?\s*\^\s*(?:\{[^{}]*\}|\w)", " ", text))
    for found in re.finditer(r"_ (?:\{ ([^{}]*(?:\{[^{}]*\}[^{}]*)*)\}|(\S+))|\^ \{ ([(\[][^{}]*[)\]]) \}", plain):
        yield from _LETTER.findall(found[1] or found[2] or found[3] or "")


def counted_otherwise(context: Context, letter: str, other: str) -> Context:
    """A context in which an index has another letter, wherever it stands."""
    if other in context.indices:
        return context

    def change(part: Any) -> Any:
        match part:
            case Index(name=name) if name == letter:
                return Index(other)
            case Big(var=var) | Expect(var=var) if var == letter:
                return replace(part, var=other)
            case Array(vars=pairs) if any(name == letter for name, _ in pairs):
                return replace(part, vars=tuple((other if name == letter else name, range_) for name, range_ in pairs))
            case SymbolDecl() | FunctionDecl() if letter in part.family_names:
                names = tuple(other if name == letter else name for name in part.family_names)
                return replace(part, family_names=names)
        return part

    changed = context_everywhere(context, change)
    indices = {other if name == letter else name: range_ for name, range_ in changed.indices.items()}
    return replace(changed, indices=MappingProxyType(indices))


__all__ = ["begin", "counted_otherwise"]
