r"""Ways to write formulas that TeX does not mean so, but pages do: a formula a line, breaks escaped twice, bare words.

All is mended without moving a character.
"""

from __future__ import annotations

import re
from functools import lru_cache

from derive.read import syntax as s
from derive.read.documents.text.macros import Expanded
from derive.read.errors import ReadError
from derive.read.latex import chain_node
from derive.read.tokens import tokenize

_TWICE = re.compile(r"\\\\(?=[ \t]*\n?[ \t]*\\\\)")
_CASES = re.compile(r"(\\begin\s*\{[dr]?cases\}[\s\S]*?\\end\s*\{[dr]?cases\})")
_BARE = re.compile(r"(?<=&)(\s*)(?:if|for|when|otherwise|else)(?![A-Za-z])(\s*)(&?)")
_BEGINS_OPEN = re.compile(r"\s*(?:[=<>+\-*/&,)\]}|^_]|\\(?:cdot|times|leq?|geq?|approx|propto|equiv|to|right|end|\\))")
_RELATES = re.compile(r"(?<![:<>!])=(?!=)")
MOST_LINES = 40


def as_meant(text: str) -> str:
    r"""The text of a formula with row breaks escaped once, words of cases that are bare taken out.

    >>> as_meant(r"a \\\\ b"), as_meant(r"\begin{cases} 1 & if & x > 0 \\ 0 & else \end{cases}").split("&")[1].split()
    ('a   \\\\ b', ['x', '>', '0', '\\\\', '0'])
    """
    if "\\" not in text:
        return text
    text = _TWICE.sub("  ", text)
    if "cases" in text:
        text = _CASES.sub(lambda found: _BARE.sub(lambda word: " " * len(word[0]), found[1]), text)
    return text


def one_a_line(math: Expanded) -> Expanded:
    """A display of which every line is an equation by itself, without a break between them: one after the other."""
    text = math.text
    if "\n" not in text.strip() or "\\\\" in text or "\\begin" in text or ";" in text:
        return math
    lines = [(found.start(), found.end()) for found in re.finditer(r"[^\n]*\S[^\n]*", text)]
    if not 1 < len(lines) <= MOST_LINES or not all(_is_equation(text[start:stop]) for start, stop in lines):
        return math
    for start, stop in lines[1:]:
        if _BEGINS_OPEN.match(text[start:stop]):
            return math
    for _, stop in lines[:-1]:
        text = f"{text[:stop]};{text[stop + 1 :]}"
    return Expanded(text, math.starts, math.places, math.macros)


@lru_cache(maxsize=1024)
def _is_equation(line: str) -> bool:
    """Whether a line is a whole equation."""
    if not _RELATES.search(line):
        return False
    try:
        node = chain_node(tokenize(line.rstrip(" .,;\t\r")))
    except ReadError:
        return False
    return isinstance(node, s.Relation) and node.rest[0][0] in ("=", ":=", "<", "<=", ">", ">=")


__all__ = ["as_meant", "one_a_line"]
