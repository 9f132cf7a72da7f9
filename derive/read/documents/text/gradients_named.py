r"""``dW`` as a name for a gradient, as programs have it: where the text says so, or where d is nothing but a length."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from derive.read.documents.text.between_functions import inserted
from derive.read.documents.text.macros import Expanded
from derive.read.documents.text.scanner import Found

_NAME = (
    r"(?:\\(?:hat|tilde|bar|mathbf|boldsymbol|bm|mathbb|mathcal|mathscr)\s*(?:\{[^{}]*\}|[A-Za-z])|\\[a-z]+|[A-Za-z])"
)
_SCRIPT = r"(?:_\s*(?:\{[^{}]*\}|[A-Za-z0-9]))?"
_D = r"(?:d|\\partial|\\mathrm\{d\})\s*"
_GRADIENT = re.compile(
    rf"\s*\\[dt]?frac\s*\{{\s*{_D}(?P<loss>{_NAME})\s*\}}\s*\{{\s*{_D}(?P<name>{_NAME}{_SCRIPT})\s*\}}\s*"
)
_SHORT = re.compile(rf"\s*d\s*(?P<name>{_NAME}{_SCRIPT})\s*")
_MEANS = re.compile(
    r"(?i)^[^.]{0,40}(?:\bdenot\w+|\bstands?\s+for|\babbreviat\w+|\bshort(?:hand)?\s+for|\bwrit(?:e|ten)|\bcall(?:ed)?|\bmeans?|"
    r"\brepresents?|简记|记作|记为|缩写|表示)[^.]{0,30}$"
)
_DIFFERENTIAL = re.compile(
    rf"(?<![A-Za-z\\{{])d\s*(?P<name>(?!\\(?:frac|cdot|times|log|ln|exp|left|right|sum)(?![A-Za-z])){_NAME}{_SCRIPT})(?!')"
)
_SPREAD = re.compile(r"\\(?:sigma|tau)(?:_(?:[A-Za-z]|\{[^{}]*\}))?")
_SQUARE = re.compile(r"\s*\^\s*(?:2|\{\s*2\s*\})")
"""``d\\sigma^2`` is the gradient in the variance."""
_WRITE = re.compile(r"(?i)\b(?:write|denote|use|abbreviate)\s*\Z")
_FOR = re.compile(r"\s*(?:as|by|for|to\s+(?:denote|mean))(?:\s+the\s+gradient)?\s*")
_HEAD = re.compile(r"(?:\A|\\\\|\n)[\s&]*d\s*(?P<name>[A-Za-z])(?:_\w|_\{[^{}]*\})?[\s&]*=")
_ONE_LETTER = re.compile(r"(?<![A-Za-z\\{])d\s*(?P<name>[A-Za-z])(?![A-Za-z])")
_LENGTH = re.compile(r"\\mathbb\s*\{?R\}?\s*\^\s*(?:d(?![A-Za-z_])|\{[^{}]*(?<![A-Za-z_])d(?![A-Za-z_])[^{}]*\})")


def gradients_named(pieces: Sequence[Found]) -> tuple[list[Found], str]:
    """The pieces with ``dW`` as ``\\partial L/\\partial W`` where the text says that it is called so; else as a name of
    its own where d is a length and an equation begins with ``dW =``: no length times a matrix."""
    loss = next(_said(pieces), "")
    if loss:
        return [_as_gradients(piece, loss) for piece in pieces], f"dX is \\partial {loss} / \\partial X"
    declared = [piece.math.text for piece in pieces if piece.kind == "declaration" and piece.math is not None]
    displays = [piece.math.text for piece in pieces if piece.kind == "display" and piece.math is not None]
    letters = {name for text in displays for name in _given_with_a_capital(text)}
    if letters and any(_LENGTH.search(text) for text in declared):
        return [_as_names(piece, letters) for piece in pieces], f"d{', d'.join(sorted(letters))} are names"
    return [*pieces], ""


def _given_with_a_capital(text: str) -> set[str]:
    """The letters behind d in a formula that begins an equation with ``dW =``: beside it, dy is no product either."""
    heads = {found["name"] for found in _HEAD.finditer(text)}
    beside = {found["name"] for found in _ONE_LETTER.finditer(text)}
    return heads | beside if any(name.isupper() for name in heads) else set()


def _said(pieces: Sequence[Found]) -> Iterator[str]:
    """The loss whose gradients a sentence, or an equation, gives their short names."""
    formulas = (piece.math for piece in pieces if piece.math is not None and piece.kind in ("inline", "display"))
    yield from (loss for loss in map(_equated, formulas) if loss)
    for number, (first, words, second) in enumerate(zip(pieces, pieces[1:], pieces[2:], strict=False)):
        if words.kind != "prose" or first.math is None or second.math is None:
            continue
        before = pieces[number - 1] if number else None
        writes = before is not None and before.kind == "prose" and _WRITE.search(before.text) is not None
        if not _MEANS.match(words.text) and not (writes and _FOR.fullmatch(words.text)):
            continue
        for one, other in ((first.math.text, second.math.text), (second.math.text, first.math.text)):
            gradient, short = _GRADIENT.fullmatch(one), _SHORT.fullmatch(other)
            if gradient is not None and short is not None and gradient["name"] == short["name"]:
                yield gradient["loss"]


def _equated(math: Expanded) -> str:
    """The loss of ``dW = \\frac{\\partial L}{\\partial W}``, which says of every such name what it is; nothing in
    another formula."""
    sides = [side.strip(" &.,;\n") for side in math.text.split("=")]
    short, gradient = _SHORT.fullmatch(sides[0]), _GRADIENT.fullmatch(sides[1]) if len(sides) == 2 else None
    said = short is not None and gradient is not None and short["name"] == gradient["name"]
    return gradient["loss"] if said and gradient is not None else ""


def _as_names(piece: Found, letters: set[str]) -> Found:
    if piece.math is None or piece.kind not in ("inline", "display") or "\\int" in piece.math.text:
        return piece
    math = piece.math
    for found in reversed([*_ONE_LETTER.finditer(math.text)]):
        if found["name"] not in letters and not found["name"].isupper():
            continue
        math = inserted(math, found.end(), "}")
        text = f"{math.text[: found.start()]}\\{math.text[found.start() + 1 :]}"
        math = inserted(replace(math, text=text), found.start() + 1, "mathrm{d")
    return replace(piece, math=math)


def _as_gradients(piece: Found, loss: str) -> Found:
    if piece.math is None or piece.kind not in ("inline", "display") or "\\int" in piece.math.text:
        return piece
    if any(found["name"] == loss for found in _DIFFERENTIAL.finditer(piece.math.text)):
        return piece  # the loss itself moves: differentials
    math: Expanded = piece.math
    for found in reversed([*_DIFFERENTIAL.finditer(math.text)]):
        squared = _SQUARE.match(math.text, found.end()) if _SPREAD.fullmatch(found["name"]) else None
        math = inserted(math, found.end() if squared is None else squared.end(), "}")
        text = math.text[: found.start()] + " " + math.text[found.start() + 1 :]
        math = inserted(replace(math, text=text), found.start() + 1, f"\\frac{{\\partial {loss}}}{{\\partial ")
    return replace(piece, math=math)


__all__ = ["gradients_named"]
