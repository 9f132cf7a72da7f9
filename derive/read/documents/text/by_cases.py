r"""What words say by cases as one formula: ``$y = 1$ if $x > 0$ and $y = 0$ otherwise``, ``$y = 1$ if $x > 0$, and $0$
otherwise``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from derive.read.documents.text.macros import Expanded
from derive.read.documents.text.scanner import Found
from derive.read.documents.text.spelling import spaced

_IF = re.compile(r"(?i)\s*,?\s*(?:if|for|when|whenever)\s+")
_AND = re.compile(r"(?i)\s*[,;]\s*|\s*[,;]?\s*(?:and|but|while|whereas)\s*,?\s*")
_OTHERWISE = re.compile(
    r"(?i)\s*,?\s*\(?(?:otherwise|else(?:where)?|if\s+not|in\s+(?:all\s+|any\s+|the\s+)?other\s+cases?)\)?(?![A-Za-z])"
)
_AND_OTHERWISE = re.compile(r"(?i)\s*[,;]?\s*(?:(?:and|but)\s+)?(?:otherwise|else)\s*,?\s*")
_EQUALS = re.compile(r"(?<![<>!:])=(?!=)")
_RELATION = re.compile(r"[=<>]|\\(?:leq?|geq?|neq?|in|sim|approx|to|propto|[lg]eqslant|equiv)(?![A-Za-z])")
_ENDS = " \t\r\n.,;"
_OPPOSITE = {"=": "\\ne", "\\ne": "=", "<": "\\ge", "\\ge": "<", ">": "\\le", "\\le": ">"}
_WITH_BOTH = 7
"""How many pieces two cases take that both say when."""
_SPELLED = {"\\neq": "\\ne", "\\leq": "\\le", "\\geq": "\\ge", "\\leqslant": "\\le", "\\geqslant": "\\ge"}


def by_cases(pieces: Sequence[Found]) -> list[Found]:
    """The pieces, with what a sentence says by two cases that leave nothing out as one formula. If a formula before it
    says what that is, and each case when it holds, each is claimed for itself."""
    out = list(pieces)
    place, said = 0, {""}
    while place < len(out):
        found = _at(out, place)
        if found is not None and (found[1] != _WITH_BOTH or _head(out[place]) not in said):
            whole, end = found
            out[place : place + end] = whole
        math = out[place].math
        if math is not None and "=" in math.text:
            said.add(_head(out[place]))
        place += 1
    return out


def _head(found: Found) -> str:
    """The letter that a formula begins with; nothing if it begins with anything else."""
    text = spaced(found.math.text) if found.math is not None else ""
    head = text.split(" ", 1)[0]
    return head if re.fullmatch(r"[A-Za-z]|\\[A-Za-z]+", head) else ""


def _at(pieces: list[Found], place: int) -> tuple[list[Found], int] | None:
    """The formula by cases that begins here with what stands behind it, and how many pieces they take the place of."""
    first, words, when, between, second = (*pieces[place : place + 5], *[None] * 5)[:5]
    if first is None or words is None or when is None or between is None or second is None:
        return None
    if not all(_is_inline(each, first) for each in (first, when, second)):
        return None
    if words.kind != "prose" or between.kind != "prose":
        return None
    if _IF.fullmatch(words.text) is None or first.math is None or when.math is None or second.math is None:
        return None
    equation = _equation(first.math.text)
    value = None if equation is None else _value(second.math.text, equation[0])
    if equation is None or value is None or _RELATION.search(when.math.text) is None:
        return None
    left, body = equation
    rest = _rest(pieces, place + 5, between.text, when.math.text)
    if rest is None:
        return None
    behind, end = rest
    text, math = first.math.text, when.math
    parts: list[Expanded | str] = [
        _part(first.math, 0, len(left)),
        "= \\begin{cases} ",
        _part(first.math, body, len(text.rstrip(_ENDS))),
        " & ",
        _part(math, 0, len(math.text.rstrip(_ENDS))),
        " \\\\ ",
        _part(second.math, value, len(second.math.text.rstrip(_ENDS))),
        " & \\text{otherwise} \\end{cases}",
    ]
    last = pieces[place + _WITH_BOTH - 1] if end == _WITH_BOTH else second
    return [replace(first, stop=last.stop, math=_one(parts)), *behind], end


def _rest(pieces: list[Found], at: int, between: str, when: str) -> tuple[list[Found], int] | None:
    """What stands behind both cases, and how many pieces those take, if the second is every other case."""
    behind = pieces[at] if at < len(pieces) and pieces[at].kind == "prose" else None
    if _AND_OTHERWISE.fullmatch(between):
        return [], 5
    if _AND.fullmatch(between) is None or behind is None:
        return None
    otherwise = _OTHERWISE.match(behind.text)
    if otherwise is not None:
        start = behind.at(otherwise.end())
        left = replace(behind, start=start, remarks=tuple(each for each in behind.remarks if each[0] >= start))
        return [left] if otherwise.end() < len(behind.text) else [], 6
    other = pieces[at + 1].math if at + 1 < len(pieces) and pieces[at + 1].kind == "inline" else None
    if _IF.fullmatch(behind.text) and other is not None and _is_opposite(when, other.text):
        return [], _WITH_BOTH
    return None


def _is_inline(found: Found, beside: Found) -> bool:
    return found.kind == "inline" and found.source is beside.source and found.math is not None


def _equation(text: str) -> tuple[str, int] | None:
    """The left side of an equation between two sides, and where the right one begins."""
    signs = [match for match in _EQUALS.finditer(text) if not _depth(text, match.start())]
    if len(signs) != 1 or _relations(text) != 1:
        return None
    left = text[: signs[0].start()]
    return (left, signs[0].end()) if left.strip() and text[signs[0].end() :].strip(_ENDS) else None


def _value(text: str, left: str) -> int | None:
    """Where the value begins, of the second case of the quantity on this left side."""
    equation = _equation(text)
    if equation is not None:
        return equation[1] if spaced(equation[0]) == spaced(left) != "" else None
    return 0 if text.strip(_ENDS) and not _relations(text) else None


def _relations(text: str) -> int:
    """How many relations stand outside of braces."""
    return sum(not _depth(text, match.start()) for match in _RELATION.finditer(text))


def _depth(text: str, at: int) -> int:
    return len(re.findall(r"(?<!\\)\{", text[:at])) - len(re.findall(r"(?<!\\)\}", text[:at]))


def _is_opposite(first: str, second: str) -> bool:
    """``x > 0`` and ``x \\le 0``."""
    one, other = _sides(first), _sides(second)
    return one is not None and other is not None and _OPPOSITE.get(one[1]) == other[1] and one[::2] == other[::2]


def _sides(text: str) -> tuple[str, str, str] | None:
    found = re.fullmatch(r"(.*?)(=|<|>|\\(?:neq?|leq?|geq?|[lg]eqslant)(?![A-Za-z]))(.*)", text.strip(_ENDS), re.DOTALL)
    if found is None or _RELATION.search(found[3]):
        return None
    return spaced(found[1]), _SPELLED.get(found[2], found[2]), spaced(found[3])


def _part(math: Expanded, start: int, stop: int) -> Expanded:
    """A part of a formula, each character with its place."""
    kept = [number for number, at in enumerate(math.starts) if start < at < stop]
    first = max((number for number, at in enumerate(math.starts) if at <= start), default=0)
    places = [math.place(start), *(math.places[number] for number in kept)]
    return Expanded(
        math.text[start:stop],
        (0, *(math.starts[number] - start for number in kept)),
        tuple(places),
        (math.macros[first], *(math.macros[number] for number in kept)),
    )


def _one(parts: Sequence[Expanded | str]) -> Expanded:
    """Parts as one formula; what words said stands where the part behind it begins, or the one before it ends."""
    text, starts, places, macros = "", [], [], []
    before = 0
    for number, part in enumerate(parts):
        if isinstance(part, str):
            behind = next((each for each in parts[number:] if isinstance(each, Expanded)), None)
            starts.append(len(text))
            places.append(before if behind is None else behind.place(0))
            macros.append(part.strip())
            text += part
            continue
        starts += [len(text) + at for at in part.starts]
        places += part.places
        macros += part.macros
        before = part.place(max(len(part.text) - 1, 0))
        text += part.text
    return Expanded(text, tuple(starts), tuple(places), tuple(macros))


__all__ = ["by_cases"]
