"""``\\bar a_t = \\prod_{s=1}^t a_s`` of a letter t that steps below names too: what a sum ends with counts.

Were t a size, ``a_t`` and the ``a_s`` would be strangers, and so would ``\\bar a_{t-1}``. It is
an index from 1 on, where every sum that ends with it begins with 1, and where the section has ``x_t`` and, below some
name that has t below it as well, ``t - 1`` or ``t + 1``. Nothing is concluded of a letter that is a length.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from derive.read.documents.undeclared.unbounded_sums import LENGTHS

_END = re.compile(
    r"\\(?:sum|prod) (?:\\(?:no)?limits )?_ \{ (?P<bound>[a-z]) = (?P<low>\S+) \} \^ "
    r"(?:(?P<alone>[a-z])(?!\S)|\{ (?P<braced>[a-z]) \})"
)
_NAME = r"(?<!\S)(?P<name>\\?[A-Za-z]+|(?:\\[a-z]+ )+(?:\{ \\?[A-Za-z]+ \}|\\?[A-Za-z]+)) (?:\^ \S+ )?_ "


def running_ends(texts: Sequence[str], everywhere: Sequence[str], taken: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Lengths, each with the letters that count up to it: one that ends sums, and those that these bind, which name
    the same things. ``texts`` are the formulas of a
    section (tokens with spaces between), ``everywhere`` those of the document; what is ``taken`` means something.

    >>> section = ["c _ t = \\\\prod _ { s = 1 } ^ t a _ s", "c _ t = a _ t c _ { t - 1 }"]
    >>> running_ends(section, section, []), running_ends(section, section, ["T"]), running_ends(section, section, ["t"])
    ({'T': ('t', 's')}, {'n': ('t', 's')}, {})
    >>> running_ends(section[:1], section, []), running_ends([*section, "t = 3"], section, [])
    ({}, {})
    """
    ends: dict[str, list[re.Match[str]]] = {}
    every: dict[str, set[str]] = {}
    for match in (match for text in texts for match in _END.finditer(text)):
        ends.setdefault(match["alone"] or match["braced"], []).append(match)
        every.setdefault(match["bound"], set()).add(match["alone"] or match["braced"])
    spelled = {token for text in everywhere for token in text.split()} | {*taken}
    found: dict[str, tuple[str, ...]] = {}
    for letter, sums in ends.items():
        counts = all(match["low"] == "1" for match in sums) and _steps(letter, texts) and not _is_length(letter, texts)
        if letter in taken or not counts:
            continue
        length = next((each for each in (letter.upper(), *LENGTHS) if each not in spelled), "")
        bound = (match["bound"] for match in sums if match["bound"] not in taken and len(every[match["bound"]]) == 1)
        if length:
            found[length] = (letter, *dict.fromkeys(bound))
            spelled.add(length)
    return found


def _steps(letter: str, texts: Sequence[str]) -> bool:
    """Whether a name has this letter below it, and one step before or after it elsewhere."""
    here = re.compile(rf"{_NAME}(?:{letter}(?!\S)|\{{ {letter} \}})")
    beside = re.compile(rf"{_NAME}\{{ {letter} [-+] 1 \}}")
    names, stepping = ({match["name"] for text in texts for match in each.finditer(text)} for each in (here, beside))
    return bool(names & stepping)


def _is_length(letter: str, texts: Sequence[str]) -> bool:
    """Whether a letter is how long something is, has a value, or is said to be below another one."""
    said = re.compile(
        rf"\\mathbb (?:\{{ R \}}|R) \^ (?:{letter}(?!\S)|\{{[^{{}}]* {letter} [^{{}}]*\}})|"
        rf"(?<!_ )(?<!_ \{{ )(?<!\^ )(?<!\S){letter} (?:=|:=|\\in|<|\\leq?|\\to)(?!\S)|\\times {letter}(?!\S)|"
        rf"\\dots , {letter}(?!\S)|\\ldots , {letter}(?!\S)"
    )
    return any(said.search(text) for text in texts)


__all__ = ["running_ends"]
