"""``Let $g_1, \\dots, g_T$ be gradients`` and ``v_t = \\mu v_{t-1} + g_t``: what the t of a sequence counts.

Elsewhere a letter below the name of a list is found out formula by formula. A letter that sums end or begin with, or
that counts steps, has to be an index before the first formula is read: with t a size, the terms of ``\\sum_{s=1}^t``
would be strangers to those of the list. Its range is that of the list, of words (``for $t = 1, \\dots, T$``), or of a
sum over another letter below the same name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

_NAME = r"(?:\\?[A-Za-z]+|(?:\\[a-z]+ )+(?:\{ \\?[A-Za-z]+ \}|\\?[A-Za-z]+))"
_DOTS = r"\\(?:[lc]?dots[bcom]?)"
_HIGH = r"(?:(?P<high>[A-Znm])(?!\S)|\{ (?P<braced>[A-Znm](?: - 1)?) \})"
_LIST = re.compile(
    rf"(?<!\S)(?P<name>{_NAME}) _ (?P<low>[01]) ,(?: (?P=name) _ \d ,)* {_DOTS} , (?P=name) _ {_HIGH}(?! [_^])"
)
_SAID = re.compile(
    rf"(?<!\S)(?P<letter>[a-z]) (?:=|\\in \\\{{) (?P<low>[01]) ,(?: \d ,)* {_DOTS} , "
    r"(?P<high>[A-Znm](?: - 1)?)(?! [_^+*/-])(?!\S)"
)
_SUM = re.compile(
    r"\\(?:sum|prod) (?:\\(?:no)?limits )?_ \{ (?P<bound>[a-z]) = (?P<low>[a-z\d]) \} \^ "
    r"(?:(?P<alone>[A-Za-z])(?!\S)|\{ (?P<braced>[A-Za-z](?: - 1)?) \})"
)
_BELOW = re.compile(rf"(?<!\S)(?P<name>{_NAME}) _ (?:(?P<alone>[a-z])(?!\S)|\{{ (?P<braced>[a-z](?: [-+] 1)?) \}})")


def listed_counts(texts: Sequence[str], taken: Sequence[str]) -> dict[tuple[str, str], tuple[str, ...]]:
    """Ranges (what they begin and end with), each with the letters that run over it: one that sums end or begin with,
    or that steps, and those that such sums bind. ``texts`` are the formulas of a section (tokens with spaces between);
    what is ``taken`` means something.

    >>> section = ["g _ 1 , \\\\dots , g _ T", "m _ t = \\\\sum _ { s = 1 } ^ t g _ s", "g _ t"]
    >>> listed_counts(section, []), listed_counts(section, ["t"]), listed_counts([*section, "t = 3"], [])
    ({('1', 'T'): ('t', 's')}, {}, {})
    >>> listed_counts([*section, "h _ 0 , \\\\dots , h _ n", "h _ t"], [])
    {}
    """
    ranges = {**dict(_of_names(texts))}
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    said = {match["letter"]: (match["low"], match["high"]) for text in texts for match in _SAID.finditer(text)}
    sums = [match for text in texts for match in _SUM.finditer(text)]
    for letter in _counting(texts, sums):
        below = {ranges[name] for name in _names_above(letter, texts) if name in ranges}
        if letter in said:
            below.add(said[letter])
        if letter in taken or len(below) != 1 or _is_length(letter, texts):
            continue
        bounds = {match["bound"] for match in sums if letter in (match["low"], _end(match))}
        own = {(match["low"], _end(match)) for match in sums if match["bound"] == letter}
        range_ = below.pop()
        if own - {range_}:
            continue
        free = (each for each in sorted(bounds) if each not in taken and not _is_length(each, texts))
        found[range_] = tuple(dict.fromkeys((*found.get(range_, ()), letter, *free)))
    return found


def _of_names(texts: Sequence[str]) -> Iterator[tuple[str, tuple[str, str]]]:
    """The ranges of names: those of lists, and those of the sums that they stand in, where a list says nothing."""
    for text in texts:
        sums = list(_SUM.finditer(text))
        for match in sums:
            if match["low"] in "01" and re.fullmatch("[A-Znm].*", _end(match)) and len(sums) == 1:
                for name in _names_above(match["bound"], [text]):
                    yield name, (match["low"], _end(match))
    for text in texts:
        for match in _LIST.finditer(text):
            yield match["name"], (match["low"], match["high"] or match["braced"])


def _end(match: re.Match[str]) -> str:
    return match["alone"] or match["braced"]


def _names_above(letter: str, texts: Sequence[str]) -> set[str]:
    """The names that have this letter, or a step from it, below them."""
    below = (match for text in texts for match in _BELOW.finditer(text))
    return {match["name"] for match in below if (match["alone"] or match["braced"])[0] == letter}


def _counting(texts: Sequence[str], sums: Sequence[re.Match[str]]) -> list[str]:
    """Letters that sums end or begin with, or that name steps one before or after what they name."""
    bounds = {each for match in sums for each in (match["low"], _end(match)) if re.fullmatch("[a-z]", each)}
    every = {(match["name"], match["alone"] or match["braced"]) for text in texts for match in _BELOW.finditer(text)}
    steps = {step[0] for name, step in every if len(step) > 1 and (name, step[0]) in every}
    return sorted(bounds | steps)


def _is_length(letter: str, texts: Sequence[str]) -> bool:
    """Whether a letter is how long something is, has a value, or is said to be below another one."""
    said = re.compile(
        rf"\\mathbb (?:\{{ R \}}|R) \^ (?:{letter}(?!\S)|\{{[^{{}}]* {letter} [^{{}}]*\}})|"
        rf"(?<!_ )(?<!_ \{{ )(?<!\^ )(?<!\S){letter} (?:=|:=|\\in|<|\\leq?|\\to)(?!\S)|\\times {letter}(?!\S)|"
        rf"{_DOTS} , (?:{_NAME} _ )?{letter}(?!\S)"
    )
    return any(said.search(_SAID.sub(" ", text)) for text in texts)


__all__ = ["listed_counts"]
